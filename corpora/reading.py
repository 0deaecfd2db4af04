"""Inputs to documents: files, folders, standard input, and pairs of files that are one text in two languages."""

import hashlib
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from .columns import map_columns
from .decoding import decode
from .errors import InputError, LimitError
from .formats import Reading, document_from_bytes
from .model import Document
from .moses import language_mark, pair_lines, same_stem
from .rows import Cell, Table
from .script import chinese_script, language
from .subtitles import read_srt_pair
from .tabular import lay_out

LIMIT_BYTES = 64 * 1024 * 1024
# What a folder is searched for.
TEXT_SUFFIXES = frozenset(
    ".txt .text .md .markdown .html .htm .xhtml .json .jsonl .ndjson .tex .docx .tmx .xlf .xliff .po .srt .csv .tsv .xlsx "
    ".parquet .en .zh".split()
)
_LINE_SUFFIXES = frozenset({".en", ".zh", ".txt", ".text", ".md", ".srt", ".cn", ".zh-cn", ".zh_cn", ".eng", ".chi"})
_OWN = frozenset({"records.jsonl", "pairs.jsonl", "leftovers.jsonl", "findings.jsonl", "glossary.csv", "report.html", "scores.json"})


def read_documents(inputs: Iterable[str], encoding: str | None = None, reading: Reading | None = None) -> list[Document]:
    """The documents of files, folders (their files of known endings, sorted) and "-" (standard input), in order.

    `encoding` is used for all of them; without it UTF-8, UTF-16 with a mark and what a page declares are read, anything
    else is refused with a guess. Two files whose names differ in the language only (a.en, a.zh) are one document.
    Raises InputError for a missing, unreadable or empty input, and for a folder with nothing to read.

    >>> read_documents([])
    []
    """
    return list(each_document(inputs, reading or Reading(encoding)))


def each_document(inputs: Iterable[str], reading: Reading = Reading()) -> Iterator[Document]:
    """The same documents one by one, so that no more than one need be held."""
    seen: set[tuple[str, str]] = set()
    for document in _each(inputs, reading):
        if (document.source, document.sha256) not in seen:  # the same file named twice is one document
            seen.add((document.source, document.sha256))
            yield document


def _each(inputs: Iterable[str], reading: Reading) -> Iterator[Document]:
    waiting: list[Path] = []
    for given in inputs:
        if given != "-":
            waiting += _files(given)
            continue
        yield from _read_files(waiting, reading)
        waiting = []
        yield document_from_bytes(_limited(sys.stdin.buffer, "-"), "-", reading=reading)
    yield from _read_files(waiting, reading)


def _read_files(paths: Sequence[Path], reading: Reading) -> Iterator[Document]:
    """The documents of files; two that are one text in two languages make one."""
    partners = _partners(paths)
    done: set[Path] = set()
    for path in paths:
        if path in done:
            continue
        other = partners.get(path)
        pair = _read_pair(path, other, reading) if other else None
        if other and pair:
            done.add(other)
            yield pair
        else:
            yield read_file(path, reading=reading)


def _partners(paths: Sequence[Path]) -> dict[Path, Path]:
    """For each file that is marked as one side of a text the file of the other side, where there is just one."""
    marked = [(path, mark) for path in dict.fromkeys(paths) if path.suffix.lower() in _LINE_SUFFIXES and (mark := language_mark(path))]
    found: dict[Path, Path] = {}
    for path, mark in marked[:2000]:
        others = [other for other, its in marked if its != mark and same_stem(path, other)]
        if len(others) == 1:
            found[path] = others[0]
    return found


def _read_pair(path: Path, other: Path, reading: Reading) -> Document | None:
    """The document of two files that are one text in two languages, None where they are not."""
    first, second = read_file(path, reading=reading), read_file(other, reading=reading)
    en, zh = (first, second) if language_mark(path) == "en" else (second, first)
    if language(en.text[:20_000]) != "en" or language(zh.text[:20_000]) == "en":
        return None
    if en.format == "SRT" and zh.format == "SRT":
        texts = [_bytes(p).decode(d.encoding, "replace") for p, d in ((Path(en.source), en), (Path(zh.source), zh))]
        table = read_srt_pair(texts[0], texts[1], en.source, zh.source)
        return _pair_document(en, zh, table, segments=True)
    if en.layout.rows is not None or zh.layout.rows is not None:
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
    prose = "\n\n" in en.text.strip() or Path(en.source).suffix.lower() in (".md", ".txt")
    return _pair_document(en, zh, table, segments=not prose)


def _pair_document(en: Document, zh: Document, table: Table, *, segments: bool) -> Document:
    source = f"{en.source} + {zh.source}"
    page, layout = lay_out(table, map_columns(table, source))
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


def read_file(path: Path, encoding: str | None = None, *, reading: Reading | None = None) -> Document:
    """The document in a regular file."""
    data = _bytes(path)
    return document_from_bytes(data, _shown(path), reading=reading or Reading(encoding))


def read_text(path: str, encoding: str | None = None) -> str:
    """The text of a file as it is decoded, whatever its format: for catalogues and the like."""
    return decode(_bytes(Path(path)), path, encoding).text


def _shown(path: Path) -> str:
    return str(path).encode("utf-8", "backslashreplace").decode("utf-8")  # a name that is not UTF-8 has surrogates


def _bytes(path: Path) -> bytes:
    shown = _shown(path)
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            raise InputError(shown, "not a regular file", "a file to read", "Pipe it in and name it -.")
        with path.open("rb") as handle:
            return _limited(handle, shown)
    except OSError as error:
        raise InputError(shown, f"cannot be read ({error.strerror or error})", "a readable file") from error


def _files(given: str) -> Sequence[Path]:
    """The files that one argument names; what an earlier run wrote into a folder is none of them."""
    path = Path(given)
    if not os.path.isdir(given):
        if not os.path.lexists(given):
            raise InputError(given or "''", "no such file or folder", "a file, a folder or -")
        return [path]
    found: list[Path] = []
    for folder, names, files in os.walk(path):
        ours = "report.html" in files or "records.jsonl" in files or "manifest.json" in files
        names[:] = sorted(name for name in names if not name.startswith(".") and not (name == "corpus" and ours))
        here = Path(folder)
        for name in files:
            if name.startswith(".") or (ours and (name in _OWN or "manifest.json" in files)):
                continue
            if Path(name).suffix.lower() in TEXT_SUFFIXES and (here / name).is_file():
                found.append(here / name)
    if not found:
        kinds = " ".join(sorted(TEXT_SUFFIXES))
        raise InputError(given, "a folder with no readable file", f"files ending in {kinds}")
    return sorted(found, key=lambda p: p.as_posix())


def foreign_file(folder: Path) -> str:
    """The name of the first file in a folder that could be a document and is none that duizhao wrote; "" for none."""
    names = sorted(item.name for item in folder.iterdir()) if folder.is_dir() else []
    ours = _OWN if "manifest.json" not in names else {*names}
    return next((n for n in names if Path(n).suffix.lower() in TEXT_SUFFIXES and n not in ours), "")


def _limited(handle: BinaryIO, source: str) -> bytes:
    data = handle.read(LIMIT_BYTES + 1)
    if len(data) > LIMIT_BYTES:
        raise LimitError(source, "too large", f"at most {LIMIT_BYTES // 2**20} MiB a document", "Split it.")
    return data
