"""Bilingual files as rows of named cells, and the aligned units that are written to them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Cell(NamedTuple):
    """One value: its name (column, element or key), its text, its line and column in the source (both from 1)."""

    name: str
    text: str
    line: int
    column: int


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file in order; `format` is its name as people say it ("TMX 1.4"), `notes` what reading assumed."""

    format: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """One aligned unit to be written: its two sides, its id, and where it came from.

    `origin` holds texts by name: document, sha256, record, field, span_en, span_zh, type, score, licence. A writer
    keeps what is there, and its reader gives each back as a cell of that name.
    """

    en: str
    zh: str
    id: str = ""
    origin: Mapping[str, str] = field(default_factory=dict)
