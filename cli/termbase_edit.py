"""A termbase in CSV with some entries changed and others added, and everything else in it left as it stands."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from duizhao.corpora import InputError, Term
from duizhao.corpora.termbase import read_termbase
from duizhao.corpora.termbase_csv import COLUMNS, term_cells, write_terms

_MARK = b"\xef\xbb\xbf"
_DO = "Convert it first with duizhao terms convert, and name the new file with --termbase."


@dataclass(slots=True)
class _Row:
    """One record of a CSV file: its lines as they stand, and its fields."""

    raw: str
    fields: list[str]

    @property
    def end(self) -> str:
        """The line end of the record, "" for a last line without one."""
        return self.raw[len(self.raw.rstrip("\r\n")) :]


def edited_termbase(data: bytes | None, source: str, changes: Mapping[str, Term], new: Iterable[Term]) -> bytes:
    """The bytes of a termbase with the entries of these English terms replaced and the new ones added at its end.

    Rows that are not named stay byte for byte; of one that is, the cells that differ change. A column that a change
    needs is added. `data` is None where there is no file yet. Raises InputError for a termbase that is no CSV with
    our names in its header: there nothing could be changed without changing all.

    >>> edited_termbase("en,zh,mine\\notter,海獭,!\\n".encode(), "t.csv", {"otter": Term("otter", "水獭")}, []).decode()
    'en,zh,mine\\notter,水獭,!\\n'
    """
    new = list(new)
    if data is None:
        handle = io.StringIO(newline="")
        write_terms(new, handle)
        return handle.getvalue().encode("utf-8")
    before = read_termbase(data, source).terms
    if not changes and not new:
        return data
    mark = _MARK if data.startswith(_MARK) else b""
    try:
        text = data.removeprefix(mark).decode("utf-8")
        delimiter = max(",;\t", key=text.partition("\n")[0].count)
        rows = _records(text, delimiter)
    except (csv.Error, UnicodeDecodeError) as error:
        raise _not_ours(source) from error
    header = next((row for row in rows if any(field.strip() for field in row.fields)), None)
    names = [field.strip().casefold() for field in header.fields] if header else []
    if header is None or not {"en", "zh"} <= set(names):
        raise _not_ours(source)
    _widen(rows, header, names, _needed(before, changes, new, names), delimiter)
    waiting = dict(changes)
    for row in rows[rows.index(header) + 1 :]:
        en = row.fields[names.index("en")].strip() if len(row.fields) == len(names) else ""
        if en in waiting:
            _change(row, names, waiting.pop(en), delimiter)
    end = header.end or "\n"
    if new and not rows[-1].end:
        rows[-1].raw += end
    added = [_line([term_cells(term).get(name, "") for name in names], delimiter) + end for term in new]
    made = mark + "".join([row.raw for row in rows] + added).encode("utf-8")
    meant = [changes.get(term.en, term) for term in before] + new
    if list(read_termbase(made, source).terms) != meant:  # the one proof that the rows were understood
        found = "entries that stand in several rows, or rows that are read in a way of their own"
        raise InputError(source, found, "a row an entry, as duizhao writes it", _DO)
    return made


def _needed(before: Sequence[Term], changes: Mapping[str, Term], new: Sequence[Term], names: list[str]) -> list[str]:
    """The columns that the header lacks and a change or a new entry fills."""
    old = {term.en: term_cells(term) for term in before if term.en in changes}
    filled: set[str] = set()
    for term in (*changes.values(), *new):
        known = old.get(term.en, {})
        filled |= {name for name, cell in term_cells(term).items() if cell != known.get(name, "")}
    return [name for name in COLUMNS if name in filled and name not in names]


def _widen(rows: list[_Row], header: _Row, names: list[str], missing: list[str], delimiter: str) -> None:
    """Add columns to all records of full width."""
    width = len(names)
    for row in rows if missing else ():
        if len(row.fields) == width and (width > 1 or any(row.fields)):
            cells = missing if row is header else [""] * len(missing)
            row.raw = delimiter.join((row.raw.removesuffix(row.end), *cells)) + row.end
            row.fields += cells
    names += missing


def _change(row: _Row, names: list[str], term: Term, delimiter: str) -> None:
    """Put the cells of an entry into its row; columns of the user's own stay, and so do cells that say the same."""
    cells = term_cells(term)
    row.fields = [
        field if name not in cells or field.strip() == cells[name] else cells[name]
        for name, field in zip(names, row.fields, strict=True)
    ]
    row.raw = _line(row.fields, delimiter) + row.end


def _records(text: str, delimiter: str) -> list[_Row]:
    lines = io.StringIO(text, newline="").readlines() if "\n" in text else [text]
    reader = csv.reader(iter(lines), strict=True, delimiter=delimiter)
    rows, begin = [], 0
    for fields in reader:
        rows.append(_Row("".join(lines[begin : reader.line_num]), fields))
        begin = reader.line_num
    return rows


def _line(fields: Iterable[str], delimiter: str) -> str:
    return delimiter.join(_quoted(field, delimiter) for field in fields)


def _quoted(cell: str, delimiter: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(sign in cell for sign in f'{delimiter}"\r\n') else cell


def _not_ours(source: str) -> InputError:
    return InputError(source, "not a CSV with the columns en and zh", "a termbase that can be changed in place", _DO)
