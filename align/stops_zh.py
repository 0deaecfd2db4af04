"""A line of Chinese in, the places where its sentences end out: quoted speech, ASCII stops, dots of omission."""

import re
from bisect import bisect_left

from ..corpora import Span
from .stop_context import TORN, around, closed, skip_blanks, token_before
from .stops_en import BANG_NAMES, MAYBE, NEVER, NUMBERED, stops_en

_QUOTE_MAX = 80  # code points; a quotation longer than this is a passage, not a part of a sentence
_RUN_ZH = re.compile(r"[。．｡！？!?.…⋯]+")
_CLOSE_ZH = "」』”’）)]】》〉＂"
_HARD = frozenset("。｡！？")
_SOFT_NEXT = frozenset("，、；：。,;:！？!?…")  # the sentence goes on: “好吗？”，
_SPEECH = frozenset("说道问答喊叫曰云称写:：，,")
_SAID = re.compile(
    r"(?:[他她它我你][们]?|[\u4e00-\u9fff]{2,3}(?=[说问笑喊答]道))[又就便还也]?(?:笑着|大声|低声|轻声|连忙)?"
    r"(?:[说问喊叫答][道着]?|笑道|道)[，。：！,.:]"
)
_STARTERS_ZH = re.compile(r"本文|我们|然而|但是?|因此|此外|结果|实验|[这那该他她它]")
_DIALOGUE = {"“": "”", "「": "」", "『": "』"}


def ends_zh(line: str) -> list[int]:
    """Cuts of one line of Chinese."""
    brackets = closed(line)
    straight = [i for i, c in enumerate(line) if c == '"']
    embedded = _embedded(line, straight)
    torn = [m.span() for m in TORN.finditer(line)]
    cuts: list[int] = []
    begin = skip_blanks(line, 0)
    for run in _RUN_ZH.finditer(line):
        start, after = run.start(), run.end()
        while after < len(line) and (
            line[after] in _CLOSE_ZH or (line[after] == '"' and bisect_left(straight, after) % 2 == 1)
        ):
            after += 1
        bracket = around(brackets, start)
        if bracket and (bracket[1] > after or (bracket[0] > begin and not set(run[0]) & set("。｡."))):
            continue
        if around(embedded, start) or around(torn, start):
            continue
        if _stops_zh(line, begin, start, run.end(), after):
            cuts.append(after)
            begin = skip_blanks(line, after)
    return cuts


def _embedded(line: str, straight: list[int]) -> list[Span]:
    """Short quotations that are a part of their sentence: 提出“是什么？为什么？”两个问题."""
    pairs: list[Span] = []
    opened = -1
    for i, c in enumerate(line):
        if c in _DIALOGUE:
            opened = i
        elif opened >= 0 and c == _DIALOGUE[line[opened]]:
            pairs.append((opened, i + 1))
            opened = -1
    pairs += [(a, b + 1) for a, b in zip(straight[::2], straight[1::2], strict=False)]
    return [
        (a, b)
        for a, b in sorted(pairs)
        if a > 0
        and b < len(line)
        and b - a <= _QUOTE_MAX
        and line[a - 1].isalnum()
        and line[a - 1] not in _SPEECH
        and (line[b].isalnum() or line[b] in _SOFT_NEXT)
        and "。" not in line[a:b]
    ]


def _stops_zh(line: str, begin: int, start: int, end: int, after: int) -> bool:
    """Whether the stop line[start:end] ends the sentence that began at `begin`; its closing quotes end at `after`."""
    if after == len(line):
        return True
    mark = line[start:end]
    left = line[start - 1] if start else " "
    right = line[after]
    if right in _SOFT_NEXT:
        return False
    if after > end and _SAID.match(line, after):
        return False
    if mark == "。" and left.isdigit() and right.isdigit() and after == end:
        return False
    if mark == "！" and after == end and token_before(line, begin, start)[0].isalnum() and not right.isspace():
        return len(token_before(line, begin, start)[0]) > 1  # N！种
    if set(mark) & _HARD:
        return True
    if "?" in mark or "!" in mark:
        return _ascii_mark(line, begin, start, mark, right if after == end else " ")
    if mark in (".", "．"):
        return _dot_zh(line, begin, start, end, after)
    return _dots_zh(line, start, after, closed=after > end)


def _ascii_mark(line: str, begin: int, start: int, mark: str, right: str) -> bool:
    """Whether an ASCII ? or ! before `right` ends a sentence: 学习? does; a=b?c, 5!种 and Yahoo!搜索 do not."""
    token, _ = token_before(line, begin, start)
    if right.isascii() and not right.isspace() and right not in "\"'([":
        return False
    if mark == "!" and not right.isspace():
        return not (token in BANG_NAMES or token.isdigit() or len(token) == 1)
    return not (mark == "!" and token in BANG_NAMES)


def _dot_zh(line: str, begin: int, start: int, end: int, after: int) -> bool:
    """Whether one "." in Chinese text ends a sentence: after Han it does, in 75.4%, i.i.d. or "Fig. 3" it does not."""
    left = line[start - 1] if start > begin else " "
    right = line[after]
    if not left.isascii():
        return not left.isspace() and (not right.isascii() or right.isspace() or after > end)
    token, before = token_before(line, begin, start)
    ahead = skip_blanks(line, after)
    if ahead < len(line) and right.isspace() and line[ahead].isascii():
        return stops_en(line, begin, start, end, after)
    if right.isascii() and not right.isspace():
        return stops_en(line, begin, start, end, after)  # "…的model.We介绍"
    if token.replace(".", "").isdigit():
        marker = start - len(token) <= begin or before in ":：;；" or (len(token) < 3 and _blank(line, start, token))
        return right.isspace() and not marker
    low = token.lower()
    if low in NEVER or low in NUMBERED or low in MAYBE or "." in token or (len(token) == 1 and token.isalpha()):
        return False
    return bool(token) or right.isspace()


def _blank(line: str, start: int, token: str) -> bool:
    """Whether a blank stands before the token that touches a stop: "文本 2. 切分" is a list."""
    return line[start - len(token) - 1].isspace()


def _dots_zh(line: str, start: int, after: int, *, closed: bool) -> bool:
    """Whether dots of omission end a sentence. In 我……我 they do not; before 本文 or a quote's end they do."""
    if closed or start == 0 or not line[start - 1].isalnum():
        return closed
    ahead = skip_blanks(line, after)
    if ahead == len(line):
        return True
    stammer = any(line[ahead : ahead + n] == line[max(0, start - n) : start] for n in (1, 2))
    return not stammer and bool(_STARTERS_ZH.match(line, ahead))
