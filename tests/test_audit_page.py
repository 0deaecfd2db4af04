"""The page on the audit tells the truth: its files and commands, in order, in a folder of their own."""

import re
import shlex
from pathlib import Path

import pytest

from duizhao.configuration import KEYS
from duizhao.main import main

PAGE = (Path(__file__).resolve().parents[1] / "docs" / "audit.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\S+)\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


def said(command: str, capture: pytest.CaptureFixture[str]) -> str:
    program, *arguments = shlex.split(command)
    assert program == "duizhao"
    with pytest.raises(SystemExit):
        main(arguments)
        raise SystemExit(0)
    shown = capture.readouterr()
    return shown.out + shown.err


def same(shown: str, output: str) -> bool:
    """Whether a command said what the page shows; the page may leave out counts: of terms, of what is not shown."""
    if "not shown" not in shown:
        output = "\n".join(line for line in output.split("\n") if " not shown: --select" not in line)
    if " terms: " not in shown:
        output = re.sub(r"^[\d,]+ terms?: .*\n", "", output, flags=re.MULTILINE)
    return re.fullmatch(like(shown.strip("\n")), output.strip("\n")) is not None


def like(shown: str) -> str:
    """What the page shows, as a pattern: … stands for the rest of a line, or for its beginning."""
    return "".join("[^\n]+" if part == "…" else re.escape(part) for part in re.split("(…)", shown))


def test_the_page_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("signal.signal", lambda *_: None)  # pytest keeps its own handlers
    commands = 0
    for name, content in BLOCKS:
        if name != "console":
            (tmp_path / name).write_text(content, encoding="utf-8")
            continue
        for example in content.removeprefix("$ ").split("\n$ "):
            command, _, shown = example.partition("\n")
            output = said(command, capsys)
            assert same(shown, output), (command, output)
            commands += 1
    assert commands == 8


def test_every_setting_is_described() -> None:
    rows = re.findall(r"^\| (`.*?) \|", PAGE, re.MULTILINE)
    assert sorted(re.findall("`([a-z-]+)`", " ".join(rows))) == sorted(KEYS)
