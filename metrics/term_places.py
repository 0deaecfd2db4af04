"""Pairs in, every place of every term out, each with what it became."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cache

from ..align.word_links import WordLinks
from ..corpora import Knowledge, Pair, Span, Term
from .field_terms import FIELD
from .folding import fold
from .occurrences import Occurrence, sides
from .phrases import OWN
from .rendering import Status
from .term_index import Match, TermIndex
from .term_renderings import LinkedPair, Place, agree, latin_span
from .term_runs import use_of, words_of

_LOCATED = 0.5  # confidence from which the audit's own location counts
_DICE = 0.2  # agreement of its papers and a term's from which a string is one of its renderings in the field
_FIELD_SURE = 0.7  # how sure a string is that the field mostly writes, in the Chinese beside the term
_LATIN_SURE = 0.9
_ENOUGH = 40  # places of a term that links are asked for: what the others became stands among what those did
_LETTER = re.compile("[A-Za-z]")
_FIRST = re.compile("[ \u00a0‐‑–-]")
_SURE = 0.65  # confidence from which the audit's word needs no second opinion


@dataclass(slots=True)
class Places:
    """The places of one term, in the order of the pairs."""

    term: Term
    found: list[Place] = field(default_factory=list)
    linked: int = 0  # places that links were asked for


class PlaceFinder:
    """Finds the terms of a termbase and those proposed in pairs, and what they became."""

    def __init__(
        self,
        termbase: Iterable[Term],
        proposed: Iterable[Term],
        knowledge: Knowledge,
        links: Callable[[], WordLinks] | None,
        flagged: Set[tuple[str, str, str]] = frozenset(),
    ) -> None:
        """Index the terms; `links` gives what locates what the audit did not.

        `flagged` are pairs, folded terms and folded renderings that findings speak of: there the audit has the word.
        """
        self._flagged = flagged
        self._pairs = {pair for pair, _, _ in flagged}
        self._of_field: dict[str, Mapping[str, float]] = {}
        self._listed = TermIndex(termbase)
        self._proposed = TermIndex(proposed)
        self._knowledge = knowledge
        self._links = cache(links) if links else None

    def find(self, pairs: Sequence[Pair], occurrences: Iterable[Occurrence]) -> dict[str, Places]:
        """All places by the English of their term, those of one term read together (`term_renderings.agree`)."""
        told: defaultdict[str, dict[Span, list[Occurrence]]] = defaultdict(dict)
        for o in occurrences:
            told[o.pair.id].setdefault(o.span_en, []).append(o)
        found: dict[str, Places] = {}
        for k, pair in enumerate(pairs):
            en, zh = sides(pair)
            if not en or not zh:
                continue
            there = told.get(pair.id, {})
            waiting: list[tuple[Match, Place | None]] = []
            for match in self.matches(en):
                place = self._told(k, pair.id, match, there.get(match.span, ()))
                if place is None or not place.settled:
                    waiting.append((match, place))
                else:
                    found.setdefault(match.term.en, Places(match.term)).found.append(place)
            small = zh.lower() if waiting and _LETTER.search(zh) else ""
            linked: LinkedPair | None = None
            for match, place in waiting:
                places = found.setdefault(match.term.en, Places(match.term))
                form = en[slice(*match.span)]
                # Of a listed term the audit has seen that it is not kept.
                if small and not match.term.zh and _FIRST.split(form.lower(), maxsplit=1)[0] in small:
                    kept = latin_span(fold(zh), [form, match.term.en])
                    place = Place(k, match.span, kept, _LATIN_SURE, "latin", True) if kept else place
                if self._links and places.linked < _ENOUGH and (place is None or place.confidence < _SURE):
                    linked = linked or LinkedPair(en, zh, self._links())
                    place = _placed(k, match, place, linked)
                    places.linked += 1
                places.found.append(place or Place(k, match.span, None, 0.0, "absent"))
        for places in found.values():
            self._agreed(places, pairs)
        return found

    def matches(self, en: str) -> list[Match]:
        """The terms of an English text; inside one of the termbase no proposed one counts."""
        listed = self._listed.matches(en)
        begins = [match.span[0] for match in listed]  # in order, and none overlap
        outside: list[Match] = []
        for match in self._proposed.matches(en):
            before = bisect_right(begins, match.span[0])
            if not before or listed[before - 1].span[1] < match.span[1]:
                outside.append(match)
        return listed + outside

    def _told(self, k: int, pair: str, match: Match, occurrences: Iterable[Occurrence]) -> Place | None:
        """What the audit found at this place, None where it says nothing of use."""
        best: Place | None = None
        for o in occurrences:
            if o.span_zh is None:
                continue
            # A user's own domain may have any name: that the index has the very term tells it from those made here.
            listed = o.term == match.term or (o.term.domain not in (OWN, FIELD) and o.term.en == match.term.en)
            status: Status = o.status if listed or o.status in ("latin", "forbidden") else "unlisted"
            if pair in self._pairs and (pair, fold(o.term.en).text, fold(o.zh).text) in self._flagged:
                return Place(k, match.span, o.span_zh, o.confidence, status, True)
            if listed and o.status != "unlisted":
                return Place(k, match.span, o.span_zh, o.confidence, o.status, True)
            if o.term.domain == FIELD and o.status in ("preferred", "admitted"):
                # A string that often stands near the term: only the first of them is likely to stand for it.
                if o.status == "preferred" and best is None:
                    sure = min(_FIELD_SURE, 0.4 + self.of_field(o.term.en).get(o.term.zh, 0.0))
                    best = Place(k, match.span, o.span_zh, sure, "unlisted")
            elif o.confidence >= _LOCATED and (best is None or o.confidence > best.confidence):
                best = Place(k, match.span, o.span_zh, o.confidence, status)
        return best

    def _agreed(self, places: Places, pairs: Sequence[Pair]) -> None:
        if all(place.settled for place in places.found):
            return
        chinese = {place.pair: sides(pairs[place.pair])[1] for place in places.found}
        places.found = agree(places.found, chinese, self.of_field(places.term.en))

    def of_field(self, term: str) -> Mapping[str, float]:
        """What `written_of` gives for a term."""
        if term not in self._of_field:
            self._of_field[term] = written_of(term, self._knowledge)
        return self._of_field[term]

    def linked(self, en: str, zh: str) -> LinkedPair | None:
        """The word links of two texts, None without links."""
        return LinkedPair(en, zh, self._links()) if self._links else None

    def strings(self, term: Term) -> list[str]:
        """What a term may become: what the termbase approves, what the field writes, itself in Latin letters."""
        return [*(zh for zh in term.approved if zh), *self.of_field(term.en), term.en]

    def status(self, term: Term, zh: str) -> Status:
        """What the termbase says of a rendering that stands in a text."""
        text = fold(zh).text
        if term.zh and text == fold(term.zh).text:
            return "preferred"
        if any(text == fold(other).text for other in term.approved):
            return "admitted"
        return "latin" if text.isascii() else "unlisted"


def written_of(term: str, knowledge: Knowledge) -> Mapping[str, float]:
    """What the field writes for a term, each string with how far its papers are those of the term (Dice), 0..1."""
    words = words_of(term)
    use = use_of(words, knowledge)
    if use is None:
        return {}
    dice = {zh: 2 * n / (use.papers + max(n, knowledge.count(zh))) for zh, n in use.renderings.items()}
    good = {zh: worth for zh, worth in dice.items() if worth >= _DICE}
    if len(words) == 1:
        return good
    # What is a part of another rendering renders a part of the term.
    return {zh: worth for zh, worth in good.items() if not any(zh != other and zh in other for other in good)}


def _placed(k: int, match: Match, told: Place | None, linked: LinkedPair) -> Place | None:
    """The surer of what the audit found and of what the links say."""
    located = linked.locate(match.span)
    if located is None or (told is not None and (_overlap(located[0], told.span_zh) or told.confidence >= located[1])):
        return told
    return Place(k, match.span, located[0], located[1], "unlisted")


def _overlap(a: Span, b: Span | None) -> bool:
    return b is not None and a[0] < b[1] and b[0] < a[1]
