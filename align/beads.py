"""Sentences to beads: n-m sentence alignment by dynamic programming over encoder similarity, length and anchors.

The programme is that of Gale & Church (1993) with the similarity of whole runs of sentences in place of their
lengths, as in vecalign (Thompson & Koehn 2019) and bertalign (Liu & Zhu 2022). What is ours: vectors of runs are
sums (encoder.py), so a bead of many sentences costs no more than one of two; and the price of leaving a sentence
alone adapts to how similar the beads of this very text are.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from ..corpora import LimitError
from .anchors import anchor_similarity
from .encoder import Encoded, Encoder, Floats, load_encoder

MAX_SIDE, MAX_SUM = 6, 8  # sentences of one side of a bead, and of both
_MARGIN = 0.4  # weight of the similarity to the sentences just outside the bead
_ANCHORS = 0.25  # weight of shared numbers and Latin words beside the encoder's 1
_LENGTH_POWER = 0.25  # how much unequal lengths cost
_SKIP, _SKIP_SHARE = -0.2, 0.3  # price of a lone sentence: constant + share of the median bead score
_PLAIN = 0.1  # taken from each bead, so that two good beads do not win over one by number alone
_BAND, _FULL = 12, 2_500  # half width of the band around the first path; cells below which no band is needed
_CELLS = 40_000_000  # of the first path's grid, which takes some 70 bytes each
_NEVER = -1e9
_Grid = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bead:
    """English sentences `en` and Chinese sentences `zh` (indices, consecutive) that translate each other.

    One side may be empty. `score` is the similarity of the two sides, 0..1, and 0 for a lone side.
    """

    en: tuple[int, ...]
    zh: tuple[int, ...]
    score: float

    @property
    def type(self) -> str:
        """Count of sentences on each side.

        >>> Bead((0, 1), (0,), 0.8).type
        '2-1'
        """
        return f"{len(self.en)}-{len(self.zh)}"


def align_sentences(en: Sequence[str], zh: Sequence[str], encoder: Encoder | None = None) -> list[Bead]:
    """The beads that pair two lists of sentences, in order; every sentence is in exactly one.

    Raises LimitError from some 6,000 sentences a side: memory grows with their product.

    >>> [b.type for b in align_sentences(["It rains."], [])]
    ['1-0']
    """
    if not en or not zh:
        return [Bead((k,), (), 0.0) for k in range(len(en))] + [Bead((), (k,), 0.0) for k in range(len(zh))]
    if len(en) * len(zh) > _CELLS:
        found = f"{len(en):,} sentences against {len(zh):,}"
        raise LimitError("align", found, f"at most {_CELLS:,} cells", "Align chapter by chapter.")
    encoder = encoder or load_encoder()
    encoded = encoder.prepare([*en, *zh])
    texts = _Texts(encoder, encoded[: len(en)], encoded[len(en) :], en, zh)
    low, high = _band(texts)
    scores = _bead_scores(texts, low, high)
    first = _decode(scores, low, high, _SKIP)
    typical = [scores[a, b][i - a, j - b - low[i - a]] for i, j, a, b in first if a and b]
    price = _SKIP + _SKIP_SHARE * float(np.median(typical)) if typical else _SKIP
    return [
        Bead(tuple(range(i - a, i)), tuple(range(j - b, j)), texts.similarity(i - a, i, j - b, j) if a and b else 0.0)
        for i, j, a, b in _decode(scores, low, high, price)
    ]


class _Texts:
    """The two sides with what the scores need of them."""

    def __init__(
        self, encoder: Encoder, left: list[Encoded], right: list[Encoded], en: Sequence[str], zh: Sequence[str]
    ) -> None:
        self.n, self.m = len(en), len(zh)
        self.left = encoder.runs(left, MAX_SIDE)
        self.right = encoder.runs(right, MAX_SIDE)
        self.anchors = anchor_similarity(en, zh)
        # Lengths in UTF-8 bytes: a Han character weighs three, near its worth in Latin letters.
        self.length_en = np.concatenate([[0], np.cumsum([len(s.encode()) + 1 for s in en])])
        self.length_zh = np.concatenate([[0], np.cumsum([len(s.encode()) + 1 for s in zh])])
        self.ratio = self.length_en[-1] / self.length_zh[-1]

    def similarity(self, i0: int, i1: int, j0: int, j1: int) -> float:
        """Cosine of two runs of sentences, cut to 0..1."""
        cosine = float(self.left[i1 - i0 - 1][i0] @ self.right[j1 - j0 - 1][j0])
        return min(1.0, max(0.0, cosine))


def _band(texts: _Texts) -> tuple[list[int], list[int]]:
    """Lowest and highest Chinese position looked at for each English one, both inclusive."""
    n, m = texts.n, texts.m
    if n * m <= _FULL:
        return [0] * (n + 1), [m] * (n + 1)
    path = _first_path(texts)
    low, high = [m] * (n + 1), [0] * (n + 1)
    for (i0, j0), (i1, j1) in pairwise(path):
        for i in range(i0, i1 + 1):
            low[i] = min(low[i], max(0, j0 - _BAND))
            high[i] = max(high[i], min(m, j1 + _BAND))
    low[0], high[n] = 0, m
    for i in range(1, n + 1):
        high[i] = max(high[i], high[i - 1])
    for i in range(n - 1, -1, -1):
        low[i] = min(low[i], low[i + 1])
    return low, high


def _first_path(texts: _Texts) -> list[tuple[int, int]]:
    """Corners of the best path of 1-1 beads over the whole grid, where leaving sentences alone is free."""
    n, m = texts.n, texts.m
    similar = texts.left[0] @ texts.right[0].T + _ANCHORS * texts.anchors.whole()
    rows = np.partition(similar, m - min(4, m), axis=1)[:, m - min(4, m)]
    columns = np.partition(similar, n - min(4, n), axis=0)[n - min(4, n)]
    best = (similar >= rows[:, None]) & (similar >= columns[None, :])
    gain = np.where(best, similar - 0.5 * (rows[:, None] + columns[None, :]) + 1e-3 * similar, 0.0)
    came = np.zeros((n + 1, m + 1), dtype=np.int8)
    above = np.zeros(m + 1)
    for i in range(1, n + 1):
        diagonal = np.concatenate([[-1.0], above[:-1] + gain[i - 1]])
        step = np.maximum(above, diagonal)
        row = np.maximum.accumulate(step)
        came[i] = np.where(row > step, 2, np.where(diagonal > above, 1, 0))
        above = row
    path = [(n, m)]
    i, j = n, m
    while i and j:
        if came[i, j] == 1:
            path.append((i, j))
            i, j = i - 1, j - 1
        elif came[i, j] == 2:
            j -= 1
        else:
            i -= 1
    return sorted({*path, (0, 0)})


def _bead_scores(texts: _Texts, low: list[int], high: list[int]) -> dict[tuple[int, int], _Grid]:
    """For each bead type (a, b) the score of the bead that begins at (i, low[i] + k), shape (n + 1, band)."""
    n, m = texts.n, texts.m
    width = max(h - lo for lo, h in zip(low, high, strict=True)) + 1
    rows = np.arange(n + 1)[:, None]
    columns = np.array(low)[:, None] + np.arange(width)[None, :]
    inside = columns <= np.array(high)[:, None]
    scores: dict[tuple[int, int], _Grid] = {}
    for a in range(1, min(MAX_SIDE, n) + 1):
        for b in range(1, min(MAX_SIDE, MAX_SUM - a, m) + 1):
            ok = inside & (rows + a <= n) & (columns + b <= m)
            i, k = np.nonzero(ok)
            grid = np.full((n + 1, width), _NEVER)
            if len(i):
                grid[i, k] = _scored(texts, i, columns[i, k], a, b)
            scores[a, b] = grid
    return scores


def _scored(texts: _Texts, i: npt.NDArray[np.int64], j: npt.NDArray[np.int64], a: int, b: int) -> _Grid:
    """Scores of the beads of a English and b Chinese sentences that begin at (i, j)."""
    left, right = texts.left[a - 1][i], texts.right[b - 1][j]
    similar = np.einsum("ij,ij->i", left, right).astype(np.float64)
    outside = _beside(left, texts.right[0], j, b, texts.m) + _beside(right, texts.left[0], i, a, texts.n)
    score = similar - _MARGIN * outside / 2 + _ANCHORS * texts.anchors.of(i, i + a, j, j + b)
    length_en = texts.length_en[i + a] - texts.length_en[i]
    length_zh = (texts.length_zh[j + b] - texts.length_zh[j]) * texts.ratio
    even = np.log2(1 + np.minimum(length_en, length_zh) / np.maximum(length_en, length_zh)) ** _LENGTH_POWER
    score = np.where(score > 0, score * even, score)
    spread = ((a + b) / 2) ** 0.1  # a bead of many sentences stands for several beads
    total = np.where(score > 0, score * spread, score) + 0.01 * (a + b - 2) - _PLAIN
    return np.asarray(total, dtype=np.float64)


def _beside(inner: Floats, others: Floats, at: npt.NDArray[np.int64], count: int, n: int) -> _Grid:
    """Mean similarity of each run to the sentences just before and after its counterpart."""
    before, after = at - 1, at + count
    has_before, has_after = before >= 0, after < n
    to_before = np.einsum("ij,ij->i", inner, others[np.maximum(before, 0)]) * has_before
    to_after = np.einsum("ij,ij->i", inner, others[np.minimum(after, n - 1)]) * has_after
    return np.asarray((to_before + to_after) / np.maximum(1, has_before.astype(int) + has_after), dtype=np.float64)


def _decode(
    scores: dict[tuple[int, int], _Grid], low: list[int], high: list[int], price: float
) -> list[tuple[int, int, int, int]]:
    """The best path as (i, j, a, b): the bead of a and b sentences that ends before (i, j)."""
    n, m = len(low) - 1, high[-1]
    width = max(h - lo for lo, h in zip(low, high, strict=True)) + 1
    total = np.full((n + 1, width), -math.inf)
    came: list[list[tuple[int, int]]] = [[(0, 0)] * width for _ in range(n + 1)]
    total[0, 0] = 0.0
    for i in range(n + 1):
        size = high[i] - low[i] + 1
        row = total[i]
        if i:
            for a, b in [(1, 0), *scores]:
                _extend(total, came, scores, i, a, b, low, high, price)
        for k in range(1, size):
            if row[k - 1] + price > row[k]:
                row[k] = row[k - 1] + price
                came[i][k] = (0, 1)
    path = []
    i, j = n, m
    while i or j:
        a, b = came[i][j - low[i]]
        path.append((i, j, a, b))
        i, j = i - a, j - b
    return path[::-1]


def _extend(
    total: _Grid,
    came: list[list[tuple[int, int]]],
    scores: dict[tuple[int, int], _Grid],
    i: int,
    a: int,
    b: int,
    low: list[int],
    high: list[int],
    price: float,
) -> None:
    """Try the bead type (a, b) as the last one for every position of row i."""
    start = i - a
    if start < 0:
        return
    first = max(low[i], low[start] + b)
    last = min(high[i], high[start] + b)
    if last < first:
        return
    here = slice(first - low[i], last - low[i] + 1)
    there = slice(first - b - low[start], last - b - low[start] + 1)
    gain = total[start, there] + (scores[a, b][start, there] if b else price)
    better = gain > total[i, here]
    for k in np.nonzero(better)[0]:
        came[i][here.start + int(k)] = (a, b)
    total[i, here] = np.where(better, gain, total[i, here])
