"""`duizhao filter`: which pairs should not be in a corpus, and why."""

from pathlib import Path
from typing import Literal

import click

from duizhao import options
from duizhao.corpora import EXPORTS
from duizhao.corpora.files import shown
from duizhao.executor_options import Running, executor_options
from duizhao.filter_config import default_config, read_config
from duizhao.filter_run import BY, Wanted, run_filter
from duizhao.metrics.filter_rules import read_settings
from duizhao.progress import Progress
from duizhao.reports.filter_report import filter_lines
from duizhao.reports.visible import on_one_line
from duizhao.run_state import told_if_stopped


def _print_config(context: click.Context, option: click.Parameter, asked: bool) -> None:
    if asked:
        click.echo(default_config(), nl=False)
        context.exit()


@click.command("filter")
@options.inputs
@options.out(required=True)
@click.option(
    "--config",
    "config",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Filters and their thresholds, in YAML; what it does not name keeps its default.",
)
@click.option(
    "--print-config",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_config,
    help="Print all filters with their thresholds, as a file for --config, and exit.",
)
@click.option(
    "--encoder", is_flag=True, help="Judge by meaning too: finds misaligned pairs, and is some 30 times slower."
)
@click.option(
    "--duplicates",
    "by",
    type=click.Choice(BY),
    default="normal",
    show_default=True,
    help="What makes two pairs one: exactly the same text; the same letters and digits; those of one side, English or "
    "Chinese; nearly the same letters (needs duizhao[near]). The first one stays.",
)
@click.option(
    "--export",
    "exports",
    multiple=True,
    type=click.Choice(sorted(EXPORTS)),
    help="Write the pairs that are kept in this format too. Repeatable.",
)
@options.encoding
@options.fields
@click.option(
    "--errors",
    type=click.Choice(["strict", "replace"]),
    default="strict",
    show_default=True,
    help="Refuse bytes that the encoding does not have, or read them as U+FFFD and say how many.",
)
@executor_options
def filter(
    inputs: tuple[str, ...],
    folder: Path,
    config: Path | None,
    encoder: bool,
    by: str,
    exports: tuple[str, ...],
    encoding: str | None,
    fields: tuple[tuple[str, str], ...],
    errors: Literal["strict", "replace"],
    running: Running,
) -> None:
    """Find the pairs that do not belong in a parallel corpus.

    IN is bilingual data of any size: TSV, CSV, JSON Lines, Parquet, TMX, two
    line-parallel files, what duizhao build or this command made before.

    Nothing is deleted. The folder of -o gets all pairs, what was measured of each, and which filters reject it;
    filters.md counts that and shows examples. Run it again with other thresholds: only what they change is done anew.

    \b
    Examples:
      duizhao filter crawl.tsv -o filtered/
      duizhao filter --print-config > filters.yaml
      duizhao filter a.en a.zh -o filtered/ --config filters.yaml --export tsv
      duizhao filter corpus/ -o filtered/ --encoder --jobs 8
    """
    settings = read_config(config) if config else read_settings({}, "filters")
    wanted = Wanted(inputs, settings, by, encoder, exports, encoding, errors, fields)
    with Progress() as progress, told_if_stopped(folder), running.executor() as executor:
        made = run_filter(wanted, folder, executor, progress)
    for line in filter_lines(made.counts, settings, made.about):
        click.echo(line)
    if any(there for there, _ in made.found.values()):
        told = ", ".join(f"{step} {there:,} of {shards:,}" for step, (there, shards) in made.found.items() if there)
        click.echo(f"Shards done before and still right: {told}.")
    if made.removed:
        click.echo(f"Removed, for an earlier run made it and this one did not: {', '.join(made.removed)}.")
    click.echo(on_one_line(f"Wrote {', '.join(made.written)} and the tables in {shown(folder)}."))
