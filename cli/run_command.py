"""`duizhao run`: everything, from a page to a report."""

import sys
from dataclasses import replace
from pathlib import Path

import click

from duizhao import audit_options, options
from duizhao.baseline import check_baseline_target, wrote_baseline
from duizhao.outputs import PARTS, names_of, write_with_reports
from duizhao.pipeline import Options, audit_present, build_corpus, checked, score_corpus
from duizhao.progress import Progress
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
@click.option("-q", "--quiet", is_flag=True, help="Print the closing lines only.")
def run(
    inputs: tuple[str, ...],
    outs: Outs,
    chosen: Options,
    reference: str | None,
    fail_on: str,
    write_baseline: Path | None,
    quiet: bool,
) -> None:
    """Build a corpus, audit it, list its terms, write reports.

    Where there is something to compare, it is scored too. A folder named by -o gets everything; a file named by -o is
    one report, in the format of its ending.

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
