"""`duizhao diff`: what got better and worse between two corpora, or two versions of a translation."""

import sys
from pathlib import Path
from typing import Literal

import click

from duizhao import audit_options, options
from duizhao.corpora import InputError
from duizhao.corpora.files import same_files, shown
from duizhao.metrics import SEVERITIES
from duizhao.metrics.changes import Side, compare
from duizhao.pipeline import Options, audit_present, build_corpus, checked
from duizhao.progress import Progress
from duizhao.reports.diff_text import diff_json, diff_lines, diff_markdown
from duizhao.whole_files import check_target, replace_files


@click.command("diff")
@click.argument("inputs", nargs=2, metavar="OLD NEW")
@options.reading
@audit_options.judging
@click.option(
    "--fail-on",
    "threshold",  # subtle: as fail_on the options of judging would take it for their own
    type=click.Choice([*SEVERITIES, "never"]),
    default="warning",
    show_default=True,
    help="Exit 1 where a new finding is of this severity or worse.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "md"]),
    default="text",
    show_default=True,
    help="Lines for people, everything as JSON, or Markdown.",
)
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), metavar="FILE", help="Write it there instead of printing it."
)
def diff(
    inputs: tuple[str, str], chosen: Options, threshold: str, form: Literal["text", "json", "md"], out: Path | None
) -> None:
    """Say what got better and worse from OLD to NEW.

    OLD and NEW are corpora that duizhao built, documents, or folders of them: two versions of a translation, or the
    same pages at two times. Both are audited in the same way. Records are matched by link, English title, English
    text, or number; passages by their English.

    Exit code 1: there are new findings.

    \b
    Examples:
      duizhao diff old/ new/
      duizhao diff draft.txt edited.txt --format md -o changes.md
    """
    if out is not None:
        check_target(out)
        if same_files(inputs, [out]):
            raise InputError(shown(out), "one of the inputs", "another file to write", "Name another -o.")
    chosen = checked(chosen)
    sides: list[Side] = []
    said: list[tuple[str, ...]] = []
    with Progress() as progress:
        for given in inputs:
            result, present = audit_present(build_corpus([given], chosen, progress), chosen, progress)
            sides.append(Side(result.records, result.pairs, present, result.entries))
            said.append(result.notes)
    changes = compare(*sides)
    notes = [note for note in said[0] if note in said[1]]
    notes += [f"old: {note}" for note in said[0] if note not in notes]
    notes += [f"new: {note}" for note in said[1] if note not in notes]
    if not changes.matched:
        raise InputError(inputs[1], f"no record that {inputs[0]} has too", "two versions of the same texts")
    if form == "json":
        text = diff_json(changes, notes)
    else:
        lines = diff_lines(changes, notes) if form == "text" else diff_markdown(changes, notes)
        text = "".join(f"{line}\n" for line in lines)
    if out is None:
        click.echo(text, nl=False)
    else:
        replace_files({out: text.encode("utf-8", "backslashreplace")})
    sys.exit(options.exit_code(changes.new, threshold))
