"""The entries of a table: its cells read by their columns, what cannot be understood refused with every line."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import regex

from .errors import ConfigError, DuizhaoError, InputError
from .script import HAN
from .term import Forbidden, PlacedTerm, Term, TermFile
from .termbase_csv import bare_items, read_forbidden, split_items, unescaped
from .termbase_header import Header, header_parts
from .termbase_lines import MOST, Grid

_SHOWN = 10  # problems that one error names
_LONGEST_PATTERN = 1000  # characters
_RENDERINGS = re.compile("[/、；;|]")  # what lists without a column for other renderings write between them
_ITEMS = re.compile("[|；;、，]")  # what lists write between the items of a cell that has room for several
_ACRONYM = re.compile(r"[A-Za-z0-9][A-Za-z0-9.&-]{1,11}")
_FLAGS = {
    "case": "case",
    "case-sensitive": "case",
    "区分大小写": "case",
    "regex": "pattern",
    "regexp": "pattern",
    "正则": "pattern",
}


def read_tables(grids: Iterable[Grid], source: str) -> TermFile:
    """The entries of these tables in order, duplicates and all, and what reading them assumed.

    Raises InputError for rows that cannot be understood: it names the first ten.

    >>> read_tables([Grid(["EN", "中文"], [("a.csv:2", ["otter", "水獭/獭"])])], "a.csv").terms[0].term.admitted
    ('獭',)
    """
    rows = _Rows()
    notes: list[str] = []
    for grid in grids:
        notes += grid.notes
        header = header_parts(grid.header) if grid.header else Header({"en": 0, "zh": 1}, True, (), False)
        if header is None:
            raise InputError(source, f"header {','.join(grid.header)[:60]!r}", "columns called en and zh")
        if header.unused:
            notes.append(f"columns not used: {', '.join(header.unused)}")
        if not header.says_language and _is_turned(grid, header):
            header.parts["en"], header.parts["zh"] = header.parts["zh"], header.parts["en"]
            names = " and ".join(repr(grid.header[header.parts[part]].strip()) for part in ("en", "zh"))
            notes.append(f"the columns {names} were read as English and Chinese, for that is what they hold")
        for where, cells in grid.rows:
            rows.read(where, cells, header, len(grid.header) or 2)
    if rows.problems:
        raise _refused(rows.problems)
    counts = (
        (rows.renderings, "cells of several renderings were parted: the first is preferred, the others admitted"),
        (rows.acronyms, "abbreviations in brackets behind the English were read as forms of their own"),
    )
    if rows.untranslated:
        notes.append(
            f"{len(rows.untranslated):,} terms have no Chinese yet and were left out: {rows.untranslated[0]} …"
        )
    return TermFile(tuple(rows.terms), (*notes, *(f"{count:,} {what}" for count, what in counts if count)))


def checked_term(term: Term, where: str) -> Term:
    """The term; raises InputError or ConfigError at `where` if it contradicts itself or its pattern is none."""
    both = {forbidden.zh for forbidden in term.forbidden}.intersection(term.approved)
    if both:
        raise ConfigError(where, f"{min(both)!r} is approved and forbidden for {term.en!r}", "one of the two")
    if term.pattern:
        for form in (term.en, *term.also):
            _check_pattern(form, where)
    return term


@dataclass(slots=True)
class _Rows:
    """The rows read so far, and what was met in them."""

    terms: list[PlacedTerm] = field(default_factory=list)
    problems: list[DuizhaoError] = field(default_factory=list)
    untranslated: list[str] = field(default_factory=list)
    renderings: int = 0
    acronyms: int = 0

    def read(self, where: str, cells: Sequence[str], header: Header, width: int) -> None:
        if not any(cell.strip() for cell in cells):
            return
        needed = max(header.parts["en"], header.parts["zh"]) + 1
        try:
            if any(cell.strip() for cell in cells[width:]) or len(cells) < needed:
                raise InputError(where, f"{len(cells)} fields", f"{width}", "Quote a comma.")
            row = {part: cells[k].strip() if k < len(cells) else "" for part, k in header.parts.items()}
            if row["en"] and not row["zh"]:
                self.untranslated.append(where)
                return
            self.terms.append(PlacedTerm(checked_term(self._term(row, where, header), where), where))
        except DuizhaoError as error:
            self.problems.append(error)

    def _term(self, row: dict[str, str], where: str, header: Header) -> Term:
        flags = _flags(row.get("flags", ""), where)
        own = header.own
        zh, *others = self._renderings(row["zh"], row["en"], "admitted" in header.parts)
        en, also = self._english(row["en"], "also" in header.parts or "pattern" in flags)
        if not en or not zh:
            raise InputError(where, "an empty term", "en and zh filled")
        also = (*also, *_items(row.get("also", ""), own))
        admitted = (*others, *_items(row.get("admitted", ""), own))
        return Term(
            en,
            zh,
            admitted if own else tuple(dict.fromkeys(each for each in admitted if each != zh)),
            tuple(_forbidden(row.get("forbidden", ""), own, where)),
            row.get("domain", ""),
            also if own else tuple(dict.fromkeys(each for each in also if each != en)),
            row.get("note", ""),
            _items(row.get("taiwan", ""), own),
            row.get("pos", ""),
            "case" in flags,
            "pattern" in flags,
        )

    def _renderings(self, cell: str, en: str, others_apart: bool) -> tuple[str, ...]:
        """The renderings in a cell for one: several where each has Han and the English is no such row itself."""
        if others_apart:
            parts = split_items(cell)
        else:
            parts = tuple(part.strip() for part in _RENDERINGS.split(cell) if part.strip())
            if "/" in cell and "/" in en:
                parts = ()
        if len(parts) > 1 and all(HAN.search(part) for part in parts):
            self.renderings += 1
            return parts
        return (unescaped(cell) if others_apart else cell,)

    def _english(self, cell: str, literal: bool) -> tuple[str, tuple[str, ...]]:
        """The English of a cell, and the abbreviation that stands in brackets behind it."""
        if literal:
            return cell, ()
        head, bracket, tail = cell.replace("（", "(").replace("）", ")").partition("(")
        short = tail.removesuffix(")").strip()
        is_short = bracket and tail.endswith(")") and _ACRONYM.fullmatch(short) and sum(map(str.isupper, short)) > 1
        if is_short and head.strip():
            self.acronyms += 1
            return head.strip(), (short,)
        return cell, ()


def _is_turned(grid: Grid, header: Header) -> bool:
    """Whether the columns hold each other's language."""
    pairs = [
        (cells[header.parts["en"]], cells[header.parts["zh"]])
        for _, cells in grid.rows
        if len(cells) > max(header.parts["en"], header.parts["zh"])
    ]
    turned = sum(bool(HAN.search(en)) and not HAN.search(zh) for en, zh in pairs)
    return bool(pairs) and turned >= MOST * len(pairs)


def _items(cell: str, own: bool) -> tuple[str, ...]:
    if own or not cell:
        return split_items(cell)
    return tuple(item.strip() for item in _ITEMS.split(cell) if item.strip())


def _forbidden(cell: str, own: bool, where: str) -> Iterable[Forbidden]:
    for item in bare_items(cell if own else "|".join(_ITEMS.split(cell))):
        forbidden = read_forbidden(item)
        if not forbidden.zh:
            raise InputError(where, f"{item!r} forbids nothing", "rendering=why")
        yield forbidden


def _flags(cell: str, where: str) -> set[str]:
    names = [name.casefold() for name in re.split(r"[|,;\s、，；]+", cell) if name]
    unknown = [name for name in names if name not in _FLAGS]
    if unknown:
        raise InputError(where, f"an unknown flag {unknown[0][:40]!r}", "case or regex")
    return {_FLAGS[name] for name in names}


def _check_pattern(pattern: str, where: str) -> None:
    if len(pattern) > _LONGEST_PATTERN:
        raise InputError(where, "a pattern too long", f"at most {_LONGEST_PATTERN:,} characters", "Shorten it.")
    try:
        empty = regex.compile(pattern).search("", timeout=0.1)
    except TimeoutError:
        empty = None
    except (regex.error, RecursionError, ValueError, OverflowError, MemoryError, IndexError, KeyError) as error:
        raise InputError(
            where, f"{pattern[:60]!r} is no pattern ({error})", "a regular expression", "Or take the flag regex away."
        ) from error
    if empty:
        raise InputError(where, f"the pattern {pattern[:60]!r} fits no text at all", "one that needs a character")


def _refused(problems: Sequence[DuizhaoError]) -> InputError | ConfigError:
    """One error for all rows: the first in full, the others by place."""
    first, *others = problems
    if not others:
        return first if isinstance(first, (InputError, ConfigError)) else InputError(first.where, first.found)
    shown = ", ".join(f"{error.where} ({error.found})" for error in others[: _SHOWN - 1])
    more = f" … and {len(others) - _SHOWN + 1:,} more" if len(others) >= _SHOWN else ""
    do = " ".join(part for part in (first.do, f"Also {shown}{more}.") if part)
    return InputError(first.where, first.found, first.wanted, do)
