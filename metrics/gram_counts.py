"""Texts as small integers to the n-grams that hypothesis and references share, segment by segment."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_POSITIONS = 1 << 16  # tokens a pass: its arrays stay in the processor's caches
_WORD = 64  # bits of a key

Ints = NDArray[np.int64]
Keys = NDArray[np.uint64]


class Tokens(NamedTuple):
    """Tokens of a run of segments, one after the other.

    `codes` holds a positive integer for each token; equal tokens of a segment, in the hypothesis or a reference, have
    equal codes, others of that segment others. `lengths` are the tokens of each segment (int64); they sum to
    `len(codes)`.
    """

    codes: NDArray[np.integer]
    lengths: Ints


def clipped_matches(hypothesis: Tokens, references: Sequence[Tokens], order: int) -> Ints:
    """How many n-grams of each segment's hypothesis are in its references, (segments, order), for n = 1 to `order`.

    An n-gram is counted at most as often as in the one reference that has it most often (Papineni et al. 2002). All
    sides have the same number of segments; a segment's missing reference is one without tokens. Memory over that of
    the arguments is some 30 bytes a token, and 100 for each of 65,536 tokens or of the longest segment.

    >>> clipped_matches(Tokens(np.array([1, 1, 2]), np.array([3])), [Tokens(np.array([1, 2]), np.array([2]))], 2)
    array([[2, 1]])
    """
    sides = (hypothesis, *references)
    lengths = np.stack([side.lengths for side in sides], axis=1).astype(np.int64)
    return shared_grams(_interleaved(sides, lengths), lengths, order)


def shared_grams(codes: NDArray[np.integer], lengths: Ints, order: int) -> Ints:
    """The same of tokens that lie by segment: hypothesis and references of the first, then of the second …

    `codes` are as in Tokens, `lengths` (segments, 1 + references) their numbers.

    >>> shared_grams(np.array([1, 1, 2, 1, 2]), np.array([[3, 2]]), 2)
    array([[2, 1]])
    """
    found = np.zeros((len(lengths), order), dtype=np.int64)
    if not order or lengths.shape[1] < 2:
        return found
    ends = np.cumsum(lengths.sum(axis=1))
    at = 0
    while at < len(lengths):
        begin = int(ends[at - 1]) if at else 0
        stop = max(at + 1, min(at + _POSITIONS, int(np.searchsorted(ends, begin + _POSITIONS, side="right"))))
        _count(codes[begin : ends[stop - 1]].astype(np.uint64, copy=False), lengths[at:stop], order, found[at:stop])
        at = stop
    return found


def _interleaved(sides: Sequence[Tokens], lengths: Ints) -> Keys:
    """The codes of the hypothesis and references of the first segment, then of the second …"""
    size = lengths.ravel()
    begins = np.cumsum(size) - size
    codes = np.empty(int(size.sum()), dtype=np.uint64)  # the common type of int64 and uint64 would be float64
    for k, side in enumerate(sides):
        moved = begins[k :: len(sides)] - (np.cumsum(side.lengths) - side.lengths)
        codes[np.arange(len(side.codes)) + np.repeat(moved, side.lengths)] = side.codes
    return codes


def _count(codes: Keys, lengths: Ints, order: int, found: Ints) -> None:
    """Fill `found`, a row for each row of `lengths`."""
    segments, texts = lengths.shape
    if not len(codes):
        return
    room = _WORD - (texts - 1).bit_length() - (segments - 1).bit_length()
    bits = int(codes.max()).bit_length()
    if order * bits > room:
        codes = _renumbered(codes, lengths.sum(axis=1))
        bits = int(codes.max()).bit_length()
    if order * bits <= room:
        found[:] = _sorted_once(codes, lengths, order, bits)
    elif segments > 1:  # fewer segments need fewer bits to tell them apart, and have fewer different tokens
        middle = segments // 2
        cut = int(lengths[:middle].sum())
        _count(codes[:cut], lengths[:middle], order, found[:middle])
        _count(codes[cut:], lengths[middle:], order, found[middle:])
    else:
        found[0] = _sorted_by_order(codes, lengths[0], order)


def _renumbered(codes: Keys, sizes: Ints) -> Keys:
    """The codes numbered from 1 within each segment, in the order of the codes; `sizes` are its tokens."""
    place, segment = len(codes).bit_length(), (len(sizes) - 1).bit_length()
    bits = int(codes.max()).bit_length()
    if place + segment + bits > _WORD:  # seldom: np.unique is slower than the sort below
        codes = np.unique(codes, return_inverse=True)[1].astype(np.uint64)
        bits = place
    keys = codes << np.uint64(place)
    keys |= np.arange(len(codes), dtype=np.uint64)
    keys |= np.repeat(np.arange(len(sizes), dtype=np.uint64) << np.uint64(place + bits), sizes)
    keys.sort()
    at = (keys & np.uint64((1 << place) - 1)).astype(np.int64)
    keys >>= np.uint64(place)
    ranks = np.ones(len(codes), dtype=np.int64)
    np.cumsum(keys[1:] != keys[:-1], out=ranks[1:])
    ranks[1:] += 1
    starts = np.minimum(np.cumsum(sizes) - sizes, len(codes) - 1)
    ranks -= np.repeat(ranks[starts] - 1, sizes)
    numbered = np.empty_like(codes)
    numbered[at] = ranks
    return numbered


def _sorted_once(codes: Keys, lengths: Ints, order: int, bits: int) -> Ints:
    """Matches where the longest n-gram, segment and text fit one key: the groups of every order are runs of one sort.

    Near its end a text has n-grams with blanks in them. They make groups like others, and what these match is taken
    off: the blank n-gram that begins with the last j tokens of the hypothesis matches where a reference ends so too.
    """
    segments, texts = lengths.shape
    side_bits = (texts - 1).bit_length()
    size = lengths.ravel()
    keys = _packed(codes, size, order, bits)
    tails = _common_tails(keys, lengths, order)
    tags = (np.arange(segments, dtype=np.uint64) << np.uint64(order * bits + side_bits))[:, None]
    keys <<= np.uint64(side_bits)
    keys |= np.repeat((tags | np.arange(texts, dtype=np.uint64)).ravel(), size)
    keys.sort()
    side = (keys & np.uint64((1 << side_bits) - 1)).astype(np.int32)
    sums = _sums(1 - 2 * side if texts == 2 else (side == np.arange(texts)[:, None]).astype(np.int32))
    change = keys[1:] ^ keys[:-1]
    is_edge = np.ones(len(keys) + 1, dtype=bool)
    total = lengths.sum(axis=1)
    some = total > 0
    total = total[some]
    starts = np.cumsum(total) - total
    found = np.zeros((segments, order), dtype=np.int64)
    for n in range(1, order + 1):
        np.greater_equal(change, np.uint64(1 << (bits * (order - n) + side_bits)), out=is_edge[1:-1])
        edges = np.flatnonzero(is_edge)
        first = np.searchsorted(edges, starts)
        groups = np.diff(sums.take(edges, axis=-1))
        if texts == 2:  # min(a, b) = (a + b - |a - b|) / 2
            found[some, n - 1] = (total - np.add.reduceat(np.abs(groups), first, dtype=np.int64)) >> 1
        else:
            shared = np.minimum(groups[0], groups[1:].max(axis=0))
            found[some, n - 1] = np.add.reduceat(shared, first, dtype=np.int64)
    found[:, 1:] -= np.cumsum(tails, axis=1)
    return found


def _sums(values: NDArray[np.int32]) -> NDArray[np.int32]:
    """The sum of what is before each place, and of all, along the last axis."""
    sums = np.zeros((*values.shape[:-1], values.shape[-1] + 1), dtype=np.int32)
    np.cumsum(values, axis=-1, dtype=np.int32, out=sums[..., 1:])
    return sums


def _packed(codes: Keys, size: Ints, order: int, bits: int) -> Keys:
    """The n-gram of `order` that begins at each token, its first token in the highest bits, 0 past a text's end."""
    last = np.cumsum(size)[size > 0]
    first = last - size[size > 0]
    keys, reach = codes.copy(), 1
    while reach < order:
        step = min(reach, order - reach)
        ahead = np.zeros_like(keys)
        ahead[:-reach] = keys[reach:]
        for back in range(1, reach + 1):
            ahead[np.maximum(last - back, first)] = 0
        if step < reach:
            ahead >>= np.uint64(bits * (reach - step))
        keys <<= np.uint64(bits * step)
        keys |= ahead
        reach += step
    return keys


def _common_tails(keys: Keys, lengths: Ints, order: int) -> NDArray[np.bool_]:
    """Whether the last j tokens of the hypothesis are the last of a reference, (segments, order - 1), for j = 1 …"""
    ends = np.cumsum(lengths.ravel()).reshape(lengths.shape)[:, :, None]
    back = np.arange(1, order)
    tails = keys[np.maximum(ends - back, 0)]
    inside = lengths[:, :, None] >= back
    common: NDArray[np.bool_] = np.logical_or.reduce((tails[:, 1:] == tails[:, :1]) & inside[:, 1:] & inside[:, :1], 1)
    return common


def _sorted_by_order(codes: Keys, lengths: Ints, order: int) -> Ints:
    """Matches of one segment with too many different tokens for one key: one sort for each order."""
    found = np.zeros(order, dtype=np.int64)
    text = np.repeat(np.arange(len(lengths)), lengths)
    left = np.repeat(np.cumsum(lengths), lengths) - np.arange(len(codes))
    tokens = codes.astype(np.int64)
    grams, base = np.zeros_like(tokens), int(tokens.max()) + 1
    at = np.arange(len(tokens))
    for n in range(order):
        keep = left[at] > n
        at, grams = at[keep], grams[keep]
        if not len(at):
            break
        distinct, grams = np.unique(grams * base + tokens[at + n], return_inverse=True)
        counts = np.bincount(grams * len(lengths) + text[at], minlength=len(distinct) * len(lengths))
        counts = counts.reshape(len(distinct), len(lengths))
        found[n] = np.minimum(counts[:, 0], counts[:, 1:].max(axis=1)).sum()
    return found
