"""Which findings have a sure answer, and that answers never meet in a text."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.corpora import Span
from duizhao.metrics import Finding, Severity
from duizhao.metrics.fixes import MOVED, OVERLAPS, TOUCHES, TWO_ANSWERS, UNSURE, safe_fixes


def finding(
    text: str, span: Span | None, expected: str, rule: str = "T002", severity: Severity = "error", found: str = ""
) -> Finding:
    zh = text[slice(*span)] if span else ""
    return Finding(
        rule, severity, 0.9, "tea.txt", "tea#1", "", "", zh, None, span, expected, found or zh, "", 1, 1, "0" * 12
    )  # fmt: skip


def mended(text: str, *findings: Finding) -> str:
    for fix in reversed(safe_fixes(findings, text).fixes):
        begin, end = fix.span
        assert text[begin:end] == fix.found
        text = text[:begin] + fix.new + text[end:]
    return text


@pytest.mark.parametrize(
    ("text", "found", "expected", "rule", "severity", "after"),
    [
        ("每只海狗都喝茶。", "海狗", "水獭", "T002", "error", "每只水獭都喝茶。"),
        ("一座变压器。", "变压器", "Transformer", "T002", "error", "一座Transformer。"),
        ("水獭表表示同意。", "表表", "表", "F001", "warning", "水獭表示同意。"),
        ("水獭喝茶喝茶。", "喝茶喝茶", "喝茶", "F001", "error", "水獭喝茶。"),
        ("用 tea tea 泡茶。", "tea tea", "tea", "F001", "warning", "用 tea 泡茶。"),
        ("见https://tea . org。", "https://tea . org", "https://tea.org", "F003", "warning", "见https://tea.org。"),
    ],
)
def test_a_sure_answer(text: str, found: str, expected: str, rule: str, severity: Severity, after: str) -> None:
    begin = text.index(found)
    here = finding(text, (begin, begin + len(found)), expected, rule, severity)
    assert mended(text, here) == after
    assert mended(text, here, here) == after
    assert [fix.findings for fix in safe_fixes([here, here], text).fixes] == [(here, here)]


@pytest.mark.parametrize(
    ("text", "span", "expected", "rule", "severity", "reason"),
    [
        ("每只海狗。", (2, 4), "水獭", "T002", "warning", UNSURE),
        ("每只海狗。", (2, 4), "水獭", "T002", "note", UNSURE),
        ("每只海狗。", (2, 4), "", "T002", "error", UNSURE),
        ("每只海狗。", None, "水獭", "T002", "error", UNSURE),
        ("每只海狗。", (2, 4), "“水獭”或“海獭”", "T002", "error", UNSURE),
        ("每只海狗。", (2, 4), "水獭|海獭", "T002", "error", UNSURE),
        ("每只海狗。", (2, 4), "水獭" * 50_000, "T002", "error", UNSURE),
        ("每只海\n狗。", (2, 5), "水獭", "T002", "error", UNSURE),  # over a line end
        ("每只海狗。", (2, 4), "水獭", "T004", "error", UNSURE),
        ("表表示", (0, 2), "表", "F001", "note", UNSURE),
        ("表表示", (0, 2), "示", "F001", "warning", UNSURE),
        ("https://a…", (0, 10), "", "F003", "warning", UNSURE),
        ("茶在桥下", (0, 1), "tea.org", "F003", "warning", UNSURE),
        ("变压器坏了", (0, 2), "变压器", "T002", "error", TOUCHES),  # 变压器器
        ("小水獭在", (1, 2), "小水", "T002", "error", TOUCHES),
        ("AI海狗", (2, 4), "Otter", "T002", "error", TOUCHES),  # AIOtter
        ("海狗AI", (0, 2), "Otter", "T002", "error", TOUCHES),
    ],
)
def test_no_sure_answer(
    text: str, span: Span | None, expected: str, rule: str, severity: Severity, reason: str
) -> None:
    here = finding(text, span, expected, rule, severity)
    assert safe_fixes([here], text) == ((), ((here, reason),))


def test_text_that_moved_stays() -> None:
    here = finding("每只海狗。", (2, 4), "水獭")
    assert safe_fixes([here], "一每只海狗。").refused == ((here, MOVED),)
    assert safe_fixes([here], "").refused == ((here, MOVED),)
    other = replace(here, found="海象")  # the words told are not those of the span
    assert safe_fixes([other], "每只海狗。").refused == ((other, UNSURE),)


def test_two_answers_for_one_place_are_none() -> None:
    text = "每只海狗。"
    one, other = finding(text, (2, 4), "水獭"), finding(text, (2, 4), "海狮")
    assert safe_fixes([one, other], text) == ((), ((one, TWO_ANSWERS), (other, TWO_ANSWERS)))


def test_of_two_that_overlap_the_outer_one_is_done() -> None:
    text = "海狗海狗喝茶。"
    outer = finding(text, (0, 4), "海狗", "F001", "warning")
    inner = finding(text, (0, 2), "水獭")
    second = finding(text, (2, 4), "水獭")
    fixes = safe_fixes([inner, second, outer], text)
    assert [fix.findings for fix in fixes.fixes] == [(outer,)]
    assert fixes.refused == ((inner, OVERLAPS), (second, OVERLAPS))


SPANS = st.tuples(st.integers(0, 12), st.integers(0, 12))


@given(
    st.text("海狗表tea. ", max_size=12),
    st.lists(
        st.tuples(
            SPANS,
            st.sampled_from(["海", "狗", "表", "水獭", "tea", "http://tea.org", ""]),
            st.sampled_from(["T002", "F001", "F003"]),
            st.sampled_from(["error", "warning", "note"]),
        ),
        max_size=6,
    ),
)
def test_fixes_stand_apart_and_all_findings_are_answered(
    text: str, given_ones: list[tuple[Span, str, str, Severity]]
) -> None:
    findings = [finding(text, *each) for each in given_ones]
    made = safe_fixes(findings, text)
    answered = [*(f for fix in made.fixes for f in fix.findings), *(f for f, _ in made.refused)]
    assert sorted(map(id, findings)) == sorted(map(id, answered))
    for one, other in zip(made.fixes, made.fixes[1:], strict=False):
        assert one.span[1] <= other.span[0]
    for fix in made.fixes:
        assert text[slice(*fix.span)] == fix.found != ""
