"""Decisions read from where they were made: the glossary as a workbook or table, JSON, or the log of the browser."""

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
from duizhao.reports.summary import counted

_FINGERPRINT = re.compile("[0-9a-f]{12}")
_RULE = re.compile(r"[A-Z]\d{3}")
_ROW: tuple[tuple[Kind, frozenset[str]], ...] = (  # what a table needs to have to hold decisions of a kind
    ("finding", frozenset(("rule", "fingerprint", "decision"))),
    ("rendering", frozenset(("term", "rendering", "decision"))),
)
_LONGEST = 4_000  # characters of a term, a rendering or a comment that is taken over
_EXAMPLE = '{"duizhao": "decisions", "version": 1, "decisions": [...]}'
HEADER = '{"duizhao": "decisions", "version": 1}'  # the first line of a log
_MARK = b"\xef\xbb\xbf"


class _Found(NamedTuple):
    """One row: its values by name, where it stands, and where its decision does."""

    kind: Kind
    values: dict[str, str]
    where: str


class Member(NamedTuple):
    """One member of the JSON form that was checked: its values, what it is about (`Decision.key`), where it stands."""

    values: dict[str, str | int]
    key: tuple[str, str, str]
    where: str

    @property
    def empty(self) -> bool:
        """Whether it says nothing: it takes an earlier one back."""
        return not self.values["decision"] and not str(self.values.get("comment", "")).strip()


class Logged(NamedTuple):
    """What a log holds: the latest member about each thing, the latest last, and sentences on what was left out."""

    members: dict[tuple[str, str, str], Member]
    notes: tuple[str, ...]


def read_decisions(path: str) -> Decided:
    """What is decided in a glossary (.xlsx, or .csv with a column decision), in JSON, or in a log of decisions.

    The content tells the kind. Raises InputError, with the cell, for a word that is no decision, and for a decision
    about nothing that can be told.
    """
    return decisions_and_notes(path)[0]


def decisions_and_notes(path: str) -> tuple[Decided, tuple[str, ...]]:
    """The same, and what was left out of a log, a sentence each."""
    data = file_bytes(Path(path))
    name = shown(Path(path))
    notes: tuple[str, ...] = ()
    if data.startswith(b"PK"):
        found = _in_workbook(data, name)
    elif is_log(data):
        members, notes = read_log(data, name)
        found = (_member(each.values, each.where) for each in members.values())
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
    return Decided(tuple(decisions), undecided, later), notes


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
        yield _member(row, f"{source}: decision {number}")


def _member(row: object, where: str) -> _Found:
    """One object of the JSON form as a row; raises InputError for another object."""
    if not isinstance(row, dict) or row.get("kind") not in ("finding", "rendering"):
        raise InputError(where, "no kind", 'an object with "kind": "finding" or "rendering"')
    values: dict[str, str] = {}
    for name, value in row.items():
        if isinstance(value, int) and not isinstance(value, bool) and name == "count":
            value = str(value)
        if not isinstance(value, str):
            raise InputError(where, f"{name[:40]!r} that is no text", "texts in quotes")
        values[name] = value
    return _Found("finding" if row["kind"] == "finding" else "rendering", values, where)


def checked_member(row: object, where: str) -> Member:
    """A member of the JSON form, its decision as accept, reject, later or "".

    Raises InputError at `where` for all that the form does not allow, whatever is decided.

    >>> checked_member({"kind": "rendering", "term": "otter", "rendering": "水獭", "decision": "接受"}, "").key
    ('rendering', 'otter', '水獭')
    """
    found = _member(row, where)
    if "decision" not in found.values:
        raise InputError(where, "no decision", '"decision": "accept", "reject", "later" or ""')
    choice = choice_of(found.values["decision"], where)
    decision = _decision(found, choice if choice == "accept" or choice == "reject" else "accept")
    given = row if isinstance(row, dict) else {}
    return Member({**given, "decision": choice}, decision.key, where)


def is_log(data: bytes) -> bool:
    """Whether these bytes begin with the line that heads a log of decisions.

    >>> is_log(b'{"duizhao": "decisions", "version": 1}\\n'), is_log(b'{"duizhao": "decisions", "decisions": []}\\n')
    (True, False)
    """
    line, end, _ = data.removeprefix(_MARK).partition(b"\n")
    head = _whole_line(line)
    return bool(end) and isinstance(head, dict) and head.get("duizhao") == "decisions" and "decisions" not in head


def read_log(data: bytes, source: str) -> Logged:
    """The latest decision about each thing in a log, which has one a line; an empty one takes the earlier back.

    A line that broke off (a crash, a full disk) is left out, and a note says where. Raises InputError, with the line,
    where a whole line holds anything else than a decision, and for bytes that are no log.
    """
    lines = data.removeprefix(_MARK).split(b"\n")
    head = _whole_line(lines[0])
    if not is_log(data) or not isinstance(head, dict):
        raise InputError(f"{source}:1", "no log of decisions", HEADER, "Is it the right file?")
    if head.get("version") != 1:
        raise InputError(f"{source}:1", "another version of decisions", "version 1", "Bring duizhao up to date.")
    members: dict[tuple[str, str, str], Member] = {}
    broken: list[int] = []
    for number, line in enumerate(lines[1:], 2):
        if not line.strip():
            continue
        row = _whole_line(line)
        if row is None:
            broken.append(number)
            continue
        member = checked_member(row, f"{source}:{number}")
        members.pop(member.key, None)
        if not member.empty:
            members[member.key] = member
    return Logged(members, _broken(broken, source))


def _whole_line(line: bytes) -> object:
    """The JSON value on a line; None where it broke off or was never JSON."""
    try:
        value: object = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    return value


def _broken(lines: list[int], source: str) -> tuple[str, ...]:
    if not lines:
        return ()
    where = f"{source}:{', '.join(map(str, lines[:5]))}{', …' if len(lines) > 5 else ''}"
    return (f"{where}: {counted(len(lines), 'unfinished line')} left out.",)


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
