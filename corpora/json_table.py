"""JSON and JSON Lines as rows of named cells, each value with its line and column."""

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

from . import marks
from .errors import InputError
from .rows import Cell, Row, Table

_STRING = re.compile(r'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)  # one that is never closed is not searched again
_DEPTH = 100  # levels of nesting; feeds have three
_NAMES = ("name", "full_name", "fullname", "author", "姓名")  # what an author's object calls the name


def read_json(text: str, source: str) -> Table:
    """The rows of a JSON document or of JSON Lines: one for each object with text in it, wherever it stands.

    A cell's name is the path of its keys ("AI.tldr"); a list of texts gives several cells of one name. Raises
    InputError for broken JSON, keys that come twice, NaN, half characters, and too deep nesting.

    >>> read_json('[{"title": "Tea", "AI": {"tldr": "Hot."}}]', "a.json").rows[0][1][:2]
    ('AI.tldr', 'Hot.')
    """
    text = " " + text[1:] if text.startswith("\ufeff") else text
    if not text.strip(" \t\r\n"):
        raise InputError(source, "no JSON", "an object or a list")
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    rows: list[Row] = []
    beside: dict[str, None] = {}
    try:
        value, lines = _load(text, 0, source, starts), False
    except InputError as error:
        if not _is_lines(text):
            raise
        value, lines = error, True
    if not lines:
        tokens = iter([match.start() for match in _STRING.finditer(text)])
        rows += _rows(_placed(value, tokens), starts, beside)
    else:
        at = 0
        for line in text.split("\n"):
            if line.strip():
                tokens = iter([at + match.start() for match in _STRING.finditer(line)])
                rows += _rows(_placed(_load(line, at, source, starts), tokens), starts, beside)
            at += len(line) + 1
    if not rows:
        raise InputError(source, "JSON without an object that holds text", "papers or sentence pairs")
    notes = (f"not read: {', '.join(beside)}",) if beside else ()
    return Table("JSON Lines" if lines else "JSON", tuple(rows), notes)


def looks_like_json(text: str) -> bool:
    """Whether a text begins as JSON does.

    >>> looks_like_json('[{"a": 1}]'), looks_like_json("[PDF] One"), looks_like_json('{"a": 1}')
    (True, False, True)
    """
    head = text[:4096].lstrip("\ufeff \t\r\n")
    return bool(re.match(r'\{\s*(?:"|\})|\[\s*(?:[{\[\]"])', head)) and not re.match(r"\[\[[^\"{\[]", head)


class _Number(str):
    """A number as it is written: no digit is lost."""

    __slots__ = ()


class _Text(str):
    """A text that knows where it stands."""

    __slots__ = ("at",)
    at: int


def _is_lines(text: str) -> bool:
    """Whether each line is an object or a list of its own."""
    first = next((line for line in text.split("\n") if line.strip()), "").strip()
    return first[:1] in "{[" and first[-1:] in "}]" and "\n" in text.strip()


def _load(text: str, offset: int, source: str, starts: list[int]) -> Any:
    def where(at: int) -> str:
        line = bisect_right(starts, at)
        return f"{source}:{line}:{at - starts[line - 1] + 1}"

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(items)
        if len(made) < len(items):
            names = [name for name, _ in items]
            twice = next(name for name in names if names.count(name) > 1)
            raise InputError(where(offset), f"the key {twice!r} twice in one object", "each key once")
        return made

    def constant(name: str) -> Any:
        raise InputError(where(offset), f"{name}, which is no JSON", "a number or null")

    if _depth(text) > _DEPTH:
        raise InputError(where(offset), f"nested more than {_DEPTH} levels deep", "papers or sentence pairs")
    try:
        value = json.loads(
            text, object_pairs_hook=pairs, parse_constant=constant, parse_int=_Number, parse_float=_Number
        )
    except json.JSONDecodeError as error:
        raise InputError(where(offset + error.pos), f"broken JSON ({error.msg})", "an object or a list") from error
    except (ValueError, RecursionError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(where(offset), f"JSON that cannot be read ({error})", "an object or a list") from error
    half = re.search(r"\\u[dD][89a-fA-F]", text)
    if half:
        try:
            json.dumps(value, ensure_ascii=False).encode("utf-8")
        except UnicodeEncodeError as error:
            raise InputError(
                where(offset + half.start()), "half a character (a lone surrogate)", "whole text"
            ) from error
    return value


def _depth(text: str) -> int:
    """How deep brackets nest, counted outside strings."""
    depth = deepest = 0
    for match in re.finditer(r"[\[{]|[\]}]", _STRING.sub('""', text)):
        depth += 1 if match[0] in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _placed(value: Any, tokens: Iterator[int]) -> Any:
    """The value with each text knowing where it stands; texts come in the order of the source's."""
    if isinstance(value, dict):
        made: dict[str, Any] = {}
        for name, inner in value.items():
            next(tokens)
            made[name] = _placed(inner, tokens)
        return made
    if isinstance(value, list):
        return [_placed(inner, tokens) for inner in value]
    if isinstance(value, str) and not isinstance(value, _Number):
        text = _Text(value)
        text.at = next(tokens)
        return text
    return value


def _rows(value: Any, starts: list[int], beside: dict[str, None]) -> list[Row]:
    """One row for each object that has text of its own and holds no list of such objects.

    The names of what stands beside such lists, and of keys that papers stand under, go to `beside`.
    """
    if isinstance(value, list):
        return [row for inner in value for row in _rows(inner, starts, beside)]
    if not isinstance(value, dict):
        return []
    by_key = all(isinstance(inner, dict) and _has_text(inner) for inner in value.values()) and not _is_pair(value)
    if by_key or not _has_text(value) or any(_holds_papers(inner) for inner in value.values()):
        within = {name: _rows(inner, starts, beside) for name, inner in value.items()}
        beside |= {name: None for name, rows in within.items() if not rows and value[name] not in (None, "", [], {})}
        if sum(map(bool, within.values())) > 1:
            beside["the keys that hold rows"] = None
        return [row for rows in within.values() for row in rows]
    cells = tuple(Cell(name, str(text), *_position(text, starts)) for name, text in _flat(value, ""))
    return [cells] if cells else []


def _is_pair(value: dict[str, Any]) -> bool:
    """An object of the two sides, or of the parts of one paper, each an object."""
    return any(name.casefold() in ("en", "zh", "paper", "title", "abstract", "cn") for name in value)


def _holds_papers(value: Any) -> bool:
    """Whether there is a list of objects with prose in it, however deep."""
    if isinstance(value, dict):
        return any(_holds_papers(inner) for inner in value.values())
    return isinstance(value, list) and any(
        isinstance(item, dict) and any(_is_text(inner) for _, inner in _flat(item, "")) for item in value
    )


def _has_text(value: dict[str, Any]) -> bool:
    return any(isinstance(inner, _Text) and inner.strip() for _, inner in _flat(value, ""))


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and marks.is_prose(value)


def _flat(value: Any, name: str) -> Iterator[tuple[str, Any]]:
    """All texts and numbers with the paths of their keys."""
    if isinstance(value, dict):
        person = next((value[key] for key in _NAMES if isinstance(value.get(key), str)), None)
        if person is not None and name and not any(_is_text(inner) for inner in value.values()):
            yield name, person
            return
        for key, inner in value.items():
            yield from _flat(inner, f"{name}.{key}" if name else key)
    elif isinstance(value, list):
        for inner in value:
            yield from _flat(inner, name)
    elif value is not None and value != "" and not isinstance(value, bool):
        yield name, value


def _position(text: Any, starts: list[int]) -> tuple[int, int]:
    if not isinstance(text, _Text):
        return 1, 1
    line = bisect_right(starts, text.at)
    return line, text.at - starts[line - 1] + 1
