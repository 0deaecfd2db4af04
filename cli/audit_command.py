"""`duizhao audit`: what an editor should look at."""

import sys
from dataclasses import replace
from pathlib import Path

import click

from duizhao import options
from duizhao.outputs import write_outputs
from duizhao.pipeline import Options, audit_corpus, build_corpus, checked
from duizhao.progress import Progress
from duizhao.reports import as_row, json_line, text_lines


@click.command("audit")
@options.inputs
@options.out(required=False)
@options.reading
@options.allow_empty
@options.termbases
@options.fail_on
@click.option(
    "--format", "form", type=click.Choice(["text", "jsonl"]), default="text", show_default=True, help="What to print."
)
@click.option("--statistics", is_flag=True, help="Count the findings of each rule.")
def audit(
    inputs: tuple[str, ...],
    folder: Path | None,
    chosen: Options,
    termbases: tuple[str, ...],
    fail_on: str,
    form: str,
    statistics: bool,
) -> None:
    """Find wrong terms, names, numbers, omissions and slips.

    IN is documents of any kind that duizhao reads, or a corpus built before.

    \b
    Examples:
      duizhao audit page.txt
      duizhao audit corpus/ --format jsonl -o out/
    """
    chosen = checked(replace(chosen, termbases=termbases))
    with Progress() as progress:
        result = audit_corpus(build_corpus(inputs, chosen, progress), chosen, progress)
        if folder is not None:
            write_outputs(folder, result, ("findings",))
    if form == "jsonl":
        for finding in result.findings:
            click.echo(json_line(as_row(finding)))
    else:
        click.echo("\n".join(text_lines(result, color=sys.stdout.isatty(), statistics=statistics)))
    sys.exit(options.exit_code(result.findings, fail_on))
