"""T006: two terms that a sentence tells apart, and one rendering for both."""

from dataclasses import replace

import pytest

from duizhao.corpora import Pair, Term
from duizhao.metrics.confusion import check_confusion
from duizhao.metrics.field_terms import FIELD
from duizhao.metrics.occurrences import Occurrence
from duizhao.metrics.phrases import OWN
from duizhao.metrics.rendering import Status

FERRY = Term("ferry", "渡船", ("摆渡",))
CROSSING = Term("crossing", "渡口", ("摆渡",))
PASSAGE = Term("river passage", "摆渡")


def occurrence(
    term: Term,
    zh: str,
    status: Status = "admitted",
    span: tuple[int, int] = (0, 2),
    pair: str = "1",
    record: str = "d#1",
) -> Occurrence:
    here = Pair(f"{record}.{pair}", record, "d", "abstract", (term.en,), (zh,), ((0, 9),), ((0, 9),), "1-1", 0.7)
    return Occurrence(here, term, status, (0, len(term.en)), span, zh, 1.0)


SECOND = (5, 7)
FERRY_TOLD = [("ferry", "river passage", "渡船")]
# Occurrences; the terms told, with the one each is confused with.
CASES = [
    ([], []),
    ([occurrence(FERRY, "摆渡")], []),
    (
        [occurrence(FERRY, "摆渡"), occurrence(CROSSING, "摆渡", span=SECOND)],
        [("ferry", "crossing", "渡船"), ("crossing", "ferry", "渡口")],
    ),
    # at the term that has a better name
    ([occurrence(FERRY, "摆渡"), occurrence(PASSAGE, "摆渡", "preferred", SECOND)], FERRY_TOLD),
    ([occurrence(FERRY, "渡船", "preferred"), occurrence(CROSSING, "摆渡", span=SECOND)], []),
    # folded: blanks are no other rendering
    ([occurrence(FERRY, "摆 渡"), occurrence(PASSAGE, "摆渡", "preferred", SECOND)], FERRY_TOLD),
    # once a term, however often
    (
        [*[occurrence(FERRY, "摆渡", span=(k, 9)) for k in (0, 3)], occurrence(PASSAGE, "摆渡", "preferred", SECOND)],
        FERRY_TOLD,
    ),
    # one place of the Chinese is one thing; another pair is another sentence
    ([occurrence(FERRY, "摆渡"), occurrence(CROSSING, "摆渡")], []),
    ([occurrence(FERRY, "摆渡"), occurrence(PASSAGE, "摆渡", "preferred", SECOND, pair="2")], []),
    # the better name stands in the sentence: the two are told apart
    (
        [
            replace(o, pair=replace(o.pair, zh=("摆渡上看得见渡 船。",)))
            for o in (occurrence(FERRY, "摆渡"), occurrence(PASSAGE, "摆渡", "preferred", SECOND))
        ],
        [],
    ),
    # another record, or another verdict
    ([occurrence(FERRY, "摆渡"), occurrence(CROSSING, "摆渡", span=SECOND, record="d#2")], []),
    ([occurrence(FERRY, "摆渡", "unlisted"), occurrence(CROSSING, "摆渡", span=SECOND)], []),
    ([occurrence(FERRY, "摆渡", "forbidden"), occurrence(CROSSING, "摆渡", span=SECOND)], []),
    ([occurrence(FERRY, "ferry", "latin"), occurrence(CROSSING, "ferry", "latin", SECOND)], []),
    # one term in another, or two of one preferred rendering, are no two terms
    ([occurrence(FERRY, "摆渡"), occurrence(Term("ferry boat", "船", ("摆渡",)), "摆渡", span=SECOND)], []),
    ([occurrence(FERRY, "摆渡"), occurrence(Term("tea boat", "渡船", ("摆渡",)), "摆渡", span=SECOND)], []),
    # a term and its acronym, and what was kept in Latin letters
    ([occurrence(FERRY, "摆渡"), occurrence(Term("T", "船", ("摆渡",), also=("Ferry",)), "摆渡", span=SECOND)], []),
    ([occurrence(Term("boat", "船", ("TB",)), "TB"), occurrence(Term("tub", "桶", ("TB",)), "TB", span=SECOND)], []),
    # terms of the field and of the record's own have no approved rendering
    ([occurrence(FERRY, "摆渡"), occurrence(Term("bridge", "桥", domain=FIELD), "摆渡", span=SECOND)], []),
    ([occurrence(FERRY, "摆渡"), occurrence(Term("bridge", "桥", domain=OWN), "摆渡", span=SECOND)], []),
]  # fmt: skip


@pytest.mark.parametrize(("occurrences", "wanted"), CASES)
def test_check(occurrences: list[Occurrence], wanted: list[tuple[str, str, str]]) -> None:
    found = list(check_confusion(occurrences))
    assert [(d.term, d.message.split("“")[2].split("”")[0], d.expected) for _, d in found] == wanted
    for pair, draft in found:
        assert (draft.rule, draft.severity, draft.confidence) == ("T006", "note", 0.5)
        first = next(o for o in occurrences if o.term.en == draft.term)
        assert (pair, draft.span_en, draft.span_zh, draft.found) == (first.pair, first.span_en, first.span_zh, first.zh)


def test_message() -> None:
    [(_, draft)] = check_confusion([occurrence(FERRY, "摆渡"), occurrence(PASSAGE, "摆渡", "preferred", SECOND)])
    assert draft.message == "“ferry” and “river passage” are both “摆渡” here; a reader can not tell them apart."
