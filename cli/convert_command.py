"""`duizhao convert`: pairs in one format to pairs in another."""

import os
from pathlib import Path

import click

from duizhao import options
from duizhao.corpora import EXPORTS, InputError, format_of, is_corpus, units_of_pairs, units_of_segments, write_units
from duizhao.corpora.durable import work_folder
from duizhao.corpora.files import same_files
from duizhao.pipeline import Options, build_corpus, checked, read_segments
from duizhao.progress import Progress
from duizhao.whole_files import check_target


@click.command("convert")
@options.inputs
@click.option(
    "-o",
    "--out",
    "target",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="File to write; its ending says the format.",
)
@click.option(
    "--format", "name", type=click.Choice(sorted(EXPORTS)), help="The format, where the ending does not say it."
)
@options.licence
@options.reading
def convert(inputs: tuple[str, ...], target: Path, name: str | None, licence: str, chosen: Options) -> None:
    """Write sentence pairs as TMX, XLIFF 2, CSV, Parquet and others.

    Bilingual files keep their units as they are; documents are aligned first. Each pair says which document, hash and
    span it came from.

    \b
    Examples:
      duizhao convert memory.tmx -o memory.csv
      duizhao convert out/ -o pairs.tmx --licence "CC BY 4.0"
      duizhao convert page.txt -o pairs --format moses
    """
    name = name or format_of(target)
    targets = [target.with_name(f"{target.name}{side}") for side in (("",) if name != "moses" else (".en", ".zh"))]
    if again := same_files([given for given in inputs if not is_corpus(Path(given))], targets):
        raise InputError(str(again[0]), "one of the inputs", "another file to write", "Name another -o.")
    for each in targets:
        check_target(each, "Name another -o.")
    segments = read_segments(inputs, checked(chosen))
    if segments is not None:
        units, all_of_them = list(units_of_segments(*segments, licence)), len(segments[1])
    else:
        with Progress() as progress:
            corpus = build_corpus(inputs, chosen, progress)
        units, all_of_them = list(units_of_pairs(corpus.documents, corpus.pairs, licence)), len(corpus.pairs)
    if not units:
        raise InputError(", ".join(inputs), "no pair with both sides", "English and Chinese that belong together")
    place = Path(os.path.realpath(target))  # a link stays, and leads to the new file
    with work_folder(place.parent) as folder:
        for made in write_units(units, name, folder / target.name):
            os.replace(made, os.path.realpath(target.with_name(made.name)))
    click.echo(f"Wrote {len(units):,} pairs to {target}{'.en and .zh' if name == 'moses' else ''}.")
    if all_of_them > len(units):
        click.echo(f"Left out {all_of_them - len(units):,} with one side only.")
