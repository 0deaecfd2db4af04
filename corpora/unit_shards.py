"""Bilingual inputs of any size as one table of pairs in shards, in their order and in flat memory."""

import hashlib
import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .decoding import declared_charset
from .durable import sync
from .errors import InputError, LimitError
from .files import file_bytes, file_sha256, limited_bytes, regular_file, shown
from .formats import Reading, document_from_bytes
from .shards import SHARD_ROWS, shard_name, write_shard
from .sniffing import text_format, unread_format, xml_root
from .unit_blocks import BLOCK_BYTES, Notes, TextFile
from .unit_delimited import delimited_rows
from .unit_inputs import Input, input_paths, keyed_inputs
from .unit_json import is_json_lines, json_rows
from .unit_moses import moses_rows
from .unit_rows import Units, units_of_document, units_of_rows
from .unit_tables import (
    corpus_paths,
    corpus_tables,
    filtered_tables,
    parquet_rows,
    unit_schema,
    unit_shards_in,
)
from .unit_tmx import TmxFile

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Ingested", "Source", "input_paths", "write_unit_shards"]

_PLAINLY = Reading()
LIMIT_SHARD = 1024 * 1024 * 1024  # bytes of text in one shard; Arrow's own limit is 2 GiB a column


@dataclass(frozen=True, slots=True)
class Source:
    """One input as read: `rows` that were taken, `sha256` of its bytes (of two files: of both hashes)."""

    source: str
    sha256: str
    rows: int
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ingested:
    """What `write_unit_shards` wrote: rows and shards in all, and each input with what reading it assumed."""

    rows: int
    shards: int
    sources: tuple[Source, ...]

    def json(self) -> str:
        """The same as JSON, with the same bytes each time."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def write_unit_shards(
    inputs: Sequence[str],
    folder: Path,
    reading: Reading = _PLAINLY,
    shard_rows: int = SHARD_ROWS,
    block_bytes: int = BLOCK_BYTES,
) -> Ingested:
    """Write the pairs of all inputs as shards NNNNNNN.parquet of `folder`, which is then as a whole there or as before.

    Columns: id, en, zh, source, row (from 1, within its source), probability (0..1 or null), origin (a JSON object of
    what else the file said, or ""). Inputs are corpora, folders that `duizhao filter` made, TSV, CSV, JSON Lines,
    Parquet, TMX and pairs of line-parallel files, read some thousand rows at a time; XLIFF, PO, XLSX and JSON, read
    at once, 64 MiB at most; and folders of these. Sides are as `duizhao build` reads them; a row with one side stays.
    Raises InputError with the place of what cannot be read, and where an input is a text to be aligned first.
    """
    new = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    try:
        writer = _Writer(new, shard_rows)
        sources = []
        for each in keyed_inputs(inputs, reading, block_bytes):
            before, notes = writer.rows, Notes()
            sha256 = _take(each, writer, reading, notes, block_bytes)
            sources.append(Source(each.source, sha256, writer.rows - before, notes.lines()))
        writer.close()
        if not writer.rows:
            raise InputError(", ".join(inputs) or "no input", "no pair", "English and Chinese that belong together")
        sync(new)
        shutil.rmtree(folder, ignore_errors=True)
        new.rename(folder)
        sync(folder.parent)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return Ingested(writer.rows, writer.shards, tuple(sources))


def _take(each: Input, writer: "_Writer", reading: Reading, notes: Notes, block_bytes: int) -> str:
    """Write all units of one input; the hash of its bytes."""
    if each.kind == "filtered":
        shards = unit_shards_in(each.path)
        for table in filtered_tables(shards):
            writer.add(table)
        return hashlib.sha256("".join(map(file_sha256, shards)).encode()).hexdigest()
    if each.kind == "corpus":
        for table in corpus_tables(each.path):
            writer.add(table)
        return hashlib.sha256("".join(map(file_sha256, corpus_paths(each.path))).encode()).hexdigest()
    if each.kind == "moses" and each.other:
        en, zh = (TextFile(path, reading, block_bytes) for path in (each.path, each.other))
        writer.units(units_of_rows(moses_rows(en, zh), "Moses", each.source, reading, notes), each)
        notes.add(*en.notes.lines(), *zh.notes.lines())
        return hashlib.sha256((en.sha256 + zh.sha256).encode()).hexdigest()
    return _take_file(each, writer, reading, notes, block_bytes)


def _take_file(each: Input, writer: "_Writer", reading: Reading, notes: Notes, block_bytes: int) -> str:
    head = b""
    if each.kind == "file":
        with regular_file(each.path) as handle:
            head = handle.read(8192)
        if unread := unread_format(head):
            raise InputError(each.source, unread, "pairs of two texts", "Unpack or convert it.")
    if head.startswith(b"PAR1"):
        writer.units(units_of_rows(parquet_rows(each.path, notes), "Parquet", each.source, reading, notes), each)
        return file_sha256(each.path)
    declared = declared_charset(head) or "utf-8"
    if xml_root(head) == "tmx" and head[:2] not in (b"\xff\xfe", b"\xfe\xff") and declared.lower() == "utf-8":
        tmx = TmxFile(each.path, block_bytes)
        writer.units(units_of_rows(tmx.rows(), "TMX", each.source, reading, notes), each)
        notes.add(*tmx.notes.lines())
        return tmx.sha256
    if head and not head.startswith((b"PK\x03\x04", b"PK\x05\x06")) and not xml_root(head):
        file = TextFile(each.path, reading, block_bytes)
        name = text_format(file.head, each.path.suffix.lower().lstrip("."))[0]
        if name == "JSON" and is_json_lines(file.head):
            writer.units(units_of_rows(json_rows(file), "JSON Lines", each.source, reading, notes), each)
        elif name in ("CSV", "TSV", "TAB", "", "TXT", "TEXT", "DAT"):
            delimiter = "\t" if name in ("TSV", "TAB") else max(",;\t", key=file.head.partition("\n")[0].count)
            writer.units(units_of_rows(delimited_rows(file, delimiter), name, each.source, reading, notes), each)
        else:
            return _take_at_once(each, writer, reading, notes)
        notes.add(*file.notes.lines())
        return file.sha256
    return _take_at_once(each, writer, reading, notes)


def _take_at_once(each: Input, writer: "_Writer", reading: Reading, notes: Notes) -> str:
    import sys

    data = limited_bytes(sys.stdin.buffer, "-") if each.kind == "stdin" else file_bytes(each.path)
    document = document_from_bytes(data, each.source, reading=reading)
    writer.units(units_of_document(document), each)
    notes.add(*document.notes)
    return document.sha256


class _Writer:
    """Collects pairs and writes each shard when it is full."""

    def __init__(self, folder: Path, shard_rows: int) -> None:
        self._folder, self._most = folder, shard_rows
        self._held: list[pa.Table] = []
        self._held_rows = self._held_bytes = 0
        self.rows = self.shards = 0

    def units(self, units: Iterator[Units], each: Input) -> None:
        """Take units in, numbered within their source; the first number that an id without one gets is 1."""
        import pyarrow as pa

        row = 0
        for some in units:
            numbers = range(row + 1, row + len(some.en) + 1)
            row += len(some.en)
            ids = [name or f"{each.key}#{number}" for name, number in zip(some.ids, numbers, strict=True)]
            columns = [ids, some.en, some.zh, [each.source] * len(ids), numbers, some.probability, some.origin]
            types = unit_schema().types
            arrays = [pa.array(column, kind) for column, kind in zip(columns, types, strict=True)]
            self.add(pa.table(arrays, schema=unit_schema()))

    def add(self, table: "pa.Table") -> None:
        """Take a table of pairs in."""
        self._held.append(table)
        self._held_rows += table.num_rows
        self._held_bytes += table.nbytes
        self.rows += table.num_rows
        while self._held_rows >= self._most:
            self._write(self._most)
        if self._held_bytes > LIMIT_SHARD:
            found = f"over {LIMIT_SHARD:,} bytes of text in fewer than {self._most:,} pairs"
            raise LimitError(shown(self._folder.parent), found, "sentences", "Is each row one pair?")

    def close(self) -> None:
        """Write what is left."""
        if self._held_rows:
            self._write(self._held_rows)

    def _write(self, rows: int) -> None:
        import pyarrow as pa

        table = pa.concat_tables(self._held)
        write_shard(table.slice(0, rows).combine_chunks(), self._folder / shard_name(self.shards))
        self.shards += 1
        rest = table.slice(rows)
        self._held = [rest] if rest.num_rows else []
        self._held_rows, self._held_bytes = rest.num_rows, rest.nbytes
