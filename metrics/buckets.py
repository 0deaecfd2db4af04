"""Segments sorted into buckets, so that a score can be told apart by length, document, tag, number or term."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ..corpora.errors import ConfigError
from .testset import TestSet

Rows = NDArray[np.intp]
TermsOf = Callable[[Sequence[str]], Sequence[frozenset[str]]]  # sources to the terms each has

BY = ("length", "record", "tag", "number", "term")
_LENGTHS = (0, 10, 20, 40, 80, 160)  # from this many words, or Chinese characters, of the reference
_TERMS = 20  # the terms shown, those in the most segments
_SEGMENTS = 3  # a term's segments, under which its bucket says nothing


def bucket_segments(testset: TestSet, by: str, terms_of: TermsOf | None = None) -> dict[str, Rows]:
    """The buckets of `by`, in the order to show them, each with the numbers of its segments; none of them is empty.

    "length" goes by the first reference of a segment, "number" by digits in the source (or the reference where there
    is no source). A segment is in one bucket, but for "term": there it is in that of each of its terms, of the twenty
    most frequent. Raises ConfigError where the test set has not what `by` needs.
    """
    if by == "length":
        if not testset.references:
            raise ConfigError("--bucket length", "no references", "one to go by", "Name it with --ref.")
        return _by_length(testset)
    if by == "record":
        return _by_label(testset.records, by, "--record")
    if by == "tag":
        return _by_label(testset.tags, by, "--tag")
    if by == "number":
        texts = testset.sources or _references(testset)
        return _gathered(("with a digit" if any(map(str.isdigit, text)) else "without a digit") for text in texts)
    if by == "term" and terms_of is not None:
        return _by_term(testset, terms_of)
    raise ConfigError("--bucket", by, f"one of {', '.join(BY)}")


def _by_length(testset: TestSet) -> dict[str, Rows]:
    unit = "characters" if testset.target == "zh" else "words"
    lengths = [
        sum(not c.isspace() for c in text) if testset.target == "zh" else len(text.split())
        for text in _references(testset)
    ]
    where = np.searchsorted(np.array(_LENGTHS[1:]), np.array(lengths, dtype=np.int64), side="right")
    names = [f"{low}–{high - 1} {unit}" for low, high in pairwise(_LENGTHS)] + [f"{_LENGTHS[-1]} {unit} and more"]
    rows = {name: np.flatnonzero(where == number) for number, name in enumerate(names)}
    return {name: found for name, found in rows.items() if len(found)}


def _by_label(labels: Sequence[str] | None, by: str, option: str) -> dict[str, Rows]:
    if labels is None:
        raise ConfigError(f"--bucket {by}", "no such label of segments", f"a {by} for each", f"Name it with {option}.")
    return _gathered(label or "(none)" for label in labels)


def _by_term(testset: TestSet, terms_of: TermsOf) -> dict[str, Rows]:
    if testset.sources is None:
        raise ConfigError("--bucket term", "no sources", "the text that was translated", "Name it with --src.")
    rows: defaultdict[str, list[int]] = defaultdict(list)
    bare = []
    for number, terms in enumerate(terms_of(testset.sources)):
        for term in terms:
            rows[term].append(number)
        if not terms:
            bare.append(number)
    frequent = sorted(rows, key=lambda term: (-len(rows[term]), term))[:_TERMS]
    found = {term: np.array(rows[term]) for term in frequent if len(rows[term]) >= _SEGMENTS}
    shown = set(bare).union(*(rows[term] for term in found))
    others = [number for number in range(len(testset)) if number not in shown]
    found |= {"(other terms)": np.array(others)} if others else {}
    return found | ({"(no term)": np.array(bare)} if bare else {})


def _references(testset: TestSet) -> list[str]:
    """The first reference of each segment."""
    return [next(text for text in texts if text is not None) for texts in zip(*testset.references, strict=True)]


def _gathered(labels: Iterable[str]) -> dict[str, Rows]:
    """The numbers of the segments of each label, labels in the order in which they come."""
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for number, label in enumerate(labels):
        rows[label].append(number)
    return {label: np.array(found) for label, found in rows.items()}
