"""Run, decide in the workbook, review, run again: what was decided is gone, and nothing else changed."""

import json
import random
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from duizhao.corpora import read_termbase
from duizhao.main import main

EXAMPLES = ("digest.txt", "keypoints.txt", "newsletter.txt")
ACCEPTED = {("knowledge distillation", "知识提纯"), ("zero-shot", "零射击")}
REJECTED = {("latent space", "潜藏空间"): "a hiding place"}
ALARMS = {"Q001": "the table has it so", "F003": "", "T005": "a joke of ours"}
Row = dict[str, Any]


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as left:
        main(list(arguments))
    assert isinstance(left.value.code, int)
    return left.value.code


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """A folder with the examples and what the first run made of them in `out`."""
    folder = tmp_path_factory.mktemp("loop")
    for name in EXAMPLES:
        shutil.copy(root / "examples" / name, folder / name)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert run("run", *EXAMPLES, "-o", "out", "-q") == 1
    return folder


@pytest.fixture
def loop(first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(first, tmp_path / "loop")
    monkeypatch.chdir(tmp_path / "loop")


def decide() -> None:
    """What a person types into the workbook."""
    book = openpyxl.load_workbook("out/glossary.xlsx")
    terms, findings = book["Terms"], book["Findings"]
    at = {str(cell.value): number for number, cell in enumerate(terms[1], 1)}
    for row in range(2, terms.max_row + 1):
        key = (terms.cell(row, at["term"]).value, terms.cell(row, at["rendering"]).value)
        if key in ACCEPTED or key in REJECTED:
            terms.cell(row, at["decision"], "Accept" if key in ACCEPTED else "拒绝")
            terms.cell(row, at["comment"], REJECTED.get((str(key[0]), str(key[1]))))
    at = {str(cell.value): number for number, cell in enumerate(findings[1], 1)}
    for row in range(2, findings.max_row + 1):
        rule = findings.cell(row, at["rule"]).value
        findings.cell(row, at["decision"], "reject" if rule in ALARMS else "accept" if rule == "Q002" else None)
        findings.cell(row, at["comment"], ALARMS.get(str(rule)) or None)
    book.save("decided.xlsx")


def resave() -> None:
    """The same workbook as another program saves it: rows in another order, some hidden, columns moved."""
    book = openpyxl.load_workbook("decided.xlsx")
    chance = random.Random(7)
    for name in ("Terms", "Findings"):
        sheet = book[name]
        header, *rows = ([cell.value for cell in row] for row in sheet.iter_rows())
        order = list(range(len(header)))
        chance.shuffle(order)
        chance.shuffle(rows)
        place = book.index(sheet)
        book.remove(sheet)
        fresh = book.create_sheet(name, place)
        for row in (header, *rows):
            fresh.append(["mine" if row is header else 3, *(row[k] for k in order)])
        for number in range(2, 9):
            fresh.row_dimensions[number].hidden = True
        fresh.column_dimensions["C"].hidden = True
    book.save("decided.xlsx")


def rows(folder: str) -> list[Row]:
    return [json.loads(line) for line in Path(folder, "findings.jsonl").read_text(encoding="utf-8").split("\n") if line]


def key(row: Row) -> tuple[str, ...]:
    return row["document"], row["rule"], row["fingerprint"], str(row["span_zh"]), row["message"]


@pytest.mark.usefixtures("loop")
def test_what_was_decided_is_gone_and_nothing_else_changed(capsys: pytest.CaptureFixture[str]) -> None:
    decide()
    capsys.readouterr()
    assert run("review", "decided.xlsx") == 0
    shown = capsys.readouterr().out.split("\n")
    before = rows("out")
    alarms = {(row["rule"], row["fingerprint"]) for row in before if row["rule"] in ALARMS}
    mended = {row["fingerprint"] for row in before if row["rule"] == "Q002"}
    assert shown[0] == (
        f"Read {3 + len(alarms) + len(mended)} decisions: 2 renderings accepted, 1 rejected; "
        f"{len(mended)} findings to be mended, {len(alarms)} false alarms."
    )
    assert shown[2:] == [
        "terms.csv: 3 entries added, 0 changed; 1 rendering approved that was forbidden.",
        f".duizhao-ignore: {len(alarms)} entries added.",
        "Next: duizhao run IN… -o out/ --termbase terms.csv --ignore-file .duizhao-ignore",
        "",
    ]
    ignored = Path(".duizhao-ignore").read_text(encoding="utf-8").split("\n")
    assert {tuple(reversed(line.split()[:2])) for line in ignored if line} == alarms
    assert all(line.split(maxsplit=2)[2] == (ALARMS[line.split()[1]] or _SILENT) for line in ignored if line)

    # Our own folder has no other ignore file: the two files just written are found by their default names.
    assert run("run", *EXAMPLES, "-o", "again", "-q", "--termbase", "terms.csv") == 1
    after = rows("again")
    decided = [
        row
        for row in before
        if (row["rule"], row["fingerprint"]) in alarms
        or (row["term"], row["zh"]) in {*REJECTED}
        or (row["rule"] in ("T001", "T002") and (row["term"], row["zh"]) in ACCEPTED)
    ]
    assert {row["rule"] for row in decided} == {"Q001", "F003", "T005", "T001", "T002"}
    gone = Counter(map(key, before)) - Counter(map(key, after))
    assert gone == Counter(map(key, decided))
    new = Counter(map(key, after)) - Counter(map(key, before))
    [enforced] = [row for row in after if key(row) in new]
    assert (enforced["rule"], enforced["zh"], enforced["expected"]) == ("T002", "潜藏空间", "潜在空间")
    assert "(a hiding place)" in enforced["message"]


_SILENT = "reviewed: false alarm"


@pytest.mark.usefixtures("loop")
def test_the_same_file_twice_or_saved_by_another_program_is_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    decide()
    assert run("review", "decided.xlsx") == 0
    files = [Path("terms.csv"), Path(".duizhao-ignore"), Path("decided.xlsx"), Path("out/glossary.xlsx")]
    before = [path.read_bytes() for path in files]
    capsys.readouterr()
    assert run("review", "decided.xlsx") == 0
    assert [path.read_bytes() for path in files] == before
    assert capsys.readouterr().out.split("\n")[2:4] == [
        "terms.csv: nothing to change.",
        ".duizhao-ignore: nothing to add.",
    ]
    resave()
    assert run("review", "decided.xlsx") == 0
    assert [path.read_bytes() for path in files[:2]] == before[:2]
    assert run("review", "decided.xlsx", "--termbase", "other.csv", "--ignore-file", "other") == 0
    terms = [set(read_termbase(Path(name).read_bytes(), name).terms) for name in ("terms.csv", "other.csv")]
    assert terms[0] == terms[1]
    lines = [sorted(Path(name).read_text(encoding="utf-8").split("\n")) for name in (".duizhao-ignore", "other")]
    assert lines[0] == lines[1]


@pytest.mark.usefixtures("loop")
def test_a_user_s_own_files_are_kept() -> None:
    decide()
    own = "en;zh;whose\r\nriver;河;mine\r\nlatent space;潜空间;ours\r\n"
    Path("terms.csv").write_bytes(own.encode())
    Path(".duizhao-ignore").write_bytes(b"# ours\r\n3f2a5c7e9b01 T002 a name\r\n")
    assert run("review", "decided.xlsx") == 0
    lines = Path("terms.csv").read_bytes().decode().split("\r\n")
    assert lines[0].startswith("en;zh;whose;admitted;")
    assert lines[1].startswith("river;河;mine;;")
    assert lines[2].startswith("latent space;潜空间;ours;;")
    assert "潜藏空间=a hiding place [needs source]" in lines[2]
    assert Path(".duizhao-ignore").read_bytes().startswith(b"# ours\r\n3f2a5c7e9b01 T002 a name\r\n")


@pytest.mark.usefixtures("loop")
def test_all_is_refused_where_two_files_contradict_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    decide()
    row = {"kind": "rendering", "term": "Latent  space", "rendering": "潜藏 空间", "decision": "accept"}
    Path("d.json").write_text(json.dumps({"duizhao": "decisions", "version": 1, "decisions": [row]}), encoding="utf-8")
    capsys.readouterr()
    assert run("review", "decided.xlsx", "d.json") == 2
    error = capsys.readouterr().err
    assert error.startswith(
        "d.json: decision 1: accept for Latent space → 潜藏 空间, but reject at decided.xlsx:Terms!L"
    )
    assert not Path("terms.csv").exists()
    assert not Path(".duizhao-ignore").exists()
