"""`duizhao align`: two files of the same text in two languages."""

import click

from duizhao import options
from duizhao.align import align_sentences, sentences_en, sentences_zh
from duizhao.corpora import Document, InputError, language
from duizhao.pipeline import read_one


@click.command("align")
@click.argument("first", metavar="ZH")
@click.argument("second", metavar="EN")
@options.encoding
@click.option("--sentences", "lines", is_flag=True, help="Take each line as a sentence.")
def align(first: str, second: str, encoding: str | None, lines: bool) -> None:
    """Align the sentences of a Chinese and an English file.

    Prints type, score, English and Chinese, tab-separated.

    \b
    Examples:
      duizhao align chapter.zh.txt chapter.en.txt
      duizhao align zh.txt en.txt --sentences
    """
    one, two = read_one(first, encoding), read_one(second, encoding)
    if language(one.text) == "en" and language(two.text) == "zh":
        one, two = two, one
    if language(one.text) != "zh" or language(two.text) != "en":
        raise InputError(f"{first}, {second}", "not one Chinese and one English text", "one of each")
    en, zh = _sentences(two, lines), _sentences(one, lines)
    for bead in align_sentences(en, zh):
        sides = (" ".join(en[i] for i in bead.en), "".join(zh[j] for j in bead.zh))
        click.echo("\t".join([bead.type, f"{bead.score:.3f}", *(" ".join(side.split()) for side in sides)]))


def _sentences(document: Document, lines: bool) -> list[str]:
    if lines:
        return [line.strip() for line in document.text.split("\n") if line.strip()]
    split = sentences_zh if language(document.text) == "zh" else sentences_en
    return [document.text[a:b] for a, b in split(document.text)]
