"""The corpus on disk: what was written comes back, the same bytes twice, broken ones refused in one line."""

import json
import tempfile
from collections.abc import Callable
from dataclasses import fields, replace
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
from duizhao.corpora.document_parts import split
from duizhao.corpora.model import Layout
from duizhao.corpora.page import Link, Place
from duizhao.corpora.store import corpus_parts, finish_corpus, read_part, write_part

NOTHING = Corpus((), (), (), ())
TABLES = ["documents", "leftovers", "pairs", "records"]


def listed(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@settings(max_examples=30, deadline=None)
@given(corpora)
def test_what_was_written_comes_back(corpus: Corpus) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_corpus(corpus, folder)
        assert read_corpus(folder) == read_part(folder, 0) == corpus
        assert hash(read_corpus(folder).pairs) == hash(corpus.pairs)  # tuples all the way down


@settings(max_examples=20, deadline=None)
@given(corpora)
def test_the_same_corpus_gives_the_same_bytes(corpus: Corpus) -> None:
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        write_corpus(corpus, Path(one))
        write_part(corpus, Path(two), 0)
        finish_corpus(Path(two), 1)
        files = ["documents/0000000.parquet", "leftovers/0000000.parquet", "manifest.json"]
        files += ["pairs/0000000.parquet", "records/0000000.parquet"]
        assert listed(Path(one)) == listed(Path(two)) == files
        assert all((Path(one) / f).read_bytes() == (Path(two) / f).read_bytes() for f in files)


def test_manifest_and_empty_tables(tmp_path: Path) -> None:
    write_corpus(NOTHING, tmp_path)
    said = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert [sorted(part.pop("sha256")) for part in said["parts"]] == [TABLES]
    none = dict.fromkeys(TABLES, 0)
    assert said == {
        "schema": 4,
        "counts": none,
        "parts": [none | {"begin": 0}],
        "made_by": {},
        "licences": [],
        "sources": [],
    }
    for name, row in (("documents", Document), ("records", Record), ("leftovers", Leftover), ("pairs", Pair)):
        columns = [field.name for field in fields(row) if field.compare]
        assert pq.read_schema(tmp_path / name / "0000000.parquet").names == columns
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


def river(name: str, lines: int) -> Corpus:
    """A document of so many English lines, each a record and a pair with no Chinese."""
    texts = [f"Otter {k} swims home.\n" for k in range(lines)]
    begins = [sum(map(len, texts[:k])) for k in range(lines)]
    spans = [(begin, begin + len(text) - 1) for begin, text in zip(begins, texts, strict=True)]
    document = Document(f"{name}.txt", name * 8, "utf-8", "".join(texts), ("Line ends were CR LF",))
    records = [
        Record(f"{name}#{k}", document.source, "missing_zh", text_en=text[:-1], spans={"text_en": (span,)})
        for k, (text, span) in enumerate(zip(texts, spans, strict=True))
    ]
    pairs = [
        Pair(f"{r.id}.1", r.id, r.document, "text", (str(r.text_en),), (), r.spans["text_en"], (), "1-0", 0.0)
        for r in records
    ]
    return Corpus((document,), tuple(records), (), tuple(pairs))


def cut(corpus: Corpus, most: int) -> list[Corpus]:
    parts = split(corpus.documents[0], corpus.records, corpus.leftovers, most)
    spans = [{record.id: record.spans["text_en"] for record in part.records} for part in parts]
    return [
        replace(part, pairs=tuple(replace(p, spans_en=own[p.record]) for p in corpus.pairs if p.record in own))
        for part, own in zip(parts, spans, strict=True)
    ]


def test_parts_make_one_corpus_with_whole_documents(tmp_path: Path) -> None:
    tea, long, end = river("a", 2), river("b", 9), river("c", 1)
    parts = [tea, *cut(long, 40), NOTHING, end]
    assert len(parts) == 8
    for number in (3, 0, 7, 1, 2, 6, 5, 4):  # as other processes may finish
        write_part(parts[number], tmp_path, number)
    finish_corpus(tmp_path, 8, {"program": "duizhao 0"}, "CC BY 4.0")
    assert (corpus_parts(tmp_path), [read_part(tmp_path, k) for k in range(8)]) == (8, parts)
    whole = read_corpus(tmp_path)
    assert whole.documents == (*tea.documents, *long.documents, *end.documents)
    assert whole.records == (*tea.records, *long.records, *end.records)
    assert whole.pairs == (*tea.pairs, *long.pairs, *end.pairs)
    said = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert said["counts"] == {"documents": 3, "records": 12, "leftovers": 0, "pairs": 12}
    assert [part["begin"] for part in said["parts"]] == [0, 0, 40, 80, 120, 160, 0, 0]
    assert [part["documents"] for part in said["parts"]] == [1, 1, 1, 1, 1, 1, 0, 1]
    assert (said["made_by"], said["licences"]) == ({"program": "duizhao 0"}, ["CC BY 4.0"])
    assert [(source["source"], source["sha256"]) for source in said["sources"]] == [
        ("a.txt", "a" * 8),
        ("b.txt", "b" * 8),
        ("c.txt", "c" * 8),
    ]


def test_fewer_parts_than_before_leave_none_of_the_others(tmp_path: Path) -> None:
    for number in range(3):
        write_part(river("abc"[number], 1), tmp_path, number)
    finish_corpus(tmp_path, 3)
    finish_corpus(tmp_path, 1)
    assert read_corpus(tmp_path) == river("a", 1)
    assert listed(tmp_path / "pairs") == ["0000000.parquet"]
    with pytest.raises(InputError, match="no part 1; wanted one of 1, from 0"):
        read_part(tmp_path, 1)


GOES_ON = "part 1 goes on with a document that the part before it does not end with"


@pytest.mark.parametrize(
    ("numbers", "found"),
    [((1, 2), GOES_ON.replace("1", "0")), ((0, None), "a broken corpus ("), ((3, 1), GOES_ON)],
)
def test_parts_that_do_not_belong_together_are_refused(
    tmp_path: Path, numbers: tuple[int | None, ...], found: str
) -> None:
    parts = [*cut(river("b", 9), 60), river("d", 1)]
    for place, number in enumerate(numbers):
        if number is not None:
            write_part(parts[number], tmp_path, place)
    with pytest.raises(InputError) as caught:
        finish_corpus(tmp_path, len(numbers))
    assert caught.value.found.startswith(found)
    assert not is_corpus(tmp_path)


def test_a_corpus_is_found_in_its_folder_and_in_the_one_above(tmp_path: Path) -> None:
    assert not is_corpus(tmp_path) and not is_corpus(tmp_path / "no")
    (tmp_path / "corpus").mkdir()
    write_corpus(NOTHING, tmp_path / "corpus")
    assert is_corpus(tmp_path) and is_corpus(tmp_path / "corpus")
    assert read_corpus(tmp_path) == read_corpus(tmp_path / "corpus") == NOTHING
    assert corpus_parts(tmp_path) == 1 and read_part(tmp_path, 0) == NOTHING


PAIRS = "pairs/0000000.parquet"


def remove(folder: Path) -> None:
    (folder / PAIRS).unlink()


def cut_off(folder: Path) -> None:
    path = folder / "records" / "0000000.parquet"
    path.write_bytes(path.read_bytes()[:-20])


def other_magic(folder: Path) -> None:
    (folder / "documents" / "0000000.parquet").write_bytes(b"GIF89a" * 20)


def other_columns(folder: Path) -> None:
    pq.write_table(pa.table({"id": ["a"], "colour": ["red"]}), folder / PAIRS)


def other_types(folder: Path) -> None:
    table = pq.read_table(folder / PAIRS)
    pq.write_table(table.set_column(0, "id", pa.array([], pa.int64())), folder / PAIRS)


def other_run(folder: Path) -> None:
    write_part(river("a", 1), folder, 0)


def a_folder_instead(folder: Path) -> None:
    remove(folder)
    (folder / PAIRS).mkdir()


def manifest(value: Any) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        text = value if isinstance(value, str) else json.dumps(value)
        (folder / "manifest.json").write_text(text, encoding="utf-8")

    return write


NO_PARTS = "a broken corpus (no list of parts in the manifest)"
BROKEN = [
    (remove, "a broken corpus (", "what duizhao build wrote"),
    (cut_off, "a broken corpus (", "what duizhao build wrote"),
    (other_magic, "a broken corpus (", "what duizhao build wrote"),
    (other_columns, f"other columns in {PAIRS}", "those of this schema"),
    (other_types, f"other columns in {PAIRS}", "those of this schema"),
    (other_run, "another documents/0000000.parquet than its manifest says", "files of one run"),
    (a_folder_instead, "", ""),
    (manifest("{"), "a broken corpus (", "what duizhao build wrote"),
    (manifest(""), "a broken corpus (", "what duizhao build wrote"),
    (manifest("[" * 5_000), "", ""),
    (manifest([]), "schema None", "schema 4"),
    (manifest({}), "schema None", "schema 4"),
    (manifest({"name": "a web extension", "manifest_version": 3}), "schema None", "schema 4"),
    (manifest({"schema": 2}), "schema 2", "schema 4"),
    (manifest({"schema": 4.0}), "schema 4.0", "schema 4"),
    (manifest({"schema": [4]}), "schema [4]", "schema 4"),
    (manifest({"schema": 5}), "schema 5", "schema 4"),
    (manifest({"schema": 4}), NO_PARTS, "what duizhao build wrote"),
    (manifest({"schema": 4, "parts": 1}), NO_PARTS, "what duizhao build wrote"),
    (manifest({"schema": 4, "parts": [{"documents": 1}]}), NO_PARTS, "what duizhao build wrote"),
    (manifest({"schema": 3}), "a broken corpus (", "what duizhao build wrote"),
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


def test_what_filter_made_is_no_corpus(tmp_path: Path) -> None:
    manifest({"filter_schema": 1})(tmp_path)
    said = "what duizhao filter made; wanted a corpus of duizhao build. Name a file of its kept pairs."
    with pytest.raises(InputError, match=f"{said}$"):
        read_corpus(tmp_path)


def with_a_null(table: pa.Table, column: str) -> pa.Table:
    number = table.schema.get_field_index(column)
    return table.set_column(number, table.schema.field(number), pa.array([None], table.schema.field(number).type))


@pytest.mark.parametrize(
    ("table", "column"),
    [("pairs", "id"), ("pairs", "en"), ("pairs", "spans_zh"), ("pairs", "score"), ("records", "spans")],
)
def test_an_empty_cell_is_refused_where_there_must_be_a_value(tmp_path: Path, table: str, column: str) -> None:
    write_corpus(river("a", 1), tmp_path)
    path = tmp_path / table / "0000000.parquet"
    pq.write_table(with_a_null(pq.read_table(path), column), path)
    finish_corpus(tmp_path, 1)
    with pytest.raises(InputError, match=rf"a broken corpus \(1 empty cells in column {column}\)"):
        read_corpus(tmp_path)


def test_a_span_of_three_numbers_is_refused(tmp_path: Path) -> None:
    write_corpus(river("a", 1), tmp_path)
    path = tmp_path / "pairs" / "0000000.parquet"
    table = pq.read_table(path)
    number = table.schema.get_field_index("spans_en")
    odd = pa.array([[[1, 2, 3]]], table.schema.field(number).type)
    pq.write_table(table.set_column(number, table.schema.field(number), odd), path)
    finish_corpus(tmp_path, 1)
    with pytest.raises(InputError, match="a place of other than 2 numbers"):
        read_corpus(tmp_path)
