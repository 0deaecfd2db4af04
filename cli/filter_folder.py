"""The folder that `duizhao filter` writes into: that nothing in it is anybody else's, and no input."""

import json
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from duizhao.completion import RUN
from duizhao.corpora import EXPORTS
from duizhao.corpora.errors import InputError
from duizhao.corpora.files import input_files, shown
from duizhao.corpora.store import is_corpus
from duizhao.corpora.store_schema import FILTERED, MANIFEST

TABLES = ("pairs", "signals", "keys", "meaning", "near", "duplicates", "flags")
REPORTS = ("filters.json", "filters.md")
# Format: the path it is written to, the files that come of it.
KEPT = {form: (f"kept{ending}", (f"kept{ending}",)) for form, ending in EXPORTS.items()} | {
    "moses": ("kept", ("kept.en", "kept.zh")),
    "hf": ("kept.translation.jsonl", ("kept.translation.jsonl",)),
}
UNFINISHED = ".duizhao-"  # begins the names of what a killed run left
_SHARD = re.compile(r"[0-9]{7,}\.parquet")
_ELSEWHERE = "Name another -o."


def check_folder(folder: Path) -> None:
    """Raise InputError where a folder holds what this command would spoil: a corpus, another command's run, a user's.

    It may be missing, empty, or hold files of other names; what an earlier run made, finished or not, is replaced.
    """
    if not os.path.lexists(folder):
        return
    if is_corpus(folder) or os.path.lexists(folder / MANIFEST):
        if not _is_filtered(folder):
            what = "a corpus, or a manifest.json that is not of duizhao filter"
            raise InputError(shown(folder), what, "a folder for what the filters find", _ELSEWHERE)
    elif (folder / RUN / "plan.json").exists() and not _is_planned(folder):
        raise InputError(
            shown(folder), "the run of another duizhao command", "a folder for what the filters find", _ELSEWHERE
        )
    elif there := [name for name in TABLES if os.path.lexists(folder / name) and not _is_planned(folder)]:
        raise InputError(
            shown(folder / there[0]), "not of duizhao filter", f"room for the table {there[0]}", _ELSEWHERE
        )
    for name in TABLES:
        for alien in _aliens(folder / name):
            raise InputError(shown(alien), "not of duizhao filter", f"shards of {name} alone", "Take it elsewhere.")
    for name in (*REPORTS, *(name for _, names in KEPT.values() for name in names)):
        if (folder / name).is_dir():
            raise InputError(shown(folder / name), "a folder", "room for a file", _ELSEWHERE)


def inputs_outside(inputs: Sequence[str], folder: Path) -> list[str]:
    """The inputs; of an input folder that `folder` lies in, the files that lie outside `folder`.

    Raises InputError where `folder` is an input, or lies in one that duizhao made.
    """
    target = Path(os.path.realpath(folder))
    found: list[str] = []
    for given in inputs:
        place = Path(os.path.realpath(given)) if os.path.isdir(given) else None
        if given == "-" or place is None or not target.is_relative_to(place):
            found.append(given)
            continue
        if place == target or is_corpus(place):
            where = "the input" if place == target else "a folder in the input"
            raise InputError(shown(folder), f"-o is {where} {given}", "a folder of its own", _ELSEWHERE)
        outside = [path for path in input_files(given) if not _real(path).is_relative_to(target)]
        if not outside:
            raise InputError(given, f"no readable file but what is in {shown(folder)}", "texts in two languages")
        found += map(str, outside)
    return found


def check_inputs(paths: Sequence[Path], folder: Path) -> None:
    """Raise InputError where a file that is read stands where one is to be written."""
    target = Path(os.path.realpath(folder))
    tables = {target / name for name in TABLES}
    files = {target / name for name in (MANIFEST, *REPORTS, *(name for _, names in KEPT.values() for name in names))}
    for path in paths:
        real = _real(path)
        if real in files or not tables.isdisjoint(real.parents):
            raise InputError(shown(path), "an input where -o writes", "inputs elsewhere", _ELSEWHERE)


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _is_filtered(folder: Path) -> bool:
    """Whether the manifest of a folder, where it has one, is that of this command."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(manifest, dict) and FILTERED in manifest


def _is_planned(folder: Path) -> bool:
    """Whether a run of this command was begun here; no other one has a step "flags"."""
    try:
        plan = json.loads((folder / RUN / "plan.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    steps = plan.get("steps") if isinstance(plan, dict) else None
    return isinstance(steps, dict) and "flags" in steps


def _aliens(place: Path) -> Iterator[Path]:
    """What stands where a table goes and is no shard, nor left by a run that was killed."""
    if not os.path.lexists(place):
        return
    if place.is_symlink() or not place.is_dir():
        yield place
        return
    for path in sorted(place.iterdir()):
        is_shard = _SHARD.fullmatch(path.name) and not path.is_symlink() and not path.is_dir()
        if not is_shard and not path.name.startswith(UNFINISHED):
            yield path
