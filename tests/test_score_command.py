"""`duizhao score` as a user meets it: what it says, what it writes, what it refuses."""

import json
import sys
from pathlib import Path

import pytest
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER

from duizhao import __version__
from duizhao.main import main

REFERENCE = [f"第{k}只海獭在{k + 3}号桥下喝了热茶，然后游回家。" for k in range(14)]
GOOD = [text.replace("热茶", "茶") for text in REFERENCE]
POOR = [text.replace("海獭在", "水獭于").replace("游回家", "回到家里") for text in REFERENCE[::-1]][::-1]
SOURCE = [f"Otter {k} drank hot tea under bridge {k + 3} and then swam home." for k in range(14)]
ENGLISH = [f"The otter {k} had hot tea below bridge {k + 3}, then swam back home." for k in range(14)]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DUIZHAO_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("signal.signal", lambda *_: None)  # pytest keeps its own handlers
    for name, lines in (("human.zh", REFERENCE), ("good.zh", GOOD), ("poor.zh", POOR), ("page.en", SOURCE)):
        (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    (tmp_path / "kept.txt").write_text("\n".join(SOURCE) + "\n", encoding="utf-8")
    (tmp_path / "other.en").write_text("\n".join(ENGLISH) + "\n", encoding="utf-8")
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], line: str | list[str]) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as left:
        main(["score", *(line.split() if isinstance(line, str) else line)])
        raise SystemExit(0)
    shown = capsys.readouterr()
    assert isinstance(left.value.code, int)
    return left.value.code, shown.out, shown.err


def test_a_chinese_file_and_its_reference_need_no_option(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "--hyp good.zh --ref human.zh")
    bleu, chrf = BLEU(tokenize="zh"), CHRF()
    wanted = [metric.corpus_score(GOOD, [REFERENCE], n_bootstrap=1000) for metric in (bleu, chrf)]
    lines = out.split("\n")
    assert (code, err) == (0, "")
    for line, score, metric in zip(lines, wanted, (bleu, chrf), strict=False):
        low, high = score._mean - score._ci, score._mean + score._ci
        assert line.startswith(f"{score.name.replace('2', '')} {score.score:.1f} [{low:.1f}, {high:.1f}]  quality: ")
        assert line.endswith(f"{metric.get_signature()}|duizhao:{__version__}")
    assert "14 segments" in lines[0]


def test_english_is_scored_as_english(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "--hyp other.en --ref page.en --metrics bleu,ter")
    assert f"BLEU {BLEU().corpus_score(ENGLISH, [SOURCE]).score:.1f} " in out and "tok:13a" in out
    assert f"TER {TER().corpus_score(ENGLISH, [SOURCE]).score:.1f} " in out and "norm:no" in out


def test_json_is_a_list_of_systems(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = "--hyp good.zh poor.zh --ref human.zh --metrics bleu,chrf++,ter --paired ar --trials 200 --format json"
    code, out, _ = run(capsys, line)
    board = json.loads(out)
    assert code == 0 and [system["name"] for system in board["systems"]] == ["good", "poor"]
    theirs = [BLEU(tokenize="zh"), CHRF(word_order=2), TER(normalized=True, asian_support=True)]
    for system, texts in zip(board["systems"], (GOOD, POOR), strict=True):
        assert [score["metric"] for score in system["scores"]] == ["BLEU", "chrF++", "TER"]
        for score, metric in zip(system["scores"], theirs, strict=True):
            assert score["value"] == pytest.approx(metric.corpus_score(texts, [REFERENCE]).score, abs=1e-6)
            assert score["interval"][0] <= score["value"] <= score["interval"][1] and score["n"] == 14
    assert [(test["system"], test["baseline"]) for test in board["comparisons"]] == [("poor", "good")] * 3
    assert all("ar:200|seed:12345" in test["signature"] for test in board["comparisons"])


def test_sources_bring_terms_numbers_and_names(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "terms.csv").write_text("en,zh\notter,海獭\nhot tea,热茶\n", encoding="utf-8")
    line = "--hyp good.zh poor.zh --ref human.zh --src page.en --termbase terms.csv --no-termbase --format json"
    _, out, _ = run(capsys, line)
    good, poor = (
        {score["metric"]: score["value"] for score in system["scores"]} for system in json.loads(out)["systems"]
    )
    assert (good["term success"], poor["term success"]) == (50, 50)  # one has the otter, the other the hot tea
    assert good["numbers"] == poor["numbers"] == 100
    assert {"consistency", "consistency/term"} <= good.keys()
    assert "names: nothing to count in these segments." in json.loads(out)["notes"]


def test_several_outputs_at_once_and_a_folder(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = ["all.json", "all.csv", "all.md", "all.tex", "all.html", "all.xlsx", "all.txt", "out"]
    outs = " ".join(f"-o {name}" for name in names)
    assert run(capsys, f"--hyp good.zh poor.zh --ref human.zh --bucket length {outs}")[0] == 0
    assert all((folder / name).exists() for name in names)
    assert sorted(path.name for path in (folder / "out").iterdir()) == [
        *("scoreboard.json", "scores.html", "scores.json", "scores.xlsx"),
    ]
    assert (folder / "out/scoreboard.json").read_bytes() == (folder / "all.json").read_bytes()
    assert [score["hypothesis"] for score in json.loads((folder / "out/scores.json").read_text("utf-8"))["scores"]] == [
        *("good", "good", "poor", "poor"),
    ]
    before = {name: (folder / name).read_bytes() for name in names[:-1]}
    run(capsys, f"--hyp good.zh poor.zh --ref human.zh --bucket length {outs}")
    assert before == {name: (folder / name).read_bytes() for name in names[:-1]}


def test_a_table_by_its_columns(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = ["ours\tthem\thuman", *map("\t".join, zip(GOOD, POOR, REFERENCE, strict=True))]
    (folder / "all.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    plain = run(capsys, "--hyp good.zh poor.zh --ref human.zh --format csv")[1]
    named = run(capsys, "all.tsv --hyp ours them --ref human --format csv")[1]
    values = [[line.split(",")[2:4] for line in each.split("\n")[1:] if line] for each in (plain, named)]
    assert values[0] == values[1] and values[0]
    rows[0] = "hyp_ours\thyp_them\treference"
    (folder / "all.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert run(capsys, "all.tsv")[1].count("tok:zh") >= 1


def test_a_table_without_references_is_looked_at(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = ["en\tzh", *map("\t".join, zip(SOURCE, [*GOOD[:-1], SOURCE[-1]], strict=True))]
    (folder / "pairs.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    code, out, err = run(capsys, "pairs.tsv --hyp zh --src en --metrics numbers --triage")
    assert (code, err) == (0, "") and "untranslated: zh 1 (" in out and "numbers" in out and "nrefs" not in out
    assert run(capsys, "pairs.tsv --hyp zh")[2].startswith("pairs.tsv: none of the columns en and zh is known for ref")


def test_machine_translation_is_a_system_and_kept(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "mt.py").write_text(
        "import sys\nfor line in sys.stdin.buffer:\n"
        "    sys.stdout.buffer.write('海獭喝茶。\\n'.encode())\nopen('calls', 'a').write('x')\n",
        encoding="utf-8",
    )
    command = f"{sys.executable} mt.py"
    line = ["--ref", "human.zh", "--src", "page.en", "--mt", command, "--metrics", "chrf", "--format", "json"]
    first = json.loads(run(capsys, line)[1])
    assert [system["name"] for system in first["systems"]] == [command]
    again = json.loads(run(capsys, line)[1])
    assert (folder / "calls").read_text("utf-8") == "x" and first["systems"] == again["systems"]
    assert any(note.startswith(f"{command}: 14 of 14 segments were translated earlier") for note in again["notes"])
    (folder / "mt.py").write_text("import sys\nsys.stdout.write('茶。\\n' * 14)\n", encoding="utf-8")
    assert json.loads(run(capsys, line)[1])["systems"] != first["systems"]  # another program of the same name


def test_without_a_reference_it_is_translated_back(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "mt.py").write_text(
        "import sys\nfor k, line in enumerate(sys.stdin.buffer):\n"
        "    print(f'Otter {k} drank tea under bridge {k + 3} and swam home.')\n",
        encoding="utf-8",
    )
    line = ["--hyp", "good.zh", "--src", "page.en", "--mt", f"{sys.executable} mt.py", "--metrics", "bleu"]
    code, out, _ = run(capsys, line)
    assert code == 0 and "back-translation: good back against sources" in out and "tok:13a" in out
    assert "there and back" in out


REFUSED = [
    ("", "Give IN…, or --hyp and --ref."),
    ("--hyp good.zh --ref human.zh --tokenize 13a", "--tokenize: 13a, which makes one word of a Chinese sentence"),
    ("--hyp good.zh --ref human.zh --metrics bleu,rouge", "--metrics: rouge; wanted some of bleu, chrf"),
    ("--hyp good.zh --ref human.zh --metrics terms", "--metrics terms: no sources; wanted what was translated"),
    ("--hyp good.zh --ref human.zh --paired bs", "--paired: one system; wanted two or more"),
    ("--hyp good.zh poor.zh --ref human.zh --paired bs --baseline tea", "--baseline: tea; wanted one of good, poor"),
    ("--hyp good.zh --ref human.zh --triage", "--triage: no sources"),
    ("--hyp good.zh", "score: no references and no sources; wanted something to compare with. Name it with --ref;"),
    ("--hyp good.zh --ref human.zh --bucket tag", "--bucket tag: no such label of segments"),
    ("--hyp good.zh --ref human.zh -o board.pdf", "-o: board.pdf; wanted a file ending in .json"),
    ("--hyp good.zh --ref human.zh -o no/board.json", "no/board.json: no place for a file"),
    ("--hyp good.zh --ref human.zh --metrics comet", "--metrics comet: no model"),
    ("--hyp page.en --ref human.zh", "page: English in 14 of 14 segments; wanted Chinese"),
    ("--hyp good.zh --ref human.zh --mt cat", "--mt: no sources; wanted what is to be translated"),
    ("page.en -o all.json", "-o: all.json; wanted a folder, for documents"),
    ("--hyp good.zh --ref human.zh -o kept.txt --src kept.txt", "kept.txt: an input; wanted another file to write."),
    ("page.en --metrics ter", "--metrics goes with --hyp and --ref; documents have no use for it."),
    ("--hyp good.zh poor.zh --ref human.zh --baseline poor", "--baseline and --all-pairs say what --paired compares"),
    ("--hyp good.zh poor.zh --ref human.zh --paired bs --baseline poor --all-pairs", "not both"),
    ("--hyp good.zh --ref human.zh --src poor.zh", "sources: Chinese, the language of the translation, in 14 of 14"),
]


@pytest.mark.parametrize(("line", "message"), REFUSED, ids=[line or "nothing" for line, _ in REFUSED])
def test_refusals(folder: Path, capsys: pytest.CaptureFixture[str], line: str, message: str) -> None:
    before = sorted(path.name for path in folder.iterdir())
    code, out, err = run(capsys, line)
    assert (code, out) == (2, "") and message in err
    assert sorted(path.name for path in folder.iterdir()) == before


def test_help_says_what_scores_do_not(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = run(capsys, "--help")[1]
    assert (
        "What the figures do not say" in out
        and "ranks no systems" in out
        and "ratio of lengths" in " ".join(out.split())
    )


def test_machine_translation_does_not_take_the_place_of_a_system(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "mine.zh").write_bytes((folder / "good.zh").read_bytes())
    code, out, err = run(capsys, "--hyp mine.zh --ref human.zh --src page.en --mt mine")
    assert (code, out) == (2, "") and err.startswith("--mt: a system called 'mine' is there; wanted another name.")


def test_a_share_of_few_has_its_counts_and_no_interval(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    few = [*SOURCE[:3], *(text.replace(str(k), "x").replace(str(k + 3), "y") for k, text in enumerate(SOURCE))][3:]
    few[0] = "Seven otters drank hot tea."
    (folder / "few.en").write_text("\n".join(few) + "\n", encoding="utf-8")
    _, out, _ = run(capsys, "--hyp good.zh --ref human.zh --src few.en --metrics numbers --format json")
    board = json.loads(out)
    (score,) = board["systems"][0]["scores"]
    assert score["interval"] is None and score["note"].endswith("segments") and " of " in score["note"]
    assert "nrefs" not in score["signature"]  # the sources say what is wanted
