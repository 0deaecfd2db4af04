"""What shows that a hypothesis and its source do not belong together, or not wholly: signals of pairs of texts.

Three kinds: lengths; words that nothing on the other side is linked to (the dictionaries alone: ../align/word_links.py
without vectors, which costs a millisecond); and the encoder's cosines of texts, of their sentences and of runs of two.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import Literal, NamedTuple

import numpy as np

from ..align.encoder import Encoder, Floats
from ..align.lexicon import FUNCTION
from ..align.segmentation import sentences_en, sentences_zh
from ..align.tokens import tokens_en, tokens_zh
from ..align.word_links import MOST_CELLS, untrained_links
from ..corpora import Span
from ..corpora.script import HAN, count_han

Language = Literal["zh", "en"]
LONGEST = 10_000  # characters of a text; longer ones are taken for single pieces without links
_MOST_SENTENCES = 200
_CLAUSES: dict[Language, re.Pattern[str]] = {
    "en": re.compile(r"(?:[^,;:?!.()\u2013\u2014]|(?<=\d)[.,](?=\d)|\.(?=[a-z]))+"),
    "zh": re.compile("[^，。；：！？、（）,;:!?()]+"),
}
_LATIN_OR_NUMBER = re.compile("[A-Za-z0-9]+")
_PARTICLES = frozenset("的了和在是与对从以为中")
_USUAL = 0.8  # mean probability of being linked, of a clause that the other side has
_ALIKE = 0.6  # cosine from which a sentence counts as rendered
_WHOLE: dict[Language, int] = {"en": 8, "zh": 14}  # words from which a sentence tells all it can
_FEWEST = 3  # words from which a mean of links tells anything


class Side(NamedTuple):
    """One language's text of a pair: what of it the other side lacks.

    `linked`, 0..1, is how likely its words are linked, in the mean; `worst` how far its worst clause lies below what
    is usual, weighed by the root of its words; `lowest`, 0..0.6, the cosine of its worst sentence with what is nearest
    on the other side, higher for a short sentence. `clause` and `sentence` are where those stand in the text, None
    where nothing stands out.
    """

    linked: float
    worst: float
    lowest: float
    clause: Span | None
    sentence: Span | None


class PairSignals(NamedTuple):
    """A pair of texts: `ratio` is ln((Chinese characters + 1) / (English words + 1)), `words` counts the English."""

    ratio: float
    words: int
    en: Side
    zh: Side


_NEUTRAL = Side(_USUAL, 0.0, _ALIKE, None, None)


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """Texts of one language with the vectors of the whole, (texts, d), and of their sentences, (sentences, d).

    `runs` are those of two consecutive sentences, (sentences - 1, d); `at[i]` numbers the first sentence of text i.
    """

    texts: tuple[str, ...]
    language: Language
    spans: tuple[tuple[Span, ...], ...]
    at: tuple[int, ...]
    whole: Floats
    sentences: Floats
    runs: Floats

    def nearest(self, i: int, vectors: Floats) -> Floats:
        """How near each vector comes to any sentence, or run of two, of text i."""
        a, b = self.at[i], self.at[i] + len(self.spans[i])
        near: Floats = (vectors @ self.sentences[a:b].T).max(1)
        return np.maximum(near, (vectors @ self.runs[a : b - 1].T).max(1)) if b - a > 1 else near

    def own(self, i: int) -> Floats:
        """The vectors of the sentences of text i."""
        return self.sentences[self.at[i] : self.at[i] + len(self.spans[i])]


@dataclass(frozen=True, slots=True, eq=False)
class EncodedPairs:
    """Sources, the hypotheses of one system, and the signals of each pair of them; all in the order of segments."""

    sources: Encoded
    hypotheses: Encoded
    signals: tuple[PairSignals, ...]


def encode_texts(texts: Sequence[str], language: Language, encoder: Encoder) -> Encoded:
    """The texts, of one language, with their vectors: each is read once."""
    spans = [_sentences(text, language) for text in texts]
    at = [0, *np.cumsum([len(own) for own in spans]).tolist()][:-1]
    pieces = [text[a:b] for text, own in zip(texts, spans, strict=True) for a, b in own]
    if not pieces:
        none = encoder.encode([])
        return Encoded((), language, (), (), none, none, none)
    totals = encoder.totals([_encodable(piece) for piece in pieces])
    single, *double = totals.runs(2)
    whole = totals.joined(at).runs(1)[0]
    return Encoded(tuple(texts), language, tuple(spans), tuple(at), whole, single, double[0] if double else single[:0])


def count_words(text: str, language: Language) -> int:
    """How long a text is: Chinese characters with Latin words and numbers, or words of English.

    >>> count_words("两只otters", "zh"), count_words("two otters", "en")
    (3, 2)
    """
    return count_han(text) + len(_LATIN_OR_NUMBER.findall(text)) if language == "zh" else len(text.split())


def pair_signals(en: Encoded, zh: Encoded, i: int) -> PairSignals:
    """The signals of the i-th texts."""
    words = count_words(en.texts[i], "en")
    ratio = log((count_words(zh.texts[i], "zh") + 1) / (words + 1))
    if max(len(en.texts[i]), len(zh.texts[i])) > LONGEST:
        return PairSignals(ratio, words, _NEUTRAL, _NEUTRAL)
    linked_en, linked_zh = linked_words(en.texts[i], zh.texts[i])
    several = len(en.spans[i]) > 1 or len(zh.spans[i]) > 1
    return PairSignals(
        ratio, words, _side(en, zh, i, linked_en, several=several), _side(zh, en, i, linked_zh, several=several)
    )


def linked_words(en: str, zh: str) -> tuple[list[tuple[Span, float]], list[tuple[Span, float]]]:
    """The words of both texts that say something, each with how likely it is linked, 0..1; none where too long.

    >>> [sure > 0.5 for _, sure in linked_words("otters swim", "水獭跳舞")[0]]
    [True, False]
    """
    left, right = tokens_en(en), tokens_zh(zh)
    if not 0 < len(left) * len(right) <= MOST_CELLS:
        return [], []
    found = untrained_links().posteriors(en, zh, (left, right))
    likely_en, likely_zh = found.zh_of.sum(1).tolist(), found.en_of.sum(0).tolist()
    return (
        [(span, sure) for span, sure in zip(left, likely_en, strict=True) if _tells_en(en[slice(*span)])],
        [(token.span, sure) for token, sure in zip(right, likely_zh, strict=True) if _tells_zh(zh[slice(*token.span)])],
    )


def _tells_en(word: str) -> bool:
    return word.isalpha() and len(word) > 2 and word.lower() not in FUNCTION


def _tells_zh(word: str) -> bool:
    return bool(HAN.match(word)) and word not in _PARTICLES


def _side(own: Encoded, other: Encoded, i: int, linked: Sequence[tuple[Span, float]], *, several: bool) -> Side:
    mean = sum(sure for _, sure in linked) / len(linked) if len(linked) >= _FEWEST else _USUAL
    worst, clause = 0.0, None
    k = 0
    for match in _CLAUSES[own.language].finditer(own.texts[i]):
        inside = []
        while k < len(linked) and linked[k][0][0] < match.end():
            if linked[k][0][0] >= match.start():
                inside.append(linked[k][1])
            k += 1
        if inside and (below := (_USUAL - sum(inside) / len(inside)) * sqrt(len(inside))) > worst:
            worst, clause = below, match.span()
    lowest, sentence = _ALIKE, None
    if several:
        for span, near in zip(own.spans[i], other.nearest(i, own.own(i)).tolist(), strict=True):
            # Pieces of sentences, cut off at the dot of "et al.", have few words of their own.
            whole = min(1.0, count_words(own.texts[i][slice(*span)], own.language) / _WHOLE[own.language])
            if (weighed := _ALIKE - max(0.0, _ALIKE - max(0.0, near)) * whole) < lowest:
                lowest, sentence = weighed, span
    return Side(mean, worst, lowest, clause, sentence)


def _sentences(text: str, language: Language) -> tuple[Span, ...]:
    """The sentences; the text as one where there are none, or too many."""
    if len(text) <= LONGEST:
        spans = (sentences_zh if language == "zh" else sentences_en)(text)
        if 0 < len(spans) <= _MOST_SENTENCES:
            return tuple(spans)
    return ((0, len(text)),)


def _encodable(text: str) -> str:
    """What the encoder reads of a piece: no lone surrogates, and no more than the longest text."""
    return text[:LONGEST].encode("utf-8", "replace").decode("utf-8")
