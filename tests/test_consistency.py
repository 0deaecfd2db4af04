"""T003: one term with several renderings in a record, in a document, or in two titles of one paper."""

import pytest

from duizhao.corpora import Pair, Term
from duizhao.metrics.consistency import check_consistency, check_titles, same_rendering
from duizhao.metrics.occurrences import Occurrence
from duizhao.metrics.rendering import Status

LISTED = Term("soft gripper", "软体夹爪", ("柔性夹爪",))
OWN = Term("soft gripper", "", domain="own")
FIELD = Term("soft gripper", "软体夹爪", domain="field")


def occurrence(
    term: Term,
    zh: str,
    status: Status = "unlisted",
    record: str = "d#1",
    document: str = "d",
    confidence: float = 0.9,
    en: str = "soft gripper",
    field: str = "abstract",
) -> Occurrence:
    pair = Pair(
        f"{record}.{field}.1", record, document, field, (en,), (f"用{zh}抓",), ((0, 12),), ((0, 1),), "1-1", 0.7
    )
    return Occurrence(pair, term, status, (0, len(en)), (1, 1 + len(zh)) if zh else None, zh, 0.8, "", confidence)


# Occurrences, the findings as (text that is blamed, text it is held against, severity).
CASES = [
    ([], []),
    ([occurrence(LISTED, "软体夹爪", "preferred")] * 3, []),
    (
        [occurrence(LISTED, "软体夹爪", "preferred")] * 2 + [occurrence(LISTED, "软钳子")],
        [("软钳子", "软体夹爪", "warning")],
    ),
    (
        [occurrence(LISTED, "软体夹爪", "preferred"), occurrence(LISTED, "柔性夹爪", "admitted")],
        [("柔性夹爪", "软体夹爪", "note")],
    ),
    (
        [occurrence(LISTED, "软钳子", "forbidden")] * 2 + [occurrence(LISTED, "软体夹爪", "preferred")],
        [("软钳子", "软体夹爪", "warning")],
    ),
    ([occurrence(OWN, "软体夹爪"), occurrence(OWN, "软钳子")], [("软钳子", "软体夹爪", "note")]),
    ([occurrence(OWN, "软体夹爪")] * 2 + [occurrence(OWN, "软钳子")], [("软钳子", "软体夹爪", "warning")]),
    # how surely a located rendering must stand there to witness
    ([occurrence(OWN, "软体夹爪")] * 2 + [occurrence(OWN, "软钳子", confidence=0.84)], []),
    (
        [occurrence(OWN, "软体夹爪")] * 2 + [occurrence(OWN, "软钳子", confidence=0.85)],
        [("软钳子", "软体夹爪", "warning")],
    ),
    ([occurrence(LISTED, "软体夹爪", "preferred"), occurrence(LISTED, "软钳子", confidence=0.59)], []),
    (
        [occurrence(LISTED, "软体夹爪", "preferred"), occurrence(LISTED, "软钳子", confidence=0.6)],
        [("软钳子", "软体夹爪", "warning")],
    ),
    # the field's counts accuse nobody; what stands in Latin letters here and in Chinese there does
    ([occurrence(FIELD, "软体夹爪")] * 2 + [occurrence(FIELD, "软钳子")], []),
    ([occurrence(FIELD, "软体夹爪", "preferred")] * 2 + [occurrence(FIELD, "软钳子", "admitted")], []),
    (
        [occurrence(FIELD, "软体夹爪", "preferred")] * 2 + [occurrence(FIELD, "gripper", "latin", en="gripper")],
        [("gripper", "软体夹爪", "warning")],
    ),
    (
        [occurrence(LISTED, "软体夹爪", "preferred"), occurrence(LISTED, "gripper", "latin", en="gripper")],
        [("gripper", "软体夹爪", "warning")],
    ),
    ([occurrence(LISTED, "软体夹爪", "preferred"), occurrence(LISTED, "SGR", "latin", en="SGR")], []),
    ([occurrence(LISTED, "软体夹爪", "preferred"), occurrence(LISTED, "Gripper", "latin", en="Gripper")], []),
    ([occurrence(LISTED, "软体夹爪", "preferred"), occurrence(LISTED, "", "absent", confidence=0.0)], []),
    ([occurrence(LISTED, "软体夹爪", "preferred"), occurrence(LISTED, "软体的 夹爪")], []),
    (
        [occurrence(LISTED, "软体夹爪", "preferred", "d#1")] * 2 + [occurrence(LISTED, "软钳子", "unlisted", "d#2")],
        [("软钳子", "软体夹爪", "note")],
    ),
    (
        [
            occurrence(LISTED, "软体夹爪", "preferred", "d#1", "d"),
            occurrence(LISTED, "软钳子", "unlisted", "e#1", "e"),
        ],
        [],
    ),
]


@pytest.mark.parametrize(("occurrences", "wanted"), CASES)
def test_consistency(occurrences: list[Occurrence], wanted: list[tuple[str, str, str]]) -> None:
    found = list(check_consistency(occurrences))
    assert [(item.draft.found, item.draft.expected, item.draft.severity) for item in found] == wanted
    for item in found:
        assert item.draft.rule == "T003"
        assert item.occurrence.zh == item.draft.found
        assert item.draft.found in item.draft.message and item.draft.expected in item.draft.message


def test_a_rendering_is_blamed_once() -> None:
    inside = [occurrence(LISTED, "软体夹爪", "preferred"), *[occurrence(LISTED, "软钳子")] * 4]
    across = [occurrence(LISTED, "软体夹爪", "preferred", "d#2")] * 9
    assert len(list(check_consistency(inside + across))) == 2  # in the record the rarer one, in the document the other


def test_what_the_termbase_wants_is_advised_where_neither_is_that() -> None:
    seen = [occurrence(LISTED, "软钳子"), *[occurrence(LISTED, "柔性抓手")] * 2]
    [item] = check_consistency(seen)
    assert (item.draft.found, item.draft.expected) == ("软钳子", LISTED.zh)


@pytest.mark.parametrize(
    ("field", "where", "severity"),
    [("abstract", "elsewhere in this document", "note"), ("text", "elsewhere in this document", "warning")],
)
def test_the_passages_of_a_text_are_one_work(field: str, where: str, severity: str) -> None:
    passages = [occurrence(LISTED, "软体夹爪", "preferred", f"d#{k}", field=field) for k in (1, 2)]
    [item] = check_consistency([*passages, occurrence(LISTED, "软钳子", record="d#3", field=field)])
    assert item.draft.severity == severity
    assert item.draft.message == f"“soft gripper” is “软钳子” here (×1) and “软体夹爪” (×2) {where}."


def test_an_own_phrase_is_shown_as_it_stands() -> None:
    folded = Term("soft grippers too", "", domain="own")
    [item] = check_consistency(
        [*[occurrence(folded, "软体夹爪")] * 2, occurrence(folded, "软钳子", en="Soft Grippers")]
    )
    assert item.draft.message.startswith("“Soft Grippers” is “软钳子” here")


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("深度的模型", "深度模型", True),
        ("大模型", "大语言模型", True),
        ("HR监测", "监测HR", True),
        ("自 注意力", "自注意力", True),
        ("语境学习", "上下文学习", False),
        ("微调", "精调", False),
        ("", "", True),
    ],
)
def test_same_rendering(a: str, b: str, same: bool) -> None:
    assert same_rendering(a, b) is same_rendering(b, a) is same


def title(document: str, en: str, zh: str, field: str = "title") -> Pair:
    return Pair(f"{document}#1.title", f"{document}#1", document, field, (en,), (zh,), ((0, 1),), ((0, 1),), "1-1", 0.7)


def test_titles() -> None:
    pairs = [
        title("a", "Soft Hands", "软体手"),
        title("b", "soft  hands", "柔性之手"),
        title("c", "Soft Hands", "软体手"),
        title("c", "Soft Hands", "别的", field="abstract"),
        title("a", "Hard Hands", "硬手"),
        title("a", "Hard Hands", "坚硬手臂"),
    ]
    [(pair, draft)] = check_titles(pairs)
    assert (pair.document, draft.rule, draft.found, draft.expected) == ("b", "T003", "柔性之手", "软体手")
    assert "elsewhere" not in draft.message and "软体手" in draft.message
