"""`duizhao build`: documents to a corpus."""

from pathlib import Path

import click

from duizhao import options
from duizhao.corpora import EXPORTS
from duizhao.executor_options import Running, executor_options
from duizhao.outputs import drop_stale, write_outputs
from duizhao.pipeline import Options, build_corpus, checked
from duizhao.progress import Progress
from duizhao.publishing import published
from duizhao.reports import Result, read_line, reading_lines
from duizhao.reports.tally import Tally


@click.command("build")
@options.inputs
@options.out(required=True)
@options.reading
@options.allow_empty
@click.option(
    "--export",
    "exports",
    multiple=True,
    type=click.Choice(sorted(set(EXPORTS) - {"jsonl"})),
    help="Write the pairs in this format too. Repeatable.",
)
@options.licence
@executor_options
def build(
    inputs: tuple[str, ...],
    folder: Path,
    chosen: Options,
    exports: tuple[str, ...],
    licence: str,
    running: Running,
) -> None:
    """Turn documents into records and aligned sentence pairs.

    What was not understood is kept too, in leftovers.jsonl. Inputs of over four megabytes are worked on in parts: the
    same command goes on where an interrupted one stopped.

    \b
    Examples:
      duizhao build page.txt -o corpus/
      duizhao build 2023-01/ 2023-02/ -o corpus/
      duizhao build feed.json --field note=skip --export tmx -o corpus/
      duizhao build newsletter.txt --catalog papers.bib -o corpus/
    """
    from duizhao.part_commands import in_parts  # which loads what audits need

    chosen = checked(chosen)
    result: Result | Tally
    with Progress() as progress:
        if in_parts(inputs, chosen):
            result, written = _in_parts(inputs, folder, chosen, exports, licence, running, progress)
        else:
            corpus = build_corpus(inputs, chosen, progress)
            result = Result(corpus.documents, corpus.records, corpus.leftovers, corpus.pairs, (), (), ())
            written = write_outputs(folder, result, ("corpus", "records"), exports, licence)
        stale = drop_stale(folder, written)
    click.echo(f"Built {read_line(result)}")
    for line in reading_lines(result):
        click.echo(line)
    click.echo(f"Wrote {', '.join(written)} in {folder}.")
    if stale:
        click.echo(f"Removed {', '.join(stale)}: made of another corpus. Run duizhao audit or run for new ones.")


def _in_parts(
    inputs: tuple[str, ...],
    folder: Path,
    chosen: Options,
    exports: tuple[str, ...],
    licence: str,
    running: Running,
    progress: Progress,
) -> tuple[Tally, list[str]]:
    """The counts of a corpus that is built part by part, and what was written."""
    from duizhao.part_commands import build_big, place_of, working
    from duizhao.part_outputs import write_corpus_parts, write_exports, write_row_files

    with place_of(folder) as place, working("build", place, chosen, running, progress) as work:
        built, tally = build_big(work, inputs)
        with published(folder) as new:
            (new / "corpus").mkdir()
            write_corpus_parts(work, built, new / "corpus", licence)
            write_row_files(work, built, new)
            if exports:
                write_exports(work, built, new, exports, licence)
            written = sorted(item.name for item in new.iterdir())
    return tally, written
