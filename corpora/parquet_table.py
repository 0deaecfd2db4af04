"""Parquet files as rows of named cells, and aligned units as Parquet."""

import io
from collections.abc import Sequence
from typing import Any, BinaryIO

from .errors import InputError, LimitError
from .rows import Cell, Row, Table, Unit
from .unit_lines import unit_columns, unit_values

LIMIT_CELLS = 20_000_000
LIMIT_BYTES = 2 * 1024**3  # unpacked, as the file says
_BATCH = 4096  # rows made into Python objects at a time


def read_parquet(data: bytes, source: str) -> Table:
    """The rows of a Parquet file; a cell's line is the number of its row, from 1, its column that of its leaf.

    Texts, numbers and truth values ("true", "false") become cells, fields of a struct cells called outer.inner, each
    item of a list of texts a cell of the list's name; null gives no cell. Columns of other types are left out and
    named in the notes. Raises InputError for what is no whole Parquet file, and, naming the types, where no column
    can be read; LimitError over 20,000,000 cells or 2 GiB unpacked.

    >>> read_parquet(b"PAR1", "a.parquet")
    Traceback (most recent call last):
    duizhao.corpora.errors.InputError: a.parquet: 4 bytes; wanted a whole Parquet file. Fetch it again.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    if data[:4] != b"PAR1":
        found = f"a file that begins with {data[:4]!r}" if data else "an empty file"
        raise InputError(source, found, "a Parquet file, which begins with b'PAR1'", "Is it named rightly?")
    if len(data) < 12:
        raise InputError(source, f"{len(data)} bytes", "a whole Parquet file", "Fetch it again.")
    try:
        with pq.ParquetFile(io.BytesIO(data)) as file:
            _check_size(file.metadata, source)
            return _table(file, source)
    except InputError:
        raise
    except (pa.ArrowException, OSError, ValueError, KeyError, TypeError, OverflowError, MemoryError) as error:
        reason = " ".join(str(error).split())[:100]
        raise InputError(source, f"a broken Parquet file ({reason})", "a whole one", "Fetch it again.") from error


def write_parquet(units: Sequence[Unit], handle: BinaryIO) -> None:
    """Write columns of texts, packed with zstd: id, en, zh, then all names of the origins, sorted; missing is null.

    Raises InputError, naming the unit, before anything is written.

    >>> handle = io.BytesIO()
    >>> write_parquet([Unit("Tea.", "茶。", "a1")], handle)
    >>> [cell.text for cell in read_parquet(handle.getvalue(), "a.parquet").rows[0]]
    ['a1', 'Tea.', '茶。']
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    names = unit_columns(units)
    values = [unit_values(unit, number) for number, unit in enumerate(units, 1)]
    columns = {name: pa.array([row.get(name) for row in values], pa.large_string()) for name in names}
    pq.write_table(pa.table(columns), handle, compression="zstd")


def _check_size(metadata: Any, source: str) -> None:
    cells = metadata.num_rows * metadata.num_columns
    size = sum(metadata.row_group(number).total_byte_size for number in range(metadata.num_row_groups))
    if cells > LIMIT_CELLS or size > LIMIT_BYTES:
        raise LimitError(
            source,
            f"{cells:,} cells of {size:,} bytes",
            f"at most {LIMIT_CELLS:,} cells and {LIMIT_BYTES // 2**30} GiB",
            "Split it.",
        )


def _table(file: Any, source: str) -> Table:
    """The leaves that can be read; all rows, some thousand at a time."""
    import pyarrow as pa

    leaves = _flat(pa.Table.from_batches([], schema=file.schema_arrow)).schema
    readable = [_is_readable(leaf.type) for leaf in leaves]
    types = ", ".join(f"{leaf.name!r} ({leaf.type})" for leaf, good in zip(leaves, readable, strict=True) if not good)
    if not any(readable):
        raise InputError(source, f"no column of texts: {types or 'none at all'}", "columns of texts")
    names = [leaf.name for leaf, good in zip(leaves, readable, strict=True) if good]
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise InputError(source, f"two columns called {doubled[0]!r}", "a name for each", "Rename one.")
    rows: list[Row] = []
    for batch in file.iter_batches(batch_size=_BATCH):
        flat = _flat(pa.Table.from_batches([batch]))
        columns = [
            (name, number, column.to_pylist())
            for number, (name, column, good) in enumerate(zip(leaves.names, flat.columns, readable, strict=True), 1)
            if good
        ]
        for index in range(flat.num_rows):
            line = len(rows) + 1
            rows.append(
                tuple(
                    Cell(name, text, line, number) for name, number, values in columns for text in _texts(values[index])
                )
            )
    notes = [f"{readable.count(False)} columns were left out, no texts or numbers: {types}"] if types else []
    return Table("Parquet", tuple(rows), tuple(notes))


def _flat(table: Any) -> Any:
    """The table with the fields of structs as columns called outer.inner."""
    import pyarrow as pa

    while any(pa.types.is_struct(column.type) for column in table.schema):
        table = table.flatten()
    return table


def _is_readable(kind: Any) -> bool:
    """Whether values of this type are texts, numbers, truth values or lists of texts."""
    import pyarrow as pa

    is_ = pa.types
    if is_.is_list(kind) or is_.is_large_list(kind) or is_.is_fixed_size_list(kind):
        return _is_text(kind.value_type)
    number = is_.is_integer(kind) or is_.is_floating(kind) or is_.is_decimal(kind)
    return bool(_is_text(kind) or number or is_.is_boolean(kind) or is_.is_null(kind))


def _is_text(kind: Any) -> bool:
    import pyarrow as pa

    is_ = pa.types
    if is_.is_dictionary(kind):
        return _is_text(kind.value_type)
    return bool(is_.is_string(kind) or is_.is_large_string(kind) or is_.is_string_view(kind))


def _texts(value: object) -> list[str]:
    """The cells of one value: one each, none for null, as many as it holds for a list."""
    if value is None:
        return []
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [item for item in value if isinstance(item, str)]
    return [str(value).lower() if isinstance(value, bool) else str(value)]
