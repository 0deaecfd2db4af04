"""C001, C002, C003, C005: what was left out, added, left in English, or is no translation at all."""

from collections.abc import Iterable, Iterator

from ..corpora import Pair, Record
from .findings import Draft
from .messages import say

_SHORT = 4  # words; a shorter lone sentence may be a slip of the sentence splitter


def check_coverage(pair: Pair) -> Iterator[Draft]:
    """A draft for a pair with only one side; spans are in that side's joined sentences."""
    if pair.en and not pair.zh:
        text = " ".join(pair.en)
        confidence = 0.85 if len(text.split()) > _SHORT else 0.6
        message = say("C001.english")
        yield Draft("C001", "warning", confidence, (0, len(text)), None, "", "", message)
    elif pair.zh and not pair.en:
        text = "".join(pair.zh)
        message = say("C001.chinese")
        yield Draft("C002", "warning", 0.7, None, (0, len(text)), "", "", message)


def comparable_records(records: Iterable[Record]) -> list[Record]:
    """The records whose Chinese is no translation of their English (C005)."""
    return [record for record in records if record.kind == "summary"]
