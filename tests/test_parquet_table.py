"""Parquet: columns of every type as cells or notes, broken files refused, units there and back."""

import datetime
import io
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.corpora import parquet_table
from duizhao.corpora.errors import DuizhaoError, InputError, LimitError
from duizhao.corpora.parquet_table import read_parquet, write_parquet
from duizhao.corpora.rows import Unit


def parquet(columns: dict[str, Any] | pa.Table, **options: Any) -> bytes:
    handle = io.BytesIO()
    pq.write_table(columns if isinstance(columns, pa.Table) else pa.table(columns), handle, **options)
    return handle.getvalue()


Cells = list[list[tuple[str, str, int, int]]]
DAY = pa.array([datetime.date(2024, 5, 1)])
READ: list[tuple[str, dict[str, Any], Cells, list[str]]] = [
    (
        "texts",
        {"en": ["Tea", None, ""], "zh": ["茶", "桥\n\u2028", None]},
        [[("en", "Tea", 1, 1), ("zh", "茶", 1, 2)], [("zh", "桥\n\u2028", 2, 2)], [("en", "", 3, 1)]],
        [],
    ),
    ("words that are no values", {"en": ["NA", "null"]}, [[("en", "NA", 1, 1)], [("en", "null", 2, 1)]], []),
    ("large", {"en": pa.array(["Tea"], pa.large_string())}, [[("en", "Tea", 1, 1)]], []),
    (
        "dictionary",
        {"en": pa.array(["Tea", "Tea"]).dictionary_encode()},
        [[("en", "Tea", 1, 1)], [("en", "Tea", 2, 1)]],
        [],
    ),
    (
        "struct",
        {"id": [7], "translation": [{"en": "Tea", "zh": "茶"}]},
        [[("id", "7", 1, 1), ("translation.en", "Tea", 1, 2), ("translation.zh", "茶", 1, 3)]],
        [],
    ),
    ("null struct", {"a": pa.array([None, {"en": "Tea"}])}, [[], [("a.en", "Tea", 2, 1)]], []),
    ("struct in struct", {"a": [{"b": {"c": "Tea"}}]}, [[("a.b.c", "Tea", 1, 1)]], []),
    (
        "lists",
        {"zh": [["一", "二"], [], None], "en": ["a", "b", "c"]},
        [[("zh", "一", 1, 1), ("zh", "二", 1, 1), ("en", "a", 1, 2)], [("en", "b", 2, 2)], [("en", "c", 3, 2)]],
        [],
    ),
    (
        "numbers",
        {"a": [2**60], "b": [0.1], "c": [True], "d": [Decimal("1.50")], "e": pa.array([7], pa.uint8())},
        [[("a", str(2**60), 1, 1), ("b", "0.1", 1, 2), ("c", "true", 1, 3), ("d", "1.50", 1, 4), ("e", "7", 1, 5)]],
        [],
    ),
    ("nulls only", {"en": ["Tea"], "a": pa.array([None])}, [[("en", "Tea", 1, 1)]], []),
    (
        "other types",
        {"en": ["Tea"], "raw": [b"x"], "day": DAY, "many": [[{"a": "b"}]], "zh": ["茶"]},
        [[("en", "Tea", 1, 1), ("zh", "茶", 1, 5)]],
        [
            "3 columns were left out, no texts or numbers: 'raw' (binary), 'day' (date32[day]), "
            "'many' (list<element: struct<a: string>>)"
        ],
    ),
    ("no rows", {"en": pa.array([], pa.string())}, [], []),
]


@pytest.mark.parametrize(("columns", "cells", "notes"), [row[1:] for row in READ], ids=[row[0] for row in READ])
def test_read(columns: dict[str, Any], cells: Cells, notes: list[str]) -> None:
    table = read_parquet(parquet(columns), "a.parquet")
    assert [[tuple(cell) for cell in row] for row in table.rows] == cells
    assert (table.format, list(table.notes)) == ("Parquet", notes)


def test_many_batches() -> None:
    numbers = [str(n) for n in range(10_000)]
    table = read_parquet(parquet({"en": numbers}, row_group_size=999), "a")
    assert [cell for row in table.rows for cell in row] == [("en", n, i, 1) for i, n in enumerate(numbers, 1)]


TEA = parquet({"en": ["Tea"], "zh": ["茶"]})
DOUBLED = pa.Table.from_arrays([pa.array(["a"]), pa.array(["b"])], names=["en", "en"])
REFUSED = [
    (b"", "a: an empty file; wanted a Parquet file, which begins with b'PAR1'. Is it named rightly?"),
    (b"en,zh\nTea,\xe8\x8c\xb6\n", "a: a file that begins with b'en,z'; wanted a Parquet file"),
    (b"PAR1PAR1", "a: 8 bytes; wanted a whole Parquet file. Fetch it again."),
    (TEA[:-1], "a: a broken Parquet file (Parquet magic bytes not found in footer."),
    (TEA[: len(TEA) // 2], "a: a broken Parquet file (Parquet magic bytes not found in footer."),
    (TEA[:-8] + b"\xff\xff\xff\x7fPAR1", "a: a broken Parquet file ("),
    (
        parquet({"raw": [b"x"], "day": DAY}),
        "a: no column of texts: 'raw' (binary), 'day' (date32[day]); wanted columns",
    ),
    (parquet({}), "a: no column of texts: none at all; wanted columns of texts"),
    (parquet(DOUBLED), "a: two columns called 'en'; wanted a name for each. Rename one."),
    (parquet({"a.b": ["Tea"], "a": [{"b": "Tea"}]}), "a: two columns called 'a.b'"),
]


@pytest.mark.parametrize(("data", "message"), REFUSED)
def test_refused(data: bytes, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_parquet(data, "a")
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


def test_bytes_that_are_no_text() -> None:
    raw = pa.array([b"\xff\xfe"], pa.binary())
    wrong = pa.StringArray.from_buffers(1, raw.buffers()[1], raw.buffers()[2])
    with pytest.raises(InputError, match=r"a: a broken Parquet file .*codec can't decode byte 0xff"):
        read_parquet(parquet({"en": wrong}), "a")


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet_table, "LIMIT_CELLS", 3)
    assert len(read_parquet(parquet({"en": ["a", "b", "c"]}), "a").rows) == 3
    with pytest.raises(LimitError, match=r"a: 4 cells of [0-9]+ bytes; wanted at most 3 cells and 2 GiB\. Split it\."):
        read_parquet(parquet({"en": ["a", "b"], "zh": ["c", "d"]}), "a")


WHOLE = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
ORIGINS = st.dictionaries(st.sampled_from(["type", "score", "span_en", "a.b"]), WHOLE)
UNITS = st.lists(st.builds(Unit, WHOLE, WHOLE, WHOLE, ORIGINS), max_size=5)


@given(UNITS)
def test_units_come_back(units: list[Unit]) -> None:
    handle = io.BytesIO()
    write_parquet(units, handle)
    names = sorted({name for unit in units for name in unit.origin})
    table = read_parquet(handle.getvalue(), "a")
    assert [[(cell.name, cell.text) for cell in row] for row in table.rows] == [
        [("id", u.id), ("en", u.en), ("zh", u.zh), *((n, u.origin[n]) for n in names if n in u.origin)] for u in units
    ]
    assert table.notes == ()


def test_written() -> None:
    one, two = io.BytesIO(), io.BytesIO()
    units = [Unit("Tea", "茶", "1", {"type": "1-1"}), Unit("Bridge", "桥", "2")]
    write_parquet(units, one)
    write_parquet(units, two)
    assert one.getvalue() == two.getvalue()
    file = pq.ParquetFile(io.BytesIO(one.getvalue()))
    assert file.metadata.row_group(0).column(0).compression == "ZSTD"
    assert file.read().to_pydict() == {
        "id": ["1", "2"],
        "en": ["Tea", "Bridge"],
        "zh": ["茶", "桥"],
        "type": ["1-1", None],
    }
    with pytest.raises(InputError, match="unit 'x': half a character in zh"):
        write_parquet([Unit("a", "\ud800", "x")], two)


@given(st.data())
def test_any_bytes_give_a_table_or_our_error(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from([TEA, parquet({"a": [{"b": "Tea"}], "c": [["一", "二"]], "d": [1.5]})]))
    damaged = bytearray(whole)
    for place, value in data.draw(st.lists(st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 255)), max_size=6)):
        damaged[place] = value
    damaged = damaged[: data.draw(st.integers(len(whole) - 5, len(whole)))] + data.draw(st.binary(max_size=4))
    try:
        table = read_parquet(bytes(damaged), "a")
    except DuizhaoError as error:
        assert str(error).startswith("a:")
    else:
        assert all(cell.line == line for line, row in enumerate(table.rows, 1) for cell in row)
