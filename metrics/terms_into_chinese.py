"""English sources in, their terms and what finds these in Chinese out."""

from bisect import bisect_left
from collections.abc import Sequence

from ..corpora import Span
from ..corpora.term import Term
from .folding import Folded, fold
from .term_index import TermIndex
from .traditional import simplified
from .wanted_terms import Find, Place, Status, Text, Wanted, good_places, is_acronym


class IntoChinese:
    """English sources: terms by `TermIndex`, renderings as strings of the Chinese."""

    def __init__(self, terms: Sequence[Term]) -> None:
        """Index the English of the terms."""
        self._index = TermIndex(terms)
        self._needles: dict[tuple[int, bool], list[tuple[str, Status]]] = {}  # by the identity of the index's terms

    def wanted(self, source: str) -> tuple[Wanted, ...]:
        """The terms of a source, in the order of the first place of each."""
        groups: dict[int, list[str]] = {}
        terms: dict[int, Term] = {}
        for match in self._index.matches(source):
            if any(match.term.approved):
                terms[id(match.term)] = match.term
                groups.setdefault(id(match.term), []).append(match.form)
        found = []
        for key, forms in groups.items():
            short = [form for form in forms if is_acronym(form) and terms[key].zh != terms[key].en]
            kept = frozenset(fold(form + plural).text for form in short for plural in ("", "s"))
            found.append(Wanted(terms[key].en, (terms[key],), len(forms), kept, len(short)))
        return tuple(found)

    def finder(self, wanted: tuple[Wanted, ...]) -> Find:
        """What gives the places of each of these terms in a translation."""
        return lambda text: self._find(wanted, text)

    def _find(self, wanted: tuple[Wanted, ...], text: Text) -> list[list[Place]]:
        if not text.text or not wanted:
            return [[] for _ in wanted]
        folded = fold(text.text)
        return _outermost([self._places(one, folded, text.hant) for one in wanted])

    def _places(self, one: Wanted, folded: Folded, hant: bool) -> list[Place]:
        """The places of a term's renderings, in order; longer ones hide their parts, be they approved or forbidden."""
        term = one.terms[0]
        needles = self._needles.get((id(term), hant))
        if needles is None:
            needles = self._needles[id(term), hant] = _needles(term, hant)
        found: list[Place] = []
        taken = bytearray()
        for needle, kind in needles:
            if needle not in folded.text:
                continue
            taken = taken or bytearray(folded.at[-1] + 1)
            at = 0
            while (span := folded.find(needle, at)) is not None:
                begin, end = span
                at = bisect_left(folded.at, end)
                if not any(taken[begin:end]):
                    taken[begin:end] = b"\1" * (end - begin)
                    status: Status = "acronym" if needle in one.acronyms and kind != "forbidden" else kind
                    found.append(Place(span, needle, status))
        return sorted(found)


def _needles(term: Term, hant: bool) -> list[tuple[str, Status]]:
    """What a term may stand as in Chinese, folded, the longest first; the same as the audit of translations seeks.

    Where one of Taiwan's words is forbidden too, the script of the text decides.
    """
    taiwan = {_in_simplified(zh) for zh in term.taiwan}
    barred = {_in_simplified(each.zh) for each in term.forbidden}
    kinds: dict[str, Status] = {_in_simplified(zh): "approved" for zh in (term.zh, *term.admitted)}
    for zh in sorted(taiwan if hant else taiwan - barred):
        kinds.setdefault(zh, "approved")
    if term.zh == term.en:  # BERT, and several BERTs
        kinds.setdefault(fold(term.en + "s").text, "approved")
    for form in (term.en, *term.also):
        for text in (fold(form).text, fold(form + "s").text):
            if text not in barred:  # a name that somebody wants translated
                kinds.setdefault(text, "kept")
    for each in term.forbidden:
        zh = _in_simplified(each.zh)
        if not (hant and zh in taiwan):
            kinds.setdefault(zh, "forbidden")
    return sorted(((needle, kind) for needle, kind in kinds.items() if needle), key=lambda item: -len(item[0]))


def _in_simplified(zh: str) -> str:
    return fold(simplified(zh)).text


def _outermost(found: list[list[Place]]) -> list[list[Place]]:
    """The places without those inside a longer place of another term: 语言模型 in 大语言模型 is no language model."""
    spans = sorted({p.span for places in found for p in good_places(places)}, key=lambda span: (span[0], -span[1]))
    inside: set[Span] = set()
    reach = -1
    for span in spans:
        if span[1] <= reach:
            inside.add(span)
        reach = max(reach, span[1])
    return [[place for place in places if place.span not in inside] for places in found] if inside else found
