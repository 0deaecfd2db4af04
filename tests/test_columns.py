"""Which column is which part of a record: by name, by content, by what the user says."""
# ruff: noqa: E501

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import odd_text

from duizhao.corpora.columns import FIELDS, map_columns
from duizhao.corpora.errors import ConfigError, DuizhaoError, InputError
from duizhao.corpora.rows import Cell, Table

EN = "We watch one otter sleep by the river every day."
EN2 = "The bridge hums when the wind comes from the north, and nobody in the village knows why it does so."
ZH = "我们每天都在河边看一只海獭睡觉。"
ZH2 = "北风吹来的时候，石桥会发出嗡嗡的声音，村里没有人知道这是为什么。"
TITLE, TITLE_ZH, LINK = "On the Stones of Otters", "论海獭的石头", "https://arxiv.org/abs/2105.00001"


def table(*rows: dict[str, str]) -> Table:
    return Table("CSV", tuple(tuple(Cell(name, text, 1, 1) for name, text in row.items()) for row in rows))


# The texts of a row by column; the field of each, "" for none; whether rows are units.
MAPPED = [
    ({"en": EN, "zh": ZH}, {"en": "text_en", "zh": "text_zh"}, True),
    ({"zh": ZH, "en": EN}, {"zh": "text_zh", "en": "text_en"}, True),
    ({"source": EN, "target": ZH}, {"source": "text_en", "target": "text_zh"}, True),
    ({"source": ZH, "target": EN}, {"source": "text_zh", "target": "text_en"}, True),
    ({"原文": EN, "译文": ZH}, {"原文": "text_en", "译文": "text_zh"}, True),
    ({"English": EN, "中文": ZH}, {"English": "text_en", "中文": "text_zh"}, True),
    ({"en-US": EN, "zh_CN": ZH}, {"en-US": "text_en", "zh_CN": "text_zh"}, True),
    ({"column1": EN, "column2": ZH}, {"column1": "text_en", "column2": "text_zh"}, True),
    ({"id": "7", "x": EN, "y": ZH}, {"id": "", "x": "text_en", "y": "text_zh"}, True),
    ({"translation.en": EN, "translation.zh": ZH}, {"translation.en": "text_en", "translation.zh": "text_zh"}, True),
    ({"zh": "海獭睡了。", "start": "00:00:01,000"}, {"zh": "text_zh", "start": ""}, True),
    ({"en": EN, "zh": ZH, "url": LINK}, {"en": "text_en", "zh": "text_zh", "url": ""}, True),
    (
        {"title": TITLE, "abstract": EN2, "abstract_zh": ZH2},
        {"title": "title_en", "abstract": "abstract_en", "abstract_zh": "abstract_zh"},
        False,
    ),
    (
        {"标题": TITLE_ZH, "英文标题": TITLE, "摘要": ZH2, "英文摘要": EN2},
        {"标题": "title_zh", "英文标题": "title_en", "摘要": "abstract_zh", "英文摘要": "abstract_en"},
        False,
    ),
    (
        {"title": TITLE, "summary": EN2, "translation": ZH2, "url": LINK, "pdf": LINK.replace("abs", "pdf")},
        {"title": "title_en", "summary": "abstract_en", "translation": "abstract_zh", "url": "url", "pdf": ""},
        False,
    ),
    (
        {"a": TITLE, "b": EN2, "c": ZH2, "d": LINK},
        {"a": "title_en", "b": "abstract_en", "c": "abstract_zh", "d": "url"},
        False,
    ),
    (
        {"title": TITLE, "abstract": EN2, "AI.tldr": ZH, "AI.translation": ZH2, "tldr": ZH},
        {"title": "title_en", "abstract": "abstract_en", "AI.tldr": "commentary_zh", "AI.translation": "commentary_zh", "tldr": "summary_zh"},
        False,
    ),
    (
        {"title": TITLE, "authors": "Anna Berg", "abstract": EN2, "机构": "河流实验室", "日期": "2021-05-03"},
        {"title": "title_en", "authors": "authors", "abstract": "abstract_en", "机构": "affiliation", "日期": ""},
        False,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("row", "fields", "segments"), MAPPED)
def test_columns(row: dict[str, str], fields: dict[str, str], segments: bool) -> None:
    columns = map_columns(table(row, row), "a.csv")
    assert {name: columns.fields.get(name, "") for name in row} == fields
    assert columns.segments is segments
    unused = [name for name, field in fields.items() if not field]
    assert columns.notes[1:] == ((f"columns not used: {', '.join(unused)}",) if unused else ())
    assert columns.notes[0].startswith("CSV: ")
    assert sorted(columns.notes[0][5:].split(", ")) == sorted(f"{n} → {f}" for n, f in fields.items() if f)


def test_columns_asked_for() -> None:
    row = {"a": TITLE, "b": EN2, "c": ZH2, "d": ZH}
    columns = map_columns(table(row), "a.csv", {"c": "skip", "d": "abstract_zh", "a": "tag"})
    assert columns.fields == {"c": "", "d": "abstract_zh", "a": "tag", "b": "abstract_en"}
    assert columns.notes == ("CSV: d → abstract_zh, a → tag, b → abstract_en", "columns not used: c")
    columns = map_columns(table({"a": EN, "b": ZH, "c": ZH2}), "a.csv", {"a": "text_en", "c": "text_zh"})
    assert (columns.fields["a"], columns.fields["c"], columns.segments) == ("text_en", "text_zh", False)


def test_a_majority_tells() -> None:
    rows = [{"x": EN, "y": ZH}] * 6 + [{"x": ZH, "y": EN}] * 4
    columns = map_columns(table(*rows), "a.csv")
    assert columns.fields == {"x": "text_en", "y": "text_zh"}


REFUSED: list[tuple[dict[str, str], dict[str, str], type[DuizhaoError], str]] = [
    ({"en": ZH, "zh": EN}, {}, InputError, "a.csv: Chinese in 'en' and English in 'zh'; wanted each in its own. Are the columns swapped?"),
    ({"English": ZH, "Chinese": EN}, {}, InputError, "a.csv: Chinese in 'English' and English in 'Chinese'; wanted each in its own. Are the columns swapped?"),
    ({"a": "1", "b": "2"}, {}, InputError, "a.csv: no column of English or Chinese text in CSV; wanted one at least. Name it with --field."),
    ({"en": EN, "zh": ZH}, {"tea": "skip"}, ConfigError, "a.csv: no column 'tea'; wanted one of 'en', 'zh'"),
    ({"en": EN, "zh": ZH}, {"en": "tea"}, ConfigError, "a.csv: no field 'tea'; wanted one of " + ", ".join((*FIELDS, "skip"))),
]  # fmt: skip


@pytest.mark.parametrize(("row", "asked", "error", "message"), REFUSED)
def test_refused(row: dict[str, str], asked: dict[str, str], error: type[DuizhaoError], message: str) -> None:
    with pytest.raises(error) as caught:
        map_columns(table(row), "a.csv", asked)
    assert str(caught.value) == message


names = st.sampled_from(["en", "zh", "title", "摘要", "translation", "AI.tldr", "authors", "url", "a", ""]) | odd_text
texts = st.sampled_from([EN, ZH, EN2, ZH2, TITLE, LINK, ""]) | odd_text
tables = st.lists(st.dictionaries(names, texts, max_size=5), max_size=5)


@given(tables, st.dictionaries(names, st.sampled_from([*FIELDS, "skip", "tea"]), max_size=2))
def test_any_table_gives_columns_or_our_error(rows: list[dict[str, str]], asked: dict[str, str]) -> None:
    try:
        columns = map_columns(table(*rows), "a.csv", asked)
    except DuizhaoError as error:
        assert str(error).startswith("a.csv: ")
    else:
        assert set(columns.fields.values()) <= {*FIELDS, ""}
        used = {name: field for name, field in columns.fields.items() if field}
        given_names = {name for row in rows for name in row}
        assert set(used) <= given_names
        assert all(columns.fields[name] == ("" if field == "skip" else field) for name, field in asked.items())
