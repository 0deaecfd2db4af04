"""Figures that weights and thresholds were fitted to: where one moves, what was fitted must be fitted again.

Filters were set by the signals of pairs, the aligner and the locator learned from their features, triage from links and
ratios. The encoder's figures differ a little between processors, so they are held to two digits.
"""

from math import log

import pyarrow as pa
import pytest

from duizhao.align import align_sentences, load_encoder
from duizhao.align.spans import SpanLocator
from duizhao.corpora import Pair
from duizhao.metrics.adequacy_signals import encode_texts, pair_signals
from duizhao.metrics.filter_meaning import meaning, meaning_features
from duizhao.metrics.filter_signals import signals
from duizhao.metrics.pair_adequacy import pair_adequacy

EN = "The otters carried their stones across the river, and the bridge was still wet when the tea house opened."
ZH = "水獭们带着石头渡过了河，茶馆开门的时候，那座桥还是湿的。"


def figures(table: str) -> dict[str, float]:
    """A table of names and figures, written as a line."""
    words = table.split()
    return dict(zip(words[::2], map(float, words[1::2]), strict=True))


# What is odd about a pair, its texts, and all signals that are not 0.
SIGNALS = [
    ("sound", EN, ZH,
     "length_en 105 length_zh 28 letters_en 85 longest_en 7 ratio 3.91 han_zh 1 latin_en 1 foreign_en "
     "-0.32 words_en 4.57 caps_en 0.01"),
    ("short", "OK", "好的",
     "length_en 2 length_zh 2 letters_en 2 longest_en 2 unknown_en 1 ratio 2.33 han_zh 1 latin_en 1 "
     "words_en 4.4 caps_en 1"),
    ("twice", f"{EN} {EN}", "水獭。 水獭。 水獭。 水獭。 ",
     "length_en 211 length_zh 15 letters_en 170 longest_en 7 copies_zh 4 ratio 16.89 han_zh 1 latin_en 1 "
     "foreign_en -0.36 repetition_en 0.4 repetition_zh 0.2 words_en 4.52 caps_en 0.01"),
    ("address", "See https://otter.example/river, 3.5 km & 12 otters.", "见https://otter.example/river，3.5公里和21只水獭。",
     "length_en 52 length_zh 41 letters_en 33 longest_en 7 unknown_en 7 ratio 3.02 han_zh 0.56 latin_en 1 "
     "numbers 1 urls_en 0.4 urls_zh 0.36 words_en 4.07 caps_en 0.03"),
    ("markup", "<b>Otter</b> {{river}} $x^2$ \\emph{tea}", "<b>水獭</b>",
     "length_en 39 length_zh 9 letters_en 20 longest_en 5 unknown_en 7 tags_en 2 tags_zh 2 ratio 6.3 "
     "han_zh 0.8 latin_en 1 numbers 0.4 markup_en 0.38 words_en 3.42 caps_en 0.05"),
    ("mojibake", "Ã¤Ã¶ otter â€™s tea", "æ°´ç\x8d\xad å\x96\x9dè\x8c¶",
     "length_en 19 length_zh 13 letters_en 12 longest_en 5 unknown_en 6 controls_zh 4 hidden_zh 1 ratio "
     "4.08 latin_en 1 foreign_en 0.04 words_en 3.2 mojibake_en 0.37 mojibake_zh 0.92"),
    ("French", "Les loutres ont porté leurs pierres à travers la rivière.", ZH,
     "length_en 57 length_zh 28 letters_en 47 longest_en 7 unknown_en 10 ratio 2.31 han_zh 1 latin_en 1 "
     "foreign_en 0.22 words_en 4.79 caps_en 0.02"),
    ("over and over", "the otter the otter the otter the otter river", "水獭水獭水獭水獭河",
     "length_en 45 length_zh 9 letters_en 37 longest_en 5 copies_en 4 copies_zh 4 ratio 4.38 han_zh 1 "
     "latin_en 1 foreign_en -0.27 repetition_en 0.31 repetition_zh 0.18 words_en 4.38"),
    ("boilerplate", "All rights reserved. Click here to log in.", "版权所有。点击这里登录。",
     "length_en 42 length_zh 12 letters_en 33 longest_en 8 ratio 3.7 han_zh 1 latin_en 1 foreign_en -0.14 "
     "boilerplate 1 words_en 4.42 caps_en 0.06"),
    ("numbers", "In 2019 nine otters, 40% more, drank 1.2 million cups of the",
     "2019年九只水獭,多50%,喝了120万杯，在一九九八年",
     "length_en 60 length_zh 29 letters_en 37 longest_en 7 ratio 3.01 han_zh 1 latin_en 1 foreign_en -0.16 "
     "numbers 1 ending 1 words_en 3.82 caps_en 0.03"),
    ("the same", EN[:40], EN[:40],
     "length_en 40 length_zh 40 letters_en 34 longest_en 7 english_zh 2 ratio 3.66 latin_en 1 foreign_en "
     "-0.15 identical 1 words_en 4.91 caps_en 0.03"),
    ("shouting", "OTTERS ... DRINK ... TEA!!! @river\u200b\u202e www.otter.example",
     "水獭！！！ the river of otters and stones 喝茶\u200b www.otter.example",
     "length_en 54 length_zh 58 letters_en 34 longest_en 7 unknown_en 7 english_zh 3 hidden_en 2 hidden_zh "
     "1 ratio 3.03 han_zh 0.29 latin_en 1 urls_en 0.34 urls_zh 0.23 words_en 4.91 caps_en 0.41"),
    ("rare", "An otter of the", "㐀㐁㐂䶵水獭的",
     "length_en 15 length_zh 7 letters_en 12 longest_en 5 ratio 2.45 han_zh 1 latin_en 1 foreign_en -0.2 "
     "ending 1 words_en 4 caps_en 0.08 rare_zh 0.31"),
]  # fmt: skip


@pytest.mark.parametrize(("odd", "en", "zh", "wanted"), SIGNALS, ids=[row[0] for row in SIGNALS])
def test_signals_of_filters(odd: str, en: str, zh: str, wanted: str) -> None:
    [row] = signals(pa.table({"en": [en], "zh": [zh]})).to_pylist()
    assert row.pop("alignment") is None
    assert {name: value for name, value in row.items() if value} == pytest.approx(figures(wanted), abs=0.006)


def test_signals_of_a_pair_are_its_own_whatever_stands_around_it() -> None:
    texts = [(en, zh) for _, en, zh, _ in SIGNALS] + [("", ""), ("Tea.", "茶。")]
    table = pa.table({"en": [en for en, _ in texts], "zh": [zh for _, zh in texts]})
    together = signals(table).to_pylist()
    assert together == [row for k in range(len(texts)) for row in signals(table.slice(k, 1)).to_pylist()]
    assert together[::-1] == signals(table.take(list(range(len(texts)))[::-1])).to_pylist()


TEXT_EN = [
    "Otters live along the river.",
    "They eat fish, crabs and, in the winter, whatever they can find.",
    "We counted 214 otters in 2019.",
    "We counted them again in 2023, and there were 310.",
    "Nobody paid for this.",
    "A longer report, which describes every bridge between the two towns and the people who built them, will follow.",
    "(See https://example.org/otters for the data.)",
    "Otters sleep.",
]
TEXT_ZH = [
    "水獭生活在河边。",
    "它们吃鱼和螃蟹。",
    "到了冬天，找到什么就吃什么。",
    "2019年我们数到214只水獭，2023年再数时有310只。",
    "更长的报告将随后发表，其中描述了两镇之间的每一座桥以及建桥的人。",
    "（数据见https://example.org/otters。）",
    "水獭睡觉。",
    "茶壶是另一回事。",
]
BEADS = [
    ((0,), (0,), 0.58, 1.0),
    ((1,), (1, 2), 0.76, 1.0),
    ((2, 3), (3,), 0.74, 0.95),
    ((4,), (), 0.0, 0.73),
    ((5,), (4,), 0.84, 0.78),
    ((6,), (5,), 0.64, 1.0),
    ((7,), (6,), 0.64, 1.0),
    ((), (7,), 0.0, 1.0),
]


def test_scores_and_probabilities_of_beads() -> None:
    beads = align_sentences(TEXT_EN, TEXT_ZH)
    assert [(bead.en, bead.zh) for bead in beads] == [(en, zh) for en, zh, _, _ in BEADS]
    assert [bead.score for bead in beads] == pytest.approx([score for _, _, score, _ in BEADS], abs=0.02)
    assert [bead.probability for bead in beads] == pytest.approx([sure for _, _, _, sure in BEADS], abs=0.02)


# Sentences in twos and threes, with quotations, brackets and figures inside; one of them says more than its English.
TEA_EN = [
    "Is it cold?",
    "“No!” said the otter, laughing.",
    "The tea house (built in 1920; see Fig. 3) stands on a hill above the river.",
    "It has two floors, three doors, and a garden.",
    "Visitors come from far away.",
    "They drink tea; they write letters; they leave.",
    "A bell rings at six.",
    "The owner, Mr. Lin, closes the shutters at 18:30 and counts the cups: 48 of them.",
    "One was missing on Monday.",
    "It was found under the bridge.",
    "Rain.",
    "The next morning it rained and the river rose by 1.2 m, which nobody had expected, although the radio had warned.",
    "We thank the ferry company.",
]
TEA_ZH = [
    "冷吗？“不！”水獭笑着说。",
    "茶馆（建于1920年；见图3）坐落在河边的山上。",
    "它有两层楼。",
    "它有三扇门。",
    "还有一个花园。",
    "客人从远方来，喝茶、写信，然后离开。",
    "六点钟铃响。店主林先生在18:30关上百叶窗，数杯子：一共48个。",
    "星期一少了一个，后来在桥下找到了。",
    "第二天早上下雨了。",
    "河水上涨了1.2米。",
    "没有人料到这一点，尽管广播已经警告过。",
    "灯笼的历史很长。",
    "感谢渡船公司。",
]
TEA_BEADS = [
    ((0, 1), (0,), 0.78, 1.0),
    ((2,), (1,), 0.77, 1.0),
    ((3,), (2, 3, 4), 0.71, 0.99),
    ((4, 5), (5,), 0.69, 1.0),
    ((6, 7), (6,), 0.67, 1.0),
    ((8, 9), (7,), 0.66, 1.0),
    ((10,), (8,), 0.51, 0.99),
    ((11,), (9, 10), 0.62, 0.73),
    ((), (11,), 0.0, 0.73),
    ((12,), (12,), 0.67, 0.99),
]


def test_scores_and_probabilities_of_beads_of_several_sentences() -> None:
    beads = align_sentences(TEA_EN, TEA_ZH)
    assert [(bead.en, bead.zh) for bead in beads] == [(en, zh) for en, zh, _, _ in TEA_BEADS]
    assert [bead.score for bead in beads] == pytest.approx([score for _, _, score, _ in TEA_BEADS], abs=0.02)
    assert [bead.probability for bead in beads] == pytest.approx([sure for _, _, _, sure in TEA_BEADS], abs=0.02)


# English, a term, Chinese: what it may have become, with likeness and confidence.
LOCATED = [
    ("We study reward shaping for otters.", "reward shaping", "我们研究水獭的奖励塑造。",
     [("奖励塑造", 0.76, 1.0), ("水獭的奖励塑造", 0.63, 0.99), ("奖励", 0.67, 0.98), ("水獭的奖励", 0.59, 0.1)]),
    ("The ferry, an old otter said, is slow.", "otter", "渡船很慢。",
     [("渡船", 0.27, 0.07), ("很慢", 0.17, 0.06), ("很", 0.23, 0.02), ("慢", 0.2, 0.02)]),
    ("The otter drinks tea near an old stone bridge.", "stone bridge", "水獭在旧石桥旁喝茶。",
     [("石桥", 0.85, 0.99), ("石桥旁", 0.82, 0.98), ("旧石桥", 0.72, 0.97), ("旧石桥旁", 0.71, 0.96)]),
    ("Each ferry has two engines.", "ferry", "每艘渡船有两台发动机。",
     [("渡船", 0.71, 0.99), ("艘渡船", 0.67, 0.98), ("渡船有", 0.73, 0.97), ("每艘渡船", 0.65, 0.96)]),
    ("The ferry uses BERT tokens.", "BERT tokens", "渡船使用BERT代币。",
     [("BERT代币", 0.38, 0.98), ("使用BERT代币", 0.37, 0.95), ("代币", 0.4, 0.05), ("BERT", 0.29, 0.93)]),
]  # fmt: skip


@pytest.mark.parametrize(("en", "term", "zh", "wanted"), LOCATED)
def test_places_of_terms(en: str, term: str, zh: str, wanted: list[tuple[str, float, float]]) -> None:
    begin = en.index(term)
    found = SpanLocator(en, zh).locate((begin, begin + len(term)))[: len(wanted)]
    assert [zh[slice(*one.span)] for one in found] == [text for text, _, _ in wanted]
    assert [one.similarity for one in found] == pytest.approx([alike for _, alike, _ in wanted], abs=0.02)
    assert [one.confidence for one in found] == pytest.approx([sure for _, _, sure in wanted], abs=0.02)


# English, Chinese, and how surely each token is linked.
LINKED = [
    ("We study reward shaping for otters.", "我们研究水獭的奖励塑造。",
     "We 0.91 study 1 reward 1 shaping 0.98 for 0.39 otters 0.84 . 0.99",
     "我们 0.91 研究 1 水獭 0.84 的 0.37 奖励 1 塑造 0.98 。 0.99"),
    ("The otter drinks tea near an old stone bridge.", "水獭在旧石桥旁喝茶。",
     "The 0.28 otter 0.96 drinks 0.75 tea 0.93 near 0.68 an 0.77 old 0.99 stone 0.66 bridge 0.83 . 0.99",
     "水獭 0.96 在 0.44 旧 0.99 石桥 0.86 旁 0.85 喝茶 0.94 。 0.99"),
    ("Each ferry has two engines.", "每艘渡船有两台发动机。",
     "Each 1 ferry 0.99 has 0.39 two 0.96 engines 1 . 0.99",
     "每 1 艘 0.7 渡船 0.99 有 0.64 两台 0.96 发动机 1 。 0.99"),
    ("The ferry uses BERT tokens.", "渡船使用BERT代币。",
     "The 0.25 ferry 0.99 uses 0.86 BERT 1 tokens 1 . 0.99",
     "渡船 0.99 使用 0.86 BERT 1 代币 1 。 0.99"),
]  # fmt: skip


@pytest.mark.parametrize(("en", "zh", "of_en", "of_zh"), LINKED)
def test_links_of_words(en: str, zh: str, of_en: str, of_zh: str) -> None:
    locator = SpanLocator(en, zh)
    assert {en[slice(*span)]: sure for span, sure in locator.linked_en()} == pytest.approx(figures(of_en), abs=0.02)
    assert {zh[slice(*span)]: sure for span, sure in locator.linked_zh()} == pytest.approx(figures(of_zh), abs=0.02)


# Pairs of which the Chinese is sound, has less, says something else, and more; what triage sees of each side.
PAIRS = [
    ("Otters drink tea. They sleep in the river.", "水獭喝茶。它们睡在河里。",
     11 / 9, 8, (0.73, 0.11, 0.6, (0, 16)), (0.82, 0.0, 0.6, None)),
    ("We counted 214 otters, and nobody paid for it.", "我们数到214只水獭。",
     9 / 10, 9, (0.6, 0.59, 0.6, (22, 45)), (0.71, 0.21, 0.6, (0, 10))),
    ("The bridge is old.", "茶馆在山上，菜单很长，价格不贵。",
     14 / 5, 4, (0.8, 0.4, 0.6, (0, 17)), (0.29, 0.89, 0.6, (6, 10))),
    ("Tea.", "水獭在河里游泳，喝茶。",
     10 / 2, 1, (0.8, 0.33, 0.6, (0, 3)), (0.18, 1.14, 0.6, (0, 7))),
    ("Otters drink tea in the evening. The old bridge over the river was built by monks.",
     "水獭晚上喝茶。我们的模型在两个数据集上训练。",
     21 / 17, 16, (0.63, 0.66, 0.16, (32, 81)), (0.69, 0.46, 0.04, (7, 21))),
]  # fmt: skip


def test_signals_of_triage() -> None:
    encoder = load_encoder()
    en, zh = (
        encode_texts([pair[0] for pair in PAIRS], "en", encoder),
        encode_texts([pair[1] for pair in PAIRS], "zh", encoder),
    )
    for k, (_, _, ratio, words, of_en, of_zh) in enumerate(PAIRS):
        found = pair_signals(en, zh, k)
        assert (found.words, round(found.ratio, 4)) == (words, round(log(ratio), 4))
        for side, (linked, worst, lowest, clause) in ((found.en, of_en), (found.zh, of_zh)):
            assert (side.linked, side.worst, side.lowest) == pytest.approx((linked, worst, lowest), abs=0.02)
            assert side.clause == clause


def test_completeness_of_pairs() -> None:
    """Each beside the others: 1 is usual, from 0.5 down a pair stands out."""
    texts = [
        ("Otters drink tea.", "水獭喝茶。"),
        ("The bridge over the river is old, and nobody counts the otters below it.", "河上的桥很旧。"),
        ("It rains.", "下雨了，水獭在桥下数石头，茶馆老板在山上写菜单。"),
        ("We counted 214 otters.", "茶馆开门了。"),
        ("", "茶"),
        ("The lantern is red.", "灯笼是红的。"),
    ]
    pairs = [
        Pair(f"a#{k}", "a", "d", "abstract", (en,), (zh,), ((0, len(en)),), ((0, len(zh)),), "1-1", 0.7)
        for k, (en, zh) in enumerate(texts)
    ]
    assert pair_adequacy(pairs) == [0.7953, 0.1932, 0.0, 0.8374, None, 0.9358]
    assert pair_adequacy(pairs[:1]) == [0.6826]


# Pairs, what the filter of meaning sees of each (in the order of its FEATURES), and how sure it is.
MEANING = [
    ("The otters carried their stones across the river, and the bridge was still wet.",
     "水獭们带着石头渡过了河，那座桥还是湿的。", 1.0,
     [0.73, 0.71, 0.7, 4.96, 0.88, 0.57, 0.27, 0.09, 0, 0, 0, 0, -0.16, -0.15, 0.25, 0.25, 0.55, 0.55, 0.11, 0.2]),
    ("Otters drink tea.", "茶馆开门了。", 0.96,
     [0.45, 0.45, 0.45, 3.61, 0, 0, -0.05, 0.23, 0, 0, 0, 0.16, 0, 0, 0, 0, 0.45, 0.45, 0, 0]),
    ("The bridge is old. Nobody counts the otters below it.", "河上的桥很旧。", 0.48,
     [0.45, 0.29, 0.76, 4.34, 0.33, 0.33, 0.92, 0.74, 0, 0, 0, 0.72, -0.27, 0, 0.74, 0, 0.02, 0.76, -0.27, 0.3]),
    ("We counted 214 otters.", "我们数到214只水獭。", 0.99,
     [0.74, 0.74, 0.74, 3.93, 1, 0.44, -0.2, 0.38, 0.69, 0, 0, -0.34, 0, 0, 0, 0, 0.74, 0.74, 0, 0.38]),
]  # fmt: skip


def test_features_of_the_filter_of_meaning() -> None:
    en, zh = [row[0] for row in MEANING], [row[1] for row in MEANING]
    assert meaning(en, zh).tolist() == pytest.approx([row[2] for row in MEANING], abs=0.03)
    for found, (_, _, _, wanted) in zip(meaning_features(en, zh).tolist(), MEANING, strict=True):
        assert found == pytest.approx(wanted, abs=0.02)
