"""`duizhao glossary`: every term with what it became."""

import io
from dataclasses import replace
from pathlib import Path

import click

from duizhao import audit_options, options
from duizhao.metrics import mismatched_terms
from duizhao.outputs import write_outputs
from duizhao.pipeline import Options, audit_corpus, build_corpus, checked
from duizhao.progress import Progress
from duizhao.reports import write_glossary


@click.command("glossary")
@options.inputs
@options.out(required=False)
@options.reading
@audit_options.judging
@click.option("--mismatches", is_flag=True, help="Only terms with a wrong rendering or with several.")
def glossary(inputs: tuple[str, ...], folder: Path | None, chosen: Options, mismatches: bool) -> None:
    """List every source term with its renderings (CSV).

    Each rendering comes with how often and where it stands, and whether a finding speaks of it.

    \b
    Examples:
      duizhao glossary page.txt > glossary.csv
      duizhao glossary corpus/ --mismatches -o out/
    """
    chosen = checked(chosen)
    with Progress() as progress:
        result = audit_corpus(build_corpus(inputs, chosen, progress), chosen, progress)
    if mismatches:
        wrong = mismatched_terms(result.renderings)
        result = replace(result, renderings=tuple(r for r in result.renderings if r.term in wrong))
    if folder is not None:
        write_outputs(folder, result, ("glossary",))
    text = io.StringIO()
    write_glossary(text, result.renderings)
    click.echo(text.getvalue(), nl=False)
