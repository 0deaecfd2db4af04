"""What became of a source term: the entries of the glossary."""

from dataclasses import dataclass
from typing import Literal

from ..corpora import Span

# preferred/admitted/forbidden: as the termbase says; latin: kept as written; unlisted: something else was found
# at the place; absent: nothing was found.
Status = Literal["preferred", "admitted", "forbidden", "latin", "unlisted", "absent"]

# mismatch: a finding says that a rendering is wrong; inconsistent: several renderings, none of them said to be wrong;
# consistent: one rendering of a term that the termbase has; new: one rendering, worth proposing to the termbase.
Section = Literal["mismatch", "inconsistent", "consistent", "new"]
SECTIONS: tuple[Section, ...] = ("mismatch", "inconsistent", "new", "consistent")


@dataclass(frozen=True, slots=True)
class Example:
    """One place of a rendering: the two texts of its pair, and where term and rendering stand in them."""

    pair: str
    en: str
    zh: str
    span_en: Span
    span_zh: Span | None


@dataclass(frozen=True, slots=True)
class Rendering:
    """One Chinese rendering of one English term over all documents, with its count and places.

    `expected` is the termbase's preferred Chinese, "" for a term it does not hold. `places` are pair ids, sorted.
    `majority` is True for the most frequent rendering of the term, `flagged` where a finding speaks of this
    rendering. In a text without pairs the places are record ids. `records` is how many records have it, `confidence`
    the mean confidence of its places, 0..1, `forms` its spellings with their counts (知识的蒸馏, 知識蒸餾), the most
    frequent first, `examples` at most three places. `fingerprint` is twelve hex digits of term and rendering.
    """

    term: str
    zh: str
    count: int
    places: tuple[str, ...]
    status: Status
    expected: str
    domain: str
    majority: bool
    flagged: bool = False
    records: int = 0
    confidence: float = 0.0
    forms: tuple[tuple[str, int], ...] = ()
    examples: tuple[Example, ...] = ()
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One English term of a corpus with everything it became, the most frequent rendering first.

    `count` is how often the term stands in the English, `records` in how many records, `termhood` how surely it is a
    term, 0..1. `expected` is what it should be, "" where nothing says. `forms` are its English spellings with counts.
    """

    term: str
    section: Section
    expected: str
    domain: str
    count: int
    records: int
    termhood: float
    forms: tuple[tuple[str, int], ...]
    renderings: tuple[Rendering, ...]
