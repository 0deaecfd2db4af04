"""The command line: what each command prints and writes, how it leaves, and what it never leaves behind."""

import csv
import hashlib
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from duizhao.corpora import EXPORTS, read_corpus
from duizhao.corpora.columns import FIELDS
from duizhao.main import main
from duizhao.outputs import write_outputs
from duizhao.pipeline import build_corpus
from duizhao.reports import Result

ZH = "海獭今天把三十二个新鲜的贝壳带回了家。"
EN = "The otters carried 32 fresh shells home today."
CLEAN = f"1、[CL] Otters Carry Fresh Shells Home Today\n水獭把新鲜的贝壳带回家\nA Lin, B Meyer…\n[River Lab]\n{ZH}\n{EN}\nhttps://example.org/otter\n"
WRONG = CLEAN.replace("三十二个", "四十七个")
COMMANDS = [
    *("run", "build", "audit", "glossary", "terms", "score", "filter", "align", "convert", "review", "diff", "status"),
    "rule",
]
ALL = [
    *(
        "corpus",
        "findings.jsonl",
        "glossary.csv",
        "glossary.jsonl",
        "glossary.xlsx",
        "leftovers.jsonl",
        "pairs.jsonl",
        "records.jsonl",
    ),
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
    lines = out.partition("Commands:\n")[2].split("\n")
    assert [line.split()[0] for line in lines if line.startswith("  ") and line[2] != " "] == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help_with_examples(sh: Shell, command: str) -> None:
    code, out, _ = sh(command, "-h")
    assert code == 0 and f"duizhao {command}" in out.partition("Examples:")[2]


@pytest.mark.parametrize(
    "arguments",
    [(), ("no-such",), ("audit",), ("build", "page.txt"), ("audit", "--fail-on", "x", "page.txt"), ("score",),
     ("score", "page.txt", "--metrics", "ter"), ("rule", "--all"), ("align", "page.txt"), ("convert", "page.txt"),
     ("convert", "-o", "p.tmx"), ("convert", "page.txt", "-o", "p", "--format", "pdf"),
     ("build", "page.txt", "-o", "out", "--field", "译文"),
     ("build", "page.txt", "-o", "out", "--field", "=text_zh")],
)  # fmt: skip
def test_wrong_usage(sh: Shell, arguments: tuple[str, ...]) -> None:
    before = tree(sh.folder)
    code, out, err = sh(*arguments)
    assert (code, out) == (2, "") and "Usage:" in err
    assert tree(sh.folder) == before


def test_run_writes_all_and_says_so(sh: Shell) -> None:
    code, out, err = sh("run", "page.txt", "-o", "out")
    assert (code, err) == (0, "")
    assert sorted(os.listdir("out")) == [".duizhao-remembered", *ALL]
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
    assert sorted(os.listdir("out")) == [".duizhao-remembered", "findings.jsonl"]
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
    sh.write("terms.csv", "en,zh,forbidden\notter,海獭,\nshell,螺壳,贝壳\n")
    code, out, _ = sh("glossary", "page.txt", "--termbase", "terms.csv", "-o", "out")
    assert code == 0 and out.startswith("term,") and "\notter,海獭," in out
    assert (sh.folder / "out" / "glossary.csv").read_bytes() == out.encode()
    fewer = sh("glossary", "page.txt", "--termbase", "terms.csv", "--section", "mismatch", "-o", "out")[1]
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
    sh.write("bad/a.jpg", CLEAN)


def corpus(sh: Shell) -> None:
    (sh.folder / "bad").mkdir()
    sh.write("bad/manifest.json", "{}")


def content(data: str | bytes) -> Callable[[Shell], object]:
    return lambda sh: sh.write("bad", data)


READABLE = (
    ".csv .docx .en .htm .html .json .jsonl .markdown .md .ndjson .parquet .po .srt .tex .text .tmx .tsv .txt .xhtml"
    " .xlf .xliff .xlsx .zh"
)
BAD_INPUTS = [
    (content(b""), "bad: an empty file; wanted text with Chinese or English"),
    (
        content(b"\xff\xd8\xff\xe0\x00\x10JFIF"),
        "bad: a JPEG image; wanted a text file, or a document of a format that duizhao reads. Unpack or convert it.",
    ),
    (
        content("<html><p></html>"),
        "bad: an HTML page without text; wanted text in its body. Open it in a browser and save the page it shows.",
    ),
    (content("<tmx>"), "bad:1:6: broken XML (no element found); wanted a well-formed file. Mend or export it again."),
    (
        content('[{"tea": 1}]'),
        "bad: JSON without an object that holds text; wanted papers or sentence pairs",
    ),
    (content("★★★\n12:30\n"), "bad: no record found; wanted papers or paragraphs in Chinese or English"),
    (lambda sh: None, "bad: no such file or folder; wanted a file, a folder or -"),
    (gbk, "bad:1:2: not UTF-8 (byte 1 is 0xA1); wanted UTF-8, or the encoding by name. Try --encoding gb18030."),
    (folder, f"bad: a folder with no readable file; wanted files ending in {READABLE}"),
    (corpus, "bad: schema None; wanted schema 4. Build it again."),
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
    (("-o", "page.txt"), "page.txt: one of the inputs; wanted another file to write. Name another -o."),
    (("-o", "plain"), "plain: a file; wanted a folder to write into. Name another -o."),
    (("-o", "no/out"), "no: no such folder; wanted a folder to write into. Make it first."),
    (("-o", "taken"), "taken/corpus: not what duizhao wrote; wanted room for a folder. Name another -o."),
    (("-o", "odd"), "odd/report.html: a folder; wanted room for a file. Name another -o."),
    (
        ("-o", "out", "--termbase", "terms.csv"),
        "terms.csv:3: '水獭' is approved and forbidden for 'otter'; see terms.csv:2 too; wanted one of the two",
    ),
    (
        ("-o", "out", "--termbase", "no.csv"),
        "no.csv: cannot be read (No such file or directory); wanted a termbase in CSV, TSV, XLSX or TBX",
    ),
    (("-o", "out", "--encoding", "utf-99"), "page.txt: no encoding is called 'utf-99'; wanted utf-8, gb18030, big5 …"),
    (("-o", "out", "--source", "no.txt"), "no.txt: no such file; wanted a file"),
    (("-o", "out", "--catalog", "no.bib"), "no.bib: no such file; wanted a file"),
    (
        ("-o", "out", "--catalog", "terms.csv"),
        "terms.csv: no catalogue; wanted JSON Lines, JSON, BibTeX or CSV with titles of papers",
    ),
    (("-o", "out", "--reference", "no.txt"), "no.txt: no such file or folder; wanted a file, a folder or -"),
]


@pytest.mark.parametrize(("options", "message"), BAD_OPTIONS)
def test_a_bad_option_is_refused_and_nothing_is_written(sh: Shell, options: tuple[str, ...], message: str) -> None:
    sh.write("terms.csv", "en,zh,forbidden\notter,海獭,水獭\notter,水獭,\n")
    sh.write("plain", "")
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
        (("score", "--hyp", "pages", "--ref", "page.txt"), "pages: not a regular file; wanted a file to read."),
        (("score", "--hyp", "page.txt", "--ref", "short"), "page.txt: 7 lines; wanted 1, as short has."),
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


@pytest.mark.parametrize("command", ["run", "build", "audit", "glossary"])
def test_a_bad_folder_is_refused_before_the_work(sh: Shell, command: str) -> None:
    sh.write("plain", "")
    assert sh(command, "no-such-input", "-o", "plain")[2].startswith("plain: a file; wanted a folder")


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
        places.append(Path(source).parents[2].name)
        replace(source, target)

    monkeypatch.setattr("os.replace", watched)
    assert sh("audit", "page.txt", "-o", "link")[0] == 0
    assert (sh.folder / "link").is_symlink() and sorted(os.listdir("far")) == [".duizhao-remembered", "findings.jsonl"]
    assert places == ["far", "far"]  # written inside the target, which may be a mount of its own


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


MEMORY = """\
id,en,zh,note
t1,"Tea, ""hot"" & 2 < 3 > 1.",茶，“又热”又甜。,=1+1
t2,An otter 🦦 crosses.,一只水獭过了河。,
t3,"  Two  blanks, one \\n.",两个\u3000空格。,spring
t4,Nobody translated this.,,
"""
SIDES = [
    ("t1", 'Tea, "hot" & 2 < 3 > 1.', "茶，“又热”又甜。"),
    ("t2", "An otter 🦦 crosses.", "一只水獭过了河。"),
    ("t3", "  Two  blanks, one \\n.", "两个\u3000空格。"),
]


def rows_of(path: str) -> list[dict[str, str]]:
    with Path(path).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.mark.parametrize("name", [*EXPORTS])
def test_convert_there_and_back(sh: Shell, name: str) -> None:
    sh.write("memory.csv", MEMORY)
    assert sh("convert", "memory.csv", "-o", "first.csv", "--licence", "CC0") == (
        0,
        "Wrote 3 pairs to first.csv.\nLeft out 1 with one side only.\n",
        "",
    )
    first = rows_of("first.csv")
    assert [(row["id"], row["en"], row["zh"]) for row in first] == SIDES
    assert [row["note"] for row in first] == ["=1+1", "", "spring"]
    assert {(row["document"], row["licence"]) for row in first} == {("memory.csv", "CC0")}
    assert {row["sha256"] for row in first} == {hashlib.sha256(MEMORY.encode()).hexdigest()}
    assert first[1]["span_en"] == "35-54"
    target = f"there{EXPORTS[name]}"
    made = [f"{target}.en", f"{target}.zh"] if name == "moses" else [target]
    before = {path.name for path in sh.folder.iterdir()}
    code, out, err = sh("convert", "first.csv", "-o", target, "--format", name)
    shown = f"{target}.en and .zh" if name == "moses" else target
    assert (code, out, err) == (0, f"Wrote 3 pairs to {shown}.\n", "")
    assert {path.name for path in sh.folder.iterdir()} - before == {*made}
    assert sh("convert", *made, "-o", "back.csv") == (0, "Wrote 3 pairs to back.csv.\n", "")
    if name == "moses":  # has room for the sides only, one file each
        assert [(row["en"], row["zh"]) for row in rows_of("back.csv")] == [side[1:] for side in SIDES]
        assert [Path(file).read_text(encoding="utf-8").split("\n") for file in made] == [
            [*(side[1] for side in SIDES), ""],
            [*(side[2] for side in SIDES), ""],
        ]
    else:
        assert Path("back.csv").read_bytes() == Path("first.csv").read_bytes()


def test_convert_aligns_documents_first(sh: Shell) -> None:
    sh.write("long.txt", CLEAN.replace(f"{ZH}\n{EN}\n", f"{ZH}它们很累。\n{EN} They are tired.\n"))
    sh("build", "long.txt", "-o", "made")
    built = [json.loads(line) for line in Path("made/pairs.jsonl").read_text(encoding="utf-8").strip().split("\n")]
    assert sh("convert", "long.txt", "-o", "a.jsonl") == (0, "Wrote 3 pairs to a.jsonl.\n", "")
    assert sh("convert", "made", "-o", "b.jsonl") == (0, "Wrote 3 pairs to b.jsonl.\n", "")
    assert Path("a.jsonl").read_bytes() == Path("b.jsonl").read_bytes()
    rows = [json.loads(line) for line in Path("a.jsonl").read_text(encoding="utf-8").strip().split("\n")]
    assert [(row["en"], row["zh"]) for row in rows][1:] == [(EN, ZH), ("They are tired.", "它们很累。")]
    for row, pair in zip(rows, built, strict=True):
        assert [row[name] for name in ("id", "record", "document", "field", "type")] == [
            pair[name] for name in ("id", "record", "document", "field", "type")
        ]
        assert float(row["score"]) == pytest.approx(pair["score"], abs=5e-5)
        assert row["span_zh"] == " ".join(f"{begin}-{end}" for begin, end in pair["spans_zh"])


def test_convert_leaves_out_sentences_without_a_partner(sh: Shell) -> None:
    zh, en = f"{ZH}然后它们累得在桥下睡着了。", f"{EN} Nobody saw the keeper's umbrella. The bridge was painted green."
    sh.write("long.txt", f"{CLEAN.partition(ZH)[0]}{zh}\n{en} Then they fell asleep under the bridge, tired.\n")
    code, out, _ = sh("convert", "long.txt", "-o", "a.tsv")
    sh("build", "long.txt", "-o", "made")
    pairs = [json.loads(line) for line in Path("made/pairs.jsonl").read_text(encoding="utf-8").strip().split("\n")]
    alone = sum(not (pair["en"] and pair["zh"]) for pair in pairs)
    assert alone and (code, out) == (
        0,
        f"Wrote {len(pairs) - alone} pairs to a.tsv.\nLeft out {alone} with one side only.\n",
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("memory.csv", "-o", "memory.csv"),
            "memory.csv: one of the inputs; wanted another file to write. Name another -o.",
        ),
        (("memory.csv", "-o", "./x/../memory.csv"), "x/../memory.csv: one of the inputs"),
        (("page.txt", "memory.csv", "-o", "link.csv"), "link.csv: one of the inputs"),
        (
            ("memory.csv", "-o", "p.pdf"),
            "p.pdf: the ending '.pdf'; wanted one of .tmx .xlf .xliff .csv .tsv .jsonl .parquet. Or name a --format.",
        ),
        (("memory.csv", "-o", "p"), "p: the ending ''; wanted one of .tmx"),
        (
            ("memory.csv", "-o", "no/p.tmx"),
            "no/p.tmx: no place for a file; wanted a file in a folder that exists. Name",
        ),
        (("memory.csv", "-o", "x", "--format", "tmx"), "x: no place for a file"),
        (
            ("lone.csv", "-o", "p.tmx"),
            "lone.csv: no pair with both sides; wanted English and Chinese that belong together",
        ),
        (
            ("lines.csv", "-o", "p", "--format", "moses"),
            "unit 't1': a line end in en; wanted texts of one line. Use CSV",
        ),
        (("lines.csv", "-o", "p.tsv"), "unit 't1': "),
        (
            ("swapped.csv", "-o", "p.tsv"),
            "swapped.csv: Chinese in 'en' and English in 'zh'; wanted each in its own. Are",
        ),
        (("no.csv", "-o", "p.tsv"), "no.csv: no such file or folder; wanted a file, a folder or -"),
    ],
)
def test_convert_refuses_and_writes_nothing(sh: Shell, arguments: tuple[str, ...], message: str) -> None:
    sh.write("memory.csv", MEMORY)
    sh.write("lone.csv", "en,zh\nTea is hot.,\n,茶是热的。\n")
    sh.write("lines.csv", 'id,en,zh\nt1,"Tea\nis hot.",茶是热的。\n')
    sh.write("swapped.csv", f"en,zh\n{ZH},{EN}\n")
    (sh.folder / "x").mkdir()
    (sh.folder / "link.csv").symlink_to("memory.csv")
    before = tree(sh.folder)
    code, out, err = sh("convert", *arguments)
    assert (code, out) == (2, "") and err.startswith(message) and err.count("\n") == 1
    assert tree(sh.folder) == before


def records_in(folder: str) -> list[dict[str, Any]]:
    text = (Path(folder) / "records.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.strip().split("\n")]


def test_field_says_what_a_column_is(sh: Shell) -> None:
    sh.write("table.csv", f"title,notes,原文,译文\nTea,皆大欢喜,{EN},{ZH}\n")
    assert sh("build", "table.csv", "-o", "plain")[0] == 0
    [record] = records_in("plain")
    assert (record["kind"], record["text_en"], record["text_zh"], record["title_en"]) == ("segment", EN, ZH, None)
    chosen = ("--field", "notes=title_zh", "--field", "原文=abstract_en", "--field", "译文=abstract_zh")
    assert sh("build", "table.csv", "-o", "chosen", *chosen)[0] == 0
    [record] = records_in("chosen")
    assert [record[name] for name in ("kind", "title_en", "title_zh", "abstract_en", "abstract_zh", "text_en")] == [
        "abstract",
        "Tea",
        "皆大欢喜",
        EN,
        ZH,
        None,
    ]
    for wrong, message in (
        ("tea=skip", "table.csv: no column 'tea'; wanted one of 'title', 'notes', '原文', '译文'\n"),
        ("notes=tea", f"table.csv: no field 'tea'; wanted one of {', '.join((*FIELDS, 'skip'))}\n"),
    ):
        assert sh("build", "table.csv", "-o", "no", "--field", wrong) == (2, "", message)
    code, _, err = sh("build", "table.csv", "-o", "no", "--field", "译文")
    assert code == 2 and "'译文'; wanted COLUMN=FIELD, for example 译文=abstract_zh" in err
    assert not Path("no").exists()


def test_sheet_names_one_of_several(sh: Shell) -> None:
    with xlsxwriter.Workbook(str(sh.folder / "book.xlsx")) as book:
        for name, en, zh in (("Tea", "Tea is hot.", "茶是热的。"), ("River", EN, ZH)):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["en", "zh"])
            sheet.write_row(1, 0, [en, zh])
    several = "book.xlsx: 2 sheets with cells; wanted one. Name one of 'Tea', 'River'.\n"
    assert sh("build", "book.xlsx", "-o", "no") == (2, "", several)
    unknown = "book.xlsx: no sheet called 'Sea'; wanted 'Tea', 'River'. Name one of them.\n"
    assert sh("build", "book.xlsx", "-o", "no", "--sheet", "Sea") == (2, "", unknown)
    assert not Path("no").exists()
    assert sh("build", "book.xlsx", "-o", "made", "--sheet", "River")[0] == 0
    assert [(r["kind"], r["text_en"], r["text_zh"]) for r in records_in("made")] == [("segment", EN, ZH)]


STONES_ZH = "河边的石头太多了，谁也数不清它们到底有多少块。"
STONES_EN = "There are too many stones by the river, and nobody can count them all."
CHINESE = f"""\
水獭把新鲜的贝壳带回家
摘要：{ZH}
https://arxiv.org/abs/2301.00001

给石头计数
摘要：{STONES_ZH}
https://arxiv.org/abs/2301.00002
"""
ENGLISH = f"""\
1. Counting Stones
{STONES_EN}
https://arxiv.org/abs/2301.00002v3

2. Otters Carry Fresh Shells
{EN}
https://arxiv.org/abs/2301.00001
"""
PAPERS = (
    json.dumps(
        {"id": "2301.00002", "title": "Counting Stones", "authors": "A. Lin and B. Meyer", "abstract": STONES_EN}
    )
    + "\n"
)


def spelt(folder: str, record: dict[str, Any], field: str) -> str:
    """What stands at a field's places in the document."""
    [document] = read_corpus(Path(folder)).documents
    return "\n".join(document.text[slice(*span)] for span in record["spans"][field])


def test_source_brings_the_english(sh: Shell) -> None:
    sh.write("zh.txt", CHINESE)
    sh.write("en.txt", ENGLISH)
    sh("build", "zh.txt", "-o", "alone")
    assert [(r["kind"], r["abstract_en"]) for r in records_in("alone")] == [("zh_only", None)] * 2
    code, out, err = sh("build", "zh.txt", "--source", "en.txt", "-o", "made")
    assert (code, err) == (0, "") and "zh.txt: English from en.txt stands after its text" in out
    records = records_in("made")  # met by their links, not in order
    assert [(r["kind"], r["abstract_en"], r["abstract_zh"]) for r in records] == [
        ("abstract", EN, ZH),
        ("abstract", STONES_EN, STONES_ZH),
    ]
    assert [spelt("made", record, "abstract_en") for record in records] == [EN, STONES_EN]
    assert [spelt("made", record, "title_en") for record in records] == [r["title_en"] for r in records]
    leftovers = Path("made/leftovers.jsonl").read_text(encoding="utf-8").strip().split("\n")
    last = json.loads(leftovers[-1])
    assert (last["kind"], last["text"]) == ("label", "[en.txt]")
    refused = "page.txt: no Chinese record that it could be the original of; wanted the English of the inputs."
    code, out, err = sh("build", "wrong.txt", "--source", "page.txt", "-o", "no")
    assert (code, out) == (2, "") and err.startswith(refused)
    assert not Path("no").exists()


def test_a_finding_in_the_english_of_a_source_leads_to_its_line(sh: Shell) -> None:
    sh.write("zh.txt", CHINESE)
    sh.write("en.txt", ENGLISH.replace("stones by the river", "stones by the the river"))
    code, out, _ = sh("audit", "zh.txt", "--source", "en.txt", "--fail-on", "never")
    assert code == 0 and "zh.txt:2:" in out.replace("\n", " ") and "F001" in out


def test_catalog_brings_title_authors_and_abstract(sh: Shell) -> None:
    sh.write("zh.txt", CHINESE)
    sh.write("papers.jsonl", PAPERS)
    code, out, err = sh("build", "zh.txt", "--catalog", "papers.jsonl", "-o", "made")
    assert (code, err) == (0, "") and "zh.txt: English from papers.jsonl stands after its text" in out
    first, second = records_in("made")
    assert (first["kind"], first["title_en"], first["authors_en"]) == ("zh_only", None, [])
    assert [second[name] for name in ("kind", "title_en", "authors_en", "abstract_en")] == [
        "abstract",
        "Counting Stones",
        ["A. Lin", "B. Meyer"],
        STONES_EN,
    ]
    assert spelt("made", second, "authors_en") == "A. Lin\nB. Meyer"
    assert [list(second["spans"]), second["authors"]] == [sorted(second["spans"]), []]
    code, out, err = sh("build", "page.txt", "--catalog", "papers.jsonl", "-o", "no")
    assert (code, out) == (2, "") and err.startswith("papers.jsonl: no paper of the inputs; wanted papers that their")
    assert not Path("no").exists()
