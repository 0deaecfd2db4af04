"""Every command that a page shows is one that the program takes: its name, its options, and their choices."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from doc_blocks import PAGES, ROOT, blocks

from duizhao.main import cli

_INLINE = re.compile(r"(?<!`)`(?:\$ )?(duizhao [^`\n]+)`(?!`)")


NO_COMMANDS = {"duizhao knowledge"}  # the first words of a knowledge pack


def shown_commands(page: Path) -> Iterator[str]:
    """The lines of a page's blocks that begin with duizhao, and what stands so in its sentences."""
    for _, text in blocks(page):
        for line in text.replace("\\\n", " ").split("\n"):
            found = re.fullmatch(r"\s*(?:- )?(?:\$ )?(duizhao .*)", line)
            if found and not re.match(r"duizhao (\d|.*\[OPTIONS\])", found[1]):  # its version; how a command is used
                yield found[1]
    prose = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    for said in _INLINE.findall(prose):
        names = said.split()[-1]
        yield from [said.removesuffix(names) + name for name in names.split("|")]  # check|merge|convert


def refused(line: str) -> str:
    """What is wrong with a command line, by names and options alone: nothing need exist; "" where it is fine."""
    try:
        words = [word for word in shlex.split(line, comments=True)[1:] if word not in "…()"]
        command: click.Command = cli
        context = click.Context(cli, info_name="duizhao")
        while isinstance(command, click.Group) and words and not words[0].startswith("-"):
            found = command.get_command(context, words[0])
            if found is None:
                return f"no command {words[0]}"
            command, context = found, click.Context(found, info_name=words[0], parent=context)
            words = words[1:]
        values, _, _ = command.make_parser(context).parse_args(words)
        for parameter in command.get_params(context):
            value = values.get(str(parameter.name))
            if isinstance(parameter.type, click.Choice | click.IntRange) and not _any(value):
                parameter.type_cast_value(context, value)
    except click.UsageError as error:
        return error.format_message()
    except ValueError as error:  # of shlex
        return str(error)
    return ""


def _any(value: object) -> bool:
    """Whether a value stands for any: FORMAT, NAME, N."""
    given = value if isinstance(value, tuple | list) else [value]
    return all(isinstance(each, str) and each.isupper() for each in given)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_the_commands_of_a_page_are_commands(page: Path) -> None:
    found = [(line, refused(line)) for line in shown_commands(page) if line not in NO_COMMANDS]
    assert [(line, why) for line, why in found if why] == []


def test_pages_show_commands() -> None:
    assert sum(len(list(shown_commands(page))) for page in PAGES) > 100


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("duizhao audit page.txt --select T", ""),
        ("duizhao --version", ""),
        ("duizhao audit page.txt --selekt T", "No such option"),
        ("duizhao audit page.txt --format pdf", "'pdf'"),
        ("duizhao audits page.txt", "no command audits"),
        ("duizhao terms check a.csv  # a comment", ""),
        ("duizhao terms chek a.csv", "no command chek"),
        ("duizhao audit page.txt -o", "requires an argument"),
        ("duizhao audit page.txt --format FORMAT", ""),
    ],
)
def test_wrong_commands_are_told(line: str, wrong: str) -> None:
    said = refused(line)
    assert wrong in said and bool(said) == bool(wrong)
