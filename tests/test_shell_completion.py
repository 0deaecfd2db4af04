"""Completion by bash, zsh and fish, as click makes it: commands, options, choices, and the codes of rules."""

import click
import pytest
from click.shell_completion import BashComplete, FishComplete, ShellComplete, ZshComplete

from duizhao.main import cli, main
from duizhao.metrics import RULES

VARIABLE = "_DUIZHAO_COMPLETE"


def completed(*words: str) -> list[str]:
    """What the shell offers for the last word."""
    made = ShellComplete(cli, {}, "duizhao", VARIABLE).get_completions(list(words[:-1]), words[-1])
    return [item.value for item in made]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["r"], ["run", "review", "rule"]),
        (["gl"], ["glossary"]),
        (["nothing"], []),
        (["--v"], ["--version"]),
        (["rule", "T00"], ["T001", "T002", "T003", "T004", "T005", "T006"]),
        (["rule", "q002"], ["Q002"]),
        (["rule", ""], list(RULES)),
        (["rule", "--lang", ""], ["en", "zh"]),
        (["run", "--fail-"], ["--fail-on"]),
        (["audit", "--direction", "zh"], ["zh-en"]),
        (["terms", "m"], ["merge", "mine"]),
        (["score", "--paired", ""], ["bs", "ar"]),
    ],
)
def test_offers(words: list[str], offered: list[str]) -> None:
    assert completed(*words) == offered


def test_commands_come_with_their_lines() -> None:
    """The list of commands is written down so that it loads none of them; it says what they say."""
    context = click.Context(cli)
    made = {item.value: item.help for item in cli.shell_complete(context, "")}
    wanted = {}
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        assert command is not None
        wanted[name] = command.get_short_help_str(200)
    assert made == wanted


def test_the_list_of_commands_loads_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """`duizhao --help` and completion of a command's name answer in a twentieth of a second of work, not in one."""
    monkeypatch.setattr("duizhao.main.import_module", lambda name: pytest.fail(f"loads {name}"))
    assert "review" in completed("")
    shown = cli.get_help(click.Context(cli))
    assert [name for name in cli.list_commands(click.Context(cli)) if f"\n  {name} " not in shown] == []


def test_rules_come_with_their_names() -> None:
    made = ShellComplete(cli, {}, "duizhao", VARIABLE).get_completions(["rule"], "T002")
    assert [(item.value, item.help) for item in made] == [("T002", RULES["T002"].slug)]


@pytest.mark.parametrize(
    ("shell", "maker", "line"),
    [
        ("bash", BashComplete, "complete -o nosort -F _duizhao_completion duizhao"),
        ("zsh", ZshComplete, "compdef _duizhao_completion duizhao"),
        ("fish", FishComplete, "complete --no-files --command duizhao"),
    ],
)
def test_scripts(
    shell: str,
    maker: type[ShellComplete],
    line: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(BashComplete, "_check_version", staticmethod(lambda: None))  # it would start a bash
    monkeypatch.setenv(VARIABLE, f"{shell}_source")
    with pytest.raises(SystemExit) as left:
        main([])
    shown = capsys.readouterr()
    assert (left.value.code, shown.err) == (0, "")
    assert line in shown.out
    assert shown.out.strip() == maker(cli, {}, "duizhao", VARIABLE).source().strip()


def test_the_answer_to_bash(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """What the script above asks for, and reads."""
    monkeypatch.setenv(VARIABLE, "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "duizhao rule T00")
    monkeypatch.setenv("COMP_CWORD", "2")
    with pytest.raises(SystemExit) as left:
        main([])
    assert left.value.code == 0
    assert capsys.readouterr().out.split() == [f"plain,T00{k}" for k in range(1, 7)]
