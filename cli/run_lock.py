"""One run at a time in an output folder: a lock that falls away with its process, however that ends."""

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from duizhao.completion import RUN
from duizhao.corpora.errors import InputError

_TRIES, _PAUSE = 5, 0.05  # `status` takes the lock for a moment to see whether it is free


@contextmanager
def run_lock(folder: Path) -> Iterator[None]:
    """Hold the lock of an output folder, which is made if need be; raises InputError where another run holds it."""
    place = folder / RUN / "lock"
    place.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(place, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        for left in reversed(range(_TRIES)):
            if _is_taken_now(handle, place):
                break
            if not left:
                named = f" (process {owner})" if (owner := _written(handle)) else ""
                found = f"another run{named} writes here"
                raise InputError(str(folder), found, "one run at a time", "Wait for it, or name another -o.")
            time.sleep(_PAUSE)
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, str(os.getpid()).encode("ascii"))
        try:
            yield
        finally:
            with contextlib.suppress(OSError):
                os.ftruncate(handle, 0)
    finally:
        os.close(handle)


def running(folder: Path) -> int | None:
    """The process whose run holds the lock of an output folder, 0 if it has not said its number; None if none does."""
    try:
        handle = os.open(folder / RUN / "lock", os.O_RDWR)
    except OSError:
        return None
    try:
        return None if _is_taken_now(handle, folder) else _written(handle)
    finally:
        os.close(handle)


def _written(handle: int) -> int:
    os.lseek(handle, 0, os.SEEK_SET)
    number = os.read(handle, 20)
    return int(number) if number.isdigit() else 0


if sys.platform == "win32":
    import msvcrt

    def _is_taken_now(handle: int, place: Path) -> bool:
        os.lseek(handle, 1000, os.SEEK_SET)  # what is locked cannot be read by others: not where the number stands
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _is_taken_now(handle: int, place: Path) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:  # some cluster disks are mounted without
            raise InputError(str(place), f"a disk without file locks ({error.strerror})", "one with them") from error
        return True
