"""How sure a score is, and whether two systems differ: intervals, paired tests, Holm's correction.

Bootstrap (Koehn 2004) and approximate randomisation (Riezler and Maxwell 2005) as sacrebleu 2.6.0 has them, draws and
formulas alike. For the same seed the p-values of the randomisation are its own. Those of the bootstrap were too, but
for one trial in one of 380 p-values (2,000 sentences), and means and half widths to 2e-5: it computes those trials in
float32. Beyond sums of 2 ** 24, some 50,000 abstracts, its float32 sums are off too (scores by .001 at 100,000).
Two things are otherwise. sacrebleu says of a system against itself that it differs
(p = 1 / (trials + 1)), and may say so of systems that differ in a handful of segments. If the two were alike,
each differing segment might as well have been the other's, so that with d of them no test may be surer than
2 ** (1 - d): no p is below that here. And a difference within rounding of another counts as equal to it.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np

from .metric import Metric, Scores, Statistics
from .resampling import bootstrap, randomisation

BOOTSTRAP_TRIALS = 1000  # sacrebleu's defaults
RANDOMISATION_TRIALS = 10_000
SEED = 12345
ROUNDING = 1e-9  # scores closer than this are equal

StatisticsOf = Mapping[tuple[str, str], Statistics]  # by a metric's key and a system's name
Pairs = Sequence[tuple[str, str]]  # a system and its baseline


class Interval(NamedTuple):
    """95 % of the scores of resampled test sets lie within `half_width` of the middle; `mean` is their mean."""

    mean: float
    half_width: float


class Difference(NamedTuple):
    """What a paired test says of a system and its baseline under one metric (its key).

    `difference` is the system's score less the baseline's; `p` the chance of so large a one, either way, between
    systems that are alike; `p_holm` the same corrected for all pairs tested under this metric.
    """

    metric: str
    system: str
    baseline: str
    difference: float
    p: float
    p_holm: float


class Bootstrap(NamedTuple):
    """What one bootstrap gives: an interval for every metric and system, and a test of every pair."""

    intervals: dict[tuple[str, str], Interval]
    differences: tuple[Difference, ...]


class Segments(NamedTuple):
    """Numbers of segments where a system is better, worse and as good as its baseline."""

    wins: int
    losses: int
    ties: int


def against(baseline: str, systems: Iterable[str]) -> list[tuple[str, str]]:
    """Each other system with the baseline.

    >>> against("tea", ["tea", "milk", "rice"])
    [('milk', 'tea'), ('rice', 'tea')]
    """
    return [(system, baseline) for system in systems if system != baseline]


def all_pairs(systems: Iterable[str]) -> list[tuple[str, str]]:
    """Each system with each one before it, which stands second.

    >>> all_pairs(["tea", "milk", "rice"])
    [('milk', 'tea'), ('rice', 'tea'), ('rice', 'milk')]
    """
    return [(system, baseline) for baseline, system in combinations(systems, 2)]


def interval(metric: Metric, statistics: Statistics, trials: int = BOOTSTRAP_TRIALS, seed: int = SEED) -> Interval:
    """The bootstrap interval of one system's corpus score; of several, see `paired_bootstrap`."""
    return _interval(metric.scores(bootstrap({metric.key: statistics}, trials, seed)[metric.key]))


def paired_bootstrap(
    metrics: Sequence[Metric],
    statistics: StatisticsOf,
    pairs: Pairs,
    trials: int = BOOTSTRAP_TRIALS,
    seed: int = SEED,
) -> Bootstrap:
    """Intervals of all systems, and tests of `pairs` (maybe none), from the same resampled test sets.

    p is the share of trials whose difference is further from the mean of all trials than the real one from 0.
    Differences are in the order of metrics, then of pairs. Every system is to have every metric's statistics of the
    same segments, else InputError; ConfigError where trials or seed make no sense.
    """
    totals = bootstrap(statistics, trials, seed)
    by_key = {metric.key: metric for metric in metrics}
    scores = {key: by_key[key[0]].scores(_with_total(totals.pop(key), statistics[key])) for key in statistics}
    differences: list[Difference] = []
    for metric in metrics:
        found = []
        for system, baseline in pairs:
            apart = scores[metric.key, system] - scores[metric.key, baseline]
            sizes = np.abs(apart[1:])
            p = _p(sizes - sizes.mean(), apart[0], statistics[metric.key, system], statistics[metric.key, baseline])
            found.append((system, baseline, float(apart[0]), p))
        differences += _corrected(metric, found)
    return Bootstrap({key: _interval(values[1:]) for key, values in scores.items()}, tuple(differences))


def paired_randomisation(
    metrics: Sequence[Metric],
    statistics: StatisticsOf,
    pairs: Pairs,
    trials: int = RANDOMISATION_TRIALS,
    seed: int = SEED,
) -> tuple[Difference, ...]:
    """Tests of `pairs`: how often two systems made by swapping random segments of both differ by more than they do.

    Order and errors as of `paired_bootstrap`.
    """
    halves = randomisation(statistics, trials, seed)
    differences: list[Difference] = []
    for metric in metrics:
        found = []
        for system, baseline in pairs:
            ours, theirs = statistics[metric.key, system], statistics[metric.key, baseline]
            everything = ours.sum(axis=0) + theirs.sum(axis=0)
            # Row 0 is the systems as they are.
            mixed = _with_total(halves[metric.key, system], ours)
            mixed[1:] += theirs.sum(axis=0) - halves[metric.key, baseline]
            apart = metric.scores(mixed) - metric.scores(everything - mixed)
            p = _p(np.abs(apart[1:]), apart[0], ours, theirs)
            found.append((system, baseline, float(apart[0]), p))
        differences += _corrected(metric, found)
    return tuple(differences)


def holm(p_values: Sequence[float]) -> list[float]:
    """p-values corrected for their number, in the same order: the k-th smallest of m times m - k + 1, never falling.

    Holm 1979, "A simple sequentially rejective multiple test procedure".

    >>> holm([0.5, 0.01, 0.02])
    [0.5, 0.03, 0.04]
    """
    corrected = [1.0] * len(p_values)
    largest = 0.0
    for rank, place in enumerate(sorted(range(len(p_values)), key=p_values.__getitem__)):
        largest = max(largest, min(1.0, p_values[place] * (len(p_values) - rank)))
        corrected[place] = largest
    return corrected


def compare_segments(system: Scores, baseline: Scores, higher_is_better: bool) -> Segments:
    """In how many segments a system is better than its baseline, worse, and as good (within rounding).

    >>> compare_segments(np.array([40.0, 30.0, 20.0]), np.array([10.0, 30.0, 10.0]), higher_is_better=False)
    Segments(wins=0, losses=2, ties=1)
    """
    apart = system - baseline if higher_is_better else baseline - system
    wins, losses = int((apart > ROUNDING).sum()), int((apart < -ROUNDING).sum())
    return Segments(wins, losses, len(apart) - wins - losses)


def _interval(scores: Scores) -> Interval:
    ordered = np.sort(scores)
    cut = len(ordered) // 40
    return Interval(float(ordered.mean()), float(0.5 * (ordered[len(ordered) - cut - 1] - ordered[cut])))


def _with_total(sums: Statistics, statistics: Statistics) -> Statistics:
    """The sum over all segments, then the trials': scored in one call, equal sums get equal scores to the last bit."""
    return np.concatenate([statistics.sum(axis=0, keepdims=True), sums])


def _p(sizes: Scores, difference: float, system: Statistics, baseline: Statistics) -> float:
    larger = int((sizes > abs(difference) + ROUNDING).sum())
    differing = int((system != baseline).any(axis=1).sum())
    return min(1.0, max((larger + 1) / (len(sizes) + 1), 2.0 ** (1 - differing)))


def _corrected(metric: Metric, found: Sequence[tuple[str, str, float, float]]) -> list[Difference]:
    corrected = holm([p for *_, p in found])
    return [Difference(metric.key, *row, p_holm) for row, p_holm in zip(found, corrected, strict=True)]
