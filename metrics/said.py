"""What the rules say, before it is placed in documents: the same for both directions."""

from dataclasses import dataclass, field

from ..corpora import Document, Pair, Record
from .findings import Draft
from .occurrences import Occurrence


@dataclass(slots=True)
class Said:
    """Drafts on pairs (spans in the joined sentences), on records with the offset that their spans count from, and on
    whole documents (spans in their text); and what became of the terms."""

    of_pairs: list[tuple[Pair, Draft]] = field(default_factory=list)
    of_records: list[tuple[Record, Draft, int]] = field(default_factory=list)
    of_documents: list[tuple[Document, Draft]] = field(default_factory=list)
    occurrences: list[Occurrence] = field(default_factory=list)
