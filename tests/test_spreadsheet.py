"""XLSX: cells with their places, what is counted, what is refused; openpyxl and xlsxwriter make the files."""

import datetime
import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from duizhao.corpora import spreadsheet, zip_door
from duizhao.corpora.errors import DuizhaoError, InputError, LimitError
from duizhao.corpora.spreadsheet import read_xlsx


def workbook(*sheets: list[list[Any]], change: Callable[[Any], object] = lambda book: None) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"河{number}")
        for row in rows:
            sheet.append(row)
    change(book)
    handle = io.BytesIO()
    book.save(handle)
    return handle.getvalue()


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    handle = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(handle, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == name:
                changed = change(content)
                assert changed != content, "the change found nothing to change"
                content = changed
            new.writestr(part.filename, content)
    return handle.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def with_cells(cells: str, attributes: str = "") -> bytes:
    """A workbook whose only row after a header en, zh is this XML."""
    data = workbook([["en", "zh"], ["Tea", "茶"]])

    def change(content: bytes) -> bytes:
        begin = content.index(b'<row r="2"')
        return content[:begin] + f"<row {attributes}>{cells}</row></sheetData></worksheet>".encode()

    return with_part(data, SHEET, change)


Cells = list[list[tuple[str, str, int, int]]]
READ: list[tuple[str, bytes, Cells, list[str]]] = [
    ("plain", workbook([["en", "zh"], ["Tea", "茶"]]), [[("en", "Tea", 2, 1), ("zh", "茶", 2, 2)]], []),
    (
        "values",
        workbook([["en", "zh"], [7, 0.1], [True, False], [-3, 1e300], ["007", "NA"], [None, " \n"]]),
        [
            [("en", "7", 2, 1), ("zh", "0.1", 2, 2)],
            [("en", "TRUE", 3, 1), ("zh", "FALSE", 3, 2)],
            [("en", "-3", 4, 1), ("zh", "1e+300", 4, 2)],
            [("en", "007", 5, 1), ("zh", "NA", 5, 2)],
            [("en", "", 6, 1), ("zh", " \n", 6, 2)],
        ],
        [],
    ),
    (
        "blank rows and columns",
        workbook([[], [None, "en", None, "zh"], [], [None, "Tea", None, "茶"]]),
        [[("column1", "", 4, 1), ("en", "Tea", 4, 2), ("column3", "", 4, 3), ("zh", "茶", 4, 4)]],
        ["2 blank rows were skipped", "2 columns without a name were called column and their number"],
    ),
    (
        "no header",
        workbook([["An otter sleeps.", "海獭睡着了。"]]),
        [[("column1", "An otter sleeps.", 1, 1), ("column2", "海獭睡着了。", 1, 2)]],
        ["no header: columns named column1, column2"],
    ),
    (
        "right of the header",
        workbook([["en", "zh"], ["Tea", "茶", "hot"]]),
        [[("en", "Tea", 2, 1), ("zh", "茶", 2, 2), ("column3", "hot", 2, 3)]],
        ["1 columns without a name were called column and their number"],
    ),
    (
        "hidden and merged",
        workbook(
            [["en", "zh"], ["Tea", "茶"], ["Bridge", "桥"]],
            change=lambda book: (
                setattr(book["河1"].row_dimensions[2], "hidden", True),
                book["河1"].merge_cells("A4:B5"),
            ),
        ),
        [[("en", "Tea", 2, 1), ("zh", "茶", 2, 2)], [("en", "Bridge", 3, 1), ("zh", "桥", 3, 2)]],
        [
            "1 hidden rows were read like the others",
            "1 merged ranges: the text is in the first cell, the others are empty",
        ],
    ),
    (
        "errors",
        workbook([["en", "zh"], ["#N/A", "茶"]]),
        [[("en", "#N/A", 2, 1), ("zh", "茶", 2, 2)]],
        ["1 cells hold error values, read as text"],
    ),
    (
        "one filled sheet of two",
        workbook([], [["en"], ["Tea"]]),
        [[("en", "Tea", 2, 1)]],
        ["sheet '河2' was read"],
    ),
    (
        "text in a column of dates",
        workbook(
            [["en"], ["May"]], change=lambda book: setattr(book["河1"]["A2"], "number_format", "yyyy-mm-dd")
        ),
        [[("en", "May", 2, 1)]],
        [],
    ),
    (
        "no names for the cells",
        with_cells(
            '<c t="str"><v>Tea</v></c>'
            '<c t="inlineStr"><is><r><t>茶</t></r><rPh><t>cha</t></rPh><r><t>水</t></r></is></c>'
        ),
        [[("en", "Tea", 2, 1), ("zh", "茶水", 2, 2)]],
        [],
    ),
    (
        "escapes",
        with_cells('<c t="str"><v>a_x000D_b_x005F_x000D_</v></c><c t="str"><v>_xD83D_<!-- c -->_x_</v></c>', 'r="9"'),
        [[("en", "a\rb_x000D_", 9, 1), ("zh", "_xD83D__x_", 9, 2)]],
        ["7 blank rows were skipped", "2 escaped characters (_x000D_) were decoded"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("data", "cells", "notes"), [row[1:] for row in READ], ids=[row[0] for row in READ])
def test_read(data: bytes, cells: Cells, notes: list[str]) -> None:
    table = read_xlsx(data, "a.xlsx")
    assert [[tuple(cell) for cell in row] for row in table.rows] == cells
    assert (table.format, list(table.notes)) == ("XLSX", notes)


def test_sheets() -> None:
    data = workbook([["en"], ["Tea"]], [["zh"], ["茶"]], [])
    assert read_xlsx(data, "a.xlsx", "河2").rows == ((("zh", "茶", 2, 1),),)
    for sheet, message in (
        (None, "a.xlsx: 2 sheets with cells; wanted one. Name one of '河1', '河2'."),
        ("海", "a.xlsx: no sheet called '海'; wanted '河1', '河2', '河3'. Name one of them."),
        ("河3", "a.xlsx: no cells in sheet '河3'; wanted rows of texts"),
    ):
        with pytest.raises(InputError) as caught:
            read_xlsx(data, "a.xlsx", sheet)
        assert str(caught.value) == message


def zipped(*names: str) -> bytes:
    handle = io.BytesIO()
    with zipfile.ZipFile(handle, "w") as archive:
        for name in names:
            archive.writestr(name, "<a/>")
    return handle.getvalue()


TEA = workbook([["en", "zh"], ["Tea", "茶"]])
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100)
REFUSED = [
    ("empty", b"", "a: an empty file; wanted an .xlsx workbook. Save it as .xlsx."),
    ("csv", "en,zh\nTea,茶\n".encode(), "a: text; wanted an .xlsx workbook. If it is CSV, name it .csv."),
    ("html", b" <html><table>", "a: an HTML or XML page; wanted an .xlsx workbook."),
    ("xls", OLE, "a: an old Office file (.xls); wanted an .xlsx workbook. Save it as .xlsx."),
    ("encrypted", OLE + "EncryptedPackage".encode("utf-16-le"), "a: an encrypted workbook; wanted an .xlsx workbook."),
    ("parquet", b"PAR1" + bytes(9), "a: a Parquet file; wanted an .xlsx workbook. Name it .parquet."),
    ("binary", b"\xff\xfe\x00", "a: no workbook; wanted an .xlsx workbook."),
    ("docx", zipped("word/document.xml"), "a: a Word document; wanted an .xlsx workbook."),
    ("ods", zipped("mimetype", "content.xml"), "a: an OpenDocument file; wanted an .xlsx workbook."),
    ("xlsb", zipped("xl/workbook.bin"), "a: a binary workbook (.xlsb); wanted an .xlsx workbook."),
    ("zip", zipped("otter.txt"), "a: a broken workbook (\"There is no item named '_rels/.rels' in the archive\");"),
    ("torn", TEA[:900], "a: a broken workbook (File is not a zip file); wanted a whole .xlsx. Save it again."),
    ("no cells", workbook([[]]), "a: no cells; wanted rows of texts"),
    ("formula", workbook([["en"], ["=1+1"]]), "a:河1!A2: a formula; wanted its value. Copy the cells and paste"),
    ("date", workbook([["en", "zh"], ["Tea", datetime.date(2024, 5, 1)]]), "a:河1!B2: a date or time; wanted text."),
    ("time", workbook([["en"], [datetime.time(4, 5)]]), "a:河1!A2: a date or time"),
    ("span of time", workbook([["en"], [datetime.timedelta(hours=30)]]), "a:河1!A2: a date or time"),
    ("iso date", with_cells('<c t="d"><v>2024-05-01</v></c>'), "a:河1!A2: a date or time"),
    ("doubled", workbook([["en", "en"]]), "a:河1!row 1: two columns called 'en'; wanted a name for each."),
    ("row 0", with_cells("<c><v>1</v></c>", 'r="0"'), "a:河1!row 0: a row twice or out of range; wanted rows 1 to"),
    ("row twice", with_cells("<c><v>1</v></c>", 'r="1"'), "a:河1!row 1: a row twice or out of range"),
    ("far row", with_cells("<c><v>1</v></c>", 'r="2000000000"'), "a:河1!row 2000000000: a row twice or out of range"),
    ("no number of a row", with_cells("<c><v>1</v></c>", 'r="x"'), "a: a broken workbook (invalid literal for int()"),
    ("far column", with_cells('<c r="XFE2"><v>1</v></c>'), "a:河1!XFE2: a cell twice or out of range; wanted columns"),
    ("cell twice", with_cells('<c r="A2"><v>1</v></c><c r="A2"><v>1</v></c>'), "a:河1!A2: a cell twice"),
    ("no name of a cell", with_cells('<c r="2A"><v>1</v></c>'), "a:河1: a cell called '2A'; wanted a name like A1."),
    ("no such text", with_cells('<c t="s"><v>99</v></c>'), "a:河1!A2: text number 99; wanted one of the 0 there are."),
    ("a text before the first", with_cells('<c t="s"><v>-1</v></c>'), "a:河1!A2: text number -1; wanted one of the"),
    ("no number", with_cells("<c><v>otter</v></c>"), "a:河1!A2: 'otter' of type 'n'; wanted text or a number."),
    ("not finite", with_cells("<c><v>1e999</v></c>"), "a:河1!A2: '1e999' of type 'n'"),
    ("no truth value", with_cells('<c t="b"><v>2</v></c>'), "a:河1!A2: '2' of type 'b'"),
    ("no type", with_cells('<c t="tea"><v>2</v></c>'), "a:河1!A2: '2' of type 'tea'"),
    (
        "entities",
        with_part(TEA, SHEET, lambda xml: b'<!DOCTYPE w [<!ENTITY t "tea">]>' + xml.replace(b"Tea", b"&t;")),
        f"a: a document type declaration in {SHEET}; wanted none. Save the workbook again.",
    ),
    (
        "entities where nothing is read",
        with_part(TEA, "xl/styles.xml", lambda _: b'<!DOCTYPE w [<!ENTITY t "tea">]><w>&t;</w>'),
        "a: a document type declaration in xl/styles.xml; wanted none. Save the workbook again.",
    ),
    ("not well-formed", with_part(TEA, SHEET, lambda xml: xml.replace(b"</row>", b"", 1)), "a: a broken workbook ("),
    (
        "two sheets of one name",
        with_part(
            workbook([["en"]], [["zh"]]), "xl/workbook.xml", lambda xml: xml.replace("河2".encode(), "河1".encode())
        ),
        "a: two sheets called '河1'; wanted a name for each. Rename one.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("data", "message"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_refused(data: bytes, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_xlsx(data, "a")
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


def test_bombs(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = with_part(TEA, SHEET, lambda xml: xml + b" " * 20_000_000)
    with pytest.raises(
        LimitError, match=r"a: 20,[0-9,]+ bytes packed in [0-9,]+; wanted at most 512 MiB, and 200 times"
    ):
        read_xlsx(bomb, "a")
    wide = workbook([["en"], *([[None] * 9 + ["Tea"]] * 9)])
    assert len(read_xlsx(wide, "a").rows) == 9
    monkeypatch.setattr(spreadsheet, "LIMIT_CELLS", 99)
    with pytest.raises(LimitError, match=r"a: 10 rows of 10 cells; wanted at most 99 cells\. Split it\."):
        read_xlsx(wide, "a")
    monkeypatch.setattr(zip_door, "LIMIT_UNPACKED", 2**10)
    with pytest.raises(LimitError, match="bytes packed in"):
        read_xlsx(TEA, "a")


TEXT = st.text(st.sampled_from("ab海獭 \t\n\"'=_x0D&<>]😀\u2028é"), min_size=1, max_size=12)
GRID = st.lists(st.lists(st.none() | TEXT, min_size=3, max_size=3), max_size=5)


@given(GRID)
def test_what_xlsxwriter_writes_and_openpyxl_reads(grid: list[list[str | None]]) -> None:
    handle = io.BytesIO()
    with xlsxwriter.Workbook(handle, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for row, texts in enumerate([["en", "zh", "id"], *grid]):
            for column, text in enumerate(texts):
                if text is not None:
                    sheet.write_string(row, column, text)
    table = read_xlsx(handle.getvalue(), "a")
    kept = [[text or "" for text in texts] for texts in grid if any(texts)]
    assert [[cell.text for cell in row] for row in table.rows] == kept
    theirs = openpyxl.load_workbook(io.BytesIO(handle.getvalue()), read_only=True).worksheets[0]
    lines = [row for row in theirs.iter_rows(min_row=2) if any(cell.value for cell in row)]
    assert [row[0].line for row in table.rows] == [next(c.row for c in line if c.value) for line in lines]


@given(st.data())
def test_any_bytes_give_a_table_or_our_error(data: st.DataObject) -> None:
    with zipfile.ZipFile(io.BytesIO(TEA)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = data.draw(st.sampled_from([SHEET, "xl/workbook.xml", "xl/styles.xml", "_rels/.rels", ""]))
    whole = parts.get(name, TEA)
    damaged = bytearray(whole)
    for place, value in data.draw(st.lists(st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 255)), max_size=6)):
        damaged[place] = value
    damaged = damaged[: data.draw(st.integers(len(whole) - 5, len(whole)))] + data.draw(st.binary(max_size=4))
    given_data = bytes(damaged)
    if name:
        handle = io.BytesIO()
        with zipfile.ZipFile(handle, "w") as archive:
            for part, content in (parts | {name: given_data}).items():
                archive.writestr(part, content)
        given_data = handle.getvalue()
    try:
        table = read_xlsx(given_data, "a")
    except DuizhaoError as error:
        assert str(error).startswith("a:")
    else:
        assert len({len(row) for row in table.rows}) <= 1
