"""Text in Unicode's normal form C, and the one shape of text that is refused because composing it takes too long."""

import re
import unicodedata

from .errors import LimitError

LIMIT_MARKS = 1_000  # in a row; sorting them takes time that grows with the square of their number
# Every mark is from U+0300 on and no letter or digit, and in any script but those of marks such runs are rare.
_NO_LETTER = r"[^\w\x00-\u02ff]"
_LONG_RUN = re.compile(rf"{_NO_LETTER}(?<!{_NO_LETTER}{{2}}){_NO_LETTER}{{{LIMIT_MARKS},}}+")


def to_nfc(text: str, source: str = "") -> str:
    """The text in NFC; a text that is in it already comes back as it is.

    Raises LimitError at `source` where more than 1,000 combining marks stand in a row. Time grows with the length
    of what is accepted, where `unicodedata.normalize` alone takes minutes for a megabyte of marks.

    >>> to_nfc("cafe\\u0301") == "caf\\u00e9"
    True
    """
    if text.isascii():
        return text
    if len(text) > LIMIT_MARKS:
        for run in _LONG_RUN.finditer(text):
            _refuse_marks(run[0], run.start(), source)
    return unicodedata.normalize("NFC", text)


def _refuse_marks(run: str, begin: int, source: str) -> None:
    """Raise where a run holds too many marks; one of dashes, dots or pictures is fine."""
    marks = 0
    for offset, character in enumerate(run, begin):
        first = unicodedata.normalize("NFD", character)[0]  # U+0F73 is none by itself, but spells two
        marks = marks + 1 if unicodedata.combining(first) else 0
        if marks > LIMIT_MARKS:
            found = (
                f"more than {LIMIT_MARKS:,} combining marks in a row, from character {offset - LIMIT_MARKS + 1:,} on"
            )
            raise LimitError(source or "text", found, f"at most {LIMIT_MARKS:,} in a row", "Take them out.")
