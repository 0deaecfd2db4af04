"""Which records of two corpora are the same text: two versions of a translation, or one page at two times."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import PurePath
from typing import NamedTuple

from ..corpora import Record
from ..corpora.paper_keys import folded_title, paper_key

_TRIED = 5  # records of one Chinese text, of which one that nothing contradicts is looked for
_BLANKS = re.compile(r"\s+")


class RecordMatch(NamedTuple):
    """A record of the old corpus and the same one of the new, None where that has none."""

    old: Record | None
    new: Record | None


def match_records(old: Sequence[Record], new: Sequence[Record]) -> list[RecordMatch]:
    """Every record once, matched ones first in the new order, then those of the old alone, then of the new alone.

    Two are the same by their link, else their English title, else their English text, else, where none of these
    contradicts, their Chinese text, or document and number. What one key names several times is matched in order.

    >>> old = Record("a#1", "a.txt", "title", url="https://arxiv.org/abs/2301.00001")
    >>> new = Record("b#7", "b.txt", "title", url="http://arxiv.org/pdf/2301.00001v2")
    >>> [(m.old.id, m.new.id) for m in match_records([old], [new]) if m.old and m.new]
    [('a#1', 'b#7')]
    """
    alone = all(len({record.document for record in side}) == 1 for side in (old, new))
    found: dict[str, Record] = {}  # new id → old record
    left_old, left_new = list(old), list(new)
    for key in (_link, _title, _english, _chinese, _numbered(alone), _placed(alone)):
        strict = key in (_link, _title, _english)
        waiting: defaultdict[object, list[Record]] = defaultdict(list)
        for record in left_old:
            if (name := key(record)) is not None:
                waiting[name].append(record)
        taken: set[str] = set()
        for record in left_new:
            others = waiting.get(key(record), []) if key(record) is not None else []
            nearest = islice(others, None if strict else _TRIED)
            same = next((other for other in nearest if strict or not _contradict(other, record)), None)
            if same is not None:
                others.remove(same)
                found[record.id] = same
                taken.add(same.id)
        left_old = [record for record in left_old if record.id not in taken]
        left_new = [record for record in left_new if record.id not in found]
    return [
        *(RecordMatch(found[record.id], record) for record in new if record.id in found),
        *(RecordMatch(record, None) for record in left_old),
        *(RecordMatch(None, record) for record in left_new),
    ]


def english_of(record: Record) -> str:
    """The English text of a record, its title aside; "" for none."""
    return record.abstract_en or record.text_en or ""


def chinese_of(record: Record) -> str:
    """All Chinese texts of a record, a line each."""
    texts = (record.abstract_zh, record.text_zh, *record.key_points_zh, record.summary_zh, record.commentary_zh)
    return "\n".join(text for text in (record.title_zh, *texts) if text)


def _link(record: Record) -> object:
    return paper_key(record.url) if record.url else None


def _title(record: Record) -> object:
    return (folded_title(record.title_en) or None) if record.title_en else None


def _english(record: Record) -> object:
    return _squeezed(english_of(record)) or None


def _chinese(record: Record) -> object:
    return _squeezed(chinese_of(record)) or None


def _numbered(alone: bool) -> Callable[[Record], object]:
    return lambda record: None if record.number is None else (_document(record, alone), record.number)


def _placed(alone: bool) -> Callable[[Record], object]:
    """Records without a number by their place among the records of the document."""

    def key(record: Record) -> object:
        place = record.id.rpartition("#")[2]
        return None if record.number is not None else (_document(record, alone), record.kind, place)

    return key


def _contradict(old: Record, new: Record) -> bool:
    """Whether both have something that names them, and it differs."""
    pairs: Iterable[tuple[object, object]] = ((key(old), key(new)) for key in (_link, _title, _english))
    return any(a is not None and b is not None and a != b for a, b in pairs)


def _document(record: Record, alone: bool) -> str:
    """The name of a record's file; two sides of one document each are about the same one."""
    return "" if alone else PurePath(record.document).name


def _squeezed(text: str) -> str:
    return _BLANKS.sub("", text).casefold()
