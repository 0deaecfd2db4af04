"""XLSX of a termbase: texts only, the same bytes every time, and terms that come back; LibreOffice opens it."""

import csv
import re
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import odd_text

from duizhao.corpora import termbase_sheet
from duizhao.corpora.errors import InputError, LimitError
from duizhao.corpora.spreadsheet import read_xlsx
from duizhao.corpora.term import Forbidden, Term
from duizhao.corpora.termbase import read_term_file
from duizhao.corpora.termbase_csv import COLUMNS, term_cells
from duizhao.corpora.termbase_sheet import write_sheet

OTTER = Term(
    "river otter",
    "水獭",
    ("獭", "a|b"),
    (Forbidden("河狸", "that is a beaver", True), Forbidden("海狗=狗", "", False)),
    "animals",
    ("RO",),
    'Shy.\nIt "swims".',
    ("水獺",),
    "noun",
    case=True,
)
HOSTILE = (
    *("=1+1", "+1", "-1", "@SUM(A1)", "{=1+1}", "#N/A", "TRUE", "0123", "1e5", "2020-01-01", "https://a.example/茶"),
    *("mailto:a@b.example", "internal:A1", "'tea", "<r>tea</r>", "<r><t>tea</t></r>", "_x0041_", "_x0041_x0042_"),
    *("_x0041\x07", "_x0041_x0042\x07", "_x005F_x0041_", "<r>_x0041_\x07&amp;</r>", "bell\x07", "a\r\nb", "a\tb"),
    *("]]>", "\ufffe\uffff", "e\u0301", "𠀀", "😀" * 9, '"', "\\|", "a=b [needs source]", "\x7f\x85\u2028茶"),
)  # fmt: skip


def sheet(folder: Path, *terms: Term) -> bytes:
    write_sheet(terms, path := folder / "terms.xlsx")
    return path.read_bytes()


def read_cells(data: bytes) -> list[dict[str, str]]:
    """What our reader finds in each row, by column; empty cells are left out."""
    return [{cell.name: cell.text for cell in row if cell.text} for row in read_xlsx(data, "t.xlsx").rows]


def filled(term: Term) -> dict[str, str]:
    return {name: text for name, text in term_cells(term).items() if text}


def test_it_comes_back(tmp_path: Path) -> None:
    terms = [OTTER, Term("tea", "茶")]
    data = sheet(tmp_path, *terms)
    read = read_term_file(data, "t.xlsx")
    assert [placed.term for placed in read.terms] == terms
    assert read.notes == ()


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_cells_stay_texts(tmp_path: Path, text: str) -> None:
    term = Term("tea", "茶", note=text)
    data = sheet(tmp_path, term)
    assert read_cells(data) == [filled(term)]
    with zipfile.ZipFile(tmp_path / "terms.xlsx") as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
        assert "hyperlink" not in xml and "<f" not in xml
        assert "xl/worksheets/_rels/sheet1.xml.rels" not in archive.namelist()
        assert set(re.findall(r'<c [^>]*?t="(\w+)"', xml)) == {"s"}
    cells = list(openpyxl.load_workbook(tmp_path / "terms.xlsx").worksheets[0].iter_rows())
    assert {cell.data_type for row in cells for cell in row if cell.value is not None} <= {"s"}


def test_how_it_looks(tmp_path: Path) -> None:
    sheet(tmp_path, OTTER, Term("tea", "茶"))
    book = openpyxl.load_workbook(tmp_path / "terms.xlsx")
    (page,) = book.worksheets
    assert (page.title, page.freeze_panes, page.auto_filter.ref) == ("terms", "B2", "A1:J3")
    assert [cell.value for cell in page[1]] == list(COLUMNS)
    assert page["E2"].alignment.wrap_text and page["E2"].number_format == "@"
    assert page["A1"].font.bold
    assert page["E2"].value == "河狸=that is a beaver [needs source]|海狗\\=狗"
    widths = [page.column_dimensions[letter].width for letter in "ABCDEFGHIJ"]
    assert all(12 <= width <= 46 for width in widths) and sum(widths) < 260


def test_the_same_terms_give_the_same_bytes(tmp_path: Path) -> None:
    assert sheet(tmp_path, OTTER) == sheet(tmp_path, OTTER)
    with zipfile.ZipFile(tmp_path / "terms.xlsx") as archive:
        assert b"2000-01-01T00:00:00Z" in archive.read("docProps/core.xml")
        assert {part.date_time[0] for part in archive.infolist()} == {1980}


def test_no_terms_give_a_header(tmp_path: Path) -> None:
    sheet(tmp_path)
    (page,) = openpyxl.load_workbook(tmp_path / "terms.xlsx").worksheets
    assert ([cell.value for cell in page[1]], page.max_row) == (list(COLUMNS), 1)


REFUSED = [
    (Term("tea", "茶", note="a" * 32_768), "term 'tea', column note: 32,768 characters; wanted at most 32,767."),
    (Term("tea", "茶", note="😀" * 16_384), "term 'tea', column note: 32,768 characters; wanted at most 32,767."),
    (Term("tea", "茶", note="\ud800"), "term 'tea', column note: U+D800; wanted characters that a workbook can hold."),
    (Term("tea", "茶", ("水" * 20_000, "汤" * 20_000)), "term 'tea', column admitted: 40,001 characters; wanted"),
]


@pytest.mark.parametrize(("term", "message"), REFUSED)
def test_refused(tmp_path: Path, term: Term, message: str) -> None:
    with pytest.raises(InputError) as caught:
        sheet(tmp_path, OTTER, term)
    assert str(caught.value).startswith(message)
    assert not list(tmp_path.iterdir())


def test_the_longest_cell(tmp_path: Path) -> None:
    term = Term("tea", "茶", note="a" * 32_765 + "😀")
    assert read_cells(sheet(tmp_path, term)) == [filled(term)]


def test_too_many_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(termbase_sheet, "LIMIT_ROWS", 3)
    assert len(read_cells(sheet(tmp_path, OTTER, OTTER))) == 2
    with pytest.raises(LimitError, match=r"^terms.xlsx: too many terms for a sheet; wanted at most 2\. Write them"):
        sheet(tmp_path, OTTER, OTTER, OTTER)


signs = st.text(st.sampled_from("ab_x0041\x07\n\r<r>/&|=\\茶😀"), max_size=12)
texts = st.one_of(odd_text, st.sampled_from(HOSTILE), signs)
cells = texts.map(lambda text: re.sub("[\ud800-\udfff]", "", text).strip())
items = cells.filter(bool)
lists = st.lists(items, max_size=3).map(tuple)
terms = st.builds(
    Term,
    items,
    items,
    lists,
    st.lists(st.builds(Forbidden, items, cells, st.booleans()), max_size=3).map(tuple),
    cells,
    lists,
    cells,
    lists,
    cells,
    st.booleans(),
)


@given(st.lists(terms, min_size=1, max_size=3))
def test_any_terms_come_back(given_terms: list[Term]) -> None:
    whole = [t for t in given_terms if not {f.zh for f in t.forbidden} & set(t.approved)]
    with tempfile.TemporaryDirectory() as folder:
        data = sheet(Path(folder), *given_terms)
        assert read_cells(data) == [filled(term) for term in given_terms]
        if whole:
            read = read_term_file(sheet(Path(folder), *whole), "t.xlsx")
            assert [placed.term for placed in read.terms] == whole


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice (soffice) is not installed")
def test_libreoffice_opens_it_without_a_formula(tmp_path: Path) -> None:
    shown = [text for text in HOSTILE if not re.search("[\x00-\x1f\x7f-\x9f\u2028\ufffe\uffff]|_x", text)]
    sheet(tmp_path, *(Term(f"tea {number}", "茶", note=text) for number, text in enumerate(shown)))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    for kind in ("csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true", "xlsx:Calc MS Excel 2007 XML"):
        folder = tmp_path / kind.partition(":")[0]
        command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(folder)]
        subprocess.run([*command, str(tmp_path / "terms.xlsx")], check=True, capture_output=True, timeout=120)
    with (tmp_path / "csv" / "terms.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert [row["note"] for row in rows] == shown
    again = openpyxl.load_workbook(tmp_path / "xlsx" / "terms.xlsx").worksheets[0]
    assert {cell.data_type for row in again.iter_rows() for cell in row if cell.value is not None} == {"s"}
    assert [row[-1].value for row in again.iter_rows(min_row=2, max_col=10)] == shown
