"""The data that walks through the house: documents, their records, and the pairs made from them.

All are frozen. Text is NFC with "\\n" line ends, normalised once, on reading. Every span is a half-open
range of code points in the text of the *document*, so one offset means one place everywhere.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, NamedTuple

from .page import Link, Place

Span = tuple[int, int]
Kind = Literal[
    "abstract", "title", "summary", "commentary", "missing_zh", "untranslated", "zh_only", "passage", "segment"
]
LeftoverKind = Literal["noise", "label", "list", "metadata", "unparsed"]


_FAR = 10_000  # characters from a place, beyond which lines are not counted one by one


class Value(NamedTuple):
    """One value of a row: its name (column, element or key) and where its text stands in the document's text."""

    name: str
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Layout:
    """What a format says beyond its text. Extraction reads it; a corpus does not keep it."""

    links: tuple[Link, ...] = ()
    rows: tuple[tuple[Value, ...], ...] | None = None  # None where the document is no table
    page: bool = False  # a web page, with all that stands around its text
    segments: bool = True  # rows of two texts are units as given; else texts whose sentences are to be aligned
    origins: tuple[Mapping[str, str], ...] = ()  # for each row of a bilingual file what else it says, by name


@dataclass(frozen=True, slots=True)
class Document:
    """One input as read: `source` is the path or URL as given, `sha256` that of its bytes.

    `text` is what the format spells; where that is not the source itself (HTML, TMX), `places` say from which offset
    on the text stands at which line and column of the source.
    """

    source: str
    sha256: str
    encoding: str
    text: str
    notes: tuple[str, ...] = ()  # what reading assumed or changed, one sentence each
    format: str = "text"
    script: str = ""  # of the Chinese: "Hans", "Hant", "mixed", "" where nothing tells
    places: tuple[Place, ...] = ()
    layout: Layout = field(default=Layout(), compare=False, repr=False)

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column in the source, both from 1, of a code-point offset.

        >>> Document("a", "", "utf-8", "ab\\ncd").position(4)
        (2, 2)
        """
        k = bisect_right(self.places, offset, key=lambda place: place[0]) - 1
        if k < 0:
            starts = _line_starts(self.text)
            line = bisect_right(starts, offset)
            return line, offset - starts[line - 1] + 1
        begin, line, column = self.places[k]
        if offset - begin > _FAR:  # the part of a big document: its places may be few
            starts = _line_starts(self.text)
            first, last = bisect_right(starts, begin), bisect_right(starts, offset)
            if first == last:
                return line, column + offset - begin
            return line + last - first, offset - starts[last - 1] + 1
        line_start = self.text.rfind("\n", begin, offset) + 1
        if not line_start:
            return line, column + offset - begin
        return line + self.text.count("\n", begin, offset), offset - line_start + 1


@lru_cache(maxsize=8)
def _line_starts(text: str) -> list[int]:
    """Where each line begins; kept, for a document is asked once a finding."""
    return [0, *(match.end() for match in re.finditer("\n", text))]


@dataclass(frozen=True, slots=True)
class Record:
    """One paper (or one stretch of prose) of a document.

    `spans` gives for each field present its pieces in the document, in order. A field of several pieces reads
    as the pieces joined by "\\n"; a list field (`authors`, `key_points_zh`) has one piece per item.

    Kinds: `abstract` (both languages, a translation), `title` (titles only), `summary` (the Chinese is key
    points or a digest of the English: comparable, not parallel), `commentary` (prose about no single paper),
    `missing_zh` (English only), `untranslated` (English stands where Chinese should), `zh_only`, `passage` (a
    paragraph of a longer text with its translation), `segment` (a unit of a bilingual file, paired as given).
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
    text_en: str | None = None  # of a passage or segment
    text_zh: str | None = None
    authors_en: tuple[str, ...] = ()  # from a catalogue, where the document names them in Chinese
    spans: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Leftover:
    """A stretch of a document that belongs to no record.

    `noise` is page furniture (read counts, comments, repeated headers), `label` a mark of structure (要点:),
    `list` a list of titles that the records repeat, `metadata` a value of no language (dates, keys, subjects),
    `unparsed` what was not understood.
    """

    document: str
    kind: LeftoverKind
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Sentences of one field of a record that translate each other: n English ones, m Chinese ones.

    `type` is "n-m" ("1-0": an English sentence with no Chinese). `spans_en[k]` is where `en[k]` stands in the
    document. `score` is 0..1, the aligner's similarity of the two sides; 0 where one side is empty. `probability` is
    0..1, that the two sides are each other's whole counterpart; 1 where the layout says so (titles, segments).
    Every sentence of a paired field is in exactly one pair. `en` and `zh` stand on one line each (see `flat`): a line
    end inside a sentence is a blank there, or nothing between Chinese characters.
    """

    id: str
    record: str
    document: str
    field: str  # "title", "abstract", "text"
    en: tuple[str, ...]
    zh: tuple[str, ...]
    spans_en: tuple[Span, ...]
    spans_zh: tuple[Span, ...]
    type: str
    score: float
    probability: float = 1.0
