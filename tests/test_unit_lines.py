"""Units as JSON lines: what each line says, what is refused, and that a reader of JSON gets everything back."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.corpora.errors import InputError
from duizhao.corpora.rows import Unit
from duizhao.corpora.unit_lines import (
    unit_columns,
    unit_name,
    unit_values,
    write_jsonl_units,
    write_translation_jsonl,
)

WHOLE = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
NAMES = st.sampled_from(["type", "score", "span_en", "licence", "出处", "_a b"])
UNITS = st.lists(st.builds(Unit, WHOLE, WHOLE, WHOLE, st.dictionaries(NAMES, WHOLE)), max_size=5)

LINES = [
    (Unit("An otter.", "海獭。", "a1"), '{"id": "a1", "en": "An otter.", "zh": "海獭。"}'),
    (Unit("", "茶"), '{"id": "", "en": "", "zh": "茶"}'),
    (
        Unit("a", "b", "1", {"type": "1-1", "document": "r.txt"}),
        '{"id": "1", "en": "a", "zh": "b", "document": "r.txt", "type": "1-1"}',
    ),
    (
        Unit("a\nb\u2028c\u2029d\x85e\x0b\x1cf", "桥"),
        r'{"id": "", "en": "a\nb\u2028c\u2029d\u0085e\u000b\u001cf", "zh": "桥"}',
    ),
    (Unit('"\\', "😀𠀀"), r'{"id": "", "en": "\"\\", "zh": "😀𠀀"}'),
]  # fmt: skip


@pytest.mark.parametrize(("unit", "line"), LINES)
def test_lines(unit: Unit, line: str) -> None:
    handle = io.StringIO()
    write_jsonl_units([unit, unit], handle)
    assert handle.getvalue() == f"{line}\n{line}\n"


def test_translation_line() -> None:
    handle = io.StringIO()
    write_translation_jsonl([Unit("Tea\u2028.", "茶。", "t", {"type": "1-1", "field": "title"})], handle)
    assert handle.getvalue() == (
        r'{"id": "t", "translation": {"en": "Tea\u2028.", "zh": "茶。"}, "origin": {"field": "title", "type": "1-1"}}'
        "\n"
    )


@given(UNITS)
def test_everything_comes_back(units: list[Unit]) -> None:
    flat, nested = io.StringIO(), io.StringIO()
    write_jsonl_units(units, flat)
    write_translation_jsonl(units, nested)
    flat_lines = [json.loads(line) for line in flat.getvalue().split("\n")[:-1]]
    assert flat_lines == [{"id": u.id, "en": u.en, "zh": u.zh, **u.origin} for u in units]
    nested_lines = [json.loads(line) for line in nested.getvalue().split("\n")[:-1]]
    assert nested_lines == [
        {"id": u.id, "translation": {"en": u.en, "zh": u.zh}, "origin": dict(u.origin)} for u in units
    ]
    for text in (flat.getvalue(), nested.getvalue()):
        assert io.StringIO(text, newline=None).read() == text  # no reader sees another line end
        assert not any(sign in text for sign in "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")


REFUSED = [
    (Unit("a\ud800", "b", "a1"), "unit 'a1': half a character in en; wanted whole characters. Mend the text."),
    (Unit("a", "\udc00"), "unit 1: half a character in zh"),
    (Unit("a", "b", "\udfff"), "unit '\\udfff': half a character in id"),
    (Unit("a", "b", "", {"type": "\ud83d"}), "unit 1: half a character in type"),
    (Unit("a", "b", "", {"en": "x"}), "unit 1: an origin called 'en'; wanted a name that no other column has"),
    (Unit("a", "b", "", {"id": "x"}), "unit 1: an origin called 'id'"),
    (Unit("a", "b", "", {"": "x"}), "unit 1: an origin called ''"),
    (Unit("a", "b", "", {" type": "x"}), "unit 1: an origin called ' type'"),
    (Unit("a", "b", "", {"ty\tpe": "x"}), "unit 1: an origin called 'ty\\tpe'"),
]


@pytest.mark.parametrize(("unit", "message"), REFUSED)
def test_refused(unit: Unit, message: str) -> None:
    for write in (write_jsonl_units, write_translation_jsonl):
        handle = io.StringIO()
        with pytest.raises(InputError) as caught:
            write([unit], handle)
        assert str(caught.value).startswith(message)
        str(caught.value).encode("utf-8")
        assert handle.getvalue() == ""


def test_values_columns_and_names() -> None:
    units = [Unit("a", "b", "", {"type": "1-1", "field": "title"}), Unit("c", "d", "x", {"score": "1"})]
    assert list(unit_values(units[0], 1)) == ["id", "en", "zh", "field", "type"]
    assert unit_columns(units) == ("id", "en", "zh", "field", "score", "type")
    assert [unit_name(unit, number) for number, unit in enumerate(units, 1)] == ["unit 1", "unit 'x'"]
    assert unit_columns([]) == ("id", "en", "zh")
    with pytest.raises(InputError, match="origins called 'Type' and 'type'; wanted names that differ in more than"):
        unit_columns([Unit("a", "b", "", {"type": "x"}), Unit("a", "b", "", {"Type": "x"})])
