"""Folders that get all of their new files, or none where the work failed."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from duizhao.corpora.durable import work_folder
from duizhao.corpora.errors import InputError
from duizhao.corpora.store_schema import MANIFEST, is_only_corpus


def check_folder(folder: Path) -> Path:
    """The folder that `folder` leads to; raises InputError where none can stand there."""
    target = Path(os.path.realpath(folder))
    if target.exists() and not target.is_dir():
        raise InputError(str(folder), "a file", "a folder to write into", "Name another -o.")
    if not target.parent.is_dir():
        raise InputError(str(folder.parent), "no such folder", "a folder to write into", "Make it first.")
    return target


_PAGE = re.compile(r"\d{4,}\.html")  # of a report of many pages
_MADE = b'<meta name="generator" content="duizhao">'  # near the top of each


@contextmanager
def published(folder: Path) -> Iterator[Path]:
    """An empty folder in or beside the target; leaving the block moves its contents there, an error discards them."""
    target = check_folder(folder)
    # In the target where there is one: it may lie on another disk than its parent, and renaming stays on one.
    with work_folder(target if target.is_dir() else target.parent) as work:
        new, old = work / "new", work / "old"
        new.mkdir()
        old.mkdir()
        yield new
        for item in new.iterdir():
            check_replaceable(target / item.name, item, str(folder / item.name))
        target.mkdir(exist_ok=True)
        for item in sorted(new.iterdir()):
            place = target / item.name
            if place.is_dir():  # a corpus of an earlier run: renaming cannot replace a full folder
                os.replace(place, old / item.name)
            os.replace(item, place)


def are_pages(folder: Path) -> bool:
    """Whether a folder, and no link to one, holds pages of a report and nothing else."""
    files = list(folder.iterdir()) if folder.is_dir() and not folder.is_symlink() else []
    return bool(files) and all(_is_page(file) for file in files)


def _is_page(file: Path) -> bool:
    if not _PAGE.fullmatch(file.name) or file.is_symlink() or not file.is_file():
        return False
    with file.open("rb") as handle:
        return _MADE in handle.read(4096)


def _is_ours(place: Path, new: set[str]) -> bool:
    """Whether a folder holds nothing but what an earlier run wrote, which `new` are to replace."""
    if place.is_symlink() or not place.is_dir():
        return False
    held = {file.name for file in place.iterdir()}
    # A report may have had more pages before than it has now, and anybody may call a file 0001.html.
    if any(_PAGE.fullmatch(name) for name in new):
        return not held or are_pages(place)
    # A corpus may have had more parts, or another schema: then its tables were files where they are folders now.
    return is_only_corpus(place) if MANIFEST in new else held <= new


def check_replaceable(place: Path, item: Path, shown: str) -> None:
    """Raise InputError where replacing `place` by `item` would take something that no earlier run wrote."""
    if item.is_dir() and (place.exists() or place.is_symlink()):
        if not _is_ours(place, {file.name for file in item.iterdir()}):
            raise InputError(shown, "not what duizhao wrote", "room for a folder", "Name another -o.")
    elif item.is_file() and place.is_dir():
        raise InputError(shown, "a folder", "room for a file", "Name another -o.")
