"""Line-parallel files: lines paired, names told apart, units written."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.corpora.errors import InputError
from duizhao.corpora.moses import language_mark, pair_lines, same_stem, write_moses
from duizhao.corpora.rows import Unit

PAIRED = [
    ("Tea\nOh\n", "茶\n哦\n", [[("en", "Tea", 1), ("zh", "茶", 1)], [("en", "Oh", 2), ("zh", "哦", 2)]], ()),
    ("Tea.", "茶。\n", [[("en", "Tea.", 1), ("zh", "茶。", 1)]], ()),
    ("Tea.\r\n", "茶。", [[("en", "Tea.", 1), ("zh", "茶。", 1)]], ()),
    ("a\u2028b\x85c\n", "甲\x0b乙\r丙\n", [[("en", "a\u2028b\x85c", 1), ("zh", "甲\x0b乙\r丙", 1)]], ()),
    (" a \n", "甲\n", [[("en", " a ", 1), ("zh", "甲", 1)]], ()),
    ("", "", [], ()),
    (
        "a\n\n\nd\n",
        "甲\n \n丙\n\u3000\n",
        [[("en", "a", 1), ("zh", "甲", 1)], [("zh", "丙", 3)], [("en", "d", 4)]],
        (
            "1 lines are blank in both files and were skipped",
            "1 lines are blank in r.zh only",
            "1 lines are blank in r.en only",
        ),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("english", "chinese", "cells", "notes"), PAIRED)
def test_paired(english: str, chinese: str, cells: list[list[tuple[str, str, int]]], notes: tuple[str, ...]) -> None:
    table = pair_lines(english, chinese, "r.en", "r.zh")
    assert table is not None
    assert [[(cell.name, cell.text, cell.line) for cell in row] for row in table.rows] == cells
    assert all(cell.column == 1 for row in table.rows for cell in row)
    assert (table.format, table.notes) == ("Moses", notes)


@pytest.mark.parametrize(("english", "chinese"), [("a\nb\n", "甲\n"), ("", "\n"), ("a\n\n", "甲\n"), ("a", "甲\n乙")])
def test_other_counts_are_not_guessed(english: str, chinese: str) -> None:
    assert pair_lines(english, chinese, "r.en", "r.zh") is None


MARKS = [
    ("corpus.en", "en"),
    ("corpus.zh", "zh"),
    ("train.en.txt", "en"),
    ("train.ZH.txt", "zh"),
    ("a_en.md", "en"),
    ("a_zh-CN.md", "zh"),
    ("a_zh_Hans.md", "zh"),
    ("a.en-US.md", "en"),
    ("a-EN.txt", "en"),
    ("a-CN.txt", "zh"),
    ("river.en-zh.en", "en"),
    ("river.en-zh.zh", "zh"),
    ("en.txt", "en"),
    ("zh/doc.txt", "zh"),
    ("en/deep/doc.txt", "en"),
    ("/data/zh-CN/x/doc.txt", "zh"),
    ("en/doc.zh.txt", "zh"),
    ("english_otters.txt", "en"),
    ("otters (Chinese).txt", "zh"),
    ("原文/甲.txt", "en"),
    ("海獭译文.txt", "zh"),
    ("海獭（英文）.docx", "en"),
    ("海獭 中文版.txt", "zh"),
    ("otter.txt", None),
    ("bench.txt", None),
    ("Encyclopaedia.txt", None),
    ("zhou.txt", None),
    ("cnn.txt", None),
    ("en2.txt", None),
    ("river-en/doc.txt", None),
    ("", None),
]


@pytest.mark.parametrize(("name", "language"), MARKS)
def test_marks(name: str, language: str | None) -> None:
    assert language_mark(Path(name)) == language


STEMS = [
    ("corpus.en", "corpus.zh", True),
    ("train.en.txt", "train.zh.txt", True),
    ("a_en.md", "a_zh-CN.md", True),
    ("a-EN.txt", "a-CN.txt", True),
    ("en/doc.txt", "zh/doc.txt", True),
    ("x/en/y/doc.txt", "x/zh-CN/y/doc.txt", True),
    ("river.en-zh.en", "river.en-zh.zh", True),
    ("海獭-原文.txt", "海獭-译文.txt", True),
    ("原文/甲.txt", "译文/甲.txt", True),
    ("otters_english.txt", "otters_chinese.txt", True),
    ("Otters English.txt", "Otters 中文.txt", True),
    ("en.txt", "zh.txt", True),
    ("a.en.txt", "b.zh.txt", False),
    ("a.en.txt", "a.zh.md", False),
    ("a.en.txt", "a.en.txt", False),
    ("a.en.txt", "a.eng.txt", False),
    ("a.txt", "a.zh.txt", False),
    ("a.txt", "a.txt", False),
    ("en/a.txt", "zh/b.txt", False),
    ("x/a.en", "y/a.zh", False),
    ("en/a.txt", "a.zh.txt", False),
]


@pytest.mark.parametrize(("a", "b", "same"), STEMS)
def test_stems(a: str, b: str, same: bool) -> None:
    assert same_stem(Path(a), Path(b)) is same_stem(Path(b), Path(a)) is same


TEXT = st.text(st.sampled_from("ab海。 \t\"'\x0b\x1c\x85\u2028\0😀"), max_size=12)


@given(st.lists(st.tuples(TEXT, TEXT), max_size=6))
def test_lines_come_back(pairs: list[tuple[str, str]]) -> None:
    english, chinese = io.StringIO(), io.StringIO()
    write_moses([Unit(en, zh) for en, zh in pairs], english, chinese)
    assert english.getvalue().count("\n") == chinese.getvalue().count("\n") == len(pairs)
    table = pair_lines(english.getvalue(), chinese.getvalue(), "r.en", "r.zh")
    wanted = [
        [(name, text, number) for name, text in (("en", en), ("zh", zh)) if text.strip()]
        for number, (en, zh) in enumerate(pairs, 1)
        if en.strip() or zh.strip()
    ]
    assert table is not None
    assert [[(cell.name, cell.text, cell.line) for cell in row] for row in table.rows] == wanted


@given(st.text(st.sampled_from("en.-_zhCN/中文译ab"), max_size=20), st.text(max_size=10))
def test_any_name_has_a_mark_or_none(name: str, other: str) -> None:
    a, b = Path(name), Path(other)
    assert language_mark(a) in ("en", "zh", None)
    assert not same_stem(a, a)
    assert same_stem(a, b) == same_stem(b, a)


REFUSED = [
    (Unit("a\nb", "甲", "u1"), "unit 'u1': a line end in en; wanted texts of one line. Use CSV or JSONL."),
    (Unit("a", "甲\r"), "unit 2: a line end in zh"),
    (Unit("a", "\ud800"), "unit 2: half a character in zh"),
]


@pytest.mark.parametrize(("unit", "message"), REFUSED)
def test_refused(unit: Unit, message: str) -> None:
    english, chinese = io.StringIO(), io.StringIO()
    with pytest.raises(InputError) as caught:
        write_moses([Unit("Tea.", "茶。"), unit], english, chinese)
    assert str(caught.value).startswith(message)
    assert (english.getvalue(), chinese.getvalue()) == ("Tea.\n", "茶。\n")  # the two files never drift apart
