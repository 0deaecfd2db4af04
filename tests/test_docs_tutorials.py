"""The tutorials tell the truth: their commands and their Python, in order, in a folder with the examples."""

import shutil
from pathlib import Path

import pytest
from doc_blocks import ROOT, blocks, run_console, run_python


@pytest.mark.parametrize(
    ("name", "commands"), [("tutorial-corpus", 4), ("tutorial-audit", 8), ("tutorial-glossary", 5)]
)
def test_the_tutorial_runs(
    name: str, commands: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("signal.signal", lambda *_: None)  # pytest keeps its own handlers
    shutil.copytree(ROOT / "examples", "examples")
    run, pieces = 0, 0
    for kind, text in blocks(ROOT / "docs" / f"{name}.md"):
        if kind == "console":
            run += run_console(text, capsys)
        elif kind == "python":
            run_python(text, capsys)
            pieces += 1
        elif "." in kind:
            Path(kind).write_text(text, encoding="utf-8")
        else:
            assert kind == "json"  # a line of a file, shortened
    assert (run, pieces) == (commands, 1)
