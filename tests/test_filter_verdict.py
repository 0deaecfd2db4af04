"""Verdicts from signals and thresholds, and counts that add up the same in any order of adding."""

import json
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duizhao.corpora.errors import InputError
from duizhao.metrics.filter_rules import FILTERS, read_settings, reason
from duizhao.metrics.filter_signals import COUNTS, SHARES, signals
from duizhao.metrics.filter_verdict import Counts, FilterCounts, Sample, counts_of, merged, verdicts

PAIRS = pa.table(
    {
        "id": ["1", "2", "3", "4", "5", "6"],
        "en": ["Two otters swim.", "Otters", "Otter", "", "<b>Rivers</b> flow", "Tea"],
        "zh": ["两只水獭在游泳。", "OTTERS", "水獭\ufffd", None, "河水流淌", "茶"],
    }
)
FOUND = signals(PAIRS)
PLAIN = read_settings(None, "")


def test_reasons_in_the_order_of_the_table() -> None:
    found = verdicts(FOUND, None, None, PLAIN)
    assert found["reasons"].to_pylist() == [[], ["script", "identical"], ["controls"], ["length"], ["markup"], []]
    assert found["kept"].to_pylist() == [True, False, False, False, False, True]
    assert str(found.schema.field("reasons").type.value_type) == "string"


def test_meaning_and_duplicates() -> None:
    meaning = pa.table({"meaning": pa.array([0.9, 0.9, 0.1, None, 0.5, 0.4999], pa.float32())})
    duplicate = np.array([True, False, False, True, False, False])
    assert verdicts(FOUND, meaning, duplicate, PLAIN)["reasons"].to_pylist() == [
        ["duplicate"],
        ["script", "identical"],
        ["controls", "meaning"],
        ["length", "duplicate"],
        ["markup"],
        ["meaning"],
    ]


def test_thresholds_move_and_filters_turn_off() -> None:
    given = {"markup": {"tags": 2}, "script": False, "identical": False, "length": {"most": 10}}
    found = verdicts(FOUND, None, None, read_settings(given, ""))["reasons"].to_pylist()
    assert found == [["length"], [], ["controls"], ["length"], ["length"], []]


@pytest.mark.parametrize(
    ("case", "wanted"),
    [
        ({"signals": FOUND.drop_columns(["ratio"])}, "signals: no column ratio; wanted all that the filters read"),
        ({"meaning": pa.table({"x": [1.0] * 6})}, "meaning: columns x; wanted one called meaning"),
        ({"meaning": pa.table({"meaning": ["x"] * 6})}, "meaning: values of type string; wanted numbers"),
        ({"meaning": pa.table({"meaning": [1.0]})}, "meaning: 1 rows; wanted 6, as many as of signals"),
        ({"duplicate": np.zeros(7, np.bool_)}, "duplicate: 7 rows; wanted 6, as many as of signals"),
    ],
)
def test_tables_that_do_not_fit(case: dict[str, Any], wanted: str) -> None:
    with pytest.raises(InputError) as error:
        verdicts(case.get("signals", FOUND), case.get("meaning"), case.get("duplicate"), PLAIN)
    assert str(error.value).startswith(wanted)


values = st.one_of(
    st.none(), st.floats(0, 12, width=32), st.sampled_from([0.1, 0.15, 0.3, 0.33, 0.5, 0.6, 0.7, 1.4, 9.0])
)


@given(st.lists(st.fixed_dictionaries(dict.fromkeys([*SHARES, *COUNTS], values)), min_size=1, max_size=5))
@settings(max_examples=60, deadline=None)
def test_a_reason_is_said_if_and_only_if_a_filter_rejects(rows: list[dict[str, float | None]]) -> None:
    columns = {name: pa.array([row[name] for row in rows], pa.float32()) for name in (*COUNTS, *SHARES)}
    table = pa.table(columns)
    found = verdicts(table, None, None, PLAIN)["reasons"].to_pylist()
    for row, named in zip(table.to_pylist(), found, strict=True):
        assert [name for name in FILTERS if reason(name, row, PLAIN)] == named


def test_counts() -> None:
    found = counts_of(PAIRS, verdicts(FOUND, None, None, PLAIN), FOUND, PLAIN)
    assert (found.pairs, found.kept) == (6, 2)
    assert {name: (each.rejected, each.alone) for name, each in found.filters.items() if each.rejected} == {
        "length": (1, 1),
        "script": (1, 0),
        "identical": (1, 0),
        "markup": (1, 1),
        "controls": (1, 1),
    }
    assert list(found.filters) == list(FILTERS)
    assert found.filters["length"].samples == (Sample("4", "", "", "English has 0 characters; at least 1"),)
    assert found.filters["identical"].samples == (Sample("2", "Otters", "OTTERS", "both sides are the same"),)


def test_samples_are_the_first_and_short() -> None:
    many = pa.table({"id": list("12345"), "en": ["otter\n" * 500] * 5, "zh": ["獭" * 2500] * 5})
    chosen = read_settings(dict.fromkeys(FILTERS, False) | {"length": True}, "")
    found = signals(many)
    samples = counts_of(many, verdicts(found, None, None, chosen), found, chosen).filters["length"].samples
    assert [sample.id for sample in samples] == ["1", "2", "3"]
    assert {(len(sample.en), sample.en[-4:], len(sample.zh), sample.zh[-2:]) for sample in samples} == {
        (160, "ott…", 80, "獭…")
    }
    assert samples[0].reason == "English has 2,999 characters; at most 2,000"


def test_counts_of_no_rows() -> None:
    none = PAIRS[:0]
    found = counts_of(none, verdicts(FOUND[:0], None, None, PLAIN), FOUND[:0], PLAIN)
    assert (found.pairs, found.kept, {each.rejected for each in found.filters.values()}) == (0, 0, {0})


def test_counts_of_tables_that_differ() -> None:
    with pytest.raises(InputError, match="signals: 2 rows; wanted 6, as many as of pairs"):
        counts_of(PAIRS, verdicts(FOUND, None, None, PLAIN), FOUND[:2], PLAIN)


samples = st.lists(st.builds(Sample, st.sampled_from("abc"), st.just("en"), st.just("zh"), st.just("why")), max_size=3)
counts = st.builds(
    Counts,
    st.integers(0, 9),
    st.integers(0, 9),
    st.dictionaries(
        st.sampled_from(["length", "ratio", "caps"]),
        st.builds(FilterCounts, st.integers(0, 9), st.integers(0, 9), samples.map(tuple)),
    ),
)


@given(st.lists(counts, max_size=6), st.integers(0, 6))
def test_adding_is_associative_and_goes_through_json(all_counts: list[Counts], cut: int) -> None:
    whole = merged(all_counts)
    assert merged([merged(all_counts[:cut]), merged(all_counts[cut:])]) == whole
    assert Counts.from_json(json.loads(json.dumps(whole.as_json())), "x") == whole
    assert whole.pairs == sum(each.pairs for each in all_counts)


def test_counts_of_slices_add_up() -> None:
    table = verdicts(FOUND, None, None, PLAIN)
    parts = [counts_of(PAIRS[n : n + 2], table[n : n + 2], FOUND[n : n + 2], PLAIN) for n in (0, 2, 4)]
    assert merged(parts) == counts_of(PAIRS, table, FOUND, PLAIN)


@pytest.mark.parametrize(
    "data", [None, [], {}, {"pairs": 1}, {"pairs": "x", "kept": 1, "filters": {}}, {"filters": []}]
)
def test_broken_counts(data: object) -> None:
    with pytest.raises(InputError, match=r"done\.json: broken counts"):
        Counts.from_json(data, "done.json")
