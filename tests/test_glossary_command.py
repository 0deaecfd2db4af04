"""`duizhao glossary`: what it prints, what it writes, which sections; and the closing line of the other commands."""

import csv
import io
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest

from duizhao.corpora import read_termbase
from duizhao.corpora.spreadsheet import read_xlsx
from duizhao.main import main

PAGE = (
    "1、[CL] Otters and Herons Drink Green Tea at the Old Bridge\n水獭和苍鹭在老桥边喝绿茶\nA Lin, B Meyer…\n"
    "[River Lab]\n"
    "海狗每天在老桥边喝绿茶。苍鹭只看着河水，一口绿茶也不喝。\n"
    "The otter drinks green tea at the old bridge every day. The heron only watches the river and drinks none.\n"
    "https://example.org/tea\n"
)
TERMS = "en,zh,forbidden\notter,水獭,海狗\nheron,苍鹭,\n"
FILES = ["glossary.csv", "glossary.jsonl", "glossary.md", "glossary.tbx", "glossary.xlsx"]
JUDGED = ("--termbase", "terms.csv", "--no-termbase", "--no-encoder")

Shell = Callable[..., tuple[int, str, str]]


@pytest.fixture
def sh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Shell]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("signal.signal", lambda *_: None)  # pytest keeps its own handlers
    Path("page.txt").write_text(PAGE, encoding="utf-8")
    Path("terms.csv").write_text(TERMS, encoding="utf-8")

    def called(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main(list(arguments))
            raise SystemExit(0)
        shown = capsys.readouterr()
        assert isinstance(left.value.code, int)
        return left.value.code, shown.out, shown.err

    yield called


def glossary(sh: Shell, *arguments: str) -> str:
    code, out, err = sh("glossary", "page.txt", *JUDGED, *arguments)
    assert (code, err) == (0, "")
    return out


def sections(out: str) -> dict[str, str]:
    return {row["term"]: row["section"] for row in csv.DictReader(io.StringIO(out))}


def test_it_prints_csv(sh: Shell) -> None:
    out = glossary(sh)
    rows = {row["term"]: row for row in csv.DictReader(io.StringIO(out)) if row["rendering"] == "海狗"}
    assert [rows["otter"][name] for name in ("expected", "status", "flagged")] == ["水獭", "forbidden", "true"]
    assert sections(out)["otter"] == "mismatch" and sections(out)["heron"] == "consistent"
    assert sorted(os.listdir()) == ["page.txt", "terms.csv"]


def test_sections(sh: Shell) -> None:
    every = sections(glossary(sh))
    assert sections(glossary(sh, "--section", "mismatch")) == {"otter": "mismatch"}
    some = sections(glossary(sh, "--section", "consistent", "--section", "mismatch"))
    assert some == {term: part for term, part in every.items() if part in ("consistent", "mismatch")}
    assert set(some.values()) == {"consistent", "mismatch"}
    code, out, err = sh("glossary", "page.txt", "--section", "wrong")
    assert (code, out) == (2, "") and "'mismatch', 'inconsistent', 'new', 'consistent'" in err


def test_formats(sh: Shell) -> None:
    lines = glossary(sh, "--format", "jsonl").strip("\n").split("\n")
    assert {row["term"]: row["section"] for row in map(json.loads, lines)} == sections(glossary(sh))
    assert glossary(sh, "--format", "md", "--section", "mismatch").startswith("# Glossary\n\n1 term.\n\n## Mismatches")
    assert "<term>水獭</term>" in glossary(sh, "--format", "tbx", "--section", "mismatch")
    assert sh("glossary", "page.txt", "--format", "xlsx")[0] == 2


def test_a_folder_gets_all_of_it(sh: Shell) -> None:
    out = glossary(sh, "-o", "out")
    assert sorted(os.listdir("out")) == [".duizhao-remembered", *FILES]
    assert Path("out/glossary.csv").read_bytes() == out.encode()
    for form in ("jsonl", "md", "tbx"):
        assert Path(f"out/glossary.{form}").read_bytes() == glossary(sh, "--format", form).encode()
    first = {name: Path("out", name).read_bytes() for name in FILES}
    glossary(sh, "-o", "out")
    assert {name: Path("out", name).read_bytes() for name in FILES} == first
    (row,) = read_xlsx(first["glossary.xlsx"], "glossary.xlsx", "Findings").rows[:1]
    assert {cell.name: cell.text for cell in row}["rule"] == "T002"
    proposed = {placed.en: placed.zh for placed in read_termbase(first["glossary.tbx"], "glossary.tbx").terms}
    assert (proposed["otter"], proposed["heron"]) == ("水獭", "苍鹭")


def test_a_run_writes_three_and_says_how_many_terms(sh: Shell) -> None:
    code, out, _ = sh("run", "page.txt", *JUDGED, "-o", "out")
    assert code == 1 and "glossary.csv, glossary.jsonl, glossary.xlsx" in out
    assert not Path("out/glossary.md").exists() and not Path("out/glossary.tbx").exists()
    said = next(line for line in out.split("\n") if " with a wrong rendering" in line)
    count = len(sections(Path("out/glossary.csv").read_text(encoding="utf-8")))
    assert said.startswith(f"{count} terms: 1 with a wrong rendering, ")
    assert sh("glossary", "out/corpus", *JUDGED)[1] == glossary(sh)


def test_chinese_words(sh: Shell) -> None:
    glossary(sh, "--lang", "zh", "-o", "out")
    terms = read_xlsx(Path("out/glossary.xlsx").read_bytes(), "glossary.xlsx", "Terms")
    rows = [{cell.name: cell.text for cell in row} for row in terms.rows]
    assert {row["status"] for row in rows if row["rendering"] == "海狗"} == {"错误：禁用"}
    assert {row["section"] for row in rows if row["rendering"] == "海狗"} == {"mismatch"}


def test_decisions_survive_the_next_run(sh: Shell) -> None:
    def cell(name: str, value: str = "") -> object:
        book = openpyxl.load_workbook("out/glossary.xlsx")
        found = book["Terms"].cell(2, [head.value for head in book["Terms"][1]].index(name) + 1)
        if value:
            found.value, found.data_type = value, "s"
            book.save("out/glossary.xlsx")
        return found.value

    glossary(sh, "-o", "out")
    cell("decision", "later")
    cell("comment", "=ask the otter")
    glossary(sh, "-o", "out")
    assert (cell("decision"), cell("comment")) == ("later", "=ask the otter")
    assert not Path("out/glossary.before.xlsx").exists()
    # Where the row is gone the workbook as it was is kept.
    before = Path("out/glossary.xlsx").read_bytes()
    glossary(sh, "-o", "out", "--section", "new")
    assert Path("out/glossary.before.xlsx").read_bytes() == before
