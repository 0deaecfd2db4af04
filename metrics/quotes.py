"""F002: quotation marks and brackets that are unbalanced or the wrong way round."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..corpora import Span
from .findings import Draft, Severity
from .masking import CODE, URL, blanked
from .messages import say

_PAIRS = ("()（）", "[]［］", "【】", "「」", "『』", "《》", "〈〉")
_OPENS = {pair[k]: kind for kind, pair in enumerate(_PAIRS) for k in range(0, len(pair), 2)}
_CLOSES = {pair[k]: kind for kind, pair in enumerate(_PAIRS) for k in range(1, len(pair), 2)}
_PARTNER = {pair[k]: pair[k ^ 1] for pair in _PAIRS for k in range(len(pair))}
_INTERVAL = re.compile(r"[\[(（][^\[\]()（）\n]{1,24}[,，;][^\[\]()（）\n]{1,24}[\])）]")  # [0,1): both ends are right
_MARKER = re.compile(r"(?<![A-Za-z0-9])(?:\d{1,3}|[A-Za-z]|[ivxIVX]{2,4}|[ⅰ-ⅻ①-⑳]|[一二三四五六七八九十]{1,3}) ?$")
_EMOTICON = re.compile(r"[:;]-?$")
_REVERSED_MAX = 60  # code points; two like quotes further apart belong to two quotations
_REVERSED, _LONE = "F002.reversed", "F002.lone"
_LIKE = 0.8  # how sure ”…” and “…“ are; ”…“ may be the end of one quotation and the start of the next


class _Fault(NamedTuple):
    """A place of a text, what stands there, what was meant, and the key of what is wrong."""

    span: Span
    found: str
    expected: str
    what: str
    confidence: float


def check_quotes(zh: str, en: str = "") -> Iterator[Draft]:
    """Findings F002: quotation marks and brackets of a Chinese text without a partner in their paragraph, or reversed.

    A mark without a partner is a warning where the English `en` is given and has a partner for each of its own, else
    a note: a quotation may go on in the next text. Straight quotes say nothing of their direction and are left alone;
    half-width and full-width brackets close one another; "1)", [0,1) and emoticons are no fault.

    >>> [draft.expected for draft in check_quotes("探讨了”机器之爱”的概念（又称爱。")]
    ['“机器之爱”', '（…）']
    """
    lone: Severity = "warning" if en.strip() and not any(_faults(en)) else "note"
    for fault in _faults(zh):
        severity: Severity = "warning" if fault.confidence == _LIKE else lone
        yield _draft(fault, severity, zh=True)


def check_quotes_en(en: str) -> Iterator[Draft]:
    """Findings F002 of an English text, all notes: as `check_quotes`, with the span on the English side.

    >>> [draft.found for draft in check_quotes_en("An otter (or two crossed the bridge.")]
    ['(']
    """
    for fault in _faults(en):
        yield _draft(fault, "note", zh=False)


def _draft(fault: _Fault, severity: Severity, *, zh: bool) -> Draft:
    shown, wanted = _short(fault.found), _short(fault.expected)
    message = say(fault.what, shown=shown)
    span_en, span_zh = (None, fault.span) if zh else (fault.span, None)
    return Draft("F002", severity, fault.confidence, span_en, span_zh, wanted, shown, message)


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:18] + "…" + text[-18:]


def _faults(given: str) -> Iterator[_Fault]:
    """Every fault of a text, paragraph by paragraph."""
    text = blanked(given, URL, CODE, _INTERVAL)
    # A quotation of several paragraphs opens with a paragraph and closes in a later one.
    first = re.search(r"^[ \t\u3000]*“", text, re.MULTILINE)
    block = (first.start() if first else len(text), text.rfind("”"))
    cut = given.rstrip().endswith(("…", "..."))  # then what is open may have been closed in the part cut away
    lone: list[_Fault] = []
    start = 0
    while start <= len(text):
        stop = text.find("\n", start)
        stop = len(text) if stop < 0 else stop
        for fault in (
            *_quotes_of(given, text, (start, stop), block, cut),
            *_brackets_of(given, text, (start, stop), cut),
        ):
            if fault.what == _LONE:
                lone.append(fault)
            else:
                yield fault
        start = stop + 1
    yield from _partnerless(lone)


def _partnerless(lone: list[_Fault]) -> Iterator[_Fault]:
    """Those of the lone marks that no lone mark of a later paragraph closes: lines may break inside a bracket."""
    closed: set[int] = set()
    open_: dict[str, list[int]] = {}
    for k, fault in enumerate(lone):
        close = fault.found if fault.found in _CLOSES or fault.found == "”" else ""
        kind = str(_CLOSES.get(close, close)) if close else str(_OPENS.get(fault.found, "”"))
        if not close:
            open_.setdefault(kind, []).append(k)
        elif open_.get(kind):
            closed |= {k, open_[kind].pop()}
    yield from (fault for k, fault in enumerate(lone) if k not in closed)


def _quotes_of(given: str, text: str, paragraph: Span, block: Span, cut: bool) -> Iterator[_Fault]:
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
            yield _Fault((begin, end), given[begin:end], f"“{given[begin + 1 : end - 1]}”", _REVERSED, _LIKE)
            k += 2
        elif not far and here == "”" and following == "“":
            begin, end = marks[k], marks[k + 1] + 1
            yield _Fault((begin, end), given[begin:end], f"“{given[begin + 1 : end - 1]}”", _REVERSED, 0.6)
            k += 2
        else:
            if here == "“":
                opens_block = not text[start : marks[k]].strip() and block[1] > stop
                goes_on = opens_block or cut
            else:
                goes_on = block[0] < start
            if not goes_on:
                yield _Fault((marks[k], marks[k] + 1), here, "“…”", _LONE, 0.6)
            k += 1


def _brackets_of(given: str, text: str, paragraph: Span, cut: bool) -> Iterator[_Fault]:
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
        partner = _PARTNER[given[i]]
        pair = f"{given[i]}…{partner}" if given[i] in _OPENS else f"{partner}…{given[i]}"
        yield _Fault((i, i + 1), given[i], pair, _LONE, 0.6)
