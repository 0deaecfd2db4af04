"""F006: characters of a text that nobody sees, or that stand where others were lost."""

import re
import unicodedata
from collections.abc import Iterator

from .findings import Draft, Severity
from .messages import say

_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f"
_BIDI = "\u202a-\u202e\u2066-\u2069"
_LOST = "\ufffd"
# What a text is seldom searched with: soft hyphen, joiners, zero-width blanks and marks of direction, operators of
# formulas that print nothing, byte-order mark, variation selectors, tags.
_UNSEEN = "\u00ad\u034f\u061c\u180b-\u180e\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef"
_LOUD = re.compile(f"[{_CONTROLS}{_BIDI}{_LOST}]")
_FLAG = "\U0001f3f4[\U000e0020-\U000e007f]{2,7}"  # of England, Scotland, Wales: letters that are not seen
_ANY = re.compile(f"{_FLAG}|[{_CONTROLS}{_BIDI}{_LOST}{_UNSEEN}]")
_JOINERS = "\u200c\u200d"
_SELECTOR = re.compile("[\u180b-\u180d\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_SCRIPTS_WITH_JOINERS = re.compile("[\u0600-\u1aff]")  # Arabic to Balinese; there they change what is seen
_OVERRIDES = {
    "\u202a": "F006.embeds_ltr",
    "\u202b": "F006.embeds_rtl",
    "\u202c": "F006.ends",
    "\u202d": "F006.forces_ltr",
    "\u202e": "F006.reverses",
    "\u2066": "F006.sets_ltr",
    "\u2067": "F006.sets_rtl",
    "\u2068": "F006.sets_own",
    "\u2069": "F006.ends",
}


def check_invisible(text: str, *, zh: bool) -> Iterator[Draft]:
    """Findings F006: hidden characters inside a text, one a code point, at its first place, with their number.

    Control characters (tab and line feed apart), U+FFFD and what turns the direction of writing are warnings wherever
    they stand; zero-width characters and soft hyphens are notes, and none at the edges of the text. Those that emoji,
    variants of Chinese characters and scripts such as Persian are made of are fine. The span is on the Chinese side
    with `zh`.

    >>> [draft.message[:34] for draft in check_invisible("水\\u202e獭", zh=True)]
    ['U+202E RIGHT-TO-LEFT OVERRIDE show']
    """
    if text.isascii() and text.isprintable():  # most of the English
        return
    first: dict[str, int] = {}
    counts: dict[str, int] = {}
    begin, end = _inner(text)
    for match in _ANY.finditer(text):
        at, sign = match.start(), match[0]
        if _LOUD.match(sign) or (len(sign) == 1 and begin <= at < end and not _is_needed(text, at)):
            first.setdefault(sign, at)
            counts[sign] = counts.get(sign, 0) + 1
    for sign, at in first.items():
        severity, confidence, what = _about(sign)
        times = "" if counts[sign] == 1 else say("F006.times", n=counts[sign])
        name = unicodedata.name(sign, "") or say("F006.control" if sign < "\xa0" else "F006.unassigned")
        message = say("F006.hidden", code=ord(sign), name=name, what=say(what), times=times)
        span = (at, at + 1)
        yield Draft(
            "F006",
            severity,
            confidence,
            None if zh else span,
            span if zh else None,
            "",
            f"U+{ord(sign):04X}",
            message,
        )


def _inner(text: str) -> tuple[int, int]:
    """Where the text begins and ends that is seen: characters that are not stand outside, blanks too."""
    begin, end = 0, len(text)
    while begin < end and (text[begin].isspace() or _ANY.match(text[begin])):
        begin += 1
    while end > begin and (text[end - 1].isspace() or _ANY.match(text[end - 1])):
        end -= 1
    return begin, end


def _is_needed(text: str, at: int) -> bool:
    """Whether the character is a part of the one that is seen there."""
    sign, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if sign in _JOINERS:
        if _SCRIPTS_WITH_JOINERS.match(before) and _SCRIPTS_WITH_JOINERS.match(after):
            return True
        return sign == "\u200d" and _is_picture(before) and _is_picture(after)
    if _SELECTOR.match(sign):
        return not (before.isspace() or (before.isascii() and before.isalpha()) or _ANY.match(before))
    return False


def _is_picture(sign: str) -> bool:
    """Whether a character may be a part of an emoji: symbols, arrows, skin tones, the selector of the picture."""
    return sign == "\ufe0f" or unicodedata.category(sign) in ("So", "Sm", "Sk")


def _about(sign: str) -> tuple[Severity, float, str]:
    """Severity, confidence, and the key of what the character does."""
    if sign == _LOST:
        return "warning", 0.95, "F006.lost"
    if sign in _OVERRIDES:
        return "warning", 0.9, _OVERRIDES[sign]
    if _LOUD.match(sign):
        return "warning", 0.9, "F006.refused"
    if sign == "\u00ad":
        return "note", 0.8, "F006.soft_hyphen"
    return "note", 0.7, "F006.no_width"
