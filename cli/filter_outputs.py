"""What `duizhao filter` writes beside its tables: reports, and the kept pairs in other formats."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from duizhao.completion import RUN
from duizhao.corpora.durable import whole_file
from duizhao.filter_folder import KEPT, REPORTS
from duizhao.metrics.filter_counts import Counts
from duizhao.metrics.filter_rules import Settings
from duizhao.reports.filter_report import filter_json, filter_markdown

_EXPORTED = "exports.json"  # the files that this and earlier runs exported and did not remove


def write_reports(folder: Path, counts: Counts, settings: Settings, about: Mapping[str, Any]) -> list[str]:
    """Write filters.json and filters.md; their names."""
    for name, write in zip(REPORTS, (filter_json, filter_markdown), strict=True):
        write_text(folder / name, write(counts, settings, about))
    return list(REPORTS)


def write_exports(folder: Path, formats: Sequence[str]) -> list[str]:
    """Write the kept pairs in these formats; the names of the files."""
    from duizhao.corpora.kept_units import write_kept

    names = [name for form in dict.fromkeys(formats) for name in KEPT[form][1]]
    if names:  # noted first: a run that is killed in between knows what is its own
        _note(folder, {*_noted(folder), *names})
    for form in dict.fromkeys(formats):
        write_kept(folder / "pairs", folder / "flags", folder / KEPT[form][0], form)
    return names


def drop_stale(folder: Path, names: Sequence[str]) -> Iterator[str]:
    """Remove what an earlier run exported and is not among `names`; the names of what was removed."""
    for name in sorted(_noted(folder) - set(names)):
        if (folder / name).is_file():
            (folder / name).unlink()
            yield name
    if _noted(folder) != set(names):
        _note(folder, set(names))


def write_text(path: Path, text: str) -> None:
    """Write a text whole or not at all."""
    with whole_file(path) as new:
        new.write_text(text, encoding="utf-8", newline="\n")


def _noted(folder: Path) -> set[str]:
    """The exports that stand in the notes; files that a user put there never do."""
    try:
        names = json.loads((folder / RUN / _EXPORTED).read_text(encoding="ascii"))
    except (OSError, ValueError, RecursionError):
        return set()
    known = {name for _, files in KEPT.values() for name in files}
    return {name for name in names if name in known} if isinstance(names, list) else set()


def _note(folder: Path, names: set[str]) -> None:
    write_text(folder / RUN / _EXPORTED, json.dumps(sorted(names)) + "\n")
