"""Documents to records: the shape is seen, its reader called, and every character accounted for."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from .builder import RecordBuilder
from .digest import item_heads, read_digest
from .errors import InputError
from .lines import lines_of
from .model import Document, Leftover, Record
from .newsletter import is_newsletter, read_newsletter
from .plain import read_plain


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
    keys = _keys(documents)
    records: list[Record] = []
    leftovers: list[Leftover] = []
    for document, key in zip(documents, keys, strict=True):
        found, rest = _extract_one(document, key)
        records += found
        leftovers += rest
    if documents and not records:
        names = ", ".join(document.source for document in documents)
        raise InputError(names, "no record found", "papers or paragraphs in Chinese or English")
    return Extraction(tuple(records), tuple(leftovers))


def _extract_one(document: Document, key: str) -> tuple[list[Record], list[Leftover]]:
    lines = lines_of(document.text)
    if item_heads(lines):
        builders, rest = read_digest(document, lines)
    elif is_newsletter(lines):
        builders, rest = read_newsletter(document, lines)
        return _newsletter_records(document, key, builders), sorted(rest, key=lambda left: left.span)
    else:
        builders, rest = read_plain(document, lines)
    records = [builder.build(document, f"{key}#{k}") for k, builder in enumerate(builders, 1)]
    return records, sorted(rest, key=lambda left: left.span)


def _newsletter_records(document: Document, key: str, builders: list[RecordBuilder]) -> list[Record]:
    return [
        builder.build(document, f"{key}#{k}", "zh_only" if builder.has("authors", "title_zh") else "commentary")
        for k, builder in enumerate(builders, 1)
    ]


def _keys(documents: list[Document]) -> list[str]:
    """A short name for each document: its file's stem, with part of its hash or a number where two share one."""
    # Without blanks: the glossary joins ids of pairs with a blank.
    stems = ["_".join(PurePath(d.source).stem.split()) if d.source != "-" else "stdin" for d in documents]
    twice = {stem for stem, n in Counter(stems).items() if n > 1}
    keys: dict[str, None] = {}
    for stem, document in zip(stems, documents, strict=True):
        key = base = f"{stem}~{document.sha256[:8]}" if stem in twice else stem
        copies = 1
        while key in keys:  # copies of one file in two folders, or a file with a name like those made here
            copies += 1
            key = f"{base}~{copies}"
        keys[key] = None
    return list(keys)
