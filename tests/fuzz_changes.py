"""Changes of a sound file: bits, cuts, copies, and what has hurt readers before put in."""

from collections.abc import Sequence
from typing import NamedTuple

from hypothesis import strategies as st

_BYTES = (
    b"\0",
    b"\xff",
    b"\xfe\xff",
    b"\xef\xbb\xbf",
    b"\xc3",
    b"\xed\xa0\x80",
    b"\r",
    b"\r\n",
    b"\n\n",
    b"\t",
    b"\x1a",
)
_SIGNS = "\u2028 \x85 \x0b \x0c \u200b \u202e \ufeff \ufffd e\u0301 𠀀 锟斤拷 涓\ufffd \u3000".split(" ")
_WORDS = r"""
" ' "" \ \u \ud800 \x { } [ ] [[[[ {} [] null true NaN 0 -1 1e999 -Infinity 1.5 0x10 ² ٣ ½ NaN, ": = |
< > </ <!-- --> <![CDATA[ ]]> & &#0; &#xD800; &lt; &a; <b % %s $ $$ # \begin{ \end{document} \newcommand{\a}{\a} \verb
~ ^ @ @string{ * &amp ` [^1]: ![ ]( &nbsp :: 00:00:00,000 msgstr !!python ../ / file:///dev/zero 1、 摘要: Abstract:
key id en zh text
""".split()
_PHRASES = (
    *(
        "9" * 20,
        "9" * 400,
        "<a xmlns='u'/>",
        "<!DOCTYPE a [<!ENTITY b 'c'>]>",
        "<?xml version='1.0' encoding='utf-16'?>",
    ),
    *("---\n", "```\n", "| |", "- [ ]", "=== \n", "=== a\n"),
)
NASTY = (*_BYTES, *(token.encode() for token in (*_SIGNS, *_WORDS, *_PHRASES)))
"""Marks, ends, numbers and brackets that readers give a meaning."""


class Change(NamedTuple):
    """What is done at a place, given as a share of the length: 0..65535 of 65536."""

    what: str
    place: int
    length: int
    new: bytes


KINDS = ("flip", "delete", "insert", "double", "cut", "move", "replace")
changes = st.builds(
    Change,
    st.sampled_from(KINDS),
    st.integers(0, 65535),
    st.integers(1, 24),
    st.sampled_from(NASTY) | st.binary(min_size=1, max_size=4),
)


def changed(data: bytes, some: Sequence[Change]) -> bytes:
    """The bytes after these changes, one after the other.

    >>> changed(b"otter", [Change("insert", 65535, 1, b"!"), Change("double", 0, 2, b"")])
    b'ototte!r'
    """
    for what, share, length, new in some:
        at = share * len(data) >> 16
        end = min(len(data), at + length)
        piece, rest = data[at:end], data[end:]
        made = {
            "flip": piece[:1].translate(bytes(code ^ 1 << length % 8 for code in range(256))) + piece[1:],
            "delete": b"",
            "insert": new + piece,
            "double": piece + piece,
            "cut": piece,
            "move": piece[::-1],
            "replace": new,
        }[what]
        data = data[:at] + made + (b"" if what == "cut" else rest)
    return data


def files(sound: Sequence[bytes]) -> st.SearchStrategy[bytes]:
    """Changed files of a format, and bytes that are no file of any."""
    near = st.builds(changed, st.sampled_from(sound), st.lists(changes, max_size=6))
    pieces = st.lists(st.sampled_from(NASTY), max_size=12).map(b"".join)
    return st.one_of(near, near, near, near, near, near, pieces, st.binary(max_size=60))
