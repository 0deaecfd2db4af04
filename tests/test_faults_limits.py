"""The limits on inputs: one page lists them with the numbers that the program goes by; the help names the main ones."""

import importlib
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from duizhao.main import cli

ROOT = Path(__file__).resolve().parents[1]
SECTION = (ROOT / "docs" / "faults.md").read_text(encoding="utf-8").split("\n## Limits ")[1].split("\n## ")[0]
ROWS = re.findall(r"^\| (.+?) \| ([\d,]+) ?(\w*) ?\w* \| `([\w.]+)` \|$", SECTION, re.MULTILINE)
TIMES = {"KiB": 2**10, "MiB": 2**20, "GiB": 2**30}


@pytest.mark.parametrize(("number", "unit", "name"), [row[1:] for row in ROWS], ids=[row[3] for row in ROWS])
def test_the_page_has_the_number_of_the_program(number: str, unit: str, name: str) -> None:
    module, _, constant = name.rpartition(".")
    value = getattr(importlib.import_module(f"duizhao.{module}"), constant)
    assert int(number.replace(",", "")) * TIMES.get(unit, 1) == value


def test_every_row_is_read_and_every_file_that_refuses_is_listed() -> None:
    assert len(ROWS) == SECTION.count("\n| ") - 1  # the header
    listed = {name.rpartition(".")[0] for *_, name in ROWS}
    raising = set()
    for folder in ("corpora", "align", "metrics", "reports", "cli"):
        for path in (ROOT / folder).glob("*.py"):
            if re.search(r"(raise|return) LimitError\(", path.read_text(encoding="utf-8")):
                raising.add(f"{folder}.{path.stem}".removeprefix("cli."))
    passed_on = {  # these raise for limits of other files
        *("corpora.formats", "corpora.unit_blocks", "corpora.unit_tmx", "corpora.unit_delimited", "folder_alignment"),
    }
    assert raising - listed == passed_on


def test_the_help_names_the_limits_and_the_cache() -> None:
    said = " ".join(CliRunner().invoke(cli, ["--help"]).output.split())
    assert "Limits: 64 MiB a document, 100,000 characters a line or cell (--max-unit); " in said
    assert "at most 512 MiB and 200 times their size" in said
    assert "kept in ~/.cache/duizhao; DUIZHAO_CACHE names another folder." in said
