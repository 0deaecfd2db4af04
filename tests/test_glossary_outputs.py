"""The glossary's files: exact, with hostile texts, and read back by openpyxl, our reader and LibreOffice."""

import csv
import io
import re
import shutil
import subprocess
import warnings
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock

from duizhao.corpora import Document, Forbidden, Pair, Record, Term
from duizhao.corpora.spreadsheet import read_xlsx
from duizhao.metrics import Entry, Example, Finding, Rendering, Section, Status
from duizhao.metrics.messages import Language
from duizhao.reports import (
    Result,
    glossary_xlsx,
    proposed_terms,
    render_html,
    write_glossary,
    write_glossary_markdown,
    write_glossary_tbx,
    write_glossary_xlsx,
)
from duizhao.reports.glossary_markdown import escaped
from duizhao.reports.glossary_page import glossary_sections
from duizhao.reports.glossary_sections import in_sections, status_words

EN = "The otter builds a bridge."
ZH = "海狗造了一座桥。"
LANGUAGES: tuple[Language, ...] = ("en", "zh")
TEXT = f"{EN}\n{ZH}\n"
OUTPUT = (Path(__file__).resolve().parents[1] / "docs" / "output.md").read_text(encoding="utf-8")
HOSTILE = [
    *("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "#N/A", "TRUE", "1e5", "007", "2031-01-02", "'=1"),
    *("https://example.org/x", "mailto:a@example.org", "internal:Sheet1!A1", "\x00\x0b\x1f\x7f", "_x0041_ \ud800"),
    *("<r><t>茶</t></r>", "<r>&", " 茶 \n", "\ufffe\uffff", "😀" * 3, "x" * 40_000, "😀" * 20_000, "{=1}", "x\u2028y"),
]  # fmt: skip


def rendering(term: str = "otter", zh: str = "海狗", count: int = 3, **changes: Any) -> Rendering:
    base = Rendering(
        *(term, zh, count, ("p1",), "unlisted", "水獭", "zoology", True, True, 2, 0.75),
        ((zh, count - 1), ("海 狗", 1)),
        (Example("p1", EN, ZH, (4, 9), (0, 2)),),
        "0123456789ab",
    )
    return replace(base, **changes)


def entry(term: str = "otter", section: Section = "mismatch", *renderings: Rendering, **changes: Any) -> Entry:
    rows = renderings or (rendering(term),)
    base = Entry(term, section, "水獭", "zoology", 3, 2, 0.9, ((term, 3),), rows)
    return replace(base, **changes)


def result(*entries: Entry, **changes: Any) -> Result:
    spans_en, spans_zh = ((0, len(EN)),), ((len(EN) + 1, len(EN) + 1 + len(ZH)),)
    found = Finding(
        *("T001", "error", 0.9, "river/a.md", "r1", "p1", "otter", "海狗", (4, 9), (27, 29), "水獭", "海狗"),
        *("“otter” is “海狗” here.", 2, 1, "aaaabbbbcccc", "otter"),
    )  # fmt: skip
    base = Result(
        (Document("river/a.md", "0" * 64, "utf-8", TEXT),),
        (Record("r1", "river/a.md", "abstract"), Record("r2", "river/a.md", "zh_only", spans={"text_zh": ((27, 35),)})),
        (),
        (Pair("p1", "r1", "river/a.md", "abstract", (EN,), (ZH,), spans_en, spans_zh, "1-1", 0.9),),
        (found,),
        entries or (entry(),),
        (),
    )
    return replace(base, **changes)


def workbook(made: Result) -> bytes:
    handle = io.BytesIO()
    write_glossary_xlsx(handle, made)
    return handle.getvalue()


def sheets(data: bytes, **options: Any) -> dict[str, Any]:
    book = openpyxl.load_workbook(io.BytesIO(data), **options)
    return {sheet.title: sheet for sheet in book.worksheets}


def rows(data: bytes, sheet: str) -> list[dict[str, Any]]:
    header, *others = sheets(data)[sheet].iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in others]


MANY = (
    entry("tea", "consistent", rendering("tea", "茶", status="preferred", flagged=False, expected="茶"), expected="茶"),
    entry("raft", "new", rendering("raft", "木筏", flagged=False, expected=""), expected="", domain="own"),
    entry(
        "stone",
        "inconsistent",
        rendering("stone", "石头", flagged=False, expected=""),
        rendering("stone", "石块", 1, flagged=False, expected=""),
        expected="",
    ),
    entry("shell", "mismatch", rendering("shell", "壳牌", 1), rendering("shell", "", 2, status="absent", examples=())),
    entry(),
)


def test_csv_whole() -> None:
    out = io.StringIO()
    plain = rendering("ghost", "", 0, status="absent", examples=(), places=(), forms=(), expected="", flagged=False)
    assert write_glossary(out, [entry(), entry("ghost", "new", plain, termhood=0.5)]) == 2
    assert out.getvalue() == (
        "term,expected,rendering,count,share,status,majority,flagged,domain,places,"
        "section,records,confidence,forms,termhood,example_en,example_zh,fingerprint\n"
        "otter,水獭,海狗,3,1.0,unlisted,true,true,zoology,p1,"
        f"mismatch,2,0.75,海狗 ×2 | 海 狗 ×1,0.9,{EN},{ZH},0123456789ab\n"
        "ghost,,,0,0.0,absent,true,false,zoology,,new,2,0.75,,0.5,,,0123456789ab\n"
    )


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_csv_comes_back(text: str) -> None:
    out = io.StringIO(newline="")
    write_glossary(out, [entry(text, "new", rendering(text, text, fingerprint=text))])
    (row,) = csv.DictReader(io.StringIO(out.getvalue(), newline=""))
    assert (row["term"], row["rendering"], row["fingerprint"], row["share"]) == (text, text, text, "1.0")


def test_the_order_of_people() -> None:
    order = {section: [each.term for each in members] for section, members in in_sections(MANY).items()}
    assert order == {"mismatch": ["otter", "shell"], "inconsistent": ["stone"], "new": ["raft"], "consistent": ["tea"]}
    assert list(order) == ["mismatch", "inconsistent", "new", "consistent"]


def test_markdown_whole() -> None:
    out = io.StringIO()
    assert write_glossary_markdown(out, result(MANY[1], MANY[3])) == 3
    table = (
        "| Term | Wanted | Rendering | Count | Share | Status | Where | Example |\n|---|---|---|--:|--:|---|---|---|\n"
    )
    sentences = f"{EN}<br>{ZH}"
    assert out.getvalue() == (
        "# Glossary\n\n2 terms.\n\n"
        f"## Mismatches (1)\n\nA finding says that a rendering is wrong.\n\n{table}"
        f"| **shell** | 水獭 | 壳牌 | 1 | 33% | wrong: not listed | a.md:2 | {sentences} |\n"
        "|  |  |  | 2 | 67% | missing: nothing found | a.md:2 |  |\n\n"
        f"## New (1)\n\nOne rendering of a term that no termbase has: propose it.\n\n{table}"
        f"| **raft** |  | 木筏 | 3 | 100% | not listed | a.md:2 | {sentences} |\n"
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a | b", "a \\| b"),
        ("`c`", "\\`c\\`"),
        ("<b>x</b>", "\\<b\\>x\\</b\\>"),
        ("one\ntwo\r\nthree\u2028four", "one two three four"),
        ("[a](https://example.org)", "\\[a\\](https\\://example.org)"),
        ("www.example.org a.b", "www\\.example.org a.b"),
        ("&lt; \\| ~~x~~ *y* _z_", "\\&lt; \\\\\\| \\~\\~x\\~\\~ \\*y\\* \\_z\\_"),
        (":tea: 10:20 a.md:5", "\\:tea: 10:20 a.md:5"),
        ("::error::x%0A", ":\\:error::x%0A"),  # a row begins with |, so that no line of it is a command
        ("$x$ @otter #1", "\\$x\\$ \\@otter \\#1"),
        ("\x1b[31m\u202e\ud800", "␛\\[31m⟨U+202E⟩⟨U+D800⟩"),
    ],
)
def test_markdown_cells(text: str, shown: str) -> None:
    assert escaped(text) == shown


@given(st.text(max_size=60))
def test_no_text_makes_a_row_or_a_cell(text: str) -> None:
    out = io.StringIO()
    hostile = rendering(text, text, expected=text, examples=(Example("p1", text, text, (0, 1), None),), places=(text,))
    write_glossary_markdown(out, result(entry(text, "new", hostile, expected=text)))
    lines = out.getvalue().split("\n")
    assert len(lines) == 12 and len((out.getvalue() + "x").splitlines()) == 12
    assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", lines[10])) == 9


def test_proposed_terms() -> None:
    admitted = rendering("otter", "獭", 1, status="admitted")
    entries = [*MANY[:4], entry("otter", "mismatch", rendering(), admitted), entry("gr\x00und", "new")]
    assert proposed_terms(entries) == [
        Term("tea", "茶", domain="zoology"),
        Term("raft", "木筏", note="proposed: seen in 2 records"),
        Term(
            *("shell", "水獭", ()),
            (Forbidden("壳牌", "found 1 time where another rendering was wanted", True),),
            "zoology",
        ),
        Term(
            *("otter", "水獭", ("獭",)),
            (Forbidden("海狗", "found 3 times where another rendering was wanted", True),),
            "zoology",
        ),
    ]
    assert proposed_terms([entry("otter", "mismatch", rendering(expected=""), expected="")]) == []


@pytest.mark.parametrize("domain", ["new", "own", "field"])
def test_where_a_term_was_found_is_no_domain_but_a_users_own_may_be_called_so(domain: str) -> None:
    made = [entry("raft", "new", rendering("raft", "木筏"), domain=domain), entry("otter", "mismatch", domain=domain)]
    assert [term.domain for term in proposed_terms(made)] == ["", ""]
    assert [term.domain for term in proposed_terms([entry("tea", "consistent", domain=domain)])] == [domain]
    out = io.BytesIO()
    write_glossary_tbx(out, made)
    assert b"subjectField" not in out.getvalue()


@pytest.mark.parametrize(
    ("wanted", "preferred"),
    [
        ("水獭友好指数(OFI)", "水獭友好指数"),
        ("水獭友好指数 （OFI-2）", "水獭友好指数"),
        ("(OFI)", "(OFI)"),
        ("水獭(河里的)", "水獭(河里的)"),
        ("水獭(OFI)指数", "水獭(OFI)指数"),
    ],
)
def test_the_acronym_that_a_finding_wants_is_no_part_of_the_term(wanted: str, preferred: str) -> None:
    found = entry("otter index", "mismatch", expected=wanted, domain="new")
    assert [term.zh for term in proposed_terms([found])] == [preferred]
    # What a termbase has is as its owner wrote it.
    assert [term.zh for term in proposed_terms([replace(found, domain="rivers")])] == [wanted]


def test_tbx_is_read_back() -> None:
    from duizhao.corpora.tbx import read_tbx

    out = io.BytesIO()
    assert write_glossary_tbx(out, MANY) == 4
    assert [placed.term for placed in read_tbx(out.getvalue(), "a.tbx").terms] == proposed_terms(MANY)


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_words_make_a_tbx(en: str, zh: str) -> None:
    made = [entry(en, "new", rendering(en, zh)), entry(en, "mismatch", rendering(en, zh), domain=zh, expected=en)]
    assert write_glossary_tbx(io.BytesIO(), made) <= 2


def test_workbook_whole() -> None:
    data = workbook(result(*MANY))
    assert list(sheets(data)) == ["How to read", "Terms", "Findings"]
    terms = rows(data, "Terms")
    assert list(terms[0]) == (
        "section, term, wanted, rendering, count, share, records, status, where, example en, example zh, decision, "
        "comment, fingerprint"
    ).split(", ")
    assert list(terms[0].values()) == [
        *("mismatch", "otter", "水獭", "海狗", 3, 1, 2, "wrong: not listed", "a.md:2", EN, ZH, None, None),
        "0123456789ab",
    ]
    assert [(row["section"], row["term"], row["rendering"], row["share"]) for row in terms] == [
        ("mismatch", "otter", "海狗", 1),
        ("mismatch", "shell", "壳牌", 0.333333),
        ("mismatch", "shell", None, 0.666667),
        ("inconsistent", "stone", "石头", 0.75),
        ("inconsistent", "stone", "石块", 0.25),
        ("new", "raft", "木筏", 1),
        ("consistent", "tea", "茶", 1),
    ]
    (finding,) = rows(data, "Findings")
    assert finding == {
        **{"rule": "T001", "severity": "error", "document": "river/a.md", "line": 2, "en": EN, "zh": ZH},
        **{"message": "“otter” is “海狗” here.", "wanted": "水獭", "decision": None, "comment": None},
        "fingerprint": "aaaabbbbcccc",
    }


def test_what_a_person_sees() -> None:
    for name, sheet in list(sheets(workbook(result(*MANY)), rich_text=True).items())[1:]:
        header = [cell.value for cell in sheet[1]]
        letters = {title: sheet.cell(1, number).column_letter for number, title in enumerate(header, 1)}
        assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref.startswith("A1:")
        assert sheet.column_dimensions[letters["fingerprint"]].hidden
        assert sum(d.width for d in sheet.column_dimensions.values() if not d.hidden) <= 190
        (choice,) = sheet.data_validations.dataValidation
        assert choice.formula1 == '"accept,reject,later"' and str(choice.sqref).startswith(letters["decision"] + "2")
        assert all(cell.alignment.wrap_text for cell in sheet[2] if cell.value is not None)
        marked = sheet[letters["example zh" if name == "Terms" else "zh"]][1].value
        assert isinstance(marked, CellRichText) and isinstance(marked[0], TextBlock)
        assert (str(marked[0]), bool(marked[0].font.b), marked[0].font.color.rgb) == ("海狗", True, "FFB3261E")
    colours = {row[0].value: row[0].fill.fgColor.rgb for row in sheets(workbook(result(*MANY)))["Terms"].iter_rows(2)}
    assert len(set(colours.values())) == 4


def test_the_first_sheet() -> None:
    text = "\n".join(str(row[1]) for row in sheets(workbook(result()))["How to read"].iter_rows(values_only=True))
    assert "duizhao review glossary.xlsx" in text and "1 sentence pair of 2 records" in text and "[+n]" not in text
    chinese = workbook(result(lang="zh"))
    text = "\n".join(str(row[1]) for row in sheets(chinese)["How to read"].iter_rows(values_only=True))
    assert "2 条记录、1 个句对" in text and "duizhao review glossary.xlsx" in text
    assert rows(chinese, "Terms")[0]["status"] == "有误：未收录"
    assert list(rows(chinese, "Terms")[0]) == list(rows(workbook(result()), "Terms")[0])


def test_nothing_found() -> None:
    data = workbook(Result((), (), (), (), (), (), ()))
    assert rows(data, "Terms") == rows(data, "Findings") == []
    out = io.StringIO()
    assert write_glossary_markdown(out, Result((), (), (), (), (), (), ())) == 0
    assert out.getvalue() == "# Glossary\n\n0 terms.\n"


def with_text(text: str) -> Result:
    """The text in every cell that comes from a document or termbase."""
    each = rendering(text, text, expected=text, examples=(Example("p1", text, text, (0, 1), None),), fingerprint=text)
    (finding,) = result().findings
    texts: dict[str, Any] = dict.fromkeys(("rule", "document", "en", "zh", "expected", "message", "fingerprint"), text)
    return result(entry(text, "new", each, expected=text), findings=(replace(finding, pair="", **texts),))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_stay_texts(text: str) -> None:
    made = with_text(text)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        data = workbook(made)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in archive.namelist():
            assert not re.search(rb"<f[ >]|<hyperlink|t=\"e\"", archive.read(part)), part
        assert not [part for part in archive.namelist() if "rels" in part and b"http://example" in archive.read(part)]
    wanted = text.replace("\ud800", "⟨U+D800⟩")
    for sheet, columns in (("Terms", ["term", "rendering", "example en"]), ("Findings", ["en", "message", "wanted"])):
        (row,) = read_xlsx(data, "a.xlsx", sheet).rows
        cells = {cell.name: cell.text for cell in row}
        for column in columns:
            if len(text) < 20_000:
                assert cells[column] == wanted, (sheet, column)
            else:
                kept, cut, more = cells[column].partition("…[+")
                assert cut and text.startswith(kept) and more == f"{len(text) - len(kept)}]"
                assert 32_700 < len(cells[column].encode("utf-16-le")) // 2 <= 32_767


def test_what_is_cut_is_counted() -> None:
    handle = io.BytesIO()
    cut = write_glossary_xlsx(handle, with_text("茶" * 40_000))
    assert cut == 13
    text = str([row for row in sheets(handle.getvalue())["How to read"].iter_rows(values_only=True)])
    assert "13 texts were longer than a cell can be" in text


@given(st.text(max_size=40), st.integers(-2, 45), st.integers(-2, 45))
@example("<r></r>", 0, 7)
@example("a_x0041_", 0, 1)
@example("a\ud800b", 0, 1)
@example("<r></r>", 0, 3)
def test_marked_texts_come_back(text: str, start: int, end: int) -> None:
    each = rendering(examples=(Example("p1", text, text, (start, end), (end, start)),))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        (row,) = read_xlsx(workbook(result(entry("otter", "new", each))), "a.xlsx", "Terms").rows
    cells = {cell.name: cell.text for cell in row}
    surrogate = re.compile("[\ud800-\udfff]")
    expected = surrogate.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", text)
    assert cells["example en"] == cells["example zh"] == expected


def test_more_rows_than_a_sheet_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glossary_xlsx, "ROWS", 3)
    data = workbook(result(*MANY))
    assert list(sheets(data)) == ["How to read", "Terms", "Terms 2", "Terms 3", "Findings"]
    assert [len(rows(data, name)) for name in ("Terms", "Terms 2", "Terms 3")] == [3, 3, 1]


def test_same_bytes() -> None:
    assert workbook(result(*MANY)) == workbook(result(*MANY))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    texts = [text for text in HOSTILE if len(text) < 100 and not re.search("[\x00-\x1f\x7f\ufffe\uffff\u2028]", text)]
    entries = tuple(entry(text, "new", rendering(text, text, number)) for number, text in enumerate(texts, 1))
    (tmp_path / "a.xlsx").write_bytes(workbook(result(*entries)))
    # Sheet 2 as CSV: UTF-8, what is formatted as text quoted, formulas as formulas.
    options = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,false,true,false,false,2"
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    done = subprocess.run(
        ["soffice", home, "--headless", "--convert-to", options, "--outdir", str(tmp_path), str(tmp_path / "a.xlsx")],
        capture_output=True,
        timeout=120,
        check=False,
    )
    (made,) = tmp_path.glob("*.csv")
    assert done.returncode == 0
    lines = made.read_text(encoding="utf-8")
    read = sorted(csv.DictReader(io.StringIO(lines)), key=lambda row: int(row["count"]))
    assert [row["term"] for row in read] == [row["rendering"] for row in read]
    assert [row["term"] for row in read] == [text.replace("\ud800", "⟨U+D800⟩") for text in texts]
    assert all(f'"{text}"' in lines for text in ("=1+1", "#N/A", "007", "TRUE", "1e5"))  # quoted: texts, not values
    assert ",1,1,2," in lines or ",1,100%,2," in lines  # numbers, not texts


def html(made: Result) -> str:
    return "".join(render_html(made))


def test_the_page_shows_the_sections() -> None:
    page = html(result(*MANY))
    heads = re.findall(r'<details class="terms (\w+)"( open)?><summary>(\w+) <span class="times">([^<]*)</span>', page)
    assert heads == [
        ("mismatch", " open", "Mismatches", "2 terms"),
        ("inconsistent", "", "Inconsistent", "1 term"),
        ("new", "", "New", "1 term"),
        ("consistent", "", "Consistent", "1 term"),
    ]
    assert Counter(re.findall(r'class="share" aria-hidden="true"><i style="width:(\d+)%">', page)) == Counter(
        {"100": 3, "33": 1, "67": 1, "75": 1, "25": 1}
    )
    for piece in (
        '<a href="#T001-aaaabbbbcccc">a.md:2</a>',
        '<p class="example" lang="en">The <mark>otter</mark> builds a bridge.</p>',
        '<p class="example" lang="zh"><mark>海狗</mark>造了一座桥。</p>',
        'as <span lang="zh">海狗 ×2 | 海 狗 ×1</span>',
        "×3, 100 %, in 2 records",
        'wanted <ins lang="zh">水獭</ins>',
        '<b lang="zh">(nothing)</b>',
    ):
        assert piece in page, piece


def test_of_many_terms_those_that_matter_are_shown() -> None:
    made = result(*(entry(f"otter{n}", "new" if n % 2 else "mismatch") for n in range(1200)))
    shown = glossary_sections(made, [])
    assert [(part.section, part.count, len(part.entries)) for part in shown] == [
        ("mismatch", 600, 200),
        ("new", 600, 0),
    ]
    page = html(made)
    assert "The 200 that matter most are shown; glossary.xlsx (duizhao run -o FOLDER) holds all 1,200." in page
    assert page.count('<div class="term">') == 200


def test_places_of_text_without_pairs() -> None:
    out = io.StringIO()
    write_glossary_markdown(out, result(entry("otter", "mismatch", rendering(places=("r2", "r9")))))
    assert "| a.md:2, r9 |" in out.getvalue()


def test_docs_name_every_field_of_the_lines() -> None:
    section = OUTPUT.split("\n## glossary.jsonl\n")[1].split("\n## ")[0]
    table = [
        name for line in section.split("\n") if line.startswith("| `") for name in re.findall(r"`(\w+)`", line)[:1]
    ]
    assert table == list(Entry.__slots__)
    assert {f"`{name}`" for name in (*Rendering.__slots__, *Example.__slots__)} <= set(re.findall(r"`\w+`", section))


@pytest.mark.parametrize(("sheet", "columns"), [("Terms", glossary_xlsx.TERMS), ("Findings", glossary_xlsx.FINDINGS)])
def test_docs_name_every_column_of_the_workbook(sheet: str, columns: dict[str, int]) -> None:
    assert f"| {sheet} | {', '.join(columns)} |" in OUTPUT


@pytest.mark.parametrize("status", ["preferred", "admitted", "forbidden", "latin", "unlisted", "absent"])
def test_a_status_is_words(status: Status) -> None:
    said = {
        status_words(rendering(status=status, flagged=flag), "mismatch", lang)
        for flag in (True, False)
        for lang in LANGUAGES
    }
    assert len(said) == (2 if status == "forbidden" else 4) and "" not in said
    # Where nothing is wrong but that there are several, none is called wrong.
    assert status_words(rendering(status=status, flagged=True), "inconsistent") in said
    assert status_words(rendering(status=status, flagged=True), "inconsistent") == status_words(
        rendering(status=status, flagged=False), "mismatch"
    )
