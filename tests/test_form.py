import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.align.words import count_zh, words_zh
from duizhao.metrics.doubling import check_doubled, check_doubled_en
from duizhao.metrics.glued import check_glued
from duizhao.metrics.links import check_broken_link, check_links
from duizhao.metrics.quotes import check_quotes
from duizhao.metrics.untranslated import check_source_words, check_untranslated


@pytest.mark.parametrize(
    ("zh", "found"),
    [
        ("面向视觉表表示学习", ["表表"]),
        ("先训练纠正器器，再测试。", ["器器"]),
        ("这是我们的的方法。", ["的的"]),
        ("他完成了了任务。", ["了了"]),
        ("本文提出了模型模型的改进。", ["模型模型"]),
        ("我们我们提出新方法。", ["我们我们"]),
        ("这里有一个the the错误。", ["the the"]),
        ("他喝了茶，，又过了桥、、看水獭", ["，，", "、、"]),
        *((zh, []) for zh in [
            "这对对手有利", "构建自主智能智能体", "传感器器件很小", "常常、往往、仅仅、渐渐", "人人看看",
            "一一对应",
            "层层传递", "种种原因", "点点滴滴", "各种各样", "越来越好", "“很多很多”",
            "哈哈哈哈",
            "研究研究再说", "现在在家", "为了了解它", "目的的确如此", "语料库与英语语料库",
            "实验验证", "部分分割", "浑浑噩噩",
            "形形色色", "2020年年底", "二二得四", "维维·讷斯塔塞", "11与22", "----",
            "茶，，，桥", "数据数据库", "刘老老来了", "。。",
            "可以以此为例", "术后与手术术前",
        ]),
    ],
)  # fmt: skip
def test_doubled(zh, found):
    drafts = list(check_doubled(zh))
    assert [draft.found for draft in drafts] == found
    for draft in drafts:
        assert (draft.rule, draft.severity) == ("F001", "note" if draft.expected in "，、；：" else "warning")
        assert zh[slice(*draft.span_zh)] == draft.found


@pytest.mark.parametrize(
    ("en", "found"),
    [("It is the the one.", ["the the"]), ("He said that that man had had it.", []), ("a-b b-a; x.the the", [])],
)
def test_doubled_english(en, found):
    assert [draft.found for draft in check_doubled_en(en)] == found


@pytest.mark.parametrize(
    ("zh", "found"),
    [
        ("他谈”自由意志”。", ["”自由意志”"]),
        ("他谈“自由意志“。", ["“自由意志“"]),
        ("他谈”自由意志“。", ["”自由意志“"]),
        ("他谈“自由意志。", ["“"]),
        ("他谈自由意志”。", ["”"]),
        ("见图（左。右也是。", ["（"]),
        ("「错了。", ["「"]),
        ("他读《红楼梦。", ["《"]),
        *((zh, []) for zh in [
            "见图（左。\n右）也是。", "他道：“茶好。\n桥也好。”",
            "他谈“自由意志”。", "混用（half)与(full）", "1)读；2）写；a)想", "区间[0,1)与(0, 1]",
            "好的:) 再见;-)", "5\"屏", '他说"好"', "「他说『好』」",
            "（方法（一）与（二））", "“第一段。\n“第二段。”", "“第一段。\n第二段。”",
            "($1 859 600)与($2)", "被截断的（文本…",
            "见https://a.org/b_(c)。",
            "代码`f(`与$[0$", "包括（1）读（2）写", "![图](https://a.org/b)", "（取1, 2, 3）", "",
        ]),
    ],
)  # fmt: skip
def test_quotes(zh, found):
    drafts = list(check_quotes(zh))
    assert [draft.found for draft in drafts] == found
    sure = ("”自由意志”", "“自由意志“")
    assert [(d.rule, d.severity) for d in drafts] == [("F002", "warning" if d in sure else "note") for d in found]
    assert [zh[slice(*draft.span_zh)] for draft in drafts] == found


@pytest.mark.parametrize(
    ("en", "zh", "severities"),
    [
        ("An otter (old) drinks.", "一只水獭（老了喝茶。", ["warning"]),
        ("An otter (old drinks.", "一只水獭（老了喝茶。", ["note"]),
        ("He said “tea.", "他说“茶。", ["note"]),
        ("He said tea.", "他说“茶。", ["warning"]),
        ("He said tea.", "他说“茶”。", []),
    ],
)
def test_a_lone_mark_is_a_warning_where_the_english_has_none(en, zh, severities):
    assert [draft.severity for draft in check_quotes(zh, en)] == severities


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("见https://imagen . example . Org", ["https://imagen.example.org"]),
        ("见https : //a.org/b", ["https://a.org/b"]),
        ("见https：//a.org/b。", ["https://a.org/b"]),
        ("见https://a。org/b。", ["https://a.org/b"]),
        ("见https://a.org/b。", []),
        ("See https://a.org. Then go.", []),
        ("这个https URL", []),
        ("见otter . river . org", ["otter.river.org"]),
        ("见https://a.org／b", ["https://a.org/b"]),
        ("见https//a.org/b", ["https://a.org/b"]),
        ("见http:/a.org/b", ["http://a.org/b"]),
        ("He left . com is short", []),
        ("an otter.org and its tea . The end", []),
    ],
)
def test_broken_link(text, repaired):
    drafts = list(check_broken_link(text))
    assert [draft.expected for draft in drafts] == repaired
    assert [draft.found for draft in drafts] == [text[slice(*draft.span_zh)] for draft in drafts]


@pytest.mark.parametrize(
    ("en", "zh", "confidences"),
    [
        ("Code: https://a.org/b.", "代码已公开。", [0.7]),
        ("Code: https://a.org/b.", "代码见https://a.org/b。", []),
        ("Code: https://a.org/b.", "代码见 a.org/b 。", []),
        ("Code: https://a.org/b.", "", []),
        ("Code: https://a.org/b.", "代码见https://a . org/b。", [0.9]),
        ("Code: https://a.org/bcd.", "代码见https://a.org/b…", [0.8, 0.7]),
        ("See this https URL.", "见链接。", []),
        ("Code: https://a.org/Otter.", "见https://a.org/otter。", [0.75]),
        ("Code: https://A.org/Otter.", "见https://a.org/Otter/。", []),
        ("Code: https://a.org/Otter.", "见https://a.org/Otter和https://a.org/otter。", []),
    ],
)
def test_links(en, zh, confidences):
    drafts = list(check_links(en, zh))
    assert [draft.confidence for draft in drafts] == confidences
    assert all((draft.span_en is None) != (draft.span_zh is None) for draft in drafts)


@pytest.mark.parametrize(
    ("en", "expected"),
    [
        ("an importantgoal", ["important goal"]),
        ("alarge rangeof tasks", ["a large", "range of"]),
        ("nearly 80billion frames", ["80 billion"]),
        ("Weinvestigate this with competitiveperformance", ["We investigate", "competitive performance"]),
        ("locationsand dates", ["locations and"]),
        ("deep layers,and more", ["layers, and"]),
        *((en, []) for en in [
            "dataset datasets benchmarking speedup overfitting downsampling multimodal pretraining hyperparameters",
            "backpropagation autoencoder checkpoints codebook dropout inpainting keypoints superpixels pixelwise",
            "discriminative unsupervised reparameterization finetuning crowdsourcing spatiotemporal neuroimaging",
            "Overleaf OntoNotes Wikipedia Transformer PyTorch scikit-learn x86 3D 10fold 5way 2nd 16bit 10,000",
            "https://thehuman.org/ofstrategies `thehuman` $ofthe$ the_human thehuman@b.org",
        ]),
    ],
)  # fmt: skip
def test_glued(en, expected):
    drafts = list(check_glued(en))
    assert [draft.expected for draft in drafts] == expected
    assert all(en[slice(*draft.span_en)] == draft.found for draft in drafts)


def test_glued_spares_a_word_the_document_repeats():
    assert not list(check_glued("an importantgoal", {"importantgoal": 3}))


@pytest.mark.parametrize(
    ("en", "zh", "confidences"),
    [
        ("We align it.", "We show that the model aligns texts.", [0.9]),
        ("We align it.", "本文表明 the method is able to align the texts of both sides 而且很快。", [0.8]),
        ("We align it.", "本文在 CIFAR-10, ImageNet, COCO, LVIS, VOC 和 SUN RGB-D 上测试。", []),
        ("We align it.", "论文“The shape of things to come in this world of ours”很长。", []),
        ("We align it.", "作者是 J. Wang, A. Li, B. de la Cruz, C. Okafor 和 D. Smith。", []),
        ("We align it.", "见 https://a.org/we-show-that-the-model-is-good-and-we-like-it 。", []),
        ("A Title", "Deep Residual Learning", []),
        ("We align it.", "本文对齐文本。", []),
        ("", "", []),
    ],
)
def test_untranslated(en, zh, confidences):
    assert [draft.confidence for draft in check_untranslated(en, zh)] == confidences


@pytest.mark.parametrize(
    ("en", "zh", "found"),
    [
        ("plays against a frozen Orion victim", "与冻结的Orion victim对弈", ["victim"]),
        ("items appear in clusters", "突发性（item在集群中出现）", ["item"]),
        ("The adversary wins.", "对抗器adversary获胜。", ["adversary"]),
        ("each token of the prompt", "提示中的每个token", []),
        ("the attention of the market (supply)", "市场的关注（attention of supply）", []),
        ("GPT-2 small and the victim", "GPT-2 small模型", []),
        ("a mel-spectrogram of the market", "mel-spectrogram特征", []),
        ("run market.py in the market", "运行market.py和market_size", []),
        ("30 frames", "每秒30 frames", []),
        ("the market", "“market”一词", []),
        ("the market", "市场victim", []),
        ("Market Basket Analysis", "使用Market Basket方法", []),
    ],
)
def test_source_words(en, zh, found):
    drafts = list(check_source_words(en, zh))
    assert [draft.found for draft in drafts] == found
    assert all((draft.rule, draft.severity) == ("C004", "warning") for draft in drafts)
    assert [zh[slice(*draft.span_zh)] for draft in drafts] == found


@pytest.mark.parametrize(("share", "severities"), [(0.05, ["warning"]), (0.2, ["note"]), (0.4, [])])
def test_source_words_follow_the_custom_of_the_field(share, severities):
    drafts = check_source_words("the victim", "冻结的victim", kept=lambda word: share if word == "victim" else 0.0)
    assert [draft.severity for draft in drafts] == severities


def test_words():
    assert words_zh("对 BERT模型") == [(0, 1), (2, 6), (6, 8)]
    assert count_zh("模型") > 0 == count_zh("纠正器")


SIGNS = (
    "“ ” 「 」 ( ) （ ） [ ] 的 的的 表表示 模型 模型模型 victim https://a . org 。 … 1) \n thehuman 80billion ` $ ·"
)
PIECES = st.sampled_from([*SIGNS.split(" "), " ", " of "])
TEXT = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=30).map("".join))


@given(TEXT, TEXT)
def test_every_draft_quotes_its_place(en, zh):
    checks = (check_links, check_untranslated, check_source_words)
    drafts = [draft for check in checks for draft in check(en, zh)]
    drafts += [draft for check in (check_doubled, check_quotes, check_broken_link) for draft in check(zh)]
    drafts += check_glued(en)
    for draft in drafts:
        span, text = (draft.span_en, en) if draft.span_zh is None else (draft.span_zh, zh)
        assert 0 <= span[0] < span[1] <= len(text)
        assert 0 <= draft.confidence <= 1
        assert draft.message.endswith(".")
