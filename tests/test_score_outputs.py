"""Scores as text, Markdown, LaTeX, JSON, CSV and workbook: exact, and with hostile texts in every field."""

import csv
import io
import json
import re
import shutil
import subprocess
import warnings
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scoreboards import BLEU, board

from duizhao.corpora.spreadsheet import read_xlsx
from duizhao.metrics.score import BucketScore, Comparison, Flag, Score
from duizhao.metrics.scoreboard import Scoreboard
from duizhao.metrics.testset import TestSet
from duizhao.reports import score_line, score_xlsx
from duizhao.reports.score_columns import columns, cut, wrapped
from duizhao.reports.score_diff import marked_against, nearest
from duizhao.reports.score_files import COLUMNS, scoreboard_json, write_scoreboard_csv
from duizhao.reports.score_markup import scoreboard_latex, scoreboard_markdown, tex
from duizhao.reports.score_segments import chosen_segments
from duizhao.reports.score_summary import caveats, verdict
from duizhao.reports.score_text import scoreboard_lines
from duizhao.reports.score_xlsx import write_scores_xlsx

HOSTILE = [
    *("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "#N/A", "TRUE", "1e5", "007", "2031-01-02", "'=1", "{=1}"),
    *("https://example.org/x", "internal:Sheet1!A1", "\x00\x0b\x1f\x7f", "\x1b[31m\u202e", "_x0041_ \ud800"),
    *("<r><t>茶</t></r>", " 茶 \n", "\ufffe\uffff", "😀" * 3, "x" * 40_000, "水" * 40_000, "x\u2028y", "``|`|\\|"),
    *("::error::x%0A", "##[error]x", "\\end{table}\\input{x}$&%#_{}~^", "{0}{}{best!r}", "%s%(x)s"),
]  # fmt: skip


def small(*values: float, p: float | None = None, pair: tuple[int, int] = (1, 0), lower: bool = False) -> Scoreboard:
    """Systems a, b, c … with these values of one metric; `p` of the pair of systems, after Holm."""
    names, metric = "abcdef"[: len(values)], "TER" if lower else "BLEU"
    scores = tuple(Score(metric, v, "nrefs:1", None, 2, "quality", n, "r") for n, v in zip(names, values, strict=True))
    one, other = pair
    tests = (
        (Comparison(metric, names[one], names[other], values[one] - values[other], p / 2, p, 1, 0, 1, "ar:10|x"),)
        if p is not None
        else ()
    )
    return Scoreboard(
        TestSet({n: ("茶", "桥") for n in names}, (("茶", "桥"),), ("r",), "zh"), (metric,), scores, tests
    )


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (small(41.2, 42.5, p=0.004), "b is better than a: BLEU +1.3, p = .004 after Holm."),
        (small(42.5, 41.2, p=0.004), "a is better than b: BLEU +1.3, p = .004 after Holm."),
        (small(50, 40, p=0.0004, lower=True), "b is better than a: TER −10.0, p < .001 after Holm."),
        (small(41.2, 42.5, p=0.05), "b and a can not be told apart: BLEU +1.3 for b, p = .050 after Holm."),
        (
            small(41.2, 42.5, 42.6, p=0.31, pair=(2, 1)),
            "c has the best BLEU of 3, 42.6, but can not be told apart from b, the next: +0.1, p = .31 after Holm.",
        ),
        (
            small(41.2, 42.5, 44, p=0.01, pair=(1, 2)),
            "c is better than b, the next of 3: BLEU 44.0, +1.5, p = .010 after Holm.",
        ),
        (
            small(41.2, 42.5, 44, p=0.01, pair=(2, 0)),
            "c has the best BLEU, 44.0 to 42.5 for b; whether that is sure was not tested. "
            "Against a, the baseline: +2.8, p = .010 after Holm.",
        ),
        (small(41.2, 42.5), "b has the best BLEU, 42.5 to 41.2 for a; whether that is sure was not tested."),
        (small(41.2, 41.2, p=1.0), "a and b have the same BLEU: 41.2."),
        (small(41.2), "a: BLEU 41.2."),
        (small(), "Nothing was scored."),
        (small(float("nan"), 41.2), "b: BLEU 41.2."),
    ],
)
def test_verdict(made: Scoreboard, said: str) -> None:
    assert verdict(made) == said


def test_verdict_names_the_metrics_that_see_it_otherwise() -> None:
    made = small(41.2, 42.5, p=0.004)
    others = tuple(replace(score, metric="chrF", value=50 - score.value) for score in made.scores)
    made = replace(made, metrics=("BLEU", "chrF"), scores=(*made.scores, *others))
    assert verdict(made) == "b is better than a: BLEU +1.3, p = .004 after Holm. chrF puts a first."


def test_text_whole() -> None:
    assert list(scoreboard_lines(board())) == [
        "harbour is better than ferry-2, the next of 3: BLEU 80.6, +48.1, p = .004 after Holm.",
        "",
        "40 segments         BLEU          TER ↓",
        "harbour      ›80.6 ± 2.4    ›23.3 ± 2.4",
        "ferry-2       32.5 ± 2.4**   81.0 ± 2.4**",
        "小舟          17.0 ± 2.4**   99.6 ± 2.4**",
        "› best of its column; ± half the 95 % interval; * p < .05, ** p < .01 against harbour "
        "(paired bootstrap, Holm)",
        "",
        "BLEU (scores, comparisons, buckets without bs and seed)  nrefs:1|bs:1000|seed:12345|case:mixed|eff:no|tok:zh|"
        "smooth:exp|",
        "  version:2.6.0|duizhao:0.0",
        "TER ↓  nrefs:1|bs:1000|seed:12345|case:lc|tok:tercom|norm:yes|punct:yes|asian:yes|version:2.6.0|duizhao:0.0",
        "",
        "Compared (paired bootstrap; Holm over the comparisons of a metric):",
        "  system − other             difference        p   Holm     better/worse/as good",
        "  ferry-2 − harbour   BLEU        −48.1     .002   .004**                 2/38/0",
        "  小舟 − harbour      BLEU        −63.5   < .001   .001**                 0/40/0",
        "  ferry-2 − harbour    TER        +57.7     .002   .004**                 2/38/0",
        "  小舟 − harbour       TER        +76.2   < .001   .001**                 0/40/0",
        "",
        "BLEU by tag   segments   harbour   ferry-2   小舟",
        "  river             20     ›81.6      33.4   17.3",
        "  tea               20     ›79.5      31.6   16.8",
        "",
        "7 flags to look at; they rank nothing:",
        "  empty: 小舟 4 (97% right on planted defects; by length alone 50%)",
        "    1, 小舟: nothing here",
        "    14, 小舟: nothing here",
        "    27, 小舟: nothing here",
        "  untranslated: 小舟 3 (97% right on planted defects; by length alone 50%)",
        "    2, 小舟: the source stands here",
        "    15, 小舟: the source stands here",
        "    28, 小舟: the source stands here",
        "",
        "小舟: 4 hypotheses are empty (lines 1, 14, 27, 40); scored as written.",
    ]


def test_of_one_system_a_line_for_each_score() -> None:
    made = small(41.2)
    assert list(scoreboard_lines(made)) == [score_line(made.scores[0])]
    assert list(scoreboard_lines(small())) == ["Nothing was scored."]
    bucket = BucketScore("tag", "tea", "BLEU", "a", 40.0, 1, "nrefs:9")
    assert list(scoreboard_lines(replace(made, buckets=(bucket,))))[1:] == [
        "BLEU (buckets)  nrefs:9",
        "",
        "BLEU by tag   segments      a",
        "  tea                1   40.0",
    ]


def test_color_is_only_style() -> None:
    colored = list(scoreboard_lines(board(), color=True))
    assert [re.sub("\x1b\\[[0-9]*m", "", line) for line in colored] == list(scoreboard_lines(board()))
    assert sum("\x1b" in line for line in colored) == 4  # the verdict, the best row, two buckets


def with_text(text: str) -> Scoreboard:
    """The text in every field of every system."""
    names = [f"{text}{n}" for n in range(3)]
    testset = TestSet(
        dict.fromkeys(names, (text, text)), ((text, None), (None, text)), (text, text + "'"), "zh", (text, ""),
        (text, text), (text, text), (text, text), (text,),
    )  # fmt: skip
    scores = tuple(
        Score(text, 40.0 + n, text, (39.0, 43.0), 2, "quality", name, text, text) for n, name in enumerate(names)
    )
    tests = tuple(Comparison(text, name, names[0], 1.0, 0.01, 0.02, 1, 0, 1, text) for name in names[1:])
    buckets = tuple(BucketScore(text, text, text, name, 40.0, 2, text) for name in names)
    segments = {(text, name): np.array([10.0 + n, float("nan")]) for n, name in enumerate(names)}
    flags = tuple(Flag(name, n, text, text, 0.5, 0.25) for n, name in enumerate(names))  # one beyond the end
    made_by = {text: text}
    return Scoreboard(
        testset, (text,), scores, tests, buckets, segments, flags, frozenset({"TER"}), (text,), made_by
    )  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_forges_a_line_of_the_terminal(text: str) -> None:
    lines = list(scoreboard_lines(with_text(text)))
    for line in lines:
        assert not re.search("[\x00-\x1f\x7f-\x9f\u2028\u202e\ud800]", line), line
        assert not line.lstrip().startswith(("::", "##[")), line
        assert columns(line) <= 120, line


@given(st.text(max_size=80), st.integers(10, 60))
def test_lines_fit(text: str, width: int) -> None:
    assert columns(cut(text, width)) <= width
    lines = list(wrapped(text, width))
    assert all(columns(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_many_metrics_stand_in_several_tables() -> None:
    names = [f"river-{'x' * 40}-{n}" for n in range(3)]
    metrics = tuple(f"metric {n}" for n in range(9))
    scores = tuple(Score(m, 50.0 + n, "nrefs:1", (48.0, 52.0), 1, "quality", name, "r")
                   for m in metrics for n, name in enumerate(names))  # fmt: skip
    made = Scoreboard(TestSet({n: ("茶",) for n in names}, (("茶",),), ("r",), "zh"), metrics, scores)
    lines = list(scoreboard_lines(made))
    assert all(columns(line) <= 120 for line in lines)
    heads = [line.split() for line in lines if line.startswith("1 segment")]
    assert len(heads) == 2 and [word for head in heads for word in head if word.isdigit()] == [
        "1",
        *"012345",
        "1",
        *"678",
    ]
    assert sum("›52.0 ± 2.0" in line for line in lines) == 2


def test_markdown_whole() -> None:
    made = replace(small(41.2, 42.5, p=0.004), notes=("a | b",))
    assert scoreboard_markdown(made) == (
        "**b is better than a: BLEU +1.3, p = .004 after Holm.**\n\n"
        "| System | BLEU |\n|---|--:|\n| a | 41.2 |\n| b | **42.5**\\*\\* |\n\n"
        "2 segments; the best value of a metric is bold; \\* p \\< .05, \\*\\* p \\< .01 against a "
        "(approximate randomisation, Holm).\n\n"
        "- BLEU (scores): `nrefs:1`\n- BLEU (comparisons): `ar:10|x`\n\n"
        "## Comparisons (approximate randomisation)\n\n"
        "| System | Against | Metric | Difference | p | After Holm | Better | Worse | As good |\n"
        "|---|---|---|--:|--:|--:|--:|--:|--:|\n"
        "| b | a | BLEU | +1.3 | .002 | .004\\*\\* | 1 | 0 | 1 |\n\n"
        "## What the figures do not say\n\n"
        + "".join(f"- {text}\n" for text in caveats(made))
        + "- a \\| b\n"
    )  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_makes_a_row_or_a_cell(text: str) -> None:
    plain, hostile = (scoreboard_markdown(with_text(each)).split("\n") for each in ("tea", text))
    assert len(plain) == len(hostile)
    for one, other in zip(plain, hostile, strict=True):
        if one.startswith("|"):
            pipes = [len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) for line in (one, other)]
            assert pipes[0] == pipes[1], other
        assert other.startswith(("|", "-", "#", "*", "    -", "2 segments")) or not other


def test_latex_whole() -> None:
    assert scoreboard_latex(small(50, 40, p=0.02, lower=True)) == (
        "% \\usepackage{booktabs}\n\\begin{table}\n\\centering\n\\begin{tabular}{lr}\n\\toprule\n"
        "System & TER $\\downarrow$ \\\\\n\\midrule\na & 50.0 \\\\\nb & \\textbf{40.0}$^{*}$ \\\\\n\\bottomrule\n"
        "\\end{tabular}\n\\caption{2 segments; the best value of a metric is bold; * p \\textless{} .05, ** p "
        "\\textless{} .01 against a (approximate randomisation, Holm). TER (scores): \\texttt{nrefs:1}; TER "
        "(comparisons): \\texttt{ar:10\\textbar{}\\allowbreak{}x}.}\n\\end{table}\n"
    )
    assert "80.6} {\\small $\\pm$ 2.4} &" in scoreboard_latex(board())
    assert "81.0$^{**}$ {\\small $\\pm$ 2.4} \\\\" in scoreboard_latex(board())


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_a_command_of_latex(text: str) -> None:
    allowed = r"\\(?:text\w+\{\}|[#$%&_{}])|\$-\$|\$\\pm\$|\{[\[\]]\}"
    rest = re.sub(allowed, "", tex(text))
    assert not re.search(r"[\\#$%&_{}~^|<>\"`\x00-\x1f]", rest)
    plain, hostile = scoreboard_latex(with_text("tea")), scoreboard_latex(with_text(text))
    assert plain.count("\n") == hostile.count("\n") and hostile.count(r"\end{table}") == 1


def test_json_has_it_all() -> None:
    text = scoreboard_json(board())
    made = json.loads(text)
    assert list(made) == [
        *("verdict", "segments", "target", "references", "lower_is_better", "systems", "comparisons", "buckets"),
        *("flags", "notes", "made_by"),
    ]
    assert [system["name"] for system in made["systems"]] == ["harbour", "ferry-2", "小舟"]
    assert made["systems"][0]["scores"][0] == {
        **{"metric": "BLEU", "value": 80.56554, "interval": [78.06554, 82.86554], "signature": BLEU, "n": 40},
        **{"kind": "quality", "reference": "teahouse.zh", "note": ""},
    }
    assert made["comparisons"][0] == {
        **{"metric": "BLEU", "system": "ferry-2", "baseline": "harbour", "difference": -48.072843, "p": 0.002},
        **{"p_holm": 0.004, "wins": 2, "losses": 38, "ties": 0, "signature": BLEU},
    }
    assert made["flags"][1] == {
        **{"system": "小舟", "segment": 1, "place": "2", "kind": "untranslated", "reason": "the source stands here"},
        "precision": 0.97,
        "length_precision": 0.5,
    }
    assert (len(made["buckets"]), made["made_by"], made["segments"]) == (6, {"duizhao": "0.0", "target": "zh"}, 40)
    assert "小舟" in text and text == scoreboard_json(board())


def test_what_is_no_number_is_null() -> None:
    nan = float("nan")
    made = small(41.2, nan)
    made = replace(made, scores=(made.scores[0], replace(made.scores[1], interval=(nan, float("inf")))))
    read = json.loads(scoreboard_json(made), parse_constant=pytest.fail)
    assert [s["scores"][0]["value"] for s in read["systems"]] == [41.2, None]
    assert read["systems"][1]["scores"][0]["interval"] == [None, None]
    out = io.StringIO()
    write_scoreboard_csv(out, made)
    assert out.getvalue().split("\n")[2] == "b,BLEU,,,,2,quality,r,,,,,,,,nrefs:1,"
    assert not any(re.search("nan|inf", line) for line in scoreboard_lines(made))


@pytest.mark.parametrize("text", HOSTILE)
def test_json_comes_back(text: str) -> None:
    made = scoreboard_json(with_text(text))
    made.encode("utf-8")
    read = json.loads(made)
    assert read["systems"][2]["name"] == f"{text}2" and read["notes"] == [text] and read["made_by"] == {text: text}
    assert read["flags"][2]["place"] == "3"


def test_csv_whole() -> None:
    out = io.StringIO()
    made = small(41.2, 42.5, p=0.004)
    made = replace(made, scores=(made.scores[0], replace(made.scores[1], interval=(40.0, 44.5), note="few")))
    assert write_scoreboard_csv(out, made) == 2
    assert out.getvalue() == (
        "system,metric,value,low,high,n,kind,reference,baseline,difference,p,p_holm,wins,losses,ties,signature,note\n"
        "a,BLEU,41.2,,,2,quality,r,,,,,,,,nrefs:1,\n"
        "b,BLEU,42.5,40.0,44.5,2,quality,r,a,1.3,0.002,0.004,1,0,1,nrefs:1,few\n"
    )


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_csv_comes_back(text: str) -> None:
    out = io.StringIO(newline="")
    write_scoreboard_csv(out, with_text(text))
    rows = list(csv.DictReader(io.StringIO(out.getvalue(), newline="")))
    assert [(row["system"], row["signature"], row["note"]) for row in rows] == [
        (f"{text}{n}", text, text) for n in range(3)
    ]
    assert tuple(rows[0]) == COLUMNS


def workbook(made: Scoreboard) -> bytes:
    handle = io.BytesIO()
    write_scores_xlsx(handle, made)
    return handle.getvalue()


def rows(data: bytes, sheet: str) -> list[dict[str, Any]]:
    header, *others = openpyxl.load_workbook(io.BytesIO(data))[sheet].iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in others]


def test_workbook_whole() -> None:
    data = workbook(board())
    assert openpyxl.load_workbook(io.BytesIO(data)).sheetnames == [
        "Scores",
        "Comparisons",
        "Buckets",
        "Segments",
        "Notes",
    ]
    scores = rows(data, "Scores")
    assert scores[2] == {
        **{"system": "ferry-2", "metric": "BLEU", "value": 32.492697, "low": 29.992697, "high": 34.792697},
        **{"segments": 40, "less baseline": -48.072843, "p after Holm": 0.004, "kind": "quality"},
        **{"reference": "teahouse.zh", "signature": BLEU, "note": None},
    }
    assert rows(data, "Comparisons")[0]["better"] == 2 and len(rows(data, "Buckets")) == 6
    segments = rows(data, "Segments")
    assert segments[0] == {
        **{"place": "1", "record": "tale-1", "tag": "river", "system": "小舟", "BLEU": 0, "TER": 120},
        **{"hypothesis": None, "reference teahouse.zh": "黎明时分，水獭走过石桥。"},
        **{"source": "At dawn, the otter crosses the stone bridge.", "flags": "empty: nothing here"},
    }
    assert len(segments) == 120 and [s["BLEU"] for s in segments] == sorted(s["BLEU"] for s in segments)
    notes = rows(data, "Notes")
    assert [note["what"] for note in notes] == [
        "verdict",
        *["not said"] * len(caveats(board())),
        "note",
        "duizhao",
        "target",
    ]


def test_the_worst_are_listed_and_the_rest_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(score_xlsx, "MOST_SEGMENTS", 5)
    monkeypatch.setattr(score_xlsx, "ROWS", 2)
    data = workbook(board())
    names = openpyxl.load_workbook(io.BytesIO(data)).sheetnames
    assert [n for n in names if n.startswith("Segments")] == ["Segments", "Segments 2", "Segments 3"]
    assert [len(rows(data, name)) for name in ("Segments", "Segments 2", "Segments 3")] == [2, 2, 1]
    notes = [row["text"] for name in names if name.startswith("Notes") for row in rows(data, name)]
    assert "The worst 5 hypotheses are listed, 115 are left out." in notes


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_stay_texts(text: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        data = workbook(with_text(text))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in archive.namelist():
            assert not re.search(rb"<f[ >]|<hyperlink|t=\"e\"", archive.read(part)), part
            assert not ("rels" in part and b"http://example" in archive.read(part)), part
    wanted = text.replace("\ud800", "⟨U+D800⟩")
    for sheet, column in (
        ("Scores", "note"),
        ("Comparisons", "metric"),
        ("Buckets", "bucket"),
        ("Segments", "hypothesis"),
    ):
        first = read_xlsx(data, "a.xlsx", sheet).rows[0]
        cell = {cell.name: cell.text for cell in first}[column]
        assert cell == wanted or (len(text) > 20_000 and text.startswith(cell.partition("…[+")[0])), (sheet, column)


def test_same_bytes() -> None:
    assert workbook(board()) == workbook(board())


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    texts = [t for t in HOSTILE if len(t) < 100 and not re.search("[\x00-\x1f\x7f\ufffe\uffff\u2028\u202e\ud800]", t)]
    scores = tuple(Score("BLEU", float(n), text, None, 2, "quality", text, "r") for n, text in enumerate(texts))
    (tmp_path / "a.xlsx").write_bytes(workbook(replace(small(), scores=scores)))
    options = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,false,true,false,false,1"
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    done = subprocess.run(
        ["soffice", home, "--headless", "--convert-to", options, "--outdir", str(tmp_path), str(tmp_path / "a.xlsx")],
        capture_output=True,
        timeout=120,
        check=False,
    )
    (made,) = tmp_path.glob("*.csv")
    assert done.returncode == 0
    lines = made.read_text(encoding="utf-8")
    read = list(csv.DictReader(io.StringIO(lines)))
    assert [(row["system"], row["signature"]) for row in read] == [(text, text) for text in texts]
    assert all(f'"{text}"' in lines for text in ("=1+1", "#N/A", "007", "TRUE", "1e5"))  # quoted: texts, not values
    assert re.match(r'"=1\+1","BLEU",0(\.0)?,', lines.split("\n")[1])  # numbers, not texts


@pytest.mark.parametrize(
    ("hypothesis", "reference", "target", "html"),
    [
        ("海狗喝茶。", "水獭喝茶。", "zh", "<mark>海狗</mark>喝茶。"),
        ("水獭喝茶。", "水獭在桥上喝茶。", "zh", '水獭<i class="gap"></i>喝茶。'),
        ("", "茶", "zh", '<i class="gap"></i>'),
        ("茶", "", "zh", "<mark>茶</mark>"),
        ("A tall bridge", "A bridge", "en", "A <mark>tall </mark>bridge"),
        ("A <b> 𠀀😀\u202e", "A", "en", "A<mark> &lt;b&gt; 𠀀😀⟨U+202E⟩</mark>"),
        ("x" * 1501, "x" * 1501, "en", "x" * 1500 + "…[+1]"),
    ],
)
def test_words_that_differ_are_marked(hypothesis: str, reference: str, target: Any, html: str) -> None:
    assert str(marked_against(hypothesis, reference, target)) == html


@given(st.text("茶水獭 ab,.", max_size=30), st.text("茶水獭 ab,.", max_size=30), st.sampled_from(["zh", "en"]))
def test_marks_change_no_text(hypothesis: str, reference: str, target: Any) -> None:
    html = str(marked_against(hypothesis, reference, target))
    assert re.sub("<[^>]*>", "", html) == hypothesis
    assert ("<mark>" in html or "gap" in html) == (hypothesis != reference)


def test_the_nearest_reference() -> None:
    assert nearest("水獭喝茶", ["老船夫过桥", "水獭喝水"], "zh") == "水獭喝水"
    assert nearest("苍鹭", ["老船夫过桥", "水獭喝水"], "zh") == "老船夫过桥"


def test_lists_of_segments() -> None:
    lists, cards = chosen_segments(board())
    assert [(each.title, len(each.rows), each.wanted) for each in lists] == [
        ("ferry-2 better than harbour", 2, 2),
        ("harbour better than ferry-2", 38, 38),
        ("harbour better than 小舟", 40, 40),
        ("Low for every system", 20, 20),
        ("Flagged: empty", 4, 4),
        ("Flagged: untranslated", 3, 3),
    ]
    gains = [float(row.value) for row in lists[2].rows]
    assert gains == sorted(gains, reverse=True) and gains[0] == 100.0
    assert [card.segment for card in cards] == list(range(40))
    assert cards[0].values == "100.0000 48.0000 0.0000" and [side.system for side in cards[0].sides] == list(
        board().testset.systems
    )
    assert cards[0].sides[2].flags == (("empty", "nothing here"),) and cards[0].sides[2].text == ""


def test_lower_is_better_turns_the_lists() -> None:
    made = board()
    only = {key: values for key, values in made.segments.items() if key[0] == "TER"}
    lists, _ = chosen_segments(replace(made, segments=only))
    assert [(each.title, len(each.rows)) for each in lists[:2]] == [
        ("ferry-2 better than harbour", 2),
        ("harbour better than ferry-2", 38),
    ]
    assert lists[0].rows[0].value == "−13.4" and lists[0].rows[0].segment == 29


def test_one_system_has_its_worst_and_its_best() -> None:
    made = board(200)
    testset = replace(made.testset, systems={"ferry-2": made.testset.systems["ferry-2"]})
    lists, cards = chosen_segments(replace(made, testset=testset, comparisons=(), flags=(), scores=made.scores[2:4]))
    assert [(each.title, len(each.rows)) for each in lists] == [("ferry-2: the worst", 50), ("ferry-2: the best", 20)]
    values = made.segments["BLEU", "ferry-2"]
    assert lists[0].rows[0].segment == int(np.argmin(values)) and lists[1].rows[0].segment == int(np.argmax(values))
    assert len(cards) == 70


def test_little_room_is_shared_by_the_lists() -> None:
    lists, cards = chosen_segments(board(), budget=9_000)
    assert all(0 < len(each.rows) < each.wanted or each.wanted < 6 for each in lists)
    assert {row.segment for each in lists for row in each.rows} == {card.segment for card in cards}


def test_of_many_systems_a_segment_shows_those_it_was_chosen_for() -> None:
    made = board()
    names = [f"raft-{n}" for n in range(8)]
    texts = list(made.testset.systems.values())
    testset = replace(made.testset, systems={name: texts[n % 3] for n, name in enumerate(names)})
    segments = {("BLEU", name): list(made.segments.values())[2 * (n % 3)] for n, name in enumerate(names)}
    _, cards = chosen_segments(Scoreboard(testset, ("BLEU",), (), segments=segments))
    assert all(len(card.sides) + card.hidden == 8 for card in cards)
    assert cards[2].sides[0].system == "raft-0" and min(card.hidden for card in cards) > 0


def test_segments_without_a_score_are_in_no_list() -> None:
    made = board()
    values = {key: np.where(np.arange(40) == 3, np.nan, array) for key, array in made.segments.items()}
    lists, _ = chosen_segments(replace(made, segments=values))
    assert 3 not in {row.segment for each in lists for row in each.rows}


@pytest.mark.parametrize(
    ("changes", "begins"),
    [
        ({}, ["There is one reference.", "No interval was worked out"]),
        ({"kind": "agreement"}, ["Agreement compares two", "There is one reference.", "No interval"]),
        ({"kind": "back-translation"}, ["A back-translation", "There is one reference.", "No interval"]),
        ({"interval": (40.0, 43.0)}, ["There is one reference.", "± is half the width"]),
    ],
)
def test_what_the_figures_do_not_say(changes: dict[str, Any], begins: list[str]) -> None:
    made = small(41.2)
    made = replace(made, scores=(replace(made.scores[0], **changes),))
    told = caveats(made)
    assert len(told) == len(begins) + 1
    assert all(text.startswith(begin) for text, begin in zip(told, begins, strict=False))
    assert told[-1].startswith("Characters of the translation to one of the reference: a 1.00.")
    more = [text[:12] for text in caveats(replace(board(), scores=()))]
    assert more == ["There is one", "p is the cha", "The score of", "Flags ask a ", "Characters o"]
