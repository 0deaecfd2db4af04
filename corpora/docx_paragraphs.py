"""A paragraph of a Word document while it is read, and how it is written to a page."""

import unicodedata
from dataclasses import dataclass, field

from .page import PageWriter


@dataclass(slots=True)
class Paragraph:
    """A paragraph that is being read: its number and level, its pieces, its links and the text boxes in it."""

    number: int
    level: int = 0
    style: str = ""
    length: int = 0
    pieces: list[tuple[str, int, int]] = field(default_factory=list)  # text, number of the paragraph, column
    links: list[tuple[int, int, str]] = field(default_factory=list)  # first piece, piece behind the last, address
    boxes: "list[Paragraph]" = field(default_factory=list)

    def add(self, text: str) -> None:
        """Append text; a piece that would compose with the last character is one with its piece."""
        last = self.pieces[-1] if self.pieces else None
        if last and text and not _stay_apart(last[0][-1], text[0]):
            self.pieces[-1] = (last[0] + text, last[1], last[2])
        elif text:
            self.pieces.append((text, self.number, self.length + 1))
        self.length += len(text)

    def link(self, begin: int, url: str) -> None:
        """Say that the pieces from `begin` on lead to this address."""
        end = len(self.pieces)
        while end > begin and self.pieces[end - 1][0] == "\n":
            end -= 1
        while begin < end and self.pieces[begin][0] == "\n":
            begin += 1
        if begin < end:
            self.links.append((begin, end, url))


def write_paragraph(writer: PageWriter, paragraph: Paragraph) -> None:
    """Write a paragraph, then the text boxes in it."""
    waiting = [paragraph]
    while waiting:
        here = waiting.pop()
        waiting += reversed(here.boxes)
        if any(text.strip() for text, _, _ in here.pieces):
            writer.blank_line()
            _write_pieces(writer, here)


def _write_pieces(writer: PageWriter, paragraph: Paragraph) -> None:
    prefix = "#" * min(paragraph.level, 6) + " " if paragraph.level else ""
    ends: dict[int, list[tuple[int, str]]] = {}
    for begin, end, url in paragraph.links:
        ends.setdefault(end, []).append((begin, url))
    starts: list[int] = []
    begun = False  # a line break before any text breaks nothing
    for text, line, column in paragraph.pieces:
        if text != "\n":
            if prefix and writer.last in ("", "\n"):
                writer.write(prefix, line, column)
            starts.append(writer.length)
            writer.write(text, line, column)
            begun = True
        else:
            starts.append(writer.length)
            if begun and writer.last == "\n":
                writer.blank_line()
            elif begun:
                writer.end_line()
        for begin, url in ends.get(len(starts), ()):
            writer.link(starts[begin], url)


def _stay_apart(last: str, first: str) -> bool:
    """Whether the two characters stay what they are when they meet; else the page would not be NFC."""
    return not unicodedata.combining(first) and unicodedata.is_normalized("NFC", last + first)
