"""Sums of statistics over segments drawn at random: what intervals and paired tests are made of.

Draws are sacrebleu's own, to the bit, for the same seed. It draws anew for every system; as the seed is the same, so
are the draws, and here they are made once, some trials at a time, and multiplied with the columns of all systems and
metrics side by side. Sums are exact: see `_product`. (sacrebleu 2.6.0 sums bootstrap trials in float32.)
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from ..corpora.errors import ConfigError, InputError
from .metric import Statistics

Weights = NDArray[np.uint8]  # (trials, segments): how many times each segment counts in each trial
Key = TypeVar("Key", bound=Hashable)

CELLS = 1 << 24  # weights held at a time: 16 MB, at a million segments 64
TRIALS = 64  # blocks are multiples of this, so that blocks of swaps use whole words of the generator
MOST_TRIALS = 1024
DRAWS = 1 << 16  # indices held at a time: with their counts they stay in the cache
SEGMENTS = 4096  # rows multiplied at a time


def bootstrap(statistics: Mapping[Key, Statistics], trials: int, seed: int) -> dict[Key, Statistics]:
    """Sums (trials, k) of each system's statistics over segments drawn with replacement, the same ones for all.

    The draws of sacrebleu's bootstrap with the same seed. ConfigError where trials or seed make no sense, InputError
    where systems differ in length.

    >>> bootstrap({"otter": np.array([[1, 10], [2, 20]])}, trials=3, seed=12345)["otter"].tolist()
    [[3, 30], [3, 30], [3, 30]]
    """
    return sums(statistics, resamples(_segments(statistics), trials, seed))


def randomisation(statistics: Mapping[Key, Statistics], trials: int, seed: int) -> dict[Key, Statistics]:
    """Sums (trials, k) of each system's statistics over a random half of the segments, the same ones for all.

    The halves that sacrebleu's approximate randomisation takes from the baseline, with the same seed; the other half
    is what is missing from the sum over all segments. Errors as of `bootstrap`.
    """
    return sums(statistics, halves(_segments(statistics), trials, seed))


def resamples(segments: int, trials: int, seed: int) -> Iterator[Weights]:
    """Blocks of trials: how many times each segment was drawn, every row drawing as many as there are segments.

    Equal to counting the rows of `default_rng(seed).choice(segments, (trials, segments))`, sacrebleu's draws.
    """
    generator = _generator(trials, seed)
    together = max(1, DRAWS // max(segments, 1))
    for size in _blocks(segments, trials):
        weights = np.empty((size, segments), np.uint8)  # 256 of one segment: once in 10 ** 500 draws
        for begin in range(0, size, together):
            rows = generator.choice(segments, size=(min(together, size - begin), segments))
            for trial, row in enumerate(rows, begin):
                weights[trial] = np.bincount(row, minlength=segments)
        yield weights


def halves(segments: int, trials: int, seed: int) -> Iterator[Weights]:
    """Blocks of trials: 1 for each segment in the half, else 0, each by the toss of a coin.

    Equal to the rows of `default_rng(seed).integers(2, size=(trials, segments), dtype=bool)`, sacrebleu's choice,
    for which numpy takes the bits of 32-bit words from the lowest up.
    """
    generator = _generator(trials, seed)
    for size in _blocks(segments, trials):
        bits = size * segments
        words = generator.integers(1 << 32, size=-(-bits // 32), dtype=np.uint32)
        octets = words.astype("<u4").view(np.uint8)
        yield np.unpackbits(octets, count=bits, bitorder="little").reshape(size, segments)


def sums(statistics: Mapping[Key, Statistics], draws: Iterable[Weights]) -> dict[Key, Statistics]:
    """Exact sums (trials, k) of each one's statistics, weighted by the draws, in one pass over them."""
    tables = list(statistics.values())
    widths = [table.shape[1] for table in tables]
    begins = range(0, _segments(statistics), SEGMENTS)
    # The most that a column of each block can sum to where every weight is 1.
    reach = [max(_reach(table[begin : begin + SEGMENTS]) for table in tables) for begin in begins]
    blocks = []
    for weights in draws:
        total = np.zeros((len(weights), sum(widths)), np.int64)
        heaviest = int(weights.max(initial=0))
        for begin, most in zip(begins, reach, strict=True):
            columns = np.concatenate([table[begin : begin + SEGMENTS] for table in tables], axis=1)
            total += _product(weights[:, begin : begin + SEGMENTS], columns, heaviest * most)
        blocks.append(total)
    ends = np.cumsum(widths)[:-1]
    return dict(zip(statistics, np.split(np.concatenate(blocks), ends, axis=1), strict=True)) if tables else {}


def _product(weights: Weights, columns: Statistics, bound: float) -> Statistics:
    """The matrix product, exact: as long as no sum can reach `bound`, floats hold every one of them."""
    kind: type[np.int64 | np.float32 | np.float64] = np.int64
    if bound < 1 << 24:
        kind = np.float32
    elif bound < 1 << 53:
        kind = np.float64
    # BLAS computes with what lies beyond the edge of a block too, and numpy warns of what comes of that.
    with np.errstate(invalid="ignore", over="ignore", divide="ignore"):
        product: Statistics = (weights.astype(kind) @ columns.astype(kind)).astype(np.int64)
    return product


def _reach(table: Statistics) -> float:
    return float(np.abs(table).sum(axis=0, dtype=np.float64).max(initial=0))


def _blocks(segments: int, trials: int) -> Iterator[int]:
    """Sizes of blocks of trials, in order."""
    size = min(MOST_TRIALS, max(TRIALS, CELLS // max(segments, 1) // TRIALS * TRIALS))
    for begin in range(0, trials, size):
        yield min(size, trials - begin)


def _generator(trials: int, seed: int) -> np.random.Generator:
    if trials < 1:
        raise ConfigError("trials", str(trials), "1 or more")
    if seed < 0:
        raise ConfigError("seed", str(seed), "0 or more")
    return np.random.default_rng(seed)


def _segments(statistics: Mapping[Key, Statistics]) -> int:
    lengths = {len(table) for table in statistics.values()}
    if len(lengths) > 1:
        found = f"systems of {' and '.join(map(str, sorted(lengths)))} segments"
        raise InputError("statistics", found, "as many for each", "Score the same segments with every system.")
    return lengths.pop() if lengths else 0
