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

    def build(self, document: Document, id: str, kind: Kind | None = None) -> Record:
        """The record; its kind follows from the fields it has, unless given."""

        def items(field: str) -> tuple[str, ...]:
            return tuple(document.text[a:b] for a, b in self.spans.get(field, ()))

        return Record(
            id=id,
            document=document.source,
            kind=kind or self._kind(document),
            number=self.number,
            tag=self.tag,
            title_en=self.text(document, "title_en"),
            title_zh=self.text(document, "title_zh"),
            authors=items("authors"),
            authors_truncated=self.authors_truncated,
            affiliation=self.text(document, "affiliation"),
            url=self.text(document, "url"),
            abstract_en=self.text(document, "abstract_en"),
            abstract_zh=self.text(document, "abstract_zh"),
            key_points_zh=items("key_points_zh"),
            summary_zh=self.text(document, "summary_zh"),
            commentary_zh=self.text(document, "commentary_zh"),
            spans={field: tuple(spans) for field, spans in sorted(self.spans.items()) if spans},
        )

    def _kind(self, document: Document) -> Kind:
        if self.has("abstract_en", "title_en"):
            if self.has("abstract_en") and self.has("abstract_zh"):
                same = self.text(document, "abstract_en") == self.text(document, "abstract_zh")
                return "untranslated" if same else "abstract"
            if self.has("key_points_zh", "summary_zh", "commentary_zh"):
                return "summary" if self.has("abstract_en") else "zh_only"
            if self.has("abstract_zh"):
                return "zh_only"
            if self.has("abstract_en"):
                return "missing_zh"
            return "title" if self.has("title_zh") else "missing_zh"
        return "zh_only"
