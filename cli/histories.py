"""Glossaries of earlier work, from the paths that a user names."""

from collections.abc import Sequence
from pathlib import Path

from duizhao.corpora import InputError
from duizhao.corpora.files import shown
from duizhao.metrics.history import History, add_up
from duizhao.metrics.history_reading import read_history


def load_history(paths: Sequence[str]) -> History:
    """What the glossaries at these paths say, added up; a path is a glossary.jsonl or the folder that holds one.

    >>> load_history([]).signature
    ''
    """
    return add_up([_history(Path(path)) for path in paths])


def _history(path: Path) -> History:
    path = path / "glossary.jsonl" if path.is_dir() else path
    wanted, do = "the glossary.jsonl of an earlier run, or its folder", "Make one with duizhao glossary -o."
    try:
        if not path.is_file():
            raise InputError(shown(path), "no such file", wanted, do)
        with path.open("rb") as handle:
            return read_history(handle, shown(path))
    except OSError as error:
        raise InputError(shown(path), f"cannot be read ({error.strerror or error})", wanted, do) from error
