"""Where the terms of sources are, and what became of each in a translation: asked by every score of terms."""

import re
from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

from ..corpora import Span
from ..corpora.term import Term
from ..corpora.termbase import Termbase
from .metric import Stream
from .terms_into_chinese import IntoChinese
from .terms_into_english import IntoEnglish
from .testset import Target
from .traditional import is_traditional, simplified
from .wanted_terms import Find, Text, Wanted, good_places

_SIGNED = re.compile(r"([^+]{1,500}) \d+ terms sha256:([0-9a-f]{12})")
_ODD = re.compile(r"[^\w.-]+")


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
        self._side = IntoChinese(entries) if target == "zh" else IntoEnglish(entries)
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
