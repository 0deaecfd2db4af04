"""`duizhao filter` from the command line: what it says, what it writes, what it refuses."""

import io
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from duizhao.build_command import build
from duizhao.corpora import EXPORTS, InputError
from duizhao.corpora.opened_corpus import open_corpus
from duizhao.filter_command import filter
from duizhao.filter_config import default_config
from duizhao.filter_folder import KEPT
from duizhao.metrics.filter_rules import FILTERS

# What a filter is there for, and what it says of it; "ok" is kept.
PAIRS = {
    "ok": ("Two otters swim in the river.", "两只水獭在河里游泳。", ""),
    "length": ("", "这座桥很旧。", "English has 0 characters"),
    "ratio": (
        "Tea.",
        "山里的茶园每天早上都有很多工人在雾里采摘最嫩的茶叶。",
        "English is 0.5 characters for one of Chinese",
    ),
    "script": (
        "The tea is hot today.",
        "Чай сегодня очень горячий.",
        "0% of the Chinese side is Chinese characters",
    ),
    "language": (
        "Le pont est fermé pour les voitures et les vélos dans la ville.",
        "这座桥不对城里的汽车和自行车开放。",
        "of the English words are of another language",
    ),
    "identical": ("BRIDGE-7", "Bridge 7", "both sides are the same"),
    "numbers": ("The bridge is 340 metres long.", "这座桥长580米。", "a number has no counterpart"),
    "ending": (
        "The river rises in the northern hills and then it flows through the",
        "这条河发源于北部的山丘，然后流经三座古老的城市。",
        "the sides end differently, one cut off",
    ),
    "repetition": ("tea tea tea tea tea tea tea tea tea tea", "茶茶茶茶茶茶茶茶茶茶茶茶茶茶", "English repeats"),
    "markup": ('<p class="tea">Green tea grows here.</p>', "<p>这里长着绿茶。</p>", "English has 2 HTML tags"),
    "urls": (
        "https://rivers.example/otters/2024/index",
        "https://rivers.example/水獭/2024/index",
        "English is 100% addresses",
    ),
    "boilerplate": ("Accept all cookies", "接受所有 Cookie", "100% of a side is a phrase of web pages"),
    "glued": (
        "Theotterswimsacrosstheriverandeatsfishallday with its friends.",
        "水獭整天跟朋友在河里游泳、吃鱼。",
        "the longest English word has 44 letters",
    ),
    "caps": (
        "THE OLD BRIDGE OVER THE RIVER WAS CLOSED TO ALL TRAFFIC IN THE SPRING.",
        "河上的老桥在春天对所有车辆关闭了。",
        "100% of the English letters are capitals",
    ),
    "controls": ("The otter\x07 sleeps on the bank.", "水獭睡在岸边。", "English has 1 control, private or lost"),
    "mojibake": ("The cafÃ© serves tea and cakeâ€™s.", "咖啡馆供应茶和蛋糕。", "signs of a wrong decoding"),
    "alignment": ("The tea is still too hot.", "茶还太烫。", "the aligner is 0.10 sure of the pair"),
    "duplicate": ("Two otters swim in the river!", "两只水獭在河里游泳！", "the pair stands before in the corpus"),
}
GOOD = [
    ("The bridge is closed.", "这座桥关闭了。"),
    ("The river is cold in spring.", "春天的河水很冷。"),
    ("The tea is hot.", "茶很烫。"),
    ("An otter eats a fish.", "一只水獭吃鱼。"),
    ("We walk along the river.", "我们沿着河走。"),
    ("The boat is small.", "船很小。"),
]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*arguments: str, stdin: bytes | None = None) -> str:
    """The output of the command, which must leave with 0."""
    if "--executor" not in arguments:
        arguments = (*arguments, "--executor", "inline")
    result = CliRunner().invoke(filter, list(arguments), input=stdin, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def refused(*arguments: str) -> str:
    with pytest.raises(InputError) as error:
        run(*arguments)
    assert error.value.exit_code == 2
    return str(error.value)


def tsv(name: str, pairs: list[tuple[str, str]]) -> str:
    text = "en\tzh\n" + "".join(f"{en}\t{zh}\n" for en, zh in pairs)
    Path(name).write_text(text, encoding="utf-8")
    return name


def kept(folder: str) -> list[bool]:
    return [row for path in sorted(Path(folder, "flags").iterdir()) for row in pq.read_table(path)["kept"].to_pylist()]


def filtered_folder(folder: str, rows: list[tuple[str | None, str | None, float | None]]) -> str:
    """A folder of pairs as an earlier version could have left it, nulls and all."""
    run(tsv("river.tsv", GOOD[:1]), "-o", folder)
    path = Path(folder, "pairs", "0000000.parquet")
    en, zh, probability = zip(*rows, strict=True)
    ids = [f"tea#{number}" for number in range(1, len(rows) + 1)]
    columns = [ids, en, zh, ["tea"] * len(rows), range(1, len(rows) + 1), probability, [""] * len(rows)]
    schema = pq.read_schema(path)
    arrays = [pa.array(column, kind) for column, kind in zip(columns, schema.types, strict=True)]
    pq.write_table(pa.table(arrays, schema=schema), path)
    return folder


def test_each_filter_says_what_it_rejects_and_why() -> None:
    rows = [(en, zh, 0.1 if name == "alignment" else 0.9) for name, (en, zh, _) in PAIRS.items()]
    filtered_folder("before", [(en, zh, probability) for en, zh, probability in rows])
    output = run("before", "-o", "out")
    page = Path("out/filters.md").read_text(encoding="utf-8")
    assert kept("out") == [name == "ok" for name in PAIRS]
    for name, (_, _, reason) in list(PAIRS.items())[1:]:
        section = page.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
        number = [*PAIRS].index(name) + 1
        line = next(line for line in section.split("\n") if line.startswith(f"| tea\\#{number} |"))
        assert reason in line
    assert set(PAIRS) - {"ok"} == set(FILTERS) - {"meaning"}
    assert output.startswith("Kept 1 of 18 pairs (5.5%). Nothing is deleted")
    assert "Not judged: meaning" in output


def test_a_table_with_nulls_and_every_filter_off() -> None:
    filtered_folder("before", [(None, "茶", None), ("Tea", None, None), (None, None, None), (*GOOD[0], None)])
    run("before", "-o", "out")
    assert kept("out") == [False, False, False, True]
    pq.write_table(pa.table({"en": [None, "Tea", GOOD[0][0]], "zh": ["茶", None, GOOD[0][1]]}), "tea.parquet")
    Path("off.yaml").write_text("".join(f"{name}: false\n" for name in FILTERS), encoding="utf-8")
    forms = [argument for form in EXPORTS for argument in ("--export", form)]
    output = run("tea.parquet", "-o", "out", "--config", "off.yaml", *forms)
    assert output.startswith("Kept 3 of 3 pairs (100.0%).")
    assert Path("out/kept.en").read_text(encoding="utf-8").split("\n") == ["", "Tea", GOOD[0][0], ""]


def inputs_of(kind: str) -> list[str]:
    if kind == "jsonl":
        lines = [json.dumps({"translation": {"en": en, "zh": zh}}) for en, zh in GOOD]
        Path("tea.jsonl").write_text("\n".join(lines), encoding="utf-8")
        return ["tea.jsonl"]
    if kind == "moses":
        for place, side in enumerate(("en", "zh")):
            Path(f"tea.{side}").write_text("".join(f"{pair[place]}\n" for pair in GOOD), encoding="utf-8")
        return ["tea.en", "tea.zh"]
    tsv("tea.tsv", GOOD)
    if kind == "corpus":
        assert CliRunner().invoke(build, ["tea.tsv", "-o", "built"], catch_exceptions=False).exit_code == 0
        return ["built"]
    if kind == "folder":
        Path("data").mkdir()
        Path("tea.tsv").rename("data/tea.tsv")
        return ["data"]
    if kind == "filtered":
        run("tea.tsv", "-o", "before")
        return ["before"]
    return ["tea.tsv"]


@pytest.mark.parametrize("kind", ["tsv", "jsonl", "moses", "corpus", "folder", "filtered"])
def test_every_kind_of_input(kind: str) -> None:
    assert run(*inputs_of(kind), "-o", "out").startswith("Kept 6 of 6 pairs (100.0%).")
    pairs = pq.read_table("out/pairs/0000000.parquet")
    assert list(zip(pairs["en"].to_pylist(), pairs["zh"].to_pylist(), strict=True)) == GOOD


def test_standard_input_is_read_each_time() -> None:
    first = tsv("tea.tsv", GOOD)
    data = Path(first).read_bytes()
    assert run("-", "-o", "out", stdin=data).startswith("Kept 6 of 6 pairs")
    other = data + "The tea is hot!\t茶很烫！\n".encode()
    assert run("-", "-o", "out", stdin=other).startswith("Kept 6 of 7 pairs")
    output = run("-", "-o", "out", stdin=other)
    assert "Shards done before and still right: signals 1 of 1, duplicates 1 of 1, flags 1 of 1.\n" in output


def test_one_row_and_none() -> None:
    assert run(tsv("tea.tsv", GOOD[:1]), "-o", "out").startswith("Kept 1 of 1 pairs (100.0%).")
    Path("empty.tsv").write_bytes(b"")
    for name in ("empty.tsv", tsv("header.tsv", [])):
        with pytest.raises(Exception, match=name) as error:
            run(name, "-o", "none")
        assert getattr(error.value, "exit_code", 0) == 2
        assert not Path("none/manifest.json").exists()


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("exact", [True, False, True, True, True]),
        ("normal", [True, False, False, True, True]),
        ("en", [True, False, False, False, True]),
        ("zh", [True, False, False, True, False]),
        ("near", [True, False, False, True, True]),
    ],
)
def test_what_makes_two_pairs_one(by: str, expected: list[bool]) -> None:
    if by == "near":
        pytest.importorskip("rensa", reason="rensa is not installed")
    en, zh = "The tea is hot.", "茶很烫。"
    pairs = [(en, zh), (en, zh), ("the tea is hot!", "茶很烫！"), (en, "这茶烫得很。"), ("How hot the tea is!", zh)]
    run(tsv("tea.tsv", pairs), "-o", "out", "--duplicates", by)
    assert kept("out") == expected


@pytest.mark.parametrize("form", sorted(EXPORTS))
def test_exports_and_what_an_earlier_run_exported(form: str) -> None:
    source = tsv("tea.tsv", [*GOOD, GOOD[0]])
    Path("out").mkdir()
    Path("out/kept.txt").write_text("mine", encoding="utf-8")
    files = KEPT[form][1]
    assert f"Wrote filters.json, filters.md, {', '.join(files)} and the tables in out.\n" in run(
        source, "-o", "out", "--export", form, "--export", form
    )
    again = run(*(f"out/{name}" for name in files), "-o", "again")
    assert again.startswith("Kept 6 of 6 pairs (100.0%).")
    output = run(source, "-o", "out")
    assert f"Removed, for an earlier run made it and this one did not: {', '.join(sorted(files))}.\n" in output
    assert sorted(path.name for path in Path("out").glob("kept*")) == ["kept.txt"]
    assert "Removed" not in run(source, "-o", "out")


def test_an_export_of_a_users_own_is_left_alone() -> None:
    source = tsv("tea.tsv", GOOD)
    Path("out").mkdir()
    Path("out/kept.csv").write_text("mine", encoding="utf-8")
    assert "Removed" not in run(source, "-o", "out")
    assert Path("out/kept.csv").read_text(encoding="utf-8") == "mine"


def test_the_folder_opens_as_tables_and_as_sql() -> None:
    run(tsv("tea.tsv", [*GOOD, GOOD[0]]), "-o", "out")
    corpus = open_corpus(Path("out"))
    assert corpus.tables == ("pairs", "signals", "keys", "duplicates", "flags")
    assert (corpus.count("pairs"), corpus.count("flags"), corpus.count("duplicates")) == (7, 7, 1)
    assert [en for batch in corpus.kept(["en"]) for en in batch["en"].to_pylist()] == [en for en, _ in GOOD]
    pytest.importorskip("duckdb", reason="duckdb is not installed")
    assert corpus.sql("SELECT id, reasons FROM rows WHERE NOT kept").fetchall() == [("tea#7", ["duplicate"])]
    manifest = json.loads(Path("out/manifest.json").read_text(encoding="utf-8"))
    assert {name: manifest[name] for name in ("rows", "shards", "duplicates", "encoder")} == {
        "rows": 7,
        "shards": 1,
        "duplicates": "normal",
        "encoder": False,
    }


def test_a_length_bomb_is_flagged_and_stops_nothing() -> None:
    rows = [{"en": "tea " * 40_000, "zh": "茶" * 40_000}, {"en": "Two otters swim.", "zh": "两只水獭在游泳。"}]
    Path("long.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert run("long.jsonl", "-o", "out").startswith("Kept 1 of 2 pairs (50.0%).")


def test_print_config_and_a_broken_one() -> None:
    assert CliRunner().invoke(filter, ["--print-config"]).output == default_config()
    Path("f.yaml").write_text("ratio:\n  moast: 3\n", encoding="utf-8")
    with pytest.raises(Exception, match=r"^f\.yaml:2:3: ratio: no threshold 'moast'; .* Did you mean most\?$"):
        run(tsv("tea.tsv", GOOD), "-o", "out", "--config", "f.yaml")
    assert not Path("out").exists()


def test_the_help_fits_a_terminal() -> None:
    lines = CliRunner().invoke(filter, ["--help"], terminal_width=80).output.split("\n")
    assert max(map(len, lines)) <= 80
    assert "  duizhao filter --print-config > filters.yaml" in "\n".join(lines)


def test_hostile_texts_reach_neither_terminal_nor_page() -> None:
    name = "tea\x1b[31m|<b>.jsonl"
    row = {"id": "a|<i>\x1b", "en": "<img src=x> | tea\u202e", "zh": "茶"}
    Path(name).write_text(json.dumps(row) + "\n" + json.dumps(row), encoding="utf-8")
    output = run(name, "-o", "out\x1b")
    assert "\x1b" not in output
    page = (Path("out\x1b") / "filters.md").read_text(encoding="utf-8")
    assert "\x1b" not in page
    assert "\u202e" not in page
    assert "<" not in page.replace("\\<", "")
    assert io.StringIO(page).read().count("\n## ") >= 2


def test_columns_of_any_name_are_named_by_an_option() -> None:
    Path("odd.tsv").write_text("a1\tb1\nTwo otters swim.\t两只水獭在游泳。\n", encoding="utf-8")
    said = run("odd.tsv", "-o", "out", "--field", "a1=text_en", "--field", "b1=text_zh")
    assert said.startswith("Kept 1 of 1 pairs")
