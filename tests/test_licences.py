"""docs/licences.md and NOTICE name every package and every data file, with the licence that it states itself."""

import re
import runpy
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

from duizhao.version import DATA

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
NOTICE = (ROOT / "NOTICE").read_text(encoding="utf-8")
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
# What packages write that state no SPDX expression.
SPDX = {
    "Apache License 2.0": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "CC BY-SA 4.0": "CC-BY-SA-4.0",
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: BSD License": "BSD-3-Clause",
    "License :: OSI Approved :: MIT License": "MIT",
}


def table(*head: str) -> dict[str, list[str]]:
    """The rows of the table with this head, by their first cell."""
    lines = PAGE.split(f"| {' | '.join(head)} |\n")[1].split("\n\n")[0].split("\n")[1:]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line]
    return {row[0]: row[1:] for row in rows}


NEEDED, FURTHER = table("package", "licence", "for"), table("package", "licence", "by")
EXTRAS, OF_DATA = table("extra", "package", "licence"), table("data", "licence", "from", "where")


def named(requirements: list[str]) -> set[str]:
    """The packages asked for here and now, extras aside."""
    found = [Requirement(text) for text in requirements]
    return {
        re.sub("[-_.]+", "-", each.name).lower()
        for each in found
        if each.marker is None or each.marker.evaluate({"extra": ""})
    }


def stated(package: str) -> str:
    """The licence as the installed package has it, in the words of SPDX."""
    said = metadata.metadata(package)
    classifiers = [text for text in said.get_all("Classifier") or () if text.startswith("License :: OSI")]
    texts = [said.get("License-Expression") or "", said.get("License") or "", *classifiers]
    first = next((text for text in texts if text and "\n" not in text), "")
    return SPDX.get(first, first)


def test_the_page_lists_what_is_needed() -> None:
    assert list(NEEDED) == sorted(named(PROJECT["dependencies"]))


def test_the_page_lists_what_that_needs() -> None:
    asked, found = list(NEEDED), set(NEEDED)
    while asked:
        more = named(metadata.requires(asked.pop()) or []) - found
        found |= more
        asked += more
    assert found - set(NEEDED) <= set(FURTHER)


def test_the_page_lists_the_extras() -> None:
    ours = {name: wanted for name, wanted in PROJECT["optional-dependencies"].items() if name in EXTRAS}
    assert {name: set(row[:1]) for name, row in EXTRAS.items()} == {
        name: named(wanted) for name, wanted in ours.items()
    }
    named_here = set(re.findall(r"\| `(\w+)` \|", (ROOT / "docs" / "install.md").read_text(encoding="utf-8")))
    assert named_here == set(EXTRAS)


@pytest.mark.parametrize("package", [*NEEDED, *FURTHER, *(row[0] for row in EXTRAS.values())])
def test_licences_are_those_that_packages_state(package: str) -> None:
    rows = NEEDED | FURTHER | {row[0]: row[1:] for row in EXTRAS.values()}
    try:
        found = stated(package)
    except metadata.PackageNotFoundError:
        pytest.skip(f"{package} is not installed")
    # Parts of numpy and regex have others, and the list of them moves with the version.
    assert rows[package][0].partition(" (")[0] in found


def test_notice_names_what_is_needed() -> None:
    assert {
        name: f"{name} ({row[0].split()[0].rstrip(')')}" in spelt(NOTICE) for name, row in NEEDED.items()
    } == dict.fromkeys(NEEDED, True)


def spelt(notice: str) -> str:
    return notice.replace("CC BY-SA 4.0", "CC-BY-SA-4.0")


def test_data_are_listed_with_the_same_licences_everywhere() -> None:
    sources = runpy.run_path(str(ROOT / "scripts" / "release_sbom.py"))["SOURCES"]
    assert {each.name: each.licence for each in sources} == {name: row[0] for name, row in OF_DATA.items()}
    holders = {name: row[2] for name, row in OF_DATA.items()}
    assert {each.name: each.distribution or "duizhao" for each in DATA}.items() <= holders.items()
    assert {holders[name] for name in holders} <= {*NEEDED, "duizhao"}


def test_installation_page_shows_the_lines_of_the_version() -> None:
    """Names and files; the hashes are those of the day."""
    page = (ROOT / "docs" / "install.md").read_text(encoding="utf-8")
    for each in DATA:
        assert re.search(rf"^{each.name} +[0-9a-f]{{12}}  {re.escape(each.path.split('/')[-1])}", page, re.MULTILINE)
