"""What speaks for a bead: the features of all beads that end on some diagonals, computed together.

The similarity of runs of sentences, that of the sentences beside them, the share of words and clauses that the two
sides hold of each other, lengths, and the stops and quotes at the ends. How much each counts is in bead_weights.py.
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
from .lattice import MAX_SIDE, MAX_SUM, TYPES, WIDTH, Band, Integers, Scores, band_around
from .lexicon import load_lexicon
from .path import first_path
from .threads import one_thread

LONE = ("alone", "typical", "best match", "log length", "best words", "no full stop")
PAIRED = (
    *(f"type {name}" for name in ("1-1", "1-2", "2-1", "1-n", "2-2", "n-m")),
    *("similarity", "similarity × size", "beside", "beside × size", "typical"),
    *("words en", "words zh", "words × size", "words beside"),
    *("clauses en", "clauses zh", "clauses × size"),
    *("length ratio", "length deviation"),
    *("same stop", "other stop", "quote on one side", "no full stop en", "no full stop zh", "inner en", "inner zh"),
    *("least en", "least zh"),
)
_AROUND = MAX_SIDE + 1  # sentences beside a cell that its features look at
_QUOTES = ('"', "“", "‘", "'", "`", "「", "『")
_CLOSING = "\"”’'」』）)》> "
_STOPS = {".": 1, "。": 1, "!": 2, "！": 2, "?": 3, "？": 3, "…": 4, ":": 5, "：": 5, ";": 6, "；": 6}
_STOPS |= {",": 7, "，": 7, "—": 8, "-": 8}
_FULL, _LOUD = 4, (2, 3)  # codes up to this one end a sentence; exclamation and question mark


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
    totals, clauses = [], []
    for side, first in zip(parts, firsts, strict=True):
        of_clauses = encoder.totals([clause for sentence in side for clause in sentence])
        clauses.append(of_clauses.runs(1)[0])
        totals.append(of_clauses.joined(first))
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


class Block:
    """The beads that end on diagonals first … last-1.

    A cell stands between two sentences of each side; x is how many sentences before it a bound lies, -1 for one after.
    """

    def __init__(self, texts: Texts, first: int, last: int) -> None:
        """Take out of the texts what these diagonals need."""
        self._texts = texts
        en, zh = texts.en, texts.zh
        i, j = texts.band.cells(first, last)
        rows = max(0, int(i.min()) - _AROUND), min(len(en), max(0, int(i.max()) + 1))
        columns = max(0, int(j.min()) - _AROUND), min(len(zh), max(0, int(j.max()) + 1))
        left, right = (side.totals[slice(*at)].runs(MAX_SIDE) for side, at in ((en, rows), (zh, columns)))
        with one_thread():
            self._similar = {
                (a + 1, b + 1): (one @ other.T).astype(np.float64)
                for a, one in enumerate(left)
                for b, other in enumerate(right)
                if a + b + 2 <= MAX_SUM and len(one) and len(other)
            }
        self._i, self._j = i - rows[0], j - columns[0]
        self._cosines: dict[tuple[int, int, int, int], Scores] = {}
        self._at_en = np.clip(i - _BOUNDS, 0, len(en))
        self._at_zh = np.clip(j - _BOUNDS, 0, len(zh))
        width = columns[1] - columns[0] + 1
        where = np.clip(self._at_en - rows[0], 0, rows[1] - rows[0])[:, None] * width + np.clip(
            self._at_zh - columns[0], 0, columns[1] - columns[0]
        )
        blocks = (
            en.words.block(rows, columns),
            zh.words.block(columns, rows).T,
            en.clauses.block(rows, columns),
            zh.clauses.block(columns, rows).T,
        )
        self._sums = [_summed(block).take(where) for block in blocks]

    def features(self, kind: int) -> Scores:
        """Features of the beads of TYPES[kind] in all cells, shape (features, diagonals, WIDTH): LONE or PAIRED.

        Cells where no such bead may end hold anything.
        """
        a, b = TYPES[kind]
        if not a or not b:
            return self._lone(self._texts.en, self._at_en) if a else self._lone(self._texts.zh, self._at_zh)
        return self._paired(a, b)

    def _lone(self, side: Side, at: Integers) -> Scores:
        k = np.maximum(at[_X] - 1, 0)
        one = np.ones(k.shape)
        return np.stack([one, one * self._texts.typical, *side.lone[:, k]])

    def _paired(self, a: int, b: int) -> Scores:
        en, zh = self._texts.en, self._texts.zh
        i, i0, j, j0 = self._at_en[_X], self._at_en[_X + a], self._at_zh[_X], self._at_zh[_X + b]
        size = (a + b) / 2 - 1
        similar = self._cosine(a, b, a, b)
        beside = (
            _mean_where(
                (j0 > 0, self._cosine(a, 1, a, b + 1)),
                (j < len(zh), self._cosine(a, 1, a, 0)),
            )
            + _mean_where(
                (i0 > 0, self._cosine(1, b, a + 1, b)),
                (i < len(en), self._cosine(1, b, 0, b)),
            )
        ) / 2
        mass_en, mass_zh = self._masses(a, b)
        words_en, words_zh = self._held(0, a, 0, b, 0), self._held(1, a, 0, b, 0)
        around = (self._held(0, a, 0, b + 1, -1) - words_en) / mass_en[0]
        around += (self._held(1, a + 1, -1, b, 0) - words_zh) / mass_zh[0]
        words_en, words_zh = words_en / mass_en[0], words_zh / mass_zh[0]
        clauses_en, clauses_zh = self._held(2, a, 0, b, 0) / mass_en[1], self._held(3, a, 0, b, 0) / mass_zh[1]
        length_en = np.maximum(en.length[i] - en.length[i0], 1.0)
        length_zh = np.maximum(zh.length[j] - zh.length[j0], 1.0) * (en.length[-1] / zh.length[-1])
        stop_en, stop_zh = en.stop[i - 1], zh.stop[j - 1]
        loud = (stop_en == _LOUD[0]) | (stop_en == _LOUD[1]) | (stop_zh == _LOUD[0]) | (stop_zh == _LOUD[1])
        weak_en, weak_zh = en.before[2], zh.before[2]
        one = np.ones(i.shape)
        features = [
            *(one * (name == _type_name(a, b)) for name in ("1-1", "1-2", "2-1", "1-n", "2-2", "n-m")),
            *(similar, similar * size, beside, beside * size, one * self._texts.typical),
            *(words_en, words_zh, (words_en + words_zh) * size, around),
            *(clauses_en, clauses_zh, (clauses_en + clauses_zh) * size),
            np.abs(np.log(length_en / length_zh)),
            # Gale and Church's squared deviation, with their variance of 6.8 a character
            np.minimum((length_en - length_zh) ** 2 / (10.2 * (length_en + length_zh)), 8.0),
            *(stop_en == stop_zh, (stop_en != stop_zh) & (stop_en > 0) & (stop_zh > 0) & loud),
            en.quoted[np.minimum(i0, len(en) - 1)] != zh.quoted[np.minimum(j0, len(zh) - 1)],
            *(weak_en[i] - weak_en[i - 1], weak_zh[j] - weak_zh[j - 1]),
            *(weak_en[i - 1] - weak_en[i0], weak_zh[j - 1] - weak_zh[j0]),
            *self._least(a, b),
        ]
        return np.stack([np.asarray(feature, dtype=np.float64) for feature in features])

    def _masses(self, a: int, b: int) -> tuple[list[Scores], list[Scores]]:
        """Mass of the words and of the clauses of the a English sentences, and of the b Chinese ones."""
        sides = []
        for side, at, count in ((self._texts.en, self._at_en, a), (self._texts.zh, self._at_zh, b)):
            end, begin = at[_X], at[_X + count]
            sides.append([np.maximum(side.before[row, end] - side.before[row, begin], floor) for row, floor in _FLOORS])
        return sides[0], sides[1]

    def _least(self, a: int, b: int) -> list[Scores]:
        """On the side of several sentences, how like the whole other side the least similar one is."""
        least: list[Scores] = [np.zeros(self._i.shape), np.zeros(self._i.shape)]
        if a > 1:
            least[0] = np.min([self._cosine(1, b, x, b) for x in range(1, a + 1)], axis=0) - self._texts.typical
        if b > 1:
            least[1] = np.min([self._cosine(a, 1, a, y) for y in range(1, b + 1)], axis=0) - self._texts.typical
        return least

    def _cosine(self, a: int, b: int, x: int, y: int) -> Scores:
        """Similarity of the run of a sentences that begins x before the cell and that of b that begins y before it."""
        found = self._cosines.get((a, b, x, y))
        if found is None:
            grid = self._similar.get((a, b))
            if grid is None:
                found = np.zeros(self._i.shape)
            else:
                found = grid.take((self._i - x) * grid.shape[1] + (self._j - y), mode="clip")
            self._cosines[a, b, x, y] = found
        return found

    def _held(self, table: int, x0: int, x1: int, y0: int, y1: int) -> Scores:
        """What the sentences between bounds x0 and x1, and y0 and y1, hold of each other."""
        sums = self._sums[table]
        held: Scores = sums[_X + x1, _X + y1] - sums[_X + x0, _X + y1] - sums[_X + x1, _X + y0] + sums[_X + x0, _X + y0]
        return held


_X = 1  # place of bound 0 among the bounds -1 … _AROUND
_BOUNDS = np.arange(-_X, _AROUND + 1)[:, None, None]
_FLOORS = ((0, 0.3), (1, 1.0))  # rows of Side.before with the least mass that is believed


def _mean_where(*parts: tuple[npt.NDArray[np.bool_], Scores]) -> Scores:
    """Mean of the values where they are there, 0 where none is."""
    total = sum(np.where(there, values, 0.0) for there, values in parts)
    return np.asarray(total / np.maximum(1, sum(there.astype(int) for there, _ in parts)))


def _type_name(a: int, b: int) -> str:
    """Group of a bead's type: long beads of one sentence are one, and all others of more than two sentences.

    >>> _type_name(1, 3), _type_name(2, 2), _type_name(2, 1), _type_name(3, 2)
    ('1-n', '2-2', '2-1', 'n-m')
    """
    if max(a, b) <= 2:
        return f"{a}-{b}"
    return "1-n" if min(a, b) == 1 else "n-m"


def _before(values: Scores) -> Scores:
    """Sums of all before each along the last axis, and of all."""
    sums: Scores = np.concatenate([np.zeros((*values.shape[:-1], 1)), values.cumsum(-1)], axis=-1)
    return sums


def _summed(cells: Scores) -> Scores:
    out = np.zeros((cells.shape[0] + 1, cells.shape[1] + 1))
    out[1:, 1:] = cells.cumsum(0).cumsum(1)
    return out


def _window(band: Band, row: int, other: int) -> tuple[int, int]:
    """First and last sentence of the other side that sentence `row` may be paired with."""
    low = min(band.columns(row)[0], band.columns(row + 1)[0])
    high = max(band.columns(row)[1], band.columns(row + 1)[1])
    return max(0, low - 1), min(other - 1, high)


def _stop(sentence: str) -> int:
    bare = sentence.rstrip(_CLOSING)
    return 4 if bare.endswith("...") else _STOPS.get(bare[-1:], 0)
