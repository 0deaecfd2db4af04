"""Whether the two sides of a pair from anywhere are each other's whole counterpart: three logistic models, the least.

One asks whether the sides say the same at all (similarity of the whole and of the clauses, words that the lexicon
links, names and numbers in common); the others whether the end of one side is missing (lengths, and what the end of
the other side finds). Unlike adequacy.py nothing is judged beside the rest of the corpus: a row's value is its own.
"""

import re
from collections.abc import Sequence
from math import log, log1p
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ..align.anchors import anchors_of
from ..align.attribution import clauses_of
from ..align.encoder import Floats, load_encoder
from ..align.lexicon import FUNCTION, load_lexicon, stem_en
from ..align.threads import one_thread
from .traditional import simplified

LEAST_MEANING = 0.5  # a pair below it is rejected
_PAIRS = 512  # encoded at once; the result does not hang on what the caller passes together with a pair
_LONGEST, _MOST_CLAUSES = 4_000, 60
_WORD = re.compile("[a-z]+")
_USUAL_RATIO, _FARTHEST = 0.18, 1.5  # ln(bytes of English / bytes of Chinese), and how far off it says more
_USUAL_LENGTH = 5.0  # ln of the bytes of both sides
_SINGLE = 0.4  # weight of a word of one character
_Values = npt.NDArray[np.float64]

FEATURES = (
    *("similarity", "clauses en", "clauses zh", "log length", "words en", "words zh"),
    *("ratio", "off ratio", "in common", "only zh", "numbers only en", "words ratio"),
    *("last en", "last zh", "fall en", "fall zh", "least en", "least zh", "tail en", "tail zh"),
)
_SAME = (
    *("similarity", "clauses en", "clauses zh", "log length", "words en", "words zh"),
    *("off ratio", "in common", "only zh", "numbers only en"),
)
_CUT = ("ratio", "words ratio", "log length", "similarity", "words en", "words zh")
_CUT_EN = (*_CUT, "last zh", "tail zh", "fall zh", "least zh")
_CUT_ZH = (*_CUT, "last en", "tail en", "fall en", "least en")
MODELS = {"same": _SAME, "whole en": _CUT_EN, "whole zh": _CUT_ZH}

# Bias, then the weights of what `expanded` gives, by model; printed by benchmarks/train_filter.py.
WEIGHTS: dict[str, tuple[float, ...]] = {
    "same": (
        4.232, 10.66, 2.241, 2.863, -2.209, 0.231, 7.177, -0.4773, -0.02511, -1.677, -0.7016,
    ),
    "whole en": (
        24.15, 9.331, 1.605, -3.57, 3.575, -4.195, 3.112, 2.033, 2.022, -0.6535, -2.064,
        4.591, 0.3627, 0.63, 0.2863, -4.891, 4.385, 3.43, 5.03, 1.051, 2.345,
    ),
    "whole zh": (
        9.261, -7.937, 2.152, -0.01706, -2.501, 10.96, -13.07, -0.3796, 2.983, -3.76, -1.918,
        -4.29, -0.6449, 0.9919, -0.2502, 2.862, -4.845, 3.913, 3.844, 0.3532, -1.8,
    ),
}  # fmt: skip


class _Side(NamedTuple):
    """One text: its vector, (d,), those of its clauses, (clauses, d), their lengths; words that say something with
    where they stand, 0..1."""

    text: str
    whole: Floats
    clauses: Floats
    lengths: _Values
    words: list[tuple[str, float]]


def meaning(en: Sequence[str], zh: Sequence[str]) -> npt.NDArray[np.float32]:
    """How surely the two sides of each pair are each other's whole counterpart: float32, shape (pairs,), 0..1.

    Below `LEAST_MEANING` a pair is to be rejected: "the two sides do not say the same, or one is cut off: {value};
    at least {least}". 0 where a side is empty. Four decimals; a value may differ by 0.0001 with the rows it is
    computed beside, never from one call with the same rows to the next. Of a text the first 4,000 characters are
    read. Raises ValueError if the sides are not of one length.

    Source: features as in ../align/bead_features.py, weights by benchmarks/train_filter.py from half the documents.
    Measured on documents not fitted, kept of sound pairs, and left of the Chinese of another pair, of a neighbouring
    sentence, of a third of the English or of the Chinese cut off: machine translations .996, .001, .048, .74, .39;
    human ones .87, .004, .067, .59, .55 (debates .96, a report .97, free ones of novels .56 to .97); verses .95, .008,
    .076, .83, .58. Traditional characters are kept like simplified ones. 300 pairs a CPU second, of 25 words each.

    >>> meaning(["Otters swim across the river."], [""]).tolist()
    [0.0]
    """
    if len(en) != len(zh):
        raise ValueError(f"{len(en)} English and {len(zh)} Chinese texts")
    found = np.zeros(len(en), dtype=np.float32)
    able = [k for k in range(len(en)) if en[k].strip() and zh[k].strip()]
    if able:
        features = meaning_features([en[k] for k in able], [zh[k] for k in able])
        odds = np.min([_log_odds(features, name) for name in MODELS], axis=0)
        found[able] = np.round(1 / (1 + np.exp(-np.clip(odds, -30, 30))), 4)
    return found


def meaning_features(en: Sequence[str], zh: Sequence[str]) -> _Values:
    """The FEATURES of pairs of texts that are not empty, shape (pairs, len(FEATURES))."""
    rows: list[list[float]] = []
    for begin in range(0, len(en), _PAIRS):
        part = slice(begin, begin + _PAIRS)
        rows += [
            _features(left, right)
            for left, right in zip(_sides(en[part], chinese=False), _sides(zh[part], chinese=True), strict=True)
        ]
    return np.array(rows).reshape(-1, len(FEATURES))


def expanded(features: _Values, name: str) -> _Values:
    """What a model weighs: its features and, where the end of a side is asked for, they times the log length."""
    chosen = features[:, [FEATURES.index(feature) for feature in MODELS[name]]]
    if name == "same":
        return chosen
    return np.concatenate([chosen, chosen * (features[:, [FEATURES.index("log length")]] - _USUAL_LENGTH)], axis=1)


def _log_odds(features: _Values, name: str) -> _Values:
    bias, *weights = WEIGHTS[name]
    odds: _Values = expanded(features, name) @ np.array(weights) + bias
    return odds


def _sides(texts: Sequence[str], *, chinese: bool) -> list[_Side]:
    """The texts of one language with their vectors: each is read once."""
    texts = [text[:_LONGEST].encode("utf-8", "replace").decode() for text in texts]
    if chinese:  # the encoder knows traditional characters less well
        texts = [simplified(text) for text in texts]
    clauses = [_clauses(text, chinese=chinese) for text in texts]
    bounds = np.cumsum([0, *map(len, clauses)]).tolist()
    totals = load_encoder().totals([clause for own in clauses for clause in own])
    with one_thread():
        vectors, wholes = totals.runs(1)[0], totals.joined(bounds[:-1]).runs(1)[0]
    return [
        _Side(text, wholes[i], vectors[a:b], _bytes(clauses[i]), _words_zh(text) if chinese else _words_en(text))
        for i, (text, a, b) in enumerate(zip(texts, bounds, bounds[1:], strict=False))
    ]


def _clauses(text: str, *, chinese: bool) -> list[str]:
    parts = clauses_of(text, chinese=chinese)
    return parts if len(parts) <= _MOST_CLAUSES else [*parts[:_MOST_CLAUSES], "".join(parts[_MOST_CLAUSES:])]


def _bytes(clauses: Sequence[str]) -> _Values:
    return np.array([len(clause.encode()) + 1.0 for clause in clauses])


def _words_en(text: str) -> list[tuple[str, float]]:
    found = _WORD.finditer(text.lower())
    return [(stem_en(word[0]), word.start() / len(text)) for word in found if word[0] not in FUNCTION]


def _words_zh(text: str) -> list[tuple[str, float]]:
    return [(text[a:b], a / len(text)) for a, b in load_lexicon().words(text)]


def _features(en: _Side, zh: _Side) -> list[float]:
    """The FEATURES of one pair."""
    alike = en.clauses @ zh.clauses.T
    best_en = np.maximum(alike.max(1), en.clauses @ zh.whole)
    best_zh = np.maximum(alike.max(0), zh.clauses @ en.whole)
    mean_en, mean_zh = (
        float(best @ side.lengths) / float(side.lengths.sum()) for best, side in ((best_en, en), (best_zh, zh))
    )
    linked_en, linked_zh = _linked(en, zh)
    words_en, words_zh = _share(linked_en), _share(linked_zh)
    tails = [_tail(linked_en, words_en) - words_en, _tail(linked_zh, words_zh) - words_zh]
    length_en, length_zh = float(en.lengths.sum()), float(zh.lengths.sum())
    ratio = log(length_en / length_zh)
    names_en, names_zh = anchors_of(en.text), anchors_of(zh.text)
    common = names_en & names_zh
    numbers = sum(count for name, count in (names_en - common).items() if name[0].isdigit())
    weights = [sum(weight for weight, _, _ in linked) + 1 for linked in (linked_en, linked_zh)]
    return [
        *(float(en.whole @ zh.whole), mean_en, mean_zh, log(length_en + length_zh), words_en, words_zh),
        *(ratio, min(abs(ratio - _USUAL_RATIO), _FARTHEST)),
        *(log1p(common.total()), log1p((names_zh - common).total()), log1p(numbers), log(weights[0] / weights[1])),
        *(best_en[-1] - mean_en, best_zh[-1] - mean_zh, best_en[0] - best_en[-1], best_zh[0] - best_zh[-1]),
        *(best_en.min(), best_zh.min(), *tails),
    ]


_Linked = list[tuple[float, float, float]]  # of each word: its weight, how strongly it is linked 0..1, where it stands


def _linked(en: _Side, zh: _Side) -> tuple[_Linked, _Linked]:
    """How strongly the lexicon links the words of either side to any of the other."""
    lexicon = load_lexicon()
    stems = {word for word, _ in en.words}
    best: dict[str, float] = {}
    linked: _Linked = []
    for word, place in zh.words:
        if senses := lexicon.senses(word):
            strongest = 0.0
            for stem in senses.keys() & stems:
                strength = senses[stem]
                strongest, best[stem] = max(strongest, strength), max(best.get(stem, 0.0), strength)
            linked.append((1.0 if len(word) > 1 else _SINGLE, strongest, place))
    return [(1.0, best.get(word, 0.0), place) for word, place in en.words], linked


def _share(linked: _Linked) -> float:
    """The mean link, by weight; half where there are no words."""
    total = sum(weight for weight, _, _ in linked)
    return sum(weight * strength for weight, strength, _ in linked) / total if total else 0.5


def _tail(linked: _Linked, mean: float) -> float:
    """The mean link of the last third, drawn to that of the whole where words are few."""
    tail = [(weight, strength) for weight, strength, place in linked if place >= 2 / 3]
    total = sum(weight * strength for weight, strength in tail) + 0.5 * mean
    return total / (sum(weight for weight, _ in tail) + 0.5)
