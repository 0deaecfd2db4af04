"""The pairs that the filters kept, as bilingual files of any size, written some thousand pairs at a time."""

import io
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, TextIO

from .delimited import write_csv, write_tsv
from .durable import whole_file
from .errors import ConfigError, InputError
from .exports import EXPORTS
from .files import shown
from .moses import write_moses
from .rows import Unit
from .shards import SHARD_ROWS, read_shards, shards_of
from .unit_lines import unit_columns, unit_values, write_jsonl_units, write_translation_jsonl

if TYPE_CHECKING:
    import pyarrow as pa

_SLICE = 5000  # pairs made into units at a time
_LINES: dict[str, Callable[[Iterator[Unit], TextIO], None]] = {
    "jsonl": write_jsonl_units,
    "hf": write_translation_jsonl,
}


class _Seen(NamedTuple):
    """What a writer must know of all units before the first is written."""

    names: tuple[str, ...]  # of the columns
    licence: str
    is_quoted: bool  # whether a text is wholly in quotes, which a reader of TSV takes for CSV's


def write_kept(pairs: Path, flags: Path, path: Path, name: str) -> int:
    """Write the kept pairs as a file of the format of this name, whole or not at all; how many there are.

    `pairs` and `flags` are folders of shards, row by row beside each other. The bytes are those of
    `exports.write_units` for the same units: the two sides, the id, and what the pair's source, probability and origin
    say; moses writes two files, `path` with .en and .zh added. Formats: csv, hf, jsonl, moses, parquet, tmx, tsv,
    xliff. Raises ConfigError for another one, InputError where a text does not fit the format (a tab in TSV), and
    where the two folders do not belong together.
    """
    if name not in EXPORTS:
        raise ConfigError(str(path), f"no format {name!r}", "one of " + ", ".join(EXPORTS))
    counted = _Counted(kept_units(pairs, flags))
    units = iter(counted)
    with ExitStack() as stack:
        if name == "moses":
            sides = [stack.enter_context(whole_file(path.with_name(f"{path.name}.{side}"))) for side in ("en", "zh")]
            english, chinese = (stack.enter_context(_text(side)) for side in sides)
            write_moses(units, english, chinese)
        elif name in _LINES:
            handle = stack.enter_context(_text(stack.enter_context(whole_file(path))))
            _LINES[name](units, handle)
        elif name in ("csv", "tsv"):
            seen = _seen(kept_units(pairs, flags))
            handle = stack.enter_context(_text(stack.enter_context(whole_file(path))))
            _write_delimited(units, seen, name, handle)
        else:
            seen = _seen(kept_units(pairs, flags))
            _write_bytes(units, seen, name, stack.enter_context(stack.enter_context(whole_file(path)).open("wb")))
    return counted.number


def kept_units(pairs: Path, flags: Path) -> Iterator[Unit]:
    """The kept pairs as units, in order; raises InputError where pairs and flags are not row by row beside each other.

    A unit's origin is what its file said of it, `document` for its source where that does not say it, and
    `probability` where there is one.
    """
    found = [len(shards_of(folder)) for folder in (pairs, flags)]
    if found[0] != found[1]:
        raise InputError(shown(flags), f"{found[1]} shards of flags", f"{found[0]}, as of pairs", "Filter again.")
    both = zip(read_shards(pairs), read_shards(flags, ["kept"]), strict=True)
    for number, (table, flag) in enumerate(both):
        if table.num_rows != flag.num_rows:
            where = f"{shown(flags)}: shard {number}"
            raise InputError(where, f"{flag.num_rows} flags", f"{table.num_rows}, one a pair", "Filter again.")
        yield from _units(table.filter(flag["kept"]))


def _units(table: "pa.Table") -> Iterator[Unit]:
    for begin in range(0, table.num_rows, _SLICE):
        for row in table.slice(begin, _SLICE).to_pylist():
            origin: dict[str, str] = json.loads(row["origin"]) if row["origin"] else {}
            origin.setdefault("document", row["source"])
            if row["probability"] is not None:
                origin["probability"] = f"{row['probability']:.4f}"
            yield Unit(row["en"], row["zh"], row["id"], origin)


class _Counted:
    """Units, and how many of them were taken."""

    def __init__(self, units: Iterator[Unit]) -> None:
        self._units, self.number = units, 0

    def __iter__(self) -> Iterator[Unit]:
        for unit in self._units:
            self.number += 1
            yield unit


def _seen(units: Iterator[Unit]) -> _Seen:
    names: dict[str, None] = {}
    licence, is_quoted = "", False
    for unit in units:
        names |= dict.fromkeys(unit.origin)
        licence = licence or unit.origin.get("licence", "")
        texts = (unit.id, unit.en, unit.zh, *unit.origin.values())
        is_quoted = is_quoted or any(len(text) > 1 and text[0] == text[-1] == '"' for text in texts)
    return _Seen(unit_columns([Unit("", "", "", dict.fromkeys(names, ""))]), licence, is_quoted)


def _write_delimited(units: Iterator[Unit], seen: _Seen, name: str, handle: TextIO) -> None:
    """Write slice by slice with the writers for all at once, each slice told of all names, and its header taken off.

    A slice begins with a unit that has every name and, where quotes must be doubled, a text in quotes; its line is
    taken off too.
    """
    write = write_csv if name == "csv" else write_tsv
    first = Unit("", "", '""' if seen.is_quoted and name == "tsv" else "", dict.fromkeys(seen.names[3:], ""))
    header = True
    while True:
        some = list(islice(units, _SLICE))
        if not some and not header:
            return
        made = io.StringIO()
        write([first, *some], made)
        head, _, rest = made.getvalue().split("\n", 2)
        handle.write((head + "\n" if header else "") + rest)
        header = False


def _write_bytes(units: Iterator[Unit], seen: _Seen, name: str, handle: BinaryIO) -> None:
    if name == "parquet":
        _write_parquet(units, seen, handle)
    elif name == "tmx":
        from .tmx import write_tmx

        write_tmx(units, handle, licence=seen.licence)
    else:
        from .xliff import write_xliff

        write_xliff(units, handle, licence=seen.licence)


def _write_parquet(units: Iterator[Unit], seen: _Seen, handle: Any) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([(name, pa.large_string()) for name in seen.names])
    number, begun = 1, False
    with pq.ParquetWriter(handle, schema, compression="zstd") as writer:
        while (some := list(islice(units, SHARD_ROWS))) or not begun:
            values = [unit_values(unit, k) for k, unit in enumerate(some, number)]
            columns = [pa.array([row.get(name) for row in values], pa.large_string()) for name in seen.names]
            writer.write_table(pa.table(columns, schema=schema))
            number, begun = number + len(some), True


def _text(path: Path) -> TextIO:
    return path.open("w", encoding="utf-8", newline="")
