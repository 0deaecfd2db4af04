"""The walk through a web page's tags: which of them end a line, which are hidden, and what is left of the text."""

import re
from collections import Counter
from dataclasses import dataclass

from .html_lines import HtmlLines
from .html_notes import left_out_notes
from .html_opaque import Opaque
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
from .page import Page

_RESTARTS = 5  # pages with more hidden elements that are never closed are read more roughly, not more slowly


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


class HtmlReader:
    """Walks through the tags of a page once, with the open blocks on a stack: any depth, no recursion."""

    def __init__(self, text: str, source: str) -> None:
        """Read this text; `source` is for the message of what is refused."""
        self.source = text
        self.lines = HtmlLines(text, source)
        self.opaque = Opaque(text)
        self.stack: list[str] = []
        self.open: Counter[str] = Counter()
        self.hidden: _Hidden | None = None
        self.pre_depth = self.heading_depth = self.link_depth = 0  # open blocks that what is open there needs; 0: none
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
            elif (comment := self.opaque.comment(at)) is not None:
                self._text(begin, at)
                at = begin = comment.end
                if self.hidden is None:
                    self.counts.update(comment.counts)
            else:
                at += 1
                self.counts["bare"] += self.hidden is None
        self.lines.end_line()
        self.counts["reference to no character"] = self.lines.lost
        return self.lines.out.page(*left_out_notes(self.counts, self.characters))

    def _text(self, begin: int, end: int) -> None:
        """What stands between two tags."""
        if begin == end:
            return
        text = self.source[begin:end]
        if self.hidden is not None:
            self.hidden.characters += len(REFERENCE.sub(_spelt, text).strip(BLANKS))
        else:
            self.lines.add_source(text, begin)

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
            lines.is_pre = True

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
            lines.is_pre = False
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
        end = self.opaque.raw_end(name, tag.end)
        if end < 0:
            if name not in ("script", "style"):
                self.counts["open element"] += self.hidden is None
                return tag.end
            end = len(self.source)
        self.counts[RAW[name]] += self.hidden is None
        return end

    def _formula(self, begin: int) -> int:
        """Write the TeX of a formula, if it holds it; where to go on reading."""
        formula = self.opaque.formula(begin)
        if formula is None:
            return begin
        self.lines.add("$", formula.begin)
        self._text(formula.begin, formula.end)
        self.lines.add("$", formula.end)
        return formula.resume

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


def _spelt(match: re.Match[str]) -> str:
    return decoded(match[0])
