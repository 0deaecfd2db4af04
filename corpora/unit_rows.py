"""Rows of bilingual files as units: which cells are the two sides, the id, and what else the file says."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import NamedTuple

from .columns import map_columns
from .errors import InputError, LimitError
from .formats import Reading
from .model import Document
from .normal import to_nfc
from .rows import Cell, Table
from .unit_blocks import Notes

LIMIT_SIDE = 10_000_000  # characters
_LOOKED_AT = 2000  # rows that say what the columns are
_SLICE = 5000  # units made at a time
_ORIGIN = re.compile(r"origin\.")
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode

NamedRow = tuple[int, Sequence[tuple[str, str]]]  # the line where it begins, its cells by name


class Units(NamedTuple):
    """Some units of one source, column by column: ids ("" for none), both sides, the aligner's probability, the rest.

    `origin` is a JSON object of texts with its names sorted, "" for an empty one.
    """

    ids: list[str]
    en: list[str]
    zh: list[str]
    probability: list[float | None]
    origin: list[str]


_UNUSED = "columns not used:"  # here they are kept, in the origin


def units_of_rows(
    rows: Iterable[NamedRow], format_name: str, source: str, reading: Reading, notes: Notes
) -> Iterator[Units]:
    """The units of rows of named cells, some thousand at a time: what `duizhao build` reads in them, sides in NFC.

    The first 2,000 rows say which columns are the sides; a column that comes later is kept in the origin. Rows without
    text on either side are left out, and counted in the notes. Raises InputError where the columns are no two sides.
    """
    rows = iter(rows)
    head = list(islice(rows, _LOOKED_AT))
    table = Table(format_name, tuple(tuple(Cell(n, t, line, 1) for n, t in cells) for line, cells in head))
    columns = map_columns(table, source, reading.fields)
    used = {field for field in columns.fields.values() if field}
    if not columns.segments or used - {"text_en", "text_zh"}:
        raise InputError(source, f"papers ({', '.join(sorted(used))})", "pairs of two texts", "Build a corpus of it.")
    if used != {"text_en", "text_zh"}:
        raise InputError(
            source, f"{', '.join(used) or 'nothing'} only", "English and Chinese", "Name them with --field."
        )
    notes.add(*(note for note in columns.notes if not note.startswith(_UNUSED)))
    sides = {name: field for name, field in columns.fields.items() if field}
    known = set(sides).union(*({name for name, _ in cells} for _, cells in head)) if head else set(sides)
    yield from _units(chain(head, rows), sides, known, source, notes)


def units_of_document(document: Document) -> Iterator[Units]:
    """The units of a document read at once; raises InputError where it is no bilingual file."""
    rows, layout = document.layout.rows, document.layout
    if rows is None or not layout.segments:
        found = "a text" if rows is None else "papers or texts whose sentences are to be aligned"
        raise InputError(document.source, found, "sentence pairs", "Run duizhao build on it, and filter its corpus.")
    made = Units([], [], [], [], [])
    for number, values in enumerate(rows):
        texts = {"text_en": "", "text_zh": ""}
        for field, begin, end in values:
            before = texts.get(field, "")
            texts[field] = f"{before}\n{document.text[begin:end]}" if before else document.text[begin:end]
        said = dict(layout.origins[number]) if number < len(layout.origins) else {}
        _append(made, texts["text_en"], texts["text_zh"], said)
    if not any(made.en) or not any(made.zh):
        raise InputError(document.source, "one language only", "English and Chinese")
    yield made


def _units(
    rows: Iterable[NamedRow], sides: Mapping[str, str], known: set[str], source: str, notes: Notes
) -> Iterator[Units]:
    made = Units([], [], [], [], [])
    empty, late = 0, set[str]()
    for line, cells in rows:
        en = zh = ""
        said: dict[str, str] = {}
        try:
            for name, text in cells:
                field = sides.get(name)
                if field == "text_en":
                    en = _joined(en, text)
                elif field:
                    zh = _joined(zh, text)
                elif text:
                    said[_ORIGIN.sub("", name)] = text
                    if name not in known:
                        late.add(name)
        except LimitError as error:
            raise LimitError(f"{source}:{line}", error.found, error.wanted, error.do) from error
        if not en and not zh:
            empty += 1
            continue
        _append(made, en, zh, said)
        if len(made.en) == _SLICE:
            yield made
            made = Units([], [], [], [], [])
    if made.en:
        yield made
    if empty:
        notes.add(f"{empty} rows have no text on either side and were left out")
    if late:
        shown = ", ".join(sorted(late)[:8])
        notes.add(f"columns first seen after {_LOOKED_AT:,} rows, kept as they are: {shown}")


def _joined(before: str, text: str) -> str:
    """A side with one more cell; a blank one adds nothing."""
    if not text or text.isspace():
        return before
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isascii():
        text = to_nfc(text)
    if len(text) > LIMIT_SIDE:
        raise LimitError("", f"a text of {len(text):,} characters", f"at most {LIMIT_SIDE:,}", "Split it.")
    return f"{before}\n{text}" if before else text


def _append(made: Units, en: str, zh: str, said: dict[str, str]) -> None:
    made.ids.append(said.pop("id", "") if said else "")
    made.en.append(en)
    made.zh.append(zh)
    made.probability.append(_probability(said) if "probability" in said else None)
    made.origin.append(_encode(said) if said else "")


def _probability(said: dict[str, str]) -> float | None:
    """The aligner's probability, where the file is one of ours that says it; it is then no longer among the rest."""
    try:
        value = float(said["probability"])
    except ValueError:
        return None
    if "document" not in said or not 0.0 <= value <= 1.0:
        return None
    del said["probability"]
    return value
