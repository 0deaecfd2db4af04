"""The cells of one sheet of a workbook as texts: numbers as written, no formula, no date."""

import math
import re
import zipfile
from dataclasses import dataclass, field
from typing import Any

from .errors import InputError
from .workbook_parts import elements, item_text
from .xml_door import local_name

_LIMIT_ROW, _LIMIT_COLUMN = 1_048_576, 16_384  # of the format
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,400}(?:\.[0-9]{0,400})?|\.[0-9]{1,400})(?:[Ee][+-]?[0-9]{1,4})?")
_REFERENCE = re.compile("([A-Z]{1,3})([0-9]{1,7})")


@dataclass(slots=True)
class Sheet:
    """What one sheet holds: the texts of a row by column, and what is worth a note."""

    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    hidden: int = 0
    merged: int = 0
    errors: int = 0
    escapes: int = 0


def read_sheet(archive: zipfile.ZipFile, path: str, place: str, strings: list[str], dates: frozenset[int]) -> Sheet:
    """The cells of the sheet that stands at `path`, those with a text only.

    `strings` are the workbook's shared texts, `dates` the styles that show a number as a date. Raises InputError at
    `place` and the cell's name for formulas, dates and what the format does not allow.
    """
    sheet = Sheet()
    number = 0
    for element in elements(archive, path, place, "row", "mergeCell"):
        if local_name(element) == "mergeCell":
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


def _value(cell: Any, where: str, sheet: Sheet, strings: list[str], dates: frozenset[int]) -> str:
    kind, value = cell.get("t", "n"), ""
    for child in cell:
        name = local_name(child)
        if name == "f":
            raise InputError(where, "a formula", "its value", "Copy the cells and paste them as values.")
        if name in ("v", "is"):
            value = item_text(child) if name == "is" else child.text or ""
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


def _decoded(text: str, sheet: Sheet) -> str:
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
