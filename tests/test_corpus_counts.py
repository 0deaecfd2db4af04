"""Counts that add up part by part: of renderings, titles and names, and of the runs of words of the English."""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.corpora import InputError, Pair, Term, Termbase
from duizhao.corpora.knowledge import EMPTY
from duizhao.metrics.consistency import check_titles
from duizhao.metrics.corpus_counts import (
    Counts,
    Named,
    Title,
    count_renderings,
    counts_bytes,
    counts_from,
    first_titles,
    introduced,
    merged_counts,
    packed,
    rarest,
    title_key,
    total_renderings,
    unpacked,
)
from duizhao.metrics.field_terms import FIELD
from duizhao.metrics.occurrences import Occurrence
from duizhao.metrics.phrases import OWN
from duizhao.metrics.run_counts import Runs, Seen, add_runs, count_runs, row_of_runs, runs_of_row
from duizhao.metrics.term_candidates import candidates_of, find_candidates, known_of
from duizhao.metrics.terms import Witnesses

OTTER, WEIR = Term("otter", "水獭"), Term("weir", "堰", domain=FIELD)
NET = Term("OtterNet", "OtterNet", domain="names")
PHRASE = Term("stone lantern", "", domain=OWN)


def occurrence(term: Term, zh: str, record: str = "d#1") -> Occurrence:
    pair = Pair(f"{record}.1", record, "d", "abstract", (term.en,), (zh,), ((0, 1),), ((0, 1),), "1-1", 0.7)
    return Occurrence(pair, term, "unlisted" if zh else "absent", (0, 1), (0, len(zh)) if zh else None, zh, 1.0)


def title(document: str, en: str, zh: str) -> Pair:
    name = f"{document}#1"
    return Pair(f"{name}.title", name, document, "title", (en,), (zh,), ((0, 1),), ((0, 1),), "1-1", 1.0)


FOUND = [
    occurrence(OTTER, "水 獭"),
    occurrence(OTTER, "水獭"),
    occurrence(OTTER, "水獭", "d#2"),
    occurrence(OTTER, "水怪", "d#2"),
    occurrence(OTTER, "", "d#3"),
    occurrence(WEIR, "堰"),
    occurrence(PHRASE, "石灯"),
    occurrence(NET, "獭网"),
    occurrence(NET, "OtterNet", "d#4"),
]


def test_renderings_are_counted_by_records() -> None:
    counts = count_renderings(FOUND)
    assert counts == {
        ("otter", "水獭"): 2,
        ("otter", "水怪"): 1,
        ("weir", "堰"): 1,
        ("stone lantern", "石灯"): 1,
        ("OtterNet", "獭网"): 1,
        ("OtterNet", "otternet"): 1,
    }
    assert total_renderings(counts) == {"otter": 3, "weir": 1, "stone lantern": 1, "OtterNet": 2}
    assert counts.keys() - count_renderings(FOUND, {"otter"}).keys() == {("stone lantern", "石灯")}
    assert count_renderings(FOUND, {"stone lantern"}) == counts


def test_what_records_introduce_is_no_term_of_the_termbase() -> None:
    assert introduced(FOUND, {"otter": OTTER}) == {"OtterNet": Named(NET, 2)}
    assert list(introduced(FOUND, {})) == ["otter", "OtterNet"]


def test_witnesses_of_counts_are_those_of_the_occurrences() -> None:
    renderings = count_renderings(FOUND)
    told = Witnesses(FOUND[:1], EMPTY, counts=Counts(renderings, total_renderings(renderings)))
    all_seen = Witnesses(FOUND, EMPTY)
    assert [told.seen(o) for o in FOUND] == [all_seen.seen(o) for o in FOUND] == [2, 2, 2, 1, 0, 1, 1, 1, 1]
    assert [told.share(o) for o in FOUND[:4]] == [2 / 3, 2 / 3, 2 / 3, 1 / 3]


TITLES = [
    title("a", "Two Otters", "两只水獭"),
    title("a", "Tea", "茶"),
    title("b", "two  otters", "双獭"),
    title("b", "Weirs", "堰"),
    title("c", "TWO OTTERS", "两只的水獭"),
    title("c", "Tea", "喝茶"),
]


@pytest.mark.parametrize("cut", range(7))
def test_a_title_is_held_against_the_first_of_the_corpus(cut: int) -> None:
    parts = [TITLES[:cut], TITLES[cut:]]
    counts = merged_counts(Counts(titles=first_titles(part)) for part in parts).for_judging()
    assert counts.titles == {
        title_key(TITLES[0]): Title("a", "两只水獭", True),
        title_key(TITLES[1]): Title("a", "茶", True),
    }
    found = [pair for part in parts for pair, _ in check_titles(part, counts.titles)]
    assert found == [pair for pair, _ in check_titles(TITLES)] == [TITLES[2]]


def test_a_title_that_nobody_told_of_is_nothing() -> None:
    assert list(check_titles(TITLES, {})) == []


@pytest.mark.parametrize(
    ("counts", "most", "floor"),
    [([], 0, 0), ([1, 2, 3], 3, 0), ([1, 2, 3], 2, 2), ([5, 5, 5, 5], 2, 5), ([9, 1, 1, 4, 3], 4, 3)],
)
def test_the_rarest_go(counts: list[int], most: int, floor: int) -> None:
    assert rarest(counts, most) == floor
    assert len([n for n in counts if n > floor]) <= max(most // 2, 0 if floor else most)


WORDS = st.sampled_from(["otter", "weir", "OtterNet", "ferry", "茶"])
COUNTS = st.builds(
    Counts,
    st.dictionaries(st.tuples(WORDS, WORDS), st.integers(1, 9), max_size=6),
    st.dictionaries(WORDS, st.integers(1, 9), max_size=4),
    st.dictionaries(WORDS, st.builds(Title, WORDS, WORDS, st.booleans()), max_size=4),
    st.lists(WORDS, unique=True, max_size=4).map(
        lambda names: {en: Named(Term(en, en, domain="names"), len(en)) for en in names}
    ),
    st.integers(0, 5),
    st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 3)),
)


@given(COUNTS, COUNTS, COUNTS)
def test_parts_may_be_grouped_in_any_way(a: Counts, b: Counts, c: Counts) -> None:
    before = counts_bytes(a)
    whole = merged_counts([a, b, c])
    assert merged_counts([merged_counts([a, b]), c]) == whole == merged_counts([a, merged_counts([b, c])])
    assert list(whole.names) == list(dict.fromkeys([*a.names, *b.names, *c.names]))
    assert counts_bytes(a) == before
    assert counts_from(counts_bytes(whole)) == whole
    assert merged_counts([Counts(), a]) == a == merged_counts([a])


def test_too_many_are_let_go_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, most in (("_RENDERINGS", 4), ("_TITLES", 2), ("_NAMES", 2)):
        monkeypatch.setattr(f"duizhao.metrics.corpus_counts.{name}", most)
    one = Counts(
        {("otter", "水獭"): 5, ("otter", "水怪"): 1, ("weir", "堰"): 3},
        {"otter": 6, "weir": 3},
        {"x": Title("a", "甲", True), "y": Title("a", "乙", False)},
        {"A": Named(Term("A", "A"), 2), "B": Named(Term("B", "B"), 1)},
    )
    other = Counts(
        {("otter", "河狸"): 1, ("weir", "坝"): 1},
        {"otter": 1, "weir": 1},
        {"z": Title("b", "丙", False)},
        {"C": Named(Term("C", "C"), 1)},
    )
    assert merged_counts([one]) == one
    both = merged_counts([one, other])
    assert both.renderings == {("otter", "水獭"): 5, ("weir", "堰"): 3}
    assert (both.totals, list(both.titles), list(both.names)) == ({"otter": 7, "weir": 4}, ["x"], ["A"])
    assert both.let_go == (3, 2, 2)
    # What was let go stood somewhere: to have been counted is to be one at least.
    assert [both.seen("otter", zh) for zh in ("水獭", "水怪", "")] == [5, 1, 0]
    assert one.seen("otter", "河狸") == 0


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no gzip",
        counts_bytes(Counts())[:-1],
        counts_bytes(Counts()) + b"x",
        packed([]),
        packed({}),
        packed({"renderings": {"a": 1}, "totals": {}, "titles": {}, "names": [], "comparable": 0, "let_go": [0, 0, 0]}),
        packed({"renderings": {}, "totals": {}, "titles": {}, "names": [[1]], "comparable": 0, "let_go": [0, 0, 0]}),
        packed({"renderings": {}, "totals": {}, "titles": {}, "names": [], "comparable": 0, "let_go": []}),
    ],
)
def test_counts_that_are_none_are_refused(data: bytes) -> None:
    with pytest.raises(InputError, match=r"^part 3: broken counts; wanted the file as it was written"):
        counts_from(data, "part 3")


def test_equal_values_are_packed_alike() -> None:
    assert packed({"b": 1, "a": [2]}) == packed({"a": [2], "b": 1})
    assert unpacked(packed({"b": 1, "a": ["獭", 0.1]}), "x") == {"a": ["獭", 0.1], "b": 1}


TEXTS = [
    ("1", "An otter-friendliness index (OFI) for stone rivers. The OFI of weirs is low."),
    ("1", "OtterNet finds stone lanterns, and more stone lanterns."),
    ("2", "The stone lantern of an arch bridge; arch bridges have an OFI."),
    ("3", "Stone Lanterns and OtterNet-based weirs near the arch bridge."),
    ("4", "A weir, a ferry and an otter-friendliness index."),
]
KNOWN = known_of(Termbase((Term("weir", "堰"),), ""), EMPTY)


@cache
def runs(begin: int, end: int) -> Runs:
    return count_runs(TEXTS[begin:end], KNOWN)


def added(parts: Sequence[Runs]) -> Runs:
    whole = Runs()
    for part in parts:
        add_runs(whole, part, KNOWN.listed)
    return whole


@pytest.mark.parametrize("cuts", [(0, 5), (0, 2, 5), (0, 2, 3, 5), (0, 2, 2, 3, 4, 5)])
def test_runs_add_up_and_may_be_written_in_between(cuts: tuple[int, ...]) -> None:
    parts = [runs(a, b) for a, b in pairwise(cuts)]
    whole = added([runs_of_row(unpacked(packed(row_of_runs(part)), "x")) for part in parts])
    assert whole == added([added(parts[:2]), *parts[2:]]) == count_runs(TEXTS, KNOWN)
    assert whole.records == 4
    for fewest in (1, 2):
        assert candidates_of(whole, KNOWN, fewest) == find_candidates(
            TEXTS, Termbase((Term("weir", "堰"),), ""), EMPTY, fewest
        )
    assert parts == [count_runs(TEXTS[a:b], KNOWN) for a, b in pairwise(cuts)]


def test_rare_runs_are_let_go_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("duizhao.metrics.run_counts._MERGED", 4)
    one = Runs({("otter",): Seen(5, 2), ("ferry",): Seen(1, 1), ("weir",): Seen(1, 1)}, {("ferry",), ("otter",)}, 2)
    other = Runs({("stone", "lantern"): Seen(3, 3), ("tea",): Seen(2, 1), ("ferry",): Seen(1, 1)}, {("tea",)}, 3, 7)
    whole = added([one, other])
    assert whole == Runs(
        {
            ("otter",): Seen(5, 2),
            ("ferry",): Seen(2, 2),
            ("weir",): Seen(1, 1),
            ("stone", "lantern"): Seen(3, 3),
            ("tea",): Seen(2, 1),
        },
        {("ferry",), ("otter",), ("tea",)},
        5,
        7,
    )
    whole = added([one, other, Runs({("arch", "bridge"): Seen(1, 1)}, set(), 1)])
    # Those of the termbase stay, however rare.
    assert whole.seen == {("otter",): Seen(5, 2), ("stone", "lantern"): Seen(3, 3), ("weir",): Seen(1, 1)}
    assert (whole.defined, whole.records, whole.let_go) == ({("otter",)}, 6, 10)
