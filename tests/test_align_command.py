"""`duizhao align`: what it prints and writes, what goes to standard error, and what it refuses before the work."""

import io
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from duizhao.align.bead_file import Sides, read_beads
from duizhao.main import main

ZH = ["海獭今天把三十二个新鲜的贝壳带回了家。", "它们很累。", "河上的新桥明年完工。"]
EN = [
    "The otters carried 32 fresh shells home today.",
    "They are tired.",
    "The new bridge over the river will be finished next year.",
]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """The command, run in a folder of its own that holds both texts as prose and as lines."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("signal.signal", lambda *_: None)  # pytest keeps its own handlers
    write("zh.txt", "".join(ZH))
    write("en.txt", " ".join(EN))
    write("zh.lines", "\n".join(ZH) + "\n")
    write("en.lines", "\n".join(EN) + "\n")

    def called(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main(["align", *arguments])
            raise SystemExit(0)
        shown = capsys.readouterr()
        assert isinstance(left.value.code, int)
        return left.value.code, shown.out, shown.err

    yield called


def write(name: str, text: str) -> None:
    Path(name).write_text(text, encoding="utf-8", newline="")


def read(name: str) -> str:
    return Path(name).read_bytes().decode("utf-8")


def columns(text: str) -> list[list[str]]:
    """The texts, indices and types of a TSV; what the aligner thinks of them is its own affair."""
    rows = [line.split("\t") for line in text.strip().split("\n")]
    assert rows[0] == ["id", "en", "zh", "probability", "score", "sentences_en", "sentences_zh", "type"]
    assert all(0 <= float(row[k]) <= 1 for row in rows[1:] for k in (3, 4))
    return [[*row[:3], *row[5:]] for row in rows[1:]]


PLAIN = [[str(k + 1), EN[k], ZH[k], str(k), str(k), "1-1"] for k in range(3)]


def test_plain(run: Run) -> None:
    code, out, err = run("zh.txt", "en.txt")
    assert code == 0 and columns(out) == PLAIN
    assert err.startswith("3 beads (3 1-1); unaligned: 0 English, 0 Chinese; mean probability 0.")
    assert err.count("\n") == 1
    assert run("en.txt", "zh.txt") == (code, out, err)
    assert run("zh.lines", "en.lines", "--sentences") == (code, out, err)


def test_lines_are_sentences_and_blank_ones_count(run: Run) -> None:
    write("zh.lines", f"\n{ZH[0]}\n{ZH[1]}\n\n{ZH[2]}\n")
    write("en.lines", f"{EN[0]} {EN[1]}\n  \n{EN[2]}")
    code, out, err = run("zh.lines", "en.lines", "--sentences", "--format", "beads")
    assert (code, out) == (0, "[0]:[]\n[1, 2]:[0]\n[]:[1]\n[3]:[]\n[4]:[2]\n")
    assert err.startswith("2 beads (1 1-1, 1 1-2); unaligned: 0 ") and err.endswith("; 3 blank lines left alone.\n")


def test_with_sentences_no_format_is_seen_in_the_lines(run: Run) -> None:
    write("zh.md", f"# {ZH[0]}\n- {ZH[1]}\n> {ZH[2]}\n")
    write("en.md", f"# {EN[0]}\n- {EN[1]}\n> {EN[2]}\n")
    marks = "#->"
    rows = [[str(k + 1), f"{marks[k]} {EN[k]}", f"{marks[k]} {ZH[k]}", str(k), str(k), "1-1"] for k in range(3)]
    assert columns(run("zh.md", "en.md", "--sentences")[1]) == rows


def test_indices_of_the_first_file_come_first(run: Run) -> None:
    write("zh.lines", f"{ZH[0]}\n{ZH[1]}{ZH[2]}\n")
    beads = "[0]:[0]\n[1]:[1, 2]\n"
    assert run("zh.lines", "en.lines", "--sentences", "--format", "beads")[1] == beads
    assert run("en.lines", "zh.lines", "--sentences", "--format", "beads")[1] == "[0]:[0]\n[1, 2]:[1]\n"
    ladder = run("en.lines", "zh.lines", "--sentences", "--format", "ladder")[1].strip().split("\n")
    assert [line.split("\t")[:2] for line in ladder] == [["0", "0"], ["1", "1"], ["3", "2"]]
    write("gold", beads)
    assert "strict       1.0000    1.0000    1.0000" in run("zh.lines", "en.lines", "--sentences", "--gold", "gold")[1]
    code, out, err = run("en.lines", "zh.lines", "--sentences", "--gold", "gold")
    assert (code, out) == (2, "") and err == (
        "gold: Chinese sentence 2, where the text has 2; wanted beads of these two texts. "
        "Are the sides the other way round?\n"
    )


@pytest.mark.parametrize(
    ("name", "begin"),
    [
        ("a.tsv", "id\ten\tzh\t"),
        ("a.ladder", "0\t0\t0."),
        ("a.jsonl", '{"en": ["The otters'),
        ("a.beads", "[0]:[0]\n[1]:[1]\n"),
        ("a.TMX", '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx'),
        ("a.txt", "[0]:[0]  1-1  0."),
    ],
)
def test_the_ending_says_the_format(run: Run, name: str, begin: str) -> None:
    write(name, "an older file")
    code, out, err = run("zh.txt", "en.txt", "-o", name)
    assert (code, out) == (0, "") and err.startswith("3 beads")
    assert read(name).startswith(begin) and "\r" not in read(name)
    assert sorted(os.listdir()) == sorted([name, "en.lines", "en.txt", "zh.lines", "zh.txt"])
    form = {"a.txt": "text", "a.TMX": "tmx"}.get(name, name.removeprefix("a."))
    assert run("zh.txt", "en.txt", "--format", form)[1] == read(name)
    assert run("zh.txt", "en.txt", "-o", "odd.name", "--format", form)[0] == 0
    assert read("odd.name") == read(name)


def test_json_lines_say_where_it_all_came_from(run: Run) -> None:
    rows = [json.loads(line) for line in run("zh.txt", "en.txt", "--format", "jsonl")[1].strip().split("\n")]
    texts = {"en": read("en.txt"), "zh": read("zh.txt")}
    for row in rows:
        assert row["document"] == "en.txt + zh.txt" and len(row["sha256"]) == 64
        for side, text in texts.items():
            assert [text[a:b] for a, b in row[f"spans_{side}"]] == row[side]


def test_gold(run: Run) -> None:
    write("gold", "[0]:[0]\n[1, 2]:[1, 2]\n")
    code, out, err = run("zh.txt", "en.txt", "--gold", "gold")
    assert (
        code == 0
        and err.startswith("3 beads")
        and out
        == (
            "          precision    recall        F1\n"
            "strict       0.3333    0.5000    0.4000\n"
            "lax          1.0000    1.0000    1.0000\n"
            "links        1.0000    0.6000    0.7500\n"
            "unaligned    0.0000    0.0000    0.0000\n"
            "3 beads against 2 of gold.\n"
            "Right by type (English-Chinese): 1-1 1/1, 2-2 0/1.\n"
        )
    )
    assert run("zh.txt", "en.txt", "--gold", "gold", "-o", "made.beads") == (code, out, err)
    assert read_beads(read("made.beads"), "made.beads") == [Sides((k,), (k,)) for k in range(3)]


def test_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for options, given in (((), read("zh.txt")), (("--sentences",), read("zh.lines"))):
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(given.encode())))
        assert columns(run("-", "en.lines", *options)[1]) == PLAIN


def test_what_reading_assumed_is_said(run: Run) -> None:
    Path("zh.txt").write_bytes("".join(ZH).encode("utf-16"))
    code, out, err = run("zh.txt", "en.txt")
    assert code == 0 and columns(out) == PLAIN
    assert err.split("\n")[0] == "zh.txt: read as UTF-16, as its byte-order mark says."


def test_a_chinese_text_full_of_latin_words(run: Run) -> None:
    write("zh.txt", "".join(f"{line}(The Big Otter Survey)" for line in ZH))
    rows = columns(run("en.txt", "zh.txt")[1])
    assert " ".join(row[1] for row in rows).strip() == " ".join(EN) and "Otter" in rows[0][2]


NOT_BOTH = "not one Chinese and one English text; wanted one of each"
UNREADABLE = "cannot be read (No such file or directory); wanted a readable file"
AN_INPUT = "one of the inputs; wanted another file to write. Name another -o."
NO_PLACE = "no place for a file; wanted a file in a folder that exists. Name another -o."
ENDINGS = "wanted one of .tsv .ladder .jsonl .beads .tmx .txt. Or name a --format."
OTHERS = "wanted beads of these two texts. Are the sides the other way round?"
# Arguments, message; with both texts before the options where these come first.
REFUSED = [
    ("en.txt en.lines", f"en.txt, en.lines: {NOT_BOTH}"),
    ("zh.lines zh.txt", f"zh.lines, zh.txt: {NOT_BOTH}"),
    ("zh.txt no.txt", "no.txt: no such file or folder; wanted a file, a folder or -"),
    ("zh.txt no.txt --sentences", f"no.txt: {UNREADABLE}"),
    ("-o a.pdf", f"a.pdf: the ending '.pdf'; {ENDINGS}"),
    ("-o a", f"a: the ending ''; {ENDINGS}"),
    ("-o en.txt", f"en.txt: {AN_INPUT}"),
    ("--gold g.beads -o g.beads", f"g.beads: {AN_INPUT}"),
    ("-o no/a.tsv", f"no/a.tsv: {NO_PLACE}"),
    ("-o folder.tsv", f"folder.tsv: {NO_PLACE}"),
    ("-o /dev/null --format tsv", f"/dev/null: {NO_PLACE}"),
    ("--gold no.beads", f"no.beads: {UNREADABLE}"),
    ("--gold odd.beads -o a.tsv", "odd.beads:2: 'an otter'; wanted beads like [0, 1]:[0], sentences counted from 0"),
    ("--gold g.beads -o a.tsv", f"g.beads: Chinese sentence 3, where the text has 3; {OTHERS}"),
]


@pytest.mark.parametrize(("arguments", "message"), REFUSED)
def test_refused_and_nothing_written(run: Run, arguments: str, message: str) -> None:
    Path("folder.tsv").mkdir()
    write("g.beads", "[3]:[0]\n")
    write("odd.beads", "[0]:[0]\nan otter\n")
    before = sorted(os.listdir())
    texts = ("zh.txt", "en.txt") if arguments.startswith("-") else ()
    assert run(*texts, *arguments.split()) == (2, "", f"{message}\n")
    assert sorted(os.listdir()) == before and read("g.beads") == "[3]:[0]\n"


def test_a_format_that_nobody_would_see(run: Run) -> None:
    code, out, err = run("zh.txt", "en.txt", "--gold", "g.beads", "--format", "tmx")
    assert (code, out) == (2, "") and err.endswith(
        "Error: --format beside --gold needs -o: the scores go to standard output.\n"
    )


def test_where_writing_fails_the_old_file_stays(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("a.tmx", "an older file")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "a.tmx")

    monkeypatch.setattr("os.replace", full)
    code, _, err = run("zh.txt", "en.txt", "-o", "a.tmx")
    assert (code, err) == (2, "a.tmx: No space left on device; wanted a place to write.\n")
    assert read("a.tmx") == "an older file" and not [name for name in os.listdir() if name.startswith(".")]
