import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.metrics.footnotes import check_footnote_sequence, check_footnotes


@pytest.mark.parametrize(
    ("en", "zh", "severity", "found", "expected"),
    [
        ("the T5⁸ model", "T⁵⁸模型", "error", "T⁵⁸", "T5⁸"),
        ("the T5 ⁸ model", "T⁵⁸模型", "error", "T⁵⁸", "T5⁸"),
        ("the Otter3¹² model", "水獭用Otter312模型", "error", "Otter312", "Otter3¹²"),
        ("as in CLIP [10] and", "如CLIP 10中", "warning", "CLIP 10", "CLIP [10]"),
        ("as in CLIP[7,3]", "如CLIP[7,3]和CLIP-7", "", "", ""),
    ],
)
def test_with_english(en: str, zh: str, severity: str, found: str, expected: str) -> None:
    drafts = [(d.rule, d.severity, d.found, d.expected) for d in check_footnotes(en, zh)]
    assert drafts == ([("F007", severity, found, expected)] if found else [])


@pytest.mark.parametrize(
    ("en", "zh"),
    [
        ("the T5⁸ model", "T5⁸模型"),
        ("the T5⁸ model", "T5 ⁸模型"),
        ("the T5⁸ model", "该模型"),
        ("CLIP [10]", "CLIP [10]"),
        ("CLIP [10] and CLIP 10", "CLIP 10"),
        ("CLIP [10]", "CLIP 10.5和CLIP 105"),
        ("[10] tea", "茶10"),
        ("", "T⁵⁸"),
    ],
)
def test_fine_with_english(en: str, zh: str) -> None:
    assert list(check_footnotes(en, zh)) == []


@pytest.mark.parametrize(
    ("zh", "found"),
    [
        ("水獭⁴。鼩⁵，T⁵⁸学习，河狸⁹", ["T⁵⁸"]),
        ("水獭¹。鼩²，河狸³，Otter⁵⁴喝茶", ["Otter⁵⁴"]),
        ("水獭¹。鼩²，河狸³，桥⁵⁴", []),  # no Latin name that could have had a number
        ("水獭¹。鼩²，河狸³，Otter⁴喝茶", []),
        ("水獭⁹。鼩¹⁰，河狸¹¹，Otter¹²", []),
        ("水獭¹。鼩²，T⁵⁸", []),  # too few notes to say
        ("10⁵、10⁶、10⁷、x⁵⁸", []),
        ("x²、y³、z⁴、T⁵⁸", []),
        ("水獭¹。鼩²，河狸³，T⁵³", []),  # note 3 is there already
        ("水獭¹。鼩²⁰，河狸³，T⁹⁷⁵", []),
        ("", []),
    ],
)
def test_chinese_alone(zh: str, found: list[str]) -> None:
    drafts = list(check_footnote_sequence(zh))
    assert [d.found for d in drafts] == found
    assert all(d.span_zh is not None and zh[slice(*d.span_zh)] == d.found for d in drafts)


TEXT = st.lists(st.sampled_from([*"⁰¹²⁵⁸", "58", "5", "T", "Otter", "[8]", "[5,8]", "獭", " ", "。"]), max_size=20).map(
    "".join
)


@given(TEXT, TEXT)
def test_spans_quote_their_places(en: str, zh: str) -> None:
    for draft in (*check_footnotes(en, zh), *check_footnote_sequence(zh)):
        assert draft.span_zh is not None
        assert zh[slice(*draft.span_zh)] == draft.found != ""


@given(TEXT)
def test_a_copy_is_fine(text: str) -> None:
    assert list(check_footnotes(text, text)) == []
