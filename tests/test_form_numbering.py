import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.metrics.numbering import check_numbering


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1. 水\n2. 茶\n  3、 桥\n3. 獭", [("warning", "3、", "3.")]),
        ("1. 水\n2. 茶\n3。 桥\n3. 獭", [("warning", "3。", "3.")]),
        ("来源：https://a.org/tea\n2。水獭过河", [("warning", "2。", "2.")]),
        ("1. 水\n2. 茶\n3、 桥", [("note", "3、", "3.")]),
        ("1、水\n2、茶\n3. 桥\n4、獭", [("note", "3.", "3、")]),
        ("1. 水\n2. 茶\n2. 桥\n3. 獭", [("note", "2.", "3.")]),
        ("1. tea\n2. otter\n2. bridge", [("note", "2.", "3.")]),
    ],
)
def test_found(text: str, found: list[tuple[str, str, str]]) -> None:
    drafts = list(check_numbering(text))
    assert [(d.severity, d.found, d.expected) for d in drafts] == found
    for draft in drafts:
        assert draft.rule == "F008"
        assert draft.span_zh is not None
        assert text[slice(*draft.span_zh)] == draft.found


@pytest.mark.parametrize(
    "text",
    [
        "1. 水\n2. 茶\n3. 桥",
        "1、总则\n1. 水\n2. 茶\n2、细则\n1. 桥\n2. 獭",
        "1. 水\n1. 茶\n1. 桥",
        "1、河\n2、桥\n3、水獭的一天\n  1. 水\n  2. 茶\n4、茶\n  1. 早\n  2. 晚",
        "1. 水\n   1. 早\n   2. 晚\n2. 茶",
        "2. 水\n2. 茶\n2. 桥",
        "结果如图\n2。水獭过河",
        "桥长\n2.5米，宽\n2.5米",
        "2020. 水\n2021. 茶",
        "```\n2。水\n```",
        "3月2日。水獭过河",
        "",
    ],
)
def test_fine(text: str) -> None:
    assert list(check_numbering(text)) == []


LINE = st.lists(
    st.sampled_from(["1", "2", "3", "10", ".", "、", "。", " ", "水", "tea", "\n", "```", ">"]), max_size=30
)


@given(LINE.map("".join) | st.text(max_size=60))
def test_spans_quote_their_places(text: str) -> None:
    for draft in check_numbering(text):
        assert draft.span_zh is not None
        assert text[slice(*draft.span_zh)] == draft.found != ""


@given(st.integers(1, 40), st.sampled_from([".", "、"]))
def test_a_list_that_counts_is_fine(count: int, mark: str) -> None:
    assert list(check_numbering("\n".join(f"{k}{mark} 水獭" for k in range(1, count + 1)))) == []
