"""`duizhao build`: documents to a corpus."""

from pathlib import Path

import click

from duizhao import options
from duizhao.outputs import drop_stale, write_outputs
from duizhao.pipeline import Options, build_corpus, checked
from duizhao.progress import Progress
from duizhao.reports import Result, read_line, reading_lines


@click.command("build")
@options.inputs
@options.out(required=True)
@options.reading
def build(inputs: tuple[str, ...], folder: Path, chosen: Options) -> None:
    """Turn documents into records and aligned sentence pairs.

    What was not understood is kept too, in leftovers.jsonl.

    \b
    Examples:
      duizhao build page.txt -o corpus/
      duizhao build 2023-01/ 2023-02/ -o corpus/
    """
    with Progress() as progress:
        corpus = build_corpus(inputs, checked(chosen), progress)
        result = Result(corpus.documents, corpus.records, corpus.leftovers, corpus.pairs, (), (), ())
        written = write_outputs(folder, result, ("corpus", "records"))
        stale = drop_stale(folder, written)
    click.echo(f"Built {read_line(result)}")
    for line in reading_lines(result):
        click.echo(line)
    click.echo(f"Wrote {', '.join(written)} in {folder}.")
    if stale:
        click.echo(f"Removed {', '.join(stale)}: made of another corpus. Run duizhao audit or run for new ones.")
