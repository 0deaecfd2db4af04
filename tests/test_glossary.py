"""Occurrences, findings, records and pairs to entries."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.align.word_links import WordLinks, train_links
from duizhao.corpora import Pair, Record, Term, Termbase
from duizhao.corpora.knowledge import EMPTY
from duizhao.metrics import Entry, Finding, build_glossary
from duizhao.metrics.findings import Severity
from duizhao.metrics.folding import Folded, fold
from duizhao.metrics.occurrences import Occurrence
from duizhao.metrics.rendering import Status
from duizhao.metrics.term_index import TermIndex
from duizhao.metrics.term_places import PlaceFinder
from duizhao.metrics.unpaired import places_of

GRIPPER = Term("soft gripper", "软体夹爪", domain="robotics")
OWN = Term("soft gripper", "", domain="own")
ARM = Term("Arm", "机械臂")
OTTERS = [
    ("The river otter sleeps.", "水獭睡觉。"),
    ("A river otter eats.", "水獭吃饭。"),
    ("River otters swim.", "水獭游泳。"),
]


def pair(en: str, zh: str, record: int = 1, number: int = 1) -> Pair:
    name = f"d#{record}"
    return Pair(f"{name}.abstract.{number}", name, "d", "abstract", (en,), (zh,), ((0, 1),), ((0, 1),), "1-1", 0.7)


def occurrence(
    term: Term, zh: str, status: Status, record: int = 1, confidence: float = 1.0, en: str = "", text: str = ""
) -> Occurrence:
    en, text = en or f"{term.en} here", text or f"这是{zh}。"
    begin = text.find(zh)
    span = (begin, begin + len(zh)) if zh else None
    at = en.lower().find(term.en.lower())
    return Occurrence(
        pair(en, text, record), term, status, (at, at + len(term.en)), span, zh, 1.0, confidence=confidence
    )


def finding(rule: str, place: str, term: str, zh: str, severity: Severity = "error", expected: str = "") -> Finding:
    return Finding(
        rule, severity, 0.9, "d", "d#1", place, term if place else "", zh, None, (0, 1), expected, zh, "", 1, 1,
        rule + zh, term,
    )  # fmt: skip


def shown(entry: Entry) -> list[tuple[str, int, str, bool]]:
    return [(r.zh, r.count, r.status, r.majority) for r in entry.renderings]


def test_renderings_with_counts_spread_and_examples() -> None:
    found = [
        occurrence(GRIPPER, "软体夹爪", "preferred", 1),
        occurrence(GRIPPER, "软体的夹爪", "preferred", 2),
        occurrence(GRIPPER, "软体夹爪", "preferred", 3),
        occurrence(GRIPPER, "软钳子", "unlisted", 4, 0.9),
        occurrence(GRIPPER, "", "absent", 5),
    ]
    (entry,) = build_glossary(found)
    assert (entry.term, entry.section, entry.count, entry.records) == ("soft gripper", "inconsistent", 5, 5)
    assert shown(entry) == [
        ("软体夹爪", 3, "preferred", True),
        ("软钳子", 1, "unlisted", False),
        ("", 1, "absent", False),
    ]
    first = entry.renderings[0]
    assert first.forms == (("软体夹爪", 2), ("软体的夹爪", 1))
    assert (first.records, first.confidence, first.expected, first.domain) == (3, 1.0, "软体夹爪", "robotics")
    assert first.places == ("d#1.abstract.1", "d#2.abstract.1", "d#3.abstract.1")
    example = first.examples[0]
    assert (example.pair, example.en[slice(*example.span_en)]) == ("d#1.abstract.1", "soft gripper")
    assert example.span_zh and example.zh[slice(*example.span_zh)] == "软体夹爪"
    assert len(first.examples) == 3


def test_examples_are_three_at_most_and_of_different_records() -> None:
    found = [occurrence(GRIPPER, "软体夹爪", "preferred", record) for record in (1, 1, 2, 3, 4)]
    (entry,) = build_glossary(found)
    assert [e.pair[:3] for e in entry.renderings[0].examples] == ["d#1", "d#2", "d#3"]


def test_equal_counts_share_the_majority() -> None:
    (entry,) = build_glossary(
        [occurrence(GRIPPER, "软体夹爪", "preferred"), occurrence(GRIPPER, "软钳子", "unlisted", 2)]
    )
    assert [(r.count, r.majority) for r in entry.renderings] == [(1, True), (1, True)]


def test_two_approved_renderings_are_inconsistent_in_one_record_only() -> None:
    apart = [occurrence(ARM, "机械臂", "preferred", 1), occurrence(ARM, "机械手臂", "admitted", 2)]
    assert [e.section for e in build_glossary(apart)] == ["consistent"]
    other = Term("Arm", "机械臂", ("钢爪",))
    apart = [occurrence(other, "机械臂", "preferred", 1), occurrence(other, "钢爪", "admitted", 2)]
    assert [e.section for e in build_glossary(apart)] == ["consistent"]
    both = "机械臂和钢爪"
    together = [
        occurrence(other, "机械臂", "preferred", 1, text=both, en="Arm and arm"),
        Occurrence(pair("Arm and arm", both), other, "admitted", (8, 11), (4, 6), "钢爪", 1.0),
    ]
    assert [e.section for e in build_glossary(together)] == ["inconsistent"]


def test_a_finding_makes_a_mismatch_and_flags_its_rendering() -> None:
    wrong = occurrence(GRIPPER, "软钳子", "forbidden", 2)
    (entry,) = build_glossary(
        [occurrence(GRIPPER, "软体夹爪", "preferred"), wrong],
        [finding("T002", "d#2.abstract.1", "soft gripper", "软钳子", expected="软体夹爪")],
    )
    assert entry.section == "mismatch"
    assert [(r.zh, r.status, r.flagged) for r in entry.renderings] == [
        ("软体夹爪", "preferred", False),
        ("软钳子", "forbidden", True),
    ]


def test_a_rendering_that_was_told_ignored_is_no_mismatch() -> None:
    (entry,) = build_glossary([occurrence(GRIPPER, "软钳子", "forbidden", 2)])
    assert entry.section == "consistent"


def test_several_renderings_are_inconsistent_even_where_a_finding_says_so() -> None:
    found = [occurrence(GRIPPER, "软体夹爪", "preferred"), occurrence(GRIPPER, "软钳子", "unlisted", 2, 0.9)]
    (entry,) = build_glossary(found, [finding("T003", "d#2.abstract.1", "soft gripper", "软钳子", "warning")])
    assert (entry.section, [r.flagged for r in entry.renderings]) == ("inconsistent", [False, True])


def test_findings_bring_renderings_of_texts_without_pairs() -> None:
    told = finding("T002", "", "stoat", "貂", expected="白鼬")
    (entry,) = build_glossary([], [told])
    assert [(r.term, r.zh, r.count, r.status, r.places, r.flagged, r.expected) for r in entry.renderings] == [
        ("stoat", "貂", 1, "forbidden", ("d#1",), True, "白鼬")
    ]


def test_the_other_renderings_of_chinese_without_english_are_counted_beside_it() -> None:
    stoat = Term("stoat", "白鼬", ("扫雪鼬",))
    record = Record("d#1", "d", "zh_only", summary_zh="白鼬怕扫雪鼬，白鼬不怕貂。")
    (entry,) = build_glossary([], [finding("T002", "", "stoat", "貂")], [record], (), Termbase((stoat,), ""))
    assert shown(entry) == [
        ("白鼬", 2, "preferred", True),
        ("扫雪鼬", 1, "admitted", False),
        ("貂", 1, "forbidden", False),
    ]


def test_a_mere_note_makes_no_term_of_an_everyday_word() -> None:
    assert build_glossary([], [finding("T004", "", "wonderful", "奇妙", "note")]) == []


def test_new_terms_are_proposed_with_what_the_links_say() -> None:
    links = train_links(OTTERS)
    pairs = [pair(en, zh, record) for record, (en, zh) in enumerate(OTTERS)]
    entries = build_glossary([], [], [], pairs, Termbase((), ""), links=lambda: links)
    otter = next(entry for entry in entries if entry.term == "river otter")
    assert (otter.section, otter.expected, otter.domain, otter.count) == ("new", "", "new", 3)
    assert [(r.zh, r.count, r.majority) for r in otter.renderings] == [("水獭", 3, True)]


def test_without_links_a_new_term_has_no_rendering_but_latin() -> None:
    pairs = [pair("OtterNet and a river otter.", "OtterNet和水獭。", record) for record in (1, 2, 3)]
    renderings = {e.term: shown(e) for e in build_glossary([], pairs=pairs)}
    assert renderings["OtterNet"] == [("OtterNet", 3, "latin", True)]
    assert renderings["river otter"] == [("", 3, "absent", False)]


def test_a_record_without_pairs_is_searched_for_what_is_known() -> None:
    otter = Term("river otter", "水獭", ("河獭",))
    record = Record("d#1", "d", "summary", abstract_en="The river otter swims.", key_points_zh=("河獭会游泳。",))
    (entry,) = build_glossary([], [], [record], [], Termbase((otter,), ""))
    assert shown(entry) == [("河獭", 1, "admitted", True)]
    assert entry.renderings[0].places == ("d#1",)


def test_a_clear_majority_tells_the_rest_wrong() -> None:
    bridge = Term("arch bridge", "拱桥")
    found = [occurrence(bridge, "拱桥", "preferred", record) for record in range(12)]
    sure, unsure = (occurrence(bridge, "弯弯路", "unlisted", 13, confidence) for confidence in (0.9, 0.6))
    assert [e.section for e in build_glossary([*found, sure])] == ["mismatch"]
    assert [e.section for e in build_glossary([*found, unsure])] == ["inconsistent"]
    assert [e.section for e in build_glossary(found)] == ["consistent"]


def test_sections_and_what_matters_most_come_first() -> None:
    found = [occurrence(ARM, "机械臂", "preferred", record) for record in (1, 2)]
    found += [occurrence(GRIPPER, "软体夹爪", "preferred", 3), occurrence(GRIPPER, "软钳子", "unlisted", 4, 0.9)]
    entries = build_glossary(found)
    assert [(e.term, e.section) for e in entries] == [("soft gripper", "inconsistent"), ("Arm", "consistent")]


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Term("OtTer", "獭网"), Term("OtTer+", "增强獭网")),
        (Term("OTTR", "水獭检索"), Term("ottr", "獭子")),
        (Term("Brook", "小溪", case=True), Term("Brooks", "布鲁克斯", case=True)),
    ],
)
def test_terms_of_the_same_folded_words_are_two(one: Term, other: Term, order: int) -> None:
    found = [occurrence(term, term.zh, "preferred", record) for record, term in enumerate((one, other, one))]
    # The index takes the first that fits: OtTer would fit OtTer+, ottr OTTR, Brook Brooks.
    listed = (one, other) if other.en.islower() else (other, one)
    entries = build_glossary(found[::order], termbase=Termbase(listed, ""))
    assert {e.term: (e.expected, e.section, e.count, shown(e)) for e in entries} == {
        one.en: (one.zh, "consistent", 2, [(one.zh, 2, "preferred", True)]),
        other.en: (other.zh, "consistent", 1, [(other.zh, 1, "preferred", True)]),
    }
    assert {e.term: sum(n for _, n in e.forms) for e in entries} == {one.en: 2, other.en: 1}


@pytest.mark.parametrize(
    ("called", "term"),
    [("OtTer+", "OtTer+"), ("OtTer", "OtTer"), ("otter+", "OtTer+"), ("otters", "OtTer"), ("Webbed", "OtTer+")],
)
def test_a_finding_speaks_of_the_term_of_its_very_form(called: str, term: str) -> None:
    base = Termbase((Term("OtTer", "獭网"), Term("OtTer+", "增强獭网", also=("Webbed",))), "")
    entries = build_glossary([], [finding("T002", "", called, "貂网")], termbase=base)
    assert [(e.term, e.section, shown(e)) for e in entries] == [(term, "mismatch", [("貂网", 1, "forbidden", True)])]


@pytest.mark.parametrize("domain", ["new", "own", "field", "rivers"])
def test_any_domain_of_a_listed_term_is_listed(domain: str) -> None:
    raft = Term("otter raft", "獭筏", domain=domain)
    base = Termbase((raft,), "")
    (entry,) = build_glossary([occurrence(raft, "獭筏", "preferred")], termbase=base)
    assert (entry.section, entry.domain, shown(entry)) == ("consistent", domain, [("獭筏", 1, "preferred", True)])
    record = Record("d#1", "d", "summary", abstract_en="The otter raft swims.", summary_zh="獭筏会游泳。")
    (entry,) = build_glossary([], [], [record], [], base)
    assert (entry.section, shown(entry)) == ("consistent", [("獭筏", 1, "preferred", True)])


@pytest.mark.parametrize("stem", ["d", "2031.01", "."])
def test_records_of_a_file_with_dots_in_its_name_are_apart(stem: str) -> None:
    token = Term("pebble", "卵石", ("石子",))

    def at(record: int, zh: str, status: Status) -> Occurrence:
        name = f"{stem}#{record}"
        place = Pair(f"{name}.abstract.1", name, "d", "abstract", ("A pebble.",), (zh,), ((0, 1),), ((0, 1),), "1-1", 1)
        return Occurrence(place, token, status, (2, 8), (0, 2), zh[:2], 1.0)

    apart = [at(1, "卵石。", "preferred"), at(2, "石子。", "admitted")]
    assert [e.section for e in build_glossary(apart)] == ["consistent"]
    again = at(1, "石子。", "admitted")
    again = replace(again, pair=replace(again.pair, id=f"{stem}#1.abstract.2"))
    assert [e.section for e in build_glossary([*apart, again])] == ["inconsistent"]


def test_texts_without_pairs_are_folded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    zh = "白鼬和水獭在河里游泳，白鼬不怕水獭，水獭也不怕貂。河狸在一旁喝茶，看着它们。"
    folded: list[str] = []

    def counting(text: str) -> Folded:
        folded.append(text)
        return fold(text)

    for module in ("glossary", "unpaired"):
        monkeypatch.setattr(f"duizhao.metrics.{module}.fold", counting)
    terms = (Term("stoat", "白鼬"), Term("otter", "水獭"), Term("beaver", "河狸"))
    summary = Record("d#1", "d", "summary", abstract_en="A stoat, an otter and a beaver.", summary_zh=zh)
    alone = Record("d#2", "d", "zh_only", summary_zh=zh)
    told = [finding("T002", "", name, "貂") for name in ("stoat", "otter", "beaver")]
    entries = build_glossary([], [], [summary], termbase=Termbase(terms, ""))
    assert {e.term: shown(e)[0][:2] for e in entries} == {
        "stoat": ("白鼬", 1),
        "otter": ("水獭", 1),
        "beaver": ("河狸", 1),
    }
    assert folded.count(zh) == 1
    folded.clear()
    entries = build_glossary([], told, [alone], termbase=Termbase(terms, ""))
    assert {e.term: shown(e)[0][:2] for e in entries} == {
        "stoat": ("白鼬", 2),
        "otter": ("水獭", 3),
        "beaver": ("河狸", 1),
    }
    assert folded.count(zh) == 1


@given(st.lists(st.text("獭河Aa -İ", max_size=4), max_size=6), st.text("獭河Aa -İ", max_size=30))
def test_places_are_those_of_the_longest_strings(strings: list[str], zh: str) -> None:
    text = fold(zh)
    found: list[tuple[int, int]] = []
    for needle in sorted({fold(string).text for string in strings}, key=lambda needle: (-len(needle), needle)):
        found += [span for span in text.find_all(needle) if not any(a < span[1] and span[0] < b for a, b in found)]
    assert places_of(strings, text) == sorted(found)


@given(st.lists(st.sampled_from("otter raft river tea otter-raft and.".split()), max_size=12))
def test_no_proposed_term_counts_inside_a_listed_one(words: list[str]) -> None:
    en = " ".join(words)
    listed = [Term("otter raft", "獭筏"), Term("river", "河")]
    proposed = [Term("raft", ""), Term("otter", ""), Term("tea", ""), Term("raft river", "")]
    outer, inner = TermIndex(listed).matches(en), TermIndex(proposed).matches(en)
    kept = [m for m in inner if not any(o.span[0] <= m.span[0] and m.span[1] <= o.span[1] for o in outer)]
    assert PlaceFinder(listed, proposed, EMPTY, None).matches(en) == outer + kept


def test_nothing() -> None:
    assert build_glossary([]) == []


@given(st.lists(st.tuples(st.text(max_size=60), st.text(max_size=40)), max_size=3))
def test_any_pairs_give_entries_whose_places_add_up(texts: list[tuple[str, str]]) -> None:
    pairs = [pair(en, zh, number=k) for k, (en, zh) in enumerate(texts)]
    links = WordLinks()
    entries = build_glossary([], pairs=pairs, links=lambda: links)
    for entry in entries:
        assert entry.count == sum(r.count for r in entry.renderings)
        for r in entry.renderings:
            for e in r.examples:
                assert (e.span_zh is None) == (r.zh == "")
                assert e.en[slice(*e.span_en)]
    assert entries == build_glossary([], pairs=pairs, links=lambda: links)


@pytest.mark.parametrize("order", [1, -1])
def test_the_order_of_occurrences_changes_nothing(order: int) -> None:
    found = [occurrence(ARM, "机械臂", "preferred", record) for record in (1, 2)]
    found += [occurrence(GRIPPER, "软体夹爪", "preferred", 3)]
    assert [e.term for e in build_glossary(found[::order])] == ["Arm", "soft gripper"]
