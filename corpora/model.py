"""The data that walks through the house: documents, their records, and the pairs made from them.

All are frozen. Text is NFC with "\\n" line ends, normalised once, on reading. Every span is a half-open
range of code points in the text of the *document*, so one offset means one place everywhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Span = tuple[int, int]
Kind = Literal["abstract", "title", "summary", "commentary", "missing_zh", "untranslated", "zh_only"]
LeftoverKind = Literal["noise", "label", "list", "unparsed"]


@dataclass(frozen=True, slots=True)
class Document:
    """One input as read: `source` is the path or URL as given, `sha256` that of its bytes."""

    source: str
    sha256: str
    encoding: str
    text: str
    notes: tuple[str, ...] = ()  # what reading assumed or changed, one sentence each

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1, of a code-point offset.

        >>> Document("a", "", "utf-8", "ab\\ncd").position(4)
        (2, 2)
        """
        line_start = self.text.rfind("\n", 0, offset) + 1
        return self.text.count("\n", 0, offset) + 1, offset - line_start + 1


@dataclass(frozen=True, slots=True)
class Record:
    """One paper (or one stretch of prose) of a document.

    `spans` gives for each field present its pieces in the document, in order. A field of several pieces reads
    as the pieces joined by "\\n"; a list field (`authors`, `key_points_zh`) has one piece per item.

    Kinds: `abstract` (both languages, a translation), `title` (titles only), `summary` (the Chinese is key
    points or a digest of the English: comparable, not parallel), `commentary` (prose about no single paper),
    `missing_zh` (English only), `untranslated` (English stands where Chinese should), `zh_only`.
    """

    id: str
    document: str
    kind: Kind
    number: int | None = None
    tag: str | None = None
    title_en: str | None = None
    title_zh: str | None = None
    authors: tuple[str, ...] = ()
    authors_truncated: bool = False  # the list ends in "…", "et al." or 等
    affiliation: str | None = None
    url: str | None = None
    abstract_en: str | None = None
    abstract_zh: str | None = None
    key_points_zh: tuple[str, ...] = ()
    summary_zh: str | None = None
    commentary_zh: str | None = None
    spans: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Leftover:
    """A stretch of a document that belongs to no record.

    `noise` is page furniture (read counts, comments, repeated headers), `label` a mark of structure (要点:),
    `list` a list of titles that the records repeat, `unparsed` what was not understood.
    """

    document: str
    kind: LeftoverKind
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Sentences of one field of a record that translate each other: n English ones, m Chinese ones.

    `type` is "n-m" ("1-0": an English sentence with no Chinese). `spans_en[k]` is where `en[k]` stands in the
    document. `score` is 0..1, the aligner's similarity of the two sides; 0 where one side is empty.
    Every sentence of a paired field is in exactly one pair.
    """

    id: str
    record: str
    document: str
    field: str  # "title", "abstract"
    en: tuple[str, ...]
    zh: tuple[str, ...]
    spans_en: tuple[Span, ...]
    spans_zh: tuple[Span, ...]
    type: str
    score: float
