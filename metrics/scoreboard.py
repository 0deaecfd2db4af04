"""All that one scoring found, in one value: what every writer of scores takes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .metric import Scores
from .score import BucketScore, Comparison, Flag, Score
from .testset import TestSet


@dataclass(frozen=True, slots=True)
class Scoreboard:
    """Scores of the systems of a test set, in the order of systems, then of metrics.

    `segments` holds the scores of single segments, by (metric name, system). `lower_is_better` names the metrics of
    which that is so. `flags` are for a person to look at and rank nothing. `notes` are sentences on the whole: what
    was found odd about the test set, what the figures do not say. `made_by` says how it was made, name to text.
    """

    testset: TestSet
    metrics: tuple[str, ...]
    scores: tuple[Score, ...]
    comparisons: tuple[Comparison, ...] = ()
    buckets: tuple[BucketScore, ...] = ()
    segments: Mapping[tuple[str, str], Scores] = field(default_factory=dict)
    flags: tuple[Flag, ...] = ()
    lower_is_better: frozenset[str] = frozenset({"TER"})
    notes: tuple[str, ...] = ()
    made_by: Mapping[str, str] = field(default_factory=dict)
