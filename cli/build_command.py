"""`duizhao build`: documents to a corpus."""

from pathlib import Path

import click

from duizhao import options
from duizhao.corpora import EXPORTS
from duizhao.outputs import drop_stale, write_outputs
from duizhao.pipeline import Options, build_corpus, checked
from duizhao.progress import Progress
from duizhao.reports import Result, read_line, reading_lines


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
def build(inputs: tuple[str, ...], folder: Path, chosen: Options, exports: tuple[str, ...], licence: str) -> None:
    """Turn documents into records and aligned sentence pairs.

    What was not understood is kept too, in leftovers.jsonl.

    \b
    Examples:
      duizhao build page.txt -o corpus/
      duizhao build 2023-01/ 2023-02/ -o corpus/
      duizhao build feed.json --field note=skip --export tmx -o corpus/
      duizhao build newsletter.txt --catalog papers.bib -o corpus/
    """
    with Progress() as progress:
        corpus = build_corpus(inputs, checked(chosen), progress)
        result = Result(corpus.documents, corpus.records, corpus.leftovers, corpus.pairs, (), (), ())
        written = write_outputs(folder, result, ("corpus", "records"), exports, licence)
        stale = drop_stale(folder, written)
    click.echo(f"Built {read_line(result)}")
    for line in reading_lines(result):
        click.echo(line)
    click.echo(f"Wrote {', '.join(written)} in {folder}.")
    if stale:
        click.echo(f"Removed {', '.join(stale)}: made of another corpus. Run duizhao audit or run for new ones.")
