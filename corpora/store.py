"""The corpus on disk: Parquet tables of documents, records, leftovers and pairs, and a manifest."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from sys import intern
from typing import Any

from .errors import InputError
from .model import Document, Leftover, Pair, Record
from .page import Place

SCHEMA = 3
MANIFEST = "manifest.json"
_AT_ONCE, _GROUP = 1000, 20_000  # rows read and written together
_REPEATED = ("document", "record", "field", "type", "kind")  # columns whose texts come again and again


@dataclass(frozen=True, slots=True)
class Corpus:
    """What `duizhao build` made: documents with their records, pairs and leftovers."""

    documents: tuple[Document, ...]
    records: tuple[Record, ...]
    leftovers: tuple[Leftover, ...]
    pairs: tuple[Pair, ...]


def write_corpus(corpus: Corpus, folder: Path) -> None:
    """Write the corpus into an existing, empty folder; the manifest comes last."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    tables: dict[str, Sequence[Any]] = {
        "documents": corpus.documents,
        "records": corpus.records,
        "leftovers": corpus.leftovers,
        "pairs": corpus.pairs,
    }
    for name, items in tables.items():
        schema = _schema(pa, name)
        with pq.ParquetWriter(folder / f"{name}.parquet", schema, compression="zstd") as writer:
            for k in range(0, len(items), _GROUP):
                rows = [_row(item) for item in items[k : k + _GROUP]]
                writer.write_table(pa.Table.from_pylist(rows, schema=schema))
    counts = {name: len(items) for name, items in tables.items()}
    manifest = json.dumps({"schema": SCHEMA, "counts": counts}, indent=2, sort_keys=True)
    (folder / MANIFEST).write_text(manifest + "\n", encoding="utf-8", newline="\n")


def is_corpus(folder: Path) -> bool:
    """Whether this folder, or its `corpus` folder, holds a corpus."""
    return (folder / MANIFEST).is_file() or (folder / "corpus" / MANIFEST).is_file()


def read_corpus(folder: Path) -> Corpus:
    """The corpus in this folder or in its `corpus` folder; raises InputError where it is broken or too new."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    place = folder if (folder / MANIFEST).is_file() else folder / "corpus"
    try:
        manifest = json.loads((place / MANIFEST).read_text(encoding="utf-8"))
        schema = manifest.get("schema") if isinstance(manifest, dict) else None
        if schema != SCHEMA:
            raise InputError(str(place), f"schema {schema}", f"schema {SCHEMA}", "Build it again.")
        for name in ("documents", "records", "leftovers", "pairs"):
            if not pq.read_schema(place / f"{name}.parquet").equals(_schema(pa, name)):
                raise InputError(
                    str(place), f"other columns in {name}.parquet", "those of this schema", "Build it again."
                )
        return Corpus(
            tuple(_document(row) for row in _rows(place / "documents.parquet")),
            tuple(_record(row) for row in _rows(place / "records.parquet")),
            tuple(Leftover(**_tuples(row)) for row in _rows(place / "leftovers.parquet")),
            tuple(Pair(**_tuples(row)) for row in _rows(place / "pairs.parquet")),
        )
    except InputError:
        raise
    except (OSError, ValueError, TypeError, RecursionError, pa.ArrowException) as error:
        said = " ".join(str(error).split())
        raise InputError(
            str(place), f"a broken corpus ({said})", "what duizhao build wrote", "Build it again."
        ) from error


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a table, some at a time: all at once they would take several times the memory of what is made."""
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(_AT_ONCE):
            for row in batch.to_pylist():
                yield row | {name: intern(row[name]) for name in _REPEATED if isinstance(row.get(name), str)}


def _row(item: Any) -> dict[str, Any]:
    row = {f.name: getattr(item, f.name) for f in fields(item) if f.compare}
    if isinstance(item, Record):
        row["spans"] = [
            {"field": name, "spans": [list(s) for s in spans]} for name, spans in sorted(item.spans.items())
        ]
    return {name: _lists(value) for name, value in row.items()}


def _document(row: dict[str, Any]) -> Document:
    return Document(**{**_tuples(row), "places": tuple(Place(*place) for place in row["places"])})


def _record(row: dict[str, Any]) -> Record:
    spans = {item["field"]: tuple(tuple(s) for s in item["spans"]) for item in row["spans"]}
    return Record(**{**_tuples(row), "spans": spans})


def _lists(value: Any) -> Any:
    return [_lists(v) for v in value] if isinstance(value, tuple) else value


def _tuples(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _tuples(v) if name != "spans" else v for name, v in value.items()}
    return tuple(_tuples(v) for v in value) if isinstance(value, list) else value


def _schema(pa: Any, name: str) -> Any:
    """Arrow's types of a table; without them an empty table would have none."""
    text, number, texts = pa.string(), pa.int64(), pa.list_(pa.string())
    span = pa.list_(number)
    spans = pa.list_(span)
    tables = {
        "documents": {
            "source": text,
            "sha256": text,
            "encoding": text,
            "text": text,
            "notes": texts,
            "format": text,
            "script": text,
            "places": spans,
        },
        "records": {
            **dict.fromkeys(("id", "document", "kind"), text),
            "number": number,
            **dict.fromkeys(("tag", "title_en", "title_zh"), text),
            "authors": texts,
            "authors_truncated": pa.bool_(),
            **dict.fromkeys(("affiliation", "url", "abstract_en", "abstract_zh"), text),
            "key_points_zh": texts,
            **dict.fromkeys(("summary_zh", "commentary_zh", "text_en", "text_zh"), text),
            "authors_en": texts,
            "spans": pa.list_(pa.struct([("field", text), ("spans", spans)])),
        },
        "leftovers": {"document": text, "kind": text, "span": span, "text": text},
        "pairs": {
            **dict.fromkeys(("id", "record", "document", "field"), text),
            "en": texts,
            "zh": texts,
            "spans_en": spans,
            "spans_zh": spans,
            "type": text,
            "score": pa.float64(),
            "probability": pa.float64(),
        },
    }
    return pa.schema(list(tables[name].items()))
