"""Hypotheses and references as arrays of numbered words, and how they are aligned.

The words of a reference are 1 and up, what it does not have is 0.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.int32]
Ints = NDArray[np.int64]


class Pairs(NamedTuple):
    """Hypotheses (B, M) and references (B, N), none of them empty, with their lengths.

    The rows of hypotheses are filled with 0, those of references with -1.
    """

    hypotheses: Words
    references: Words
    hypothesis_lengths: Ints
    reference_lengths: Ints

    def only(self, rows: list[int]) -> "Pairs":
        """Some of the pairs."""
        hypotheses, references, hypothesis_lengths, reference_lengths = self
        return Pairs(hypotheses[rows], references[rows], hypothesis_lengths[rows], reference_lengths[rows])


class Alignments(NamedTuple):
    """How hypotheses and references are aligned along a path of edits.

    `targets` (B, N + 1) is how many words of the hypothesis stand before what follows word k of the reference (from 1;
    0 for k = 0): where sacrebleu puts a block that is to follow that word. The other two, (B, M) and (B, N), say which
    words are edited.
    """

    targets: Ints
    hypothesis_wrong: NDArray[np.bool_]
    reference_wrong: NDArray[np.bool_]

    def only(self, rows: list[int]) -> "Alignments":
        """Some of the alignments."""
        targets, hypothesis_wrong, reference_wrong = self
        return Alignments(targets[rows], hypothesis_wrong[rows], reference_wrong[rows])


def unaligned(pairs: Pairs) -> Alignments:
    """Alignments to be filled in: nothing is wrong."""
    hypotheses, references, _, _ = pairs
    return Alignments(
        np.zeros((len(references), references.shape[1] + 1), np.int64),
        np.zeros(hypotheses.shape, np.bool_),
        np.zeros(references.shape, np.bool_),
    )
