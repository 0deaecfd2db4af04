"""Sentence alignment: every sentence in one bead, both directions alike, and the beads a reader would make."""

import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from nltk.translate.gale_church import align_blocks
from stub_encoder import STUB

from duizhao.align.anchors import anchors_of
from duizhao.align.bead_features import LONE, PAIRED
from duizhao.align.bead_weights import WEIGHTS_LONE, WEIGHTS_PAIRED
from duizhao.align.beads import Bead, align_sentences, group_of, usual_shares
from duizhao.align.lattice import TYPES, WIDTH

ENGLISH = st.text('abcdef .,?"-\n1', max_size=12)
CHINESE = st.text("水獭喝茶。，？“”1a", max_size=8)
ODD = st.one_of(
    st.sampled_from(["", " ", "\ud800", "🦦", "👩🏽‍🔬", "e\u0301", "\u200b", "\x00", "…", "—"]), st.text(max_size=5)
)


def lists(of: st.SearchStrategy[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(of, max_size=12)


SIDES = st.one_of(
    st.tuples(lists(ENGLISH), lists(CHINESE)),
    st.tuples(lists(CHINESE), lists(ENGLISH)),
    st.tuples(lists(ENGLISH), lists(ENGLISH)),
    st.tuples(lists(ODD), lists(ODD)),
)


def assert_partition(found: list[Bead], n: int, m: int) -> None:
    assert [i for bead in found for i in bead.en] == list(range(n))
    assert [j for bead in found for j in bead.zh] == list(range(m))
    assert all(bead.en or bead.zh for bead in found)
    assert all(0 <= bead.score <= 1 for bead in found)
    assert all(0 <= bead.probability <= 1 for bead in found)
    assert all(bead.score == 0 for bead in found if not (bead.en and bead.zh))


@given(SIDES)
def test_every_sentence_is_in_one_bead_in_order(sides: tuple[list[str], list[str]]) -> None:
    assert_partition(align_sentences(*sides, STUB), *map(len, sides))


@given(SIDES)
def test_swapping_any_sides_swaps_the_beads(sides: tuple[list[str], list[str]]) -> None:
    en, zh = sides
    assume(en != zh)  # of two texts that are one the first stays the first
    there, back = align_sentences(en, zh, STUB), align_sentences(zh, en, STUB)
    if en and zh:
        assert [Bead(bead.zh, bead.en, bead.score, bead.probability) for bead in back] == there
    else:
        assert [(bead.zh, bead.en) for bead in back] == [(bead.en, bead.zh) for bead in there]


def test_a_text_and_itself() -> None:
    text = ["An otter sings.", "It rains.", "", "It rains.", "The bridge falls into the river."]
    found = align_sentences(text, text)
    assert [(bead.en, bead.zh) for bead in found] == [((k,), (k,)) for k in range(5)]


# English, Chinese, the beads as (English sentences, Chinese sentences).
TEXTS = [
    (
        ["We build a small robot.", "It walks on sand.", "It never falls."],
        ["我们制造了一个小型机器人。", "它能在沙地上行走。", "它从不摔倒。"],
        [((0,), (0,)), ((1,), (1,)), ((2,), (2,))],
    ),
    (
        ["The corpus has two parts.", "One part is spoken.", "The other part is written.", "Both parts are free."],
        ["该语料库分为两部分。", "一部分是口语，另一部分是书面语。", "两部分都免费。"],
        [((0,), (0,)), ((1, 2), (1,)), ((3,), (2,))],
    ),
    (
        ["Bees find flowers by smell, and they tell other bees by a dance.", "The dance shows the distance."],
        ["蜜蜂凭气味寻找花朵。", "它们用舞蹈告诉其他蜜蜂。", "舞蹈表明距离。"],
        [((0,), (0, 1)), ((1,), (2,))],
    ),
    (
        ["We measure the temperature of the sea.", "The code is on our web page.", "The sea becomes warmer each year."],
        ["我们测量海水的温度。", "海水逐年变暖。"],
        [((0,), (0,)), ((1,), ()), ((2,), (1,))],
    ),
    (
        ["We measure the temperature of the sea.", "The sea becomes warmer each year."],
        ["我们测量海水的温度。", "作者来自三所大学的语言学系。", "海水逐年变暖。"],
        [((0,), (0,)), ((), (1,)), ((1,), (2,))],
    ),
]


@pytest.mark.parametrize(("en", "zh", "wanted"), TEXTS)
def test_beads(en: list[str], zh: list[str], wanted: list[tuple[tuple[int, ...], tuple[int, ...]]]) -> None:
    assert [(bead.en, bead.zh) for bead in align_sentences(en, zh)] == wanted


@pytest.mark.parametrize(("en", "zh"), [(en, zh) for en, zh, _ in TEXTS])
def test_swapping_the_sides_swaps_the_beads(en: list[str], zh: list[str]) -> None:
    back = align_sentences(zh, en)
    assert [Bead(bead.zh, bead.en, bead.score, bead.probability) for bead in back] == align_sentences(en, zh)


def test_empty_sides() -> None:
    assert align_sentences([], []) == []
    assert align_sentences(["One.", "Two."], []) == [Bead((0,), (), 0.0), Bead((1,), (), 0.0)]
    assert align_sentences([], ["一。"]) == [Bead((), (0,), 0.0)]


ANIMALS = ["dog", "cat", "horse", "whale", "eagle", "spider", "snake", "frog", "bee", "wolf"]
ANIMALS_ZH = ["狗", "猫", "马", "鲸", "鹰", "蜘蛛", "蛇", "青蛙", "蜜蜂", "狼"]
FRAMES = [
    ("In chapter {n} the {a} sleeps all winter.", "第{n}章中，{a}整个冬天都在睡觉。"),
    ("The {a} can be trained with {n} rewards.", "{a}可以用{n}次奖励来训练。"),
    ("We photographed the {a} from a boat.", "我们从船上拍摄了{a}。"),
    ("Nobody knows how old the {a} was.", "没有人知道这只{a}有多大年纪。"),
    ("A camera on the {a} weighs {n} grams.", "{a}身上的相机重{n}克。"),
    ("The map shows where each {a} lives.", "地图标明了每只{a}生活的地方。"),
    ("Our network recognizes the {a} by its voice.", "我们的网络根据声音识别{a}。"),
    ("Food for the {a} became more expensive.", "{a}的食物变得更贵了。"),
]


def plain_text() -> tuple[list[str], list[str]]:
    """Eighty sentences one by one."""
    en, zh = [], []
    for k, (animal, animal_zh) in enumerate(zip(ANIMALS, ANIMALS_ZH, strict=True)):
        for j in range(len(FRAMES)):
            frame, frame_zh = FRAMES[(j + 3 * k) % len(FRAMES)]
            en.append(frame.format(a=animal, n=10 * k + j + 2))
            zh.append(frame_zh.format(a=animal_zh, n=10 * k + j + 2))
    return en, zh


def long_text() -> tuple[list[str], list[str]]:
    """Eighty sentences with one Chinese sentence left out, one added, and one pair drawn together."""
    en, zh = plain_text()
    del zh[20]
    zh.insert(40, "附录中列出了全部资助机构。")
    zh[60:62] = [zh[60].rstrip("。") + "，" + zh[61]]
    return en, zh


def test_a_long_text() -> None:
    en, zh = long_text()
    found = align_sentences(en, zh)
    assert_partition(found, 80, len(zh))
    assert found == align_sentences(en, zh)
    # All but the English sentence left alone, the Chinese one added, and the two pairs that are one.
    others = [(bead.en, bead.zh) for bead in found if bead.type != "1-1"]
    assert others == [((20,), ()), ((), (40,)), ((60, 61), (60,))]
    wrong = [bead for bead in found if bead.type == "1-1" and partner(bead.en[0]) != bead.zh[0]]
    assert wrong == []


def partner(k: int) -> int:
    """Where the Chinese of an English sentence of the long text stands, if it has one of its own."""
    return k - (k > 20) + (k - (k > 20) >= 40) - (k > 61)


def test_a_chapter_of_another_text_is_left_alone() -> None:
    """Three hundred Chinese sentences of something else in the middle."""
    en, zh = plain_text()
    foreign = [f"第{k}号船在{place}装上了{goods}。" for k, (place, goods) in enumerate(CARGO)]
    assert len(foreign) == 300
    found = align_sentences(en, [*zh[:40], *foreign, *zh[40:]])
    assert_partition(found, 80, 380)
    pairs = {(bead.en, bead.zh) for bead in found if bead.en and bead.zh}
    right = {((k,), (k if k < 40 else k + 300,)) for k in range(80)}
    assert len(pairs & right) >= 78
    assert len(pairs - right) <= 2


CARGO = [
    (place, goods)
    for place in ["南港", "北湾", "老城", "盐岛", "灯塔下", "西河口", "石滩", "沙洲", "新码头", "东海岸"]
    for goods in (
        "茶叶 木材 棉布 铁钉 玻璃 陶罐 大米 羊毛 纸张 海盐 绳索 煤炭 香料 皮革 蜂蜜 "
        "帆布 砖块 油漆 铜线 种子 面粉 蜡烛 渔网 酒桶 书籍 家具 钟表 药材 丝绸 乐器"
    ).split()
]


@pytest.mark.parametrize(("n", "m"), [(1, 200), (200, 1), (2, 200)])
def test_one_sentence_and_many(n: int, m: int) -> None:
    en, zh = plain_text()
    found = align_sentences((en * 3)[:n], (zh * 3)[:m])
    assert_partition(found, n, m)
    pairs = [(bead.en, bead.zh) for bead in found if bead.en and bead.zh]
    assert 1 <= len(pairs) <= min(n, m)


SCRIPT = """
from duizhao.align import align_sentences
en = ["We measure the sea.", "It is warm, and the otters like it.", "The bridge (built in 1912) fell.", "Why?"]
zh = ["我们测量海水。", "海水温暖。", "水獭喜欢它。", "那座桥建于1912年，已经倒塌。"]
print(align_sentences(en, zh))
"""


def test_the_same_bytes_in_another_process() -> None:
    """Whatever the order of sets, and however many threads."""
    outputs = {
        subprocess.run(
            [sys.executable, "-W", "error", "-c", SCRIPT],
            env={**os.environ, "PYTHONHASHSEED": seed, "OPENBLAS_NUM_THREADS": threads},
            capture_output=True,
            check=True,
        ).stdout
        for seed, threads in (("1", "1"), ("2", "2"))
    }
    assert len(outputs) == 1
    assert b"Bead(en=(3,), zh=(), score=0.0" in outputs.pop()


GROUPS = [
    ((1, 0), "alone en"),
    ((0, 1), "alone zh"),
    ((1, 1), "1-1"),
    ((2, 1), "2-1"),
    ((1, 2), "1-2"),
    ((2, 2), "n-m"),
    ((6, 1), "n-1"),
    ((1, 4), "1-n"),
    ((3, 2), "n-m"),
]


@pytest.mark.parametrize(("kind", "group"), GROUPS)
def test_groups(kind: tuple[int, int], group: str) -> None:
    assert group_of(TYPES.index(kind)) == group


def test_shares_of_nothing_are_as_usual() -> None:
    assert usual_shares(np.zeros((1, len(TYPES), WIDTH))).tolist() == [0.0] * len(TYPES)


def test_a_type_that_occurs_more_often_counts_for_more() -> None:
    """Fifteen beads, all 1-1, beside the five that the usual shares are worth: 18.5 of 20, where 14 are usual."""
    probabilities = np.zeros((16, len(TYPES), WIDTH))
    probabilities[1:, TYPES.index((1, 1)), 3] = 1.0
    found = usual_shares(probabilities)
    assert found[TYPES.index((1, 1))] == pytest.approx(np.log(18.5 / 14))
    others = [found[kind] for kind in range(len(TYPES)) if TYPES[kind] != (1, 1)]
    assert others == pytest.approx([np.log(5 / 20)] * 27)


def test_every_feature_has_a_weight() -> None:
    assert list(WEIGHTS_LONE) == list(LONE)
    assert list(WEIGHTS_PAIRED) == list(PAIRED)


ANCHORS = [
    ("", []),
    ("使用BERT达到１０.5%", ["10.5", "bert"]),
    ("12,500 rows, 12500", ["12500", "12500", "rows"]),
    ("a I x2", ["x2"]),
]


@pytest.mark.parametrize(("sentence", "anchors"), ANCHORS)
def test_anchors(sentence: str, anchors: list[str]) -> None:
    assert sorted(anchors_of(sentence).elements()) == anchors


def test_gale_and_church_make_the_same_of_a_plain_text() -> None:
    """nltk's aligner knows lengths only; on sentences that come one by one and differ in length it is an oracle."""
    en = ["It rains.", "The otters of the northern coast come ashore at dusk to look for flat stones.", "Why?"]
    zh = ["下雨了。", "北海岸的海獭在黄昏时上岸寻找扁平的石头。", "为什么?"]
    path = align_blocks([len(s) for s in en], [len(s) * 4 for s in zh])
    assert [(bead.en[0], bead.zh[0]) for bead in align_sentences(en, zh)] == path
