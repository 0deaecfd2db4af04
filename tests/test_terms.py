"""T001, T002, T004, N003: what is said of one occurrence, by its evidence."""

import pytest

from duizhao.corpora import Knowledge, Pair, Term
from duizhao.corpora.knowledge import EMPTY
from duizhao.metrics.findings import Draft
from duizhao.metrics.occurrences import Occurrence
from duizhao.metrics.rendering import Status
from duizhao.metrics.terms import check_term

PAIR = Pair("d#1.abstract.1", "d#1", "d", "abstract", ("",), ("",), ((0, 0),), ((0, 0),), "1-1", 0.7)
LISTED = Term("hidden layer", "隐藏层", ("隐含层",), domain="ml")
NAME = Term("Flamingo", "Flamingo", domain="names")
FIELD = Term("hidden layer", "隐藏层", domain="field")
WORD = Term("width", "宽度", domain="field")
OWN = Term("hidden layer", "", domain="own")
COUNTS = {"隐藏层": 50, "掩蔽层": 40, "模型": 800, "宽度": 60, "潜藏层": 3}
USES = {"hidden layer": "80\t0\t隐藏层:40", "width": "100\t0\t宽度:60", "deep": "90\t0\t深:50", "layer": "90\t0\t层:60"}
SMALL = Knowledge(1000, COUNTS, USES, "small")
THIN = Knowledge(1000, COUNTS, {"hidden layer": "80\t0\t隐藏层:20"}, "thin")


def drafts(
    term: Term, status: Status, zh: str, similarity: float = 0.8, knowledge: Knowledge = EMPTY, why: str = ""
) -> list[Draft]:
    span = (2, 2 + len(zh)) if zh else None
    return list(check_term(Occurrence(PAIR, term, status, (4, 16), span, zh, similarity, why), knowledge))


# Term, status, Chinese, similarity, knowledge, the rule and severity, or None for silence.
CASES = [
    (LISTED, "forbidden", "隐瞒层", 1.0, EMPTY, ("T002", "error")),
    (NAME, "forbidden", "火烈鸟", 1.0, EMPTY, ("N003", "error")),
    (NAME, "unlisted", "火烈鸟", 0.7, EMPTY, ("N003", "warning")),
    (LISTED, "unlisted", "隐瞒层", 0.7, EMPTY, ("T001", "warning")),
    (LISTED, "unlisted", "隐瞒层", 0.7, SMALL, ("T001", "warning")),
    (LISTED, "unlisted", "掩蔽层", 0.7, SMALL, ("T001", "note")),  # the field knows the word
    (LISTED, "unlisted", "模型", 0.7, SMALL, None),  # the field knows it too well
    (LISTED, "unlisted", "隐瞒层", 0.5, EMPTY, None),  # not sure that it stands for the term
    (LISTED, "unlisted", "BERT层", 0.9, EMPTY, None),  # not Chinese throughout
    (LISTED, "unlisted", "隐藏的层", 0.9, EMPTY, None),
    (LISTED, "unlisted", "多个隐藏层", 0.9, EMPTY, None),
    (LISTED, "unlisted", "隐藏", 0.9, EMPTY, None),
    (FIELD, "unlisted", "隐瞒层", 0.7, SMALL, ("T004", "warning")),
    (FIELD, "unlisted", "隐瞒层", 0.7, THIN, ("T004", "note")),
    (FIELD, "unlisted", "掩蔽层", 0.7, SMALL, None),  # the field writes it
    (FIELD, "unlisted", "潜藏层", 0.7, SMALL, None),
    (FIELD, "unlisted", "隐瞒层", 0.58, SMALL, None),
    (FIELD, "unlisted", "使得隐瞒层", 0.7, SMALL, None),  # holds a verb
    (WORD, "unlisted", "幅员", 0.7, SMALL, ("T004", "note")),  # one plain word: too many good renderings
    (WORD, "unlisted", "幅员", 0.64, SMALL, None),
    (OWN, "unlisted", "隐瞒层", 0.9, EMPTY, None),
    (OWN, "forbidden", "隐瞒层", 0.9, EMPTY, None),
    *((LISTED, status, "隐藏层", 1.0, EMPTY, None) for status in ("preferred", "admitted", "latin")),
    (LISTED, "absent", "", 0.0, EMPTY, None),
]  # fmt: skip


@pytest.mark.parametrize(("term", "status", "zh", "similarity", "knowledge", "wanted"), CASES)
def test_evidence(
    term: Term, status: Status, zh: str, similarity: float, knowledge: Knowledge, wanted: tuple[str, str] | None
) -> None:
    found = drafts(term, status, zh, similarity, knowledge)
    assert [(draft.rule, draft.severity) for draft in found] == ([wanted] if wanted else [])
    for draft in found:
        assert 0 < draft.confidence <= 1
        assert (draft.span_en, draft.span_zh) == ((4, 16), (2, 2 + len(zh)))
        assert (draft.expected, draft.found) == (term.zh, zh)
        assert zh in draft.message and term.en in draft.message
        assert draft.message.endswith(".")


def test_the_reason_is_told() -> None:
    [draft] = drafts(LISTED, "forbidden", "隐瞒层", why="a secret")
    assert "a secret" in draft.message and "“隐藏层”" in draft.message


def test_counts_are_told_where_there_are_any() -> None:
    [with_counts], [without] = drafts(FIELD, "unlisted", "隐瞒层", 0.7, SMALL), drafts(LISTED, "unlisted", "隐瞒层")
    assert "Of 1,000 papers of the field 0 write “隐瞒层”, 50 “隐藏层”." in with_counts.message
    assert "papers" not in without.message
    assert "“隐藏层” or “隐含层”" in without.message


def test_surer_the_more_similar() -> None:
    confidences = [drafts(LISTED, "unlisted", "隐瞒层", similarity)[0].confidence for similarity in (0.56, 0.7, 0.79)]
    assert confidences == sorted(set(confidences))
