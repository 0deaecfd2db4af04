"""What both languages write alike: numbers and Latin words, as evidence that two sentences belong together."""

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

_ANCHOR = re.compile(r"\d+(?:[.,]\d+)*|[A-Za-z][A-Za-z0-9]+")
_FULL_WIDTH = {0xFF10 + k: 0x30 + k for k in range(10)}


class Anchors:
    """Similarity by shared anchors between any two runs of sentences, each in constant time."""

    def __init__(
        self, table: npt.NDArray[np.float64], mass_en: npt.NDArray[np.float64], mass_zh: npt.NDArray[np.float64]
    ):
        """`table[i, j]` is the mass that sentences i and j share; the masses are each sentence's own."""
        self._table = np.zeros((table.shape[0] + 1, table.shape[1] + 1))
        self._table[1:, 1:] = table.cumsum(0).cumsum(1)
        self._en = np.concatenate([[0.0], mass_en.cumsum()])
        self._zh = np.concatenate([[0.0], mass_zh.cumsum()])

    def of(
        self,
        i0: npt.NDArray[np.int64],
        i1: npt.NDArray[np.int64],
        j0: npt.NDArray[np.int64],
        j1: npt.NDArray[np.int64],
    ) -> npt.NDArray[np.float64]:
        """Share of the anchors of runs i0…i1 and j0…j1 that both have, 0..1 (0 where there is none)."""
        t = self._table
        shared = t[i1, j1] - t[i0, j1] - t[i1, j0] + t[i0, j0]
        mass = self._en[i1] - self._en[i0] + self._zh[j1] - self._zh[j0]
        return np.asarray(
            np.where(mass > 0, np.minimum(1.0, 2 * shared / np.maximum(mass, 1e-9)), 0.0), dtype=np.float64
        )

    def whole(self) -> npt.NDArray[np.float64]:
        """The similarity of each single sentence to each, shape (n, m)."""
        n, m = self._table.shape[0] - 1, self._table.shape[1] - 1
        i, j = np.arange(n)[:, None], np.arange(m)[None, :]
        return self.of(i, i + 1, j, j + 1)


def anchors_of(sentence: str) -> Counter[str]:
    """The numbers and Latin words of a sentence, folded, with their counts.

    >>> sorted(anchors_of("使用 BERT 达到１０.5%"))
    ['10.5', 'bert']
    """
    folded = sentence.translate(_FULL_WIDTH)
    return Counter(found.casefold().replace(",", "") for found in _ANCHOR.findall(folded))


def anchor_similarity(en: Sequence[str], zh: Sequence[str]) -> Anchors:
    """How much the sentences of two texts share, rarer anchors weighing more."""
    left, right = [anchors_of(s) for s in en], [anchors_of(s) for s in zh]
    common = {a for c in left for a in c} & {a for c in right for a in c}
    weight = {a: 1.0 / (1.0 + sum(1 for c in left if a in c) + sum(1 for c in right if a in c)) for a in common}
    table = np.zeros((len(en), len(zh)))
    holders: dict[str, list[int]] = {a: [] for a in common}
    for j, counts in enumerate(right):
        for a in counts:
            if a in common:
                holders[a].append(j)
    for i, counts in enumerate(left):
        for a, count in counts.items():
            for j in holders.get(a, ()):
                table[i, j] += weight[a] * min(count, right[j][a])
    mass_en = np.array([sum(weight[a] * n for a, n in c.items() if a in common) for c in left])
    mass_zh = np.array([sum(weight[a] * n for a, n in c.items() if a in common) for c in right])
    return Anchors(table, mass_en, mass_zh)
