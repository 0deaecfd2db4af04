"""A corpus and a filter's folder as Arrow, pandas and SQL: in order, and nothing before it is asked for."""

import gc
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from duizhao.corpora import Corpus, Document, InputError, Pair, write_corpus
from duizhao.corpora.opened_corpus import OpenedCorpus, open_corpus
from duizhao.corpora.shards import shard_name
from duizhao.corpora.store import finish_corpus, write_part

PARTS = (3, 0, 4, 1)  # pairs in each
ROWS = (5, 3, 0, 4)  # in each shard of a filter's tables


def part(number: int, pairs: int) -> Corpus:
    name = f"{number}.txt"
    rows = (
        Pair(
            f"{number}#{k}",
            f"{number}#1",
            name,
            "text",
            (f"Tea {k}.",),
            ("茶。",),
            ((0, 6),),
            ((7, 9),),
            "1-1",
            0.5,
            k / 8,
        )
        for k in range(pairs)
    )
    return Corpus((Document(name, "0", "utf-8", "Tea 0.\n茶。"),), (), (), tuple(rows))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    for number, pairs in enumerate(PARTS):
        write_part(part(number, pairs), tmp_path, number)
    finish_corpus(tmp_path, len(PARTS))
    return tmp_path


def filtered_tables(shard: int, rows: int) -> dict[str, pa.Table]:
    ids = [f"{shard}-{k}" for k in range(rows)]
    kept = [k % 2 == 0 for k in range(rows)]
    text = pa.string()
    return {
        "pairs": pa.table(
            {
                "id": pa.array(ids, text),
                "en": pa.array([f"Otter {name}." for name in ids], text),
                "zh": pa.array(["海獭。"] * rows, text),
                "source": pa.array(["a.tsv"] * rows, text),
                "row": pa.array(range(rows), pa.int64()),
                "probability": pa.nulls(rows, pa.float64()),
                "origin": pa.array([""] * rows, text),
            }
        ),
        "signals": pa.table({"length_en": pa.array([len(ids)] * rows, pa.int32()), "ID": pa.array(ids, text)}),
        "keys": pa.table({"normal": pa.array(range(rows), pa.uint64())}),
        "flags": pa.table(
            {
                "kept": pa.array(kept, pa.bool_()),
                "reasons": pa.array([[] if yes else ["numbers", ids[k]] for k, yes in enumerate(kept)], pa.list_(text)),
            }
        ),
    }


def write_filtered(folder: Path) -> Path:
    for shard, rows in enumerate(ROWS):
        for name, table in filtered_tables(shard, rows).items():
            (folder / name).mkdir(parents=True, exist_ok=True)
            pq.write_table(table, folder / name / shard_name(shard), compression="zstd")
    (folder / "manifest.json").write_text('{"filter_schema": 1}', encoding="utf-8")
    return folder


@pytest.fixture
def filtered(tmp_path: Path) -> Path:
    return write_filtered(tmp_path / 'it\'s [a] *"folder"')


def column(batches: Any, name: str) -> list[Any]:
    return [value for batch in batches for value in batch.column(name).to_pylist()]


IDS = ["0#0", "0#1", "0#2", "2#0", "2#1", "2#2", "2#3", "3#0"]


def test_a_corpus_opens_with_its_tables(corpus: Path) -> None:
    found = open_corpus(corpus)
    assert found.tables == ("documents", "records", "leftovers", "pairs")
    assert [found.count(table) for table in found.tables] == [4, 0, 0, 8]
    assert repr(found) == f"OpenedCorpus({str(corpus)!r}: documents, records, leftovers, pairs)"


@pytest.mark.parametrize("rows", [1, 2, 3, 100])
def test_batches_come_in_order(corpus: Path, rows: int) -> None:
    batches = list(open_corpus(corpus).batches(rows=rows))
    assert max(batch.num_rows for batch in batches) == min(rows, 4)
    assert column(batches, "id") == IDS
    assert column(open_corpus(corpus).batches("documents", ["source"]), "source") == [
        "0.txt",
        "1.txt",
        "2.txt",
        "3.txt",
    ]
    assert list(open_corpus(corpus).batches("records")) == []


def test_arrow_gives_a_dataset_of_some_columns(corpus: Path) -> None:
    dataset = open_corpus(corpus).arrow("pairs", ["probability", "id"])
    assert dataset.schema.names == ["probability", "id"]
    assert dataset.to_table().column("id").to_pylist() == IDS
    assert open_corpus(corpus).arrow("pairs").head(2).column("zh").to_pylist() == [["茶。"], ["茶。"]]


def test_pandas_takes_columns_and_a_filter(corpus: Path) -> None:
    found = open_corpus(corpus)
    assert list(found.pandas(columns=["id"])["id"]) == IDS
    few = found.pandas(columns=["id", "probability"], filter=pc.field("probability") > 0.2)
    assert few.to_dict("list") == {"id": ["0#2", "2#2", "2#3"], "probability": [0.25, 0.25, 0.375]}
    assert list(found.pandas("records").columns)[:3] == ["id", "document", "kind"]


def test_the_corpus_of_a_run_and_one_of_the_schema_before_open_too(tmp_path: Path) -> None:
    inner = tmp_path / "corpus"
    inner.mkdir()
    write_corpus(part(0, 2), inner)
    assert open_corpus(tmp_path).count("pairs") == 2
    for name in ("documents", "records", "leftovers", "pairs"):
        (inner / name / "0000000.parquet").rename(inner / f"{name}.parquet")
    (inner / "manifest.json").write_text('{"schema": 3}', encoding="utf-8")
    assert list(open_corpus(tmp_path).pandas()["id"]) == ["0#0", "0#1"]


def spoil(path: Path) -> None:
    """Put other bytes where the values are, and leave the end of the file, which says what it holds."""
    data = bytearray(path.read_bytes())
    end = len(data) - 8 - int.from_bytes(data[-8:-4], "little")
    data[4:end] = b"\xff" * (end - 4)
    path.write_bytes(data)


def test_opening_and_counting_read_no_values(corpus: Path, filtered: Path) -> None:
    for folder in (corpus, filtered):
        for path in folder.rglob("*.parquet"):
            spoil(path)
        found = open_corpus(folder)
        assert found.count("pairs") == (8 if folder == corpus else 12)
        assert found.arrow("pairs").schema.names[0] == "id"
        for read in (found.pandas, lambda found=found: list(found.batches())):
            with pytest.raises(InputError, match=r"cannot be read \(.*whole files of duizhao"):
                read()


KEPT = ["0-0", "0-2", "0-4", "1-0", "1-2", "3-0", "3-2"]


@pytest.mark.parametrize("rows", [1, 2, 100])
def test_kept_gives_the_pairs_that_no_filter_rejects(filtered: Path, rows: int) -> None:
    found = open_corpus(filtered)
    assert found.tables == ("pairs", "signals", "keys", "flags")
    assert column(found.kept(rows=rows), "id") == KEPT
    assert column(found.kept(["en"], rows), "en") == [f"Otter {name}." for name in KEPT]


def test_sql_reads_all_tables(corpus: Path, filtered: Path) -> None:
    pytest.importorskip("duckdb")
    assert open_corpus(corpus).sql("SELECT count(*), min(id) FROM pairs WHERE probability > 0").fetchall() == [
        (5, "0#1")
    ]
    relation = open_corpus(filtered).sql("SELECT id, reasons FROM rows WHERE NOT kept AND length_en > 3 ORDER BY id")
    gc.collect()  # nothing but the relation holds what it reads
    assert relation.fetchall() == [(name, ["numbers", name]) for name in ("0-1", "0-3", "3-1", "3-3")]
    both = open_corpus(filtered).sql(
        "SELECT count(*) FROM rows JOIN signals USING (\"ID\") WHERE rows.en LIKE '%' || id || '.'"
    )
    assert both.fetchall() == [(12,)]


def test_rows_agree_over_big_shards(tmp_path: Path) -> None:
    pytest.importorskip("duckdb")
    for shard in range(3):
        for name, table in filtered_tables(shard, 30_000).items():
            (tmp_path / name).mkdir(exist_ok=True)
            pq.write_table(table, tmp_path / name / shard_name(shard), row_group_size=7_000)
    (tmp_path / "manifest.json").write_text('{"filter_schema": 1}', encoding="utf-8")
    query = "SELECT count(*), count(*) FILTER (reasons[2] = id), count(*) FILTER (kept) FROM rows WHERE kept OR row > 9"
    assert open_corpus(tmp_path).sql(query).fetchall() == [(3 * 29_995, 3 * 14_995, 3 * 15_000)]


FORBIDDEN = [
    "SELECT * FROM read_csv('/etc/hosts')",
    "SELECT * FROM '{folder}/pairs/0000000.parquet'",
    "COPY pairs TO '{folder}/stolen.csv'",
    "ATTACH '{folder}/new.db'",
    "EXPORT DATABASE '{folder}/all'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET enable_external_access = true",
    "SET memory_limit = '99GB'",
    "SELECT * FROM other",
    "SELECT colour FROM pairs",
    "SELEC",
    "",
    "SELECT '\ud800'",
]


@pytest.mark.parametrize("query", FORBIDDEN)
def test_sql_reaches_nothing_but_the_tables(filtered: Path, query: str) -> None:
    pytest.importorskip("duckdb")
    other = pa.table({"mine": [1]})
    before = sorted(filtered.rglob("*"))
    with pytest.raises(
        InputError, match=r"^sql: (a query that DuckDB refuses \(|a statement that gives no rows)"
    ) as caught:
        open_corpus(filtered).sql(query.replace("{folder}", str(filtered).replace("'", "''")))
    assert "\n" not in str(caught.value)
    assert sorted(filtered.rglob("*")) == before and other.num_rows == 1


def test_without_duckdb_sql_says_what_to_install(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(InputError) as caught:
        open_corpus(corpus).sql("SELECT 1")
    wanted = "sql: no duckdb; wanted the package duckdb, which runs queries. pip install 'duizhao[duckdb]'"
    assert str(caught.value) == wanted


def test_the_module_imports_nothing_heavy() -> None:
    code = (
        "import sys, duizhao.corpora.opened_corpus; print(sorted({'duckdb', 'pandas', 'pyarrow'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == b"[]\n"


def manifest(value: Any) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        (folder / "manifest.json").write_text(json.dumps(value), encoding="utf-8")

    return write


def other_flags(folder: Path) -> None:
    pq.write_table(pa.table({"kept": [1]}), folder / "flags" / shard_name(0))


def no_flags(folder: Path) -> None:
    for path in (folder / "flags").iterdir():
        path.unlink()
    (folder / "flags").rmdir()


def other_second_shard(folder: Path) -> None:
    pq.write_table(pa.table({"colour": ["red"]}), folder / "pairs" / shard_name(1))


def a_missing_shard(folder: Path) -> None:
    (folder / "pairs" / shard_name(1)).unlink()


def fewer_flags(folder: Path) -> None:
    pq.write_table(filtered_tables(0, 2)["flags"], folder / "flags" / shard_name(0))


BROKEN = [
    (manifest({"filter_schema": 2}), "filter_schema 2; wanted filter_schema 1. Filter it again."),
    (manifest({}), "schema None; wanted schema 4. Build it again."),
    (manifest("["), "schema None"),
    (manifest({"schema": 4}), "a broken corpus (no list of parts in the manifest); wanted what duizhao build wrote."),
    (lambda folder: (folder / "manifest.json").unlink(), "no manifest.json; wanted a folder of duizhao build or"),
    (no_flags, "no table flags; wanted what duizhao filter wrote. Filter it again."),
    (other_flags, "other columns in flags; wanted those of this schema. Filter it again."),
    (other_second_shard, "other columns in pairs/0000001.parquet; wanted those of its table. Make it again."),
    (fewer_flags, "other rows in flags than in pairs; wanted the same in each shard. Filter it again."),
]


@pytest.mark.parametrize(("harm", "said"), BROKEN)
def test_broken_folders_are_refused(filtered: Path, harm: Callable[[Path], None], said: str) -> None:
    harm(filtered)
    with pytest.raises(InputError) as caught:
        list(open_corpus(filtered).kept())
    assert str(caught.value).startswith(f"{filtered}: {said}")


def test_a_missing_shard_is_refused(filtered: Path) -> None:
    a_missing_shard(filtered)
    with pytest.raises(InputError, match=r"no 0000001\.parquet before 0000002\.parquet"):
        open_corpus(filtered)


ASKED: list[tuple[Callable[[OpenedCorpus], Any], str]] = [
    (lambda found: found.arrow("meaning"), "no table 'meaning'; wanted one of documents, records, leftovers, pairs"),
    (
        lambda found: found.pandas("leftovers", ["colour"]),
        "no column 'colour'; wanted one of document, kind, span, text",
    ),
    (lambda found: list(found.batches("leftovers", ["colour"])), "no column 'colour'"),
    (lambda found: list(found.batches(rows=0)), "rows: 0; wanted at least 1 row a batch"),
    (lambda found: list(found.kept()), "no flags; wanted a folder of duizhao filter. Run duizhao filter."),
    (lambda found: found.pandas(filter=pc.field("colour") == 1), "cannot be read ("),
]


@pytest.mark.parametrize(("ask", "said"), ASKED)
def test_what_is_not_there_is_said(corpus: Path, ask: Callable[[OpenedCorpus], Any], said: str) -> None:
    with pytest.raises(InputError) as caught:
        ask(open_corpus(corpus))
    assert said in str(caught.value)
