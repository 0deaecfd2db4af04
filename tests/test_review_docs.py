"""The page on reviewing: its commands run one after the other, and its JSON and its log are read."""

import re
import shutil
from pathlib import Path

import pytest

from duizhao.decision_reading import read_decisions
from duizhao.main import main


def test_the_commands_of_the_page_run(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (root / "docs" / "review.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```\n(duizhao [^`]*)\n```$", page, re.MULTILINE)
    # In the browser first: tests/test_review_server.py runs these.
    assert blocks[:2] == ["duizhao run page.txt -o out\nduizhao review out", "duizhao review out/decisions.jsonl"]
    commands = blocks[2:]
    assert [command.split()[1] for command in commands] == ["run", "review", "run", "diff"]
    monkeypatch.chdir(tmp_path)
    shutil.copy(root / "examples" / "keypoints.txt", "page.txt")
    shutil.copy("page.txt", "edited.txt")
    codes = []
    for command in commands:
        with pytest.raises(SystemExit) as left:
            main(command.split()[1:])
        codes.append(left.value.code)
        if command == commands[1]:  # nothing was decided, so nothing is there yet
            Path("terms.csv").write_text("en,zh\notter,水獭\n", encoding="utf-8")
            Path(".duizhao-ignore").write_text("# nothing yet\n", encoding="utf-8")
    assert codes == [1, 0, 1, 0]
    assert sorted(path.name for path in Path().iterdir()) == [
        ".duizhao-ignore",
        "edited.txt",
        "out",
        "page.txt",
        "terms.csv",
    ]


def test_the_json_of_the_page_is_read(root: Path, tmp_path: Path) -> None:
    page = (root / "docs" / "review.md").read_text(encoding="utf-8")
    [text] = re.findall(r"^```json\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    (tmp_path / "d.json").write_text(text, encoding="utf-8")
    decided = read_decisions(str(tmp_path / "d.json"))
    assert [(d.kind, d.choice, d.rule, d.rendering) for d in decided.decisions] == [
        ("finding", "reject", "T002", ""),
        ("rendering", "accept", "", "水獭"),
    ]


def test_the_log_of_the_page_is_read(root: Path, tmp_path: Path) -> None:
    page = (root / "docs" / "review.md").read_text(encoding="utf-8")
    [text] = re.findall(r"^```jsonl\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    (tmp_path / "d.jsonl").write_text(text, encoding="utf-8")
    decided = read_decisions(str(tmp_path / "d.jsonl"))
    assert [(d.kind, d.choice, d.rule, d.comment) for d in decided.decisions] == [
        ("finding", "reject", "T002", "a name"),
    ]
    assert (decided.undecided, decided.later) == ({"rendering": 0, "finding": 0}, 0)
