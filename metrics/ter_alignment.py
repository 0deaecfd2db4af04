"""Alignments of hypotheses with their references, and whether sacrebleu's are the same."""

import numpy as np
from numpy.typing import NDArray

from .ter_beam import beam_widths
from .ter_distance import align_many
from .ter_pairs import Alignments, Ints, Pairs
from .ter_single import align_few

_ROWS = 24  # of one table take as long as one of all tables at once, for each 64 edits there may be (measured)


def align(pairs: Pairs, edits: Ints) -> tuple[Alignments, NDArray[np.bool_]]:
    """The alignments along paths of least edits, and which of them are proved to be sacrebleu's.

    No distance may be greater than `edits`. Where the path keeps within sacrebleu's beam, sacrebleu finds the same one:
    no cell costs less with a beam than without, and those of this path cost the same; so at each of them sacrebleu
    rejects what is rejected here (steps that would cost more) and takes what is taken here.
    """
    hypotheses, _, m, n = pairs
    at_once = _ROWS * hypotheses.shape[1] * (int(edits.max()) // 64 + 1)
    alignments = align_many(pairs, edits) if int(m.sum()) > at_once else align_few(pairs)
    targets = alignments.targets
    # In column k the path takes the rows from targets[k] up to targets[k + 1], or one less. As the beam moves on with
    # the rows, it is enough to look at these two; but row 0 has no beam.
    column = np.arange(targets.shape[1])
    until = np.column_stack([targets[:, 1:], m])
    until[np.arange(len(m)), n] = m
    ratio, half = (n / m)[:, None], beam_widths(n, m)[:, None]
    left, right = np.floor(until * ratio) - half, np.floor(np.maximum(targets, 1) * ratio) + half
    right[until == 0] = np.inf
    outside = (column <= n[:, None]) & ((column < left) | (column >= right))
    return alignments, np.logical_not(outside.any(axis=1))
