"""Scores of beads near a path in; the best chain of beads, and how probable each bead is, out.

The chains are those of a semi-Markov random field (Sarawagi & Cohen 2004): a bead of a and b sentences that ends at
(i, j) follows any bead that ends at (i - a, j - b). Sums and maxima run over the diagonals i + j = d, on each of which
all cells are independent. Where lone sentences of both sides meet, those of the first side come first: in any order
they would be many chains for one alignment, and their sum would drown the rest. A band of cells around the path keeps
all linear in the length of the texts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from .path import Corner

MAX_SIDE, MAX_SUM = 6, 8  # sentences of one side of a bead, and of both
_SIDES = range(1, MAX_SIDE + 1)
TYPES = ((1, 0), (0, 1), *((a, b) for a in _SIDES for b in _SIDES if a + b <= MAX_SUM))
LONE_KINDS = (0, 1)  # of TYPES: one sentence of the one side, or of the other, alone
HALF = 8  # cells on either side of the path, on each diagonal
WIDTH = 2 * HALF + 1
NEVER = -1e9
Scores = npt.NDArray[np.floating[Any]]
Integers = npt.NDArray[np.int64]
_A = np.array([a for a, _ in TYPES])
_SUM = np.array([a + b for a, b in TYPES])
_CELLS = np.arange(WIDTH)
_LONE_EN, _LONE_ZH = LONE_KINDS
_NOT_LONE_EN, _NOT_LONE_ZH = slice(1, None), [t for t in range(len(TYPES)) if t != _LONE_ZH]
_ANY, _OPEN = 0, 1  # states of a chain: whatever its last bead, and where that is no lone sentence of the second side
_PAD = MAX_SUM  # cells beside the band, where no chain is
_ROW = WIDTH + 2 * _PAD
_INNER = slice(_PAD, _PAD + WIDTH)


@dataclass(frozen=True, slots=True, eq=False)
class Band:
    """The cells near a path: on diagonal d the cells i = base[d] … base[d] + WIDTH - 1, j = d - i.

    `n` and `m` are the sentences of both sides; cells outside 0 … n and 0 … m are no cells.
    """

    base: Integers
    n: int
    m: int

    def cells(self, first: int, last: int) -> tuple[Integers, Integers]:
        """i and j of the cells of diagonals first … last-1, each of shape (last - first, WIDTH)."""
        i = self.base[first:last, None] + _CELLS
        return i, np.arange(first, last)[:, None] - i

    def columns(self, row: int) -> tuple[int, int]:
        """Lowest and highest j of the cells with i = row, both inclusive."""
        # base rises by 0 or 1 a diagonal, so d - i runs on: the first diagonal that has i … the last
        first = int(np.searchsorted(self.base, row - WIDTH + 1, side="left"))
        last = int(np.searchsorted(self.base, row, side="right")) - 1
        return max(0, first - row), min(self.m, last - row)


class Step(NamedTuple):
    """A bead of type TYPES[kind] that ends before sentence i of the one side and j of the other."""

    i: int
    j: int
    kind: int
    cell: int


def band_around(path: Sequence[Corner]) -> Band:
    """The band around a path that begins at (0, 0) and ends at (n, m).

    >>> band_around([(0, 0), (2, 2)]).columns(1)
    (0, 2)
    """
    n, m = path[-1]
    along = np.array([i + j for i, j in path])
    middle = np.interp(np.arange(n + m + 1), along, np.array([i for i, _ in path]))
    return Band(np.rint(middle).astype(np.int64) - HALF, n, m)


class Lattice:
    """The chains of one band, for any scores of its beads."""

    def __init__(self, band: Band) -> None:
        """Where each bead of each cell comes from, for all diagonals at once."""
        self.band = band
        self._length = band.n + band.m
        d = np.arange(self._length + 1)[:, None]
        before = np.maximum(d - _SUM, -1)  # diagonal on which a bead begins; -1 is before the text
        self._shift = band.base[:, None] - band.base[np.maximum(before, 0)] - _A  # and how far its cell lies
        rows = before + MAX_SUM
        rows[:, _LONE_EN] += self._length + 1 + MAX_SUM  # those of _OPEN
        self._sources = (rows * _ROW + _PAD + self._shift)[:, :, None]
        # Beyond the text rows are asked that nothing has been put in yet: they stay at NEVER.
        rows = (d + _SUM) % (MAX_SUM + 1) * len(TYPES) + np.arange(len(TYPES))
        after = band.base[:, None] - band.base[np.minimum(d + _SUM, self._length)] + _A
        self._targets = (rows * _ROW + _PAD + after)[:, :, None]

    def allowed(self, first: int, last: int) -> npt.NDArray[np.bool_]:
        """Which beads may end in the cells of diagonals first … last-1, shape (last - first, types, WIDTH)."""
        i, j = self.band.cells(first, last)
        a, b = _A[:, None], (_SUM - _A)[:, None]
        inside = (i >= 0) & (i <= self.band.n) & (j >= 0) & (j <= self.band.m)
        at = _CELLS + self._shift[first:last, :, None]
        allowed: npt.NDArray[np.bool_] = (
            inside[:, None] & (i[:, None] >= a) & (j[:, None] >= b) & (at >= 0) & (at < WIDTH)
        )
        return allowed

    def best(self, scores: Scores) -> list[Step]:
        """The best chain, first bead first; `scores` has shape (n + m + 1, types, WIDTH), NEVER where none may end."""
        ahead = self._start()
        came = np.zeros((2, self._length + 1, WIDTH), dtype=np.int8)
        for d in range(1, self._length + 1):
            reached = ahead.take(self._places(d)) + scores[d]
            for state, kinds in ((_ANY, slice(None)), (_OPEN, _NOT_LONE_ZH)):
                came[state, d] = reached[kinds].argmax(0)
                ahead[state, d + MAX_SUM, _INNER] = np.maximum(reached[kinds].max(0), 2 * NEVER)
        came[_OPEN] += came[_OPEN] >= _LONE_ZH  # numbers among the rest → numbers among all
        steps: list[Step] = []
        i, j, state = self.band.n, self.band.m, _ANY
        while i or j:
            k = i - int(self.band.base[i + j])
            kind = int(came[state, i + j, k])
            steps.append(Step(i, j, kind, k))
            a, b = TYPES[kind]
            i, j, state = i - a, j - b, _OPEN if kind == _LONE_EN else _ANY
        return steps[::-1]

    def probabilities(self, scores: Scores) -> Scores:
        """How probable each bead is among all chains, exp(score) being the odds; shape as `scores`."""
        return self.sums(scores)[0]

    def sums(self, scores: Scores) -> tuple[Scores, float]:
        """The probabilities of all beads, and the logarithm of the sum over all chains."""
        ahead = self._start()
        for d in range(1, self._length + 1):
            reached = ahead.take(self._places(d)) + scores[d]
            rest = np.maximum(_log_sum(reached[_NOT_LONE_ZH]), 2 * NEVER)
            ahead[_OPEN, d + MAX_SUM, _INNER] = rest
            ahead[_ANY, d + MAX_SUM, _INNER] = np.logaddexp(rest, reached[_LONE_ZH])
        # The same sums from the end. `given` is what a chain that goes on with a bead has ahead of it; a cell asks the
        # beads that begin in it, each of which lies in its own cell of a later diagonal.
        given = np.full((MAX_SUM + 1, len(TYPES), _ROW), 2 * NEVER)  # of the last diagonals, by turns
        behind = np.full((2, WIDTH), 2 * NEVER)
        end = self.band.n - int(self.band.base[-1])
        behind[:, end] = 0.0
        whole = ahead[_ANY, -1, _PAD + end]
        out = np.zeros(scores.shape, dtype=np.float32)
        for d in range(self._length, -1, -1):
            if d < self._length:
                going_on = given.take(self._places_after(d))
                behind[0] = np.maximum(_log_sum(going_on), 2 * NEVER)
                behind[1] = np.maximum(_log_sum(going_on[_NOT_LONE_EN]), 2 * NEVER)
            here = given[d % (MAX_SUM + 1), :, _INNER]
            here[:] = scores[d] + behind[0]
            here[_LONE_ZH] = scores[d, _LONE_ZH] + behind[1]
            if d:
                out[d] = np.exp(np.minimum(ahead.take(self._places(d)) + here - whole, 0.0))
        return out, float(whole)

    def _start(self) -> Scores:
        total = np.full((2, self._length + 1 + MAX_SUM, _ROW), 2 * NEVER)
        total[:, MAX_SUM, _PAD - int(self.band.base[0])] = 0.0
        return total

    def _places(self, d: int) -> Integers:
        """Where in the sums the beads that end on diagonal d come from, shape (types, WIDTH)."""
        places: Integers = self._sources[d] + _CELLS
        return places

    def _places_after(self, d: int) -> Integers:
        """Where in `given` the beads that begin on diagonal d stand, shape (types, WIDTH)."""
        places: Integers = self._targets[d] + _CELLS
        return places


def _log_sum(values: Scores) -> Scores:
    """Logarithm of the sum of exponentials over the first axis."""
    top = values.max(0)
    total: Scores = top + np.log(np.exp(values - top).sum(0))
    return total
