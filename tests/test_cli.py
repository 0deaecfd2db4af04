"""The command line: what each command prints and writes, how it leaves, and what it never leaves behind."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from duizhao.main import main
from duizhao.outputs import write_outputs
from duizhao.pipeline import build_corpus
from duizhao.reports import Result

ZH = "海獭今天把三十二个新鲜的贝壳带回了家。"
EN = "The otters carried 32 fresh shells home today."
CLEAN = f"1、[CL] Otters Carry Fresh Shells Home Today\n水獭把新鲜的贝壳带回家\nA Lin, B Meyer…\n[River Lab]\n{ZH}\n{EN}\nhttps://example.org/otter\n"
WRONG = CLEAN.replace("三十二个", "四十七个")
COMMANDS = ["run", "build", "audit", "glossary", "score", "align", "rule"]
ALL = [
    *("corpus", "findings.jsonl", "glossary.csv", "leftovers.jsonl", "pairs.jsonl", "records.jsonl"),
    *("report.html", "scores.json"),
]


class Shell:
    """Runs the command line in this process, in a folder of its own."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capture = folder, capture

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main(list(arguments))
            raise SystemExit(0)
        shown = self.capture.readouterr()
        assert isinstance(left.value.code, int)
        return left.value.code, shown.out, shown.err

    def write(self, name: str, content: str | bytes) -> str:
        (self.folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return name


@pytest.fixture
def sh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Shell]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("signal.signal", lambda *_: None)  # pytest keeps its own handlers
    shell = Shell(tmp_path, capsys)
    shell.write("page.txt", CLEAN)
    shell.write("wrong.txt", WRONG)
    yield shell


def tree(folder: Path) -> dict[str, bytes | None]:
    """Every file of a folder with its bytes, every folder with None."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


def test_help_lists_the_commands(sh: Shell) -> None:
    code, out, err = sh("--help")
    assert (code, err) == (0, "")
    assert [line.split()[0] for line in out.partition("Commands:\n")[2].strip().split("\n")] == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help_with_examples(sh: Shell, command: str) -> None:
    code, out, _ = sh(command, "-h")
    assert code == 0 and f"duizhao {command}" in out.partition("Examples:")[2]


@pytest.mark.parametrize(
    "arguments",
    [(), ("no-such",), ("audit",), ("build", "page.txt"), ("audit", "--fail-on", "x", "page.txt"), ("score",),
     ("score", "--hyp", "page.txt"), ("rule", "--all"), ("align", "page.txt")],
)  # fmt: skip
def test_wrong_usage(sh: Shell, arguments: tuple[str, ...]) -> None:
    before = tree(sh.folder)
    code, out, err = sh(*arguments)
    assert (code, out) == (2, "") and "Usage:" in err
    assert tree(sh.folder) == before


def test_run_writes_all_and_says_so(sh: Shell) -> None:
    code, out, err = sh("run", "page.txt", "-o", "out")
    assert (code, err) == (0, "")
    assert sorted(os.listdir("out")) == ALL
    assert out.endswith(f"Wrote {', '.join(ALL)} in out. Open {Path('out/report.html')} in a browser.\n")
    assert sorted(os.listdir()) == ["out", "page.txt", "wrong.txt"]
    pairs = [json.loads(line) for line in Path("out/pairs.jsonl").read_text(encoding="utf-8").strip().split("\n")]
    assert [pair["en"] for pair in pairs][-1] == [EN] and pairs[-1]["zh"] == [ZH]


def test_findings_leave_with_1_and_severity_decides(sh: Shell) -> None:
    code, out, _ = sh("audit", "wrong.txt", "--statistics")
    assert code == 1 and "wrong.txt:5:" in out and "Q001" in out
    assert sh("audit", "wrong.txt", "--fail-on", "never")[0] == 0
    assert sh("audit", "page.txt", "--fail-on", "note")[0] == 0
    code, out, _ = sh("run", "wrong.txt", "-o", "out", "-q")
    assert code == 1 and "wrong.txt:5:" not in out and "Found 1 finding" in out


def test_audit_as_json_lines_is_the_file(sh: Shell) -> None:
    _, out, _ = sh("audit", "wrong.txt", "--format", "jsonl", "-o", "out")
    assert os.listdir("out") == ["findings.jsonl"]
    assert Path("out/findings.jsonl").read_text(encoding="utf-8") == out
    assert json.loads(out)["rule"] == "Q001"


def test_a_corpus_is_audited_like_its_source(sh: Shell) -> None:
    assert sh("build", "wrong.txt", "page.txt", "-o", "made")[0] == 0
    assert sorted(os.listdir("made")) == ["corpus", "leftovers.jsonl", "pairs.jsonl", "records.jsonl"]
    source = sh("audit", "wrong.txt", "page.txt", "--format", "jsonl")
    assert sh("audit", "made", "--format", "jsonl") == sh("audit", "made/corpus", "--format", "jsonl") == source
    assert sh("run", "made", "-o", "one")[0] == sh("run", "wrong.txt", "page.txt", "-o", "two")[0] == 1
    assert tree(Path("one")) == tree(Path("two"))


def test_a_corpus_beside_documents_and_no_record_twice(sh: Shell) -> None:
    sh("build", "page.txt", "-o", "made")
    assert "4 pairs of 2 records" in sh("audit", "made", "wrong.txt")[1]
    code, _, err = sh("audit", "made", "page.txt")
    assert (code, err) == (
        2,
        "made, page.txt: page.txt comes twice; wanted each document once. Build them in one go.\n",
    )


def test_glossary(sh: Shell) -> None:
    sh.write("terms.csv", "en,zh\notter,海獭\nshell,螺壳\n")
    code, out, _ = sh("glossary", "page.txt", "--termbase", "terms.csv", "-o", "out")
    assert code == 0 and out.startswith("term,") and "\notter,海獭," in out
    assert (sh.folder / "out" / "glossary.csv").read_bytes() == out.encode()
    fewer = sh("glossary", "page.txt", "--termbase", "terms.csv", "--mismatches", "-o", "out")[1]
    assert (sh.folder / "out" / "glossary.csv").read_bytes() == fewer.encode()
    assert set(fewer.split("\n")) < set(out.split("\n")) and "\nshell,螺壳," in fewer


def test_score(sh: Shell) -> None:
    sh.write("hyp.zh", f"{ZH}\n{ZH}\n")
    sh.write("ref.zh", f"{ZH}\n{ZH}\n")
    code, out, _ = sh("score", "--hyp", "hyp.zh", "--ref", "ref.zh", "-o", "out")
    assert code == 0 and out.startswith("BLEU 100.0") and "tok:zh" in out and "chrF 100.0" in out
    assert [s["n"] for s in json.loads(Path("out/scores.json").read_text(encoding="utf-8"))["scores"]] == [2, 2]
    code, out, err = sh("score", "page.txt")
    assert (code, out) == (0, "") and err.startswith("Nothing to score")
    assert "quality" in sh("score", "page.txt", "--reference", "wrong.txt")[1]
    assert "agreement" in sh("score", "page.txt", "wrong.txt")[1]


def test_align(sh: Shell) -> None:
    sh.write("zh", f"{ZH}它们很累。")
    sh.write("en", f"{EN} They are tired.")
    code, out, err = sh("align", "zh", "en")
    rows = [line.split("\t") for line in out.strip().split("\n")]
    assert (code, err) == (0, "")
    assert [[row[0], *row[2:]] for row in rows] == [["1-1", EN, ZH], ["1-1", "They are tired.", "它们很累。"]]
    assert sh("align", "en", "zh") == (code, out, err)
    sh.write("zh", f"{ZH}\n它们很累。\n")
    sh.write("en", f"{EN}\nThey are tired.\n")
    assert sh("align", "zh", "en", "--sentences") == (code, out, err)
    code, _, err = sh("align", "en", "en")
    assert (code, err) == (2, "en, en: not one Chinese and one English text; wanted one of each\n")


def test_rule(sh: Shell) -> None:
    code, out, _ = sh("rule")
    codes = [line.split()[0] for line in out.strip().split("\n")]
    assert code == 0 and codes and len(set(codes)) == len(codes)
    for each in codes:
        code, shown, _ = sh("rule", each.lower())
        assert code == 0 and shown.startswith(f"{each} ") and "To fix:" in shown


def gbk(sh: Shell) -> None:
    sh.write("bad", CLEAN.encode("gbk"))


def folder(sh: Shell) -> None:
    (sh.folder / "bad").mkdir()
    sh.write("bad/a.html", CLEAN)


def corpus(sh: Shell) -> None:
    (sh.folder / "bad").mkdir()
    sh.write("bad/manifest.json", "{}")


def content(data: str | bytes) -> Callable[[Shell], object]:
    return lambda sh: sh.write("bad", data)


BAD_INPUTS = [
    (content(b""), "bad: an empty file; wanted text with Chinese or English"),
    (content(b"\xff\xd8\xff\xe0\x00\x10JFIF"), "bad: a JPEG image; wanted a text file. Save its text as UTF-8."),
    (content("★★★\n12:30\n"), "bad: no record found; wanted papers or paragraphs in Chinese or English"),
    (lambda sh: None, "bad: no such file or folder; wanted a file, a folder or -"),
    (gbk, "bad:1:byte 1: not UTF-8; wanted UTF-8, or the encoding by name. Try --encoding gb18030."),
    (folder, "bad: a folder with no readable file; wanted files ending in .markdown .md .text .txt"),
    (corpus, "bad: schema None; wanted schema 1. Build it again."),
]


@pytest.mark.parametrize("command", ["run", "build", "audit", "glossary"])
@pytest.mark.parametrize(("harm", "message"), BAD_INPUTS)
def test_a_bad_input_is_refused_in_one_line_and_nothing_is_written(
    sh: Shell, harm: Callable[[Shell], object], message: str, command: str
) -> None:
    harm(sh)
    (sh.folder / "out").mkdir()
    sh.write("out/mine.txt", "stays")
    before = tree(sh.folder)
    assert sh(command, "bad", "-o", "out") == (2, "", message + "\n")
    assert tree(sh.folder) == before


def test_what_was_advised_works(sh: Shell) -> None:
    gbk(sh)
    code, out, err = sh("audit", "bad", "--encoding", "gb18030")
    assert (code, err) == (0, "") and "No finding in 2 pairs" in out


BAD_OPTIONS = [
    (("-o", "page.txt"), "page.txt: a file; wanted a folder to write into. Name another -o."),
    (("-o", "no/out"), "no: no such folder; wanted a folder to write into. Make it first."),
    (("-o", "taken"), "taken/corpus: not what duizhao wrote; wanted room for a folder. Name another -o."),
    (("-o", "odd"), "odd/report.html: a folder; wanted room for a file. Name another -o."),
    (("-o", "out", "--termbase", "terms.csv"), "terms.csv:3: 'otter' stands in line 2 too; wanted one entry a term"),
    (
        ("-o", "out", "--termbase", "no.csv"),
        "no.csv: cannot be read (No such file or directory); wanted a termbase in CSV",
    ),
    (("-o", "out", "--encoding", "utf-99"), "page.txt: no encoding is called 'utf-99'; wanted utf-8, gb18030, big5 …"),
    (("-o", "out", "--reference", "no.txt"), "no.txt: no such file or folder; wanted a file, a folder or -"),
]


@pytest.mark.parametrize(("options", "message"), BAD_OPTIONS)
def test_a_bad_option_is_refused_and_nothing_is_written(sh: Shell, options: tuple[str, ...], message: str) -> None:
    sh.write("terms.csv", "en,zh\notter,海獭\notter,水獭\n")
    for name in ("taken/corpus", "odd/report.html"):
        (sh.folder / name).mkdir(parents=True)
        sh.write(f"{name}/mine.txt", "a user's own file")
    before = tree(sh.folder)
    assert sh("run", "page.txt", *options) == (2, "", message + "\n")
    assert tree(sh.folder) == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("rule", "X999"), "X999: no such rule; wanted one of "),
        (("align", "pages", "page.txt"), "pages: a folder with 2 documents; wanted one file"),
        (("score", "--hyp", "pages", "--ref", "page.txt"), "pages: a folder with 2 documents; wanted one file"),
        (("score", "--hyp", "page.txt", "--ref", "short"), "page.txt: 7 segments against 1 in short; wanted as many"),
        (("audit", "a\nb\x1b[31m"), "a␊b␛[31m: no such file or folder; wanted"),
    ],
)
def test_other_refusals(sh: Shell, arguments: tuple[str, ...], message: str) -> None:
    (sh.folder / "pages").mkdir()
    sh.write("pages/a.txt", ZH)
    sh.write("pages/b.txt", EN)
    sh.write("short", "短")
    code, out, err = sh(*arguments)
    assert (code, out) == (2, "") and err.startswith(message) and err.count("\n") == 1


@pytest.mark.parametrize("command", ["run", "build", "audit", "glossary", "score"])
def test_a_bad_folder_is_refused_before_the_work(sh: Shell, command: str) -> None:
    assert sh(command, "no-such-input", "-o", "page.txt")[2].startswith("page.txt: a file; wanted a folder")


def test_a_fault_of_ours_leaves_with_3(sh: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("on purpose")

    monkeypatch.setattr("duizhao.audit_command.build_corpus", broken)
    code, out, err = sh("audit", "page.txt")
    assert (code, out) == (3, "")
    assert "ZeroDivisionError: on purpose" in err and "a fault of ours" in err


def test_twice_gives_the_same_bytes_and_keeps_what_is_not_ours(sh: Shell) -> None:
    sh("run", "wrong.txt", "-o", "out")
    sh.write("out/mine.txt", "stays")
    first = tree(Path("out"))
    assert sh("run", "wrong.txt", "-o", "out")[0] == 1
    assert tree(Path("out")) == first


def test_outputs_go_through_links_and_stay_on_one_disk(sh: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    (sh.folder / "far").mkdir()
    (sh.folder / "link").symlink_to("far")
    places: list[str] = []
    replace = os.replace

    def watched(source: str | Path, target: str | Path) -> None:
        places.append(Path(source).parent.parent.name)
        replace(source, target)

    monkeypatch.setattr("os.replace", watched)
    assert sh("audit", "page.txt", "-o", "link")[0] == 0
    assert (sh.folder / "link").is_symlink() and os.listdir("far") == ["findings.jsonl"]
    assert places == ["far"]  # written inside the target, which may be a mount of its own


@pytest.mark.parametrize("trouble", [OSError, KeyboardInterrupt, SystemExit])
def test_a_write_that_fails_leaves_the_folder_as_it_was(
    sh: Shell, monkeypatch: pytest.MonkeyPatch, trouble: type[BaseException]
) -> None:
    corpus = build_corpus(["page.txt"])
    result = Result(corpus.documents, corpus.records, corpus.leftovers, corpus.pairs, (), (), ())
    write_outputs(Path("out"), result, ("corpus", "records", "findings"))
    before = tree(sh.folder)

    def broken(*_: object) -> None:
        raise trouble("on purpose")

    monkeypatch.setattr("duizhao.outputs.write_glossary", broken)
    for name in ("out", "new"):
        with pytest.raises(trouble, match="on purpose"):
            write_outputs(Path(name), result, ("corpus", "records", "glossary"))
    assert tree(sh.folder) == before


def process(folder: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[bytes]:
    environment = {"PATH": os.environ["PATH"], **more}
    command = [sys.executable, "-m", "duizhao", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, input=WRONG.encode(), check=False)


def test_no_locale_no_home_and_any_hash_seed_give_the_same_bytes(sh: Shell) -> None:
    (sh.folder / "0").mkdir()
    (sh.folder / "1").mkdir()
    plain = process(
        sh.folder / "0", "run", "../page.txt", "-", "-o", "输出", PYTHONHASHSEED="0", LC_ALL="C", HOME="/nowhere"
    )
    other = process(sh.folder / "1", "run", "../page.txt", "-", "-o", "输出", PYTHONHASHSEED="1", LC_ALL="C.UTF-8")
    assert plain.stderr == other.stderr == b""
    assert plain.returncode == other.returncode == 1
    assert plain.stdout == other.stdout and "四十七" in plain.stdout.decode()
    assert tree(sh.folder / "0") == tree(sh.folder / "1")


def piped(folder: Path, script: str) -> tuple[int, str]:
    """Exit code of duizhao, and stderr, with its output in the hands of a shell."""
    shell = ["sh", "-c", script.replace("duizhao", f"'{sys.executable}' -m duizhao")]
    done = subprocess.run(shell, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    *error, code = done.stderr.strip().split("\n")
    return int(code), "\n".join(error)


@pytest.mark.skipif(os.name != "posix", reason="needs sh")
@pytest.mark.parametrize(
    ("script", "code", "error"),
    [
        # The reader is gone before the first line is written; then one that leaves after it.
        ("(sleep 0.2; duizhao rule; echo $? >&2) | true", 141, ""),
        ("(sleep 0.2; duizhao --help; echo $? >&2) | true", 141, ""),
        ("duizhao rule T001 | head -1 >/dev/null; echo 0 >&2", 0, ""),
        ("duizhao rule >&-; echo $? >&2", 0, ""),
        ("duizhao rule >/dev/full; echo $? >&2", 2, "output: No space left on device; wanted a place to write."),
    ],
)
def test_closed_pipes_and_full_disks(sh: Shell, script: str, code: int, error: str) -> None:
    if "/dev/full" in script and not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    assert piped(sh.folder, script) == (code, error)
