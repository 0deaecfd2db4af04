"""Two big files, line by line parallel, as rows of named cells."""

from collections.abc import Iterator
from itertools import zip_longest

from .errors import InputError
from .script import language
from .sniffing import text_format
from .unit_blocks import TextFile
from .unit_rows import NamedRow

_SHOWN = 20_000  # characters that show a language
_PLAIN = frozenset(("text", "Markdown", "HTML", "LaTeX"))  # what lines of prose may look like


def are_parallel(en: TextFile, zh: TextFile) -> bool:
    """Whether two files whose names pair them are plain lines, English in one and Chinese in the other."""
    if language(en.head[:_SHOWN]) != "en" or language(zh.head[:_SHOWN]) == "en":
        return False
    return all(text_format(file.head, file.path.suffix.lower().lstrip("."))[0] in _PLAIN for file in (en, zh))


def moses_rows(en: TextFile, zh: TextFile) -> Iterator[NamedRow]:
    """A row a line of two files; lines blank in both give none, and are counted in the notes of the English file.

    Raises InputError after the last row where one file has more lines than the other: their sides belong to no one.
    """
    blank, alone_en, alone_zh, number = 0, 0, 0, 0
    for number, (english, chinese) in enumerate(zip_longest(_lines(en), _lines(zh)), 1):
        if english is None or chinese is None:
            longer, shorter = (zh, en) if english is None else (en, zh)
            found = f"{number - 1:,} lines, and more in {longer.source}"
            raise InputError(shorter.source, found, "as many lines in both", "Or build a corpus of the two texts.")
        blank_en, blank_zh = not english.strip(), not chinese.strip()
        blank += blank_en and blank_zh
        alone_en += blank_zh and not blank_en
        alone_zh += blank_en and not blank_zh
        if not (blank_en and blank_zh):
            yield number, (("en", english), ("zh", chinese))
    counted = (
        (blank, "lines are blank in both files and were skipped"),
        (alone_en, f"lines are blank in {zh.source} only"),
        (alone_zh, f"lines are blank in {en.source} only"),
    )
    en.notes.add(*(f"{count} {what}" for count, what in counted if count))


def _lines(file: TextFile) -> Iterator[str]:
    for block in file.blocks():
        lines = block.text.split("\n")
        if not lines[-1]:
            lines.pop()
        yield from lines
