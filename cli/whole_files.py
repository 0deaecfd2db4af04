"""Several files replaced together: all of them whole, or none."""

import contextlib
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from duizhao.corpora.durable import work_folder
from duizhao.corpora.errors import InputError
from duizhao.corpora.files import shown


def check_target(path: Path, do: str = "Name another.") -> None:
    """Raise InputError where no file can be written: a folder or pipe stands there, a link that leads to itself, or
    there is no folder for it."""
    place = Path(os.path.realpath(path))
    if place.is_symlink() or (place.exists() and not place.is_file()) or not place.parent.is_dir():
        raise InputError(shown(path), "no place for a file", "a file in a folder that exists", do)


def replace_files(files: Mapping[Path, bytes]) -> None:
    """Write these bytes to these paths, each by renaming; where one fails, those before it get back what they held.

    A link is followed: the file that it leads to is replaced, the link stays.
    """
    done: list[tuple[Path, Path | None]] = []
    with contextlib.ExitStack() as stack:
        ready: list[tuple[Path, Path, Path]] = []
        for path, data in files.items():
            check_target(path)
            target = Path(os.path.realpath(path))
            folder = stack.enter_context(work_folder(target.parent))
            (folder / "new").write_bytes(data)
            if target.exists():
                shutil.copymode(target, folder / "new")
                shutil.copy2(target, folder / "old")
            ready.append((target, folder / "new", folder / "old"))
        try:
            for target, new, old in ready:
                os.replace(new, target)
                done.append((target, old if old.exists() else None))
        except OSError:
            for target, before in done:
                with contextlib.suppress(OSError):
                    if before:
                        os.replace(before, target)
                    else:
                        target.unlink()
            raise
