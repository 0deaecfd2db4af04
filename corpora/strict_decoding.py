"""Encodings by the names that files use, and decoding that accepts no fault."""

import codecs

from .errors import InputError

SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}
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


def codec_name(label: str) -> str:
    """Python's name for an encoding of files (the superset, for Chinese ones), "" if there is none.

    >>> codec_name("GB2312"), codec_name("x-gbk"), codec_name("rot13")
    ('gb18030', 'gb18030', '')
    """
    label = label.strip().lower()
    try:
        name = codecs.lookup(_LABELS.get(label, label)).name
        "a".encode(name)  # LookupError for hex, rot13, zlib: they are not of text
    except (LookupError, ValueError):
        return ""
    return "" if name in _NO_FILES else SUPERSETS.get(name, name).removesuffix("-sig")


def attempt(data: bytes, codec: str) -> str | None:
    """The text, or None where these bytes are not in this encoding.

    >>> attempt("茶".encode("gb18030"), "gb18030"), attempt(b"\\xff", "utf-8")
    ('茶', None)
    """
    try:
        text = data.decode(codec)
        text.encode("utf-8")  # UTF-7 may spell half a character
    except ValueError:
        return None
    return text


def decode_strictly(data: bytes, source: str, codec: str, wanted: str, do: str, skip: int = 0) -> str:
    """The text of the bytes after the first `skip` ones, or InputError with the place of the first fault."""
    try:
        text = data[skip:].decode(codec)
        text.encode("utf-8")
    except ValueError as error:
        raise refusal(data[skip:], source, codec, error, wanted, do, skip) from error
    return text


def refusal(data: bytes, source: str, codec: str, error: ValueError, wanted: str, do: str, skip: int = 0) -> InputError:
    """The error that says at which line, column and byte decoding failed; `skip` bytes stood before these."""
    name = codec.upper() if codec.startswith("utf") else codec
    if not isinstance(error, UnicodeDecodeError) or error.object != data or error.start >= len(data):
        return InputError(source, f"not {name}", wanted, do)
    before = data[: error.start].decode(codec, "replace")
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    found = f"not {name} (byte {skip + error.start} is 0x{data[error.start]:02X})"
    return InputError(f"{source}:{line}:{column}", found, wanted, do)
