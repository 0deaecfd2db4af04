"""A score: a number that never goes without its signature."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """One corpus score of `hypothesis` against `reference`.

    `value` is 0..100 (BLEU, chrF: higher is better); `interval` its 95 % bootstrap bounds, None where there are too few
    segments; `n` counts segments; `signature` is sacrebleu's. `kind` is "quality" against a reference the
    user named, "agreement" between two translations of the same papers in the corpus, where neither is the truth.
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
