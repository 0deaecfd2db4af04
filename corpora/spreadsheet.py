"""XLSX workbooks as rows of named cells.

Read with lxml, not with openpyxl's reader: that one walks through every row and column that a file claims to have
(20,000,000 of them in 3 kB), tells neither hidden rows nor merged cells when it streams, and drops "x005F_" from
texts. What a number format means is openpyxl's knowledge.
"""

import io
import lzma
import math
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import lxml.etree as etree
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from .delimited import Record, table_of
from .errors import DuizhaoError, InputError, LimitError
from .rows import Table

LIMIT_BYTES = 512 * 1024 * 1024  # of all parts together, unpacked
LIMIT_RATIO = 200  # unpacked to packed; honest sheets stay under 50
LIMIT_CELLS = 20_000_000  # with the empty ones between the others
_SMALL = 16 * 1024 * 1024  # under this a high ratio does no harm
_LIMIT_ROW, _LIMIT_COLUMN = 1_048_576, 16_384  # of the format
_DATE_FORMATS = {14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47, *range(27, 37), *range(50, 59)}  # ECMA-376 18.8.30
_FOREIGN = (  # a part that tells what else a zip archive is
    ("word/document.xml", "a Word document"),
    ("ppt/presentation.xml", "a PowerPoint file"),
    ("content.xml", "an OpenDocument file"),
    ("xl/workbook.bin", "a binary workbook (.xlsb)"),
)
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, etree.LxmlError),
    *(EOFError, KeyError, OSError, OverflowError, RuntimeError, ValueError),
)
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,400}(?:\.[0-9]{0,400})?|\.[0-9]{1,400})(?:[Ee][+-]?[0-9]{1,4})?")
_REFERENCE = re.compile("([A-Z]{1,3})([0-9]{1,7})")


@dataclass(slots=True)
class _Sheet:
    """What one sheet holds: the texts of a row by column, and what is worth a note."""

    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    hidden: int = 0
    merged: int = 0
    errors: int = 0
    escapes: int = 0


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
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_parts(archive, len(data), source)
            return _table(archive, source, sheet)
    except DuizhaoError:
        raise
    except _BROKEN as error:
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
    raise InputError(source, found, "an .xlsx workbook", do)


def _check_parts(archive: zipfile.ZipFile, packed: int, source: str) -> None:
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    if unpacked > LIMIT_BYTES or (unpacked > _SMALL and unpacked > LIMIT_RATIO * packed):
        raise LimitError(
            source,
            f"{unpacked:,} bytes packed in {packed:,}",
            f"at most {LIMIT_BYTES // 2**20} MiB, and {LIMIT_RATIO} times the file",
            "Save the texts alone.",
        )
    names = {part.filename for part in parts}
    for name, found in _FOREIGN:
        if name in names:
            raise InputError(source, found, "an .xlsx workbook", "Save it as .xlsx.")
    if any(part.flag_bits & 1 for part in parts):
        raise InputError(source, "an encrypted archive", "an .xlsx workbook", "Save it without a password.")


def _table(archive: zipfile.ZipFile, source: str, wanted: str | None) -> Table:
    paths, strings, dates = _sheet_paths(archive, source), _strings(archive, source), _date_styles(archive, source)
    if wanted is not None and wanted not in paths:
        raise InputError(source, f"no sheet called {wanted!r}", _quoted(paths), "Name one of them.")
    if wanted is None:
        filled = [name for name, path in paths.items() if _has_cells(archive, path, source)]
        if len(filled) > 1:
            raise InputError(source, f"{len(filled)} sheets with cells", "one", f"Name one of {_quoted(filled)}.")
        if not filled:
            raise InputError(source, "no cells", "rows of texts")
        wanted = filled[0]
    sheet = _read_sheet(archive, paths[wanted], f"{source}:{wanted}!", strings, dates)
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


def _elements(archive: zipfile.ZipFile, path: str, where: str, *tags: str) -> Iterator[Any]:
    """The elements of these local names, each forgotten when the next is asked for."""
    names = [f"{{*}}{tag}" for tag in tags]
    with archive.open(path) as part:
        tree = etree.iterparse(part, tag=names, resolve_entities=False, remove_comments=True, remove_pis=True)
        for number, (_, element) in enumerate(tree):
            if number == 0 and element.getroottree().docinfo.doctype:
                raise InputError(where, f"a document type declaration in {path}", "none", "Save the workbook again.")
            yield element
            element.clear()
            while (before := element.getprevious()) is not None:
                element.getparent().remove(before)


def _sheet_paths(archive: zipfile.ZipFile, source: str) -> dict[str, str]:
    """Where each sheet of cells stands in the archive, in the order of the tabs."""
    book = "xl/workbook.xml"
    for element in _elements(archive, "_rels/.rels", source, "Relationship"):
        if element.get("Type", "").endswith("/officeDocument"):
            book = element.get("Target", "").lstrip("/")
    folder, name = posixpath.split(book)
    targets: dict[str, str] = {}
    for element in _elements(archive, f"{folder}/_rels/{name}.rels".lstrip("/"), source, "Relationship"):
        if element.get("Type", "").endswith("/worksheet"):
            target = element.get("Target", "")
            path = posixpath.normpath(target.lstrip("/") if target.startswith("/") else f"{folder}/{target}")
            targets[element.get("Id", "")] = path
    paths: dict[str, str] = {}
    for element in _elements(archive, book, source, "sheet"):
        ids = [value for key, value in element.attrib.items() if key.endswith("}id")]
        name = element.get("name", "")
        if name in paths:
            raise InputError(source, f"two sheets called {name!r}", "a name for each", "Rename one.")
        if ids and ids[0] in targets:
            paths[name] = targets[ids[0]]
    return paths


def _strings(archive: zipfile.ZipFile, source: str) -> list[str]:
    for path in archive.namelist():
        if path.lower().endswith("/sharedstrings.xml"):
            return [_text(element) for element in _elements(archive, path, source, "si")]
    return []


def _text(element: Any) -> str:
    """The text of a string item: its own or that of its runs, not how it is pronounced."""
    parts: list[str] = []
    for child in element:
        name = _local(child)
        if name == "t":
            parts.append(child.text or "")
        elif name == "r":
            parts += [piece.text or "" for piece in child if _local(piece) == "t"]
    return "".join(parts)


def _date_styles(archive: zipfile.ZipFile, source: str) -> frozenset[int]:
    """The numbers of the cell styles that show a number as a date or time."""
    for path in archive.namelist():
        if path.lower().endswith("/styles.xml"):
            break
    else:
        return frozenset()
    dated = set(_DATE_FORMATS)
    for element in _elements(archive, path, source, "numFmt"):
        number = int(element.get("numFmtId", "0"))
        if number not in BUILTIN_FORMATS and is_date_format(element.get("formatCode", "")[:255]):
            dated.add(number)
    found: set[int] = set()
    for element in _elements(archive, path, source, "cellXfs"):
        found |= {index for index, style in enumerate(element) if int(style.get("numFmtId", "0")) in dated}
    return frozenset(found)


def _has_cells(archive: zipfile.ZipFile, path: str, source: str) -> bool:
    return any(len(cell) for cell in _elements(archive, path, source, "c"))


def _read_sheet(archive: zipfile.ZipFile, path: str, place: str, strings: list[str], dates: frozenset[int]) -> _Sheet:
    sheet = _Sheet()
    number = 0
    for element in _elements(archive, path, place, "row", "mergeCell"):
        if _local(element) == "mergeCell":
            sheet.merged += 1
            continue
        number = int(element.get("r", number + 1))
        if number in sheet.rows or not 1 <= number <= _LIMIT_ROW:
            raise InputError(f"{place}row {number}", "a row twice or out of range", f"rows 1 to {_LIMIT_ROW:,}")
        cells = sheet.rows[number] = {}
        column = 0
        for cell in element:
            column = _column(cell.get("r"), column + 1, place)
            where = f"{place}{_letters(column)}{number}"
            if column in cells or column > _LIMIT_COLUMN:
                raise InputError(where, "a cell twice or out of range", f"columns 1 to {_LIMIT_COLUMN:,}")
            if text := _value(cell, where, sheet, strings, dates):
                cells[column] = text
        sheet.hidden += bool(cells) and element.get("hidden") in ("1", "true")
    return sheet


def _value(cell: Any, where: str, sheet: _Sheet, strings: list[str], dates: frozenset[int]) -> str:
    kind, value = cell.get("t", "n"), ""
    for child in cell:
        name = _local(child)
        if name == "f":
            raise InputError(where, "a formula", "its value", "Copy the cells and paste them as values.")
        if name in ("v", "is"):
            value = _text(child) if name == "is" else child.text or ""
    if kind == "d" or (kind == "n" and value and int(cell.get("s", "0")) in dates):
        raise InputError(
            where, "a date or time", "text", "Format the column as text and write the date as it shall be."
        )
    if kind == "s" and value:
        index = int(value)
        if not 0 <= index < len(strings):
            raise InputError(where, f"text number {index}", f"one of the {len(strings)} there are", "Save it again.")
        value = strings[index]
    if kind in ("s", "str", "inlineStr"):
        return _decoded(value, sheet)
    if kind == "e":
        sheet.errors += 1
        return value
    if kind == "b" and value in ("0", "1", ""):
        return {"0": "FALSE", "1": "TRUE"}.get(value, "")
    if kind != "n" or (value and not (_NUMBER.fullmatch(value) and math.isfinite(float(value)))):
        raise InputError(where, f"{value[:40]!r} of type {kind!r}", "text or a number", "Save the workbook again.")
    return value if value.lstrip("+-").isdecimal() or not value else repr(float(value))


def _decoded(text: str, sheet: _Sheet) -> str:
    """The text with the format's escapes (ST_Xstring) read; half a character stays as written."""

    def character(match: re.Match[str]) -> str:
        code = int(match[1], 16)
        if 0xD800 <= code <= 0xDFFF:
            return match[0]
        sheet.escapes += 1
        return chr(code)

    return _ESCAPE.sub(character, text) if "_x" in text else text


def _column(reference: str | None, following: int, place: str) -> int:
    if reference is None:
        return following
    match = _REFERENCE.fullmatch(reference)
    if not match:
        raise InputError(place.rstrip("!"), f"a cell called {reference[:20]!r}", "a name like A1", "Save it again.")
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return column


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _quoted(names: Any) -> str:
    return ", ".join(repr(name) for name in names) or "a sheet"
