"""Bytes in, text out: the encoding is named or proved, mojibake undone where it is sure, and both are said."""

import re
from typing import NamedTuple

from .encoding_guess import advice, likeliest_encoding, unmarked_utf_16
from .errors import InputError
from .mojibake import repair
from .script import HAN, evidence
from .strict_decoding import SUPERSETS, attempt, codec_name, decode_strictly, refusal

_MARKS = (  # UTF-32 first: its mark begins as that of UTF-16 does
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_MAGIC = (
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"\x89PNG", "a PNG image"),
    (b"GIF8", "a GIF image"),
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or Office file"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"PAR1", "a Parquet file"),
)
_SEVEN_BIT = frozenset({"hz"})  # Chinese in ASCII bytes

_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_XML = re.compile(rb"""^\s*+<\?xml\s[^>]*?\sencoding\s*+=\s*+["']([\w.:-]{1,40})["']""")
_CSS = re.compile(rb'^@charset "([\w.:-]{1,40})";')
_PO = re.compile(rb'^"Content-Type: *+text/plain; *+charset=([\w.:-]{1,40})', re.MULTILINE | re.IGNORECASE)
_META = re.compile(rb"<meta[\s/][^>]*+", re.IGNORECASE)
_CONTENT = re.compile(rb"""\scontent\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'>]*+)""", re.IGNORECASE)
_CHARSET = re.compile(rb"""[\s"';/]charset\s*+=\s*+["']?+([\w.:-]{1,40})""", re.IGNORECASE)


class Decoded(NamedTuple):
    """Text, the encoding it was read in, and what reading assumed or changed, one sentence each."""

    text: str
    encoding: str
    notes: tuple[str, ...]


def decode(data: bytes, source: str, encoding: str | None = None, *, declared: str | None = None) -> Decoded:
    """The text that these bytes spell, without a byte-order mark; `source` is only for messages.

    A named `encoding` is used strictly; mojibake is then reported but kept. Without one, a byte-order mark decides,
    then UTF-8 if the bytes are that, then the encoding the file itself has `declared`. Nothing is guessed: for
    anything else InputError says at which line, column and byte UTF-8 fails, and which encoding to try. Mojibake
    (see `repair`) is undone with a note. Lost characters (U+FFFD, 锟斤拷) are counted in a note; a text of which
    they are a tenth is refused.

    >>> decode("对照".encode("gb18030"), "a.txt", "gb2312")
    Decoded(text='对照', encoding='gb18030', notes=('gb2312 read as gb18030, which contains it',))
    """
    if encoding is not None:
        return _named(data, source, encoding)
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise InputError(source, kind, "a text file", "Save its text as UTF-8.")
    for mark, name in _MARKS:
        if data.startswith(mark):
            text = decode_strictly(data, source, name, "whole text, as its byte-order mark says", "", len(mark))
            shown = name.removesuffix("-le").removesuffix("-be")
            note = () if shown == "utf-8" else (f"read as {shown.upper()}, as its byte-order mark says",)
            return _mended(text, shown, note, source)
    wide = unmarked_utf_16(data)
    codec = _declared_codec(declared, wide, b"\0" in data)
    if wide and not codec:
        raise InputError(source, "UTF-16 without a byte-order mark", "UTF-8", f"Try --encoding {wide}.")
    as_declared = (f"read as {codec}, as declared ({declared})",)
    try:
        utf_8 = "" if wide else data.decode("utf-8")
    except UnicodeDecodeError as error:
        if codec in ("", "utf-8"):
            wanted = "UTF-8, as declared" if codec else "UTF-8, or the encoding by name"
            if declared and not codec:
                wanted += f" (declared is {declared[:40]!r}, which will not do)"
            raise refusal(data, source, "utf-8", error, wanted, advice(data)) from error
        text = decode_strictly(data, source, codec, f"{codec}, as declared", advice(data))
        return _mended(text, codec, as_declared, source)
    if codec in ("", "utf-8", "cp1252") or (data.isascii() and codec not in _SEVEN_BIT and not wide):
        return _mended(utf_8, "utf-8", (), source)
    other = attempt(data, codec)
    if wide or (other and not HAN.search(utf_8) and evidence(other).nats > 0):  # GBK may be UTF-8 too: 捉 is U+05FD
        text = (
            other
            if other is not None
            else decode_strictly(data, source, codec, f"{codec}, as declared", "Name another.")
        )
        return _mended(text, codec, as_declared, source)
    return _mended(utf_8, "utf-8", (f"declared as {declared}, but these bytes are UTF-8 and were read so",), source)


def decode_replacing(data: bytes, source: str, encoding: str | None = None, *, declared: str | None = None) -> Decoded:
    """The text as `decode` gives it, with U+FFFD for bytes that its encoding does not have, and a note on how many.

    Raises what `decode` raises where that is no fault of single bytes, and where more than a tenth of the characters
    would be lost: that is another encoding, not damage.

    >>> decode_replacing(b"an otter\\xff asleep", "a.txt").notes
    ('1 place was not utf-8 and read as U+FFFD, the first at 1:9',)
    """
    try:
        return decode(data, source, encoding, declared=declared)
    except InputError as error:
        fault = error.__cause__
        if not isinstance(fault, UnicodeDecodeError):
            raise
        codec = fault.encoding
        if codec == "charmap":  # what Python calls all code pages
            codec = codec_name(encoding or declared or "")
        text = fault.object.decode(codec, "replace")
        bad = text.count("\ufffd") - fault.object.decode(codec, "ignore").count("\ufffd")
        if bad > max(1, len(text) / 10):
            raise
        places = "1 place was" if bad == 1 else f"{bad:,} places were"
        at = error.where.removeprefix(f"{source}:")
        text, repairs = repair(text.removeprefix("\ufeff")) if encoding is None else (text.removeprefix("\ufeff"), ())
        return Decoded(text, codec, (f"{places} not {codec} and read as U+FFFD, the first at {at}", *repairs))


def declared_charset(data: bytes) -> str | None:
    """The encoding that a file names in its first 4,096 bytes, as it spells it, or None.

    Looked for in an XML declaration, a CSS `@charset`, the `Content-Type` of a PO file and HTML's `<meta>`, in this
    order; comments do not count, nor does the CHARSET of a PO template.

    >>> declared_charset(b'<html><meta charset="gb2312">'), declared_charset(b"otters")
    ('gb2312', None)
    """
    head = _COMMENT.sub(b"", data[:4096].removeprefix(b"\xef\xbb\xbf"))
    for pattern in (_XML, _CSS, _PO):
        if found := pattern.search(head):
            return None if found[1] == b"CHARSET" else found[1].decode("ascii")
    for tag in _META.findall(head):
        inside = tag if b"http-equiv" in tag.lower() else _CONTENT.sub(b"", tag)
        if found := _CHARSET.search(inside):
            return found[1].decode("ascii")
    return None


def _named(data: bytes, source: str, encoding: str) -> Decoded:
    """As its user says, strictly; what speaks against it is noted."""
    codec = codec_name(encoding)
    if not codec:
        raise InputError(source, f"no encoding is called {encoding[:40]!r}", "utf-8, gb18030, big5 …")
    guess = "utf-8" if attempt(data, "utf-8") is not None else likeliest_encoding(data)
    do = f"Try --encoding {guess}." if guess and guess != codec else "Try another --encoding."
    text = decode_strictly(data, source, codec, "text in the named encoding", do)
    if codec not in ("utf-16", "utf-32"):  # these take the mark off themselves
        text = text.removeprefix("\ufeff")
    notes: list[str] = []
    plain = encoding.strip().lower().replace("_", "").replace("-", "")
    if codec in SUPERSETS.values() and not plain.startswith(codec):
        notes.append(f"{encoding} read as {codec}, which contains it")
    if not codec.startswith("utf-8") and not data.isascii() and HAN.search(attempt(data, "utf-8") or ""):
        notes.append(f"the bytes are UTF-8 too, with Chinese in it; read as {codec}, as named")
    notes += (f"{note.replace('; repaired', ' in')}; kept, as the encoding was named" for note in repair(text)[1])
    return Decoded(text, codec, tuple(notes))


def _mended(text: str, codec: str, notes: tuple[str, ...], source: str) -> Decoded:
    """The text with its mojibake undone, unless too much of it is lost."""
    text, repairs = repair(text)
    marks, cries = text.count("\ufffd"), text.count("锟斤拷")
    if marks + cries:
        if marks + 3 * cries >= 20 and marks + 3 * cries > len(text) / 10:
            raise InputError(
                source,
                f"{marks} × U+FFFD and {cries} × 锟斤拷",
                "whole text",
                "Characters are lost: find the original.",
            )
        repairs += (f"characters lost before this was read: {marks} × U+FFFD, {cries} × 锟斤拷",)
    return Decoded(text, codec, notes + repairs)


def _declared_codec(declared: str | None, wide: str, has_nul: bool) -> str:
    """The codec a declaration means, "" for none, an unknown one, and one that these bytes cannot be in."""
    codec = codec_name(declared) if declared else ""
    if codec in ("iso8859-1", "ascii"):
        return "" if wide else "cp1252"  # as the WHATWG standard reads these names
    if codec == "utf-16":
        codec = wide or "utf-16-le"
    if codec.startswith(("utf-16", "utf-32")):
        return codec if has_nul else ""  # their spaces and line ends hold NULs; who declares them in ASCII errs
    return "" if wide or codec == "utf-7" else codec
