"""`duizhao review`: people decide in the browser; what they decided becomes what the next audit goes by."""

import os
import shlex
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from duizhao import audit_options
from duizhao.corpora import InputError, is_corpus, read_corpus
from duizhao.corpora.files import shown
from duizhao.corpora.store import MANIFEST
from duizhao.decision_log import NAME as LOG
from duizhao.decision_log import DecisionLog
from duizhao.ignore_file import NAME
from duizhao.pipeline import Options, audit_present, checked, score_corpus
from duizhao.progress import Progress
from duizhao.publishing import published
from duizhao.remembering import NAME as REMEMBERED
from duizhao.remembering import earlier, write_remembered
from duizhao.reports import Result, render_html
from duizhao.reports.summary import counted
from duizhao.reports.visible import on_one_line
from duizhao.review_server import ReviewServer, stop_signals
from duizhao.review_take_over import take_over, with_own


@click.command("review")
@click.argument("inputs", nargs=-1, required=True, metavar="FOLDER | FILE…")
@click.option(
    "--termbase",
    type=click.Path(path_type=Path),
    default=Path("terms.csv"),
    show_default=True,
    metavar="TERMS",
    help="The termbase (CSV) that decisions go into; made if there is none. A folder is audited by it too.",
)
@click.option(
    "--ignore-file",
    type=click.Path(path_type=Path),
    default=Path(NAME),
    show_default=True,
    metavar="FILE",
    help="Where false alarms are written, to be let stand; made if there is none.",
)
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Of the page.  [default: any that is free]")
@click.pass_context
def review(
    context: click.Context, /, inputs: tuple[str, ...], termbase: Path, ignore_file: Path, port: int, **auditing: Any
) -> None:
    """Decide on findings and terms, and take over what was decided.

    FOLDER is one that duizhao run or build wrote. Its report is served on this machine, and what you decide there is
    written to FOLDER/decisions.jsonl at once, until Ctrl-C. The options of duizhao audit count here.

    FILE is that decisions.jsonl, a glossary.xlsx with decisions, a glossary.csv with columns decision and comment, or
    JSON with decisions (docs/review.md). Accepted renderings go into the termbase, rejected ones are forbidden there;
    findings rejected as false alarms are let stand. Nothing else in the two files changes.

    Exit code 1: something could not be taken over, and the output says what.

    \b
    Examples:
      duizhao review out/
      duizhao review out/decisions.jsonl
      duizhao review out/glossary.xlsx decisions.json --termbase house.csv
    """
    given = [name for name in context.params if context.get_parameter_source(name) is ParameterSource.COMMANDLINE]
    folders = [each for each in inputs if os.path.isdir(each)]
    if not folders:
        useless = [option.opts[0] for option in _AUDITING if option.name in given]
        useless += ["--port"] if "port" in given else []
        if useless:
            raise click.UsageError(f"{useless[0]} goes with a folder only.")
        sys.exit(take_over(inputs, termbase, ignore_file))
    if len(inputs) > 1:
        raise InputError(folders[0], "a folder beside other inputs", "one folder, or files", "Review it by itself.")
    kept = [f" --termbase {shlex.quote(shown(termbase))}"] if "termbase" in given else []
    kept += [f" --ignore-file {shlex.quote(shown(ignore_file))}"] if "ignore_file" in given else []
    _AUDITED(
        inputs=inputs,
        chosen=Options(),
        termbases=(),
        own_termbase=termbase if _holds_something(termbase) else None,
        own_ignore_file=str(ignore_file) if _holds_something(ignore_file) else None,
        port=port,
        kept="".join(kept),
        **auditing,
    )


def _serve(
    inputs: tuple[str],
    chosen: Options,
    own_termbase: Path | None,
    own_ignore_file: str | None,
    port: int,
    kept: str,
    **_unused: object,
) -> None:
    """Audit the corpus in a folder and serve its report until Ctrl-C or SIGTERM."""
    given = Path(inputs[0])
    if not is_corpus(given):
        raise InputError(shown(given), "a folder without a corpus", "one that duizhao run or build wrote")
    if own_termbase:
        chosen = replace(chosen, termbases=with_own(chosen.termbases, own_termbase))
    if own_ignore_file:
        files = {os.path.realpath(path): path for path in (own_ignore_file, *chosen.choice.ignore_files)}
        chosen = replace(chosen, choice=replace(chosen.choice, ignore_files=tuple(files.values())))
    chosen = checked(chosen)
    folder = _folder_of_run(given)
    with DecisionLog(folder / LOG) as log, ReviewServer(log, port) as server:
        with Progress() as progress:
            result = _audited(given, folder, chosen, progress)
        server.page = review_page(result)
        for note in log.notes:
            click.echo(on_one_line(note))
        with stop_signals() as stop:
            number, file = counted(len(result.findings), "finding"), shown(log.path)
            click.echo(on_one_line(f"Serving {shown(given)}, {number}, at {server.address}"))
            click.echo(on_one_line(f"Open it in a browser here. Decisions go into {file} at once. Ctrl-C ends."))
            server.answer_until(stop)
            log.close()
            for line in _farewell(log, kept):
                click.echo(on_one_line(line))


def _farewell(log: DecisionLog, kept: str) -> Iterator[str]:
    """What was decided, where it is, and what to do with it."""
    decisions = [row["decision"] for row in log.latest() if row["decision"]]
    later = decisions.count("later")
    yield f"{counted(len(decisions), 'decision')} in {shown(log.path)}{f', {later:,} for later' if later else ''}."
    if decisions:
        yield f"Next: duizhao review {shlex.quote(shown(log.path))}{kept}"


def review_page(result: Result) -> bytes:
    """The report as a page that saves its decisions beside itself."""
    return "".join(render_html(result, decisions_at="decisions")).encode("utf-8")


def _audited(given: Path, folder: Path, chosen: Options, progress: Progress) -> Result:
    """What `duizhao run` would report of the corpus; a folder that remembers no audit does so from now on."""
    corpus = read_corpus(given)
    remembered = earlier(folder, chosen)
    result, _ = audit_present(corpus, chosen, progress, remembered)
    if remembered.begun and not (folder / REMEMBERED).exists():
        with published(folder) as new:
            write_remembered(new / REMEMBERED, remembered.lines())
    return replace(result, scores=tuple(score_corpus(corpus, chosen)))


def _folder_of_run(given: Path) -> Path:
    """The folder for the log: of out/corpus it is out, for the next run replaces all that a corpus folder holds."""
    place = given.resolve()
    inner = place.name == "corpus" and (place / MANIFEST).is_file() and (place.parent / "leftovers.jsonl").is_file()
    return given.parent if inner and given.name == "corpus" else place.parent if inner else given


def _holds_something(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0


_AUDITED = audit_options.reporting(_serve)
_OWN = ("termbases", "ignore_file", "write_baseline", "fail_on")  # review's own, and those of what is printed
_AUDITING = [option for option in click.command("audit")(_AUDITED).params if option.name not in _OWN]
review.params += _AUDITING
