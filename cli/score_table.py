"""Tables with the texts of a test set: which column is what, by the names that such tables give them."""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path, PurePath
from typing import NamedTuple

from duizhao.corpora.errors import InputError
from duizhao.corpora.files import file_bytes, shown
from duizhao.corpora.rows import Cell, Row, Table
from duizhao.metrics.testset_streams import listed
from duizhao.score_inputs import TABLES, as_text

_NUMBER = r"(?:[_ .-]?\d{1,3})?"
_REFERENCE = re.compile(rf"(?:refs?|references?|human|gold|参考译文|参考|人工译文)(?:{_NUMBER}|[_-]?[a-z])")
_HYPOTHESIS = re.compile(
    rf"(?:hyp|hypothesis|mt|sys|system|译文|机器译文|机器翻译|机翻){_NUMBER}|(?:hyp|mt|译文)[_-](.{{1,60}})"
)
_ABOUT = frozenset(
    "id name score scores len length lang language count bleu chrf ter comet time".split()
)  # hyp_score …
_SOURCE = frozenset("source src source_text src_text 原文 源文".split())
_RECORD = frozenset("record record_id doc docid doc_id document document_id 文档".split())
_TAG = frozenset("tag domain 标签 领域".split())
_PLACE = frozenset("id segid seg_id segment_id 编号 序号".split())
_LANGUAGES: dict[str, str] = dict.fromkeys("en eng english 英文 英语".split(), "en")
_LANGUAGES |= dict.fromkeys("zh zho chi cmn chinese 中文 汉语".split(), "zh")
_LONG = 100  # characters; no name of a column is longer


class Roles(NamedTuple):
    """What columns are by their names; `languages` are those called by the language of their texts."""

    hypotheses: list[str]
    references: list[str]
    source: str | None
    record: str | None
    tag: str | None
    place: str | None
    languages: Mapping[str, str]
    unknown: list[str]


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """The rows of a table or corpus, the names of its columns in order, and where each row stands."""

    source: str
    rows: tuple[Row, ...]
    names: tuple[str, ...]
    places: tuple[str, ...]
    notes: tuple[str, ...]
    is_tmx: bool = False

    def column(self, name: str) -> str | None:
        """The column of this name, in any case where that is clear, in TMX "zh-CN" for "zh"; else None."""
        if name in self.names:
            return name
        if alike := [column for column in self.names if column.casefold() == name.casefold()]:
            return alike[0] if len(alike) == 1 else None
        if self.is_tmx:
            from duizhao.corpora.tmx import side_of

            side = side_of(name)
            return side if side in self.names else None
        return None

    def texts(self, column: str) -> tuple[str | None, ...]:
        """The texts of a column, None in rows without it; raises InputError for a row with several."""
        found: list[str | None] = []
        for row, place in zip(self.rows, self.places, strict=True):
            texts = [cell.text for cell in row if cell.name == column]
            if len(texts) > 1:
                where, do = f"{self.source}: row {place[:40]}", "Give each a name: ref1, ref2 …"
                raise InputError(where, f"{len(texts):,} texts in {column!r}", "one", do)
            found.append(texts[0] if texts else None)
        return tuple(found)

    def roles(self, taken: frozenset[str] = frozenset()) -> Roles:
        """What the columns that are not taken are."""
        return roles_of([name for name in self.names if name not in taken])

    def unknown(self, what: str, known: str, option: str, roles: Roles) -> InputError:
        """The error where no column is known for what is needed."""
        short = [name for name in roles.unknown if name.isprintable() and len(name) <= _LONG]
        few = short[: 3 if option == "--hyp" else 1]
        found = f"none of the columns {listed(self.names)} is known for {what}"
        do = f"Name it: {option} {' '.join(few) or 'COLUMN'}, or a file of lines."
        return InputError(self.source, found, f"one called {known}", do)


def roles_of(names: Sequence[str]) -> Roles:
    """What columns are, by their names alone: the last part of a path, in any case.

    >>> roles = roles_of(["src", "ref1", "ref2", "hyp_a", "gpt"])
    >>> roles.source, roles.references, roles.hypotheses, roles.unknown
    ('src', ['ref1', 'ref2'], ['hyp_a'], ['gpt'])
    """
    single: dict[str, str] = {}
    languages: dict[str, str] = {}
    many: dict[str, list[str]] = {"hypotheses": [], "references": []}
    unknown: list[str] = []
    for name in names:
        word = name.rpartition(".")[2].strip().casefold() if len(name) <= _LONG else ""
        kinds = (("source", _SOURCE), ("record", _RECORD), ("tag", _TAG), ("place", _PLACE))
        kind = next((kind for kind, known in kinds if word.replace(" ", "_") in known), "")
        if kind:
            single.setdefault(kind, name)
        elif _REFERENCE.fullmatch(word):
            many["references"].append(name)
        elif (found := _HYPOTHESIS.fullmatch(word)) and found[1] not in _ABOUT:
            many["hypotheses"].append(name)
        elif side := _LANGUAGES.get(re.split("[-_]", word, maxsplit=1)[0]):
            languages.setdefault(side, name)
        else:
            unknown.append(name)
    source, record, tag, place = (single.get(kind) for kind in ("source", "record", "tag", "place"))
    return Roles(many["hypotheses"], many["references"], source, record, tag, place, languages, unknown)


def read_table(path: str, encoding: str | None = None, sheet: str | None = None) -> ScoreTable:
    """The table in a file of `TABLES`, or the pairs of a corpus that `duizhao build` wrote.

    A corpus has the columns en, zh, record (document and record) and tag (the field). Raises InputError for what is
    no table, and for JSON of which an item would be no row.
    """
    source = shown(Path(path))
    if Path(path).is_dir():
        return _corpus(path, source)
    suffix = PurePath(path).suffix.lower()
    if suffix not in TABLES:
        do = "Name files of lines with --hyp and --ref."
        raise InputError(source, "no table by its name", f"one of {' '.join(TABLES)}, or the folder of a corpus", do)
    table = _table(file_bytes(Path(path)), source, suffix, encoding, sheet)
    names = tuple(dict.fromkeys(cell.name for row in table.rows for cell in row))
    if not names:
        raise InputError(source, "no texts", "rows of texts")
    return ScoreTable(source, table.rows, names, _places(table.rows, names), table.notes, suffix == ".tmx")


def _table(data: bytes, source: str, suffix: str, encoding: str | None, sheet: str | None) -> Table:
    if suffix == ".xlsx":
        from duizhao.corpora.spreadsheet import read_xlsx

        return read_xlsx(data, source, sheet)
    if suffix == ".parquet":
        from duizhao.corpora.parquet_table import read_parquet

        return read_parquet(data, source)
    if suffix == ".tmx":
        from duizhao.corpora.tmx import read_tmx

        return read_tmx(data, source)
    from duizhao.corpora.sniffing import text_format

    text, notes = as_text(data, source, encoding)
    kind, read = text_format(text, suffix.removeprefix("."))
    table = read(text, source)
    if not isinstance(table, Table):
        raise InputError(source, kind, "a table, as its name says", "Export it again.")
    if kind == "JSON":
        _check_items(text, table, source)
    return Table(table.format, table.rows, (*notes, *table.notes))


def _check_items(text: str, table: Table, source: str) -> None:
    """Raise where an item of JSON would be no row, or several: segments would be lost without a word."""
    if table.format == "JSON Lines":
        rows = Counter(max(cell.line for cell in row) for row in table.rows)
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip() and rows[number] != 1:
                found = f"{rows[number]} rows in a line" if rows[number] else "a line without text"
                raise InputError(f"{source}:{number}", found, "an object with a text, one a line")
        return
    value = json.loads(text, parse_int=str, parse_float=str)  # read before, so that it is sound
    if isinstance(value, dict):
        lists = [inner for inner in value.values() if isinstance(inner, list) and isinstance((*inner, "")[0], dict)]
        value = lists[0] if len(lists) == 1 else None
    if isinstance(value, list) and len(value) != len(table.rows):
        found = f"{len(value):,} items, {len(table.rows):,} rows with text"
        do = "Give a list of such objects, or JSON Lines."
        raise InputError(source, found, "an object with a text for each segment", do)


def _places(rows: Sequence[Row], names: Sequence[str]) -> tuple[str, ...]:
    """For each row its id, else its line, or its number where lines do not tell rows apart."""
    lines = [max((cell.line for cell in row), default=0) for row in rows]
    if any(a >= b for a, b in pairwise(lines)) or 0 in lines:
        lines = list(range(1, len(rows) + 1))
    place = roles_of(names).place
    ids = [next((cell.text for cell in row if cell.name == place and cell.text.strip()), "") for row in rows]
    return tuple(given or str(line) for given, line in zip(ids, lines, strict=True))


def _corpus(path: str, source: str) -> ScoreTable:
    from duizhao.corpora.exports import units_of_pairs
    from duizhao.corpora.store import is_corpus, read_corpus

    if not is_corpus(Path(path)):
        raise InputError(source, "a folder without a corpus", "a table, or what duizhao build wrote")
    corpus = read_corpus(Path(path))
    rows: list[Row] = []
    ids: list[str] = []
    for number, unit in enumerate(units_of_pairs(corpus.documents, corpus.pairs), 1):
        record = f"{unit.origin.get('document', '')} {unit.origin.get('record', '')}"
        texts = {"en": unit.en, "zh": unit.zh, "record": record, "tag": unit.origin.get("field", "")}
        rows.append(tuple(Cell(name, text, number, 1) for name, text in texts.items()))
        ids.append(unit.id or str(number))
    if not rows:
        raise InputError(source, "a corpus without pairs", "English and Chinese, aligned")
    left = len(corpus.pairs) - len(rows)
    notes = (f"{left:,} pairs with one side only were left out",) if left else ()
    return ScoreTable(source, tuple(rows), ("en", "zh", "record", "tag"), tuple(ids), notes)
