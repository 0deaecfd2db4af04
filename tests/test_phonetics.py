"""How names sound: letters and characters in one alphabet, and how alike two sounds are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import odd_text

from duizhao.metrics.phonetics import likeness, readings, sounds_latin, sounds_zh
from duizhao.metrics.pinyin import is_pinyin, plain_pinyin, spellings

LATIN = [
    ("Schmidt", "SMiD"),
    ("Smith", "SMiT"),
    ("Ćosić", "CoSiC"),
    ("Żołna", "JoWNa"),
    ("Müller", "MiReR"),
    ("MÜLLER", "MiReR"),
    ("Mu\u0308ller", "MiReR"),
    ("Yuri", "YuRi"),
    ("Harry", "HaRi"),
    ("Philip", "FiRiB"),
    ("Łódź", "WoDZ"),
    ("水獭", ""),
    ("", ""),
    ("O'Neil", "oNaiR"),
]


@pytest.mark.parametrize(("word", "sounds"), LATIN)
def test_letters(word: str, sounds: str) -> None:
    assert sounds_latin(word) == sounds


CHINESE = [
    ("施密特", "SxMiDx"),
    ("史密斯", "SxMiSx"),
    ("高斯", "KauSx"),
    ("莱文", "RaiweN"),
    ("列文", "RieweN"),
    ("曾", "ZeN"),
    ("Anna", ""),
    ("", ""),
    ("安娜·B", "aNa"),
]


@pytest.mark.parametrize(("text", "sounds"), CHINESE)
def test_characters(text: str, sounds: str) -> None:
    assert sounds_zh(text) == sounds


READINGS = [("单", "shan"), ("曾", "zeng"), ("吕", "lv"), ("獭", "ta")]


@pytest.mark.parametrize(("char", "first"), READINGS)
def test_the_first_reading_is_that_of_names(char: str, first: str) -> None:
    assert readings(char)[0] == first


def test_signs_without_a_reading() -> None:
    assert [readings(c) for c in ("a", "·", " ", "\ud800", "😀")] == [()] * 5


@given(odd_text, odd_text)
def test_likeness_is_a_share_and_the_same_both_ways(a: str, b: str) -> None:
    x, y = sounds_latin(a[:30]), sounds_zh(b[:30])
    score = likeness(x, y)
    assert 0.0 <= score <= 1.0
    assert likeness(y, x) == pytest.approx(score)


@given(st.text("abcdefghijklmnopqrstuvwxyzéüčł", min_size=1, max_size=20))
def test_a_sound_is_like_itself(word: str) -> None:
    sounds = sounds_latin(word)
    assert likeness(sounds, sounds) == (1.0 if sounds else 0.0)


PINYIN = [
    ("Xiaohe", True),
    ("Xiao-He", True),
    ("Xiǎo'hé", True),
    ("Lü", True),
    ("Lyu", True),
    ("Zhuangshuangchuang", True),
    ("Otter", False),
    ("William", False),
    ("Xiaohexiaohe", False),  # four syllables are no given name
    ("", False),
    ("水", False),
]


@pytest.mark.parametrize(("word", "yes"), PINYIN)
def test_what_is_pinyin(word: str, yes: bool) -> None:
    assert is_pinyin(word) is yes


def test_spellings() -> None:
    assert spellings("吕河") == {"lvhe", "luhe", "lyuhe", "luehe"}
    assert spellings("河獭") == {"heta"}
    assert spellings("") == spellings("河河河河河") == frozenset()
    assert plain_pinyin("Zhāng Wěi") == "zhangwei"


@given(st.text("河獭茶桥水鱼山", min_size=1, max_size=3))
def test_the_spelling_of_characters_is_pinyin(zh: str) -> None:
    assert all(is_pinyin(form) for form in spellings(zh))


@given(odd_text)
def test_any_text_has_sounds(text: str) -> None:
    assert set(sounds_latin(text)) <= set("aeioubBCDFGHJKMNRSTVWYZhx")
    assert set(sounds_zh(text)) <= set("aeiouBCDFHJKMNRSXYZjqrwx")
