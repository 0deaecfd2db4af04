"""Which findings a user wants to hear of: rules, paths, findings let stand, and those known before."""

import os
from dataclasses import dataclass
from fnmatch import fnmatchcase

from duizhao.baseline import read_baseline
from duizhao.ignore_file import read_ignore_file


@dataclass(frozen=True, slots=True)
class Choice:
    """What a user wants to hear of; files are read when findings are handled.

    `path_ignores` are patterns of whole paths (* is any text, / too), each with codes of rules.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    path_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    ignore_files: tuple[str, ...] = ()
    baseline: str | None = None


def check_choice(choice: Choice) -> None:
    """Raise where a file it names cannot be read."""
    for path in choice.ignore_files:
        read_ignore_file(path)
    if choice.baseline is not None:
        read_baseline(choice.baseline)


def path_fits(document: str, pattern: str) -> bool:
    """Whether a document, one of its two files, or a folder that it lies in has a path of this pattern."""
    pattern = _whole(pattern)
    paths = [_whole(path) for path in (document, *document.split(" + "))]
    return any(fnmatchcase(path, each) for path in paths for each in (pattern, f"{pattern}/*"))


def _whole(path: str) -> str:
    return os.path.abspath(path).replace(os.sep, "/")
