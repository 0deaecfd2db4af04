"""What all shares of things rightly rendered have in common."""

from collections.abc import Sequence

import numpy as np

from ..corpora.errors import ConfigError
from .metric import Scores, Statistics


class Share:
    """The part that all shares of things rightly rendered have in common; statistics are [right, of how many]."""

    higher_is_better = True
    is_sacrebleu = False

    def scores(self, sums: Statistics) -> Scores:
        """The share in each row of sums, 0..100; 0 where there is nothing to count (see `defined`)."""
        right, total = sums[..., 0].astype(np.float64), sums[..., 1]
        return np.divide(100 * right, total, out=np.zeros_like(right), where=total > 0)

    def segment_scores(self, statistics: Statistics) -> Scores:
        """The share in each segment, 0..100; NaN where there is nothing to count."""
        return np.where(self.defined(statistics), self.scores(statistics), np.nan)

    def defined(self, sums: Statistics) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
        """Whether there is anything to count in each row of sums; where not, no score is to be shown."""
        return np.asarray(sums[..., 1] > 0)


def with_sources(sources: Sequence[str] | None, name: str) -> Sequence[str]:
    """The sources; raises ConfigError where there are none."""
    if sources is None:
        raise ConfigError(name, "no sources", "the source of each segment", "Name them with --src.")
    return sources
