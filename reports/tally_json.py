"""Tallies and links of parts as JSON, to stand in files between the steps of a run."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from ..corpora import InputError

T = TypeVar("T")


def json_bytes(value: object) -> bytes:
    """A value of dataclasses, tuples, mappings, texts and numbers as JSON; the same value gives the same bytes.

    >>> json_bytes({"tea": (1, None)})
    b'{"tea":[1,null]}'
    """
    return json.dumps(_plain(value), separators=(",", ":")).encode("ascii")


def from_json(kind: type[T], data: bytes, where: str) -> T:
    """The value of this type that `json_bytes` wrote; raises InputError where the bytes are those of no such value.

    >>> from_json(tuple[int, str], b'[1,"tea"]', "a.json")
    (1, 'tea')
    """
    try:
        made: T = _made(kind, json.loads(data))
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
        said = " ".join(str(error).split())[:200]
        raise InputError(where, f"not what a part leaves ({said})", "a whole file", "Make it again.") from error
    return made


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value


def _made(kind: Any, value: Any) -> Any:
    """The value of a type from what JSON has for it; ValueError, TypeError or KeyError where it has something else."""
    origin, inside = get_origin(kind), get_args(kind)
    if origin is Literal:
        if value not in inside:
            raise ValueError(f"{value!r}, not one of {inside}")
        return value
    if origin in (Union, UnionType):
        return None if value is None and NoneType in inside else _made(inside[0], value)
    if origin is tuple:
        items = _of(list, value)
        kinds = [inside[0]] * len(items) if inside[1:] == (...,) else inside
        return tuple(_made(each, item) for each, item in zip(kinds, items, strict=True))
    if origin is not None:  # a mapping
        return {key: _made(inside[1], item) for key, item in _of(dict, value).items()}
    if isinstance(kind, type) and is_dataclass(kind):
        row = _of(dict, value)
        return kind(**{name: _made(each, row[name]) for name, each in _hints(kind).items()})
    if issubclass(kind, tuple):  # a NamedTuple
        return kind(*(_made(each, item) for each, item in zip(_hints(kind).values(), _of(list, value), strict=True)))
    return float(_of((int, float), value)) if kind is float else _of(kind, value)


def _of(kind: Any, value: Any) -> Any:
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise TypeError(f"{type(value).__name__}, not {getattr(kind, '__name__', 'a number')}")
    return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
