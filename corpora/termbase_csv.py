"""Termbases written as CSV and TSV, and how an entry becomes the texts of a row.

A cell of several items parts them by `|`. A forbidden rendering is followed by `=` and the reason, which ends in
`[needs source]` where it is wrong only beside its English. Within an item `\\|`, `\\=`, `\\[` and `\\\\` stand for the
bare sign; any other backslash stands for itself. Items and cells lose blanks at their ends.
"""

import re
from collections.abc import Iterable, Iterator
from typing import TextIO

from .term import NEEDS_SOURCE, Forbidden, Term

COLUMNS = ("en", "zh", "admitted", "taiwan", "forbidden", "domain", "also", "pos", "flags", "note")
_ESCAPED = re.compile(r"\\([|=\[\\])")
_BAR = re.compile(r"\\[|=\[\\]|(\|)")  # group 1 where the bar parts two items
_EQUALS = re.compile(r"\\[|=\[\\]|(=)")


def term_cells(term: Term) -> dict[str, str]:
    """The texts of an entry by column, in the order of COLUMNS: what a table of any kind holds of it.

    >>> term_cells(Term("otter", "水獭", ("獭",), case=True))["admitted"]
    '獭'
    """
    flags = [name for name, is_set in (("case", term.case), ("regex", term.pattern)) if is_set]
    return {
        "en": term.en,
        "zh": _escaped(term.zh, "\\|"),
        "admitted": _joined(term.admitted),
        "taiwan": _joined(term.taiwan),
        "forbidden": "|".join(map(_forbidden_item, term.forbidden)),
        "domain": term.domain,
        "also": _joined(term.also),
        "pos": term.pos,
        "flags": "|".join(flags),
        "note": term.note,
    }


def write_terms(terms: Iterable[Term], handle: TextIO, delimiter: str = ",") -> None:
    """Write a header and a row an entry, parted by commas or tabs; open the handle with newline="".

    `read_termbase` gives the same terms back.

    >>> import io
    >>> handle = io.StringIO()
    >>> write_terms([Term("otter", "水獭", domain="animals")], handle)
    >>> handle.getvalue().split()[1]
    'otter,水獭,,,,animals,,,,'
    """
    for row in (COLUMNS, *(term_cells(term).values() for term in terms)):
        handle.write(delimiter.join(_quoted(cell, delimiter) for cell in row) + "\n")


def split_items(cell: str) -> tuple[str, ...]:
    """The items of a cell, escapes read, empty ones left out.

    >>> split_items("水獭 | 獭 || a\\\\|b")
    ('水獭', '獭', 'a|b')
    """
    return tuple(unescaped(item) for item in bare_items(cell))


def bare_items(cell: str) -> Iterator[str]:
    """The items of a cell with their escapes as written."""
    for item in _parted(cell, _BAR) if "|" in cell else (cell,):
        if item := item.strip():
            yield item


def read_forbidden(item: str) -> Forbidden:
    """The rendering that a bare item forbids, "" where it forbids none, with the reason.

    >>> read_forbidden("海狗=another animal [needs source]")
    Forbidden(zh='海狗', why='another animal', needs_source=True)
    """
    zh, *rest = _parted(item, _EQUALS)
    why = item[len(zh) + 1 :].strip() if rest else ""
    head = why.removesuffix(NEEDS_SOURCE)
    marked = len(head) < len(why) and (len(head) - len(head.rstrip("\\"))) % 2 == 0
    return Forbidden(unescaped(zh.strip()), unescaped((head if marked else why).strip()), marked)


def unescaped(item: str) -> str:
    """The item with its escapes read."""
    return _ESCAPED.sub(r"\1", item) if "\\" in item else item


def _parted(text: str, sign: re.Pattern[str]) -> list[str]:
    cuts = [match.start() for match in sign.finditer(text) if match[1]]
    return [text[a:b] for a, b in zip([0, *(cut + 1 for cut in cuts)], [*cuts, len(text)], strict=True)]


def _escaped(item: str, signs: str) -> str:
    for sign in signs:  # the backslash comes first
        item = item.replace(sign, "\\" + sign)
    return item


def _joined(items: Iterable[str]) -> str:
    return "|".join(_escaped(item, "\\|") for item in items)


def _forbidden_item(forbidden: Forbidden) -> str:
    why = _escaped(forbidden.why, "\\|")
    if why.endswith(NEEDS_SOURCE):
        why = why.removesuffix(NEEDS_SOURCE) + "\\" + NEEDS_SOURCE
    reason = " ".join(part for part in (why, NEEDS_SOURCE if forbidden.needs_source else "") if part)
    return _escaped(forbidden.zh, "\\|=") + (f"={reason}" if reason else "")


def _quoted(cell: str, delimiter: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(sign in cell for sign in f'{delimiter}"\n\r') else cell
