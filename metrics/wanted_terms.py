"""The terms wanted of a translation, and the places where it has them: what both directions give `TermLookup`."""

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from ..corpora import Span
from ..corpora.term import Term

Status = Literal["approved", "acronym", "forbidden", "kept"]


class Place(NamedTuple):
    """A rendering of a term in a text. `rendering` is its string however it is spelt (blanks, capitals, inflection).

    "acronym" is one of the source that stays as it is; "kept" is the term left standing in Latin letters, which nothing
    excuses.
    """

    span: Span
    rendering: str
    status: Status


class Wanted(NamedTuple):
    """A term of one source: the entries it may stand for, how many times it is there, and which acronyms of it."""

    key: str
    terms: tuple[Term, ...]
    times: int
    acronyms: frozenset[str] = frozenset()  # folded
    short: int = 0  # how many of the times it is one of these


class Text(NamedTuple):
    """A text to search, in simplified characters if it is Chinese; `hant` where it was written in traditional ones."""

    text: str
    hant: bool = False


Find = Callable[[Text], list[list[Place]]]  # the places of each wanted term, in order


def good_places(places: Sequence[Place]) -> list[Place]:
    """Those of a term's places where it is called what it may be called."""
    return [place for place in places if place.status in ("approved", "acronym")]


def is_acronym(form: str) -> bool:
    """Whether an English form is written so that Chinese keeps it: LLM, GPT-4, U-Net."""
    return " " not in form and any(sign.isupper() for sign in form[1:])
