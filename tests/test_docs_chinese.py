"""The Chinese pages say what the English ones do, and what the program does."""

import re
import shlex
from pathlib import Path

import pytest
from test_readme import README, blocks, commands, measured

from duizhao.main import main

ROOT = Path(__file__).resolve().parents[1]
CHINESE = (ROOT / "README.zh.md").read_text(encoding="utf-8")
TUTORIAL = (ROOT / "docs" / "zh" / "tutorial.md").read_text(encoding="utf-8")


def said(command: str, capture: pytest.CaptureFixture[str]) -> str:
    program, *arguments = shlex.split(command)
    assert program == "duizhao"
    with pytest.raises(SystemExit):
        main(arguments)
        raise SystemExit(0)
    shown = capture.readouterr()
    return (shown.out + shown.err).strip("\n")


def like(shown: str) -> str:
    """What the page shows, as a pattern: … stands for the rest of a line, alone on a line for some lines."""
    lines = shown.strip("\n").split("\n")
    return "\n".join(
        "(?s:.+)" if line == "…" else "[^\n]+".join(re.escape(part) for part in line.split("…")) for line in lines
    )


def test_the_commands_are_those_of_the_english_page() -> None:
    assert blocks(CHINESE) == blocks(README)
    assert len(commands(CHINESE)) > 10


def test_the_figures_are_those_of_the_english_page() -> None:
    assert measured(CHINESE) == measured(README)
    assert re.findall(r"!\[[^\]]+\]\(([^)]+)\)", CHINESE) == re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)


def test_the_page_quotes_what_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    quoted = [line for line in CHINESE.split("\n") if line.startswith("examples/")]
    assert len(quoted) > 3
    # Only the paper that is quoted, at its lines: the rest of the page takes seconds and says nothing more.
    lines = (ROOT / "examples" / "digest.txt").read_text(encoding="utf-8").split("\n")
    begin, end = (lines.index(next(line for line in lines if line.startswith(number))) for number in ("4、", "5、"))
    (tmp_path / "examples").mkdir()
    (tmp_path / "examples" / "digest.txt").write_text("\n" * begin + "\n".join(lines[begin:end]), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    output = said("duizhao audit examples/digest.txt --lang zh", capsys).split("\n")
    assert [line for line in quoted if line not in output] == []


def test_the_tutorial_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("signal.signal", lambda *_: None)  # pytest keeps its own handlers
    ran = []
    for name, content in re.findall(r"^```(\S+)\n(.*?)^```$", TUTORIAL, re.DOTALL | re.MULTILINE):
        if name != "console":
            (tmp_path / name).write_text(content, encoding="utf-8")
            continue
        command, _, shown = content.removeprefix("$ ").partition("\n")
        output = said(command, capsys)
        assert re.fullmatch(like(shown), output), (command, output)
        ran.append(command.split()[1])
    assert ran == ["build", "convert", "audit", "rule", "audit", "glossary", "audit"]


def test_links_of_the_tutorial_lead_somewhere() -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", TUTORIAL)
    assert len(links) > 5
    assert [link for link in links if not (ROOT / "docs" / "zh" / link).exists()] == []
