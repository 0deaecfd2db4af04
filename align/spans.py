"""Where a source term went: the span of the Chinese sentence it became, right or wrong.

The encoder locates and never judges: a wrong rendering is nearly always the literal one, and as similar as the
right one. Candidates are runs of whole words, so a rendering is never cut in half.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..corpora import Span
from .encoder import Encoder, Floats, load_encoder
from .words import words_zh

_LONGEST_WORDS, _LONGEST = 6, 12  # words and characters of a candidate
_BREAK = re.compile(r"[\s，。、；：？！,.;:?!()（）\[\]【】“”\"‘’《》<>—…/|]")
# No rendering of a term begins or ends with these; inside they may stand (最先进的方法).
_FUNCTION = frozenset(
    """
    的 了 和 与 或 及 在 是 对 为 中 上 下 于 以 从 将 把 被 由 而 并 也 都 就 还 又 该 其 这 那 此
    本 个 种 些 们 地 得 着 过 之 所 等 更 最 很 有 一个 一种 我们 它们 他们 它 这些 那些 可以 能够
    通过 使用 利用 基于 并且 以及 但是 因此 然而 这种 这个 其中 之间 从而 进行 具有 提出 表明 本文
    作者 给定 用于 来自 一些 这是 使得 对于 关于 根据 如何 不
    """.split()
)
_OWN_CONTEXT = 0.5  # share of the term's vector in its sentence; the rest is the term alone


@dataclass(frozen=True, slots=True)
class Located:
    """A span of the Chinese text and how similar it is to the English span, -1..1."""

    span: Span
    similarity: float


class SpanLocator:
    """Finds renderings in one pair of texts; both are encoded once."""

    def __init__(self, en: str, zh: str, encoder: Encoder | None = None) -> None:
        """Encode both texts and all candidate spans of the Chinese one."""
        self._encoder = encoder or load_encoder()
        self._en, self._zh = en, zh
        self._left, right = self._encoder.prepare([en, zh])
        self.candidates = candidate_spans(zh)
        self._vectors: Floats = self._encoder.spans(right, self.candidates)

    def locate(self, span: Span, taken: Sequence[Span] = ()) -> list[Located]:
        """The candidates for the rendering of an English span, most similar first; none overlaps `taken`.

        Of two nested candidates of equal similarity the shorter comes first.
        """
        if not self.candidates:
            return []
        inside = self._encoder.spans(self._left, [span])[0]
        alone = self._encoder.encode([self._en[slice(*span)]])[0]
        similar = self._vectors @ (_OWN_CONTEXT * inside + (1 - _OWN_CONTEXT) * alone)
        order = sorted(range(len(self.candidates)), key=lambda k: (-similar[k], self._length(k)))
        return [
            Located(self.candidates[k], float(similar[k]))
            for k in order
            if not any(a < self.candidates[k][1] and self.candidates[k][0] < b for a, b in taken)
        ]

    def _length(self, k: int) -> int:
        return self.candidates[k][1] - self.candidates[k][0]


def candidate_spans(zh: str) -> list[Span]:
    """Spans of runs of words that may render a term: two characters or more, no stop inside, content at both ends.

    >>> [ "策略提炼方法"[a:b] for a, b in candidate_spans("策略提炼方法")][:3]
    ['策略', '策略提炼', '策略提炼方法']
    """
    words = words_zh(zh)
    spans: list[Span] = []
    for k, (begin, _) in enumerate(words):
        if zh[begin : words[k][1]] in _FUNCTION:
            continue
        for first, end in words[k : k + _LONGEST_WORDS]:
            if _BREAK.search(zh[first:end]) or end - begin > _LONGEST:
                break
            if end - begin >= 2 and zh[first:end] not in _FUNCTION:
                spans.append((begin, end))
    return spans
