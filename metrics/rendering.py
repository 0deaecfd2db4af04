"""What became of a source term: one row of the glossary."""

from dataclasses import dataclass
from typing import Literal

# preferred/admitted/forbidden: as the termbase says; latin: kept as written; unlisted: something else was found
# at the place; absent: nothing was found.
Status = Literal["preferred", "admitted", "forbidden", "latin", "unlisted", "absent"]


@dataclass(frozen=True, slots=True)
class Rendering:
    """One Chinese rendering of one English term over all documents, with its count and places.

    `expected` is the termbase's preferred Chinese, "" for a term it does not hold. `places` are pair ids, sorted.
    `majority` is True for the most frequent rendering of the term, `flagged` where a finding speaks of this
    rendering. In a text without pairs the places are record ids.
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
