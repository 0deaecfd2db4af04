"""`duizhao terms`: what each command prints and writes, how it leaves, and what it never leaves behind."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from duizhao.corpora import Forbidden, Term, load_termbase, shipped_termbase
from duizhao.main import main

OTTER = "en,zh,forbidden,also\notter,水獭,海狗=ears,sea cat\n"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("signal.signal", lambda *_: None)  # pytest keeps its own handlers
    Path("a.csv").write_text(OTTER, encoding="utf-8")
    Path("b.csv").write_text("en,zh\nOtter,獭\ntea,茶\n", encoding="utf-8")

    def called(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main(["terms", *arguments])
            raise SystemExit(0)
        said = capsys.readouterr()
        assert isinstance(left.value.code, int)
        return left.value.code, said.out, said.err

    return called


def test_check(run: Run) -> None:
    assert run("check", "a.csv") == (0, "1 entry: 0 errors, 0 warnings.\n", "")
    Path("c.csv").write_text("en,zh\notters,海狗\nwo\x07lf,狼\n", encoding="utf-8")
    assert run("check", "a.csv", "c.csv") == (
        1,
        "a.csv:2: error: '海狗' is forbidden for 'otter' and approved for 'otters', c.csv:2; wanted one of the two\n"
        "c.csv:3: warning: doubled blanks or invisible characters in 'wo\\x07lf'; wanted none\n"
        "3 entries: 1 error, 1 warning; 1 term overridden by a later file.\n",
        "",
    )


def test_the_shipped_one_is_checked_and_counted_without_a_file(run: Run) -> None:
    count = f"{len(shipped_termbase().terms):,}"
    code, out, _ = run("check")
    assert code == 0 and out.split("\n")[-2].startswith(f"{count} entries: 0 errors, ")
    assert run("stats")[1].split("\n")[0].split() == [count, "entries"]


@pytest.mark.parametrize("name", ["all.csv", "all.tsv", "all.TSV"])
def test_merge(run: Run, name: str) -> None:
    code, out, err = run("merge", "a.csv", "b.csv", "-o", name)
    assert (code, err) == (0, "")
    assert out == (
        f"Wrote 3 entries to {name}.\notter: 水獭 gave way to 獭\n"
        "1 entry of earlier files overridden, in part or as a whole.\n"
    )
    assert load_termbase([name], shipped=False).terms == (
        Term("Otter", "獭"),
        Term("tea", "茶"),
        Term("sea cat", "水獭", ("獭",), (Forbidden("海狗", "ears", False),)),
    )
    assert sorted(os.listdir()) == ["a.csv", name, "b.csv"]


@pytest.mark.parametrize("ending", ["csv", "tsv", "xlsx", "tbx"])
def test_convert_there_and_back(run: Run, ending: str) -> None:
    term = Term(
        "ot|ter",
        "水|獭",
        ("=1+1", "獭\\"),
        (Forbidden("海=狗", "ears", True),),
        "animals",
        ("sea cat",),
        "a\nb",
        ("水獺",),
        "noun",
        True,
    )
    row = 'ot|ter,水\\|獭,=1+1|獭\\\\,水獺,海\\=狗=ears [needs source],animals,sea cat,noun,case,"a\nb"\n'
    Path("in.csv").write_text(f"en,zh,admitted,taiwan,forbidden,domain,also,pos,flags,note\n{row}", encoding="utf-8")
    assert run("convert", "in.csv", "-o", f"out.{ending}") == (0, f"Wrote 1 entry to out.{ending}.\n", "")
    assert load_termbase([f"out.{ending}"], shipped=False).terms == (term,)
    assert run("convert", f"out.{ending}", "-o", "back.csv")[1] == "Wrote 1 entry to back.csv.\n"
    assert load_termbase(["back.csv"], shipped=False).terms == (term,)


def test_convert_says_what_was_joined(run: Run) -> None:
    Path("twice.csv").write_text("en,zh\notter,水獭\nOtter,獭\n", encoding="utf-8")
    assert run("convert", "twice.csv", "-o", "once.csv") == (
        0,
        "Wrote 1 entry to once.csv.\n",
        "twice.csv: 1 entries give an earlier term another rendering, now admitted there, the first at twice.csv:3\n",
    )


REFUSED = [
    (
        ("merge", "a.csv", "-o", "all.doc"),
        "all.doc: the ending '.doc'; wanted one of .csv, .tsv, .xlsx, .tbx. Rename it.\n",
    ),
    (("merge", "a.csv", "-o", "a.csv"), "a.csv: one of the inputs; wanted another file to write. Name another -o.\n"),
    (
        ("convert", "a.csv", "-o", "no/all.csv"),
        "no/all.csv: no place for a file; wanted a file in a folder that exists. Name another -o.\n",
    ),
    (("convert", "no.csv", "-o", "all.csv"), "no.csv: no such file or folder; wanted a file, a folder or -\n"),
    (("check", "no.csv"), "no.csv: cannot be read (No such file or directory); wanted a readable file\n"),
    (("stats", "."), ".: not a regular file; wanted a file to read. Pipe it in and name it -.\n"),
]


@pytest.mark.parametrize(("arguments", "message"), REFUSED)
def test_refused(run: Run, arguments: tuple[str, ...], message: str) -> None:
    assert run(*arguments) == (2, "", message)
    assert sorted(os.listdir()) == ["a.csv", "b.csv"]


def test_the_merged_file_holds_in_the_audit(run: Run) -> None:
    run("merge", "a.csv", "b.csv", "-o", "all.xlsx")
    assert load_termbase(["all.xlsx"]).given == {"Otter", "tea", "sea cat"}
