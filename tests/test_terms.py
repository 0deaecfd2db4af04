"""T001, T002, T004, N003: what is said of one occurrence, by its probability of being wrong and by its figures."""

from collections.abc import Sequence

import numpy as np
import pytest

from duizhao.align.encoder import Floats
from duizhao.corpora import Knowledge, Pair, Term
from duizhao.corpora.knowledge import EMPTY
from duizhao.metrics import terms
from duizhao.metrics.evidence import FEATURES
from duizhao.metrics.findings import Draft
from duizhao.metrics.occurrences import Occurrence
from duizhao.metrics.rendering import Status
from duizhao.metrics.terms import Witnesses, check_term, is_candidate, severity_of

EN = "the hidden layer and a Flamingo"
LISTED = Term("hidden layer", "隐藏层", ("隐含层",), domain="ml")
NAME = Term("Flamingo", "Flamingo", domain="names")
FIELD = Term("hidden layer", "隐藏层", domain="field")
WORD = Term("width", "宽度", domain="field")
OWN = Term("hidden layer", "", domain="own")
COUNTS = {"隐藏层": 50, "隐匿层": 0, "模型": 800}
SMALL = Knowledge(1000, COUNTS, {"hidden layer": "80\t0\t隐藏层:40", "flamingo": "40\t30"}, "small")


def occurrence(
    term: Term, status: Status, zh: str, confidence: float = 0.8, record: str = "d#1", why: str = ""
) -> Occurrence:
    pair = Pair(f"{record}.1", record, "d", "abstract", (EN,), (f"这个{zh}",), ((0, 31),), ((0, 9),), "1-1", 0.7)
    span_en = (23, 31) if term.is_name else (4, 16)
    span_zh = (2, 2 + len(zh)) if zh else None
    return Occurrence(pair, term, status, span_en, span_zh, zh, 0.7, why, confidence)


def drafts(o: Occurrence, knowledge: Knowledge = EMPTY, others: Sequence[Occurrence] = ()) -> list[Draft]:
    return list(check_term(o, knowledge, Witnesses([o, *others], knowledge)))


# Term, status, Chinese; what is said where the evidence says 92 in 100, None for silence.
CASES = [
    (LISTED, "forbidden", "隐瞒层", ("T002", "error")),
    (NAME, "forbidden", "火烈鸟", ("N003", "error")),
    (LISTED, "unlisted", "隐瞒层", ("T001", "warning")),
    (FIELD, "unlisted", "隐瞒层", ("T004", "warning")),
    (WORD, "unlisted", "幅员", ("T004", "warning")),
    (Term("hidden layer", "", domain="field"), "unlisted", "隐瞒层", None),  # nothing was counted, and it is no idiom
    (OWN, "unlisted", "隐瞒层", None),
    (OWN, "forbidden", "隐瞒层", None),
    *((LISTED, status, "隐藏层", None) for status in ("preferred", "admitted", "latin")),
    (LISTED, "absent", "", None),
    (NAME, "absent", "", None),
    # not Chinese throughout, or too short
    (LISTED, "unlisted", "BERT层", None),
    (LISTED, "unlisted", "隐 瞒", None),
    (LISTED, "unlisted", "隐", None),
    # an approved rendering with 的 in it, words around it, or a part of it
    (LISTED, "unlisted", "隐藏的层", None),
    (LISTED, "unlisted", "隐含的层", None),
    (LISTED, "unlisted", "多个隐藏层", None),
    (LISTED, "unlisted", "隐藏", None),
]  # fmt: skip


@pytest.mark.parametrize(("term", "status", "zh", "wanted"), CASES)
def test_what_is_said(
    term: Term, status: Status, zh: str, wanted: tuple[str, str] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terms, "probability", lambda evidence: 0.92)
    o = occurrence(term, status, zh)
    found = drafts(o)
    assert [(draft.rule, draft.severity) for draft in found] == ([wanted] if wanted else [])
    for draft in found:
        assert (draft.confidence, draft.span_en, draft.span_zh) == (0.92, o.span_en, o.span_zh)
        assert (draft.expected, draft.found, draft.term) == (term.zh, zh, term.en)
        assert f"“{EN[slice(*o.span_en)]}” became “{zh}”" in draft.message
        assert draft.message.endswith(".")


# At which probability of being wrong a rendering is worth how much.
PROBABILITIES = [
    (0.0, None), (0.49, None), (0.5, "note"), (0.74, "note"), (0.75, "warning"), (0.92, "warning"), (0.93, "error"),
    (1.0, "error"),
]  # fmt: skip


@pytest.mark.parametrize(("sure", "severity"), PROBABILITIES)
@pytest.mark.parametrize("term", [LISTED, FIELD])
def test_the_probability_is_the_severity(
    term: Term, sure: float, severity: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terms, "probability", lambda evidence: sure)
    found = drafts(occurrence(term, "unlisted", "隐瞒层"))
    assert [(draft.severity, draft.confidence) for draft in found] == ([(severity, sure)] if severity else [])
    assert severity_of(sure) == severity


def test_the_forbidden_and_names_ask_for_no_evidence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terms, "probability", None)
    assert [draft.rule for draft in drafts(occurrence(LISTED, "forbidden", "隐瞒层"))] == ["T002"]
    assert [draft.rule for draft in drafts(occurrence(NAME, "unlisted", "火烈鸟"))] == ["N003"]


def asked(
    term: Term, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch, of_field: float = 0.25
) -> dict[str, float]:
    """The evidence that the judge was shown."""
    seen: list[tuple[float, ...]] = []
    monkeypatch.setattr(terms, "probability", lambda evidence: seen.append(evidence) or 0.0)
    o = occurrence(term, "unlisted", "隐瞒层", confidence=0.625)
    more = [occurrence(term, "unlisted", "隐瞒层", record="d#2"), occurrence(term, "unlisted", "潜藏层", record="d#3")]
    assert list(check_term(o, knowledge, Witnesses([o, *more], knowledge), of_field)) == []
    [evidence] = seen
    return dict(zip(FEATURES, evidence, strict=True))


def test_the_judge_is_shown_the_place(monkeypatch: pytest.MonkeyPatch) -> None:
    evidence = asked(FIELD, SMALL, monkeypatch)
    shown = {name: evidence[name] for name in ("confidence", "similarity", "of_field", "alike", "listed")}
    assert shown == {"confidence": 0.625, "similarity": 0.7, "of_field": 0.25, "alike": 0.5, "listed": 0.0}
    assert evidence["seen_share"] == 2 / 3  # of three records


def test_a_listed_phrase_that_was_not_counted_is_at_home_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    assert asked(LISTED, SMALL, monkeypatch)["of_field"] == 0.25  # the field counted it
    assert asked(LISTED, EMPTY, monkeypatch)["of_field"] == 1.0
    assert asked(Term("width", "宽度", domain="ml"), EMPTY, monkeypatch)["of_field"] == 0.25  # one word
    assert asked(FIELD, EMPTY, monkeypatch)["of_field"] == 0.25


# A name of which no Chinese form is known: the Chinese it seems to have become, how surely, and what is said.
NAMES = [
    ("火烈鸟", 0.7, "warning"),  # no longer than the name
    ("火烈鸟", 0.69, None),  # not sure that it stands for the name
    ("一只大火烈鸟站立", 0.9, "warning"),
    ("那一只大火烈鸟站立", 0.9, None),  # nine characters are no name
    ("火烈Bird", 0.9, None),
]


@pytest.mark.parametrize(("zh", "confidence", "severity"), NAMES)
def test_names(zh: str, confidence: float, severity: str | None) -> None:
    found = drafts(occurrence(NAME, "unlisted", zh, confidence))
    wanted = [("N003", severity, confidence, "Flamingo", zh)] if severity else []
    assert [(d.rule, d.severity, d.confidence, d.expected, d.found) for d in found] == wanted


OTTER = Term("river otter", "", domain="field")  # so frequent that the miner counted no rendering


def otter(zh: str = "水獭", confidence: float = 0.9, record: str = "d#1", term: Term = OTTER) -> Occurrence:
    spans = ((0, 20),)
    pair = Pair(record, record, "d", "abstract", ("The river otter won.",), (f"{zh}赢了。",), spans, spans, "1-1", 0.7)
    return Occurrence(pair, term, "unlisted", (4, 15), (0, len(zh)), zh, 0.7, confidence=confidence)


def uncounted(latin: int = 0, written: int = 0) -> Knowledge:
    uses = {en: f"300\t{latin}" for en in ("river otter", "otter")}
    return Knowledge(1000, {"水獭": written}, uses, "small")


# A rendering that is the everyday sense of a word inside the term, and how often the field writes it.
UNCOUNTED = [
    (otter(), uncounted(), 1.0, True),
    (otter(), uncounted(written=3), 1.0, True),  # one paper in a hundred of those with the term
    (otter(), uncounted(written=4), 1.0, False),
    (otter("白鹭"), uncounted(), 1.0, False),  # the sense of none of its words
    (otter(confidence=0.69), uncounted(), 1.0, False),
    (otter(), uncounted(), 0.39, False),  # the text is hardly of the field
    (otter(), EMPTY, 1.0, False),
    (otter(term=Term("otter", "", domain="field")), uncounted(), 1.0, False),  # one plain word
    (otter(term=Term("otter", "", domain="field")), uncounted(latin=90), 1.0, True),  # but three in ten keep it
]


@pytest.mark.parametrize(("o", "knowledge", "of_field", "told"), UNCOUNTED)
def test_terms_too_frequent_to_be_counted(o: Occurrence, knowledge: Knowledge, of_field: float, told: bool) -> None:
    found = list(check_term(o, knowledge, Witnesses([o], knowledge), of_field))
    assert [(d.rule, d.severity, d.confidence, d.found) for d in found] == [("T004", "warning", 0.8, "水獭")] * told


def test_what_most_keep_in_latin_letters_is_wanted_so() -> None:
    assert [draft.expected for draft in drafts(otter(), uncounted(latin=89))] == [""]
    assert [draft.expected for draft in drafts(otter(), uncounted(latin=90))] == ["river otter"]


@pytest.mark.parametrize(("records", "severity", "confidence"), [(2, "warning", 0.8), (3, "error", 0.93)])
def test_three_records_make_an_uncounted_term_surer(records: int, severity: str, confidence: float) -> None:
    [draft] = drafts(otter(), uncounted(), [otter(record=f"d#{k}") for k in range(2, records + 1)])
    assert (draft.severity, draft.confidence) == (severity, confidence)
    assert "“river otter”" in draft.message and draft.message.endswith(f"in {records} records.")


ATO = Term("Ato", "Ato", domain="names")


def ato(record: str) -> Occurrence:
    pair = Pair(record, record, "d", "abstract", ("Ato swims",), ("会游泳的水獭",), ((0, 9),), ((0, 6),), "1-1", 0.7)
    return Occurrence(pair, ATO, "unlisted", (0, 3), (0, 6), "会游泳的水獭", 0.7, confidence=0.9)


@pytest.mark.parametrize(("records", "severity"), [(1, "note"), (2, "note"), (3, "warning")])
def test_a_long_chinese_for_a_short_name_is_a_note_until_seen_in_three_records(records: int, severity: str) -> None:
    found = drafts(ato("d#1"), EMPTY, [ato(f"d#{k}") for k in range(2, records + 1)])
    assert [(draft.rule, draft.severity) for draft in found] == [("N003", severity)]


def test_what_the_field_keeps_in_latin_letters_is_told() -> None:
    [draft] = drafts(ato("d#1"), Knowledge(100, {}, {"ato": "40\t30"}, "small"))
    assert draft.severity == "warning"
    assert draft.message == (
        "The name “Ato” stays as written; here it seems to have become “会游泳的水獭”. "
        "75% of the field's papers keep it so."
    )


def test_the_reason_is_told() -> None:
    [draft] = drafts(occurrence(LISTED, "forbidden", "隐瞒层", why="a secret"))
    assert draft.message == "“hidden layer” became “隐瞒层” (a secret); the field writes “隐藏层”."


def test_counts_are_told_where_there_are_any(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terms, "probability", lambda evidence: 0.8)
    [with_counts] = drafts(occurrence(FIELD, "unlisted", "隐匿层"), SMALL)
    assert with_counts.message == (
        "“hidden layer” became “隐匿层”. Of 1,000 papers of the field 0 write “隐匿层”, 50 write “隐藏层”."
    )
    [without] = drafts(occurrence(LISTED, "unlisted", "隐匿层"))
    assert without.message == "“hidden layer” became “隐匿层”; the termbase says “隐藏层” or “隐含层”."


def test_records_are_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terms, "probability", lambda evidence: 0.8)
    o = occurrence(LISTED, "unlisted", "隐瞒层")
    [draft] = drafts(o, EMPTY, [o, occurrence(LISTED, "unlisted", "隐瞒 层", record="d#2")])
    assert draft.message.endswith(" It became this in 2 records.")
    [draft] = drafts(o, EMPTY, [o])
    assert draft.message.endswith("“隐含层”.")


def test_witnesses() -> None:
    o, other = occurrence(LISTED, "unlisted", "隐瞒层"), occurrence(LISTED, "preferred", "隐藏层", record="d#2")
    witnesses = Witnesses([o, o, other, occurrence(LISTED, "absent", "", record="d#3")], EMPTY)
    assert (witnesses.seen(o), witnesses.share(o)) == (1, 0.5)
    unseen = occurrence(LISTED, "unlisted", "潜层")
    assert (witnesses.seen(unseen), witnesses.share(unseen), witnesses.alike(unseen)) == (0, 0.0, 0.5)
    assert Witnesses([], EMPTY).share(o) == 0.0


def test_likeness_is_that_of_the_nearest_approved_rendering() -> None:
    vectors = {"隐瞒层": [1.0, 0.0], "隐藏层": [0.6, 0.8], "隐含层": [0.0, 1.0]}
    calls: list[list[str]] = []

    def encode(texts: list[str]) -> Floats:
        calls.append(texts)
        return np.array([vectors[text] for text in texts], dtype=np.float32)

    o = occurrence(LISTED, "unlisted", "隐瞒层")
    quiet = [occurrence(LISTED, "preferred", "隐藏层"), occurrence(OWN, "unlisted", "水")]
    witnesses = Witnesses([o, o, *quiet], EMPTY, encode)
    assert witnesses.alike(o) == pytest.approx(0.6)
    assert calls == [["隐含层", "隐瞒层", "隐藏层"]]  # asked once, for what is to be judged


def test_nothing_to_compare_is_not_encoded() -> None:
    def encode(texts: list[str]) -> Floats:
        raise AssertionError(texts)

    witnesses = Witnesses([occurrence(FIELD, "preferred", "隐藏层")], EMPTY, encode)
    assert witnesses.alike(occurrence(FIELD, "unlisted", "层")) == 0.5
    Witnesses([], EMPTY, encode)


@pytest.mark.parametrize(
    ("term", "zh", "candidate"),
    [
        (LISTED, "隐瞒层", True),
        (LISTED, "隐瞒", True),
        (Term("width", "宽度", domain="field"), "幅宽", True),
        (
            Term("regularizer", "正则化项", domain="field"),
            "正则约束",
            False,
        ),  # half of the field's, and a neighbour's word
        (Term("regularizer", "正则化项", domain="ml"), "正则约束", True),
        (Term("weight decay", "权重衰减", domain="field"), "权重减少", True),
    ],
)
def test_candidates(term: Term, zh: str, candidate: bool) -> None:
    assert is_candidate(occurrence(term, "unlisted", zh)) is candidate
    assert not is_candidate(occurrence(term, "preferred", zh))


def test_what_the_user_s_own_termbase_wants_needs_no_evidence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terms, "probability", lambda evidence: 0.05)
    o = occurrence(LISTED, "unlisted", "隐瞒层")
    assert drafts(o) == []
    [draft] = check_term(o, EMPTY, Witnesses([o], EMPTY), given={"hidden layer"})
    assert (draft.rule, draft.severity, draft.confidence) == ("T001", "warning", 0.8)
