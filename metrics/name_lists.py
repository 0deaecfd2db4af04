"""Lists of people in Chinese text: where one stands, and what each of its items is.

A list of people is told by its label (作者：) or by its names: transliterations with a dot, Latin names, Chinese
names that are no words of the dictionary. Other lists (、、 where a formula was lost) must not be taken for one.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Literal, NamedTuple

from ..align.words import count_zh
from ..corpora import Span
from .surnames import SPELLING, SURNAMES, surname_length

Kind = Literal["", "dotted", "mixed", "cut", "latin", "chinese", "known", "surname", "by", "other"]

_BOUNDARY = re.compile(r"[。！？!?\n\ufffc：:“”\"《》「」【】\[\]()（）|\t]")
_SEPARATOR = re.compile(r"[、,，;；&]")
_LABEL = re.compile(r"(?:作者|[Aa]uthors?)\s{0,3}[:：]?\s{0,3}$")
_INNER_LABEL = re.compile(r"\s{0,3}(?:(?:论文)?作者|[Aa]uthors?)\s{0,3}[:：]?")
_BY = re.compile(r"\s{0,3}由(?=[、,，\u4e00-\u9fff])")
_AND = re.compile(r"(?<=[\u4e00-\u9fffA-Za-z])\s?[和与]\s?(?=[\u4e00-\u9fffA-Za-z])")
_TAIL = re.compile(r"\s*(?:等人?|…+|\.{2,6}|et al\.?)?\s*(?:19|20)?\d{0,2}\s?年?\s*[.]?\s*$")
# No list is told without one of these: a dot, a label, or an empty item.
_HINT = re.compile(r"[·•‧・]|作者|[Aa]uthor|[、,，]\s?[、,，]")
_YEAR = re.compile(r"(?:19|20)\d\d\s?年?")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_DOT = r"[·•‧・]"
_PART = r"[\u4e00-\u9fffA-Za-z\u00c0-\u024f.]{1,20}"
_DOTTED = re.compile(rf"{_PART}(?:{_DOT}{_PART}){{1,4}}")
_CUT = re.compile(rf"{_DOT}[\u4e00-\u9fff]{{2,8}}|[\u4e00-\u9fff]{{2,8}}{_DOT}")
_CUT_AT = re.compile(_DOT)
_INITIALS = re.compile(r"(?:[A-Za-z]\.?){1,3}")
_LATIN_WORD = r"[A-Z\u00c0-\u00de][A-Za-z\u00c0-\u024f.'’\-]{0,24}"
_LATIN = re.compile(rf"{_LATIN_WORD}(?:\s(?:{_LATIN_WORD}|de|van|von|der|la|al)){{1,4}}")
_ITEMS_MAX = 5000  # items of a list; what is longer is a table
_ITEM_MAX = 40  # characters; a longer one is prose


class Item(NamedTuple):
    """One item of a list: its span, without blanks, and what it looks like; an empty span is an empty item."""

    begin: int
    end: int
    kind: Kind


class NameList(NamedTuple):
    """A list of people; `labelled` where the text says so (作者：), `gaps` the number of its empty items."""

    items: Sequence[Item]
    labelled: bool

    @property
    def gaps(self) -> int:
        """How many items are empty."""
        return sum(item.begin == item.end for item in self.items)


def name_lists(zh: str) -> Iterator[NameList]:
    """The lists of people in a Chinese text, in order.

    >>> [[item.kind for item in found.items] for found in name_lists("作者：安娜·贝格、、王小獭。")]
    [['dotted', '', 'chinese']]
    """
    begin = 0 if _HINT.search(zh) else len(zh) + 1
    while begin <= len(zh):
        boundary = _BOUNDARY.search(zh, begin)
        end = boundary.start() if boundary else len(zh)
        if _SEPARATOR.search(zh, begin, end):
            found = _list_in(zh, begin, end)
            if found is not None:
                yield found
        begin = end + 1


def list_of_people(zh: str) -> NameList:
    """The items of a text that is known to be one list of people.

    >>> [item.kind for item in list_of_people("安娜·贝格、、王小獭等人").items]
    ['dotted', '', 'chinese']
    """
    return _parsed(zh, 0, len(zh))[0]


def _list_in(zh: str, begin: int, end: int) -> NameList | None:
    if not _HINT.search(zh, max(0, begin - 12), end):
        return None
    found, by, year = _parsed(zh, begin, end)
    return found if _are_people(found, zh, by, year) else None


def _parsed(zh: str, begin: int, end: int) -> tuple[NameList, bool, bool]:
    """The list between two places, whether 由 (by) stands before it, and whether a year stands behind it."""
    labelled = _LABEL.search(zh[max(0, begin - 12) : begin]) is not None
    inner = _INNER_LABEL.match(zh, begin, end) or _BY.match(zh, begin, end)
    by = inner is not None and inner[0].strip() == "由"
    if inner is not None:
        begin, labelled = inner.end(), labelled or not by
    tail = _TAIL.search(zh, max(begin, end - 24), end)
    year = tail is not None and _YEAR.search(tail[0]) is not None
    items = [_item(zh, *span) for span in islice(_cut(zh, begin, tail.start() if tail else end), _ITEMS_MAX)]
    while items and items[-1].begin == items[-1].end:
        items.pop()  # a comma before the year, or at the end
    return NameList(items, labelled), by, year


def _cut(zh: str, begin: int, end: int) -> Iterator[Span]:
    """The items between separators, and between 和 or 与 where a dotted or Latin name stands on one side."""
    at = begin
    for separator in (*_SEPARATOR.finditer(zh, begin, end), None):
        stop = separator.start() if separator else end
        text = zh[at:stop]
        joint = _AND.search(text) if len(text) <= 2 * _ITEM_MAX else None
        if joint and any(_kind(part) in ("dotted", "latin") for part in (text[: joint.start()], text[joint.end() :])):
            yield at, at + joint.start()
            at += joint.end()
        yield at, stop
        at = stop + 1


def _item(zh: str, begin: int, end: int) -> Item:
    text = zh[begin:end]
    begin += len(text) - len(text.lstrip())
    text = text.strip()
    return Item(begin, begin + len(text), _kind(text))


def _kind(text: str) -> Kind:
    if not text:
        return ""
    if len(text) > _ITEM_MAX:
        return "other"
    if _CUT.fullmatch(text):
        return "cut"
    if _DOTTED.fullmatch(text):
        return _kind_of_dotted(_CUT_AT.split(text))
    if _LATIN.fullmatch(text):
        return "latin"
    if text in SURNAMES:
        return "surname"
    if text[0] == "由" and text[1:] in SURNAMES:
        return "by"
    if _HAN.fullmatch(text) and 2 <= len(text) <= 5 and surname_length(text):
        return _kind_of_chinese(text)
    return "other"


def _kind_of_dotted(parts: Sequence[str]) -> Kind:
    """Dotted where the parts are transliterations and initials; mixed where one was left in Latin letters."""
    spelt = [part for part in parts if len(part) >= 2 and set(part) <= SPELLING]
    latin = [part for part in parts if part.isalpha() and len(part) >= 3 and not _HAN.search(part)]
    if latin and spelt and len(latin) + len(spelt) == len(parts):
        return "mixed"
    if latin or not any(len(part) >= 2 and SPELLING & set(part) for part in parts):
        return "other"
    return "dotted" if all(_HAN.fullmatch(part) or _INITIALS.fullmatch(part) for part in parts) else "other"


def _kind_of_chinese(text: str) -> Kind:
    """Chinese where neither the whole nor, if long, the given name is a word of the dictionary; known where one is:
    高精度 is no name, 周恩来 is one.
    """
    length = surname_length(text)
    given = text[length:]
    if not 1 <= len(given) <= (3 if length > 1 else 2):
        return "other"
    return "known" if count_zh(text) or (len(given) > 1 and count_zh(given)) else "chinese"


def _are_people(found: NameList, zh: str, by: bool, year: bool) -> bool:
    kinds = [item.kind for item in found.items if item.kind]
    strong = sum(kind in ("dotted", "mixed") for kind in kinds)
    weak = sum(kind in ("latin", "chinese", "cut") for kind in kinds)
    bare = kinds.count("surname") + kinds.count("by")
    others = kinds.count("other") + (0 if found.labelled else kinds.count("known"))
    if len(found.items) < 2:
        return False
    if found.labelled:
        known = kinds.count("known")
        return strong + weak + known + bare >= max(1, 2 * others)
    if strong >= 2 or (strong and weak):
        return strong + weak >= 2 * others
    if by:  # 由、、组成 lost its formulas, 由、、郭小河 its people
        return weak >= 1 and "other" not in kinds and any(_long_chinese(zh, item) for item in found.items)
    return bare >= 2 and bare == len(kinds) and year and found.gaps >= 2


def _long_chinese(zh: str, item: Item) -> bool:
    return item.kind == "chinese" and item.end - item.begin >= 3
