"""N002 for names in Latin letters: one that the Chinese keeps, but spells otherwise than the English."""

import re
from collections.abc import Iterator

from ..corpora.script import HAN
from .findings import Draft
from .masking import CODE, URL, blanked
from .messages import say

_NAME = re.compile(r"(?<![A-Za-z0-9_@/.-])[A-Z][A-Za-z0-9]{3,39}+(?![A-Za-z0-9_@/])")
_MOST = 200  # names of a side; lists longer than that are compared nowhere
_LONG = 7  # letters from which two slips are still a slip


def check_latin_names(en: str, zh: str) -> Iterator[Draft]:
    """Drafts for names in the Chinese that the English has with a letter or two changed, dropped, added or swapped.

    >>> [draft.expected for draft in check_latin_names("LeCun drank tea.", "LeCan喝茶。")]
    ['LeCun']
    """
    if not HAN.search(zh):
        return
    there = _names(en)
    lowered = en.casefold()
    here = _names(zh)
    if len(there) > _MOST or len(here) > _MOST:
        return
    kept = {_key(name) for name in here}
    lost = {name: span for name, span in there.items() if _key(name) not in kept or len(name) >= _LONG}
    for name, span in here.items():
        if _key(name) in {_key(other) for other in there} or name.casefold() in lowered:
            continue
        for other, place in lost.items():
            if _slips(_key(name), _key(other)) <= (2 if len(other) >= _LONG else 1):
                message = say("N002.latin", wanted=other, found=name)
                yield Draft("N002", "warning", 0.85, place, span, other, name, message, other)
                break


def _names(text: str) -> dict[str, tuple[int, int]]:
    """Names with their first places; words that only begin a sentence are harmless, for the Chinese has none."""
    found: dict[str, tuple[int, int]] = {}
    for match in _NAME.finditer(blanked(text, URL, CODE)):
        found.setdefault(match[0], match.span())
    return found


def _key(name: str) -> str:
    return name.casefold().removesuffix("s")


def _slips(a: str, b: str) -> int:
    """Letters to change, drop, add or swap with their neighbours between two names, 3 where it is more than 2."""
    if abs(len(a) - len(b)) > 2 or a[:1] != b[:1]:
        return 3
    before, row = [0] * (len(b) + 1), list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        older, before, row = before, row, [i] + [0] * len(b)
        for j, y in enumerate(b, 1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                row[j] = min(row[j], older[j - 2] + 1)
    return row[-1]
