"""T004 for a part of a term rendered by itself: 国家的最先进 of “state-of-the-art”, where 最先进 is the whole of it."""

import re
from collections.abc import Iterator

from ..align.lexicon import FUNCTION, load_lexicon, stem_en, stems_of
from ..align.words import words_zh
from .field_terms import FIELD
from .findings import Draft
from .messages import say
from .occurrences import Occurrence, sides
from .phrases import OWN

_LINK = re.compile("[的之]$")
_REACH = 8  # characters before a rendering in which its stray part may stand
_SENSE = 0.3  # share of a gloss that makes up a sense
_WORD = re.compile(r"[a-z]+")


def is_literal(term: str, zh: str) -> bool:
    """Whether a word of a rendering is the everyday sense of a word inside the term.

    >>> is_literal("state-of-the-art", "国家的最先进"), is_literal("transformer", "变压器")
    (True, True)
    """
    stems = {stem_en(part) for part in _WORD.findall(term.lower()) if part not in FUNCTION}
    words = [zh, *(zh[a:b] for a, b in words_zh(zh))]
    return any(load_lexicon().senses(word).get(stem, 0.0) >= _SENSE for word in words for stem in stems)


def is_idiom(term: str) -> bool:
    """Whether a term is a phrase grown together: what renders one of its words renders none of it.

    >>> is_idiom("state-of-the-art"), is_idiom("long-term")
    (True, False)
    """
    return any(word in FUNCTION for word in _WORD.findall(term.lower())[1:-1])


def check_literal(o: Occurrence) -> Iterator[Draft]:
    """A draft where the word before an approved rendering is the everyday sense of a word inside the term.

    Only where nothing else in the English has that word or another sense of it.
    """
    parts = [part for part in _WORD.findall(o.term.en.lower()) if part not in FUNCTION]
    if o.status not in ("preferred", "admitted") or o.span_zh is None or o.term.domain in (OWN, FIELD) or not parts:
        return
    if len(_WORD.findall(o.term.en.lower())) < 2:
        return
    en, zh = sides(o.pair)
    begin = o.span_zh[0]
    before = _LINK.sub("", zh[max(0, begin - _REACH) : begin])
    words = [before[a:b] for a, b in words_zh(before)]
    word = words[-1] if words else ""
    if len(word) < 2 or any(set(word) & set(approved) for approved in o.term.approved):
        return
    senses = {stem for stem, share in load_lexicon().senses(word).items() if share >= _SENSE}
    meant = next((part for part in parts if stem_en(part) in senses), None)
    a, b = o.span_en
    if meant is None or senses & set(stems_of(en[:a] + " " + en[b:])):
        return
    at = zh.rindex(word, 0, begin)
    span = (at, o.span_zh[1])
    found = zh[slice(*span)]
    message = say("T004.twice", part=meant, source=en[a:b], found=word, wanted=o.zh)
    yield Draft("T004", "error", 0.93, o.span_en, span, o.zh, found, message, o.term.en)
