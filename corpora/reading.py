"""Bytes in, documents out: the encoding is named, the text normalised once, and both are said."""

import hashlib
import os
import re
import stat
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

import charset_normalizer

from .errors import InputError, LimitError
from .model import Document

LIMIT_BYTES = 64 * 1024 * 1024
TEXT_SUFFIXES = frozenset({".txt", ".md", ".markdown", ".text"})  # what a folder is searched for
_ENCODINGS = ["utf_8", "gb18030", "big5", "utf_16"]  # a free guess reads 4 characters of GBK as cp949
_MAGIC = (
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"\x89PNG", "a PNG image"),
    (b"GIF8", "a GIF image"),
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or Office file"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"PAR1", "a Parquet file"),
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def read_documents(inputs: Iterable[str], encoding: str | None = None) -> list[Document]:
    """The documents of files, folders (their .txt and .md files, sorted) and "-" (standard input), in order.

    `encoding` is used for all of them; without it UTF-8 and UTF-16 with a mark are read, anything else is refused
    with a guess. Raises InputError for a missing, unreadable or empty input, and for a folder with nothing to read.

    >>> read_documents([])
    []
    """
    documents: list[Document] = []
    for given in inputs:
        if given == "-":
            documents.append(document_from_bytes(_limited(sys.stdin.buffer, "-"), "-", encoding))
            continue
        documents.extend(read_file(path, encoding) for path in _files(given))
    seen: set[tuple[str, str]] = set()
    unique: list[Document] = []
    for document in documents:  # the same file named twice is one document
        if (document.source, document.sha256) not in seen:
            seen.add((document.source, document.sha256))
            unique.append(document)
    return unique


def read_file(path: Path, encoding: str | None = None) -> Document:
    """The document in a regular file."""
    shown = str(path).encode("utf-8", "backslashreplace").decode("utf-8")  # a name that is not UTF-8 has surrogates
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            raise InputError(shown, "not a regular file", "a text file", "Pipe it in and name it -.")
        with path.open("rb") as handle:
            data = _limited(handle, shown)
    except OSError as error:
        raise InputError(shown, f"cannot be read ({error.strerror or error})", "a readable text file") from error
    return document_from_bytes(data, shown, encoding)


def document_from_bytes(data: bytes, source: str, encoding: str | None = None) -> Document:
    """The document that these bytes spell; `source` is only for messages and provenance.

    >>> document_from_bytes("对照\\r\\n".encode(), "a.txt").text
    '对照\\n'
    """
    if not data:
        raise InputError(source, "an empty file", "text with Chinese or English")
    notes: list[str] = []
    text, used = _decode(data, source, encoding, notes)
    if text.startswith("\ufeff"):
        text = text[1:]
    if "\r" in text:
        notes.append("line ends were CRLF or CR; read as LF")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise InputError(source, "only blank lines", "text with Chinese or English")
    nfc = unicodedata.normalize("NFC", text)
    if nfc != text:
        notes.append("normalised to NFC")
    if "\ufeff" in nfc:
        notes.append(f"{nfc.count(chr(0xFEFF))} byte-order marks inside the text were kept")
    if found := len(_CONTROL.findall(nfc)):
        if found > len(nfc) / 100:
            raise InputError(source, f"{found} control characters", "text", "This looks like a binary file.")
        notes.append(f"{found} control characters were kept")
    return Document(source, hashlib.sha256(data).hexdigest(), used, nfc, tuple(notes))


def _files(given: str) -> Sequence[Path]:
    """The files that one argument names."""
    path = Path(given)
    if not os.path.isdir(given):
        if not os.path.lexists(given):
            raise InputError(given or "''", "no such file or folder", "a file, a folder or -")
        return [path]
    found = sorted(
        (
            p
            for p in path.rglob("*")
            if p.suffix.lower() in TEXT_SUFFIXES and not p.name.startswith(".") and p.is_file()
        ),
        key=lambda p: p.as_posix(),
    )
    if not found:
        kinds = " ".join(sorted(TEXT_SUFFIXES))
        raise InputError(given, "a folder with no readable file", f"files ending in {kinds}")
    return found


def _limited(handle: BinaryIO, source: str) -> bytes:
    data = handle.read(LIMIT_BYTES + 1)
    if len(data) > LIMIT_BYTES:
        raise LimitError(source, "too large", f"at most {LIMIT_BYTES // 2**20} MiB a document", "Split it.")
    return data


def _decode(data: bytes, source: str, encoding: str | None, notes: list[str]) -> tuple[str, str]:
    """The text and the name of its encoding; never a silent guess."""
    if encoding is not None:
        try:
            text = data.decode(encoding)
            text.encode("utf-8")  # UTF-7 and escapes may spell half a character
            return text, encoding
        except LookupError as error:
            raise InputError(source, f"no encoding is called {encoding!r}", "utf-8, gb18030, big5 …") from error
        except ValueError as error:
            place = f"{source}:byte {error.start}" if isinstance(error, UnicodeDecodeError) else source
            raise InputError(
                place, f"not {encoding}", "text in the named encoding", "Try another --encoding."
            ) from error
    if data[:200].lstrip().lower().startswith((b"<!doctype html", b"<html")):
        raise InputError(source, "an HTML page", "its text", "Open it in a browser, and save or copy the text.")
    for magic, name in _MAGIC:
        if data.startswith(magic):
            raise InputError(source, name, "a text file", "Save its text as UTF-8.")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        notes.append("read as UTF-16, as its byte-order mark says")
        try:
            return data.decode("utf-16"), "utf-16"
        except UnicodeDecodeError as error:
            raise InputError(f"{source}:byte {error.start}", "broken UTF-16", "whole text") from error
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"{source}:{line}:byte {error.start}", "not UTF-8", "UTF-8, or the encoding by name", _advice(data)
        ) from error


def _advice(data: bytes) -> str:
    """What to try next, from the most likely encoding; a guess is offered, never applied."""
    best = charset_normalizer.from_bytes(data[:200_000], cp_isolation=_ENCODINGS).best()
    return f"Try --encoding {best.encoding}." if best else "Is it a text file?"
