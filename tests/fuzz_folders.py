"""Readers that take a folder, or a path among others: corpora, filter inputs, tables to be scored."""

import json
import shutil
from collections.abc import Callable, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import fuzz_seeds as seeds
from fuzz_readers import Read, Reader, document, parts, place

from duizhao.corpora import Corpus, Document, DuizhaoError, Leftover, Pair, Record
from duizhao.corpora.opened_corpus import open_corpus
from duizhao.corpora.parquet_table import read_parquet
from duizhao.corpora.store import is_corpus, read_corpus, write_corpus
from duizhao.corpora.store_schema import FILTER_SCHEMA, FILTERED, MANIFEST, TABLES, columns_of, filtered_columns
from duizhao.corpora.unit_shards import write_unit_shards
from duizhao.corpora.unit_tables import corpus_tables, filtered_tables, unit_shards_in
from duizhao.score_inputs import read_testset

_EN, _ZH = "An otter sleeps.", "一只海獭睡觉。"
_CORPUS = Corpus(
    (Document("a.txt", "0" * 64, "utf-8", f"{_EN}\n{_ZH}"),),
    (
        Record(
            "a#1", "a.txt", "passage", text_en=_EN, text_zh=_ZH, spans={"text_en": ((0, 16),), "text_zh": ((17, 24),)}
        ),
    ),
    (Leftover("a.txt", "noise", (16, 17), "\n"),),
    (Pair("a#1.1", "a#1", "a.txt", "text", (_EN,), (_ZH,), ((0, 16),), ((17, 24),), "1-1", 0.9, 0.8),),
)


def filter_input(ending: str) -> Read:
    """A file of pairs as `duizhao filter` takes it, in blocks of so few bytes that lines and characters are cut."""

    def read(data: bytes) -> object:
        folder = place(f"filter {ending}")
        path = folder / f"a.{ending}"
        path.write_bytes(data)
        return write_unit_shards([str(path)], folder / "out", block_bytes=64)

    return read


def filter_moses(data: bytes) -> object:
    """Two files of lines, parted by a line `===`."""
    en, _, zh = data.partition(b"\n=== \n")
    folder = place("filter moses")
    (folder / "in").mkdir(exist_ok=True)
    for name, part in (("a.en", en), ("a.zh", zh)):
        (folder / "in" / name).write_bytes(part)
    return write_unit_shards([str(folder / "in")], folder / "out", block_bytes=64)


def scored(ending: str, hyp: Sequence[str] = (), ref: Sequence[str] = ()) -> Read:
    """A table whose columns are named, or found by their names."""

    def read(data: bytes) -> object:
        path = place("scored") / f"a.{ending}"
        path.write_bytes(data)
        return read_testset(str(path), hyp=hyp, ref=ref)

    return read


def scored_lines(encoding: str | None) -> Read:
    """A file of lines, against itself."""

    def read(data: bytes) -> object:
        folder = place("scored lines")
        for name in ("h", "r"):
            (folder / name).write_bytes(data)
        found = read_testset(None, hyp=[str(folder / "h")], ref=[str(folder / "r")], encoding=encoding)
        assert list(found.references[0]) == list(found.systems["h"])
        return found

    return read


@cache
def _corpus() -> Path:
    folder = place("corpus")
    write_corpus(_CORPUS, folder)
    return folder


def in_corpus(name: str) -> Read:
    """A file of a corpus in place of what was written, its hash in the manifest set right."""

    def read(data: bytes) -> object:
        whole, folder = _corpus(), place(f"corpus with another {name}") / "c"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(whole, folder)
        if name == MANIFEST:
            (folder / MANIFEST).write_bytes(data)
        else:
            (folder / name / "0000000.parquet").write_bytes(data)
            manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
            manifest["parts"][0]["sha256"][name] = sha256(data).hexdigest()
            (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
        return opened(folder, name)

    return read


def opened(folder: Path, name: str) -> object:
    """A corpus read in each way; each may refuse it, but in words."""
    ways: list[Callable[[], object]] = [
        lambda: read_corpus(folder),
        lambda: list(corpus_tables(folder)),
        lambda: [open_corpus(folder).pandas(table) for table in TABLES],
        lambda: [batch for table in TABLES for batch in open_corpus(folder).batches(table)],
    ]
    refused: DuizhaoError | None = None
    for way in ways:
        try:
            way()
        except DuizhaoError as error:
            refused = refused or error
    if refused:
        raise refused
    return name


def rows_of(name: str, read: Read, columns: Callable[[str], Any] = columns_of) -> Read:
    """A reader of Parquet, fed with JSON: a list of rows, which are written with the columns of this table."""

    def reads(data: bytes) -> object:
        import pyarrow as pa
        import pyarrow.parquet as pq

        path = place("rows") / "a.parquet"
        try:
            pq.write_table(pa.Table.from_pylist(json.loads(data), schema=columns(name)), path)
        except (ValueError, TypeError, AttributeError, RecursionError, OverflowError, pa.ArrowException):
            return None  # no such rows
        return read(path.read_bytes())

    return reads


def json_rows(name: str) -> Callable[[], bytes]:
    """The rows of a table of the corpus as JSON."""

    def rows() -> bytes:
        import pyarrow.parquet as pq

        return json.dumps(pq.read_table(_corpus() / name / "0000000.parquet").to_pylist()).encode()

    return rows


def any_columns(data: bytes) -> object:
    """A Parquet file of the columns that JSON has."""
    return rows_of("", lambda made: (read_parquet(made, "a"), document("parquet")(made)), lambda _: None)(data)


@cache
def _filtered() -> Path:
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder = place("filtered")
    (folder / "a.tsv").write_bytes(seeds.TSV)
    write_unit_shards([str(folder / "a.tsv")], folder / "out" / "pairs")
    (folder / "out" / "flags").mkdir()
    flags = pa.Table.from_pylist([{"kept": True, "reasons": []}] * 2, schema=filtered_columns("flags"))
    pq.write_table(flags, folder / "out" / "flags" / "0000000.parquet")
    (folder / "out" / MANIFEST).write_text(json.dumps({FILTERED: FILTER_SCHEMA}), encoding="utf-8")
    return folder / "out"


def in_filtered(name: str) -> Read:
    """A file of a folder of `duizhao filter` in place of what was written."""

    def read(data: bytes) -> object:
        folder = place(f"filtered with another {name}") / "c"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(_filtered(), folder)
        (folder / (MANIFEST if name == MANIFEST else f"{name}/0000000.parquet")).write_bytes(data)
        list(filtered_tables(unit_shards_in(folder)))
        return [list(open_corpus(folder).kept()), is_corpus(folder)]

    return read


def _of(name: str, made: Callable[[], Path]) -> Callable[[], bytes]:
    return lambda: (made() / (MANIFEST if name == MANIFEST else f"{name}/0000000.parquet")).read_bytes()


FOLDERS: dict[str, Reader] = {
    "filter tsv": Reader(filter_input("tsv"), (seeds.TSV, b'en\tzh\n"a\nb"\t\xe8\x8c\xb6\n')),
    "filter csv": Reader(filter_input("csv"), (seeds.CSV, seeds.CSV.replace(b"\n", b"\r\n"))),
    "filter jsonl": Reader(filter_input("jsonl"), (seeds.JSONL, seeds.HF)),
    "filter tmx": Reader(filter_input("tmx"), (seeds.TMX,)),
    "filter parquet": Reader(filter_input("parquet"), (seeds.parquet,)),
    "filter moses": Reader(filter_moses, (seeds.MOSES,)),
    "scored tsv": Reader(scored("tsv"), (seeds.TSV.replace(b"en\tzh", b"hyp\tref"),)),
    "scored csv": Reader(scored("csv"), (b"src,ref1,ref2,hyp_a,tag\na,b,c,d,e\n",)),
    "scored jsonl": Reader(scored("jsonl"), (b'{"src": "a", "ref": "b", "hyp": "c", "id": 3}\n' * 2,)),
    "scored json": Reader(scored("json"), (b'{"rows": [{"src": "a", "ref": "b", "hyp": "c"}]}',)),
    "scored xlsx parts": Reader(parts(scored("xlsx")), (seeds.xlsx("src", "hyp", "ref"),)),
    "scored tmx": Reader(scored("tmx", ["zh"], ["en"]), (seeds.TMX,)),
    "scored lines": Reader(scored_lines(None), (seeds.MOSES, "海獭\r\n\ufeffotter".encode("utf-16"))),
    "scored lines gb18030": Reader(scored_lines("gb18030"), ("海獭\notter\n".encode("gb18030"),)),
    "parquet columns": Reader(any_columns, (b'[{"en": "a", "zh": "\\u8336", "n": {"m": [1.5, null]}, "l": ["b"]}]',)),
    "corpus manifest": Reader(in_corpus(MANIFEST), (_of(MANIFEST, _corpus),)),
    **{f"corpus {name}": Reader(in_corpus(name), (_of(name, _corpus),)) for name in TABLES},
    **{f"corpus {name} rows": Reader(rows_of(name, in_corpus(name)), (json_rows(name),)) for name in TABLES},
    "filtered manifest": Reader(in_filtered(MANIFEST), (_of(MANIFEST, _filtered),)),
    "filtered pairs": Reader(in_filtered("pairs"), (_of("pairs", _filtered),)),
    "filtered flags": Reader(in_filtered("flags"), (_of("flags", _filtered),)),
}
