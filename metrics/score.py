"""Scores, and what is said of two systems: numbers that never go without their signature."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """One corpus score of `hypothesis` against `reference`.

    `value` is 0..100 (BLEU, chrF: higher is better; TER: lower); `interval` its 95 % bootstrap bounds (mean ∓ half the
    width, as sacrebleu states them), None where none was asked for or there are too few segments; `n` counts
    segments; `signature` is sacrebleu's with ours at its end. `kind` is "quality" against a reference the user named,
    "agreement" between two translations of the same papers in the corpus, where neither is the truth,
    "back-translation" of the hypothesis against its own source.
    """

    metric: str
    value: float
    signature: str
    interval: tuple[float, float] | None
    n: int
    kind: str
    hypothesis: str
    reference: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Whether two systems differ under one metric: a paired test over the same segments.

    `difference` is the system's score less the baseline's. `p` is the chance of so large a difference (either way)
    between systems that are alike, `p_holm` the same after Holm's correction over all comparisons of this metric.
    `wins`, `losses` and `ties` count segments where the system is better, worse and as good.
    """

    metric: str
    system: str
    baseline: str
    difference: float
    p: float
    p_holm: float
    wins: int
    losses: int
    ties: int
    signature: str


@dataclass(frozen=True, slots=True)
class BucketScore:
    """The score of a system over the segments of one bucket: `by` says how they were sorted, `bucket` which this is."""

    by: str
    bucket: str
    metric: str
    system: str
    value: float
    n: int
    signature: str


@dataclass(frozen=True, slots=True)
class Flag:
    """A segment of a system that a person should look at: `kind` says why, `reason` in words.

    `kind` is "untranslated", "empty", "omission", "addition" or "wrong sentence". `segment` counts from 0. `precision`
    is the share of such flags that were right where defects were planted in machine translations (docs/scores.md),
    `length_precision` that of as many flags by the ratio of lengths alone. Neither is a score of the system.
    """

    system: str
    segment: int
    kind: str
    reason: str
    precision: float
    length_precision: float
