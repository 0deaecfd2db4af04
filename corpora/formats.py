"""Bytes to a document: the format is seen in the content, its reader called, and what was assumed is said."""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from . import marks
from .columns import map_columns
from .decoding import declared_charset, decode
from .delimited import read_delimited
from .errors import InputError
from .html_page import looks_like_html, read_html
from .json_table import looks_like_json, read_json
from .latex import read_latex
from .markdown import is_marked, read_markdown
from .model import Document, Layout
from .page import Page
from .po import read_po
from .rows import Table
from .script import chinese_script, language
from .subtitles import read_srt
from .tabular import lay_out

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
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\u00ad]")
_XML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*(?:<!DOCTYPE\s+(?P<type>[\w:.-]+)[^>]*>\s*)?<(?P<root>[\w:.-]+)", re.DOTALL)
_LATEX = re.compile(r"\\(?:documentclass|begin\{|chapter\*?\{|section\*?\{|c?title\{|cabstract|eabstract|keywords)")
_SRT = re.compile(r"\s*\d+\s*\n\d{1,2}:\d\d:\d\d[,.]\d{1,3}\s*-->")
_PO = re.compile(r"(?m)^msgid \"")


@dataclass(frozen=True, slots=True)
class Reading:
    """How inputs are to be read: an encoding for all of them, the fields of columns by name, a sheet."""

    encoding: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None


def document_from_bytes(
    data: bytes, source: str, encoding: str | None = None, reading: Reading | None = None, name: str = ""
) -> Document:
    """The document that these bytes spell; `source` is for messages and provenance, its ending (or `name`'s) a hint.

    >>> document_from_bytes("对照\\r\\n".encode(), "a.txt").text
    '对照\\n'
    """
    reading = reading or Reading(encoding)
    if not data:
        raise InputError(source, "an empty file", "text with Chinese or English")
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise InputError(source, what, "a text file, or a document of a format that duizhao reads", "Unpack or convert it.")
    suffix = (name or source).lower().rpartition(".")[2]
    sha256 = hashlib.sha256(data).hexdigest()
    table = _binary(data, source, reading)
    if isinstance(table, Table):
        return _from_table(table, source, sha256, "", reading)
    if table is not None:
        return _from_page(table, source, sha256, "utf-8", "Word document", (), web=True)
    decoded = decode(data, source, reading.encoding, declared=declared_charset(data))
    text, notes = _cleaned(decoded.text, source, decoded.notes)
    name_of_format, read = _text_format(text, suffix)
    made = read(text, source)
    if isinstance(made, Table):
        return _from_table(made, source, sha256, decoded.encoding, reading, notes)
    return _from_page(made, source, sha256, decoded.encoding, name_of_format, notes, web=name_of_format == "HTML")


def _binary(data: bytes, source: str, reading: Reading) -> Table | Page | None:
    """What formats of bytes hold; None for text. Their readers load libraries, so each is imported when it is needed."""
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
    if suffix in ("csv", "tsv", "tab"):
        delimiter = "\t" if suffix != "csv" else _delimiter(text)
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
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        said.append("line ends were CRLF or CR; read as LF")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise InputError(source, "only blank lines", "text with Chinese or English")
    nfc = unicodedata.normalize("NFC", text)
    if nfc != text:
        said.append("normalised to NFC")
    if "\ufeff" in nfc:
        said.append(f"{nfc.count(chr(0xFEFF))} byte-order marks inside the text were kept")
    if found := len(_CONTROL.findall(nfc)):
        if found > len(nfc) / 100:
            raise InputError(source, f"{found} control characters", "text", "This looks like a binary file.")
        said.append(f"{found} control characters were kept")
    if found := len(_INVISIBLE.findall(nfc)):
        said.append(f"{found} invisible characters were kept")
    return nfc, tuple(said)


def _from_page(
    page: Page, source: str, sha256: str, encoding: str, name: str, notes: tuple[str, ...], *, web: bool
) -> Document:
    if not page.text.strip():
        raise InputError(source, f"no text in the {name}", "text with Chinese or English")
    said = () if name == "text" else (f"read as {name}",)
    return Document(
        source,
        sha256,
        encoding,
        page.text,
        (*notes, *said, *page.notes),
        format=name,
        script=chinese_script(page.text),
        places=page.places,
        layout=Layout(page.links, None, web),
    )


def _from_table(
    table: Table, source: str, sha256: str, encoding: str, reading: Reading, notes: tuple[str, ...] = ()
) -> Document:
    columns = map_columns(table, source, reading.fields)
    page, layout = lay_out(table, columns)
    if not layout.rows:
        raise InputError(source, f"no text in the {table.format}", "text with Chinese or English")
    return Document(
        source,
        sha256,
        encoding,
        page.text,
        (*notes, *page.notes),
        format=table.format,
        script=chinese_script(page.text),
        places=page.places,
        layout=layout,
    )
