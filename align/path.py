"""Two lists of sentence vectors in, the corners of the path along which they translate each other out.

A first pass: only sentences that are each other's best match count, each with one other, and leaving sentences alone
is free, so that a missing chapter costs nothing. Long texts are looked at in groups of sentences first and sentence by
sentence only near that coarse path, so that time and memory grow with the length and not with its square.
"""

from itertools import pairwise

import numpy as np
import numpy.typing as npt

from .encoder import Floats
from .threads import one_thread

Corner = tuple[int, int]
Integers = npt.NDArray[np.int64]
_CELLS = 4_000_000  # of a grid that is looked at whole
_BEST = 4  # a match is among so many best of its row and of its column
_REACH = 4  # groups before and after each step of the coarse path that the fine one may use


def first_path(left: Floats, right: Floats) -> list[Corner]:
    """Corners (i, j) of the path, from (0, 0) to (n, m): at each, i and j vectors lie behind.

    `left` has shape (n, d), `right` (m, d); the rows are unit vectors. Between two corners the path is not known.

    >>> first_path(np.eye(3, dtype=np.float32), np.eye(3, dtype=np.float32))
    [(0, 0), (1, 1), (2, 2), (3, 3)]
    """
    n, m = len(left), len(right)
    if n * m <= _CELLS:
        whole = np.zeros(n, dtype=np.int64)
        return _path(left, right, whole, whole + m)
    group = int(np.ceil(np.sqrt(n * m / _CELLS)))
    coarse = [(i * group, j * group) for i, j in first_path(_grouped(left, group), _grouped(right, group))]
    coarse = [*((i, j) for i, j in coarse if i < n and j < m), (n, m)]
    low, high = np.full(n, m), np.zeros(n, dtype=np.int64)
    for (i0, j0), (i1, j1) in pairwise(coarse):
        rows = slice(max(0, i0 - _REACH * group), min(n, i1 + _REACH * group))
        low[rows] = np.minimum(low[rows], max(0, j0 - _REACH * group))
        high[rows] = np.maximum(high[rows], min(m, j1 + _REACH * group))
    return _path(left, right, np.minimum.accumulate(low[::-1])[::-1], np.maximum.accumulate(high))


def _grouped(vectors: Floats, size: int) -> Floats:
    """Unit vectors of groups of rows, less what all rows have in common: or groups would all be alike."""
    sums = np.add.reduceat(vectors - vectors.mean(0), np.arange(0, len(vectors), size), axis=0)
    return np.asarray(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9), dtype=np.float32)


def _path(left: Floats, right: Floats, low: Integers, high: Integers) -> list[Corner]:
    """The path through the cells low[i] … high[i]-1 of each row i; both rise with i."""
    n, m = len(left), len(right)
    rows = _matches(left, right, low, high)
    came: list[npt.NDArray[np.int8]] = []
    total = np.zeros(m + 1)  # of the row before, for every column up to `reached`
    reached = 0
    for i, gain in enumerate(rows):
        begin, end = int(low[i]), int(high[i])
        total[reached + 1 : end + 1] = total[reached]  # columns not reached before: their best lies to the left
        reached = end
        above = total[begin : end + 1].copy()
        step = above.copy()
        step[1:] = np.maximum(step[1:], above[:-1] + gain)
        row = np.maximum.accumulate(step)
        taken = np.zeros(end - begin + 1, dtype=np.int8)
        taken[1:] = np.where(row[1:] > step[1:], 2, np.where(above[:-1] + gain > above[1:], 1, 0))
        came.append(taken)
        total[begin : end + 1] = row
    corners = {(0, 0), (n, m)}
    i, j = n, m
    while i and j:
        j = min(j, int(high[i - 1]))
        move = came[i - 1][j - low[i - 1]] if j >= low[i - 1] else 0
        if move == 1:
            corners.add((i, j))
            i, j = i - 1, j - 1
        elif move == 2:
            j -= 1
        else:
            i -= 1
    return sorted(corners)


def _matches(left: Floats, right: Floats, low: Integers, high: Integers) -> list[npt.NDArray[np.float64]]:
    """For each row the gain of each of its cells: 0 but for cells among the best of their row and their column."""
    n, m = len(left), len(right)
    size = max(1, min(256, _CELLS // max(1, m)))
    best_of_column = np.full((_BEST, m), -1.0, dtype=np.float32)
    with one_thread():
        blocks = [
            (begin, left[begin : begin + size] @ right[low[begin] : high[min(n, begin + size) - 1]].T)
            for begin in range(0, n, size)
        ]
    for begin, block in blocks:
        columns = slice(int(low[begin]), int(low[begin]) + block.shape[1])
        both = np.concatenate([best_of_column[:, columns], block])
        best_of_column[:, columns] = np.partition(both, len(both) - _BEST, axis=0)[len(both) - _BEST :]
    of_column = np.sort(best_of_column, axis=0)[_BEST - min(_BEST, n)]
    gains = []
    for begin, block in blocks:
        for k, row in enumerate(block):
            i = begin + k
            similar = row[low[i] - low[begin] : high[i] - low[begin]]
            count = min(_BEST, len(similar))
            of_row = np.partition(similar, len(similar) - count)[len(similar) - count] if count else 0.0
            columns = of_column[low[i] : high[i]]
            mutual = (similar >= of_row) & (similar >= columns)
            gains.append(np.where(mutual, similar - 0.5 * (of_row + columns) + 1e-3 * similar, 0.0).astype(np.float64))
    return gains
