"""Terms written as an XLSX workbook for people: the columns of the CSV, every cell a text."""

import io
import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from .errors import InputError, LimitError
from .term import Term
from .termbase_csv import COLUMNS, term_cells
from .xml_door import escape

LIMIT_CELL = 32_767  # UTF-16 code units, of Excel
LIMIT_ROWS = 1_048_576  # of the format, the header among them
_CREATED = datetime(2000, 1, 1)  # any fixed date: the same terms give the same bytes
_WIDTHS = {"en": 28, "zh": 22, "admitted": 28, "taiwan": 22, "forbidden": 44, "domain": 14, "note": 40}  # characters
_WIDTH = 12
_SIGNS = "\x00-\x08\x0b-\x1f\ufffe\uffff"  # those that XML cannot hold and the carriage return: escaped as _x0007_
_CONTROL = re.compile(f"[{_SIGNS}]")
_ESCAPE = re.compile(f"_(?=x[0-9A-Fa-f]{{4}}[_{_SIGNS}])")
_OVERLAP = re.compile(f"_x[0-9A-Fa-f]{{4}}(?:_x[0-9A-Fa-f]{{4}}_|[{_SIGNS}])")
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_sheet(terms: Iterable[Term], path: Path) -> None:
    """Write a workbook with one sheet "terms": a header that stays and filters, a row for each term, in order.

    `read_termbase` gives the same terms back; control characters stand in the format's own escapes. The same terms
    give the same bytes. Raises InputError naming term and column for half a character, LimitError for a cell over
    32,767 UTF-16 units and for more than 1,048,575 terms; nothing is written then.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_sheet([Term("otter", "水獭")], path := Path(folder, "terms.xlsx"))
    ...     path.read_bytes()[:2]
    b'PK'
    """
    handle = io.BytesIO()
    with xlsxwriter.Workbook(handle, _OPTIONS) as book:
        book.set_properties({"created": _CREATED})
        sheet = book.add_worksheet("terms")
        wrapped = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        bold = book.add_format({"bold": True, "valign": "top", "num_format": "@", "bg_color": "#E8EEF4", "bottom": 1})
        for column, name in enumerate(COLUMNS):
            sheet.set_column(column, column, _WIDTHS.get(name, _WIDTH), wrapped)
            sheet.write_string(0, column, name, bold)
        row = 0
        for row, term in enumerate(terms, 1):
            if row >= LIMIT_ROWS:
                found, wanted = "too many terms for a sheet", f"at most {LIMIT_ROWS - 1:,}"
                raise LimitError(path.name, found, wanted, "Write them as CSV.")
            for column, (name, text) in enumerate(term_cells(term).items()):
                _write(sheet, row, column, text, wrapped, f"term {term.en[:80]!r}, column {name}")
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, row, len(COLUMNS) - 1)
    path.write_bytes(handle.getvalue())


def _write(sheet: Any, row: int, column: int, text: str, look: Any, where: str) -> None:
    """Write a text as it stands; an empty one as no cell."""
    if not text:
        return
    try:
        units = len(text.encode("utf-16-le")) // 2
    except UnicodeEncodeError as error:
        found = f"U+{ord(text[error.start]):04X}"
        raise InputError(where, found, "characters that a workbook can hold", "Take it out of the text.") from error
    kept = _as_run(text, where) if _is_misread(text) else text
    if units > LIMIT_CELL or sheet.write_string(row, column, kept, look):
        raise LimitError(where, f"{units:,} characters", f"at most {LIMIT_CELL:,}", "Shorten it, or write CSV.")


def _is_misread(text: str) -> bool:
    """Whether xlsxwriter would write another text: `<r>…</r>` is markup to it, and escapes may overlap."""
    return (text.startswith("<r>") and text.endswith("</r>")) or _OVERLAP.search(text) is not None


def _as_run(text: str, where: str) -> str:
    """The text as the markup of one run, which xlsxwriter passes on; no `_` is left that it could escape again."""
    escaped = _CONTROL.sub(lambda match: f"_x{ord(match[0]):04X}_", _ESCAPE.sub("_x005F_", text))
    return f'<r><t xml:space="preserve">{escape(escaped, where).replace("_", "&#95;")}</t></r>'
