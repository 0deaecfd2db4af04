"""The lines of a web page while they are written: blanks as HTML has them, places, and links around their text."""

import re
import unicodedata
from bisect import bisect_left

from .html_tokens import BLANKS, REFERENCE, decoded
from .page import PageWriter

_WIDE = re.compile("[㐀-䶿一-鿿豈-﫿\U00020000-\U000323af\u3001-\u30ff\uff01-\uff60\uffe0-\uffe6]")
_WIDE_BESIDE_HAN = "“”‘’—…·"  # full width in Chinese text, not in English


class HtmlLines:
    """Writes a page line by line: blanks as HTML has them, a place for each stretch, links around their text."""

    def __init__(self, text: str, source: str) -> None:
        """Write lines of this text; `source` is for the message of what is refused."""
        self.out = PageWriter(source)
        self.breaks = [match.start() for match in re.finditer("\n", text)]
        self.pieces: list[str] = []
        self.offsets: list[int] = []  # of the pieces, in the source
        self.links: list[tuple[int, int, str]] = []  # of this line, by pieces
        self.url = ""
        self.link_begin = -1
        self.is_pre = False  # each line of the source is one here
        self.lost = 0  # references to no character
        self.is_broken = False  # a line of the source has ended since the last piece
        self.gap = False
        self.heading = 0
        self.heading_offset = 0

    def add_source(self, text: str, offset: int) -> None:
        """Append text as the source has it, with line breaks and character references."""
        if "&" not in text and "\n" not in text and "\r" not in text:
            self.add(text, offset)
            return
        if "\r" in text:
            text = text.replace("\r\n", " \n").replace("\r", "\n")
        for number, part in enumerate(text.split("\n")):
            if number:
                self._line_break()
            if "&" in part:
                self._references(part, offset)
            elif part:
                self.add(part, offset)
            offset += len(part) + 1

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

    def _references(self, text: str, offset: int) -> None:
        """Text with character references; what follows one is a stretch of its own, so that columns are right."""
        begin = 0
        for match in REFERENCE.finditer(text):
            spelt = decoded(match[0])
            if spelt == match[0]:
                continue
            if begin < match.start():
                self.add(text[begin : match.start()], offset + begin)
            begin = match.end()
            if spelt in ("\n", "\r"):
                self._line_break()
            elif spelt:
                self.add(spelt, offset + match.start())
            else:
                self.lost += 1
        if begin < len(text):
            self.add(text[begin:], offset + begin)

    def _line_break(self) -> None:
        """A line of the source ends."""
        if not self.is_pre:
            self.is_broken = True
        elif self.pieces:
            self.end_line()
        else:
            self.gap = True

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
