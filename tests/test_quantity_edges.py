"""Quantities as they are read: the value, whether it claims anything, and what else it may stand for."""

import pytest

from duizhao.metrics.numbers import check_numbers
from duizhao.metrics.quantities_en import quantities_en
from duizhao.metrics.quantities_zh import quantities_zh

# The whole text that is a quantity, its kind, its value, and other values; a weak one claims nothing by itself.
ENGLISH = [
    ("1,200", "number", 1200.0, ()),
    ("9.6 million", "number", 9.6e6, ()),
    ("2 billion", "number", 2e9, ()),
    ("7B", "number", 7e9, ()),
    ("10k", "number", 10_000.0, (10_240.0,)),  # of bytes a k is 1,024
    ("10^6", "number", 1e6, ()),
    ("1e-3", "number", 0.001, ()),
    ("-5", "number", -5.0, ()),
    ("2/3", "number", 2 / 3, ()),
    ("two thirds", "number", 2 / 3, (0.67, 0.667)),
    ("a third", "number", 1 / 3, (3.0, 0.33, 0.333)),  # or the third of a row
    ("half", "number", 0.5, ()),
    ("two and a half", "number", 2.5, (2.0,)),
    ("a hundred", "number", 100.0, ()),
    ("one hundred and five", "number", 105.0, ()),
    ("twenty-one", "number", 21.0, ()),
    ("ten thousand", "number", 10_000.0, ()),
    ("dozen", "number", 12.0, ()),
    ("zero", "number", 0.0, ()),
    ("1990s", "number", 1990.0, (90.0,)),
    ("1900s", "number", 1900.0, (0.0, 20.0)),  # the 20th century
    ("80s", "number", 80.0, (80.0,)),
    ("40 percent", "percent", 40.0, ()),
    ("6.9 percentage points", "percent", 6.9, ()),
    ("12x", "multiple", 12.0, ()),
    ("5-fold", "multiple", 5.0, ()),
    ("twice", "multiple", 2.0, ()),
    ("forty-eighth", "ordinal", 48.0, ()),
    ("21st", "ordinal", 21.0, ()),
    ("first", "ordinal", 1.0, ()),
    ("hundreds", "vague", 100.0, ()),
]
CHINESE = [
    ("1,200", "number", 1200.0, ()),
    ("960万", "number", 9.6e6, ()),
    ("20亿", "number", 2e9, ()),
    ("三万亿", "number", 3e12, ()),
    ("十万", "number", 1e5, ()),
    ("二十一", "number", 21.0, ()),
    ("一百零五", "number", 105.0, ()),
    ("一千零一", "number", 1001.0, ()),
    ("一万二", "number", 10_002.0, (12_000.0,)),  # said for 12,000
    ("两千五", "number", 2005.0, (2500.0,)),
    ("三个半", "number", 3.5, (3.0,)),
    ("三分之二", "number", 2 / 3, (0.67, 0.667)),
    ("百分之四十", "percent", 40.0, ()),
    ("百分之零点五", "percent", 0.5, ()),
    ("五成", "percent", 50.0, ()),
    ("6.9个百分点", "percent", 6.9, ()),
    ("三倍", "multiple", 3.0, ()),
    ("翻一番", "multiple", 2.0, ()),
    ("第二十一", "ordinal", 21.0, ()),
    ("数百", "vague", 100.0, ()),
    ("两", "number", 2.0, ()),
    ("百万", "number", 1e6, ()),
]
WEAK = {"a third", "half", "a hundred", "dozen", "zero", "80s", "first", "三个半", "两", "百万"}


@pytest.mark.parametrize(("text", "kind", "value", "also"), ENGLISH)
def test_english(text: str, kind: str, value: float, also: tuple[float, ...]) -> None:
    for before, after in (("", ""), ("It has ", " otters.")):
        [found] = quantities_en(before + text + after)
        assert (found.text, found.kind, found.weak) == (text, kind, text in WEAK)
        assert (found.value, found.also) == (pytest.approx(value), also)
        assert found.span == (len(before), len(before) + len(text))


@pytest.mark.parametrize(("text", "kind", "value", "also"), CHINESE)
def test_chinese(text: str, kind: str, value: float, also: tuple[float, ...]) -> None:
    for before, after in (("", ""), ("共有", "。")):
        [found] = quantities_zh(before + text + after)
        assert (found.text, found.kind, found.weak) == (text, kind, text in WEAK)
        assert (found.value, found.also) == (pytest.approx(value), also)
        assert found.span == (len(before), len(before) + len(text))


# A bound, a sign or a small figure just at the edge of what is looked at.
EDGES: list[tuple[str, str, list[tuple[str, str]]]] = [
    ("at most $12", "12美元", [("Q004", "最多12")]),
    ("at most 12", "最多12", []),
    ("at most about 12 otters", "不超过12只", []),
    ("0.5 otters", "只有水獭", [("Q001", "0.5")]),
    ("1.5 otters", "只有水獭", [("Q001", "1.5")]),
    ("in the 1900s", "在20世纪", []),
    ("in the 1900s", "在21世纪", [("Q001", "1900"), ("Q001", "")]),
    ("hundreds of otters, 100 of them old", "数百只水獭，其中100只老", []),
    ("hundreds of otters, 100 of them old", "数百只水獭，其中10只老", [("Q002", "100")]),
]


@pytest.mark.parametrize(("en", "zh", "wanted"), EDGES)
def test_findings(en: str, zh: str, wanted: list[tuple[str, str]]) -> None:
    assert [(draft.rule, draft.expected) for draft in check_numbers(en, zh)] == wanted
