"""Big JSON Lines files as rows of named cells, one after the other; the same rows as `read_json` gives."""

import json
import re
from collections.abc import Iterator
from typing import Any

from .errors import InputError
from .json_table import read_json
from .unit_blocks import TextFile, moved
from .unit_rows import NamedRow

_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_PEOPLE = ("name", "full_name", "fullname", "author", "姓名")  # an object with one of these may be a person
_PARTS = frozenset(("en", "zh", "paper", "title", "abstract", "cn"))


class _OddError(ValueError):
    """A line that the general reader is to read."""


def is_json_lines(text: str) -> bool:
    """Whether a text begins with a line that is a whole object or list, and goes on.

    >>> is_json_lines('{"en": "Tea."}\\n{"en": "An otter."}'), is_json_lines('[\\n{"en": "Tea."}]')
    (True, False)
    """
    first, _, rest = text.lstrip("\ufeff \t\r\n").partition("\n")
    if not rest.strip() or first[:1] not in ("{", "[") or first.rstrip()[-1:] not in ("}", "]"):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return True
    return False


def json_rows(file: TextFile) -> Iterator[NamedRow]:
    """A row for each object with text in it; blank lines and lines without text give none, and are counted.

    Objects of texts and numbers, also within one another, are read fast, all others by `read_json`, whose errors come
    with the line in this file.
    """
    empty = rows = 0
    for block in file.blocks():
        for number, line in enumerate(block.text.split("\n"), block.line):
            if not line or line.isspace():
                continue
            try:
                found = [_cells(line)]
            except (ValueError, RecursionError):
                found = _carefully(line, number, file)
            rows += len(found)
            empty += not found
            for cells in found:
                yield number, cells
    if not rows:
        raise InputError(file.source, "JSON without an object that holds text", "papers or sentence pairs")
    if empty:
        file.notes.add(f"{empty} lines hold no text and were skipped")


def _cells(line: str) -> list[tuple[str, str]]:
    """The cells of a plain object; raises ValueError for what the general reader must see."""
    value = _decode(line)
    if not isinstance(value, dict) or not value or (_HALF.search(line) if "\\u" in line else False):
        raise _OddError
    if set(map(type, value.values())) == {str}:
        cells = [(name, text) for name, text in value.items() if text]
        if all(text.isspace() for _, text in cells):
            raise _OddError
        return cells
    if len(value) == 1:
        (name, inner), *_ = value.items()
        if isinstance(inner, dict) and name.casefold() not in _PARTS:
            value = inner  # {"translation": {"en": …, "zh": …}}
    cells = []
    objects = text = False
    for name, inner in value.items():
        if isinstance(inner, dict):
            objects = True
            if any(key in inner for key in _PEOPLE):
                raise _OddError
            for key, innermost in inner.items():
                text = _add(cells, f"{name}.{key}", innermost) or text
        else:
            text = _add(cells, name, inner) or text
    if not text or (objects and (all(isinstance(v, dict) for v in value.values()) or _is_doubled(cells))):
        raise _OddError
    return cells


def _add(cells: list[tuple[str, str]], name: str, value: Any) -> bool:
    """Put a value among the cells; whether it is a text that is not blank."""
    if isinstance(value, _Number):
        cells.append((name, str(value)))
        return False
    if isinstance(value, str):
        if value:
            cells.append((name, value))
        return bool(value) and not value.isspace()
    if value is None or value is True or value is False:
        return False
    raise _OddError


def _is_doubled(cells: list[tuple[str, str]]) -> bool:
    return len({name for name, _ in cells}) < len(cells)


def _carefully(line: str, number: int, file: TextFile) -> list[list[tuple[str, str]]]:
    try:
        table = read_json(line, file.source)
    except InputError as error:
        if error.where == file.source:  # no object with text
            return []
        raise moved(error, file.source, number - 1) from error
    return [[(cell.name, cell.text) for cell in row] for row in table.rows]


class _Number(str):
    """A number as it is written: no digit is lost."""

    __slots__ = ()


def _object(items: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(items)
    if len(made) < len(items):
        raise _OddError
    return made


def _constant(name: str) -> Any:
    raise _OddError(name)


_decode = json.JSONDecoder(
    object_pairs_hook=_object, parse_constant=_constant, parse_int=_Number, parse_float=_Number
).decode
