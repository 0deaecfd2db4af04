"""Where the terms of sources are, and what became of each in a translation: asked by every score of terms."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Literal, NamedTuple

from ..corpora import Span
from ..corpora.term import Term
from ..corpora.termbase import Termbase
from .folding import Folded, fold, fold_word
from .metric import Stream
from .source_terms import SourceTerms
from .term_index import TermIndex
from .testset import Target
from .traditional import is_traditional, simplified

_WORD = re.compile(r"[A-Za-z0-9]+")
_SIGNED = re.compile(r"([^+]{1,500}) \d+ terms sha256:([0-9a-f]{12})")
_ODD = re.compile(r"[^\w.-]+")

Status = Literal["approved", "acronym", "forbidden", "kept"]


class Place(NamedTuple):
    """A rendering of a term in a text. `rendering` is its string however it is spelt (blanks, capitals, inflection).

    "acronym" is one of the source that stays as it is; "kept" is the term left standing in Latin letters, which nothing
    excuses.
    """

    span: Span
    rendering: str
    status: Status


class Wanted(NamedTuple):
    """A term of one source: the entries it may stand for, how many times it is there, and which acronyms of it."""

    key: str
    terms: tuple[Term, ...]
    times: int
    acronyms: frozenset[str] = frozenset()  # folded
    short: int = 0  # how many of the times it is one of these


class Text(NamedTuple):
    """A text to search, in simplified characters if it is Chinese; `hant` where it was written in traditional ones."""

    text: str
    hant: bool = False


Find = Callable[[Text], list[list[Place]]]  # the places of each wanted term, in order


class SegmentTerms(NamedTuple):
    """The terms of one source, and what finds them in a translation of it."""

    wanted: tuple[Wanted, ...]
    find: Find


class Counted(NamedTuple):
    """The terms of one source that count, how often each does, and where a reference has them (stream, spans)."""

    terms: SegmentTerms
    counts: tuple[int, ...]
    where: tuple[tuple[int, tuple[Span, ...]], ...] = ()


class Found(NamedTuple):
    """A hypothesis, in simplified characters if it is Chinese, and the good places of each term that counts."""

    text: str
    spans: list[list[Span]]


class TermLookup:
    """Finds the terms of sources and what they became; made once for a termbase and a direction, asked by every score.

    What depends on sources and references alone is worked out for the first system and kept for the next.
    """

    def __init__(self, terms: Termbase | Sequence[Term], target: Target) -> None:
        """`target` is the language of the translations; sources are in the other one."""
        self.target: Target = target
        self.signature = termbase_part(terms)
        entries = terms.terms if isinstance(terms, Termbase) else tuple(terms)
        self._side = _IntoChinese(entries) if target == "zh" else _IntoEnglish(entries)
        self._segments: tuple[tuple[str, ...], tuple[SegmentTerms, ...]] = ((), ())
        self._counted: tuple[object, tuple[Counted, ...]] = (None, ())
        self._found: tuple[object, tuple[str, ...], list[Found]] = (None, (), [])

    def segments(self, sources: Sequence[str]) -> tuple[SegmentTerms, ...]:
        """The terms of each source; of overlapping ones the longest that begins first, inflection and spelling folded.

        >>> lookup = TermLookup([Term("river otter", "水獭")], "zh")
        >>> [(one.key, one.times) for one in lookup.segments(["River otters and a river-otter"])[0].wanted]
        [('river otter', 2)]
        """
        if self._segments[0] != tuple(sources):
            found = (self._side.wanted(source) for source in sources)
            self._segments = tuple(sources), tuple(SegmentTerms(each, self._side.finder(each)) for each in found)
        return self._segments[1]

    def counted(self, sources: Sequence[str], references: Sequence[Stream], in_reference: bool) -> tuple[Counted, ...]:
        """The terms that count: those of the sources, as often as a reference renders them if `in_reference`."""
        key = tuple(sources), tuple(map(tuple, references)), in_reference
        if self._counted[0] != key:
            streams = [self.texts(stream) for stream in references]
            segments = self.segments(sources)
            if in_reference and streams:
                found = tuple(self._rendered(one, texts) for one, *texts in zip(segments, *streams, strict=True))
            else:
                found = tuple(Counted(one, tuple(each.times for each in one.wanted)) for one in segments)
            self._counted = key, found
        return self._counted[1]

    def _rendered(self, segment: SegmentTerms, references: Sequence[Text]) -> Counted:
        """The terms that a reference renders, in the reference that does so most often."""
        best: dict[int, tuple[int, tuple[Span, ...]]] = {}
        for stream, text in enumerate(references if segment.wanted else ()):
            for k, (one, places) in enumerate(zip(segment.wanted, segment.find(text), strict=True)):
                spans = tuple(place.span for place in good_places(places)[: one.times])
                if len(spans) > len(best.get(k, (0, ()))[1]):
                    best[k] = stream, spans
        wanted = tuple(segment.wanted[k] for k in sorted(best))
        terms = SegmentTerms(wanted, self._side.finder(wanted))
        return Counted(terms, tuple(len(best[k][1]) for k in sorted(best)), tuple(best[k] for k in sorted(best)))

    def found(self, counted: tuple[Counted, ...], hypotheses: Sequence[str]) -> list[Found]:
        """The hypotheses as they were searched, and where the terms that count have a good rendering there."""
        if self._found[0] is not counted or self._found[1] != tuple(hypotheses):
            found = [
                Found(text.text, [[p.span for p in good_places(places)] for places in one.terms.find(text)])
                for one, text in zip(counted, self.texts(hypotheses), strict=True)
            ]
            self._found = counted, tuple(hypotheses), found
        return self._found[2]

    def texts(self, stream: Stream) -> list[Text]:
        """Texts as they are searched, None as an empty one; the script of a short one is that of the whole."""
        texts = [text or "" for text in stream]
        if self.target == "en":
            return list(map(Text, texts))
        hant = is_traditional("\n".join(texts))
        return [Text(simplified(text), True) if hant or is_traditional(text) else Text(text) for text in texts]


def good_places(places: Sequence[Place]) -> list[Place]:
    """Those of a term's places where it is called what it may be called."""
    return [place for place in places if place.status in ("approved", "acronym")]


def termbase_part(terms: Termbase | Sequence[Term]) -> str:
    """The part of a signature that names and hashes a termbase.

    >>> termbase_part(Termbase((), "my/otters.csv 12 terms sha256:0123456789ab"))
    'termbase:otters.csv-0123456789ab'
    """
    if isinstance(terms, Termbase):
        signed = _SIGNED.findall(terms.signature)
        names = (_ODD.sub("_", re.split(r"[/\\]", name)[-1].removesuffix(" (shipped)").strip()) for name, _ in signed)
        bases = [f"{name}-{digest}" for name, (_, digest) in zip(names, signed, strict=True)]
        if bases:
            return "termbase:" + "+".join(bases)
        terms = terms.terms
    if not terms:
        return "termbase:none"
    return f"termbase:given-{sha256(chr(10).join(map(repr, terms)).encode('utf-8', 'replace')).hexdigest()[:12]}"


class _IntoChinese:
    """English sources: terms by `TermIndex`, renderings as strings of the Chinese."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._index = TermIndex(terms)
        self._needles: dict[tuple[int, bool], list[tuple[str, Status]]] = {}  # by the identity of the index's terms

    def wanted(self, source: str) -> tuple[Wanted, ...]:
        groups: dict[int, list[str]] = {}
        terms: dict[int, Term] = {}
        for match in self._index.matches(source):
            if any(match.term.approved):
                terms[id(match.term)] = match.term
                groups.setdefault(id(match.term), []).append(match.form)
        found = []
        for key, forms in groups.items():
            short = [form for form in forms if _is_acronym(form) and terms[key].zh != terms[key].en]
            kept = frozenset(fold(form + plural).text for form in short for plural in ("", "s"))
            found.append(Wanted(terms[key].en, (terms[key],), len(forms), kept, len(short)))
        return tuple(found)

    def finder(self, wanted: tuple[Wanted, ...]) -> Find:
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


def _is_acronym(form: str) -> bool:
    """Whether an English form is written so that Chinese keeps it: LLM, GPT-4, U-Net."""
    return " " not in form and any(sign.isupper() for sign in form[1:])


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


class _IntoEnglish:
    """Chinese sources: terms by `SourceTerms`, renderings as English terms, by a small `TermIndex` a segment."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._terms = SourceTerms(terms)

    def wanted(self, source: str) -> tuple[Wanted, ...]:
        found = self._terms.matches(simplified(source) if is_traditional(source) else source)
        counts = Counter(fold(one.zh).text for one in found)
        terms = {fold(one.zh).text: one.terms for one in found}
        return tuple(Wanted(key, terms[key], count) for key, count in counts.items())

    def finder(self, wanted: tuple[Wanted, ...]) -> Find:
        owners: dict[tuple[str, ...], dict[int, str]] = {}  # by words: which wanted term, under what name
        entries: dict[str, Term] = {}
        for k, one in enumerate(wanted):
            for term in one.terms:
                for form in (term.en, *term.also):
                    name = term.en if _is_acronym(form) else form
                    owners.setdefault(_words(form), {}).setdefault(k, " ".join(_words(name)))
                    entries.setdefault(form, Term(form, "·", case=term.case, pattern=term.pattern))
        index = TermIndex(entries.values())

        def find(text: Text) -> list[list[Place]]:
            found: list[list[Place]] = [[] for _ in wanted]
            for match in index.matches(text.text) if wanted else ():
                for k, name in owners[_words(match.form)].items():
                    found[k].append(Place(match.span, name, "approved"))
            return found

        return find


def _words(form: str) -> tuple[str, ...]:
    return tuple(map(fold_word, _WORD.findall(form)))
