"""Pairs that stand in Parquet: any file of two columns of texts, a corpus, and what `duizhao filter` made before."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import InputError
from .files import shown
from .parquet_table import _flat, _is_readable, _texts
from .shards import shards_of
from .store import corpus_files, read_manifest
from .store_schema import FILTERED, MANIFEST, filtered_columns
from .unit_blocks import Notes
from .unit_rows import NamedRow

if TYPE_CHECKING:
    import pyarrow as pa

COLUMNS = ("id", "en", "zh", "source", "row", "probability", "origin")
_BATCH = 4096  # rows made into Python objects at a time
_AT_ONCE = 10_000  # rows of a corpus joined at a time
_SAID = ("sha256", "record", "field", "span_en", "span_zh", "type", "score")  # sorted below, as JSON wants it


def unit_schema() -> "pa.Schema":
    """Arrow's types of the table pairs that `duizhao filter` makes."""
    return filtered_columns("pairs")


def parquet_rows(path: Path, notes: Notes) -> Iterator[NamedRow]:
    """The rows of a Parquet file with the cells that `read_parquet` gives, some thousand in memory at a time.

    Raises InputError for what is no whole Parquet file and where no column can be read.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    source = shown(path)
    try:
        with pq.ParquetFile(path, pre_buffer=False, buffer_size=1 << 20) as file:
            leaves = _flat(pa.Table.from_batches([], schema=file.schema_arrow)).schema
            names, good = leaves.names, [_is_readable(leaf.type) for leaf in leaves]
            _check_leaves(leaves, good, source, notes)
            line = 0
            for batch in file.iter_batches(batch_size=_BATCH):
                flat = _flat(pa.Table.from_batches([batch]))
                columns = [column.to_pylist() for column, readable in zip(flat.columns, good, strict=True) if readable]
                used = [name for name, readable in zip(names, good, strict=True) if readable]
                for values in zip(*columns, strict=True):
                    line += 1
                    yield line, [(n, t) for n, value in zip(used, values, strict=True) for t in _texts(value)]
    except InputError:
        raise
    except (pa.ArrowException, OSError, ValueError, KeyError, TypeError, OverflowError, MemoryError) as error:
        reason = " ".join(str(error).split())[:100]
        raise InputError(source, f"a broken Parquet file ({reason})", "a whole one", "Fetch it again.") from error


def _check_leaves(leaves: Any, good: list[bool], source: str, notes: Notes) -> None:
    types = ", ".join(
        f"{leaf.name!r} ({leaf.type})" for leaf, readable in zip(leaves, good, strict=True) if not readable
    )
    if not any(good):
        raise InputError(source, f"no column of texts: {types or 'none at all'}", "columns of texts")
    names = [leaf.name for leaf, readable in zip(leaves, good, strict=True) if readable]
    if doubled := sorted({name for name in names if names.count(name) > 1}):
        raise InputError(source, f"two columns called {doubled[0]!r}", "a name for each", "Rename one.")
    if types:
        notes.add(f"{good.count(False)} columns were left out, no texts or numbers: {types}")


def unit_shards_in(folder: Path) -> list[Path]:
    """The shards of pairs of a folder that `duizhao filter` made; none where it is no such folder."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return []
    return shards_of(folder / "pairs") if isinstance(manifest, dict) and FILTERED in manifest else []


def filtered_tables(shards: list[Path]) -> Iterator["pa.Table"]:
    """The pairs of a folder that `duizhao filter` made, as they stand there; what is null in it is ""."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    for path in shards:
        try:
            table = pq.read_table(path, columns=list(COLUMNS)).cast(unit_schema())
            for place, name in enumerate(("id", "en", "zh", "source")):
                filled = pc.call_function("coalesce", [table[name], ""])
                table = table.set_column(place, unit_schema().field(name), filled)
            yield table
        except (pa.ArrowException, OSError, ValueError, KeyError) as error:
            raise InputError(shown(path), "a broken shard", "a whole one", "Make it again.") from error


def corpus_paths(place: Path) -> list[Path]:
    """The files of a corpus that its pairs are read from; raises InputError where it is broken."""
    manifest = read_manifest(place)
    return [
        place / MANIFEST,
        *(path for name in ("documents", "pairs") for path in corpus_files(place, manifest, name)),
    ]


def corpus_tables(place: Path) -> Iterator["pa.Table"]:
    """The pairs of a corpus, each with its sentences joined, where it came from, and its number in its document.

    `place` holds the manifest. English sentences are joined by a blank, Chinese ones by nothing; a pair with one side
    has an empty other one. Raises InputError where the corpus is broken.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    manifest = read_manifest(place)
    files = [corpus_files(place, manifest, name) for name in ("documents", "pairs")]
    begins = [part["begin"] for part in manifest["parts"]] if "parts" in manifest else [0]
    last, count = "", 0
    for documents, pairs, begin in zip(*files, begins, strict=True):
        try:
            known = pq.read_table(documents, columns=["source", "sha256"]).to_pydict()
            hashes = dict(zip(known["source"], known["sha256"], strict=True))
            shift = (known["source"][0] if begin else "", begin)
            with pq.ParquetFile(pairs, pre_buffer=False, buffer_size=1 << 20) as file:
                for batch in file.iter_batches(_AT_ONCE):
                    table, last, count = _joined(pa.Table.from_batches([batch]), hashes, shift, last, count)
                    yield table
        except (pa.ArrowException, OSError, ValueError, KeyError, TypeError, IndexError) as error:
            said = " ".join(str(error).split())[:200]
            found = f"a broken corpus ({said})"
            raise InputError(shown(place), found, "what duizhao build wrote", "Build it again.") from error


def _joined(
    pairs: "pa.Table", hashes: dict[str, str], shift: tuple[str, int], last: str, count: int
) -> tuple["pa.Table", str, int]:
    """Units of pairs, and the document and number of the last of them.

    `shift` is a document that did not begin in this part, and how many of its characters stood before.
    """
    import pyarrow as pa
    from pyarrow import compute

    pairs = pairs.combine_chunks()
    sources = pairs["document"].to_pylist()
    numbers: list[int] = []
    for source in sources:
        count = count + 1 if source == last else 1
        last = source
        numbers.append(count)
    shifts = [shift[1] if source == shift[0] else 0 for source in sources]
    said = {
        "sha256": [hashes.get(source, "") for source in sources],
        "score": [f"{score:.4f}" for score in pairs["score"].to_pylist()],
        "span_en": _spelt(pairs["spans_en"], shifts),
        "span_zh": _spelt(pairs["spans_zh"], shifts),
        **{name: pairs[name].to_pylist() for name in ("record", "field", "type")},
    }
    names = sorted(_SAID)
    encode = json.JSONEncoder(ensure_ascii=False).encode
    rows = zip(*(said[name] for name in names), strict=True)
    origin = [encode({n: t for n, t in zip(names, row, strict=True) if t}) for row in rows]
    columns = [
        pairs["id"],
        compute.call_function("binary_join", [pairs["en"], " "]),
        compute.call_function("binary_join", [pairs["zh"], ""]),
        pairs["document"],
        pa.array(numbers, pa.int64()),
        pairs["probability"],
        pa.array(origin, pa.string()),
    ]
    return pa.table(columns, schema=unit_schema()), last, count


def _spelt(spans: Any, shifts: list[int]) -> list[str]:
    """Spans as text, a row each: "0-12 15-20"."""
    rows = zip(spans.to_pylist(), shifts, strict=True)
    return [" ".join(f"{begin + by}-{end + by}" for begin, end in row) for row, by in rows]
