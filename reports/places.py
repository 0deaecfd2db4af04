"""Where pairs and records stand, in a word or two: `digest.md:12`."""

import re

from ..corpora import Pair, Record
from .result import Result


class Places:
    """Short names and line numbers of the documents of a result."""

    def __init__(self, result: Result) -> None:
        """Take the names; lines are looked up when asked for."""
        self._documents = {document.source: document for document in result.documents}
        self._pairs = {pair.id: pair for pair in result.pairs}
        self._records = {record.id: record for record in result.records}

    def label(self, place: str) -> str:
        """`name:line` of a pair or record with this id, or the id where it can not be found."""
        found: Pair | Record | None = self._pairs.get(place) or self._records.get(place)
        if found is None or found.document not in self._documents:
            return place
        if isinstance(found, Pair):
            spans = found.spans_zh or found.spans_en
        else:
            spans = tuple(span for pieces in found.spans.values() for span in pieces)[:1]
        if not spans:
            return place
        line, _ = self._documents[found.document].position(spans[0][0])
        name = re.split(r"[/\\]", found.document)[-1]
        return f"{name}:{line}"
