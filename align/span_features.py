"""An English span and the candidates of its pair in, what speaks for each candidate out, as numbers.

The links say how much of the candidate the span explains, and how much of the span the candidate explains; what is
explained by words outside counts against it. The weights of the sum are in spans.py.
"""

import math
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from ..corpora import Span
from .lexicon import FUNCTION
from .span_candidates import Candidates
from .word_links import Posteriors

_Grid = npt.NDArray[np.float64]
LINKED = (
    "log_inside", "outside", "least_found", "left", "length_off", "length_off_squared", "known_like", "other_latin",
)  # fmt: skip
_FUNCTION_WORD, _MARK = 0.15, 0.1  # weight of such a token of the English span; other words have 1
_A_LETTER = 0.32  # Chinese characters a letter of an English word, within the bounds below
_SHORTEST, _LONGEST = 1.3, 3.0
_BESIDE = 0.7  # a word beyond 的 is that much of a neighbour


def link_features(
    en: str, words: Sequence[Span], span: Span, candidates: Candidates, links: Posteriors, known: Mapping[str, float]
) -> _Grid:
    """The features LINKED of each candidate for an English span, shape (candidates, len(LINKED)).

    `words` are the tokens of `en`; `known` maps Chinese strings known to render the span to how surely they do, 0..1.
    """
    inside = [i for i, (begin, end) in enumerate(words) if begin < span[1] and end > span[0]]
    if not inside or not len(candidates.spans):
        return np.zeros((len(candidates.spans), len(LINKED)))
    weight = [_weight(en[slice(*words[i])]) for i in inside]
    first, stop = candidates.first, candidates.stop
    by_span = links.en_of[inside].sum(0)
    by_others = links.en_of.sum(0) - by_span
    own = en[slice(*span)].lower()
    other = np.zeros(len(by_span))
    other[[k for k, text in candidates.latin if text not in own]] = 1
    weights = candidates.weights
    heaviest = links.zh_of[[i for i, w in zip(inside, weight, strict=True) if w >= max(weight)]]
    rows = np.vstack([weights, weights * by_span, weights * by_others, other, heaviest])
    sums = np.zeros((len(rows), len(by_span) + 1))
    np.cumsum(rows, axis=1, out=sums[:, 1:])
    size, ours, theirs, latin, *found = sums[:, stop] - sums[:, first]
    ours, theirs = ours / size, theirs / size
    off = np.log(size / _expected_length(en, words, inside))
    columns = (
        np.log(0.05 + ours), theirs, np.min(found, axis=0), _left_neighbour(by_span, candidates), np.abs(off),
        off * off, _known_like(candidates, known), latin > 0,
    )  # fmt: skip
    return np.stack(columns, axis=1)


def _left_neighbour(by_span: _Grid, candidates: Candidates) -> _Grid:
    """How much of the token just before each candidate the span explains; beyond 的 of the next one."""
    pad = np.concatenate([np.where(candidates.closed, 0.0, by_span), [0.0, 0.0]])  # -1 and -2: before all tokens
    de = np.concatenate([candidates.linking, [False, False]])
    before = candidates.first - 1
    beyond = np.where(de[before], _BESIDE * pad[np.maximum(before - 1, -1)], 0.0)
    return np.asarray(np.maximum(pad[before], beyond), dtype=np.float64)


def _weight(word: str) -> float:
    if not word[0].isalnum():
        return _MARK
    return _FUNCTION_WORD if word.lower() in FUNCTION else 1.0


def _expected_length(en: str, words: Sequence[Span], inside: Sequence[int]) -> float:
    """Characters of Chinese that so many English words usually become."""
    content = [words[i] for i in inside if _weight(en[slice(*words[i])]) == 1]
    return sum(min(_LONGEST, max(_SHORTEST, _A_LETTER * (end - begin))) for begin, end in content) or 1.5


def _known_like(candidates: Candidates, known: Mapping[str, float]) -> _Grid:
    """How like a known rendering each candidate is by its characters, times how surely that one is, 0..1."""
    letters = candidates.letters
    there = []
    for text, share in known.items():
        here = [letters[letter] for letter in set(text) if letter in letters]
        if here:
            there.append((here, len(set(text)), 0.3 + 0.7 * math.sqrt(share)))
    if not there:
        return np.zeros(len(candidates.spans))
    has = np.zeros((len(letters), len(there)), dtype=np.float32)
    for k, (here, _, _) in enumerate(there):
        has[here, k] = 1
    shared = (candidates.spelled @ has).astype(np.float64)
    sizes = candidates.spelled.sum(1, dtype=np.float64)[:, None] + [size for _, size, _ in there]
    return np.asarray((2 * shared / sizes * [worth for _, _, worth in there]).max(1))
