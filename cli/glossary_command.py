"""`duizhao glossary`: every term with what it became."""

import io
from dataclasses import replace
from pathlib import Path
from typing import Literal

import click

from duizhao import audit_options, options
from duizhao.executor_options import Running, executor_options
from duizhao.metrics import SECTIONS
from duizhao.outputs import write_outputs
from duizhao.pipeline import Options, audit_corpus, build_corpus, checked
from duizhao.progress import Progress
from duizhao.publishing import published
from duizhao.remembering import earlier
from duizhao.reports import Result, write_glossary, write_glossary_markdown, write_glossary_tbx, write_jsonl

Form = Literal["csv", "jsonl", "md", "tbx"]


@click.command("glossary")
@options.inputs
@options.out(required=False)
@options.reading
@audit_options.judging
@click.option(
    "--section",
    "sections",
    type=click.Choice(SECTIONS),
    multiple=True,
    help="Only these terms: with a wrong rendering, with several, new to the termbase, as it has them. Repeatable.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "jsonl", "md", "tbx"]),
    default="csv",
    show_default=True,
    help="What to print.",
)
@executor_options
def glossary(
    inputs: tuple[str, ...],
    folder: Path | None,
    chosen: Options,
    sections: tuple[str, ...],
    form: Form,
    running: Running,
) -> None:
    """List every source term with its renderings.

    Each rendering comes with how often and where it stands, and whether a finding speaks of it. With -o all is
    written: glossary.xlsx to decide in, with the findings; glossary.csv and .jsonl for programs; glossary.md to read;
    glossary.tbx to propose to a termbase. Inputs of over four megabytes are worked on in parts.

    \b
    Examples:
      duizhao glossary page.txt > glossary.csv
      duizhao glossary corpus/ -o out/ && duizhao review out/glossary.xlsx
      duizhao glossary corpus/ --section new --format tbx > proposed.tbx
    """
    chosen = checked(chosen)
    from duizhao.part_commands import in_parts

    if in_parts(inputs, chosen):
        click.echo(_printed(_in_parts(inputs, folder, chosen, sections, running, form), form), nl=False)
        return
    with Progress() as progress:
        remembered = earlier(folder, chosen)
        result = audit_corpus(build_corpus(inputs, chosen, progress), chosen, progress, remembered)
    if sections:
        result = replace(result, entries=tuple(entry for entry in result.entries if entry.section in sections))
    if folder is not None:
        write_outputs(folder, result, ("glossary", "lists"), remembered=remembered)
    click.echo(_printed(result, form), nl=False)


def _in_parts(
    inputs: tuple[str, ...],
    folder: Path | None,
    chosen: Options,
    sections: tuple[str, ...],
    running: Running,
    form: Form,
) -> Result:
    """The glossary to print, made part by part."""
    from duizhao.part_commands import judge_big, place_of, working
    from duizhao.part_files import read_entries
    from duizhao.part_outputs import markdown_result, write_glossary_files

    with Progress() as progress, place_of(folder) as place:
        with working("glossary", place, chosen, running, progress) as work:
            told = judge_big(work, inputs, "glossary")[1]
            entries = [e for e in read_entries(Path(told.entries)) if not sections or e.section in sections]
            if folder is not None:
                with published(folder) as new:
                    write_glossary_files(work, told, entries, new, folder, lists=True)
        if form == "md":
            return markdown_result(entries, told)
        return Result((), (), (), (), (), tuple(entries), (), lang=chosen.lang)


def _printed(result: Result, form: Form) -> str:
    text = io.StringIO()
    if form == "tbx":
        terms = io.BytesIO()
        write_glossary_tbx(terms, result.entries)
        return terms.getvalue().decode("utf-8")
    if form == "jsonl":
        write_jsonl(text, result.entries)
    elif form == "md":
        write_glossary_markdown(text, result)
    else:
        write_glossary(text, result.entries)
    return text.getvalue()
