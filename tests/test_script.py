"""Which language, which script, and whether the Chinese in a text looks written."""

import pytest
from hypothesis import given
from strategies import odd_text

from duizhao.corpora.script import chinese_script, evidence

SCRIPTS = [
    ("simplified", "这条河里有三只水獭,它们每天都去桥边喝茶。", "Hans"),
    ("traditional", "這條河裡有三隻水獺,牠們每天都去橋邊喝茶。", "Hant"),
    ("Hong Kong", "衞生署話,河邊啲水獺着住毛衫瞓覺,佢哋好鍾意飲奶茶。", "Hant"),
    ("Cantonese, one telling twice", "水獺喺橋底", "Hant"),
    ("a name quoted", "我们在桥上读到一本旧书,书里说鍾鎮濤先生养过两只会数数的水獭,还给它们讲过许多笑话。", "Hans"),
    ("half and half", "这条河里的水獭会过桥,這條河裡的水獺會過橋", "mixed"),
    ("a title of each", "水獭们的桥 / 水獺們的橋", "mixed"),
    ("in both scripts", "着里后山水茶", ""),
    ("one is not enough", "对照", ""),
    ("one of each", "书的書", ""),
    ("the same one often", "书书书书", ""),
    ("English", "Otters drink tea.", ""),
    ("nothing", "", ""),
]


@pytest.mark.parametrize(("text", "script"), [row[1:] for row in SCRIPTS], ids=[row[0] for row in SCRIPTS])
def test_scripts(text: str, script: str) -> None:
    assert chinese_script(text) == script


@pytest.mark.parametrize(
    ("text", "nats", "characters", "distinct"),
    [
        ("的了", 4.0, 2, 2),  # frequent
        ("獭茶", 0.5, 2, 2),  # GB2312 level 1
        ("獺", -0.5, 1, 1),  # Big5, everyday
        ("鼋鼋", -5.0, 2, 1),  # GB2312 level 2
        ("収\ue101𠀀", -12.0, 3, 3),  # neither; private use; beyond the BMP
        ("。，", 2.0, 2, 2),
        ("otters, éàü 123 😀 ほん", 0.0, 0, 0),
        ("", 0.0, 0, 0),
    ],
)
def test_evidence(text: str, nats: float, characters: int, distinct: int) -> None:
    assert evidence(text) == (nats, characters, distinct)


@given(odd_text, odd_text)
def test_evidence_adds_up(first: str, second: str) -> None:
    assert evidence(first + second).nats == evidence(first).nats + evidence(second).nats
    assert evidence(first + second).characters == evidence(first).characters + evidence(second).characters


@given(odd_text)
def test_order_does_not_matter(text: str) -> None:
    assert chinese_script(text[::-1]) == chinese_script(text)
