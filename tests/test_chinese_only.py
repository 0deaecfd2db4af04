"""Forbidden renderings in Chinese that no English answers."""

import pytest

from duizhao.corpora import Forbidden, Term
from duizhao.corpora.knowledge import EMPTY
from duizhao.metrics.chinese_only import ChineseOnly, telling

GOOD = ["损失函数", "神经网络", "梯度下降", "卷积层", "注意力", "词嵌入", "语言模型", "强化学习", "迁移学习", "过拟合"]
TERMS = [
    *(Term(f"good {k}", zh) for k, zh in enumerate(GOOD)),
    Term("LLM", "大语言模型", (), (Forbidden("法律硕士", "a degree", False),)),
    Term("token", "词元", ("令牌",), (Forbidden("代币", "a coin", True),)),
    Term(
        "Gopher",
        "Gopher",
        (),
        (Forbidden("地鼠", "the animal", True), Forbidden("大地鼠", "the animal", False)),
        "names",
    ),
]
CHECK = ChineseOnly(TERMS, EMPTY)
OF_FIELD = "、".join(GOOD) + "。"

# Chinese, the findings as (rule, severity, found).
CASES = [
    ("", []),
    ("我们训练法律硕士。", [("T002", "warning", "法律硕士")]),
    (OF_FIELD + "我们训练法律硕士。", [("T002", "error", "法律硕士")]),
    ("我们训练法律 硕士。", [("T002", "warning", "法律 硕士")]),
    ("代币的价格上涨。", []),
    (OF_FIELD + "每个代币。", [("T002", "note", "代币")]),
    (OF_FIELD + "每个代币。", [("T002", "note", "代币")]),
    (OF_FIELD + "词元是代币。", [("T002", "warning", "代币"), ("T003", "warning", "代币")]),
    ("地鼠在洞里。", []),
    (OF_FIELD + "地鼠在洞里。", []),
    (OF_FIELD + "Gopher即地鼠。", [("N003", "warning", "地鼠")]),
    ("大地鼠模型。", [("N003", "warning", "大地鼠")]),
    ("词元与令牌。", []),
    (OF_FIELD, []),
]


@pytest.mark.parametrize(("zh", "wanted"), CASES)
def test_check(zh: str, wanted: list[tuple[str, str, str]]) -> None:
    found = list(CHECK.check(zh))
    assert [(draft.rule, draft.severity, draft.found) for draft in found] == wanted
    for draft in found:
        assert draft.span_en is None and draft.span_zh is not None
        assert zh[slice(*draft.span_zh)] == draft.found
        assert draft.message.endswith(".")


def test_every_place_is_reported_and_a_longer_rendering_hides_its_part() -> None:
    found = list(CHECK.check(OF_FIELD + "Gopher：大地鼠、大地鼠。"))
    assert [draft.found for draft in found if draft.rule == "N003"] == ["大地鼠", "大地鼠"]


def test_a_rendering_that_folds_to_nothing_is_nowhere() -> None:
    terms = [Term("dash", "破折号", (), (Forbidden("-", "", False),)), Term("bar", "-")]
    assert list(ChineseOnly(terms, EMPTY).check("模-型")) == []


@pytest.mark.parametrize(
    ("zh", "tells"), [("令牌", True), ("标准", False), ("损失函数", True), ("层", False), ("", False)]
)
def test_telling(zh: str, tells: bool) -> None:
    assert telling(zh) is tells
