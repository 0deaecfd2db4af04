"""Edits of hypotheses towards their references, with shifts of blocks: sacrebleu's, for many pairs at once.

Shifts are made one at a time, always the one that saves most edits, until none saves any. What makes it fast, and
changes no number:

- A round in which sacrebleu reaches its limit of candidates changes nothing, so they are counted before any is tried.
- A shift changes no words, so that no distance is less than the words of the longer text less those that both have. A
  pair that is down to that is done.
- Distances are Levenshtein's, of which rapidfuzz computes 64 cells at a time, wherever sacrebleu's beam does not bind.
  A beam makes no distance less: what is no better without one is no better with it, and what is best without one is
  best if it is proved to be the same with it. Where that fails, sacrebleu's own programme runs (ter_alone).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heapreplace
from itertools import repeat

import numpy as np
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cpdist

from .ter_alignment import align
from .ter_alone import count_alone
from .ter_beam import beam_distances, beam_is_clear, keeps_in_beam
from .ter_pairs import Ints, Pairs, Words
from .ter_shifts import find_shifts

_LONGEST = 2000  # words of a text that is aligned together with others: tables grow with the product of the lengths
_CELLS = 1 << 24  # of tables made at once
_FEW = 128  # pairs that are aligned together though their lengths differ
_SIGNS = tuple(map(chr, range(1, _LONGEST + 1)))
_OTHER = "\0"  # every word that the reference does not have


@dataclass(slots=True)
class _Pair:
    """One pair on its way, its words as characters; `edits` is its distance now, `floor` the least it can come to."""

    place: int
    hypothesis: str
    reference: str
    edits: int
    floor: int
    shifts: int = 0
    checked: int = 0


def count_edits(pairs: Sequence[tuple[Sequence[str], Sequence[str]]]) -> Ints:
    """How many edits make each hypothesis its reference, of pairs of words (hypothesis, reference).

    An edit inserts, deletes or replaces a word, or shifts a block of words that agrees with one of the reference. They
    are those that sacrebleu 2.6.0 finds (`lib_ter.translation_edit_rate`), not always the fewest.

    >>> count_edits([("a b c d".split(), "c d a b".split()), ("a b".split(), "a c d".split())]).tolist()
    [1, 2]
    """
    edits = np.zeros(len(pairs), np.int64)
    places, hypotheses, references = [], [], []
    for place, (hypothesis, reference) in enumerate(pairs):
        if hypothesis == reference:
            continue
        if not hypothesis or not reference:
            edits[place] = len(hypothesis) or len(reference)
        elif max(len(hypothesis), len(reference)) > _LONGEST:
            edits[place] = count_alone(*_numbers(hypothesis, reference))
        else:
            signs = dict(zip(reference, _SIGNS, strict=False))
            places.append(place)
            hypotheses.append("".join(map(signs.get, hypothesis, repeat(_OTHER))))
            references.append("".join(map(signs.__getitem__, reference)))
    distances = cpdist(hypotheses, references, scorer=Levenshtein.distance, dtype=np.int32)
    edits[places] = distances
    waiting = []
    for row, floor in _improvable(hypotheses, references, distances):
        waiting.append(_Pair(places[row], hypotheses[row], references[row], int(distances[row]), floor))
    while waiting:
        waiting = [pair for chunk in _chunks(waiting) for pair in _round(chunk, edits)]
    return edits


def _numbers(hypothesis: Sequence[str], reference: Sequence[str]) -> tuple[Words, Words]:
    numbers = {word: number for number, word in enumerate(reference, 1)}
    coded = [numbers.get(word, 0) for word in hypothesis]
    return np.array(coded, np.int32), np.array([numbers[word] for word in reference], np.int32)


def _improvable(hypotheses: list[str], references: list[str], distances: Words) -> list[tuple[int, int]]:
    """The pairs that shifts may improve, or whose distances may be greater within the beam; with their floors."""
    m, n = (np.fromiter(map(len, texts), np.int64, len(texts)) for texts in (hypotheses, references))
    # The words both have are the least of how often each has them, word by word. A pair has at most n + 1 of them.
    first = np.cumsum(n + 1) - n - 1
    total = int((n + 1).sum())
    counts = [
        np.bincount(_codes("".join(texts)) + np.repeat(first, lengths), minlength=total)
        for texts, lengths in ((hypotheses, m), (references, n))
    ]
    floors = np.maximum(m, n) - np.add.reduceat(np.minimum(*counts), first) if total else m
    rows = np.flatnonzero((distances > floors) | ~beam_is_clear(distances.astype(np.int64), m, n))
    return list(zip(rows.tolist(), floors[rows].tolist(), strict=True))


def _chunks(pairs: list[_Pair]) -> Iterator[list[_Pair]]:
    """The pairs in groups of like lengths and distances, which are worked on as one."""
    pairs = sorted(pairs, key=lambda pair: (pair.edits // 64, len(pair.hypothesis)))
    start = least = longest = 0
    for end, pair in enumerate(pairs):
        m, n = len(pair.hypothesis), len(pair.reference)
        longest = max(longest, n)
        size = end - start
        cells = size * (m + 1) * (64 * (pair.edits // 64 + 1) + longest)
        if size and (cells > _CELLS or (size >= _FEW and (m > least + least // 4))):
            yield pairs[start:end]
            start, longest = end, n
        if start == end:
            least = m
    if pairs:
        yield pairs[start:]


def _arrays(chunk: list[_Pair]) -> Pairs:
    hypotheses, references = [pair.hypothesis for pair in chunk], [pair.reference for pair in chunk]
    coded, against = _padded(hypotheses), _padded(references)
    m, n = (np.array([len(text) for text in texts]) for texts in (hypotheses, references))
    return Pairs(coded, np.where(against, against, -1), m, n)


def _padded(texts: list[str]) -> Words:
    """Characters as numbers, one text a row, filled with 0."""
    longest = max(map(len, texts))
    return _codes("".join([text.ljust(longest, "\0") for text in texts])).reshape(len(texts), longest)


def _codes(text: str) -> Words:
    return np.frombuffer(text.encode("utf-32-le"), "<i4").astype(np.int32)


def _round(chunk: list[_Pair], edits: Ints) -> Iterator[_Pair]:
    """The pairs that were improved by a shift and may be by another; the edits of all are put down."""
    pairs = _arrays(chunk)
    alignments, proved = align(pairs, np.array([pair.edits for pair in chunk]))
    open_ = []
    for row, (pair, sure) in enumerate(zip(chunk, proved.tolist(), strict=True)):
        if not sure:
            hypothesis = pairs.hypotheses[row, : len(pair.hypothesis)]
            reference = pairs.references[row, : len(pair.reference)]
            edits[pair.place] = count_alone(hypothesis, reference, pair.shifts, pair.checked)
        elif pair.edits > pair.floor:
            open_.append(row)
    if not open_:
        return
    chunk = [chunk[row] for row in open_]
    checked = np.array([pair.checked for pair in chunk])
    shifts, counted = find_shifts(pairs.only(open_), alignments.only(open_), checked)
    tried: list[list[_Shifted]] = [[] for _ in chunk]
    for row, size, start, target, low, middle, high in zip(*(column.tolist() for column in shifts), strict=True):
        pair = chunk[row]
        text = pair.hypothesis
        text = text[:low] + text[middle:high] + text[low:middle] + text[high:]
        distance = Levenshtein.distance(text, pair.reference, score_cutoff=pair.edits - 1)
        if distance < pair.edits:
            tried[row].append((distance, -size, start, target, text, False))
    for pair, candidates, seen in zip(chunk, tried, counted.tolist(), strict=True):
        best = _best(candidates, pair)
        if best is None:
            continue
        pair.edits, pair.hypothesis = best
        pair.shifts += 1
        pair.checked = seen
        edits[pair.place] = pair.shifts + pair.edits
        if pair.edits > pair.floor:
            yield pair


_Shifted = tuple[int, int, int, int, str, bool]  # edits, less its size, start, target, what it makes, edits in the beam


def _best(candidates: list[_Shifted], pair: _Pair) -> tuple[int, str] | None:
    """The edits and the text of the shift that sacrebleu makes: the most saved, the longest, the leftmost."""
    heapify(candidates)
    while candidates:
        distance, size, start, target, text, proved = candidates[0]
        if proved or keeps_in_beam(distance, text, pair.reference):
            return distance, text
        distance = int(beam_distances(_padded([text]), _padded([pair.reference])[0])[0])
        if distance < pair.edits:
            heapreplace(candidates, (distance, size, start, target, text, True))
        else:
            heappop(candidates)
    return None
