"""Two corpora compared: records and passages found again, findings gone and new, terms rendered otherwise."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.corpora import Pair, Record
from duizhao.metrics import Entry, Finding, Rendering, fingerprint
from duizhao.metrics.changes import Changes, Side, Turned, compare
from duizhao.metrics.record_matching import match_records
from duizhao.metrics.rendering import Status
from duizhao.metrics.text_changes import Piece, text_changes
from duizhao.reports.diff_words import compared_line, diff_verdict, rule_counts


def record(name: str, **texts: object) -> Record:
    fields = {"kind": "abstract", "document": f"{name.partition('#')[0]}.txt", **texts}
    return Record(id=name, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ({"url": "https://arxiv.org/abs/2301.00001v1"}, {"url": "arxiv.org/pdf/2301.00001", "number": 9}, True),
        ({"title_en": "Otters Drink Tea"}, {"title_en": "otters drink  tea!", "url": "https://a.org/1"}, True),
        ({"abstract_en": "The otter\nsleeps."}, {"abstract_en": "The otter sleeps.", "number": 3}, True),
        ({"summary_zh": "水獭睡了。"}, {"summary_zh": "水獭 睡了。", "number": 3}, True),
        ({"number": 3, "summary_zh": "水獭睡了。"}, {"number": 3, "summary_zh": "水獭醒了。"}, True),
        ({"number": 3, "title_en": "Otters"}, {"number": 3, "title_en": "Bridges"}, False),
        ({"number": 3, "url": "https://a.org/1"}, {"number": 3, "url": "https://a.org/2"}, False),
        ({"number": 3, "title_zh": "水獭"}, {"number": 4, "title_zh": "桥"}, False),
        ({"title_zh": "水獭", "title_en": "Otters"}, {"title_zh": "水獭", "title_en": "Sea Otters"}, False),
    ],
)
def test_which_records_are_one(old: dict[str, object], new: dict[str, object], same: bool) -> None:
    one, other = record("a#1", **old), record("b#2", **new)
    found = match_records([one], [other])
    assert found == ([(one, other)] if same else [(one, None), (None, other)])


def test_of_several_documents_a_number_counts_in_its_own_only() -> None:
    old = [record("x/a#1", number=1, title_zh="水獭"), record("x/b#1", number=1, title_zh="桥")]
    new = [record("y/b#1", number=1, title_zh="大桥"), record("y/c#1", number=1, title_zh="茶")]
    assert match_records(old, new) == [(old[1], new[0]), (old[0], None), (None, new[1])]


def test_records_of_one_key_are_matched_in_order() -> None:
    old = [record("a#1", title_en="Tea", number=1), record("a#2", title_en="Tea", number=2)]
    new = [record("b#1", title_en="Tea"), record("b#2", title_en="tea"), record("b#3", title_en="Tea.")]
    assert match_records(old, new) == [(old[0], new[0]), (old[1], new[1]), (None, new[2])]


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        ("", "", []),
        ("水獭喝茶。", "水獭喝茶。", [("水獭喝茶。", "水獭喝茶。")]),
        ("水獭在桥下。", "水獭在大桥下。", [("水獭在", "水獭在"), ("桥下", "大桥下"), ("。", "。")]),
        ("水獭", "水獭 睡了", [("水獭", "水獭"), ("", " 睡了")]),
        ("海獭" * 400, "贝壳" * 400, [("海獭" * 400, "贝壳" * 400)]),
    ],
)
def test_what_changed_in_a_text(old: str, new: str, pieces: list[tuple[str, str]]) -> None:
    assert text_changes(old, new) == [Piece(*piece) for piece in pieces]


@given(st.text("水獭海茶桥 a1。\n", max_size=30), st.text("水獭海茶桥 a1。\n", max_size=30))
def test_the_pieces_are_both_texts(old: str, new: str) -> None:
    pieces = text_changes(old, new)
    assert "".join(piece.old for piece in pieces) == old
    assert "".join(piece.new for piece in pieces) == new
    assert all((a.old == a.new) != (b.old == b.new) for a, b in pairwise(pieces))


def pair(name: str, en: str, zh: str, field: str = "abstract") -> Pair:
    return Pair(name, name.partition(".")[0], "a.txt", field, (en,), (zh,), ((0, 1),), ((0, 1),), "1-1", 1.0)


def finding(
    record_id: str, rule: str, zh: str, expected: str = "茶", severity: str = "warning", term: str = ""
) -> Finding:
    made = Finding(rule, "note", 0.9, "a.txt", record_id, "", "tea", zh, None, None, expected, zh, "", 1, 1, "", term)
    return replace(made, severity=severity, fingerprint=fingerprint(rule, "tea", zh, expected))  # type: ignore[arg-type]


def entry(term: str, *renderings: tuple[str, Status, tuple[str, ...]], wanted: str = "") -> Entry:
    made = tuple(
        Rendering(term, zh, len(places), places, status, wanted, "", False) for zh, status, places in renderings
    )
    return Entry(term, "inconsistent", wanted, "", 1, 1, 1.0, ((term, 1),), made)


OLD = [record("a#1", title_en="Tea"), record("a#2", title_en="Otters"), record("a#3", title_en="Gone")]
NEW = [record("b#1", title_en="Tea"), record("b#2", title_en="Otters"), record("b#4", title_en="Come")]


def test_findings_are_found_again_in_their_record() -> None:
    old = [
        finding("a#1", "T001", "茶叶"),
        finding("a#1", "T001", "茶叶"),
        finding("a#1", "T003", "茶汤", "茶", term="tea"),
        finding("a#2", "F001", "水水"),
        finding("a#3", "F001", "桥桥"),
        finding("", "F008", "1。"),
    ]
    new = [
        finding("", "F008", "1。"),
        finding("b#1", "T001", "茶叶"),
        finding("b#1", "T003", "茶 汤", "红茶", term="tea"),
        finding("b#1", "F001", "水水"),
        finding("b#4", "T002", "茶壶", severity="error"),
    ]
    changes = compare(Side(OLD, (), old, ()), Side(NEW, (), new, ()))
    assert changes.staying == tuple(new[:3])
    assert changes.new == tuple(new[3:])
    assert changes.gone == (old[1], old[3], old[4])
    assert (changes.only_old, changes.only_new, changes.matched) == ((OLD[2],), (NEW[2],), 2)
    assert rule_counts(changes) == [
        ("T002", "error", 0, 1, 0),
        ("F001", "warning", 2, 1, 0),
        ("F008", "warning", 0, 0, 1),
        ("T001", "warning", 1, 0, 1),
        ("T003", "warning", 0, 0, 1),
    ]


def test_passages_and_their_terms() -> None:
    old_pairs = [
        pair("a#1.1", "The tea is hot.", "茶叶很烫。"),
        pair("a#1.2", "Tea again.", "茶叶。"),
        pair("a#1.3", "Only here.", "只在这里。"),
        pair("a#2.1", "An otter.", "水獭。"),
    ]
    new_pairs = [
        pair("b#1.1", "the TEA is hot.", "茶很烫。"),
        pair("b#1.2", "Tea again.", "茶。"),
        pair("b#2.1", "An otter.", "水獭。"),
        pair("b#2.2", "Not there before.", "新的。"),
    ]
    before = [
        entry("tea", ("茶叶", "forbidden", ("a#1.1", "a#1.2")), wanted="茶"),
        entry("otter", ("水獭", "unlisted", ("a#2.1",))),
    ]
    after = [
        entry("tea", ("茶", "preferred", ("b#1.1", "b#1.2")), wanted="茶"),
        entry("otter", ("獭", "unlisted", ("b#2.1",))),
    ]
    changes = compare(Side(OLD[:2], old_pairs, (), before), Side(NEW[:2], new_pairs, (), after))
    assert changes.turned == (Turned("tea", "茶叶", "茶", "茶", "better", 2, ("b#1.1", "b#1.2")),)
    assert [(r.pair, r.old, r.new) for r in changes.rewritten] == [
        ("b#1.1", "茶叶很烫。", "茶很烫。"),
        ("b#1.2", "茶叶。", "茶。"),
    ]
    assert (changes.passages, changes.parted) == (3, 2)
    assert compared_line(changes) == (
        "2 records in both, 2 of 3 passages rewritten, 2 passages with English that the other side lacks; "
        "0 records only in the old, 0 in the new."
    )


@pytest.mark.parametrize(
    ("old", "new", "course"),
    [
        (("茶叶", "forbidden"), ("茶汤", "unlisted"), "better"),
        (("茶叶", "unlisted"), ("茶水", "admitted"), "better"),
        (("茶水", "admitted"), ("茶", "preferred"), "better"),
        (("茶", "preferred"), ("茶水", "admitted"), "worse"),
        (("茶水", "admitted"), ("茶汁", "admitted"), "other"),
        (("茶叶", "unlisted"), ("茶汤", "unlisted"), "other"),
        (("茶水", "admitted"), ("茶叶", "forbidden"), "worse"),
    ],
)
def test_the_course_of_a_term(old: tuple[str, Status], new: tuple[str, Status], course: str) -> None:
    pairs = [pair("a#1.1", "Tea.", f"{old[0]}。")], [pair("b#1.1", "Tea.", f"{new[0]}。")]
    sides = [
        Side((r,), p, (), [entry("tea", (*text, (p[0].id,)), wanted="茶")])
        for r, p, text in zip((OLD[0], NEW[0]), pairs, (old, new), strict=True)
    ]
    assert [turned.course for turned in compare(*sides).turned] == [course]


def told(gone: str, new: str) -> str:
    names = {"e": "error", "w": "warning", "n": "note"}
    made = [tuple(finding("b#1", "T001", "茶叶", severity=names[c]) for c in side) for side in (gone, new)]
    return diff_verdict(Changes(made[0], made[1], (), (), (), (), (), 1, 1, 0))


@pytest.mark.parametrize(
    ("gone", "new", "sentence"),
    [
        ("", "", "No finding came or went, 0 staying."),
        ("ew", "", "Better: 2 gone, 0 findings new, 0 staying."),
        ("", "n", "Worse: 0 gone, 1 finding new (1 note), 0 staying."),
        ("e", "wwn", "Better, but not in all: 1 gone, 3 findings new (2 warnings, 1 note), 0 staying."),
        ("ww", "e", "Worse, but not in all: 2 gone, 1 finding new (1 error), 0 staying."),
        ("w", "w", "No better, no worse: 1 gone, 1 finding new (1 warning), 0 staying."),
    ],
)
def test_the_verdict(gone: str, new: str, sentence: str) -> None:
    assert told(gone, new) == sentence
