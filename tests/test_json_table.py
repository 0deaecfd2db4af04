"""JSON and JSON Lines as rows of cells: what is a row, where its values stand, what is refused."""
# ruff: noqa: E501

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import odd_text

from duizhao.corpora.errors import DuizhaoError, InputError
from duizhao.corpora.json_table import looks_like_json, read_json
from duizhao.corpora.rows import Table

EN = "We watch one otter sleep by the river."
ZH = "我们在河边看一只海獭睡觉。"


def rows(text: str) -> list[list[tuple[str, str]]]:
    return [[(cell.name, cell.text) for cell in row] for row in read_json(text, "a.json").rows]


PAIR = [("en", EN), ("zh", ZH)]
BOTH = json.dumps({"en": EN, "zh": ZH}, ensure_ascii=False)
# The text, its rows as names and texts.
ROWS: list[tuple[str, list[list[tuple[str, str]]]]] = [
    (BOTH, [PAIR]),
    (f"[{BOTH}, {BOTH}]", [PAIR, PAIR]),
    (f"{BOTH}\n{BOTH}\n", [PAIR, PAIR]),
    (f"{BOTH}\n\n  {BOTH}", [PAIR, PAIR]),
    (f"\ufeff {BOTH}", [PAIR]),
    (f"[{BOTH}]\n[{BOTH}]", [PAIR, PAIR]),
    (f'{{"n": 1, "data": {{"list": [{BOTH}]}}}}', [PAIR]),
    (f'{{"a": {BOTH}, "b": {BOTH}}}', [PAIR, PAIR]),
    (f'{{"translation": {BOTH}}}', [PAIR]),
    (f'{{"id": 7, "translation": {BOTH}}}', [[("id", "7"), ("translation.en", EN), ("translation.zh", ZH)]]),
    ('{"title": {"en": "Tea", "zh": "茶"}}', [[("title.en", "Tea"), ("title.zh", "茶")]]),
    ('[{"t": "Tea", "by": ["A", "B"]}]', [[("t", "Tea"), ("by", "A"), ("by", "B")]]),
    ('[{"t": "Tea", "by": [{"name": "A", "at": "River"}]}]', [[("t", "Tea"), ("by", "A")]]),
    ('[{"t": "Tea", "by": [{"full_name": "A"}, {"full_name": "B"}]}]', [[("t", "Tea"), ("by", "A"), ("by", "B")]]),
    ('[{"t": "Tea", "n": 1.50, "x": null, "y": true, "z": ""}]', [[("t", "Tea"), ("n", "1.50")]]),
    ('[{"t": "T\\u8336\\n\\ud83e\\udda6"}]', [[("t", "T茶\n🦦")]]),
    ('[1, "Tea", {"t": "Tea"}]', [[("t", "Tea")]]),
    (f'[{{"t": "Tea", "n": {"9" * 5000}}}]', [[("t", "Tea"), ("n", "9" * 5000)]]),
]


@pytest.mark.parametrize(("text", "wanted"), ROWS)
def test_rows(text: str, wanted: list[list[tuple[str, str]]]) -> None:
    assert rows(text) == wanted


NOTES = [
    (f"[{BOTH}]", ()),
    (f'{{"code": 0, "message": "ok", "rest": [], "data": [{BOTH}]}}', ("not read: code, message",)),
    (f'{{"a": {BOTH}, "b": {BOTH}}}', ("not read: the keys that hold rows",)),
    (f'{{"a": [{BOTH}], "b": [{BOTH}], "c": 1}}', ("not read: c, the keys that hold rows",)),
]


@pytest.mark.parametrize(("text", "notes"), NOTES)
def test_what_is_not_read_is_said(text: str, notes: tuple[str, ...]) -> None:
    assert read_json(text, "a.json").notes == notes


def test_the_format() -> None:
    assert read_json(BOTH, "a").format == read_json(f"[{BOTH}]", "a").format == "JSON"
    assert read_json(f"{BOTH}\n{BOTH}", "a").format == "JSON Lines"


def test_places() -> None:
    table = read_json('[\n {"t": "Tea",\n  "n": 3, "茶": {"u": "otter \\" [x]", "v": ["a", "b"]}},\n{"t":"Cup"}]', "a")
    assert [(cell.text, cell.line, cell.column) for row in table.rows for cell in row] == [
        ("Tea", 2, 8),
        ("3", 1, 1),
        ('otter " [x]', 3, 22),
        ("a", 3, 44),
        ("b", 3, 49),
        ("Cup", 4, 6),
    ]
    table = read_json('{"t": "Tea"}\n\n {"t": "Cup"}', "a")
    assert [(cell.text, cell.line, cell.column) for row in table.rows for cell in row] == [("Tea", 1, 7), ("Cup", 3, 8)]


REFUSED = [
    ("", "a: no JSON; wanted an object or a list"),
    ("\ufeff \n", "a: no JSON; wanted an object or a list"),
    ("[]", "a: JSON without an object that holds text; wanted papers or sentence pairs"),
    ('{"a": 1}', "a: JSON without an object that holds text; wanted papers or sentence pairs"),
    ("otter", "a:1:1: broken JSON (Expecting value); wanted an object or a list"),
    ('[{"t": "Tea"},]', "a:1:15: broken JSON (Expecting value); wanted an object or a list"),
    ('[\n{"t": "Tea"', "a:2:12: broken JSON (Expecting ',' delimiter); wanted an object or a list"),
    ('{"t": "Tea"}\n{"t": Tea}', "a:2:7: broken JSON (Expecting value); wanted an object or a list"),
    ('{"t": "a\tb"}', "a:1:9: broken JSON (Invalid control character at); wanted an object or a list"),
    ('{"t": "Tea"}\n{"t": 1, "t": "x"}', "a:2:1: the key 't' twice in one object; wanted each key once"),
    ('{"t": "Tea", "n": NaN}', "a:1:1: NaN, which is no JSON; wanted a number or null"),
    ('{"t": "Tea"}\n{"n": Infinity}', "a:2:1: Infinity, which is no JSON; wanted a number or null"),
    ('{"t": "\\ud800"}', "a:1:8: half a character (a lone surrogate); wanted whole text"),
    ('{"t": "Tea"}\n{"\\udc00": ""}', "a:2:3: half a character (a lone surrogate); wanted whole text"),
    ("[" * 100_000, "a:1:1: nested more than 100 levels deep; wanted papers or sentence pairs"),
    ('{"a":' * 100_000, "a:1:1: nested more than 100 levels deep; wanted papers or sentence pairs"),
    ("[" * 101 + "]" * 101, "a:1:1: nested more than 100 levels deep; wanted papers or sentence pairs"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_refused(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_json(text, "a")
    assert str(caught.value) == message


LOOKS = [
    (BOTH, True),
    ("{}", True),
    ("[]", True),
    (' \n[ {"a": 1}]', True),
    ("\ufeff[[1]]", False),
    ('[["Tea", "茶"]]', True),
    ("[PDF] Otters", False),
    ("[1] Otters", False),
    ("{tea}", False),
    ("otter", False),
    ("", False),
]


@pytest.mark.parametrize(("text", "looks"), LOOKS)
def test_looks_like_json(text: str, looks: bool) -> None:
    assert looks_like_json(text) is looks


names = st.sampled_from(["t", "en", "zh", "名", "a.b"])
values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | odd_text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=12,
)


@given(values, st.sampled_from([None, 1]))
def test_every_text_is_at_its_place(value: Any, indent: int | None) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    try:
        table = read_json(text, "a")
    except InputError as error:
        assert "without an object that holds text" in str(error)
        return
    lines = text.split("\n")
    for cell in (cell for row in table.rows for cell in row):
        if (cell.line, cell.column) != (1, 1):
            spelt = lines[cell.line - 1][cell.column - 1 :]
            assert spelt.startswith(json.dumps(cell.text, ensure_ascii=False))
        else:
            assert cell.text in text  # a number


pieces = st.lists(
    st.sampled_from(['{', '}', '[', ']', ':', ',', '"', '"t"', '"en": ', "\n", "\\u", "\\ud800", "d800", "NaN", "1e999", "-", "null", " ", "茶", "\ufeff"]) | odd_text
).map("".join)  # fmt: skip


@given(pieces)
def test_any_text_gives_a_table_or_our_error(text: str) -> None:
    try:
        table = read_json(text, "a")
    except DuizhaoError as error:
        assert str(error).startswith("a:")
    else:
        assert isinstance(table, Table) and table.rows
        for row in table.rows:
            for cell in row:
                cell.text.encode("utf-8")
                assert cell.text and cell.line >= 1 and cell.column >= 1
