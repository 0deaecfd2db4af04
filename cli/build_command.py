"""`duizhao build`: documents to a corpus."""

from pathlib import Path

import click

from duizhao import options
from duizhao.outputs import write_outputs
from duizhao.pipeline import Options, build_corpus
from duizhao.progress import Progress
from duizhao.reports import Result, text_lines


@click.command("build")
@options.inputs
@options.out(required=True)
@options.encoding
def build(inputs: tuple[str, ...], folder: Path, encoding: str | None) -> None:
    """Turn documents into a corpus: records, aligned sentence pairs, and what was not understood.

    \b
    Examples:
      duizhao build page.txt -o corpus/
      duizhao build 2023-01/ 2023-02/ -o corpus/
    """
    with Progress() as progress:
        corpus = build_corpus(inputs, Options(encoding), progress)
        result = Result(corpus.documents, corpus.records, corpus.leftovers, corpus.pairs, (), (), ())
        written = write_outputs(folder, result, ("corpus", "records"))
    click.echo("\n".join(text_lines(result)))
    click.echo(f"Wrote {', '.join(written)} in {folder}.")
