"""A big text file in blocks of whole lines, each decoded, mended and cleaned as a small file is at once."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, NamedTuple

from .decoding import Decoded, declared_charset, decode, decode_replacing
from .errors import InputError, LimitError
from .files import LIMIT_BYTES, limited_bytes, regular_file, shown
from .formats import _ODD, Reading
from .mojibake import repair
from .normal import to_nfc
from .script import HAN
from .strict_decoding import attempt, codec_name, decode_strictly

BLOCK_BYTES = 2 * 1024 * 1024
_WIDE = ("utf-16", "utf-32", "utf-7", "hz", "iso2022")  # a byte 0x0A is not always a line end in these
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")
_COUNT = re.compile(r"(\d[\d,]*)(?= )")
_BAD_BYTES = re.compile(r"([\d,]+) places? (?:was|were) not (\S+) and read as U\+FFFD, the first at (\d+):(\d+)")
_FIRST_RUN = re.compile(r"[^\x00-\x7f]{1,3}")
_TWO = re.compile(r"[^\x00-\x7f]{2}")
_KIND_OF = {character: kind for kind, characters in _ODD.items() for character in characters}
_ODD_SIGN = re.compile(f"[{re.escape(''.join(sorted(_KIND_OF)))}]")


class Block(NamedTuple):
    """Whole lines of a file with "\\n" ends, in NFC, and the number of the first of them, from 1."""

    text: str
    line: int


class Notes:
    """What reading said, each sentence once; sentences that begin with a count are added up."""

    def __init__(self) -> None:
        """Start without any."""
        self._counts: dict[str, int | None] = {}

    def add(self, *notes: str) -> None:
        """Take sentences in: "3 blank rows were skipped" twice makes six of them."""
        for note in notes:
            found = _COUNT.match(note)
            what = note[found.end() :] if found else note
            before = self._counts.get(what) or 0
            self._counts[what] = before + int(found[1].replace(",", "")) if found else None

    def lines(self) -> tuple[str, ...]:
        """The sentences, in the order in which they came first."""
        return tuple(what if count is None else f"{count:,}{what}" for what, count in self._counts.items())


class TextFile:
    """A text file that is read in blocks, any number of times; `notes` and `sha256` are those of the last time.

    UTF-8, and the encodings in which a byte 0x0A is always a line end, are streamed; UTF-16 and the like are read at
    once. Raises LimitError for more than 64 MiB of these, and for a line of more than that.
    """

    def __init__(self, path: Path, reading: Reading, size: int = BLOCK_BYTES) -> None:
        """Read what decides on the encoding; raises InputError as `decode` does."""
        self.path, self.source, self.notes, self.sha256 = path, shown(path), Notes(), ""
        self._reading, self._size = reading, size
        self._first: tuple[bytes, Decoded] | None = None  # decoded once, for it is asked for again and again
        self.head = next(self.blocks(), Block("", 1)).text

    def blocks(self) -> Iterator[Block]:
        """The blocks in order; raises InputError with the line of bytes that its encoding does not have."""
        self.notes, digest = Notes(), hashlib.sha256()
        codec, line, characters, odd = "", 1, 0, 0
        with regular_file(self.path) as handle:
            for data in self._pieces(handle):
                digest.update(data)
                decoded = self._decoded(data, codec, line)
                self._first = self._first or (data, decoded)
                codec = codec or decoded.encoding
                self.notes.add(*decoded.notes)
                text, controls = _cleaned(decoded.text, line == 1, self.notes, f"{self.source}:{line}")
                characters, odd = characters + len(text), odd + controls
                if odd > max(2, characters / 100) and line == 1:
                    found = f"{odd} control characters"
                    raise InputError(self.source, found, "text", "This looks like a binary file.")
                yield Block(text, line)
                line += text.count("\n")
        self.sha256 = digest.hexdigest()

    def _pieces(self, handle: BinaryIO) -> Iterator[bytes]:
        named = codec_name(self._reading.encoding) if self._reading.encoding else ""
        begin = handle.read(4)
        handle.seek(0)
        if named.startswith(_WIDE) or begin.startswith(_WIDE_MARKS):
            yield limited_bytes(handle, self.source)
        else:
            yield from _pieces(handle, self._size, self.source)

    def _decoded(self, data: bytes, codec: str, line: int) -> Decoded:
        """The text of one block; the first decides on the encoding of all."""
        encoding, strict = self._reading.encoding, self._reading.errors == "strict"
        if not codec and self._first and self._first[0] == data:
            return self._first[1]
        try:
            if not codec:
                reads = decode if strict else decode_replacing
                if encoding or not _is_plain(data):
                    return reads(data, self.source, encoding, declared=declared_charset(data))
                text, notes = mend(data.removeprefix(b"\xef\xbb\xbf").decode("utf-8"))
                return Decoded(text, "utf-8", notes)
            if not strict:
                decoded = decode_replacing(data, self.source, codec)
                return decoded._replace(notes=tuple(_moved_note(note, line - 1) for note in decoded.notes))
            text = decode_strictly(data, self.source, codec, "text in one encoding all through", "Mend these bytes.")
        except InputError as error:
            raise moved(error, self.source, line - 1) from error
        text, notes = (text, ()) if encoding and codec == codec_name(encoding) else mend(text)
        return Decoded(text, codec, notes)


def quotes_in(file: TextFile) -> bool:
    """Whether a file has a double quote anywhere; its bytes are not decoded for that."""
    with regular_file(file.path) as handle:
        return any(b'"' in data for data in iter(lambda: handle.read(BLOCK_BYTES), b""))


def moved(error: InputError, source: str, lines: int) -> InputError:
    """The same error where the text it speaks of begins so many lines further down in the file.

    >>> str(moved(InputError("a.csv:3:1", "a quote"), "a.csv", 40))
    'a.csv:43:1: a quote'
    """
    found = re.fullmatch(re.escape(source) + r":(\d+)(:.*)?", error.where)
    where = f"{source}:{int(found[1]) + lines}{found[2] or ''}" if found else error.where
    return type(error)(where, error.found, error.wanted, error.do)


def mend(text: str) -> tuple[str, tuple[str, ...]]:
    """What `repair` gives, in a tenth of the time for text that needs none: only lines that could are shown to it.

    A line with Chinese can be UTF-8 taken for GBK only if its first characters, as GBK, are UTF-8; one without can be
    UTF-8 or GBK taken for something else only if two characters that are not ASCII touch. A line of each kind that
    could not is shown too: it says that not all the text was misread.
    """
    if text.isascii():
        return text, ()
    lines = text.split("\n")
    suspects: list[int] = []
    chinese_one = lone_one = ""  # lines that cannot have been misread
    for number, line in enumerate(lines):
        if line.isascii():
            continue
        run = _FIRST_RUN.search(line)
        breaks, chinese = _as_gbk(run[0]) if run else (False, False)
        if chinese or HAN.search(line):
            if not breaks or "€" in line or "\ufffd" in line:
                suspects.append(number)
            else:
                chinese_one = chinese_one or line
        elif _TWO.search(line):
            suspects.append(number)
        else:
            lone_one = lone_one or line
    notes: tuple[str, ...] = ()
    if suspects:
        shown_lines = [*(lines[number] for number in suspects), *filter(None, (chinese_one, lone_one))]
        mended, notes = repair("\n".join(shown_lines))
        for number, line in zip(suspects, mended.split("\n"), strict=False):
            lines[number] = line
        text = "\n".join(lines)
    marks, cries = text.count("\ufffd"), text.count("锟斤拷")
    if marks + cries:
        notes += (f"{marks:,} U+FFFD stand for characters lost before this was read",) * bool(marks)
        notes += (f"{cries:,} 锟斤拷 stand for characters lost before this was read",) * bool(cries)
    return text, notes


@lru_cache(maxsize=100_000)
def _as_gbk(begin: str) -> tuple[bool, bool]:
    """Whether characters break UTF-8 where their bytes in GBK are read as that, and whether one of them is Chinese."""
    data = begin.encode("gb18030", "replace")
    breaks = False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        breaks = error.end < len(data) or error.reason != "unexpected end of data"
    return breaks, HAN.search(begin) is not None


def _is_plain(data: bytes) -> bool:
    """Whether a block is UTF-8 with no sign of being anything else."""
    if data.startswith((b"%PDF", b"GIF8", b"PK\x03\x04", b"PAR1")) or b"\0" in data or declared_charset(data):
        return False
    return attempt(data, "utf-8") is not None


def _pieces(handle: BinaryIO, size: int, source: str) -> Iterator[bytes]:
    """The bytes in pieces that end with a line end, or with a CR where there is no other."""
    rest = b""
    while data := handle.read(size):
        rest += data
        cut = rest.rfind(b"\n") + 1 or rest.rfind(b"\r", 0, len(rest) - 1) + 1
        if cut:
            yield rest[:cut]
            rest = rest[cut:]
        elif len(rest) > LIMIT_BYTES:
            raise LimitError(source, "a line too long", f"at most {LIMIT_BYTES // 2**20} MiB", "Is it a text file?")
    if rest:
        yield rest


def _cleaned(text: str, first: bool, notes: Notes, where: str) -> tuple[str, int]:
    """The text with "\\n" line ends and in NFC, and how many control characters are in it; says what it did or saw."""
    if first and text.startswith("\ufeff"):
        text = text.removeprefix("\ufeff")
        notes.add("a second byte-order mark at the beginning was left out")
    if "\r" in text:
        notes.add("line ends were CRLF or CR; read as LF")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not unicodedata.is_normalized("NFC", text):
        text = to_nfc(text, where)
        notes.add("normalised to NFC")
    found = Counter(map(_KIND_OF.__getitem__, _ODD_SIGN.findall(text)))
    notes.add(*(f"{count} {kind} were kept" for kind, count in sorted(found.items())))
    return text, found["control characters"]


def _moved_note(note: str, lines: int) -> str:
    found = _BAD_BYTES.match(note)
    return f"{found[1]} places were not {found[2]} and read as U+FFFD" if found and lines else note
