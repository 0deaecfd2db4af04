"""`duizhao review` on the command line: what it refuses, and what it says it could not take."""

import csv
import io
import os
import stat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duizhao.corpora import InputError
from duizhao.ignore_file import Entry, with_entries
from duizhao.main import main
from duizhao.whole_files import replace_files

MARK = "3f2a5c7e9b01"
HEADER = "term,wanted,rendering,count,decision,comment\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(capture: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as left:
        main(["review", *arguments])
    shown = capture.readouterr()
    assert isinstance(left.value.code, int)
    return left.value.code, shown.out, shown.err


def write(name: str, text: str) -> None:
    Path(name).write_text(text, encoding="utf-8", newline="\n")


def test_what_is_not_taken_over_is_told_with_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    write("g.csv", HEADER + "otter,,海狗,2,reject,\nriver,,河,3,接受,\ntea,,茶,1,later,\nbridge,,桥,1,,\n")
    assert run(capsys, "g.csv") == (
        1,
        "Read 2 decisions: 1 rendering accepted, 1 rejected; 0 findings to be mended, 0 false alarms.\n"
        "Left undecided: 2 renderings and 0 findings, 1 of them for later.\n"
        "terms.csv: 1 entry added, 0 changed.\n"
        "Not taken over: 1.\n"
        "g.csv:2:5: nothing is known that 'otter' should be instead. Type what it should be into the column wanted, or "
        "accept another rendering of the term.\n"
        "Next: duizhao run IN… -o out/ --termbase terms.csv\n",
        "",
    )
    assert Path("terms.csv").read_text(encoding="utf-8").split("\n")[1] == "river,河,,,,,,,,"


def test_a_file_that_is_not_there_and_not_needed_is_not_spoken_of(capsys: pytest.CaptureFixture[str]) -> None:
    write("f.csv", f"rule,fingerprint,decision,comment\nT002,{MARK},reject,a name\n")
    wrote = (
        "Read 1 decision: 0 renderings accepted, 0 rejected; 0 findings to be mended, 1 false alarm.\n"
        "Left undecided: 0 renderings and 0 findings.\n"
        ".duizhao-ignore: 1 entry added.\n"
        "Next: duizhao run IN… -o out/ --ignore-file .duizhao-ignore\n"
    )
    assert run(capsys, "f.csv") == (0, wrote, "")
    assert not Path("terms.csv").exists()


@pytest.mark.parametrize(
    ("named", "kept"),
    [
        ('["house.csv"]', "--termbase house.csv --termbase terms.csv"),
        ('["terms.csv", "house.csv"]', "--termbase terms.csv --termbase house.csv"),
        ('"./terms.csv"', "--termbase terms.csv"),
    ],
)
def test_the_termbases_of_the_settings_count_on(capsys: pytest.CaptureFixture[str], named: str, kept: str) -> None:
    write("duizhao.toml", f"termbase = {named}\n")
    house = "en,zh,forbidden\nriver,江,溪=too small\n"
    write("house.csv", house)
    write("terms.csv", "en,zh\notter,水獭\n")
    write("g.csv", HEADER + "river,,河,3,accept,\n")
    code, out, err = run(capsys, "g.csv")
    assert (code, out.split("\n")[-2], err) == (0, f"Next: duizhao run IN… -o out/ {kept}", "")
    assert Path("house.csv").read_text(encoding="utf-8") == house
    rows = list(csv.DictReader(io.StringIO(Path("terms.csv").read_text(encoding="utf-8"))))
    # What the house says of the term besides is in the new entry too, which replaces that of the house.
    wanted = ("河", "江", "溪=too small") if "house" in named else ("河", None, None)
    assert tuple(rows[-1].get(name) for name in ("zh", "admitted", "forbidden")) == wanted


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("g.csv", "--termbase", "g.csv"), "g.csv: one of the inputs; wanted another file to write."),
        (("g.csv", "--ignore-file", "no/x"), "no/x: no place for a file"),
        (("g.csv", "--termbase", "x", "--ignore-file", "x"), "x: termbase and ignore file in one; wanted two files."),
        (("none.csv",), "none.csv: no such file or folder"),
        (("g.csv", "--ignore-file", "broken"), "broken:1: no fingerprint at its beginning"),
        (("g.csv", "--ignore-file", "wide"), "wide:byte 0: not UTF-8; wanted an ignore file in UTF-8"),
        (("g.csv", "--termbase", "broken"), "broken"),
        (("empty.csv",), "empty.csv: "),
        (("nothing.csv",), "nothing.csv: the columns en, zh; wanted a header in row 1 with decision"),
    ],
)
def test_what_is_refused_changes_nothing(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    write("g.csv", HEADER + "river,,河,3,accept,\n")
    write("nothing.csv", "en,zh\nriver,河\n")
    write("broken", "otters\n")
    write("empty.csv", "")
    Path("wide").write_bytes("# 茶\n".encode("utf-16"))
    before = {path.name: path.read_bytes() for path in Path().iterdir()}
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert err.startswith(message)
    assert {path.name: path.read_bytes() for path in Path().iterdir()} == before


def test_files_are_replaced_together_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    write("one", "old")
    os.symlink("one", "link")
    Path("one").chmod(0o640)
    replace_files({Path("link"): b"new", Path("two"): b"2"})
    assert (Path("one").read_bytes(), Path("two").read_bytes(), Path("link").is_symlink()) == (b"new", b"2", True)
    assert stat.S_IMODE(Path("one").stat().st_mode) == 0o640

    replace, calls = os.replace, []

    def failing(source: Path, target: Path) -> None:
        calls.append(target)
        if len(calls) == 3:
            raise OSError("the disk is full of otters")
        replace(source, target)

    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises(OSError, match="otters"):
        replace_files({Path("one"): b"x", Path("three"): b"y", Path("two"): b"z"})
    held = {path.name: path.read_bytes() for path in Path().iterdir()}
    assert held == {"link": b"new", "one": b"new", "two": b"2"}


def test_no_file_where_a_folder_stands() -> None:
    Path("folder").mkdir()
    with pytest.raises(InputError, match=r"^folder: no place for a file"):
        replace_files({Path("one"): b"1", Path("folder"): b"2"})
    assert not Path("one").exists()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text("# 3f\r\n茶", max_size=20), st.lists(st.sampled_from("ab"), max_size=4))
def test_entries_go_to_the_end_once(text: str, marks: list[str]) -> None:
    entries = [Entry(mark * 12, "T002", "a name") for mark in marks]
    made, added = with_entries(text, entries)
    assert made.startswith(text)
    assert added == len(set(marks))
    assert with_entries(made, entries) == (made, 0)
