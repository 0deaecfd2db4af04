"""The pages that a script makes are as it makes them today, and they name all that is public."""

import re
import sys
from importlib import import_module
from typing import Any

import pytest
from doc_blocks import ROOT

from duizhao.metrics import RULES
from duizhao.metrics.filter_table import FILTERS


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        made: Any = import_module("make_docs")
    finally:
        sys.path.remove(str(ROOT / "scripts"))
    return dict(made.all_pages())


def test_the_pages_are_up_to_date(pages: dict[str, str]) -> None:
    stale = [name for name, text in pages.items() if (ROOT / "docs" / name).read_text(encoding="utf-8") != text]
    assert stale == [], "run scripts/make_docs.py"


@pytest.mark.parametrize("package", ["corpora", "align", "metrics", "reports"])
def test_every_public_name_has_its_place(package: str, pages: dict[str, str]) -> None:
    shown = re.findall(rf"^::: duizhao\.{package}\.(\w+)$", pages[f"api/{package}.md"], re.MULTILINE)
    public: list[str] = import_module(f"duizhao.{package}").__all__
    assert sorted(shown) == sorted(public)
    listed = pages["api/index.md"].split(f"## [duizhao.{package}]")[1].split("\n## ")[0]
    assert sorted(re.findall(r"`(\w+)`", listed)) == sorted(public)


def test_every_rule_and_filter_has_a_section(pages: dict[str, str]) -> None:
    assert re.findall(r"^### (\w+) ", pages["rules.md"], re.MULTILINE) == list(RULES)
    assert re.findall(r"^## (\w+)$", pages["filters.md"], re.MULTILINE) == list(FILTERS)


def test_every_command_has_a_section(pages: dict[str, str]) -> None:
    from duizhao.main import cli

    named = re.findall(r"^## duizhao (\w+)$", pages["commands.md"], re.MULTILINE)
    assert named == cli.list_commands(None)  # type: ignore[arg-type]
