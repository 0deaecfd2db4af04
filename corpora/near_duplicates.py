"""Pairs that differ in a word or two: signatures of their letter runs (MinHash), candidates by bands of them.

Broder 1997, "On the resemblance and containment of documents"; banding after Leskovec, Rajaraman and Ullman, "Mining of
Massive Datasets", chapter 3. The signatures are those of `rensa` (extra `near`).
"""

from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .duplicate_keys import normals
from .duplicates import find_duplicates
from .errors import InputError
from .files import shown

if TYPE_CHECKING:
    import pyarrow as pa

LEAST_SIMILARITY = 0.7  # of the letter runs of two pairs, as their signatures estimate it
NUMBERS = 64  # of a signature; the estimate's standard error is at most 0.06
BANDS = tuple(f"band{number:02d}" for number in range(16))  # four numbers each: found with 98.8 % from .7 on
_SEED = 20  # any; part of what a signature means
_RUN_EN, _RUN_ZH = 4, 2  # letters a run
_SLICE = 5000
_VERIFIED = 100_000  # candidates whose signatures are held at a time: 50 MB


def near_keys(pairs: "pa.Table") -> "pa.Table":
    """For each row of a table with columns en and zh its signature (64 × uint32), and 16 bands of it (uint64).

    What is compared are the runs of 4 letters of the normal English and of 2 of the normal Chinese (see
    `duplicate_keys.normal`), as sets. Two rows with a band in common are candidates: `find_duplicates` finds them, a
    band a column. Raises InputError where rensa is not installed.
    """
    import numpy as np
    import pyarrow as pa

    minhash = _rensa()
    parts = [np.empty((0, NUMBERS), np.uint32)]
    for begin in range(0, pairs.num_rows, _SLICE):
        some = pairs.slice(begin, _SLICE)
        sides = [normals([text or "" for text in some[name].to_pylist()]) for name in ("en", "zh")]
        hashes, ends = _runs(*sides)
        matrix = minhash.digest_matrix_from_flat_token_hashes(hashes, ends, NUMBERS, _SEED)
        parts.append(np.array(matrix.to_rows(), np.uint32).reshape(-1, NUMBERS))
    signatures = np.concatenate(parts)
    signature = pa.FixedSizeListArray.from_arrays(pa.array(signatures.ravel(), pa.uint32()), NUMBERS)
    each = NUMBERS // len(BANDS)
    bands = {
        name: pa.array(_mixed(signatures[:, number * each : (number + 1) * each].astype(np.uint64)))
        for number, name in enumerate(BANDS)
    }
    return pa.table({"signature": signature, **bands})


def near_duplicates(
    near_files: Sequence[Path], bucket: int, buckets: int, least: float = LEAST_SIMILARITY
) -> "pa.Table":
    """Rows that are nearly an earlier row: columns row and first (int64), sorted by row, as of `find_duplicates`.

    Candidates are the rows of one bucket of each band with the lowest row there; those stay whose signatures agree in
    `least` of their numbers (0..1). All buckets together give all; a row may come in several.
    """
    import numpy as np
    import pyarrow as pa

    found = [find_duplicates(near_files, band, bucket, buckets) for band in BANDS]
    rows, firsts = (np.concatenate([table[name].to_numpy() for table in found]) for name in ("row", "first"))
    both = np.unique(np.stack([rows, firsts], axis=1), axis=0)
    sure = [both[:0]]
    for begin in range(0, len(both), _VERIFIED):
        some = both[begin : begin + _VERIFIED]
        wanted, places = np.unique(some, return_inverse=True)
        signatures = _signatures(near_files, wanted)
        one, other = signatures[places.reshape(some.shape)].transpose(1, 0, 2)
        sure.append(some[(one == other).mean(axis=1) >= least])
    kept = np.concatenate(sure)
    _, begins = np.unique(kept[:, 0], return_index=True)  # sorted by row and first: the lowest first of each row
    return pa.table({name: pa.array(kept[begins, k], pa.int64()) for k, name in enumerate(("row", "first"))})


def _signatures(files: Iterable[Path], wanted: Any) -> Any:
    """The signatures of some rows, counted from 0 over all files and sorted."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    parts, begin = [np.empty((0, NUMBERS), np.uint32)], 0
    for path in files:
        try:
            end = begin + pq.read_metadata(path).num_rows
            mine = wanted[np.searchsorted(wanted, begin) : np.searchsorted(wanted, end)] - begin
            if len(mine):
                column = pq.read_table(path, columns=["signature"])["signature"].combine_chunks()
                parts.append(column.flatten().to_numpy().reshape(-1, NUMBERS)[mine])
        except (pa.ArrowException, OSError, KeyError) as error:
            said = " ".join(str(error).split())[:200]
            raise InputError(shown(path), f"broken signatures ({said})", "whole ones", "Make them again.") from error
        begin = end
    return np.concatenate(parts)


def _runs(english: Sequence[str], chinese: Sequence[str]) -> tuple[Any, Any]:
    """Hashes of all runs of letters, row by row, and where each row's begin and end among them."""
    import numpy as np

    hashes, rows = [], []
    for texts, size in ((english, _RUN_EN), (chinese, _RUN_ZH)):
        lengths = np.array([len(text) for text in texts], np.int64)
        # Blanks after each text give one of fewer letters a run, too; they are in no normal text.
        padded = "".join([text + " " * size for text in texts]).encode("utf-32-le", "surrogatepass")
        codes = np.frombuffer(padded, np.uint32).astype(np.uint64)
        windows = np.stack([codes[k : len(codes) - size + 1 + k] for k in range(size)], axis=1)
        counts = np.where(lengths > 0, np.maximum(lengths - size + 1, 1), 0)
        begins = np.cumsum(lengths + size) - (lengths + size)
        row = np.repeat(np.arange(len(texts)), counts)
        at = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts) + begins[row]
        hashes.append(_mixed(windows[at]))
        rows.append(row)
    row = np.concatenate(rows)
    order = np.argsort(row, kind="stable")
    bounds = np.searchsorted(row[order], np.arange(len(english) + 1))
    return np.concatenate(hashes)[order], bounds.astype(np.uint64)


def _mixed(numbers: Any) -> Any:
    """A hash of each row of uint64 numbers: splitmix64 (Steele, Lea and Flood 2014) over them."""
    import numpy as np

    value = np.zeros(len(numbers), np.uint64)
    for column in numbers.T:
        value = (value ^ column) + np.uint64(0x9E3779B97F4A7C15)
        value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        value ^= value >> np.uint64(31)
    return value


def _rensa() -> Any:
    try:
        return import_module("rensa").RMinHash
    except ImportError as error:
        found = "near-duplicates are asked for, and rensa is not installed"
        raise InputError("filters", found, "rensa", "Run: pip install 'duizhao[near]'") from error
