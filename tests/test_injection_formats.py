"""No text of a document, a file name or a termbase forges anything in any format: FAULTS H 83-89, field by field."""

import csv
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import openpyxl
import pytest
from lxml import etree
from opened_pages import Parts
from test_reports_page import PAYLOADS, PLAIN, build

from duizhao.reports import Result
from duizhao.reports.formats import FORMATS, PRINTED, report_text, write_report
from duizhao.reports.github import github_summary
from duizhao.reports.notebook import notebook_html

FORMULAS = [
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    '","=1+1',
    "＝1+1",
    "=HYPERLINK(A1)",
    "#N/A",
    "1e9",
]
COMMANDS = [
    "::error::otter",
    "\n::error::otter",
    "\r::set-output name=tea::x",
    "%0A::error::otter",
    " ::stop-commands::tea",
    "##[error]otter",
    "x::y,title=otter",
]
MARKUP = [
    "```\n# otter",
    "[tea](https://example.org)",
    "![tea](x)",
    "| tea | <b> |",
    "*tea* _tea_ ~~tea~~ `tea`",
    "@otter #1",
]
CONTROLS = [
    "\x1b[31mred",
    "\x1b]8;;x:y\x1b\\tea",
    "\x9b31m\x07\x08",
    "a\x0bb\x0cc\x85d\u2028e",
    "\ufffe\uffff\x7f",
]
XML = ["<?pi x?>", "&otter;", "<!DOCTYPE a>", "]]>", "<a xmlns='u'/>"]
LONG = "x" * 33_000  # more than a cell of Excel holds
EVERY = [*PAYLOADS, *FORMULAS, *COMMANDS, *MARKUP, *CONTROLS, *XML, LONG]
IDS = [f"{number}" for number in range(len(EVERY))]
HOSTILE = pytest.mark.parametrize("payload", EVERY, ids=IDS)

# Controls, bidi and zero-width signs, lone surrogates: all that could move, hide or colour what a terminal shows.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_FORMS = {form.name: form for form in FORMATS}
_COMMAND = re.compile(r"::(error|warning|notice) ([^:\r\n]*)::([^\r\n]*)")


@cache
def sample(word: str) -> Result:
    """The word in every text field, and once as a rule's code and a term."""
    result = build(word)
    findings = (*result.findings, replace(result.findings[0], rule=word, term=word, fingerprint="f" * 12))
    return replace(result, findings=findings, notes=(word, f"{word} {word}"))


@cache
def written(form: str, word: str) -> bytes:
    handle = io.BytesIO()
    write_report(handle, _FORMS[form], sample(word), "report")
    return handle.getvalue()


def said(form: str, word: str) -> str:
    return written(form, word).decode("utf-8")


def shape(value: object) -> object:
    """JSON without its words and numbers."""
    if isinstance(value, dict):
        return {key: shape(item) for key, item in value.items()}
    if isinstance(value, list):
        return [shape(item) for item in value]
    return "n" if isinstance(value, int | float) and not isinstance(value, bool) else type(value).__name__


def test_every_format_is_tried() -> None:
    tried = {"text", "full", "json", "jsonl", "sarif", "github", "junit", "csv", "md", "html", "xliff", "xlsx"}
    assert set(_FORMS) == tried


@HOSTILE
@pytest.mark.parametrize("form", ["text", "full"])
def test_a_terminal_is_neither_coloured_nor_commanded(form: str, payload: str) -> None:
    plain, hostile = said(form, PLAIN), report_text(_FORMS[form], sample(payload))
    assert _UNSEEN.findall(hostile) == []
    assert [line for line in hostile.split("\n") if is_command(line)] == []
    if form == "text":
        assert hostile.count("\n") == plain.count("\n")
    coloured = report_text(_FORMS[form], sample(payload), color=True)
    assert _UNSEEN.findall(re.sub(r"\x1b\[[0-9;]*m", "", coloured)) == []


def is_command(line: str) -> bool:
    """Whether GitHub's runner would take the line for a command: `::name …::` after blanks, or `##[name]` anywhere."""
    return re.match(r"\s*::[^\s:]", line) is not None or "##[" in line


@HOSTILE
@pytest.mark.parametrize("form", [form for form in PRINTED if form != "github"])
def test_nothing_printed_is_a_command(form: str, payload: str) -> None:
    printed = report_text(_FORMS[form], sample(payload))
    assert [line for line in re.split("[\r\n]", printed) if is_command(line)] == []


@pytest.mark.parametrize("payload", COMMANDS)
@pytest.mark.parametrize("form", ["json", "jsonl", "sarif", "junit", "html", "xliff"])
def test_what_is_printed_reads_as_what_is_written(form: str, payload: str) -> None:
    def read(text: str) -> object:
        if form == "html":
            parts = Parts(text)
            return parts.tags, parts.values, parts.text
        if form in ("junit", "xliff"):
            return etree.tostring(etree.fromstring(text.encode("utf-8")), method="c14n")
        return [json.loads(line) for line in text.split("\n")[:-1]] if form == "jsonl" else json.loads(text)

    text = f"a\n{payload}\n ::warning::tea ###[group]tea"
    assert read(report_text(_FORMS[form], sample(text))) == read(said(form, text))


def test_what_is_printed_keeps_the_code_of_the_page() -> None:
    printed, exact = report_text(_FORMS["html"], sample("##[error]tea")), said("html", "##[error]tea")
    assert "##[" in exact and "##[" not in printed
    for tag in ("script", "style"):
        assert re.findall(f"(?s)<{tag}.*?</{tag}>", printed) == re.findall(f"(?s)<{tag}.*?</{tag}>", exact) != []


def test_csv_shows_the_sign_of_a_command() -> None:
    row = report_text(_FORMS["csv"], sample("::error::tea ##[error]tea")).split("\n")
    assert any(line.startswith("⟨U+003A⟩:error::tea ⟨U+0023⟩#[error]tea,error,") for line in row)


@HOSTILE
def test_github_gets_only_our_commands(payload: str) -> None:
    lines = report_text(_FORMS["github"], sample(payload)).split("\n")
    assert lines.pop() == "" and len(lines) == 4
    for line in lines:
        assert _UNSEEN.findall(line) == []
        found = _COMMAND.fullmatch(line)
        assert found is not None, line
        names = [each.partition("=")[0] for each in found[2].split(",")]
        assert names == ["file", "line", "col", "title"]
    assert Counter(line.split(" ")[0] for line in lines) == {"::error": 2, "::warning": 1, "::notice": 1}


@HOSTILE
@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_json_keeps_its_shape_and_every_text(form: str, payload: str) -> None:
    def rows(word: str) -> Any:
        text = said(form, word)
        return json.loads(text) if form == "json" else [json.loads(line) for line in text.split("\n")[:-1]]

    assert shape(rows(payload)) == shape(rows(PLAIN))
    # A lone surrogate and its like make one character, to any reader of JSON.
    exact = payload.encode("utf-16", "surrogatepass").decode("utf-16")
    assert {row["message"] for row in rows(payload)} == {exact}


@HOSTILE
def test_sarif_keeps_its_shape(payload: str) -> None:
    plain, hostile = (json.loads(said("sarif", word)) for word in (PLAIN, payload))
    assert shape(hostile["runs"][0]["tool"]) == shape(plain["runs"][0]["tool"])
    results = [Counter(json.dumps(shape(each)) for each in log["runs"][0]["results"]) for log in (plain, hostile)]
    assert results[0] == results[1]  # sorted by the rules' codes, of which one is the payload
    for each in hostile["runs"][0]["results"]:
        assert "](" not in each["message"]["text"] and _UNSEEN.findall(each["message"]["text"]) == []
        uri = each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        # Nothing that a URI can not hold, and no scheme but that of a document that was read from the web.
        assert re.fullmatch(r"(https?://)?[A-Za-z0-9._~%/!$&'()*+;=@-]+", uri), uri


@HOSTILE
def test_no_cell_of_csv_is_a_formula(payload: str) -> None:
    text = said("csv", payload)
    assert text.startswith("\ufeffrule,severity,")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert [len(row) for row in rows] == [15] * 5
    cells = [cell for row in rows for cell in row]
    assert [cell for cell in cells if re.match("[=+\\-@\t\r\n＝＋－＠]", cell)] == []
    assert [cell for cell in cells if _UNSEEN.search(cell) or "\n" in cell] == []


@HOSTILE
def test_no_cell_of_a_workbook_is_a_formula_a_link_or_an_error(payload: str) -> None:
    def cells(word: str) -> list[tuple[str, str]]:
        data = io.BytesIO(written("xlsx", word))
        with zipfile.ZipFile(data) as archive:
            names = archive.namelist()
            assert [name for name in names if "externalLink" in name or "vba" in name.lower()] == []
            for name in names:
                if name.startswith("xl/worksheets/"):
                    assert not re.search(rb"<f[ >]|<hyperlink|TargetMode", archive.read(name)), name
        book = openpyxl.load_workbook(data)
        assert [cell.hyperlink for sheet in book for row in sheet for cell in row if cell.hyperlink] == []
        return [(f"{sheet.title}!{cell.coordinate}", cell.data_type) for sheet in book for row in sheet for cell in row]

    found = cells(payload)
    assert {kind for _, kind in found} <= {"s", "n"}
    if payload != LONG:  # a text that had to be cut is told of in a cell more
        assert Counter(kind for _, kind in found) == Counter(kind for _, kind in cells(PLAIN))


@HOSTILE
@pytest.mark.parametrize("form", ["junit", "xliff"])
def test_xml_keeps_its_elements(form: str, payload: str) -> None:
    def parts(word: str) -> list[tuple[str, tuple[str, ...]]]:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        root = etree.fromstring(written(form, word), parser)
        assert root.getroottree().docinfo.doctype == ""
        named = [each for each in root.iter() if not str(each.tag).endswith("}cp")]  # controls, in XLIFF
        assert all(isinstance(each.tag, str) for each in named)  # no comment, instruction or entity
        # A unit whose id can not be one in XML has a name as well.
        return [(str(each.tag), tuple(sorted({*map(str, each.attrib)} - {"name"}))) for each in named]

    assert Counter(parts(payload)) == Counter(parts(PLAIN))


@HOSTILE
@pytest.mark.parametrize("write", [lambda result: said_md(result), github_summary], ids=["md", "summary"])
def test_markdown_keeps_its_structure(write: Callable[[Result], str], payload: str) -> None:
    def skeleton(word: str) -> list[str]:
        bare = re.sub(r"\\[!-/:-@\[-`{-~]|&(?:\w+|#\d+);", "", write(sample(word)))  # what is escaped is text
        return [re.sub(r"[^|#*<>\[\]`~\n]|(?<!^)#", "", line) for line in bare.split("\n")]

    assert skeleton(payload) == skeleton(PLAIN)
    assert _UNSEEN.findall(write(sample(payload))) == []


def said_md(result: Result) -> str:
    handle = io.BytesIO()
    write_report(handle, _FORMS["md"], result, "report")
    return handle.getvalue().decode("utf-8")


@HOSTILE
@pytest.mark.parametrize("form", ["html", "notebook"])
def test_html_gets_no_tag_and_no_attribute(form: str, payload: str) -> None:
    def parts(word: str) -> Parts:
        return Parts(said("html", word) if form == "html" else notebook_html(sample(word)))

    plain, hostile = parts(PLAIN), parts(payload)
    ours = {"bdi", "mark"} if payload == LONG else {"bdi"}  # a text that is cut may be cut before its mark
    assert Counter(t for t in hostile.tags if t[0] not in ours) == Counter(t for t in plain.tags if t[0] not in ours)
    assert hostile.comments == plain.comments == []
    for tag, name, value in hostile.values:
        assert (not name.startswith("on") and name not in ("style", "srcdoc")) or (tag, name) in styles(plain)
        if name in ("href", "src", "action", "formaction", "data", "xlink:href"):
            assert value.startswith("#") or value == "data:,"
    assert _UNSEEN.findall("".join(hostile.text)) == []


def styles(parts: Parts) -> set[tuple[str, str]]:
    return {(tag, name) for tag, name, _ in parts.values}
