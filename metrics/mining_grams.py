"""Streams of words to n-grams by document: which strings of one to four words stand in which documents."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from .mining_words import BREAK, Stream

_WORDS = 4  # of the longest n-gram
_LONGEST_HAN, _SHORTEST_HAN = 10, 2  # characters of Chinese ones
_HALF, _LOW = np.uint64(32), np.uint64(0xFFFFFFFF)
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Grams:
    """Strings and the documents they stand in: those of document k are `ids[starts[k]:starts[k + 1]]`, rising.

    `counts[i]` is the number of documents that string i stands in.
    """

    names: list[str]
    starts: Ints
    ids: Ints
    counts: Ints

    def by_name(self) -> tuple[Ints, Ints]:
        """The same turned round: the documents of string i are `documents[starts[i]:starts[i + 1]]`, rising."""
        of = np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))
        order = np.argsort(self.ids, kind="stable")
        return np.concatenate([[0], np.cumsum(self.counts)]), of[order]

    def kept(self, keep: npt.NDArray[np.bool_]) -> "Grams":
        """Only some of the strings."""
        number = np.cumsum(keep) - 1
        inside = keep[self.ids]
        of = np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))[inside]
        starts = np.concatenate([[0], np.cumsum(np.bincount(of, minlength=len(self.starts) - 1))])
        names = [self.names[i] for i in np.flatnonzero(keep).tolist()]
        return Grams(names, starts, number[self.ids[inside]], self.counts[keep])


def grams_of(stream: Stream, fewest: int) -> Grams:
    """The n-grams of a stream that stand in `fewest` documents or more, sorted.

    An n-gram's first and last word may stand there (see Vocabulary); a Chinese one has 2 to 10 characters. Levels are
    built on each other: what begins with a rare string is rare (Agrawal and Srikant 1994).
    """
    surface, folded, documents = stream.arrays()
    begins, joins, ends = stream.vocabulary.flags()
    numbers: dict[str, int] = {}
    found: list[tuple[Ints, Ints]] = []  # numbers of strings, and documents
    at = np.flatnonzero(begins[surface])
    prefixes, strings = np.zeros(len(at), dtype=np.int64), [""]
    for n in range(_WORDS):
        inside = at + n < len(surface)
        inside[inside] = surface[at[inside] + n] != BREAK
        at, prefixes = at[inside], prefixes[inside]
        if not len(at):
            break
        ending = ends[surface[at + n]]
        level = _frequent(prefixes[ending], folded[at[ending] + n], documents[at[ending]], fewest)
        ids = np.asarray([_number(numbers, text, stream) for text in level.spelt(strings, stream)], dtype=np.int64)
        ids = ids[level.of]
        found.append((ids[ids >= 0], documents[at[ending]][level.kept][ids >= 0].astype(np.int64)))
        joining = joins[surface[at + n]]
        at, prefixes = at[joining], prefixes[joining]
        level = _frequent(prefixes, surface[at + n], documents[at], fewest)
        spelt = level.spelt(strings, stream)
        one = {text: k for k, text in enumerate(dict.fromkeys(spelt))}  # two ways to cut one string are one string
        at, strings = at[level.kept], list(one)
        prefixes = np.asarray([one[text] for text in spelt], dtype=np.int64)[level.of]
    return _gathered(list(numbers), found, len(stream.documents), fewest)


def _number(numbers: dict[str, int], text: str, stream: Stream) -> int:
    """The number of a string; -1 for a Chinese one of no right length."""
    if not stream.joiner and not _SHORTEST_HAN <= len(text) <= _LONGEST_HAN:
        return -1
    return numbers.setdefault(text, len(numbers))


@dataclass(frozen=True, slots=True)
class _Level:
    """Pairs of prefix and word in enough documents; `kept` says where one stands, `of` which one, there alone."""

    prefixes: list[int]
    words: list[int]
    of: Ints
    kept: npt.NDArray[np.bool_]

    def spelt(self, strings: list[str], stream: Stream) -> list[str]:
        """The pairs as text."""
        joined = zip(self.prefixes, self.words, strict=True)
        words, joiner = stream.vocabulary.words, stream.joiner
        return [f"{strings[p]}{joiner}{words[w]}" if strings[p] else words[w] for p, w in joined]


def _frequent(prefixes: Ints, words: npt.NDArray[np.int32], documents: npt.NDArray[np.int32], fewest: int) -> _Level:
    keys, of = np.unique(_packed(prefixes, words), return_inverse=True)
    of = of.reshape(-1).astype(np.int64)
    counts = np.bincount((np.unique(_packed(of, documents)) >> _HALF).astype(np.int64), minlength=len(keys))
    enough = counts >= fewest
    keys, kept = keys[enough], enough[of]
    number = np.cumsum(enough) - 1
    return _Level((keys >> _HALF).tolist(), (keys & _LOW).tolist(), number[of[kept]], kept)


def _gathered(names: list[str], found: list[tuple[Ints, Ints]], size: int, fewest: int) -> Grams:
    none = np.zeros(0, dtype=np.int64)
    ids, documents = (np.concatenate([none, *column]) for column in zip(*found, strict=True)) if found else (none, none)
    order = sorted(range(len(names)), key=names.__getitem__)
    rank = np.empty(len(names), dtype=np.int64)
    rank[order] = np.arange(len(names))
    places = np.unique(_packed(documents, rank[ids]))
    of, strings = (places >> _HALF).astype(np.int64), (places & _LOW).astype(np.int64)
    starts = np.concatenate([[0], np.cumsum(np.bincount(of, minlength=size))]).astype(np.int64)
    counts = np.bincount(strings, minlength=len(names)).astype(np.int64)
    return Grams([names[k] for k in order], starts, strings, counts).kept(counts >= fewest)


def _packed(high: npt.NDArray[Any], low: npt.NDArray[Any]) -> npt.NDArray[np.uint64]:
    """Two numbers in one, sorted by the first, then by the second."""
    return (high.astype(np.uint64) << _HALF) | low.astype(np.uint64)
