"""How complete pairs look: what is missing or added stands out, what is alike stays, what cannot be read is None."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.corpora import Pair
from duizhao.metrics.pair_adequacy import pair_adequacy

SOUND = [
    ("The otter drinks a cup of hot tea under the old stone bridge.", "水獭在古老的石桥下喝一杯热茶。"),
    ("Two young otters swim across the cold river every morning.", "两只小水獭每天早上游过寒冷的河流。"),
    ("The keeper counts the fish before the boats arrive.", "看守人在船只到达之前数鱼。"),
    ("A small boat carries tea leaves to the village market.", "一只小船把茶叶运到村里的市场。"),
    ("The bridge was built by three brothers in the last century.", "这座桥是上个世纪由三兄弟建造的。"),
    ("In winter the river is frozen and the otters stay at home.", "冬天河水结冰，水獭待在家里。"),
]


def pair(en: str, zh: str) -> Pair:
    sides = [(side,) if side else () for side in (en, zh)]
    return Pair("i", "r", "d", "text", sides[0], sides[1], (), (), "1-1", 0.5)


def values(*texts: tuple[str, str]) -> list[float | None]:
    return pair_adequacy([pair(*each) for each in texts])


SPOILT = [
    ("lacking", SOUND[5][0] + " They drink tea and count fish until the ice melts in the early spring.", SOUND[5][1]),
    ("added", SOUND[2][0], SOUND[2][1] + "他们回家后总要先喝三杯浓茶，再到桥头去听渔夫讲故事，直到月亮升起。"),
]


@pytest.mark.parametrize(("en", "zh"), [row[1:] for row in SPOILT], ids=[row[0] for row in SPOILT])
def test_what_is_missing_or_added_is_lowest(en: str, zh: str) -> None:
    found = values(*SOUND, (en, zh))
    known = [value for value in found if value is not None]
    assert len(known) == 7
    assert known[-1] < 0.5 < min(known[:-1])


UNREADABLE = [
    ("no Chinese", "An otter.", ""),
    ("no English", "", "水獭。"),
    ("nothing", "", ""),
    ("untranslated", "An otter swims.", "An otter swims."),
    ("copied", "水獭游泳。", "水獭游泳。"),
    ("no words", "1 + 1", "水獭"),
    ("too long", "tea " * 751, "茶"),
]


@pytest.mark.parametrize(("en", "zh"), [row[1:] for row in UNREADABLE], ids=[row[0] for row in UNREADABLE])
def test_what_cannot_be_read_is_none_and_moves_no_other(en: str, zh: str) -> None:
    assert values((en, zh)) == [None]
    alone = values(*SOUND)
    assert None not in alone
    assert values(SOUND[0], (en, zh), *SOUND[1:]) == [alone[0], None, *alone[1:]]


def test_sentences_of_a_pair_are_read_as_one_text() -> None:
    (en, zh), (en_2, zh_2) = SOUND[:2]
    joined = Pair("i", "r", "d", "text", (en, en_2), (zh, zh_2), (), (), "2-2", 0.5)
    assert pair_adequacy([joined]) == values((f"{en} {en_2}", zh + zh_2))


@given(st.lists(st.tuples(st.text(max_size=60), st.text(max_size=60)), max_size=6))
def test_any_text_gives_a_value_or_none(texts: list[tuple[str, str]]) -> None:
    found = values(*texts, SOUND[0])
    assert len(found) == len(texts) + 1
    assert all(value is None or 0 <= value <= 1 for value in found)
