"""F002: quotation marks and brackets that are unbalanced or the wrong way round."""

import re
from collections.abc import Iterator

from ..corpora import Span
from .findings import Draft
from .masking import CODE, URL, blanked

_PAIRS = ("()（）", "[]［］", "【】", "「」", "『』", "《》", "〈〉")
_OPENS = {pair[k]: kind for kind, pair in enumerate(_PAIRS) for k in range(0, len(pair), 2)}
_CLOSES = {pair[k]: kind for kind, pair in enumerate(_PAIRS) for k in range(1, len(pair), 2)}
_PARTNER = {pair[k]: pair[k ^ 1] for pair in _PAIRS for k in range(len(pair))}
_INTERVAL = re.compile(r"[\[(（][^\[\]()（）\n]{1,24}[,，;][^\[\]()（）\n]{1,24}[\])）]")  # [0,1): both ends are right
_MARKER = re.compile(r"(?<![A-Za-z0-9])(?:\d{1,3}|[A-Za-z]|[ivxIVX]{2,4}|[ⅰ-ⅻ①-⑳]|[一二三四五六七八九十]{1,3}) ?$")
_EMOTICON = re.compile(r"[:;]-?$")
_REVERSED_MAX = 60  # code points; two like quotes further apart belong to two quotations


def check_quotes(zh: str) -> Iterator[Draft]:
    """Findings F002: quotation marks and brackets of a Chinese text without a partner in their paragraph, or reversed.

    Straight quotes say nothing of their direction and are left alone; half-width and full-width brackets close one
    another; "1)", [0,1) and emoticons are no fault.

    >>> [draft.expected for draft in check_quotes("探讨了”机器之爱”的概念（又称爱。")]
    ['“机器之爱”', '（…）']
    """
    text = blanked(zh, URL, CODE, _INTERVAL)
    # A quotation of several paragraphs opens with a paragraph and closes in a later one.
    first = re.search(r"^[ \t\u3000]*“", text, re.MULTILINE)
    block = (first.start() if first else len(text), text.rfind("”"))
    cut = zh.rstrip().endswith(("…", "..."))  # then what is open may have been closed in the part cut away
    start = 0
    while start <= len(text):
        stop = text.find("\n", start)
        stop = len(text) if stop < 0 else stop
        yield from _quotes_of(zh, text, (start, stop), block, cut)
        yield from _brackets_of(zh, text, (start, stop), cut)
        start = stop + 1


def _quotes_of(zh: str, text: str, paragraph: Span, block: Span, cut: bool) -> Iterator[Draft]:
    """Faults of the curly quotes of one paragraph; `block` is where a quotation of several paragraphs may stand."""
    start, stop = paragraph
    marks = [i for i in range(start, stop) if text[i] in "“”"]
    shape = [text[i] for i in marks]
    k = 0
    while k < len(marks):
        here, following = shape[k], shape[k + 1] if k + 1 < len(marks) else ""
        far = bool(following) and marks[k + 1] - marks[k] > _REVERSED_MAX
        if here == "“" and following == "”":
            k += 2
        elif not far and following == here and not (here == "“" and shape[k + 2 : k + 3] == ["”"]):  # ”…” or “…“
            begin, end = marks[k], marks[k + 1] + 1
            yield _quote_draft(
                (begin, end), zh[begin:end], f"“{zh[begin + 1 : end - 1]}”", "is the wrong way round", 0.8
            )
            k += 2
        elif not far and here == "”" and following == "“":
            begin, end = marks[k], marks[k + 1] + 1
            yield _quote_draft(
                (begin, end), zh[begin:end], f"“{zh[begin + 1 : end - 1]}”", "is the wrong way round", 0.6
            )
            k += 2
        else:
            if here == "“":
                opens_block = not text[start : marks[k]].strip() and block[1] > stop
                goes_on = opens_block or cut
            else:
                goes_on = block[0] < start
            if not goes_on:
                yield _quote_draft((marks[k], marks[k] + 1), here, "“…”", "has no partner", 0.6)
            k += 1


def _brackets_of(zh: str, text: str, paragraph: Span, cut: bool) -> Iterator[Draft]:
    """Faults of the brackets of one paragraph."""
    start, stop = paragraph
    open_: list[int] = []
    lone: list[int] = []
    markers = 0
    for i in range(start, stop):
        c = text[i]
        if c in _OPENS:
            open_.append(i)
        elif c in _CLOSES:
            kind = _CLOSES[c]
            marker = kind == 0 and bool(_MARKER.search(text[max(start, i - 6) : i]))
            if not any(_OPENS[text[j]] == kind for j in open_[-8:]):
                if not marker:
                    lone.append(i)
                continue
            markers += marker
            while _OPENS[text[open_[-1]]] != kind:
                lone.append(open_.pop())
            open_.pop()
    if not cut:
        lone += open_
    lone = [i for i in lone if not _EMOTICON.search(text[max(start, i - 2) : i])]
    if markers:  # a "1)" inside a bracket took the place of the bracket's own close
        closes = [i for i in lone if _CLOSES.get(text[i]) == 0]
        lone = [i for i in lone if i not in closes[:markers]]
    for i in sorted(lone):
        partner = _PARTNER[zh[i]]
        pair = f"{zh[i]}…{partner}" if zh[i] in _OPENS else f"{partner}…{zh[i]}"
        yield _quote_draft((i, i + 1), zh[i], pair, "has no partner", 0.6)


def _quote_draft(span: Span, found: str, expected: str, fault: str, confidence: float) -> Draft:
    shown = found if len(found) <= 40 else found[:18] + "…" + found[-18:]
    wanted = expected if len(expected) <= 40 else expected[:18] + "…" + expected[-18:]
    return Draft("F002", "note", confidence, None, span, wanted, shown, f"{shown} {fault} in this paragraph.")
