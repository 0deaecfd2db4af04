"""Big inputs part by part: the same files as in one go, from any executor, also after an interruption."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from duizhao import part_audit_steps, part_plan
from duizhao.corpora import read_corpus
from duizhao.corpora.store import corpus_parts
from duizhao.main import main

LINES = ("records.jsonl", "pairs.jsonl", "leftovers.jsonl", "findings.jsonl", "scores.json")
WRONG = [  # English, Chinese; the terms are planted
    ("Otters learn to swim by transfer learning on rivers.", "水獭通过转移学习在河里学会游泳。"),
    ("The ferry counts 32 shells with a neural network.", "渡船用一个神经网络数了47个贝壳。"),
    ("A Transformer predicts the tide under the bridge.", "变压器预测桥下的潮汐。"),
    ("Tea leaves are dried by gradient descent.", "茶叶用梯度下降晾干。"),
    ("We measure the reinforcement learning of young herons.", "我们测量幼鹭的加强学习。"),
    ("The the bridge keeper sees each otter twice.", "守桥人把每只水獭看了看了两次。"),
]
RIGHT = [
    ("Reinforcement learning keeps the boats apart.", "强化学习让船只保持距离。"),
    ("Transfer learning helps the tea growers.", "迁移学习帮助茶农。"),
    ("A neural network paints the river blue.", "神经网络把河画成蓝色。"),
    ("The tide turns at noon.", "潮水在中午转向。"),
]

TERMBASE = """en,zh,forbidden
Transformer,Transformer,变压器
gradient descent,梯度下降,
neural network,神经网络,
reinforcement learning,强化学习,加强学习
transfer learning,迁移学习,转移学习
"""
TERMS = ("--no-termbase", "--termbase", "terms.csv")  # the shipped one takes a while to load and index


def abstract(number: int) -> dict[str, str]:
    chosen = [WRONG[number % 6], RIGHT[number % 4], WRONG[(number // 2) % 6], RIGHT[(number + 1) % 4]]
    return {
        "title_en": f"What Otters Know of Rivers, Part {number % 5}",
        "title_zh": f"水獭对河流的了解，第{number % 5}部分" if number != 9 else "河里的水獭",
        "abstract_en": " ".join(en for en, _ in chosen),
        "abstract_zh": "".join(zh for _, zh in chosen),
    }


class Shell:
    """Runs the command line in this process, in a folder with documents."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.patch = folder, monkeypatch

    def __call__(self, *arguments: str, parts: bool = True) -> tuple[int, str]:
        self.patch.setattr(part_plan, "SMALL_BYTES", 1 if parts else 10**9)
        self.patch.setattr(part_plan, "GROUP_BYTES", 2000)
        self.patch.setattr(part_plan, "PART_CHARACTERS", 1600)
        out = self.folder / "printed"
        with out.open("w", encoding="utf-8") as handle, self.patch.context() as patch:
            patch.setattr(sys, "stdout", handle)
            with pytest.raises(SystemExit) as left:
                main(list(arguments))
                raise SystemExit(0)
        assert isinstance(left.value.code, int)
        return left.value.code, out.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    """Documents of several kinds, and what `duizhao run` made of them at once (`whole`) and in parts (`parts`)."""
    folder = tmp_path_factory.mktemp("parts")
    (folder / "in").mkdir()
    for name, numbers in (("a", range(4)), ("b", range(4, 6)), ("c", range(8, 10))):
        rows = "".join(json.dumps(abstract(n), ensure_ascii=False) + "\n" for n in numbers)
        (folder / "in" / f"{name}.jsonl").write_text(rows, encoding="utf-8")
    (folder / "terms.csv").write_text(TERMBASE, encoding="utf-8")
    rows = "".join(f"{en}\t{zh}\n" for en, zh in WRONG + RIGHT)
    (folder / "in" / "d.tsv").write_text("en\tzh\n" + rows, encoding="utf-8")
    (folder / "in" / "e.txt").write_text("".join(f"{zh}\n\n" for _, zh in WRONG * 3), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        made = Shell(folder, patch)
        made.code, made.said = {}, {}  # type: ignore[attr-defined]
        for name in ("whole", "parts"):
            options = [*TERMS, *(["--executor", "inline"] if name == "parts" else [])]
            code, said = made("run", "in", "-o", f"{name}/", *options, parts=name == "parts")
            made.code[name], made.said[name] = code, said  # type: ignore[attr-defined]
        yield made


def contents(folder: Path, names: tuple[str, ...] | None = None) -> dict[str, bytes]:
    """The files of an output folder, hidden ones apart."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    told = {path.relative_to(folder).as_posix(): path for path in files}
    return {
        name: path.read_bytes()
        for name, path in told.items()
        if not name.startswith(".duizhao") and (names is None or name in names)
    }


def test_parts_give_the_lines_of_the_whole(shell: Any) -> None:
    assert corpus_parts(shell.folder / "parts") >= 3
    assert corpus_parts(shell.folder / "whole") == 1
    for name in LINES:
        assert (shell.folder / "parts" / name).read_bytes() == (shell.folder / "whole" / name).read_bytes(), name
    assert (shell.folder / "parts" / "findings.jsonl").read_bytes().count(b"\n") > 20
    assert read_corpus(shell.folder / "parts") == read_corpus(shell.folder / "whole")


def test_parts_tell_what_the_whole_tells(shell: Any) -> None:
    assert shell.code == {"whole": 1, "parts": 1}
    before, after = (shell.said[name].split("\n") for name in ("whole", "parts"))
    assert len(before) > 25
    assert before[:-2] == after[:-2]
    assert after[-2] == before[-2].replace("report.html, ", "report.html, report_pages, ", 1).replace("whole", "parts")


def entries(folder: Path) -> dict[str, Any]:
    """The glossary by term."""
    rows = (folder / "glossary.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
    return {row["term"]: row for row in map(json.loads, rows)}


COUNTED = ("expected", "domain", "count", "records", "termhood", "forms")


def test_parts_have_the_terms_of_the_whole(shell: Any) -> None:
    whole, parts = entries(shell.folder / "whole"), entries(shell.folder / "parts")
    counted = {term: [row[name] for name in COUNTED] for term, row in whole.items()}
    assert {term: [row[name] for name in COUNTED] for term, row in parts.items()} == counted
    # What nothing settles is read together within a part; all else is what it was.
    listed = {term for term, row in whole.items() if row["domain"] != "new"}
    assert len(listed) == 5
    assert {term: parts[term] for term in listed} == {term: whole[term] for term in listed}


def test_the_report_leads_to_pages_of_all_parts(shell: Any) -> None:
    page = (shell.folder / "parts" / "report.html").read_text(encoding="utf-8")
    pages = sorted(path.name for path in (shell.folder / "parts" / "report_pages").iterdir())
    assert len(pages) == corpus_parts(shell.folder / "parts")
    assert all(f"report_pages/{name}" in page for name in pages)


def test_a_second_run_does_nothing_again(shell: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(shell.folder / "parts")

    def again(*_: object) -> None:
        raise AssertionError("done again")

    for step in ("links", "locate", "count", "judge"):
        monkeypatch.setattr(part_audit_steps, step, again)
    assert shell("run", "in", "-o", "parts/", *TERMS, "--executor", "inline") == (1, shell.said["parts"])
    assert contents(shell.folder / "parts") == before


def test_a_run_that_was_stopped_goes_on(shell: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    judge, calls = part_audit_steps.judge, list[object]()

    def stopped(*given: Any) -> dict[str, Any]:
        calls.append(given)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return judge(*given)

    monkeypatch.setattr(part_audit_steps, "judge", stopped)
    options = ("audit", "in", *TERMS, "--no-encoder", "--executor", "inline", "-o")
    assert shell(*options, "stopped/")[0] == 130
    assert not (shell.folder / "stopped" / "findings.jsonl").exists()
    code, said = shell(*options, "stopped/")
    assert len(calls) == 1 + corpus_parts(shell.folder / "parts")  # one was done, and is not done again
    assert (code, said) == shell(*options, "unstopped/")
    assert contents(shell.folder / "stopped") == contents(shell.folder / "unstopped")


def choices(folder: Path) -> dict[str, list[str]]:
    rows = [
        json.loads(line) for line in (folder / "whole" / "findings.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
    ]
    known = "".join(json.dumps({"fingerprint": r["fingerprint"], "rule": r["rule"]}) + "\n" for r in rows[::2])
    (folder / "known.jsonl").write_text(known + '{"fingerprint": "0123456789ab", "rule": "T002"}\n', encoding="utf-8")
    kept = [f"{r['fingerprint']} {r['rule']} as they say\n" for r in rows[1::4]]
    (folder / "ignored").write_text("".join(dict.fromkeys(kept)) + "0123456789ab T002 gone\n", encoding="utf-8")
    return {
        "selected": ["--select", "T,F", "--ignore", "T003"],
        "ignored": ["--ignore-file", "ignored", "--lang", "zh"],
        "known": ["--baseline", "known.jsonl", "--statistics"],
    }


@pytest.mark.parametrize("name", ["selected", "ignored", "known"])
def test_findings_are_chosen_as_in_one_go(shell: Any, name: str) -> None:
    options = choices(shell.folder)[name]
    both = {}
    for parts in (False, True):
        written = ["--write-baseline", f"baseline-{parts}", *(["--executor", "inline"] if parts else [])]
        told = ["audit", "in", *TERMS, "--no-encoder", "-o", f"audit-{name}-{parts}/", *options, *written]
        code, said = shell(*told, parts=parts)
        lines = [line for line in said.split("\n") if " terms: " not in line and " 个术语：" not in line]
        lines = [line.replace(f"baseline-{parts}", "it") for line in lines]
        found = contents(shell.folder / f"audit-{name}-{parts}", ("findings.jsonl",))
        both[parts] = code, lines, found, (shell.folder / f"baseline-{parts}").read_bytes()
    assert both[True] == both[False]
    assert both[True][2]["findings.jsonl"] != (shell.folder / "whole" / "findings.jsonl").read_bytes()


WHOLE = [
    (["audit", "--fix", "-o", "fixed/"], "--fix"),
    (["audit", "--format", "sarif"], "--format sarif"),
    (["run", "-o", "out.sarif"], "-o FILE"),
]


@pytest.mark.parametrize(("arguments", "named"), WHOLE)
def test_what_needs_all_at_once_is_never_ignored(
    shell: Any, capsys: pytest.CaptureFixture[str], arguments: list[str], named: str
) -> None:
    command, *options = arguments
    assert shell(command, "in", *options, "--executor", "inline")[0] == 2
    said = capsys.readouterr().err
    assert said.startswith(f"--executor: {named} with big inputs; wanted either of them.")


def test_the_glossary_is_printed_and_written(shell: Any) -> None:
    code, said = shell("glossary", "in", *TERMS, "--no-encoder", "-o", "terms/", "--executor", "inline")
    assert code == 0
    assert said.encode() == (shell.folder / "terms" / "glossary.csv").read_bytes()
    shell("glossary", "in", *TERMS, "--no-encoder", "-o", "terms-whole/", parts=False)
    parts, whole = ((shell.folder / name / "glossary.md").read_text("utf-8").split("\n") for name in GLOSSARIES)
    assert len(set(parts) & set(whole)) > 0.9 * len(set(whole))  # what is read together within a part may differ
    assert any("a.jsonl:1" in row for row in parts)


GLOSSARIES = ("terms", "terms-whole")


def test_exports_of_parts_are_those_of_the_whole(shell: Any) -> None:
    forms = [argument for form in ("tmx", "tsv", "csv", "hf") for argument in ("--export", form)]
    shell("build", "in", "-o", "built/", *forms, "--licence", "CC0-1.0", parts=False)
    shell("build", "in", "-o", "parted/", *forms, "--licence", "CC0-1.0", "--executor", "inline")
    names = ("pairs.tmx", "pairs.tsv", "pairs.csv", "translation.jsonl")
    whole = contents(shell.folder / "built", names)
    assert set(whole) == set(names) and whole == contents(shell.folder / "parted", names)
    assert whole["pairs.tsv"].count(b"\n") > 30 and "水獭".encode() in whole["pairs.tmx"]


def test_a_build_removes_what_was_made_of_another_corpus(shell: Any) -> None:
    shell("run", "in/d.tsv", "-o", "again/", *TERMS, parts=False)
    made = {path.name for path in (shell.folder / "again").iterdir()}
    assert {"report.html", "findings.jsonl", "glossary.xlsx"} <= made
    said = shell("build", "in/a.jsonl", "-o", "again/", parts=False)[1]
    assert "Removed findings.jsonl, " in said and ": made of another corpus. Run duizhao audit or run for new " in said
    assert not {"report.html", "findings.jsonl", "glossary.xlsx"} & {p.name for p in (shell.folder / "again").iterdir()}


def test_lines_for_programs_come_part_by_part_too(shell: Any) -> None:
    options = ("audit", "in", *TERMS, "--no-encoder", "--format", "jsonl")
    code, lines = shell(*options, "--executor", "inline")
    assert (code, lines) == shell(*options, parts=False)
    assert lines.count("\n") > 10 and all(json.loads(line)["rule"] for line in lines.strip().split("\n"))


def test_scores_against_a_reference_are_those_of_the_whole(shell: Any) -> None:
    options = (*TERMS, "--no-encoder", "--reference", "in/a.jsonl")
    shell("run", "in/a.jsonl", "in/b.jsonl", "-o", "once/", *options, parts=False)
    shell("run", "in/a.jsonl", "in/b.jsonl", "-o", "piecewise/", *options, "--executor", "inline")
    scores = contents(shell.folder / "once", ("scores.json",))
    assert scores == contents(shell.folder / "piecewise", ("scores.json",)) and b"chrF" in scores["scores.json"]
