"""How the pairs were aligned, counted so that the counts of several parts of a corpus can be added up."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ..corpora import Pair
from ..metrics.adequacy_signals import count_words
from .tally_findings import SURE
from .visible import shortened

BINS = 20  # of values from 0 to 1
LEAST_SURE = 40  # pairs shown of those that the aligner is least sure of
MOST_RATIOS = 30_000  # different ones; where parts have more together, they are rounded to 1/1024
_GRID = 1024  # a power of two, so that half of a median stays on the grid
_LONG_EN, _LONG_ZH = 300, 200  # characters shown of a side

Bins = tuple[int, ...]


class Doubt(NamedTuple):
    """A pair that the aligner is not sure of; `home` is the address of its record on a page, "" where it has none."""

    probability: float
    id: str
    type: str
    en: str
    zh: str
    home: str = ""


@dataclass(frozen=True, slots=True)
class Aligned:
    """Pairs in counts.

    `types` has those of each type, `lone` counts those with one side only, `given` those of probability 1.
    `probabilities` (of the others), `likeness` (of pairs of two sides) and `adequacy` are bins of a twentieth from 0 to
    1; `improbable` and `inadequate` count those under 0.5, `unknown` those without an estimate. `ratios` are how many
    Chinese characters stand for an English word, each with its count, the lowest first. `doubts` are the `LEAST_SURE`.
    """

    types: Mapping[str, int]
    lone: int
    given: int
    probabilities: Bins
    improbable: int
    likeness: Bins
    ratios: tuple[tuple[float, int], ...]
    adequacy: Bins
    inadequate: int
    unknown: int
    doubts: tuple[Doubt, ...]

    def __len__(self) -> int:
        """How many pairs there are."""
        return sum(self.types.values())


def aligned_in(
    pairs: Sequence[Pair] = (), adequacy: Sequence[float | None] = (), homes: Mapping[str, str] = {}
) -> Aligned:
    """The counts of pairs; `adequacy` as in a `Result`, `homes` the addresses of records on a page, by id.

    >>> len(aligned_in()), aligned_in(adequacy=[None, 0.25]).unknown
    (0, 1)
    """
    doubted = [pair.probability for pair in pairs if pair.probability != 1]
    sides = [(count_words(" ".join(pair.en), "en"), count_words("".join(pair.zh), "zh")) for pair in pairs]
    known = [value for value in adequacy if value is not None]
    return Aligned(
        types=dict(Counter(pair.type for pair in pairs)),
        lone=sum(not (pair.en and pair.zh) for pair in pairs),
        given=len(pairs) - len(doubted),
        probabilities=binned(doubted),
        improbable=sum(value < 0.5 for value in doubted),
        likeness=binned(pair.score for pair in pairs if pair.en and pair.zh),
        ratios=tuple(sorted(Counter(zh / en for en, zh in sides if en and zh).items())),
        adequacy=binned(known),
        inadequate=sum(value < 0.5 for value in known),
        unknown=len(adequacy) - len(known),
        doubts=tuple(_doubt(pair, homes) for pair in least_sure(pairs)),
    )


def aligned_together(a: Aligned, b: Aligned) -> Aligned:
    """The counts of both."""
    ratios = Counter(dict(a.ratios))
    ratios.update(dict(b.ratios))
    if len(ratios) > MOST_RATIOS:
        exact, ratios = ratios, Counter()
        for ratio, count in exact.items():
            ratios[max(1, round(ratio * _GRID)) / _GRID] += count
    return Aligned(
        types=dict(Counter(a.types) + Counter(b.types)),
        lone=a.lone + b.lone,
        given=a.given + b.given,
        probabilities=_sum(a.probabilities, b.probabilities),
        improbable=a.improbable + b.improbable,
        likeness=_sum(a.likeness, b.likeness),
        ratios=tuple(sorted(ratios.items())),
        adequacy=_sum(a.adequacy, b.adequacy),
        inadequate=a.inadequate + b.inadequate,
        unknown=a.unknown + b.unknown,
        doubts=tuple(sorted((*a.doubts, *b.doubts), key=_unsure)[:LEAST_SURE]),
    )


def least_sure(pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs that are likeliest to be wrong, those alone on their side first; none of those that were given."""
    doubtful = [pair for pair in pairs if pair.probability < 1 and (pair.probability < SURE or "0" in pair.type)]
    return sorted(doubtful, key=_unsure)[:LEAST_SURE]


def binned(values: Iterable[float]) -> Bins:
    """How many values from 0 to 1 are in each of 20 bins; 1 is in the last, what is no number in the first.

    >>> binned([0.15, 0.199, 1.0])[3], binned([0.15, 1.0])[19]
    (2, 1)
    """
    counts = [0] * BINS
    for value in values:
        # Rounded first: 0.15 * 20 is a little less than 3.
        place = round(min(1.0, max(0.0, value)) * BINS, 6) if not math.isnan(value) else 0.0
        counts[min(BINS - 1, int(place))] += 1
    return tuple(counts)


def _unsure(pair: Pair | Doubt) -> tuple[float, str]:
    return round(pair.probability, 6), pair.id


def _doubt(pair: Pair, homes: Mapping[str, str]) -> Doubt:
    en, zh = shortened(" ".join(pair.en), _LONG_EN), shortened("".join(pair.zh), _LONG_ZH)
    return Doubt(pair.probability, pair.id, pair.type, en, zh, homes.get(pair.record, ""))


def _sum(a: Bins, b: Bins) -> Bins:
    return tuple(x + y for x, y in zip(a, b, strict=True))
