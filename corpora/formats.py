"""Bytes to a document: the format is seen in the content, its reader called, and what was assumed is said."""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Literal

from .columns import map_columns
from .decoding import declared_charset, decode, decode_replacing
from .errors import InputError, LimitError
from .files import LIMIT_UNIT
from .model import Document, Layout
from .normal import to_nfc
from .page import Page
from .rows import Table
from .script import chinese_script
from .sniffing import NO_TEXT, text_format, unread_format, xml_root
from .tabular import lay_out

_ODD = {  # what is kept as it stands, but said
    "byte-order marks inside the text": frozenset("\ufeff"),
    "control characters": frozenset(map(chr, (*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F))),
    "invisible characters": frozenset(
        map(chr, (0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), *range(0x2066, 0x206A)))
    ),
}
_LINE = re.compile("[^\n]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """How inputs are to be read: an encoding for all of them, the fields of columns by name, a sheet.

    With `errors` "replace", bytes that the encoding does not have become U+FFFD; with `allow_empty`, an input without
    text is a document without text. `limit_unit` is the most characters that a cell or a line of prose may have.
    """

    encoding: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None
    errors: Literal["strict", "replace"] = "strict"
    allow_empty: bool = False
    limit_unit: int = LIMIT_UNIT


class _EmptyError(InputError):
    """An input without text; `do` counts its lines where it has any."""


def document_from_bytes(
    data: bytes, source: str, encoding: str | None = None, reading: Reading | None = None
) -> Document:
    """The document that these bytes spell; `source` is for messages and provenance, its ending a hint.

    >>> document_from_bytes("对照\\r\\n".encode(), "a.txt").text
    '对照\\n'
    """
    return _checked(_document, data, source, reading or Reading(encoding))


def plain_document(data: bytes, source: str, reading: Reading) -> Document:
    """The document of these bytes as plain lines, whatever signs they hold."""
    return _checked(_plain, data, source, reading)


def _checked(read: Callable[[bytes, str, Reading], Document], data: bytes, source: str, reading: Reading) -> Document:
    """The document, empty where that is allowed; no cell is longer than the limit, and no line where it is no table."""
    try:
        if not data:
            raise _EmptyError(source, "an empty file", "text with Chinese or English")
        document = read(data, source, reading)
    except _EmptyError as error:
        if not reading.allow_empty:
            raise
        note = ": ".join(part for part in (error.found, error.do.rstrip(".").lower()) if part)
        return Document(source, hashlib.sha256(data).hexdigest(), "", "", (note,))
    rows, limit = document.layout.rows, reading.limit_unit
    cells = (value[1:] for row in rows or () for value in row)
    for begin, end in (line.span() for line in _LINE.finditer(document.text)) if rows is None else cells:
        if end - begin > limit:
            where = ":".join(map(str, (source, *document.position(begin))))
            found = f"{end - begin:,} characters in one {'line' if rows is None else 'cell'}"
            raise LimitError(where, found, f"at most {limit:,}", "Split it, or raise --max-unit.")
    return document


def _document(data: bytes, source: str, reading: Reading) -> Document:
    if unread := unread_format(data):
        wanted = "a text file, or a document of a format that duizhao reads"
        raise InputError(source, unread, wanted, "Unpack or convert it.")
    suffix = PurePath(source).suffix.lower().lstrip(".")
    sha256 = hashlib.sha256(data).hexdigest()
    table = _binary(data, source, reading)
    if isinstance(table, Table):
        return _from_table(table, source, sha256, "", reading)
    if table is not None:
        return _from_page(table, source, sha256, "utf-8", "Word document", (), Layout(table.links, page=True))
    if suffix in ("xlsx", "docx", "parquet") and b"\0" in data[:4096]:
        raise InputError(source, "no text and nothing that is known", f"a .{suffix} file", "Fetch it again.")
    text, used, notes = _decoded(data, source, reading, declared_charset(data))
    name_of_format, read = text_format(text, suffix)
    if suffix in NO_TEXT and name_of_format in ("text", "Markdown"):
        raise InputError(source, "text", f"a .{suffix} file, as its name says", "If it is CSV, name it .csv.")
    made = read(text, source)
    if isinstance(made, Table):
        return _from_table(made, source, sha256, used, reading, notes)
    layout = Layout(made.links, page=name_of_format == "HTML")
    return _from_page(made, source, sha256, used, name_of_format, notes, layout)


def _plain(data: bytes, source: str, reading: Reading) -> Document:
    text, used, notes = _decoded(data, source, reading, None)
    return _from_page(Page(text), source, hashlib.sha256(data).hexdigest(), used, "text", notes, Layout())


def _decoded(data: bytes, source: str, reading: Reading, declared: str | None) -> tuple[str, str, tuple[str, ...]]:
    """The text as it is kept, its encoding, and what was done or seen."""
    reads = decode if reading.errors == "strict" else decode_replacing
    text, used, notes = reads(data, source, reading.encoding, declared=declared)
    text, notes = _cleaned(text, source, notes)
    return text, used, notes


def _binary(data: bytes, source: str, reading: Reading) -> Table | Page | None:
    """What formats of bytes hold; None for text. Their readers load libraries, so each is imported when needed."""
    if data.startswith(b"PAR1"):
        from .parquet_table import read_parquet

        return read_parquet(data, source)
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        if b"xl/workbook" in data or b"xl/_rels" in data:
            from .spreadsheet import read_xlsx

            return read_xlsx(data, source, reading.sheet)
        from .docx import read_docx

        return read_docx(data, source)
    root = xml_root(data)
    if root == "tmx":
        from .tmx import read_tmx

        return read_tmx(data, source)
    if root == "xliff":
        from .xliff import read_xliff

        return read_xliff(data, source)
    if root in ("tbx", "martif"):
        do = "Name it with --termbase."
        raise InputError(source, f"a TBX termbase (<{root}>)", "texts, tables or translation memories", do)
    if root and root != "html" and data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<?xml"):
        raise InputError(source, f"XML that begins with <{root[:40]}>", "TMX, XLIFF or HTML", "Export it so.")
    return None


def _cleaned(text: str, source: str, notes: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The text with "\\n" line ends and in NFC, and what was done or seen."""
    said = list(notes)
    if text.startswith("\ufeff"):
        text = text.removeprefix("\ufeff")
        said.append("a second byte-order mark at the beginning was left out")
    if "\r" in text:
        said.append("line ends were CRLF or CR; read as LF")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        lines = text.count("\n") + (not text.endswith("\n"))
        do = f"It has {lines:,} of them." if lines > 1 else ""
        raise _EmptyError(source, "only blank lines", "text with Chinese or English", do)
    nfc = to_nfc(text, source)
    if nfc != text:
        said.append("normalised to NFC")
    seen = set(nfc)
    for kind, characters in _ODD.items():
        found = sum(map(nfc.count, characters & seen))
        if kind == "control characters" and found > max(2, len(nfc) / 100):
            raise InputError(source, f"{found} control characters", "text", "This looks like a binary file.")
        if found:
            said.append(f"{found} {kind} were kept")
    return nfc, tuple(said)


def _from_page(
    page: Page, source: str, sha256: str, encoding: str, name: str, notes: tuple[str, ...], layout: Layout
) -> Document:
    if not page.text.strip():
        raise _EmptyError(source, f"no text in the {name}", "text with Chinese or English")
    said = () if name == "text" or layout.rows is not None else (f"read as {name}",)
    return Document(
        source,
        sha256,
        encoding,
        page.text,
        (*notes, *said, *page.notes),
        format=name,
        script=chinese_script(page.text),
        places=page.places,
        layout=layout,
    )


def _from_table(
    table: Table, source: str, sha256: str, encoding: str, reading: Reading, notes: tuple[str, ...] = ()
) -> Document:
    page, layout = lay_out(table, map_columns(table, source, reading.fields), source)
    return _from_page(page, source, sha256, encoding, table.format, notes, layout)
