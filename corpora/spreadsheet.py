"""XLSX workbooks as rows of named cells.

Read with lxml, not with openpyxl's reader: that one walks through every row and column that a file claims to have
(20,000,000 of them in 3 kB), tells neither hidden rows nor merged cells when it streams, and drops "x005F_" from
texts.
"""

import zipfile
from collections.abc import Iterable

import lxml.etree as etree

from .delimited import Record, table_of
from .errors import DuizhaoError, InputError, LimitError
from .rows import Table
from .sheet_cells import read_sheet
from .workbook_parts import date_styles, has_cells, shared_strings, sheet_paths
from .zip_door import BROKEN, open_zip

LIMIT_CELLS = 20_000_000  # with the empty ones between the others
_WANTED = "an .xlsx workbook"
_FOREIGN = (  # a part that tells what else a zip archive is
    ("word/document.xml", "a Word document"),
    ("ppt/presentation.xml", "a PowerPoint file"),
    ("content.xml", "an OpenDocument file"),
    ("xl/workbook.bin", "a binary workbook (.xlsb)"),
)


def read_xlsx(data: bytes, source: str, sheet: str | None = None) -> Table:
    """The rows of the only sheet that is not empty, or of the one named; a cell's line is its row.

    Whole numbers stay as written, others read as Python writes them, truth values are TRUE and FALSE; an empty cell
    is an empty text. Rows that are hidden are read; hidden rows, merged ranges and error values are counted in the
    notes. Raises InputError, naming the cell, for formulas and dates, and naming the sheets where several have
    cells; LimitError over 512 MiB unpacked, or over 200 times the size of the file.

    >>> read_xlsx(b"en,zh", "a.xlsx")
    Traceback (most recent call last):
    duizhao.corpora.errors.InputError: a.xlsx: text; wanted an .xlsx workbook. If it is CSV, name it .csv.
    """
    _check_magic(data, source)
    try:
        with open_zip(data, source, _WANTED, "Save it without a password.") as archive:
            _check_parts(archive, source)
            return _table(archive, source, sheet)
    except DuizhaoError:
        raise
    except (*BROKEN, etree.LxmlError) as error:
        reason = " ".join(str(error).split())[:100]
        raise InputError(source, f"a broken workbook ({reason})", "a whole .xlsx", "Save it again.") from error


def _check_magic(data: bytes, source: str) -> None:
    if data.startswith(b"PK"):
        return
    found, do = "no workbook", "Save it as .xlsx."
    if not data:
        found = "an empty file"
    elif data.startswith(b"\xd0\xcf\x11\xe0"):
        found = "an old Office file (.xls)"
        if "EncryptedPackage".encode("utf-16-le") in data:
            found, do = "an encrypted workbook", "Save it without a password."
    elif data.startswith(b"PAR1"):
        found, do = "a Parquet file", "Name it .parquet."
    elif data.lstrip()[:1] == b"<":
        found = "an HTML or XML page"
    else:
        try:
            data.decode("utf-8")
            found, do = "text", "If it is CSV, name it .csv."
        except UnicodeDecodeError:
            pass
    raise InputError(source, found, _WANTED, do)


def _check_parts(archive: zipfile.ZipFile, source: str) -> None:
    names = set(archive.namelist())
    for name, found in _FOREIGN:
        if name in names:
            raise InputError(source, found, _WANTED, "Save it as .xlsx.")


def _table(archive: zipfile.ZipFile, source: str, wanted: str | None) -> Table:
    paths, strings, dates = sheet_paths(archive, source), shared_strings(archive, source), date_styles(archive, source)
    if wanted is not None and wanted not in paths:
        raise InputError(source, f"no sheet called {wanted!r}", _quoted(paths), "Name one of them.")
    if wanted is None:
        filled = [name for name, path in paths.items() if has_cells(archive, path, source)]
        if len(filled) > 1:
            raise InputError(source, f"{len(filled)} sheets with cells", "one", f"Name one of {_quoted(filled)}.")
        if not filled:
            raise InputError(source, "no cells", "rows of texts")
        wanted = filled[0]
    sheet = read_sheet(archive, paths[wanted], f"{source}:{wanted}!", strings, dates)
    rows = {number: cells for number, cells in sheet.rows.items() if cells}
    if not rows:
        raise InputError(source, f"no cells in sheet {wanted!r}", "rows of texts")
    width = max(max(cells) for cells in rows.values())
    if width * len(rows) > LIMIT_CELLS:
        raise LimitError(
            source, f"{len(rows):,} rows of {width:,} cells", f"at most {LIMIT_CELLS:,} cells", "Split it."
        )
    records: list[Record] = [
        (number, [rows[number].get(column, "") for column in range(1, width + 1)]) for number in sorted(rows)
    ]
    blank = max(rows) - len(rows)
    notes = [f"sheet {wanted!r} was read"] if len(paths) > 1 else []
    counts = (
        (blank, "blank rows were skipped"),
        (sheet.hidden, "hidden rows were read like the others"),
        (sheet.merged, "merged ranges: the text is in the first cell, the others are empty"),
        (sheet.errors, "cells hold error values, read as text"),
        (sheet.escapes, "escaped characters (_x000D_) were decoded"),
    )
    return table_of("XLSX", f"{source}:{wanted}!row ", records, notes + [f"{n} {what}" for n, what in counts if n])


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(repr(name) for name in names) or "a sheet"
