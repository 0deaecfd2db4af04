"""For each sentence, how much of it goes to which sentence of the other side near it: by words and by clauses.

A sentence that two others translate divides between them, and a word that fits several sentences counts for each in
part: so what a bead holds of its sentences, and what it leaves to its neighbours, are sums over two sentences at a
time. Words are linked by the lexicon, by number and by what both languages write alike; clauses by their vectors.
"""

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from .anchors import anchors_of
from .encoder import Floats
from .lexicon import Lexicon, stems_of

Links = Mapping[str, Mapping[str, float]]  # word → words of the other language → strength 0..1
Window = tuple[int, int]  # first and last sentence of the other side, both inclusive; first > last where none
_Cells = npt.NDArray[np.float64]
_NOWHERE = 0.3  # strength of a link to nothing
_UNKNOWN = 0.5  # weight of a word without any link
_LIKE_NOTHING = 0.25  # similarity of a clause to nothing
_SHARP = 0.08  # differences of similarity that matter
_COMMON = 0.02  # least weight of a word
# A run of stops is tried from its first only: or a long one that no blank follows would be read over and over.
_CLAUSE_EN = re.compile(r"(?<![,;:—.!?])[,;:—.!?]++[\"”’')]*+\s++|—")
_CLAUSE_ZH = re.compile(r"[，,；;：:。！？!?…—]++[”’」』]*+")
_SHORT_EN, _SHORT_ZH = 12, 4  # characters below which a clause is joined to the one before


@dataclass(frozen=True, slots=True)
class Attribution:
    """The `mass` of each sentence, and in `cells[i]` how it goes to the sentences from `first[i]` on; the rest is lost.

    >>> attribute_words([["a"]], [["b"]], [(0, 0)], {"a": {"b": 1.0}}).cells[0].round(2)
    array([0.32])
    """

    mass: _Cells
    first: tuple[int, ...]
    cells: tuple[_Cells, ...]

    def block(self, rows: Window, columns: Window) -> _Cells:
        """The cells of sentences rows[0] … rows[1]-1 and columns[0] … columns[1]-1 of the other side."""
        out = np.zeros((rows[1] - rows[0], columns[1] - columns[0]))
        for i in range(*rows):
            begin = max(self.first[i], columns[0])
            end = min(self.first[i] + len(self.cells[i]), columns[1])
            if begin < end:
                out[i - rows[0], begin - columns[0] : end - columns[0]] = self.cells[i][
                    begin - self.first[i] : end - self.first[i]
                ]
        return out


def keys_en(sentence: str) -> list[str]:
    """What an English sentence is linked by: its content words, and all its words and numbers as they stand.

    >>> keys_en("He saw 12 otters.")
    ['saw', 'otter', '=he', '=saw', '=12', '=otters']
    """
    return stems_of(sentence) + _alike(sentence)


def keys_zh(sentence: str, lexicon: Lexicon) -> list[str]:
    """What a Chinese sentence is linked by: the headwords in it, and its numbers and Latin words as they stand."""
    return [sentence[a:b] for a, b in lexicon.words(sentence)] + _alike(sentence)


def in_common(en: Sequence[Sequence[str]], zh: Sequence[Sequence[str]]) -> tuple[list[list[str]], list[list[str]]]:
    """The tokens of both sides without numbers and names that the other text has nowhere: those link nothing.

    >>> in_common([["=he", "=12"]], [["十二", "=12"]])
    ([['=12']], [['十二', '=12']])
    """
    shared = {word for words in en for word in words} & {word for words in zh for word in words}
    left, right = (
        [[word for word in words if word in shared or not word.startswith("=")] for words in side] for side in (en, zh)
    )
    return left, right


def links_between(en: Sequence[Sequence[str]], zh: Sequence[Sequence[str]], lexicon: Lexicon) -> tuple[Links, Links]:
    """The lexicon's links between the words that stand in two texts, from English and from Chinese."""
    from_en: dict[str, dict[str, float]] = {}
    from_zh: dict[str, dict[str, float]] = {}
    words_en = {word for sentence in en for word in sentence}
    for word in sorted({word for sentence in zh for word in sentence}):
        senses = {word: 1.0} if word.startswith("=") else lexicon.senses(word)
        for sense, strength in senses.items():
            if sense in words_en:
                from_en.setdefault(sense, {})[word] = strength
                from_zh.setdefault(word, {})[sense] = strength
    return from_en, from_zh


def attribute_words(
    own: Sequence[Sequence[str]], other: Sequence[Sequence[str]], windows: Sequence[Window], links: Links
) -> Attribution:
    """How the words of each sentence go to the sentences of the other side in its window; rarer words weigh more."""
    holders: dict[str, list[int]] = {}
    for j, words in enumerate(other):
        for word in set(words):
            holders.setdefault(word, []).append(j)
    weights = _weights(own)
    places: dict[str, tuple[list[int], list[float]]] = {}  # of each word: sentences that may render it, how strongly
    mass = np.zeros(len(own))
    cells = []
    for i, (words, (low, high)) in enumerate(zip(own, windows, strict=True)):
        row = [0.0] * max(0, high + 1 - low)
        for word, count in sorted(Counter(words).items()):
            weight = weights[word] * math.sqrt(count)
            linked = links.get(word)
            if linked is None:
                mass[i] += _UNKNOWN * weight
                continue
            mass[i] += weight
            found = places.get(word)
            if found is None:
                found = places[word] = _places(linked, holders)
            at, strengths = found
            begin = bisect_left(at, low)
            end = bisect_left(at, high + 1, begin)
            if begin < end:
                here = strengths[begin:end]
                share = weight / (_NOWHERE + sum(here))
                for j, strength in zip(at[begin:end], here, strict=True):
                    row[j - low] += strength * share
        cells.append(np.array(row))
    return Attribution(mass, tuple(low for low, _ in windows), tuple(cells))


def _places(linked: Mapping[str, float], holders: Mapping[str, list[int]]) -> tuple[list[int], list[float]]:
    """The sentences with any of the linked words, in order, and the strength of the strongest in each."""
    best: dict[int, float] = {}
    for word, strength in linked.items():
        for j in holders[word]:
            if strength > best.get(j, 0.0):
                best[j] = strength
    at = sorted(best)
    return at, [best[j] for j in at]


def attribute_clauses(
    clauses: Floats, lengths: Sequence[int], firsts: Sequence[int], other: Floats, windows: Sequence[Window]
) -> Attribution:
    """How the clauses of each sentence go to the sentences of the other side in its window, by their vectors.

    Clauses firsts[i] … firsts[i+1]-1 are those of sentence i; `lengths` are in characters, and so is the mass.
    """
    counts = np.array(lengths, dtype=np.float64)
    mass = np.add.reduceat(counts, firsts)
    cells = []
    for begin, end, (low, high) in zip(firsts, [*firsts[1:], len(counts)], windows, strict=True):
        if low > high:
            cells.append(np.zeros(0))
            continue
        alike = np.exp((clauses[begin:end] @ other[low : high + 1].T - _LIKE_NOTHING) / _SHARP)
        share = alike / (1.0 + alike.sum(1, keepdims=True, dtype=np.float64))
        cells.append(counts[begin:end] @ share)
    return Attribution(mass, tuple(low for low, _ in windows), tuple(cells))


def clauses_of(sentence: str, *, chinese: bool) -> list[str]:
    """The parts of a sentence between its stops, none much shorter than a few words; joined they are the sentence.

    >>> clauses_of("In the evening, when it rains, the otters sing.", chinese=False)
    ['In the evening, ', 'when it rains, ', 'the otters sing.']
    """
    short = _SHORT_ZH if chinese else _SHORT_EN
    bounds = [0]
    begin = 0  # of the part last read, which may be joined to the clause before
    for end in [*(found.end() for found in (_CLAUSE_ZH if chinese else _CLAUSE_EN).finditer(sentence)), len(sentence)]:
        if begin == end:
            continue
        if len(bounds) > 1 and (bounds[-1] - bounds[-2] < short or end - begin < short):
            bounds[-1] = end
        else:
            bounds.append(end)
        begin = end
    return [sentence[a:b] for a, b in pairwise(bounds)] or [sentence]


def _alike(sentence: str) -> list[str]:
    return [f"={anchor}" for anchor, count in anchors_of(sentence).items() for _ in range(count)]


def _weights(sentences: Sequence[Sequence[str]]) -> dict[str, float]:
    """Inverse document frequency of each word, 0..1."""
    n = len(sentences)
    holders = Counter(word for words in sentences for word in set(words))
    return {word: max(math.log((n + 1) / (count + 0.5)) / math.log(n + 1), _COMMON) for word, count in holders.items()}
