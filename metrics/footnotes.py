"""F007: footnote and reference marks that ran together with what they stand behind."""

import re
from collections.abc import Iterator
from itertools import pairwise

from ..corpora import Span
from .findings import Draft
from .messages import say

_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_PLAIN = str.maketrans(_DIGITS, "0123456789")
_RAISED = str.maketrans("0123456789", _DIGITS)
_MARK = re.compile(rf"(?<![{_DIGITS}⁻⁺])[{_DIGITS}]{{1,4}}(?![{_DIGITS}])")
_LATIN = re.compile(r"[A-Za-z]")
_NUMBERED_NAME = re.compile(rf"(?<![A-Za-z0-9])([A-Za-z][A-Za-z-]{{0,19}})(\d{{1,3}})[ ]?([{_DIGITS}]{{1,3}})")
_TOKEN = re.compile(
    rf"(?<![A-Za-z0-9-])[A-Za-z][A-Za-z-]{{0,19}}\d{{0,6}}(?:(?<=\d)[ ])?[{_DIGITS}]{{0,6}}(?![{_DIGITS}\d])"
)
_REFERENCE = re.compile(r"\[(\d{1,3}(?:[ ]?[,，、;–-][ ]?\d{1,3}){0,9})\]")
_NAME_BEFORE = re.compile(r"[A-Za-z][A-Za-z-]{0,18}[A-Za-z](?=[ ]?$)")
_NAME_AND_NUMBER = re.compile(r"(?<![A-Za-z0-9-])([A-Za-z][A-Za-z-]{0,18}[A-Za-z])[ -]?(\d{1,3})(?![\d.%A-Za-z\]])")
_UNITS = re.compile(r"(?:mm|cm|km|dm|[mMsSkK])$")  # m², km³, s²: powers of units
_VARIABLE = re.compile(r"(?<![A-Za-z])[A-Za-z]$|[0-9]$")
_GAP = 4  # marks lost one after another, at most, between two of a page that machine translation read
_FAR = 3  # times the highest mark otherwise: 58 where the notes go to 9


def check_footnotes(en: str, zh: str) -> Iterator[Draft]:
    """Findings F007: marks of the English that ran together with their word, or lost their brackets, in the Chinese.

    "T5⁸" become "T⁵⁸" is an error; "[10]" become "10" at the end of the same name a warning.

    >>> [(draft.found, draft.expected) for draft in check_footnotes("the T5⁸ model", "T⁵⁸模型")]
    [('T⁵⁸', 'T5⁸')]
    """
    there, source = _tokens(zh), _tokens(en)
    for match in _NUMBERED_NAME.finditer(en):
        name, digits, mark = match.groups()
        meant = name + digits + mark
        if meant in there:
            continue
        for merged in (name + digits.translate(_RAISED) + mark, name + digits + mark.translate(_PLAIN)):
            if merged in there and merged not in source:
                message = say("F007.merged", found=merged, wanted=meant, mark=mark, digits=digits)
                yield Draft("F007", "error", 0.95, None, there.pop(merged), meant, merged, message)
                break
    yield from _unbracketed(en, zh)


def _tokens(text: str) -> dict[str, Span]:
    """Where each Latin word with a number or mark behind it stands first."""
    found: dict[str, Span] = {}
    for match in _TOKEN.finditer(text):
        found.setdefault(match[0].replace(" ", ""), match.span())
    return found


def _unbracketed(en: str, zh: str) -> Iterator[Draft]:
    """References in brackets behind a Latin name, which stand behind the same name without them."""
    bracketed = {match[1] for match in _REFERENCE.finditer(zh)}
    numbered = {(match[1], match[2]) for match in _NAME_AND_NUMBER.finditer(en)}
    bare: dict[tuple[str, str], re.Match[str]] = {}
    for place in _NAME_AND_NUMBER.finditer(zh):
        bare.setdefault((place[1], place[2]), place)
    for match in _REFERENCE.finditer(en):
        name = _NAME_BEFORE.search(en[max(0, match.start() - 22) : match.start()])
        if name is None or match[1] in bracketed:
            continue
        key = (name[0], match[1])
        if key in bare and key not in numbered:
            span, found = bare[key].span(), bare[key][0]
            message = say("F007.brackets", number=match[1], found=found)
            yield Draft("F007", "warning", 0.85, None, span, f"{name[0]} [{match[1]}]", found, message)


def check_footnote_sequence(zh: str) -> Iterator[Draft]:
    """Findings F007 of one whole document with no English: a raised number that can be no footnote of it.

    The marks of a document count up from 1. One of several digits that is far above all others, behind a Latin letter,
    has swallowed the name's own number. Powers of units (m²) are none. Spans are in the text given; warnings.

    >>> [(draft.found, draft.expected) for draft in check_footnote_sequence("水獭⁴。鼩⁵，T⁵⁸学习，河狸⁹")]
    [('T⁵⁸', 'T5⁸')]
    """
    marks = [(match, int(match[0].translate(_PLAIN))) for match in _MARK.finditer(zh)]
    notes = {value for match, value in marks if not _is_power(zh, match)}
    highest = max((value for _, value in marks), default=0)
    others = notes - {highest}
    last = highest % 10
    if highest < 10 or len(others) < 3 or highest <= _FAR * max(others) or not last or last in others:
        return
    if not _is_run(others | {last}):
        return  # exponents of any kind, not notes
    for match, value in marks:
        if value != highest or not _LATIN.fullmatch(zh[max(0, match.start() - 1) : match.start()]):
            continue
        own, rest = match[0][:-1], match[0][-1]
        word = re.search(r"[A-Za-z][A-Za-z-]{0,19}$", zh[max(0, match.start() - 20) : match.start()])
        name = word[0] if word else ""
        meant = f"{name}{own.translate(_PLAIN)}{rest}"
        found = name + match[0]
        span = (match.start() - len(name), match.end())
        message = say("F007.sequence", found=found, wanted=meant, last=max(others), value=value)
        yield Draft("F007", "warning", 0.85, None, span, meant, found, message)


def _is_power(text: str, mark: re.Match[str]) -> bool:
    """Whether a raised number may be an exponent: of a unit, a number, a variable or a bracket."""
    before = text[max(0, mark.start() - 3) : mark.start()]
    return bool(_UNITS.search(before) or _VARIABLE.search(before)) or (before[-1:] in ")）]" and mark[0] in "²³")


def _is_run(values: set[int]) -> bool:
    """Whether the numbers lie close, as the notes of a text do of which some marks were lost."""
    return all(b - a <= _GAP for a, b in pairwise([0, *sorted(values)]))
