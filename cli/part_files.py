"""What the steps of a corpus in parts hand on: where it lies, and findings and glossary entries exactly as they are."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple
from pathlib import Path
from typing import Any

from duizhao.completion import RUN
from duizhao.corpora import InputError, Span
from duizhao.corpora.shards import shard_name
from duizhao.metrics import Entry, Finding, Rendering
from duizhao.metrics.rendering import Example

_BROKEN = (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError)


def parts_folder(folder: Path) -> Path:
    """Where the parts of a run into this folder lie; the next run finds there what it need not do again."""
    return folder / RUN / "parts"


def part_file(folder: Path, table: str, number: int, ending: str = ".parquet") -> str:
    """The file of a part in one of the run's tables; a folder where `ending` is "/"."""
    return f"{parts_folder(folder) / table}/{shard_name(number, ending)}"


def write_findings(path: Path, findings: Iterable[Finding]) -> None:
    """Write findings, a line each, with every digit."""
    _write_rows(path, map(astuple, findings))


def read_findings(path: Path) -> Iterator[Finding]:
    """The findings that `write_findings` wrote, one by one; raises InputError where they are broken."""
    for row in _rows(path):
        try:
            row[8], row[9] = _span(row[8]), _span(row[9])
            yield Finding(*row)
        except _BROKEN as error:
            raise _broken(path) from error


def write_entries(path: Path, entries: Iterable[Entry]) -> None:
    """Write the entries of a glossary, a line each, with every digit."""
    _write_rows(path, map(astuple, entries))


def read_entries(path: Path) -> Iterator[Entry]:
    """The entries that `write_entries` wrote, one by one; raises InputError where they are broken."""
    for row in _rows(path):
        try:
            *_, forms, renderings = row
            row[-2:] = [_pairs(forms), tuple(map(_rendering, renderings))]
            yield Entry(*row)
        except _BROKEN as error:
            raise _broken(path) from error


def _rendering(row: Any) -> Rendering:
    *_, forms, examples, _ = row
    shown = tuple(Example(pair, en, zh, _place(a), _span(b)) for pair, en, zh, a, b in examples)
    row[3], row[-3], row[-2] = tuple(row[3]), _pairs(forms), shown
    return Rendering(*row)


def _pairs(rows: Iterable[Sequence[Any]]) -> tuple[tuple[str, int], ...]:
    return tuple((text, count) for text, count in rows)


def _place(span: Sequence[int]) -> Span:
    begin, end = span
    return begin, end


def _span(span: Sequence[int] | None) -> Span | None:
    return None if span is None else _place(span)


def _write_rows(path: Path, rows: Iterable[Any]) -> None:
    with path.open("w", encoding="ascii", newline="\n") as handle:
        for row in rows:
            handle.write(json.dumps(row, ensure_ascii=True, separators=(",", ":")) + "\n")


def _rows(path: Path) -> Iterator[Any]:
    with path.open(encoding="ascii", newline="\n") as handle:
        try:
            yield from map(json.loads, handle)
        except (ValueError, RecursionError) as error:
            raise _broken(path) from error


def _broken(path: Path) -> InputError:
    return InputError(str(path), "a broken file of a run", "what duizhao wrote", "Delete it and run again.")
