"""A pair of texts whose words are linked: where the English has what stands for a span of the Chinese.

The links show the place; they never judge what stands there.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ..align.encoder import load_encoder
from ..align.lexicon import FUNCTION
from ..align.tokens import ChineseToken, tokens_en, tokens_zh
from ..align.word_links import MOST_CELLS, WordLinks, untrained_links
from ..corpora import Span
from ..corpora.script import HAN
from .source_terms import content_of

_CORE = 0.2  # strength of a link from which an English word stands for a Chinese one
_ELSEWHERE = 0.35  # strength of a link to other Chinese words that takes a word out of the place
_LONGEST = 6  # words of what stands for one term


class LinkedTexts:
    """The words of a pair of texts and how strongly each two belong together, 0..1."""

    def __init__(self, en: str, zh: str, links: WordLinks | None = None) -> None:
        """Link the words; texts too long to link (2,000 words each) have no links."""
        self.en, self.zh = en, zh
        self.words: list[Span] = tokens_en(en)
        self.tokens: list[ChineseToken] = tokens_zh(zh)
        self.strength: npt.NDArray[np.float64] = np.zeros((len(self.words), len(self.tokens)))
        self._rendered, self._rendering = np.zeros(len(self.words)), np.zeros(len(self.tokens))
        if 0 < len(self.words) * len(self.tokens) <= MOST_CELLS:
            here, there = load_encoder().prepare([en, zh])
            similar = here.spans(self.words) @ there.spans([token.span for token in self.tokens]).T
            both = (links or untrained_links()).posteriors(en, zh, (self.words, self.tokens), similar)
            self.strength = np.sqrt(both.en_of * both.zh_of)
            self._rendered, self._rendering = both.zh_of.sum(1), both.en_of.sum(0)

    def linked_en(self) -> list[tuple[Span, float]]:
        """The words of the English that say something, each with how likely the Chinese has it, 0..1."""
        likely = zip(self.words, self._rendered.tolist(), strict=True)
        return [(span, sure) for i, (span, sure) in enumerate(likely) if self._is_content(i)]

    def linked_zh(self) -> list[tuple[Span, float]]:
        """The words of the Chinese, each with how likely the English has it, 0..1."""
        likely = zip(self.tokens, self._rendering.tolist(), strict=True)
        return [(token.span, sure) for token, sure in likely if HAN.match(self.zh, token.span[0])]

    def word(self, i: int) -> str:
        """English token i."""
        return self.en[slice(*self.words[i])]

    def inside(self, span: Span) -> list[int]:
        """The Chinese tokens that lie in a span of the Chinese."""
        return [j for j, token in enumerate(self.tokens) if token.span[0] < span[1] and span[0] < token.span[1]]

    def place_of(self, span: Span, forms: Sequence[str]) -> tuple[Span, float] | None:
        """Where the English has what stands for a span of the Chinese, and how surely, 0..1; None where it is unclear.

        Words of `forms`, the right ones, show how far it reaches: with "stationary point" in mind, "point" of
        "stagnation point" is the second of two words.
        """
        inside = self.inside(span)
        if not inside or not self.strength.size:
            return None
        own = self.strength[:, inside].max(1)
        others = self.strength.copy()
        others[:, inside] = 0
        other = others.max(1)
        core = [i for i in range(len(self.words)) if own[i] >= _CORE and own[i] > other[i] and self._is_content(i)]
        if not core:
            return None
        best = max(core, key=lambda i: own[i])
        free = [self._is_content(i) and other[i] < _ELSEWHERE for i in range(len(self.words))]
        first = last = best
        while (nearer := self._before(first)) is not None and (nearer in core or self._fits(nearer, last, free, forms)):
            first = nearer
        while (nearer := self._after(last)) is not None and (nearer in core or self._fits(first, nearer, free, forms)):
            last = nearer
        if last - first >= 2 * _LONGEST:
            return None
        return (self.words[first][0], self.words[last][1]), float(own[best])

    def all_linked(self, span_en: Span, span_zh: Span) -> bool:
        """Whether every word of an English span is linked to a Chinese one."""
        inside = self.inside(span_zh)
        words = [i for i, (a, b) in enumerate(self.words) if a < span_en[1] and span_en[0] < b and self._is_content(i)]
        return bool(inside) and all(self.strength[i, inside].max() >= _CORE for i in words)

    def _fits(self, first: int, last: int, free: list[bool], forms: Sequence[str]) -> bool:
        """Whether the words from first to last may be one of the forms with a word or two replaced, or a compound."""
        words = [i for i in range(first, last + 1) if self._is_content(i)]
        if not (free[first] and free[last]):
            return False
        longest = max((len(content_of(form)) for form in forms), default=1)
        return len(words) <= max(2, longest)

    def _is_content(self, i: int) -> bool:
        word = self.word(i)
        return word[0].isalpha() and word.lower() not in FUNCTION

    def _before(self, i: int) -> int | None:
        """The word before in the same compound: only a blank or a hyphen stands between."""
        k = i - 1
        if k >= 0 and self.word(k) == "-":
            k -= 1
        elif k > 1 and self.word(k) == "s" and self.word(k - 1) in "'’":
            k -= 2
        return k if k >= 0 and self._is_content(k) and self._close(k, i) else None

    def _after(self, i: int) -> int | None:
        k = i + 1
        if k < len(self.words) and self.word(k) == "-":
            k += 1
        return k if k < len(self.words) and self._is_content(k) and self._close(i, k) else None

    def _close(self, i: int, k: int) -> bool:
        return self.en[self.words[i][1] : self.words[k][0]] in (" ", "-", "", "'s ", "’s ")
