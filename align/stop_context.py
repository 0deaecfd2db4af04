"""A line and a place in it in, what stands around a stop out: its word, brackets, torn addresses.

Shared by the English and the Chinese rules (stops_en.py, stops_zh.py).
"""

import re
from bisect import bisect_right

from ..corpora import Span

LOOK = 48  # code points looked at on either side of a stop
OPENERS = "\"'“‘([{«¿¡`$*_"
# An address torn apart by blanks: "https://a . example . Org". Its dots end nothing.
TORN = re.compile(r"https?://\S{1,200}(?:[ \t]\.[ \t](?:[a-z0-9/~_-]+|Org|Com|Net|Io|Edu|Github)(?![^\s/.]))+")
_CJK = re.compile("[\u2e80-\uffef]")  # "模型BERT" touches a stop as BERT
_BRACKET_MAX = 400  # code points; a bracket that closes later than this is taken for a slip of the pen
_OPEN = frozenset("(（[【{《〈")
# Half-width and full-width forms close one another: mixed pairs are common in Chinese typing.
_KIND = {sign: kind for kind, signs in enumerate(("()（）", "[]【】", "{}", "《》", "〈〉")) for sign in signs}


def closed(line: str) -> list[Span]:
    """Outermost balanced brackets of a line, those of at most `_BRACKET_MAX` code points."""
    stack: list[int] = []
    found: list[Span] = []
    for i, c in enumerate(line):
        if c not in _KIND:
            continue
        if c in _OPEN:
            stack.append(i)
        elif stack and _KIND[line[stack[-1]]] == _KIND[c]:  # else it closes nothing: "1)", ":)"
            begin = stack.pop()
            if i - begin <= _BRACKET_MAX:
                while found and found[-1][0] > begin:
                    found.pop()
                found.append((begin, i + 1))
    return found


def around(spans: list[Span], position: int) -> Span | None:
    """The span that holds a position; the spans are in order and do not overlap."""
    k = bisect_right(spans, (position, len(spans) and spans[-1][1] + 1)) - 1
    return spans[k] if k >= 0 and position < spans[k][1] else None


def skip_blanks(line: str, at: int) -> int:
    """The first place from `at` on that holds no blank; the length of the line where there is none."""
    while at < len(line) and line[at].isspace():
        at += 1
    return at


def token_before(line: str, begin: int, start: int) -> tuple[str, str]:
    """The word that touches a stop on its left without opening brackets, and the last sign before that word."""
    left = line[max(begin, start - LOOK) : start]
    pieces = left.rsplit(None, 1)
    touching = bool(left) and not left[-1].isspace()
    token = _CJK.split(pieces[-1])[-1].lstrip(OPENERS) if pieces and touching else ""
    rest = left[: len(left) - len(token)].rstrip()
    return token, rest[-1] if rest else " "
