"""What alignment asks of an encoder: texts of both languages as vectors in one space.

`SumEncoder` (sum_encoder.py) is the one that comes with duizhao. Any other model stands in its place behind the same
four methods: see transformers_encoder.py.
"""

from collections.abc import Sequence
from functools import cache
from typing import Protocol, Self

from ..corpora import Span
from .network import DIM, Floats
from .sum_encoder import SumEncoder

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
