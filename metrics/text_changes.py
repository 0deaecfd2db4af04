"""Two versions of a Chinese text, and what changed between them, word by word."""

from difflib import SequenceMatcher
from typing import NamedTuple

from ..align.words import words_zh

_TOKENS = 600  # of both texts, between the same beginning and end, that are compared word by word
_LONG = 20_000  # characters of both texts, beyond which they are not parted into words


class Piece(NamedTuple):
    """A stretch of both texts: alike where `old` is `new`, else what stood there and what stands there now."""

    old: str
    new: str


def text_changes(old: str, new: str) -> list[Piece]:
    """The pieces of both texts in order; all `old` together are the one, all `new` the other.

    Long texts that differ in much are one piece between their common beginning and end.

    >>> text_changes("海獭喝茶。", "水獭喝茶。")
    [Piece(old='海獭', new='水獭'), Piece(old='喝茶。', new='喝茶。')]
    """
    long = len(old) + len(new) > _LONG
    a, b = (list(text) if long else _tokens(text) for text in (old, new))
    begin = 0
    while begin < min(len(a), len(b)) and a[begin] == b[begin]:
        begin += 1
    end = 0
    while end < min(len(a), len(b)) - begin and a[-1 - end] == b[-1 - end]:
        end += 1
    pieces = [Piece("".join(a[:begin]), "".join(b[:begin]))]
    inner_a, inner_b = a[begin : len(a) - end], b[begin : len(b) - end]
    if len(inner_a) + len(inner_b) > _TOKENS:
        pieces.append(Piece("".join(inner_a), "".join(inner_b)))
    else:
        for _, i, j, k, m in SequenceMatcher(None, inner_a, inner_b, autojunk=False).get_opcodes():
            pieces.append(Piece("".join(inner_a[i:j]), "".join(inner_b[k:m])))
    pieces.append(Piece("".join(a[len(a) - end :]), "".join(b[len(b) - end :])))
    joined: list[Piece] = []
    for piece in pieces:
        if joined and piece != ("", "") and (piece.old == piece.new) == (joined[-1].old == joined[-1].new):
            joined[-1] = Piece(joined[-1].old + piece.old, joined[-1].new + piece.new)
        elif piece != ("", ""):
            joined.append(piece)
    return joined


def _tokens(text: str) -> list[str]:
    """The words of a text and what stands between them: joined they are the text."""
    tokens: list[str] = []
    at = 0
    for begin, end in words_zh(text):
        tokens += text[at:begin]
        tokens.append(text[begin:end])
        at = end
    return [token for token in (*tokens, *text[at:]) if token]
