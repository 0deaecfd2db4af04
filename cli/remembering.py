"""What an audit remembers, in its output folder: the next run into it works out only what changed."""

import gzip
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from duizhao.align import load_encoder
from duizhao.histories import load_history
from duizhao.metrics.remembered import Remembered
from duizhao.pipeline import Options

NAME = ".duizhao-remembered"
_LIMIT = 500_000_000  # bytes unpacked: over 100,000 records


def earlier(folder: Path | None, options: Options) -> Remembered:
    """What an earlier run left in a folder; what is not there, or cannot be read, is not remembered."""
    settings = f"{load_encoder().signature} shipped:{options.shipped_termbase}" if options.encoder else "none"
    if options.encoder and options.histories:
        settings += f" history:{load_history(options.histories).signature}"
    path = folder / NAME if folder else None
    if path is None or not path.is_file():
        return Remembered(settings=settings)
    try:
        return Remembered(_lines(path), settings)
    except (OSError, EOFError, ValueError, RecursionError, zlib.error):
        return Remembered(settings=settings)


def write_remembered(path: Path, lines: Iterable[str]) -> None:
    """Write the lines of a `Remembered`; the same lines give the same bytes."""
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 1, raw, mtime=0) as handle:
        for line in lines:
            handle.write(line.encode("ascii") + b"\n")


def _lines(path: Path) -> Iterator[str]:
    size = 0
    with gzip.open(path, "rt", encoding="ascii", newline="\n") as handle:
        while line := handle.readline(_LIMIT - size):
            size += len(line)
            if size >= _LIMIT:
                return
            yield line.rstrip("\n")
