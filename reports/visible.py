"""Characters that do not show, or that move others about, made visible.

Document text reaches terminals and web pages. An escape sequence could recolour the one, a bidi override
reorder the other, and a zero-width blank inside a term is often the very reason why the term did not match.
"""

import re

# C0 and C1 controls, soft hyphen, fillers, zero-width and bidi controls, line and paragraph separators, byte order
# mark, annotation marks, lone surrogates, private use, tags. Tab, line feed and the joiner of emoji are left out.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\ue000-\uf8ff"
    "\U000e0000-\U000e00ff\U000f0000-\U0010ffff]"
)
_CONTROL = re.compile("[\x00-\x1f\x7f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")


def _label(match: re.Match[str]) -> str:
    return f"⟨U+{ord(match[0]):04X}⟩"


def _symbol(match: re.Match[str]) -> str:
    return "␡" if match[0] == "\x7f" else chr(0x2400 + ord(match[0]))


def labelled(text: str) -> str:
    """The text with each hidden character as its code point; tabs and line feeds stay.

    >>> labelled("a\\u202eb")
    'a⟨U+202E⟩b'
    """
    return _HIDDEN.sub(_label, text)


def on_one_line(text: str) -> str:
    """The text safe for one line of a terminal: control characters as symbols, other hidden ones as code points.

    >>> on_one_line("\\x1b[31mred\\n")
    '␛[31mred␊'
    """
    return labelled(_CONTROL.sub(_symbol, text))


def encodable(text: str) -> str:
    """The text with lone surrogates (from odd file names) as code points, so that UTF-8 can hold it.

    >>> encodable("a\\udcff")
    'a⟨U+DCFF⟩'
    """
    return _SURROGATE.sub(_label, text)


def right_to_left(text: str) -> bool:
    """True where the text holds a letter that is written from right to left.

    >>> right_to_left("שלום"), right_to_left("你好")
    (True, False)
    """
    return _RIGHT_TO_LEFT.search(text) is not None


def shortened(text: str, limit: int) -> str:
    """The text on one line, blanks folded, cut with "…" to at most `limit` characters.

    >>> shortened("one  two three", 8)
    'one two…'
    """
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
