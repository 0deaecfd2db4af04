"""-o that names files, and what audit prints: every format, together with others, whole or not at all."""

import csv
import io
import json
import os
import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

from duizhao import pipeline
from duizhao.corpora import Corpus
from duizhao.corpora.files import TEXT_SUFFIXES, foreign_file, input_files
from duizhao.main import main
from duizhao.metrics import Finding
from duizhao.outputs import NAMES, PARTS, names_of
from duizhao.pipeline import Options
from duizhao.report_files import copy_of
from duizhao.reports import Result
from duizhao.reports.formats import ENDINGS, FORMATS, PRINTED, format_of
from duizhao.reports.site import render_site
from duizhao.reports.summary import rule_name

ZH = "海獭今天把四十七个新鲜的贝壳带回了家。它们在河边的桥下喝茶茶。"
EN = "The otters carried 32 fresh shells home today. They drank tea under the bridge by the river."
WRONG = f"1、[CL] Otters Carry Fresh Shells Home Today\n水獭把新鲜的贝壳带回家\nA Lin, B Meyer…\n[River Lab]\n{ZH}\n{EN}\nhttps://example.org/otter\n"
KNOWN = " ".join(ENDINGS)
PAGE = b'<head><meta name="generator" content="duizhao">'


class Shell:
    """Runs the command line in this process, in a folder of its own."""

    def __init__(self, capture: pytest.CaptureFixture[str]) -> None:
        self.capture = capture

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main(list(arguments))
            raise SystemExit(0)
        shown = self.capture.readouterr()
        assert isinstance(left.value.code, int)
        return left.value.code, shown.out, shown.err


Read = tuple[tuple[str, bytes], ...]  # files with what they hold


def read(inputs: tuple[str, ...]) -> Read:
    files = (file for given in inputs for file in input_files(given))
    return tuple((str(file), file.read_bytes()) for file in files)


@cache
def corpus(inputs: tuple[str, ...], _: Read) -> Corpus:
    return pipeline.build_corpus(inputs)


@cache
def audited(inputs: tuple[str, ...], _: Read, chosen: Options) -> tuple[Result, tuple[Finding, ...]]:
    return pipeline.audit_present(corpus(inputs, read(inputs)), chosen)


class Quick:
    """The same work once: most tests read the same page, and this is about what is written of it."""

    def __init__(self) -> None:
        self.inputs: tuple[str, ...] = ()

    def build(self, inputs: tuple[str, ...], *_: object) -> Corpus:
        self.inputs = inputs
        return corpus(inputs, read(inputs))

    def audit(self, _: Corpus, chosen: Options, *__: object) -> tuple[Result, tuple[Finding, ...]]:
        known = (chosen.choice.baseline,) if chosen.choice.baseline else ()
        return audited(
            self.inputs, read((*self.inputs, *known)), replace(chosen, encoder=False, shipped_termbase=False)
        )


@pytest.fixture
def sh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Shell]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("signal.signal", lambda *_: None)  # pytest keeps its own handlers
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    Path("wrong.txt").write_text(WRONG, encoding="utf-8")
    quick = Quick()
    for command in ("audit", "run"):
        monkeypatch.setattr(f"duizhao.{command}_command.build_corpus", quick.build)
        monkeypatch.setattr(f"duizhao.{command}_command.audit_present", quick.audit)
    yield Shell(capsys)


def tree() -> dict[str, bytes | None]:
    """Every file here with its bytes, every folder with None; not what an audit remembers."""
    paths = sorted(path for path in Path().rglob("*") if path.name != ".duizhao-remembered")
    return {path.as_posix(): path.read_bytes() if path.is_file() else None for path in paths}


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("r.html", "html"),
        ("out/R.HTM", "html"),
        ("r.json", "json"),
        ("r.jsonl", "jsonl"),
        ("r.sarif", "sarif"),
        ("r.Sarif.json", "sarif"),
        ("r.xml", "junit"),
        ("r.csv", "csv"),
        ("r.xlsx", "xlsx"),
        ("r.md", "md"),
        ("r.txt", "text"),
        ("r.xlf", "xliff"),
        ("水獭.xliff", "xliff"),
        ("a.json/r.csv", "csv"),
        ("r", None),
        ("r.pdf", None),
        ("r.html.gz", None),
        (".html", None),
        ("out/.sarif.json", None),
        ("html", None),
        ("", None),
    ],
)
def test_the_ending_says_the_format(name: str, form: str | None) -> None:
    found = format_of(name)
    assert (found and found.name) == form


def test_the_table_of_formats_is_sound() -> None:
    assert len(set(ENDINGS)) == len(ENDINGS) and len({form.name for form in FORMATS}) == len(FORMATS)
    assert [form.name for form in FORMATS if form.name not in PRINTED] == ["xlsx"]
    assert all(form.printed or form.endings for form in FORMATS)
    assert set(NAMES) == set(PARTS) and "report.html" in names_of(PARTS)


def check(form: str, data: bytes) -> None:
    """One look at a format that a file of another cannot pass; the page has one finding that everyone names: Q001."""
    text = data.decode("utf-8") if form != "xlsx" else ""
    if form == "text":
        assert text.startswith("wrong.txt:5:") and text.endswith(".\n") and "\nFound " in text
    elif form == "full":
        assert "Q001" in text and "--> wrong.txt:5:" in text and "^" in text
    elif form == "json":
        assert "Q001" in {row["rule"] for row in json.loads(text)}
    elif form == "jsonl":
        assert "Q001" in {json.loads(line)["rule"] for line in text.strip().split("\n")}
    elif form == "sarif":
        assert "Q001" in {each["ruleId"] for each in json.loads(text)["runs"][0]["results"]}
    elif form == "github":
        assert all(line.startswith("::") for line in text.strip().split("\n")) and "Q001" in text
    elif form == "junit":
        assert etree.fromstring(data).tag in ("testsuites", "testsuite") and "Q001" in text
    elif form == "csv":
        assert text[0] == "\ufeff" and "Q001" in {row["rule"] for row in csv.DictReader(io.StringIO(text[1:]))}
    elif form == "md":
        assert text.startswith("# ") and "Q001" in text
    elif form == "html":
        assert text.startswith("<!") and text.rstrip().endswith("</html>") and "Q001" in text
    elif form == "xliff":
        assert etree.QName(etree.fromstring(data)).localname == "xliff"
    else:
        book = openpyxl.load_workbook(io.BytesIO(data))
        assert "Q001" in {row[0].value for row in book["Findings"].iter_rows(min_row=2)}


@pytest.mark.parametrize("form", PRINTED)
def test_audit_prints_each_format(sh: Shell, form: str) -> None:
    code, out, err = sh("audit", "wrong.txt", "--format", form)
    assert (code, err) == (1, "")
    check(form, out.encode("utf-8"))
    assert tree().keys() == {"wrong.txt"}


def test_every_format_at_once_is_what_is_printed(sh: Shell) -> None:
    forms = [form for form in FORMATS if form.endings]
    names = [f"r{ending}" for form in forms for ending in form.endings]
    code, out, err = sh("audit", "wrong.txt", *(part for name in names for part in ("-o", name)))
    assert (code, err) == (1, "")
    assert out.endswith(f"\nWrote {', '.join(names)}.\n")
    assert sorted(tree()) == sorted([*names, "wrong.txt"])
    for form in forms:
        data = Path(f"r{form.endings[0]}").read_bytes()
        check(form.name, data)
        assert {Path(f"r{ending}").read_bytes() for ending in form.endings} == {data} or form.name == "xlsx"
        if form.printed:
            assert sh("audit", "wrong.txt", "--format", form.name)[1].encode("utf-8") == data
    before = tree()
    sh("audit", "wrong.txt", *(part for name in reversed(names) for part in ("-o", name)))
    assert tree() == before


def test_what_programs_read_is_alone_on_standard_output(sh: Shell) -> None:
    more = ("-o", "r.md", "-o", "out", "--write-baseline", "known", "--statistics")
    code, out, err = sh("audit", "wrong.txt", "--format", "json", *more)
    rules = [row["rule"] for row in json.loads(out)]
    said = err.split("\n")
    assert code == 1 and said[-3:] == ["Wrote r.md.", f"Wrote {len(rules)} findings to known.", ""]
    assert sorted(said[:-3]) == sorted(f"{rules.count(rule)} {rule_name(rule)}" for rule in set(rules))
    code, out, err = sh("audit", "wrong.txt", "--format", "full", "-o", "r.md")
    assert err == "" and out.endswith(".\nWrote r.md.\n")
    assert sh("audit", "wrong.txt", "--format", "csv", "--baseline", "known", "--fail-on", "note")[0] == 0


def test_a_folder_and_files_together(sh: Shell) -> None:
    code, out, err = sh("run", "wrong.txt", "-o", "out", "-o", "r.html", "-o", "out/r.xml.txt.sarif.jsonx/", "-q")
    assert (code, out) == (2, "") and err.startswith("-o: two folders, out and out/r.xml.txt.sarif.jsonx; wanted one")
    assert sh("run", "wrong.txt", "-o", "plain", "-q")[0] == 1
    plain = {name.removeprefix("plain/"): data for name, data in tree().items() if name.startswith("plain/")}
    code, out, err = sh("run", "wrong.txt", "-o", "out", "-o", "r.html", "-o", "r.md", "-q")
    assert (code, err) == (1, "") and out.endswith(" in a browser.\nWrote r.html, r.md.\n")
    here = tree()
    assert {name.removeprefix("out/"): data for name, data in here.items() if name.startswith("out/")} == plain
    assert here["r.html"] == plain["report.html"]
    code, out, err = sh("run", "wrong.txt", "-o", "r.html", "-o", "s.jsonl", "-q")
    assert (code, err) == (1, "") and out.endswith(".\nWrote r.html, s.jsonl.\n")
    assert tree() == {**here, "s.jsonl": plain["findings.jsonl"]}


def test_a_file_in_the_folder(sh: Shell) -> None:
    for _ in range(2):  # into a folder that is made, and one that is there
        code, out, err = sh("audit", "wrong.txt", "-o", "out/r.md", "-o", "out")
        assert (code, err) == (1, "") and out.endswith("\nWrote out/r.md.\n")
        assert sorted(tree()) == ["out", "out/findings.jsonl", "out/r.md", "wrong.txt"]


REFUSED = [
    (("-o", "r.pdf"), f"-o: r.pdf ends in '.pdf'; wanted a report ending in {KNOWN}, or a folder"),
    (("-o", "data.bin"), f"-o: data.bin ends in '.bin'; wanted a report ending in {KNOWN}, or a folder"),
    (("-o", "my.out"), f"-o: my.out ends in '.out'; wanted a report ending in {KNOWN}, or a folder"),
    (("-o", "r.before.xlsx"), "r.before.xlsx: the name of a workbook kept as it was; wanted another name."),
    (("-o", "R.Before-12.XLSX"), "R.Before-12.XLSX: the name of a workbook kept as it was; wanted another name."),
    (("-o", "-"), "-o: '-'; wanted a folder or a file. To print a report, use audit --format."),
    (("-o", ""), "-o: ''; wanted a folder or a file\n"),
    (("-o", "odd.html"), "odd.html: a folder; wanted room for a report. Name another -o, or end it with / to mean it."),
    (("-o", "plain"), "plain: a file; wanted a folder to write into. Name another -o."),
    (("-o", "no/r.html"), "no/r.html: no place for a file; wanted a file in a folder that exists."),
    (("-o", "a", "-o", "b"), "-o: two folders, a and b; wanted one, and files beside it"),
    (("-o", "r.md", "-o", "./texts/../r.md"), "-o: texts/../r.md twice; wanted each file once"),
    (("-o", "link.md", "-o", "plain.md"), "-o: plain.md twice; wanted each file once"),
    (("-o", "wrong.txt"), "wrong.txt: one of the inputs; wanted another file to write. Name another -o."),
    (("-o", "texts/../wrong.txt"), "texts/../wrong.txt: one of the inputs"),
    (("-o", "to-wrong.md"), "to-wrong.md: one of the inputs"),
    (("-o", "texts/r.md"), "texts/r.md: inside the input texts; wanted a place apart. Name another -o."),
    (("-o", "known.jsonl", "--baseline", "known.jsonl"), "known.jsonl: one of the inputs"),
    (("-o", "terms.csv", "--termbase", "terms.csv"), "terms.csv: one of the inputs"),
    (("-o", "new.jsonl", "--write-baseline", "new.jsonl"), "new.jsonl: the new baseline too; wanted a file for each."),
    (("-o", "made/r.md"), "made/r.md: a document beside a corpus; wanted a corpus alone in its folder."),
    (("-o", "out", "-o", "out/findings.jsonl"), "out/findings.jsonl: a file that its folder gets anyhow; wanted"),
]


@pytest.mark.parametrize(("arguments", "message"), REFUSED)
@pytest.mark.parametrize("command", ["run", "audit"])
def test_a_bad_place_is_refused_before_the_work(
    sh: Shell, monkeypatch: pytest.MonkeyPatch, command: str, arguments: tuple[str, ...], message: str
) -> None:
    for folder in ("odd.html", "texts", "made/corpus"):
        Path(folder).mkdir(parents=True)
    for name, text in {
        "plain": "",
        "plain.md": "",
        "data.bin": "",
        "texts/page.txt": WRONG,
        "known.jsonl": "",
        "terms.csv": "en,zh\ntea,茶\n",
        "made/corpus/manifest.json": "{}",
    }.items():
        Path(name).write_text(text, encoding="utf-8")
    Path("link.md").symlink_to("plain.md")
    Path("to-wrong.md").symlink_to("wrong.txt")
    monkeypatch.setattr(f"duizhao.{command}_command.build_corpus", None)  # no work is begun
    before = tree()
    code, out, err = sh(command, "wrong.txt", "texts", *arguments)
    assert (code, out) == (2, "") and err.startswith(message) and err.count("\n") == 1
    assert tree() == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("run", "wrong.txt"), "Missing option '-o' / '--out'"),
        (("audit", "wrong.txt", "--fix", "-o", "r.md"), "--fix needs -o, a folder for the copies."),
        (("audit", "wrong.txt", "--format", "xlsx"), "xlsx is no text to print; name a file of it: -o FILE.xlsx"),
        (("audit", "wrong.txt", "--format", "pdf"), "'pdf' is not one of 'text', 'full', 'json', 'jsonl', 'sarif',"),
    ],
)
def test_wrong_usage(sh: Shell, arguments: tuple[str, ...], message: str) -> None:
    code, out, err = sh(*arguments)
    assert (code, out) == (2, "") and "Usage:" in err and message in " ".join(err.split())


def test_names_that_are_folders(sh: Shell) -> None:
    Path("old.d").mkdir()
    for name in ("old.d", "v1.2", "results.2024-jan", "r.html/", ".hidden"):
        assert sh("audit", "wrong.txt", "-o", name)[0] == 1
        assert os.listdir(name.rstrip("/")) and Path(name, "findings.jsonl").is_file()


def test_hidden_and_unread_places_in_an_input_are_free(sh: Shell) -> None:
    Path("texts/.reports").mkdir(parents=True)
    Path("wrong.txt").rename("texts/wrong.txt")
    for _ in range(2):
        code, out, _ = sh("audit", "texts", "-o", "texts/.reports/r.html", "-o", "texts/r.xml.sarif.json.htm.xlsx")
        assert code == 2 and out == ""
        code, out, _ = sh("audit", "texts", "-o", "texts/.reports/r.html")
        assert code == 1 and "texts/wrong.txt:5:" in out and "r.html:" not in out


def test_copies_have_their_folder_alone(sh: Shell) -> None:
    code, out, err = sh("audit", "wrong.txt", "--fix", "-o", "fixed", "-o", "fixed/wrong.txt")
    assert (code, out) == (2, "") and err.startswith(
        "fixed/wrong.txt: in the folder of the copies; wanted a place apart"
    )
    code, out, _ = sh("audit", "wrong.txt", "--fix", "-o", "fixed", "-o", "r.md")
    assert code == 1 and "see fixes.diff there.\n" in out and out.endswith("\nWrote r.md.\n")
    assert Path("fixed/wrong.txt").is_file()


def broken(*_: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("place", ["duizhao.outputs.write_jsonl", "duizhao.report_files._write_one"])
def test_nothing_is_written_where_one_fails(sh: Shell, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    Path("out").mkdir()
    for name in ("out/findings.jsonl", "r.html", "r.md"):
        Path(name).write_text("of last week", encoding="utf-8")
    before = tree()
    monkeypatch.setattr(place, broken)
    code, out, _ = sh(
        "audit", "wrong.txt", "-o", "out", "-o", "r.html", "-o", "r.md", "-o", "new.csv", "-o", "out/x.md"
    )
    assert (code, out) == (2, "") and tree() == before


@pytest.mark.parametrize("failing", ["r.html", "r.md", "findings.jsonl"])
def test_files_get_back_what_they_held(sh: Shell, monkeypatch: pytest.MonkeyPatch, failing: str) -> None:
    Path("out").mkdir()
    for name in ("out/findings.jsonl", "r.html"):
        Path(name).write_text("of last week", encoding="utf-8")
    Path("r.html").chmod(0o600)
    before, replace = tree(), os.replace

    def failing_once(source: str | Path, target: str | Path) -> None:
        if Path(target).name == failing and Path(source).name != "0":  # "0" is what the first file held
            broken()
        replace(source, target)

    monkeypatch.setattr("os.replace", failing_once)
    code, out, _ = sh("audit", "wrong.txt", "-o", "out", "-o", "r.html", "-o", "r.md")
    assert (code, out) == (2, "") and tree() == before
    assert Path("r.html").stat().st_mode & 0o777 == 0o600


def test_a_link_is_followed_and_modes_stay(sh: Shell) -> None:
    Path("far").mkdir()
    Path("far/r.md").write_text("of last week", encoding="utf-8")
    Path("far/r.md").chmod(0o640)
    Path("r.md").symlink_to("far/r.md")
    assert sh("audit", "wrong.txt", "-o", "r.md")[0] == 1
    assert Path("r.md").is_symlink() and Path("far/r.md").read_text(encoding="utf-8").startswith("# ")
    assert Path("far/r.md").stat().st_mode & 0o777 == 0o640
    assert sorted(os.listdir("far")) == ["r.md"]


def test_a_workbook_keeps_its_decisions(sh: Shell) -> None:
    sh("run", "wrong.txt", "-o", "r.xlsx", "-q")
    book = openpyxl.load_workbook("r.xlsx")
    heads = [cell.value for cell in book["Findings"][1]]
    first = [cell.value for cell in book["Findings"][2]]
    book["Findings"].cell(2, heads.index("decision") + 1, "later")
    book.save("r.xlsx")
    sh("run", "wrong.txt", "-o", "r.xlsx", "-q")
    again = openpyxl.load_workbook("r.xlsx")["Findings"]
    assert [cell.value for cell in again[2]] == [*first[: heads.index("decision")], "later", *first[-2:]]
    assert sorted(tree()) == ["r.xlsx", "wrong.txt"]
    marked = Path("r.xlsx").read_bytes()
    rule = str(first[0])
    out = sh("run", "wrong.txt", "-o", "r.xlsx", "-q", "--ignore", rule)[1]
    assert out.endswith("Wrote r.xlsx (with r.before.xlsx).\n")
    assert Path("r.before.xlsx").read_bytes() == marked and sorted(tree()) == ["r.before.xlsx", "r.xlsx", "wrong.txt"]


@pytest.mark.parametrize("where", [("-o", "q.xlsx"), ("-o", "out", "-o", "out/q.xlsx")])
def test_no_copy_of_a_workbook_replaces_another(sh: Shell, where: tuple[str, ...]) -> None:
    book = Path(where[-1])
    Path("out").mkdir()
    held = {name: f"{name} of the otters".encode() for name in ("q.before.xlsx", "q.before-3.xlsx", "q.xlsx")}
    for name, data in held.items():
        book.with_name(name).write_bytes(data)
    for name in ("q.before-2.xlsx", "q.before-4.xlsx"):
        held[name] = b"tea under the bridge" + name.encode()
        book.write_bytes(held[name])
        assert sh("audit", "wrong.txt", *where)[1].endswith(f"\nWrote {book} (with {name}).\n")
    check("xlsx", book.read_bytes())
    del held["q.xlsx"]
    assert {path.name: path.read_bytes() for path in book.parent.glob("q.before*")} == held
    link = book.with_name("q.before-5.xlsx")
    link.symlink_to("nowhere.xlsx")
    assert copy_of(book) == "q.before-6.xlsx"


def test_no_copy_of_a_glossary_replaces_another_or_is_read(sh: Shell) -> None:
    kept = []
    for number in ("", "-2", "-3"):
        Path("out").mkdir(exist_ok=True)
        Path("out/glossary.xlsx").write_bytes(number.encode() + b" shells")
        assert f"glossary.before{number}.xlsx" in sh("run", "wrong.txt", "-o", "out", "-q")[1]
        kept.append(Path(f"out/glossary.before{number}.xlsx"))
    assert [path.read_bytes() for path in kept] == [b" shells", b"-2 shells", b"-3 shells"]
    assert foreign_file(Path("out")) == "" and [path.name for path in input_files(".")] == ["wrong.txt"]
    Path("out/glossary.before-tea.xlsx").write_bytes(b"")
    assert foreign_file(Path("out")) == "glossary.before-tea.xlsx"


class Pages:
    """The report as an index and this many pages; none of them where it fits one."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.number = 2
        monkeypatch.setattr("duizhao.report_files.html_pages", self.pages)

    def pages(self, _: object, name: str) -> Iterator[tuple[str, Iterator[str]]]:
        yield name, iter(("<!doctype html>", f"{self.number} pages"))
        for k in range(1, self.number + 1):
            yield f"{Path(name).stem}_pages/{k:04}.html", iter((PAGE.decode(), str(k)))


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> Pages:
    return Pages(monkeypatch)


PLACES = [("-o", "far/r.html"), ("-o", "far", "-o", "far/r.html")]


@pytest.mark.parametrize("where", PLACES)
def test_a_report_of_several_pages(sh: Shell, pages: Pages, where: tuple[str, ...]) -> None:
    Path("far").mkdir()
    for number, told in ((3, " (with 3 files beside it)"), (2, " (with 2 files beside it)"), (0, ""), (2, None)):
        pages.number = number
        code, out, err = sh("audit", "wrong.txt", *where)
        assert (code, err) == (1, "") and (told is None or out.endswith(f"\nWrote far/r.html{told}.\n"))
        found = {name: data for name, data in tree().items() if name.startswith("far/r")}
        assert found == {
            "far/r.html": f"<!doctype html>{number} pages".encode(),
            **({"far/r_pages": None} if number else {}),
            **{f"far/r_pages/{k:04}.html": PAGE + str(k).encode() for k in range(1, number + 1)},
        }


@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize(
    "held",
    [
        {"0001.html": b"my own page"},
        {"0001.html": PAGE, "notes.txt": PAGE},
        {"0001.html": PAGE, "1.html": PAGE},
        {"0001.html": PAGE, "0002.html": None},
        None,
        "link",
    ],
)
def test_pages_replace_no_foreign_folder(
    sh: Shell, pages: Pages, where: tuple[str, ...], held: dict[str, bytes | None] | str | None
) -> None:
    Path("far").mkdir()
    place = Path("far/r_pages")
    if held is None:
        place.write_text("mine", encoding="utf-8")
    elif isinstance(held, str):
        Path("real").mkdir()
        Path("real/0001.html").write_bytes(PAGE)
        place.symlink_to("../real")
    else:
        place.mkdir()
        for name, data in held.items():
            if data is None:
                (place / name).mkdir()
            else:
                (place / name).write_bytes(data)
    before = tree()
    code, _, err = sh("audit", "wrong.txt", *where)
    said = "far/r_pages: not what duizhao wrote; wanted room for a folder. Name another -o.\n"
    assert (code, err) == (2, said) and tree() == before
    pages.number = 0  # needs no room there, and takes nothing away
    assert sh("audit", "wrong.txt", *where)[0] == 1
    after = {name: data for name, data in tree().items() if name not in ("far/r.html", "far/findings.jsonl")}
    assert after == before and place.is_symlink() == (held == "link")


@pytest.mark.parametrize("number", [0, 1])
def test_pages_come_back_where_a_later_file_fails(
    sh: Shell, monkeypatch: pytest.MonkeyPatch, pages: Pages, number: int
) -> None:
    assert sh("audit", "wrong.txt", "-o", "r.html")[0] == 1
    before, replace = tree(), os.replace

    def failing(source: str | Path, target: str | Path) -> None:
        if Path(target).name == "z.md":
            assert Path("r_pages").is_dir() == bool(number)
            broken()
        replace(source, target)

    pages.number = number
    monkeypatch.setattr("os.replace", failing)
    assert sh("audit", "wrong.txt", "-o", "r.html", "-o", "new.html", "-o", "z.md")[0] == 2
    assert tree() == before


def test_a_true_report_of_several_pages_is_known(sh: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    for limit in (0, 0, 1000):
        monkeypatch.setattr(
            "duizhao.report_files.html_pages", lambda result, name, n=limit: render_site(result, name, limit=n)
        )
        assert sh("audit", "wrong.txt", "-o", "r.html")[0] == 1
        assert Path("r_pages").is_dir() == (limit == 0)


def test_the_summary_of_a_step_is_added(sh: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("summary.md").write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "summary.md")
    code, out, err = sh("audit", "wrong.txt", "--format", "github")
    assert (code, err) == (1, "") and out.startswith("::")
    once = Path("summary.md").read_text(encoding="utf-8")
    assert once.startswith("before\n# duizhao\n") and "Q001" in once
    sh("audit", "wrong.txt", "--format", "github")
    assert Path("summary.md").read_text(encoding="utf-8") == once + once.removeprefix("before\n")
    for form in ("text", "json"):
        sh("audit", "wrong.txt", "--format", form)
    assert Path("summary.md").stat().st_size == len((once + once.removeprefix("before\n")).encode())


@pytest.mark.parametrize(
    ("name", "said"), [("folder", "not a regular file"), ("no/summary.md", "No such file or directory")]
)
def test_a_summary_that_cannot_be_written_is_told(
    sh: Shell, monkeypatch: pytest.MonkeyPatch, name: str, said: str
) -> None:
    Path("folder").mkdir()
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", name)
    code, out, err = sh("audit", "wrong.txt", "--format", "github")
    assert code == 1 and out.startswith("::")
    assert err == f"{name}: no summary written ({said}); wanted the file of GITHUB_STEP_SUMMARY.\n"


@pytest.mark.parametrize("command", ["run", "audit"])
def test_help_fits_a_terminal_and_names_the_formats(sh: Shell, command: str) -> None:
    out = sh(command, "--help")[1]
    assert max(len(line) for line in out.split("\n")) <= 80
    assert all(ending in out.split() for ending in ENDINGS if ending != ".xlsx")


def blocks(root: Path, language: str) -> list[str]:
    """The blocks of the page on continuous integration in one language, "" for commands."""
    page = (root / "docs" / "ci.md").read_text(encoding="utf-8")
    found = re.findall(r"^```(\w*)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    return [text for name, text in found if name == language]


def test_the_commands_of_the_page_run(sh: Shell, root: Path) -> None:
    commands = [line for block in blocks(root, "") for line in block.split("\n") if line.startswith("duizhao ")]
    Path("texts").mkdir()
    shutil.copy(root / "examples" / "newsletter.txt", "texts")
    done = [sh(*shlex.split(command)[1:]) for command in commands]
    assert [code for code, _, _ in done] == [0] * 6
    assert done[0][1].endswith(" findings to known.jsonl.\n") and done[1][1].startswith("No finding in ")
    assert sorted(path.name for path in Path().iterdir()) == [
        *("found.html", "found.sarif", "found.xml", "known.jsonl", "texts", "wrong.txt")
    ]
    Path("known.jsonl").write_text("", encoding="utf-8")
    codes = [sh(*shlex.split(command)[1:])[0] for command in commands[1:]]
    assert codes == [1] * 5  # none of them passes where something is new


def test_yaml_of_the_page_and_its_neighbours_parses(root: Path) -> None:
    yaml = pytest.importorskip("yaml")
    texts = [*blocks(root, "yaml")]
    for name in ("examples/github-actions.yml", ".pre-commit-hooks.yaml"):
        texts.append((root / name).read_text(encoding="utf-8"))
    parsed = [yaml.safe_load(text) for text in texts]
    assert [type(each) for each in parsed] == [list, dict, dict, dict, list]
    steps = parsed[3]["jobs"]["audit"]["steps"]
    assert [step["uses"] for step in parsed[0]] == [
        step["uses"] for step in steps if step.get("with") and "sarif" in step["uses"]
    ]
    assert parsed[2]["repos"][0]["hooks"][0]["id"] == parsed[4][0]["id"]


def test_yaml_commands_are_commands(root: Path, sh: Shell) -> None:
    """Every `duizhao` line in YAML runs; also without a reader of YAML."""
    workflow = (root / "examples" / "github-actions.yml").read_text(encoding="utf-8")
    lines = [line for text in (*blocks(root, "yaml"), workflow) for line in text.split("\n")]
    commands = [found[1] for line in lines if (found := re.match(r" +(?:- |run: )(duizhao .*)", line))]
    Path("texts").mkdir()
    shutil.move("wrong.txt", "texts")
    Path("known.jsonl").write_text("", encoding="utf-8")
    assert [sh(*shlex.split(command)[1:])[0] for command in commands] == [1, 1]
    assert not any("\t" in line for line in lines)


def test_the_hook_takes_what_a_folder_is_searched_for(root: Path) -> None:
    hooks = (root / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    [pattern] = re.findall(r"^  files: (.*)$", hooks, re.MULTILINE)
    assert [ending for ending in TEXT_SUFFIXES if not re.search(pattern, f"texts/a{ending}")] == []
    assert re.search(pattern, "texts/A.TXT")
    assert not any(re.search(pattern, name) for name in ("a.py", "txt", "a.sarif", "a.txt.gz", ".gitignore"))
    assert "\n  entry: duizhao audit\n" in hooks
