"""Bad inputs, rows 52–60 of docs/faults.md: test sets and files that should go line by line, and their scores."""

import io
import json
import math
import re
import sys
import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF

from duizhao.align.segmentation import sentences_en
from duizhao.corpora import ConfigError, InputError, Termbase
from duizhao.corpora.store_rows import read_tables
from duizhao.corpora.store_schema import TABLES
from duizhao.main import main
from duizhao.metrics import (
    Bleu,
    Chrf,
    Ter,
    TestSet,
    audit,
    check_testset,
    choose_metrics,
    score_testset,
    score_texts,
)
from duizhao.metrics.row_steps import with_drift
from duizhao.part_steps import piece_files
from duizhao.part_steps import read as read_parts
from duizhao.pipeline import build_corpus
from duizhao.reports import write_jsonl
from duizhao.reports.jsonl import scores_json

PACKAGES = ("corpora", "align", "metrics", "reports", "cli")
THINGS = {
    **{"otters": "海獭", "seals": "海豹", "boats": "小船", "stones": "石头", "bridges": "桥", "lamps": "灯"},
    **{"letters": "信", "kettles": "水壶", "gardens": "花园", "ropes": "绳子", "bells": "铃", "maps": "地图"},
}
VERBS = [("counted", "数了"), ("carried", "搬了"), ("washed", "洗了"), ("sold", "卖了")]
RAIN_EN, RAIN_ZH = " before the rain came over the hills in the evening", "，然后傍晚的雨从山那边下了过来"
EN, ZH = (
    [
        texts[side] % {"n": 7 * k + 13}
        for k in range(40)
        for (en, zh), (do, zuo) in [(list(THINGS.items())[k % 12], VERBS[k % 4])]
        for texts in [
            (f"We {do} %(n)s {en}{RAIN_EN * (k % 3 == 0)}.", f"我们{zuo}%(n)s个{zh}{RAIN_ZH * (k % 3 == 0)}。")
        ]
    ]
    for side in (0, 1)
)
AT = 20  # where a line is lost or comes in between
SHIFTED = [*ZH[:AT], "今天没有别的事情。", *ZH[AT:-1]]

Run = Callable[[str], tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line, in a folder of its own: exit code, output, error output."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("signal.signal", lambda *_: None)  # pytest keeps its own handlers
    for name, lines in (("page.en", EN), ("human.zh", ZH), ("ours.zh", [zh.replace("我们", "咱们") for zh in ZH])):
        write(name, lines)

    def call(line: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main(line.split())
            raise SystemExit(0)
        shown = capsys.readouterr()
        assert isinstance(left.value.code, int)
        return left.value.code, shown.out, shown.err

    return call


def write(name: str, lines: list[str]) -> None:
    Path(name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def write_table(name: str, en: list[str], zh: list[str]) -> None:
    write(name, ["en\tzh", *("\t".join(row) for row in zip(en, zh, strict=True))])


def of(hypotheses: list[str], references: list[str], sources: list[str] | None = None) -> TestSet:
    given = None if sources is None else tuple(sources)
    return TestSet({"ours": tuple(hypotheses)}, (tuple(references),), ("human",), "zh", given)


def found_in(name: str) -> list[tuple[str, str, int]]:
    """Rule, severity and line of each finding in a file, as far as the text settles them."""
    corpus = build_corpus([name])
    audited = audit(corpus.documents, corpus.records, corpus.pairs, Termbase((), "none"), locators=None)
    return [(each.rule, each.severity, each.line) for each in audited.findings]


def test_fault_52_numbers_of_lines_that_differ(run: Run) -> None:
    write("short.zh", [*ZH[:AT], *ZH[AT + 1 :]])
    drift = "The two drift apart from line 21 on (length and numbers stop matching): look there."
    said = f"short.zh: 39 lines; wanted 40, as human.zh has. {drift}\n"
    assert run("score --hyp short.zh --ref human.zh -o out") == (2, "", said)
    assert not Path("out").exists()
    code, _, err = run("score --hyp human.zh --ref ours.zh --src page.en --metrics bleu --record short.zh")
    assert code == 2 and "39" in err and "40" in err
    # The same asked of the library: sacrebleu itself scores the first two and says 100.
    assert CHRF().corpus_score(ZH[:3], [ZH[:2]]).score == 100
    for ask, wanted in (
        (lambda: score_texts(ZH[:3], ZH[:2], hypothesis="ours", reference="human"), "3 segments against 2 in human"),
        (lambda: score_testset(of(ZH[:3], ZH[:2]), [Chrf()]), "2 segments; wanted 3, as ours has"),
        (lambda: check_testset(of(ZH[:3], ZH[:2])), "3 segments; wanted 2, as human has"),
    ):
        with pytest.raises(InputError, match=wanted):
            ask()


def test_fault_52_nothing_is_zipped_without_saying_how(root: Path) -> None:
    """The linter asks each zip for strict=…, and nowhere is it told not to."""
    told = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]["lint"]
    assert "B" in told["select"] and "B905" not in json.dumps(told)
    sources = [path.read_text(encoding="utf-8") for folder in PACKAGES for path in (root / folder).glob("*.py")]
    assert len(sources) > 300 and not any("B905" in source for source in sources)


def test_fault_52_two_files_to_audit_are_aligned_instead(run: Run) -> None:
    Path("pair").mkdir()
    write("pair/a.en", EN)
    write("pair/a.zh", [*ZH[:AT], *ZH[AT + 1 :]])
    corpus = build_corpus(["pair"])
    assert "40 lines of English and 39 of Chinese: aligned by what they say" in corpus.documents[0].notes
    assert [pair.en for pair in corpus.pairs if not pair.zh] == [(EN[AT],)]  # what was lost, and nothing else
    assert [pair.zh for pair in corpus.pairs if not pair.en] == []


STEP = "English and Chinese are out of step from line {}: the Chinese of a row stands {}"


@pytest.mark.parametrize(
    ("en", "zh", "said"),
    [
        (EN, SHIFTED, STEP.format("22 on", "1 row down")),
        (EN, [*ZH[:AT], *ZH[AT + 2 :], "今天没有别的事情。", "再见。"], STEP.format("22 on", "2 rows up")),
        (EN, [*ZH[:9], "今天没有事。", *ZH[9:29], *ZH[30:]], STEP.format("11 to 30", "1 row down")),
        (EN, ZH, ""),
        (EN, ["今天没有别的事情。"] * 40, ""),  # wrong, but not out of step
        (EN[:12], SHIFTED[14:26], ""),  # too few to tell
    ],
)
def test_fault_53_off_by_one_from_a_line_on(run: Run, en: list[str], zh: list[str], said: str) -> None:
    write_table("all.tsv", en, zh)
    (document,) = build_corpus(["all.tsv"]).documents
    assert [note for note in document.notes if "step" in note] == [said] * bool(said)


def test_fault_53_is_said_by_every_command_that_reads_rows(run: Run) -> None:
    write_table("all.tsv", EN, SHIFTED)
    _, out, err = run("build all.tsv -o out")
    assert STEP.format("22 on", "1 row down") in out + err
    settings = {"cwd": ".", "corpus": "", "files": [["all.tsv"]], "reading": {}, "characters": 1_000}
    Path("parts").mkdir()
    read_parts(settings, [], [Path("parts")])  # a big input, in parts: each knows of its document
    assert len(list(Path("parts").iterdir())) > len(TABLES)
    (document,) = read_tables(piece_files(Path("parts"), 0)).documents
    assert STEP.format("22 on", "1 row down") in document.notes
    Path("pair").mkdir()
    write("pair/a.en", EN)
    write("pair/a.zh", SHIFTED)
    _, out, err = run("build pair -o two")  # two files have no header: their lines are the rows
    assert STEP.format("21 on", "1 row down") in out + err
    write("late.zh", [line.replace("我们", "咱们") for line in SHIFTED])
    code, out, _ = run("score --hyp late.zh --ref human.zh --metrics chrf --no-confidence")
    assert code == 0 and "late is out of step with human.zh from 21 on: the match stands 1 before." in out


def test_fault_53_texts_of_a_page_are_no_rows(run: Run) -> None:
    write("page.txt", ["1、[CL] Otters Carry Fresh Shells Home Today", "水獭把新鲜的贝壳带回家", ZH[0], EN[0]])
    corpus = build_corpus(["page.txt"])
    assert with_drift(corpus.documents[0], corpus.records) is corpus.documents[0]


def test_fault_54_an_empty_side(run: Run) -> None:
    gaps = ["" if k in (4, 9) else zh for k, zh in enumerate(ZH)]
    write_table("gaps.tsv", EN, gaps)
    assert found_in("gaps.tsv") == [("C003", "warning", 6), ("C003", "warning", 11)]
    write("gaps.zh", gaps)
    code, out, _ = run("score --hyp gaps.zh --ref human.zh --no-confidence")
    wanted = [BLEU(tokenize="zh").corpus_score(gaps, [ZH]).score, CHRF().corpus_score(gaps, [ZH]).score]
    assert code == 0 and [f"{value:.1f}" for value in wanted] == [line.split(" ")[1] for line in out.split("\n")[:2]]
    assert "40 segments" in out and "Empty hypotheses, scored as written: 2 of 40 in gaps (at 5, 10)." in out


def test_fault_55_english_copied_into_the_chinese(run: Run) -> None:
    copied = [EN[k] if k in (4, 9) else zh for k, zh in enumerate(ZH)]
    write_table("copied.tsv", EN, copied)
    assert found_in("copied.tsv") == [("C003", "warning", 6), ("C003", "warning", 11)]
    write("copied.zh", copied)
    code, out, _ = run("score --hyp copied.zh --ref human.zh --src page.en --metrics chrf --no-confidence")
    assert code == 0 and "Hypotheses equal to their source (untranslated?): 2 of 40 in copied (at 5, 10)." in out
    assert 0 < float(out.split(" ")[1]) < 95
    # All of it: no score of English against English, which would be 100, is to be had.
    write("all.zh", EN)
    write("ref.zh", EN)
    for hyp, ref, found in (
        ("all.zh", "human.zh", "all: English in 40 of 40 segments; wanted Chinese, as the references are."),
        ("ours.zh", "ref.zh", "ours: Chinese in 40 of 40 segments; wanted English, as the references are."),
        ("all.zh", "ref.zh", "ref.zh: the text of the source in 40 of 40 segments; wanted its translation."),
    ):
        code, out, err = run(f"score --hyp {hyp} --ref {ref} --src page.en --metrics chrf")
        assert (code, out) == (2, "") and err.startswith(found), err


def test_fault_56_doubled_and_contradictory_segments(run: Run) -> None:
    sources = [*EN[:20], *EN[:3], *EN[23:]]
    told = [note for note in check_testset(of(ZH, ZH, sources)) if "Repeated" in note]
    assert told == [
        "Repeated sources: 3 (at 21, 22, 23), translated otherwise than the first time: 3 in human and ours."
    ]
    same = [*ZH[:20], *ZH[:3], *ZH[23:]]
    told = [note for note in check_testset(of(same, same, sources)) if "Repeated" in note]
    assert told == ["Repeated sources: 3 (at 21, 22, 23)."]
    # In a corpus they are kept, and flagged with the reason; a contradiction is no duplicate.
    write_table("all.tsv", [*EN[:12], EN[3], EN[4], EN[3]], [*ZH[:12], ZH[3], ZH[4].replace("桥", "石桥"), ZH[3]])
    code, out, err = run("filter all.tsv -o out")
    assert code == 0 and "Kept 13 of 15 pairs" in out + err
    assert [line.split()[:2] for line in (out + err).split("\n") if "duplicate " in line] == [["duplicate", "2"]]


def test_fault_57_chinese_without_a_tokeniser_for_it(run: Run) -> None:
    # 0 instead of 80: what sacrebleu's default makes of Chinese sentences.
    short = [zh.replace("我们", "咱们").rstrip("。") + "啊。" for zh in ZH]
    assert BLEU().corpus_score(short, [ZH]).score < 1 < 50 < BLEU(tokenize="zh").corpus_score(short, [ZH]).score
    write("short.zh", short)
    for name in ("13a", "intl", "none"):
        code, out, err = run(f"score --hyp short.zh --ref human.zh --tokenize {name}")
        assert (code, out) == (2, "") and f"{name}, which makes one word of a Chinese sentence" in err
        with pytest.raises(ConfigError, match="one word of a Chinese sentence"):
            score_testset(of(short, ZH), [Bleu(tokenize=name)])
        with pytest.raises(ConfigError, match="one word of a Chinese sentence"):
            score_testset(of(short, ZH), choose_metrics(["bleu"], of(short, ZH), tokenize=name))
    with pytest.raises(ConfigError, match="one word for a Chinese sentence"):
        score_testset(of(short, ZH), [Ter()])
    code, out, _ = run("score --hyp short.zh --ref human.zh --metrics bleu --no-confidence")
    assert code == 0 and f"BLEU {BLEU(tokenize='zh').corpus_score(short, [ZH]).score:.1f} " in out and "|tok:zh|" in out
    with pytest.raises(TypeError):
        Bleu()  # type: ignore[call-arg]  # there is no default to be wrong


def test_fault_58_one_short_sentence(run: Run) -> None:
    write("one.zh", ["热茶"])
    write("ref.zh", ["热茶"])
    code, out, _ = run("score --hyp one.zh --ref ref.zh")
    bleu, chrf, *_ = out.split("\n")
    assert code == 0 and bleu.startswith("BLEU 100.0  ") and chrf.startswith("chrF 100.0  ")  # no interval of one
    assert "|eff:yes|" in bleu  # without it BLEU of two characters is nought, whatever they are
    assert BLEU(tokenize="zh").corpus_score(["热茶"], [["热茶"]]).score == 0
    assert bleu.endswith("fewer than 10 segments: too few for a corpus score")
    few = of(["热茶"] * 12, ["热茶"] * 12)
    assert "12 of 12 references have fewer than 4 tokens: BLEU counts runs of 4 and says little of them." in (
        check_testset(few)
    )


ODD = st.text(st.sampled_from("水獭tea 9.。\t\u3000"), max_size=6)


@settings(max_examples=20)
@given(st.lists(st.tuples(ODD, ODD, ODD), min_size=1, max_size=12), st.sampled_from(["bs", "ar", None]))
def test_fault_59_scores_are_numbers(rows: list[tuple[str, str, str]], paired: str | None) -> None:
    ours, theirs, human = (tuple(texts) for texts in zip(*rows, strict=True))
    testset = TestSet({"a": ours, "b": theirs}, (human,), ("human",), "zh")
    metrics = [Bleu(tokenize="zh"), Chrf(word_order=2), Ter(normalized=True, asian_support=True)]
    board = score_testset(testset, metrics, paired=paired, trials=20)  # type: ignore[arg-type]
    numbers = [
        *(number for score in board.scores for number in (score.value, *(score.interval or ()))),
        *(number for each in board.comparisons for number in (each.difference, each.p, each.p_holm)),
    ]
    assert len(board.scores) == 6 and all(map(math.isfinite, numbers))
    assert json.loads(scores_json(board.scores), parse_constant=lambda name: pytest.fail(name))


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_fault_59_no_file_holds_what_is_no_number(number: float) -> None:
    (score, *_) = score_texts(ZH[:2], ZH[:2], hypothesis="a", reference="b")
    for broken in (replace(score, value=number), replace(score, interval=(0.0, number))):
        with pytest.raises(ValueError, match="not JSON compliant"):
            scores_json([broken])
        with pytest.raises(ValueError, match="not JSON compliant"):
            write_jsonl(io.StringIO(), [broken])


def test_fault_60_nltk_and_its_data_are_not_asked_for(root: Path) -> None:
    """sacrebleu and nltk are what the tests compare with; the program has its own."""
    told = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert [each for each in told["dependencies"] if "nltk" in each] == []
    imported = re.compile(r"(?m)^\s*(?:import|from) nltk\b|import_module\(.nltk")
    sources = {path.name: path.read_text(encoding="utf-8") for each in PACKAGES for path in (root / each).glob("*.py")}
    assert [name for name, source in sources.items() if imported.search(source)] == []


def test_fault_60_sentences_and_scores_without_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "nltk", None)  # an import of it fails
    monkeypatch.setenv("NLTK_DATA", str(tmp_path))
    assert len(sentences_en("We met Dr. Li. He slept.")) == 2
    (bleu, _) = score_texts(["两只水獭喝茶。"], ["两只水獭喝热茶。"], hypothesis="a", reference="b")
    wanted = BLEU(tokenize="zh", effective_order=True).corpus_score(["两只水獭喝茶。"], [["两只水獭喝热茶。"]]).score
    assert bleu.value == pytest.approx(wanted)
