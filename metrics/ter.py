"""Translation edit rate (TER): the share of words to edit until the hypothesis is its reference."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from math import lcm

import numpy as np

from .metric import OfReferences, Scores, Statistics, Stream
from .ter_edits import count_edits
from .ter_words import words_of

_SLAB = 2048  # segments whose words are held at once


@dataclass(frozen=True, slots=True)
class Ter(OfReferences):
    """TER as sacrebleu 2.6.0 computes it (Snover et al. 2006), 0 and up, lower is better.

    Chinese is to be scored as characters: `normalized=True, asian_support=True`. See `words_of` for the settings.

    >>> rows = Ter().statistics(["tea for an otter", "the river"], [["tea for the otter", "the river"]])
    >>> rows.tolist(), Ter().scores(rows.sum(axis=0, keepdims=True)).round(2).tolist()
    ([[1, 4], [0, 2]], [16.67])
    """

    normalized: bool = False
    no_punct: bool = False
    asian_support: bool = False
    case_sensitive: bool = False

    @property
    def name(self) -> str:
        """What stands in tables."""
        return "TER"

    @property
    def key(self) -> str:
        """What selects it."""
        return "ter"

    @property
    def higher_is_better(self) -> bool:
        """False: it counts edits."""
        return False

    @property
    def settings(self) -> str:
        """The parts of sacrebleu's signature that are its own.

        >>> Ter().settings
        'case:lc|tok:tercom|norm:no|punct:yes|asian:no'
        """
        case = "mixed" if self.case_sensitive else "lc"
        settings = (("norm", self.normalized), ("punct", not self.no_punct), ("asian", self.asian_support))
        return "|".join([f"case:{case}|tok:tercom", *(f"{key}:{'yes' if on else 'no'}" for key, on in settings)])

    def statistics(
        self, hypotheses: Sequence[str], references: Sequence[Stream], sources: Sequence[str] | None = None
    ) -> Statistics:
        """For each segment the edits to the nearest reference and the words of a reference, (n, 2).

        With several references sacrebleu takes the mean of their lengths. Both columns are multiplied by the least
        common multiple of how many references the segments of this call have, so that they are integers: rows may be
        summed with each other, not with rows of other calls. With one reference they are plain counts.
        """
        texts = [[text for text in segment if text is not None] for segment in zip(*references, strict=True)]
        scale = lcm(*map(len, texts))
        split = self._splitter()
        statistics = np.empty((len(hypotheses), 2), np.int64)
        for start in range(0, len(hypotheses), _SLAB):
            some = texts[start : start + _SLAB]
            pairs, lengths = [], []
            for hypothesis, segment in zip(hypotheses[start : start + _SLAB], some, strict=True):
                words = split(hypothesis)
                against = [split(text) for text in segment]
                pairs += [(words, each) for each in against]
                lengths.append(sum(map(len, against)) * (scale // len(against)))
            counts = np.array([len(segment) for segment in some])
            rows = statistics[start : start + _SLAB]
            rows[:, 0] = np.minimum.reduceat(count_edits(pairs), np.cumsum(counts) - counts) * scale
            rows[:, 1] = lengths
        return statistics

    def scores(self, sums: Statistics) -> Scores:
        """100 · edits / words; where the references have no words, 100 if the hypotheses have any, else 0."""
        edits, length = sums[..., 0], sums[..., 1]
        rate = np.divide(edits, length, out=np.where(edits > 0, 1.0, 0.0), where=length > 0)
        return 100 * rate

    def segment_scores(self, statistics: Statistics) -> Scores:
        """The score of each segment by itself."""
        return self.scores(statistics)

    def _splitter(self) -> Callable[[str], list[str]]:
        return partial(
            words_of,
            normalized=self.normalized,
            no_punct=self.no_punct,
            asian_support=self.asian_support,
            lowercase=not self.case_sensitive,
        )
