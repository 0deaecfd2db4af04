"""Drafts to findings: from the strings the checks saw to places in the document."""

import pytest

from duizhao.corpora import Document, Pair, Record, Span
from duizhao.metrics.findings import Draft, fingerprint
from duizhao.metrics.placing import Placer, placed

TEXT = "头\n\nIt flies. It sings.\n它会飞。\n它会唱。\n"
EN, ZH = ("It flies.", "It sings."), ("它会飞。", "它会唱。")
SPANS_EN, SPANS_ZH = ((3, 12), (13, 22)), ((23, 27), (28, 32))
DOCUMENT = Document("d.txt", "0", "utf-8", TEXT)
PAIR = Pair("d#1.abstract.1", "d#1", "d.txt", "abstract", EN, ZH, SPANS_EN, SPANS_ZH, "2-2", 0.8)
RECORD = Record("d#1", "d.txt", "abstract")
PLACER = Placer([DOCUMENT], [PAIR])


def draft(span_en: Span | None, span_zh: Span | None) -> Draft:
    return Draft("T001", "warning", 0.7, span_en, span_zh, "鸣叫", "唱", "A message.")


@pytest.mark.parametrize(
    ("span_en", "span_zh", "en", "zh", "line", "column"),
    [
        ((3, 8), (2, 3), "flies", "飞", 4, 3),
        ((13, 18), (6, 7), "sings", "唱", 5, 3),
        ((0, 19), (0, 8), "It flies. It sings.", "它会飞。\n它会唱。", 4, 1),
        ((10, 12), None, "It", "", 3, 11),
        (None, (4, 8), "", "它会唱。", 5, 1),
        (None, None, "", "", 1, 1),
    ],
)
def test_in_pair(span_en: Span | None, span_zh: Span | None, en: str, zh: str, line: int, column: int) -> None:
    finding = PLACER.in_pair(PAIR, draft(span_en, span_zh))
    assert (finding.en, finding.zh, finding.line, finding.column) == (en, zh, line, column)
    assert (finding.document, finding.record, finding.pair) == ("d.txt", "d#1", "d#1.abstract.1")
    assert (finding.rule, finding.severity, finding.confidence) == ("T001", "warning", 0.7)
    assert finding.fingerprint == fingerprint("T001", en, zh, "鸣叫")


def test_in_record() -> None:
    finding = PLACER.in_record(RECORD, draft(None, (2, 3)), 28)
    assert (finding.zh, finding.line, finding.column, finding.pair) == ("唱", 5, 3, "d#1.abstract.1")
    outside = PLACER.in_record(RECORD, draft(None, (0, 1)), 0)
    assert (outside.zh, outside.line, outside.column, outside.pair) == ("头", 1, 1, "")


def test_every_character_of_the_joined_sentences_comes_from_its_place() -> None:
    for sentences, places, joint in ((EN, SPANS_EN, " "), (ZH, SPANS_ZH, "")):
        joined = joint.join(sentences)
        for k, character in enumerate(joined):
            span = placed((k, k + 1), sentences, places, joint)
            assert span is not None
            assert TEXT[slice(*span)] == character


def test_no_span_no_place() -> None:
    assert placed(None, EN, SPANS_EN, " ") is None
    assert placed((0, 1), (), (), " ") is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("T001", "Data Set"), ("T001", " data  set "), True),
        (("T001", "a", "b"), ("T001", "ab"), False),
        (("T001", "a"), ("T002", "a"), False),
        (("T001", "a b"), ("T001", "ab"), False),
    ],
)
def test_fingerprints(one: tuple[str, ...], other: tuple[str, ...], same: bool) -> None:
    assert (fingerprint(*one) == fingerprint(*other)) is same
    assert len(fingerprint(*one)) == 12
