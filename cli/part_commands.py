"""What the commands do with big inputs: in parts, through an executor, so that memory does not grow with them."""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import click

from duizhao.corpora import ConfigError
from duizhao.executor_options import Running
from duizhao.metrics import SEVERITIES, Finding, Score
from duizhao.metrics.auditing import notes_of
from duizhao.metrics.corpus_counts import Counts
from duizhao.metrics.messages import Message, in_language
from duizhao.part_files import read_entries, read_findings
from duizhao.part_handling import handling_notes
from duizhao.part_judging import resources
from duizhao.part_outputs import Told, finding_groups, slices_of, tidy
from duizhao.part_plan import is_big
from duizhao.part_results import Glossary, built_tally, glossary_parts, report_parts, score_parts, write_rows
from duizhao.part_run import Built, Judged, Progress, Work, audit_parts, build_parts
from duizhao.pipeline import Options
from duizhao.provenance import about, made_by
from duizhao.reports import Result
from duizhao.reports.part_report import Links, links_together
from duizhao.reports.tally import Tally, completed, merged
from duizhao.reports.tally_json import from_json
from duizhao.reports.text import ending_lines, finding_lines
from duizhao.run_state import begin_run, told_if_stopped

_STEPS = {
    "build": ("read", "build", "rows"),
    "audit": ("read", "build", "links", "locate", "count", "judge", "report"),
    "glossary": tuple("read build links locate count judge propose choose place entries report".split()),
    "run": tuple("read build rows links locate count judge propose choose place entries papers scores report".split()),
}
Command = Literal["build", "audit", "glossary", "run"]


def in_parts(inputs: Sequence[str], options: Options, *others: str) -> bool:
    """Whether inputs are worked on in parts: they are big, and nothing is asked for that needs all of them at once.

    `others` are such options of the command that were given. Where one is, everything is read as one and stderr says
    so; together with an option that asks for an executor it is refused.
    """
    if not is_big(inputs):
        return False
    need = {"--source": options.source, "--catalog": options.catalogs, "--reference -": options.reference == "-"}
    whole = [*(name for name, given in need.items() if given), *others]
    if not whole:
        return True
    said = f"{', '.join(whole)} with big inputs"
    if asked := _asked_for_executor():
        raise ConfigError(asked, said, "either of them", "What needs all inputs at once is done in one process.")
    click.echo(f"{', '.join(whole)}: all inputs are read at once, and memory grows with them.", err=True)
    return False


@contextmanager
def place_of(folder: Path | None) -> Iterator[Path]:
    """Where the parts of a run go: its output folder, where the next run finds them, or one that is removed."""
    if folder is not None:
        with told_if_stopped(folder):
            yield folder.absolute()
        return
    with tempfile.TemporaryDirectory(prefix="duizhao-") as place:
        yield Path(place)


@contextmanager
def working(command: Command, place: Path, options: Options, running: Running, progress: Progress) -> Iterator[Work]:
    """A run in a place that no other run has meanwhile; it leaves the parts that belong to it."""
    with begin_run(place, dict.fromkeys(_STEPS[command])), running.executor() as executor:
        work = Work(place, options, executor, progress)
        yield work
        tidy(work)


def build_big(work: Work, inputs: Sequence[str]) -> tuple[Built, Tally]:
    """The corpus in parts with its lines, and its counts."""
    built = build_parts(work, inputs)
    write_rows(work, built)
    files = [Path(built_tally(work, k)) for k in range(len(built.pieces))]
    return built, merged(from_json(Tally, path.read_bytes(), path.name) for path in files)


def judge_big(work: Work, inputs: Sequence[str], command: Command) -> tuple[Built, Told]:
    """The corpus in parts, and what was found in it: for `audit` findings, for `glossary` and `run` terms too."""
    built = build_parts(work, inputs)
    if command == "run":
        write_rows(work, built)
    judged = audit_parts(work, built)
    glossary = glossary_parts(work, built, judged) if command != "audit" else Glossary("", "", 0)
    scores = score_parts(work, built) if command == "run" else ["", ""]
    done = report_parts(work, built, judged, glossary.wanted or None, pages=command == "run")
    files = [Path(work.file("tally", k)) for k in range(len(done))]
    tally = merged(from_json(Tally, path.read_bytes(), path.name) for path in files)
    entries = read_entries(Path(glossary.entries)) if glossary.entries else ()
    found = from_json(tuple[Score, ...], Path(scores[1]).read_bytes(), "scores") if scores[1] else ()
    tally = completed(tally, entries, found, _made_by(work, judged), _notes(work, built, judged, glossary))
    links = Links()
    if glossary.wanted:
        paths = [Path(work.file("page-links", k)) for k in range(len(done))]
        links = links_together(from_json(Links, path.read_bytes(), path.name) for path in paths)
    return built, Told(tally, links, slices_of(done), judged.known, glossary.entries, scores[0])


def present_findings(work: Work, built: Built) -> Iterator[Finding]:
    """The findings of all parts, known ones too."""
    for k in range(len(built.pieces)):
        yield from read_findings(Path(work.file("findings", k)))


def text_of(work: Work, told: Told, *, statistics: bool = False, quiet: bool = False) -> Iterator[str]:
    """The report for a terminal, line by line; if `quiet` the closing lines only."""
    if not quiet:
        for group in finding_groups(work, told):
            some = Result((), (), (), (), tuple(group), (), (), lang=told.tally.lang)
            yield from finding_lines(some, color=sys.stdout.isatty())
    lines = ending_lines(told.tally, statistics=statistics)
    if quiet and told.tally.found:
        next(lines)  # the blank one
    yield from lines


def exit_code_of(tally: Tally, fail_on: str) -> int:
    """1 where a finding reaches the severity that fails, else 0."""
    if fail_on == "never":
        return 0
    order: list[str] = [*SEVERITIES]
    return int(any(tally.found.severities[: order.index(fail_on) + 1]))


def _asked_for_executor() -> str:
    """The option of those given that says how parts are to be done, "" for none."""
    context = click.get_current_context(silent=True)
    names = {"executor_name": "--executor", "jobs": "--jobs", "address": "--address"}
    given = click.core.ParameterSource.COMMANDLINE
    return next((names[n] for n in names if context and context.get_parameter_source(n) == given), "")


def _made_by(work: Work, judged: Judged) -> dict[str, str]:
    found = resources(judged.settings)
    return made_by(found.termbase, found.knowledge.signature, found.history.signature, work.options)


def _notes(work: Work, built: Built, judged: Judged, glossary: Glossary) -> list[str]:
    lang, choice = work.options.lang, work.options.choice
    found = [
        *resources(judged.settings).termbase.notes,
        *notes_of(Counts(comparable=judged.comparable), lang),
        *handling_notes(judged.handled, choice),
        *about(work.options),
    ]
    if cuts := sum(piece.begin > 0 for piece in built.pieces):
        places = "in one place" if cuts == 1 else f"in {cuts:,} places"
        en = f"Big documents were cut {places}: what is said of a document is said of each of its parts."
        found.append(Message(en, f"大文档在{cuts:,}处被切开：凡针对整篇文档的结论，均按各部分分别给出。"))
    if left_out := glossary.left_out + judged.let_go:
        en = f"{left_out:,} rare terms, renderings and titles were too many to be counted over the whole corpus."
        found.append(Message(en, f"{left_out:,} 个罕见的术语、译法和标题因数量过多，未计入整个语料的统计。"))
    return [in_language(note, lang) for note in found]
