"""`duizhao run`: everything, from a page to a report."""

import sys
from dataclasses import replace
from pathlib import Path

import click

from duizhao import audit_options, options
from duizhao.baseline import check_baseline_target, wrote_baseline
from duizhao.executor_options import Running, executor_options
from duizhao.outputs import PARTS, names_of, write_with_reports
from duizhao.pipeline import Options, audit_present, build_corpus, checked, score_corpus
from duizhao.progress import Progress
from duizhao.publishing import published
from duizhao.remembering import earlier
from duizhao.report_files import Outs, check_reports, wrote_reports
from duizhao.reports import text_lines


@click.command("run")
@options.inputs
@options.outs(required=True)
@options.reading
@options.allow_empty
@audit_options.reporting
@options.reference
@executor_options
@click.option("-q", "--quiet", is_flag=True, help="Print the closing lines only.")
def run(
    inputs: tuple[str, ...],
    outs: Outs,
    chosen: Options,
    reference: str | None,
    fail_on: str,
    write_baseline: Path | None,
    quiet: bool,
    running: Running,
) -> None:
    """Build a corpus, audit it, list its terms, write reports.

    Where there is something to compare, it is scored too. A folder named by -o gets everything; a file named by -o is
    one report, in the format of its ending. Inputs of over four megabytes are worked on in parts: the same command goes
    on where an interrupted one stopped.

    IN is a document, a folder of them, or - for standard input: text, Markdown, HTML, JSON, LaTeX, Word, CSV, TSV,
    XLSX, Parquet, TMX, XLIFF, PO, SRT, or two text files whose names differ in the language only (a.en a.zh).

    \b
    Examples:
      duizhao run page.txt -o out/
      duizhao run digests/ --reference human.txt -o out/
      duizhao run page.txt -o report.html -o report.sarif
    """
    chosen = checked(replace(chosen, reference=reference))
    if write_baseline:
        check_baseline_target(write_baseline, inputs)
    check_reports(outs, inputs, chosen, names_of(PARTS), baseline=write_baseline)
    from duizhao.part_commands import in_parts

    if in_parts(inputs, chosen, *(["-o FILE"] if outs.files else [])) and outs.folder is not None:
        sys.exit(_run_in_parts(inputs, outs.folder, chosen, running, fail_on, write_baseline, quiet=quiet))
    with Progress() as progress:
        corpus = build_corpus(inputs, chosen, progress)
        remembered = earlier(outs.folder, chosen)
        result, present = audit_present(corpus, chosen, progress, remembered)
        result = replace(result, scores=tuple(score_corpus(corpus, chosen)))
        written, reports = write_with_reports(outs, result, PARTS, remembered)
    lines = list(text_lines(result, color=sys.stdout.isatty()))
    # One line a finding and a blank one come first.
    click.echo("\n".join(lines[len(result.findings) + 1 :] if quiet and result.findings else lines))
    if write_baseline:
        click.echo(wrote_baseline(write_baseline, present))
    if outs.folder is not None:
        click.echo(f"Wrote {', '.join(written)} in {outs.folder}. Open {outs.folder / 'report.html'} in a browser.")
    if reports:
        click.echo(wrote_reports(reports))
    sys.exit(options.exit_code(result.findings, fail_on))


def _run_in_parts(
    inputs: tuple[str, ...],
    folder: Path,
    chosen: Options,
    running: Running,
    fail_on: str,
    write_baseline: Path | None,
    *,
    quiet: bool,
) -> int:
    """The exit code, once everything is written and told, part by part."""
    from duizhao.part_commands import exit_code_of, judge_big, place_of, present_findings, text_of, working
    from duizhao.part_outputs import write_run

    with Progress() as progress, place_of(folder) as place:
        with working("run", place, chosen, running, progress) as work:
            built, told = judge_big(work, inputs, "run")
            with published(folder) as new:
                write_run(work, built, told, new, folder)
                written = sorted(item.name for item in new.iterdir())
        progress.clear()
        for line in text_of(work, told, quiet=quiet):
            click.echo(line)
        if write_baseline:
            click.echo(wrote_baseline(write_baseline, present_findings(work, built)))
    click.echo(f"Wrote {', '.join(written)} in {folder}. Open {folder / 'report.html'} in a browser.")
    return exit_code_of(told.tally, fail_on)
