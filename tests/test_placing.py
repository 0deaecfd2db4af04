"""Drafts to findings: from the strings the checks saw to places in the document."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import odd_text

from duizhao.corpora import Document, Pair, Record, Span
from duizhao.corpora.flat import flat
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
            span = placed((k, k + 1), sentences, places, joint, TEXT)
            assert span is not None
            assert TEXT[slice(*span)] == character


WRAPPED = "It ﬂies\n  at night.\n它会\n在夜间飞。唱\u00ad歌。\n"
LINES_EN, LINES_ZH = ("It flies at night.",), ("它会在夜间飞。", "唱歌。")
PLACES_EN, PLACES_ZH = ((0, 19),), ((20, 28), (28, 32))


@pytest.mark.parametrize(
    ("span", "sentences", "places", "joint", "wanted"),
    [
        ((3, 8), LINES_EN, PLACES_EN, " ", "ﬂies"),
        ((3, 11), LINES_EN, PLACES_EN, " ", "ﬂies\n  at"),
        ((9, 18), LINES_EN, PLACES_EN, " ", "at night."),
        ((0, 18), LINES_EN, PLACES_EN, " ", "It ﬂies\n  at night."),
        ((1, 3), LINES_ZH, PLACES_ZH, "", "会\n在"),
        ((2, 6), LINES_ZH, PLACES_ZH, "", "在夜间飞"),
        ((5, 9), LINES_ZH, PLACES_ZH, "", "飞。唱\u00ad歌"),
        ((9, 10), LINES_ZH, PLACES_ZH, "", "。"),
    ],
)
def test_sentences_on_several_lines(
    span: Span, sentences: tuple[str, ...], places: tuple[Span, ...], joint: str, wanted: str
) -> None:
    found = placed(span, sentences, places, joint, WRAPPED)
    assert found is not None
    assert WRAPPED[slice(*found)] == wanted


@given(odd_text.filter(lambda text: bool(flat(text)[0])), st.data())
def test_a_flat_sentence_leads_back_to_its_characters(text: str, data: st.DataObject) -> None:
    line, _ = flat(text)
    assume(line == text or len(line) != len(text))
    before = "茶\n"
    at = data.draw(st.integers(0, len(line) - 1))
    span = placed((at, at + 1), (line,), ((len(before), len(before) + len(text)),), "", before + text)
    assert span is not None and span[1] - span[0] == 1
    there = (before + text)[slice(*span)]
    assert span[0] >= len(before)
    assert there == line[at] or (line[at] == " " and there in " \t\n") or there in "ﬀﬁﬂﬃﬄﬅﬆ"


def test_no_span_no_place() -> None:
    assert placed(None, EN, SPANS_EN, " ", TEXT) is None
    assert placed((0, 1), (), (), " ", TEXT) is None


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
