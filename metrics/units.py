"""Units beside numbers: where the two texts measure one thing in two units, their numbers say nothing."""

import re
from collections.abc import Iterable

from .quantity import Quantity

# Dimension to its units: English forms, then Chinese ones, of one and the same unit.
_UNITS: dict[str, tuple[tuple[str, str], ...]] = {
    "time": (
        ("ms|milliseconds?", "毫秒"), ("[uµμ]s|microseconds?", "微秒"), ("s|secs?|seconds?", "秒"),
        ("mins?|minutes?", "分钟|分"), ("h|hrs?|hours?", "小时|钟头"), ("days?", "天|日"), ("weeks?", "周|星期"),
        ("months?", "月"), ("years?", "年"), ("decades?", "十年"), ("centur(?:y|ies)", "世纪"),
    ),
    "length": (
        ("km|kilomet(?:er|re)s?", "公里|千米"), ("cm|centimet(?:er|re)s?", "厘米"), ("mm|millimet(?:er|re)s?", "毫米"),
        ("nm|nanomet(?:er|re)s?", "纳米"), ("[uµμ]m|micromet(?:er|re)s?|microns?", "微米"), ("m|met(?:er|re)s?", "米"),
        ("miles?", "英里"), ("f(?:oo|ee)t|ft", "英尺"), ("inch(?:es)?", "英寸"),
    ),
    "mass": (
        ("kg|kilograms?|kilos?", "公斤|千克"), ("mg|milligrams?", "毫克"), ("g|grams?", "克"), ("tons?|tonnes?", "吨"),
        ("pounds?|lbs?", "磅"),
    ),
    "frequency": (("GHz", "吉赫兹?"), ("MHz", "兆赫兹?"), ("kHz", "千赫兹?"), ("Hz|hertz", "赫兹?")),
    "storage": (
        ("TB|terabytes?", "太字节"), ("GB|gigabytes?", "吉字节"), ("MB|megabytes?", "兆字节|兆"),
        ("[kK]B|kilobytes?", "千字节"),
    ),
}  # fmt: skip
_AFTER = [
    (dimension, k, re.compile(rf"[\s-]?(?:{en})(?![A-Za-z])|\s?个?半?(?:{zh})|\s?(?:{en})(?![A-Za-z])"))
    for dimension, units in _UNITS.items()
    for k, (en, zh) in enumerate(units)
]
_HALF = re.compile(r"(?<=[个年天周月])半|半(?=个|年|天|月|小时)")


def dimensions(text: str, quantities: Iterable[Quantity]) -> dict[Quantity, tuple[str, int]]:
    """Dimension and unit of each quantity that a unit follows.

    >>> from .quantities_zh import quantities_zh
    >>> list(dimensions("两公里", quantities_zh("两公里")).values())
    [('length', 0)]
    """
    found: dict[Quantity, tuple[str, int]] = {}
    for quantity in quantities:
        for dimension, k, after in _AFTER:
            if after.match(text, quantity.span[1]):
                found[quantity] = (dimension, k)
                break
    return found


def converted(en: dict[Quantity, tuple[str, int]], zh: dict[Quantity, tuple[str, int]], text_zh: str) -> set[Quantity]:
    """The quantities whose dimension the two texts measure in different units, or in Chinese halves (两个半小时)."""
    units_en = {dimension: {u for d, u in en.values() if d == dimension} for dimension in _UNITS}
    units_zh = {dimension: {u for d, u in zh.values() if d == dimension} for dimension in _UNITS}
    mixed = {d for d in _UNITS if units_en[d] and units_zh[d] and units_en[d] != units_zh[d]}
    if _HALF.search(text_zh):
        mixed.add("time")
    return {quantity for side in (en, zh) for quantity, (dimension, _) in side.items() if dimension in mixed}
