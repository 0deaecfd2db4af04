"""The list of planted errors tells the truth about the example pages."""

import csv
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from duizhao.corpora import extract, read_documents
from duizhao.metrics import RULES

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
PAGES = ["digest.txt", "keypoints.txt", "newsletter.txt"]
THESIS = "thesis.txt"  # written in Chinese: its English is judged
with (EXAMPLES / "planted.csv").open(encoding="utf-8", newline="") as handle:
    PLANTED = list(csv.DictReader(handle))


def lines_of(page: str) -> list[str]:
    return (EXAMPLES / page).read_text(encoding="utf-8").split("\n")


@pytest.mark.parametrize("row", PLANTED, ids=lambda row: f"{row['file']}:{row['line']}-{row['rule']}")
def test_row_stands_where_it_says(row: dict[str, str]) -> None:
    if not row["line"]:
        assert row["rule"] == "C005"
        return
    line = lines_of(row["file"])[int(row["line"]) - 1]
    # A misread acronym is an error at each of its places; every other error stands once.
    judged = row["en"] if row["file"] == THESIS else row["zh"] or row["en"]
    assert line.count(judged) == (2 if row["rule"] == "T005" else 1)
    if row["en"] and row["file"] == "digest.txt":
        assert row["en"] in (EXAMPLES / "digest.txt").read_text(encoding="utf-8")


def test_every_rule_is_planted() -> None:
    counts = Counter(row["rule"] for row in PLANTED)
    assert set(counts) == set(RULES)
    assert [rule for rule, count in counts.items() if count < 2 and rule not in ("C005", "T005")] == []


def test_the_table_for_people_has_the_same_rows() -> None:
    text = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    rows = [
        line.split(" | ")[:3]
        for line in text.split("\n")
        if line.startswith(tuple(f"| {page}" for page in [*PAGES, THESIS]))
    ]
    wanted = [[f"| {row['file']}", row["line"] or "–", row["rule"]] for row in PLANTED]
    assert rows == wanted


@pytest.mark.parametrize(
    ("page", "kinds"),
    [
        ("digest.txt", {"abstract": 9, "title": 4}),
        ("keypoints.txt", {"summary": 4}),
        ("newsletter.txt", {"commentary": 2, "zh_only": 3}),
        ("thesis.txt", {"abstract": 1}),
    ],
)
def test_pages_are_read_whole(page: str, kinds: dict[str, int]) -> None:
    extraction = extract(read_documents([str(EXAMPLES / page)]))
    assert Counter(record.kind for record in extraction.records) == kinds
    assert [leftover.text for leftover in extraction.leftovers if leftover.kind == "unparsed"] == []


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, list[dict[str, Any]]]]:
    """What the command line says and finds of the pages, a run a direction."""
    made = []
    for chosen in (PAGES, [THESIS, "--direction", "zh-en"]):
        out = tmp_path_factory.mktemp("examples") / "out"
        command = [sys.executable, "-m", "duizhao", "run", *chosen, "-o", str(out)]
        done = subprocess.run(command, cwd=EXAMPLES, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 1, done.stderr
        lines = (out / "findings.jsonl").read_text(encoding="utf-8").split("\n")
        made.append((done.stdout, [json.loads(line) for line in lines if line]))
    return made


@pytest.fixture(scope="module")
def findings(runs: list[tuple[str, list[dict[str, Any]]]]) -> list[dict[str, Any]]:
    return [finding for _, found in runs for finding in found]


def test_the_readme_quotes_what_is_said(runs: list[tuple[str, list[dict[str, Any]]]]) -> None:
    readme = (EXAMPLES.parent / "README.md").read_text(encoding="utf-8").split("\n")
    quoted = [line.removeprefix("examples/") for line in readme if line.startswith(("examples/", "Found "))]
    assert len(quoted) > 5
    assert [line for line in quoted if line not in runs[0][0].split("\n")] == []


def touch(one: str, other: str) -> bool:
    return bool(one and other) and (one in other or other in one)


def answers(finding: dict[str, Any], row: dict[str, str]) -> bool:
    if (finding["document"], finding["rule"]) != (row["file"], row["rule"]):
        return False
    same_line = str(finding["line"]) == row["line"]
    return not row["line"] or (same_line and (touch(finding["en"], row["en"]) or touch(finding["zh"], row["zh"])))


def test_the_audit_finds_what_is_planted(findings: list[dict[str, Any]]) -> None:
    missed = [row for row in PLANTED if not any(answers(finding, row) for finding in findings)]
    assert [f"{row['file']}:{row['line']} {row['rule']} {row['en']} {row['zh']}" for row in missed] == []


def extra(findings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [finding for finding in findings if not any(answers(finding, row) for row in PLANTED)]


def test_the_audit_finds_nothing_else(findings: list[dict[str, Any]]) -> None:
    loud = [finding for finding in extra(findings) if finding["severity"] != "note"]
    assert [f"{f['document']}:{f['line']} {f['rule']} {f['en']} {f['zh']}" for f in loud] == []


# Notes may be wrong; these are, and examples/README.md says so.
WRONG_NOTES = {("digest.txt", 21, "T004", "图块表示"), ("digest.txt", 61, "T004", "六个语言")}


def test_wrong_notes_are_few_and_known(findings: list[dict[str, Any]]) -> None:
    notes = {(f["document"], f["line"], f["rule"], f["zh"]) for f in extra(findings) if f["severity"] == "note"}
    assert notes == WRONG_NOTES
