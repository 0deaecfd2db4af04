"""`duizhao audit`: what an editor should look at."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from duizhao import audit_options, options
from duizhao.baseline import check_baseline_target, wrote_baseline
from duizhao.corpora.files import shown
from duizhao.executor_options import Running, executor_options
from duizhao.fix import fix_documents, fix_targets
from duizhao.outputs import left_of_earlier, names_of, write_with_reports
from duizhao.pipeline import Options, audit_present, build_corpus, checked
from duizhao.progress import Progress
from duizhao.publishing import published
from duizhao.remembering import earlier
from duizhao.report_files import Outs, check_reports, wrote_reports
from duizhao.reports import Result, text_lines
from duizhao.reports.formats import FORMATS, PRINTED, report_text
from duizhao.reports.summary import count_rules, rule_name
from duizhao.reports.visible import on_one_line
from duizhao.reports.workflow_commands import no_command

_PARTS = ("findings",)
_SUMMARY = "GITHUB_STEP_SUMMARY"  # the file that GitHub shows under a step; its own name


class _Printed(click.Choice[str]):
    """The formats that can be printed; one that can only be written says how."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name of a format."""
        if value in {form.name for form in FORMATS if not form.printed}:
            self.fail(f"{value} is no text to print; name a file of it: -o FILE.{value}", param, ctx)
        return super().convert(value, param, ctx)


@click.command("audit")
@options.inputs
@options.outs(required=False)
@options.reading
@options.allow_empty
@audit_options.reporting
@click.option("--fix", is_flag=True, help="Write corrected copies into the folder of -o, where one answer is sure.")
@click.option("--format", "form", type=_Printed(PRINTED), default="text", show_default=True, help="What to print.")
@click.option("--statistics", is_flag=True, help="Count the findings of each rule.")
@executor_options
def audit(
    inputs: tuple[str, ...],
    outs: Outs,
    chosen: Options,
    fail_on: str,
    write_baseline: Path | None,
    fix: bool,
    form: str,
    statistics: bool,
    running: Running,
) -> None:
    """Find wrong terms, names, numbers, omissions and slips.

    IN is documents of any kind that duizhao reads, or a corpus built before. A folder named by -o gets findings.jsonl;
    a file named by -o is a report, in the format of its ending. What --format prints is alone on standard output,
    unless it is text or full. Inputs of over four megabytes are worked on in parts, and their terms are not listed:
    duizhao glossary does that.

    \b
    Examples:
      duizhao audit page.txt
      duizhao audit corpus/ --format jsonl -o out/
      duizhao audit texts/ --baseline known.jsonl --format github -o found.sarif
      duizhao audit page.txt --select T,F001 --fix -o fixed/
    """
    folder = outs.folder
    if fix and folder is None:
        raise click.UsageError("--fix needs -o, a folder for the copies.")
    chosen = checked(chosen)
    targets = fix_targets(inputs, folder) if fix and folder else {}
    if write_baseline:
        check_baseline_target(write_baseline, inputs)
    check_reports(outs, inputs, chosen, names_of(_PARTS), baseline=write_baseline, copies=fix)
    from duizhao.part_commands import in_parts

    whole = {"--fix": fix, "-o FILE": outs.files, f"--format {form}": form not in ("text", "jsonl")}
    if in_parts(inputs, chosen, *(name for name, given in whole.items() if given)):
        sys.exit(_audit_in_parts(inputs, folder, chosen, running, fail_on, write_baseline, form, statistics))
    said: list[str] = []
    with Progress() as progress:
        remembered = earlier(folder, chosen)
        corpus = build_corpus(inputs, chosen, progress)
        result, present = audit_present(corpus, chosen, progress, remembered)
        if fix and folder is not None:
            said = fix_documents(result.documents, result.findings, targets, folder).lines(folder)
        reports = write_with_reports(outs, result, _PARTS, remembered)[1]
    if reports:
        said.append(wrote_reports(reports))
    if folder is not None:
        said += left_of_earlier(folder, outs.files)
    if write_baseline:
        said.append(wrote_baseline(write_baseline, present))
    click.echo(_printed(result, form, statistics), nl=False)
    if form == "github":
        said += _add_to_summary(result)
    if statistics and form != "text":
        said = [*_statistics(result), *said]
    for line in said:
        click.echo(no_command(on_one_line(line)), err=form not in ("text", "full"))  # what programs read stays alone
    sys.exit(options.exit_code(result.findings, fail_on))


def _audit_in_parts(
    inputs: tuple[str, ...],
    folder: Path | None,
    chosen: Options,
    running: Running,
    fail_on: str,
    write_baseline: Path | None,
    form: str,
    statistics: bool,
) -> int:
    """The exit code, once all findings are written and printed, part by part."""
    from duizhao.part_commands import exit_code_of, judge_big, place_of, present_findings, text_of, working
    from duizhao.part_outputs import finding_bytes, write_finding_lines

    with Progress() as progress, place_of(folder) as place:
        with working("audit", place, chosen, running, progress) as work:
            built, told = judge_big(work, inputs, "audit")
            if folder is not None:
                with published(folder) as new:
                    write_finding_lines(work, told, new)
        progress.clear()
        said = [wrote_baseline(write_baseline, present_findings(work, built))] if write_baseline else []
        if form == "text":
            for line in text_of(work, told, statistics=statistics):
                click.echo(line)
        else:
            for lines in finding_bytes(work, told):
                click.echo(lines, nl=False)
            rules = sorted(told.tally.found.rules.items(), key=lambda item: (-sum(item[1]), item[0]))
            counts = [f"{sum(n):,} {rule_name(code, chosen.lang)}" for code, n in rules]
            said = [*(counts if statistics else []), *said]
        if folder is not None:
            said += left_of_earlier(folder)
        for line in said:
            click.echo(no_command(on_one_line(line)), err=form != "text")
    return exit_code_of(told.tally, fail_on)


def _printed(result: Result, form: str, statistics: bool) -> str:
    color = sys.stdout.isatty()
    if form == "text":
        return "".join(f"{line}\n" for line in text_lines(result, color=color, statistics=statistics))
    return report_text(next(each for each in FORMATS if each.name == form), result, color=color)


def _statistics(result: Result) -> Iterator[str]:
    for code, count in count_rules(result.findings):
        yield f"{count:,} {rule_name(code, result.lang)}"


def _add_to_summary(result: Result) -> Iterator[str]:
    """Append the summary to the file that GitHub names, if any; what to tell where that did not work.

    A summary that cannot be written fails no step: the findings are out.
    """
    name = os.environ.get(_SUMMARY)
    if not name:
        return
    from duizhao.reports.github import github_summary

    path = Path(name)
    try:
        if path.exists() and not path.is_file():
            raise OSError(0, "not a regular file")
        with path.open("a", encoding="utf-8", newline="\n") as handle:
            handle.write(github_summary(result))
    except OSError as error:
        yield f"{shown(path)}: no summary written ({error.strerror or error}); wanted the file of {_SUMMARY}."
