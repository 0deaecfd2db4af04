"""CSV and TSV: cells with their places, headers found and missed, files refused, round trips."""

import csv
import io
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.corpora import delimited
from duizhao.corpora.delimited import header_of, read_delimited, write_csv, write_tsv
from duizhao.corpora.errors import DuizhaoError, InputError, LimitError
from duizhao.corpora.rows import Table, Unit

Places = list[tuple[str, str, int, int]]


def cells_of(table: Table) -> list[Places]:
    return [[tuple(cell) for cell in row] for row in table.rows]


CSV = [
    ("plain", "en,zh\nAn otter.,海獭。\n", [[("en", "An otter.", 2, 1), ("zh", "海獭。", 2, 2)]], []),
    ("no final line end", "en,zh\na,b", [[("en", "a", 2, 1), ("zh", "b", 2, 2)]], []),
    ("crlf", "en,zh\r\na,b\r\n", [[("en", "a", 2, 1), ("zh", "b", 2, 2)]], []),
    ("cr", "en,zh\ra,b\r", [[("en", "a", 2, 1), ("zh", "b", 2, 2)]], ["line ends were CR; read as LF"]),
    (
        "quoted over lines",
        'en,zh\n"Tea,\n""hot"".","茶\r\n水"\nRiver,河\n',
        [
            [("en", 'Tea,\n"hot".', 2, 1), ("zh", "茶\r\n水", 2, 2)],
            [("en", "River", 5, 1), ("zh", "河", 5, 2)],
        ],
        [],
    ),
    (
        "texts stay texts",
        "en,zh\nNA,null\n007,True\nNone,1e5\n,\n",
        [
            [("en", "NA", 2, 1), ("zh", "null", 2, 2)],
            [("en", "007", 3, 1), ("zh", "True", 3, 2)],
            [("en", "None", 4, 1), ("zh", "1e5", 4, 2)],
            [("en", "", 5, 1), ("zh", "", 5, 2)],
        ],
        [],
    ),
    (
        "separators that are no line ends",
        "en,zh\na\u2028b\x85c\x0bd,\x0c桥\n",
        [[("en", "a\u2028b\x85c\x0bd", 2, 1), ("zh", "\x0c桥", 2, 2)]],
        [],
    ),
    ("blank rows", "\nen,zh\n\n  \na,b\n\n", [[("en", "a", 5, 1), ("zh", "b", 5, 2)]], ["4 blank rows were skipped"]),
    ("header only", "en,zh\n", [], []),
    (
        "other names, other order",
        "译文,English,Memo\n桥,Bridge,x\n",
        [[("译文", "桥", 2, 1), ("English", "Bridge", 2, 2), ("Memo", "x", 2, 3)]],
        [],
    ),
    (
        "no header",
        "otter,海獭\nriver,河\n",
        [
            [("column1", "otter", 1, 1), ("column2", "海獭", 1, 2)],
            [("column1", "river", 2, 1), ("column2", "河", 2, 2)],
        ],
        ["no header: columns named column1, column2"],
    ),
    (
        "a nameless column",
        ",en\n0,Tea\n",
        [[("column1", "0", 2, 1), ("en", "Tea", 2, 2)]],
        ["1 columns without a name were called column and their number"],
    ),
    ("quotes in the middle", 'en,zh\n5" pipe,管\n', [[("en", '5" pipe', 2, 1), ("zh", "管", 2, 2)]], []),
    ("nul", "en,zh\na\0,b\n", [[("en", "a\0", 2, 1), ("zh", "b", 2, 2)]], []),
]


@pytest.mark.parametrize(("text", "cells", "notes"), [row[1:] for row in CSV], ids=[row[0] for row in CSV])
def test_csv(text: str, cells: list[Places], notes: list[str]) -> None:
    table = read_delimited(text, "a.csv", ",")
    assert cells_of(table) == cells
    assert (table.format, list(table.notes)) == ("CSV", notes)


def test_semicolons() -> None:
    table = read_delimited("en;zh\na,b;桥\n", "a.csv", ";")
    assert (table.format, cells_of(table)) == ("CSV (;)", [[("en", "a,b", 2, 1), ("zh", "桥", 2, 2)]])


LITERAL, ENCLOSING = "quotes are literal, as in plain TSV", "quotes enclose fields, as in CSV"
TSV = [
    ("plain", "en\tzh\na, b\t桥\n", [["a, b", "桥"]], []),
    ("crlf", "en\tzh\r\na\t桥\r\n", [["a", "桥"]], []),
    ("bare cr inside", "en\tzh\na\rb\t桥\n", [["a\rb", "桥"]], []),
    ("stray quotes", 'en\tzh\n"Tea\t茶"\nfive "\t五\n', [['"Tea', '茶"'], ['five "', "五"]], [LITERAL]),
    ("quoted", 'en\tzh\n"a\t""b"""\t桥\n', [['a\t"b"', "桥"]], [ENCLOSING]),
    ("quoted over lines", 'en\tzh\n"a\nb"\t桥\n', [["a\nb", "桥"]], [ENCLOSING]),
    ("quoted and stray", 'en\tzh\n"Tea."\t茶\n"Tea" now\t茶\n', [['"Tea."', "茶"], ['"Tea" now', "茶"]], [LITERAL]),
    ("a lone quote", 'en\tzh\n"\t桥\n', [['"', "桥"]], [LITERAL]),
]


@pytest.mark.parametrize(("text", "texts", "notes"), [row[1:] for row in TSV], ids=[row[0] for row in TSV])
def test_tsv(text: str, texts: list[list[str]], notes: list[str]) -> None:
    table = read_delimited(text, "a.tsv", "\t")
    assert [[cell.text for cell in row] for row in table.rows] == texts
    assert [(cell.name, cell.line, cell.column) for cell in table.rows[0]] == [("en", 2, 1), ("zh", 2, 2)]
    assert (table.format, list(table.notes)) == ("TSV", notes)


HEADERS = [
    (["en", "zh"], True, []),
    (["EN", " ZH "], True, []),
    (["id", "a long sentence. And another one!"], True, []),
    (["中文", "English"], True, []),
    (["原文", "译文"], True, []),
    (["question", "answer"], True, ["the first row was taken for a header: question, answer"]),
    (["title_en", "标题_zh"], True, ["the first row was taken for a header: title_en, 标题_zh"]),
    (["英文标题", "English title"], True, ["the first row was taken for a header: 英文标题, English title"]),
    (["text.en", "text.zh"], True, ["the first row was taken for a header: text.en, text.zh"]),
    (["otter", "海獭"], False, ["no header: columns named column1, column2"]),
    (["An otter sleeps.", "Tea"], False, ["no header: columns named column1, column2"]),
    (["海獭在河边睡着了", "桥。"], False, ["no header: columns named column1, column2"]),
    (["1", "two"], False, ["no header: columns named column1, column2"]),
    (["https://example.org", "river"], False, ["no header: columns named column1, column2"]),
    (["one two three four five", "six"], False, ["no header: columns named column1, column2"]),
    (["", ""], False, ["no header: columns named column1, column2"]),
]


@pytest.mark.parametrize(("first", "is_header", "notes"), HEADERS)
def test_headers(first: Sequence[str], is_header: bool, notes: list[str]) -> None:
    header = header_of(first, "a.csv:1")
    assert (header.is_first_row, list(header.notes)) == (is_header, notes)
    assert header.names == (tuple(cell.strip() for cell in first) if is_header else ("column1", "column2"))


REFUSED = [
    ("", ",", "a.csv: no rows; wanted rows of fields"),
    ("\n \n", ",", "a.csv: no rows"),
    ("en,zh\na,b\na,b,c\n", ",", "a.csv:3: 3 fields; wanted 2, as in 1. A separator within a text needs quotes"),
    ("en,zh\n\na\n", ",", "a.csv:3: 1 fields; wanted 2, as in 1."),
    ("en\tzh\na\n", "\t", "a.csv:2: 1 fields; wanted 2"),
    ('en,zh\na,b\n"c,d\ne,f\n', ",", "a.csv:3: a quote that never closes; wanted whole fields."),
    ('en,zh\n"a\nb"c,d\n', ",", "a.csv:2: broken CSV (',' expected after '\"'); wanted whole fields."),
    ("en,zh\na\rb,c\n", ",", "a.csv:2: broken CSV (a bare CR outside quotes)"),
    ("en,zh,EN\na,b,c\n", ",", "a.csv:1: two columns called 'EN'; wanted a name for each. Rename one in the header."),
    ("中文,中文\na,b\n", ",", "a.csv:1: two columns called '中文'"),
    ("en\tzh\tzh\n", "\t", "a.csv:1: two columns called 'zh'"),
    ('en\tzh\n"a"\tb\tc\n', "\t", "a.csv:2: 3 fields; wanted 2"),
]


@pytest.mark.parametrize(("text", "delimiter", "message"), REFUSED)
def test_refused(text: str, delimiter: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_delimited(text, "a.csv", delimiter)
    assert str(caught.value).startswith(message)


def test_long_fields(monkeypatch: pytest.MonkeyPatch) -> None:
    limit = csv.field_size_limit()
    long = "獭" * 200_000
    for delimiter in (",", "\t"):
        assert read_delimited(f"en{delimiter}zh\n{long}{delimiter}b\n", "a", delimiter).rows[0][0].text == long
    monkeypatch.setattr(delimited, "LIMIT_FIELD", 1000)
    for text, delimiter in ((f"en,zh\na,b\n{long},b\n", ","), (f'en\tzh\n"a"\tb\n{long}\tb\n', "\t")):
        with pytest.raises(LimitError, match=r"a:3: a field too long; wanted at most 1,000 characters\. Split it\."):
            read_delimited(text, "a", delimiter)
    assert csv.field_size_limit() == limit  # csv keeps one for the whole process


ODD = st.text(st.sampled_from("ab海 \t\n\r\"',;\x0b\x1c\x85\u2028\0😀="), max_size=12)
ANY = ODD | st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
LINE = ANY.map(lambda text: text.translate({9: " ", 10: " ", 13: " "})) | st.sampled_from(
    ['"', '""', '"a"', '"a', 'a"']
)
ORIGINS = st.sampled_from(["type", "score", "field", "span_en", "licence"])


def units_of(texts: st.SearchStrategy[str]) -> st.SearchStrategy[list[Unit]]:
    return st.lists(st.builds(Unit, texts, texts, texts, st.dictionaries(ORIGINS, texts)), max_size=5)


def assert_same(units: list[Unit], table: Table) -> None:
    names = sorted({name for unit in units for name in unit.origin})
    wanted = [[("id", u.id), ("en", u.en), ("zh", u.zh), *((n, u.origin.get(n, "")) for n in names)] for u in units]
    assert [[(cell.name, cell.text) for cell in row] for row in table.rows] == wanted


@given(units_of(ANY))
def test_csv_comes_back(units: list[Unit]) -> None:
    handle = io.StringIO(newline="")
    write_csv(units, handle)
    table = read_delimited(handle.getvalue(), "a.csv", ",")
    assert_same(units, table)
    assert table.notes == ()
    theirs = list(csv.reader(io.StringIO(handle.getvalue(), newline=""), strict=True))
    assert [[cell.text for cell in row] for row in table.rows] == theirs[1:]


@given(units_of(LINE))
def test_tsv_comes_back(units: list[Unit]) -> None:
    handle = io.StringIO(newline="")
    write_tsv(units, handle)
    assert_same(units, read_delimited(handle.getvalue(), "a.tsv", "\t"))


def test_written() -> None:
    units = [Unit('A "b"', "甲,乙", "1", {"type": "1-1"}), Unit("c\rd", "e\nf", "2", {"field": "title"})]
    handle = io.StringIO(newline="")
    write_csv(units, handle)
    assert handle.getvalue() == 'id,en,zh,field,type\n1,"A ""b""","甲,乙",,1-1\n2,"c\rd","e\nf",title,\n'
    handle = io.StringIO(newline="")
    write_tsv(units[:1], handle)
    assert handle.getvalue() == 'id\ten\tzh\ttype\n1\tA "b"\t甲,乙\t1-1\n'
    handle = io.StringIO(newline="")
    write_tsv([units[0], Unit('"c"', "d", "3")], handle)
    assert handle.getvalue() == 'id\ten\tzh\ttype\n1\t"A ""b"""\t甲,乙\t1-1\n3\t"""c"""\td\t\n'


@pytest.mark.parametrize("sign", ["\t", "\n", "\r"])
def test_tsv_refuses_its_own_signs(sign: str) -> None:
    for unit, message in (
        (
            Unit(f"a{sign}b", "c", "u7"),
            "unit 'u7': a tab or line end in en; wanted texts of one line. Use CSV or JSONL.",
        ),
        (Unit("a", "b", "", {"type": sign}), "unit 2: a tab or line end in type"),
    ):
        handle = io.StringIO()
        with pytest.raises(InputError) as caught:
            write_tsv([Unit("a", "b"), unit], handle)
        assert str(caught.value).startswith(message) and handle.getvalue() == ""


@given(ODD | st.lists(ODD, max_size=8).map(",".join) | st.text(max_size=60), st.sampled_from(",;\t"))
def test_any_text_gives_a_table_or_our_error(text: str, delimiter: str) -> None:
    try:
        table = read_delimited(text, "a", delimiter)
    except DuizhaoError as error:
        assert str(error).startswith("a:")
    else:
        assert len({len(row) for row in table.rows}) <= 1
        lines = text.replace("\r", "\n").count("\n") + 1
        assert all(1 <= cell.line <= lines and row[cell.column - 1] is cell for row in table.rows for cell in row)
