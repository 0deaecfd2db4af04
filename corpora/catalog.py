"""Catalogues of papers: English titles, authors and abstracts for newsletters that name a paper by its link only."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .bibtex import read_bibtex
from .catalog_drafts import TITLE_FIELDS, Draft, draft_of_bibtex, draft_of_record
from .catalog_json import json_records
from .errors import InputError
from .paper_keys import folded_title, paper_key
from .script import language

_WANTED = "JSON Lines, JSON, BibTeX or CSV with titles of papers"
_BIBTEX = re.compile(r"(?m)^[ \t]*+@[ \t]*+[A-Za-z]++\s*+[{(]")
_SHOWN = 5  # lines or ids that a note names


@dataclass(frozen=True, slots=True)
class CatalogEntry:
    """A paper: texts are NFC on one line; `ids` are keys ("arxiv:2301.00001", "doi:10.1000/x", "url:river.org/a").

    `line` is where it begins in the catalogue, from 1.
    """

    title_en: str
    authors: tuple[str, ...]
    authors_truncated: bool
    abstract_en: str | None
    ids: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Catalog:
    """The papers of a file in order; `notes` say what reading assumed or left out, one sentence each, with counts."""

    entries: tuple[CatalogEntry, ...]
    notes: tuple[str, ...]
    _by_key: Mapping[str, CatalogEntry] = field(repr=False)
    _by_title: Mapping[str, CatalogEntry | None] = field(repr=False)  # None: the title of several papers

    def find(self, url: str) -> CatalogEntry | None:
        """The paper that a link or id leads to, None where the catalogue has none.

        >>> catalog = read_catalog('{"id": "2301.00001", "title": "Otters"}', "a.jsonl")
        >>> found = catalog.find("http://www.arxiv . org/pdf/2301.00001v2.pdf")
        >>> found.title_en if found else None
        'Otters'
        """
        key = paper_key(url)
        return self._by_key.get(key) if key else None

    def find_title(self, title: str) -> CatalogEntry | None:
        """The one paper of this English title, whatever its case, punctuation and blanks; None if there are several.

        >>> catalog = read_catalog('{"id": "2301.00001", "title": "River-Side  Otters!"}', "a.jsonl")
        >>> found = catalog.find_title("riverside otters")
        >>> found.ids if found else None
        ('arxiv:2301.00001',)
        """
        return self._by_title.get(folded_title(title))


def read_catalog(text: str, source: str) -> Catalog:
    """The papers of a catalogue: JSON Lines, JSON, BibTeX or CSV, known by its content.

    JSON may have the fields of arXiv's metadata dump, of its API, or of Semantic Scholar; CSV names its columns id,
    arxiv, url, link, doi, title, authors, abstract. Raises InputError with the line of what cannot be read, and for
    a catalogue without papers.

    >>> read_catalog('@misc{a, title = {On {O}tters}, eprint = {2301.00001}}', "a.bib").entries[0].title_en
    'On Otters'
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    builder = _Builder(source)
    begin = text.lstrip()[:1]
    header = [_column_name(name) for name in text.lstrip().partition("\n")[0].split(",")]
    if begin and begin in "{[":
        for line, record in json_records(text, source):
            builder.add(draft_of_record(record, f"{source}:{line}"), line)
    elif not set(TITLE_FIELDS).isdisjoint(header):
        for line, record in _csv_records(text, source):
            builder.add(draft_of_record(record, f"{source}:{line}"), line)
    elif _BIBTEX.search(text):
        for entry in read_bibtex(text, source):
            for _ in entry.doubled:
                builder.say("fields of BibTeX stand twice in an entry; the first is used", entry.line)
            for _ in entry.undefined:
                builder.say("names of BibTeX have no @string; read as they stand", entry.line)
            builder.add(draft_of_bibtex(entry, f"{source}:{entry.line}"), entry.line)
    else:
        raise InputError(source, "no catalogue" if begin else "an empty catalogue", _WANTED)
    return builder.catalog()


class _Builder:
    """Collects the entries of a catalogue, and what there is to say about them."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._entries: list[CatalogEntry] = []
        self._by_key: dict[str, CatalogEntry] = {}
        self._by_title: dict[str, CatalogEntry | None] = {}
        self._lines: dict[str, list[int]] = {}  # what happened, and where
        self._clashes: dict[str, str] = {}

    def say(self, what: str, line: int) -> None:
        """Remember for the notes that this happened at this line."""
        self._lines.setdefault(what, []).append(line)

    def add(self, draft: Draft, line: int) -> None:
        """Take a paper in, unless it has no English title or stands here already."""
        title, abstract, folded = draft.title, draft.abstract, folded_title(draft.title)
        keys = tuple(dict.fromkeys(key for given in draft.ids if (key := paper_key(given))))
        chinese = not title.isascii() and language(title) == "zh"
        if not abstract.isascii() and language(abstract) == "zh":
            self.say("Chinese abstracts were left out", line)
            abstract = ""
        for part in (title, abstract, *draft.names, *keys):
            if not part.isascii():
                _refuse_half_characters(part, f"{self._source}:{line}")
        if not folded or chinese:
            self.say(f"entries {'with a Chinese' if chinese else 'without a'} title were left out", line)
            return
        if draft.guessed:
            self.say('author lists without "and" or ";" were cut at their commas', line)
        names = tuple(filter(None, draft.names))
        if len(names) < len(draft.names):
            self.say("entries have authors without a name; these were left out", line)
        entry = CatalogEntry(title, names, draft.truncated, abstract or None, keys, line)
        same: CatalogEntry | None = None
        for key in keys:
            first = self._by_key.get(key)
            if first and folded_title(first.title_en) == folded:
                same = same or first
            elif first:
                self._clashes.setdefault(key, f"{key} (lines {first.line} and {line})")
        for key in keys:
            self._by_key.setdefault(key, same or entry)
        if same:
            self.say("entries repeat an earlier one, which is used", line)
            return
        self._by_title[folded] = None if folded in self._by_title else entry
        self._entries.append(entry)
        if not keys:
            self.say("entries have no id; they are found by title only", line)

    def catalog(self) -> Catalog:
        """The catalogue as collected; raises InputError where nothing was."""
        notes = [f"{len(lines)} {what} ({_shown(lines)})" for what, lines in self._lines.items()]
        if not self._entries:
            raise InputError(self._source, "no papers" + "".join(f"; {note}" for note in notes), _WANTED)
        if self._clashes:
            some = ", ".join([*self._clashes.values()][:_SHOWN])
            notes.append(f"{len(self._clashes)} ids stand at different titles, the first is used: {some}")
        if several := sum(entry is None for entry in self._by_title.values()):
            notes.append(f"{several} titles belong to several papers; these are found by id only")
        return Catalog(tuple(self._entries), tuple(notes), self._by_key, self._by_title)


def _shown(lines: Sequence[int]) -> str:
    some = ", ".join(map(str, lines[:_SHOWN])) + (" …" if len(lines) > _SHOWN else "")
    return f"line {some}" if len(lines) == 1 else f"lines {some}"


def _refuse_half_characters(text: str, where: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InputError(where, "half a character (a lone surrogate)", "whole text") from error


def _csv_records(text: str, source: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows below the first, by the names in it, each with its line."""
    rows = csv.reader((line + "\n" for line in text.split("\n")), strict=True)
    header: list[str] = []
    begin = 1
    try:
        for row in rows:
            line, begin = begin, rows.line_num + 1
            if not any(cell.strip() for cell in row):
                continue
            if not header:
                header = [_column_name(name) for name in row]
                if double := next((name for name in header if name and header.count(name) > 1), None):
                    raise InputError(f"{source}:{line}", f"two columns called {double!r}", "a name for each")
            elif len(row) != len(header):
                raise InputError(f"{source}:{line}", f"{len(row)} fields", f"{len(header)}, as in the first line")
            else:
                yield line, dict(zip(header, row, strict=True))
    except csv.Error as error:
        raise InputError(f"{source}:{begin}", f"not CSV ({error})", "fields in quotation marks that close") from error


def _column_name(name: str) -> str:
    return name.strip(' \t"').lower().replace(" ", "_")
