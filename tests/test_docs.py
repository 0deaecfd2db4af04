"""The written pages name every field, and their examples run."""

import re
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args

import pytest
from doc_blocks import PAGES, ROOT

from duizhao.corpora import Document, Leftover, Pair, Record
from duizhao.corpora.model import Kind, LeftoverKind
from duizhao.corpora.script import ChineseScript
from duizhao.metrics import RULES, Finding, Score
from duizhao.reports.alignment import ALIGNMENT_FORMATS
from duizhao.reports.glossary_csv import COLUMNS

README = (ROOT / "README.md").read_text(encoding="utf-8")
OUTPUT = (ROOT / "docs" / "output.md").read_text(encoding="utf-8")


def described(file: str) -> list[str]:
    """The names in the first column of the table under a file's heading."""
    section = OUTPUT.split(f"\n## {file}\n")[1].split("\n## ")[0]
    cells = [line.split("|")[1] for line in section.split("\n") if line.startswith("| `")]
    return [name for cell in cells for name in re.findall(r"`(\w+)`", cell)]


@pytest.mark.parametrize(
    ("file", "row"),
    [
        ("records.jsonl", Record),
        ("pairs.jsonl", Pair),
        ("findings.jsonl", Finding),
        ("leftovers.jsonl", Leftover),
        ("scores.json", Score),
        ("corpus/", Document),
    ],
)
def test_every_field_is_described(file: str, row: Any) -> None:
    assert sorted(described(file)) == sorted(field.name for field in fields(row) if field.compare)


@pytest.mark.parametrize(
    ("file", "values"), [("records.jsonl", Kind), ("leftovers.jsonl", LeftoverKind), ("corpus/", ChineseScript)]
)
def test_every_kind_is_described(file: str, values: Any) -> None:
    section = OUTPUT.split(f"\n## {file}\n")[1].split("\n## ")[0]
    assert [value for value in get_args(values) if f"`{value}`".replace("``", '`""`') not in section] == []


def test_every_glossary_column_is_described() -> None:
    assert described("glossary.csv") == list(COLUMNS)


def test_readme_names_every_rule() -> None:
    assert sorted(set(re.findall(r"[A-Z]\d{3}", README))) == sorted(RULES)


@pytest.mark.parametrize("page", ["README.md", "docs/alignment.md"])
def test_code_of_pages_runs(page: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL)
    exec(compile(code, page, "exec"), {})
    said = [line[2:] for line in code.split("\n") if line.startswith("# ")]
    assert capsys.readouterr().out.split("\n")[:-1] == said


def headings(page: Path) -> set[str]:
    """What a link may name behind #, made of the page's headings as GitHub and the site make it."""
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    names = [re.sub(r"[`*]|\[([^]]*)\]\([^)]*\)", r"\1", name) for name in re.findall(r"^#+ (.*)$", text, re.MULTILINE)]
    return {re.sub(r"[^\w\- ]", "", name.lower()).strip().replace(" ", "-") for name in names}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:\s]*)(?:#([^)\s]*))?\)", page.read_text(encoding="utf-8"))
    gone = [link for link, _ in links if not (page.parent / link).exists()]
    lost = [
        f"{link}#{anchor}"
        for link, anchor in links
        if anchor and link not in gone and anchor not in headings(page.parent / link if link else page)
    ]
    assert (gone, lost) == ([], [])


def test_every_format_of_an_alignment_is_described() -> None:
    page = (ROOT / "docs" / "alignment.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `(\w+)` \| `(\.\w+)` \|", page, re.MULTILINE) == sorted(
        ((form, ending) for ending, form in ALIGNMENT_FORMATS.items()),
        key=lambda each: page.index(f"| `{each[0]}` |"),
    )
