"""Findings in full for a terminal: the message, the lines of the document, and carets under the words."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import click

from ..corpora import Document, Span
from ..metrics import Finding
from ..metrics.messages import Language
from ..metrics.rule_words import severity_word
from .findings_markdown import brief
from .github import file_at, file_of
from .result import Result
from .score_columns import WIDTH, columns, wrapped
from .summary import in_order, rule_name
from .text import COLOURS, closing_lines
from .visible import on_one_line
from .workflow_commands import hashes_of_commands, no_command

_LINES = 3  # of a span that are shown
_WINDOW = WIDTH + 20  # characters looked at on each side: more fit on a line only where they take no column
_WANTED = 1_000  # characters shown of what is wanted

Paint = Callable[[str, str], str]  # a text and the name of its colour, as the terminal is to show it
_Cell = tuple[str, int]  # a character as shown, and the columns it takes


class _Side(NamedTuple):
    """The words of one language: their place, where that is in a file of its own, and their first lines."""

    place: str
    pieces: list[tuple[int, Span]]  # the number of the line in its file, and the part of the span in it
    more: bool  # whether the span goes on


def full_lines(result: Result, *, color: bool = False) -> Iterator[str]:
    """The lines of the report, without line ends: each finding with the lines it is about, then as `text_lines` closes.

    A finding is a line of severity, rule and message; `--> path:line:column`; the lines of its Chinese and of its
    English words, carets under them; what is wanted. Lines of documents are cut around the words to 120 columns of a
    terminal (Han take two, combining characters none), messages and paths are whole. Hidden characters are shown, and
    no line is one that GitHub's runner takes for a command.

    >>> list(full_lines(Result((), (), (), (), (), (), ())))
    ['No finding in 0 records without sentence pairs; 0 lines were page furniture, 0 were not understood.']
    """
    documents = {document.source: document for document in result.documents}
    paint = _painted if color else _plain
    for finding in in_order(result.findings):
        yield from map(no_command, _finding(finding, documents.get(finding.document), result.lang, paint))
        yield ""
    yield from closing_lines(result)


def _plain(text: str, _: str) -> str:
    return text


def _painted(text: str, colour: str) -> str:
    return click.style(text, fg=colour, bold=True)


def _finding(finding: Finding, document: Document | None, lang: Language, paint: Paint) -> Iterator[str]:
    colour, message = COLOURS[finding.severity], on_one_line(finding.message)
    head = paint(f"{severity_word(finding.severity, lang)}[{on_one_line(rule_name(finding.rule, lang))}]", colour)
    yield f"{head}: {message}" if message else head
    sides = _sides(finding, document) if document else []
    gutter = max((len(str(number)) for side in sides for number, _ in side.pieces), default=1)
    bar, arrow = paint(f"{'':{gutter}} |", "blue"), paint(f"{'':{gutter}}-->", "blue")
    yield f"{arrow} {on_one_line(f'{file_of(finding, document)}:{finding.line}:{finding.column}')}"
    for side in sides:
        if side.place:
            yield f"{arrow} {on_one_line(side.place)}"
        yield bar
        for number, span in side.pieces:
            text, column, width = _excerpt(document.text if document else "", span, WIDTH - gutter - 3)
            yield f"{paint(f'{number:>{gutter}} |', 'blue')} {text}".rstrip(" ")
            if span[0] < span[1] or len(side.pieces) == 1:
                yield f"{bar} {'':{column}}{paint('^' * width, colour)}"
        if side.more:
            yield f"{bar} …"
    if sides:
        yield bar
    if finding.expected.strip():
        wanted = f"{'应为：' if lang == 'zh' else 'wanted: '}{brief(finding.expected, _WANTED)}"
        for place, line in enumerate(wrapped(wanted, WIDTH - gutter - 3)):
            yield f"{'':{gutter}} {paint(' ' if place else '=', 'blue')} {line}"


def _sides(finding: Finding, document: Document) -> list[_Side]:
    shown, first = [], file_of(finding, document)
    for zh, span in ((True, finding.span_zh), (False, finding.span_en)):
        if span is None:
            continue
        begin, end = (min(max(0, offset), len(document.text)) for offset in span)
        file = file_at(document, begin, zh=zh)
        line, column = document.position(begin)
        place = "" if file == first else f"{file}:{line}:{column}"
        pieces: list[tuple[int, Span]] = []
        more = True
        while more and len(pieces) < _LINES:
            turn = document.text.find("\n", begin, end)
            stop = end if turn < 0 else turn
            pieces.append((document.position(begin)[0], (begin, max(begin, stop))))
            begin = stop + 1
            more = begin < end
        shown.append(_Side(place, pieces, more))
    return shown


def _excerpt(text: str, span: Span, room: int) -> tuple[str, int, int]:
    """The line of the text in which a span is, cut to `room` columns, and the column and the number of its carets."""
    begin, end = span[0], min(span[1], span[0] + _WINDOW)
    start = text.rfind("\n", max(0, begin - _WINDOW), begin) + 1 or max(0, begin - _WINDOW)
    stop = text.find("\n", end, end + _WINDOW)
    stop = end if end < span[1] else stop if stop >= 0 else min(len(text), end + _WINDOW)
    cells = _cells(text[start:stop])
    before, inside, after = cells[: begin - start], cells[begin - start : end - start], cells[end - start :]
    left = "…" if start and text[start - 1] != "\n" else ""
    right = "…" if stop < len(text) and text[stop] != "\n" else ""
    if len(left) + _width(cells) + len(right) > room:
        whole, inside = len(inside), _fitting(inside, room - 2)
        if len(inside) < whole:
            after, right = [], "…"
        spare = room - 2 - _width(inside)
        kept = _fitting(before[::-1], max(spare // 2, spare - _width(after)))[::-1]
        followed = _fitting(after, spare - _width(kept))
        left, right = left or "…"[: len(kept) < len(before)], right or "…"[: len(followed) < len(after)]
        before, after = kept, followed
    column, width = len(left) + _width(before), _width(inside)
    if not width and begin < end and column:
        column -= 1  # what takes no column stands on the character before it
    return left + "".join(shown for shown, _ in (*before, *inside, *after)) + right, column, max(1, width)


def _cells(text: str) -> list[_Cell]:
    known = {sign: (shown := on_one_line(sign), columns(shown)) for sign in set(text)}  # a line repeats its signs
    cells = [known[sign] for sign in text]
    for place in hashes_of_commands(text):
        cells[place] = ("⟨U+0023⟩", 8)
    return cells


def _width(cells: list[_Cell]) -> int:
    return sum(width for _, width in cells)


def _fitting(cells: list[_Cell], room: int) -> list[_Cell]:
    for place, (_, width) in enumerate(cells):
        room -= width
        if room < 0:
            return cells[:place]
    return cells
