"""What the bytes of a marked-up format spell: lines of text, where each stood in the source, and the links."""

from dataclasses import dataclass
from typing import NamedTuple

from .normal import to_nfc


class Place(NamedTuple):
    """From `offset` in the text on, characters stand at `line` and `column` (both from 1) of the source."""

    offset: int
    line: int
    column: int


class Link(NamedTuple):
    """The stretch `begin` to `end` of the text leads to `url`."""

    begin: int
    end: int
    url: str


@dataclass(frozen=True, slots=True)
class Page:
    """The readable text of a source, a paragraph a line; a heading's line begins with "# " to "###### "."""

    text: str
    places: tuple[Place, ...] = ()
    links: tuple[Link, ...] = ()
    notes: tuple[str, ...] = ()  # what reading assumed, changed or left out, one sentence each, with counts


class PageWriter:
    """Collects a page's text, stretch by stretch, and remembers where each came from."""

    def __init__(self, source: str = "") -> None:
        """Start an empty page; `source` is for the message of what is refused."""
        self._source = source
        self._parts: list[str] = []
        self._length = 0
        self._places: list[Place] = []
        self._links: list[Link] = []

    @property
    def length(self) -> int:
        """Code points written so far: the offset of what comes next."""
        return self._length

    @property
    def last(self) -> str:
        """The last character written, "" at the very beginning."""
        return self._parts[-1][-1] if self._parts else ""

    def write(self, text: str, line: int, column: int) -> None:
        """Append text, in NFC, that stands at this place of the source; errors as for `to_nfc`."""
        if not text.isascii():
            text = to_nfc(text, f"{self._source}:{line}:{column}".removeprefix(":"))
        if text:
            self._places.append(Place(self._length, line, column))
            self._append(text)

    def end_line(self) -> None:
        """End the line, unless none is begun."""
        if self.last not in ("", "\n"):
            self._append("\n")

    def blank_line(self) -> None:
        """End the line and leave one blank, unless there is one or nothing yet."""
        self.end_line()
        if self._parts and not (self._parts[-1] == "\n" and len(self._parts) > 1 and self._parts[-2].endswith("\n")):
            self._append("\n")

    def link(self, begin: int, url: str) -> None:
        """Say that what was written from `begin` on leads to this address."""
        if self._length > begin:
            self._links.append(Link(begin, self._length, url))

    def page(self, *notes: str) -> Page:
        """The page as collected."""
        return Page("".join(self._parts), tuple(self._places), tuple(self._links), notes)

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
