"""Options that several commands share."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, Literal

import click

from duizhao.corpora.files import LIMIT_UNIT
from duizhao.metrics import SEVERITIES, Finding
from duizhao.pipeline import Options
from duizhao.publishing import check_folder
from duizhao.report_files import Outs, sorted_outs
from duizhao.reports.formats import ENDINGS

Command = Callable[..., Any]

inputs = click.argument("inputs", nargs=-1, required=True, metavar="IN…")
encoding = click.option(
    "--encoding",
    metavar="NAME",
    help="Encoding of the inputs, e.g. gb18030.  [default: UTF-8, or UTF-16 with its mark]",
)
licence = click.option("--licence", default="", metavar="TEXT", help="A licence note that goes with every pair.")


def _field(context: click.Context, option: click.Parameter, values: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Pairs of column and field from NAME=FIELD."""
    pairs = []
    for value in values:
        name, equals, field = value.rpartition("=")
        if not equals or not name:
            raise click.BadParameter(f"{value!r}; wanted COLUMN=FIELD, for example 译文=abstract_zh")
        pairs.append((name, field))
    return tuple(pairs)


fields = click.option(
    "--field",
    "fields",
    multiple=True,
    metavar="COLUMN=FIELD",
    callback=_field,
    help="What a column of a table or key of a feed is: title_en, abstract_zh, text_en …, or skip. Repeatable.",
)
_READING = (
    encoding,
    click.option(
        "--errors",
        type=click.Choice(["strict", "replace"]),
        default="strict",
        show_default=True,
        help="Refuse bytes that the encoding does not have, or read them as U+FFFD and report each text with some.",
    ),
    click.option(
        "--max-unit",
        "limit_unit",
        type=click.IntRange(min=1),
        default=LIMIT_UNIT,
        show_default=True,
        metavar="N",
        help="The most characters that a line of prose or a cell may have.",
    ),
    fields,
    click.option("--sheet", metavar="NAME", help="The sheet of a spreadsheet with several."),
    click.option("--source", metavar="FILE", help="The English original of a Chinese input without English."),
    click.option(
        "--catalog",
        "catalogs",
        multiple=True,
        metavar="FILE",
        help="Papers (.jsonl, .bib, .csv) for English titles and authors, found by the inputs' links. Repeatable.",
    ),
)


def reading(command: Command) -> Command:
    """The options that say how inputs are read; the command gets them as `chosen`."""

    @wraps(command)
    def called(
        encoding: str | None,
        errors: Literal["strict", "replace"],
        limit_unit: int,
        fields: tuple[tuple[str, str], ...],
        sheet: str | None,
        source: str | None,
        catalogs: tuple[str, ...],
        **rest: Any,
    ) -> Any:
        chosen = Options(
            encoding=encoding,
            fields=fields,
            sheet=sheet,
            source=source,
            catalogs=catalogs,
            errors=errors,
            limit_unit=limit_unit,
            allow_empty=rest.pop("allow_empty", False),
        )
        return command(chosen=chosen, **rest)

    made: Command = called
    for option in reversed(_READING):
        made = option(made)
    return made


allow_empty = click.option(
    "--allow-empty", is_flag=True, help="Take inputs without text for documents without papers, and report on them."
)
reference = click.option(
    "--reference", metavar="FILE", help="A page with reference translations of the same papers, to score against."
)


def _checked(context: click.Context, option: click.Parameter, folder: Path | None) -> Path | None:
    if folder is not None:
        check_folder(folder)  # now, not after minutes of work
    return folder


def out(required: bool) -> Callable[[Command], Command]:
    """The -o option, a folder."""
    return click.option(
        "-o",
        "--out",
        "folder",
        required=required,
        type=click.Path(path_type=Path),
        metavar="FOLDER",
        callback=_checked,
        help="Folder to write into; made if there is none.",
    )


def _sorted_outs(context: click.Context, option: click.Parameter, values: tuple[str, ...]) -> Outs:
    return sorted_outs(values)  # now, not after minutes of work


def outs(required: bool) -> Callable[[Command], Command]:
    """The -o option of commands that write reports: a folder, files, or both."""
    return click.option(
        "-o",
        "--out",
        "outs",
        required=required,
        multiple=True,
        metavar="PATH",
        callback=_sorted_outs,
        help="A folder to write into, made if there is none, or a report: "
        f"{' '.join(ENDINGS)} (.xml is JUnit). Repeatable.",
    )


def exit_code(findings: tuple[Finding, ...], fail_on: str) -> int:
    """1 where a finding reaches the severity that fails, else 0."""
    if fail_on == "never":
        return 0
    order: list[str] = [*SEVERITIES]
    return int(any(order.index(finding.severity) <= order.index(fail_on) for finding in findings))
