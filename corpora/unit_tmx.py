"""Big TMX files as rows of named cells: cut between units, each piece read the hardened way."""

import hashlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from xml.parsers import expat

from .errors import InputError, LimitError
from .files import LIMIT_BYTES, regular_file, shown
from .tmx import _row, _Seen, read_tmx, side_of, spelt_tag
from .unit_blocks import Notes, moved
from .unit_rows import NamedRow
from .xml_door import DEEPEST, Element, Place, local_name, parse_xml

_PIECE = 1024 * 1024
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class TmxFile:
    """A TMX file in UTF-8 that is read unit by unit; `notes` and `sha256` are complete after the last row."""

    def __init__(self, path: Path, size: int = _PIECE) -> None:
        """Nothing is read yet."""
        self.path, self.source, self.notes, self.sha256 = path, shown(path), Notes(), ""
        self._size = size

    def rows(self) -> Iterator[NamedRow]:
        """A row a `<tu>`, with the cells and notes of `read_tmx`; raises InputError as it does, and LimitError for a
        unit of more than 64 MiB.
        """
        seen = _Seen(self.source)
        head, open_tags = b"", b""
        for piece in self._pieces():
            if not head:
                head, open_tags = piece.head, piece.closing
                self.notes.add(*read_tmx(head + open_tags, self.source).notes)
            down = piece.line - 1 - head.count(b"\n")
            try:
                root = parse_xml(head + piece.units + open_tags, self.source)
                for unit in _container(root, open_tags.count(b"</")).iterchildren("*"):
                    if local_name(unit) != "tu":
                        seen.unknown[local_name(unit)] += 1
                        continue
                    line = (unit.sourceline or 1) + down
                    cells = _plain_cells(unit)
                    if cells is None:
                        cells = [(cell.name, cell.text) for cell in _row(unit, _Lines(), seen)]
                    yield line, cells
            except InputError as error:
                raise moved(error, self.source, down) from error
        if not head:
            raise InputError(self.source, "no <tu>", "a TMX file with units")
        self.notes.add(*seen.notes())

    def _pieces(self) -> Iterator["_Piece"]:
        digest = hashlib.sha256()
        cutter = _Cutter(self.source)
        with regular_file(self.path) as handle:
            while data := handle.read(self._size):
                digest.update(data)
                piece = cutter.feed(data, final=False)
                if piece:
                    yield piece
            piece = cutter.feed(b"", final=True)
            if piece:
                yield piece
        self.sha256 = digest.hexdigest()


class _Piece:
    """Whole units, what stands before the first unit of all, the tags that close it, and the units' first line."""

    __slots__ = ("closing", "head", "line", "units")

    def __init__(self, units: bytes, head: bytes, closing: bytes, line: int) -> None:
        self.units, self.head, self.closing, self.line = units, head, closing, line


class _Cutter:
    """Finds in a stream of bytes where units begin and end; expat says it, so that no comment or CDATA misleads."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._parser = expat.ParserCreate("utf-8")
        self._parser.StartElementHandler, self._parser.EndElementHandler = self._start, self._end
        self._parser.EntityDeclHandler = self._entity
        self._open: list[str] = []
        self._unit_depth = 0
        self._bytes, self._begin, self._line = b"", 0, 1  # what is held, the offset and line where it begins
        self._head, self._closing = b"", b""
        self._head_end = self._units_end = -1

    def feed(self, data: bytes, *, final: bool) -> "_Piece | None":
        """The units that end within these bytes, None where none does."""
        self._bytes += data
        try:
            self._parser.Parse(data, final)
        except expat.ExpatError as error:
            found = f"broken XML ({expat.ErrorString(error.code)})"
            place = f"{self._source}:{error.lineno}:{error.offset + 1}"
            raise InputError(place, found, "a well-formed file", "Mend or export it again.") from error
        if self._head_end >= 0 and not self._head:
            self._head, self._bytes = self._bytes[: self._head_end], self._bytes[self._head_end :]
            self._begin, self._line = self._head_end, 1 + self._head.count(b"\n")
        if len(self._bytes) > LIMIT_BYTES:
            raise LimitError(self._source, "a unit too large", f"at most {LIMIT_BYTES // 2**20} MiB", "Split it.")
        cut = self._units_end - self._begin
        if not self._head or cut <= 0:
            return None
        piece = _Piece(self._bytes[:cut], self._head, self._closing, self._line)
        self._line += piece.units.count(b"\n")
        self._bytes, self._begin = self._bytes[cut:], self._units_end
        return piece

    def _start(self, name: str, _: Mapping[str, str]) -> None:
        if len(self._open) >= DEEPEST:
            raise LimitError(self._source, "elements nested too deep", f"at most {DEEPEST} levels")
        if not self._unit_depth and name.rpartition(":")[2] == "tu":
            self._unit_depth = len(self._open) + 1
            if self._head_end < 0:
                self._head_end = self._parser.CurrentByteIndex
                self._closing = "".join(f"</{tag}>" for tag in reversed(self._open)).encode()
        self._open.append(name)

    def _end(self, _: str) -> None:
        if len(self._open) == self._unit_depth:
            self._unit_depth = 0
            at = self._parser.CurrentByteIndex - self._begin
            if self._bytes.startswith(b"</", at):  # else it is <tu/>: the next end will do
                self._units_end = self._begin + self._bytes.index(b">", at) + 1
        self._open.pop()

    def _entity(self, name: str, *_: object) -> None:
        where = f"{self._source}:{self._parser.CurrentLineNumber}:{self._parser.CurrentColumnNumber + 1}"
        raise InputError(where, f"an entity declaration ({name[:40]!r})", "XML without entities", "Remove it.")


def _container(root: Element, depth: int) -> Element:
    """The element that the units stand in: the last one open before the first of them."""
    for _ in range(depth - 1):
        root = root[-1]
    return root


class _Lines(dict[Element, Place]):
    """The line of any element, asked only when it is needed for a message."""

    def __missing__(self, element: Element) -> Place:
        return element.sourceline or 1, 1


@lru_cache(maxsize=200)
def _plain_side(tag: str) -> str:
    """The side that a language tag says, "" where it says more than that, or another language."""
    side = side_of(tag)
    return side if side and spelt_tag(tag) == side else ""


def _plain_cells(unit: Element) -> list[tuple[str, str]] | None:
    """The cells of a unit that is one English and one Chinese text and no more; None for any other."""
    if len(unit) != 2 or (unit.text and not unit.text.isspace()):
        return None
    cells: list[tuple[str, str]] = []
    for variant in unit:
        side = _plain_side(variant.get(_XML_LANG) or "")
        if not side or len(variant) != 1:
            return None
        segment = variant[0]
        around = (variant.text, variant.tail, segment.tail)
        if len(segment) or any(text and not text.isspace() for text in around):
            return None
        if local_name(segment) != "seg" or local_name(variant) != "tuv":
            return None
        cells.append((side, segment.text or ""))
    if cells[0][0] == cells[1][0]:
        return None
    if cells[0][0] == "zh":
        cells.reverse()
    if name := unit.get("tuid"):
        cells.append(("id", name))
    return cells
