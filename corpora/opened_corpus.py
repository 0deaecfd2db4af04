"""A corpus, or a folder of `duizhao filter`, opened as pandas, Arrow or SQL without loading it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import InputError
from .shards import shards_of
from .store import corpus_files, corpus_place, in_words, is_corpus, read_manifest
from .store_schema import (
    FILTER_SCHEMA,
    FILTER_TABLES,
    FILTERED,
    MANIFEST,
    TABLES,
    columns_of,
    filtered_columns,
    is_table,
)

if TYPE_CHECKING:
    import duckdb
    import pandas as pd
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.dataset as ds

_said = partial(in_words, broken="cannot be read", wanted="whole files of duizhao", do="Make it again.")
_BESIDE = ("pairs", "flags", "signals", "meaning")  # tables of a filter folder that agree row by row
_LOCKED: dict[str, str | int | float | list[str]] = {  # no files, no network, no extensions, no variables of the caller
    "memory_limit": "1GB",
    "temp_directory": "",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "allow_persistent_secrets": False,
    "python_enable_replacements": False,
}


@dataclass(frozen=True, slots=True, repr=False)
class OpenedCorpus:
    """A folder of tables, in shards. Nothing is read before it is asked for, and never more than is asked for.

    `tables` are the names of its tables: documents, records, leftovers and pairs of a corpus; pairs, signals, keys,
    duplicates, flags and, where the encoder was on, meaning of what `duizhao filter` made.
    """

    folder: Path
    tables: tuple[str, ...]
    _files: Mapping[str, Sequence[Path]] = field(compare=False)
    _columns: Mapping[str, "pa.Schema"] = field(compare=False)

    def __repr__(self) -> str:
        """The folder and its tables, on one line."""
        return f"OpenedCorpus({str(self.folder)!r}: {', '.join(self.tables)})"

    def count(self, table: str) -> int:
        """The rows of a table, from the ends of its files; a document cut into parts has a row a part."""
        with _said(self.folder):
            return int(self.arrow(table).count_rows())

    def arrow(self, table: str, columns: Sequence[str] | None = None) -> "ds.Dataset":
        """A table as a dataset of pyarrow, all columns or some, in the order of the corpus.

        Reads the ends of its files only; raises InputError where one has other columns than the first. What breaks
        later, while the dataset is read, comes as an error of Arrow's.
        """
        import pyarrow as pa
        import pyarrow.dataset as ds
        import pyarrow.fs

        schema = self._schema(table, columns)
        with _said(self.folder):
            for file in self._files[table]:
                self._check(table, file)
            files = [str(file) for file in self._files[table]]
            if not files:
                return ds.dataset(pa.table({each.name: pa.array([], each.type) for each in schema}))
            whole = ds.dataset(files, self._columns[table], format="parquet", filesystem=pyarrow.fs.LocalFileSystem())
            return whole.replace_schema(schema) if columns is not None else whole

    def pandas(
        self, table: str = "pairs", columns: Sequence[str] | None = None, filter: "pc.Expression | None" = None
    ) -> "pd.DataFrame":
        """A table as a data frame, in order: all columns or some, all rows or those that an expression of Arrow keeps.

        Errors as for `arrow`, and InputError where a file is broken.
        """
        dataset = self.arrow(table)
        self._schema(table, columns)
        with _said(self.folder):
            chosen = list(columns) if columns is not None else None
            return dataset.to_table(columns=chosen, filter=filter).to_pandas()  # type: ignore[no-any-return]

    def batches(
        self, table: str = "pairs", columns: Sequence[str] | None = None, rows: int = 10_000
    ) -> Iterator["pa.RecordBatch"]:
        """A table in batches of at most so many rows, in the order of the corpus; errors as for `pandas`."""
        import pyarrow.parquet as pq

        names = self._schema(table, columns).names
        if rows < 1:
            raise InputError("rows", str(rows), "at least 1 row a batch")
        for path in self._files[table]:
            with _said(self.folder):
                self._check(table, path)
                with pq.ParquetFile(path) as file:
                    yield from (batch for batch in file.iter_batches(rows, columns=names) if batch.num_rows)

    def kept(self, columns: Sequence[str] | None = None, rows: int = 10_000) -> Iterator["pa.RecordBatch"]:
        """The pairs that no filter rejects, in order, in batches; raises InputError where nothing was filtered."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        if "flags" not in self.tables:
            raise InputError(str(self.folder), "no flags", "a folder of duizhao filter", "Run duizhao filter.")
        self._check_beside()
        flags = iter(self._files["flags"])
        begin, kept = 0, pa.array([], pa.bool_())
        for batch in self.batches("pairs", columns, rows):
            while begin == len(kept):  # a batch holds rows of one shard
                begin, path = 0, next(flags, None)
                if path is None:  # a file says that it has more rows than there are in it
                    raise InputError(str(self.folder), "fewer flags than pairs", "one a pair", "Filter it again.")
                with _said(self.folder):
                    kept = pq.read_table(path, columns=["kept"])["kept"].combine_chunks()
            with _said(self.folder):
                rest = batch.filter(kept.slice(begin, batch.num_rows))
            yield rest
            begin += batch.num_rows

    def sql(self, query: str) -> "duckdb.DuckDBPyRelation":
        """What a query gives, as a relation of DuckDB (`.df()`, `.arrow()`, `.fetchall()`); needs `duizhao[duckdb]`.

        Each table is a view under its name; a filter folder has one more, `rows`: each pair with its flags, signals
        and meaning. The query reads these views and nothing else: no files, no network, no extensions; nothing is
        written, and it takes at most about 1 GB. Raises InputError for a query that DuckDB refuses.
        """
        try:
            import duckdb
        except ImportError as error:
            do = "pip install 'duizhao[duckdb]'"
            raise InputError("sql", "no duckdb", "the package duckdb, which runs queries", do) from error
        connection = duckdb.connect(":memory:", config=_LOCKED.copy())
        for table in self.tables:
            connection.register(table, self.arrow(table))
        if "flags" in self.tables:
            connection.execute(self._rows_view())
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        try:
            relation = connection.sql(query)
        except (duckdb.Error, UnicodeError) as error:
            said = " ".join(str(error).split())[:300]
            raise InputError("sql", f"a query that DuckDB refuses ({said})", "one over its tables") from error
        if relation is None:
            raise InputError("sql", "a statement that gives no rows", "a query", "Begin with SELECT.")
        return relation

    def _schema(self, table: str, columns: Sequence[str] | None = None) -> "pa.Schema":
        """The columns of a table, all or these; raises InputError where there is no such table or column."""
        import pyarrow as pa

        if table not in self.tables:
            raise InputError(str(self.folder), f"no table {table!r}", "one of " + ", ".join(self.tables))
        schema = self._columns[table]
        for name in columns or ():
            if name not in schema.names:
                raise InputError(f"{self.folder}: {table}", f"no column {name!r}", "one of " + ", ".join(schema.names))
        return schema if columns is None else pa.schema([schema.field(name) for name in columns])

    def _check(self, table: str, path: Path) -> int:
        """The rows of a file; raises InputError where it has other columns than its table."""
        import pyarrow.parquet as pq

        with pq.ParquetFile(path) as file:
            if not file.schema_arrow.equals(self._columns[table]):
                shown = path.relative_to(self.folder).as_posix()
                raise InputError(str(self.folder), f"other columns in {shown}", "those of its table", "Make it again.")
            return int(file.metadata.num_rows)

    def _check_beside(self) -> list[str]:
        """The tables that agree row by row; raises InputError where their shards do not have the same rows."""
        tables = [table for table in _BESIDE if table in self.tables]
        with _said(self.folder):
            rows = {table: [self._check(table, path) for path in self._files[table]] for table in tables}
        for table in tables:
            if rows[table] != rows["pairs"]:
                found = f"other rows in {table} than in pairs"
                raise InputError(str(self.folder), found, "the same in each shard", "Filter it again.")
        return tables

    def _rows_view(self) -> str:
        """The statement that makes the view `rows`; a column whose name an earlier table has is left out."""
        tables = self._check_beside()
        taken: dict[str, str] = {}
        for table in tables:
            for name in self._columns[table].names:
                taken.setdefault(name.casefold(), f"{table}.{_quoted(name)}")
        return f"CREATE VIEW rows AS SELECT {', '.join(taken.values())} FROM {' POSITIONAL JOIN '.join(tables)}"


def open_corpus(folder: Path) -> OpenedCorpus:
    """The corpus in this folder, in its `corpus` folder, or what `duizhao filter` made there, opened and not read.

    Raises InputError where there is none, or one of a schema that this version does not know.

    >>> import tempfile
    >>> from .store import Corpus, write_corpus
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_corpus(Corpus((), (), (), ()), Path(folder))
    ...     open_corpus(Path(folder)).count("pairs")
    0
    """
    if not is_corpus(folder):
        raise InputError(str(folder), "no manifest.json", "a folder of duizhao build or duizhao filter")
    place = corpus_place(folder)
    if _is_filtered(place):
        return _filtered(place)
    manifest = read_manifest(place)
    files = {name: tuple(corpus_files(place, manifest, name)) for name in TABLES}
    return OpenedCorpus(place, TABLES, files, {name: columns_of(name) for name in TABLES})


def _is_filtered(place: Path) -> bool:
    """Whether `duizhao filter` made this folder; raises InputError for a schema of the future."""
    with _said(place):
        manifest = json.loads((place / MANIFEST).read_text(encoding="utf-8"))
    if not isinstance(manifest, dict) or FILTERED not in manifest:
        return False
    if manifest[FILTERED] != FILTER_SCHEMA:
        found, wanted = f"{FILTERED} {manifest[FILTERED]}", f"{FILTERED} {FILTER_SCHEMA}"
        raise InputError(str(place), found, wanted, "Filter it again.")
    return True


def _filtered(place: Path) -> OpenedCorpus:
    """A folder of `duizhao filter`; the columns of its tables are those of their first shards."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    tables = tuple(name for name in FILTER_TABLES if is_table(place / name))
    for name in ("pairs", "flags"):
        if name not in tables:
            raise InputError(str(place), f"no table {name}", "what duizhao filter wrote", "Filter it again.")
    files = {name: tuple(shards_of(place / name)) for name in tables}
    with _said(place):
        columns: dict[str, Any] = {
            name: pq.read_schema(files[name][0]) if files[name] else pa.schema([]) for name in tables
        }
    for name, needed in (("pairs", filtered_columns("pairs")), ("flags", filtered_columns("flags"))):
        if not files[name]:
            columns[name] = needed
        elif any(each not in columns[name] for each in needed):
            raise InputError(str(place), f"other columns in {name}", "those of this schema", "Filter it again.")
    return OpenedCorpus(place, tables, files, columns)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
