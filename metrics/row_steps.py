"""Files that give a text and its translation row by row, and whether the rows are in step."""

from collections.abc import Iterable
from dataclasses import replace

from ..corpora import Document, Record
from .line_steps import Beside


def with_drift(document: Document, records: Iterable[Record]) -> Document:
    """The document, with a note where its rows are out of step: from which line on, and by how many rows.

    `records` are those of the document, in order, a row each. What a translation keeps (numbers, Latin words, length)
    shows it, so that a stretch of fewer than eight rows, or of free prose without figures, may go unseen.

    >>> page = Document("tea.txt", "0", "utf-8", "Tea.")
    >>> with_drift(page, []) is page
    True
    """
    rows = list(records) if document.layout.rows is not None else []
    english = [row.text_en or row.abstract_en for row in rows]
    drift = Beside(english, [row.text_zh or row.abstract_zh for row in rows]).drift()
    if drift is None:
        return document
    begin, end = (_line(document, rows[k]) for k in (drift.begin, drift.end - 1))
    stretch = f"from line {begin} {'on' if drift.end >= len(rows) - max(0, drift.shift) else f'to {end}'}"
    apart = f"{abs(drift.shift)} row{'s' * (abs(drift.shift) > 1)} {'down' if drift.shift > 0 else 'up'}"
    note = f"English and Chinese are out of step {stretch}: the Chinese of a row stands {apart}"
    return replace(document, notes=(*document.notes, note))


def _line(document: Document, record: Record) -> int:
    return document.position(min(begin for spans in record.spans.values() for begin, _ in spans))[0]
