"""Bytes to a document: the format is seen in the content, its reader called, and what was assumed is said."""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Literal

from . import marks
from .columns import map_columns
from .decoding import declared_charset, decode, decode_replacing
from .delimited import KNOWN_NAMES, read_delimited
from .errors import InputError, LimitError
from .html_page import looks_like_html, read_html
from .json_table import looks_like_json, read_json
from .latex import read_latex
from .markdown import is_marked, read_markdown
from .model import Document, Layout
from .normal import to_nfc
from .page import Page
from .po import read_po
from .rows import Table
from .script import chinese_script, language
from .subtitles import read_srt
from .tabular import lay_out

LIMIT_UNIT = 100_000  # characters; a long chapter has 50,000, and none is one sentence pair
_MAGIC = (
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"\x89PNG", "a PNG image"),
    (b"GIF8", "a GIF image"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a gzip file"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ", "an xz file"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file (.doc, .xls) or an encrypted one"),
)
_OTHERWISE = frozenset("xlsx xls docx doc parquet tmx xlf xliff".split())  # endings of what no plain text is
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\u00ad]")
_XML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:(?><!--.{0,2000}?-->)\s*+)*+(?:<!DOCTYPE\s+(?P<type>[\w:.-]+)[^>]*>\s*)?<(?P<root>[\w:.-]+)",
    re.DOTALL,
)
_LATEX = re.compile(r"\\(?:documentclass|begin\{|chapter\*?\{|section\*?\{|c?title\{|cabstract|eabstract|keywords)")
_SRT = re.compile(r"\s*\d+\s*\n\d{1,2}:\d\d:\d\d[,.]\d{1,3}\s*-->")
_PO = re.compile(r"(?m)^msgid \"")
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
    for magic, what in _MAGIC:
        if data.startswith(magic):
            wanted = "a text file, or a document of a format that duizhao reads"
            raise InputError(source, what, wanted, "Unpack or convert it.")
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
    name_of_format, read = _text_format(text, suffix)
    if suffix in _OTHERWISE and name_of_format in ("text", "Markdown"):
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
    root = _root(data)
    if root == "tmx":
        from .tmx import read_tmx

        return read_tmx(data, source)
    if root == "xliff":
        from .xliff import read_xliff

        return read_xliff(data, source)
    if root in ("tbx", "martif"):
        do = "Export it as CSV with columns en and zh and name it with --termbase."
        raise InputError(source, f"a TBX termbase (<{root}>)", "texts, tables or translation memories", do)
    if root and root != "html" and data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<?xml"):
        raise InputError(source, f"XML that begins with <{root[:40]}>", "TMX, XLIFF or HTML", "Export it so.")
    return None


def _root(data: bytes) -> str:
    """The name of an XML document's root, "" where it is none."""
    head = data[:8192]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.decode("utf-16", "replace").encode("utf-8")
    head = head.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xef\xbb\xbf")
    if not head.lstrip().startswith(b"<"):
        return ""
    # Entity declarations stand in brackets: their reader refuses them, here they are no obstacle.
    head = re.sub(rb"<!DOCTYPE\s+([\w:.-]+)[^\[>]*\[.*?\]\s*>", rb"<!DOCTYPE \1>", head, count=1, flags=re.DOTALL)
    match = _XML.match(head)
    if match is None:
        opened = re.match(rb"\s*(?:<\?xml[^>]*>\s*)?<!DOCTYPE\s+([\w:.-]+)", head)
        return opened[1].decode("ascii", "replace").lower() if opened else ""
    return (match["root"] or b"").rpartition(b":")[2].decode("ascii", "replace").lower()


def _text_format(text: str, suffix: str) -> tuple[str, Callable[[str, str], Page | Table]]:
    """The format of a text and its reader: by its content where that is sure, else by the ending of its name."""
    head = text[:20_000]
    if suffix in ("json", "jsonl", "ndjson") or (suffix not in ("md", "markdown", "tex") and looks_like_json(text)):
        return "JSON", read_json
    if suffix not in ("md", "markdown", "tex", "csv", "tsv") and looks_like_html(text):
        return "HTML", read_html
    if suffix in ("csv", "tsv") and head[:200].lstrip().lower().startswith(("<!doctype html", "<html")):
        return "HTML", read_html  # as web applications export "tables"
    if suffix in ("csv", "tsv", "tab") or (suffix in ("", "txt", "text", "dat") and _is_headed(head)):
        delimiter = "\t" if suffix in ("tsv", "tab") else _delimiter(text)
        return suffix.upper(), lambda text, source: read_delimited(text, source, delimiter)
    if suffix == "srt" or _SRT.match(head):
        return "SRT", read_srt
    if suffix in ("po", "pot") or (suffix not in ("md", "txt") and _PO.search(head)):
        return "PO", read_po
    if suffix in ("tex", "latex") or len(_LATEX.findall(head)) >= 3:
        return "LaTeX", read_latex
    if suffix in ("", "txt", "text", "dat") and _is_tabbed(text):
        return "TSV", lambda text, source: read_delimited(text, source, "\t")
    if is_marked(text):
        return "Markdown", read_markdown
    return "text", lambda text, source: Page(text)


def _delimiter(text: str) -> str:
    """What parts the cells of the first line of a CSV: a comma, or what spreadsheets write in some countries."""
    first = text.split("\n", 1)[0]
    return max(",;\t", key=first.count)


def _is_headed(head: str) -> bool:
    """Whether the first line is a header of a table of both languages: all its cells are names that we know."""
    first = head.split("\n", 1)[0]
    cells = [cell.strip(' "').casefold() for cell in first.split(_delimiter(first))]
    return len(cells) > 1 and len(first) < 200 and all(cell in KNOWN_NAMES for cell in cells)


def _is_tabbed(text: str) -> bool:
    """Whether a text without a telling name is English and Chinese with a tab between, line by line."""
    lines = [line for line in text[:20_000].split("\n")[:50] if line.strip()]
    if len(text) > 20_000:
        lines = lines[:-1]
    if len(lines) < 2 or len({line.count("\t") for line in lines}) != 1 or "\t" not in lines[0]:
        return False
    sides = [{language(cell) for cell in line.split("\t") if marks.is_prose(cell) or len(cell) > 3} for line in lines]
    return sum({"en", "zh"} <= side for side in sides) >= 0.8 * len(sides)


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
    if "\ufeff" in nfc:
        said.append(f"{nfc.count(chr(0xFEFF))} byte-order marks inside the text were kept")
    if found := len(_CONTROL.findall(nfc)):
        if found > max(2, len(nfc) / 100):
            raise InputError(source, f"{found} control characters", "text", "This looks like a binary file.")
        said.append(f"{found} control characters were kept")
    if found := len(_INVISIBLE.findall(nfc)):
        said.append(f"{found} invisible characters were kept")
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
