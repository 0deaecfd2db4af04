"""Big CSV and TSV files as rows of named cells, one after the other; the same rows as `read_delimited` gives."""

import csv
from collections.abc import Iterator, Sequence
from itertools import islice

from .delimited import LIMIT_FIELD, Header, header_of
from .errors import InputError, LimitError
from .unit_blocks import TextFile, quotes_in
from .unit_rows import NamedRow

_AT_ONCE = 2000  # records read between two changes of csv's own limit, which is one for the whole process
_LITERAL = "quotes are literal, as in plain TSV"
_ENCLOSING = "quotes enclose fields, as in CSV"

Record = tuple[int, Sequence[str]]  # the line where it begins, its fields


def delimited_rows(file: TextFile, delimiter: str) -> Iterator[NamedRow]:
    """The rows under the header, each with all its cells, empty ones too; notes go to the file's.

    Quotes in a TSV file are all literal or all those of CSV, whichever gives rows of one width: a file with quotes is
    read twice for that. Raises InputError with the line, as `read_delimited` does.
    """
    quoted = delimiter != "\t"
    said = ""
    if not quoted and (found := _quotes(file)):
        quoted = _is_enclosing(file, first=found == "enclosing")
        said = _ENCLOSING if quoted else _LITERAL
    records = _records(file, delimiter, quoted)
    header: Header | None = None
    blank = first_line = 0
    for line, fields in records:
        if (len(fields) == 1 and not fields[0].strip()) or not fields:
            blank += 1
            continue
        if header is None:
            header = header_of(fields, f"{file.source}:{line}")
            file.notes.add(*([said] if said else []), *header.notes)
            first_line = line
            if header.is_first_row:
                continue
        if len(fields) != len(header.names):
            raise _of_another_width(f"{file.source}:{line}", len(fields), len(header.names), first_line)
        yield line, list(zip(header.names, fields, strict=True))
    if header is None:
        raise InputError(file.source, "no rows", "rows of fields")
    if blank:
        file.notes.add(f"{blank} blank rows were skipped")


def _of_another_width(where: str, found: int, wanted: int, first: int) -> InputError:
    do = "A separator within a text needs quotes around the text."
    return InputError(where, f"{found} fields", f"{wanted}, as in {first}", do)


def _quotes(file: TextFile) -> str:
    """ "" where a file has no double quote, "enclosing" where a field is wholly in them, else "some"."""
    if not quotes_in(file):
        return ""
    found = ""
    for block in file.blocks():
        if '"' in block.text:
            found = "some"
            for line in block.text.split("\n"):
                if '"' in line and any(len(f) > 1 and f[0] == f[-1] == '"' for f in line.split("\t")):
                    return "enclosing"
    return found


def _is_enclosing(file: TextFile, *, first: bool) -> bool:
    """Whether quotes are those of CSV: the likelier reading is tried first; raises its error where neither fits."""
    failed: InputError | None = None
    for quoted in (first, not first):
        try:
            width = first_line = 0
            for line, fields in _records(file, "\t", quoted):
                if (len(fields) == 1 and not fields[0].strip()) or not fields:
                    continue
                if not width:
                    width, first_line = len(fields), line
                    header_of(fields, f"{file.source}:{line}")
                elif len(fields) != width:
                    raise _of_another_width(f"{file.source}:{line}", len(fields), width, first_line)
            return quoted
        except LimitError:
            raise
        except InputError as error:
            failed = failed or error
    raise failed or InputError(file.source, "no rows", "rows of fields")


def _records(file: TextFile, delimiter: str, quoted: bool) -> Iterator[Record]:
    return _quoted(file, delimiter) if quoted else _plain(file)


def _plain(file: TextFile) -> Iterator[Record]:
    for block in file.blocks():
        lines = block.text.split("\n")
        if not lines[-1]:
            lines.pop()
        for number, line in enumerate(lines, block.line):
            fields = line.split("\t")
            if len(line) > LIMIT_FIELD and max(map(len, fields)) > LIMIT_FIELD:
                raise _too_long(f"{file.source}:{number}")
            yield number, fields


def _quoted(file: TextFile, delimiter: str) -> Iterator[Record]:
    reader = csv.reader(_lines(file), strict=True, delimiter=delimiter)
    line = 1
    while True:
        records: list[Record] = []
        before = csv.field_size_limit(LIMIT_FIELD)
        try:
            for fields in islice(reader, _AT_ONCE):
                records.append((line, fields))
                line = reader.line_num + 1
        except csv.Error as error:
            said = str(error)
            if "field larger" in said:
                raise _too_long(f"{file.source}:{line}") from error
            found = "a quote that never closes" if "end of data" in said else f"broken CSV ({said})"
            do = "Double a quote within quotes; end lines with LF or CRLF."
            raise InputError(f"{file.source}:{line}", found, "whole fields", do) from error
        finally:
            csv.field_size_limit(before)
        if not records:
            return
        yield from records


def _lines(file: TextFile) -> Iterator[str]:
    for block in file.blocks():
        lines = block.text.split("\n")
        last = lines.pop()
        for line in lines:
            yield line + "\n"
        if last:
            yield last


def _too_long(where: str) -> LimitError:
    return LimitError(where, "a field too long", f"at most {LIMIT_FIELD:,} characters", "Split it.")
