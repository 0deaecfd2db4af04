"""Records piece by piece: what is said of one side alone, and the Chinese that no English answers as one text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ..corpora import Document, Record
from ..corpora.script import language
from .doubling import check_doubled, check_doubled_en
from .findings import Draft
from .glued import check_glued
from .invisible import check_invisible
from .links import check_links
from .messages import say
from .quotes import check_quotes
from .symbols import check_norm
from .traditional import simplified

_CHINESE = ("title_zh", "abstract_zh", "text_zh", "key_points_zh", "summary_zh", "commentary_zh")
_ENGLISH = ("title_en", "abstract_en", "text_en")
_BETWEEN = "\ufffc"  # one character, so that offsets stay; no text has it


def check_record(record: Record) -> Iterator[tuple[Draft, int]]:
    """Drafts on a record's pieces, each with the piece's offset in the document."""
    for fields in (_CHINESE, _ENGLISH):
        for _, begin, text in pieces(record, fields):
            for draft in check_invisible(text, zh=fields is _CHINESE):
                yield draft, begin
    for field, begin, text in pieces(record, _CHINESE):
        if language(text) == "en":
            continue
        english: str = getattr(record, field.replace("_zh", "_en"), "") or ""
        norm = check_norm("", text) if record.kind != "abstract" else ()
        for drafts in (
            check_doubled(simplified(text), english),
            check_quotes(text, english),
            check_links("", text),
            norm,
        ):
            for draft in drafts:
                yield draft, begin
    for _, begin, text in pieces(record, _ENGLISH):
        for draft in (*check_glued(text), *check_doubled_en(text)):
            yield draft, begin
    for _, begin, text in pieces(record, ("url",)):
        for draft in check_links("", text):
            yield draft, begin
    yield from _without_chinese(record)


def _without_chinese(record: Record) -> Iterator[tuple[Draft, int]]:
    """C003 for a record whose Chinese is missing, or is its English again."""
    field = "abstract_en" if record.abstract_en else "text_en" if record.text_en else ""
    if not field or record.kind not in ("missing_zh", "untranslated"):
        return
    what = say("C003.abstract" if field == "abstract_en" else "C003.text")
    begin, end = record.spans[field][0]
    if record.kind == "untranslated":
        message = say("C003.repeated", what=what)
        yield Draft("C003", "error", 0.95, (0, end - begin), None, "", "", message), begin
    else:
        message = say("C003.english_only", what=what)
        yield Draft("C003", "warning", 0.7, (0, end - begin), None, "", "", message), begin


@dataclass(frozen=True, slots=True)
class Joined:
    """Pieces of several records as one text, and the way back: each with its offset in the document and its record."""

    text: str
    pieces: tuple[tuple[int, int, Record], ...]  # length, offset in the document, record

    def placed(self, draft: Draft) -> tuple[Record, Draft, int]:
        """The record that a draft on the text is about, the draft with spans from the piece's begin, and that begin."""
        at = draft.span_zh[0] if draft.span_zh else 0
        for length, begin, record in self.pieces:
            if at < length:
                return record, _moved(draft, at), begin
            at -= length + len(_BETWEEN)
        raise ValueError(f"offset {at} is behind the last piece")


def pieces_without_english(document: Document, records: Iterable[Record]) -> Joined:
    """All the Chinese of a document that no English pair answers: newsletters, key points, summaries."""
    found: list[tuple[int, str, Record]] = []
    for record in records:
        if record.document == document.source and record.kind in ("zh_only", "commentary", "summary"):
            fields = _CHINESE[1:] if record.title_en else _CHINESE
            found += [(begin, text, record) for _, begin, text in pieces(record, fields)]
    text = _BETWEEN.join(text for _, text, _ in found)
    return Joined(text, tuple((len(text), begin, record) for begin, text, record in found))


def pieces(record: Record, fields: Iterable[str]) -> Iterator[tuple[str, int, str]]:
    """Field, offset and text of each piece of these fields."""
    for field in fields:
        value = getattr(record, field)
        if not value:
            continue
        text = value if isinstance(value, str) else "\n".join(value)
        at = 0
        for begin, end in record.spans.get(field, ()):  # an address behind a link has no place in the text
            yield field, begin, text[at : at + end - begin]
            at += end - begin + 1


def _moved(draft: Draft, begin: int) -> Draft:
    """The draft with its Chinese span beginning elsewhere."""
    if draft.span_zh is None:
        return draft
    return replace(draft, span_zh=(begin, begin + draft.span_zh[1] - draft.span_zh[0]))
