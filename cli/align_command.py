"""`duizhao align`: two files of the same text in two languages."""

import hashlib
import sys
from collections import Counter
from pathlib import Path

import click

from duizhao import options
from duizhao.align.alignment import Alignment, align_texts
from duizhao.align.bead_file import Side, check_indices, read_beads
from duizhao.align.bead_scores import score_beads
from duizhao.align.linked_words import link_words
from duizhao.corpora import Document, InputError, Reading, han_share, language
from duizhao.corpora.durable import whole_file
from duizhao.corpora.files import file_bytes, limited_bytes, same_files, shown
from duizhao.corpora.formats import plain_document
from duizhao.corpora.reading import read_text
from duizhao.folder_alignment import PAIRS, align_folders
from duizhao.pipeline import read_one
from duizhao.reports.alignment import (
    ALIGNMENT_FORMATS,
    AlignmentFormat,
    alignment_format,
    alignment_summary,
    render_alignment,
    score_table,
)
from duizhao.reports.summary import counted
from duizhao.reports.visible import on_one_line
from duizhao.whole_files import check_target


@click.command("align")
@click.argument("first", metavar="ZH")
@click.argument("second", metavar="EN", required=False)
@options.encoding
@click.option(
    "--sentences",
    "lines",
    is_flag=True,
    help="Take each line as a sentence. Blank lines count but stand alone: an index is a line's number less one.",
)
@click.option(
    "--shuffled",
    is_flag=True,
    help="Parts may stand in another order, or have no counterpart: align stretch by stretch.",
)
@click.option("--words", is_flag=True, help="Link words too: tokens and links in tsv and jsonl.")
@click.option(
    "--format",
    "form",
    type=click.Choice(list(ALIGNMENT_FORMATS.values())),
    help="How to write the beads.  [default: as the ending of -o says, else tsv]",
)
@click.option(
    "-o",
    "--out",
    "target",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="File to write instead of standard output; .tsv .ladder .jsonl .beads .tmx .pharaoh .txt say the format. "
    "For folders: the folder to write.",
)
@click.option(
    "--gold",
    metavar="FILE",
    help="Beads made by hand ([0, 1]:[0], indices of the first file first): print how well ours agree with them. "
    "The alignment itself is then written with -o only.",
)
def align(
    first: str,
    second: str | None,
    encoding: str | None,
    lines: bool,
    shuffled: bool,
    words: bool,
    form: AlignmentFormat | None,
    target: Path | None,
    gold: str | None,
) -> None:
    """Align the sentences of a Chinese and an English file.

    The two may come in either order. Every sentence is in one bead; a line on standard error sums them up. tsv and
    jsonl have texts, indices and probabilities; beads is vecalign's notation and ladder hunalign's (indices of the
    first file first, from 0); tmx leaves out what stands alone; pharaoh has tokens and word links; text is to be read.

    Folders (one with files of both languages, or two) are paired file by file, by name and by content: a table of
    beads a pair, and pairs.tsv, which also names the files without a partner.

    \b
    Examples:
      duizhao align chapter.zh.txt chapter.en.txt -o chapter.tsv
      duizhao align zh.txt en.txt --sentences --gold gold.beads
      duizhao align novels/ -o aligned/
    """
    folders = [name for name in (first, second) if name is not None and Path(name).is_dir()]
    if folders:
        if lines or shuffled or words or form or gold or not target:
            raise click.UsageError("Folders go with -o FOLDER, and without other options but --encoding.")
        if len(folders) < 2 and second is not None:
            raise click.UsageError("Name two files, or one or two folders.")
        _align_folders(first, second, target, encoding)
        return
    if second is None:
        raise click.UsageError("Missing argument 'EN': two files, or one or two folders.")
    if gold and (form or words) and not target:
        option = "--format" if form else "--words"
        raise click.UsageError(f"{option} beside --gold needs -o: the scores go to standard output.")
    given = [name for name in (first, second, gold) if name is not None]
    if target:
        form = form or alignment_format(shown(target))
        _check_target(target, given)
    if words and form not in (None, "tsv", "jsonl", "pharaoh"):
        raise click.UsageError("--words goes with tsv, jsonl and pharaoh.")
    one, two = _read(first, encoding, lines), _read(second, encoding, lines)
    leading: Side = "zh" if han_share(one.text) >= han_share(two.text) else "en"
    hand = read_beads(read_text(gold), gold, leading) if gold else []
    zh, en = (one, two) if leading == "zh" else (two, one)
    made = _align_files(zh, en, lines, shuffled)
    if words or form == "pharaoh":
        made = link_words(made)
    if gold:
        check_indices(hand, gold, len(made.en), len(made.zh))
    if target or not gold:
        text = render_alignment(made, form or "tsv", leading)
        if target:
            _write(target, text)
        else:
            click.echo(text, nl=False)
    if gold:
        click.echo("\n".join(score_table(score_beads([(hand, made.beads)]))))
    for document in (one, two):
        if document.notes:
            click.echo(on_one_line(f"{document.source}: {'; '.join(document.notes)}."), err=True)
    click.echo(alignment_summary(made), err=True)


def _align_files(zh: Document, en: Document, lines: bool, shuffled: bool) -> Alignment:
    if {language(zh.text), language(en.text)} not in ({"zh", "en"}, {"zh", "mixed"}, {"mixed", "en"}):
        raise InputError(f"{zh.source}, {en.source}", "not one Chinese and one English text", "one of each")
    return align_texts(
        en.text,
        zh.text,
        lines=lines,
        shuffled=shuffled,
        document=f"{en.source} + {zh.source}",
        sha256=hashlib.sha256((en.sha256 + zh.sha256).encode()).hexdigest(),
    )


def _align_folders(first: str, second: str | None, target: Path, encoding: str | None) -> None:
    made = align_folders(first, second, target, encoding)
    for note in made.notes:
        click.echo(on_one_line(note), err=True)
    counts = Counter(line.status for line in made.lines)
    beads = sum(count for _, count in made.beads)
    click.echo(
        f"{shown(target)}: {counted(counts['paired'], 'pair')} of files, {counted(beads, 'bead')}; "
        f"{counts['alone']} without a partner, {counts['unread']} not read (see {PAIRS}).",
        err=True,
    )


def _read(given: str, encoding: str | None, lines: bool) -> Document:
    """The document of an input; with `lines`, its lines as they are, whatever format they look like."""
    if not lines:
        return read_one(given, encoding)
    data = limited_bytes(sys.stdin.buffer, "-") if given == "-" else file_bytes(Path(given))
    return plain_document(data, shown(Path(given)), Reading(encoding))


def _check_target(target: Path, given: list[str]) -> None:
    """Raise InputError, before the work, where the file cannot be written or is one of the inputs."""
    if same_files(given, [target]):
        raise InputError(shown(target), "one of the inputs", "another file to write", "Name another -o.")
    check_target(target, "Name another -o.")


def _write(target: Path, text: str) -> None:
    """The file, whole or not at all."""
    with whole_file(target) as made:
        made.write_text(text, encoding="utf-8", newline="\n")
