"""The first line of an item: its number in whatever form, its tag, its title."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from . import marks
from .lines import Line
from .script import language

_MARKUP = re.compile(r"[#*>\s]*")
_ORDINAL = re.compile(
    r"(?:论文|第|[Pp]aper)?\s*(?P<plain>\d{1,3})\s*(?:(?P<comma>、|．)|[.．](?!\d)|[,，)）:：|]|篇\s*[、:：.]?)\s*"
    r"|[(（【\[](?P<bracket>\d{1,3})[)）】\]]\s*|(?P<zero>0\d)\s+(?=\S)"
    r"|(?P<han>[一二三四五六七八九十]{1,3})\s*[、.．)）]\s*|(?P<circled>[①-⑳])\s*"
)
_TAG = re.compile(r"[\[【](?:cs\.|stat\.|eess\.)?(?P<tag>[A-Z]{2})[\]】]\s*")
_HAN = {character: k for k, character in enumerate("一二三四五六七八九", 1)}
_TITLE_WORDS = 30  # a longer line is a sentence
_ZH_TITLE = 50  # characters of the longest Chinese title without a tag
_TITLE_CASE = 0.6  # share of longer words with a capital, from which a line without a tag is a title


class Head(NamedTuple):
    """An item's first line: its number, tag and title, the last as the offsets of its begin and end in the line."""

    number: int | None
    tag: str | None
    title: tuple[int, int]


@lru_cache(maxsize=2048)  # a page's lines are asked about several times
def item_head(text: str) -> Head | None:
    """The head that a line is, or None: "1、[LG] Title", "[CV] Title", "一、【CL】Title", "3、An English title".

    Without a tag only an English line is a head, since 3、 also opens a Chinese bullet; after other forms than 3、
    it must be in title case, since "2. We show that" is a bullet too.

    >>> item_head("2、[CL] Machine Love")
    Head(number=2, tag='CL', title=(7, 19))
    >>> item_head("3、 当误差以范数衡量时") is None
    True
    """
    at = _markup(text)
    ordinal = _ORDINAL.match(text, at)
    tag = _TAG.match(text, ordinal.end() if ordinal else at)
    if not (ordinal or tag):
        return None
    begin = tag.end() if tag else ordinal.end() if ordinal else at
    begin += len(text[begin:]) - len(text[begin:].lstrip("* "))
    end = len(text.rstrip("* "))
    title = text[begin:end]
    if not title:
        return None
    if tag is None and not _is_title(title, sure=bool(ordinal and ordinal["comma"])):
        return None
    return Head(_number(ordinal) if ordinal else None, tag["tag"] if tag else None, (begin, end))


def opening_number(text: str) -> tuple[int, int] | None:
    """The number that opens a title, and where the title begins; None where there is none.

    >>> opening_number("2. 海獭与石头"), opening_number("2.5 倍的石头")
    ((2, 3), None)
    """
    match = _ORDINAL.match(text)
    return (_number(match) or 0, match.end()) if match and match.end() < len(text) else None


def find_heads(lines: Sequence[Line]) -> dict[int, Head]:
    """The heads among lines, by index.

    Beside those that `item_head` knows by their own looks, a line with a number is a head where it stands next in the
    count: "2. Balancing the weights" between 1. and 3., whatever its case.
    """
    known = {k: head for k, line in enumerate(lines) if (head := item_head(line.text))}
    maybe = {k: head for k, line in enumerate(lines) if k not in known and (head := _numbered_title(line.text))}
    if not known:
        chinese = {k: head for k, line in enumerate(lines) if (head := _numbered_title(line.text, "zh"))}
        return _count(maybe, lines) or _count(chinese, lines, both=True)
    if not maybe:
        return known
    while True:
        order = sorted(known)
        added: dict[int, Head] = {}
        for k, head in maybe.items():
            at = bisect_left(order, k)
            before = known[order[at - 1]].number if at else None
            after = known[order[at]].number if at < len(order) else None
            number = head.number or 0
            if before == number - 1 or after == number + 1:
                added[k] = head
        if not added:
            return dict(sorted(known.items()))
        # One of each number between two heads: the first, for what follows it are its own numbered points.
        for k, head in sorted(added.items()):
            order = sorted(known)
            at = bisect_left(order, k)
            if not (at and known[order[at - 1]].number == head.number):
                known[k] = head
            del maybe[k]


def _count(maybe: dict[int, Head], lines: Sequence[Line], *, both: bool = False) -> dict[int, Head]:
    """The lines that count 1, 2, 3 … with prose after each, in `both` languages, where there are two at least."""
    found: dict[int, Head] = {}
    for k, head in maybe.items():
        if head.number == len(found) + 1:
            found[k] = head
    places = [*found, len(lines)]
    stretches = [[line.text for line in lines[a:b]] for a, b in pairwise(places)]
    if both:
        full = all({"en", "zh"} <= {language(text) for text in texts if marks.is_prose(text)} for texts in stretches)
    else:
        full = all(any(len(text) > 150 for text in texts) for texts in stretches)
    return found if len(found) >= 2 and full else {}


def _numbered_title(text: str, side: str = "en") -> Head | None:
    """A line with a number and what could be a title: an English one in sentence case, or a Chinese one."""
    at = _markup(text)
    ordinal = _ORDINAL.match(text, at)
    if not ordinal or ordinal["circled"]:
        return None
    begin, end = ordinal.end(), len(text.rstrip("* "))
    begin += len(text[begin:]) - len(text[begin:].lstrip("* "))
    title = text[begin:end]
    if side == "zh":
        if not 4 <= len(title) <= _ZH_TITLE or language(title) != "zh" or title[-1] in "。；，、：;,:.":
            return None
    elif len(title.split()) < 3 or not title[0].isupper() or not _is_title(title, sure=True):
        return None
    return Head(_number(ordinal), None, (begin, end))


def _markup(text: str) -> int:
    match = _MARKUP.match(text)
    return match.end() if match else 0


def _is_title(title: str, *, sure: bool) -> bool:
    words = title.split()
    if language(title) != "en" or title.endswith((".", ";", "；", "。", ",", "，")) or len(words) > _TITLE_WORDS:
        return False
    return sure or (len(words) > 1 and in_title_case(title))


def in_title_case(text: str) -> bool:
    """Whether most of the longer words of an English line begin with a capital.

    >>> in_title_case("Counting Stones without Counting"), in_title_case("We count stones")
    (True, False)
    """
    longer = [word for word in text.split() if len(word) >= 4 and word[0].isalpha()]
    return sum(word[0].isupper() for word in longer) > _TITLE_CASE * len(longer)


def _number(ordinal: re.Match[str]) -> int | None:
    """The value of an ordinal in any of its forms."""
    for name in ("plain", "bracket", "zero"):
        if ordinal[name]:
            return int(ordinal[name])
    if ordinal["circled"]:
        return ord(ordinal["circled"]) - ord("①") + 1
    han: str = ordinal["han"]
    if han == "十":
        return 10
    tens, ten, ones = han.rpartition("十")
    return (_HAN.get(tens, 1) * 10 if ten else 0) + _HAN.get(ones, 0)
