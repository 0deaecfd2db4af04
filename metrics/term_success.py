"""Whether the terms of the sources became what the termbase says, and in the right surroundings, as WMT counts it.

Terminology success rate of the WMT terminology tasks of 2023 and 2025 (exact-match accuracy of 2021), and window
overlap of 2021 (Alam et al., https://aclanthology.org/2021.wmt-1.69), both as integers a segment.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from typing import Literal, NamedTuple

import numpy as np

from ..align.lexicon import FUNCTION
from ..corpora import Span
from ..corpora.errors import ConfigError
from ..corpora.script import HAN
from ..corpora.term import Term
from ..corpora.termbase import Termbase
from .folding import Folded, fold, fold_word
from .metric import Scores, Statistics, Stream
from .source_terms import SourceTerms
from .term_index import TermIndex
from .testset import Target
from .traditional import is_traditional, simplified

_WORD = re.compile(r"[A-Za-z0-9]+")
_TOKEN = {"zh": re.compile(HAN.pattern + r"|[A-Za-z0-9]+"), "en": re.compile(r"[^\W_]+(?:['’][^\W_]+)*")}
_LITTLE = frozenset("的了和与或及在是对以从将把被由而也并都就还又该其这那此个种些们地得着之所等为") | FUNCTION
_PER_WORD = {"zh": 2, "en": 1}  # tokens: a Chinese word has about two characters
_MOST = 100  # places of one term in one segment whose surroundings are compared
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


class Share:
    """The part that all shares of things rightly rendered have in common; statistics are [right, of how many]."""

    higher_is_better = True
    is_sacrebleu = False

    def scores(self, sums: Statistics) -> Scores:
        """The share in each row of sums, 0..100; 0 where there is nothing to count (see `defined`)."""
        right, total = sums[..., 0].astype(np.float64), sums[..., 1]
        return np.divide(100 * right, total, out=np.zeros_like(right), where=total > 0)

    def segment_scores(self, statistics: Statistics) -> Scores:
        """The share in each segment, 0..100."""
        return self.scores(statistics)

    def defined(self, sums: Statistics) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
        """Whether there is anything to count in each row of sums; where not, no score is to be shown."""
        return np.asarray(sums[..., 1] > 0)


def with_sources(sources: Sequence[str] | None, name: str) -> Sequence[str]:
    """The sources; raises ConfigError where there are none."""
    if sources is None:
        raise ConfigError(name, "no sources", "the source of each segment", "Name them with --src.")
    return sources


class TermSuccess(Share):
    """The share of term occurrences in the sources whose preferred or admitted rendering the hypothesis has.

    A term that stands twice wants two renderings; those found count at most as often as the term is wanted, and what
    stands inside a longer term's rendering does not count. Forbidden renderings never do. An acronym (LLM) may stay as
    it is. Only occurrences that some reference renders so too are counted, if there are references: where the
    translator used a pronoun, or another word, none is wanted of a system (`in_reference=False`: all are counted).
    Words stand as written, folded in width, case, blanks, script and inflection; order and word class are not.

    >>> terms = TermLookup([Term("river otter", "水獭", ("河獭",))], "zh")
    >>> TermSuccess(terms).statistics(["水獭吃鱼。"], [["水獭和河獭吃鱼。"]], ["River otters and otters eat fish."])
    array([[1, 1]])
    """

    name, key = "term success", "terms"

    def __init__(self, terms: TermLookup, *, in_reference: bool = True) -> None:
        """`terms` is shared with the other scores of terms, so that sources are read once."""
        self._terms, self._in_reference = terms, in_reference

    @property
    def settings(self) -> str:
        """Which occurrences count, how they are matched, the direction and the termbase."""
        return _settings(self._terms, "in-reference" if self._in_reference else "all", "match:exact")

    def statistics(
        self, hypotheses: Sequence[str], references: Sequence[Stream], sources: Sequence[str] | None = None
    ) -> Statistics:
        """[found, wanted] of each segment; raises ConfigError without sources."""
        counted = self._terms.counted(with_sources(sources, self.name), references, self._in_reference)
        rows = []
        for one, (_, spans) in zip(counted, self._terms.found(counted, hypotheses), strict=True):
            hits = sum(min(n, len(places)) for n, places in zip(one.counts, spans, strict=True))
            rows.append((hits, sum(one.counts)))
        return np.array(rows, dtype=np.int64).reshape(-1, 2)


class TermWindow(Share):
    """The share of the words around terms in the reference that stand around the same terms in the hypothesis.

    Of each occurrence that counts (see `TermSuccess`) the `window` nearest content words on either side are looked at,
    in any order; in Chinese, twice as many characters. Occurrences of a term are paired so that most agree. Unlike in
    Alam et al. one without a rendering in the hypothesis counts, with nothing in common: all systems are measured by
    the same words, and none gains by leaving terms out.

    >>> terms = TermLookup([Term("river otter", "水獭")], "zh")
    >>> TermWindow(terms).statistics(["小水獭吃鱼"], [["大水獭吃虾"]], ["The big river otter eats shrimps."])
    array([[1, 3]])
    """

    name, key = "term window", "terms-window"

    def __init__(self, terms: TermLookup, window: int = 2) -> None:
        """`terms` is shared with the other scores of terms; `window` counts words on either side."""
        self._terms, self._tokens = terms, window * _PER_WORD[terms.target]
        self._windows: tuple[object, list[list[list[list[str]]]]] = (None, [])  # by segment, term and place

    @property
    def settings(self) -> str:
        """Which occurrences count, how many tokens of what kind are looked at, the direction and the termbase."""
        tokens = "char" if self._terms.target == "zh" else "word"
        return _settings(self._terms, "in-reference", f"window:{self._tokens}|tok:{tokens}")

    def statistics(
        self, hypotheses: Sequence[str], references: Sequence[Stream], sources: Sequence[str] | None = None
    ) -> Statistics:
        """[in common, in the reference] of each segment; raises ConfigError without sources or references."""
        sources = with_sources(sources, self.name)
        if not references:
            raise ConfigError(self.name, "no references", "a reference to compare surroundings with")
        counted = self._terms.counted(sources, references, True)
        if self._windows[0] is not counted:
            streams = [self._terms.texts(stream) for stream in references]
            self._windows = counted, [list(self._wanted(one, k, streams)) for k, one in enumerate(counted)]
        found = self._terms.found(counted, hypotheses)
        rows = []
        for wanted, (text, spans) in zip(self._windows[1], found, strict=True):
            total = sum(len(window) for windows in wanted for window in windows)
            common = 0
            here = _surroundings(text, self._terms.target) if total else _Surroundings([], [], [])
            for windows, places in zip(wanted, spans, strict=True):
                common += _in_common(windows, [_around(here, span, self._tokens) for span in places[:_MOST]])
            rows.append((common, total))
        return np.array(rows, dtype=np.int64).reshape(-1, 2)

    def _wanted(self, one: Counted, segment: int, streams: list[list[Text]]) -> Iterator[list[list[str]]]:
        """The windows around each term in its reference."""
        used = {stream for stream, _ in one.where}
        here = {k: _surroundings(streams[k][segment].text, self._terms.target) for k in used}
        for stream, spans in one.where:
            yield [_around(here[stream], span, self._tokens) for span in spans[:_MOST]]


def _settings(terms: TermLookup, which: str, how: str) -> str:
    direction = "en-zh" if terms.target == "zh" else "zh-en"
    return f"terms:{which}|{how}|lang:{direction}|{terms.signature}"


class _Surroundings(NamedTuple):
    """The content words of a text with where each begins and ends."""

    words: list[str]
    begins: list[int]
    ends: list[int]


def _surroundings(text: str, target: Target) -> _Surroundings:
    found = [(m[0].lower(), m.start(), m.end()) for m in _TOKEN[target].finditer(text)]
    kept = [(word, begin, end) for word, begin, end in found if word not in _LITTLE]
    return _Surroundings([w for w, _, _ in kept], [b for _, b, _ in kept], [e for _, _, e in kept])


def _around(here: _Surroundings, span: Span, tokens: int) -> list[str]:
    before, after = bisect_right(here.ends, span[0]), bisect_left(here.begins, span[1])
    return here.words[max(0, before - tokens) : before] + here.words[after : after + tokens]


def _in_common(wanted: list[list[str]], found: list[list[str]]) -> int:
    """The words that windows share, paired one to one, the most alike first."""
    if len(wanted) == 1:
        return max((_shared(wanted[0], window) for window in found), default=0)
    alike = [(_shared(a, b), i, j) for i, a in enumerate(wanted) for j, b in enumerate(found)]
    common = 0
    left, right = set(range(len(wanted))), set(range(len(found)))
    for n, i, j in sorted(alike, key=lambda item: (-item[0], item[1], item[2])):
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
            common += n
    return common


def _shared(a: list[str], b: list[str]) -> int:
    """How many words two windows share, each as often as in both."""
    rest = list(b)
    for word in a:
        if word in rest:
            rest.remove(word)
    return len(b) - len(rest)
