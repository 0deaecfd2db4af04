import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.metrics.punctuation_en import check_chinese_punctuation
from duizhao.metrics.quotes import check_quotes_en


@pytest.mark.parametrize(
    ("en", "severity", "found", "expected"),
    [
        ("the otter， which swims", "note", "the otter， which swims", "the otter, which swims"),
        ("the otter，which swims", "note", "the otter，which swims", "the otter, which swims"),
        (
            "The otter swims。The tea is hot。",
            "warning",
            "The otter swims。The tea is hot",
            "The otter swims. The tea is hot",
        ),
        ("tea (old） and new", "note", "tea (old） and new", "tea (old) and new"),
    ],
)
def test_chinese_punctuation(en: str, severity: str, found: str, expected: str) -> None:
    drafts = list(check_chinese_punctuation(en))
    assert [(d.rule, d.severity, d.found, d.expected) for d in drafts] == [("F009", severity, found, expected)]
    assert drafts[0].span_en is not None
    assert drafts[0].span_zh is None
    assert en[slice(*drafts[0].span_en)] in "，。）"


@pytest.mark.parametrize(
    "en",
    [
        "The otter, which swims.",
        "the word 茶，which is tea",
        "called “水獭。” in Chinese",
        "see https://a.org/，b and `a，b`",
        "水獭在河边喝茶，tea，otter",
        "naïve otters – and tea",
        "",
    ],
)
def test_english_that_is_fine(en: str) -> None:
    assert list(check_chinese_punctuation(en)) == []


@pytest.mark.parametrize(
    ("en", "found"),
    [
        ("An otter (or two crossed.", ["("]),
        ("He said ”tea” twice.", ["”tea”"]),
        ("An otter (or two) crossed “the bridge”, it’s old: 1) tea 2) milk [0, 1).", []),
        ("``Tea'' and `milk' and \"otter\"", []),
    ],
)
def test_quotes(en: str, found: list[str]) -> None:
    drafts = list(check_quotes_en(en))
    assert [d.found for d in drafts] == found
    assert all(d.severity == "note" and d.span_en is not None and d.span_zh is None for d in drafts)


@given(st.text(alphabet="，。；茶 at,.`\n（）", max_size=40))
def test_spans_are_marks(en: str) -> None:
    for draft in check_chinese_punctuation(en):
        assert draft.span_en is not None
        assert en[slice(*draft.span_en)] in "，。、；：！？（）％"
