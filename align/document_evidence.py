"""How well the content of two documents agrees: sentence vectors of samples, anchors, lengths."""

import math
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .anchors import anchors_of
from .encoder import Encoder

Floats = npt.NDArray[np.float32]
Grid = npt.NDArray[np.float64]

_SAMPLE, _BUDGET = 60, 12_000  # sentences encoded of one document, and of all together
_LEAST = 12  # of one document, however many there are
_OPENING, _RUN = 10, 5  # sampled sentences at the beginning, and in each of the runs spread over the rest
_SHORT, _LONG = 12, 300  # bytes from which a sentence says something, characters of it that are read
_RIVALS = 6  # most similar documents that are looked at closely


class Sample(NamedTuple):
    """Vectors of the sampled sentences of one document, and where they stand in it, 0..1."""

    vectors: Floats
    places: Grid


class Features(NamedTuple):
    """What tells whether one document is the translation of another."""

    similar: float  # mean similarity of the mutual best sentences
    share: float  # of the sentences that are mutual best
    order: float  # how far their places rise together, in standard deviations of chance, within -6 … 6
    above: float  # similarity of the sentences to their best ones there, above that in other documents
    anchors: float  # cosine of numbers and Latin words, rare ones weighing more
    length: float  # |ln of the lengths' ratio|, in bytes


def samples(documents: Sequence[Sequence[str]], encoder: Encoder) -> list[Sample]:
    """A sample of each document, smaller where there are many documents."""
    most = max(_LEAST, min(_SAMPLE, _BUDGET // max(1, len(documents))))
    chosen = [_spread(sentences, most) for sentences in documents]
    texts = [sentences[k][:_LONG] for sentences, at in zip(documents, chosen, strict=True) for k in at]
    vectors = encoder.encode(texts)
    made: list[Sample] = []
    begin = 0
    for sentences, at in zip(documents, chosen, strict=True):
        ends = np.cumsum([len(s.encode()) for s in sentences], dtype=np.float64)
        made.append(Sample(vectors[begin : begin + len(at)], (ends / max(1.0, ends[-1]) if len(ends) else ends)[at]))
        begin += len(at)
    return made


def _spread(sentences: Sequence[str], most: int) -> list[int]:
    """At most so many sentences: the first ones, and short runs at even distances (neighbours meet their neighbours,
    even where the two texts are cut into sentences unlike)."""
    telling = [k for k, s in enumerate(sentences) if len(s.encode()) >= _SHORT]
    telling = telling if len(telling) >= _LEAST else list(range(len(sentences)))
    if len(telling) <= most:
        return telling
    opening = min(_OPENING, most // 3)
    runs = max(1, (most - opening) // _RUN)
    step = (len(telling) - opening) / runs
    starts = [opening + int(k * step + max(0.0, step - _RUN) / 2) for k in range(runs)]
    spread = {telling[min(start + j, len(telling) - 1)] for start in starts for j in range(_RUN)}
    return sorted({*telling[:opening], *spread})[:most]


def candidates(
    zh: Sequence[Sample], en: Sequence[Sample], named: Sequence[tuple[int, int]]
) -> dict[tuple[int, int], float]:
    """The pairs worth a close look, with how far their similarity stands above that to other documents.

    Those are the pairs `named` and, for each document, the most similar ones.
    """
    full_zh, full_en = [k for k, s in enumerate(zh) if len(s.places)], [k for k, s in enumerate(en) if len(s.places)]
    if not full_zh or not full_en:
        return {}
    best = _best_means([zh[k] for k in full_zh], [en[k] for k in full_en])
    above = best - (_background(best) + _background(best.T).T) / 2
    rivals: set[tuple[int, int]] = set()
    for grid, turned in ((best, False), (best.T, True)):
        for a, row in enumerate(grid):
            for b in np.argsort(-row, kind="stable")[:_RIVALS].tolist():
                rivals.add((b, a) if turned else (a, b))
    place_zh, place_en = ({k: at for at, k in enumerate(full)} for full in (full_zh, full_en))
    rivals |= {(place_zh[a], place_en[b]) for a, b in named if a in place_zh and b in place_en}
    return {(full_zh[a], full_en[b]): float(above[a, b]) for a, b in sorted(rivals)}


def _best_means(zh: Sequence[Sample], en: Sequence[Sample]) -> Grid:
    """For each pair the mean similarity of a sentence to its best one in the other document, both ways."""
    vectors = np.concatenate([s.vectors for s in en])
    counts = np.array([len(s.places) for s in en])
    starts = np.cumsum(counts) - counts
    means = np.empty((len(zh), len(en)))
    for a, sample in enumerate(zh):  # one document after the other: the whole grid may be large
        similar = sample.vectors @ vectors.T
        there = np.maximum.reduceat(similar, starts, axis=1).mean(axis=0)
        back = np.add.reduceat(similar.max(axis=0), starts) / counts
        means[a] = (there + back) / 2
    return means


def _background(best: Grid) -> Grid:
    """What is usual for each row: the median, 0.4 where there are too few to tell."""
    n = best.shape[1]
    if n < 3:
        return np.full((len(best), 1), 0.4)
    return np.asarray(np.median(best, axis=1, keepdims=True))


def features(zh: Sample, en: Sample, above: float, anchors: float, size_zh: int, size_en: int) -> Features:
    """The features of one pair of samples, with what is known of the whole documents (sizes in bytes)."""
    similar = zh.vectors @ en.vectors.T
    to, back = similar.argmax(axis=1), similar.argmax(axis=0)
    mutual = np.flatnonzero(back[to] == np.arange(len(to)))
    values = similar[mutual, to[mutual]]
    share = len(mutual) / min(similar.shape)
    order = _order(zh.places[mutual], en.places[to[mutual]])
    length = abs(math.log(max(1, size_zh) / max(1, size_en)))
    return Features(float(values.mean()), share, order, above, anchors, length)


def _order(one: Grid, other: Grid) -> float:
    """How far two lists of places rise together, about standard normal for places at random, within -6 … 6.

    The larger of Spearman's correlation times √(n - 1), and 2√c - 2 where c ranks follow each other on both sides:
    at random that is once (Poisson), and a text whose parts were moved about still has many.
    """
    n = len(one)
    if n < 3:
        return 0.0
    ranks = [np.argsort(np.argsort(places, kind="stable")) - (n - 1) / 2 for places in (one, other)]
    correlation = float(ranks[0] @ ranks[1] / (ranks[0] @ ranks[0]))
    following = int((np.diff(ranks[1][np.argsort(ranks[0])]) == 1).sum())
    return max(-6.0, min(6.0, max(correlation * math.sqrt(n - 1), 2 * math.sqrt(following) - 2)))


class AnchorIndex:
    """The numbers and Latin words of documents in both languages."""

    def __init__(self, zh: Sequence[Sequence[str]], en: Sequence[Sequence[str]]) -> None:
        """Count them; those in one language only are left out."""
        sides = [[_counted(sentences) for sentences in side] for side in (zh, en)]
        common = {a for c in sides[0] for a in c} & {a for c in sides[1] for a in c}
        held = Counter(a for side in sides for counts in side for a in counts if a in common)
        size = len(zh) + len(en)
        self._zh, self._en = (
            [
                {a: (1 + np.log(n)) * np.log(1 + size / held[a]) for a, n in counts.items() if a in common}
                for counts in side
            ]
            for side in sides
        )

    def cosine(self, zh: int, en: int) -> float:
        """Of one Chinese and one English document, 0..1; 0 where either has none."""
        one, other = self._zh[zh], self._en[en]
        product: float = sum(weight * other[a] for a, weight in one.items() if a in other)
        norms: float = sum(w * w for w in one.values()) * sum(w * w for w in other.values())
        return product / math.sqrt(norms) if norms else 0.0


def _counted(sentences: Sequence[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for sentence in sentences:
        counts.update(anchors_of(sentence))
    return counts
