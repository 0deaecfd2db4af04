"""N001, N002, N004: what is wrong with the names of a Chinese text, seen without its English."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..corpora import Span
from .findings import Draft
from .messages import say
from .name_lists import Item, NameList, name_lists
from .phonetics import likeness, sounds_zh
from .surnames import SPELLING, spelt_end, surname_length

_ONE_PERSON = 0.65  # likeness of two surnames; of 38,503 pairs of other people's 73 reach it (tests/names.tsv)
_NAMES_MAX = 100  # names of a text that are compared with one another
_SHOWN = 40
_DOT = r"[·•‧・]"
_PART = r"[\u4e00-\u9fff]{1,8}"
# What follows a name within a sentence; 大 in 安娜·贝格大桥 could as well be the name's.
_DOTTED = re.compile(
    rf"{_PART}(?:{_DOT}[A-Za-z]\.?)?(?:{_DOT}{_PART}?){{1,3}}(?=[的是和与及等在把被将说认]|[^\u4e00-\u9fffA-Za-z·•‧・]|$)"
)
_CUT_AT = re.compile(_DOT)
_LETTER = re.compile(r"[A-Za-z]\.?")
_GIVEN_ENDINGS = tuple("之介 之助 太郎 次郎 一郎 二郎 三郎 四郎 五郎 兵卫 卫门 之进 比古 美子 纪夫 纪子 由美".split())


class _Name(NamedTuple):
    given: tuple[str, ...]
    surname: str
    span: Span


_TITLE_ENDS = '”"》」』]】)）'


def check_names_alone(zh: str) -> Iterator[Draft]:
    """Findings N001, N002, N004 that need no English: items lost from lists of people, names half in Latin letters or
    with words in them, and one name in several forms in this text.

    >>> [draft.rule for draft in check_names_alone("作者：安娜·贝格、、康拉德·Lind。另见安娜·贝尔格、安娜·贝格。")]
    ['N001', 'N002', 'N004']
    """
    for found in name_lists(zh):
        yield from gaps_of(zh, found)
        for k, item in enumerate(found.items):
            yield from garbled(zh, item, found.items[k - 1] if k else None)
    yield from _several_forms(zh)


def gaps_of(zh: str, found: NameList) -> Iterator[Draft]:
    """N001: the empty items of a list, and those that lost one side of the dot."""
    # A dot before the first name is a bullet.
    cut = [k for k, item in enumerate(found.items) if item.kind == "cut" and (k or not _CUT_AT.match(zh, item.begin))]
    # A comma behind a title in quotes begins the list.
    empty = [
        k for k, item in enumerate(found.items) if not item.kind and (k or zh[: item.begin][-1:] not in _TITLE_ENDS)
    ]
    if not cut and not empty:
        return
    bad = sorted(cut + empty)
    first, last = found.items[max(0, bad[0] - 1)], found.items[min(len(found.items) - 1, bad[-1] + 1)]
    begin, end = first.begin, last.end
    if not empty:
        message = say("N001.cut")
    else:
        message = say("N001.empty_one") if len(empty) == 1 else say("N001.empty", n=len(empty))
    yield Draft("N001", "error", 0.9, None, (begin, end), "", shortened(zh[begin:end]), message)


def garbled(zh: str, item: Item, before: Item | None) -> Iterator[Draft]:
    """N002 of one item of a list of people."""
    text, span = zh[item.begin : item.end], (item.begin, item.end)
    if item.kind == "mixed":
        message = say("N002.mixed", found=text)
        yield Draft("N002", "error", 0.9, None, span, "", text, message)
    elif item.kind == "by":
        if before is not None and before.kind == "surname":
            span = (before.begin, item.end)
            text = zh[span[0] : span[1]]
        message = say("N002.by", found=text)
        yield Draft("N002", "warning", 0.8, None, span, "", text, message)
    elif item.kind == "dotted":
        for part in _CUT_AT.split(text):
            if len(part) >= 2 and not SPELLING & set(part) and not _LETTER.fullmatch(part):
                message = say("N002.dotted", part=part, found=text)
                yield Draft("N002", "note", 0.6, None, span, "", text, message)
    elif item.kind == "chinese" and len(text) == 5 and surname_length(text) == 2 and not text.endswith(_GIVEN_ENDINGS):
        message = say("N002.long", found=text)
        yield Draft("N002", "note", 0.6, None, span, "", text, message)


def _several_forms(zh: str) -> Iterator[Draft]:
    """N004: a later name with the given name of an earlier one, and a surname that sounds alike; or the reverse."""
    counts: dict[tuple[tuple[str, ...], str], list[_Name]] = {}
    for name in _dotted_names(zh):
        counts.setdefault((name.given, name.surname), []).append(name)
    names = list(counts)[:_NAMES_MAX]
    given: dict[tuple[str, ...], list[str]] = {}
    surnames: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    for first, surname in names:
        others = [(first, other) for other in given.get(first, ()) if _one_surname(other, surname)]
        sounds = ("".join(map(sounds_zh, first)), surname)
        others += [(other, surname) for other in surnames.get(sounds, ()) if other != first]
        if others:
            here = counts[first, surname][0]
            other = max(others, key=lambda key: len(counts[key]))
            found, expected = "·".join((*first, surname)), "·".join((*other[0], other[1]))
            message = say("N004.two_forms", found=found, wanted=expected)
            yield Draft("N004", "warning", 0.8, None, here.span, expected, found, message)
        given.setdefault(first, []).append(surname)
        surnames.setdefault(sounds, []).append(first)


def _one_surname(a: str, b: str) -> bool:
    """Whether two surnames sound alike; a single character says too little, and one may be cut or go on."""
    if a.startswith(b) or b.startswith(a):
        return False
    return min(len(a), len(b)) >= 2 and likeness(sounds_zh(a), sounds_zh(b)) >= _ONE_PERSON


def _dotted_names(zh: str) -> Iterator[_Name]:
    """The transliterated names whose two ends are sure, each with its place."""
    for match in _DOTTED.finditer(zh):
        parts = [part for part in _CUT_AT.split(match[0]) if not _LETTER.fullmatch(part)]
        first = spelt_end(parts[0])  # 另见安娜·贝格
        if len(parts) >= 2 and len(first) >= 2 and all(set(part) <= SPELLING for part in parts[1:]):
            begin = match.start() + len(parts[0]) - len(first)
            yield _Name((first, *parts[1:-1]), parts[-1], (begin, match.end()))


def shortened(text: str) -> str:
    """The text, its end cut off where it is too long to be shown.

    >>> shortened("水獭")
    '水獭'
    """
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
