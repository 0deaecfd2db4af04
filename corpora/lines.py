"""A document as trimmed lines that know their place."""

from typing import NamedTuple

from .model import Span

# Blanks of every kind, and the invisible characters that pages leave around text.
_TRIM = " \t\u00a0\u3000\u200b\u200c\u200d\u2060\ufeff\u2002\u2003\u2009"


class Line(NamedTuple):
    """One line without its surrounding blanks; `text` is the document's text from `start` to `end`."""

    start: int
    end: int
    text: str

    @property
    def span(self) -> Span:
        """Where the line stands in the document."""
        return self.start, self.end

    def part(self, begin: int, end: int | None = None) -> "Line":
        """A part of this line, trimmed again; offsets count from the line's own start.

        >>> Line(10, 17, "ab : cd").part(4).span
        (15, 17)
        """
        return trimmed(self.text[begin:end], self.start + begin)


class Button(Line):
    """Words beside a title that lead elsewhere and are no part of it: [PDF], 返回目录."""

    __slots__ = ()


def trimmed(text: str, start: int = 0) -> Line:
    """The line that `text`, standing at `start`, is without its blanks."""
    body = text.lstrip(_TRIM)
    start += len(text) - len(body)
    body = body.rstrip(_TRIM)
    return Line(start, start + len(body), body)


def lines_of(text: str) -> list[Line]:
    """All lines of a text that hold more than blanks, in order; a line ends at "\\n" only.

    >>> [line.text for line in lines_of("a\\n \\n  b ")]
    ['a', 'b']
    """
    lines: list[Line] = []
    start = 0
    for raw in text.split("\n"):
        line = trimmed(raw, start)
        if line.text:
            lines.append(line)
        start += len(raw) + 1
    return lines
