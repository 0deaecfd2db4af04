"""Rows that say what an earlier row said, over all shards: each hash bucket alone, and its lowest row is kept.

A bucket takes the hashes of one range, so that it holds all rows of one key, and memory is that of a bucket. Reading
one means reading the column of every key file: 8 bytes a row, 8 GB for a billion rows, 250 times.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from .errors import InputError
from .files import shown

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

BUCKET_KEYS = 4_000_000  # some 200 MB while one is searched

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
    broken or has no such column.
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

    keys, rows, begin = [np.empty(0, np.uint64)], [np.empty(0, np.int64)], 0
    for path in files:
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


def _broken(path: Path, error: Exception) -> InputError:
    said = " ".join(str(error).split())[:200]
    return InputError(shown(path), f"a broken file of keys ({said})", "a whole one", "Make it again.")
