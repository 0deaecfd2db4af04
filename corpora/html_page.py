"""A web page as its reader sees it: lines of text with their places in the source, and the links."""

import re
from itertools import islice

from .errors import InputError
from .html_reader import HtmlReader
from .html_tokens import BLANKS, BLOCKS, EDGES, tag_at
from .page import Page

_BEGIN = re.compile(r"(?i:<!doctype[ \t\n\f\r]++html(?=[ \t\n\f\r>])|<(?:html|head|body)(?=[ \t\n\f\r>]))")
_BLOCK_TAG = re.compile(rf"</?(?i:{'|'.join(sorted(BLOCKS | EDGES))})(?=[ \t\n\f\r/>])")
_MARKDOWN = re.compile(r"(?m)^(?:#{1,6} |\*\*|```)")
_HEAD = frozenset({"base", "link", "meta", "script", "style", "title"})
_OPENING_BLANKS = frozenset(BLANKS + "\ufeff")


def read_html(text: str, source: str) -> Page:
    """The text that a reader of the page sees, a block a line, with places, links to http(s) and notes.

    Headings begin with "# " to "###### ", `<hr>` is "---", each cell of a table is a line. Scripts, menus, footers,
    form controls and what is hidden is left out and counted in a note. A "<" that begins no tag is text. A line break
    of the source is a blank, or nothing between two wide characters; blanks within a line stay as they are.
    Raises InputError for a page without text, LimitError for one with more than 1,000 combining marks in a row.
    Follows the HTML Standard where a page is well formed, and loses less than it where a quote, a comment or a hidden
    element is left open.

    >>> read_html("<h2>茶</h2><p>Tea &amp; <b>river</b><br>水 < 茶", "tea.html").text
    '## 茶\\n\\nTea & river\\n水 < 茶\\n'
    """
    page = HtmlReader(text, source).read()
    if not page.text:
        found = "; ".join(["an HTML page without text", *page.notes])
        raise InputError(source, found, "text in its body", "Open it in a browser and save the page it shows.")
    return page


def looks_like_html(text: str) -> bool:
    """Whether the text is a web page or a part of one, rather than prose, Markdown or XML with a few tags.

    True for a text that begins with a doctype, `<html>`, `<head>` or `<body>`, comments aside. Where no line begins
    with a sign of Markdown, also for one that begins with another block element or with one that belongs in a head,
    has one of those tags at the start of a line in its first 2,000 characters, or ten of block elements in its
    first 20,000.

    >>> [looks_like_html(text) for text in ("<div>茶</div>", "# 茶\\n\\n<div>tea</div>", "<tmx><body>")]
    [True, False, False]
    """
    at = _first(text)
    if _BEGIN.match(text, at):
        return True
    start = text[at : at + 20_000]
    if not start or start[0] == "{" or start.startswith("---\n") or _MARKDOWN.search(start):
        return False
    if start[0] == "<":
        tag = tag_at(text, at)
        if tag is None or start.startswith("<!"):  # the root of some other XML
            return False
        if tag.name in BLOCKS or tag.name in _HEAD:
            return True
    if any(match.start() == 0 or start[match.start() - 1] == "\n" for match in _BEGIN.finditer(start[:2_000])):
        return True
    return sum(1 for _ in islice(_BLOCK_TAG.finditer(start), 10)) == 10


def _first(text: str) -> int:
    """Where a text begins, byte-order mark, blanks, comments and XML declarations aside."""
    at = 0
    while True:
        while text[at : at + 1] in _OPENING_BLANKS:
            at += 1
        close = "-->" if text.startswith("<!--", at) else "?>" if text.startswith("<?", at) else ""
        end = text.find(close, at) if close else -1
        if end < 0:
            return at
        at = end + len(close)
