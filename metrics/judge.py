"""How likely a rendering that no termbase knows is wrong: a weighted sum of its evidence, calibrated on verdicts."""

import math
from collections.abc import Sequence

from .evidence import FEATURES
from .judge_weights import BIAS, WEIGHTS

TOLD = 0.5  # probability from which a finding is worth a note
_WEIGHTS = tuple(WEIGHTS[name] for name in FEATURES)


def probability(evidence: Sequence[float]) -> float:
    """The share, 0..1, of renderings with evidence like this (`metrics.evidence`) that an editor calls wrong.

    >>> 0 < probability([0.0] * len(FEATURES)) < 1
    True
    """
    total = BIAS + sum(weight * value for weight, value in zip(_WEIGHTS, evidence, strict=True))
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, total))))
