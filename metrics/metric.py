"""What a metric is: integers a segment, whose sums make the score of any set of segments."""

from collections.abc import Sequence
from importlib.metadata import version
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Statistics = NDArray[np.int64]  # (segments, k), or summed: (any number of sets of segments, k)
Scores = NDArray[np.float64]
Stream = Sequence[str | None]  # one reference: a text for each segment, None where it has none

SACREBLEU = "2.6.0"  # the version whose definitions these scores equal, to the last digit


class Metric(Protocol):
    """One way to score hypotheses.

    Scores of a corpus, of subsets and of resamples are all sums of rows of `statistics`, given to `scores`.
    """

    @property
    def name(self) -> str:
        """What stands in tables: "BLEU", "chrF", "chrF++", "TER" …"""
        ...

    @property
    def key(self) -> str:
        """What selects it: "bleu", "chrf", "chrf++", "ter" …"""
        ...

    @property
    def higher_is_better(self) -> bool:
        """False for TER alone."""
        ...

    @property
    def settings(self) -> str:
        """The parts of its signature that are its own: "case:mixed|eff:no|tok:zh|smooth:exp"."""
        ...

    @property
    def is_sacrebleu(self) -> bool:
        """Whether sacrebleu defines it, so that its version belongs into the signature."""
        ...

    @property
    def uses_references(self) -> bool:
        """Whether its figures depend on the references, so that their number belongs into the signature."""
        ...

    def defined(self, sums: Statistics) -> NDArray[np.bool_]:
        """Whether there is anything to score in each row of sums (m, k); always, but for shares of something."""
        ...

    def statistics(
        self, hypotheses: Sequence[str], references: Sequence[Stream], sources: Sequence[str] | None = None
    ) -> Statistics:
        """One row of integers for each segment, (len(hypotheses), k).

        Every stream of references, and the sources, are as long as the hypotheses; every segment has a reference in
        one stream at least, where the metric takes references at all.
        """
        ...

    def scores(self, sums: Statistics) -> Scores:
        """The score of each row of sums (m, k), 0..100 (TER: 0 and up), and 0 where it is not defined; never NaN."""
        ...

    def segment_scores(self, statistics: Statistics) -> Scores:
        """The score of each segment by itself, NaN where it is not defined.

        BLEU's are with effective order, as sacrebleu's `sentence_score` advises.
        """
        ...


class OfReferences:
    """What the metrics of sacrebleu have in common: they need references, and are defined for any text."""

    __slots__ = ()

    @property
    def higher_is_better(self) -> bool:
        """True, but for those that count edits."""
        return True

    @property
    def is_sacrebleu(self) -> bool:
        """True, but with settings of our own."""
        return True

    @property
    def uses_references(self) -> bool:
        """True."""
        return True

    def defined(self, sums: Statistics) -> NDArray[np.bool_]:
        """True of each row of sums."""
        return np.ones(len(sums), np.bool_)


def signature(metric: Metric, references: int | None, resampled: str = "") -> str:
    """The signature of a score: sacrebleu's, with ours at the end.

    `references` is how many each segment has, None where that varies, 0 for a metric without any; `resampled` is what
    was drawn, such as "bs:1000|seed:12345".
    """
    number = "" if references == 0 else f"nrefs:{'var' if references is None else references}"
    definition = f"version:{SACREBLEU}" if metric.is_sacrebleu else ""
    parts = (number, resampled, metric.settings, definition, f"duizhao:{version('duizhao')}")
    return "|".join(part for part in parts if part)
