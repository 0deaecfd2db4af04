"""CSV and TSV: rows of named cells in, aligned units out; no text is taken for a number, a date or nothing."""

import csv
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TextIO

from .errors import InputError, LimitError
from .rows import Cell, Row, Table, Unit
from .script import HAN, language
from .unit_lines import unit_columns, unit_name, unit_values

LIMIT_FIELD = 10_000_000  # characters
KNOWN_NAMES = frozenset(
    """en eng english zh zho chinese cn zh-cn zh_cn zh-tw zh_tw zh-hans zh-hant en-us en_us en-gb en_gb source src
    target tgt title abstract 英文 英语 中文 汉语 原文 译文 标题 摘要 url id""".split()
)
_LANGUAGE_PARTS = frozenset("en english zh chinese cn 英文 英语 中文 汉语".split())
_SIGNS = re.compile(r"[。！？；!?;\n\r\t]|://|\.\s|\.$")  # what a sentence or an address has, and a name has not

Record = tuple[int, Sequence[str]]  # the line or row where it begins, its fields


class Header(NamedTuple):
    """The columns' names, whether the first row gives them, and what was assumed."""

    names: tuple[str, ...]
    is_first_row: bool
    notes: tuple[str, ...]


def read_delimited(text: str, source: str, delimiter: str) -> Table:
    """The rows of a CSV ("," or ";") or TSV ("\\t") file, each with all its cells, empty ones too.

    A cell's line is the one its row begins in, its column the number of its field. Without a header (see
    `header_of`) columns are called column1, column2 … In a TSV file quotes are either all literal or all those of
    CSV, whichever gives rows of one width. Raises InputError, with the line, for a row too long or too short, for a
    quote that does not close and for two columns of one name; LimitError for a field of over 10,000,000 characters.

    >>> read_delimited("en,zh\\nAn otter.,一只海獭。\\n", "a.csv", ",").rows[0][1]
    Cell(name='zh', text='一只海獭。', line=2, column=2)
    """
    notes = []
    if "\r" in text and "\n" not in text:
        text = text.replace("\r", "\n")
        notes.append("line ends were CR; read as LF")
    place = f"{source}:"
    if delimiter != "\t":
        kind = "CSV" if delimiter == "," else f"CSV ({delimiter})"
        return table_of(kind, place, _quoted(text, source, delimiter), notes)
    if '"' not in text:
        return table_of("TSV", place, _plain(text, source), notes)
    plain = "quotes are literal, as in plain TSV"
    quoted = "quotes enclose fields, as in CSV"
    first: InputError | None = None
    for reading in (quoted, plain) if _has_quoted_field(text) else (plain, quoted):
        try:
            records = _plain(text, source) if reading == plain else _quoted(text, source, delimiter)
            return table_of("TSV", place, records, [*notes, reading])
        except LimitError:
            raise
        except InputError as error:
            first = first or error
    raise first or InputError(source, "no rows")


def header_of(first: Sequence[str], where: str) -> Header:
    """The names of the columns, judged by the first row.

    A known name (en, 中文, source, id … in any case) makes it a header. Without one it is a header if all its cells
    are short names in one language: no number, sentence, address or pair of an English and a Chinese word.

    >>> header_of(["EN", "译文"], "a.csv:1").names, header_of(["otter", "海獭"], "a.csv:1").names
    (('EN', '译文'), ('column1', 'column2'))
    """
    cells = [cell.strip() for cell in first]
    certain = any(cell.casefold() in KNOWN_NAMES for cell in cells)
    likely = any(cells) and all(not cell or _is_name(cell) for cell in cells)
    named = any(part in _LANGUAGE_PARTS for cell in cells for part in re.split(r"[\s_.:()（）/-]", cell.casefold()))
    if not certain and not (likely and (named or not {"en", "zh"} <= {language(cell) for cell in cells})):
        names = tuple(f"column{number}" for number in range(1, len(cells) + 1))
        return Header(names, False, (f"no header: columns named {_listed(names)}",))
    names = tuple(cell or f"column{number}" for number, cell in enumerate(cells, 1))
    notes = []
    if not certain:
        notes.append(f"the first row was taken for a header: {_listed(names)}")
    if not all(cells):
        notes.append(f"{cells.count('')} columns without a name were called column and their number")
    seen: dict[str, str] = {}
    for name in names:
        if name.casefold() in seen:
            raise InputError(where, f"two columns called {name!r}", "a name for each", "Rename one in the header.")
        seen[name.casefold()] = name
    return Header(names, True, tuple(notes))


def table_of(kind: str, place: str, found: Sequence[Record], notes: Sequence[str]) -> Table:
    """The table of these records; `place` is what messages put before a line or row number, as "a.csv:".

    Blank records are left out and counted, all others must be as wide as the first.

    >>> table_of("CSV", "a.csv:", [(1, ["en"]), (2, ["Tea."])], []).rows
    ((Cell(name='en', text='Tea.', line=2, column=1),),)
    """
    kept = [record for record in found if len(record[1]) > 1 or any(field.strip() for field in record[1])]
    if not kept:
        raise InputError(place.rstrip(":"), "no rows", "rows of fields")
    line, first = kept[0]
    header = header_of(first, f"{place}{line}")
    rows: list[Row] = []
    for number, fields in kept:
        if len(fields) != len(first):
            raise InputError(
                f"{place}{number}",
                f"{len(fields)} fields",
                f"{len(first)}, as in {line}",
                "A separator within a text needs quotes around the text.",
            )
        named = zip(header.names, fields, strict=True)
        rows.append(tuple(Cell(name, field, number, column) for column, (name, field) in enumerate(named, 1)))
    blank = len(found) - len(kept)
    skipped = [f"{blank} blank rows were skipped"] if blank else []
    return Table(kind, tuple(rows[header.is_first_row :]), (*notes, *header.notes, *skipped))


def write_csv(units: Sequence[Unit], handle: TextIO) -> None:
    """Write a header and a row a unit: id, en, zh, then all names of the origins, sorted; missing ones are empty.

    Open the handle with newline="". Raises InputError, naming the unit, before anything is written.

    >>> import io
    >>> handle = io.StringIO()
    >>> write_csv([Unit("Tea, please.", "请上茶。", "a1")], handle)
    >>> handle.getvalue()
    'id,en,zh\\na1,"Tea, please.",请上茶。\\n'
    """
    lines = [",".join(_in_quotes(field, ',"\n\r') for field in fields) for fields in _fields(units)]
    handle.write("\n".join(lines) + "\n")


def write_tsv(units: Sequence[Unit], handle: TextIO) -> None:
    """Write the same columns as `write_csv`, parted by tabs.

    Quotes stay as they are, unless a text is wholly in quotes: then all texts with quotes are quoted as in CSV, for
    a reader of TSV could not tell the two apart. Raises InputError, naming the unit, for a tab or line end in a text.

    >>> import io
    >>> handle = io.StringIO()
    >>> write_tsv([Unit('The "otter"', "海獭", "a1")], handle)
    >>> handle.getvalue()
    'id\\ten\\tzh\\na1\\tThe "otter"\\t海獭\\n'
    """
    table = _fields(units)
    for number, (unit, fields) in enumerate(zip(units, table[1:], strict=True), 1):
        for name, field in zip(table[0], fields, strict=True):
            if any(sign in field for sign in "\t\n\r"):
                raise InputError(
                    unit_name(unit, number), f"a tab or line end in {name}", "texts of one line", "Use CSV or JSONL."
                )
    signs = '"' if any(_is_quoted(field) for fields in table for field in fields) else ""
    handle.write("\n".join("\t".join(_in_quotes(field, signs) for field in fields) for fields in table) + "\n")


def _fields(units: Sequence[Unit]) -> list[list[str]]:
    names = unit_columns(units)
    values = [unit_values(unit, number) for number, unit in enumerate(units, 1)]
    return [list(names), *([row.get(name, "") for name in names] for row in values)]


def _in_quotes(field: str, signs: str) -> str:
    if any(sign in field for sign in signs):
        return '"' + field.replace('"', '""') + '"'
    return field


def _lines(text: str) -> Iterator[str]:
    begin = 0
    while begin < len(text):
        end = text.find("\n", begin) + 1 or len(text)
        yield text[begin:end]
        begin = end


def _quoted(text: str, source: str, delimiter: str) -> list[Record]:
    """The records of CSV; csv keeps its limit for the whole process, so it is put back."""
    reader = csv.reader(_lines(text), strict=True, delimiter=delimiter)
    records: list[Record] = []
    line = 1
    before = csv.field_size_limit(LIMIT_FIELD)
    try:
        for fields in reader:
            records.append((line, fields))
            line = reader.line_num + 1
    except csv.Error as error:
        if "field larger" in str(error):
            raise _too_long(f"{source}:{line}") from error
        found = "a quote that never closes" if "end of data" in str(error) else f"broken CSV ({_reason(error)})"
        raise InputError(
            f"{source}:{line}", found, "whole fields", "Double a quote within quotes; end lines with LF or CRLF."
        ) from error
    finally:
        csv.field_size_limit(before)
    return records


def _plain(text: str, source: str) -> list[Record]:
    records: list[Record] = []
    for number, line in enumerate(_lines(text), 1):
        fields = line.removesuffix("\n").removesuffix("\r").split("\t")
        if len(line) > LIMIT_FIELD and max(map(len, fields)) > LIMIT_FIELD:
            raise _too_long(f"{source}:{number}")
        records.append((number, fields))
    return records


def _too_long(where: str) -> LimitError:
    return LimitError(where, "a field too long", f"at most {LIMIT_FIELD:,} characters", "Split it.")


def _reason(error: csv.Error) -> str:
    return "a bare CR outside quotes" if "new-line" in str(error) else str(error)


def _has_quoted_field(text: str) -> bool:
    return any(_is_quoted(field) for line in _lines(text) for field in line.rstrip("\r\n").split("\t"))


def _is_quoted(field: str) -> bool:
    return len(field) > 1 and field[0] == field[-1] == '"'


def _is_name(cell: str) -> bool:
    if len(cell) > 40 or len(cell.split()) > 4 or _SIGNS.search(cell):
        return False
    return len(HAN.findall(cell)) <= 8 and any(sign.isalpha() for sign in cell)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:8]) + (" …" if len(names) > 8 else "")
