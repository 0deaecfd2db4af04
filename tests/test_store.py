"""The corpus on disk: what was written comes back, the same bytes twice, broken ones refused in one line."""

import json
import tempfile
from dataclasses import fields
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from strategies import corpora

from duizhao.corpora import (
    Corpus,
    Document,
    InputError,
    Leftover,
    Pair,
    Record,
    is_corpus,
    read_corpus,
    write_corpus,
)
from duizhao.corpora.model import Layout
from duizhao.corpora.page import Link, Place

NOTHING = Corpus((), (), (), ())
TABLES = ["documents", "leftovers", "pairs", "records"]


@settings(max_examples=50)
@given(corpora)
def test_what_was_written_comes_back(corpus: Corpus) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_corpus(corpus, folder)
        assert read_corpus(folder) == corpus
        assert hash(read_corpus(folder).pairs) == hash(corpus.pairs)  # tuples all the way down


@settings(max_examples=20)
@given(corpora)
def test_the_same_corpus_gives_the_same_bytes(corpus: Corpus) -> None:
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        for name in (one, two):
            write_corpus(corpus, Path(name))
        files = sorted(path.name for path in Path(one).iterdir())
        assert files == [f"{table}.parquet" if table else "manifest.json" for table in [*TABLES[:2], "", *TABLES[2:]]]
        assert all((Path(one) / f).read_bytes() == (Path(two) / f).read_bytes() for f in files)


def test_manifest_and_empty_tables(tmp_path: Path) -> None:
    write_corpus(NOTHING, tmp_path)
    assert (tmp_path / "manifest.json").read_bytes() == (
        b'{\n  "counts": {\n    "documents": 0,\n    "leftovers": 0,\n    "pairs": 0,\n    "records": 0\n  },\n'
        b'  "schema": 3\n}\n'
    )
    assert pq.read_schema(tmp_path / "pairs.parquet").names[:4] == ["id", "record", "document", "field"]
    for name, row in (("documents", Document), ("records", Record), ("leftovers", Leftover), ("pairs", Pair)):
        columns = [field.name for field in fields(row) if field.compare]
        assert pq.read_schema(tmp_path / f"{name}.parquet").names == columns
    assert read_corpus(tmp_path) == NOTHING


def test_what_later_readers_need_is_kept_and_the_layout_is_not(tmp_path: Path) -> None:
    places = (Place(0, 3, 9), Place(5, 4, 1))
    layout = Layout((Link(0, 4, "https://example.org"),), (), page=True, segments=False)
    document = Document("a.html", "0", "utf-8", "茶\nTea.", ("read as HTML",), "HTML", "Hans", places, layout)
    spans = {"text_en": ((2, 6),), "text_zh": ((0, 1),)}
    record = Record("a#1", "a.html", "passage", text_en="Tea.", text_zh="茶", authors_en=("A. Lin",), spans=spans)
    leftover = Leftover("a.html", "metadata", (0, 1), "茶")
    write_corpus(Corpus((document,), (record,), (leftover,), ()), tmp_path)
    read = read_corpus(tmp_path)
    assert (read.records, read.leftovers) == ((record,), (leftover,))
    [back] = read.documents
    assert (back.format, back.script, back.places, back.layout) == ("HTML", "Hans", places, Layout())
    assert [type(place) for place in back.places] == [Place, Place]
    assert back.position(6) == document.position(6) == (4, 2)


def test_a_corpus_is_found_in_its_folder_and_in_the_one_above(tmp_path: Path) -> None:
    assert not is_corpus(tmp_path) and not is_corpus(tmp_path / "no")
    (tmp_path / "corpus").mkdir()
    write_corpus(NOTHING, tmp_path / "corpus")
    assert is_corpus(tmp_path) and is_corpus(tmp_path / "corpus")
    assert read_corpus(tmp_path) == read_corpus(tmp_path / "corpus") == NOTHING


def remove(folder: Path) -> None:
    (folder / "pairs.parquet").unlink()


def cut(folder: Path) -> None:
    path = folder / "records.parquet"
    path.write_bytes(path.read_bytes()[:-20])


def other_magic(folder: Path) -> None:
    (folder / "documents.parquet").write_bytes(b"GIF89a" * 20)


def other_columns(folder: Path) -> None:
    pq.write_table(pa.table({"id": ["a"], "colour": ["red"]}), folder / "pairs.parquet")


def other_types(folder: Path) -> None:
    table = pq.read_table(folder / "pairs.parquet")
    pq.write_table(table.set_column(0, "id", pa.array([], pa.int64())), folder / "pairs.parquet")


def a_folder_instead(folder: Path) -> None:
    remove(folder)
    (folder / "pairs.parquet").mkdir()


def manifest(value: Any) -> Any:
    def write(folder: Path) -> None:
        text = value if isinstance(value, str) else json.dumps(value)
        (folder / "manifest.json").write_text(text, encoding="utf-8")

    return write


BROKEN = [
    (remove, "a broken corpus (", "what duizhao build wrote"),
    (cut, "a broken corpus (", "what duizhao build wrote"),
    (other_magic, "a broken corpus (", "what duizhao build wrote"),
    (other_columns, "other columns in pairs.parquet", "those of this schema"),
    (other_types, "other columns in pairs.parquet", "those of this schema"),
    (a_folder_instead, "", ""),
    (manifest("{"), "a broken corpus (", "what duizhao build wrote"),
    (manifest(""), "a broken corpus (", "what duizhao build wrote"),
    (manifest("[" * 5_000), "", ""),
    (manifest([]), "schema None", "schema 3"),
    (manifest({}), "schema None", "schema 3"),
    (manifest({"name": "a web extension", "manifest_version": 3}), "schema None", "schema 3"),
    (manifest({"schema": 1}), "schema 1", "schema 3"),
    (manifest({"schema": 99}), "schema 99", "schema 3"),
]


@pytest.mark.parametrize(("harm", "found", "wanted"), BROKEN)
def test_a_broken_corpus_is_refused(tmp_path: Path, harm: Any, found: str, wanted: str) -> None:
    write_corpus(NOTHING, tmp_path)
    harm(tmp_path)
    with pytest.raises(InputError) as caught:
        read_corpus(tmp_path)
    assert caught.value.where == str(tmp_path) and caught.value.do == "Build it again."
    assert caught.value.found.startswith(found) and caught.value.wanted.startswith(wanted)
    assert "\n" not in str(caught.value)
