"""Two files that are one text in two languages: a.en and a.zh, lines or whole texts."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePath

from .columns import map_columns
from .files import file_bytes, shown
from .formats import Reading, document_from_bytes, plain_document
from .model import Document
from .moses import language_mark, pair_lines, same_stem
from .rows import Cell, Table
from .script import chinese_script, language
from .subtitles import read_srt_pair
from .tabular import lay_out

_LANGUAGES = frozenset({".en", ".zh", ".cn", ".zh-cn", ".zh_cn", ".eng", ".chi"})  # endings that say a language only
_SUFFIXES = _LANGUAGES | {".txt", ".text", ".md", ".srt"}


def partners(paths: Sequence[Path]) -> dict[Path, Path]:
    """For each file that is marked as one side of a text the file of the other side, where there is just one."""
    marked = [
        (path, mark)
        for path in dict.fromkeys(paths)
        if path.suffix.lower() in _SUFFIXES and (mark := language_mark(path))
    ]
    found: dict[Path, Path] = {}
    for path, mark in marked[:2000]:
        others = [other for other, its in marked if its != mark and same_stem(path, other)]
        if len(others) == 1:
            found[path] = others[0]
    return found


def read_pair(path: Path, other: Path, reading: Reading) -> Document | None:
    """The document of two files that are one text in two languages, None where they are not.

    Lines of text are taken as they are, whatever signs they hold; subtitles are cues.
    """
    first, second = (plain_document(file_bytes(each), shown(each), reading) for each in (path, other))
    en, zh = (first, second) if language_mark(path) == "en" else (second, first)
    if language(en.text[:20_000]) != "en" or language(zh.text[:20_000]) == "en":
        return None
    kinds = [document_from_bytes(file_bytes(each), shown(each), reading=reading) for each in (path, other)]
    if all(kind.format == "SRT" for kind in kinds):
        return _pair_document(en, zh, read_srt_pair(en.text, zh.text, en.source, zh.source), segments=True)
    if any(kind.layout.rows is not None for kind in kinds):
        return None
    return parallel(en, zh)


def parallel(en: Document, zh: Document) -> Document:
    """The document of an English text and its Chinese translation: line by line where the lines agree, else whole."""
    table = pair_lines(en.text, zh.text, en.source, zh.source)
    if table is None:
        counts = [text.rstrip("\n").count("\n") + 1 for text in (en.text, zh.text)]
        rows = ((Cell("en", en.text, 1, 1), Cell("zh", zh.text, 1, 1)),)
        note = f"{counts[0]} lines of English and {counts[1]} of Chinese: aligned by what they say"
        return _pair_document(en, zh, Table("two texts", rows, (note,)), segments=False)
    prose = "\n\n" in en.text.strip() or PurePath(en.source).suffix.lower() not in _LANGUAGES
    return _pair_document(en, zh, table, segments=not prose)


def _pair_document(en: Document, zh: Document, table: Table, *, segments: bool) -> Document:
    source = f"{en.source} + {zh.source}"
    page, layout = lay_out(table, map_columns(table, source), source)
    sha256 = hashlib.sha256((en.sha256 + zh.sha256).encode()).hexdigest()
    return Document(
        source,
        sha256,
        en.encoding if en.encoding == zh.encoding else f"{en.encoding}, {zh.encoding}",
        page.text,
        tuple(dict.fromkeys([*en.notes, *zh.notes, *page.notes])),
        format=table.format,
        script=chinese_script(zh.text),
        places=page.places,
        layout=replace(layout, segments=segments),
    )
