"""Findings as JSON, CSV, Markdown and GitHub's commands: exact, read back, and with hostile texts."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TextIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_reports_page import PAYLOADS, build

from duizhao.corpora import Document, Pair, Record
from duizhao.metrics import Finding, Score
from duizhao.reports import Result, write_jsonl
from duizhao.reports.findings_csv import COLUMNS, write_findings_csv
from duizhao.reports.findings_json import write_findings_json
from duizhao.reports.findings_markdown import write_findings_markdown
from duizhao.reports.github import github_summary
from duizhao.reports.visible import labelled

NOTHING = Result((), (), (), (), (), (), ())
SCORE = Score("BLEU", 41.25, "nrefs:1|tok:zh", (40.0, 42.5), 2, "quality", "river.md", "ours.tsv", "A small set.")
odd = st.text(st.characters() | st.sampled_from("=+-@\t\r\n,\"'%:#[|`水獭\u2028\x85\ud800"), max_size=40)


def finding(**changes: Any) -> Finding:
    base = Finding(
        *("T002", "error", 0.9, "river.md", "r1", "p1", "otter", "海狗", (3, 8), (23, 25), "水獭", "海狗"),
        *("“otter” became “海狗”.", 2, 3, "0123456789ab", "otter"),
    )  # fmt: skip
    return replace(base, **changes)


def made(*findings: Finding, **changes: Any) -> Result:
    text = "An otter drinks tea.\n一只海狗喝茶。\n"
    base = replace(
        NOTHING,
        documents=(Document("river.md", "0" * 64, "utf-8", text),),
        records=(Record("r1", "river.md", "abstract"),),
        pairs=(
            Pair("p1", "r1", "river.md", "abstract", ("An otter", "drinks tea."), ("一只海狗", "喝茶。"),
                 ((0, 8), (9, 20)), ((21, 25), (25, 28)), "2-2", 0.9),
        ),
        findings=findings or (finding(),),
    )  # fmt: skip
    return replace(base, **changes)


def written(write: Callable[[TextIO, Result], int], result: Result) -> str:
    out = io.StringIO(newline="")
    write(out, result)
    out.getvalue().encode("utf-8")
    return out.getvalue()


# JSON


def test_json_whole() -> None:
    note = finding(severity="note", span_en=None, confidence=0.1234567)
    text = written(write_findings_json, made(finding(), note))
    row = (
        '{"rule": "T002", "severity": "error", "confidence": 0.9, "document": "river.md", "record": "r1", '
        '"pair": "p1", "en": "otter", "zh": "海狗", "span_en": [3, 8], "span_zh": [23, 25], "expected": "水獭", '
        '"found": "海狗", "message": "“otter” became “海狗”.", "line": 2, "column": 3, '
        '"fingerprint": "0123456789ab", "term": "otter"}'
    )
    second = row.replace('"error"', '"note"').replace("0.9", "0.123457").replace("[3, 8]", "null")
    assert text == f"[\n{row},\n{second}\n]\n"
    assert written(write_findings_json, NOTHING) == "[]\n"


@given(odd)
def test_json_holds_what_json_lines_hold(text: str) -> None:
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")  # two halves make one character
    result = made(finding(zh=text, message=text, document=text), finding(found=text))
    rows = json.loads(written(write_findings_json, result))
    assert [row["found"] for row in rows] == ["海狗", text] and rows[0]["zh"] == text
    lines = io.StringIO()
    assert write_jsonl(lines, result.findings) == 2
    same = [json.dumps(row, ensure_ascii=False) for row in rows]
    escape = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")
    assert lines.getvalue() == "".join(escape.sub(lambda sign: f"\\u{ord(sign[0]):04x}", row) + "\n" for row in same)


# CSV


def test_csv_whole() -> None:
    first = finding(rule="F002", severity="note", confidence=0.5, pair="", message='Say "tea", please.', line=1)
    assert written(write_findings_csv, made(finding(), first)) == (
        "\ufeffrule,severity,confidence,document,line,column,record,en,zh,found,expected,message,"
        "sentence_en,sentence_zh,fingerprint\n"
        'F002,note,0.5,river.md,1,3,r1,otter,海狗,海狗,水獭,"Say ""tea"", please.",,,0123456789ab\n'
        "T002,error,0.9,river.md,2,3,r1,otter,海狗,海狗,水獭,“otter” became “海狗”.,"
        "An otter drinks tea.,一只海狗喝茶。,0123456789ab\n"
    )
    assert written(write_findings_csv, NOTHING) == "\ufeff" + ",".join(COLUMNS) + "\n"


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "' =1"),
        ("\n=1", "' =1"),
        ("＝１", "'＝１"),
        ("＋茶", "'＋茶"),
        ("1=1", "1=1"),
        ("'=1", "'=1"),
        ("茶\r\n桥\n河\r岸", "茶 桥 河 岸"),
        ("茶\ud800", "茶⟨U+D800⟩"),
        ("\u200b茶\x00", "⟨U+200B⟩茶⟨U+0000⟩"),
        ("\x1b]8;;x:y\x07茶\x9b1m", "⟨U+001B⟩]8;;x:y⟨U+0007⟩茶⟨U+009B⟩1m"),
    ],
)
def test_a_cell_is_no_formula_and_has_one_line(text: str, cell: str) -> None:
    (row,) = csv.DictReader(io.StringIO(written(write_findings_csv, made(finding(zh=text)))[1:], newline=""))
    assert row["zh"] == cell and row["expected"] == "水獭"


@pytest.mark.parametrize("text", ["茶;桥", "茶\t桥", "茶,桥"])
def test_a_sign_that_may_part_cells_is_in_quotes(text: str) -> None:
    assert f',otter,"{text}",海狗,' in written(write_findings_csv, made(finding(zh=text)))


@given(odd)
def test_csv_comes_back(text: str) -> None:
    pair = Pair("p1", "r1", "river.md", "text", (text,), (text,), ((0, 1),), ((0, 1),), "1-1", 0.5)
    hostile = finding(
        rule=text,
        document=text,
        record=text,
        en=text,
        zh=text,
        expected=text,
        found=text,
        message=text,
        fingerprint=text,
    )
    lines = written(write_findings_csv, made(hostile, pairs=(pair,)))
    assert lines.count("\n") == 2 and "\r" not in lines
    header, row = csv.reader(io.StringIO(lines[1:], newline=""), strict=True)
    assert tuple(header) == COLUMNS and len(row) == len(COLUMNS)
    cells = dict(zip(header, row, strict=True))
    plain = labelled(re.sub("\r\n|[\r\n]", " ", text))
    cell = f"'{plain}" if text[:1] in tuple("=+-@\t\r\n＝＋－＠") else plain
    for name in COLUMNS:
        known = {"severity": "error", "confidence": "0.9", "line": "2", "column": "3"}
        assert cells[name] == known.get(name, cell), name


# Markdown


def test_markdown_whole() -> None:
    others = [finding(document="b.md", severity="note", zh="", found="", line=7), finding(line=4, confidence=0.5)]
    assert written(write_findings_markdown, made(finding(), *others, scores=(SCORE,), notes=("A_note.",))) == (
        "# duizhao\n\n**2 errors in 1 sentence pair; mend 海狗 → 水獭 (×2) first.**\n\n"
        "| error | warning | note |\n|---|---|---|\n| 2 | 0 | 1 |\n\n"
        "## Mend these first\n\n| Severity | Count | Found → wanted | Rule | First place |\n|---|---|---|---|---|\n"
        "| error | 2 | 海狗 → 水獭 | T002 term-forbidden | river.md:2:3 |\n"
        "| note | 1 | wanted: 水獭 | T002 term-forbidden | b.md:7:3 |\n\n"
        "## Findings\n\n### b.md (1)\n\n"
        "| Severity | Place | Rule | Found → wanted | What is wrong |\n|---|---|---|---|---|\n"
        "| note | 7:3 | T002 term-forbidden | wanted: 水獭 | “otter” became “海狗”. |\n\n"
        "### river.md (2)\n\n"
        "| Severity | Place | Rule | Found → wanted | What is wrong |\n|---|---|---|---|---|\n"
        "| error | 2:3 | T002 term-forbidden | 海狗 → 水獭 | “otter” became “海狗”. |\n"
        "| error | 4:3 | T002 term-forbidden | 海狗 → 水獭 | “otter” became “海狗”. |\n\n"
        "## Scores\n\n- **BLEU 41.2** \\[40.0, 42.5\\], quality: river.md against ours.tsv, 2 segments, "
        "nrefs:1\\|tok:zh. A small set.\n\n"
        "## Notes\n\n- A\\_note.\n"
    )


def test_markdown_in_chinese() -> None:
    text = written(write_findings_markdown, made(scores=(SCORE,), lang="zh"))
    assert "| 错误 | 警告 | 提示 |\n|---|---|---|\n| 1 | 0 | 0 |\n" in text
    assert "| 错误 | 1 | 海狗 → 水獭 | T002 术语禁用译法 | river.md:2:3 |\n" in text
    assert (
        "- **BLEU 41.2** \\[40.0, 42.5\\]，质量：river.md，对照 ours.tsv，2 个句段，nrefs:1\\|tok:zh。A small set.\n"
        in text
    )
    back = written(write_findings_markdown, made(scores=(replace(SCORE, kind="back-translation"),), lang="zh"))
    assert "\\]，回译：river.md，对照" in back
    many = written(write_findings_markdown, made(*(finding(line=k) for k in range(203)), lang="zh"))
    assert "\n以上只列出最严重的 200 处，略去 3 个问题（3 river.md）；全部见 findings.jsonl。\n" in many


def test_markdown_of_nothing() -> None:
    assert written(write_findings_markdown, NOTHING) == "# duizhao\n\n**Nothing was read.**\n"
    assert written(write_findings_markdown, made(findings=())) == (
        "# duizhao\n\n**No finding in 1 sentence pair of 1 record.**\n"
    )


def test_markdown_leaves_out_the_mildest_and_says_so() -> None:
    notes = [finding(severity="note", document=f"{k % 7}.md", line=k) for k in range(70)]
    errors = [finding(document="z.md", line=k, confidence=0.1) for k in range(150)]
    out = io.StringIO()
    assert write_findings_markdown(out, made(*notes, *errors)) == 200
    text = out.getvalue()
    rows = Counter(re.findall(r"^\| (error|note) \| \d+:3 \|", text, re.MULTILINE))
    assert rows == {"error": 150, "note": 50}
    # The surest notes first, then by document: those of 5.md and 6.md stay out.
    assert text.endswith(
        "\nThe worst 200 are listed. 20 findings are left out (10 5.md, 10 6.md): findings.jsonl has all of them.\n"
    )


MARKUP = re.compile(r"(?<!\\)(?:\\\\)*[`*_\[\]<>|~$@#&]")


@pytest.mark.parametrize("payload", [*PAYLOADS, "a|b", "`x`", "# h", "\n\n# h\n", "[x](y)", "<br>", "**x**", "\\|"])
def test_markdown_has_no_markup_of_a_text(payload: str) -> None:
    result = replace(build(payload), notes=(payload,))
    skeletons = []
    for each in (build(), result):
        lines = written(write_findings_markdown, each).split("\n")
        skeletons.append(["".join(MARKUP.findall(line)) for line in lines])
    assert skeletons[0] == skeletons[1]


@given(odd)
def test_markdown_keeps_its_rows(text: str) -> None:
    hostile = finding(rule=text, document=text, expected=text, found=text, message=text)
    score = replace(SCORE, metric=text, signature=text, hypothesis=text, note=text)
    for write in (write_findings_markdown, lambda out, result: out.write(github_summary(result))):
        lines = written(write, made(hostile, scores=(score,), notes=(text,))).split("\n")
        for line in lines:
            if line.startswith("|"):
                assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) in (4, 6), line
            assert re.match(r"\||#{1,3} |- |\*\*|$", line), line
