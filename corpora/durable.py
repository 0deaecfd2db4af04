"""A file that is there whole and safely on the disk, or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A path beside `path` to write to; leaving the block puts it in its place, an error leaves what was there.

    What was written is on the disk before the name is given to it (fsync of file and folder), so that after a crash
    the name leads to the old file or to the whole new one. Raises OSError as the writing does: a full disk, too.

    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with whole_file(Path(folder) / "otters.txt") as new:
    ...         _ = new.write_text("two")
    ...     (Path(folder) / "otters.txt").read_text()
    'two'
    """
    handle, name = tempfile.mkstemp(prefix=".duizhao-", suffix=path.suffix, dir=path.parent)
    os.close(handle)
    new = Path(name)
    try:
        yield new
        sync(new)
        os.chmod(new, 0o666 & ~_umask())  # mkstemp's files are private, those of open() are not
        os.replace(new, path)
        sync(path.parent)
    finally:
        new.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Have the disk hold what was written to a file, or the names in a folder."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _umask() -> int:
    """The mask of this process; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
