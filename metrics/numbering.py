"""F008: numbered lists that count wrong or change their marks."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..corpora import Span
from .findings import Draft, Severity
from .messages import say

_ITEM = re.compile(
    r"^([ \t\u3000]{0,12}(?:>[ \t]?)?)(\d{1,2})"
    r"([。、][ \t\u3000]?|[.．][ \t\u3000]{1,8}|[.．](?=[\u3400-\u9fff]))(?=[^\s\d])",
    re.MULTILINE,
)
_FENCE = re.compile(r"^[ \t]{0,3}(?:```|~~~)", re.MULTILINE)
_HAN_OR_COMMA = re.compile(r"[\u3400-\u9fff，、,；;]$")
_SECTION = 40  # lines between two items of one list, at most


class _Item(NamedTuple):
    span: Span  # number and mark
    indent: int
    number: int
    mark: str  # 。 、 or .
    line: int


def check_numbering(text: str) -> Iterator[Draft]:
    """Findings F008: list numbers of a text, in either language, that stand twice or bear another mark than the list's.

    Lists are followed by their mark: a number with another mark that goes on where a list stopped belongs to it. Spans
    are on the Chinese side and count in the text. "2。" is a warning, for 。 ends sentences; the rest are notes, or
    warnings where both are wrong at once. Lists whose numbers are all 1 (Markdown counts them itself) are fine.

    >>> [(draft.found, draft.expected) for draft in check_numbering("1. 水\\n2. 茶\\n  3、 桥\\n3. 獭")]
    [('3、', '3.')]
    """
    running: dict[str, _Item] = {}
    items = list(_items(text))
    for k, item in enumerate(items):
        own = running.get(item.mark)
        goes_on = own is not None and item.number == own.number + 1
        strays = "" if goes_on or item.number == 1 else _stray(item, running)
        following = items[k + 1] if k + 1 < len(items) else None
        if strays:
            twice = following is not None and following.mark == strays and following.number == item.number
            yield _draft(text, item, strays, twice=twice)
            continue  # the list goes on from its own last number
        if item.mark == "。" and (item.number == 1 or own is not None or _begins_paragraph(text, item)):
            yield _draft(text, item, ".", twice=False)
        elif own is not None and item.number == own.number > 1 and item.indent == own.indent:
            before = [other.number for other in items[max(0, k - 3) : k] if other.mark == item.mark]
            after = following is not None and following.mark == item.mark and following.number == item.number
            if before.count(item.number) == 1 and not after and item.line - own.line <= _SECTION:
                found = text[slice(*item.span)]
                message = say("F008.repeated", number=item.number)
                yield Draft("F008", "note", 0.7, None, item.span, f"{item.number + 1}.", found, message)
        running[item.mark] = item


def _items(text: str) -> Iterator[_Item]:
    fences = [match.start() for match in _FENCE.finditer(text)]
    line, at = 0, 0
    k = 0
    for match in _ITEM.finditer(text):
        while k < len(fences) and fences[k] < match.start():
            k += 1
        line += text.count("\n", at, match.start())
        at = match.start()
        if k % 2 == 0:  # not inside a block of code
            mark = match[3][0].replace("．", ".")
            span = (match.start(2), match.start(3) + 1)
            yield _Item(span, len(match[1].expandtabs(4)), int(match[2]), mark, line)


def _stray(item: _Item, running: dict[str, _Item]) -> str:
    """The mark of the list that this item goes on though its own mark is another, "" if none."""
    near = [other for other in running.values() if other.mark != item.mark and item.line - other.line <= _SECTION]
    goes_on = [other for other in near if item.number == other.number + 1]
    last = max(goes_on, key=lambda other: other.line, default=None)
    return last.mark if last is not None and last.line == max(other.line for other in near) else ""


def _begins_paragraph(text: str, item: _Item) -> bool:
    """Whether the line before ends a paragraph: a sentence may be broken after 图, before "2。"."""
    start = text.rfind("\n", 0, item.span[0])
    before = text[max(0, start - 400) : max(0, start)]
    lines = before.split("\n")
    return start <= 0 or not _HAN_OR_COMMA.search(lines[-1].rstrip())


def _draft(text: str, item: _Item, mark: str, *, twice: bool) -> Draft:
    found = text[slice(*item.span)]
    expected = f"{item.number}{mark}"
    if twice:
        message = say("F008.replaced", found=found, wanted=expected, number=item.number)
    elif item.mark == "。":
        message = say("F008.stop", found=found, wanted=expected)
    else:
        message = say("F008.other", found=found, wanted=expected)
    severity: Severity = "warning" if twice or item.mark == "。" else "note"
    return Draft("F008", severity, 0.85 if severity == "warning" else 0.6, None, item.span, expected, found, message)
