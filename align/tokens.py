"""Text in, the tokens out that word links join: English words, and the smallest Chinese words that mean something."""

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from ..corpora import Span
from ..corpora.knowledge import shipped_knowledge
from ..corpora.script import HAN
from .lexicon import load_lexicon
from .words import count_zh, words_zh

_LOOSE = frozenset("的了和与或及在是对以从将把被由而并也都就还又该其这那此个种些们地得着之所等为不上下中有")
_PAPERS, _SHARE = 30, 0.1  # a word of the field stands in so many papers, and in that share of its longer part's
_MEASURES = frozenset("一个 一种 这个 那个 每个 两个".split())  # 一个多|分辨率: the only words of three that mislead
_EN = re.compile(r"[^\W\d_]++|\d++(?:[.,]\d++)*+|[^\s\w]|_")


class ChineseToken(NamedTuple):
    """A token and the dictionary word it is the whole or a part of, both as spans of the text."""

    span: Span
    word: Span


def tokens_en(text: str) -> list[Span]:
    """Spans of the words, numbers and single marks of an English text, in order; a hyphen is a mark.

    >>> tokens_en("pre-trained, 3.5")
    [(0, 3), (3, 4), (4, 11), (11, 12), (13, 16)]
    """
    return [match.span() for match in _EN.finditer(text)]


def tokens_zh(text: str) -> list[ChineseToken]:
    """The words of a Chinese text, those of three characters or more cut where both parts are words; in order.

    What renders a term wrongly is often no word of any dictionary, and its edge may lie inside a word that is one.

    >>> text = "系统故障"
    >>> [text[slice(*token.span)] for token in tokens_zh(text)]
    ['系统', '故障']
    """
    return list(_tokens(text))


@lru_cache(maxsize=1 << 13)  # asked for when a corpus is learned from and when its terms are located
def _tokens(text: str) -> tuple[ChineseToken, ...]:
    tokens: list[ChineseToken] = []
    for begin, end in _joined(text, words_zh(text)):
        edges = (0, *_cuts(text[begin:end]), end - begin)
        tokens += [ChineseToken((begin + a, begin + b), (begin, end)) for a, b in pairwise(edges)]
    return tuple(tokens)


def _joined(text: str, words: list[Span]) -> list[Span]:
    """The words, a lone character joined to a neighbour of two where the three are a word (数据|集)."""
    joined: list[Span] = []
    for begin, end in words:
        if joined and joined[-1][1] == begin:
            a = joined[-1][0]
            if end - a == 3 and _one_word(text[a:begin], text[begin:end]):
                joined[-1] = (a, end)
                continue
        joined.append((begin, end))
    return joined


@lru_cache(maxsize=1 << 16)
def _one_word(left: str, right: str) -> bool:
    if not (HAN.match(left) and HAN.match(right)) or left in _LOOSE or right in _LOOSE:
        return False
    count = shipped_knowledge().count
    enough = max(_PAPERS, _SHARE * count(max(left, right, key=len)))
    return left + right in load_lexicon() or count(left + right) >= enough


@lru_cache(maxsize=1 << 16)
def _cuts(word: str) -> tuple[int, ...]:
    if not 3 <= len(word) <= 16 or not HAN.match(word):
        return ()
    if len(word) == 3:
        return (2,) if word[:2] in _MEASURES else ()
    return tuple(k for k in range(2, len(word) - 1) if _known(word[:k]) and _known(word[k:]))


def _known(word: str) -> bool:
    return count_zh(word) > 0 or word in load_lexicon()
