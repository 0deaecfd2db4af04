"""A test set: the segments to score, what the systems made of them, and what they are scored against."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Target = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class TestSet:
    """Segments in order, the same number in every list.

    `systems` are hypotheses by the system's name, `references` streams (None where a segment lacks one) with their
    `reference_names`. `sources`, `records` (the document each segment belongs to) and `tags` are None where nothing
    was given. `target` is the language of hypotheses and references. `places` says where each segment stands, such as
    "17" for a line. `notes` is what is to be told of reading it.
    """

    __test__ = False  # no test, though its name begins like one

    systems: Mapping[str, tuple[str, ...]]
    references: tuple[tuple[str | None, ...], ...]
    reference_names: tuple[str, ...]
    target: Target
    sources: tuple[str, ...] | None = None
    records: tuple[str, ...] | None = None
    tags: tuple[str, ...] | None = None
    places: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())

    def __len__(self) -> int:
        """How many segments there are."""
        return len(next(iter(self.systems.values()), ()))

    @property
    def reference_count(self) -> int | None:
        """How many references each segment has; None where that varies."""
        counts = {sum(text is not None for text in texts) for texts in zip(*self.references, strict=True)}
        return counts.pop() if len(counts) == 1 else (None if counts else 0)
