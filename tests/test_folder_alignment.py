"""Folders in, a table for each pair and pairs.tsv out; all of it or nothing."""

from pathlib import Path

import pytest

from duizhao import folder_alignment
from duizhao.align.encoder import Encoder
from duizhao.corpora import InputError, LimitError
from duizhao.folder_alignment import FolderAlignment, align_folders

OTTERS = "The otters sleep on the river bank.\nEach otter keeps a flat stone.\nAt dusk they open mussels with it.\n"
OTTERS_ZH = "水獭睡在河岸上。\n每只水獭都有一块扁石头。\n黄昏时它们用它敲开贻贝。\n"
TEA = "Pour the first tea away.\nWater for green tea must not boil.\nMy grandmother drank nine cups a day.\n"
TEA_ZH = "第一泡茶要倒掉。\n泡绿茶的水不能烧开。\n我奶奶每天喝九杯。\n"


def written(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def rows(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text(encoding="utf-8").rstrip("\n").split("\n")]


def short(made: FolderAlignment, folder: Path) -> list[tuple[str, str, str, str]]:
    """Status, paths below the folder, and the table of each line."""
    start = f"{folder}/"
    return [(line.status, line.zh.removeprefix(start), line.en.removeprefix(start), line.file) for line in made.lines]


def test_two_folders(tmp_path: Path) -> None:
    written(tmp_path, {"中/茶.txt": TEA_ZH, "中/獭.txt": OTTERS_ZH, "e/a.txt": OTTERS, "e/b.md": TEA})
    made = align_folders(str(tmp_path / "中"), str(tmp_path / "e"), tmp_path / "out")
    assert short(made, tmp_path) == [
        ("paired", "中/獭.txt", "e/a.txt", "獭.tsv"),
        ("paired", "中/茶.txt", "e/b.md", "茶.tsv"),
    ]
    assert made.beads == (("1-1", 6),)
    assert made.notes == ()
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["pairs.tsv", "獭.tsv", "茶.tsv"]
    header, *pairs = rows(tmp_path / "out" / "pairs.tsv")
    assert header == ["status", "zh", "en", "score", "reason", "file"]
    assert [row[:3] for row in pairs] == [[line.status, line.zh, line.en] for line in made.lines]
    assert all(0.5 < float(row[3]) <= 1 and row[4].startswith("by content .") for row in pairs)
    header, *beads = rows(tmp_path / "out" / "茶.tsv")
    columns = [header.index("zh"), header.index("en")]
    assert [[row[k] for k in columns] for row in beads] == [
        list(pair) for pair in zip(TEA_ZH.rstrip().split("\n"), TEA.rstrip().split("\n"), strict=True)
    ]


def test_one_folder_with_both_languages_and_what_is_neither(tmp_path: Path) -> None:
    folder = written(
        tmp_path / "in",
        {
            "茶.zh.txt": TEA_ZH,
            "茶.en.txt": TEA,
            "獭.txt": OTTERS_ZH,
            "empty.txt": "",
            "numbers.txt": "1 2 3\n",
            "gbk.txt": "茶很热，水很冷。".encode("gb18030"),
            "table.csv": "en,zh\nTea.,茶。\n",
        },
    )
    made = align_folders(str(folder), None, tmp_path / "out")
    assert short(made, folder) == [
        ("paired", "茶.zh.txt", "茶.en.txt", "茶.zh.tsv"),
        ("alone", "獭.txt", "", ""),
        ("unread", "empty.txt", "", ""),
        ("unread", "gbk.txt", "", ""),
        ("unread", "numbers.txt", "", ""),
        ("unread", "table.csv", "", ""),
    ]
    assert made.lines[0].reason.startswith("by name, content .")
    assert made.lines[1].reason == "no English file fits"
    assert [line.reason.removeprefix(f"{folder}/").partition(";")[0] for line in made.lines[2:]][::2] == [
        "empty.txt: an empty file",
        "numbers.txt: no words",
    ]
    assert len(rows(tmp_path / "out" / "pairs.tsv")) == 7


def test_files_without_partner_or_text_are_named_on_their_side(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "z/1.txt": TEA_ZH,
        "e/1.txt": TEA,
        "e/2.txt": OTTERS,
        "e/3.txt": "1\n",
        "z/4.txt": "The otter swims in the river 水獭在河里\n",
    }
    written(tmp_path, files)
    made = align_folders(str(tmp_path / "z"), str(tmp_path / "e"), tmp_path / "out")
    assert short(made, tmp_path) == [
        ("paired", "z/1.txt", "e/1.txt", "1.tsv"),
        ("alone", "", "e/2.txt", ""),
        ("unread", "z/4.txt", "", ""),
        ("unread", "", "e/3.txt", ""),
    ]
    assert made.lines[1].reason == "no Chinese file fits"
    assert made.lines[2].reason == (
        f"{tmp_path}/z/4.txt: Chinese mixed with English; wanted a text in one language. "
        "Use duizhao build for bilingual pages."
    )
    assert [line.score is None for line in made.lines] == [False, True, True, True]
    assert [row[3] for row in rows(tmp_path / "out" / "pairs.tsv")[2:]] == ["", "", ""]


def test_encoding_is_that_of_all_files(tmp_path: Path) -> None:
    written(tmp_path, {"z/1.txt": TEA_ZH.encode("gb18030"), "e/1.txt": TEA})
    made = align_folders(str(tmp_path / "z"), str(tmp_path / "e"), tmp_path / "out", "gb18030")
    assert [line.status for line in made.lines] == ["paired"]
    assert (tmp_path / "out" / "1.tsv").read_text(encoding="utf-8").count("绿茶") == 1


def test_parts_may_stand_in_another_order(tmp_path: Path) -> None:
    en = OTTERS + "The river is cold in winter.\n" + TEA + "Guests bring cakes from the city.\n"
    zh = TEA_ZH + "客人从城里带来蛋糕。\n" + OTTERS_ZH + "冬天河水很冷。\n"
    written(tmp_path, {"z/1.txt": zh, "e/1.txt": en})
    made = align_folders(str(tmp_path / "z"), str(tmp_path / "e"), tmp_path / "out")
    assert made.beads == (("1-1", 8),)
    header, *table = rows(tmp_path / "out" / "1.tsv")
    assert [row[header.index("sentences_en")] for row in table] == ["4", "5", "6", "7", "0", "1", "2", "3"]
    assert [row[header.index("sentences_zh")] for row in table] == [*"01234567"]


def test_progress_is_told_of_each_pair_when_its_table_is_there(tmp_path: Path) -> None:
    written(tmp_path, {"z/茶.txt": TEA_ZH, "z/b/獭.txt": OTTERS_ZH, "e/茶.txt": TEA, "e/獭.txt": OTTERS})
    told: list[tuple[str, str]] = []
    folders = str(tmp_path / "z"), str(tmp_path / "e")
    align_folders(*folders, tmp_path / "out", progress=lambda step, item: told.append((step, item)))
    assert told == [("aligned", "b/獭.txt"), ("aligned", "茶.txt")]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["b.獭.tsv", "pairs.tsv", "茶.tsv"]


def test_a_limit_names_the_two_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def too_long(en: list[str], zh: list[str], encoder: Encoder) -> None:
        raise LimitError("sentence", "9 characters", "at most 8", "Cut it.")

    written(tmp_path, {"z/1.txt": TEA_ZH, "e/1.txt": TEA})
    monkeypatch.setattr(folder_alignment, "align_chunks", too_long)
    with pytest.raises(LimitError) as caught:
        align_folders(str(tmp_path / "z"), str(tmp_path / "e"), tmp_path / "out")
    assert str(caught.value) == f"{tmp_path}/z/1.txt, {tmp_path}/e/1.txt: 9 characters; wanted at most 8. Cut it."
    assert not (tmp_path / "out").exists()


def test_folders_may_be_named_the_wrong_way_round(tmp_path: Path) -> None:
    written(tmp_path, {"zh/a.txt": TEA_ZH, "en/a.txt": TEA})
    made = align_folders(str(tmp_path / "en"), str(tmp_path / "zh"), tmp_path / "out")
    assert short(made, tmp_path) == [("paired", "zh/a.txt", "en/a.txt", "a.tsv")]


def test_equal_names_and_those_of_the_list_itself_get_tables_of_their_own(tmp_path: Path) -> None:
    written(tmp_path, {"zh/pairs.txt": TEA_ZH, "zh/pairs.md": OTTERS_ZH, "en/1.txt": TEA, "en/2.txt": OTTERS})
    made = align_folders(str(tmp_path / "zh"), str(tmp_path / "en"), tmp_path / "out")
    assert [line.file for line in made.lines] == ["pairs-2.tsv", "pairs-3.tsv"]


def test_a_second_run_reads_no_output_and_keeps_other_files(tmp_path: Path) -> None:
    folder = written(tmp_path / "in", {"a.zh.txt": TEA_ZH, "a.en.txt": TEA})
    out = folder / "out"
    first = align_folders(str(folder), None, out)
    (out / "mine.txt").write_text("my notes", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    assert align_folders(str(folder), None, out) == first
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


@pytest.mark.parametrize(
    ("files", "found", "do"),
    [
        ({"a.txt": TEA_ZH}, "1 Chinese and 0 English files", ""),
        ({"a.txt": TEA}, "0 Chinese and 1 English files", ""),
        ({"a.txt": "1\n"}, "0 Chinese and 0 English files", "Not read: 1 file, such as {}/a.txt: no words; "),
        ({"a.txt": "", "b.txt": ""}, "0 Chinese and 0 English files", "Not read: 2 files, such as {}/a.txt: an empty "),
    ],
)
def test_nothing_to_pair(tmp_path: Path, files: dict[str, str | bytes], found: str, do: str) -> None:
    folder = written(tmp_path / "in", files)
    with pytest.raises(InputError) as caught:
        align_folders(str(folder), None, tmp_path / "out")
    assert caught.value.found == found
    assert caught.value.do.startswith(do.format(folder)) if do else not caught.value.do
    assert not (tmp_path / "out").exists()


def test_the_folder_that_is_read_is_not_written(tmp_path: Path) -> None:
    folder = written(tmp_path / "in", {"a.zh.txt": TEA_ZH, "a.en.txt": TEA})
    with pytest.raises(InputError, match="both read and written"):
        align_folders(str(folder), None, folder)
    assert sorted(path.name for path in folder.iterdir()) == ["a.en.txt", "a.zh.txt"]


def test_a_failure_midway_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = written(tmp_path / "in", {"a.zh.txt": TEA_ZH, "a.en.txt": TEA, "b.zh.txt": OTTERS_ZH, "b.en.txt": OTTERS})
    real = folder_alignment._aligned
    calls: list[str] = []

    def second_fails(zh: object, en: object, encoder: object) -> object:
        calls.append("")
        if len(calls) == 2:
            raise InputError("b", "broken")
        return real(zh, en, encoder)  # type: ignore[arg-type]

    monkeypatch.setattr(folder_alignment, "_aligned", second_fails)
    with pytest.raises(InputError, match="broken"):
        align_folders(str(folder), None, tmp_path / "out")
    assert len(calls) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in"]
