"""JSON Lines: the exact form of everything a run made. The other formats derive from it."""

import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import TextIO

from ..corpora import Document, Leftover, Pair, Record
from ..metrics import Entry, Finding, Rendering, Score

Row = Document | Record | Leftover | Pair | Finding | Entry | Rendering | Score

DECIMALS = 6  # beyond what any score means, and the same on every machine

# Line ends to some readers of "lines" (Python's own splitting among them), and lone surrogates, which UTF-8 refuses.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def as_row(item: Row) -> dict[str, object]:
    """The item as a plain dict in field order.

    Tuples are lists, items inside it dicts, mappings sorted, numbers rounded to six decimals.

    A document comes without its text and the places of it: the input file has that.

    >>> as_row(Score("BLEU", 41.25, "nrefs:1", None, 3, "quality", "a", "b"))["interval"] is None
    True
    """
    names = [each.name for each in fields(item) if each.compare]
    if isinstance(item, Document):
        names = [name for name in names if name not in ("text", "places")]
    return {name: _plain(getattr(item, name)) for name in names}


def write_jsonl(handle: TextIO, rows: Iterable[Row | Mapping[str, object]]) -> int:
    """The number of lines written, one JSON object each. Raises ValueError on a number that is not finite.

    >>> from io import StringIO
    >>> write_jsonl(StringIO(), [])
    0
    """
    count = 0
    for row in rows:
        handle.write(json_line(row if isinstance(row, Mapping) else as_row(row)))
        handle.write("\n")
        count += 1
    return count


def scores_json(scores: Iterable[Score]) -> str:
    """The file scores.json: one object with the list of scores, a score a line.

    >>> scores_json([]).strip()
    '{"scores": []}'
    """
    lines = ",\n  ".join(json_line(as_row(score)) for score in scores)
    return f'{{"scores": [\n  {lines}\n]}}\n' if lines else '{"scores": []}\n'


def json_line(row: Mapping[str, object]) -> str:
    """One JSON object on one line, Han as Han.

    >>> json_line({"zh": "语料", "n": None})
    '{"zh": "语料", "n": null}'
    """
    text = json.dumps(_plain(row, sort=False), ensure_ascii=False, allow_nan=False)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _plain(value: object, *, sort: bool = True) -> object:
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return round(value, DECIMALS) + 0.0 if math.isfinite(value) else value  # + 0.0 turns -0.0 into 0.0
    if isinstance(value, Mapping):
        items = value.items()
        return {str(key): _plain(item, sort=sort) for key, item in (sorted(items) if sort else items)}
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Iterable):
        return [_plain(item, sort=sort) for item in value]
    raise TypeError(f"no JSON form for {type(value).__name__}")
