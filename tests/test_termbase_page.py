"""The page on termbases tells the truth: its files and commands, in order, in a folder of their own."""

import re
import shlex
from pathlib import Path

import pytest

from duizhao.corpora import read_termbase
from duizhao.corpora.termbase_csv import COLUMNS
from duizhao.corpora.termbase_header import header_parts
from duizhao.main import main

PAGE = (Path(__file__).resolve().parents[1] / "docs" / "termbase.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\S+)\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
TABLE = re.findall(r"^\| `(\w+)` \|[^|]*\|([^|]*)\|$", PAGE, re.MULTILINE)


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
            program, *arguments = shlex.split(command)
            assert program == "duizhao"
            with pytest.raises(SystemExit):
                main(arguments)
                raise SystemExit(0)
            said = capsys.readouterr()
            assert (said.err + said.out).strip("\n") == shown.strip("\n"), command
            commands += 1
    assert commands == 5


def test_every_column_is_described() -> None:
    assert tuple(name for name, _ in TABLE) == COLUMNS


@pytest.mark.parametrize(("column", "others"), TABLE)
def test_the_other_names_are_known(column: str, others: str) -> None:
    for name in [name.strip(" …") for name in others.split(",") if name.strip(" …")]:
        header = header_parts(
            [name, "en", "zh"] if column not in ("en", "zh") else [name, "zh" if column == "en" else "en"]
        )
        assert header is not None and header.parts[column] == 0, name


def test_the_files_are_read() -> None:
    found = {
        name: read_termbase(content.encode(), name).terms for name, content in BLOCKS if name.endswith((".csv", ".md"))
    }
    assert {name: len(terms) for name, terms in found.items()} == {"ours.csv": 2, "list.md": 2, "swapped.csv": 3}
    otter = found["ours.csv"][0]
    assert [(f.zh, f.why, f.needs_source) for f in otter.forbidden] == [
        ("海狗", "an animal with ears", False),
        ("奥特", "a sound", True),
    ]
