"""Inputs as shards of pairs: the same units as build reads, in any block size; broken inputs refused by line."""

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import corpora

from duizhao.corpora import (
    Corpus,
    InputError,
    Reading,
    extract,
    read_corpus,
    read_documents,
    units_of_pairs,
    units_of_segments,
    write_corpus,
    write_units,
)
from duizhao.corpora.document_parts import split
from duizhao.corpora.model import Document, Pair, Record
from duizhao.corpora.mojibake import repair
from duizhao.corpora.rows import Unit
from duizhao.corpora.store import finish_corpus, write_part
from duizhao.corpora.unit_blocks import mend
from duizhao.corpora.unit_shards import write_unit_shards

OTTERS = [
    Unit("The otter swims.", "水獭在游泳。", "o1"),
    Unit('She said "tea", and left.', "她说“茶”，然后走了。", "o2", {"topic": "tea", "type": "1-1"}),
    Unit("A stone bridge.", "一座石桥。", "o3", {"topic": "桥"}),
    Unit("Cafe\u0301 by the river", "河边的咖啡馆", "o4"),
    Unit("No more than twelve.", "不超过十二。", "o5"),
]
FILES = {
    "quoted.csv": 'en,zh,note\n"Tea, hot.",热茶。,\n"Two\nlines","两\r\n行",x\n"",只有一面。,\nOne side only.,,\n,,y\n',
    "plain.tsv": 'en\tzh\n5" pipe\t五寸管\n\nAn otter.\t一只水獭。\n',
    "enclosed.tsv": 'en\tzh\n"A ""good"" tea\t."\t好茶\nAn otter.\t一只水獭。\n',
    "bare.tsv": "The river is wide here.\t这里的河很宽。\nOtters live on the banks.\t水獭住在岸边。\n",
    "swapped.tsv": "source\ttarget\n这里的河很宽。\tThe river is wide here.\n水獭住在岸边。\tOtters live there.\n",
    "crlf.csv": "id,en,zh\r\na,The river.,河。\r\nb,The tea.,茶。\r\n",
    "semicolon.csv": "en;zh\nThe river, wide.;宽阔的河。\nThe tea.;茶。\n",
    "flat.jsonl": '{"en": "The river.", "zh": "河。", "id": 7}\n\n{"zh": "\\u8336\\u3002", "en": "Tea.", "n": 1.50}\n',
    "nested.jsonl": '{"translation": {"en": "River.", "zh": "河。"}}\n{"translation": {"zh": "茶。", "en": "Tea."}}\n',
    "origin.jsonl": '{"id": "a", "translation": {"en": "A river.", "zh": "河。"}, "origin": {"type": "1-1"}}\n' * 2,
    "lists.jsonl": '{"en": ["One.", "Two."], "zh": "一条河。", "ok": true, "no": null}\n{"en": "A", "zh": "茶"}\n',
    "escapes.jsonl": '{"en": "Cafe\\u0301 \\ud83c\\udf75", "zh": "茶\\r\\n馆"}\n{"en": "Tea.", "zh": "茶。"}\n',
    "array.json": '[\n {"en": "The river.", "zh": "河。"},\n {"en": "Tea.", "zh": "茶。"}\n]\n',
    "one.json": '{"en": "The river is wide.", "zh": "这条河很宽。"}',
    "a.tmx": '<?xml version="1.0"?>\n<tmx version="1.4"><header><prop type="x-licence">CC0</prop></header><body>\n'
    '<tu tuid="a&gt;1"><tuv xml:lang="en"><seg>A <hi>river</hi>.</seg></tuv><tuv xml:lang="zh"><seg>河。</seg></tuv>'
    "</tu>\n<!-- </tu> -->\n"
    '<tu><prop type="x-duizhao-type">1-1</prop><tuv xml:lang="zh-Hant"><seg>茶與<![CDATA[</tu>]]></seg></tuv>'
    '<tuv xml:lang="en-GB"><seg>Tea <ph>x</ph>.</seg></tuv></tu>\n<tu/>\n'
    '<tu><tuv xml:lang="zh"><seg>水獭</seg></tuv><tuv xml:lang="en"><seg>otter</seg></tuv></tu >\n</body></tmx>\n',
    "mojibake.tsv": "en\tzh\nThe river.\t"
    + "对照的河流".encode().decode("cp1252", "replace").replace("\ufffd", "")
    + "\n"
    "The otter.\tæ°´ç\x8d\xadåœ¨æ²³é‡Œ\nTea.\t茶。\n",
}


def rows_of(folder: Path) -> list[dict[str, Any]]:
    return [row for path in sorted(folder.glob("*.parquet")) for row in pq.read_table(path).to_pylist()]


def ours(unit: Unit) -> tuple[str, str, str, dict[str, str]]:
    left_out = ("document", "sha256", "span_en", "span_zh")
    return unit.id, unit.en, unit.zh, {name: text for name, text in unit.origin.items() if name not in left_out}


def ingested(folder: Path, *inputs: Path, block: int = 2**21, reading: Reading | None = None) -> list[dict[str, Any]]:
    write_unit_shards([str(path) for path in inputs], folder / "out" / "pairs", reading or Reading(), block_bytes=block)
    return rows_of(folder / "out" / "pairs")


def as_units(rows: list[dict[str, Any]]) -> list[tuple[str, str, str, dict[str, str]]]:
    return [(row["id"], row["en"], row["zh"], json.loads(row["origin"] or "{}")) for row in rows]


def as_build_reads(*paths: Path) -> list[tuple[str, str, str, dict[str, str]]]:
    documents = read_documents([str(path) for path in paths])
    return [ours(unit) for unit in units_of_segments(documents, extract(documents).records)]


@pytest.mark.parametrize("block", [7, 2**21])
@pytest.mark.parametrize("name", FILES)
def test_the_same_units_as_build_reads(tmp_path: Path, name: str, block: int) -> None:
    path = tmp_path / name
    path.write_text(FILES[name], encoding="utf-8", newline="")
    rows = ingested(tmp_path, path, block=2**21 if name == "mojibake.tsv" else block)
    both = [row for row in rows if row["en"] and row["zh"]]
    assert as_units(both) == as_build_reads(path)
    assert [row["row"] for row in rows] == list(range(1, len(rows) + 1))
    assert {row["source"] for row in rows} == {str(path)}


@pytest.mark.parametrize("block", [50, 2**21])
@pytest.mark.parametrize("name", ["csv", "tsv", "jsonl", "hf", "parquet", "tmx", "xliff"])
def test_what_the_writers_write_comes_back(tmp_path: Path, name: str, block: int) -> None:
    path = tmp_path / {"hf": "o.jsonl", "xliff": "o.xlf"}.get(name, f"o.{name}")
    write_units(OTTERS, name, path)
    wanted = [("Café by the river" if unit.id == "o4" else unit.en, unit.zh, unit.id) for unit in OTTERS]
    rows = ingested(tmp_path, path, block=block)
    assert [(row["en"], row["zh"], row["id"]) for row in rows] == wanted
    assert [json.loads(row["origin"] or "{}").get("topic") for row in rows] == [None, "tea", "桥", None, None]


def test_rows_with_one_side_stay_and_empty_ones_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(FILES["quoted.csv"], encoding="utf-8", newline="")
    made = write_unit_shards([str(path)], tmp_path / "pairs")
    assert [(row["en"], row["zh"], row["id"]) for row in rows_of(tmp_path / "pairs")] == [
        ("Tea, hot.", "热茶。", "a#1"),
        ("Two\nlines", "两\n行", "a#2"),
        ("", "只有一面。", "a#3"),
        ("One side only.", "", "a#4"),
    ]
    assert made.sources[0].notes == (
        "CSV: en → text_en, zh → text_zh",
        "1 rows have no text on either side and were left out",
        "line ends were CRLF or CR; read as LF",
    )
    assert (made.rows, made.shards, made.sources[0].rows) == (4, 1, 4)
    assert made.sources[0].sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    (source,) = made.sources
    assert json.loads(made.json()) == {
        "rows": 4,
        "shards": 1,
        "sources": [{**asdict(source), "notes": list(source.notes)}],
    }


def test_moses(tmp_path: Path) -> None:
    (tmp_path / "river.en").write_text("The river.\n\nTea.\r\n  \nAn otter.\n", encoding="utf-8", newline="")
    (tmp_path / "river.zh").write_text("河。\n\n茶。\n桥。\n \n", encoding="utf-8", newline="")
    for block in (4, 2**21):
        rows = ingested(tmp_path, tmp_path / "river.zh", tmp_path / "river.en", block=block)
        found = [("The river.", "河。"), ("Tea.", "茶。"), ("", "桥。"), ("An otter.", "")]
        assert [(row["en"], row["zh"]) for row in rows] == found
        assert [row["id"] for row in rows] == ["river#1", "river#2", "river#3", "river#4"]
    made = write_unit_shards([str(tmp_path / "river.en"), str(tmp_path / "river.zh")], tmp_path / "p")
    assert made.sources[0].notes[-3:] == (
        "1 lines are blank in both files and were skipped",
        f"1 lines are blank in {tmp_path / 'river.zh'} only",
        f"1 lines are blank in {tmp_path / 'river.en'} only",
    )


def test_shards_are_cut_at_their_size_and_the_same_each_time(tmp_path: Path) -> None:
    lines = [f"The otter counts {number}.\t水獭数到{number}。" for number in range(23)]
    (tmp_path / "a.tsv").write_text("en\tzh\n" + "\n".join(lines[:9]), encoding="utf-8")
    (tmp_path / "b.tsv").write_text("en\tzh\n" + "\n".join(lines[9:]) + "\n", encoding="utf-8")
    hashes = []
    for block in (10, 64, 2**21):
        inputs = [str(tmp_path / "a.tsv"), str(tmp_path / "b.tsv"), str(tmp_path / "a.tsv")]
        made = write_unit_shards(inputs, tmp_path / "pairs", shard_rows=10, block_bytes=block)
        assert (made.rows, made.shards, [source.rows for source in made.sources]) == (23, 3, [9, 14])
        hashes.append([path.read_bytes() for path in sorted((tmp_path / "pairs").iterdir())])
        rows = [pq.read_metadata(path).num_rows for path in sorted((tmp_path / "pairs").iterdir())]
        assert rows == [10, 10, 3]
    assert hashes[0] == hashes[1] == hashes[2]
    rows_between = rows_of(tmp_path / "pairs")[8:11]
    assert [(row["row"], row["id"]) for row in rows_between] == [
        (9, "a#9"),
        (1, "b#1"),
        (2, "b#2"),
    ]


REFUSED = [
    ("width.tsv", "en\tzh\na\tb\nThe tea.\n", "{}:3: 1 fields; wanted 2, as in 1."),
    ("width.csv", "en,zh\na,b\nThe tea, hot.,c,d\n", "{}:3: 4 fields; wanted 2, as in 1."),
    ("open.csv", 'en,zh\na,b\n"c,d\n', "{}:3: a quote that never closes; wanted whole fields."),
    (
        "bad.jsonl",
        '{"en": "a", "zh": "茶"}\n{"en": "a", "zh" "茶"}\n',
        "{}:2:18: broken JSON (Expecting ':' delimiter)",
    ),
    ("twice.jsonl", '{"en": "a", "zh": "茶"}\n{"en": "a", "en": "b"}\n', "{}:2:1: the key 'en' twice in one object"),
    ("half.jsonl", '{"en": "a", "zh": "茶"}\n{"en": "\\ud800", "zh": "b"}\n', "{}:2:9: half a character"),
    ("text.txt", "Only a paragraph about a river.\n\n一段关于河的文字。\n", "{}: a text; wanted sentence pairs."),
    ("papers.tsv", "title\tabstract\nOn tea\tWe drink tea by a river every day.\n", "{}: papers"),
    ("one.tsv", "en\tnote\nThe river is wide here.\tx\n", "{}: "),
    ("cut.tmx", '<tmx version="1.4"><body><tu><tuv xml:lang="en"><seg>a</seg></tuv></tu>', "{}:1:"),
    ("entity.tmx", '<!DOCTYPE tmx [<!ENTITY a "b">]>\n<tmx version="1.4"><body><tu/></body></tmx>', "{}:1:"),
    ("packed.gz", "\x1f", "{}"),
]


@pytest.mark.parametrize(("name", "text", "message"), REFUSED, ids=[name for name, *_ in REFUSED])
def test_broken_inputs_are_refused_and_nothing_is_left(tmp_path: Path, name: str, text: str, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"\x1f\x8bxx" if name.endswith("gz") else text.encode())
    for block in (16, 2**21):
        with pytest.raises(InputError) as caught:
            write_unit_shards([str(path)], tmp_path / "out", block_bytes=block)
        assert str(caught.value).startswith(message.format(path))
        assert [item.name for item in tmp_path.iterdir()] == [name]


def test_bad_bytes_far_down_name_their_line_and_unequal_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_bytes(b"en\tzh\n" + "An otter.\t水獭。\n".encode() * 50 + b"tea\t\xff\n")
    with pytest.raises(InputError, match=r"a\.tsv:52:5: not UTF-8"):
        write_unit_shards([str(path)], tmp_path / "out", block_bytes=100)
    made = write_unit_shards([str(path)], tmp_path / "out", Reading(errors="replace"), block_bytes=100)
    assert made.rows == 51 and rows_of(tmp_path / "out")[-1]["zh"] == "\ufffd"
    (tmp_path / "r.en").write_text("One river.\nTwo.\n", encoding="utf-8")
    (tmp_path / "r.zh").write_text("一条河。\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"r\.zh: 1 lines, and more in .*r\.en"):
        write_unit_shards([str(tmp_path / "r.en"), str(tmp_path / "r.zh")], tmp_path / "out")
    (tmp_path / "w.tsv").write_bytes(("en\tzh\n" + "An otter.\t水獭。\n" * 50).encode("utf-16"))
    assert write_unit_shards([str(tmp_path / "w.tsv")], tmp_path / "out", block_bytes=64).rows == 50


def test_named_encoding_and_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("k,links,rechts\n1,The tea.,茶。\n2,The river.,河。\n".encode("gb18030"))
    reading = Reading("gbk", {"links": "text_en", "rechts": "text_zh"})
    for block in (5, 2**21):
        rows = ingested(tmp_path, path, block=block, reading=reading)
        assert as_units(rows) == [("a#1", "The tea.", "茶。", {"k": "1"}), ("a#2", "The river.", "河。", {"k": "2"})]


@settings(max_examples=20)
@given(corpora)
def test_the_pairs_of_a_corpus(tmp_path_factory: pytest.TempPathFactory, corpus: Corpus) -> None:
    folder = tmp_path_factory.mktemp("corpus")
    write_corpus(corpus, folder)
    if not corpus.pairs:
        with pytest.raises(InputError, match="no pair"):
            write_unit_shards([str(folder)], folder / "out")
        return
    write_unit_shards([str(folder)], folder / "out", shard_rows=2)
    rows = rows_of(folder / "out")
    assert [(row["id"], row["en"], row["zh"]) for row in rows] == [
        (pair.id, " ".join(pair.en), "".join(pair.zh)) for pair in corpus.pairs
    ]
    both = [row for row, pair in zip(rows, corpus.pairs, strict=True) if pair.en and pair.zh]
    for row, unit in zip(both, units_of_pairs(corpus.documents, corpus.pairs), strict=True):
        origin = {"document": row["source"], "probability": f"{row['probability']:.4f}"} | json.loads(row["origin"])
        assert {name: text for name, text in origin.items() if text} == unit.origin
    write_unit_shards([str(folder)], folder / "again")
    (folder / "filtered").mkdir()
    (folder / "again").rename(folder / "filtered" / "pairs")
    (folder / "filtered" / "manifest.json").write_text('{"filter_schema": 1}', encoding="utf-8")
    write_unit_shards([str(folder / "filtered")], folder / "twice", shard_rows=2)
    assert rows_of(folder / "twice") == rows


def test_a_document_in_two_parts_has_its_own_spans_and_numbers(tmp_path: Path) -> None:
    text = "The river.\n河。\n\nThe tea.\n茶。\n"
    document = Document("a.txt", "0" * 64, "utf-8", text)
    pair = Pair("a#1.text", "a#1", "a.txt", "text", ("The river.",), ("河。",), ((0, 10),), ((11, 13),), "1-1", 0.5)
    spans = {"text_en": ((0, 10),), "text_zh": ((11, 13),)}
    later = {"text_en": ((15, 23),), "text_zh": ((24, 26),)}
    records = (
        Record("a#1", "a.txt", "passage", text_en="The river.", text_zh="河。", spans=spans),
        Record("a#2", "a.txt", "passage", text_en="The tea.", text_zh="茶。", spans=later),
    )
    parts = split(document, records, (), 10)
    assert len(parts) == 2
    for number, part in enumerate(parts):
        record = part.records[0]
        en, zh = record.spans["text_en"], record.spans["text_zh"]
        sides = (record.text_en or "",), (record.text_zh or "",)
        own = Pair(f"{record.id}.text", record.id, "a.txt", "text", *sides, en, zh, "1-1", 0.5)
        write_part(Corpus(part.documents, part.records, part.leftovers, (own,)), tmp_path, number)
    finish_corpus(tmp_path, 2)
    assert read_corpus(tmp_path).pairs[0] == pair
    rows = ingested(tmp_path, tmp_path)
    assert [row["row"] for row in rows] == [1, 2]
    assert [json.loads(row["origin"])["span_en"] for row in rows] == ["0-10", "15-23"]


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            ["", "tea", "水獭在河里", "é", "“tea”", "€", "\ufffd", "å¯¹ç…§", "瀵圭収", "¶ÔÕÕ£¬", "锟斤拷", "涓€"]
        ),
        st.text("aé水獭河茶“”，。€Ãåç¯", max_size=12),
        st.text("水獭在河里游泳茶", min_size=2, max_size=9).map(lambda t: t.encode().decode("gb18030", "replace")),
        st.text("水獭在河里游泳茶", min_size=2, max_size=9).map(lambda t: t.encode().decode("cp1252", "replace")),
        st.text("水獭在河里游泳茶", min_size=2, max_size=9).map(lambda t: t.encode("gb18030").decode("latin-1")),
    ),
    max_size=6,
)


@given(LINES)
def test_mending_is_what_repair_does(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert mend(text)[0] == repair(text)[0]


def test_a_column_that_comes_late_is_kept_and_said(tmp_path: Path) -> None:
    lines = [json.dumps({"en": f"Tea {k}.", "zh": f"茶{k}。"}, ensure_ascii=False) for k in range(2001)]
    lines.append('{"en": "Last.", "zh": "最后。", "remark": "late"}')
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    made = write_unit_shards([str(tmp_path / "a.jsonl")], tmp_path / "out", block_bytes=5000)
    assert "columns first seen after 2,000 rows, kept as they are: remark" in made.sources[0].notes
    assert rows_of(tmp_path / "out")[-1]["origin"] == '{"remark": "late"}'


def test_parquet_of_other_types(tmp_path: Path) -> None:
    table = pa.table(
        {
            "translation": [{"en": "Tea.", "zh": "茶。"}, {"en": None, "zh": "河。"}],
            "score": [0.5, None],
            "when": pa.array([1, 2], pa.timestamp("s")),
        }
    )
    pq.write_table(table, tmp_path / "a.parquet")
    rows = ingested(tmp_path, tmp_path / "a.parquet")
    assert as_units(rows) == [("a#1", "Tea.", "茶。", {"score": "0.5"}), ("a#2", "", "河。", {})]
