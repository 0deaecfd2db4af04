"""A record in the making: spans are collected, the text is cut out once at the end."""

from collections import defaultdict

from .model import Document, Kind, Record, Span


class RecordBuilder:
    """Collects the spans of one record's fields."""

    def __init__(self, number: int | None = None, tag: str | None = None) -> None:
        """Start an empty record."""
        self.number, self.tag = number, tag
        self.spans: defaultdict[str, list[Span]] = defaultdict(list)
        self.authors_truncated = False
        self.url: str | None = None  # an address that stands behind the text, not in it
        self.kind: Kind | None = None  # where it does not follow from the fields
        self.repeated = False  # the English stands again where the Chinese should

    def add(self, field: str, span: Span) -> None:
        """Append a piece to a field; empty pieces are ignored."""
        if span[1] > span[0]:
            self.spans[field].append(span)

    def has(self, *fields: str) -> bool:
        """Whether any of these fields has text."""
        return any(self.spans.get(field) for field in fields)

    def text(self, document: Document, field: str) -> str | None:
        """The field's pieces joined by line ends, None where it has none."""
        spans = self.spans.get(field)
        return "\n".join(document.text[a:b] for a, b in spans) if spans else None

    def build(self, document: Document, id: str) -> Record:
        """The record; its kind follows from the fields it has, unless set."""

        def items(field: str) -> tuple[str, ...]:
            return tuple(" ".join(document.text[a:b].split("\n")) for a, b in self.spans.get(field, ()))

        return Record(
            id=id,
            document=document.source,
            kind=self.kind or self._kind(),
            number=self.number,
            tag=self.tag,
            title_en=self.text(document, "title_en"),
            title_zh=self.text(document, "title_zh"),
            authors=items("authors"),
            authors_truncated=self.authors_truncated,
            affiliation=self.text(document, "affiliation"),
            url=self.url or self.text(document, "url"),
            abstract_en=self.text(document, "abstract_en"),
            abstract_zh=self.text(document, "abstract_zh"),
            key_points_zh=items("key_points_zh"),
            summary_zh=self.text(document, "summary_zh"),
            commentary_zh=self.text(document, "commentary_zh"),
            text_en=self.text(document, "text_en"),
            text_zh=self.text(document, "text_zh"),
            spans={field: tuple(spans) for field, spans in sorted(self.spans.items()) if spans},
        )

    def _kind(self) -> Kind:
        english, chinese = self.has("abstract_en"), self.has("abstract_zh")
        if english and chinese:
            return "abstract"
        if self.has("key_points_zh", "summary_zh", "commentary_zh"):
            return "summary" if english else "zh_only"
        if chinese:
            return "zh_only"
        if english:
            return "untranslated" if self.repeated else "missing_zh"
        if self.has("title_en"):
            return "title" if self.has("title_zh") else "missing_zh"
        return "zh_only"
