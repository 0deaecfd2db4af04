"""Bad inputs, rows 83–90 of docs/faults.md: texts that would be markup, code, formulas or commands in a report."""

import base64
import csv
import hashlib
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import openpyxl
import pytest
from opened_pages import Parts
from test_reports_page import PLAIN, build, page_of
from test_score_page import page_of as scores_page_of
from test_score_page import with_text

from duizhao.corpora.spreadsheet import read_xlsx
from duizhao.main import main
from duizhao.reports import Result, glossary_xlsx, text_lines
from duizhao.reports.findings_csv import write_findings_csv
from duizhao.reports.formats import FORMATS, PRINTED, report_text
from duizhao.reports.github import github_lines
from duizhao.reports.glossary_csv import write_glossary
from duizhao.reports.glossary_xlsx import write_glossary_xlsx
from duizhao.reports.html import MOST_FINDINGS
from duizhao.reports.marks import shown
from duizhao.reports.site import render_site
from duizhao.reports.web_page import page_template

TEMPLATES = {
    each.name: each.read_text(encoding="utf-8")
    for each in (files("duizhao.reports") / "templates").iterdir()
    if each.name.endswith(".j2")
}
ATTACKS = ["<script>pwn=1</script>", '"><svg onload=pwn=1>', "</script><script>pwn=1</script>", "' onclick='pwn=1"]

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
        said = capsys.readouterr()
        assert isinstance(left.value.code, int)
        return left.value.code, said.out, said.err

    return call


def skeleton(html: str) -> Counter[tuple[str, tuple[str, ...]]]:
    """The tags of a page with the names of their attributes, but for those that hold odd texts together."""
    return Counter(tag for tag in Parts(html).tags if tag[0] not in ("bdi", "mark", "i"))


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("page", [lambda word: page_of(build(word)), lambda word: scores_page_of(with_text(word))])
def test_fault_83_markup_is_shown_as_text(page: Callable[[str], str], attack: str) -> None:
    """In a text, a term, a rendering, the name of a file or system, a rule's message: all of `build`'s fields."""
    html = page(attack)
    assert skeleton(html) == skeleton(page(PLAIN))
    assert Parts(html).comments == [] and attack not in html
    assert shown(attack).unescape() in "".join(Parts(html).text)
    assert not [value for _, name, value in Parts(html).values if name.startswith("on") or value == "pwn=1"]


def test_fault_83_from_the_command_line(run: Run) -> None:
    name = "'\"><svg onload=pwn=1>.tsv"
    rows = [("The otter sleeps by the river.", "<script>pwn=1</script>海狗在河边睡觉。")] * 2
    Path(name).write_text("en\tzh\n" + "".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    Path("t.csv").write_text('en,zh,forbidden\notter,水獭,"海狗=</script><b onclick=pwn=1>"\n', encoding="utf-8")
    code, _, _ = run("audit", name, "--no-encoder", "--no-termbase", "--termbase", "t.csv", "-o", "report.html")
    html = Path("report.html").read_text(encoding="utf-8")
    assert code == 1 and "T002" in html and "svg onload" in html and "onclick" in html
    assert not [tag for tag in Parts(html).tags if tag[0] in ("svg", "b", "script") and "onload" in tag[1]]
    assert [attributes for tag, attributes in Parts(html).tags if tag == "script"] == [(), ("type", "id")]
    assert not [name for _, name, _ in Parts(html).values if name.startswith("on")]


def test_fault_83_the_second_wall() -> None:
    """Were something to get through: the page's policy runs no script but its own, by hash, and loads nothing."""
    for html in (page_of(build(ATTACKS[0])), scores_page_of(with_text(ATTACKS[0]))):
        (policy,) = [value for tag, name, value in Parts(html).values if (tag, name) == ("meta", "content")][:1]
        (script,) = re.findall("<script>(.*?)</script>", html, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
        allowed = dict(each.split(" ", 1) for each in policy.split("; "))
        assert allowed["default-src"] == "'none'" and allowed["script-src"] == f"'sha256-{digest}'"
        assert allowed["base-uri"] == allowed["form-action"] == "'none'" and "connect-src" not in allowed
        assert html.index("Content-Security-Policy") < html.index("<script")


def test_fault_83_escaping_is_on_for_every_name_of_template() -> None:
    """Jinja's own choice goes by the ending, and .html.j2 is none that it knows."""
    assert page_template("scores.html.j2", {}, {}).environment.autoescape is True
    sources = [path.read_text(encoding="utf-8") for path in Path(__file__).parents[1].glob("reports/*.py")]
    assert sum("Environment(" in source for source in sources) == 1  # all pages come from there
    assert not [text for text in TEMPLATES.values() if re.search(r"\|\s*safe\b|autoescape", text)]


def test_fault_84_attributes_are_quoted_and_lead_nowhere() -> None:
    assert len(TEMPLATES) > 10
    for name, template in TEMPLATES.items():
        bare = re.sub(r"(?s)\{#.*?#\}|\{%.*?%\}", "", template)
        assert re.findall(r"=\s*\{\{|=\s*'[^']*\{\{[^}]*\}\}[^']*'(?=[\s>])", bare) == [], name
        # What an address begins with is ours; no text of a document stands there.
        for address in re.findall(r'\b(?:href|src|action|formaction|data|poster|srcset)="([^"]*)"', bare):
            assert address.startswith(("#", "data:,", "{{")), (name, address)
        assert re.findall(r"javascript:|\son\w+=", bare, re.IGNORECASE) == [], name


@pytest.mark.parametrize("attack", ["javascript:pwn=1", "JaVaScRiPt:pwn=1", "data:text/html,x", "//example.org/x"])
def test_fault_84_no_address_of_a_text_becomes_a_link(attack: str) -> None:
    result = build(attack)
    result = replace(result, records=tuple(replace(record, url=attack) for record in result.records))
    for html in (page_of(result), scores_page_of(with_text(attack))):
        addresses = [(tag, value) for tag, name, value in Parts(html).values if name in ("href", "src", "action")]
        assert addresses and all(
            value.startswith("#") or (tag, value) == ("link", "data:,") for tag, value in addresses
        )


def test_fault_85_data_in_a_script_is_json() -> None:
    spoken = [
        (attributes, body)
        for template in TEMPLATES.values()
        for attributes, body in re.findall(r"(?s)<script([^>]*)>(.*?)</script>", template)
    ]
    assert sorted(spoken) == [
        *[("", "{{ script }}")] * 2,  # our own files, allowed by hash; no text of a document is in them
        (' type="application/json" id="words"', "{{ t.of_script|tojson }}"),
    ]
    assert not [path for path in (files("duizhao.reports") / "templates").iterdir() if ".js.j2" in path.name]
    hostile = "</script><script>pwn=1</script><!--"
    environment = page_template("scores.html.j2", {}, {}).environment
    made = environment.from_string("<script>{{ words|tojson }}</script>").render(words={"tea": hostile})
    assert made.count("</script>") == 1 and "<!--" not in made
    assert json.loads(made.removeprefix("<script>").removesuffix("</script>")) == {"tea": hostile}


FORMULAS = ["=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\r=1+1", "＝1+1", "=HYPERLINK(A1)"]


def workbook(result: Result) -> tuple[openpyxl.Workbook, bytes]:
    handle = io.BytesIO()
    write_glossary_xlsx(handle, result)
    return openpyxl.load_workbook(handle), handle.getvalue()


@pytest.mark.parametrize("text", FORMULAS)
def test_fault_86_no_cell_is_a_formula(text: str) -> None:
    book, data = workbook(build(text))
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n"}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")]
    assert not [sheet for sheet in sheets if re.search(rb"<f[ >]", sheet)]
    findings = {cell.value: cell for cell in book["Findings"][1]}
    column = findings["message"].column
    told = {book["Findings"].cell(row, column).value for row in range(2, 5)}
    assert {str(each).replace("_x000D_", "\r") for each in told} == {text}  # and it is the text, whole


@pytest.mark.parametrize("text", FORMULAS)
def test_fault_86_findings_for_a_spreadsheet_and_files_for_programs(text: str) -> None:
    handle = io.StringIO()
    write_findings_csv(handle, build(text))
    rows = list(csv.DictReader(io.StringIO(handle.getvalue().removeprefix("\ufeff"), newline="")))
    assert {row["message"] for row in rows} == {"'" + text.replace("\r", " ")}
    assert not [value for row in rows for value in row.values() if re.match("[=+@\t\r＝-]", value)]
    exact = io.StringIO()
    write_glossary(exact, build(text).entries)
    (row,) = csv.DictReader(io.StringIO(exact.getvalue(), newline=""))
    assert (row["term"], row["rendering"]) == (text, text)


def test_fault_86_pairs_for_programs_are_exact(run: Run) -> None:
    rows = [("=1+1 is an otter that sleeps.", "=1+1是一只睡着的水獭。"), ("-1 river", "@一条河流")]
    with Path("in.csv").open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([("en", "zh"), *rows])
    assert run("convert", "in.csv", "-o", "out.csv")[0] == 0
    with Path("out.csv").open(encoding="utf-8", newline="") as handle:
        assert [(row["en"], row["zh"]) for row in csv.DictReader(handle)] == rows


@pytest.mark.parametrize(
    "text", ["https://example.org/x", "mailto:a@example.org", "#N/A", "#REF!", "TRUE", "1e9", "007"]
)
def test_fault_87_texts_that_look_like_links_errors_or_numbers(text: str) -> None:
    book, data = workbook(build(text))
    assert [cell.hyperlink for sheet in book for row in sheet for cell in row if cell.hyperlink] == []
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n"}
    assert sum(cell.value == text for row in book["Findings"] for cell in row) > 2
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not [name for name in archive.namelist() if b"example.org" in archive.read(name) and "rels" in name]


def test_fault_87_a_text_longer_than_a_cell() -> None:
    plain, long = build(), "x" * 33_000
    result = replace(plain, findings=tuple(replace(each, message=long) for each in plain.findings))
    handle = io.BytesIO()
    assert write_glossary_xlsx(handle, result) == 3
    book = openpyxl.load_workbook(handle)
    cut = [str(cell.value) for row in book["Findings"] for cell in row if len(str(cell.value)) > 30_000]
    assert len(cut) == 3 and all(len(each) <= 32_767 for each in cut)
    for each in cut:
        kept, left = each.split("…[+")
        assert len(kept) + int(left.removesuffix("]")) == 33_000
    told = [str(cell.value) for row in book["How to read"] for cell in row]
    assert [each for each in told if each.startswith("3 texts") and "[+n]" in each]


def test_fault_87_more_rows_than_a_sheet_has(monkeypatch: pytest.MonkeyPatch) -> None:
    assert glossary_xlsx.ROWS == 2**20 - 1
    monkeypatch.setattr(glossary_xlsx, "ROWS", 4)
    book, _ = workbook(build(count=7))
    sheets = [name for name in book.sheetnames if name.startswith("Findings")]
    assert sheets == ["Findings", "Findings 2", "Findings 3"]
    assert [book[name].max_row - 1 for name in sheets] == [4, 4, 1]
    assert len({tuple(cell.value for cell in book[name][1]) for name in sheets}) == 1  # each with its header


def test_fault_87_controls_in_a_cell() -> None:
    _, data = workbook(build("a\x0bb\x01c"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not [name for name in archive.namelist() if re.search(rb"[\x00-\x08\x0b\x0c]", archive.read(name))]
    messages = {
        cell.text for row in read_xlsx(data, "a.xlsx", "Findings").rows for cell in row if cell.name == "message"
    }
    assert messages == {"a\x0bb\x01c"}  # escaped in the file, and read back as it was


COMMANDS = [
    *("::error::otter", "\n::error::otter", "\r::set-output name=tea::x", "%0A::error::otter", " ::stop-commands::tea"),
    *("##[error]otter", "x::y,title=otter", "```\n# otter\n```", "`tea` 100%"),
]
_COMMAND = re.compile(r"::(?:error|warning|notice) [^:\r\n]*::[^\r\n]*")


@pytest.mark.parametrize("text", COMMANDS)
def test_fault_88_no_text_forges_a_workflow_command(text: str) -> None:
    lines = list(github_lines(build(text)))
    assert len(lines) == 3 and all(_COMMAND.fullmatch(line) for line in lines)  # one a finding, each one of ours
    escaped = text.replace("%", "%25").replace("\r", "⟨U+000D⟩").replace("\n", "%0A")
    assert all(f"::{escaped}" in line for line in lines)
    for form in (form for form in FORMATS if form.printed and form.name != "github"):
        printed = re.split("[\r\n]", report_text(form, build(text)))
        assert [line for line in printed if re.match(r"\s*::[^\s:]", line) or "##[" in line] == [], form.name
    assert "github" in PRINTED


def test_fault_88_markdown_keeps_its_cells_and_fences() -> None:
    (form,) = [form for form in FORMATS if form.name == "md"]
    plain, hostile = (report_text(form, build(word)).split("\n") for word in (PLAIN, "```\n# otter | tea\n```"))
    assert len(plain) == len(hostile)
    assert [line for line in hostile if line.startswith("```")] == [line for line in plain if line.startswith("```")]
    assert [line.startswith("#") for line in hostile] == [line.startswith("#") for line in plain]


@pytest.mark.parametrize(
    "text", ["\x1b[31mred\x1b[0m", "\x1b]8;;x:y\x1b\\tea", "\x9b31m", "a\x07\x08\r\x7f", "\u202eab"]
)
def test_fault_89_a_terminal_obeys_no_text(run: Run, text: str) -> None:
    unseen = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2066-\u2069]")
    lines = list(text_lines(build(text)))
    assert [line for line in lines if unseen.search(line)] == []
    assert any("␛" in line or "⟨U+" in line or "␇" in line for line in lines)
    coloured = "\n".join(text_lines(build(text), color=True))
    assert unseen.findall(re.sub(r"\x1b\[[0-9;]*m", "", coloured).replace("\n", "")) == []
    # A name of a file, which what is refused is called by.
    code, out, err = run("audit", f"{text.replace('/', '')}.txt")
    assert code == 2 and not unseen.search((out + err).rstrip("\n"))


def test_fault_90_no_finding() -> None:
    clean = replace(build(), findings=(), entries=(), scores=())
    html = page_of(clean)
    assert "No finding in 1 sentence pair of 1 record." in html and "<article" not in html
    assert next(text_lines(clean)).startswith("No finding in 1 pair of 1 record")
    assert list(github_lines(clean)) == []


def test_fault_90_more_findings_than_a_page_can_show() -> None:
    many = build(count=40)  # errors, beside a warning and a note
    html = page_of(many, limit=10)
    assert html.count("<article") == html.count('<article class="e"') == 10
    assert "The worst 10 of 42 are shown; findings.jsonl (duizhao run -o FOLDER) holds all." in html
    assert "40 errors, 1 warning" in html  # what is counted are all
    # Files of their own: the same in pages, of which none lacks one.
    pages = {name: "".join(pieces) for name, pieces in render_site(many, limit=10, per_page=10)}
    assert len(pages) > 1 and sum(page.count("<article") for page in pages.values()) == 42
    assert MOST_FINDINGS == 20_000  # the limit of one page where nothing is said


def test_fault_90_more_findings_than_github_shows() -> None:
    lines = list(github_lines(build(count=40)))
    assert sum(line.startswith("::error ") for line in lines) == 10
    assert lines[-1] == "::notice title=duizhao::Not shown here: 30 errors."
