"""Files written whole or not at all."""

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO


@contextmanager
def replacing(path: Path) -> Iterator[TextIO]:
    """A text handle (UTF-8, "\\n"); on leaving the block, its contents take the place of `path` in one step.

    On any exception `path` stays as it was and nothing is left beside it. Links are written through. A device
    or pipe (/dev/null, /dev/stdout) has no "before" to keep and is written directly. Raises OSError, with the
    name of the target or its folder.
    """
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, "a folder stands where the file should be written", str(path))
    if not target.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, "there is no such folder to write in", str(target.parent))
    if target.exists() and not target.is_file():
        with target.open("w", encoding="utf-8", newline="\n") as handle:
            yield handle
        return
    # The prefix is not the target's name: that may have 255 bytes already.
    descriptor, name = tempfile.mkstemp(prefix=".duizhao-", suffix=".tmp", dir=target.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as handle:
            yield handle
            handle.flush()
            os.fsync(handle.fileno())
        if target.exists():
            shutil.copymode(target, name)
        else:
            os.chmod(name, 0o666 & ~_umask())
        os.replace(name, target)
    except BaseException:
        os.unlink(name)
        raise


def _umask() -> int:
    # subtle: the mask can only be read by setting it; mkstemp ignores it and makes files private.
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
