"""Termbases: what a term must, may and must not be called, read from CSV and checked row by row."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from .errors import ConfigError, InputError

COLUMNS = ("en", "zh", "admitted", "forbidden", "domain", "also", "note")
NEEDS_SOURCE = "[needs source]"  # ends the reason of a rendering that is wrong only where the English term stands


@dataclass(frozen=True, slots=True)
class Forbidden:
    """A rendering that is wrong for its term, and why; `needs_source`: only where the English is at hand."""

    zh: str
    why: str
    needs_source: bool


@dataclass(frozen=True, slots=True)
class Term:
    """One entry: `zh` is preferred, `admitted` may stand too, `also` are other English forms of the term.

    A proper name that Chinese text keeps in Latin letters has `zh` equal to `en`.
    """

    en: str
    zh: str
    admitted: tuple[str, ...] = ()
    forbidden: tuple[Forbidden, ...] = ()
    domain: str = ""
    also: tuple[str, ...] = ()
    note: str = ""

    @property
    def approved(self) -> tuple[str, ...]:
        """Everything that may stand for the term, the preferred rendering first."""
        return (self.zh, *self.admitted)

    @property
    def is_name(self) -> bool:
        """Whether the term is a proper name that stays as written (Transformer and BERT do; only BERT is a name)."""
        return self.zh == self.en and self.domain in ("", "names")


@dataclass(frozen=True, slots=True)
class Termbase:
    """The entries of one or more files, later files winning; `signature` names and hashes them.

    `given` holds the English of the user's own entries: what the user wants needs no further evidence.
    """

    terms: tuple[Term, ...]
    signature: str
    given: frozenset[str] = frozenset()


@cache
def shipped_termbase() -> Termbase:
    """The termbase that comes with duizhao: AI and machine-learning terms."""
    data = files("duizhao.corpora").joinpath("data/terms.csv").read_bytes()
    return read_termbase(data, "terms.csv (shipped)")


def load_termbase(paths: Sequence[str] = (), *, shipped: bool = True) -> Termbase:
    """The shipped termbase and those at `paths`; an entry of a later file replaces earlier ones of the same form.

    Forms are compared without regard to case. What a later file approves no earlier one forbids for that form.
    """
    bases = [shipped_termbase()] if shipped else []
    for path in paths:
        try:
            bases.append(read_termbase(Path(path).read_bytes(), path))
        except OSError as error:
            raise InputError(path, f"cannot be read ({error.strerror or error})", "a termbase in CSV") from error
    merged: list[Term] = []
    taken: set[str] = set()
    for base in reversed(bases):
        new = [term for term in base.terms if not taken & _forms(term)]
        merged += new
        taken |= {form for term in new for form in _forms(term)}
    given = frozenset(term.en for base in bases[shipped:] for term in base.terms)
    return Termbase(tuple(merged), " + ".join(base.signature for base in bases) or "none", given)


def read_termbase(data: bytes, source: str) -> Termbase:
    """The termbase in these bytes; columns by name, only `en` and `zh` are needed.

    Raises InputError at the first row that contradicts itself or another one.

    >>> read_termbase("en,zh\\ntoken,词元\\n".encode(), "t.csv").terms[0].zh
    '词元'
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{source}:byte {error.start}", "not UTF-8", "a termbase in UTF-8", "Save it so.") from error
    terms: list[Term] = []
    seen: dict[str, int] = {}
    for line, row in _rows(text, source):
        term = _term(row, f"{source}:{line}")
        for form in (term.en, *term.also):
            if form in seen:
                raise InputError(f"{source}:{line}", f"{form!r} stands in line {seen[form]} too", "one entry a term")
            seen[form] = line
        terms.append(term)
    return Termbase(tuple(terms), f"{source} {len(terms)} terms sha256:{sha256(data).hexdigest()[:12]}")


def _rows(text: str, source: str) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [cell.strip().lower() for cell in next(reader, [])]
        unknown = [name for name in header if name not in COLUMNS]
        if unknown or not {"en", "zh"} <= set(header) or len(set(header)) < len(header):
            raise InputError(
                f"{source}:1",
                f"header {','.join(header)!r}",
                f"columns out of {','.join(COLUMNS)}, en and zh among them",
            )
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            if len(row) != len(header):
                raise InputError(
                    f"{source}:{reader.line_num}", f"{len(row)} fields", f"{len(header)}", "Quote a comma."
                )
            yield reader.line_num, {name: cell.strip() for name, cell in zip(header, row, strict=True)}
    except csv.Error as error:
        raise InputError(f"{source}:{reader.line_num}", f"broken CSV ({error})", "quoted fields closed") from error


def _term(row: dict[str, str], where: str) -> Term:
    en, zh = row["en"], row["zh"]
    if not en or not zh:
        raise InputError(where, "an empty term", "en and zh filled")
    forbidden = []
    for item in _split(row.get("forbidden", "")):
        wrong, _, why = item.partition("=")
        why = why.strip()
        if not wrong.strip():
            raise InputError(where, f"{item!r} forbids nothing", "rendering=why")
        forbidden.append(Forbidden(wrong.strip(), why.removesuffix(NEEDS_SOURCE).strip(), why.endswith(NEEDS_SOURCE)))
    term = Term(
        en,
        zh,
        _split(row.get("admitted", "")),
        tuple(forbidden),
        row.get("domain", ""),
        _split(row.get("also", "")),
        row.get("note", ""),
    )
    both = {f.zh for f in term.forbidden} & set(term.approved)
    if both:
        raise ConfigError(where, f"{min(both)!r} is approved and forbidden for {en!r}", "one of the two")
    return term


def _forms(term: Term) -> set[str]:
    return {form.casefold() for form in (term.en, *term.also)}


def _split(cell: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in cell.split("|") if item.strip())
