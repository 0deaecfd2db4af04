"""Inputs to documents: files, folders, standard input, and pairs of files that are one text in two languages."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from .decoding import decode
from .files import file_bytes, input_files, limited_bytes, shown
from .formats import Reading, document_from_bytes
from .model import Document
from .parallel_files import partners, read_pair

_PLAINLY = Reading()


def read_documents(
    inputs: Iterable[str], encoding: str | None = None, reading: Reading | None = None
) -> list[Document]:
    """The documents of files, folders (their files of known endings, sorted) and "-" (standard input), in order.

    `encoding` is used for all of them; without it UTF-8, UTF-16 with a mark and what a page declares are read, anything
    else is refused with a guess. Two files whose names differ in the language only (a.en, a.zh) are one document.
    Raises InputError for a missing, unreadable or empty input, and for a folder with nothing to read.

    >>> read_documents([])
    []
    """
    return list(each_document(inputs, reading or Reading(encoding)))


def each_document(inputs: Iterable[str], reading: Reading = _PLAINLY) -> Iterator[Document]:
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
            waiting += input_files(given)
            continue
        yield from _read_files(waiting, reading)
        waiting = []
        yield document_from_bytes(limited_bytes(sys.stdin.buffer, "-"), "-", reading=reading)
    yield from _read_files(waiting, reading)


def _read_files(paths: Sequence[Path], reading: Reading) -> Iterator[Document]:
    """The documents of files; two that are one text in two languages make one."""
    others = partners(paths)
    done: set[Path] = set()
    for path in paths:
        if path in done:
            continue
        other = others.get(path)
        pair = read_pair(path, other, reading) if other else None
        if other and pair:
            done.add(other)
            yield pair
        else:
            yield read_file(path, reading=reading)


def read_file(path: Path, encoding: str | None = None, *, reading: Reading | None = None) -> Document:
    """The document in a regular file."""
    data = file_bytes(path)
    return document_from_bytes(data, shown(path), reading=reading or Reading(encoding))


def read_text(path: str, encoding: str | None = None) -> str:
    """The text of a file as it is decoded, whatever its format: for catalogues and the like."""
    return decode(file_bytes(Path(path)), path, encoding).text
