"""Two texts whose parts may stand in another order, or have no counterpart: the stretches to align one by one.

Strong sentence matches are chained along diagonals, as seeds are in genome alignment (Li 2018, minimap2); chains are
taken strongest first, where neither side is taken yet, and neighbours that keep their order on both sides are joined.
So a text in plain order is one chunk, and its beads are those of `align_sentences`.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from .beads import Bead, align_sentences
from .encoder import Encoder, load_encoder

Floats = npt.NDArray[np.float32]
Indices = npt.NDArray[np.int64]

_TOP = 4  # a match is among so many best of its row and of its column; the last of them is the background
_BLOCK = 4_000_000  # cells of the similarity that are held at once
_REACH = 40  # sentences of either side that a chain may leap
_SHIFT = 8  # a leap that differs by more between the sides may hide a part from elsewhere
_PER_SHIFT, _PER_STEP, _JUMP = 0.1, 0.01, 3.0  # what a leap and a jump cost, in strong matches
_MATCHES, _WEIGHT = 4, 3.0  # a chunk has so many matches, worth so many strong ones
_EXTRA, _UNEVEN = 25, 4  # a gap of so many sentences, and so many times the other side's, has no counterpart
_LOOK = 12  # sentences beyond the matches that a chunk may take at a ragged edge


class Chunk(NamedTuple):
    """English sentences en[0] … en[1]-1 and Chinese ones zh[0] … zh[1]-1, which follow each other in one order."""

    en: tuple[int, int]
    zh: tuple[int, int]


class _Match(NamedTuple):
    """English sentence i and Chinese sentence j are alike; a typical match weighs 1."""

    i: int
    j: int
    weight: float


def align_chunks(
    en: Sequence[str], zh: Sequence[str], encoder: Encoder | None = None, order: Literal["en", "zh"] = "zh"
) -> list[Bead]:
    """The beads of two lists of sentences, parts in any order; every sentence is in exactly one.

    They stand in the order of the side `order`; sentences of the other side without counterpart stand behind what
    they follow in their own text. Errors as for `align_sentences`, for each chunk.

    >>> [b.type for b in align_chunks(["It rains."], [])]
    ['1-0']
    """
    chunks = find_chunks(en, zh, encoder)
    if chunks == [Chunk((0, len(en)), (0, len(zh)))]:
        return align_sentences(en, zh, encoder)
    aligned: dict[Chunk, list[Bead]] = {}
    for chunk in chunks:
        beads = align_sentences(en[slice(*chunk.en)], zh[slice(*chunk.zh)], encoder)
        aligned[chunk] = [_moved(bead, chunk.en[0], chunk.zh[0]) for bead in beads]
    other: Literal["en", "zh"] = "en" if order == "zh" else "zh"
    for begin, end in _outside([getattr(chunk, other) for chunk in chunks], len(en) if other == "en" else len(zh)):
        chunk = _beside(chunks, other, begin)
        lone = _lone(en if other == "en" else zh, other, begin, end)
        aligned[chunk] = [*lone, *aligned[chunk]] if getattr(chunk, other)[0] > begin else [*aligned[chunk], *lone]
    parts = {getattr(chunk, order)[0]: beads for chunk, beads in aligned.items()}
    for begin, end in _outside([getattr(chunk, order) for chunk in chunks], len(zh) if order == "zh" else len(en)):
        parts[begin] = _lone(zh if order == "zh" else en, order, begin, end)
    return [bead for begin in sorted(parts) for bead in parts[begin]]


def find_chunks(en: Sequence[str], zh: Sequence[str], encoder: Encoder | None = None) -> list[Chunk]:
    """The chunks of two lists of sentences, in Chinese order; they share no sentence.

    Without evidence for anything else, one chunk of all. Time grows with the product of the lengths, memory does not.

    >>> find_chunks(["It rains."], ["下雨了。"])
    [Chunk(en=(0, 1), zh=(0, 1))]
    """
    whole = [Chunk((0, len(en)), (0, len(zh)))]
    if min(len(en), len(zh)) < _MATCHES:
        return whole
    vectors = (encoder or load_encoder()).encode([*en, *zh])
    left, right = vectors[: len(en)], vectors[len(en) :]
    # How long a sentence is, in UTF-8 bytes, for a Han character weighs about three Latin letters.
    length_en, length_zh = (sum(len(s.encode()) for s in side) / len(side) for side in (en, zh))
    slope = max(0.25, min(4.0, length_zh / max(length_en, 1.0)))
    pieces = _selected(_path(_matches(left, right), slope), len(en))
    return _edged(_joined(pieces, len(en), len(zh)), left, right) or whole


def _matches(left: Floats, right: Floats) -> list[_Match]:
    """Pairs that are among the best of both their sentences, by how far they rise above the background."""
    n, m = len(left), len(right)
    top = min(_TOP, n, m)
    of_row, row_values = np.empty((n, top), dtype=np.int64), np.empty((n, top), dtype=np.float32)
    of_column = np.zeros((top, m), dtype=np.int64)
    column_values = np.full((top, m), -np.inf, dtype=np.float32)
    step = max(1, _BLOCK // m)
    for begin in range(0, n, step):
        similar = left[begin : begin + step] @ right.T
        best = np.argpartition(-similar, top - 1, axis=1)[:, :top]
        of_row[begin : begin + step] = best
        row_values[begin : begin + step] = np.take_along_axis(similar, best, axis=1)
        height = min(top, len(similar))
        best = np.argpartition(-similar, height - 1, axis=0)[:height]
        values = np.concatenate([column_values, np.take_along_axis(similar, best, axis=0)])
        places = np.concatenate([of_column, best + begin])
        kept = np.argpartition(-values, top - 1, axis=0)[:top]
        column_values = np.take_along_axis(values, kept, axis=0)
        of_column = np.take_along_axis(places, kept, axis=0)
    rows, ranks = np.nonzero((of_column[:, of_row] == np.arange(n)[None, :, None]).any(axis=0))
    columns = of_row[rows, ranks]
    gain = row_values[rows, ranks] - (row_values.min(axis=1)[rows] + column_values.min(axis=0)[columns]) / 2
    strong = gain[(gain > 0) & (row_values[rows, ranks] == row_values.max(axis=1)[rows])]
    unit = float(np.median(strong)) if len(strong) else 1.0
    found = zip(rows.tolist(), columns.tolist(), (np.minimum(gain / unit, 2.0)).tolist(), strict=True)
    return sorted((_Match(i, j, weight) for i, j, weight in found if weight > 0), key=lambda match: (match.j, match.i))


def _path(matches: Sequence[_Match], slope: float) -> list[list[_Match]]:
    """The best walk through the matches in Chinese order, cut where it jumps or leaps unevenly in the English.

    `slope` is how many English sentences come on one Chinese. A jump to anywhere costs `_JUMP`.
    """
    columns, rows = (np.array([match[side] for match in matches], dtype=np.int64) for side in (1, 0))
    total = np.array([match.weight for match in matches])
    came = [-1] * len(matches)
    starts, stops = np.searchsorted(columns, columns - _REACH), np.searchsorted(columns, columns)
    best, farthest = -1, 0  # of all matches before the column
    for k in range(len(matches)):
        for q in range(farthest, stops[k]):
            best = q if best < 0 or total[q] > total[best] else best
        farthest = max(farthest, int(stops[k]))
        gain = 0.0
        if best >= 0 and total[best] - _JUMP > gain:
            came[k], gain = best, total[best] - _JUMP
        near = slice(starts[k], stops[k])
        across, down = columns[k] - columns[near], rows[k] - rows[near]
        cost = _PER_SHIFT * np.abs(down / slope - across) + _PER_STEP * across
        local = np.where((down > 0) & (down <= _REACH * max(1.0, slope)), total[near] - cost, 0.0)
        if len(local) and local.max() > gain:
            came[k], gain = int(starts[k] + local.argmax()), local.max()
        total[k] += gain
    path: list[_Match] = []
    k = int(total.argmax()) if len(total) else -1
    while k >= 0:
        path.append(matches[k])
        k = came[k]
    pieces: list[list[_Match]] = []
    for match in reversed(path):
        last = pieces[-1][-1] if pieces else match
        down, across = match.i - last.i, match.j - last.j
        if not pieces or down < 0 or abs(down / slope - across) > _SHIFT or across > _REACH:
            pieces.append([])
        pieces[-1].append(match)
    return pieces


def _selected(pieces: Sequence[Sequence[_Match]], n: int) -> list[Chunk]:
    """The stretches of the pieces, heaviest first, that share no English sentence; in Chinese order."""
    taken = np.zeros(n, dtype=bool)
    chosen: list[Chunk] = []
    for piece in sorted(pieces, key=_weight, reverse=True):
        free = [match for match in piece if not taken[match.i]]
        while free:  # what is taken may lie in the middle
            run = [match for match in free if not taken[free[0].i : match.i].any()]
            free = free[len(run) :]
            if len(run) >= _MATCHES and _weight(run) >= _WEIGHT:
                chunk = Chunk((run[0].i, run[-1].i + 1), (run[0].j, run[-1].j + 1))
                taken[slice(*chunk.en)] = True
                chosen.append(chunk)
    return sorted(chosen, key=lambda chunk: chunk.zh)


def _weight(matches: Sequence[_Match]) -> float:
    return sum(match.weight for match in matches)


def _joined(pieces: Sequence[Chunk], n: int, m: int) -> list[Chunk]:
    """The chunks: neighbours in order on both sides become one, and so do the ends of the texts."""
    if not pieces:
        return []
    ranks = {chunk: k for k, chunk in enumerate(sorted(pieces))}
    joined = [pieces[0]]
    for before, after in pairwise(pieces):
        if ranks[after] == ranks[before] + 1 and not _is_extra(after.en[0] - before.en[1], after.zh[0] - before.zh[1]):
            joined[-1] = Chunk((joined[-1].en[0], after.en[1]), (joined[-1].zh[0], after.zh[1]))
        else:
            joined.append(after)
    first, last = joined[0], joined[-1]
    if first.en[0] == min(chunk.en[0] for chunk in joined) and not _is_extra(first.en[0], first.zh[0]):
        joined[0] = first = Chunk((0, first.en[1]), (0, first.zh[1]))
    last = joined[-1]
    if last.en[1] == max(chunk.en[1] for chunk in joined) and not _is_extra(n - last.en[1], m - last.zh[1]):
        joined[-1] = Chunk((last.en[0], n), (last.zh[0], m))
    return joined


def _is_extra(one: int, other: int) -> bool:
    """Whether a gap of so many sentences on either side is text that only one side has."""
    return max(one, other) >= max(_EXTRA, _UNEVEN * min(one, other))


def _edged(chunks: Sequence[Chunk], left: Floats, right: Floats) -> list[Chunk]:
    """The chunks with what is theirs of the sentences between them: matches seldom reach to the very edge."""
    edges = {chunk: [list(chunk.en), list(chunk.zh)] for chunk in chunks}
    sides = ((0, len(left), left, right), (1, len(right), right, left))
    for side, size, own, other in sides:
        in_order = sorted(chunks, key=lambda chunk: chunk[side])
        for before, after in pairwise([None, *in_order, None]):
            begin = before[side][1] if before else 0
            end = after[side][0] if after else size
            if begin < end:
                room_before = _room(chunks, before, 1 - side, len(other), after_it=True)
                room_after = _room(chunks, after, 1 - side, len(other), after_it=False)
                take_before, take_after = _shared(own[begin:end], other[slice(*room_before)], other[slice(*room_after)])
                if before:
                    edges[before][side][1] = begin + take_before
                if after:
                    edges[after][side][0] = end - take_after
    return [Chunk((en[0], en[1]), (zh[0], zh[1])) for en, zh in edges.values()]


def _room(chunks: Sequence[Chunk], chunk: Chunk | None, side: int, size: int, *, after_it: bool) -> tuple[int, int]:
    """The free sentences next to a chunk on one side, and its own last ones there."""
    if chunk is None:
        return 0, 0
    begin, end = chunk[side]
    if after_it:
        stop = min((other[side][0] for other in chunks if other[side][0] >= end), default=size)
        return max(begin, end - 2), min(stop, end + _LOOK)
    start = max((other[side][1] for other in chunks if other[side][1] <= begin), default=0)
    return max(start, begin - _LOOK), min(end, begin + 2)


def _shared(gap: Floats, before: Floats, after: Floats) -> tuple[int, int]:
    """How many sentences of a gap go to the chunk before it, and how many to the one after it."""
    to_before = (gap @ before.T).max(axis=1) if len(before) else np.full(len(gap), -1.0)
    to_after = (gap @ after.T).max(axis=1) if len(after) else np.full(len(gap), -1.0)
    gain = np.concatenate([[0.0], np.cumsum(to_before - to_after)])
    cut = int(gain.argmax())
    return min(cut, _LOOK), min(len(gap) - cut, _LOOK)


def _outside(ranges: Sequence[tuple[int, int]], size: int) -> list[tuple[int, int]]:
    """The stretches of 0 … size that no range covers."""
    ends = [0, *(edge for each in sorted(ranges) for edge in each), size]
    return [(begin, end) for begin, end in zip(ends[::2], ends[1::2], strict=True) if begin < end]


def _beside(chunks: Sequence[Chunk], side: Literal["en", "zh"], position: int) -> Chunk:
    """The chunk that ends at or before a position of one side; the first where none does."""
    in_order = sorted(chunks, key=lambda chunk: getattr(chunk, side))
    return [in_order[0], *(chunk for chunk in in_order if getattr(chunk, side)[1] <= position)][-1]


def _lone(sentences: Sequence[str], side: Literal["en", "zh"], begin: int, end: int) -> list[Bead]:
    """Beads of one sentence each for a stretch without counterpart."""
    run = sentences[begin:end]
    beads = align_sentences(run, []) if side == "en" else align_sentences([], run)
    return [_moved(bead, begin, begin) for bead in beads]


def _moved(bead: Bead, en: int, zh: int) -> Bead:
    return replace(bead, en=tuple(i + en for i in bead.en), zh=tuple(j + zh for j in bead.zh))
