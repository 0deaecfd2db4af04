"""How well an alignment agrees with one made by hand: strict, lax, links, unaligned sentences, types of beads.

Strict and lax are those of vecalign's scorer (Thompson & Koehn 2019, after Sennrich & Volk 2010): precision counts all
beads made, those of an empty side too; recall counts the beads of two sides only, which a hand has made.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .bead_file import HasSides

_Bead = tuple[tuple[int, ...], tuple[int, ...]]  # English, Chinese


class Measure(NamedTuple):
    """Precision and recall, 0..1; 0 where there is nothing to count."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean.

        >>> Measure(0.5, 1.0).f1
        0.6666666666666666
        """
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


class TypeRecall(NamedTuple):
    """Of how many gold beads of one type (`wanted`) the alignment has exactly the same (`right`)."""

    right: int
    wanted: int


@dataclass(frozen=True, slots=True)
class BeadScores:
    """Agreement of beads with gold.

    `strict` counts beads that are exactly in the other alignment, `lax` those that share a link (an English and a
    Chinese sentence in one bead) with it, `link` the links themselves, `deletion` sentences in beads of one side.
    `types` is the recall for each type as `Bead` names it, English first ("2-1"), the most frequent first. `made` and
    `gold` count the beads, those of one side too.
    """

    strict: Measure
    lax: Measure
    link: Measure
    deletion: Measure
    types: Mapping[str, TypeRecall]
    made: int
    gold: int


def score_beads(texts: Iterable[tuple[Sequence[HasSides], Sequence[HasSides]]]) -> BeadScores:
    """The agreement over texts, each given as its gold beads and the beads made; all beads weigh the same.

    >>> from .bead_file import Sides
    >>> gold = [Sides((0, 1), (0,)), Sides((2,), (1,))]
    >>> scores = score_beads([(gold, [Sides((0,), (0,)), Sides((1,), ()), Sides((2,), (1,))])])
    >>> scores.strict, scores.lax.recall, scores.types["1-1"]
    (Measure(precision=0.3333333333333333, recall=0.5), 1.0, TypeRecall(right=1, wanted=1))
    """
    strict_made = lax_made = strict_gold = lax_gold = made_beads = gold_beads = paired = 0
    link, deletion = _Tally(), _Tally()
    types: dict[str, TypeRecall] = {}
    for given_gold, given_made in texts:
        gold, made = _distinct(given_gold), _distinct(given_made)
        gold_links, made_links = _links(gold), _links(made)
        made_beads += len(made)
        gold_beads += len(gold)
        strict_made += len(gold & made)
        lax_made += sum(bead in gold or _shares(bead, gold_links) for bead in made)
        both = {bead for bead in gold if bead[0] and bead[1]}
        paired += len(both)
        strict_gold += len(both & made)
        lax_gold += sum(_shares(bead, made_links) for bead in both)
        link.add(gold_links, made_links)
        deletion.add(_lone(gold), _lone(made))
        for bead in gold:
            name = f"{len(bead[0])}-{len(bead[1])}"
            right, wanted = types.get(name, (0, 0))
            types[name] = TypeRecall(right + (bead in made), wanted + 1)
    return BeadScores(
        strict=Measure(_share(strict_made, made_beads), _share(strict_gold, paired)),
        lax=Measure(_share(lax_made, made_beads), _share(lax_gold, paired)),
        link=link.measure(),
        deletion=deletion.measure(),
        types=dict(sorted(types.items(), key=lambda item: (-item[1].wanted, item[0]))),
        made=made_beads,
        gold=gold_beads,
    )


class _Tally:
    """Counts of right, made and wanted things over several texts."""

    def __init__(self) -> None:
        self.right = self.made = self.wanted = 0

    def add(self, gold: set[tuple[int, int]], made: set[tuple[int, int]]) -> None:
        self.right += len(gold & made)
        self.made += len(made)
        self.wanted += len(gold)

    def measure(self) -> Measure:
        return Measure(_share(self.right, self.made), _share(self.right, self.wanted))


def _distinct(beads: Sequence[HasSides]) -> set[_Bead]:
    return {(tuple(bead.en), tuple(bead.zh)) for bead in beads if bead.en or bead.zh}


def _links(beads: set[_Bead]) -> set[tuple[int, int]]:
    return {(i, j) for en, zh in beads for i in en for j in zh}


def _shares(bead: _Bead, links: set[tuple[int, int]]) -> bool:
    return any((i, j) in links for i in bead[0] for j in bead[1])


def _lone(beads: set[_Bead]) -> set[tuple[int, int]]:
    """The sentences of beads of one side, as (side, index)."""
    return {(0, i) for en, zh in beads if not zh for i in en} | {(1, j) for en, zh in beads if not en for j in zh}


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
