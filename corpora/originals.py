"""English brought to Chinese that came without it: from the original text, or from a catalogue of papers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .catalog import Catalog
from .model import Document, Kind, Leftover, Record, Span
from .page import Place
from .paper_keys import paper_key
from .script import HAN

_BODY_ZH = ("abstract_zh", "text_zh", "commentary_zh", "summary_zh")


@dataclass(frozen=True, slots=True)
class Joined:
    """Documents and records after English was brought to them.

    `leftovers` are the marks where it was appended, and what stands in none of the records any more."""

    documents: tuple[Document, ...]
    records: tuple[Record, ...]
    leftovers: tuple[Leftover, ...]
    matched: int


def join_original(
    documents: Sequence[Document], records: Sequence[Record], original: Document, english: Sequence[Record]
) -> Joined:
    """The Chinese records with the English of `original`, whose records are `english`.

    They meet by their links, else by their numbers, else in order where there are as many of each. Where nothing fits
    and there is one Chinese document, its whole text is set against the whole original, as one passage.
    """
    english = [record for record in english if record.title_en or record.abstract_en or record.text_en]
    chinese = [record for record in records if _lacks_english(record)]
    mates = _mates(chinese, english)
    if not mates:
        sources = {record.document for record in chinese}
        if len(sources) != 1 or not english:
            return Joined(tuple(documents), tuple(records), (), 0)
        document = next(each for each in documents if each.source in sources)
        whole = _whole(document, [r for r in records if r.document == document.source], original, english)
        others = [record for record in records if record.document != document.source]
        made = tuple(whole[0] if each is document else each for each in documents)
        return Joined(made, (*others, whole[1]), whole[2], len(chinese))
    appended = {each.source: _Appendix(each, original.source) for each in documents}
    joined: list[Record] = []
    for record in records:
        mate = mates.get(record.id)
        joined.append(_with_mate(record, mate, original, appended[record.document]) if mate else record)
    return Joined(
        tuple(appended[each.source].document() for each in documents),
        tuple(joined),
        tuple(mark for each in documents for mark in appended[each.source].marks),
        len(mates),
    )


def join_catalog(documents: Sequence[Document], records: Sequence[Record], catalog: Catalog, source: str) -> Joined:
    """The records with the English title, authors and abstract that they lack, of the paper their link leads to."""
    appended = {each.source: _Appendix(each, source) for each in documents}
    joined: list[Record] = []
    matched = 0
    for record in records:
        entry = catalog.find(record.url) if record.url else None
        entry = entry or (catalog.find_title(record.title_en) if record.title_en else None)
        if entry is None:
            joined.append(record)
            continue
        matched += 1
        spans = dict(record.spans)
        texts: dict[str, str] = {}
        appendix = appended[record.document]
        if not record.title_en:
            texts["title_en"] = entry.title_en
        if not record.abstract_en and entry.abstract_en:
            texts["abstract_en"] = entry.abstract_en
        for field, text in texts.items():
            spans[field] = (appendix.add(text, entry.line, 1),)
        if entry.authors:
            spans["authors_en"] = tuple(appendix.add(name, entry.line, 1) for name in entry.authors)
        joined.append(
            replace(
                record,
                title_en=record.title_en or entry.title_en,
                abstract_en=record.abstract_en or entry.abstract_en,
                authors_en=entry.authors,
                spans=dict(sorted(spans.items())),
                kind=_kind(record, bool(record.abstract_en or entry.abstract_en)),
            )
        )
    return Joined(
        tuple(appended[each.source].document() for each in documents),
        tuple(joined),
        tuple(mark for each in documents for mark in appended[each.source].marks),
        matched,
    )


class _Appendix:
    """Text put after a document's own, so that spans can point to it."""

    def __init__(self, document: Document, origin: str) -> None:
        self._document, self._origin = document, origin
        self._parts: list[str] = []
        self._length = len(document.text)
        self._places: list[Place] = []
        self.marks: list[Leftover] = []

    def add(self, text: str, line: int, column: int) -> Span:
        """Append a text that stands at this place of its origin; where it stands now."""
        if not self._parts:
            mark = f"[{self._origin}]"
            begin = self._length + 2
            self._append(f"\n\n{mark}\n")
            self.marks.append(Leftover(self._document.source, "label", (begin, begin + len(mark)), mark))
        begin = self._length
        self._places.append(Place(begin, line, column))
        self._append(text + "\n")
        return begin, begin + len(text)

    def document(self) -> Document:
        """The document with what was appended."""
        if not self._parts:
            return self._document
        return replace(
            self._document,
            text=self._document.text + "".join(self._parts),
            places=(*self._document.places, *self._places),
            notes=(*self._document.notes, f"English from {self._origin} stands after its text"),
        )

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)


def _lacks_english(record: Record) -> bool:
    return not (record.abstract_en or record.text_en) and bool(
        record.title_zh or any(getattr(record, f) for f in _BODY_ZH)
    )


def _mates(chinese: Sequence[Record], english: Sequence[Record]) -> dict[str, Record]:
    """For each Chinese record its English one."""
    papers = [record for record in chinese if record.kind != "commentary"] or list(chinese)
    for key in (lambda r: paper_key(r.url) if r.url else None, lambda r: r.number):
        known: dict[object, list[Record]] = {}
        for record in english:
            if (value := key(record)) is not None:
                known.setdefault(value, []).append(record)
        found = {r.id: known[value][0] for r in papers if (value := key(r)) in known and len(known[value]) == 1}
        if found and len(found) >= 0.5 * min(len(papers), len(english)):
            return found
    if len(papers) == len(english) and papers:
        return {zh.id: en for zh, en in zip(papers, english, strict=True)}
    return {}


def _with_mate(record: Record, mate: Record, original: Document, appendix: _Appendix) -> Record:
    """The record with the English of its mate."""
    spans = dict(record.spans)

    def bring(field: str, target: str) -> None:
        if mate.spans.get(field) and target not in spans:
            spans[target] = tuple(appendix.add(original.text[a:b], *original.position(a)) for a, b in mate.spans[field])

    body_en = "abstract_en" if mate.abstract_en else "text_en"
    body_zh = next((field for field in _BODY_ZH if getattr(record, field)), "")
    bring("title_en", "title_en")
    fields: dict[str, str | None] = {"title_en": record.title_en or mate.title_en}
    if body_zh == "abstract_zh":
        bring(body_en, "abstract_en")
        fields["abstract_en"] = getattr(mate, body_en)
        kind = "abstract" if fields["abstract_en"] else record.kind
    else:
        bring(body_en, "text_en")
        fields["text_en"] = getattr(mate, body_en)
        if body_zh and body_zh != "text_zh":
            spans["text_zh"] = spans.pop(body_zh)
            fields |= {"text_zh": getattr(record, body_zh), body_zh: None}
        both = fields["text_en"] and (fields.get("text_zh") or record.text_zh)
        kind = "passage" if both else "title" if record.title_zh and fields["title_en"] else record.kind
    return replace(record, **fields, kind=kind, spans=dict(sorted(spans.items())))  # type: ignore[arg-type]


def _whole(
    document: Document, records: Sequence[Record], original: Document, english: Sequence[Record]
) -> tuple[Document, Record, tuple[Leftover, ...]]:
    """One passage: all the Chinese of a document against all the English of its original."""
    appendix = _Appendix(document, original.source)
    zh = sorted(
        span
        for record in records
        for field in ("title_zh", *_BODY_ZH, "key_points_zh")
        for span in record.spans.get(field, ())
        if HAN.search(document.text[slice(*span)])
    )
    en = sorted(
        span
        for record in english
        for field in ("title_en", "abstract_en", "text_en")
        for span in record.spans.get(field, ())
    )
    places = tuple(appendix.add(original.text[a:b], *original.position(a)) for a, b in en)
    record = Record(
        id=records[0].id,
        document=document.source,
        kind="passage",
        text_en="\n".join(original.text[a:b] for a, b in en),
        text_zh="\n".join(document.text[a:b] for a, b in zh),
        spans={"text_en": places, "text_zh": tuple(zh)},
    )
    kept = {*zh}
    rest = sorted({span for r in records for spans in r.spans.values() for span in spans} - kept)
    unused = (Leftover(document.source, "metadata", span, document.text[slice(*span)]) for span in rest)
    return appendix.document(), record, (*unused, *appendix.marks)


def _kind(record: Record, english: bool) -> Kind:
    """The kind of a record once it has its English."""
    if not english:
        return record.kind
    if record.abstract_zh:
        return "abstract"
    return "summary" if any(getattr(record, field) for field in (*_BODY_ZH, "key_points_zh")) else record.kind
