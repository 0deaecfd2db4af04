"""JSON and JSON Lines as objects that may be papers, each with its line; strict, as a catalogue is data."""

import json
import re
from collections.abc import Iterator
from typing import Any, NoReturn

from .errors import InputError

_WRAPPERS = ("feed", "entry", "entries", "papers", "data", "results", "records", "items", "articles")
_JSON_BLANKS = re.compile(r"[ \t\n\r]*+")
_DEPTH = 3  # objects in objects that are searched for papers


def json_records(text: str, source: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of JSON Lines, or those in a JSON list or object, each with its line and with names in lower case.

    Papers by their ids get these as "id". Raises InputError with line and column for what is not strict JSON, and for
    a value that is no object.

    >>> list(json_records('{"2301.00001": {"Title": "On Otters"}}', "a.json"))
    [(1, {'title': 'On Otters', 'id': '2301.00001'})]
    """
    first, _, rest = text.lstrip().partition("\n")
    if first.startswith("{") and rest.strip() and _is_whole(first):
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip():
                value, end = _decoded(line, len(line) - len(line.lstrip()), source, number)
                if line[end:].strip():
                    raise InputError(
                        f"{source}:{number}:{end + 1}", "more than one value in a line", "an object a line"
                    )
                yield number, _object(value, f"{source}:{number}")
        return
    counted, number = 0, 1
    start = len(text) - len(text.lstrip())
    for at, value in _objects(text, start, source):
        number += text.count("\n", counted, at)
        counted = at
        yield number, _object(value, f"{source}:{number}")


def _objects(text: str, at: int, source: str, depth: int = 0) -> Iterator[tuple[int, Any]]:
    """Where each paper begins in the JSON list or object at this place, and the paper."""
    members = _members(text, at, source, whole=not depth)
    if text[at] == "[":
        yield from ((begin, item) for begin, _, item in members)
        return
    places = {name: (begin, item) for begin, name, item in members}
    inner = [begin for name, (begin, item) in places.items() if _holds_papers(name.lower(), item)]
    if inner and depth < _DEPTH:  # {"feed": {"entry": [ … ]}}
        for begin in inner:
            yield from _objects(text, begin, source, depth + 1)
    elif places and all(isinstance(item, dict) for _, item in places.values()):
        yield from ((begin, {"id": name, **item}) for name, (begin, item) in places.items())
    else:
        yield at, {name: item for name, (_, item) in places.items()}


def _holds_papers(name: str, value: Any) -> bool:
    if isinstance(value, list):
        return name in _WRAPPERS and all(isinstance(item, dict) for item in value)
    return name in ("feed", "entry") and isinstance(value, dict)


def _members(text: str, at: int, source: str, whole: bool) -> Iterator[tuple[int, str, Any]]:
    """Where the value of each member of a JSON list or object begins, its name ("" in a list) and the value.

    Where it is the `whole` text, nothing may follow it.
    """
    close = "}" if text[at] == "{" else "]"
    seen: set[str] = set()
    name, at = "", _ahead(text, at + 1)
    more = text[at : at + 1] != close
    while more:
        if close == "}":
            begin = at
            name, at = _decoded(text, at, source)
            at = _ahead(text, at)
            if not isinstance(name, str) or name in seen or text[at : at + 1] != ":":
                raise _not_json(text, begin, source, "expecting a name of its own and a colon")
            seen.add(name)
            at = _ahead(text, at + 1)
        value, end = _decoded(text, at, source)
        yield at, name, value
        at = _ahead(text, end)
        more = text[at : at + 1] == ","
        at = _ahead(text, at + 1) if more else at
    if text[at : at + 1] != close:
        raise _not_json(text, at, source, f"expecting ',' or '{close}'")
    if whole and (end := _ahead(text, at + 1)) < len(text):
        raise _not_json(text, end, source, "text after its end")


def _ahead(text: str, at: int) -> int:
    match = _JSON_BLANKS.match(text, at)
    return match.end() if match else at


def _object(value: Any, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise InputError(where, f"a JSON {type(value).__name__}", 'an object with a "title"')
    if all(map(str.islower, value)):
        return value
    return {name.lower(): item for name, item in reversed(value.items())}  # of two spellings the first


def _is_whole(line: str) -> bool:
    try:
        return not line[_decoded(line, 0, "")[1] :].strip()
    except InputError:
        return False


def _decoded(text: str, at: int, source: str, line: int | None = None) -> tuple[Any, int]:
    """The JSON value that begins here, and its end; `line` where the text is one line of many."""
    try:
        return _JSON.raw_decode(text, at)
    except json.JSONDecodeError as error:
        raise _not_json(text, error.pos, source, error.msg, line) from error
    except RecursionError as error:
        raise _not_json(text, at, source, "nested too deep", line) from error
    except ValueError as error:
        raise _not_json(text, at, source, str(error), line) from error


def _not_json(text: str, at: int, source: str, why: str, line: int | None = None) -> InputError:
    line = line or text.count("\n", 0, at) + 1
    where = f"{source}:{line}:{at - text.rfind(chr(10), 0, at)}"
    return InputError(where, f"not strict JSON ({why})", "one JSON object a line, or one JSON list")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("an object with two members of one name")
    return members


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


_JSON = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_no_number)
