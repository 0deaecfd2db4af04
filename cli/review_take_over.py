"""Decisions taken over: into a termbase, and into a file of findings to be let stand."""

import os
import shlex
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from duizhao.configuration import find_settings, read_settings
from duizhao.corpora import InputError, load_termbase, read_termbase
from duizhao.corpora.files import file_bytes, same_files, shown
from duizhao.decision_reading import decisions_and_notes
from duizhao.decisions import Decided, Decision, without_contradiction
from duizhao.ignore_file import read_ignore_file, with_entries
from duizhao.reports.summary import counted
from duizhao.reports.visible import on_one_line
from duizhao.review import Plan, plan_review
from duizhao.termbase_edit import edited_termbase
from duizhao.whole_files import check_target, replace_files


def take_over(inputs: Sequence[str], termbase: Path, ignore_file: Path) -> bool:
    """Write what the inputs decide into the two files and say so; whether something could not be taken over.

    Raises InputError, before anything is written, for a broken input, a contradiction, and a file of both kinds.
    """
    for path in (termbase, ignore_file):
        check_target(path)
        if same_files(inputs, [path]):
            raise InputError(shown(path), "one of the inputs", "another file to write", "Name another.")
    if termbase.resolve() == ignore_file.resolve():
        raise InputError(shown(termbase), "termbase and ignore file in one", "two files", "Name another.")
    read = [decisions_and_notes(given) for given in inputs]
    decisions = without_contradiction(d for decided, _ in read for d in decided.decisions)
    data = (file_bytes(termbase) or None) if termbase.exists() else None
    own = read_termbase(data, shown(termbase)).terms if data is not None else ()
    others = _termbases_of_settings()
    known = load_termbase([path for path in others if not _one_file(path, termbase)])
    plan = plan_review(decisions, own, known.terms)
    ignored = _ignored(ignore_file)
    lines, added = with_entries(ignored, plan.ignored)
    files: dict[Path, bytes] = {}
    if plan.changed or plan.new:
        files[termbase] = edited_termbase(data, shown(termbase), plan.changed, plan.new)
    if added:
        files[ignore_file] = lines.encode("utf-8")
    replace_files(files)
    judged_by = with_own(others, termbase) if termbase.exists() else ()
    for line in (*_told(read, decisions, plan, termbase, ignore_file, added), _next(judged_by, ignore_file)):
        click.echo(on_one_line(line))
    return bool(plan.left)


def with_own(termbases: Sequence[str], own: Path) -> tuple[str, ...]:
    """The termbases that settings name and the one that decisions go into: it wins, unless they give it a place.

    >>> with_own(["house.csv"], Path("terms.csv"))
    ('house.csv', 'terms.csv')
    """
    return (*termbases, *(() if any(_one_file(path, own) for path in termbases) else (str(own),)))


def _one_file(path: str, other: Path) -> bool:
    return os.path.realpath(path) == os.path.realpath(other)


def _termbases_of_settings() -> tuple[str, ...]:
    """The termbases that the next audit here goes by where no option names others."""
    found = find_settings(Path.cwd())
    return (read_settings(found).termbases or ()) if found else ()


def _ignored(path: Path) -> str:
    """What an ignore file holds, to the last byte; raises InputError for a broken one and for one not in UTF-8."""
    if not path.exists():
        return ""
    data = file_bytes(path)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"{shown(path)}:byte {error.start}", "not UTF-8", "an ignore file in UTF-8") from error
    if text.strip():
        read_ignore_file(str(path))
    return text


def _told(
    read: Sequence[tuple[Decided, tuple[str, ...]]],
    decisions: Sequence[Decision],
    plan: Plan,
    termbase: Path,
    ignore_file: Path,
    added: int,
) -> Iterator[str]:
    for _, notes in read:
        yield from notes
    counts = {
        (kind, choice): sum(d.kind == kind and d.choice == choice for d in decisions)
        for kind in ("rendering", "finding")
        for choice in ("accept", "reject")
    }
    yield (
        f"Read {counted(len(decisions), 'decision')}: {counted(counts['rendering', 'accept'], 'rendering')} accepted, "
        f"{counts['rendering', 'reject']:,} rejected; {counted(counts['finding', 'accept'], 'finding')} to be mended, "
        f"{counted(counts['finding', 'reject'], 'false alarm')}."
    )
    renderings, findings = (sum(d.undecided[kind] for d, _ in read) for kind in ("rendering", "finding"))
    later = sum(d.later for d, _ in read)
    yield (
        f"Left undecided: {counted(renderings, 'rendering')} and {counted(findings, 'finding')}"
        f"{f', {later:,} of them for later' if later else ''}."
    )
    if plan.new or plan.changed:
        yield (
            f"{shown(termbase)}: {_entries(len(plan.new))} added, {len(plan.changed):,} changed"
            f"{_turned(plan.freed, 'approved that was forbidden', 'approved that were forbidden')}"
            f"{_turned(plan.barred, 'forbidden that was approved', 'forbidden that were approved')}."
        )
    elif termbase.exists():
        yield f"{shown(termbase)}: nothing to change."
    if added:
        yield f"{shown(ignore_file)}: {_entries(added)} added."
    elif ignore_file.exists():
        yield f"{shown(ignore_file)}: nothing to add."
    if plan.left:
        yield f"Not taken over: {len(plan.left):,}."
        yield from plan.left


def _next(termbases: Iterable[str], ignore_file: Path) -> str:
    """The command that goes by what was written; it names all termbases, for those named replace the settings'."""
    given = "".join(f" --termbase {shlex.quote(shown(Path(path)))}" for path in termbases)
    given += f" --ignore-file {shlex.quote(shown(ignore_file))}" if ignore_file.exists() else ""
    return f"Next: duizhao run IN… -o out/{given}"


def _entries(number: int) -> str:
    return "1 entry" if number == 1 else f"{number:,} entries"


def _turned(number: int, one: str, several: str) -> str:
    return f"; {counted(number, 'rendering')} {one if number == 1 else several}" if number else ""
