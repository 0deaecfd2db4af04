"""Which Chinese string renders which English term, told from the documents they stand in together.

Candidates are the strings that agree best with a term's documents (Dice). Then terms and strings compete, document by
document: a string that another term of the document explains better counts little for this one (expectation and
maximisation over links, as IBM model 1 does over words; Brown et al. 1993), and a term has one rendering a document.
So 大语言模型 goes to "large language model" and 语言模型 to "language model", though both stand wherever either does.
The encoder's similarity is what is believed beforehand, the more so the fewer the documents.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from ..align.encoder import Encoder
from .mining_grams import Grams, Ints

Numbers = npt.NDArray[np.float64]
_ROUNDS = 4  # of competition; the order of renderings is steady after two
_NONE = 0.02  # what says that a string renders no term, a term has no rendering
_FLAT, _POWER = 0.2, 1.5  # how the similarity is believed: ((similarity + flat) / (1 + flat)) ** power
_DOUBT = 3  # documents of mere chance
_WHOLE = 0.9  # of a string's documents that a longer one has, from which it is only a part of that
_PART = 0.05  # what a part's score is multiplied by
_HELD = 0.3  # the same of a rendering that a longer term around the term has a better claim to
_TOLD_APART = 8.0  # log-likelihood ratio (Dunning 1993) from which two standing together is no chance


@dataclass(frozen=True, slots=True)
class Ranked:
    """Pairs of term and string, those of a term together, best first: numbers, documents with both, score 0..1."""

    terms: Ints
    strings: Ints
    both: Ints
    scores: Numbers


def rank(en: Grams, zh: Grams, encoder: Encoder, fewest: int, most: int | None) -> Ranked:
    """The renderings of every term, over documents that both sides number alike.

    `fewest` is how many documents must have both; `most` how many candidates a term has, None for all, whatever chance
    says of them. A string or term that is but a part of a longer one scores next to nothing.
    """
    pairs = _candidates(en, zh, fewest, most)
    if not len(pairs.terms):
        return pairs
    likeness = _likeness(en, zh, pairs, encoder)
    belief = ((likeness + _FLAT) / (1 + _FLAT)) ** _POWER * pairs.both / (pairs.both + _DOUBT)
    belief[_parts(zh.names, pairs)] *= _PART
    belief[_inside_longer(en)[pairs.terms]] *= _PART
    scores = _competed(en, zh, pairs, belief)
    scores[_of_longer(en, pairs, scores)] *= _HELD
    order = np.lexsort((pairs.strings, -scores, pairs.terms))
    return Ranked(pairs.terms[order], pairs.strings[order], pairs.both[order], scores[order])


def _candidates(en: Grams, zh: Grams, fewest: int, most: int | None) -> Ranked:
    """For each term the strings whose documents agree best with its own, scored by Dice."""
    size = len(en.starts) - 1
    starts, documents = en.by_name()
    inside = [zh.ids[a:b] for a, b in zip(zh.starts[:-1].tolist(), zh.starts[1:].tolist(), strict=True)]
    found: list[tuple[Ints, Ints, Ints, Numbers]] = []
    for term, n in enumerate(en.counts.tolist()):
        of = [inside[k] for k in documents[starts[term] : starts[term + 1]].tolist()]
        both = np.bincount(np.concatenate(of), minlength=len(zh.names))
        strings = np.flatnonzero(both >= max(1, fewest))
        both = both[strings]
        if most is not None:
            told = _log_likelihood(both, n, zh.counts[strings], size) >= _TOLD_APART
            strings, both = strings[told], both[told]
        dice = 2 * both / (n + zh.counts[strings])
        best = np.lexsort((strings, -dice))[:most]
        found.append((np.full(len(best), term), strings[best], both[best], dice[best]))
    if not found:
        none = np.zeros(0, dtype=np.int64)
        return Ranked(none, none, none, none.astype(np.float64))
    terms, strings, both, dice = (np.concatenate(column) for column in zip(*found, strict=True))
    return Ranked(terms, strings, both, dice)


def _log_likelihood(both: Ints, first: int, second: Ints, size: int) -> Numbers:
    """How sure it is that two stand together more often than chance has it; negative where they do so less often."""
    ratio = _entropy(both) + _entropy(first - both) + _entropy(second - both) + _entropy(size - first - second + both)
    ratio -= _entropy(second) + _entropy(size - second)
    ratio += float(_entropy(np.int64(size)) - _entropy(np.int64(first)) - _entropy(np.int64(size - first)))
    return np.where(both * size > first * second, 2 * ratio, -2 * ratio)


def _entropy(counts: Ints | np.int64) -> Numbers:
    return np.asarray(counts * np.log(np.maximum(counts, 1)), dtype=np.float64)


def _likeness(en: Grams, zh: Grams, pairs: Ranked, encoder: Encoder) -> Numbers:
    """The similarity of each pair, 0..1."""
    terms, first = np.unique(pairs.terms, return_inverse=True)
    strings, second = np.unique(pairs.strings, return_inverse=True)
    ours = encoder.encode([en.names[k] for k in terms.tolist()])
    theirs = encoder.encode([zh.names[k] for k in strings.tolist()])
    found = np.empty(len(pairs.terms))
    for begin in range(0, len(found), 1 << 14):  # whole products would take 4 kB a pair
        part = slice(begin, begin + (1 << 14))
        found[part] = np.einsum("ij,ij->i", ours[first.reshape(-1)[part]], theirs[second.reshape(-1)[part]])
    return np.clip(found, 0.0, 1.0)


def _parts(names: Sequence[str], pairs: Ranked) -> npt.NDArray[np.bool_]:
    """Which pairs have a string that, where the term stands, is nearly always part of another of its strings."""
    parts = np.zeros(len(pairs.terms), dtype=bool)
    bounds = np.flatnonzero(np.diff(pairs.terms, prepend=-1, append=-1)).tolist()
    strings, both = pairs.strings.tolist(), pairs.both.tolist()
    for begin, end in pairwise(bounds):
        texts = [names[k] for k in strings[begin:end]]
        for i, text in enumerate(texts):
            enough = _WHOLE * both[begin + i]
            parts[begin + i] = any(
                both[begin + j] >= enough and j != i and text in longer for j, longer in enumerate(texts)
            )
    return parts


def _inside_longer(en: Grams) -> npt.NDArray[np.bool_]:
    """Which terms stand nearly always inside one longer term: "language processing"."""
    inside = np.zeros(len(en.names), dtype=bool)
    for longer, parts in enumerate(_shorter(en.names)):
        for part in parts:
            inside[part] |= bool(en.counts[longer] >= _WHOLE * en.counts[part])
    return inside


def _of_longer(en: Grams, pairs: Ranked, scores: Numbers) -> npt.NDArray[np.bool_]:
    """Which pairs have a string that a longer term around theirs has a better claim to: start, 冷启动."""
    claims: dict[tuple[int, int], float] = {}  # the best of longer terms
    parts = _shorter(en.names)
    for term, string, score in zip(pairs.terms.tolist(), pairs.strings.tolist(), scores.tolist(), strict=True):
        for part in parts[term]:
            claims[part, string] = max(score, claims.get((part, string), 0.0))
    each = zip(pairs.terms.tolist(), pairs.strings.tolist(), scores.tolist(), strict=True)
    return np.asarray([claims.get((term, string), 0.0) > score for term, string, score in each], dtype=bool)


def _shorter(names: Sequence[str]) -> list[list[int]]:
    """For each term the shorter ones inside it."""
    numbers = {name: k for k, name in enumerate(names)}
    found: list[list[int]] = []
    for name in names:
        words = name.split(" ")
        runs = {" ".join(words[a:b]) for a in range(len(words)) for b in range(a + 1, len(words) + 1)} - {name}
        found.append(sorted(numbers[run] for run in runs if run in numbers))
    return found


def _competed(en: Grams, zh: Grams, pairs: Ranked, belief: Numbers) -> Numbers:
    """Scores after competition: Dice of the documents where term and string are each other's, times the belief."""
    documents, places = _places(en, zh, pairs)
    of_string = _numbered(documents, pairs.strings[places], len(zh.names))
    of_term = _numbered(documents, pairs.terms[places], len(en.names))
    size = en.counts[pairs.terms] + zh.counts[pairs.strings]
    scores: Numbers = 2 * pairs.both / size * belief
    for _ in range(_ROUNDS):
        claim = scores[places]
        against_terms = claim / (np.bincount(of_string, claim)[of_string] + _NONE)
        against_strings = claim / (np.bincount(of_term, claim)[of_term] + _NONE)
        linked = np.bincount(places, np.sqrt(against_terms * against_strings), minlength=len(scores))
        scores = 2 * linked / size * belief
    return scores


def _places(en: Grams, zh: Grams, pairs: Ranked) -> tuple[Ints, Ints]:
    """Each document with both sides of a pair: documents, and pairs."""
    (en_starts, en_documents), (zh_starts, zh_documents) = en.by_name(), zh.by_name()
    has_term = np.zeros(len(en.starts) - 1, dtype=bool)
    found: list[Ints] = []
    last = -1
    for term, string in zip(pairs.terms.tolist(), pairs.strings.tolist(), strict=True):
        if term != last:
            has_term[:] = False
            has_term[en_documents[en_starts[term] : en_starts[term + 1]]] = True
            last = term
        documents = zh_documents[zh_starts[string] : zh_starts[string + 1]]
        found.append(documents[has_term[documents]])
    return np.concatenate(found), np.repeat(np.arange(len(found)), [len(documents) for documents in found])


def _numbered(documents: Ints, items: Ints, size: int) -> Ints:
    """A number for each document with each item that stands in it."""
    _, numbers = np.unique(documents * size + items, return_inverse=True)
    return np.asarray(numbers, dtype=np.int64).reshape(-1)
