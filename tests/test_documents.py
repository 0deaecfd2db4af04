"""Which Chinese document goes with which English one: by name, by content, and where the two disagree."""

from itertools import pairwise, permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from duizhao.align.assignment import assign
from duizhao.align.document_evidence import AnchorIndex, _order, _spread
from duizhao.align.document_names import name_links
from duizhao.align.documents import NamedText, pair_documents

OTTERS = (
    "The otters sleep on the river bank. Each otter keeps a flat stone under its arm. "
    "At dusk they open mussels with it. "
    "The young ones lose their stones in the current. Nobody has seen an otter lend a stone. "
    "In winter they slide down the snow for fun."
)
OTTERS_ZH = (
    "水獭睡在河岸上。每只水獭都在腋下夹着一块扁石头。黄昏时它们用石头敲开贻贝。"
    "幼獭常在急流中丢失石头。没有人见过水獭把石头借给别人。冬天它们从雪坡上滑下来取乐。"
)
TEA = (
    "Pour the first tea away. Water for green tea must not boil. The pot is warmed before the leaves go in. "
    "My grandmother drank nine cups a day. A cracked lid spoils the taste. The best leaves are picked before the rain."
)
TEA_ZH = (
    "第一泡茶要倒掉。泡绿茶的水不能烧开。放茶叶之前要先温壶。"
    "我奶奶每天喝九杯。壶盖裂了味道就坏了。最好的茶叶是在雨前采摘的。"
)
BRIDGES = (
    "The old bridge has seven arches. It was built without a single nail. Lorries may not cross it. "
    "The engineer counted every stone twice. In the flood the water reached the railing. "
    "The new bridge is longer but nobody paints it."
)
BRIDGES_ZH = (
    "这座古桥有七个拱。建造时没有用一颗钉子。卡车不得通过。"
    "工程师把每块石头数了两遍。洪水时水位到了栏杆。新桥更长，但没有人画它。"
)


def en(path: str, text: str) -> NamedText:
    return NamedText(path, [part.strip(". ") + "." for part in text.split(". ")])


def zh(path: str, text: str) -> NamedText:
    return NamedText(path, [part + "。" for part in text.strip("。").split("。")])


NAMES = [
    (["book.zh.txt"], ["book.en.txt"], {(0, 0): "name"}),
    (["zh/x.txt", "zh/y.txt"], ["en/y.txt", "en/x.txt"], {(0, 1): "name", (1, 0): "name"}),
    (["a/zh/x.txt", "b/zh/x.txt"], ["a/en/x.txt", "b/en/x.txt"], {(0, 0): "name", (1, 1): "name"}),
    (["河.txt"], ["河 (English).md"], {(0, 0): "name"}),
    (["TEA_zh-CN.html"], ["tea-en_US.txt"], {(0, 0): "name"}),
    (["水獭-译文.txt"], ["水獭-原文.txt"], {(0, 0): "name"}),
    (["01_中文.txt", "02_中文.txt"], ["chapter two.txt", "chapter one.txt"], {(0, 1): "number", (1, 0): "number"}),
    (["第十二章.txt"], ["12. The Bridge.txt"], {(0, 0): "number"}),
    (["第二十三回.txt", "第一百零五回.txt"], ["ch105.txt", "ch 023.txt"], {(0, 1): "number", (1, 0): "number"}),
    (["zh.txt"], ["en.txt"], {}),  # nothing is left to compare
    (["a.zh.txt", "a.zh.md"], ["a.en.txt"], {}),  # two fit
    (["henna.txt"], ["hna.txt"], {}),  # "en" inside a word is no mark
    (["tea.txt"], ["otter.txt"], {}),
    ([], ["tea.txt"], {}),
]


@pytest.mark.parametrize(("chinese", "english", "links"), NAMES)
def test_names(chinese: list[str], english: list[str], links: dict[tuple[int, int], str]) -> None:
    assert name_links(chinese, english) == links


@given(st.lists(st.text("en中文zh._-/ 1一第章", max_size=12), max_size=4), st.lists(st.text(max_size=12), max_size=4))
def test_any_names_give_one_to_one_links(chinese: list[str], english: list[str]) -> None:
    links = name_links(chinese, english)
    assert len({a for a, _ in links}) == len(links) == len({b for _, b in links})


def test_by_content() -> None:
    chinese = [zh("甲.txt", OTTERS_ZH), zh("乙.txt", TEA_ZH), zh("丙.txt", BRIDGES_ZH)]
    english = [en("x.txt", BRIDGES), en("y.txt", OTTERS), en("z.txt", TEA)]
    found = pair_documents(chinese, english)
    assert [(pair.zh, pair.en) for pair in found.pairs] == [(0, 1), (1, 2), (2, 0)]
    assert all(pair.score == pair.content > 0.9 for pair in found.pairs)
    assert [pair.reason for pair in found.pairs] == [
        f"by content {pair.content:.2f}".replace("0.", ".") for pair in found.pairs
    ]
    assert (found.alone_zh, found.alone_en, found.notes) == ((), (), ())


def test_one_of_each_and_no_translation() -> None:
    assert pair_documents([zh("甲.txt", OTTERS_ZH)], [en("x.txt", BRIDGES)]).pairs == ()
    [pair] = pair_documents([zh("甲.txt", OTTERS_ZH)], [en("x.txt", OTTERS)]).pairs
    assert pair.score > 0.9


def test_who_has_no_partner_is_named() -> None:
    found = pair_documents([zh("甲.txt", OTTERS_ZH), zh("乙.txt", TEA_ZH)], [en("x.txt", BRIDGES), en("y.txt", TEA)])
    assert [(pair.zh, pair.en) for pair in found.pairs] == [(1, 1)]
    assert (found.alone_zh, found.alone_en) == ((0,), (0,))


def test_names_that_agree_with_the_content() -> None:
    found = pair_documents(
        [zh("o.zh.txt", OTTERS_ZH), zh("2.zh.txt", TEA_ZH)], [en("two.txt", TEA), en("o.en.txt", OTTERS)]
    )
    assert [(pair.zh, pair.en, pair.reason.split(",")[0], pair.note) for pair in found.pairs] == [
        (0, 1, "by name", ""),
        (1, 0, "by number", ""),
    ]


def test_a_wrong_name_loses_against_the_content() -> None:
    found = pair_documents(
        [zh("a.zh.txt", OTTERS_ZH), zh("b.zh.txt", TEA_ZH)], [en("a.en.txt", TEA), en("b.en.txt", OTTERS)]
    )
    assert [(pair.zh, pair.en, pair.reason.split()[1]) for pair in found.pairs] == [
        (0, 1, "content"),
        (1, 0, "content"),
    ]
    assert [note.partition(" (")[0] for note in found.notes] == [
        "a.zh.txt and a.en.txt: one name, but the content says otherwise",
        "b.zh.txt and b.en.txt: one name, but the content says otherwise",
    ]


def test_a_name_carries_what_the_content_leaves_open() -> None:
    chinese, english = NamedText("t.zh.txt", ["第一泡茶要倒掉。"]), NamedText("t.en.txt", ["Pour the first tea away."])
    [pair] = pair_documents([chinese], [english]).pairs
    assert pair.reason.startswith("by name")
    assert pair.score > pair.content


def test_documents_without_sentences_stay_alone() -> None:
    found = pair_documents([NamedText("a.zh", []), zh("b", TEA_ZH)], [NamedText("a.en", []), en("c", TEA)])
    assert [(pair.zh, pair.en) for pair in found.pairs] == [(1, 1)]
    assert (found.alone_zh, found.alone_en) == ((0,), (0,))
    assert pair_documents([NamedText("a", [])], [NamedText("b", [""])]).pairs == ()
    assert pair_documents([], []).pairs == ()


def test_a_sample_has_the_opening_and_runs_from_all_parts() -> None:
    sentences = [f"Sentence number {k} of the river." for k in range(1000)]
    chosen = _spread(sentences, 60)
    assert chosen[:10] == list(range(10))
    assert len(chosen) == 60
    assert chosen[-1] > 930
    assert max(b - a for a, b in pairwise(chosen)) < 150
    assert _spread(["Yes.", *sentences[:20]], 60) == list(range(1, 21))  # too short to tell
    assert _spread(["Yes.", "No."], 60) == [0, 1]


ORDERS = [
    ([0.1, 0.2, 0.3, 0.4, 0.5], [0.1, 0.2, 0.3, 0.4, 0.5], 2.0),
    ([0.1, 0.2, 0.3, 0.4, 0.5], [0.5, 0.4, 0.3, 0.2, 0.1], -2.0),
    ([0.1, 0.2, 0.3, 0.4, 0.5, 0.6], [0.4, 0.5, 0.6, 0.1, 0.2, 0.3], 2.0),  # two halves changed about
    ([0.1, 0.2], [0.1, 0.2], 0.0),
]


@pytest.mark.parametrize(("one", "other", "wanted"), ORDERS)
def test_order(one: list[float], other: list[float], wanted: float) -> None:
    assert _order(np.array(one), np.array(other)) == pytest.approx(wanted)


def test_anchors_of_documents() -> None:
    index = AnchorIndex([["北桥 1907 年建成", "用 BERT"], ["没有"]], [["Built in 1907 with BERT"], ["In 1907"], ["No"]])
    assert index.cosine(0, 0) == pytest.approx(1.0)
    assert 0 < index.cosine(0, 1) < 0.8
    assert index.cosine(1, 0) == index.cosine(0, 2) == 0.0


GRIDS = st.tuples(st.integers(0, 5), st.integers(0, 5)).flatmap(
    lambda shape: arrays.arrays(np.float64, shape, elements=st.integers(-3, 6).map(float))
)


@given(GRIDS)
def test_the_assignment_is_the_best_of_all(worth: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> None:
    pairs = assign(worth)
    assert pairs == sorted(pairs)
    assert len({a for a, _ in pairs}) == len(pairs) == len({b for _, b in pairs})
    assert all(worth[pair] > 0 for pair in pairs)
    size = max(worth.shape)
    square = np.zeros((size, size))
    square[: worth.shape[0], : worth.shape[1]] = np.maximum(worth, 0)
    best = max(sum(square[a, b] for a, b in enumerate(order)) for order in permutations(range(size)))
    assert sum(worth[pair] for pair in pairs) == best
