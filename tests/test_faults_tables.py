"""Bad inputs, rows 37–51 of docs/faults.md: CSV, TSV, XLSX, JSON Lines, Parquet, and names that lie."""

import csv
import datetime
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from duizhao.corpora import Document, InputError, LimitError, Reading, document_from_bytes, extract
from duizhao.main import main

EN = "The otters carried 32 fresh shells home today."
ZH = "海獭今天把三十二个新鲜的贝壳带回了家。"
PAIR = "en → text_en, zh → text_zh"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line, in a folder of its own: exit code, output, error output."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("signal.signal", lambda *_: None)  # pytest keeps its own handlers

    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main(list(arguments))
            raise SystemExit(0)
        shown = capsys.readouterr()
        assert isinstance(left.value.code, int)
        return left.value.code, shown.out, shown.err

    return call


def read(data: str | bytes, name: str, sheet: str | None = None) -> Document:
    return document_from_bytes(data if isinstance(data, bytes) else data.encode(), name, reading=Reading(sheet=sheet))


def refusal(data: str | bytes, name: str, sheet: str | None = None) -> str:
    with pytest.raises(InputError) as caught:
        read(data, name, sheet)
    return str(caught.value)


def workbook(fill: Callable[[Any], object]) -> bytes:
    handle = io.BytesIO()
    with xlsxwriter.Workbook(handle, {"in_memory": True}) as book:
        fill(book)
    return handle.getvalue()


def sheet_of(*rows: list[Any], name: str = "河") -> Callable[[Any], Any]:
    def fill(book: Any) -> Any:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                sheet.write(number, column, value)
        return sheet

    return fill


def parquet(**columns: Any) -> bytes:
    handle = io.BytesIO()
    pq.write_table(pa.table(columns), handle)
    return handle.getvalue()


WORDS = [
    ("NA", "没有"),
    ("null", "空"),
    ("None", "无"),
    ("nan", "非数"),
    ("007", "零零七"),
    ("True", "真"),
    ("1e5", "十万"),
]


def as_texts(rows: list[tuple[str, str]]) -> Callable[[Any], None]:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                sheet.write_string(number, column, text)

    return fill


def test_fault_37_words_that_look_like_values() -> None:
    rows = [*WORDS, (EN, ZH), (EN, ZH)]
    lines = [("en", "zh"), *rows]
    files: list[tuple[str, str | bytes]] = [
        *((name, "".join(f"{sign.join(row)}\n" for row in lines)) for name, sign in (("a.csv", ","), ("a.tsv", "\t"))),
        ("a.jsonl", "".join(json.dumps({"en": en, "zh": zh}) + "\n" for en, zh in rows)),
        ("a.parquet", parquet(en=[en for en, _ in rows], zh=[zh for _, zh in rows])),
        ("a.xlsx", workbook(as_texts(lines))),
    ]
    for name, data in files:
        records = extract([read(data, name)]).records
        assert [(record.text_en, record.text_zh) for record in records] == rows, name


@pytest.mark.parametrize(("name", "sign"), [("a.csv", ","), ("a.csv", ";"), ("a.tsv", "\t")])
def test_fault_38_a_field_too_many(name: str, sign: str) -> None:
    text = f"en{sign}zh\n{EN}{sign}{ZH}\nTea{sign} hot{sign}热茶\n"
    said = "3 fields; wanted 2, as in 1. A separator within a text needs quotes around the text."
    assert refusal(text, name) == f"{name}:3: {said}"


@pytest.mark.parametrize(("name", "sign"), [("a.csv", ","), ("a.csv", ";"), ("a.tsv", "\t")])
def test_fault_39_a_field_too_few(name: str, sign: str) -> None:
    text = f"id{sign}en{sign}zh\n1{sign}{EN}{sign}{ZH}\n2{sign}Tea\n"
    said = "2 fields; wanted 3, as in 1. A separator within a text needs quotes around the text."
    assert refusal(text, name) == f"{name}:3: {said}"


def test_fault_40_an_unclosed_quote() -> None:
    text = f'en,zh\n{EN},{ZH}\n"Tea,热茶\n' + f"{EN},{ZH}\n" * 3
    said = "a quote that never closes; wanted whole fields. Double a quote within quotes; end lines with LF or CRLF."
    assert refusal(text, "a.csv") == f"a.csv:3: {said}"


def test_fault_41_a_field_longer_than_csv_allows() -> None:
    before = csv.field_size_limit()
    text = f"en,zh\n{EN},{'獭' * 140_000}\n"
    said = "a.csv:2:2: 140,000 characters in one cell; wanted at most 100,000. Split it, or raise --max-unit."
    assert refusal(text, "a.csv") == said
    longer = document_from_bytes(text.encode(), "a.csv", reading=Reading(limit_unit=140_000))
    assert longer.text == f"{EN}\n{'獭' * 140_000}\n\n"
    with pytest.raises(LimitError) as caught:
        read(f"en,zh\n{EN},{'a' * 10_000_001}\n", "a.csv")
    assert str(caught.value) == "a.csv:2: a field too long; wanted at most 10,000,000 characters. Split it."
    assert csv.field_size_limit() == before


def test_fault_42_tabs_and_line_ends_in_tsv_cells(run: Run) -> None:
    Path("a.csv").write_text(f'id,en,zh\nt1,"Tea\tis hot.",茶很烫。\nt2,{EN},{ZH}\n', encoding="utf-8")
    assert run("convert", "a.csv", "-o", "b.tsv") == (
        2,
        "",
        "unit 't1': a tab or line end in en; wanted texts of one line. Use CSV or JSONL.\n",
    )
    assert not Path("b.tsv").exists()
    for name in ("b.csv", "b.jsonl"):
        assert run("convert", "a.csv", "-o", name)[0] == 0
        assert [record.text_en for record in extract([read(Path(name).read_bytes(), name)]).records] == [
            "Tea\tis hot.",
            EN,
        ]


HEADERS = [
    ("zh,en", f"{ZH},{EN}", f"CSV: {PAIR}", None),
    ("ZH,En", f"{ZH},{EN}", "CSV: En → text_en, ZH → text_zh", None),
    ("译文,原文", f"{ZH},{EN}", "CSV: 原文 → text_en, 译文 → text_zh", None),
    ("中文,英文", f"{ZH},{EN}", "CSV: 英文 → text_en, 中文 → text_zh", None),
    ("target,source", f"{ZH},{EN}", "CSV: source → text_en, target → text_zh", None),
    ("zh-CN,en_US", f"{ZH},{EN}", "CSV: en_US → text_en, zh-CN → text_zh", None),
    (
        f"{EN},{ZH}",
        f"{EN},{ZH}",
        "CSV: column1 → text_en, column2 → text_zh",
        "no header: columns named column1, column2",
    ),
]


@pytest.mark.parametrize(("header", "row", "mapped", "note"), HEADERS)
def test_fault_43_headers(header: str, row: str, mapped: str, note: str | None) -> None:
    document = read(f"{header}\n{row}\n{row}\n", "a.csv")
    assert document.notes == ((mapped,) if note is None else (mapped, note))
    records = extract([document]).records
    assert [(record.text_en, record.text_zh) for record in records] == [(EN, ZH)] * (2 if note is None else 3)


def test_fault_43_a_doubled_header() -> None:
    said = "two columns called 'EN'; wanted a name for each. Rename one in the header."
    assert refusal(f"en,zh,EN\n{EN},{ZH},{EN}\n", "a.csv") == f"a.csv:1: {said}"


def bomb(megabytes: int) -> bytes:
    data = workbook(sheet_of(["en", "zh"], [EN, ZH]))
    handle = io.BytesIO(data)
    with zipfile.ZipFile(handle, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/tea.bin", bytes(megabytes * 2**20))
    return handle.getvalue()


def test_fault_44_a_zip_bomb() -> None:
    data = bomb(20)
    said = refusal(data, "a.xlsx")
    assert said.endswith(
        f" bytes packed in {len(data):,}; wanted at most 512 MiB, and 200 times the file. Save the texts alone."
    )
    assert said.startswith("a.xlsx: 20,9") and len(data) < 2**20 / 10
    assert read(bomb(1), "a.xlsx").text == f"{EN}\n{ZH}\n\n"  # so little does no harm


OLD = (
    "an old Office file (.doc, .xls) or an encrypted one; wanted a text file, or a document of a format that duizhao "
    "reads. Unpack or convert it."
)


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.xls", OLD),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", OLD),
        (
            f"en,zh\n{EN},{ZH}\n".encode(),
            "a.xlsx",
            "text; wanted a .xlsx file, as its name says. If it is CSV, name it .csv.",
        ),
        (
            f"en,zh\n{EN},{ZH}\n".encode(),
            "a.xls",
            "text; wanted a .xls file, as its name says. If it is CSV, name it .csv.",
        ),
        (b"PK\x03\x04 otter", "a.xlsx", "a broken ZIP archive; wanted a Word document (.docx). Save it as .docx."),
    ],
)
def test_fault_45_no_workbook(data: bytes, name: str, said: str) -> None:
    assert refusal(data, name) == f"{name}: {said}"


def test_fault_46_formulas_and_dates_are_refused() -> None:
    data = workbook(sheet_of(["en", "zh"], [EN, ZH], ["Tea", '="热"&"茶"']))
    said = "a formula; wanted its value. Copy the cells and paste them as values."
    assert refusal(data, "a.xlsx") == f"a.xlsx:河!B3: {said}"

    def dated(book: Any) -> None:
        sheet = sheet_of(["en", "zh"], [EN, ZH])(book)
        sheet.write_datetime(2, 0, datetime.datetime(2031, 4, 1), book.add_format({"num_format": "yyyy-mm-dd"}))

    said = "a date or time; wanted text. Format the column as text and write the date as it shall be."
    assert refusal(workbook(dated), "a.xlsx") == f"a.xlsx:河!A3: {said}"


def test_fault_46_hidden_rows_merged_cells_and_numbers_are_read_and_counted() -> None:
    def fill(book: Any) -> None:
        sheet = sheet_of(["id", "en", "zh"], [7, EN, ZH], [8.5, "Tea is hot.", "茶很烫。"])(book)
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.merge_range("B4:C4", "The bridge is old.")

    document = read(workbook(fill), "a.xlsx")
    assert document.text == f"{EN}\n{ZH}\n\nTea is hot.\n茶很烫。\n\nThe bridge is old.\n\n"
    assert document.notes[:2] == (f"XLSX: {PAIR}", "columns not used: id")
    assert document.notes[2:] == (
        "1 hidden rows were read like the others",
        "1 merged ranges: the text is in the first cell, the others are empty",
    )
    assert [origin.get("id") for origin in document.layout.origins] == ["7", "8.5", None]


def test_fault_47_several_sheets(run: Run) -> None:
    data = workbook(
        lambda book: (sheet_of(["en", "zh"], [EN, ZH])(book), sheet_of(["en", "zh"], ["Tea", "茶"], name="b")(book))
    )
    Path("a.xlsx").write_bytes(data)
    said = "a.xlsx: 2 sheets with cells; wanted one. Name one of '河', 'b'."
    assert run("audit", "a.xlsx") == (2, "", f"{said}\n")
    code, out, err = run("audit", "a.xlsx", "--sheet", "河")
    assert (code, err) == (0, "") and "sheet '河' was read" in out
    said = "a.xlsx: no sheet called 'c'; wanted '河', 'b'. Name one of them."
    assert run("audit", "a.xlsx", "--sheet", "c") == (2, "", f"{said}\n")


GOOD = json.dumps({"en": EN, "zh": ZH}, ensure_ascii=False)
DEEP = "2:1: nested more than 100 levels deep; wanted papers or sentence pairs"
BAD_LINES = [
    (
        '{"en": "Tea",',
        "2:14: broken JSON (Expecting property name enclosed in double quotes); wanted an object or a list",
    ),
    ("tea", "2:1: broken JSON (Expecting value); wanted an object or a list"),
    ('{"en": "Tea", "en": "Hot"}', "2:1: the key 'en' twice in one object; wanted each key once"),
    ('{"en": NaN}', "2:1: NaN, which is no JSON; wanted a number or null"),
    ('{"en": -Infinity}', "2:1: -Infinity, which is no JSON; wanted a number or null"),
    ("[" * 100_000, DEEP),
    ('{"en": ' + "[" * 100_000 + "]" * 100_000 + "}", DEEP),
]


@pytest.mark.parametrize(("line", "said"), BAD_LINES)
def test_fault_48_bad_lines_of_json(line: str, said: str) -> None:
    assert refusal(f"{GOOD}\n{line}\n{GOOD}\n", "a.jsonl") == f"a.jsonl:{said}"


def test_fault_48_no_digit_of_a_number_is_lost() -> None:
    number = "9" * 5_000
    text = GOOD.replace("{", f'{{"n": {number}, "m": 0.10, ')
    document = read(f"{text}\n{text}\n", "a.jsonl")
    assert [origin["n"] for origin in document.layout.origins] == [number] * 2
    assert [origin["m"] for origin in document.layout.origins] == ["0.10"] * 2


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "an empty file; wanted text with Chinese or English"),
        (b"PAR1", "4 bytes; wanted a whole Parquet file. Fetch it again."),
        (parquet(en=[EN], zh=[ZH])[:-30], "a broken Parquet file ("),
        (parquet(en=[EN], zh=[ZH])[:200], "a broken Parquet file ("),
        (b"PAR1" + b"\0" * 40 + b"PAR1", "a broken Parquet file ("),
        (
            b"OTER" + parquet(en=[EN], zh=[ZH])[4:],
            "no text and nothing that is known; wanted a .parquet file. Fetch it again.",
        ),
        (b"tea and otters", "text; wanted a .parquet file, as its name says. If it is CSV, name it .csv."),
        (
            parquet(en=pa.array([], pa.string()), zh=pa.array([], pa.string())),
            "no column of English or Chinese text in Parquet; wanted one at least. Name it with --field.",
        ),
    ],
)
def test_fault_49_no_whole_parquet_file(data: bytes, said: str) -> None:
    message = refusal(data, "a.parquet")
    if said.endswith("("):  # what follows is pyarrow's
        assert message.startswith(f"a.parquet: {said}") and "\n" not in message
        assert message.endswith("); wanted a whole one. Fetch it again.")
    else:
        assert message == f"a.parquet: {said}"


def test_fault_50_columns_missing_or_of_no_text() -> None:
    said = "a.parquet: no column of English or Chinese text in Parquet; wanted one at least. Name it with --field."
    assert refusal(parquet(n=[1, 2]), "a.parquet") == said
    said = "a.parquet: no column of texts: 'en' (binary), 'zh' (list<element: int64>); wanted columns of texts"
    assert refusal(parquet(en=[b"tea"], zh=[[1]]), "a.parquet") == said
    document = read(parquet(en=[EN], zh=[ZH], audio=[b"splash"], pair=[{"en": "Tea", "day": 1}]), "a.parquet")
    assert document.text == f"{EN}\n{ZH}\n\n"
    assert document.notes[-1] == "1 columns were left out, no texts or numbers: 'audio' (binary)"


PAGE = f"<!doctype html>\n<p>{EN}\n<p>{ZH}\n"
TMX = (
    f'<tmx version="1.4"><header srclang="en"/><body><tu><tuv xml:lang="en"><seg>{EN}</seg></tuv>'
    f'<tuv xml:lang="zh"><seg>{ZH}</seg></tuv></tu></body></tmx>'
)
CSV = f"en,zh\n{EN},{ZH}\n"
# Content, name, and the note that says as what it was read.
SURE = [
    (PAGE, "a.csv", "read as HTML"),
    (PAGE, "a.xls", "read as HTML"),
    (PAGE, "a", "read as HTML"),
    (TMX, "a.csv", f"TMX 1.4: {PAIR}"),
    (TMX, "a.xlsx", f"TMX 1.4: {PAIR}"),
    (f"[{GOOD}]", "a.csv", f"JSON: {PAIR}"),
    (f"{GOOD}\n{GOOD}\n", "a.html", f"JSON Lines: {PAIR}"),
    (CSV, "a.txt", f"CSV: {PAIR}"),
    (CSV.replace(",", ";"), "a.dat", f"CSV (;): {PAIR}"),
    (CSV.replace(",", "\t"), "a.txt", f"TSV: {PAIR}"),
    (CSV.replace(",", "\t"), "a.csv", f"TSV: {PAIR}"),
]


@pytest.mark.parametrize(("content", "name", "note"), SURE)
def test_fault_51_content_that_is_sure_wins(content: str, name: str, note: str) -> None:
    document = read(content, name)
    assert note in document.notes
    assert [line for line in document.text.split("\n") if line][:2] == [EN, ZH]


@pytest.mark.parametrize(
    "name", ["a.xlsx", "a.xls", "a.docx", "a.doc", "a.parquet", "a.tmx", "a.xlf", "a.xliff", "A.TMX"]
)
@pytest.mark.parametrize("content", [f"{EN}\n{ZH}\n", CSV, "水獭"])
def test_fault_51_text_under_the_name_of_another_format_is_refused(name: str, content: str) -> None:
    ending = name.lower()[2:]
    said = f"text; wanted a .{ending} file, as its name says. If it is CSV, name it .csv."
    assert refusal(content, name) == f"{name}: {said}"


def test_fault_51_an_unknown_ending_is_text() -> None:
    document = read(f"{EN}\n{ZH}\n", "a.otter")
    assert (document.format, document.text, document.notes) == ("text", f"{EN}\n{ZH}\n", ())
    prose = f"Tea, and otters\n{EN}\n"  # a comma makes no table
    assert read(prose, "a.txt").format == "text"
