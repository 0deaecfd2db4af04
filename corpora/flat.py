"""Text on one line, as it reads: what aligners and checks see of a stretch of a document."""

import re
from collections.abc import Sequence

# Scripts written without blanks, and their punctuation.
_CJK = "\u2e80-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U000323af"
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_TURN = re.compile(rf"(?<![ \t])[ \t]*+\n\s*+|[{''.join(_LIGATURES)}\u00ad]")
_TOUCHES = re.compile(rf"[{_CJK}]")


def flat(text: str) -> tuple[str, Sequence[int]]:
    """The text on one line, and for each of its characters the offset in `text` where it stands.

    A line end with the blanks around it becomes one blank, or nothing next to a Chinese character; ligatures become
    letters; soft hyphens go.

    >>> flat("of two\\n  lines 两\\n行")[0]
    'of two lines 两行'
    """
    turns = list(_TURN.finditer(text))
    if not turns:
        return text, range(len(text))
    parts: list[str] = []
    offsets: list[int] = []
    at = 0
    for turn in turns:
        begin, end = turn.span()
        parts.append(text[at:begin])
        offsets += range(at, begin)
        new = _LIGATURES.get(turn[0], "" if turn[0] == "\u00ad" or _joins(text, begin, end) else " ")
        parts.append(new)
        offsets += [begin] * len(new)
        at = end
    parts.append(text[at:])
    offsets += range(at, len(text))
    return "".join(parts), offsets


def _joins(text: str, begin: int, end: int) -> bool:
    """Whether nothing parts the characters on both sides of a line end."""
    before, after = text[begin - 1 : begin], text[end : end + 1]
    return not before or not after or bool(_TOUCHES.match(before) or _TOUCHES.match(after))
