"""What alignment asks of an encoder: texts of both languages as vectors in one space.

`SumEncoder` (sum_encoder.py) is the one that comes with duizhao. Any other model stands in its place behind the same
four methods: see transformers_encoder.py.
"""

from collections.abc import Sequence
from functools import cache
from typing import Protocol, Self

import numpy as np

from ..corpora import Span
from .network import DIM, Floats
from .sum_encoder import SumEncoder, TokenSums
from .threads import one_thread

__all__ = ["DIM", "Encoder", "Floats", "RunVectors", "SpanVectors", "load_encoder"]


class SpanVectors(Protocol):
    """One text, ready for the vectors of its spans."""

    def spans(self, spans: Sequence[Span], /) -> Floats:
        """Unit vectors of code-point spans, one a row."""
        ...


class RunVectors(Protocol):
    """Consecutive texts, ready for the vectors of runs of them."""

    def __len__(self) -> int:
        """How many texts."""
        ...

    def __getitem__(self, part: slice, /) -> Self:
        """Some of the texts, consecutive."""
        ...

    def joined(self, firsts: Sequence[int], /) -> Self:
        """Fewer, longer texts: each runs from one of `firsts`, which rise from 0, to the next."""
        ...

    def runs(self, longest: int, /) -> list[Floats]:
        """Unit vectors of runs of texts: item k-1 has n - k + 1 rows, row i for texts i … i+k-1; k up to `longest`."""
        ...


class Encoder(Protocol):
    """Texts of any length to unit vectors, float32 and one a row; the cosine of two is their product."""

    @property
    def signature(self) -> str:
        """The model and its version: two encoders of one signature give the same vectors."""
        ...

    def encode(self, texts: Sequence[str], /) -> Floats:
        """Unit vectors of whole texts."""
        ...

    def prepare(self, texts: Sequence[str], /) -> Sequence[SpanVectors]:
        """Each text ready for the vectors of its spans."""
        ...

    def totals(self, texts: Sequence[str], /) -> RunVectors:
        """The texts, consecutive ones, ready for the vectors of runs of them."""
        ...


@cache
def load_encoder() -> SumEncoder:
    """The one encoder of this process that comes with duizhao."""
    return SumEncoder()


def spans_of(requests: Sequence[tuple[SpanVectors, Sequence[Span]]]) -> list[Floats]:
    """The vectors of spans of several texts, as `spans` of each gives them, in one go where the texts allow it.

    The dense layers' weights are read once for all: for few spans a text a third of the time.
    """
    texts = [text for text, _ in requests if isinstance(text, TokenSums)]
    if not texts or len(texts) < len(requests):
        return [text.spans(spans) for text, spans in requests]
    parts = [text.sums(spans) for text, (_, spans) in zip(texts, requests, strict=True)]
    with one_thread():
        vectors = texts[0].network.head(
            np.concatenate([sums for sums, _ in parts]), np.concatenate([lengths for _, lengths in parts])
        )
    return np.split(vectors, np.cumsum([len(a) for a, _ in parts])[:-1])
