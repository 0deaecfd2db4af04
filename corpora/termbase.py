"""Termbases: what a term must, may and must not be called, read from CSV, TSV, XLSX, TBX and lists as people keep them.

What kind of file it is, its content tells. Of several files the later wins form by form (see `termbase_merge`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from .encoding_guess import likeliest_encoding
from .errors import InputError, LimitError
from .files import file_bytes
from .rows import Table
from .sniffing import unread_format, xml_root
from .spreadsheet import read_xlsx
from .strict_decoding import decode_strictly
from .term import Forbidden, Term, TermFile
from .termbase_csv import COLUMNS
from .termbase_header import header_parts
from .termbase_lines import Grid, headless, no_header, read_grids
from .termbase_merge import overlaid, without_duplicates
from .termbase_table import checked_term, read_tables
from .workbook_parts import sheet_paths
from .zip_door import open_zip

__all__ = [
    "COLUMNS",
    "Forbidden",
    "Term",
    "Termbase",
    "load_termbase",
    "read_term_file",
    "read_termbase",
    "shipped_termbase",
]
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_WANTED = "a termbase in CSV, TSV, XLSX or TBX"


@dataclass(frozen=True, slots=True)
class Termbase:
    """The entries of one or more files, later files winning; `signature` names and hashes them.

    `given` holds the English of the user's own entries: what the user wants needs no further evidence. `notes` say
    what reading assumed, joined or left out, one sentence each with a count.
    """

    terms: tuple[Term, ...]
    signature: str
    given: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()


@cache
def shipped_termbase() -> Termbase:
    """The termbase that comes with duizhao: terms of the sciences, most of them of machine learning."""
    data = files("duizhao.corpora").joinpath("data/terms.csv").read_bytes()
    return read_termbase(data, "terms.csv (shipped)")


def load_termbase(paths: Sequence[str] = (), *, shipped: bool = True) -> Termbase:
    """The shipped termbase and those at `paths`; an entry of a later file replaces earlier ones of the same form.

    Forms are compared without regard to case. What a later file approves no earlier one forbids for that form, and
    what it forbids no earlier one approves. Raises InputError for a file that cannot be read or understood.

    >>> load_termbase(shipped=False).terms
    ()
    """
    bases = [shipped_termbase()] if shipped else []
    bases += [read_termbase(_bytes(path), path) for path in paths]
    if not bases:
        return Termbase((), "none")
    merged, _ = overlaid([base.terms for base in bases])
    return Termbase(
        tuple(term for term, _ in merged),
        " + ".join(base.signature for base in bases),
        frozenset(term.en for term, layer in merged if layer >= shipped),
        tuple(f"{path}: {note}" for path, base in zip(paths, bases[shipped:], strict=True) for note in base.notes),
    )


def read_termbase(data: bytes, source: str) -> Termbase:
    """The termbase in these bytes; columns by name, only those of English and Chinese are needed.

    Entries of one term are made one. Raises InputError for rows that cannot be understood, with the first ten, and
    ConfigError where two entries contradict each other.

    >>> read_termbase("en,zh\\ntoken,词元\\n".encode(), "t.csv").terms[0].zh
    '词元'
    """
    file = without_duplicates(read_term_file(data, source))
    signature = f"{source} {len(file.terms)} terms sha256:{sha256(data).hexdigest()[:12]}"
    return Termbase(tuple(placed.term for placed in file.terms), signature, notes=file.notes)


def read_term_file(data: bytes, source: str) -> TermFile:
    """All entries of a file as they stand there, duplicates and contradictions between them too.

    Raises InputError for what is no termbase, and for rows that cannot be understood.

    >>> read_term_file("English;中文\\ntea;茶\\n".encode(), "t.csv").terms[0].where
    't.csv:2'
    """
    if kind := unread_format(data):
        raise InputError(source, kind, _WANTED)
    if data.startswith(b"PK"):
        return read_tables(_sheets(data, source), source)
    if xml_root(data):
        from .tbx import read_tbx  # few termbases are TBX

        file = read_tbx(data, source)
        for placed in file.terms:
            checked_term(placed.term, placed.where)
        return file
    return read_tables(read_grids(_text(data, source), source), source)


def _bytes(path: str) -> bytes:
    try:
        return file_bytes(Path(path))
    except LimitError:
        raise
    except InputError as error:
        raise InputError(path, error.found, _WANTED) from error


def _text(data: bytes, source: str) -> str:
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return decode_strictly(data, source, codec, "whole text, as its byte-order mark says", "", len(mark))
    guess = likeliest_encoding(data) if not _is_utf_8(data) else ""
    do = f"It may be {guess}: save it as UTF-8." if guess else "Save it as UTF-8."
    if guess.startswith("utf-16"):
        raise InputError(source, "UTF-16 without a byte-order mark", "a termbase in UTF-8", "Save it as UTF-8.")
    return decode_strictly(data, source, "utf-8", "a termbase in UTF-8", do)


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\0" not in data


def _sheets(data: bytes, source: str) -> list[Grid]:
    """The only sheet of a workbook that holds something, or of several those with a header of terms."""
    try:
        return [_of_sheet(read_xlsx(data, source), source)]
    except InputError as error:
        if not error.found.endswith("sheets with cells"):
            raise
    with open_zip(data, source, _WANTED, "") as archive:  # read_xlsx has found it sound
        names = list(sheet_paths(archive, source))
    found: dict[str, Table] = {}
    for name in names:
        try:
            found[name] = read_xlsx(data, source, name)
        except InputError as error:
            if not error.found.startswith("no cells"):
                raise
    grids = [_of_sheet(table, f"{source}:{name}") for name, table in found.items() if _is_headed(table)]
    if not grids:
        raise no_header(source, " and ".join(found))
    left = [name for name, table in found.items() if not _is_headed(table)]
    if left:
        said = f"{len(left):,} sheets without terms were left out: {', '.join(left)}"
        grids[0] = grids[0]._replace(notes=(said, *grids[0].notes))
    return grids


def _is_headed(table: Table) -> bool:
    return bool(table.rows) and header_parts([cell.name for cell in table.rows[0]]) is not None


def _of_sheet(table: Table, place: str) -> Grid:
    """The rows of a sheet; a column without a name is called column and its number there."""
    if not table.rows:
        return Grid(COLUMNS, (), (*table.notes, "no entries under the header"))
    names = [cell.name for cell in table.rows[0]]
    rows = [(f"{place}:{row[0].line}", [cell.text for cell in row]) for row in table.rows]
    if header_parts(names):
        return Grid(names, rows, table.notes)
    if names != [f"column{number}" for number in range(1, len(names) + 1)]:
        raise no_header(place, ",".join(names))
    grid = headless(rows, place)
    return grid._replace(notes=(*(note for note in table.notes if not note.startswith("no header")), *grid.notes))
