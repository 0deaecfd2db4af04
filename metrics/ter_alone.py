"""Edits of one pair of texts under sacrebleu's beam, step by step: for long texts, and where the beam binds."""

import numpy as np

from .ter_beam import beam_distances, beam_path
from .ter_pairs import Alignments, Pairs, Words, unaligned
from .ter_shifts import MAX_CANDIDATES, Shifts, find_shifts

_CELLS = 1 << 22  # words of shifted texts held at once


def count_alone(hypothesis: Words, reference: Words, shifts: int = 0, checked: int = 0) -> int:
    """How many edits make the hypothesis the reference, neither empty, with the `shifts` already made.

    `checked` is how many shifts have been counted.

    >>> count_alone(np.array([1, 2, 3, 4], np.int32), np.array([3, 4, 1, 2], np.int32))
    1
    """
    while True:
        pairs, alignments, edits = _aligned(hypothesis, reference)
        found, counted = find_shifts(pairs, alignments, np.array([checked]))
        checked = int(counted[0])
        if checked >= MAX_CANDIDATES or not len(found.pair):
            return shifts + edits
        best, words = (edits, 0, 0, 0), hypothesis
        at_once = max(1, _CELLS // len(hypothesis))
        for first in range(0, len(found.pair), at_once):
            some = Shifts(*(column[first : first + at_once] for column in found))
            shifted = _shifted(hypothesis, some)
            distances = beam_distances(shifted, reference)
            k = int(np.lexsort((some.target, some.start, -some.size, distances))[0])  # as sacrebleu ranks them
            key = (int(distances[k]), -int(some.size[k]), int(some.start[k]), int(some.target[k]))
            if distances[k] < edits and key < best:
                best, words = key, shifted[k]
        if best[0] == edits:
            return shifts + edits
        hypothesis = words
        shifts += 1


def _aligned(hypothesis: Words, reference: Words) -> tuple[Pairs, Alignments, int]:
    """The pair and its alignment along sacrebleu's path, as a batch of one, and its edits."""
    m, n = len(hypothesis), len(reference)
    pairs = Pairs(hypothesis[None, :], reference[None, :], np.array([m]), np.array([n]))
    targets, hypothesis_wrong, reference_wrong = alignments = unaligned(pairs)
    edits = 0
    for i, j, step in beam_path(hypothesis, reference):
        wrong = step != "="
        edits += wrong
        if step != "d":
            targets[0, j] = i
            reference_wrong[0, j - 1] = wrong
        if step != "i":
            hypothesis_wrong[0, i - 1] = wrong
    return pairs, alignments, edits


def _shifted(words: Words, shifts: Shifts) -> Words:
    """What each shift makes of the words: those from `low` to `middle` exchanged with those from there to `high`."""
    place = np.arange(len(words))
    low, middle, high = shifts.low[:, None], shifts.middle[:, None], shifts.high[:, None]
    turn = low + high - middle  # where the second part ends, once it is the first
    source = np.where(place < turn, place + middle - low, place - high + middle)
    return words[np.where((place >= low) & (place < high), source, place)]
