"""Sentences to beads: n-m sentence alignment, and how likely each bead is to be right.

Every bead near the path of the best matches gets a score from what speaks for it (bead_features.py), weighted as
learned from texts aligned by hand (bead_weights.py); the chain of beads with the highest sum is taken, and its beads'
probabilities among all chains are theirs (lattice.py). It is Gale & Church's (1993) programme with a conditional
random field in place of their lengths. A text says of itself what is usual in it: how often a sentence is left alone
or drawn together in the chains of a first round counts in the second.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ..corpora.script import count_han
from .bead_features import LONE, PAIRED, Block
from .bead_texts import Texts, prepare
from .bead_weights import USUAL, WEIGHTS_LONE, WEIGHTS_PAIRED
from .encoder import Encoder, load_encoder
from .lattice import LONE_KINDS, NEVER, TYPES, WIDTH, Lattice, Scores

_DIAGONALS = 384  # of a block of features
_AT_ONCE = 20_000  # beads whose features are worked out together: 5 MB
# Shares of bead types in a text nothing is known of, and how many beads that knowledge is worth.
_SHARES = {
    "alone en": 0.03,
    "alone zh": 0.03,
    "1-1": 0.7,
    "2-1": 0.07,
    "1-2": 0.1,
    "n-1": 0.03,
    "1-n": 0.03,
    "n-m": 0.03,
}
_WORTH = 5.0


@dataclass(frozen=True, slots=True)
class Bead:
    """English sentences `en` and Chinese sentences `zh` (indices, consecutive) that translate each other.

    One side may be empty. `score` is the similarity of the two sides, 0..1, and 0 for a lone side. `probability`,
    0..1, is that of the bead being right, as far as the aligner can tell.
    """

    en: tuple[int, ...]
    zh: tuple[int, ...]
    score: float
    probability: float = 1.0

    @property
    def type(self) -> str:
        """Count of sentences on each side.

        >>> Bead((0, 1), (0,), 0.8).type
        '2-1'
        """
        return f"{len(self.en)}-{len(self.zh)}"


def align_sentences(en: Sequence[str], zh: Sequence[str], encoder: Encoder | None = None) -> list[Bead]:
    """The beads that pair two lists of sentences, in order; every sentence is in exactly one.

    Which list is Chinese is seen from the texts: with the sides swapped the result is swapped. Time and memory grow
    with the count of sentences.

    >>> [b.type for b in align_sentences(["It rains."], [])]
    ['1-0']
    """
    if not en or not zh:
        return [Bead((k,), (), 0.0) for k in range(len(en))] + [Bead((), (k,), 0.0) for k in range(len(zh))]
    if _chinese_first(en, zh):
        return [Bead(b.zh, b.en, b.score, b.probability) for b in _aligned(zh, en, encoder or load_encoder())]
    return _aligned(en, zh, encoder or load_encoder())


def group_of(kind: int) -> str:
    """The group of bead types that the usual shares are counted by.

    >>> group_of(TYPES.index((0, 1))), group_of(TYPES.index((3, 1)))
    ('alone zh', 'n-1')
    """
    a, b = TYPES[kind]
    if not b:
        return "alone en"
    if not a:
        return "alone zh"
    if max(a, b) <= 2 and a + b < 4:
        return f"{a}-{b}"
    return "n-1" if b == 1 else "1-n" if a == 1 else "n-m"


GROUPS = tuple(_SHARES)
GROUP = np.array([GROUPS.index(group_of(kind)) for kind in range(len(TYPES))])
_LONE_WEIGHTS = np.array([WEIGHTS_LONE[name] for name in LONE])
_PAIRED_WEIGHTS = np.array([WEIGHTS_PAIRED[name] for name in PAIRED])
_SIMILARITY = PAIRED.index("similarity")
_USUAL = np.array(
    [USUAL["alone" if name.startswith("alone") else name if name == "1-1" else "other"] for name in GROUPS]
)


def usual_shares(probabilities: Scores) -> Scores:
    """How much more often than usual each bead type occurs, as the logarithm of the ratio; shape (types,)."""
    counts = np.bincount(GROUP, probabilities.sum((0, 2)), len(GROUPS))
    before = np.array(list(_SHARES.values()))
    found = np.log((counts + _WORTH * before) / ((counts.sum() + _WORTH) * before))
    of_types: Scores = found[GROUP]
    return of_types


def blocks(texts: Texts) -> Iterator[tuple[slice, Block]]:
    """The features of the texts' beads, some diagonals at a time."""
    length = len(texts.en) + len(texts.zh) + 1
    for first, last in pairwise([*range(0, length, _DIAGONALS), length]):
        yield slice(first, last), Block(texts, first, last)


def _aligned(en: Sequence[str], zh: Sequence[str], encoder: Encoder) -> list[Bead]:
    texts = prepare(en, zh, encoder)
    lattice = Lattice(texts.band)
    first = np.full((len(en) + len(zh) + 1, len(TYPES), WIDTH), NEVER, dtype=np.float32)
    second, similar = first.copy(), np.zeros_like(first)
    for part, block in blocks(texts):
        allowed = lattice.allowed(part.start, part.stop)
        for kind in LONE_KINDS:
            where = allowed[:, kind]
            scores = np.tensordot(_LONE_WEIGHTS, block.features(kind), axes=(0, 0))
            first[part, kind][where], second[part, kind][where] = scores[0][where], scores[1][where]
        beads = np.nonzero(allowed[:, len(LONE_KINDS) :])
        for k in range(0, len(beads[0]), _AT_ONCE):
            diagonals, kinds, cells = (at[k : k + _AT_ONCE] for at in beads)
            kinds = kinds + len(LONE_KINDS)
            features = block.paired(kinds, diagonals, cells)
            at = diagonals + part.start, kinds, cells
            first[at], second[at] = _PAIRED_WEIGHTS.T @ features
            similar[at] = features[_SIMILARITY]
    usual = usual_shares(lattice.probabilities(first))
    second += (usual * _USUAL[GROUP])[:, None].astype(np.float32)
    probable = lattice.probabilities(second)
    return [
        Bead(
            tuple(range(step.i - TYPES[step.kind][0], step.i)),
            tuple(range(step.j - TYPES[step.kind][1], step.j)),
            min(1.0, max(0.0, float(similar[step.i + step.j, step.kind, step.cell]))),
            round(float(probable[step.i + step.j, step.kind, step.cell]), 4),
        )
        for step in lattice.best(second)
    ]


def _chinese_first(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether the first list is the Chinese one; where both are alike, any order that both agree on."""
    shares = [sum(map(count_han, side)) / max(1, sum(map(len, side))) for side in (one, other)]
    return (shares[0], list(one)) > (shares[1], list(other))
