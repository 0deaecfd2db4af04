"""Findings that are let stand: a fingerprint, a rule and a reason a line."""

from pathlib import Path

import pytest

from duizhao.corpora import DuizhaoError
from duizhao.ignore_file import Entry, read_ignore_file, sidecars

MARK = "3f2a5c7e9b01"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_lines_comments_and_blanks() -> None:
    text = f"# tea\r\n\r\n  # more\n{MARK}  T002  the otter’s own name\n{MARK[::-1]}\tF001\tasked # twice \n"
    Path("list").write_bytes(text.encode())
    assert read_ignore_file("list") == (
        Entry(MARK, "T002", "the otter’s own name"),
        Entry(MARK[::-1], "F001", "asked # twice"),
    )


def test_a_file_may_be_empty() -> None:
    Path("list").write_bytes(b"")
    assert read_ignore_file("list") == ()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (f"{MARK} T002", "no reason; wanted FINGERPRINT RULE reason, as in"),
        (f"{MARK} T002  \u3000 ", "no reason"),
        (MARK, "no rule after the fingerprint"),
        (f"{MARK} the otter", "no rule after the fingerprint"),
        (f"T002 {MARK} tea", "no fingerprint at its beginning"),
        (f"{MARK.upper()} T002 tea", "no fingerprint at its beginning"),
        (f"{MARK}0 T002 tea", "no fingerprint at its beginning"),
    ],
)
def test_what_is_no_entry_is_refused_with_its_line(line: str, message: str) -> None:
    Path("list").write_text(f"# tea\n{MARK} F001 a reason\n{line}\n", encoding="utf-8")
    with pytest.raises(DuizhaoError) as error:
        read_ignore_file("list")
    assert str(error.value).startswith(f"list:3: {message}")


def test_sidecars_lie_beside_the_inputs() -> None:
    for folder in ("a", "b", "c/d"):
        Path(folder).mkdir(parents=True)
    for name in (".duizhao-ignore", "a/.duizhao-ignore", "c/.duizhao-ignore"):
        Path(name).write_text("", encoding="utf-8")
    assert sidecars(["-"]) == ()
    assert sidecars(["page.txt", "a/tea.txt", "./other.txt"]) == (".duizhao-ignore", "a/.duizhao-ignore")
    assert sidecars(["a", "b", "c/d"]) == ("a/.duizhao-ignore",)
    assert sidecars(["a/", "a/tea.txt"]) == ("a/.duizhao-ignore",)
