"""The first steps of a corpus in parts: files to pieces of text with their records, and pieces to parts with pairs.

Each is a pure function from files to files, for any executor: it takes its settings, the files it reads and those it
writes, and returns counts for the marker.
"""

from collections import Counter as CounterOf
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import chdir
from dataclasses import replace
from itertools import accumulate
from pathlib import Path
from typing import Any

from duizhao.align import pair_records
from duizhao.corpora import Corpus, Document, Leftover, Pair, Record, extract_document
from duizhao.corpora.document_parts import shifted, split
from duizhao.corpora.formats import Reading
from duizhao.corpora.parallel_files import read_pair
from duizhao.corpora.reading import read_file
from duizhao.corpora.store import read_part
from duizhao.corpora.store_rows import read_tables, write_tables
from duizhao.corpora.store_schema import TABLES
from duizhao.metrics.row_steps import with_drift

Counts = dict[str, Any]
Settings = dict[str, Any]


def read(settings: Settings, inputs: Sequence[Path], outputs: Sequence[Path]) -> Counts:
    """Files, or a part of a corpus, to pieces of at most `settings["characters"]` characters; longer only where a
    record is.

    The output is a folder of them (see `piece_files`), the count says for each which documents it has: source, hash,
    characters, records, and the beginnings of the records' ids, which documents do not have yet that come from files.
    """
    with chdir(settings["cwd"]):  # the names of documents are what the user wrote
        if settings["corpus"]:
            made = [read_part(Path(settings["corpus"]), settings["part"])]
        else:
            reading = Reading(**settings["reading"])
            made = [_extracted(document) for document in _documents(settings["files"], reading)]
    listed: list[list[list[Any]]] = []
    for number, piece in enumerate(_packed(made, settings["characters"])):
        write_tables(piece, piece_files(outputs[0], number))
        listed.append(_documents_of(piece, named=bool(settings["corpus"])))
    return {"pieces": listed}


def build(settings: Settings, inputs: Sequence[Path], outputs: Sequence[Path]) -> Counts:
    """A piece to a part of the corpus, its records named and paired; inputs and outputs are files, one a table."""
    corpus = read_tables(inputs)
    if settings["keys"]:
        names = {d.source: key for d, key in zip(corpus.documents, settings["keys"], strict=True)}
        named = [replace(record, id=names[record.document] + record.id) for record in corpus.records]
        paired = pair_records(named)
        corpus = replace(corpus, records=paired.records, pairs=paired.pairs)
    write_tables(corpus, outputs)
    return {name: len(getattr(corpus, name)) for name in TABLES}


def piece_files(folder: Path, number: int) -> list[Path]:
    """The files of a piece, one a table."""
    return [folder / f"{number:07d}-{name}.parquet" for name in TABLES]


def _documents(units: Iterable[Sequence[str]], reading: Reading) -> Iterator[Document]:
    """The documents of files; two files are one where they are one text in two languages."""
    for unit in units:
        paths = [Path(name) for name in unit]
        pair = read_pair(paths[0], paths[1], reading) if len(paths) > 1 else None
        if pair:
            yield pair
        else:
            yield from (read_file(path, reading=reading) for path in paths)


def _extracted(document: Document) -> Corpus:
    """The document with its records, whose names lack the key that only the list of all documents gives."""
    found = extract_document(document, "")
    return Corpus((with_drift(document, found.records),), found.records, found.leftovers, ())


def _packed(corpora: Iterable[Corpus], most: int) -> Iterator[Corpus]:
    """The same in pieces of at most `most` characters: documents together, or runs of one between its records."""
    waiting: list[Corpus] = []
    size = 0
    for one in (one for corpus in corpora for one in _by_document(corpus)):
        here = len(one.documents[0].text)
        if waiting and size + here > most:
            yield _joined(waiting)
            waiting, size = [], 0
        if here > most:
            yield from _cut(one, most)
        else:
            waiting.append(one)
            size += here
    if waiting:
        yield _joined(waiting)


def _cut(one: Corpus, most: int) -> Iterator[Corpus]:
    """A corpus of one document in runs of its text, its pairs with their records."""
    parts = split(one.documents[0], one.records, one.leftovers, most)
    begins = accumulate((len(part.documents[0].text) for part in parts), initial=0)
    pairs: defaultdict[str, list[Pair]] = defaultdict(list)
    for pair in one.pairs:
        pairs[pair.record].append(pair)
    for part, begin in zip(parts, begins, strict=False):
        own = Corpus((), (), (), tuple(pair for record in part.records for pair in pairs[record.id]))
        yield replace(part, pairs=shifted(own, -begin).pairs)


def _by_document(corpus: Corpus) -> Iterator[Corpus]:
    """A corpus a document, with all that is its own."""
    if len(corpus.documents) == 1:
        yield corpus
        return
    own: dict[str, tuple[list[Record], list[Leftover], list[Pair]]] = {d.source: ([], [], []) for d in corpus.documents}
    for record in corpus.records:
        own[record.document][0].append(record)
    for leftover in corpus.leftovers:
        own[leftover.document][1].append(leftover)
    for pair in corpus.pairs:
        own[pair.document][2].append(pair)
    for document in corpus.documents:
        records, leftovers, pairs = own[document.source]
        yield Corpus((document,), tuple(records), tuple(leftovers), tuple(pairs))


def _joined(corpora: Sequence[Corpus]) -> Corpus:
    """All of them in one, as they are."""
    return Corpus(*(tuple(item for corpus in corpora for item in getattr(corpus, name)) for name in TABLES))


def _documents_of(piece: Corpus, *, named: bool) -> list[list[Any]]:
    records = CounterOf(record.document for record in piece.records)
    prefixes: dict[str, dict[str, None]] = {document.source: {} for document in piece.documents}
    for record in piece.records if named else ():
        prefixes[record.document][record.id.rpartition("#")[0]] = None
    return [[d.source, d.sha256, len(d.text), records[d.source], [*prefixes[d.source]]] for d in piece.documents]
