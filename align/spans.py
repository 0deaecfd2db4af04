"""Where a source term went: the span of the Chinese sentence it became, right or wrong.

Location never judges: a wrong rendering is nearly always the literal one, and as similar as the right one. Three
things speak for a candidate: the links of its words (word_links.py), which compete with all other words of the two
sentences; the encoder's vectors of the spans in their contexts; and its form.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from ..corpora import Span
from .encoder import Encoder, Floats, SpanVectors, load_encoder, spans_of
from .lexicon import FUNCTION
from .span_candidates import FORM, candidate_spans, find_candidates
from .span_features import LINKED, link_features
from .tokens import tokens_en
from .word_links import MOST_CELLS, NOTHING, UNRELATED, WordLinks, untrained_links

__all__ = ["FEATURES", "Located", "Locator", "SpanLocator", "candidate_spans", "locate_all", "locators"]
_Grid = npt.NDArray[np.float64]
_PARTICLES = frozenset("的了和与或及在是对以从将把被由而并也都就还又该其这那此之为中")
SIMILAR = ("cosine", "above_neighbours")
FEATURES = (*LINKED, *FORM, *SIMILAR)
# Log-linear ranking (softmax over the candidates of a span, L2 3), fitted on the 236 terms of reader a in
# benchmarks/gold/spans.jsonl and, at a quarter of the weight each, 591 places of termbase renderings in machine
# translations, with the termbase's and the field's word on the term withheld for 70 %.
WEIGHTS = {
    "log_inside": 1.8,
    "outside": -3.3,
    "least_found": 2.25,
    "left": -0.78,
    "length_off": -1.49,
    "length_off_squared": -1.22,
    "known_like": 2.82,
    "other_latin": -0.69,
    "word_begins": 1.18,
    "word_ends": 2.98,
    "with_de": -0.75,
    "function_first": -0.7,
    "function_last": -1.22,
    "one_last": -0.49,
    "cosine": 7.09,
    "above_neighbours": 4.6,
}
_WEIGHTS = np.array([WEIGHTS[name] for name in FEATURES])
# Logistic regression on the same terms, and at a tenth of the weight on each with its rendering cut out of the Chinese:
# constant, share of the ranking's probability on candidates that overlap this one, and the score itself.
_CERTAIN = (-4.61, 5.84, 0.339)
_OVERLAP = 0.5  # intersection over union from which two spans are about the same
_ENCODED = 12  # candidates whose vectors are asked for: the best by links and form


@dataclass(frozen=True, slots=True)
class Located:
    """A span of the Chinese text, how similar it is to the English span, -1..1, and how likely it is the rendering.

    `confidence`, 0..1, is the probability that the span overlaps the rendering by half or more of both together.
    """

    span: Span
    similarity: float
    confidence: float = 1.0


class Locator(Protocol):
    """What finds the rendering of an English span in one Chinese text."""

    def locate(self, span: Span, taken: Sequence[Span] = (), /) -> list[Located]:
        """Candidates, best first; none overlaps `taken`."""
        ...

    def linked_en(self) -> list[tuple[Span, float]]:
        """The English tokens, each with how likely something renders it."""
        ...

    def linked_zh(self) -> list[tuple[Span, float]]:
        """The Chinese tokens, each with how likely it renders something."""
        ...


class SpanLocator:
    """Finds renderings in one pair of texts; both are encoded once."""

    def __init__(
        self,
        en: str,
        zh: str,
        encoder: Encoder | None = None,
        links: WordLinks | None = None,
        vectors: Sequence[SpanVectors] | None = None,
    ) -> None:
        """Link the words of both texts; `links` are those trained on the corpus at hand, if there is one.

        `vectors` are those of the two texts where they were prepared before, with others."""
        self._en, self._zh = en, zh
        self._links = links or untrained_links()
        self._found = find_candidates(zh)
        self._edges = np.array(self._found.spans, dtype=np.int64).reshape(-1, 2).T
        self._words = tokens_en(en)
        self._left, self._right = vectors or (encoder or load_encoder()).prepare([en, zh])
        self._vectors: dict[int, Floats] = {}
        self._posteriors = NOTHING
        if vectors is None:
            _link([self])

    @property
    def candidates(self) -> tuple[Span, ...]:
        """The spans that may render something, in order."""
        return self._found.spans

    def linked_en(self) -> list[tuple[Span, float]]:
        """Each token of the English and how likely something in the Chinese renders it, 0..1."""
        return list(zip(self._words, self._posteriors.zh_of.sum(1).tolist(), strict=True))

    def linked_zh(self) -> list[tuple[Span, float]]:
        """Each token of the Chinese and how likely it renders something in the English, 0..1."""
        spans = [token.span for token in self._found.tokens]
        return list(zip(spans, self._posteriors.en_of.sum(0).tolist(), strict=True))

    def locate(self, span: Span, taken: Sequence[Span] = ()) -> list[Located]:
        """Candidates for the rendering of an English span, best first, 12 at most; none overlaps `taken`.

        Of texts too long to link (2,000 words each) form and similarity alone speak, with little confidence."""
        return locate_all([(self, span, taken)])[0]

    def _chosen(self, span: Span, taken: Sequence[Span]) -> tuple[list[int], _Grid]:
        """The candidates whose vectors are asked for, best first by links and form, and their scores so far."""
        begin, end = self._edges
        open_ones = np.ones(len(begin), dtype=bool)
        for c, d in taken:
            open_ones &= (end <= c) | (begin >= d)
        free = np.flatnonzero(open_ones).tolist()
        if not free:
            return [], np.zeros(0)
        features = self._plain_features(span)[free]
        scores = features @ _WEIGHTS[: features.shape[1]]
        best = np.argsort(-scores, kind="stable")[:_ENCODED]
        return [free[k] for k in best.tolist()], scores[best]

    def _ranked(self, chosen: Sequence[int], scores: _Grid, here: Floats) -> list[Located]:
        """The chosen candidates by all features; `here` holds the vectors of the span and of its rivals."""
        spans = self._found.spans
        similar = self._similar_features(chosen, here)
        total = scores + similar @ _WEIGHTS[len(FEATURES) - len(SIMILAR) :]
        certain = _confidence([spans[k] for k in chosen], total)
        return [
            Located(spans[chosen[k]], float(similar[k, 0]), float(certain[k]))
            for k in np.argsort(-total, kind="stable").tolist()
        ]

    def _plain_features(self, span: Span) -> _Grid:
        known = self._links.senses.renderings(self._en[slice(*span)])
        linked = link_features(self._en, self._words, span, self._found, self._posteriors, known)
        return np.concatenate([linked, self._found.form], axis=1)

    def _similar_features(self, candidates: Sequence[int], here: Floats) -> _Grid:
        """The cosine of the span and each candidate, and how much it is above that of the spans a word longer or
        shorter at one end: what those fit better belongs to them."""
        there = np.stack([self._vectors[k] for k in candidates])
        cosines = there @ here.T
        rivals = cosines[:, 1:].max(1) if cosines.shape[1] > 1 else 0.0
        return np.stack([cosines[:, 0], cosines[:, 0] - rivals], axis=1).astype(np.float64)

    def _rivals(self, span: Span) -> list[Span]:
        inside = [i for i, (begin, end) in enumerate(self._words) if begin < span[1] and end > span[0]]
        if not inside:
            return []
        a, b = inside[0], inside[-1]
        runs = ((a - 1, b), (a, b + 1), (a + 1, b), (a, b - 1))
        return [(self._words[i][0], self._words[j][1]) for i, j in runs if 0 <= i <= j < len(self._words)]


def locators(texts: Sequence[tuple[str, str]], links: WordLinks | None = None) -> list[SpanLocator]:
    """A locator for each English and Chinese text, all prepared in one go: a third of the time of one by one."""
    if not texts:
        return []
    vectors = load_encoder().prepare([text for both in texts for text in both])
    made = [SpanLocator(en, zh, links=links, vectors=vectors[2 * k : 2 * k + 2]) for k, (en, zh) in enumerate(texts)]
    _link(made)
    return made


def locate_all(requests: Sequence[tuple[Locator, Span, Sequence[Span]]]) -> list[list[Located]]:
    """What `locate` of each locator gives for its span and what is taken; their vectors are asked for in one go."""
    plans = [(one, span, *one._chosen(span, taken)) for one, span, taken in requests if isinstance(one, SpanLocator)]
    if len(plans) < len(requests):
        return [one.locate(span, taken) for one, span, taken in requests]
    wanted: dict[int, tuple[SpanLocator, dict[int, None]]] = {}
    for one, _, chosen, _ in plans:
        new = wanted.setdefault(id(one), (one, {}))[1]
        new.update((k, None) for k in chosen if k not in one._vectors)
    asked = [(one, list(ks)) for one, ks in wanted.values() if ks]
    there = spans_of([(one._right, [one._found.spans[k] for k in ks]) for one, ks in asked])
    for (one, ks), vectors in zip(asked, there, strict=True):
        one._vectors |= zip(ks, vectors, strict=True)
    open_plans = [plan for plan in plans if plan[2]]
    here = iter(spans_of([(one._left, [span, *one._rivals(span)]) for one, span, _, _ in open_plans]))
    return [one._ranked(chosen, scores, next(here)) if chosen else [] for one, _, chosen, scores in plans]


def _link(made: Sequence[SpanLocator]) -> None:
    """Link the words of the texts, with the cosines of the words in their contexts where they are not too many."""
    short = [one for one in made if 0 < len(one._words) * len(one._found.tokens) <= MOST_CELLS]
    rows = [_telling_en(one._en, one._words) for one in short]
    columns = [_telling_zh(one._zh, [token.span for token in one._found.tokens]) for one in short]
    left = spans_of([(one._left, [one._words[i] for i in at]) for one, at in zip(short, rows, strict=True)])
    right = spans_of(
        [(one._right, [one._found.tokens[j].span for j in at]) for one, at in zip(short, columns, strict=True)]
    )
    similar: dict[int, Floats] = {}
    for one, i, j, a, b in zip(short, rows, columns, left, right, strict=True):
        grid = np.full((len(one._words), len(one._found.tokens)), UNRELATED, dtype=np.float32)
        grid[np.ix_(i, j)] = a @ b.T
        similar[id(one)] = grid
    for one in made:
        tokens = one._words, one._found.tokens
        one._posteriors = one._links.posteriors(one._en, one._zh, tokens, similar.get(id(one)))


def _telling_en(en: str, words: Sequence[Span]) -> list[int]:
    """The tokens whose vectors say something: no marks, no words of grammar; but articles become 一座."""
    texts = [en[begin:end].lower() for begin, end in words]
    return [k for k, text in enumerate(texts) if text[0].isalnum() and (text not in FUNCTION or text in ("a", "an"))]


def _telling_zh(zh: str, tokens: Sequence[Span]) -> list[int]:
    texts = [zh[begin:end] for begin, end in tokens]
    return [k for k, text in enumerate(texts) if text[0].isalnum() and text not in _PARTICLES]


def _confidence(spans: Sequence[Span], scores: _Grid) -> _Grid:
    begin, end = np.array(spans).T
    shared = np.minimum(end[:, None], end) - np.maximum(begin[:, None], begin)
    joint = np.maximum(end[:, None], end) - np.minimum(begin[:, None], begin)
    likely = np.exp(scores - scores.max())
    mass = (shared >= _OVERLAP * joint) @ (likely / likely.sum())
    constant, by_mass, by_score = _CERTAIN
    return np.asarray(1 / (1 + np.exp(-(constant + by_mass * mass + by_score * scores))), dtype=np.float64)
