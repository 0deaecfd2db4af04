"""Findings in full: exact lines, carets that stand where a terminal shows the words, and hostile text."""

import re
import unicodedata
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_reports_page import PAYLOADS, build

from duizhao.corpora import Document
from duizhao.corpora.formats import document_from_bytes
from duizhao.corpora.model import Layout, Value
from duizhao.corpora.page import Place
from duizhao.metrics import Finding
from duizhao.reports import Result, text_lines
from duizhao.reports.full_text import full_lines
from duizhao.reports.github import file_of
from duizhao.reports.score_columns import columns
from duizhao.reports.visible import on_one_line
from duizhao.reports.workflow_commands import no_command

TEXT = "An otter drinks tea.\n一只海狗喝茶。\n"
CLOSING = "0 lines were page furniture, 0 were not understood."


def finding(text: str = TEXT, zh: str = "海狗", en: str = "otter", **changes: Any) -> Finding:
    span_zh, span_en = ((text.index(word), text.index(word) + len(word)) if word else None for word in (zh, en))
    base = Finding(
        *("T002", "error", 0.9, "river.md", "r1", "p1", en, zh, span_en, span_zh, "水獭", zh),
        *("“otter” became “海狗”.", 2, 3, "0123456789ab", "otter"),
    )  # fmt: skip
    return replace(base, **changes)


def full(text: str, *findings: Finding, color: bool = False, **changes: Any) -> list[str]:
    document = Document("river.md", "0" * 64, "utf-8", text)
    result = Result((document,), (), (), (), findings, (), ())
    return list(full_lines(replace(result, **changes), color=color))


def spot(text: str, word: str, **changes: Any) -> list[str]:
    """The lines about a Chinese word, without those around them."""
    lines = full(text, finding(text, word, "", expected="", **changes))
    return lines[3 : lines.index("  |", 3)]


def test_whole() -> None:
    other = finding(zh="", en="", rule="C005", severity="note", expected="", message="", line=1, column=1)
    assert full(TEXT, finding(), other) == [
        "note[C005 not-a-translation]",
        " --> river.md:1:1",
        "",
        "error[T002 term-forbidden]: “otter” became “海狗”.",
        " --> river.md:2:3",
        "  |",
        "2 | 一只海狗喝茶。",
        "  |     ^^^^",
        "  |",
        "1 | An otter drinks tea.",
        "  |    ^^^^^",
        "  |",
        "  = wanted: 水獭",
        "",
        "Found 2 findings (1 error, 0 warnings, 1 note) in 0 records without sentence pairs; " + CLOSING,
        "river.md: no record found.",
    ]


def test_in_chinese() -> None:
    lines = full(TEXT, finding(message="“otter”译成了“海狗”。"), lang="zh")
    assert lines[0] == "错误[T002 术语禁用译法]: “otter”译成了“海狗”。"
    assert lines[9] == "  = 应为：水獭"


@pytest.mark.parametrize(
    ("text", "word", "line", "carets"),
    [
        ("水獭", "水獭", "1 | 水獭", "  | ^^^^"),
        ("喝茶ab水獭", "b水", "1 | 喝茶ab水獭", "  |      ^^^"),
        ("😀茶", "茶", "1 | 😀茶", "  |   ^^"),
        ("👩\u200d🔬茶", "茶", "1 | 👩\u200d🔬茶", "  |     ^^"),
        ("e\u0301e\u0301茶", "茶", "1 | e\u0301e\u0301茶", "  |   ^^"),
        ("ae\u0301b", "\u0301", "1 | ae\u0301b", "  |  ^"),
        ("\t茶", "茶", "1 | ␉茶", "  |  ^^"),
        ("水\u200b獭茶", "茶", "1 | 水⟨U+200B⟩獭茶", "  |             ^^"),
        ("水\u200b獭", "\u200b", "1 | 水⟨U+200B⟩獭", "  |   ^^^^^^^^"),
        ("，\u202e茶", "茶", "1 | ，⟨U+202E⟩茶", "  |           ^^"),
        ("\x1b[31m茶", "茶", "1 | ␛[31m茶", "  |      ^^"),
        ("x ##[error]茶", "茶", "1 | x ⟨U+0023⟩#[error]茶", "  |                   ^^"),
        ("桥 ", " ", "1 | 桥", "  |   ^"),
    ],
)
def test_carets_stand_under_the_word(text: str, word: str, line: str, carets: str) -> None:
    assert spot(text, word) == [line, carets]


def test_a_span_of_two_lines_and_one_of_many() -> None:
    assert spot("桥一水\n獭桥", "水\n獭") == ["1 | 桥一水", "  |     ^^", "2 | 獭桥", "  | ^^"]
    many = "一\n\n三\n四\n五"
    assert spot(many, many) == ["1 | 一", "  | ^^", "2 |", "3 | 三", "  | ^^", "  | …"]


def test_an_empty_span_marks_a_place_and_a_line_end_no_second_line() -> None:
    text = "茶桥\n河"
    lines = full(text, finding(text, "", "", expected="", span_zh=(1, 1)))
    assert lines[3:5] == ["1 | 茶桥", "  |   ^"]
    assert spot(text, "桥\n") == ["1 | 茶桥", "  |   ^^"]
    beyond = full(text, finding(text, "", "", expected="", span_zh=(4, 90), span_en=(-9, -1)))
    assert beyond[3:8] == ["2 | 河", "  |   ^", "  |", "1 | 茶桥", "  | ^"]


@pytest.mark.parametrize("room", [0, 30, 90, 300, 100_000])
def test_long_lines_are_cut_around_the_word(room: int) -> None:
    text = "甲" * room + "水獭" + "乙" * room
    line, carets = spot(text, "水獭")
    assert max(columns(line), columns(carets)) <= 120
    assert columns(line) >= min(108, 2 * (2 * room + 2))
    before = line[: line.index("水獭")]
    assert columns(before) == carets.index("^") and carets.count("^") == 4
    assert ("…" in line) == (room >= 30)


def test_a_long_word_is_cut_itself() -> None:
    word = "獭" * 500
    line, carets = spot(f"茶{word}茶", word)
    assert line == f"1 | …{'獭' * 56}…"
    assert carets == f"  |  {'^' * 112}"


def test_wanted_is_wrapped_and_a_message_is_whole() -> None:
    message = "m" * 500
    lines = full(TEXT, finding(message=message, expected="tea " * 60))
    assert lines[0] == f"error[T002 term-forbidden]: {message}"
    wanted = lines[9 : lines.index("", 9)]
    assert [line[:4] for line in wanted] == ["  = ", "    ", "    "]
    assert " ".join(line[4:].strip() for line in wanted) == "wanted: " + " ".join(["tea"] * 60)
    assert max(map(len, wanted)) <= 120


def test_places_in_a_file_with_other_line_ends_and_in_a_page() -> None:
    document = document_from_bytes(b"Tea.\r\n\xe8\x8c\xb6\xef\xbc\x8c\xe6\xa1\xa5\xe3\x80\x82\r\n", "river.md")
    at = document.text.index("桥")
    text = full("", finding("", "", "", expected="", span_zh=(at, at + 1), line=2), documents=(document,))
    assert text[1:5] == [" --> river.md:2:3", "  |", "2 | 茶，桥。", "  |     ^^"]
    page = Document("river.md", "", "utf-8", "茶\n桥", places=(Place(0, 70, 9), Place(2, 712, 5)))
    lines = full("", finding("", "", "", expected="", span_zh=(2, 3), span_en=(0, 1), line=712), documents=(page,))
    assert lines[1:9] == [
        *("   --> river.md:712:3", "    |", "712 | 桥", "    | ^^", "    |", " 70 | 茶", "    | ^^", "    |"),
    ]


def test_a_missing_document_leaves_the_place() -> None:
    lines = full("", finding(document="away.md"), documents=())
    assert lines[:4] == [
        "error[T002 term-forbidden]: “otter” became “海狗”.",
        " --> away.md:2:3",
        "  = wanted: 水獭",
        "",
    ]


def test_two_files_have_two_places() -> None:
    layout = Layout(rows=((Value("text_en", 0, 20), Value("text_zh", 21, 28)),))
    pair = Document("r.en + r.zh", "", "utf-8", TEXT, format="Moses", places=(Place(0, 1, 1), Place(21, 1, 1)))
    for each in (pair, replace(pair, layout=layout)):
        lines = full("", finding(document=pair.source, line=1), documents=(each,))
        assert [line for line in lines if "-->" in line] == [" --> r.zh:1:3", " --> r.en:1:4"]
    assert file_of(finding(span_zh=None), pair) == "r.en"
    assert file_of(finding(zh="", en=""), pair) == "r.en"
    # The layout knows better: a Chinese finding in the English file.
    assert file_of(finding(span_zh=(3, 8)), replace(pair, layout=layout)) == "r.en"
    one = Document("tea + river.md", "", "utf-8", TEXT)
    assert file_of(finding(), one) == "tea + river.md"
    assert file_of(finding(), replace(pair, source="a + b.en + a + b.zh")) == "a + b.zh"


def test_closes_as_the_short_text_does() -> None:
    result = replace(build(), notes=("An otter.", "A bridge."))
    short = list(text_lines(result))
    assert list(full_lines(result))[-len(short[4:]) :] == short[4:]
    clean = replace(result, findings=())
    assert list(full_lines(clean)) == list(text_lines(clean))


def test_colour_adds_only_escapes() -> None:
    plain, coloured = (full(TEXT, finding(), color=color) for color in (False, True))
    assert "\x1b" not in "".join(plain)
    assert coloured[0].startswith("\x1b[31m\x1b[1merror[T002 term-forbidden]\x1b[0m: ")
    assert [re.sub(r"\x1b\[\d+m", "", line) for line in coloured] == plain


@pytest.mark.parametrize(
    ("line", "safe"),
    [
        ("::error::tea", "|::error::tea"),
        (" \t::error::tea", "| \t::error::tea"),
        ("\u200d:\ufe0f:error::tea", "|\u200d:\ufe0f:error::tea"),
        ("tea ::error::tea", "tea ::error::tea"),
        ("tea ##[error]x", "tea ⟨U+0023⟩#[error]x"),
        ("#\u200d#\u200d[error]x", "⟨U+0023⟩\u200d#\u200d[error]x"),
        ("###[error]", "#⟨U+0023⟩#[error]"),
        ("## [tea]", "## [tea]"),
        ("", ""),
    ],
)
def test_no_line_is_a_command(line: str, safe: str) -> None:
    assert no_command(line) == safe


def harmless(lines: list[str]) -> None:
    for line in lines:
        assert not [sign for sign in line if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp")], line
        assert not line.lstrip().startswith("::") and "##[" not in line, line
        line.encode("utf-8")


@pytest.mark.parametrize("payload", [*PAYLOADS, "##[error]x", "\n::error::x", "x\n" * 9, "\r\x85\u2028::x::y"])
def test_no_payload_is_a_command_or_a_control(payload: str) -> None:
    harmless(list(full_lines(build(payload))))
    harmless(list(full_lines(replace(build(payload, rule=payload), lang="zh"))))


def under(line: str, carets: str) -> str:
    """The characters of a line that take columns over the carets."""
    begin, end, at, over = carets.index("^"), len(carets), 0, ""
    for sign in line:
        over += sign if begin <= at < end and columns(sign) else ""
        at += columns(sign)
    return over


@given(st.text(st.characters() | st.sampled_from("水獭 \t\n#[:\u0301\u200d😀"), max_size=300), st.data())
def test_any_text_any_spans(text: str, data: st.DataObject) -> None:
    offset = st.integers(-3, 310)
    span_zh, span_en = (data.draw(st.none() | st.tuples(offset, offset)) for _ in range(2))
    found = finding("", "", "", message=text, expected=text, found=text, span_en=span_en, span_zh=span_zh)
    lines = full(text, found, lang=data.draw(st.sampled_from(["en", "zh"])))
    harmless(lines)
    assert all(columns(line) <= 120 for line in lines[2 : lines.index("")])
    if span_zh:
        begin, end = (min(max(0, at), len(text)) for at in span_zh)
        piece = text[begin : max(begin, end)].partition("\n")[0]
        shown = "".join(sign for sign in on_one_line(piece) if columns(sign)).rstrip(" ")
        if shown and "##[" not in re.sub("[\u200d\ufe00-\ufe0f]", "", text):
            over = under(lines[3], lines[4]).rstrip(" ")
            assert over and (over == shown or (shown.startswith(over) and lines[3].endswith("…")))
