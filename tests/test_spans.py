"""Candidates for a rendering, and the span a source term became."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.align.span_candidates import FORM, find_candidates
from duizhao.align.spans import FEATURES, WEIGHTS, SpanLocator, candidate_spans
from duizhao.align.word_links import WordLinks, train_links

CANDIDATES = [
    ("策略蒸馏", ["策略", "策略蒸馏", "蒸馏"]),
    ("模型，数据", ["模型", "数据"]),
    ("我们的模型", ["模型", "我们的模型"]),
    ("最先进的方法", ["先进的方法", "方法"]),
    ("使用BERT模型", ["BERT", "BERT模型", "模型"]),
    ("渡船系统故障", ["渡船", "渡船系统", "渡船系统故障", "系统", "系统故障", "故障"]),
    ("基于水獭的桥", ["基于水獭", "水獭", "基于水獭的桥"]),
    ("S-桥", ["S-桥"]),
    ("的", []),
    ("", []),
    ("，。", []),
    ("猫", []),
    ("12 34", []),
]


@pytest.mark.parametrize(("zh", "wanted"), CANDIDATES)
def test_candidates(zh: str, wanted: list[str]) -> None:
    found = [zh[a:b] for a, b in candidate_spans(zh)]
    assert set(wanted) <= set(found)
    if not wanted:
        assert found == []


def test_one_character_may_render_a_word_but_is_no_candidate_span_of_its_own() -> None:
    assert find_candidates("茶很热").spans[0] == (0, 1)
    assert (0, 1) not in candidate_spans("茶很热")


PIECES = "模型 策略 的 和 BERT ， 。 学习 一个 ( ) 猫 \n 语言 \u3000 7 - 𠮷 é".split(" ")


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_every_candidate_is_a_bounded_run_with_no_stop_inside(zh: str) -> None:
    candidates = find_candidates(zh)
    spans = candidates.spans
    assert len(spans) == len(set(spans)) == len(candidates.form) == len(candidates.first) == len(candidates.spelled)
    assert candidates.form.shape[1] == len(FORM)
    for a, b in spans:
        assert 0 <= a < b <= len(zh)
        assert not set(zh[a:b]) & set("，。()\n")
        assert not zh[a:b].startswith(("的", "和"))
        assert not zh[a:b].endswith(("的", "和"))


# English, the term, Chinese, what it became, right or wrong.
RENDERINGS = [
    ("We study reward shaping for otters.", "reward shaping", "我们研究水獭的奖励塑造。", "奖励塑造"),
    ("The hidden layer is wide.", "hidden layer", "这个隐藏层很宽。", "隐藏层"),
    ("Each neuron fires twice.", "neuron", "每个神经元放电两次。", "神经元"),
    ("The transformer is trained on river data.", "transformer", "变压器在河流数据上经过训练。", "变压器"),
    ("The transformer is trained on river data.", "river data", "变压器在河流数据上经过训练。", "河流数据"),
    ("A stone bridge crosses the river.", "stone bridge", "一座石桥横跨河流。", "石桥"),
    ("Otters drink green tea.", "green tea", "水獭喝绿色的茶。", "绿色的茶"),
    ("We propose a vision-based otter counter.", "otter counter", "我们提出一种基于视觉的水獭计数器。", "水獭计数器"),
    ("We propose a vision-based otter counter.", "vision-based", "我们提出一种基于视觉的水獭计数器。", "基于视觉"),
    ("The ferry uses BERT tokens.", "BERT tokens", "渡船使用BERT代币。", "BERT代币"),
    ("The ferry uses BERT tokens.", "ferry", "渡船使用BERT代币。", "渡船"),
]


@pytest.mark.parametrize(("en", "term", "zh", "became"), RENDERINGS)
def test_locate(en: str, term: str, zh: str, became: str) -> None:
    begin = en.index(term)
    located = SpanLocator(en, zh).locate((begin, begin + len(term)))
    assert zh[slice(*located[0].span)] == became
    assert located[0].confidence > 0.5
    assert all(-1.001 <= hit.similarity <= 1.001 and 0 <= hit.confidence <= 1 for hit in located)


def test_the_best_is_not_merely_the_most_similar_candidate() -> None:
    en, zh = "The transformer is trained on river data.", "变压器在河流数据上经过训练。"
    located = SpanLocator(en, zh).locate((4, 15))
    assert [zh[slice(*hit.span)] for hit in located][:1] == ["变压器"]
    assert located[0].confidence > max(hit.confidence for hit in located[1:] if hit.span[0] > 3)


def test_what_was_not_rendered_has_little_confidence() -> None:
    en = "The ferry, an old otter said, is slow."
    zh = "渡船很慢。"
    begin = en.index("otter")
    assert SpanLocator(en, zh).locate((begin, begin + 5))[0].confidence < 0.5
    assert SpanLocator(en, zh).locate((4, 9))[0].confidence > 0.9


def test_what_is_taken_is_not_given_again() -> None:
    en, zh = "The hidden layer is wide.", "这个隐藏层很宽。"
    locator = SpanLocator(en, zh)
    at = zh.index("隐藏层")
    left = locator.locate((4, 16), [(at, at + 3)])
    assert left
    assert all(hit.span[1] <= at or hit.span[0] >= at + 3 for hit in left)
    assert locator.locate((4, 16), [(0, len(zh))]) == []


def test_links_of_a_corpus_find_a_rendering_no_dictionary_knows() -> None:
    en, zh = "The glimmerfish swam past the bridge.", "咕咚怪游过了桥。"
    corpus = [
        ("A glimmerfish sleeps.", "咕咚怪在睡觉。"),
        ("We fed a glimmerfish.", "我们喂了咕咚怪。"),
        ("The glimmerfish likes tea.", "咕咚怪喜欢茶。"),
        ("No glimmerfish was hurt.", "没有咕咚怪受伤。"),
        ("Tea is hot.", "茶很热。"),
    ]
    span = (4, 15)
    alone = SpanLocator(en, zh).locate(span)[0]
    trained = SpanLocator(en, zh, links=train_links(corpus)).locate(span)[0]
    assert zh[slice(*trained.span)] == "咕咚怪"
    assert trained.confidence > alone.confidence


@pytest.mark.parametrize(
    ("en", "zh"), [("", ""), ("", "茶"), ("Tea", ""), ("...", "。。。"), (" ", "\n"), ("Tea", "，")]
)
def test_nothing_to_find(en: str, zh: str) -> None:
    located = SpanLocator(en, zh).locate((0, len(en)))
    assert [zh[slice(*hit.span)] for hit in located] == (["茶"] if zh == "茶" else [])


def test_a_span_that_holds_no_word_is_no_error() -> None:
    locator = SpanLocator("Tea  bridge", "茶桥很长")
    for span in [(3, 4), (3, 3), (0, 0), (11, 11)]:
        assert all(0 <= hit.confidence <= 1 for hit in locator.locate(span))


@given(st.text(max_size=30), st.text(alphabet="茶桥的水獭，。 aZ7-\n𠮷一个", max_size=30), st.data())
def test_any_text_and_span(en: str, zh: str, data: st.DataObject) -> None:
    begin = data.draw(st.integers(0, len(en)))
    end = data.draw(st.integers(begin, len(en)))
    locator = SpanLocator(en, zh, links=WordLinks())
    located = locator.locate((begin, end))
    assert {hit.span for hit in located} <= set(locator.candidates)
    assert len(located) == len({hit.span for hit in located}) == min(12, len(locator.candidates))
    assert located == SpanLocator(en, zh).locate((begin, end))


def test_every_feature_has_a_weight() -> None:
    assert tuple(WEIGHTS) == FEATURES
