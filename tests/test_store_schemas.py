"""Corpora of the schema before are read as they are, and give way to one of this schema."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from duizhao.corpora import Corpus, Document, InputError, Leftover, Pair, Record, read_corpus, write_corpus
from duizhao.corpora.page import Place
from duizhao.corpora.store import corpus_parts, read_part
from duizhao.corpora.store_schema import is_only_corpus
from duizhao.publishing import check_replaceable, published

TEXT, SPANS = pa.string(), pa.list_(pa.list_(pa.int64()))
OPTIONAL = (
    "tag title_en title_zh affiliation url abstract_en abstract_zh summary_zh commentary_zh text_en text_zh".split()
)
ROWS: dict[str, dict[str, Any]] = {
    "documents": {
        "source": "river.html",
        "sha256": "5" * 64,
        "encoding": "utf-8",
        "text": "Otters carry tea.\n海獭带着茶。\n分享",
        "notes": ["read as HTML"],
        "format": "HTML",
        "script": "Hans",
        "places": [[0, 4, 2], [18, 7, 1]],
    },
    "records": {
        **dict.fromkeys(OPTIONAL),
        **{"id": "river#1", "document": "river.html", "kind": "passage", "number": 7},
        **{"authors": ["A Lin", "李河"], "authors_truncated": True, "key_points_zh": [], "authors_en": []},
        **{"text_en": "Otters carry tea.", "text_zh": "海獭带着茶。"},
        "spans": [{"field": "text_en", "spans": [[0, 17]]}, {"field": "text_zh", "spans": [[18, 24]]}],
    },
    "leftovers": {"document": "river.html", "kind": "noise", "span": [25, 27], "text": "分享"},
    "pairs": {
        **{"id": "river#1.text.1", "record": "river#1", "document": "river.html", "field": "text"},
        **{"en": ["Otters carry tea."], "zh": ["海獭带着茶。"], "spans_en": [[0, 17]], "spans_zh": [[18, 24]]},
        **{"type": "1-1", "score": 0.75, "probability": 0.5},
    },
}
ORDER = {
    "records": "id document kind number tag title_en title_zh authors authors_truncated affiliation url abstract_en "
    "abstract_zh key_points_zh summary_zh commentary_zh text_en text_zh authors_en spans"
}
TYPES: dict[str, Any] = {
    **dict.fromkeys(("notes", "authors", "key_points_zh", "authors_en", "en", "zh"), pa.list_(TEXT)),
    **dict.fromkeys(("places", "spans_en", "spans_zh"), SPANS),
    **{"number": pa.int64(), "authors_truncated": pa.bool_(), "score": pa.float64(), "probability": pa.float64()},
    **{"span": pa.list_(pa.int64()), "spans": pa.list_(pa.struct([("field", TEXT), ("spans", SPANS)]))},
}


def write_schema_3(folder: Path) -> None:
    """A corpus as duizhao wrote it before corpora had parts; frozen here."""
    for name, row in ROWS.items():
        columns = ORDER[name].split() if name in ORDER else list(row)
        schema = pa.schema([(column, TYPES.get(column, TEXT)) for column in columns])
        pq.write_table(pa.Table.from_pylist([row], schema=schema), folder / f"{name}.parquet", compression="zstd")
    said = {"schema": 3, "counts": {"documents": 1, "leftovers": 1, "pairs": 1, "records": 1}}
    (folder / "manifest.json").write_text(json.dumps(said, indent=2, sort_keys=True) + "\n", encoding="utf-8")


OLD = Corpus(
    (
        Document(
            *("river.html", "5" * 64, "utf-8", "Otters carry tea.\n海獭带着茶。\n分享", ("read as HTML",)),
            *("HTML", "Hans", (Place(0, 4, 2), Place(18, 7, 1))),
        ),
    ),
    (
        Record(
            *("river#1", "river.html", "passage", 7),
            authors=("A Lin", "李河"),
            authors_truncated=True,
            text_en="Otters carry tea.",
            text_zh="海獭带着茶。",
            spans={"text_en": ((0, 17),), "text_zh": ((18, 24),)},
        ),
    ),
    (Leftover("river.html", "noise", (25, 27), "分享"),),
    (
        Pair(
            *("river#1.text.1", "river#1", "river.html", "text", ("Otters carry tea.",), ("海獭带着茶。",)),
            *(((0, 17),), ((18, 24),), "1-1", 0.75, 0.5),
        ),
    ),
)


def test_the_schema_before_is_read_as_one_part(tmp_path: Path) -> None:
    write_schema_3(tmp_path)
    assert read_corpus(tmp_path) == OLD
    assert corpus_parts(tmp_path) == 1 and read_part(tmp_path, 0) == OLD
    with pytest.raises(InputError, match="no part 1"):
        read_part(tmp_path, 1)


@pytest.mark.parametrize("schema", [1, 2, 5, "3", True, None])
def test_other_schemas_are_refused(tmp_path: Path, schema: Any) -> None:
    write_schema_3(tmp_path)
    (tmp_path / "manifest.json").write_text(json.dumps({"schema": schema}), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_corpus(tmp_path)
    assert str(caught.value) == f"{tmp_path}: schema {schema}; wanted schema 4. Build it again."


def test_a_corpus_replaces_one_of_the_schema_before_and_of_more_parts(tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "corpus").mkdir(parents=True)
    write_schema_3(out / "corpus")
    for _ in range(2):
        with published(out) as new:
            (new / "corpus").mkdir()
            write_corpus(OLD, new / "corpus")
        assert sorted(item.name for item in (out / "corpus").iterdir()) == [
            *("documents", "leftovers", "manifest.json", "pairs", "records")
        ]
        assert read_corpus(out) == OLD
        assert [item.name for item in out.iterdir()] == ["corpus"]


def note(folder: Path) -> None:
    (folder / "mine.txt").write_text("keep", encoding="utf-8")


def note_among_shards(folder: Path) -> None:
    note(folder / "pairs")


def odd_shard(folder: Path) -> None:
    (folder / "pairs" / "january.parquet").write_bytes(b"mine")


def table_elsewhere(folder: Path) -> None:
    (folder / "pairs").rename(folder.parent / "pairs")
    (folder / "pairs").symlink_to(folder.parent / "pairs")


def other_folder(folder: Path) -> None:
    (folder / "signals").mkdir()


def folder_for_a_shard(folder: Path) -> None:
    (folder / "pairs" / "0000001.parquet").mkdir()


@pytest.mark.parametrize("add", [note, note_among_shards, odd_shard, table_elsewhere, other_folder, folder_for_a_shard])
def test_a_folder_with_something_else_is_not_replaced(tmp_path: Path, add: Any) -> None:
    old, new = tmp_path / "corpus", tmp_path / "new"
    for folder in (old, new):
        folder.mkdir()
        write_corpus(OLD, folder)
    assert is_only_corpus(old)
    check_replaceable(old, new, "corpus")
    add(old)
    assert not is_only_corpus(old)
    with pytest.raises(InputError, match="corpus: not what duizhao wrote; wanted room for a folder"):
        check_replaceable(old, new, "corpus")
