"""A test set: the segments to score, what the systems made of them, and what they are scored against."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from ..corpora.errors import InputError

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


def check_whole(testset: TestSet) -> None:
    """Raise InputError where there is no segment, numbers of segments differ, or a segment has no reference at all."""
    lists: list[tuple[str, Sequence[str | None]]] = [*testset.systems.items()]
    lists += zip(testset.reference_names, testset.references, strict=True)
    beside = (("sources", testset.sources), ("records", testset.records), ("tags", testset.tags))
    lists += [(name, texts) for name, texts in beside if texts is not None]
    if not lists or not lists[0][1]:
        raise InputError("test set", "no segments", "at least one")
    for name, texts in lists[1:]:
        if len(texts) != len(lists[0][1]):
            found, wanted = f"{len(texts):,} segments", f"{len(lists[0][1]):,}, as {lists[0][0]} has"
            raise InputError(name, found, wanted, "Which of the two lacks some?")
    for number, references in enumerate(zip(*testset.references, strict=True), 1):
        if all(text is None for text in references):
            raise InputError(f"segment {number:,}", "no reference", "one at least", "Leave it out, or give it one.")
