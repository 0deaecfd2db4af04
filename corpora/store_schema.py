"""What a corpus on disk consists of: its tables, their columns, and the number that says which they are."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .model import Document, Leftover, Pair, Record

if TYPE_CHECKING:
    import pyarrow as pa

SCHEMA = 4
SINGLE_FILES = 3  # the schema before: the same columns, but a table was one file
FILTERED = "filter_schema"  # the key that says the same of a folder of `duizhao filter`
FILTER_SCHEMA = 1
MANIFEST = "manifest.json"
TABLES = ("documents", "records", "leftovers", "pairs")
FILTER_TABLES = ("pairs", "signals", "keys", "meaning", "near", "duplicates", "flags")
_SHARD = re.compile(r"[0-9]{7,}\.parquet")


@dataclass(frozen=True, slots=True)
class Corpus:
    """What `duizhao build` made: documents with their records, pairs and leftovers."""

    documents: tuple[Document, ...]
    records: tuple[Record, ...]
    leftovers: tuple[Leftover, ...]
    pairs: tuple[Pair, ...]


def is_table(folder: Path) -> bool:
    """Whether a folder, and no link to one, is a table's by its name and holds nothing but shards."""
    if folder.name not in (*TABLES, *FILTER_TABLES) or folder.is_symlink() or not folder.is_dir():
        return False
    return all(_SHARD.fullmatch(file.name) and file.is_file() and not file.is_symlink() for file in folder.iterdir())


def is_only_corpus(folder: Path) -> bool:
    """Whether a folder, and no link to one, holds a corpus of this schema or one before by its names, and no more."""
    if folder.is_symlink() or not folder.is_dir():
        return False
    files = {MANIFEST, *(f"{name}.parquet" for name in TABLES)}
    held = list(folder.iterdir())
    return all(item.name in files if item.is_file() else item.name in TABLES and is_table(item) for item in held)


def columns_of(name: str) -> "pa.Schema":
    """Arrow's types of a table of `TABLES`, in the order of its class's fields.

    >>> columns_of("leftovers").names
    ['document', 'kind', 'span', 'text']
    """
    import pyarrow as pa

    text, number, texts = pa.string(), pa.int64(), pa.list_(pa.string())
    span = pa.list_(number)
    spans = pa.list_(span)
    tables = {
        "documents": {
            **dict.fromkeys(("source", "sha256", "encoding", "text"), text),
            "notes": texts,
            **dict.fromkeys(("format", "script"), text),
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


def filtered_columns(name: str) -> "pa.Schema":
    """Arrow's types of pairs or flags in a folder of `duizhao filter`."""
    import pyarrow as pa

    if name == "flags":
        return pa.schema([("kept", pa.bool_()), ("reasons", pa.list_(pa.string()))])
    text = dict.fromkeys(("id", "en", "zh", "source"), pa.string())
    return pa.schema([*text.items(), ("row", pa.int64()), ("probability", pa.float64()), ("origin", pa.string())])
