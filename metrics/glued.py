"""F005: words of the English source glued together by lost line ends."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from ..corpora import Span
from .findings import Draft
from .masking import CODE, URL, blanked
from .messages import say
from .words_en import count_en, glossary_en


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Short words glue most often: a line ends after them more than after any other word.
_FUNCTION = _words(
    "a an the of to in on and or for with from by at as is are be we our that this it its can which where when than "
    "while such these those not into between has have was were their they but also may more most both each how what"
)
_FIRST = _FUNCTION - _words("in on at be or as is it by not an to for how but was its may each what")
_LAST = _FUNCTION - _words("a an on in is it or as at be its not by are we for has how can each may but what was more")
_CAPITAL = _words("We The Our This These However Moreover Furthermore")
_NUMBER_WORDS = _words(
    "billion million thousand hundred trillion percent and of the with for from that frames points years"
)
_DERIVED = (
    *("ive", "ant", "ent", "al", "ous", "ful", "ary", "able", "ible", "ing", "ed", "tion", "sion", "ity", "ment"),
    *("ness", "ance", "ence", "ally", "ely", "ic", "less"),
)
_PREFIXES = _words(
    "pre re un over under sub multi auto hyper meta semi self co non inter intra de dis mis up down out super pseudo "
    "anti trans cross micro macro mini mono uni bi tri poly para ultra fore counter post back bio geo neuro electro "
    "audio video photo tele radio thermo hydro spatio in on off en em im mid eco step half full side fine cyber crowd "
    "data key end through work net web soft hard block"
)
_SUFFIXES = _words(
    "wise based aware like net nets gram grams ability less ness ful ware work works set sets size sizes point points "
    "base map maps box boxes line lines ship stream flow flows put puts space spaces time times book books word words "
    "level levels place side out off up down back in on over side view views path paths mark marks bank name names "
    "able ible ally ist ists ism isms ization isation ize ise ized ised izing ising izer isers ation er ers or ors "
    "est ity ities ing ings ed es s ly ment ments ic ics ical ian ians"
)


_TOKEN = re.compile(r"(?<![\w\-./@\\'’_&])[A-Za-z][a-z]{4,39}(?![\w\-/@'’_(]|\.\w)")
_NUMBER_GLUED = re.compile(r"(?<![\w.,\-/])(\d+(?:[.,]\d+)*)([a-z]{2,})(?![\w\-])")
_COMMA_GLUED = re.compile(
    r"(?<![\w./])([a-z]{3,}),(and|the|which|but|we|where|while|with|that|for|our|this|to|of)(?![\w./])"
)


def check_glued(en: str, counts: Mapping[str, int] | None = None) -> Iterator[Draft]:
    """Findings F005: places of the English source where two words stand with no blank between them.

    `counts` says how often each word of the document occurs; one that occurs three times is a coinage, not a slip.

    >>> [(draft.found, draft.expected) for draft in check_glued("an importantgoal of nearly 80billion frames")]
    [('importantgoal', 'important goal'), ('80billion', '80 billion')]
    """
    text = blanked(en, URL, CODE)
    found: list[tuple[Span, str]] = []
    for match in _TOKEN.finditer(text):
        word = match[0]
        if counts is None or counts.get(word, 0) < 3:
            halves = _unglued(word)
            if halves:
                found.append((match.span(), f"{halves[0]} {halves[1]}"))
    for match in _NUMBER_GLUED.finditer(text):
        if match[2] in _NUMBER_WORDS:
            found.append((match.span(), f"{match[1]} {match[2]}"))
    for match in _COMMA_GLUED.finditer(text):
        found.append((match.span(), f"{match[1]}, {match[2]}"))
    for span, expected in sorted(found):
        glued = en[span[0] : span[1]]
        message = say("F005.copied", found=glued, wanted=expected)
        yield Draft("F005", "note", 0.8, span, None, expected, glued, message)


@cache
def _unglued(word: str) -> tuple[str, str] | None:
    """The two words that were glued to this one, or None if it may be a word of its own."""
    low = word.lower()
    capital = word[0].isupper()
    if count_en(low) or _coined(low):
        return None
    best: tuple[bool, int, str, str] | None = None  # a word of grammar wins: locations|and, not location|sand
    for k in range(1, len(word) - 1):
        first, last = low[:k], low[k:]
        if capital and word[:k] not in _CAPITAL:
            continue
        if first == "a":
            likely = glossary_en()[last] >= 40 and len(last) > 3
        elif first in _FIRST and len(last) > 1:
            likely = len(word) > 5 and (last in _FUNCTION or (len(last) > 2 and count_en(last) >= 8))
        elif last in _LAST and len(first) > 2:
            likely = len(word) > 5 and count_en(first) >= 8
        else:
            likely = (
                min(len(first), len(last)) > 3
                and len(word) > 11
                and first.endswith(_DERIVED)
                and min(glossary_en()[first], count_en(last)) >= 8
            )
        if likely:
            grammar = first in _FIRST or last in _LAST
            here = (grammar, min(count_en(first), count_en(last)), word[:k], word[k:])
            best = max(best, here) if best else here
    return best[2:] if best else None


def _coined(word: str) -> bool:
    """Whether a word the glosses lack is built the usual way: multimodal, checkpoint, pixelwise, benchmarking."""
    for prefix in _PREFIXES:
        rest = word[len(prefix) :]
        if word.startswith(prefix) and len(rest) > 2 and (count_en(rest) or _suffixed(rest)):
            return True
    return _suffixed(word)


def _suffixed(word: str) -> bool:
    for suffix in _SUFFIXES:
        stem = word[: -len(suffix)]
        if word.endswith(suffix) and len(stem) > 2 and (count_en(stem) or glossary_en()[stem + "e"]):
            return True
    return False
