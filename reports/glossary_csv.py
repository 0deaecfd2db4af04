"""The glossary as CSV: one row a rendering, for other programs to read."""

import re
from collections.abc import Iterable
from typing import TextIO

from ..metrics import Entry, Rendering
from .glossary_sections import forms_text, shares
from .jsonl import DECIMALS
from .visible import encodable

COLUMNS = (
    *("term", "expected", "rendering", "count", "share", "status", "majority", "flagged", "domain", "places"),
    *("section", "records", "confidence", "forms", "termhood", "example_en", "example_zh", "fingerprint"),
)

_QUOTED = re.compile('[,"\r\n]')


def write_glossary(handle: TextIO, entries: Iterable[Entry]) -> int:
    """The number of rows written under the header, one a rendering, in the order given.

    `share` is the part of the term's occurrences with this rendering, 0..1; `majority` and `flagged` are true or false;
    `places` are pair ids joined with a blank; `forms` are spellings with counts (`知识蒸馏 ×3 | 知识的蒸馏 ×1`); the
    examples are one pair with the term. UTF-8 without byte order mark, "\\n" line ends. Cells are exact: nothing
    guards against programs that take a cell starting with "=" for a formula.

    >>> from io import StringIO
    >>> write_glossary(StringIO(), [])
    0
    """
    count = 0
    handle.write(_line(COLUMNS))
    for entry in entries:
        for rendering, share in zip(entry.renderings, shares(entry), strict=True):
            handle.write(_line(_cells(entry, rendering, share)))
            count += 1
    return count


def _cells(entry: Entry, rendering: Rendering, share: float) -> tuple[str, ...]:
    example = rendering.examples[0] if rendering.examples else None
    return (
        *(rendering.term, rendering.expected, rendering.zh, str(rendering.count), _number(share), rendering.status),
        *(_truth(rendering.majority), _truth(rendering.flagged), rendering.domain, " ".join(rendering.places)),
        *(entry.section, str(rendering.records), _number(rendering.confidence), forms_text(rendering.forms)),
        *(_number(entry.termhood), example.en if example else "", example.zh if example else ""),
        rendering.fingerprint,
    )


def _number(value: float) -> str:
    return str(round(value, DECIMALS) + 0.0)


def _truth(value: bool) -> str:
    return "true" if value else "false"


def _line(cells: Iterable[str]) -> str:
    # subtle: with "\n" line ends, Python's csv.writer leaves a cell with a lone "\r" unquoted, and no reader
    # gets it back (3.11, 3.12).
    return ",".join(_cell(encodable(cell)) for cell in cells) + "\n"


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text
