"""Sentences as HTML, with the words that a finding is about marked in them."""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from markupsafe import Markup, escape

from ..corpora import Document, Span
from .visible import labelled, right_to_left

_UNSAFE = re.compile(r"[^A-Za-z0-9_.-]")
LIMIT = 1500  # characters of one side that are shown; the longest abstract of the field has about 3,000
AROUND = 160  # characters shown on each side of a span in a text that has no pairs


def shown(text: str) -> Markup:
    """The text as HTML: escaped, hidden characters as code points, letters from right to left kept apart.

    >>> shown("<b>\\u200b")
    Markup('&lt;b&gt;⟨U+200B⟩')
    """
    html = escape(labelled(text))
    return Markup("<bdi>%s</bdi>") % html if right_to_left(text) else html


def as_id(text: str) -> str:
    """The text with everything but ASCII letters, digits, "_", "." and "-" replaced by "_".

    >>> as_id("T001-3f2a"), as_id('"><b>')
    ('T001-3f2a', '___b_')
    """
    return _UNSAFE.sub("_", text)


def marked(text: str, spans: Iterable[Span]) -> Markup:
    """The text as HTML with each span of it in `<mark>`. Spans are code points of `text`; they may overlap.

    >>> marked("a术语b", [(1, 3)])
    Markup('a<mark>术语</mark>b')
    """
    merged = _merged(spans, len(text))
    left, right = _window(merged, len(text))
    pieces, at = [Markup("…" if left else "")], left
    for start, end in merged:
        if end <= left or start >= right:
            continue
        start, end = max(start, at), min(end, right)
        pieces += [shown(text[at:start]), Markup("<mark>%s</mark>") % shown(text[start:end])]
        at = end
    pieces += [shown(text[at:right]), Markup("…" if right < len(text) else "")]
    return Markup("").join(pieces)


class Mark(NamedTuple):
    """A span of a text, what it belongs to (a number), and how grave that is: "e", "w" or "n"."""

    start: int
    end: int
    number: int
    level: str


def linked(text: str, marks: Iterable[Mark]) -> Markup:
    """The text as HTML, what is marked in `<mark>`; where marks overlap each piece has those that cover it.

    The class is the gravest level; the attribute data-f names the numbers, but for a 0 alone. Spans are code points.

    >>> linked("a术语b", [Mark(1, 3, 0, "e"), Mark(2, 3, 1, "n")])
    Markup('a<mark class="e">术</mark><mark class="e" data-f="0 1">语</mark>b')
    """
    inside = [mark._replace(start=max(0, mark.start), end=min(mark.end, len(text))) for mark in marks]
    inside = [mark for mark in inside if mark.start < mark.end]
    left, right = _window(_merged(((mark.start, mark.end) for mark in inside), len(text)), len(text))
    cuts = sorted({left, right, *(cut for mark in inside for cut in mark[:2] if left < cut < right)})
    pieces = ["…" if left else ""]
    for start, end in pairwise(cuts):
        over = [mark for mark in inside if mark.start <= start and end <= mark.end]
        piece = shown(text[start:end])  # escaped: what is put around it here is ours
        if over:
            told = " ".join(str(mark.number) for mark in over)
            numbers = f' data-f="{told}"' if told != "0" else ""
            gravest = min((mark.level for mark in over), key="ewn".index)
            piece = Markup(f'<mark class="{gravest}"{numbers}>{piece}</mark>')
        pieces.append(piece)
    pieces.append("…" if right < len(text) else "")
    return Markup("".join(pieces))


def pair_side(sentences: tuple[str, ...], places: tuple[Span, ...], span: Span | None, words: str) -> Markup:
    """One side of a pair as HTML, with the part of it that lies in `span` (a range of the document) marked.

    A sentence may read otherwise than the document (joined lines); there the first `words` are marked instead.
    """
    sides = []
    for text, (start, end) in zip(sentences, places, strict=True):
        inside: list[Span] = []
        if span and span[0] < end and span[1] > start:
            if end - start == len(text):
                inside.append((max(span[0], start) - start, min(span[1], end) - start))
            elif words and (at := text.find(words)) >= 0:
                inside.append((at, at + len(words)))
        sides.append(marked(text, inside))
    return Markup(" ").join(sides)


def document_side(document: Document, span: Span) -> Markup:
    """The lines of the document around the span as HTML, the span marked, long lines cut with "…"."""
    text = document.text
    span = max(0, min(span[0], len(text))), max(0, min(span[1], len(text)))
    line_end = text.find("\n", span[1])
    left = max(text.rfind("\n", 0, span[0]) + 1, span[0] - AROUND)
    right = min(len(text) if line_end < 0 else line_end, span[1] + AROUND)
    piece = marked(text[left:right], [(span[0] - left, span[1] - left)])
    before = "…" if left and text[left - 1] != "\n" else ""
    after = "…" if right < len(text) and text[right] != "\n" else ""
    return Markup("").join([before, piece, after])


def _merged(spans: Iterable[Span], length: int) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted((max(0, start), min(end, length)) for start, end in spans):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _window(spans: list[Span], length: int) -> Span:
    if length <= LIMIT:
        return 0, length
    left = max(0, min(spans[0][0] - AROUND, length - LIMIT)) if spans else 0
    return left, left + LIMIT
