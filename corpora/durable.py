"""A file that is there whole and safely on the disk, or not at all."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

UNFINISHED = ".duizhao-tmp-"  # begins the names of what is being made; if its maker is killed, it stays
_DAY = 24 * 60 * 60  # seconds; no run is at one of its outputs for so long


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A path beside `path` to write to; leaving the block puts it in its place, an error leaves what was there.

    What was written is on the disk before the name is given to it (fsync of file and folder), so that after a crash
    the name leads to the old file or to the whole new one. A link is followed: the file that it leads to is replaced.
    Raises OSError as the writing does: a full disk, too.

    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with whole_file(Path(folder) / "otters.txt") as new:
    ...         _ = new.write_text("two")
    ...     (Path(folder) / "otters.txt").read_text()
    'two'
    """
    path = Path(os.path.realpath(path))
    handle, name = tempfile.mkstemp(prefix=UNFINISHED, suffix=path.suffix, dir=path.parent)
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


@contextmanager
def work_folder(parent: Path) -> Iterator[Path]:
    """A folder in `parent` for what is to be moved from there when it is whole; removed with what is left in it."""
    sweep(parent)
    with tempfile.TemporaryDirectory(prefix=UNFINISHED, dir=parent, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def sweep(folder: Path) -> None:
    """Remove what makers that were killed left unfinished in a folder more than a day ago."""
    for left in folder.glob(f"{UNFINISHED}*"):
        with suppress(OSError):
            if time.time() - left.lstat().st_mtime < _DAY:
                continue
            if left.is_dir() and not left.is_symlink():
                shutil.rmtree(left)
            else:
                left.unlink()


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
