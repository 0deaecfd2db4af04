"""The shifts of blocks of words that sacrebleu tries, and how many it counts."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .ter_pairs import Alignments, Ints, Pairs

MAX_CANDIDATES = 1000  # of one pair of texts; the round in which they are reached is not finished, and changes nothing
_MAX_SIZE = 10  # words of a block
_MAX_DISTANCE = 50  # words between its place in the hypothesis and in the reference
_CELLS = 1 << 21  # pairs of words compared at once


class Shifts(NamedTuple):
    """Shifts worth trying: of `pair`, `size` words from `start` on go before word `target`.

    What that does is to exchange the words `low` .. `middle` with those of `middle` .. `high`.
    """

    pair: Ints
    size: Ints
    start: Ints
    target: Ints
    low: Ints
    middle: Ints
    high: Ints


class _Runs(NamedTuple):
    """Word `i` of a hypothesis and `j` of its reference from which `least` .. `most` words agree and may be shifted."""

    pair: Ints
    i: Ints
    j: Ints
    least: Ints
    most: Ints


def find_shifts(pairs: Pairs, alignments: Alignments, checked: Ints) -> tuple[Shifts, Ints]:
    """The shifts of all pairs without those that change nothing, and how many of each pair sacrebleu has then counted.

    `checked` is how many it has counted before. There are no shifts of pairs that reach the limit, and their count may
    stop short anywhere above it.
    """
    # sacrebleu tries each place after a word of the block's counterpart, and the one before, once in succession.
    targets = alignments.targets
    changes = np.zeros(targets.shape, np.int64)
    np.cumsum(targets[:, 1:] != targets[:, :-1], axis=1, out=changes[:, 1:])
    summed = np.cumsum(changes, axis=1)
    counted = checked.copy()
    found = []
    rows = pairs.hypotheses.shape[1]
    width = _width(pairs)
    some = max(1, _CELLS // (len(checked) * (2 * width + 1)))
    for start in range(0, rows, some):
        runs = _runs(pairs, alignments, start, min(rows, start + some), width)
        pair, _, j, least, most = runs
        tried = (most - least + 1) * (1 - changes[pair, j]) + summed[pair, j + most] - summed[pair, j + least - 1]
        counted += np.bincount(pair, tried, minlength=len(checked)).astype(np.int64)
        found.append(_Runs(*(column[counted[pair] < MAX_CANDIDATES] for column in runs)))
        if (counted >= MAX_CANDIDATES).all():
            break
    runs = _Runs(*(np.concatenate(columns) for columns in zip(*found, strict=True)))
    below = counted[runs.pair] < MAX_CANDIDATES
    return _shifts(_Runs(*(column[below] for column in runs)), pairs, targets), counted


def _width(pairs: Pairs) -> int:
    return int(min(_MAX_DISTANCE, max(pairs.hypotheses.shape[1], pairs.references.shape[1]) - 1))


def _runs(pairs: Pairs, alignments: Alignments, start: int, end: int, width: int) -> _Runs:
    """The runs that begin with the words `start` .. `end` of the hypotheses."""
    hypotheses, references, _, _ = pairs
    count, rows = hypotheses.shape
    columns = references.shape[1]
    fringed = np.full((count, end - start + 2 * width), -1, np.int32)  # columns start - width .. end + width
    left, right = max(0, start - width), min(columns, end + width)
    if left < right:
        fringed[:, left - start + width : right - start + width] = references[:, left:right]
    windows = np.lib.stride_tricks.sliding_window_view(fringed, 2 * width + 1, axis=1)

    # A block must hold a wrong word, so must its counterpart, and the counterpart's first word must not be aligned
    # with a word of the block.
    words = hypotheses[:, start:end]
    wrong = _next(alignments.hypothesis_wrong)[:, start:end] - np.arange(start, end)
    pair, i = np.nonzero((words > 0) & (wrong < _MAX_SIZE))
    first, j = np.nonzero(windows[pair, i] == words[pair, i, None])
    pair, i = pair[first], i[first] + start
    j += i - width
    least = np.maximum(_next(alignments.hypothesis_wrong)[pair, i] - i, _next(alignments.reference_wrong)[pair, j] - j)
    least += 1
    aligned = alignments.targets[pair, j + 1] - 1 - i
    most = np.where(aligned >= 0, np.minimum(aligned, _MAX_SIZE), _MAX_SIZE)
    keep = least <= most
    pair, i, j, least, most = (column[keep] for column in (pair, i, j, least, most))

    length = np.ones(len(pair), np.int64)
    going = np.flatnonzero(most > 1)
    for step in range(1, _MAX_SIZE):
        a, b = i[going] + step, j[going] + step
        inside = (a < rows) & (b < columns)
        going, a, b = going[inside], a[inside], b[inside]
        going = going[hypotheses[pair[going], a] == references[pair[going], b]]
        length[going] += 1
    most = np.minimum(most, length)
    keep = least <= most
    return _Runs(*(column[keep] for column in (pair, i, j, least, most)))


def _next(wrong: NDArray[np.bool_]) -> Ints:
    """For every place the next one, from it on, where that is so; far away where there is none."""
    places = np.where(wrong, np.arange(wrong.shape[1]), 1 << 40)
    return np.minimum.accumulate(places[:, ::-1], axis=1)[:, ::-1]


def _shifts(runs: _Runs, pairs: Pairs, targets: Ints) -> Shifts:
    """All blocks of the runs, to all their targets."""
    sizes = runs.most - runs.least + 1
    run = np.repeat(np.arange(len(sizes)), sizes)
    size = runs.least[run] + _numbered(sizes)
    block = np.repeat(np.arange(len(size)), size + 1)
    place = runs.j[run][block] + _numbered(size + 1)
    pair, start, size = runs.pair[run][block], runs.i[run][block], size[block]
    target = targets[pair, place]

    # As sacrebleu has it: a target within the block, or at its end, moves it on by as many words.
    end = start + size
    length = pairs.hypothesis_lengths[pair]
    before = target < start
    low = np.where(before, target, start)
    middle = np.where(before, start, end)
    high = np.where(before, end, np.where(target > end, target, np.minimum(target + size, length)))
    shifts = Shifts(pair, size, start, target, low, middle, high)
    keep = (target != start) & (middle < high)
    shifts = Shifts(*(column[keep] for column in shifts))
    # The same block may go to the same place for the sake of several counterparts.
    key = ((shifts.pair * _next_power(length) + shifts.start) * _next_power(length) + shifts.target) * 16 + shifts.size
    first = np.unique(key, return_index=True)[1]
    return Shifts(*(column[first] for column in shifts))


def _next_power(lengths: Ints) -> int:
    return 1 << int(lengths.max(initial=0) + 1).bit_length()


def _numbered(counts: Ints) -> Ints:
    """0 .. count - 1 for each count, one after another."""
    return np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
