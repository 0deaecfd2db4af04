"""Lists of texts of a test set in, what is counted in them and how it is told out: sentences with places and names."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from ..corpora.script import language
from .testset import Target, TestSet

Texts = Sequence[str | None]
Stream = tuple[str, Texts]  # the hypotheses of a system, or a reference, with its name
Value = TypeVar("Value")
SHOWN = 5  # places or names that a sentence lists
LONGEST = 100  # characters of a name in it
_BEGIN = 100  # characters that tell the language of a text and what it speaks of
LANGUAGES = {"zh": "Chinese", "en": "English"}
OTHER: dict[Target, Target] = {"zh": "en", "en": "zh"}
_LOOKED_AT = 200  # texts of a stream
_STRIDES = (7919, 7907)  # primes: no regular change of languages hides from such a sample


def listed(names: Sequence[str]) -> str:
    """Names in a sentence, at most five, each of at most 100 characters.

    >>> listed(["a", "b", "c"]), listed("abcdefg")
    ('a, b and c', 'a, b, c, d, e and 2 more')
    """
    names = [name if len(name) <= LONGEST else name[: LONGEST - 1] + "…" for name in names]
    if len(names) < 2:
        return "".join(names)
    shown, rest = names[:SHOWN], len(names) - SHOWN
    return f"{', '.join(shown)} and {rest:,} more" if rest > 0 else f"{', '.join(names[:-1])} and {names[-1]}"


def told(what: str, found: Iterable[tuple[str, Sequence[int]]], testset: TestSet) -> Iterator[str]:
    """One sentence with counts and places, streams with the same ones together; none where nothing was found."""
    n = len(testset)
    parts = []
    for places, names in by_value([(name, tuple(places)) for name, places in found]):
        if places:
            at = "all" if len(places) == n else f"{len(places):,} of {n:,}"
            parts.append(f"{at} in {listed(names)}" + (f" (at {places_of(places, testset)})" if at != "all" else ""))
    if parts:
        yield f"{what}: {'; '.join(parts)}."


def places_of(segments: Sequence[int], testset: TestSet) -> str:
    """The first five segments as a person finds them, and how many more there are."""
    more = f" and {len(segments) - SHOWN:,} more" if len(segments) > SHOWN else ""
    return ", ".join(place_of(k, testset) for k in segments[:SHOWN]) + more


def place_of(segment: int, testset: TestSet) -> str:
    """What a person finds it by; an id may be long, or of several lines."""
    return " ".join(testset.places[segment][:40].split()) if segment < len(testset.places) else str(segment + 1)


def by_value(named: Iterable[tuple[str, Value]]) -> list[tuple[Value, list[str]]]:
    """The names by what they have, in the order of the first that has it."""
    groups: dict[Value, list[str]] = {}
    for name, value in named:
        groups.setdefault(value, []).append(name)
    return list(groups.items())


def where(streams: Iterable[Stream], test: Callable[[str], bool]) -> list[tuple[str, list[int]]]:
    """The segments of each stream whose text passes the test; None passes none."""
    return [(name, [k for k, text in enumerate(texts) if text is not None and test(text)]) for name, texts in streams]


def equal(texts: Texts, others: Texts) -> list[int]:
    """The segments in which both have the same text, empty ones aside."""
    return [k for k, (a, b) in enumerate(zip(texts, others, strict=True)) if a and a == b and a.strip()]


def filled(texts: Texts) -> int:
    """How many texts have more than blanks."""
    return sum(bool(text and text.strip()) for text in texts)


def foreign(texts: Texts, target: Target) -> int:
    """How many texts are clearly in the other language; 0 where a spread sample says that they are far from half."""
    other = OTHER[target]
    n = len(texts)
    if n > 2 * _LOOKED_AT:
        stride = next((prime for prime in _STRIDES if n % prime), 1)
        sample = [texts[k * stride % n] for k in range(_LOOKED_AT)]
        if 3 * sum(language(text[:_BEGIN]) == other for text in sample if text) < filled(sample):
            return 0
    return sum(language(text[:_BEGIN]) == other for text in texts if text)
