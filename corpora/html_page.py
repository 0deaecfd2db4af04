"""A web page as its reader sees it: lines of text with their places in the source, and the links."""

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from itertools import islice

from .errors import InputError
from .html_tokens import (
    BLANKS,
    BLOCKS,
    CLOSES,
    EDGES,
    FURNITURE,
    HEADINGS,
    LEFT_OUT,
    PARAGRAPHS,
    PLAIN,
    PRE,
    RAW,
    REFERENCE,
    RUBY,
    SHOWN_BY_SCRIPT,
    VOID,
    Tag,
    attributes,
    decoded,
    hidden_as,
    tag_at,
)
from .page import Page, PageWriter

_RAW_END = {name: re.compile(f"</(?i:{name})(?=[ \t\n\f\r/>])") for name in (*RAW, "math")}
_TEX = re.compile(
    r"""<annotation[ \t\n\f\r][^<>]*?encoding[ \t\n\f\r]*+=[ \t\n\f\r]*+["']?application/x-tex[^<>]*+>([^<]*+)<""",
    re.IGNORECASE,
)
_NO_TEXT = re.compile(r"<(?:(!--)|(!\[CDATA\[)|!\[|!(?i:doctype)(?=[ \t\n\f\r>])|\?[A-Za-z])")
_COMMENT_END = re.compile("--!?>")
_WIDE = re.compile("[㐀-䶿一-鿿豈-﫿\U00020000-\U000323af\u3001-\u30ff\uff01-\uff60\uffe0-\uffe6]")
_BEGIN = re.compile(r"(?i:<!doctype[ \t\n\f\r]++html(?=[ \t\n\f\r>])|<(?:html|head|body)(?=[ \t\n\f\r>]))")
_BLOCK_TAG = re.compile(rf"</?(?i:{'|'.join(sorted(BLOCKS | EDGES))})(?=[ \t\n\f\r/>])")
_MARKDOWN = re.compile(r"(?m)^(?:#{1,6} |\*\*|```)")
_WIDE_BESIDE_HAN = "“”‘’—…·"  # full width in Chinese text, not in English
_HEAD = frozenset({"base", "link", "meta", "script", "style", "title"})
_OPENING_BLANKS = frozenset(BLANKS + "\ufeff")
_RESTARTS = 5  # pages with more hidden elements that are never closed are read more roughly, not more slowly
_PLURALS = {
    "script": "scripts",
    "style sheet": "style sheets",
    "fallback for scripts": "fallbacks for scripts",
    "comment": "comments",
    "page title": "page titles",
    "template": "templates",
    "form control": "form controls",
    "embedded object": "embedded objects",
    "drawn formula": "drawn formulas",
    "formula annotation": "formula annotations",
    "ruby reading": "ruby readings",
    "image description": "image descriptions",
    "reference to no character": "references to no character",
    "hidden element": "hidden elements",
}


def read_html(text: str, source: str) -> Page:
    """The text that a reader of the page sees, a block a line, with places, links to http(s) and notes.

    Headings begin with "# " to "###### ", `<hr>` is "---", each cell of a table is a line. Scripts, menus, footers,
    form controls and what is hidden is left out and counted in a note. A "<" that begins no tag is text. A line break
    of the source is a blank, or nothing between two wide characters; blanks within a line stay as they are.
    Raises InputError for a page without text. Follows the HTML Standard where a page is well formed, and loses less
    than it where a quote, a comment or a hidden element is left open.

    >>> read_html("<h2>茶</h2><p>Tea &amp; <b>river</b><br>水 < 茶", "tea.html").text
    '## 茶\\n\\nTea & river\\n水 < 茶\\n'
    """
    reader = _Reader(text)
    page = reader.read()
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


class _Lines:
    """Writes a page line by line: blanks as HTML has them, a place for each stretch, links around their text."""

    def __init__(self, text: str) -> None:
        self.out = PageWriter()
        self.breaks = [match.start() for match in re.finditer("\n", text)]
        self.pieces: list[str] = []
        self.offsets: list[int] = []  # of the pieces, in the source
        self.links: list[tuple[int, int, str]] = []  # of this line, by pieces
        self.url = ""
        self.link_begin = -1
        self.is_broken = False  # a line of the source has ended since the last piece
        self.gap = False
        self.heading = 0
        self.heading_offset = 0

    def add(self, piece: str, offset: int) -> None:
        """Append text that holds no line break; blanks that open the line or follow a break go."""
        if self.is_broken or not self.pieces:
            body = piece.lstrip(BLANKS)
            if not body:
                return
            offset += len(piece) - len(body)
            piece = body
            if self.is_broken:
                self._join(piece[0])
        if self.url and self.link_begin < 0:
            body = piece.lstrip(BLANKS)
            blanks = len(piece) - len(body)
            if blanks:
                self._append(piece[:blanks], offset)
            if not body:
                return
            piece, offset = body, offset + blanks
            self.link_begin = len(self.pieces)
        self._append(piece, offset)

    def end_line(self, keep_heading: bool = False) -> None:
        """Write the line, unless it is empty."""
        self.is_broken = False
        self._strip()
        if not self.pieces:
            return
        self._end_stretch()
        if self.gap:
            self.out.blank_line()
            self.gap = False
        if self.heading:
            line = bisect_left(self.breaks, self.heading_offset)
            column = self.heading_offset - (self.breaks[line - 1] if line else -1)
            self.out.write("#" * self.heading + " ", line + 1, column)
            if not keep_heading:
                self.heading = 0
        written = 0
        for begin, end, url in self.links:
            self._write(written, begin)
            start = self.out.length
            self._write(begin, end)
            self.out.link(start, url)
            written = end
        self._write(written, len(self.pieces))
        self.out.end_line()
        self.pieces.clear()
        self.offsets.clear()
        self.links.clear()

    def end_link(self) -> None:
        """Let the link that is open end here."""
        self._end_stretch()
        self.url = ""

    def _write(self, begin: int, end: int) -> None:
        """Write some of the line's pieces, in order."""
        write, breaks = self.out.write, self.breaks
        line, before, after = 1, 0, -1  # the last line looked up, and the offsets between which it stands
        for piece, offset in zip(self.pieces[begin:end], self.offsets[begin:end], strict=True):
            if not before < offset <= after:
                line = bisect_left(breaks, offset) + 1
                before = breaks[line - 2] if line > 1 else -1
                after = breaks[line - 1] if line <= len(breaks) else offset
            write(piece, line, offset - before)

    def _append(self, piece: str, offset: int) -> None:
        if piece[0] >= "\u0300" and self.pieces and (marks := _composing(self.pieces[-1], piece)):
            self.pieces[-1] += piece[:marks]
            piece, offset = piece[marks:], offset + marks
            if not piece:
                return
        self.pieces.append(piece)
        self.offsets.append(offset)

    def _join(self, first: str) -> None:
        """Put the blank that a line break stands for, before `first`."""
        self.is_broken = False
        self._strip()
        if not self.pieces or _are_wide(self.pieces[-1][-1], first):
            return
        if self.links and self.links[-1][1] == len(self.pieces):  # the blank is no part of the link
            self.offsets.append(self.offsets[-1] + len(self.pieces[-1]))
            self.pieces.append(" ")
        else:
            self.pieces[-1] += " "

    def _strip(self) -> None:
        """Take the blanks off the end of the line."""
        pieces = self.pieces
        while pieces:
            body = pieces[-1].rstrip(BLANKS)
            if body:
                pieces[-1] = body
                return
            pieces.pop()
            self.offsets.pop()

    def _end_stretch(self) -> None:
        """Close the link on this line, without the blanks at its end."""
        begin, end = self.link_begin, len(self.pieces)
        self.link_begin = -1
        while end > begin >= 0 and not self.pieces[end - 1].strip(BLANKS):
            end -= 1
        if begin < 0 or end == begin:
            return
        last = self.pieces[end - 1]
        body = last.rstrip(BLANKS)
        if body != last:
            self.pieces[end - 1] = body
            self.pieces.insert(end, last[len(body) :])
            self.offsets.insert(end, self.offsets[end - 1] + len(body))
        self.links.append((begin, end, self.url))


@dataclass(slots=True)
class _Hidden:
    """An open element whose text is left out, counted as `label`; it ends when fewer than `depth` blocks are open."""

    name: str
    label: str
    depth: int
    begin: int  # the offset behind its tag
    nested: int = 1  # tags of its name that are open; blocks are counted on the stack instead
    characters: int = 0
    to_next_block: bool = False  # it is never closed: nothing behind the next block's tag belongs to it


class _Reader:
    """Walks through the tags of a page once, with the open blocks on a stack: any depth, no recursion."""

    def __init__(self, text: str) -> None:
        self.source = text
        self.lines = _Lines(text)
        self.stack: list[str] = []
        self.open: Counter[str] = Counter()
        self.hidden: _Hidden | None = None
        self.pre_depth = self.heading_depth = self.link_depth = 0  # open blocks that what is open there needs; 0: none
        self.last_close = text.rfind(">")
        self.endless: set[str] = set()  # marks that do not stand in what remains
        self.formula_end = 0
        self.restarts = 0
        self.counts: Counter[str] = Counter()
        self.characters: Counter[str] = Counter()

    def read(self) -> Page:
        """The page."""
        source = self.source
        at = begin = 1 if source.startswith("\ufeff") else 0
        while True:
            at = source.find("<", at)
            if at < 0:
                self._text(begin, len(source))
                at = begin = self._end_of_page()
                if at < 0:
                    break
            elif (tag := tag_at(source, at)) is not None:
                self._text(begin, at)
                at = begin = self._tag(tag, at)
            elif (end := self._comment(at)) > 0:
                self._text(begin, at)
                at = begin = end
            else:
                at += 1
                self.counts["bare"] += self.hidden is None
        self.lines.end_line()
        return self.lines.out.page(*self._notes())

    def _text(self, begin: int, end: int) -> None:
        """What stands between two tags."""
        if begin == end:
            return
        text = self.source[begin:end]
        if self.hidden is not None:
            self.hidden.characters += len(REFERENCE.sub(_spelt, text).strip(BLANKS))
        elif "&" not in text and "\n" not in text and "\r" not in text:
            self.lines.add(text, begin)
        else:
            if "\r" in text:
                text = text.replace("\r\n", " \n").replace("\r", "\n")
            for number, part in enumerate(text.split("\n")):
                if number:
                    self._line_break()
                if "&" in part:
                    self._references(part, begin)
                elif part:
                    self.lines.add(part, begin)
                begin += len(part) + 1

    def _references(self, text: str, offset: int) -> None:
        """Text with character references; what follows one is a stretch of its own, so that columns are right."""
        begin = 0
        for match in REFERENCE.finditer(text):
            spelt = decoded(match[0])
            if spelt == match[0]:
                continue
            if begin < match.start():
                self.lines.add(text[begin : match.start()], offset + begin)
            begin = match.end()
            if spelt in ("\n", "\r"):
                self._line_break()
            elif spelt:
                self.lines.add(spelt, offset + match.start())
            else:
                self.counts["reference to no character"] += 1
        if begin < len(text):
            self.lines.add(text[begin:], offset + begin)

    def _line_break(self) -> None:
        """A line of the source ends."""
        if not self.pre_depth:
            self.lines.is_broken = True
        elif self.lines.pieces:
            self.lines.end_line()
        else:
            self.lines.gap = True

    def _comment(self, at: int) -> int:
        """Where the comment, doctype or processing instruction that begins at `at` ends; 0 where there is none."""
        match = _NO_TEXT.match(self.source, at)
        if match is None or at > self.last_close:
            return 0
        is_comment = bool(match[1] or match[2])
        end = self._end_of(match[0], match.end()) if is_comment else 0
        if not end:
            end = self.source.find(">", match.end()) + 1
            self.counts["open comment"] += is_comment and self.hidden is None
        self.counts["comment"] += is_comment and self.hidden is None
        return end

    def _end_of(self, mark: str, begin: int) -> int:
        """Where the comment that `mark` opens ends; 0 where it is never closed."""
        source = self.source
        if mark == "<!--":
            for short in (">", "->"):
                if source.startswith(short, begin):
                    return begin + len(short)
        if mark in self.endless:
            return 0
        if mark == "<!--":
            match = _COMMENT_END.search(source, begin)
            end = match.end() if match else 0
        else:
            end = source.find("]]>", begin) + 3
            end = end if end > 2 else 0
        if not end:
            self.endless.add(mark)
        return end

    def _tag(self, tag: Tag, at: int) -> int:
        """Act on a tag; the offset to go on from."""
        name = tag.name
        if tag.mended and self.hidden is None:
            self.counts["open quote"] += 1
        if name in PLAIN and self.hidden is None and (tag.is_end or not tag.attributes):
            return tag.end
        if name in BLOCKS:
            if tag.is_end:
                self._end_block(name)
            else:
                self._start_block(tag, at)
        elif name == "hr" and not tag.is_end:
            self._rule(tag, at)
        elif name in EDGES:
            if self.hidden is None:
                self.lines.end_line()
        elif name in RAW and not tag.is_end:
            return self._raw(tag)
        elif self.hidden is not None and not self._ends_reading(tag):
            if name == self.hidden.name and not tag.attributes.endswith("/"):
                self.hidden.nested += -1 if tag.is_end else 1
                if not self.hidden.nested:
                    self._show()
        elif not tag.is_end:
            return self._start_inline(tag, at)
        elif name == "a":
            self.lines.end_link()
        elif name == "br":
            self.lines.end_line(keep_heading=True)
        return tag.end

    def _start_block(self, tag: Tag, at: int) -> None:
        name, stack, lines = tag.name, self.stack, self.lines
        closes = CLOSES[name]
        depth = len(stack)
        while depth and stack[depth - 1] in closes:
            depth -= 1
        self._close(depth, name in PARAGRAPHS)
        stack.append(name)
        self.open[name] += 1
        if self.hidden is not None or self._hides(tag):
            return
        if name in HEADINGS:
            lines.heading, lines.heading_offset = int(name[1]), at
            self.heading_depth = len(stack)
        elif name in PRE and not self.pre_depth:
            self.pre_depth = len(stack)

    def _end_block(self, name: str) -> None:
        stack = self.stack
        depth = len(stack)
        if self.open[name]:
            depth -= 1
            while stack[depth] != name:
                depth -= 1
        elif name in HEADINGS and self.heading_depth:
            depth = self.heading_depth - 1
        elif name != "p":  # "</p>" alone is an empty paragraph; other end tags alone are nothing
            return
        self._close(depth, name in PARAGRAPHS)

    def _close(self, depth: int, is_paragraph: bool) -> None:
        """End the line before a block's tag, and all blocks but the outer `depth`."""
        hidden = self.hidden
        if hidden is not None and (hidden.to_next_block or depth < hidden.depth):
            self._show()
        lines, stack = self.lines, self.stack
        if self.hidden is None:
            lines.end_line()
            lines.gap |= is_paragraph
        while len(stack) > depth:
            self.open[stack.pop()] -= 1
        if depth < self.pre_depth:
            self.pre_depth = 0
        if depth < self.heading_depth:
            self.heading_depth = lines.heading = 0
        if depth < self.link_depth:
            self.link_depth = 0
            lines.end_link()

    def _start_inline(self, tag: Tag, at: int) -> int:
        name, lines = tag.name, self.lines
        if name in VOID:
            self._void(tag)
            return tag.end
        if name == "a":
            lines.end_link()
        if self._hides(tag) or name not in ("a", "math"):
            return tag.end
        if name == "math":
            return self._formula(tag.end)
        if "http" in tag.attributes.lower():
            url = attributes(tag.attributes).get("href", "").strip(BLANKS)
            if url[:8].lower().startswith(("http://", "https://")):
                lines.url = url.replace("\t", "").replace("\n", "").replace("\r", "")  # as the URL Standard has it
                self.link_depth = len(self.stack)
        return tag.end

    def _rule(self, tag: Tag, at: int) -> None:
        lines = self.lines
        self._close(len(self.stack) - (self.stack[-1:] == ["p"]), is_paragraph=True)
        if self.hidden is None and hidden_as("hr", tag.attributes) is None:
            lines.heading = 0
            lines.add("---", at)
            lines.end_line()
            lines.gap = True

    def _void(self, tag: Tag) -> None:
        if tag.name == "br":
            self.lines.end_line(keep_heading=True)
        elif tag.name == "img" and "alt" in tag.attributes.lower():
            self.counts["image description"] += bool(attributes(tag.attributes).get("alt"))

    def _raw(self, tag: Tag) -> int:
        """Pass over an element that holds no tags, up to its end tag."""
        name = tag.name
        match = None if name in self.endless else _RAW_END[name].search(self.source, tag.end)
        if match is None:
            self.endless.add(name)
            if name not in ("script", "style"):
                self.counts["open element"] += self.hidden is None
                return tag.end
        self.counts[RAW[name]] += self.hidden is None
        return match.start() if match else len(self.source)

    def _formula(self, begin: int) -> int:
        """Write the TeX of a formula, if it holds it; where to go on reading."""
        if begin <= self.formula_end or "math" in self.endless:
            return begin
        end = _RAW_END["math"].search(self.source, begin)
        if end is None:
            self.endless.add("math")
            return begin
        self.formula_end = end.start()
        tex = _TEX.search(self.source, begin, end.start())
        if tex is None or not (body := tex[1].strip(BLANKS)):
            return begin
        start = tex.start(1) + tex[1].index(body)
        self.lines.add("$", start)
        self._text(start, start + len(body))
        self.lines.add("$", start + len(body))
        return end.start()

    def _hides(self, tag: Tag) -> bool:
        """Whether the element's text is left out from here on."""
        name = tag.name
        label = "furniture" if name in FURNITURE else LEFT_OUT.get(name) or hidden_as(name, tag.attributes)
        if label == SHOWN_BY_SCRIPT:
            self.counts[label] += 1
            return False
        if label is None:
            return False
        if name == "svg" and tag.attributes.endswith("/"):
            self.counts[label] += 1
        else:
            self.hidden = _Hidden(name, label, len(self.stack), tag.end, to_next_block=self.restarts == _RESTARTS)
        return True

    def _ends_reading(self, tag: Tag) -> bool:
        """Whether the tag ends a ruby reading whose own end tag is left out, as it may be."""
        if self.hidden is None or self.hidden.name not in RUBY:
            return False
        ends = tag.name == "ruby" if tag.is_end else tag.name in RUBY
        if ends:
            self._show()
        return ends

    def _show(self) -> None:
        """Count what was hidden; what follows is text again."""
        if self.hidden is not None:
            self.counts[self.hidden.label] += 1
            self.characters[self.hidden.label] += self.hidden.characters
            self.hidden = None

    def _end_of_page(self) -> int:
        """Where to read again, because a hidden element was never closed; -1 when all is read."""
        hidden = self.hidden
        if hidden is None:
            return -1
        if hidden.to_next_block or hidden.name == "footer" or self.restarts == _RESTARTS:
            self._show()
            return -1
        while len(self.stack) > hidden.depth:
            self.open[self.stack.pop()] -= 1
        self.restarts += 1
        self.hidden = _Hidden(hidden.name, hidden.label, hidden.depth, hidden.begin, to_next_block=True)
        self.counts["open element"] += 1
        return hidden.begin

    def _notes(self) -> list[str]:
        counts = self.counts
        left_out = [
            f"{counts[one]:,} {one if counts[one] == 1 else many}" for one, many in _PLURALS.items() if counts[one]
        ]
        if counts["hidden element"]:
            left_out[-1] += f" of {_characters(self.characters['hidden element'])}"
        if counts["furniture"]:
            left_out.append(f"navigation and footers of {_characters(self.characters['furniture'])}")
        notes = [f"left out: {', '.join(left_out)}"] if left_out else []
        for name, one, many in _MENDED:
            if counts[name]:
                notes.append(f"{counts[name]:,} {one if counts[name] == 1 else many}")
        return notes


_MENDED = (
    ("bare", "bare < sign read as text", "bare < signs read as text"),
    ("open quote", "tag with an open quote read to its first >", "tags with an open quote read to their first >"),
    ("open comment", "comment never closed, read to its first >", "comments never closed, read to their first >"),
    ("open element", "element never closed, left out to the next block only",
     "elements never closed, left out to the next block only"),
    (SHOWN_BY_SCRIPT, "element that is hidden until a script runs was read",
     "elements that are hidden until a script runs were read"),
)  # fmt: skip


def _characters(count: int) -> str:
    return f"{count:,} character{'' if count == 1 else 's'}"


def _spelt(match: re.Match[str]) -> str:
    return decoded(match[0])


def _composing(before: str, after: str) -> int:
    """How many characters of `after` must be written with `before`, for the two to be in NFC side by side."""
    tail, count = before[-3:], 0
    for character in after:
        if not unicodedata.combining(character) and unicodedata.is_normalized("NFC", tail + character):
            break
        tail = unicodedata.normalize("NFC", tail + character)[-3:]
        count += 1
    return count


def _are_wide(last: str, first: str) -> bool:
    """Whether a line break between the two stands for nothing."""
    if _WIDE.match(last):
        return first in _WIDE_BESIDE_HAN or _WIDE.match(first) is not None
    return last in _WIDE_BESIDE_HAN and _WIDE.match(first) is not None
