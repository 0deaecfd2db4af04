"""Translations from a command: each line sent once, kept by text, and every way a command can fail."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from shlex import join

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duizhao import mt
from duizhao.corpora import DuizhaoError, InputError
from duizhao.mt import Translated, default_folder, translate

UPPER = "import sys\nfor line in sys.stdin.buffer: sys.stdout.buffer.write(line.decode().upper().encode())"


def python(program: str, *arguments: str) -> str:
    return join([sys.executable, "-c", program, *arguments])


@pytest.fixture
def counting(tmp_path: Path) -> tuple[str, Callable[[], list[str]]]:
    """A command that writes down what it was sent, and what that was so far."""
    log = tmp_path / "sent.txt"
    program = (
        "import sys\ntext = sys.stdin.buffer.read()\n"
        "open(sys.argv[1], 'ab').write(text)\nsys.stdout.buffer.write(text.decode().upper().encode())"
    )
    return python(program, str(log)), lambda: log.read_text("utf-8").split("\n")[:-1] if log.exists() else []


def test_lines_come_back_in_order_and_each_is_sent_once(
    tmp_path: Path, counting: tuple[str, Callable[[], list[str]]]
) -> None:
    command, sent = counting
    lines = ["an otter", "tea 茶", "", "an otter"]
    assert translate(lines, command, cache=tmp_path) == Translated(["AN OTTER", "TEA 茶", "", "AN OTTER"], 0)
    assert sent() == ["an otter", "tea 茶", ""]
    again = translate(["a bridge", "an otter", "an otter"], command, cache=tmp_path)
    assert again == Translated(["A BRIDGE", "AN OTTER", "AN OTTER"], 2)
    assert sent() == ["an otter", "tea 茶", "", "a bridge"]
    assert translate([], command, cache=tmp_path) == Translated([], 0)
    assert translate(lines, command, cache=tmp_path) == Translated(["AN OTTER", "TEA 茶", "", "AN OTTER"], 4)
    assert len(sent()) == 4


def test_another_command_knows_nothing_of_the_first(tmp_path: Path) -> None:
    assert translate(["otter"], python(UPPER), cache=tmp_path).lines == ["OTTER"]
    assert translate(["otter"], "cat", cache=tmp_path) == Translated(["otter"], 0)


FAILURES = [
    ("no-such-otter-command -x", "--mt no-such-otter-command -x: no such command; wanted a command that"),
    ("", "--mt: no command; wanted"),
    ("echo 'open", "--mt echo 'open: no closing quotation; wanted"),
    (python("import sys; sys.exit('first\\nthe river is closed')"), "exit code 1: the river is closed; wanted"),
    (python("import sys; sys.exit(3)"), "exit code 3; wanted exit code 0"),
    (python("import os; os.kill(os.getpid(), 9)"), "killed by signal 9; wanted"),
    (python("print('one')"), "1 lines back for 2 sent; wanted as many lines as were sent"),
    (python("pass"), "0 lines back for 2 sent"),
    (python("print('a\\nb\\n')"), "3 lines back for 2 sent"),
    (python("import sys; sys.stdout.buffer.write(b'ab\\xff\\n')"), "output that is not UTF-8 at byte 2; wanted UTF-8"),
    ("/", "can not be run (Permission denied)"),
]


@pytest.mark.parametrize(("command", "message"), FAILURES)
def test_failures_are_told_and_nothing_is_kept(tmp_path: Path, command: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        translate(["otter", "tea"], command, cache=tmp_path / "kept")
    assert message in str(error.value) and "\n" not in str(error.value)
    assert not (tmp_path / "kept").exists()


def test_no_shell_reads_the_command(tmp_path: Path) -> None:
    command = python("import sys; print(sys.argv[1])", "$HOME; echo otter > otter.txt")
    assert translate(["x"], command, cache=tmp_path).lines == ["$HOME; echo otter > otter.txt"]


def test_a_command_that_takes_too_long(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"not done after 0\.2 s"):
        translate(["otter"], python("import time; time.sleep(60)"), cache=tmp_path, timeout_seconds=0.2)


def test_an_interrupted_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(mt.subprocess, "run", interrupted)
    with pytest.raises(InputError, match="interrupted"):
        translate(["otter"], "cat", cache=tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("line", "found"), [("a\nb", "--mt:2: a line break"), ("a\rb", "--mt:2: a line break")])
def test_line_breaks(tmp_path: Path, line: str, found: str) -> None:
    with pytest.raises(InputError, match=found):
        translate(["otter", line], "cat", cache=tmp_path)


def test_a_lone_surrogate(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="a lone surrogate in a segment"):
        translate(["\ud800"], "cat", cache=tmp_path)


def test_only_line_feeds_end_lines(tmp_path: Path) -> None:
    odd = "a\u2028b\x85c\x0b\x0cd"
    assert translate([odd], "cat", cache=tmp_path).lines == [odd]
    program = "import sys; sys.stdout.buffer.write(sys.stdin.buffer.read().replace(b'\\n', b'\\r\\n'))"
    assert translate(["otter", "tea"], python(program), cache=tmp_path).lines == ["otter", "tea"]


BROKEN = [b'{"key": "', b"[]", b"\xff\xfe", b'{"key": "a", "text": "b", "check": "c"}', b"[" * 100_000, b"\x00"]


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_line_of_the_cache_is_dropped(tmp_path: Path, broken: bytes) -> None:
    translate(["otter", "tea"], "cat", cache=tmp_path)
    path = tmp_path / "translations.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole + broken)
    note = "1 broken lines of translations.jsonl were dropped."
    assert translate(["otter", "tea"], "cat", cache=tmp_path) == Translated(["otter", "tea"], 2, note)
    assert path.read_bytes() == whole
    assert [entry.name for entry in tmp_path.iterdir()] == ["translations.jsonl"]


def test_a_torn_or_changed_line_is_asked_again(tmp_path: Path) -> None:
    translate(["otter", "tea"], "cat", cache=tmp_path)
    path = tmp_path / "translations.jsonl"
    whole = path.read_text("utf-8")
    path.write_text(whole[:-20], "utf-8")
    assert translate(["otter", "tea"], "cat", cache=tmp_path).cached == 1
    assert path.read_text("utf-8") == whole
    path.write_text(whole.replace('"tea"', '"mud"'), "utf-8")
    assert translate(["tea"], "cat", cache=tmp_path).lines == ["tea"]


def test_what_another_run_added_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def beside(words: object, lines: list[str], limit: object) -> list[str]:
        monkeypatch.undo()
        translate(["tea"], "cat", cache=tmp_path)
        return lines

    monkeypatch.setattr(mt, "_run", beside)
    translate(["otter"], "cat", cache=tmp_path)
    assert translate(["otter", "tea"], "cat", cache=tmp_path).cached == 2


def test_a_folder_that_can_not_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    done = translate(["otter"], "cat", cache=tmp_path / "file" / "mt")
    folder = tmp_path / "file" / "mt"
    said = f"Translations were neither taken from {folder} nor kept there: Not a directory."
    assert (done.lines, done.note) == (["otter"], said)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_a_folder_that_others_can_write_or_a_link_is_let_be(tmp_path: Path) -> None:
    """Whoever can write there could put words into the mouth of the machine."""
    own = tmp_path / "own"
    assert translate(["otter"], "cat", cache=own).cached == 0
    assert own.stat().st_mode & 0o777 == 0o700
    held = (own / "translations.jsonl").read_bytes()
    (tmp_path / "link").symlink_to(own)
    own.chmod(0o777)
    for folder, found in ((own, "others can write there"), (tmp_path / "link", "not a folder")):
        done = translate(["otter", "tea"], "cat", cache=folder)
        assert (done.lines, done.cached) == (["otter", "tea"], 0)
        assert done.note == f"Translations were neither taken from {folder} nor kept there: {found}."
    assert (own / "translations.jsonl").read_bytes() == held


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_in_the_place_of_the_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "translations.jsonl")
    assert translate(["otter"], "cat", cache=tmp_path) == Translated(["otter"], 0)
    assert translate(["otter"], "cat", cache=tmp_path) == Translated(["otter"], 1)


FOLDERS = [
    ({"XDG_CACHE_HOME": "/caches", "HOME": "/home/otter"}, Path("/caches/duizhao/mt")),
    ({"HOME": "/home/otter"}, Path("/home/otter/.cache/duizhao/mt")),
    ({"XDG_CACHE_HOME": "not/absolute", "HOME": "/home/otter"}, Path("/home/otter/.cache/duizhao/mt")),
    ({"DUIZHAO_CACHE": "/own", "XDG_CACHE_HOME": "/caches"}, Path("/own/mt")),
    ({"HOME": ""}, None),
    ({}, None),
]


@pytest.mark.parametrize(("variables", "wanted"), FOLDERS)
def test_default_folder(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], wanted: Path | None) -> None:
    for name in ("DUIZHAO_CACHE", "XDG_CACHE_HOME", "HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert default_folder() == wanted


def test_without_a_home_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DUIZHAO_CACHE", "XDG_CACHE_HOME", "HOME"):
        monkeypatch.delenv(name, raising=False)
    note = "No folder for translations: HOME is not set; nothing was kept."
    assert translate(["otter"], "cat") == Translated(["otter"], 0, note)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_any_cache_file_gives_the_same_translations(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "translations.jsonl").write_bytes(data)
    try:
        done = translate(["otter"], "cat", cache=tmp_path)
    except DuizhaoError:
        raise AssertionError("a cache never stops a run") from None
    assert done.lines == ["otter"] and done.cached == 0
    rows = (tmp_path / "translations.jsonl").read_text("utf-8").split("\n")
    assert [json.loads(row)["text"] for row in rows if row] == ["otter"]
