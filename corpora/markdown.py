"""Markdown to a page: quote marks, embedded HTML and the addresses of links out of the way, all else as it stands."""

import html
import re
from bisect import bisect_right

from .page import Page, PageWriter
from .roles import role_of

_TAGS = """
    a abbr article aside b big blockquote br button center cite code dd del details dfn div dl dt em figcaption
    figure font footer form header hr i iframe img input ins kbd label li main mark nav ol p path picture pre s
    script section small source span strike strong style sub summary sup svg table tbody td tfoot th thead tr tt u
    ul var video
    """.split()
_TAG = re.compile(
    rf"<(?P<close>/?)(?P<name>(?:{'|'.join(_TAGS)})|h[1-6])(?P<rest>(?=[\s/>])(?:[^<>\"']++|\"[^\"\n]*+\"|'[^'\n]*+')*+)>",
    re.IGNORECASE,
)
_HREF = re.compile(r"href\s*=\s*[\"']?(?P<url>https?://[^\s\"'<>]+)", re.IGNORECASE)
_LINK = re.compile(
    r"(?<!!)\[(?P<words>(?:[^\[\]\n]|!?\[[^\[\]\n]{0,200}\](?:\([^\s()]{0,500}\))?+){1,300}+)\]"
    r"\((?P<url>(?:https?://|/|\./|\.\./|#|mailto:)[^\s()]*(?:\([^\s()]*\)[^\s()]*)*"
    r"|[\w%./-]{1,200}\.(?:md|markdown|html?|pdf|txt)\b[^\s()]*|LICENSE\b)"
    r"(?:\s+\"[^\"\n]*\")?\)"
)
_QUOTE = re.compile(r"[ \t]{0,3}(?:>[ \t]?)+")
_COMMENT_LIMIT = 20_000  # a sign of a comment that is not closed within so many characters opens none
_BLOCKS = frozenset(
    """
    article aside blockquote center dd details div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr
    li main nav ol p pre section summary table tbody td tfoot th thead tr ul br
    """.split()
)
_SEPARATOR = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_SIGNS = re.compile(r"(?m)^[ \t]{0,3}>|\]\((?:https?://|/|#|\.)|</?[a-zA-Z]|^[ \t]*\||^(?:```|~~~)|<!--")


def is_marked(text: str) -> bool:
    """Whether a text has marks that `read_markdown` takes out of the way.

    >>> is_marked("> quoted"), is_marked("# Title")
    (True, False)
    """
    return _SIGNS.search(text) is not None


def read_markdown(text: str, source: str) -> Page:
    """The page that a Markdown text spells.

    Out go the marks of quotes, the tags of embedded HTML, comments, code blocks (counted), and the addresses of links,
    which the page keeps beside its text. Headings, emphasis, bullets and images stay. A table gives a line a cell,
    after its column's name where that is a label ("标题: …"). `source` is for the
    message of what is refused.

    >>> read_markdown("> See [it](https://a.org).", "a.md").text
    'See it.\\n'
    """
    return _Reader(text, source).page()


class _Reader:
    def __init__(self, text: str, source: str) -> None:
        self.text = text
        self.writer = PageWriter(source)
        self.fence = ""  # the sign that ends the code block we are in
        self.blocks = self.code = self.buttons = 0
        self.hidden = ""  # the element whose content is left out
        self.header: list[str] = []  # of the table we are in
        self.href: tuple[str, int] | None = None

    def page(self) -> Page:
        """Read all lines."""
        comments = _comments(self.text)
        start = 0
        rows = self.text.split("\n")
        for number, line in enumerate(rows, 1):
            kept = [(start, start + len(line))]
            if comments:
                kept = _outside(kept[0], comments)
            for begin, end in kept:
                after = rows[number] if number < len(rows) else ""
                self._line(self.text[begin:end], number, begin - start, after)
            start += len(line) + 1
        notes = []
        if self.blocks:
            notes.append(f"left out {self.blocks} code blocks of {self.code} lines")
        if comments:
            notes.append(f"left out {len(comments)} comments")
        if self.buttons:
            notes.append(f"left out {self.buttons} buttons, scripts and pictures")
        return self.writer.page(*notes)

    def _line(self, line: str, number: int, at: int, after: str) -> None:
        bare = line.strip()
        if self.fence:
            self.code += 1
            if bare.startswith(self.fence) and not bare.strip(self.fence[0]):
                self.fence = ""
            return
        quote = _QUOTE.match(line)
        begin = quote.end() if quote else 0
        bare = line[begin:].strip()
        if bare.startswith(("```", "~~~")):
            self.fence = bare[:3]
            self.blocks += 1
            self.code += 1
            self.writer.blank_line()
            return
        if not bare:
            if self.writer.length:
                self.writer.blank_line()
            self.header = []
            return
        if bare.startswith("|") and bare.count("|") >= 2:
            self._table(line, begin, number, at, after)
        else:
            self.header = []
            self._inline(line, begin, len(line), number, at)
        self.writer.end_line()

    def _table(self, line: str, begin: int, number: int, at: int, after: str) -> None:
        if _SEPARATOR.match(line[begin:].strip()):
            return
        cells: list[tuple[int, int]] = []
        first = line.index("|", begin) + 1
        for match in re.finditer(r"(?<!\\)\|", line[first:]):
            cells.append((first if not cells else cells[-1][1] + 1, first + match.start()))
        names = [line[a:b].strip() for a, b in cells]
        if not self.header and _SEPARATOR.match(after.strip()):
            self.header = names
            if len(cells) == 2 or sum(role_of(name) is not None for name in names) >= 2:
                return
        fits = len(cells) == len(self.header)
        labelled = fits and (len(cells) > 2 or all(role_of(name) for name in self.header))
        if len(cells) == 2 and not (labelled and self.header) and role_of(names[0]):
            self._inline(line, *cells[0], number, at)
            self.writer.write(": ", number, at + cells[0][1] + 1)
            self._inline(line, *cells[1], number, at)
            return
        for k, (a, b) in enumerate(cells):
            if labelled and role_of(self.header[k]) and names[k]:
                self.writer.write(f"{self.header[k]}: ", number, at + a + 1)
            self._inline(line, a, b, number, at)
            self.writer.end_line()

    def _inline(self, line: str, begin: int, end: int, number: int, at: int) -> None:
        """Write a stretch of a line without tags and addresses."""
        tokens: list[re.Match[str]] = []
        if line.find("<", begin, end) >= 0 or line.find("](", begin, end) >= 0:
            found = [*_TAG.finditer(line, begin, end), *_LINK.finditer(line, begin, end)]
            tokens = sorted(found, key=lambda match: match.start())
        for token in tokens:
            if token.start() < begin:
                continue
            self._write(line, begin, token.start(), number, at)
            if token.re is _LINK:
                first = self.writer.length
                self._write(line, token.start("words"), token.end("words"), number, at)
                if token["url"].startswith("http"):
                    self.writer.link(first, token["url"])
            else:
                self._tag(token, number, at)
            begin = token.end()
        self._write(line, begin, end, number, at)

    def _tag(self, token: re.Match[str], number: int, at: int) -> None:
        name = token["name"].lower()
        if name in ("button", "script", "style", "svg", "iframe", "video", "picture"):
            self.buttons += not token["close"]
            self.hidden = "" if token["close"] or token["rest"].endswith("/") else name
        elif name == "a":
            if token["close"] and self.href:
                self.writer.link(self.href[1], self.href[0])
            href = None if token["close"] else _HREF.search(token["rest"])
            self.href = (html.unescape(href["url"]), self.writer.length) if href else None
        elif name in _BLOCKS:
            self.writer.end_line()
            if name[0] == "h" and name[1:].isdigit() and not token["close"]:
                self.writer.write("#" * int(name[1:]) + " ", number, at + token.start() + 1)

    def _write(self, line: str, begin: int, end: int, number: int, at: int) -> None:
        if end > begin and not self.hidden and (line[begin:end].strip() or self.writer.last not in ("", "\n")):
            self.writer.write(line[begin:end], number, at + begin + 1)


def _comments(text: str) -> list[tuple[int, int]]:
    """Begin and end of each comment."""
    found: list[tuple[int, int]] = []
    begin, end = text.find("<!--"), 0
    while begin >= 0:
        if end < begin + 4:
            end = text.find("-->", begin + 4)
        if end < 0:
            break
        closed = end - begin <= _COMMENT_LIMIT
        if closed:
            found.append((begin, end + 3))
        begin = text.find("<!--", end + 3 if closed else begin + 4)
    return found


def _outside(span: tuple[int, int], comments: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The parts of a span that no comment covers."""
    begin, end = span
    kept: list[tuple[int, int]] = []
    for k in range(bisect_right(comments, begin, key=lambda comment: comment[1]), len(comments)):
        a, b = comments[k]
        if a >= end:
            break
        kept.append((begin, max(begin, a)))
        begin = min(end, b)
    return [*[each for each in kept if each[1] > each[0]], (begin, end)] if kept or begin != span[0] else [span]
