"""`duizhao score`: BLEU and chrF with their signatures."""

from pathlib import Path

import click

from duizhao import options
from duizhao.metrics import score_texts
from duizhao.outputs import write_outputs
from duizhao.pipeline import Options, build_corpus, checked, read_one, score_corpus
from duizhao.progress import Progress
from duizhao.reports import Result, score_line


@click.command("score")
@click.argument("inputs", nargs=-1, metavar="[IN…]")
@click.option("--hyp", metavar="FILE", help="Hypotheses, one a line, instead of IN.")
@click.option("--ref", metavar="FILE", help="References for --hyp, line by line.")
@options.reference
@options.out(required=False)
@options.encoding
def score(
    inputs: tuple[str, ...],
    hyp: str | None,
    ref: str | None,
    reference: str | None,
    folder: Path | None,
    encoding: str | None,
) -> None:
    """Score translations with BLEU and chrF, signatures included.

    Without a reference, documents that translate the same papers (same link) score each other: that is
    agreement, not quality.

    \b
    Examples:
      duizhao score --hyp system.zh --ref human.zh
      duizhao score page.txt --reference human.txt
    """
    if bool(hyp) != bool(ref) or bool(hyp) == bool(inputs):
        raise click.UsageError("Give IN…, or both --hyp and --ref.")
    if hyp and ref:
        scores = score_texts(_lines(hyp, encoding), _lines(ref, encoding), hypothesis=hyp, reference=ref)
        result = Result((), (), (), (), (), (), tuple(scores))
    else:
        chosen = checked(Options(encoding, reference=reference))
        with Progress() as progress:
            corpus = build_corpus(inputs, chosen, progress)
        scores = score_corpus(corpus, chosen)
        result = Result(corpus.documents, corpus.records, corpus.leftovers, corpus.pairs, (), (), tuple(scores))
    if folder is not None:
        write_outputs(folder, result, ("scores",))
    for item in scores:
        click.echo(score_line(item))
    if not scores:
        click.echo("Nothing to score: no paper occurs twice, and no --reference was given.", err=True)


def _lines(path: str, encoding: str | None) -> list[str]:
    """The lines of a file, blank ones too: line k answers line k of the other."""
    text = read_one(path, encoding).text
    return text.removesuffix("\n").split("\n")
