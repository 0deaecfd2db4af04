"""What speaks for a bead: the features of all beads that end on some diagonals, computed together.

The similarity of runs of sentences, that of the sentences beside them, the share of words and clauses that the two
sides hold of each other, lengths, and the stops and quotes at the ends. How much each counts is in bead_weights.py.
"""

import numpy as np
import numpy.typing as npt

from .bead_texts import Side, Texts
from .lattice import MAX_SIDE, MAX_SUM, TYPES, Integers, Scores
from .threads import one_thread

LONE = ("alone", "typical", "best match", "log length", "best words", "no full stop")
PAIRED = (
    *(f"type {name}" for name in ("1-1", "1-2", "2-1", "1-n", "2-2", "n-m")),
    *("similarity", "similarity × size", "beside", "beside × size", "typical"),
    *("words en", "words zh", "words × size", "words beside"),
    *("clauses en", "clauses zh", "clauses × size"),
    *("length ratio", "length deviation"),
    *("same stop", "other stop", "quote on one side", "no full stop en", "no full stop zh", "inner en", "inner zh"),
    *("least en", "least zh"),
)
_LOUD = (2, 3)  # codes of stops: exclamation and question mark
_AROUND = MAX_SIDE + 1  # sentences beside a cell that its features look at


class Block:
    """The beads that end on diagonals first … last-1.

    A cell stands between two sentences of each side; x is how many sentences before it a bound lies, -1 for one after.
    """

    def __init__(self, texts: Texts, first: int, last: int) -> None:
        """Take out of the texts what these diagonals need."""
        self._texts = texts
        en, zh = texts.en, texts.zh
        self._i, self._j = texts.band.cells(first, last)
        rows = max(0, int(self._i.min()) - _AROUND), min(len(en), max(0, int(self._i.max()) + 1))
        columns = max(0, int(self._j.min()) - _AROUND), min(len(zh), max(0, int(self._j.max()) + 1))
        left, right = (side.totals[slice(*at)].runs(MAX_SIDE) for side, at in ((en, rows), (zh, columns)))
        self._rows, self._columns = rows, columns
        # The similarities of all runs, one grid after the other; grid (a, b) begins at _grid[a, b].
        grids = [np.zeros(1)]
        self._grid = np.zeros((_AROUND + 1, _AROUND + 1), dtype=np.int64)
        self._width = np.zeros_like(self._grid)
        size = 1
        with one_thread():
            for a, one in enumerate(left, 1):
                for b, other in enumerate(right, 1):
                    if a + b <= MAX_SUM and len(one) and len(other):
                        grids.append((one @ other.T).astype(np.float64).ravel())
                        self._grid[a, b], self._width[a, b] = size, len(other)
                        size += len(grids[-1])
        self._similar = np.concatenate(grids)
        held = (
            en.words.block(rows, columns),
            zh.words.block(columns, rows).T,
            en.clauses.block(rows, columns),
            zh.clauses.block(columns, rows).T,
        )
        self._sums = [_summed(cells) for cells in held]

    def features(self, kind: int) -> Scores:
        """Features of the beads of TYPES[kind] in all cells, shape (features, diagonals, WIDTH): LONE or PAIRED.

        Cells where no such bead may end hold anything.
        """
        a, b = TYPES[kind]
        if not a or not b:
            return self._lone(self._texts.en, self._i) if a else self._lone(self._texts.zh, self._j)
        rows, cells = np.indices(self._i.shape).reshape(2, -1)
        return self.paired(np.full(len(rows), kind), rows, cells).reshape(len(PAIRED), *self._i.shape)

    def paired(self, kinds: Integers, diagonals: Integers, cells: Integers) -> Scores:
        """Features of beads of two sides, shape (PAIRED, beads): bead k is of TYPES[kinds[k]] and ends in a cell of a
        diagonal, counted from the first of the block."""
        a, b = _SIDE_EN[kinds], _SIDE_ZH[kinds]
        return _Beads(self, a, b, self._i[diagonals, cells], self._j[diagonals, cells]).features(_KIND_NAMES[kinds])

    def _lone(self, side: Side, at: Integers) -> Scores:
        k = np.clip(at - 1, 0, len(side) - 1)
        one = np.ones(k.shape)
        return np.stack([one, one * self._texts.typical, *side.lone[:, k]])


class _Beads:
    """Beads of a block: `a` sentences before bound `i` of the English and `b` before bound `j` of the Chinese."""

    def __init__(self, block: Block, a: Integers, b: Integers, i: Integers, j: Integers) -> None:
        self._block, self._texts = block, block._texts
        self._a, self._b, self._i, self._j = a, b, i, j
        self._one = np.ones(len(a), dtype=np.int64)

    def features(self, names: Integers) -> Scores:
        """Shape (PAIRED, beads); `names` are positions in _NAMES."""
        en, zh, a, b = self._texts.en, self._texts.zh, self._a, self._b
        i, i0 = np.clip(self._i, 0, len(en)), np.clip(self._i - a, 0, len(en))
        j, j0 = np.clip(self._j, 0, len(zh)), np.clip(self._j - b, 0, len(zh))
        one, none = self._one, 0 * self._one
        size = (a + b) / 2 - 1
        similar = self._cosine(a, b, a, b)
        beside = (
            _mean_where(
                (j0 > 0, self._cosine(a, one, a, b + 1)),
                (j < len(zh), self._cosine(a, one, a, none)),
            )
            + _mean_where(
                (i0 > 0, self._cosine(one, b, a + 1, b)),
                (i < len(en), self._cosine(one, b, none, b)),
            )
        ) / 2
        mass_en, mass_zh = (
            [np.maximum(side.before[row, end] - side.before[row, begin], floor) for row, floor in _FLOORS]
            for side, end, begin in ((en, i, i0), (zh, j, j0))
        )
        words_en, words_zh = self._held(0, a, none, b, none), self._held(1, a, none, b, none)
        around = (self._held(0, a, none, b + 1, -one) - words_en) / mass_en[0]
        around += (self._held(1, a + 1, -one, b, none) - words_zh) / mass_zh[0]
        words_en, words_zh = words_en / mass_en[0], words_zh / mass_zh[0]
        clauses_en = self._held(2, a, none, b, none) / mass_en[1]
        clauses_zh = self._held(3, a, none, b, none) / mass_zh[1]
        length_en = np.maximum(en.length[i] - en.length[i0], 1.0)
        length_zh = np.maximum(zh.length[j] - zh.length[j0], 1.0) * (en.length[-1] / zh.length[-1])
        stop_en, stop_zh = en.stop[i - 1], zh.stop[j - 1]
        loud = (stop_en == _LOUD[0]) | (stop_en == _LOUD[1]) | (stop_zh == _LOUD[0]) | (stop_zh == _LOUD[1])
        weak_en, weak_zh = en.before[2], zh.before[2]
        features = [
            *(names == k for k in range(len(_NAMES))),
            *(similar, similar * size, beside, beside * size, one * self._texts.typical),
            *(words_en, words_zh, (words_en + words_zh) * size, around),
            *(clauses_en, clauses_zh, (clauses_en + clauses_zh) * size),
            np.abs(np.log(length_en / length_zh)),
            # Gale and Church's squared deviation, with their variance of 6.8 a character
            np.minimum((length_en - length_zh) ** 2 / (10.2 * (length_en + length_zh)), 8.0),
            *(stop_en == stop_zh, (stop_en != stop_zh) & (stop_en > 0) & (stop_zh > 0) & loud),
            en.quoted[np.minimum(i0, len(en) - 1)] != zh.quoted[np.minimum(j0, len(zh) - 1)],
            *(weak_en[i] - weak_en[i - 1], weak_zh[j] - weak_zh[j - 1]),
            *(weak_en[i - 1] - weak_en[i0], weak_zh[j - 1] - weak_zh[j0]),
            *self._least(),
        ]
        return np.stack([np.asarray(feature, dtype=np.float64) for feature in features])

    def _least(self) -> list[Scores]:
        """On the side of several sentences, how like the whole other side the least similar one is."""
        one, none, typical = self._one, 0 * self._one, self._texts.typical
        least: list[Scores] = []
        for count, other in ((self._a, self._b), (self._b, self._a)):
            several = np.full(len(one), np.inf)
            for x in range(1, MAX_SIDE + 1):
                here = np.flatnonzero(count >= max(2, x))
                if len(here):
                    some = _Beads(self._block, self._a[here], self._b[here], self._i[here], self._j[here])
                    step, whole = one[here] * x, other[here]
                    sides = (one[here], whole, step, whole) if count is self._a else (whole, one[here], whole, step)
                    several[here] = np.minimum(several[here], some._cosine(*sides))
            least.append(np.where(count > 1, several - typical, none))
        return least

    def _cosine(self, a: Integers, b: Integers, x: Integers, y: Integers) -> Scores:
        """Similarity of the run of a sentences that begins x before the cell and that of b that begins y before it."""
        block = self._block
        row, column = self._i - block._rows[0] - x, self._j - block._columns[0] - y
        found: Scores = block._similar.take(block._grid[a, b] + row * block._width[a, b] + column, mode="clip")
        return found

    def _held(self, table: int, x0: Integers, x1: Integers, y0: Integers, y1: Integers) -> Scores:
        """What the sentences between bounds x0 and x1, and y0 and y1, hold of each other."""
        block, sums = self._block, self._block._sums[table]
        (top, bottom), (left, right) = (
            [np.clip(np.clip(at - x, 0, n) - low, 0, high - low) for x in (begin, end)]
            for at, begin, end, n, (low, high) in (
                (self._i, x0, x1, len(self._texts.en), block._rows),
                (self._j, y0, y1, len(self._texts.zh), block._columns),
            )
        )
        held: Scores = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
        return held


_SIDE_EN, _SIDE_ZH = np.array(TYPES).T
_NAMES = ("1-1", "1-2", "2-1", "1-n", "2-2", "n-m")
_FLOORS = ((0, 0.3), (1, 1.0))  # rows of Side.before with the least mass that is believed


def _mean_where(*parts: tuple[npt.NDArray[np.bool_], Scores]) -> Scores:
    """Mean of the values where they are there, 0 where none is."""
    total = sum(np.where(there, values, 0.0) for there, values in parts)
    return np.asarray(total / np.maximum(1, sum(there.astype(int) for there, _ in parts)))


def _type_name(a: int, b: int) -> str:
    """Group of a bead's type: long beads of one sentence are one, and all others of more than two sentences.

    >>> _type_name(1, 3), _type_name(2, 2), _type_name(2, 1), _type_name(3, 2)
    ('1-n', '2-2', '2-1', 'n-m')
    """
    if max(a, b) <= 2:
        return f"{a}-{b}"
    return "1-n" if min(a, b) == 1 else "n-m"


_KIND_NAMES = np.array([_NAMES.index(_type_name(a, b)) if a and b else -1 for a, b in TYPES])


def _summed(cells: Scores) -> Scores:
    out = np.zeros((cells.shape[0] + 1, cells.shape[1] + 1))
    out[1:, 1:] = cells.cumsum(0).cumsum(1)
    return out
