"""The text of a term list as rows of cells: CSV, TSV, Markdown tables, and lines of English and Chinese."""

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from .errors import InputError
from .script import HAN
from .termbase_header import header_parts

MOST = 0.9  # share of the rows that must be English and Chinese where no header says so
_SAMPLE = 200  # rows that tell a list's shape
_LONGEST = 200  # characters of a line of a list; longer ones are prose
_BAR = re.compile(r"(?<!\\)\|")
_BULLETS = "-*+•·#> \t"
_BETWEEN = " \t,，;；:：|=-–—→/、\u3000"  # what parts the sides of a line


class Grid(NamedTuple):
    """Rows of cells with the place of each; `header` is empty where there is none: then rows are English, Chinese."""

    header: Sequence[str]
    rows: Sequence[tuple[str, Sequence[str]]]
    notes: tuple[str, ...] = ()


def read_grids(text: str, source: str) -> list[Grid]:
    """The tables of a text: one, or each Markdown table that has a column of English and one of Chinese.

    Raises InputError for text in which no such table is found.

    >>> read_grids("otter 水獭\\ntea 茶\\n", "a.txt")[0].rows[1]
    ('a.txt:2', ('tea', '茶'))
    """
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    if len(lines) == 1 and "\r" in text:
        text = text.replace("\r", "\n")
        lines = text.split("\n")
    if any(_is_rule(line) and "|" in above for above, line in pairwise(lines)):
        return _markdown(lines, source)
    filled = [line for line in lines if line.strip()]
    for delimiter in ",\t;":
        if filled and header_parts(_cells(filled[0], delimiter)):
            records = _delimited(text, source, delimiter)
            return [Grid(records[0][1], records[1:])]
    for delimiter in ",\t;":
        if _two_sides(_cells(line, delimiter) for line in filled[:_SAMPLE]):
            return [headless(_delimited(text, source, delimiter), source)]
    sides = [(f"{source}:{number}", _sides(line)) for number, line in enumerate(lines, 1) if line.strip()]
    rows = [(where, side) for where, side in sides if side]
    if rows and len(rows) >= MOST * len(sides):
        notes = [f"no header: {len(rows):,} lines were read as English and Chinese"]
        if len(sides) > len(rows):
            left = [where for where, side in sides if not side]
            notes.append(f"{len(left):,} lines without both languages were left out, the first at {left[0]}")
        return [Grid((), rows, tuple(notes))]
    raise no_header(f"{source}:1", filled[0] if filled else "")


def headless(rows: Sequence[tuple[str, Sequence[str]]], source: str) -> Grid:
    """The grid of rows of two cells without a header, one English and one Chinese in nearly every row.

    Raises InputError where they are not.
    """
    filled = [(where, [c for c in cells if c.strip()]) for where, cells in rows if any(c.strip() for c in cells)]
    if not filled or not _two_sides(cells for _, cells in filled):
        raise no_header(filled[0][0] if filled else f"{source}:1", ",".join(filled[0][1]) if filled else "")
    swap = 2 * sum(bool(HAN.search(cells[0])) for _, cells in filled) > len(filled)
    ordered = [(where, cells[::-1] if swap and len(cells) == 2 else cells) for where, cells in filled]
    order = "Chinese, English" if swap else "English, Chinese"
    return Grid((), ordered, (f"no header: the two columns were read as {order}",))


def no_header(where: str, found: str) -> InputError:
    """What to say where no row names the columns."""
    shown = " ".join(found.split())[:60]
    return InputError(
        where,
        f"header {shown!r}",
        "columns called en and zh, or English and Chinese",
        "Put their names in the first row.",
    )


def _two_sides(rows: Iterator[Sequence[str]]) -> bool:
    """Whether nearly all rows have two cells, one with Han and one with Latin letters alone."""
    count = good = 0
    for cells in rows:
        count += 1
        if len(cells) == 2:
            han = [bool(HAN.search(cell)) for cell in cells]
            good += han[0] != han[1] and _latin(cells[han[0]])
    return count > 0 and good >= MOST * count


def _latin(text: str) -> bool:
    return any(sign.isascii() and sign.isalpha() for sign in text)


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), [])]
    except csv.Error:
        return []


def _delimited(text: str, source: str, delimiter: str) -> list[tuple[str, Sequence[str]]]:
    """The records that are not blank; in a TSV file quotes are literal where they are not those of CSV."""
    try:
        return list(_records(text, source, delimiter))
    except InputError:
        if delimiter != "\t":
            raise
        lines = (line.removesuffix("\r") for line in text.split("\n"))
        return [(f"{source}:{n}", line.split("\t")) for n, line in enumerate(lines, 1) if line.strip()]


def _records(text: str, source: str, delimiter: str) -> Iterator[tuple[str, Sequence[str]]]:
    reader = csv.reader(_lines(text), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield f"{source}:{line}", cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError(f"{source}:{line}", f"broken CSV ({error})", "quoted fields closed") from error


def _lines(text: str) -> Iterator[str]:
    *lines, last = text.split("\n")
    yield from (line + "\n" for line in lines)
    if last:
        yield last


def _is_rule(line: str) -> bool:
    """Whether a line parts the head of a Markdown table from its rows."""
    return "-" in line and "|" in line and not line.strip("|:- \t\r")


def _markdown(lines: Sequence[str], source: str) -> list[Grid]:
    grids: list[Grid] = []
    inside = 0
    k = 1
    while k < len(lines):
        header = _row(lines[k - 1])
        if not (_is_rule(lines[k]) and "|" in lines[k - 1] and header_parts(header)):
            k += 1
            continue
        end = k + 1
        while end < len(lines) and "|" in lines[end] and not (end + 1 < len(lines) and _is_rule(lines[end + 1])):
            end += 1
        rows = [(f"{source}:{number + 1}", _row(lines[number])) for number in range(k + 1, end)]
        grids.append(Grid(header, rows))
        inside += len(rows) + 2
        k = end + 1
    if not grids:
        at = next(k for k in range(1, len(lines)) if _is_rule(lines[k]))
        raise no_header(f"{source}:{at}", lines[at - 1])
    outside = sum(bool(line.strip()) for line in lines) - inside
    if outside:
        grids[0] = grids[0]._replace(notes=(f"{outside:,} lines outside tables of terms were left out",))
    return grids


def _row(line: str) -> list[str]:
    """The cells of a row of a Markdown table, without their emphasis."""
    cells = _BAR.split(line.strip().removeprefix("|").removesuffix("|"))
    return [_unmarked(cell.replace("<br>", "|").replace("<br/>", "|").replace("\\|", "|").strip()) for cell in cells]


def _unmarked(cell: str) -> str:
    if cell.startswith("[") and cell.endswith(")") and cell.count("](") == 1:
        cell = cell[1 : cell.index("](")]
    for mark in ("**", "`", "__"):
        if cell.startswith(mark) and cell.endswith(mark) and len(cell) > 2 * len(mark):
            cell = cell[len(mark) : -len(mark)]
    return cell


def _sides(line: str) -> tuple[str, str] | None:
    """The English and the Chinese of a line that has both with a sign or blank between, else None."""
    text = line.strip().lstrip(_BULLETS)
    number, dot, rest = text.partition(". " if ". " in text[:6] else "、")
    if dot and number.isdecimal():
        text = rest
    first = HAN.search(text[:_LONGEST])
    if not first or len(text) > _LONGEST:
        return None
    if _latin(text[: first.start()]) and (cut := _last(text, first.start())) > 0:
        en, zh = text[:cut], text[cut:]
    else:
        last = len(text) - next(k for k, sign in enumerate(reversed(text)) if HAN.match(sign))
        cut = next((k for k in range(last, len(text)) if text[k] in _BETWEEN), -1)
        if cut < 0:
            return None
        zh, en = text[:cut], text[cut:]
    en, zh = en.strip(_BETWEEN), zh.strip(_BETWEEN)
    several = any(sign in en or sign in zh for sign in ",，\t")  # a table of three columns is no such list
    return (en, zh) if _latin(en) and not HAN.search(en) and HAN.search(zh) and not several else None


def _last(text: str, end: int) -> int:
    """The place of the last sign before `end` that parts the sides, -1 for none."""
    return next((k for k in range(end - 1, -1, -1) if text[k] in _BETWEEN), -1)
