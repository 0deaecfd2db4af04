"""Which words of a pair of texts belong together, as probabilities and as links, without training data.

Three kinds of evidence add up: what dictionaries know (word_senses.py), what the corpus at hand shows (IBM model 1,
Brown et al. 1993, both directions, with the dictionaries as pseudo-counts, so that it works from the first pair), and
where the encoder is given, how similar two words are in their contexts. Words then compete: one that is explained by
another word of its sentence is no evidence for a third.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ..corpora import InputError, Span
from .encoder import Encoder, Floats, load_encoder
from .lexicon import FUNCTION, stem_en
from .tokens import ChineseToken, tokens_en, tokens_zh
from .word_senses import WordSenses, load_senses

_Grid = npt.NDArray[np.float64]
# In logits; set by hand on one reader's terms of benchmarks/gold/spans.jsonl (a half or the double changes little).
_SENSES, _CORPUS, _SIMILAR, _PLACE, _NONE = 4.0, 4.0, 6.0, 4.0, 1.5
UNRELATED = 0.25  # cosine of two words that have nothing to do with each other
MOST_CELLS = 4_000_000  # words × words of one pair: beyond that nothing is linked
_CORPUS_CELLS = 3_000_000  # words × words of a corpus; of a larger one every k-th pair is read
_ROUNDS = 5
_PRIOR = 2.0  # pseudo-counts of a sense the dictionaries are sure of
_FLOOR = 0.02  # share of the probability any word has without evidence
_PARTICLES = frozenset("的了和在")
_LEAST = 0.05  # weaker evidence is not kept
_LINK = 0.25  # probability from which two words are linked


class Posteriors(NamedTuple):
    """Probabilities that words of a pair belong together, both of shape (English tokens, Chinese tokens).

    `en_of[i, j]`: English token i is what Chinese token j renders; a column adds up to 1 less "renders nothing".
    `zh_of[i, j]`: Chinese token j is what English token i became; a row adds up to 1 less "became nothing".
    """

    en_of: _Grid
    zh_of: _Grid


NOTHING = Posteriors(np.zeros((0, 0)), np.zeros((0, 0)))
"""The links of two texts without words."""


class WordLinks:
    """What dictionaries and a corpus say of words that belong together; see `train_links`."""

    def __init__(self, senses: WordSenses | None = None, corpus: Mapping[str, Mapping[str, float]] | None = None):
        """`corpus` maps an English stem to Chinese tokens, each with the strength of what the corpus shows, 0..1."""
        self.senses = senses or load_senses()
        self._corpus = corpus or {}

    def with_senses(self, senses: WordSenses) -> "WordLinks":
        """The same corpus with other dictionaries."""
        return WordLinks(senses, self._corpus)

    @property
    def shown(self) -> Mapping[str, Mapping[str, float]]:
        """What the corpus shows: Chinese tokens by English stem, each with its strength, 0..1."""
        return self._corpus

    def posteriors(
        self,
        en: str,
        zh: str,
        tokens: tuple[Sequence[Span], Sequence[ChineseToken]] | None = None,
        similar: Floats | None = None,
    ) -> Posteriors:
        """The probabilities for a pair of texts that translate each other.

        `tokens` are those of `tokens_en` and `tokens_zh`, `similar` holds the cosines of the words in their contexts.
        """
        left, right = tokens or (tokens_en(en), tokens_zh(zh))
        if not left or not right or len(left) * len(right) > MOST_CELLS:
            nothing = np.broadcast_to(np.float64(0), (len(left), len(right)))  # takes no memory
            return Posteriors(nothing, nothing)
        words = [en[slice(*span)] for span in left]
        logits = _SENSES * self.senses.evidence(words, zh, right) - _NONE
        logits -= _PLACE * np.abs(_places(left, len(en))[:, None] - _places([t.span for t in right], len(zh)))
        if self._corpus:
            logits += _CORPUS * self._shown(words, [zh[slice(*t.span)] for t in right])
        if similar is not None:
            logits += _SIMILAR * (similar - UNRELATED)
        odds = np.exp(logits)
        return Posteriors(odds / (1 + odds.sum(0)), odds / (1 + odds.sum(1, keepdims=True)))

    def _shown(self, en: Sequence[str], zh: Sequence[str]) -> _Grid:
        shown = np.zeros((len(en), len(zh)))
        columns: dict[str, list[int]] = {}
        for j, token in enumerate(zh):
            columns.setdefault(token, []).append(j)
        for i, word in enumerate(en):
            row = self._corpus.get(stem_en(word.lower()))
            if row:
                for token in row.keys() & columns.keys():
                    shown[i, columns[token]] = row[token]
        return shown


@cache
def untrained_links() -> WordLinks:
    """Those of the dictionaries alone."""
    return WordLinks()


def train_links(pairs: Iterable[tuple[str, str]], senses: WordSenses | None = None) -> WordLinks:
    """What the pairs of a corpus, English and Chinese texts, show of words that belong together.

    Some 0.7 ms a pair, and memory for 100 bytes × words × words of each pair, bounded at some 400 MB: of a corpus of
    more than some 10,000 sentence pairs every k-th pair is read.

    >>> links = train_links([("two otters", "两只水獭"), ("otters swim", "水獭游泳")])
    >>> int(links.posteriors("an otter", "水獭").zh_of.argmax())
    1
    """
    senses = senses or load_senses()
    read = [(_content_en(en), _content_zh(zh)) for en, zh in pairs]
    cells = sum(len(left) * len(right) for left, right in read)
    read = read[:: math.ceil(cells / _CORPUS_CELLS) or 1]
    read = [(left, right) for left, right in read if left and right]
    if not read:
        return WordLinks(senses)
    words = sorted({word for left, _ in read for word in left})
    of_stem = {stem_en(word): word for word in reversed(words)}  # the shortest form stands for all of a stem
    stems = {stem: k for k, stem in enumerate(of_stem)}
    tokens = {token: k for k, token in enumerate(sorted({token for _, right in read for token in right}))}
    first, second = (
        _number([[stem_en(w) for w in left] for left, _ in read], stems),
        _number([right for _, right in read], tokens),
    )
    sizes_en, sizes_zh = (np.array([len(side[k]) for side in read]) for k in (0, 1))
    begin_en, begin_zh = np.cumsum(sizes_en) - sizes_en, np.cumsum(sizes_zh) - sizes_zh
    counts = sizes_en * sizes_zh
    pair = np.repeat(np.arange(len(read)), counts)
    inside = np.arange(len(pair)) - np.repeat(np.cumsum(counts) - counts, counts)
    row, column = begin_en[pair] + inside // sizes_zh[pair], begin_zh[pair] + inside % sizes_zh[pair]
    types, kind = np.unique(first[row] * len(tokens) + second[column], return_inverse=True)
    type_en, type_zh = types // len(tokens), types % len(tokens)
    prior = _prior(senses, list(of_stem.values()), list(tokens), types)
    there = _expected(kind, column, type_en, prior, len(second))
    back = _expected(kind, row, type_zh, prior, len(first))
    strength = np.sqrt(there * back)
    kept: dict[str, dict[str, float]] = {}
    names_en, names_zh = list(stems), list(tokens)
    for k in np.flatnonzero(strength >= _LEAST).tolist():
        kept.setdefault(names_en[type_en[k]], {})[names_zh[type_zh[k]]] = float(strength[k])
    return WordLinks(senses, kept)


def links_bytes(links: WordLinks) -> bytes:
    """What a corpus shows as JSON, to be loaded in another process: the same links give the same bytes.

    >>> links_from(links_bytes(WordLinks(corpus={"otter": {"水獭": 0.75}}))).shown
    {'otter': {'水獭': 0.75}}
    """
    return json.dumps(links.shown, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode("ascii")


def links_from(data: bytes, senses: WordSenses | None = None, source: str = "word links") -> WordLinks:
    """The links that `links_bytes` saved, every strength the same to the last bit; dictionaries are not among them.

    Raises InputError, which names `source`, for anything else.
    """
    wanted = "words with their links, as links_bytes writes them"
    try:
        found = json.loads(data.decode("ascii"))
    except (ValueError, RecursionError) as error:
        raise InputError(source, "no JSON", wanted, "Make it again.") from error
    rows = found.values() if isinstance(found, dict) else [None]
    if not all(isinstance(row, dict) and all(map(_is_strength, row.values())) for row in rows):
        raise InputError(source, "no strengths of links", wanted, "Make it again.")
    return WordLinks(senses, found)


def _is_strength(value: object) -> bool:
    return isinstance(value, float) and 0 <= value <= 1


def word_links(
    en: str, zh: str, links: WordLinks | None = None, encoder: Encoder | None = None
) -> list[tuple[int, int]]:
    """Links between the tokens of `tokens_en(en)` and `tokens_zh(zh)`, 0-based, in order: what Pharaoh files hold.

    Two tokens are linked where the geometric mean of their two probabilities is 1/4 or more.

    >>> word_links("The otter swims.", "水獭游泳。")
    [(1, 0), (2, 1), (3, 2)]
    """
    tokens = tokens_en(en), tokens_zh(zh)
    here, there = (encoder or load_encoder()).prepare([en, zh])
    spans = [token.span for token in tokens[1]]
    small = 0 < len(tokens[0]) * len(spans) <= MOST_CELLS
    similar = here.spans(tokens[0]) @ there.spans(spans).T if small else None
    posteriors = (links or untrained_links()).posteriors(en, zh, tokens, similar)
    both = np.sqrt(posteriors.en_of * posteriors.zh_of)
    return [(int(i), int(j)) for i, j in zip(*np.nonzero(both >= _LINK), strict=True)]


def _places(spans: Sequence[Span], length: int) -> _Grid:
    return np.array([(begin + end) / 2 / length for begin, end in spans])


def _content_en(text: str) -> list[str]:
    words = (text[slice(*span)].lower() for span in tokens_en(text))
    return [word for word in words if word.isalnum() and word not in FUNCTION]


def _content_zh(text: str) -> list[str]:
    return [
        word for token in tokens_zh(text) if (word := text[slice(*token.span)]).isalnum() and word not in "的了和在"
    ]


def _number(texts: Sequence[Sequence[str]], numbers: Mapping[str, int]) -> npt.NDArray[np.int64]:
    return np.array([numbers[word] for text in texts for word in text], dtype=np.int64)


def _prior(senses: WordSenses, words: Sequence[str], tokens: Sequence[str], types: npt.NDArray[np.int64]) -> _Grid:
    """What the dictionaries say of each type of cell, 0..2.5; `types` are word number × len(tokens) + token number."""
    prior = np.zeros(len(types))
    known = senses.of_types(words, tokens)
    if known:
        codes = np.array([i * len(tokens) + j for i, j in known], dtype=np.int64)
        at = np.minimum(np.searchsorted(types, codes), len(types) - 1)
        there = types[at] == codes
        prior[at[there]] = np.array(list(known.values()))[there]
    return prior


def _expected(
    kind: npt.NDArray[np.int64],
    target: npt.NDArray[np.int64],
    source: npt.NDArray[np.int64],
    prior: _Grid,
    targets: int,
) -> _Grid:
    """Expectation maximisation of model 1 in one direction: each type's probability given its source word.

    `target` numbers the word that a cell explains, and the cells of one word compete; `source[type]` is the word type
    that explains.
    """
    strength = np.ones(len(prior)) / 10 + prior
    for _ in range(_ROUNDS):
        share = strength[kind]
        share /= np.bincount(target, share, targets)[target] + _FLOOR
        counts = np.bincount(kind, share, len(prior)) + _PRIOR * prior * 0.5
        strength = counts / (np.bincount(source, counts)[source] + 1)
    return strength
