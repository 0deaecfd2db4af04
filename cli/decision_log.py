"""The log of decisions: a line for each, on the disk before anybody is told that it is saved."""

import contextlib
import errno
import os
import stat
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

from duizhao.corpora import InputError
from duizhao.corpora.files import LIMIT_BYTES, limited_bytes, shown
from duizhao.decision_reading import HEADER, Logged, checked_member, read_log
from duizhao.reports import json_line

NAME = "decisions.jsonl"
_HEADER = HEADER.encode() + b"\n"
_FLAGS = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)


class DecisionLog:
    """A log that one program at a time adds to; it is locked until it is closed, or the program is gone."""

    def __init__(self, path: Path) -> None:
        """Open it, or make it. Raises InputError where it is no log, where another program has it, or no file can be.

        `notes` say what was left out of it, a sentence each.
        """
        self.path = path
        self._guard = threading.Lock()
        try:
            self._file = os.open(path, _FLAGS, 0o666)
        except OSError as error:
            raise InputError(shown(path), f"cannot be written ({error.strerror})", "a log of decisions") from error
        self._open = True
        try:
            _lock(self._file, shown(path))
            data = self._read()
            # A log that broke off in its first line, or has none yet, holds no decision.
            if _HEADER.startswith(data) and data != _HEADER:
                self._begin()
                data = _HEADER
            logged: Logged = read_log(data, shown(path))
        except OSError as error:
            self.close()
            raise InputError(shown(path), f"cannot be written ({error.strerror})", "a log of decisions") from error
        except BaseException:
            self.close()
            raise
        self.notes, self._latest = logged.notes, logged.members
        self._whole = data.endswith(b"\n")

    def add(self, row: object) -> None:
        """Write one member of the JSON form; it is on the disk on return.

        Raises InputError for anything else than a member, and OSError where the disk refuses: then nothing was added.
        """
        member = checked_member(row, "the decision")
        line = json_line(member.values).encode("utf-8") + b"\n"
        with self._guard:
            self._append(line)
            self._latest.pop(member.key, None)
            if not member.empty:
                self._latest[member.key] = member

    def latest(self) -> list[dict[str, str | int]]:
        """The latest decision about each thing, the latest last; what was taken back is not among them."""
        with self._guard:
            return [member.values for member in self._latest.values()]

    def close(self) -> None:
        """Let another program have it, once what is being written is there; a second time nothing happens."""
        with self._guard:
            if self._open:
                self._open = False
                os.close(self._file)

    def __enter__(self) -> Self:
        """Give it, open."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def _read(self) -> bytes:
        if not stat.S_ISREG(os.fstat(self._file).st_mode):
            raise InputError(shown(self.path), "not a regular file", "a log of decisions")
        with os.fdopen(os.dup(self._file), "rb") as handle:
            return limited_bytes(handle, shown(self.path))

    def _begin(self) -> None:
        """Write the first line, and see that the folder knows of the file after a crash too."""
        os.ftruncate(self._file, 0)
        self._whole = True
        self._append(_HEADER)
        with contextlib.suppress(OSError):  # Windows opens no folders
            folder = os.open(self.path.absolute().parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)

    def _append(self, line: bytes) -> None:
        """Put a line at the end and wait for the disk; where it refuses, what was there before is all that is there."""
        if not self._open:
            raise OSError(errno.ESHUTDOWN, "the server has ended")
        before = os.fstat(self._file)
        if not _is_at(before, self.path):
            raise OSError(errno.ESTALE, f"{NAME} was removed or replaced meanwhile; start duizhao review again")
        data = line if self._whole else b"\n" + line
        if before.st_size + len(data) > LIMIT_BYTES:
            raise OSError(errno.EFBIG, f"{NAME} is full; take its decisions over, and move it away")
        try:
            if os.write(self._file, data) < len(data):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(self._file)
        except OSError:
            whole, self._whole = self._whole, False  # what cannot be cut off is ended by the next decision
            with contextlib.suppress(OSError):
                os.ftruncate(self._file, before.st_size)
                self._whole = whole
            raise
        self._whole = True


def _is_at(file: os.stat_result, path: Path) -> bool:
    try:
        return os.path.samestat(file, path.stat())
    except OSError:
        return False


def _lock(file: int, name: str) -> None:
    """Keep other programs out; the system lets go of the lock however this one ends. Windows has no such lock."""
    if sys.platform == "win32":
        return
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        found = "another duizhao review is writing into it"
        raise InputError(name, found, "one at a time", "Use its page, or end it first.") from error
