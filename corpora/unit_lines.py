"""Aligned units as JSON lines: flat, or in the shape that Hugging Face calls `translation`."""

import json
from collections.abc import Iterable, Sequence
from typing import TextIO

from .errors import InputError
from .rows import Unit

# Python's own splitlines and some editors end a line at these three; JSON may spell them as escapes.
_SEPARATORS = {ord(sign): f"\\u{ord(sign):04x}" for sign in "\u0085\u2028\u2029"}


def write_jsonl_units(units: Iterable[Unit], handle: TextIO) -> None:
    """One object a line: id, en, zh, then the origin's names in sorted order.

    Raises InputError, naming the unit, for half a character (a lone surrogate) and for an origin that is called id,
    en or zh; what was written before stays written.

    >>> import io
    >>> handle = io.StringIO()
    >>> write_jsonl_units([Unit("An otter.", "一只海獭。", "a1")], handle)
    >>> handle.getvalue()
    '{"id": "a1", "en": "An otter.", "zh": "一只海獭。"}\\n'
    """
    for number, unit in enumerate(units, 1):
        handle.write(_line(unit_values(unit, number)))


def write_translation_jsonl(units: Iterable[Unit], handle: TextIO) -> None:
    """One object a line: id, translation (an object of en and zh), origin (an object of texts, its names sorted).

    Raises InputError as `write_jsonl_units` does.

    >>> import io
    >>> handle = io.StringIO()
    >>> write_translation_jsonl([Unit("Tea.", "茶。", "a1", {"type": "1-1"})], handle)
    >>> handle.getvalue()
    '{"id": "a1", "translation": {"en": "Tea.", "zh": "茶。"}, "origin": {"type": "1-1"}}\\n'
    """
    for number, unit in enumerate(units, 1):
        values = unit_values(unit, number)
        name, en, zh = (values.pop(name) for name in ("id", "en", "zh"))
        handle.write(_line({"id": name, "translation": {"en": en, "zh": zh}, "origin": values}))


def unit_values(unit: Unit, number: int) -> dict[str, str]:
    """The unit's texts by name: id, en, zh, then its origin, sorted; `number` names a unit without an id.

    Raises InputError for a text that has no UTF-8 (a lone surrogate), and for a name that would not come back.

    >>> unit_values(Unit("Tea.", "茶。", "", {"type": "1-1"}), 1)
    {'id': '', 'en': 'Tea.', 'zh': '茶。', 'type': '1-1'}
    """
    values = {"id": unit.id, "en": unit.en, "zh": unit.zh}
    for name in sorted(unit.origin):
        if name in values or not name or name != name.strip() or not name.isprintable():
            raise InputError(
                unit_name(unit, number), f"an origin called {name!r}", "a name that no other column has", "Rename it."
            )
        values[name] = unit.origin[name]
    for name, text in values.items():
        try:
            text.encode("utf-8")
        except UnicodeEncodeError as error:
            raise InputError(
                unit_name(unit, number), f"half a character in {name}", "whole characters", "Mend the text."
            ) from error
    return values


def unit_name(unit: Unit, number: int) -> str:
    """What a message calls the unit: its id, else its number among the units, from 1.

    >>> unit_name(Unit("Tea.", "茶。"), 7)
    'unit 7'
    """
    return f"unit {unit.id!r}" if unit.id else f"unit {number}"


def unit_columns(units: Sequence[Unit]) -> tuple[str, ...]:
    """The columns that a table of these units has: id, en, zh, then all names of their origins, sorted.

    >>> unit_columns([Unit("Tea.", "茶。", "", {"type": "1-1"}), Unit("", "")])
    ('id', 'en', 'zh', 'type')
    """
    names = {name for unit in units for name in unit.origin}
    folded: dict[str, str] = {}
    for name in ("id", "en", "zh", *sorted(names)):
        other = folded.setdefault(name.casefold(), name)
        if other != name:
            raise InputError(
                "units", f"origins called {other!r} and {name!r}", "names that differ in more than case", "Rename one."
            )
    return ("id", "en", "zh", *sorted(names - {"id", "en", "zh"}))


def _line(values: object) -> str:
    return json.dumps(values, ensure_ascii=False).translate(_SEPARATORS) + "\n"
