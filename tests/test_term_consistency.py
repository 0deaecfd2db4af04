"""How consistently terms are rendered: shares of the majority, over segments and within records."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.corpora import Term
from duizhao.corpora.termbase import Forbidden
from duizhao.metrics.term_consistency import TermUse, term_consistency
from duizhao.metrics.term_lookup import TermLookup

TERMS = [
    Term("otter", "水獭", ("獭",), (Forbidden("水怪", "a monster", False),), also=("RO",)),
    Term("tea", "茶", ("茶水",)),
    Term("data", "数据"),
    Term("dataset", "数据集", ("数据",)),
    Term("OtterNet", "OtterNet", domain="names"),
]
INTO_CHINESE = TermLookup(TERMS, "zh")

# Sources, hypotheses; renderings of each term that counts, the least consistent first; micro and macro.
CASES = [
    (["Otter."] * 3, ["水獭", "水獭", "獭"], [("otter", (("水獭", 2), ("獭", 1)))], 200 / 3, 200 / 3),
    (["Otter."] * 2, ["水獭", "水怪"], [("otter", (("水怪", 1), ("水獭", 1)))], 50, 50),
    (["Otter."] * 2, ["水獭", "otter"], [("otter", (("otter", 1), ("水獭", 1)))], 50, 50),
    (["Otter."] * 3, ["水獭", "它", "她"], [("otter", (("水獭", 1), ("", 2)))], 100 / 3, 100 / 3),
    (["Otter."] * 2, ["它", "它"], [("otter", (("", 2),))], 50, 50),  # unknown renderings are never one
    (["Otters!", "an otter"], ["水 獭", "水獭"], [("otter", (("水獭", 2),))], 100, 100),  # spellings are one
    (["Otter.", "Otter."], ["水獭", "這隻水獺說話"], [("otter", (("水獭", 2),))], 100, 100),
    (["Otter, otter.", "Otter."], ["水獭，獭", "水獭"], [("otter", (("水獭", 2), ("獭", 1)))], 200 / 3, 200 / 3),
    (["Otter, otter.", "Otter."], ["水獭", "水獭"], [("otter", (("水獭", 2),))], 100, 100),  # Chinese repeats less
    (["Otter, otter.", "Otter."], ["它", "水獭"], [("otter", (("水獭", 1), ("", 1)))], 50, 50),
    (["Otter.", "Otter."], ["水獭，水怪", "水獭"], [("otter", (("水獭", 2),))], 100, 100),  # as many as there are terms
    (["Otter.", "Tea."], ["水獭", "茶"], [], 0, 0),  # one segment each
    (["Otter, otter."], ["水獭，獭"], [], 0, 0),
    (["RO.", "RO.", "Otter.", "Otter."], ["RO", "RO", "水獭", "水獭"], [("otter", (("水獭", 2),))], 100, 100),
    (["RO.", "RO."], ["水獭", "獭"], [("otter", (("水獭", 1), ("獭", 1)))], 50, 50),
    (
        ["Otter, tea.", "Otter, tea.", "Tea."],
        ["獭，茶", "水獭，茶", "茶"],
        [("otter", (("水獭", 1), ("獭", 1))), ("tea", (("茶", 3),))],
        80,
        75,
    ),
    # What is the other term's comes last: 数据 is here of data.
    (
        ["Data of the dataset."] * 2,
        ["数据集的数据", "数据，数据集"],
        [("data", (("数据", 2),)), ("dataset", (("数据集", 2),))],
        100,
        100,
    ),
    (["OtterNet."] * 2, ["OtterNet", "獭网"], [("OtterNet", (("otternet", 1), ("", 1)))], 50, 50),
    ([], [], [], 0, 0),
]


@pytest.mark.parametrize(("sources", "hypotheses", "uses", "micro", "macro"), CASES)
def test_consistency(
    sources: list[str],
    hypotheses: list[str],
    uses: list[tuple[str, tuple[tuple[str, int], ...]]],
    micro: float,
    macro: float,
) -> None:
    found = term_consistency(sources, hypotheses, INTO_CHINESE)
    assert [(use.term, use.renderings) for use in found.uses] == uses
    assert (found.micro, found.macro) == pytest.approx((micro, macro), abs=1e-12)
    assert found.terms == len(uses)
    assert found.occurrences == sum(n for _, renderings in uses for _, n in renderings)
    assert found.in_records is None


def test_within_records() -> None:
    sources, hypotheses = ["Otter."] * 5, ["水獭", "水獭", "獭", "獭", "水獭"]
    found = term_consistency(sources, hypotheses, INTO_CHINESE, ["a", "a", "b", "b", "c"])
    assert found.micro == 60
    within = found.in_records
    assert within is not None
    assert (within.micro, within.macro, within.terms, within.occurrences) == (100, 100, 2, 4)  # c has one segment
    assert [(use.record, use.renderings) for use in within.uses] == [("a", (("水獭", 2),)), ("b", (("獭", 2),))]
    assert within.in_records is None


def test_english_renderings_are_the_words_of_a_form() -> None:
    terms = [
        Term("ferry policy", "摆渡策略"),
        Term("ferry strategy", "摆渡策略", also=("FS",)),
    ]
    lookup = TermLookup(terms, "en")
    hypotheses = ["Ferry policies.", "The ferry-policy.", "A ferry strategy.", "The FS.", "A plan."]
    found = term_consistency(["摆渡策略"] * 5, hypotheses, lookup)
    assert found.uses == (TermUse("摆渡策略", "", (("ferry policy", 2), ("ferry strategy", 2), ("", 1))),)
    assert found.micro == found.macro == 40


def test_settings() -> None:
    found = term_consistency(["Otter"], ["水獭"], INTO_CHINESE, ["a"])
    assert found.settings == f"consistency:whole|lang:en-zh|{INTO_CHINESE.signature}"
    assert found.in_records is not None
    assert found.in_records.settings == f"consistency:in-records|lang:en-zh|{INTO_CHINESE.signature}"


def test_uses_tell_the_majority() -> None:
    assert (TermUse("a", "", (("x", 3), ("y", 2))).majority, TermUse("a", "", (("", 4),)).majority) == (3, 1)
    assert TermUse("a", "", (("x", 3), ("", 2))).occurrences == 5


rendered = st.lists(st.sampled_from(["水獭", "獭", "水怪", "它"]), max_size=8)


@given(rendered, st.lists(st.sampled_from("ab"), min_size=8, max_size=8))
def test_shares_are_what_counting_gives(hypotheses: list[str], records: list[str]) -> None:
    def share(renderings: list[str]) -> float:
        known = Counter(zh for zh in renderings if zh != "它")
        return max([1, *known.values()]) / len(renderings)

    found = term_consistency(["Otter."] * len(hypotheses), hypotheses, INTO_CHINESE, records[: len(hypotheses)])
    assert found.micro == pytest.approx(100 * share(hypotheses) if len(hypotheses) > 1 else 0)
    groups = [[zh for zh, one in zip(hypotheses, records, strict=False) if one == record] for record in "ab"]
    groups = [group for group in groups if len(group) > 1]
    assert found.in_records is not None
    assert found.in_records.terms == len(groups)
    assert found.in_records.macro == pytest.approx(100 * sum(map(share, groups)) / max(1, len(groups)))


@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=20)), max_size=5))
def test_any_text_has_a_share(rows: list[tuple[str, str]]) -> None:
    sources = ["Otter, tea: " + source for source, _ in rows]
    found = term_consistency(sources, [text for _, text in rows], INTO_CHINESE, ["a"] * len(rows))
    assert 0 <= found.micro <= 100 and 0 <= found.macro <= 100
    assert (found.terms == 0) == (found.micro == 0) == (len(rows) < 2)
