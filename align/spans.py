"""Where a source term went: the span of the Chinese sentence it became, right or wrong.

Location never judges: a wrong rendering is nearly always the literal one, and as similar as the right one. Three
things speak for a candidate: the links of its words (word_links.py), which compete with all other words of the two
sentences; the encoder's vectors of the spans in their contexts; and its form.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ..corpora import Span
from .encoder import Encoder, Floats, load_encoder
from .span_candidates import FORM, candidate_spans, find_candidates
from .span_features import LINKED, link_features
from .tokens import tokens_en
from .word_links import MOST_CELLS, WordLinks, untrained_links

__all__ = ["FEATURES", "Located", "SpanLocator", "candidate_spans"]
_Grid = npt.NDArray[np.float64]
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
_ENCODED = 16  # candidates whose vectors are asked for: the best by links and form


@dataclass(frozen=True, slots=True)
class Located:
    """A span of the Chinese text, how similar it is to the English span, -1..1, and how likely it is the rendering.

    `confidence`, 0..1, is the probability that the span overlaps the rendering by half or more of both together.
    """

    span: Span
    similarity: float
    confidence: float = 1.0


class SpanLocator:
    """Finds renderings in one pair of texts; both are encoded once."""

    def __init__(self, en: str, zh: str, encoder: Encoder | None = None, links: WordLinks | None = None) -> None:
        """Link the words of both texts; `links` are those trained on the corpus at hand, if there is one."""
        self._en = en
        self._encoder = encoder or load_encoder()
        self._links = links or untrained_links()
        self._found = find_candidates(zh)
        self._words = tokens_en(en)
        self._left, self._right = self._encoder.prepare([en, zh])
        tokens = self._found.tokens
        similar = None
        if 0 < len(self._words) * len(tokens) <= MOST_CELLS:
            similar = self._left.spans(self._words) @ self._right.spans([token.span for token in tokens]).T
        self._posteriors = self._links.posteriors(en, zh, (self._words, tokens), similar)
        self._vectors: dict[int, Floats] = {}

    @property
    def candidates(self) -> tuple[Span, ...]:
        """The spans that may render something, in order."""
        return self._found.spans

    def locate(self, span: Span, taken: Sequence[Span] = ()) -> list[Located]:
        """Candidates for the rendering of an English span, best first, 16 at most; none overlaps `taken`.

        Of texts too long to link (2,000 words each) form and similarity alone speak, with little confidence."""
        spans = self._found.spans
        free = [k for k, (a, b) in enumerate(spans) if not any(c < b and a < d for c, d in taken)]
        if not free:
            return []
        features = self._plain_features(span)[free]
        scores = features @ _WEIGHTS[: features.shape[1]]
        best = np.argsort(-scores, kind="stable")[:_ENCODED]
        chosen = [free[k] for k in best.tolist()]
        similar = self._similar_features(span, chosen)
        total = scores[best] + similar @ _WEIGHTS[features.shape[1] :]
        certain = _confidence([spans[k] for k in chosen], total)
        return [
            Located(spans[chosen[k]], float(similar[k, 0]), float(certain[k]))
            for k in np.argsort(-total, kind="stable").tolist()
        ]

    def _plain_features(self, span: Span) -> _Grid:
        known = self._links.senses.renderings(self._en[slice(*span)])
        linked = link_features(self._en, self._words, span, self._found, self._posteriors, known)
        return np.concatenate([linked, self._found.form], axis=1)

    def _similar_features(self, span: Span, candidates: Sequence[int]) -> _Grid:
        """The cosine of the span and each candidate, and how much it is above that of the spans a word longer or
        shorter at one end: what those fit better belongs to them."""
        new = [k for k in candidates if k not in self._vectors]
        if new:
            self._vectors |= zip(new, self._right.spans([self._found.spans[k] for k in new]), strict=True)
        there = np.stack([self._vectors[k] for k in candidates])
        here = self._left.spans([span, *self._rivals(span)])
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


def _confidence(spans: Sequence[Span], scores: _Grid) -> _Grid:
    begin, end = np.array(spans).T
    shared = np.minimum(end[:, None], end) - np.maximum(begin[:, None], begin)
    joint = np.maximum(end[:, None], end) - np.minimum(begin[:, None], begin)
    likely = np.exp(scores - scores.max())
    mass = (shared >= _OVERLAP * joint) @ (likely / likely.sum())
    constant, by_mass, by_score = _CERTAIN
    return np.asarray(1 / (1 + np.exp(-(constant + by_mass * mass + by_score * scores))), dtype=np.float64)
