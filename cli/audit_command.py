"""`duizhao audit`: what an editor should look at."""

import sys
from pathlib import Path

import click

from duizhao import audit_options, options
from duizhao.baseline import check_baseline_target, wrote_baseline
from duizhao.fix import fix_documents, fix_targets
from duizhao.outputs import write_outputs
from duizhao.pipeline import Options, audit_present, build_corpus, checked
from duizhao.progress import Progress
from duizhao.remembering import earlier
from duizhao.reports import as_row, json_line, text_lines
from duizhao.reports.visible import on_one_line


@click.command("audit")
@options.inputs
@options.out(required=False)
@options.reading
@options.allow_empty
@audit_options.reporting
@click.option("--fix", is_flag=True, help="Write corrected copies into -o, where one answer is sure.")
@click.option(
    "--format", "form", type=click.Choice(["text", "jsonl"]), default="text", show_default=True, help="What to print."
)
@click.option("--statistics", is_flag=True, help="Count the findings of each rule.")
def audit(
    inputs: tuple[str, ...],
    folder: Path | None,
    chosen: Options,
    fail_on: str,
    write_baseline: Path | None,
    fix: bool,
    form: str,
    statistics: bool,
) -> None:
    """Find wrong terms, names, numbers, omissions and slips.

    IN is documents of any kind that duizhao reads, or a corpus built before.

    \b
    Examples:
      duizhao audit page.txt
      duizhao audit corpus/ --format jsonl -o out/
      duizhao audit page.txt --select T,F001 --fix -o fixed/
    """
    if fix and folder is None:
        raise click.UsageError("--fix needs -o, a folder for the copies.")
    chosen = checked(chosen)
    targets = fix_targets(inputs, folder) if fix and folder else {}
    if write_baseline:
        check_baseline_target(write_baseline, inputs)
    said: list[str] = []
    with Progress() as progress:
        remembered = earlier(folder, chosen)
        corpus = build_corpus(inputs, chosen, progress)
        result, present = audit_present(corpus, chosen, progress, remembered)
        if folder is not None:
            if fix:
                said = fix_documents(result.documents, result.findings, targets, folder).lines(folder)
            write_outputs(folder, result, ("findings",), remembered=remembered)
    if write_baseline:
        said.append(wrote_baseline(write_baseline, present))
    if form == "jsonl":
        for finding in result.findings:
            click.echo(json_line(as_row(finding)))
    else:
        click.echo("\n".join(text_lines(result, color=sys.stdout.isatty(), statistics=statistics)))
    for line in said:
        click.echo(on_one_line(line), err=form == "jsonl")  # what is on standard output stays rows
    sys.exit(options.exit_code(result.findings, fail_on))
