"""Which format bytes or a text are in, as their content tells, or else the ending of their name."""

import re
from collections.abc import Callable

from . import marks
from .delimited import KNOWN_NAMES, read_delimited
from .html_page import looks_like_html, read_html
from .json_table import looks_like_json, read_json
from .latex import read_latex
from .markdown import is_marked, read_markdown
from .page import Page
from .po import read_po
from .rows import Table
from .script import language
from .subtitles import read_srt

NO_TEXT = frozenset("xlsx xls docx doc parquet tmx xlf xliff".split())  # endings of what no plain text is
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
_XML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:(?><!--.{0,2000}?-->)\s*+)*+(?:<!DOCTYPE\s+(?P<type>[\w:.-]+)[^>]*>\s*)?<(?P<root>[\w:.-]+)",
    re.DOTALL,
)
_LATEX = re.compile(r"\\(?:documentclass|begin\{|chapter\*?\{|section\*?\{|c?title\{|cabstract|eabstract|keywords)")
_SRT = re.compile(r"\s*\d+\s*\n\d{1,2}:\d\d:\d\d[,.]\d{1,3}\s*-->")
_PO = re.compile(r"(?m)^msgid \"")


def unread_format(data: bytes) -> str:
    """What bytes are that no reader is for ("a PDF"), "" where one may be.

    >>> unread_format(b"%PDF-1.7"), unread_format("对照".encode())
    ('a PDF', '')
    """
    return next((name for magic, name in _MAGIC if data.startswith(magic)), "")


def xml_root(data: bytes) -> str:
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


def text_format(text: str, suffix: str) -> tuple[str, Callable[[str, str], Page | Table]]:
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
