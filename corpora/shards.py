"""A table in shards: Parquet files of some rows each, in one folder, in order."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from .durable import whole_file
from .errors import InputError

if TYPE_CHECKING:
    import pyarrow as pa

SHARD_ROWS = 50_000


def shard_name(number: int, ending: str = ".parquet") -> str:
    """The file name of a shard, by its number from 0; names sort as the numbers do.

    >>> shard_name(7), shard_name(123456)
    ('0000007.parquet', '0123456.parquet')
    """
    return f"{number:07d}{ending}"


def shards_of(folder: Path) -> list[Path]:
    """The shards of a table, in order; raises InputError where one of them is missing."""
    found = sorted(path for path in folder.glob("*.parquet") if path.stem.isdigit())
    for number, path in enumerate(found):
        if path.name != shard_name(number):
            raise InputError(str(folder), f"no {shard_name(number)} before {path.name}", "all shards", "Make it again.")
    return found


def write_shard(table: "pa.Table", path: Path) -> None:
    """Write one shard whole, packed with zstd: the same table gives the same bytes with the same pyarrow."""
    import pyarrow.parquet as pq

    with whole_file(path) as new:
        pq.write_table(table, new, compression="zstd", row_group_size=SHARD_ROWS)


def read_shards(folder: Path, columns: list[str] | None = None) -> Iterator["pa.Table"]:
    """The shards of a table one by one, all columns or some; raises InputError where one is broken."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    for path in shards_of(folder):
        try:
            yield pq.read_table(path, columns=columns)
        except (pa.ArrowException, OSError, KeyError) as error:
            said = " ".join(str(error).split())[:200]
            raise InputError(str(path), f"a broken shard ({said})", "a whole one", "Make it again.") from error
