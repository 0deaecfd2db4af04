"""`duizhao terms mine`: documents in two languages to a knowledge pack."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import click

from duizhao import options
from duizhao.align import load_encoder
from duizhao.align.document_names import name_links
from duizhao.corpora import Document, InputError, Reading, Record, each_document, is_corpus, language, read_corpus
from duizhao.corpora.durable import whole_file
from duizhao.corpora.extraction import extract_document
from duizhao.corpora.files import foreign_file, input_files, same_files, shown
from duizhao.corpora.knowledge import write_pack
from duizhao.corpora.moses import language_mark
from duizhao.corpora.pack import SUFFIX
from duizhao.corpora.reading import read_file
from duizhao.metrics.mining import Mined, Miner
from duizhao.progress import Progress
from duizhao.reports.summary import counted
from duizhao.reports.visible import on_one_line
from duizhao.whole_files import check_target

_NAMED = 3  # inputs that a pack's origin names


class Texts(NamedTuple):
    """What is counted as one document: its English and its Chinese, "" where it lacks one, and where it was read."""

    en: str
    zh: str
    source: str


@click.command("mine")
@click.argument("inputs", nargs=-1, metavar="[IN]…")
@click.option("--en", "en", multiple=True, metavar="PATH", help="English files or a folder of them. Repeatable.")
@click.option("--zh", "zh", multiple=True, metavar="PATH", help="Chinese files or a folder of them. Repeatable.")
@options.encoding
@click.option(
    "-o",
    "--out",
    "target",
    required=True,
    type=click.Path(path_type=Path),
    metavar="PACK",
    help=f"The pack to write, for example rivers{SUFFIX}.",
)
def mine(inputs: tuple[str, ...], en: tuple[str, ...], zh: tuple[str, ...], encoding: str | None, target: Path) -> None:
    """Count what a field writes: Chinese strings, and what English terms become.

    Documents need not be translations: an abstract and a summary of the same paper will do. IN are corpora that
    duizhao built, or documents with both languages in a record. With --en and --zh, files are paired by name
    (a.en.txt and a.zh.txt, en/a.txt and zh/a.txt); tables with as many records on both sides, record by record.

    \b
    Examples:
      duizhao terms mine corpus/ -o rivers.pack.tsv.gz
      duizhao terms mine --en papers/en --zh papers/zh -o rivers.pack.tsv.gz
    """
    if bool(inputs) == bool(en or zh) or bool(en) != bool(zh):
        raise click.UsageError("Name documents with both languages, or --en and --zh.")
    given = [*inputs, *en, *zh]
    _check_target(target, given)
    miner = Miner()
    reading = Reading(encoding)
    with Progress() as progress:
        for texts in texts_of(inputs, reading) if inputs else texts_of_sides(en, zh, reading):
            miner.add(texts.en, texts.zh)
            progress("read", texts.source)
        if not miner.documents:
            found = f"{miner.english:,} documents in English alone, {miner.chinese:,} in Chinese alone"
            raise InputError(", ".join(given), found, "documents in both languages", "See duizhao terms mine --help.")
        progress("mining", target.name)
        mined = miner.mine(load_encoder(), target.name.removesuffix(SUFFIX))
    _write(target, mined, _origin(given, miner.documents + miner.chinese))
    if miner.chinese:
        click.echo(f"{counted(miner.chinese, 'document')} in Chinese alone: only Chinese strings counted.")
    if miner.english:
        click.echo(f"{counted(miner.english, 'document')} in English alone: not counted.")
    floors = mined.knowledge.floors
    click.echo(
        f"Dropped as rare: Chinese strings in fewer than {floors.strings} documents, terms in fewer than "
        f"{floors.terms}, renderings in fewer than {floors.renderings}."
    )
    click.echo(
        f"Mined {counted(miner.documents, 'document')}: {counted(mined.terms, 'term')} with "
        f"{counted(mined.renderings, 'rendering')}, in {on_one_line(shown(target))}."
    )


def texts_of(inputs: Iterable[str], reading: Reading) -> Iterator[Texts]:
    """The records of corpora and documents, read one document at a time."""
    fresh: list[str] = []
    for given in inputs:
        if given != "-" and is_corpus(Path(given)) and not foreign_file(Path(given)):
            yield from map(_texts, read_corpus(Path(given)).records)
        else:
            fresh.append(given)
    for document in each_document(fresh, reading):
        yield from map(_texts, extract_document(document, document.source).records)


def texts_of_sides(en: Sequence[str], zh: Sequence[str], reading: Reading) -> Iterator[Texts]:
    """The files of two sides, those paired whose names belong together; of both sides' tables the records."""
    english, chinese = _files(en, not_of="zh"), _files(zh, not_of="en")
    partner = name_links([_below(path, zh) for path in chinese], [_below(path, en) for path in english])
    links = {a: b for a, b in sorted(partner)}
    for k, path in enumerate(chinese):
        other = read_file(english[links[k]], reading=reading) if k in links else None
        yield from _paired(other, read_file(path, reading=reading))
    left = set(range(len(english))) - set(links.values())
    for k in sorted(left):
        yield Texts(read_file(english[k], reading=reading).text, "", shown(english[k]))


def _files(given: Sequence[str], *, not_of: str) -> list[Path]:
    """The files of a side; where both lie in one folder, without those whose names say the other language."""
    found = dict.fromkeys(path for each in given for path in input_files(each))
    return [path for path in found if language_mark(path) != not_of]


def _below(path: Path, given: Sequence[str]) -> str:
    """The path below the folder that was named."""
    for each in given:
        if path != Path(each) and path.is_relative_to(each):
            return shown(path.relative_to(each))
    return path.name


def _paired(en: Document | None, zh: Document) -> Iterator[Texts]:
    """What two files hold: record by record where both are tables with as many records, else one document."""
    if en is not None and en.layout.rows is not None and zh.layout.rows is not None:
        ours, theirs = (list(map(_texts, extract_document(each, each.source).records)) for each in (en, zh))
        if len(ours) == len(theirs):
            yield from (Texts(a.en, b.zh, a.source) for a, b in zip(ours, theirs, strict=True))
            return
    yield Texts(en.text if en is not None else "", zh.text, zh.source)


def _texts(record: Record) -> Texts:
    """Title, abstract and text of a record in both languages; the Chinese also from summary and key points."""
    en = (record.title_en, record.abstract_en, record.text_en)
    zh = (record.title_zh, record.abstract_zh, record.summary_zh, *record.key_points_zh, record.text_zh)
    written = (text for text in zh if text and language(text) != "en")  # English that stands where Chinese should
    return Texts("\n".join(filter(None, en)), "\n".join(written), record.id)


def _origin(given: Sequence[str], documents: int) -> str:
    """What was counted, in words."""
    names = [Path(each).name or each for each in given]
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return on_one_line(f"counted from {documents:,} documents of {', '.join(names[:_NAMED])}{more}")


def _check_target(target: Path, given: Sequence[str]) -> None:
    """Raise InputError, before the work, where the pack cannot be written or is one of the inputs."""
    documents = [each for each in given if each != "-" and not is_corpus(Path(each))]
    if same_files(documents, [target]):
        raise InputError(shown(target), "one of the inputs", "another file to write", "Name another -o.")
    check_target(target, "Name another -o.")


def _write(target: Path, mined: Mined, origin: str) -> None:
    """The pack, whole or not at all."""
    with whole_file(target) as made, made.open("wb") as handle:
        write_pack(mined.knowledge, handle, origin)
