"""Two texts in, what the features of their beads are made of out: vectors of runs, words and clauses in common, looks.

Everything that is the same for all beads is worked out here, once; bead_features.py puts it together bead by bead.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .attribution import (
    Attribution,
    attribute_clauses,
    attribute_words,
    clauses_of,
    in_common,
    keys_en,
    keys_zh,
    links_between,
)
from .encoder import Encoder, RunVectors
from .lattice import WIDTH, Band, Integers, Scores, band_around
from .lexicon import load_lexicon
from .path import first_path
from .threads import one_thread

_QUOTES = ('"', "“", "‘", "'", "`", "「", "『")
_CLOSING = "\"”’'」』）)》> "
_STOPS = {".": 1, "。": 1, "!": 2, "！": 2, "?": 3, "？": 3, "…": 4, ":": 5, "：": 5, ";": 6, "；": 6}
_STOPS |= {",": 7, "，": 7, "—": 8, "-": 8}
_FULL = 4  # codes up to this one end a sentence


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One text: what gives the vectors of its runs, its attribution to the other text, how its sentences look."""

    totals: RunVectors
    words: Attribution
    clauses: Attribution
    length: Scores  # UTF-8 bytes before each sentence: a Han character weighs three, near its worth in Latin letters
    stop: Integers  # code of the last stop, 0 for none
    quoted: npt.NDArray[np.bool_]  # opens with a quotation mark
    lone: Scores  # shape (4, n): the last four features of LONE, of each sentence
    before: Scores  # shape (3, n + 1): the mass of words, of clauses, and sentences without full stop before each

    def __len__(self) -> int:
        """How many sentences."""
        return len(self.stop)


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """Two texts and the band in which they are aligned; `typical` is the similarity that matches usually have."""

    en: Side
    zh: Side
    band: Band
    typical: float


def prepare(en: Sequence[str], zh: Sequence[str], encoder: Encoder) -> Texts:
    """The two texts with all that their features need; neither may be empty."""
    lexicon = load_lexicon()
    parts = [[clauses_of(s, chinese=False) for s in en], [clauses_of(s, chinese=True) for s in zh]]
    firsts = [np.cumsum([0, *(len(sentence) for sentence in side)])[:-1].tolist() for side in parts]
    flat = [[clause for sentence in side for clause in sentence] for side in parts]
    # Both sides in one go: the network's weights are read once.
    of_clauses, middle = encoder.totals([*flat[0], *flat[1]]), len(flat[0])
    clauses = np.split(of_clauses.runs(1)[0], [middle])
    totals = [
        of_clauses[part].joined(first)
        for part, first in zip((slice(0, middle), slice(middle, len(of_clauses))), firsts, strict=True)
    ]
    vectors = [total.runs(1)[0] for total in totals]
    path = first_path(vectors[0], vectors[1])
    band = band_around(path)
    across = Band(np.arange(len(band.base)) - band.base - WIDTH + 1, band.m, band.n)  # the same cells by j
    windows = [
        [_window(each, k, beyond) for k in range(count)]
        for each, count, beyond in ((band, len(en), len(zh)), (across, len(zh), len(en)))
    ]
    tokens = in_common([keys_en(s) for s in en], [keys_zh(s, lexicon) for s in zh])
    links = links_between(tokens[0], tokens[1], lexicon)
    sides = []
    for own, other, sentences in ((0, 1, en), (1, 0, zh)):
        lengths = [len(clause) for sentence in parts[own] for clause in sentence]
        with one_thread():
            best = [
                float((vectors[own][k] @ vectors[other][low : high + 1].T).max()) if low <= high else 0.0
                for k, (low, high) in enumerate(windows[own])
            ]
            by_clause = attribute_clauses(clauses[own], lengths, firsts[own], vectors[other], windows[own])
        by_word = attribute_words(tokens[own], tokens[other], windows[own], links[own])
        size = np.array([len(s.encode(errors="surrogatepass")) + 1.0 for s in sentences])
        stop = np.array([_stop(s) for s in sentences])
        quoted = np.array([s.startswith(_QUOTES) for s in sentences])
        weak = ((stop == 0) | (stop > _FULL)).astype(np.float64)
        held = np.array([cells.max(initial=0.0) for cells in by_word.cells]) / np.maximum(by_word.mass, 0.1)
        lone = np.stack([best, np.log(size / size.mean()), held, weak])
        before = _before(np.stack([by_word.mass, by_clause.mass, weak]))
        sides.append(Side(totals[own], by_word, by_clause, _before(size), stop, quoted, lone, before))
    matched = [float(vectors[0][i - 1] @ vectors[1][j - 1]) for i, j in path if i and j]
    return Texts(sides[0], sides[1], band, float(np.median(matched)))


def _before(values: Scores) -> Scores:
    """Sums of all before each along the last axis, and of all."""
    sums: Scores = np.concatenate([np.zeros((*values.shape[:-1], 1)), values.cumsum(-1)], axis=-1)
    return sums


def _window(band: Band, row: int, other: int) -> tuple[int, int]:
    """First and last sentence of the other side that sentence `row` may be paired with."""
    low = min(band.columns(row)[0], band.columns(row + 1)[0])
    high = max(band.columns(row)[1], band.columns(row + 1)[1])
    return max(0, low - 1), min(other - 1, high)


def _stop(sentence: str) -> int:
    bare = sentence.rstrip(_CLOSING)
    return 4 if bare.endswith("...") else _STOPS.get(bare[-1:], 0)
