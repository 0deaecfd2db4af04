"""Occurrences to rows: one a term and rendering, with counts and places."""

from duizhao.corpora import Pair, Term
from duizhao.metrics import Finding, Rendering, build_glossary, mismatched_terms
from duizhao.metrics.occurrences import Occurrence
from duizhao.metrics.rendering import Status

GRIPPER = Term("soft gripper", "软体夹爪", domain="robotics")
OWN = Term("soft gripper", "", domain="own")
ARM = Term("Arm", "机械臂")


def occurrence(
    term: Term, zh: str, status: Status, pair: str = "d#1.abstract.1", similarity: float = 1.0
) -> Occurrence:
    place = Pair(pair, "d#1", "d", "abstract", ("x",), (zh,), ((0, 1),), ((0, 1),), "1-1", 0.7)
    return Occurrence(place, term, status, (0, 1), (0, len(zh)) if zh else None, zh, similarity)


def row(term: str, zh: str, count: int, status: Status, expected: str, majority: bool, *places: str) -> Rendering:
    return Rendering(term, zh, count, places or ("d#1.abstract.1",), status, expected, "robotics", majority)


def test_rows() -> None:
    rows = build_glossary(
        [
            occurrence(GRIPPER, "软钳子", "unlisted", similarity=0.7),
            occurrence(GRIPPER, "", "absent", similarity=0.0),
            occurrence(GRIPPER, "软体夹爪", "preferred", "d#1.abstract.2"),
            occurrence(GRIPPER, "软体 夹爪", "preferred", "d#1.abstract.1"),
            occurrence(GRIPPER, "一个东西", "unlisted", similarity=0.55),  # too little like it to be shown
        ]
    )
    assert rows == [
        row("soft gripper", "软体夹爪", 2, "preferred", "软体夹爪", True, "d#1.abstract.1", "d#1.abstract.2"),
        row("soft gripper", "软钳子", 1, "unlisted", "软体夹爪", False),
        row("soft gripper", "", 2, "absent", "软体夹爪", False),
    ]


def test_terms_are_sorted_without_regard_to_case() -> None:
    found = [occurrence(GRIPPER, "软体夹爪", "preferred"), occurrence(ARM, "机械臂", "preferred")]
    assert [r.term for r in build_glossary(found)] == ["Arm", "soft gripper"]
    assert build_glossary(found[::-1]) == build_glossary(found)


def test_equal_counts_share_the_majority() -> None:
    rows = build_glossary([occurrence(GRIPPER, "软体夹爪", "preferred"), occurrence(GRIPPER, "软钳子", "unlisted")])
    assert [(r.count, r.majority) for r in rows] == [(1, True), (1, True)]


def test_a_record_s_own_phrase_gives_way_to_the_termbase() -> None:
    rows = build_glossary([occurrence(GRIPPER, "软体夹爪", "preferred"), occurrence(OWN, "软体夹爪", "unlisted")])
    assert [(r.count, r.status) for r in rows] == [(1, "preferred")]


def test_nothing() -> None:
    assert build_glossary([]) == []
    assert mismatched_terms([]) == set()


def test_mismatched() -> None:
    rows = [
        Rendering("good", "好", 2, (), "preferred", "好", "", True),
        Rendering("bad", "好", 2, (), "preferred", "好", "", True),
        Rendering("bad", "坏", 1, (), "forbidden", "好", "", False, True),
        Rendering("odd", "怪", 1, (), "unlisted", "好", "", True),
    ]
    assert mismatched_terms(rows) == mismatched_terms(rows[::-1]) == {"bad"}


def test_findings_flag_their_renderings() -> None:
    told = finding("T001", "d#1.abstract.1", "otter", "海獭")
    rows = build_glossary([], [told, finding("T002", "", "stoat", "貂"), finding("T002", "", "stoat", "貂")])
    assert [(r.term, r.zh, r.count, r.status, r.places, r.flagged) for r in rows] == [
        ("stoat", "貂", 2, "forbidden", ("d#1",), True)
    ]


def finding(rule: str, pair: str, term: str, zh: str) -> Finding:
    return Finding(
        rule, "error", 0.9, "d", "d#1", pair, term if pair else "", zh, None, (0, 1), "", zh, "", 1, 1, rule + zh, term
    )
