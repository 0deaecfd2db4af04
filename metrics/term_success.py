"""Whether the terms of the sources became what the termbase says, and in the right surroundings, as WMT counts it.

Terminology success rate of the WMT terminology tasks of 2023 and 2025 (exact-match accuracy of 2021), and window
overlap of 2021 (Alam et al., https://aclanthology.org/2021.wmt-1.69), both as integers a segment.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from ..align.lexicon import FUNCTION
from ..corpora import Span
from ..corpora.errors import ConfigError
from ..corpora.script import HAN
from .metric import Statistics, Stream
from .share import Share, with_sources
from .term_lookup import Counted, TermLookup
from .testset import Target
from .wanted_terms import Text

_TOKEN = {"zh": re.compile(HAN.pattern + r"|[A-Za-z0-9]+"), "en": re.compile(r"[^\W_]+(?:['’][^\W_]+)*")}
_LITTLE = frozenset("的了和与或及在是对以从将把被由而也并都就还又该其这那此个种些们地得着之所等为") | FUNCTION
_PER_WORD = {"zh": 2, "en": 1}  # tokens: a Chinese word has about two characters
_MOST = 100  # places of one term in one segment whose surroundings are compared


class TermSuccess(Share):
    """The share of term occurrences in the sources whose preferred or admitted rendering the hypothesis has.

    A term that stands twice wants two renderings; those found count at most as often as the term is wanted, and what
    stands inside a longer term's rendering does not count. Forbidden renderings never do. An acronym (LLM) may stay as
    it is. Only occurrences that some reference renders so too are counted, if there are references: where the
    translator used a pronoun, or another word, none is wanted of a system (`in_reference=False`: all are counted).
    Words stand as written, folded in width, case, blanks, script and inflection; order and word class are not.

    >>> from ..corpora.term import Term
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

    @property
    def uses_references(self) -> bool:
        """Whether references say which occurrences count."""
        return self._in_reference

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

    >>> from ..corpora.term import Term
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

    @property
    def uses_references(self) -> bool:
        """True."""
        return True

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
