"""A big document cut between its records into parts that can be worked on alone, and put together again."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from .errors import InputError
from .model import Document, Layout, Leftover, Pair, Record, Span
from .page import Place
from .store_schema import Corpus


class _Block(NamedTuple):
    """A stretch of the text that is never cut, with so many records and leftovers."""

    begin: int
    end: int
    records: int
    leftovers: int


class _Cut(NamedTuple):
    """An offset at which a part may end, and how many records and leftovers come before it."""

    offset: int
    records: int
    leftovers: int


def split(document: Document, records: Sequence[Record], leftovers: Sequence[Leftover], most: int) -> list[Corpus]:
    """The document in parts of at most `most` characters, each a document with its own records and leftovers.

    A part has the source, hash, encoding, format and script of the whole, a run of its text, and a first place in the
    source, so that `position` says the same line and column as before; only the first part has the notes, and none
    has a layout. Cuts are at line starts, and never in a record, in a leftover, or between records and leftovers that
    overlap or do not come in the order of the text; a part is longer than `most` where there is no such place. Before
    a record go the leftovers that precede it (its number, its labels). `join` puts the parts together again.

    >>> lines = Document("a.txt", "", "utf-8", "Tea.\\nRivers.\\n")
    >>> spans = [(0, 4), (5, 12)]
    >>> some = [Record(f"a#{k}", "a.txt", "missing_zh", spans={"text_en": (s,)}) for k, s in enumerate(spans, 1)]
    >>> [(part.documents[0].text, part.records[0].spans) for part in split(lines, some, [], 8)]
    [('Tea.\\n', {'text_en': ((0, 4),)}), ('Rivers.\\n', {'text_en': ((0, 7),)})]
    """
    length = len(document.text)
    cuts = [_Cut(0, 0, 0), *_chosen(document, records, leftovers, most), _Cut(length, len(records), len(leftovers))]
    if len(cuts) == 2:
        whole = replace(document, layout=Layout())
        return [Corpus((whole,), tuple(records), tuple(leftovers), ())]
    parts = []
    place = 0  # the first one at or after the cut
    for here, after in pairwise(cuts):
        slice_, place = _slice(document, here.offset, after.offset, place)
        own = tuple(records[here.records : after.records])
        rest = tuple(leftovers[here.leftovers : after.leftovers])
        parts.append(shifted(Corpus((slice_,), own, rest, ()), -here.offset))
    return parts


def join(parts: Iterable[Corpus]) -> Corpus:
    """The corpus of all parts: documents that `split` cut are whole again, all else comes in the order of the parts.

    Where no document was cut, that is all documents, records, leftovers and pairs, as they are. Raises InputError
    for a part that goes on with a document which the part before does not end with.
    """
    documents: list[Document] = []
    slices: list[Document] = []  # of the last document
    begin = 0  # of the last slice in it
    records: list[Record] = []
    leftovers: list[Leftover] = []
    pairs: list[Pair] = []
    for part in parts:
        own = part
        if part.documents:
            first, *others = part.documents
            if is_continued(first):
                begin += _checked(slices, first)
                slices.append(first)
                own = shifted(part, begin, first.source)
            else:
                others = list(part.documents)
            for document in others:
                documents += _whole(slices)
                slices, begin = [document], 0
        records += own.records
        leftovers += own.leftovers
        pairs += own.pairs
    documents += _whole(slices)
    return Corpus(tuple(documents), tuple(records), tuple(leftovers), tuple(pairs))


def is_continued(document: Document) -> bool:
    """Whether `split` made this document, and not as the first part: its first place stands there twice."""
    places = document.places
    return len(places) > 1 and places[0] == places[1] and places[0].offset == 0


def shifted(part: Corpus, by: int, source: str | None = None) -> Corpus:
    """The part with the spans of its records, leftovers and pairs moved by so many characters.

    With a `source`, those of this document only. The text and places of documents stay as they are.
    """

    if not by:
        return part

    def ours(document: str) -> bool:
        return source is None or document == source

    return Corpus(
        part.documents,
        tuple(_moved_record(each, by) if ours(each.document) else each for each in part.records),
        tuple(_moved_leftover(each, by) if ours(each.document) else each for each in part.leftovers),
        tuple(_moved_pair(each, by) if ours(each.document) else each for each in part.pairs),
    )


def _moved_record(record: Record, by: int) -> Record:
    return replace(record, spans={name: _moved(spans, by) for name, spans in record.spans.items()})


def _moved_leftover(leftover: Leftover, by: int) -> Leftover:
    begin, end = leftover.span
    return replace(leftover, span=(begin + by, end + by))


def _moved_pair(pair: Pair, by: int) -> Pair:
    return replace(pair, spans_en=_moved(pair.spans_en, by), spans_zh=_moved(pair.spans_zh, by))


def _moved(spans: Sequence[Span], by: int) -> tuple[Span, ...]:
    return tuple((begin + by, end + by) for begin, end in spans)


def _checked(slices: Sequence[Document], first: Document) -> int:
    """The characters of the last slice; raises InputError where `first` is not the one after it."""
    if not slices or (slices[-1].source, slices[-1].sha256) != (first.source, first.sha256):
        found = "a run of its text without the one before it"
        raise InputError(first.source, found, "all parts of a document, in order", "Build it again.")
    return len(slices[-1].text)


def _whole(slices: Sequence[Document]) -> list[Document]:
    """The document of these slices, alone in a list; none of none."""
    if len(slices) < 2:
        return list(slices)
    places: list[Place] = []
    begin = 0
    for k, part in enumerate(slices):
        own = part.places[2:] if k else part.places
        places += (Place(place.offset + begin, place.line, place.column) for place in own) if k else own
        begin += len(part.text)
    text, notes = "".join(part.text for part in slices), tuple(note for part in slices for note in part.notes)
    return [replace(slices[0], text=text, notes=notes, places=tuple(places), layout=Layout())]


def _slice(document: Document, begin: int, end: int, place: int) -> tuple[Document, int]:
    """This run of the text as a document, and the first place after it; `place` is the first one in it."""
    places = document.places
    after = place
    while after < len(places) and places[after].offset < end:
        after += 1
    if end == len(document.text):
        after = len(places)
    own = tuple(Place(p.offset - begin, p.line, p.column) for p in places[place:after])
    if begin:
        start = Place(0, *document.position(begin))
        own = (start, start, *own)
    notes = document.notes if not begin else ()
    made = replace(document, text=document.text[begin:end], notes=notes, places=own, layout=Layout())
    return made, after


def _chosen(document: Document, records: Sequence[Record], leftovers: Sequence[Leftover], most: int) -> Iterator[_Cut]:
    """The cuts: each as late as the part before it allows."""
    start, last = 0, None
    for cut in (*_cuts(document.text, records, leftovers), _Cut(len(document.text), 0, 0)):
        if cut.offset - start > most and last is not None:
            yield last
            start = last.offset
        last = cut


def _cuts(text: str, records: Sequence[Record], leftovers: Sequence[Leftover]) -> Iterator[_Cut]:
    """All places between two lines where a cut goes through no record and no leftover."""
    blocks = _blocks(records, leftovers)
    before = _Cut(0, 0, 0)
    last = 0
    for block, following in pairwise(blocks):
        before = _Cut(0, before.records + block.records, before.leftovers + block.leftovers)
        if following.records and not block.records:
            continue  # a number or label of what follows
        offset = text.rfind("\n", max(block.end - 1, 0), following.begin) + 1
        if last < offset < len(text):
            yield before._replace(offset=offset)
            last = offset


def _blocks(records: Sequence[Record], leftovers: Sequence[Leftover]) -> list[_Block]:
    """The stretches between which a cut takes no record and no leftover apart, or out of its order."""
    extents = [_extent(record) for record in records]
    one = _merged_in_order(_Block(*extent, 1, 0) if extent else None for extent in extents)
    two = _merged_in_order(_Block(*left.span, 0, 1) for left in leftovers)
    merged: list[_Block] = []
    for block in sorted([*one, *two], key=lambda block: block[:2]):
        if merged and block.begin < merged[-1].end:
            merged.append(_both(merged.pop(), block))
        else:
            merged.append(block)
    return merged


def _extent(record: Record) -> Span | None:
    """From the first character of a record to its last; None where it has no span."""
    spans = [span for name in record.spans for span in record.spans[name]]
    return (min(begin for begin, _ in spans), max(end for _, end in spans)) if spans else None


def _merged_in_order(blocks: Iterable[_Block | None]) -> list[_Block]:
    """The blocks, those that overlap or go back in the text made one; None joins the one before, or else the next."""
    merged: list[_Block] = []
    waiting = 0  # records without a span, before any that has one
    for block in blocks:
        if block is None:
            if merged:
                merged[-1] = merged[-1]._replace(records=merged[-1].records + 1)
            else:
                waiting += 1
            continue
        block = block._replace(records=block.records + waiting)
        waiting = 0
        while merged and block.begin < merged[-1].end:
            block = _both(merged.pop(), block)
        merged.append(block)
    return merged


def _both(one: _Block, two: _Block) -> _Block:
    return _Block(min(one[0], two[0]), max(one[1], two[1]), one[2] + two[2], one[3] + two[3])
