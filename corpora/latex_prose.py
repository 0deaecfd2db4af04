"""The prose of a LaTeX document while it is written: paragraphs, and the notes and captions that follow them."""

import re
import unicodedata

from .latex_source import LatexSource
from .page import PageWriter

CJK = re.compile(
    "[\u2e80-\u303f\u3040-\u30ff\u3100-\u312f\u3400-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\U00020000-\U000323af]"
)
_NEUTRAL = "“”‘’—…·"  # full-width or not, as the other side is
_IN_MATH = re.compile(r"\\[^\n]|%[^\n]*+\n[ \t]*+|[ \t\n]++")


class Block:
    """One paragraph to be: its pieces with their offsets in the source, its links, and the blank that is due."""

    __slots__ = ("begin", "due", "due_at", "kind", "links", "pieces", "prefix")

    def __init__(self, kind: str = "paragraph", prefix: str = "", begin: int = 0) -> None:
        """Start a block that is to be written after `prefix`; `begin` is where it stands in the source."""
        self.kind, self.prefix, self.begin = kind, prefix, begin
        self.pieces: list[tuple[str, int]] = []
        self.links: list[tuple[int, int, str]] = []  # first piece, piece behind the last, address
        self.due, self.due_at = "", 0

    def blank(self, offset: int, due: str = " ") -> None:
        """A blank stands here; a line end ("\\n") is none between two Chinese characters."""
        if self.due != " ":
            self.due, self.due_at = due, offset

    def write(self, text: str, offset: int) -> None:
        """Append text, after the blank that is due."""
        if not self.pieces:
            self.pieces.append((text, offset))
        else:
            last, at = self.pieces[-1]
            if self.due == " " or (self.due and not _joins(last[-1], text[0])):
                self.pieces += [(" ", self.due_at), (text, offset)]
            elif unicodedata.combining(text[0]) or not unicodedata.is_normalized("NFC", last[-1] + text[0]):
                self.pieces[-1] = (last + text, at)  # else the page would not be NFC
            else:
                self.pieces.append((text, offset))
        self.due = ""


class Prose:
    """Writes a page block by block; a heading, footnote or caption is a block within the paragraph it stands in."""

    def __init__(self, source: LatexSource, name: str) -> None:
        """Start an empty page; `name` is that of the source, for the message of what is refused."""
        self.source = source
        self.writer = PageWriter(name)
        self.blocks = [Block()]  # the paragraph, and above it headings, footnotes … that are being read
        self.omitted = False  # what comes now is left out
        self._later: list[Block] = []  # footnotes and captions that wait for the end of the paragraph
        self._emitted = ""  # kind of the last block written

    @property
    def block(self) -> Block:
        """The block that is being written."""
        return self.blocks[-1]

    def write(self, text: str, offset: int) -> None:
        """Append text that stands at this offset of the source, unless it is left out."""
        if text and not self.omitted:
            self.blocks[-1].write(text, offset)

    def write_math(self, start: int, end: int) -> None:
        """Append a formula as its source, on one line."""
        self.write(_IN_MATH.sub(_on_one_line, self.source.text[start:end]), start)

    def end_paragraph(self, offset: int) -> None:
        """End the paragraph; inside a heading, footnote or caption it is only a blank."""
        if len(self.blocks) > 1:
            self.blocks[-1].blank(offset, "\n")
        elif not self.omitted:
            block, self.blocks[0] = self.blocks[0], Block()
            self.emit(block)

    def heading(self, name: str, offset: int) -> None:
        """Write a heading of the second level; within another block it waits for the end of the paragraph."""
        block = Block("heading", "## ", offset)
        block.write(name, offset)
        if len(self.blocks) == 1:
            self.emit(block)
        else:
            self._later.append(block)

    def close_block(self) -> None:
        """End the innermost block; what stands within a paragraph waits for its end, as do notes and captions."""
        block = self.blocks.pop()
        inside = len(self.blocks) > 1 or self.blocks[0].pieces
        if inside or block.kind in ("note", "caption"):
            self._later.append(block)
        else:
            self.emit(block)

    def emit(self, block: Block) -> None:
        """Write a whole block to the page, then those that waited for it."""
        waiting, self._later = [block, *self._later], []
        for each in waiting:
            if not each.pieces:
                continue
            if each.kind in ("item", "metadata") and each.kind == self._emitted:
                self.writer.end_line()
            else:
                self.writer.blank_line()
            self._emitted = each.kind
            self.writer.write(each.prefix, *self.source.place(each.begin))
            starts: list[int] = []
            for text, offset in each.pieces:
                starts.append(self.writer.length)
                self.writer.write(text, *self.source.place(offset))
                for begin, end, url in each.links:
                    if end == len(starts):
                        self.writer.link(starts[begin], url)


def _joins(left: str, right: str) -> bool:
    """Whether a line end between these characters is no blank."""
    cjk = bool(CJK.match(left)), bool(CJK.match(right))
    return all(cjk) or (any(cjk) and (left in _NEUTRAL or right in _NEUTRAL))


def _on_one_line(match: re.Match[str]) -> str:
    """A comment in a formula is nothing, a line end a blank, anything else itself."""
    if match[0].startswith("%"):
        return ""
    return " " if "\n" in match[0] else match[0]
