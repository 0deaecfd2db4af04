"""Documents, records, leftovers and pairs as rows of Parquet files, and back from them."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate as running
from itertools import chain, pairwise
from pathlib import Path
from sys import intern
from typing import TYPE_CHECKING, Any

from .document_parts import is_continued
from .model import Document, Leftover, Pair, Record
from .page import Place
from .store_schema import TABLES, Corpus, columns_of

if TYPE_CHECKING:
    import pyarrow as pa

_AT_ONCE, _GROUP = 2000, 20_000  # rows read and written together
_REPEATED = ("document", "record", "field", "type", "kind")  # columns whose texts come again and again
_OPTIONAL = frozenset(
    """
    number tag title_en title_zh affiliation url abstract_en abstract_zh summary_zh commentary_zh text_en text_zh
    """.split()
)
_CLASSES: dict[str, Callable[..., Any]] = {
    "documents": Document,
    "records": Record,
    "leftovers": Leftover,
    "pairs": Pair,
}
ENDS = b"duizhao.ends"  # key of a documents file: what its first and last document are, see `ends_of`


def write_tables(corpus: Corpus, outputs: Sequence[Path]) -> None:
    """Write a corpus, or a part of one, as four files, for documents, records, leftovers and pairs.

    The same corpus gives the same bytes with the same pyarrow.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    for name, path in zip(TABLES, outputs, strict=True):
        items: tuple[Any, ...] = getattr(corpus, name)
        schema = columns_of(name)
        if name == "documents":
            schema = schema.with_metadata({ENDS: json.dumps(ends_of(corpus.documents), sort_keys=True)})
        with pq.ParquetWriter(path, schema, compression="zstd") as writer:
            for k in range(0, len(items), _GROUP):
                some = items[k : k + _GROUP]
                columns = [pa.array(_cells(some, field.name, name), field.type) for field in schema]
                writer.write_table(pa.Table.from_arrays(columns, schema=schema))


def read_tables(inputs: Sequence[Path]) -> Corpus:
    """The corpus, or part of one, in four files, for documents, records, leftovers and pairs.

    Raises ValueError, TypeError, OSError or an error of Arrow's where a file is broken: `store` says it in words.
    """
    made = {name: tuple(_items(name, path)) for name, path in zip(TABLES, inputs, strict=True)}
    return Corpus(**made)


def ends_of(documents: Sequence[Document]) -> dict[str, Any]:
    """What tells whether a document of one part goes on in the next: kept beside its rows, to be read without them.

    `first` and `last` are source and hash, `continued` whether the first goes on from the part before, `characters`
    how many the last one has here; nothing where there is no document.
    """
    if not documents:
        return {}
    first, last = documents[0], documents[-1]
    return {
        "first": [first.source, first.sha256],
        "last": [last.source, last.sha256],
        "continued": is_continued(first),
        "characters": len(last.text),
    }


def _cells(items: Sequence[Any], field: str, name: str) -> list[Any]:
    if name == "records" and field == "spans":
        return [[{"field": key, "spans": spans} for key, spans in sorted(item.spans.items())] for item in items]
    return [getattr(item, field) for item in items]


def _items(name: str, path: Path) -> Iterator[Any]:
    """The rows of a table, some at a time: all at once they would take several times the memory of what is made."""
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(_AT_ONCE):
            yield from map(_CLASSES[name], *(_column(batch, k, name) for k in range(batch.num_columns)))


def _column(batch: "pa.RecordBatch", number: int, table: str) -> Iterable[Any]:
    import pyarrow as pa

    name, column = batch.schema.names[number], batch.column(number)
    if name not in _OPTIONAL:
        _check_whole(column, name)
    if table == "records" and name == "spans":
        return _named_spans(column)
    if name == "places":
        return (tuple(map(Place._make, places)) for places in _tuples(column, 3))
    if name == "span":
        return _numbers(column, 2)
    if name.startswith("spans"):
        return _tuples(column, 2)
    if pa.types.is_list(column.type):
        return _cut(column, _texts(column.flatten()))
    values: list[Any] = column.to_pylist()
    return map(intern, values) if name in _REPEATED else values


def _texts(column: "pa.Array") -> list[str]:
    _check_whole(column, "texts")
    return column.to_pylist()  # type: ignore[no-any-return]


def _named_spans(column: "pa.Array") -> Iterable[dict[str, tuple[tuple[int, ...], ...]]]:
    items = column.flatten()
    _check_whole(items, "spans")
    names, spans = items.field(0), items.field(1)
    _check_whole(spans, "spans")
    named = list(zip(map(intern, _texts(names)), _tuples(spans, 2), strict=True))
    return map(dict, _cut(column, named))


def _tuples(column: "pa.Array", width: int) -> Iterable[tuple[tuple[int, ...], ...]]:
    return _cut(column, _numbers(column.flatten(), width))


def _numbers(column: "pa.Array", width: int) -> list[tuple[int, ...]]:
    """Lists of so many numbers each, as tuples."""
    _check_whole(column, "spans")
    numbers = column.flatten()
    _check_whole(numbers, "spans")
    if any(length != width for length in column.value_lengths().to_numpy().tolist()):
        raise ValueError(f"a place of other than {width} numbers")
    flat = iter(numbers.to_numpy().tolist())
    return list(zip(*[flat] * width, strict=True))


def _cut(column: "pa.Array", values: list[Any]) -> Iterable[tuple[Any, ...]]:
    """The values of all lists of a column, as a tuple for each list."""
    ends = running(column.value_lengths().to_numpy().tolist())
    return (tuple(values[a:b]) for a, b in pairwise(chain((0,), ends)))


def _check_whole(column: "pa.Array", name: str) -> None:
    if column.null_count:
        raise ValueError(f"{column.null_count} empty cells in column {name}")
