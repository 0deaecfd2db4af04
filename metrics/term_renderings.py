"""What a term became in a pair, where the audit did not look: by links of words, then by what the corpus agrees on.

Word links place each occurrence by itself, and their edges are unsure. What stands at several places of a term is its
rendering, so each place is then read again with the strings that all places of the term support.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ..align.tokens import tokens_en, tokens_zh
from ..align.word_links import Posteriors, WordLinks
from ..corpora import Span
from .folding import Folded, fold
from .rendering import Status
from .rendering_clusters import cluster_key
from .term_words import LINKS

_THRESHOLD = 0.35  # probability from which a Chinese word belongs to a rendering
_EDGES = frozenset(
    """
    的 了 和 与 或 及 在 是 对 以 将 把 由 被 其 这 该 此 一个 一种 等 中 上 下 之 地 得 并 而 也 从 为 到 个 种 些 我们
    所 用于 基于
    """.split()
)
_SUFFIXES = frozenset("器性化者集率度式型")
_FREE = 0.4  # probability that a suffix renders another word, up to which it belongs to the word before it
_WORD = re.compile(r"\w")
_LONGEST = 16  # characters of a rendering
_SETTLED = 0.75  # confidence from which a place is not read again for another string's sake
_AGREED = 1.2  # support that a string needs to be read into a place where nothing was located
_FIELD = 1.5  # what the field's use of a string adds to its support, times Dice
_WHOLE, _BESIDE = 1.6, 0.4  # what support is worth for a string around what was located, and for one near it
_MOST, _SPELLINGS = 24, 3  # strings of a term that places are read again with, and spellings of each
_NEAR = 12  # characters between what was located and a supported string that it is moved to


class Place(NamedTuple):
    """One occurrence of a term and what it became: spans are in the joined sentences of the pair.

    `settled` where the text or the audit's own judgement says so: nothing is moved there.
    """

    pair: int
    span_en: Span
    span_zh: Span | None
    confidence: float
    status: Status
    settled: bool = False


class LinkedPair:
    """The word links of one pair; asked for the rendering of one span after the other."""

    def __init__(self, en: str, zh: str, links: WordLinks) -> None:
        """Link the words of both texts."""
        self._en, self._zh = en, zh
        self._en_tokens = tokens_en(en)
        self._zh_tokens = tokens_zh(zh)
        self._links: Posteriors = links.posteriors(en, zh, (self._en_tokens, self._zh_tokens))
        self._word = [bool(_WORD.match(zh, token.span[0])) for token in self._zh_tokens]
        self._edge = [zh[slice(*token.span)] in _EDGES for token in self._zh_tokens]

    def locate(self, span: Span) -> tuple[Span, float] | None:
        """Where the English span went, and how surely, 0..1; None where nothing is linked to it.

        >>> LinkedPair("the otter swims", "水獭游泳", WordLinks()).locate((4, 9))[0]
        (0, 2)
        """
        rows = [i for i, (a, b) in enumerate(self._en_tokens) if a < span[1] and b > span[0]]
        if not rows or not self._zh_tokens:
            return None
        mass = self._links.en_of[rows].sum(0)
        run = self._best_run(mass.tolist())
        if run is None:
            return None
        begin, end = self._with_suffix(run, mass)
        content = [i for i in rows if _WORD.match(self._en, self._en_tokens[i][0]) and not self._is_link(i)] or rows
        became = np.minimum(1.0, self._links.zh_of[content, begin:end].sum(1))
        inside = min(1.0, float(mass[begin:end].mean()))
        # A rendering renders every word of its term: 学习 alone is not transfer learning.
        confidence = float(np.sqrt(inside * (became.mean() + became.min()) / 2))
        return (self._zh_tokens[begin].span[0], self._zh_tokens[end - 1].span[1]), confidence

    def _with_suffix(self, run: tuple[int, int], mass: npt.NDArray[np.float64]) -> tuple[int, int]:
        """The run with the syllable that makes a noun of it (纠正|器), where that renders nothing else."""
        begin, end = run
        tokens = self._zh_tokens
        if end < len(tokens) and tokens[end].span[0] == tokens[end - 1].span[1]:
            suffix = self._zh[slice(*tokens[end].span)]
            if suffix in _SUFFIXES and float(self._links.en_of[:, end].sum() - mass[end]) < _FREE:
                return begin, end + 1
        return run

    def _is_link(self, i: int) -> bool:
        return self._en[slice(*self._en_tokens[i])].lower() in LINKS

    def _best_run(self, mass: Sequence[float]) -> tuple[int, int] | None:
        """The run of tokens with the most mass above the threshold, no mark inside and no word of grammar at its
        edges."""
        best, found = 0.0, None
        total, begin = 0.0, 0
        for k, worth in enumerate(mass):
            if not self._word[k] or (total <= 0 and self._edge[k]):
                total, begin = 0.0, k + 1
                continue
            if total <= 0:
                total, begin = 0.0, k
            if begin < k and self._zh_tokens[k].span[1] - self._zh_tokens[begin].span[0] > _LONGEST:
                total, begin = 0.0, k
            total += worth - _THRESHOLD
            if total > best and not self._edge[k]:
                best, found = total, (begin, k + 1)
        return found


def agree(places: Sequence[Place], chinese: Mapping[int, str], field: Mapping[str, float]) -> list[Place]:
    """The places of one term, in order, each with the rendering that they support together.

    `chinese` are the texts by the pair numbers of the places, `field` what the field writes for the term, with how far
    (Dice). A place that was settled stays; one whose string few support is moved to a better supported string that
    overlaps it or stands near; one without any takes a string of good support.
    """
    support: defaultdict[str, float] = defaultdict(float)
    written: dict[str, dict[str, None]] = {}  # the spellings of each rendering, in order
    for place in places:
        if place.span_zh is not None:
            text = chinese[place.pair][slice(*place.span_zh)]
            key = cluster_key(text)
            support[key] += place.confidence
            written.setdefault(key, {})[text] = None
    for text, dice in field.items():
        key = cluster_key(text)
        support[key] += _FIELD * dice
        written.setdefault(key, {})[text] = None
    strings = sorted((key for key in support if not key.isascii()), key=lambda zh: (-support[zh], -len(zh), zh))[:_MOST]
    needles = [(support[key], text) for key in strings for text in list(written[key])[:_SPELLINGS]]
    taken: defaultdict[int, list[Span]] = defaultdict(list)
    for place in places:
        if place.settled and place.span_zh is not None:
            taken[place.pair].append(place.span_zh)
    read: list[Place] = []
    for place in places:
        if not place.settled:
            zh = chinese[place.pair]
            own = support[cluster_key(zh[slice(*place.span_zh)])] if place.span_zh else 0.0
            place = _read_again(place, zh, needles, own, taken[place.pair])
            if place.span_zh is not None:
                taken[place.pair].append(place.span_zh)
        read.append(place)
    return read


def _read_again(
    place: Place, zh: str, needles: Sequence[tuple[float, str]], own: float, taken: Sequence[Span]
) -> Place:
    best, found, value = own, None, 0.0
    for support, string in needles:
        if support * _WHOLE <= best:
            break  # they come by falling support
        at = zh.find(string)
        while at >= 0:
            span = at, at + len(string)
            at = zh.find(string, span[1])
            if span != place.span_zh and any(a < span[1] and span[0] < b for a, b in taken):
                continue
            worth = support * _reach(place, span, support)
            if worth > best:
                best, found, value = worth, span, support
    if found is None or found == place.span_zh:
        return place
    confidence = max(place.confidence, min(0.9, 0.3 + 0.1 * value))
    return place._replace(span_zh=found, confidence=confidence, status="unlisted")


def _reach(place: Place, span: Span, support: float) -> float:
    """How far the support of a string at a place counts for what was located there."""
    here = place.span_zh
    if here is None:
        return float(support >= _AGREED)
    shared = min(here[1], span[1]) - max(here[0], span[0])
    if shared > 0:
        return _WHOLE if span[0] <= here[0] and here[1] <= span[1] else 1.0
    near = place.confidence < _SETTLED and support >= _AGREED and -shared <= _NEAR
    return _BESIDE if near else 0.0


def latin_span(zh: Folded, forms: Sequence[str]) -> Span | None:
    """Where a Chinese text keeps one of the forms of a term in Latin letters.

    >>> latin_span(fold("我们用 BERT 模型"), ["BERT"])
    (4, 8)
    """
    return next((span for form in forms if (span := zh.find(fold(form).text)) is not None), None)
