"""Edit distances within a beam, as sacrebleu computes them: not the least number of edits where the beam binds.

In row i of the table (words of the hypothesis) only columns (words of the reference) near i·n/m are filled; a path that
needs others is not found. Nearly always it needs none, and then the distance is Levenshtein's.
"""

import math
from collections import deque
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from .ter_pairs import Ints, Words

_BEAM = 25  # columns to either side, in Tercom and sacrebleu
_NEVER = 1 << 28  # more edits than any path has
_CLEAR = 2 * _BEAM - 4  # see beam_is_clear
_CELLS = 1 << 21  # of rows computed at once
Row = tuple[int, NDArray[np.int32]]  # the first column of a row of the table, and what stands from there on


def beam_widths(reference: Ints, hypothesis: Ints) -> Ints:
    """How many columns the beam has to either side, by the lengths of the texts.

    >>> beam_widths(np.array([20, 600]), np.array([20, 3])).tolist()
    [25, 125]
    """
    half = reference / hypothesis / 2
    return np.where(half > _BEAM, np.ceil(half + _BEAM), _BEAM).astype(np.int64)


def beam_is_clear(edits: Ints, hypothesis: Ints, reference: Ints) -> NDArray[np.bool_]:
    """Where no path of so many edits between texts of these lengths can leave the beam.

    A path of d edits has I insertions and D deletions, I + D <= d and I - D = n - m; so I and D are at most
    s = (d + |n - m|) / 2, and the smaller of them at most s - |n - m|. In row i the path keeps to the columns
    i - D .. i + I. The middle of the beam, floor(i·n/m), lies in i .. i + n - m if n >= m, in i - (m - n) - 1 .. i
    if n < m (less one for rounding). So the path is at most I = s columns to the right of the middle (if n < m:
    I + m - n + 1 <= s + 1), and at most D + n - m <= s to the left (D <= s). The beam has 24 columns to the right and
    25 to the left: s <= 23 will do.

    >>> beam_is_clear(np.array([46, 40]), np.array([100, 100]), np.array([100, 107])).tolist()
    [True, False]
    """
    clear: NDArray[np.bool_] = edits + np.abs(reference - hypothesis) <= _CLEAR
    return clear


def keeps_in_beam(edits: int, hypothesis: str, reference: str) -> bool:
    """True if a path of least edits, so many, is sure to keep within the beam; False leaves it open.

    Along a run of steps of one kind the distance to the middle of the beam only grows or only shrinks: of one path, the
    ends of its runs are enough to look at.

    >>> keeps_in_beam(2, "otter", "other")
    True
    """
    m, n = len(hypothesis), len(reference)
    if edits + abs(n - m) <= _CLEAR:
        return True
    half, ratio = _width(m, n), n / m
    return all(
        middle - half <= j < middle + half
        for code in Levenshtein.opcodes(hypothesis, reference)
        for i, j in ((code.src_start, code.dest_start), (code.src_end, code.dest_end))
        for middle in [math.floor(i * ratio)]
    )


def beam_distances(hypotheses: Words, reference: Words) -> Ints:
    """The distance of each of some hypotheses of one length (C, m) to a reference (n,); neither is empty."""
    at_once = max(1, _CELLS // (2 * _width(hypotheses.shape[1], len(reference))))
    found = [np.zeros(0, np.int64)]
    for start in range(0, len(hypotheses), at_once):
        ((_, last),) = deque(_rows(hypotheses[start : start + at_once], reference), maxlen=1)
        found.append(last[:, -1].astype(np.int64))
    return np.concatenate(found)


def beam_path(hypothesis: Words, reference: Words) -> list[tuple[int, int, str]]:
    """The cells of sacrebleu's path from the last to the first, each with the step to it: "=", "s", "d" or "i".

    At each cell it prefers the diagonal, then a deletion.

    >>> beam_path(np.array([1, 2]), np.array([2]))
    [(2, 1, '='), (1, 0, 'd')]
    """
    rows = [(low, row[0].tolist()) for low, row in _rows(hypothesis[None, :], reference)]

    def cost(i: int, j: int) -> int:
        low, row = rows[i]
        return row[j - low] if 0 <= j - low < len(row) else _NEVER

    i, j = len(hypothesis), len(reference)
    path = []
    while i or j:
        here = cost(i, j)
        differ = bool(i and j and hypothesis[i - 1] != reference[j - 1])
        if i and j and cost(i - 1, j - 1) + differ == here:
            path.append((i, j, "s" if differ else "="))
            i, j = i - 1, j - 1
        elif i and cost(i - 1, j) + 1 == here:
            path.append((i, j, "d"))
            i -= 1
        else:
            path.append((i, j, "i"))
            j -= 1
    return path


def _width(m: int, n: int) -> int:
    return int(beam_widths(np.array([n]), np.array([m]))[0])


def _rows(hypotheses: Words, reference: Words) -> Iterator[Row]:
    """The rows of the tables (C, columns in the beam), from row 0.

    Two buffers take turns. Column j stands at j + 1, so that the first has a left neighbour, too; what a row did not
    fill and the next one reads is set to "never" before.
    """
    count, m = hypotheses.shape
    n = len(reference)
    half, ratio = _width(m, n), n / m
    column = np.arange(n + 1, dtype=np.int32)
    against = np.concatenate([[-1], reference]).astype(np.int32)
    before = np.full((count, n + 2), _NEVER, np.int32)
    now = before.copy()
    before[:, 1:] = column
    low, high = 0, n + 1
    yield 0, before[:, 1:]
    for i in range(1, m + 1):
        middle = math.floor(i * ratio)
        start, end = max(0, middle - half), min(n + 1, middle + half)
        if i == m:
            end = n + 1
        before[:, low] = _NEVER
        before[:, high + 1 : end + 1] = _NEVER
        low, high = start, end
        step = before[:, low:high] + (against[low:high] != hypotheses[:, i - 1, None])
        step = np.minimum(step, before[:, low + 1 : high + 1] + 1)
        step -= column[low:high]  # an insertion costs one a column: the least to the left, less its column, is kept
        np.minimum.accumulate(step, axis=1, out=step)
        step += column[low:high]
        now[:, low + 1 : high + 1] = step
        yield low, step
        before, now = now, before
