"""Documents to records: the shape is seen, its reader called, and every character accounted for."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from . import marks
from .blocks import blocks_of
from .builder import RecordBuilder
from .digest import outside, read_items
from .errors import InputError
from .heads import find_heads
from .items import item_starts, numbered, page_headers
from .model import Document, Leftover, Record
from .newsletter import is_newsletter, read_newsletter
from .passages import is_text, read_text
from .tabular import read_rows


@dataclass(frozen=True, slots=True)
class Extraction:
    """Records and leftovers of some documents, both in document order."""

    records: tuple[Record, ...]
    leftovers: tuple[Leftover, ...]


def extract(documents: Iterable[Document]) -> Extraction:
    """The records of all documents, and what belongs to none.

    Every non-blank line of a document is in a field of a record or in a leftover, authors' commas and the like
    apart. Raises InputError, naming every document, where nowhere a record was found.

    >>> page = Document("p.txt", "0", "utf-8", "1、[LG] A Short Title\\n一个短标题\\nhttps://example.org/1")
    >>> [r.title_zh for r in extract([page]).records]
    ['一个短标题']
    """
    documents = list(documents)
    keys = document_keys([(document.source, document.sha256) for document in documents])
    records: list[Record] = []
    leftovers: list[Leftover] = []
    for document, key in zip(documents, keys, strict=True):
        found = extract_document(document, key)
        records += found.records
        leftovers += found.leftovers
    if documents and not records:
        names = ", ".join(document.source for document in documents)
        raise InputError(names, "no record found", "papers or paragraphs in Chinese or English")
    return Extraction(tuple(records), tuple(leftovers))


def extract_document(document: Document, key: str) -> Extraction:
    """The records of one document, called `key#1`, `key#2` …, and what belongs to none; both may be empty.

    >>> extract_document(Document("p.txt", "0", "utf-8", "We watch otters sleep by the river."), "p").records[0].id
    'p#1'
    """
    builders, rest = _read(document)
    records = [builder.build(document, f"{key}#{k}") for k, builder in enumerate(builders, 1)]
    return Extraction(tuple(records), tuple(sorted(rest, key=lambda left: left.span)))


def _read(document: Document) -> tuple[list[RecordBuilder], list[Leftover]]:
    """The records of a document by its shape, and what belongs to none."""
    if document.layout.rows is not None:
        return read_rows(document)
    lines = blocks_of(document)
    heads = find_heads(lines)
    numbers = numbered(lines, heads)
    if not numbers and is_newsletter(lines):
        return read_newsletter(document, lines)
    if not numbers and not any(marks.is_prose(line.text) and not marks.is_furniture(line.text) for line in lines):
        return [], [outside(document, line, frozenset()) for line in lines]
    starts = item_starts(lines, numbers)
    if len(starts) == 1 and not numbers and is_text(lines[starts[0].line :], titled=starts[0].titled):
        before = [outside(document, line, frozenset()) for line in lines[: starts[0].line]]
        builders, rest = read_text(document, lines[starts[0].line :], page_headers(lines), titled=starts[0].titled)
        return builders, [*before, *rest]
    builders, rest = read_items(document, lines, starts, heads if numbers else {})
    return [builder for builder in builders if builder.spans], rest


def document_keys(documents: Sequence[tuple[str, str]]) -> list[str]:
    """A short name for each document, given as source and sha256: what the ids of its records begin with.

    It is the stem of the file, with part of its hash or a number where two share one; no two are alike.

    >>> document_keys([("a/otters.txt", "0f3b"), ("tea.txt", "77"), ("b/otters.txt", "c9")])
    ['otters~0f3b', 'tea', 'otters~c9']
    """
    # Without blanks: the glossary joins ids of pairs with a blank.
    stems = [
        "_".join(PurePath(source.partition(" + ")[0]).stem.split()) if source != "-" else "stdin"
        for source, _ in documents
    ]
    twice = {stem for stem, n in Counter(stems).items() if n > 1}
    keys: dict[str, None] = {}
    copies: dict[str, int] = {}
    for stem, (_, sha256) in zip(stems, documents, strict=True):
        key = base = f"{stem}~{sha256[:8]}" if stem in twice else stem
        while key in keys:  # copies of one file in two folders, or a file with a name like those made here
            copies[base] = copies.get(base, 1) + 1
            key = f"{base}~{copies[base]}"
        keys[key] = None
    return list(keys)
