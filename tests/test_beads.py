"""Sentence alignment: every sentence in one bead, both directions alike, and the beads a reader would make."""

import hashlib
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.translate.gale_church import align_blocks

from duizhao.align import beads
from duizhao.align.anchors import anchor_similarity, anchors_of
from duizhao.align.beads import Bead, align_sentences
from duizhao.align.encoder import DIM, Encoded, Encoder, Floats


class Stub(Encoder):
    """Vectors from a hash of the text: sentences that begin alike are alike, in no time."""

    def __init__(self) -> None:
        """No weights."""

    def prepare(self, texts: Sequence[str]) -> list[Encoded]:
        zero = np.zeros(DIM, dtype=np.float32)
        return [
            Encoded(np.stack([zero, _vector(text)]).astype(np.float64), zero, zero, np.array([1])) for text in texts
        ]

    def head(self, sums: Floats, lengths: Floats) -> Floats:
        return np.asarray(sums / np.linalg.norm(sums, axis=1, keepdims=True), dtype=np.float32)


def _vector(text: str) -> Floats:
    seed = int(hashlib.sha256(text[:1].encode()).hexdigest()[:8], 16)
    return np.asarray(np.random.default_rng(seed).standard_normal(DIM), dtype=np.float32)


SENTENCES = st.lists(st.text("abcdef 机器", min_size=1, max_size=6), max_size=14)


def assert_partition(found: list[Bead], n: int, m: int) -> None:
    assert [i for bead in found for i in bead.en] == list(range(n))
    assert [j for bead in found for j in bead.zh] == list(range(m))
    assert all(bead.en or bead.zh for bead in found)
    assert all(0 <= bead.score <= 1 for bead in found)
    assert all(bead.score == 0 for bead in found if not (bead.en and bead.zh))


@given(SENTENCES, SENTENCES)
def test_every_sentence_is_in_one_bead_in_order(en: list[str], zh: list[str]) -> None:
    assert_partition(align_sentences(en, zh, Stub()), len(en), len(zh))


@given(SENTENCES, SENTENCES)
def test_the_same_inside_the_band(en: list[str], zh: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(beads, "_FULL", 0)
        patch.setattr(beads, "_BAND", 1)
        assert_partition(align_sentences(en, zh, Stub()), len(en), len(zh))


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
    there = {(bead.en, bead.zh) for bead in align_sentences(en, zh)}
    back = {(bead.zh, bead.en) for bead in align_sentences(zh, en)}
    assert there == back


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


def long_text() -> tuple[list[str], list[str]]:
    """Eighty sentences with one Chinese sentence left out, one added, and one pair drawn together."""
    en, zh = [], []
    for k, (animal, animal_zh) in enumerate(zip(ANIMALS, ANIMALS_ZH, strict=True)):
        for j in range(len(FRAMES)):
            frame, frame_zh = FRAMES[(j + 3 * k) % len(FRAMES)]
            en.append(frame.format(a=animal, n=10 * k + j + 2))
            zh.append(frame_zh.format(a=animal_zh, n=10 * k + j + 2))
    del zh[20]
    zh.insert(40, "附录中列出了全部资助机构。")
    zh[60:62] = [zh[60].rstrip("。") + "，" + zh[61]]
    return en, zh


def test_the_band_gives_the_beads_of_the_full_grid(monkeypatch: pytest.MonkeyPatch) -> None:
    en, zh = long_text()
    assert len(en) == 80
    assert len(en) * len(zh) > beads._FULL
    banded = align_sentences(en, zh)
    monkeypatch.setattr(beads, "_FULL", 10**9)
    assert align_sentences(en, zh) == banded
    assert_partition(banded, 80, len(zh))
    assert sum(bead.type == "1-1" for bead in banded) >= 75


ANCHORS = [
    ("", []),
    ("使用BERT达到１０.5%", ["10.5", "bert"]),
    ("12,500 rows, 12500", ["12500", "12500", "rows"]),
    ("a I x2", ["x2"]),
]


@pytest.mark.parametrize(("sentence", "anchors"), ANCHORS)
def test_anchors(sentence: str, anchors: list[str]) -> None:
    assert sorted(anchors_of(sentence).elements()) == anchors


def test_shared_anchors() -> None:
    similar = anchor_similarity(
        ["We use BERT.", "It has 340 layers.", "Nothing."], ["它有340层。", "我们使用BERT。"]
    ).whole()
    assert similar.round(9).tolist() == [[0.0, 1.0], [1.0, 0.0], [0.0, 0.0]]


def test_gale_and_church_make_the_same_of_a_plain_text() -> None:
    """nltk's aligner knows lengths only; on sentences that come one by one and differ in length it is an oracle."""
    en = ["It rains.", "The otters of the northern coast come ashore at dusk to look for flat stones.", "Why?"]
    zh = ["下雨了。", "北海岸的海獭在黄昏时上岸寻找扁平的石头。", "为什么?"]
    path = align_blocks([len(s) for s in en], [len(s) * 4 for s in zh])
    assert [(bead.en[0], bead.zh[0]) for bead in align_sentences(en, zh)] == path
