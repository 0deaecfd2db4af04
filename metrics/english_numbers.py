"""English written from Chinese: numbers, bounds and multiples that the English has otherwise."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from .findings import Draft
from .messages import say
from .numbers import check_numbers
from .quantities_en import quantities_en
from .quantities_zh import quantities_zh
from .quantity import Quantity, fold, key

_HAN = dict(zip("一二两三四五六七八九十", (1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10), strict=True))
_N = r"([一二两三四五六七八九十]|[0-9]+(?:\.[0-9]+)?)"
_GROWTH = re.compile(rf"(?:增[长加大至]?|提[高升]|上升|扩大|上涨|涨|多)了?{_N}倍")
_DOUBLINGS = re.compile(rf"翻了?{_N}番")
_OFF = re.compile(r"([一二三四五六七八九])([一二三四五六七八九])?折(?![叠线线射返扣磨])")
_TIMES = (
    (2, re.compile(r"\b(?:doubl(?:ed|es|ing)|twofold)\b", re.IGNORECASE)),
    (3, re.compile(r"\b(?:tripl(?:ed|es|ing)|trebl(?:ed|es|ing)|threefold)\b", re.IGNORECASE)),
    (4, re.compile(r"\b(?:quadrupl(?:ed|es|ing)|fourfold)\b", re.IGNORECASE)),
    (5, re.compile(r"\b(?:quintupl(?:ed|es|ing)|fivefold)\b", re.IGNORECASE)),
)
_NEGATED = re.compile(r"\b(?:never|not|no|nor|without|cannot|neither)\b|n['’]t\b", re.IGNORECASE)
_PERCENT_OFF = re.compile(r"\b(\d{1,2})(?:%| percent| per cent) (?:off|discount)\b", re.IGNORECASE)
_BOUND = re.compile(
    "(?:(?P<upper>不超过|不多于|不大于|不高于|至多|最多|不到|不足|低于|少于|小于)|(?P<lower>至少|不少于|不低于|不小于|超过|高于|多于|大于|逾))"
    "(?:[为了达约]{1,2})?$"
)
_ANY_BOUND = re.compile(
    r"\b(?:most|least|less|fewer|lower|more|greater|higher|larger|longer|shorter|smaller|over|under|above|below|within|"
    r"exceed\w*|maximum|minimum|max|min|up to|until|upwards?|beyond|limit\w*|cap|capped|nearly|almost|only|just|barely|"
    r"short|surpass\w*|outnumber\w*|top(?:s|ped)?|excess|plus|past|upper|bound\w*|floor|ceiling|threshold|even|reach\w*|"
    r"better|from|as \w+ as|older|younger|about|around|some|well|not)\b|[<>≤≥+≲≳]|\\[lg]e",
    re.IGNORECASE,
)


def check_numbers_en(en: str, zh: str) -> Iterator[Draft]:
    """Findings Q001 to Q005 of English written from Chinese; `expected` is how English writes the Chinese number.

    >>> [(d.rule, d.expected, d.found) for d in check_numbers_en("1.2 billion otters", "1.2亿只水獭")]
    [('Q002', '120 million', '1.2 billion')]
    """
    settled = (*_multiples(en, zh), *_discounts(en, zh))
    yield from (draft for draft in settled if draft.found != draft.expected)
    numbers_zh = quantities_zh(zh)
    for draft in check_numbers(en, zh):
        if draft.rule == "Q001" and any(_overlap(draft, other) for other in settled):
            continue
        if (
            draft.rule == "Q004"
            and draft.span_en
            and _NEGATED.search(en[max(0, draft.span_en[0] - 60) : draft.span_en[0]])
        ):
            continue  # "is never shown for more than two months" is 不超过
        source = next((q for q in numbers_zh if q.span == draft.span_zh), None)
        expected = _english(source) if source else "" if draft.span_zh is None else zh[slice(*draft.span_zh)]
        found = "" if draft.span_en is None else en[slice(*draft.span_en)]
        yield replace(draft, expected=expected, found=found)
    yield from _bounds(en, zh, numbers_zh)


def _english(quantity: Quantity) -> str:
    """How English writes the value: 36,000, 120 million, 3.2%."""
    value = quantity.value
    for step, name in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(value) >= step:
            return f"{value / step:.6g} {name}"
    plain = f"{value:,.0f}" if value.is_integer() and abs(value) >= 10_000 else f"{value:.6g}"
    return plain + {"percent": "%", "multiple": " times"}.get(quantity.kind, "")


def _overlap(a: Draft, b: Draft) -> bool:
    """Whether two drafts share a place on either side."""
    sides = ((a.span_en, b.span_en), (a.span_zh, b.span_zh))
    return any(x is not None and y is not None and x[0] < y[1] and y[0] < x[1] for x, y in sides)


def _multiples(en: str, zh: str) -> Iterator[Draft]:
    """Q001 for a verb of multiplication, 增长两倍 being tripled, 翻两番 quadrupled; right ones expect what is found."""
    folded = fold(zh)
    meant = [(match.span(), 1 + _value(match[1])) for match in _GROWTH.finditer(folded)]
    meant += [(match.span(), 2.0 ** min(10, _value(match[1]))) for match in _DOUBLINGS.finditer(folded)]
    said = [(match.span(), times) for times, pattern in _TIMES for match in pattern.finditer(en)]
    if len(meant) != 1 or len(said) != 1:
        return
    (span_zh, wanted), (span, times) = meant[0], said[0]
    found, source = en[slice(*span)], zh[slice(*span_zh)]
    expected = {2: "doubled", 3: "tripled", 4: "quadrupled"}.get(int(wanted), f"{wanted:g} times")
    message = say("Q001.times", source=source, wanted=wanted, found=found)
    yield Draft("Q001", "warning", 0.85, span, span_zh, found if wanted == times else expected, found, message)


def _discounts(en: str, zh: str) -> Iterator[Draft]:
    """Q001 for a discount, 七折 being 30% off; right ones expect what is found."""
    meant = list(_OFF.finditer(zh))
    said = list(_PERCENT_OFF.finditer(en))
    if len(meant) != 1 or len(said) != 1:
        return
    paid = 10 * _HAN[meant[0][1]] + (_HAN[meant[0][2]] if meant[0][2] else 0)
    found = said[0][0]
    message = say("Q001.discount", source=meant[0][0], paid=paid, found=found)
    expected = found if int(said[0][1]) == 100 - paid else f"{100 - paid}% off"
    yield Draft("Q001", "warning", 0.85, said[0].span(), meant[0].span(), expected, found, message)


def _value(text: str) -> float:
    return float(_HAN.get(text) or text)


def _bounds(en: str, zh: str, numbers_zh: list[Quantity]) -> Iterator[Draft]:
    """Q004 where the Chinese bounds a number and nothing in the English is a bound."""
    if _ANY_BOUND.search(en):
        return
    numbers_en = [q for q in quantities_en(en) if q.kind != "vague"]
    counts_en, counts_zh = (Counter(key(q.value) for q in side) for side in (numbers_en, numbers_zh))
    for right in numbers_zh:
        bound = _BOUND.search(fold(zh[max(0, right.span[0] - 8) : right.span[0]]))
        value = key(right.value)
        if bound is None or right.kind == "vague" or counts_en[value] != 1 or counts_zh[value] != 1:
            continue
        left = next(q for q in numbers_en if key(q.value) == value)
        begin = right.span[0] - len(bound[0])
        source = zh[begin : right.span[1]]
        words = "no more than" if bound["upper"] else "at least"
        message = say("Q004.bare_en", source=source, found=left.text)
        expected = f"{words} {left.text}"
        yield Draft("Q004", "warning", 0.8, left.span, (begin, right.span[1]), expected, left.text, message)
