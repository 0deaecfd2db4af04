"""The filter "numbers": what agrees, what does not, and that the cheap look settles nothing that the readers doubt."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.metrics import filter_numbers
from duizhao.metrics.filter_numbers import number_signal

AGREE = [
    ("Otters sleep on the river.", "水獭睡在河上。"),
    ("", ""),
    ("three otters", "三只水獭"),
    ("Three bridges and two rivers", "三座桥和两条河"),
    ("12 otters", "十二只水獭"),
    ("twelve otters", "12只水獭"),
    ("two hundred otters", "两百只水獭"),
    ("a dozen cups of tea", "十二杯茶"),
    ("half of the tea", "一半的茶"),
    ("one otter", "水獭"),
    ("an otter", "一只水獭"),
    ("a two-stage method", "一种两阶段的方法"),
    ("6.17 million cups", "617万杯"),
    ("1.2 billion cups", "12亿杯"),
    ("17 % of the tea", "百分之十七的茶"),
    ("17 % of the tea", "１７％的茶"),
    ("2,000 otters", "2000只水獭"),
    ("June 3", "6月3日"),
    ("12 May 1994", "1994年5月12日"),
    ("in the year 1994", "一九九四年"),
    ("(1) Otters swim; (2) they sleep.", "（1）水獭游泳；（2）它们睡觉。"),
    ("version 2.0.13", "2.0.13 版"),
    ("as shown in [12]", "如 [12] 所示"),
    ("3D rivers", "立体的河"),
    ("$x_3 \\le 10^{-4}$ for 5 otters", "对5只水獭，$x_3 \\le 10^{-4}$"),
    ("It is above all unified.", "它首先是统一的，十分单一。"),
    ("60x faster", "快60倍"),
    ("three quarters of the tea", "四分之三的茶"),
    ("5 to 7 otters", "5至7只水獭"),
    ("100 thousand cups", "十万杯"),
    ("three otters", "三隻水獺"),
    ("two thousand otters", "兩千隻水獺"),
]
DIFFER = [
    ("3 otters", "8只水獭", 1.0),
    ("2,000 otters", "2100只水獭", 0.8),
    ("17 % of the tea", "71%的茶", 1.0),
    ("6.17 billion cups", "67.1亿杯", 0.8),
    ("three otters", "五只水獭", 1.0),
    ("five bridges on the river", "河上的三座桥", 1.0),
    ("built in 1994", "建于1949年", 0.8),
    ("1200 otters", "120只水獭", 1.0),
    ("42.70M cups", "427万杯", 1.0),
    ("The river has 250 otters.", "河里有水獭。", 0.9),
    ("two otters sleep", "四只水獭睡觉", 0.7),
    ("both otters sleep", "四只水獭睡觉", 0.7),
    ("OTTER-19 is a boat.", "OTTER-16是一条船。", 0.7),
    ("sixteen otters and sixteen more", "十六只水獭，又十三只", 0.7),
    ("June 3", "7月3日", 0.7),
    ("The tea is old.", "这茶有72年了。", 0.6),
    ("The otter sleeps.", "第一、水獭睡了。它三天没吃。", 0.4),
    ("The tea house", "7. 茶馆", 0.4),
]


@pytest.mark.parametrize(("en", "zh"), AGREE)
def test_agrees(en: str, zh: str) -> None:
    assert number_signal([en], [zh]).tolist() == [0.0]


@pytest.mark.parametrize(("en", "zh", "value"), DIFFER)
def test_differs(en: str, zh: str, value: float) -> None:
    assert number_signal([en], [zh])[0] == np.float32(value)


def test_shape_and_order() -> None:
    found = number_signal(["tea", "3 otters", "4 otters"], ["茶", "8只水獭", "四只水獭"])
    assert (found.dtype, found.tolist()) == (np.float32, [0.0, 1.0, 0.0])
    assert number_signal([], []).shape == (0,)


def test_unequal_sides() -> None:
    with pytest.raises(ValueError, match=r"^2 English and 1 Chinese texts$"):
        number_signal(["a", "b"], ["c"])


_EN = [
    "{} otters",
    "three cups for {} otters",
    "{}-stage tea",
    "OTTER-{}",
    "in {}",
    "{} % of the tea",
    "{} thousand cups",
]
_ZH = ["{}只水獭", "给{}只水獭的三杯茶", "{}阶段的茶", "OTTER-{}", "{}年", "茶的{}%", "{}千杯"]
_FIGURES = ["3", "8", "12", "2,100", "1994", "1.5"]


@given(st.sampled_from(_EN), st.sampled_from([*_FIGURES, "five", "twelve", "two"]), st.data())
def test_what_the_cheap_look_settles_the_readers_would_not_reject(text: str, number: str, data: st.DataObject) -> None:
    other = data.draw(st.sampled_from([_ZH[_EN.index(text)], *_ZH[:3]]))
    en = text.format(number)
    zh = other.format(data.draw(st.sampled_from([*_FIGURES, "五", "十二", "两", "一九九四"])))
    if filter_numbers._lone(en, zh) == (set(), set()):
        assert filter_numbers._grade(en, zh) < 0.5


@given(st.lists(st.tuples(st.text(max_size=40), st.text(max_size=40)), max_size=8))
def test_rows_do_not_touch_each_other(pairs: list[tuple[str, str]]) -> None:
    en, zh = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    alone = [float(number_signal([left], [right])[0]) for left, right in pairs]
    together = number_signal(en, zh)
    np.testing.assert_array_equal(together, np.array(alone, dtype=np.float32))


@pytest.mark.parametrize(
    "hostile",
    ["1", "1,", "三", "one hundred ", "(1) ", "\ud800三", "1 000 ", "a_1", "十万", "第三", "10^", "3.5 % ", "1.", "$1"],
)
def test_hostile_texts(hostile: str) -> None:
    # Read up to 4,000 characters, searched beyond: a quadratic step would take minutes here.
    long, short = hostile * (100_000 // len(hostile)), hostile * (1_900 // len(hostile))
    found = number_signal([long, "otters", short, "otters"], ["水獭", long, "水獭", short])
    assert np.isin(np.nan_to_num(found[:2], nan=0.0), 0.0).all()
    assert (0 <= found[2] <= 1) and (0 <= found[3] <= 1 or np.isnan(found[3]))  # no Han: nothing to compare


@pytest.mark.parametrize(("en", "zh"), [("3 otters", "3 otters"), ("3 otters", ""), ("3 otters" * 600, "3只水獭")])
def test_nothing_to_compare(en: str, zh: str) -> None:
    assert np.isnan(number_signal([en], [zh])).tolist() == [True]
