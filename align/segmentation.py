"""Text in, sentence spans out: where the sentences of English and Chinese prose begin and end.

Rules, no model: every stop is judged by what stands a few characters to its left and right, so the time is linear
and a wrong split can be explained. A line break always ends a sentence. Text inside balanced brackets is never cut:
an aligner loses less by a long sentence than by half a bracket.
"""

from collections.abc import Callable

from ..corpora import Span
from .stops_en import ends_en
from .stops_zh import ends_zh


def sentences_en(text: str) -> list[Span]:
    """Spans of the English sentences, in order, without the blanks around them.

    Every character that is no blank lies in exactly one span; no span crosses a line break.

    >>> sentences_en("It scores 75.4% (cf. Fig. 3). We agree.")
    [(0, 29), (30, 39)]
    """
    return _sentences(text, ends_en)


def sentences_zh(text: str) -> list[Span]:
    """Spans of the Chinese sentences, in order, without the blanks around them; a semicolon ends nothing.

    Every character that is no blank lies in exactly one span; no span crosses a line break.

    >>> sentences_zh("他问：“可以吗？”精度为75.4%。")
    [(0, 9), (9, 18)]
    """
    return _sentences(text, ends_zh)


def _sentences(text: str, ends: Callable[[str], list[int]]) -> list[Span]:
    """Sentence spans of all lines; `ends` gives the cuts of one line."""
    spans: list[Span] = []
    start = 0
    while start <= len(text):
        stop = text.find("\n", start)
        stop = len(text) if stop < 0 else stop
        spans += [(start + a, start + b) for a, b in _trimmed(text[start:stop], ends)]
        start = stop + 1
    return spans


def _trimmed(line: str, ends: Callable[[str], list[int]]) -> list[Span]:
    """Spans of one line. A piece with neither letter nor digit is no sentence and joins its neighbour."""
    spans: list[Span] = []
    bare = False  # the last span holds signs only, and waits for words
    at = 0
    for cut in [*ends(line), len(line)]:
        piece = line[at:cut]
        left = at + len(piece) - len(piece.lstrip())
        right = at + len(piece.rstrip())
        at = cut
        if left >= right:
            continue
        signs = not any(c.isalnum() for c in piece)
        if spans and (signs or bare):
            spans[-1] = (spans[-1][0], right)
            bare = bare and signs
        else:
            spans.append((left, right))
            bare = signs
    return spans
