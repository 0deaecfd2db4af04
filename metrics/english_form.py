"""F001 to F005, F009 of English written from Chinese: the form of the English, judged as the translator's own work."""

import re
from collections.abc import Iterator
from dataclasses import replace

from .doubling import check_doubled_en
from .findings import Draft
from .formulas import check_formulas
from .glued import check_glued
from .links import check_links
from .markup import check_markup
from .masking import CODE, URL, blanked
from .messages import message_of, say
from .punctuation_en import check_chinese_punctuation
from .quotes import check_quotes, check_quotes_en

_FORMULA = re.compile(r"(?<![\\$])\$(?![$\s])([^$\n]{1,300})(?<![\s\\])\$(?!\d)")
_COMMAND = re.compile(r"\\[A-Za-z]{1,30}")
_VARIABLE = re.compile(r"(?<![A-Za-z'’])[A-Za-z](?![A-Za-z'’])")
_STRAIGHT = re.compile(r"(?<![\d\\])\"")
_TWICE = re.compile(r"(?<![\w'’-])([A-Za-z]{2,20}(?: [A-Za-z]{2,20}){1,2}) \1(?![\w'’-])")


def check_form_pair(en: str, zh: str) -> Iterator[Draft]:
    """Findings F003, F004: links, formulas and markup of the Chinese that the English lost or broke."""
    formulas = [turned(draft) for draft in check_formulas(zh, en)]
    yield from formulas or _lost_formulas(en, zh)
    for check in (check_links, check_markup):
        yield from map(turned, check(zh, en))


def _lost_formulas(en: str, zh: str) -> Iterator[Draft]:
    """F004 for formulas of the Chinese of which the English has neither the text nor a single variable."""
    flat = en.replace(" ", "")
    letters = set(_VARIABLE.findall(en))
    for match in _FORMULA.finditer(zh):
        own = set(_VARIABLE.findall(_COMMAND.sub(" ", match[1])))
        if own and not own & letters and match[1].replace(" ", "") not in flat:
            message = say("F004.formula_zh", formula=_short(match[0]))
            yield Draft("F004", "warning", 0.8, None, match.span(), _short(match[0]), "", message)


def check_form_en(en: str, zh: str) -> Iterator[Draft]:
    """Findings F001, F002, F005, F009 of the English of a record; `zh` is the Chinese it was written from.

    They are judged more strictly than an English source is: here the English is what the translator wrote.

    >>> [(draft.rule, draft.severity) for draft in check_form_en("the the otter", "水獭")]
    [('F001', 'warning')]
    """
    for draft in check_doubled_en(en):
        yield replace(draft, severity="warning")
    yield from _repeated_phrases(en)
    whole = zh.strip() and not any(check_quotes(zh))
    for draft in check_quotes_en(en):
        yield replace(draft, severity="warning", confidence=0.8) if whole else draft
    yield from _odd_quote(en)
    for draft in check_glued(en):
        message = say("F005.written", found=draft.found, wanted=draft.expected)
        yield replace(draft, severity="warning", message=message)
    for draft in check_chinese_punctuation(en):
        yield replace(draft, severity="warning")


def _repeated_phrases(en: str) -> Iterator[Draft]:
    """F001 for two or three words that follow themselves: number of number of."""
    for match in _TWICE.finditer(en):
        if len(set(match[1].lower().split())) > 1:
            message = say("F001.twice", found=match[0], wanted=match[1])
            yield Draft("F001", "warning", 0.85, match.span(), None, match[1], match[0], message)


def _odd_quote(en: str) -> Iterator[Draft]:
    """F002 for straight quotes of an odd number in a paragraph: one has no partner."""
    start = 0
    for paragraph in blanked(en, URL, CODE).split("\n"):
        marks = [start + match.start() for match in _STRAIGHT.finditer(paragraph)]
        if len(marks) % 2:
            at = _partnerless(en, marks)
            end = min(len(en), at + 24)
            message = say("F002.odd")
            yield Draft("F002", "warning", 0.8, (at, end), None, '"…"', en[at:end], message)
        start += len(paragraph) + 1


def _partnerless(en: str, marks: list[int]) -> int:
    """The mark that opens where the next one opens too, else the last."""
    for here, following in zip(marks[::2], [*marks[1::2], -1], strict=False):
        if following < 0 or (
            en[following - 1 : following] in (" ", "(") and en[following + 1 : following + 2].isalnum()
        ):
            return here
    return marks[-1]


def turned(draft: Draft) -> Draft:
    """The draft of a check that was given the two texts the other way round.

    >>> turned(Draft("F003", "note", 0.5, (0, 3), None, "", "", "The English “English” is odd.")).message
    'The Chinese “English” is odd.'
    """
    message = message_of(draft.message).exchanged()
    return replace(draft, span_en=draft.span_zh, span_zh=draft.span_en, message=message)


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"
