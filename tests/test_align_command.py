"""`duizhao align`: what it prints and writes, what goes to standard error, and what it refuses before the work."""

import io
import json
import os
import re
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
    assert re.fullmatch(
        r"3 beads \(3 1-1\); unaligned: 0 English, 0 Chinese; mean probability (0\.\d\d|1\.00), [0-3] below 0\.5\.\n",
        err,
    )
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
        ("a.ladder", "0\t0\t"),
        ("a.jsonl", '{"en": ["The otters'),
        ("a.beads", "[0]:[0]\n[1]:[1]\n"),
        ("a.TMX", '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx'),
        ("a.pharaoh", "The otters carried 32 fresh shells home today . ||| "),
        ("a.txt", "[0]:[0]  1-1  "),
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
    assert " ".join(row[1] for row in rows if row[1]) == " ".join(EN)
    assert "".join(row[2] for row in rows) == read("zh.txt")


NOT_BOTH = "not one Chinese and one English text; wanted one of each"
UNREADABLE = "cannot be read (No such file or directory); wanted a readable file"
AN_INPUT = "one of the inputs; wanted another file to write. Name another -o."
NO_PLACE = "no place for a file; wanted a file in a folder that exists. Name another -o."
ENDINGS = "wanted one of .tsv .ladder .jsonl .beads .tmx .pharaoh .txt. Or name a --format."
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


SEEN_BY_NOBODY = "beside --gold needs -o: the scores go to standard output."
NO_WORDS = "--words goes with tsv, jsonl and pharaoh."
ONLY = "Folders go with -o FOLDER, and without other options but --encoding."
EITHER = "Name two files, or one or two folders."
# Arguments, message; the two folders of `folders` are there.
MISUSED = [
    ("zh.txt en.txt --gold g.beads --format tmx", f"--format {SEEN_BY_NOBODY}"),
    ("zh.txt en.txt --gold g.beads --words", f"--words {SEEN_BY_NOBODY}"),
    ("zh.txt en.txt --words --format beads", NO_WORDS),
    ("zh.txt en.txt --words --format text -o a.tsv", NO_WORDS),
    ("zh.txt en.txt --words -o a.beads", NO_WORDS),
    ("zh.txt en.txt --words -o a.tmx", NO_WORDS),
    ("zh.txt", "Missing argument 'EN': two files, or one or two folders."),
    ("chinese english", ONLY),
    ("chinese english -o out --sentences", ONLY),
    ("chinese english -o out --shuffled", ONLY),
    ("chinese english -o out --words", ONLY),
    ("chinese english -o out --format tsv", ONLY),
    ("chinese english -o out --gold g.beads", ONLY),
    ("chinese en.txt -o out", EITHER),
    ("zh.txt english -o out", EITHER),
    ("chinese nothing -o out", EITHER),
    ("- english -o out", EITHER),
]


@pytest.mark.parametrize(("arguments", "message"), MISUSED)
def test_misused_and_nothing_written(run: Run, arguments: str, message: str) -> None:
    folders()
    write("g.beads", "[0]:[0]\n")
    before = tree()
    code, out, err = run(*arguments.split())
    assert (code, out) == (2, "") and err.endswith(f"\n\nError: {message}\n")
    assert tree() == before


def test_where_writing_fails_the_old_file_stays(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("a.tmx", "an older file")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "a.tmx")

    monkeypatch.setattr("os.replace", full)
    code, _, err = run("zh.txt", "en.txt", "-o", "a.tmx")
    assert (code, err) == (2, "a.tmx: No space left on device; wanted a place to write.\n")
    assert read("a.tmx") == "an older file" and not [name for name in os.listdir() if name.startswith(".")]


TEA = ["Grandmother drinks green tea every morning.", "The water must not boil.", "Her teapot is very old."]
TEA_ZH = ["奶奶每天早上喝绿茶。", "水不能烧开。", "她的茶壶很老了。"]


def folders() -> None:
    """A Chinese and an English folder of two files each, and a file without a partner."""
    Path("chinese").mkdir()
    Path("english").mkdir()
    write("chinese/茶.txt", "".join(TEA_ZH))
    write("chinese/獭.txt", "".join(ZH))
    write("chinese/numbers.txt", "1 2 3")
    write("english/b.txt", " ".join(TEA))
    write("english/a.txt", " ".join(EN))
    write("english/moon.txt", "Nobody has ever played the trombone on the moon. Sheep would hate it there.")


def tree() -> dict[str, bytes]:
    """Every file below this folder, and every folder as an empty one."""
    return {str(path): path.read_bytes() if path.is_file() else b"" for path in Path().rglob("*")}


def pairs(folder: str) -> list[list[str]]:
    """The rows of pairs.tsv without scores and reasons."""
    header, *rows = [line.split("\t") for line in read(f"{folder}/pairs.tsv").strip("\n").split("\n")]
    assert header == ["status", "zh", "en", "score", "reason", "file"]
    return [[*row[:3], row[5]] for row in rows]


def test_two_folders(run: Run) -> None:
    folders()
    before = tree()
    summary = "6 beads; 1 without a partner, 1 not read (see pairs.tsv)."
    assert run("chinese", "english", "-o", "out") == (0, "", f"out: 2 pairs of files, {summary}\n")
    assert pairs("out") == [
        ["paired", "chinese/獭.txt", "english/a.txt", "獭.tsv"],
        ["paired", "chinese/茶.txt", "english/b.txt", "茶.tsv"],
        ["alone", "", "english/moon.txt", ""],
        ["unread", "chinese/numbers.txt", "", ""],
    ]
    assert columns(read("out/獭.tsv")) == PLAIN
    assert [row[1:3] for row in columns(read("out/茶.tsv"))] == [list(pair) for pair in zip(TEA, TEA_ZH, strict=True)]
    made = {name: content for name, content in tree().items() if name not in before}
    assert sorted(made) == ["out", "out/pairs.tsv", "out/獭.tsv", "out/茶.tsv"]
    write("out/mine.txt", "my notes")
    assert run("english", "chinese", "-o", "out/")[0] == 0  # again, the other way round
    assert pairs("out")[:3] == [
        ["paired", "chinese/獭.txt", "english/a.txt", "獭.tsv"],
        ["paired", "chinese/茶.txt", "english/b.txt", "茶.tsv"],
        ["alone", "", "english/moon.txt", ""],
    ]
    assert {name: tree()[name] for name in made if name != "out/pairs.tsv"} == {
        name: content for name, content in made.items() if name != "out/pairs.tsv"
    }
    assert read("out/mine.txt") == "my notes"


def test_one_folder_and_what_its_names_got_wrong(run: Run) -> None:
    Path("in").mkdir()
    write("in/a.zh.txt", "".join(TEA_ZH))
    write("in/a.en.txt", " ".join(EN))
    write("in/b.zh.txt", "".join(ZH))
    write("in/b.en.txt", " ".join(TEA))
    code, out, err = run("in", "-o", "in/out")
    assert (code, out) == (0, "") and re.fullmatch(
        r"a\.zh\.txt and a\.en\.txt: one name, but the content says otherwise \(0\.\d\d\)\n"
        r"b\.zh\.txt and b\.en\.txt: one name, but the content says otherwise \(0\.\d\d\)\n"
        r"in/out: 2 pairs of files, 6 beads; 0 without a partner, 0 not read \(see pairs\.tsv\)\.\n",
        err,
    )
    assert pairs("in/out") == [
        ["paired", "in/a.zh.txt", "in/b.en.txt", "a.zh.tsv"],
        ["paired", "in/b.zh.txt", "in/a.en.txt", "b.zh.tsv"],
    ]


ONE_EACH = "wanted at least one of each"
UNREAD = "Not read: {}, such as {}/numbers.txt: no words; wanted a text in one language. " + (
    "Use duizhao build for bilingual pages."
)


def test_folders_in_another_encoding(run: Run) -> None:
    folders()
    for name in ("茶", "獭"):
        path = Path(f"chinese/{name}.txt")
        path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    before = tree()
    message = f"chinese, english: 0 Chinese and 3 English files; {ONE_EACH}. {UNREAD.format('3 files', 'chinese')}\n"
    assert run("chinese", "english", "-o", "out") == (2, "", message)
    assert tree() == before
    assert run("chinese", "english", "-o", "out", "--encoding", "gb18030")[0] == 0
    assert columns(read("out/獭.tsv")) == PLAIN


ELSEWHERE = "wanted another folder to write into. Name another -o."
# Arguments, message.
REFUSED_FOLDERS = [
    ("chinese english -o en.txt", "en.txt: a file; wanted a folder to write into. Name another -o."),
    ("chinese english -o en.txt/out", "en.txt: no such folder; wanted a folder to write into. Make it first."),
    ("chinese english -o no/out", "no: no such folder; wanted a folder to write into. Make it first."),
    ("chinese english -o chinese", f"chinese: both read and written; {ELSEWHERE}"),
    ("chinese english -o chinese/../english/", f"english: both read and written; {ELSEWHERE}"),
    ("neither -o out", f"neither: 0 Chinese and 0 English files; {ONE_EACH}. {UNREAD.format('1 file', 'neither')}"),
    ("english -o out", f"english: 0 Chinese and 3 English files; {ONE_EACH}"),
    ("english english -o out", f"english, english: 0 Chinese and 3 English files; {ONE_EACH}"),
    ("chinese -o out", f"chinese: 2 Chinese and 0 English files; {ONE_EACH}. {UNREAD.format('1 file', 'chinese')}"),
    ("chinese english -o full", "full/pairs.tsv: a folder; wanted room for a file. Name another -o."),
]


@pytest.mark.parametrize(("arguments", "message"), REFUSED_FOLDERS)
def test_folders_refused_and_nothing_written(run: Run, arguments: str, message: str) -> None:
    folders()
    Path("neither").mkdir()
    write("neither/numbers.txt", "1 2 3")
    Path("full/pairs.tsv").mkdir(parents=True)
    before = tree()
    assert run(*arguments.split()) == (2, "", f"{message}\n")
    assert tree() == before


def test_where_writing_a_folder_fails_nothing_stays(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    folders()
    before = tree()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "out/pairs.tsv")

    monkeypatch.setattr("duizhao.folder_alignment._write", full)
    code, out, err = run("chinese", "english", "-o", "out")
    assert (code, out) == (2, "")
    assert err == "out/pairs.tsv: No space left on device; wanted a place to write.\n"
    assert tree() == before


# Two stories that the Chinese tells in the other order.
RIVER = [
    "The otter sleeps on the wet stones.",
    "It carries a flat stone under its arm.",
    "Crabs are afraid of the otter.",
    "In winter the river freezes.",
    "The otter then slides on the ice.",
    "Fishermen laugh at it.",
]
RIVER_ZH = [
    "水獭睡在湿石头上。",
    "它腋下夹着一块扁石头。",
    "螃蟹害怕水獭。",
    "冬天河水结冰。",
    "于是水獭在冰上滑行。",
    "渔夫们笑它。",
]
CUPS = [*TEA, "The first cup is poured away.", "Guests bring cakes from the city.", "At night she counts the cups."]
CUPS_ZH = [*TEA_ZH, "第一杯要倒掉。", "客人从城里带来蛋糕。", "晚上她数杯子。"]


def test_parts_in_another_order(run: Run) -> None:
    write("en.lines", "\n".join([*RIVER, "", *CUPS]))
    write("zh.lines", "\n".join([*CUPS_ZH, *RIVER_ZH]))
    arguments = ("zh.lines", "en.lines", "--sentences", "--format", "beads")
    code, out, err = run(*arguments, "--shuffled")
    wanted = [Sides((k + 7,), (k,)) for k in range(6)] + [Sides((k,), (k + 6,)) for k in range(6)]
    assert code == 0 and sorted(read_beads(out, "out")) == sorted([*wanted, Sides((6,), ())])
    assert err.startswith("12 beads (12 1-1); unaligned: 0 ") and err.endswith("; 1 blank line left alone.\n")
    plain = read_beads(run(*arguments)[1], "plain")
    assert len([sides for sides in plain if sides in wanted]) == 6  # in one order, one story only
    write("en.txt", " ".join([*RIVER, *CUPS]))
    write("zh.txt", "".join([*CUPS_ZH, *RIVER_ZH]))
    rows = columns(run("zh.txt", "en.txt", "--shuffled")[1])
    assert [row[1:3] for row in rows] == [
        list(pair) for pair in zip([*CUPS, *RIVER], [*CUPS_ZH, *RIVER_ZH], strict=True)
    ]


def test_words(run: Run) -> None:
    write("zh.lines", f"{ZH[1]}\n\n水獭游泳。\n")
    write("en.lines", f"{EN[1]}\nThe otter swims.\n")
    arguments = ("zh.lines", "en.lines", "--sentences")
    code, out, err = run(*arguments, "--words")
    header, *rows = [line.split("\t") for line in out.strip("\n").split("\n")]
    assert code == 0 and err == run(*arguments)[2]
    assert [[row[header.index(name)] for name in ("tokens_en", "tokens_zh", "links")] for row in rows] == [
        ["They are tired .", "它们 很 累 。", "0-0 1-1 2-2 3-3"],
        ["", "", ""],
        ["The otter swims .", "水獭 游泳 。", "1-0 2-1 3-2"],
    ]
    found = [json.loads(line) for line in run(*arguments, "--words", "--format", "jsonl")[1].strip().split("\n")]
    assert [(row["tokens_en"], row["tokens_zh"], row["links"]) for row in found] == [
        (["They", "are", "tired", "."], ["它们", "很", "累", "。"], [[0, 0], [1, 1], [2, 2], [3, 3]]),
        ([], [], []),
        (["The", "otter", "swims", "."], ["水獭", "游泳", "。"], [[1, 0], [2, 1], [3, 2]]),
    ]
    plain = [json.loads(line) for line in run(*arguments, "--format", "jsonl")[1].strip().split("\n")]
    assert plain == [{name: row[name] for name in row if name not in NEW} for row in found]
    pharaoh = (
        "They are tired . ||| 它们 很 累 。 ||| 0-0 1-1 2-2 3-3\nThe otter swims . ||| 水獭 游泳 。 ||| 1-0 2-1 3-2\n"
    )
    assert (
        run(*arguments, "--format", "pharaoh") == run(*arguments, "--words", "--format", "pharaoh") == (0, pharaoh, err)
    )
    swapped = run("en.lines", "zh.lines", "--sentences", "-o", "a.pharaoh")  # English first, whichever file is
    assert swapped == (0, "", err) and read("a.pharaoh") == pharaoh


NEW = ("tokens_en", "tokens_zh", "links")


def test_words_beside_gold(run: Run) -> None:
    write("gold", "[0]:[0]\n[1]:[1]\n[2]:[2]\n")
    code, out, _ = run("zh.txt", "en.txt", "--gold", "gold", "--words", "-o", "a.tsv")
    assert code == 0 and out.split("\n")[1] == "strict       1.0000    1.0000    1.0000"
    assert set(NEW) < set(read("a.tsv").split("\n")[0].split("\t"))
