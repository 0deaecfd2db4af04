"""A Chinese text in, the spans that may render a term out: runs of tokens, apart from how good they are."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ..corpora import Span
from ..corpora.script import HAN
from .tokens import ChineseToken, tokens_zh

_LONGEST_TOKENS, _LONGEST = 8, 14  # tokens of a candidate, and its characters; a Latin letter counts a quarter
_STOP = re.compile(r"[，。、；：？！,.;:?!()（）\[\]【】“”\"‘’《》<>—…|\n]")
_NEVER_AT_AN_END = frozenset("的了和与或及在是对以从将把被由而并也都就还又该其这那此个种些们地得着之所等")
_EMPTY = frozenset("的 ")
# Words that begin or end a rendering only where the term says so too (基于视觉 of "vision-based").
_FUNCTION = frozenset(
    """
    一个 一种 我们 它们 他们 它 这些 那些 可以 能够 通过 使用 利用 基于 并且 以及 但是 因此 然而 这种 这个 其中 之间
    从而 进行 具有 提出 表明 本文 作者 给定 用于 来自 一些 这是 使得 对于 关于 根据 如何 不 下 中 上 于 为 所有 各种
    许多 多个 几个 两个 三个 每个 任何 其他 现有 相关 不同 更 最 很 有 本 过 需要 例如 时 后 前 新 新的 同时 包括 提供
    获得 采用 实现 显示 证明 然后 首先 仅 只 没有 已 已经 大 到 会 由于 通常
    """.split()
)


@dataclass(frozen=True, slots=True)
class Candidates:
    """The spans that may render a term, and what their form alone says; arrays have one entry a candidate.

    A candidate is the tokens `first[k]` up to but not including `stop[k]`.
    """

    tokens: tuple[ChineseToken, ...]
    spans: tuple[Span, ...]
    first: npt.NDArray[np.int64]
    stop: npt.NDArray[np.int64]
    weights: npt.NDArray[np.float64]  # one a token: characters of Chinese, blanks and 的 next to nothing
    linking: npt.NDArray[np.bool_]  # one a token: 的, 之
    closed: npt.NDArray[np.bool_]  # one a token: no candidate goes through it
    latin: tuple[tuple[int, str], ...]  # the tokens of Latin letters: number, text in lower case
    letters: Mapping[str, int]  # the characters of all candidates, blanks and 的 left out: columns of `spelled`
    spelled: npt.NDArray[np.float32]  # shape (candidates, letters): 1 where the candidate has the character
    form: npt.NDArray[np.float64]  # shape (candidates, len(FORM))


FORM = ("word_begins", "word_ends", "with_de", "function_first", "function_last", "one_last")


def find_candidates(zh: str) -> Candidates:
    """The candidates of a text: runs of at most 8 tokens, some word among them, no stop inside, no particle at an end.

    >>> zh = "策略提炼的方法"
    >>> [zh[slice(*span)] for span in find_candidates(zh).spans][:4]
    ['策略', '策略提炼', '策略提炼的方法', '提炼']
    """
    tokens = tokens_zh(zh)
    words = [zh[slice(*token.span)] for token in tokens]
    closed = [bool(_STOP.search(word)) or word.isspace() for word in words]
    barred = [shut or word in _NEVER_AT_AN_END for shut, word in zip(closed, words, strict=True)]
    han = [bool(HAN.match(word)) for word in words]
    latin = [word.isascii() and word.isalpha() for word in words]
    lengths = [len(word) if h else 1 + len(word) / 4 for word, h in zip(words, han, strict=True)]
    runs: list[tuple[int, int]] = []
    for k in range(len(tokens)):
        if barred[k]:
            continue
        size, some = 0.0, False
        for m in range(k, min(len(tokens), k + _LONGEST_TOKENS)):
            size += lengths[m]
            # Between Latin words blanks may stand; jieba gives none as tokens.
            if closed[m] or size > _LONGEST or (m > k and zh[tokens[m - 1].span[1] : tokens[m].span[0]].strip(" ")):
                break
            some = some or han[m] or latin[m]
            if some and not barred[m]:
                runs.append((k, m + 1))
    linking = np.array([word in ("的", "之") for word in words], dtype=bool)
    table = np.array(runs, dtype=np.int64).reshape(-1, 2)
    function = np.array([word in _FUNCTION for word in words], dtype=bool)
    spans = tuple((tokens[k].span[0], tokens[m - 1].span[1]) for k, m in runs)
    one = np.array([h and len(word) == 1 for h, word in zip(han, words, strict=True)], dtype=bool)
    letters, spelled = _spelled(zh, spans)
    return Candidates(
        tokens=tuple(tokens),
        spans=spans,
        first=table[:, 0],
        stop=table[:, 1],
        weights=np.where(linking, 0.3, np.array(lengths)),
        linking=linking,
        closed=np.array(closed, dtype=bool),
        latin=tuple((k, words[k].lower()) for k in range(len(words)) if latin[k]),
        letters=letters,
        spelled=spelled,
        form=_form(table, tokens, function, linking, one),
    )


def _spelled(zh: str, spans: Sequence[Span]) -> tuple[dict[str, int], npt.NDArray[np.float32]]:
    """The columns of the characters, and which candidate has which."""
    letters = {letter: k for k, letter in enumerate(sorted(set(zh) - _EMPTY))}
    numbers = [letters.get(letter, -1) for letter in zh]
    before = np.zeros((len(zh) + 1, len(letters) + 1), dtype=np.int32)
    before[np.arange(1, len(zh) + 1), numbers] = 1
    before.cumsum(axis=0, out=before)
    begin, end = np.array(spans, dtype=np.int64).reshape(-1, 2).T
    return letters, (before[end, :-1] > before[begin, :-1]).astype(np.float32)


def candidate_spans(zh: str) -> list[Span]:
    """The candidates of two characters or more.

    >>> [ "策略提炼方法"[a:b] for a, b in candidate_spans("策略提炼方法")][:3]
    ['策略', '策略提炼', '策略提炼方法']
    """
    return [(begin, end) for begin, end in find_candidates(zh).spans if end - begin > 1]


def _form(
    runs: npt.NDArray[np.int64],
    tokens: Sequence[ChineseToken],
    function: npt.NDArray[np.bool_],
    linking: npt.NDArray[np.bool_],
    one: npt.NDArray[np.bool_],
) -> npt.NDArray[np.float64]:
    if not len(runs):
        return np.zeros((0, len(FORM)))
    first, last = runs[:, 0], runs[:, 1] - 1
    begins = np.array([token.span[0] == token.word[0] for token in tokens])
    ends = np.array([token.span[1] == token.word[1] for token in tokens])
    de = np.concatenate([[0], np.cumsum(linking)])
    columns = (
        begins[first],
        ends[last],
        de[last + 1] > de[first],
        function[first],
        function[last],
        one[last],
    )
    return np.stack(columns, axis=1).astype(np.float64)
