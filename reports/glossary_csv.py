"""The glossary as CSV: one row a rendering, for other programs to read."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import TextIO

from ..metrics import Rendering
from .jsonl import DECIMALS
from .visible import encodable

COLUMNS = ("term", "expected", "rendering", "count", "share", "status", "majority", "flagged", "domain", "places")

_QUOTED = re.compile('[,"\r\n]')


def write_glossary(handle: TextIO, renderings: Iterable[Rendering]) -> int:
    """The number of rows written under the header, in the order given.

    `share` is the part of the term's occurrences with this rendering, 0..1; `majority` and `flagged` are true or false;
    `places` are pair ids joined with a blank. UTF-8 without byte order mark, "\\n" line ends. Cells are exact:
    nothing guards against programs that take a cell starting with "=" for a formula.
    """
    rows = tuple(renderings)
    totals: Counter[str] = Counter()
    for row in rows:
        totals[row.term] += row.count
    handle.write(_line(COLUMNS))
    for row in rows:
        share = round(row.count / totals[row.term], DECIMALS) if totals[row.term] else 0.0
        cells = (row.term, row.expected, row.zh, str(row.count), str(share), row.status)
        signs = ("true" if row.majority else "false", "true" if row.flagged else "false")
        handle.write(_line((*cells, *signs, row.domain, " ".join(row.places))))
    return len(rows)


def _line(cells: Iterable[str]) -> str:
    # subtle: with "\n" line ends, Python's csv.writer leaves a cell with a lone "\r" unquoted, and no reader
    # gets it back (3.11, 3.12).
    return ",".join(_cell(encodable(cell)) for cell in cells) + "\n"


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text
