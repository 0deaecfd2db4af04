"""Decisions read from where they were made: the glossary as a workbook or table, or JSON that a program wrote."""

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from openpyxl.utils import get_column_letter

from duizhao.corpora import InputError
from duizhao.corpora.delimited import read_delimited
from duizhao.corpora.files import file_bytes, shown
from duizhao.corpora.reading import read_text
from duizhao.corpora.rows import Cell, Table
from duizhao.corpora.spreadsheet import read_xlsx
from duizhao.decisions import Decided, Decision, Kind, choice_of

_FINGERPRINT = re.compile("[0-9a-f]{12}")
_RULE = re.compile(r"[A-Z]\d{3}")
_ROW: tuple[tuple[Kind, frozenset[str]], ...] = (  # what a table needs to have to hold decisions of a kind
    ("finding", frozenset(("rule", "fingerprint", "decision"))),
    ("rendering", frozenset(("term", "rendering", "decision"))),
)
_LONGEST = 4_000  # characters of a term, a rendering or a comment that is taken over
_EXAMPLE = '{"duizhao": "decisions", "version": 1, "decisions": [...]}'


class _Found(NamedTuple):
    """One row: its values by name, where it stands, and where its decision does."""

    kind: Kind
    values: dict[str, str]
    where: str


def read_decisions(path: str) -> Decided:
    """What is decided in a glossary (.xlsx, or .csv with a column decision) or in a JSON file of decisions.

    The content tells the kind. Raises InputError, with the cell, for a word that is no decision, and for a decision
    about nothing that can be told.
    """
    data = file_bytes(Path(path))
    name = shown(Path(path))
    if data.startswith(b"PK"):
        found = _in_workbook(data, name)
    elif data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"["):
        found = _in_json(read_text(path), name)
    else:
        found = _in_table(read_text(path), name)
    decisions: list[Decision] = []
    undecided: dict[Kind, int] = {"rendering": 0, "finding": 0}
    later = 0
    for row in found:
        choice = choice_of(row.values.get("decision", ""), row.where)
        if choice == "accept" or choice == "reject":
            decisions.append(_decision(row, choice))
        else:
            undecided[row.kind] += 1
            later += choice == "later"
    return Decided(tuple(decisions), undecided, later)


def marks_in(path: Path) -> dict[tuple[str, str], tuple[str, str]]:
    """What stands in the columns decision and comment of a glossary.xlsx, by sheet and fingerprint; rows with neither
    are left out. Raises InputError for a file that is no such workbook.
    """
    marks = {}
    for row in _in_workbook(file_bytes(path), shown(path)):
        mark = row.values.get("decision", "").strip(), row.values.get("comment", "").strip()
        if any(mark):
            marks["Terms" if row.kind == "rendering" else "Findings", row.values.get("fingerprint", "")] = mark
    return marks


def _in_workbook(data: bytes, source: str) -> Iterator[_Found]:
    """The rows of the sheets Terms, Terms 2 …, Findings, Findings 2 …"""
    read = 0
    for name in ("Terms", "Findings"):
        number = 1
        while (table := _sheet(data, source, name if number == 1 else f"{name} {number}")) is not None:
            title = name if number == 1 else f"{name} {number}"
            yield from _rows(table, source, f"{source}:{title}!")
            read, number = read + 1, number + 1
    if not read:
        raise InputError(source, "no sheet called Terms or Findings", "a glossary.xlsx that duizhao wrote")


def _sheet(data: bytes, source: str, name: str) -> Table | None:
    try:
        return read_xlsx(data, source, name)
    except InputError as error:
        if error.found in (f"no sheet called {name!r}", f"no cells in sheet {name!r}"):
            return None
        raise


def _in_table(text: str, source: str) -> Iterator[_Found]:
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    yield from _rows(read_delimited(text, source, delimiter), source, f"{source}:")


def _rows(table: Table, source: str, place: str) -> Iterator[_Found]:
    if not table.rows:
        return
    names = {cell.name.strip().casefold() for cell in table.rows[0]}
    kind: Kind | None = next((each for each, needed in _ROW if needed <= names), None)
    if kind is None:
        wanted = "a header in row 1 with decision, and term and rendering, or rule and fingerprint"
        found = f"the columns {', '.join(sorted(names))[:80]}"
        raise InputError(f"{place.rstrip('!:')}", found, wanted, "Keep the header as duizhao wrote it.")
    for row in table.rows:
        values = {cell.name.strip().casefold(): cell.text for cell in row}
        if any(text.strip() for text in values.values()):
            decision = next(cell for cell in row if cell.name.strip().casefold() == "decision")
            yield _Found(kind, values, place + _cell(decision, place))


def _cell(cell: Cell, place: str) -> str:
    return f"{get_column_letter(cell.column)}{cell.line}" if place.endswith("!") else f"{cell.line}:{cell.column}"


def _in_json(text: str, source: str) -> Iterator[_Found]:
    try:
        content: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = f":{error.lineno}:{error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        raise InputError(source + line, "broken JSON", _EXAMPLE, "Write it again.") from error
    if not isinstance(content, dict) or content.get("duizhao") != "decisions":
        raise InputError(source, "JSON that holds no decisions", _EXAMPLE)
    if content.get("version") != 1:
        raise InputError(source, "another version of decisions", "version 1", "Bring duizhao up to date.")
    rows = content.get("decisions")
    if not isinstance(rows, list):
        raise InputError(source, "no list of decisions", _EXAMPLE)
    for number, row in enumerate(rows, 1):
        where = f"{source}: decision {number}"
        if not isinstance(row, dict) or row.get("kind") not in ("finding", "rendering"):
            raise InputError(where, "no kind", 'an object with "kind": "finding" or "rendering"')
        values: dict[str, str] = {}
        for name, value in row.items():
            if isinstance(value, int) and not isinstance(value, bool) and name == "count":
                value = str(value)
            if not isinstance(value, str):
                raise InputError(where, f"{name[:40]!r} that is no text", "texts in quotes")
            values[name] = value
        yield _Found("finding" if row["kind"] == "finding" else "rendering", values, where)


def _decision(row: _Found, choice: Literal["accept", "reject"]) -> Decision:
    texts = {name: _clean(row, name) for name in ("comment", "term", "rendering", "wanted", "en", "zh")}
    if not texts["wanted"]:
        texts["wanted"] = _clean(row, "expected")  # as the CSV calls it
    rule, fingerprint = (row.values.get(name, "").strip() for name in ("rule", "fingerprint"))
    if row.kind == "finding" and not (_FINGERPRINT.fullmatch(fingerprint) and _RULE.fullmatch(rule)):
        found = "a decision without the rule and fingerprint of its finding"
        raise InputError(row.where, found, "twelve hex digits as duizhao wrote them", "Copy them from findings.jsonl.")
    if row.kind == "rendering" and not texts["term"]:
        raise InputError(row.where, "a decision without its term", "the term as duizhao wrote it")
    count = row.values.get("count", "").strip()
    return Decision(
        row.kind,
        choice,
        row.where,
        fingerprint=fingerprint,
        rule=rule,
        count=int(count) if count.isascii() and count.isdecimal() and len(count) < 16 else 0,
        **texts,
    )


def _clean(row: _Found, name: str) -> str:
    """A value on one line; raises InputError for what no table can hold."""
    text = " ".join(row.values.get(name, "").split())
    if name in ("en", "zh"):
        return text  # only compared
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in text):
        raise InputError(row.where, f"a control character in {name}", "text", "Remove it.")
    if len(text) > _LONGEST:
        raise InputError(row.where, f"{len(text):,} characters in {name}", f"at most {_LONGEST:,}", "Shorten it.")
    return text
