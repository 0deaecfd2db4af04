"""`duizhao terms`: termbases checked, merged, converted and counted."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from importlib.resources import files
from pathlib import Path

import click

from duizhao.corpora import InputError, Term, TermFile
from duizhao.corpora.durable import whole_file
from duizhao.corpora.files import file_bytes, same_files, shown
from duizhao.corpora.termbase import read_term_file
from duizhao.corpora.termbase_check import check_terms, count_levels
from duizhao.corpora.termbase_csv import write_terms
from duizhao.corpora.termbase_merge import overlaid, without_duplicates
from duizhao.mine_command import mine
from duizhao.reports.summary import counted
from duizhao.reports.visible import on_one_line
from duizhao.whole_files import check_target

_SHOWN = 10  # overridden entries that merging names

_out = click.option(
    "-o",
    "--out",
    "target",
    required=True,
    type=click.Path(path_type=Path),
    metavar="OUT",
    help="File to write; its ending says the format: .csv, .tsv, .xlsx or .tbx.",
)
_any_files = click.argument("paths", nargs=-1, metavar="[FILE…]")


@click.group("terms")
def terms() -> None:
    """Check, merge, convert and count termbases; mine text for terms.

    Termbases are CSV, TSV, XLSX, TBX, Markdown tables and plain lists.

    \b
    Examples:
      duizhao terms check ours.csv
      duizhao terms merge theirs.tbx ours.csv -o both.xlsx
      duizhao terms mine corpus/ -o rivers.pack.tsv.gz
    """


@terms.command("check")
@_any_files
def check(paths: tuple[str, ...]) -> None:
    """Say what is wrong or doubtful in termbases, one line a problem; without FILE in the shipped one.

    Exit code 1 where there are errors.

    \b
    Examples:
      duizhao terms check
      duizhao terms check ours.csv theirs.xlsx
    """
    read = [_read(path) for path in paths] or [_shipped()]
    for note in (note for file in read for note in file.notes):
        _say(f"note: {note}")
    problems = check_terms([placed for file in read for placed in file.terms])
    for problem in problems:
        if problem.level != "info":
            _say(f"{problem.where}: {problem.level}: {problem.message}")
    counts = count_levels(problems)
    kinds = Counter(problem.kind for problem in problems if problem.level == "info")
    facts = {
        "shared": ("rendering", "shared by different terms"),
        "whole": ("forbidden rendering", "around an approved one"),
        "override": ("term", "overridden by a later file"),
    }
    said = [f"{counted(kinds[kind], noun)} {what}" for kind, (noun, what) in facts.items() if kinds[kind]]
    total = _entries(sum(len(file.terms) for file in read))
    levels = f"{counted(counts['error'], 'error')}, {counted(counts['warning'], 'warning')}"
    _say("; ".join((f"{total}: {levels}", *said)) + ".")
    if counts["error"]:
        raise SystemExit(1)


@terms.command("merge")
@click.argument("paths", nargs=-1, required=True, metavar="FILE…")
@_out
def merge(paths: tuple[str, ...], target: Path) -> None:
    """Lay termbases over each other, the later one winning form by form, and write one.

    \b
    Example:
      duizhao terms merge field.csv ours.xlsx -o all.tbx
    """
    write = _writer(target, paths)
    read = [_joined(path) for path in paths]
    merged, overrides = overlaid([[placed.term for placed in file.terms] for file in read])
    write([term for term, _ in merged])
    _say(f"Wrote {_entries(len(merged))} to {shown(target)}.")
    for override in overrides[:_SHOWN]:
        forms = ", ".join(override.forms)
        _say(f"{forms}: {override.earlier.zh} gave way to {override.later.zh}")
    if overrides:
        _say(f"{_entries(len(overrides))} of earlier files overridden, in part or as a whole.")


@terms.command("convert")
@click.argument("path", metavar="FILE")
@_out
def convert(path: str, target: Path) -> None:
    """Write a termbase in another format, and say what that cannot hold.

    \b
    Example:
      duizhao terms convert ours.xlsx -o ours.tbx
    """
    write = _writer(target, [path])
    found = [placed.term for placed in _joined(path).terms]
    write(found)
    _say(f"Wrote {_entries(len(found))} to {shown(target)}.")
    back = [placed.term for placed in read_term_file(file_bytes(target), shown(target)).terms]
    lost = [term.en for term, again in zip(found, back, strict=False) if term != again]
    if lost or len(back) != len(found):
        count = max(len(lost), abs(len(found) - len(back)))
        _say(f"{_entries(count)} would not be read back as they were: {', '.join(lost[:_SHOWN])}")


@terms.command("stats")
@_any_files
def stats(paths: tuple[str, ...]) -> None:
    """Count what termbases hold; without FILE the shipped one.

    \b
    Example:
      duizhao terms stats ours.csv
    """
    read = [_joined(path) for path in paths] or [without_duplicates(_shipped())]
    found = [term for term, _ in overlaid([[placed.term for placed in file.terms] for file in read])[0]]
    rows = {
        "entries": len(found),
        "other English forms": sum(len(term.also) for term in found),
        "admitted renderings": sum(len(term.admitted) for term in found),
        "with forbidden renderings": sum(bool(term.forbidden) for term in found),
        "forbidden renderings": sum(len(term.forbidden) for term in found),
        "with renderings of Taiwan": sum(bool(term.taiwan) for term in found),
        "names that stay": sum(term.is_name for term in found),
        "only as written (case)": sum(term.case for term in found),
        "patterns (regex)": sum(term.pattern for term in found),
        "with a note": sum(bool(term.note) for term in found),
    }
    for name, count in rows.items():
        _say(f"{count:>9,}  {name}")
    for heading, values in (("domain", (t.domain for t in found)), ("part of speech", (t.pos for t in found))):
        _say(f"{heading}:")
        for value, count in sorted(Counter(values).items(), key=lambda item: (-item[1], item[0])):
            _say(f"{count:>9,}  {value or '(none)'}")


def _entries(number: int) -> str:
    return "1 entry" if number == 1 else f"{number:,} entries"


def _read(path: str) -> TermFile:
    name = shown(Path(path))
    file = read_term_file(file_bytes(Path(path)), name)
    return TermFile(file.terms, tuple(f"{name}: {note}" for note in file.notes))


def _shipped() -> TermFile:
    data = files("duizhao.corpora").joinpath("data/terms.csv").read_bytes()
    return read_term_file(data, "terms.csv (shipped)")


def _joined(path: str) -> TermFile:
    """The entries of a file, one a term; what was assumed or joined goes to standard error."""
    file = without_duplicates(read_term_file(file_bytes(Path(path)), shown(Path(path))))
    for note in file.notes:
        click.echo(on_one_line(f"{shown(Path(path))}: {note}"), err=True)
    return file


def _writer(target: Path, inputs: Sequence[str]) -> Callable[[Sequence[Term]], None]:
    """What writes the file, whole or not at all; raises InputError, before the work, where it cannot be written."""
    write = _WRITERS.get(target.suffix.lower())
    if write is None:
        raise InputError(shown(target), f"the ending {target.suffix!r}", "one of " + ", ".join(_WRITERS), "Rename it.")
    if same_files(inputs, [target]):
        raise InputError(shown(target), "one of the inputs", "another file to write", "Name another -o.")
    check_target(target, "Name another -o.")

    def written(found: Sequence[Term]) -> None:
        with whole_file(target) as made:
            write(found, made)

    return written


def _write_csv(found: Iterable[Term], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as handle:
        write_terms(found, handle)


def _write_tsv(found: Iterable[Term], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as handle:
        write_terms(found, handle, "\t")


def _write_xlsx(found: Iterable[Term], path: Path) -> None:
    from duizhao.corpora.termbase_sheet import write_sheet  # loads a library that the others need not

    write_sheet(found, path)


def _write_tbx(found: Iterable[Term], path: Path) -> None:
    from duizhao.corpora.tbx_writing import write_tbx

    with path.open("wb") as handle:
        write_tbx(found, handle)


def _say(text: str) -> None:
    click.echo(on_one_line(text))


_WRITERS: dict[str, Callable[[Sequence[Term], Path], None]] = {
    ".csv": _write_csv,
    ".tsv": _write_tsv,
    ".xlsx": _write_xlsx,
    ".tbx": _write_tbx,
}

terms.add_command(mine)
