"""Bytes in, text out: the encoding is named or proved, mojibake undone where it is sure, and both are said."""

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from ftfy.badness import is_bad

from .errors import InputError
from .script import HAN, evidence


class Decoded(NamedTuple):
    """Text, the encoding it was read in, and what reading assumed or changed, one sentence each."""

    text: str
    encoding: str
    notes: tuple[str, ...]


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
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}
_LABELS = {  # of the WHATWG Encoding Standard, unknown to Python
    "x-gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "csgb2312": "gb18030",
    "windows-936": "gb18030",
    "cn-big5": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "csbig5": "big5hkscs",
    "utf8mb4": "utf-8",
    "unicode": "utf-16",
}
_NO_FILES = frozenset({"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "charmap"})
_GUESSES = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
_SAMPLE_BYTES = 65_536
_SEVEN_BIT = frozenset({"hz"})  # Chinese in ASCII bytes

_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_XML = re.compile(rb"""^\s*+<\?xml\s[^>]*?\sencoding\s*+=\s*+["']([\w.:-]{1,40})["']""")
_CSS = re.compile(rb'^@charset "([\w.:-]{1,40})";')
_PO = re.compile(rb'^"Content-Type: *+text/plain; *+charset=([\w.:-]{1,40})', re.MULTILINE | re.IGNORECASE)
_META = re.compile(rb"<meta[\s/][^>]*+", re.IGNORECASE)
_CONTENT = re.compile(rb"""\scontent\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'>]*+)""", re.IGNORECASE)
_CHARSET = re.compile(rb"""[\s"';/]charset\s*+=\s*+["']?+([\w.:-]{1,40})""", re.IGNORECASE)
_HIGH = re.compile(rb"[\x80-\xff]+")
_LETTERS = re.compile(rb"[A-Za-z]+")

# A character that Latin-1 or Windows-1252 makes of a byte, back to that byte.
_BYTE_OF = {ord(bytes((n,)).decode("cp1252", "replace")): n for n in range(0x80, 0xA0)}
del _BYTE_OF[0xFFFD]  # the five bytes that Windows-1252 leaves out
_NO_BYTE = re.compile("[^\x00-\xff" + "".join(map(chr, _BYTE_OF)) + "]")
_ACCENTED_RUN = re.compile(r"[^\x00-\x7f]+")
# Other code pages that UTF-8 is taken for. "sloppy" (registered by ftfy): unassigned bytes stand for themselves.
_CODE_PAGES = ("macroman", "sloppy-windows-1251", "sloppy-windows-1250", "sloppy-windows-1254", "cp437")


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
            text = _strict(data, source, name, "whole text, as its byte-order mark says", "", len(mark))
            shown = name.removesuffix("-le").removesuffix("-be")
            note = () if shown == "utf-8" else (f"read as {shown.upper()}, as its byte-order mark says",)
            return _mended(text, shown, note, source)
    wide = _unmarked_utf_16(data)
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
            raise _refusal(data, source, "utf-8", error, wanted, _advice(data)) from error
        text = _strict(data, source, codec, f"{codec}, as declared", _advice(data))
        return _mended(text, codec, as_declared, source)
    if codec in ("", "utf-8", "cp1252") or (data.isascii() and codec not in _SEVEN_BIT and not wide):
        return _mended(utf_8, "utf-8", (), source)
    other = _attempt(data, codec)
    if wide or (other and not HAN.search(utf_8) and evidence(other).nats > 0):  # GBK may be UTF-8 too: 捉 is U+05FD
        text = other if other is not None else _strict(data, source, codec, f"{codec}, as declared", "Name another.")
        return _mended(text, codec, as_declared, source)
    return _mended(utf_8, "utf-8", (f"declared as {declared}, but these bytes are UTF-8 and were read so",), source)


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
    codec = _codec(encoding)
    if not codec:
        raise InputError(source, f"no encoding is called {encoding[:40]!r}", "utf-8, gb18030, big5 …")
    guess = "utf-8" if _attempt(data, "utf-8") is not None else _guess(data)
    do = f"Try --encoding {guess}." if guess and guess != codec else "Try another --encoding."
    text = _strict(data, source, codec, "text in the named encoding", do)
    if codec not in ("utf-16", "utf-32"):  # these take the mark off themselves
        text = text.removeprefix("\ufeff")
    notes: list[str] = []
    plain = encoding.strip().lower().replace("_", "").replace("-", "")
    if codec in _SUPERSETS.values() and not plain.startswith(codec):
        notes.append(f"{encoding} read as {codec}, which contains it")
    if not codec.startswith("utf-8") and not data.isascii() and HAN.search(_attempt(data, "utf-8") or ""):
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


def _codec(label: str) -> str:
    """Python's name for an encoding of files (the superset, for Chinese ones), "" if there is none."""
    label = label.strip().lower()
    try:
        name = codecs.lookup(_LABELS.get(label, label)).name
        "a".encode(name)  # LookupError for hex, rot13, zlib: they are not of text
    except (LookupError, ValueError):
        return ""
    return "" if name in _NO_FILES else _SUPERSETS.get(name, name).removesuffix("-sig")


def _declared_codec(declared: str | None, wide: str, has_nul: bool) -> str:
    """The codec a declaration means, "" for none, an unknown one, and one that these bytes cannot be in."""
    codec = _codec(declared) if declared else ""
    if codec in ("iso8859-1", "ascii"):
        return "" if wide else "cp1252"  # as the WHATWG standard reads these names
    if codec == "utf-16":
        codec = wide or "utf-16-le"
    if codec.startswith(("utf-16", "utf-32")):
        return codec if has_nul else ""  # their spaces and line ends hold NULs; who declares them in ASCII errs
    return "" if wide or codec == "utf-7" else codec


def _attempt(data: bytes, codec: str) -> str | None:
    """The text, or None where these bytes are not in this encoding."""
    try:
        text = data.decode(codec)
        text.encode("utf-8")  # UTF-7 may spell half a character
    except ValueError:
        return None
    return text


def _strict(data: bytes, source: str, codec: str, wanted: str, do: str, skip: int = 0) -> str:
    """The text of the bytes after the first `skip` ones, or InputError with the place of the first fault."""
    try:
        text = data[skip:].decode(codec)
        text.encode("utf-8")
    except ValueError as error:
        raise _refusal(data[skip:], source, codec, error, wanted, do, skip) from error
    return text


def _refusal(
    data: bytes, source: str, codec: str, error: ValueError, wanted: str, do: str, skip: int = 0
) -> InputError:
    name = codec.upper() if codec.startswith("utf") else codec
    if not isinstance(error, UnicodeDecodeError) or error.object != data or error.start >= len(data):
        return InputError(source, f"not {name}", wanted, do)
    before = data[: error.start].decode(codec, "replace")
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    found = f"not {name} (byte {skip + error.start} is 0x{data[error.start]:02X})"
    return InputError(f"{source}:{line}:{column}", found, wanted, do)


def _advice(data: bytes) -> str:
    """What to try next; a guess is offered, never applied."""
    guess = _guess(data)
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    accents = sum(character > "\x7f" for character in text[:_SAMPLE_BYTES])
    if guess not in _GUESSES and accents > 4 * text.count("\ufffd", 0, _SAMPLE_BYTES):
        return f"The rest is UTF-8: mend {f'these {bad} places' if bad > 1 else 'this place'}."
    return f"Try --encoding {guess}." if guess else "Is it a text file?"


def _guess(data: bytes) -> str:
    """The likeliest encoding of bytes that are not UTF-8, "" when none is likely.

    Judged by the characters it would make: charset-normalizer, tried on the same bytes, calls short GBK Big5.
    """
    if wide := _unmarked_utf_16(data):
        return wide
    sample = data[:_SAMPLE_BYTES]
    best, most = "", 2.0
    for codec in _GUESSES:
        text = sample.decode(codec, "replace")
        found = evidence(text)
        nats = found.nats - 4 * text.count("\ufffd")
        if nats >= most and nats >= found.characters * 0.6:
            best, most = codec, nats
    if best:
        return best
    high = _HIGH.findall(sample)
    letters = sum(map(len, _LETTERS.findall(sample)))
    single = bool(high) and all(len(run) <= 2 for run in high) and letters > 4 * sum(map(len, high))
    return "cp1252" if single and _attempt(sample, "cp1252") is not None else ""


def _unmarked_utf_16(data: bytes) -> str:
    """ "utf-16-le" or "utf-16-be" where a quarter of the 16-bit units are Latin and none has its NUL elsewhere."""
    little, big = data[1::2].count(0), data[::2].count(0)
    if len(data) % 2 or min(little, big) or max(little, big) * 8 < len(data):
        return ""
    codec = "utf-16-le" if little else "utf-16-be"
    return codec if little + big and _attempt(data, codec) is not None else ""


class _Fault(NamedTuple):
    """One way to misread text, and how sure its undoing must be.

    `bonus` is the nats that each character is worth for having come out of a strict decoder of UTF-8.
    """

    name: str
    bonus: float
    least: float
    least_each: float = 0.5

    def surety(self, before: str, after: str) -> float:
        """Nats for `after` being what was written; 0 unless they suffice."""
        new = evidence(after)
        nats = new.nats + self.bonus * new.characters - evidence(before).nats
        return nats if new.distinct >= 2 and nats >= max(self.least, self.least_each * new.characters) else 0.0


_UTF_8_AS_LATIN_1 = _Fault("UTF-8 taken for Latin-1", 3.0, 4.0)
_UTF_8_AS_GBK = _Fault("UTF-8 taken for GBK", 1.0, 4.0)
_GBK_AS_LATIN_1 = _Fault("GBK taken for Latin-1", 0.0, 2.0, 0.75)


class _Best(NamedTuple):
    text: str
    faults: tuple[_Fault, ...]  # the last misreading first


def repair(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with mojibake undone where that is sure, and what was done, with counts of lines.

    Known are UTF-8 taken for Latin-1, Windows-1252 or another code page, GBK taken for Latin-1, and UTF-8
    taken for GBK, each up to three times over. A re-decoding counts only if it is strict and gives Chinese of common
    characters out of what was none (see `evidence`). The whole text is tried first, then each line alone.

    >>> repair("otter: å¯¹ç…§")
    ('otter: 对照', ('read as mojibake: UTF-8 taken for Latin-1; repaired 1 line',))
    """
    if text.isascii():
        return text, ()
    whole = _best(text)
    if whole and (whole.faults != (_GBK_AS_LATIN_1,) or all(map(_is_paired, text.split("\n")))):
        changed = sum(a != b for a, b in zip(text.split("\n"), whole.text.split("\n"), strict=True))
        return whole.text, (_said(whole.faults, changed),)
    lines = text.split("\n")
    repaired = {n: best for n, line in enumerate(lines) if not line.isascii() and (best := _best(line))}
    ways = {best.faults for best in repaired.values()}
    for n, line in enumerate(lines):  # short lines, in the company of sure ones
        if n not in repaired and not line.isascii() and (best := _in_company(line, ways)):
            repaired[n] = best
    lost = sum(n not in repaired and _is_cut(line) for n, line in enumerate(lines))
    counts = Counter(best.faults for _, best in sorted(repaired.items()))
    for n, best in repaired.items():
        lines[n] = best.text
    notes = [_said(faults, count) for faults, count in counts.items()]
    if lost:
        notes.append(f"read as mojibake: UTF-8 taken for GBK, with bytes lost; kept {lost} line{'s'[: lost > 1]}")
    return "\n".join(lines), tuple(notes)


def _best(text: str) -> _Best | None:
    """The surest text that up to three undoings give, None if none is sure."""
    best, most = None, 0.0
    level = [_Best(text, ())]
    for _ in range(3):
        deeper: list[_Best] = []
        for before in level:
            for fault, after in _undone(before.text):
                deeper.append(_Best(after, (*before.faults, fault)))
                if (nats := fault.surety(before.text, after)) > most:
                    best, most = deeper[-1], nats
        level = deeper
    return best


def _undone(text: str) -> Iterator[tuple[_Fault, str]]:
    """The texts that undoing one misreading gives, each strictly decoded."""
    if HAN.search(text):
        if not _is_written(text) and (after := _from_gbk(text)):
            yield _UTF_8_AS_GBK, after
        return
    accented = "".join(runs := _ACCENTED_RUN.findall(text))
    data = b""
    if accented and not _NO_BYTE.search(accented):
        data = text.translate(_BYTE_OF).encode("latin-1")
        if after := _attempt(data, "utf-8"):
            if after != text:
                yield _UTF_8_AS_LATIN_1, after
            return  # accents do not fall into UTF-8 by chance, but they do fall into GBK
    for codec in _CODE_PAGES:
        try:
            after = text.encode(codec).decode("utf-8")
        except UnicodeError:
            continue
        if HAN.search(after):
            yield _Fault(f"UTF-8 taken for {codec.removeprefix('sloppy-')}", 3.0, 4.0), after
            return
    # é and ÇÃ are letters of words, ¶ÔÕÕ is none
    paired = 2 * sum(len(run) for run in runs if len(run) >= 4) >= len(accented)
    if data and paired and (after := _attempt(data, "gb18030")):
        yield _GBK_AS_LATIN_1, after


def _from_gbk(text: str) -> str | None:
    for euro in (b"\x80", b"\xa2\xe3"):  # Windows shows the lone byte 0x80 as €, as in 涓€ for 一
        if (after := _attempt(_gbk_bytes(text, euro), "utf-8")) or "€" not in text:
            return after
    return None


def _gbk_bytes(text: str, euro: bytes) -> bytes:
    return euro.join(part.encode("gb18030", "replace") for part in text.split("€"))


def _is_written(text: str) -> bool:
    """Whether the first characters show that this is not UTF-8 taken for GBK; spares decoding it all."""
    begin = text[:24]
    try:
        begin.encode("gb18030", "replace").decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start < 6 and "€" not in begin and "\ufffd" not in text
    return False


def _is_cut(line: str) -> bool:
    """Whether a line is UTF-8 taken for GBK that has lost bytes."""
    if line.isascii() or not HAN.search(line) or _is_written(line):
        return False
    found = evidence(_gbk_bytes(line.replace("\ufffd", ""), b"\x80").decode("utf-8", "ignore"))
    return found.distinct >= 2 and found.nats >= 2 and evidence(line).nats < 0


def _in_company(line: str, ways: set[tuple[_Fault, ...]]) -> _Best | None:
    """The line as other lines of its text were repaired, where it says too little to be sure alone."""
    for way in sorted(ways, key=str):
        before, after = line, line
        for fault in way:
            before, after = after, dict(_undone(after)).get(fault, "")
        if not after:
            continue
        if way[0] in (_GBK_AS_LATIN_1, _UTF_8_AS_GBK):
            sure = evidence(after).nats - evidence(before).nats >= 1
        else:
            sure = is_bad(line) or evidence(after).nats >= 2  # the first is ftfy's test for what no one writes
        if sure:
            return _Best(after, way)
    return None


def _is_paired(line: str) -> bool:
    """Whether each run of accented letters could be whole characters of GB2312, two bytes each."""
    return all(len(run) % 2 == 0 for run in _ACCENTED_RUN.findall(line)) or _best(line) is not None


def _said(faults: tuple[_Fault, ...], count: int) -> str:
    """The note on lines repaired in one way; the first misreading comes first."""
    names = [fault.name for fault in reversed(faults)]
    times = ("", ", twice", ", three times")[len(names) - 1]
    what = names[0] + times if len(set(names)) == 1 else ", then ".join(names)
    return f"read as mojibake: {what}; repaired {count} line{'s'[: count > 1]}"
