"""Text in columns for a terminal, where a Chinese character takes two."""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import click

WIDTH = 119  # of 120 columns: a line that must not be taken for a command gets a bar before it


class Cell(NamedTuple):
    """One cell of a table; what is the best of its column stands out."""

    text: str
    best: bool = False


def columns(text: str) -> int:
    """How many columns of a terminal the text takes.

    >>> columns("a水獭"), columns("e\\u0301")
    (5, 1)
    """
    return sum(map(_columns, text))


def cut(text: str, width: int) -> str:
    """The text in at most `width` columns; of a longer one the beginning and the end, since names differ in either.

    >>> cut("systems/otter-large-v2", 11), cut("水獭翻译系统", 7)
    ('syste…ge-v2', '水…统')
    """
    if len(text) <= width and columns(text) <= width:
        return text
    half = (width - 1) // 2
    return f"{_head(text, half)}…{_head(text[::-1], width - 1 - half)[::-1]}"


def wrapped(text: str, width: int = WIDTH, indent: str = "  ", sign: str = " ") -> Iterator[str]:
    """The text in lines of at most `width` columns, broken after `sign`, else anywhere; those after the first indented.

    >>> list(wrapped("otters drink tea", 10))
    ['otters', '  drink', '  tea']
    """
    bare = text.lstrip(" ")
    line, used = " " * min(len(text) - len(bare), width // 2), min(len(text) - len(bare), width // 2)
    for word in bare.split(sign):
        piece = f"{sign}{word}" if line.strip() else word
        size = columns(piece)
        if used + size > width and line.strip():
            yield line.rstrip() + ("" if sign == " " else sign)
            line, used, piece = indent, len(indent), word
            size = columns(piece)
        while used + size > width:
            head = _head(piece, width - used)
            yield line + head
            line, used, piece = indent, len(indent), piece[len(head) :]
            size = columns(piece)
        line, used = line + piece, used + size
    yield line.rstrip()


def grid(head: Sequence[str], rows: Sequence[Sequence[Cell]], *, fixed: int = 1, color: bool = False) -> Iterator[str]:
    """The lines of a table; columns that do not fit go into a second table under it, with the `fixed` first ones again.

    The first column stands left, the others right; the best of a column begins with "›".
    """
    widths = [
        max([columns(title), *(columns(row[number].text) for row in rows)]) + (number > 0)
        for number, title in enumerate(head)
    ]
    room = WIDTH - sum(width + 2 for width in widths[:fixed])
    groups: list[list[int]] = [[]]
    used = 0
    for number in range(fixed, len(head)):
        if groups[-1] and used + widths[number] + 2 > room:
            groups.append([])
            used = 0
        groups[-1].append(number)
        used += widths[number] + 2
    for place, group in enumerate(groups):
        if place:
            yield ""
        chosen = [*range(fixed), *group]
        yield _line([Cell(head[number]) for number in chosen], [widths[number] for number in chosen], color)
        for row in rows:
            yield _line([row[number] for number in chosen], [widths[number] for number in chosen], color)


def _line(cells: Sequence[Cell], widths: Sequence[int], color: bool) -> str:
    parts = []
    for number, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        text = f"›{cell.text}" if cell.best else cell.text
        blanks = " " * (width - columns(text))
        text = text.rstrip() if number == len(cells) - 1 else text
        text = click.style(text, bold=True, fg="green") if cell.best and color else text
        parts.append(blanks + text if number else text + blanks)
    return "  ".join(parts).rstrip()


def _head(text: str, width: int) -> str:
    used = 0
    for number, character in enumerate(text):
        used += _columns(character)
        if used > width:
            return text[:number]
    return text


def _columns(character: str) -> int:
    if character < "\x7f":
        return 1
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
