"""Q003: a number that kept its value and lost its unit: km → 米, percentage points → %, $ → 元; conversions."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from .findings import Draft
from .messages import say
from .quantity import Quantity, fold
from .units import Unit

Pairs = Iterable[tuple[Quantity, Quantity]]
Measured = Mapping[Quantity, tuple[Unit, ...]]

_CLOSE = 0.1  # a month is 30 or 31 days, a kilobyte 1000 or 1024 bytes
_ROUNDED = 0.15  # miles and pounds are rounded when they are converted
_POINTS = re.compile(r"(?:percentage|percent|per[ -]cent|pct|%)[ -]points?\b|[ ]pp\b", re.IGNORECASE)
# "an absolute gain of 6.9%", "6.9% absolute"; an absolute error of 5 % is no difference of two percentages.
_GAIN = r"(?:(?:improvement|gain|increase|reduction|drop|decrease|boost|margin|accuracy|difference|decline)s?[ ])"
_ABSOLUTE_BEFORE = re.compile(rf"\babsolute[ ]{_GAIN}?(?:of[ ])?(?:up[ ]to[ ])?$", re.IGNORECASE)
_ABSOLUTE_AFTER = re.compile(r"[ ]?\(?absolute(?:ly)?(?![ ](?:value|error|percentage|deviation))", re.IGNORECASE)
_KEPT_POINTS = re.compile("点|绝对|pp|points?|absolute", re.IGNORECASE)
_ANY_POINTS = re.compile(r"point|absolute|\bpp\b", re.IGNORECASE)
_ANY_PERCENT = re.compile("[%‰]|百分|[成折点分]|percent", re.IGNORECASE)
_NEAR = 8  # characters after the Chinese number in which the right unit acquits
_AMBIGUOUS = 2  # a unit of fewer letters may be something else: s, m, g


class _Kept(NamedTuple):
    """Which signs of percentages and of their differences stand anywhere in the two texts."""

    percent: bool
    points_zh: bool
    points_en: bool


def check_units(pairs: Pairs, en: str, zh: str, units_en: Measured, units_zh: Measured) -> Iterator[Draft]:
    """Findings of the pairs of equal value whose units differ.

    `pairs` are quantities of the two texts that can only mean each other. Errors: another unit, currency, or % for
    times. Warnings: per cent lost, percentage points lost. Note: percentage points where the English says %.

    >>> from .numbers import check_numbers
    >>> [(d.rule, d.expected, d.found) for d in check_numbers("a walk of 12 km", "走了12米")]
    [('Q003', '12公里', '12米')]
    """
    folded = fold(zh)
    kept = _Kept(bool(_ANY_PERCENT.search(folded)), bool(_KEPT_POINTS.search(folded)), bool(_ANY_POINTS.search(en)))
    for left, right in pairs:
        here, there = units_en.get(left, ()), units_zh.get(right, ())
        if here and there:
            near = zh[right.span[1] : right.span[1] + _NEAR]
            for unit in there:
                near = near.replace(unit.zh, "")
            if _differ(here, there) and not any(unit.zh in near for unit in here):
                yield _other_unit(left, right, here, there, en, zh)
        elif {left.kind, right.kind} == {"percent", "multiple"} or (
            (there and left.kind in ("percent", "multiple")) or (here and right.kind in ("percent", "multiple"))
        ):
            yield _other_kind(left, right, here, there, en, zh)
        elif left.kind == "percent":
            yield from _percent(left, right, en, kept)


def check_conversions(pairs: Pairs, units_en: Measured, units_zh: Measured, en: str, zh: str) -> Iterator[Draft]:
    """Findings of measures that were converted wrongly: 5 km → 500米."""
    for left, right in pairs:
        said, found = _measure(left, units_en[left], en), _measure(right, units_zh[right], zh)
        message = say("Q003.measure", source=said, found=found)
        yield Draft("Q003", "warning", 0.8, left.span, right.span, "", found, message)


def _differ(here: tuple[Unit, ...], there: tuple[Unit, ...]) -> bool:
    """True if no reading of the one unit is a reading of the other."""
    if {unit.name for unit in here} & {unit.name for unit in there}:
        return False
    if {unit.dimension for unit in here} & {unit.dimension for unit in there}:
        return True
    return len(here) == len(there) == 1 and all(len(unit.name) >= _AMBIGUOUS for unit in (*here, *there))


def _measure(quantity: Quantity, units: tuple[Unit, ...], text: str) -> str:
    """The number with its unit, as the text has them."""
    start, end = quantity.span
    if units and units[0].dimension == "money" and text[max(0, start - 1) : start] in ("$", "€", "£"):
        return text[start - 1 : end]
    after = re.compile(r"[ -]?(?:[A-Za-zµμ°℃]{1,14}|个?[\u4e00-\u9fff]{1,2})").match(text, end)
    word = after[0] if after and units and not quantity.text.endswith("m") else ""
    forms = {form for unit in units for form in (unit.name, unit.zh)}
    while re.search("[\u4e00-\u9fff]", word) and len(word) > 1 and word.removeprefix("个") not in forms:
        word = word[:-1]
    return text[start:end] + word


def _other_unit(
    left: Quantity, right: Quantity, here: tuple[Unit, ...], there: tuple[Unit, ...], en: str, zh: str
) -> Draft:
    said, found = _measure(left, here, en), _measure(right, there, zh)
    money = here[0].dimension == "money" or there[0].dimension == "money"
    message = say("Q003.currency" if money else "Q003.unit", source=said, found=found)
    wanted = right.text + here[-1].zh
    if money:
        return Draft("Q003", "warning", 0.8, left.span, right.span, wanted, found, message)
    return Draft("Q003", "error", 0.9, left.span, right.span, wanted, found, message)


def _other_kind(
    left: Quantity, right: Quantity, here: tuple[Unit, ...], there: tuple[Unit, ...], en: str, zh: str
) -> Draft:
    said, found = _measure(left, here, en), _measure(right, there, zh)
    message = say("Q003.unit", source=said, found=found)
    return Draft("Q003", "error", 0.9, left.span, right.span, "", found, message)


def _percent(left: Quantity, right: Quantity, en: str, kept: _Kept) -> Iterator[Draft]:
    """What became of a percentage whose value stands."""
    start, end = left.span
    points = bool(_POINTS.search(left.text))
    absolute = _ABSOLUTE_BEFORE.search(en, max(0, start - 40), start) or _ABSOLUTE_AFTER.match(en, end)
    number = re.sub(r"[^-+.,0-9]", "", fold(right.text))
    if right.kind == "number":
        if right.figures and "%" in fold(left.text) + en[end : end + 2] and not kept.percent:
            message = say("Q003.percent", source=left.text, found=right.text)
            yield Draft("Q003", "warning", 0.85, left.span, right.span, f"{number}%", right.text, message)
    elif right.kind == "percent" and "%" in fold(right.text):
        if (points or absolute) and not kept.points_zh:
            message = say("Q003.points", source=left.text, found=right.text)
            yield Draft("Q003", "warning", 0.8, left.span, right.span, f"{number}个百分点", right.text, message)
    elif right.kind == "percent" and "点" in right.text and not kept.points_en:
        message = say("Q003.share", source=left.text, found=right.text)
        yield Draft("Q003", "note", 0.5, left.span, right.span, f"{number}%", right.text, message)


def convertible(left: float, unit: Unit, right: float, other: Unit) -> bool:
    """True if so many of one unit are, roundly, so many of the other; False too where no factor is known.

    >>> convertible(2000, Unit("m", "length", 1, "米"), 2, Unit("km", "length", 1000, "公里"))
    True
    """
    if unit.dimension != other.dimension or not unit.factor or not other.factor or not left or not right:
        return False
    ratio = abs(left * unit.factor / (right * other.factor))
    near = _ROUNDED if unit.rounded or other.rounded else _CLOSE
    return 1 - near <= ratio <= 1 + near


def converted(en: Measured, zh: Measured) -> tuple[set[Quantity], list[tuple[Quantity, Quantity]]]:
    """The quantities that need no counterpart of their own value, and the pairs that measure one thing differently.

    The first are those of a dimension that the two texts measure in different units. The second stand alone in such
    a dimension, and neither is the other converted.
    """
    spared: set[Quantity] = set()
    wrong: list[tuple[Quantity, Quantity]] = []
    for dimension in sorted({unit.dimension for units in en.values() for unit in units}):
        left = {q: units for q, units in en.items() if any(unit.dimension == dimension for unit in units)}
        right = {q: units for q, units in zh.items() if any(unit.dimension == dimension for unit in units)}
        names = [{unit.name for units in side.values() for unit in units} for side in (left, right)]
        if not left or not right or names[0] == names[1]:
            continue
        spared |= {*left, *right}
        if len(left) == len(right) == 1:
            (a, units_a), (b, units_b) = next(iter(left.items())), next(iter(right.items()))
            firm = not (a.weak or b.weak) and all(unit.factor for unit in (*units_a, *units_b))
            same = any(convertible(a.value, u, b.value, v) for u in units_a for v in units_b)
            if firm and not same and a.value != b.value and len(units_a) == len(units_b) == 1:
                wrong.append((a, b))
    return spared, wrong
