"""The README: its commands exist, its pictures are there, its tables are whole, and it stays short."""

import re
import shlex
import struct
from pathlib import Path

import click
import pytest

from duizhao.main import cli
from duizhao.metrics import RULES

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
TUTORIAL = (ROOT / "docs" / "zh" / "tutorial.md").read_text(encoding="utf-8")


def blocks(page: str) -> list[list[str]]:
    """The commands of each block of a page that has some, without their comments."""
    found = re.findall(r"^```\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    parted = [[line.partition("#")[0].rstrip() for line in block.split("\n") if line] for block in found]
    return [block for block in parted if block[0].startswith(("sh ", "pip ", "duizhao "))]


def commands(page: str) -> list[str]:
    """Every use of duizhao on a page: in blocks, behind $, and between backticks."""
    lines = [line.removeprefix("$ ").partition(" #")[0] for line in page.split("\n")]
    spoken = re.findall(r"`(duizhao [^`]+)`", page)
    return [line.strip() for line in [*lines, *spoken] if line.startswith("duizhao ")]


def measured(page: str) -> list[list[str]]:
    """The table of measured precision: rule, and what has digits or a dash in its other cells."""
    rows = [line.strip("| ").split(" | ") for line in page.split("\n") if re.match(r"\| [A-Z]\d{3} ", line)]
    return [[row[0].split()[0], *re.findall(r"\d+|–", " ".join(row[1:]))] for row in rows]


@pytest.mark.parametrize("command", sorted(set(commands(README) + commands(TUTORIAL))))
def test_commands_exist(command: str) -> None:
    name, *arguments = shlex.split(command, comments=True)[1:]
    if name.startswith("-"):
        return
    found = cli.get_command(click.Context(cli), name)
    assert found is not None
    context = click.Context(found, info_name=name)
    options, _, _ = found.make_parser(context).parse_args(arguments)  # raises for options that do not exist
    for parameter in found.params:
        given = options.get(parameter.name or "")
        for value in given if isinstance(given, list) else [given]:
            if isinstance(parameter.type, click.Choice) and value is not None:
                parameter.type.convert(value, parameter, context)


def test_every_rule_has_its_measure() -> None:
    rows = measured(README)
    assert [row[0] for row in rows] == list(RULES)
    assert [row for row in rows if len(row) < 3] == []


@pytest.mark.parametrize("name", ["report.png", "report-findings.png", "report-glossary.png"])
def test_pictures_are_there_and_small(name: str) -> None:
    picture = (ROOT / "docs" / "images" / name).read_bytes()
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", picture[16:24]) == (1280, 800)
    assert len(picture) < 300_000
    assert f"docs/images/{name}" in README


def test_pictures_have_words() -> None:
    assert [alt for alt in re.findall(r"!\[([^\]]*)\]", README) if len(alt) < 40] == []


def test_it_stays_short() -> None:
    # benchmarks/table.py fills what stands between these marks.
    figures = README[README.index("<!-- figures -->") : README.index("<!-- /figures -->")]
    assert README.count("\n") - figures.count("\n") <= 220
    assert README.index("## Two commands") < README.index("## Limits")
