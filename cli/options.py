"""Options that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from duizhao.metrics import SEVERITIES, Finding
from duizhao.outputs import check_folder

Command = Callable[..., Any]

inputs = click.argument("inputs", nargs=-1, required=True, metavar="IN…")
encoding = click.option(
    "--encoding",
    metavar="NAME",
    help="Encoding of the inputs, e.g. gb18030.  [default: UTF-8, or UTF-16 with its mark]",
)
termbases = click.option(
    "--termbase",
    "termbases",
    multiple=True,
    metavar="FILE",
    help="Termbase (CSV) beside the shipped one; the last named wins. Repeatable.",
)
reference = click.option(
    "--reference", metavar="FILE", help="A page with reference translations of the same papers, to score against."
)
fail_on = click.option(
    "--fail-on",
    type=click.Choice([*SEVERITIES, "never"]),
    default="warning",
    show_default=True,
    help="Exit 1 from this severity up.",
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


def exit_code(findings: tuple[Finding, ...], fail_on: str) -> int:
    """1 where a finding reaches the severity that fails, else 0."""
    if fail_on == "never":
        return 0
    order: list[str] = [*SEVERITIES]
    return int(any(order.index(finding.severity) <= order.index(fail_on) for finding in findings))
