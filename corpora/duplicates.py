"""Rows that say what an earlier row said, over all shards: each hash bucket alone, and its lowest row is kept.

A bucket takes the hashes of one range, so that it holds all rows of one key, and memory is that of a bucket. Reading
one from the row-by-row key files means reading their column: 8 bytes a row, 8 GB for a billion rows, 250 times. For
that size `gather_keys` sorts a run of some hundred key files into row groups, one a bucket (12 bytes a row, written
once), and `find_duplicates` then reads of each file its bucket only; it takes both kinds, and gives the same table.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from .durable import whole_file
from .errors import InputError
from .files import shown

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

BUCKET_KEYS = 4_000_000  # some 200 MB while one is searched
_BUCKETS, _ROWS = b"duizhao.buckets", b"duizhao.rows"  # in the metadata of gathered keys

Column = Literal["exact", "normal", "en", "zh"]  # or any other column of uint64


def buckets_for(rows: int) -> int:
    """How many buckets so many rows need, at least one.

    >>> buckets_for(0), buckets_for(1_000_000), buckets_for(1_000_000_000)
    (1, 1, 250)
    """
    return max(1, -(-rows // BUCKET_KEYS))


def find_duplicates(key_files: Sequence[Path], column: str, bucket: int, buckets: int) -> "pa.Table":
    """The rows of one bucket whose key an earlier row has: columns row and first (int64), sorted by row.

    Rows are counted from 0 over all files, in their order; `first` is the lowest row with that key. Neither the size
    of shards nor the number of buckets matters for what all buckets together say. Raises InputError for a file that is
    broken, has no such column, or was gathered for another column or number of buckets.
    """
    import numpy as np
    import pyarrow as pa

    keys, rows = _bucket(key_files, column, bucket, buckets)
    order = np.argsort(keys, kind="stable")  # rows are ascending: the first of each run of equal keys is the lowest
    keys, rows = keys[order], rows[order]
    begins = np.ones(len(keys), bool)
    begins[1:] = keys[1:] != keys[:-1]
    firsts = rows[begins][np.cumsum(begins) - 1] if len(keys) else rows
    again, firsts = rows[~begins], firsts[~begins]
    order = np.argsort(again)
    return pa.table({"row": pa.array(again[order], pa.int64()), "first": pa.array(firsts[order], pa.int64())})


def gather_keys(key_files: Sequence[Path], column: str, buckets: int, path: Path) -> int:
    """Write the keys of a run of key files so that a bucket can be read alone, whole or not at all; the rows in it.

    One row group a bucket, in order: key (uint64) and row (uint32, from 0 within the run), sorted by row.
    """
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    parts = [_column(file, column) for file in key_files]
    keys = np.concatenate(parts) if parts else np.empty(0, np.uint64)
    numbers = _buckets_of(keys, buckets)
    order = np.argsort(numbers, kind="stable")
    bounds = np.searchsorted(numbers[order], np.arange(buckets + 1))
    said = {_BUCKETS: f"{column} {buckets}".encode(), _ROWS: str(len(keys)).encode()}
    schema = pa.schema([("key", pa.uint64()), ("row", pa.uint32())], metadata=said)
    with whole_file(path) as new, pq.ParquetWriter(new, schema, compression="zstd", use_dictionary=False) as writer:
        for begin, end in pairwise(bounds):
            some = order[begin:end]
            group = pa.table([pa.array(keys[some]), pa.array(some.astype(np.uint32))], schema=schema)
            writer.write_batch(group.combine_chunks().to_batches()[0] if len(some) else _nothing(schema))
    return len(keys)


def duplicate_rows(bucket_files: Iterable[Path], begin: int, end: int) -> "npt.NDArray[np.bool_]":
    """For each of the rows `begin` to `end` (counted from 0 over all shards) whether it is a duplicate.

    `bucket_files` hold what `find_duplicates` gave; of each only the row groups that these rows may be in are read.
    Raises InputError for a broken one.
    """
    import numpy as np

    marks = np.zeros(end - begin, bool)
    for path in bucket_files:
        for rows in _rows_between(path, begin, end):
            marks[rows[(rows >= begin) & (rows < end)] - begin] = True
    return marks


def _rows_between(path: Path, begin: int, end: int) -> "Iterable[npt.NDArray[np.int64]]":
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            for number in range(file.num_row_groups):
                about = file.metadata.row_group(number).column(0).statistics
                if about is None or (about.has_min_max and about.max >= begin and about.min < end):
                    yield file.read_row_group(number, columns=["row"])["row"].to_numpy()
    except (pa.ArrowException, OSError, KeyError) as error:
        raise _broken(path, error) from error


def _bucket(files: Sequence[Path], column: str, bucket: int, buckets: int) -> "tuple[Any, Any]":
    """The keys of a bucket and their rows, in the order of rows."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    keys, rows, begin = [np.empty(0, np.uint64)], [np.empty(0, np.int64)], 0
    for path in files:
        try:
            with pq.ParquetFile(path) as file:
                said = file.schema_arrow.metadata or {}
                if _BUCKETS in said:
                    if said[_BUCKETS] != f"{column} {buckets}".encode():
                        found = f"keys gathered for {said[_BUCKETS].decode()}"
                        raise InputError(shown(path), found, f"{column} {buckets}", "Gather them again.")
                    group = file.read_row_group(bucket)
                    keys.append(group["key"].to_numpy())
                    rows.append(group["row"].to_numpy().astype(np.int64) + begin)
                    begin += int(said[_ROWS])
                    continue
        except (pa.ArrowException, OSError, KeyError) as error:
            raise _broken(path, error) from error
        all_of_them = _column(path, column)
        mine = np.flatnonzero(_buckets_of(all_of_them, buckets) == bucket)
        keys.append(all_of_them[mine])
        rows.append(mine + begin)
        begin += len(all_of_them)
    return np.concatenate(keys), np.concatenate(rows)


def _buckets_of(keys: Any, buckets: int) -> Any:
    """The bucket of each key: ranges of equal width, by the upper half of the hash."""
    import numpy as np

    return ((keys >> np.uint64(32)) * np.uint64(buckets)) >> np.uint64(32)


def _column(path: Path, column: str) -> Any:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.read_table(path, columns=[column])[column].to_numpy()
    except (pa.ArrowException, OSError, KeyError) as error:
        raise _broken(path, error) from error


def _nothing(schema: "pa.Schema") -> "pa.RecordBatch":
    import pyarrow as pa

    return pa.RecordBatch.from_pylist([], schema=schema)


def _broken(path: Path, error: Exception) -> InputError:
    said = " ".join(str(error).split())[:200]
    return InputError(shown(path), f"a broken file of keys ({said})", "a whole one", "Make it again.")
