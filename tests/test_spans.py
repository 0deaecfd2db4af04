"""Candidates for a rendering, and the span a source term became."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.align.spans import SpanLocator, candidate_spans

CANDIDATES = [
    ("策略蒸馏", ["策略", "策略蒸馏", "蒸馏"]),
    ("模型，数据", ["模型", "数据"]),
    ("我们的模型", ["模型"]),
    ("最先进的方法", ["先进的方法", "方法"]),
    ("使用BERT模型", ["BERT", "BERT模型", "模型"]),
    ("的", []),
    ("", []),
    ("，。", []),
    ("猫", []),
]


@pytest.mark.parametrize(("zh", "wanted"), CANDIDATES)
def test_candidates(zh: str, wanted: list[str]) -> None:
    found = [zh[a:b] for a, b in candidate_spans(zh)]
    assert set(wanted) <= set(found)
    if len(wanted) < 2:
        assert found == wanted


@given(
    st.lists(st.sampled_from("模型 策略 的 和 BERT ， 。 学习 一个 ( ) 猫 \n 语言".split(" ")), max_size=12).map(
        "".join
    )
)
def test_every_candidate_is_a_bounded_run_with_no_stop_inside(zh: str) -> None:
    spans = candidate_spans(zh)
    assert len(spans) == len(set(spans))
    for a, b in spans:
        assert 0 <= a < b <= len(zh)
        assert 2 <= b - a <= 12
        assert not set(zh[a:b]) & set("，。()")
        assert not zh[a:b].startswith(("的", "和", "一个"))


# English, the term, Chinese, what it became.
RENDERINGS = [
    ("We study reward shaping for robots.", "reward shaping", "我们研究机器人的奖励塑造。", "奖励塑造"),
    ("The hidden layer is wide.", "hidden layer", "这个隐藏层很宽。", "隐藏层"),
    ("Each neuron fires twice.", "neuron", "每个神经元放电两次。", "神经元"),
    ("The transformer is trained.", "transformer", "变压器经过训练。", "变压器"),
]


@pytest.mark.parametrize(("en", "term", "zh", "became"), RENDERINGS)
def test_locate(en: str, term: str, zh: str, became: str) -> None:
    begin = en.index(term)
    located = SpanLocator(en, zh).locate((begin, begin + len(term)))
    assert became in [zh[slice(*hit.span)] for hit in located[:3]]
    assert [hit.similarity for hit in located] == sorted((hit.similarity for hit in located), reverse=True)
    assert all(-1.001 <= hit.similarity <= 1.001 for hit in located)


def test_what_is_taken_is_not_given_again() -> None:
    en, zh = "The hidden layer is wide.", "这个隐藏层很宽。"
    locator = SpanLocator(en, zh)
    at = zh.index("隐藏层")
    left = locator.locate((4, 16), [(at, at + 3)])
    assert left == [hit for hit in locator.locate((4, 16)) if hit.span[1] <= at or hit.span[0] >= at + 3]
    assert locator.locate((4, 16), [(0, len(zh))]) == []
