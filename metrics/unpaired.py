"""Terms in records whose English and Chinese were not aligned, and in Chinese without English."""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ..corpora import Pair, Record, Span
from .folding import Folded, fold
from .occurrences import sides
from .rendering import Example
from .term_index import Match

_AROUND = 80  # characters shown on each side of a place


class Unpaired(NamedTuple):
    """A record with both languages that was not aligned, or only in part: its English pieces and all its Chinese."""

    record: str
    en: tuple[str, ...]
    zh: str


def english_of(records: Iterable[Record], pairs: Iterable[Pair]) -> Iterator[tuple[str, str]]:
    """Each English text with the id of its record, those of one record one after the other.

    >>> list(english_of([Record("d#1", "d", "title", title_en="Otters")], []))
    [('d#1', 'Otters')]
    """
    given: set[str] = set()
    for record in records:
        given.add(record.id)
        for text in (record.title_en, record.abstract_en, record.text_en):
            if text:
                yield record.id, text
    for pair in pairs:
        if pair.en and pair.record not in given:
            yield pair.record, sides(pair)[0]


def unpaired(records: Iterable[Record], pairs: Iterable[Pair]) -> Iterator[Unpaired]:
    """The records that have English prose beside Chinese and no pairs of it; an English title comes with its prose.

    >>> record = Record("d#1", "d", "summary", abstract_en="Otters swim.", summary_zh="水獭会游泳。")
    >>> next(unpaired([record], []))
    Unpaired(record='d#1', en=('Otters swim.',), zh='水獭会游泳。')
    """
    paired = {(pair.record, pair.field) for pair in pairs}
    for record in records:
        bodies = (("abstract", record.abstract_en), ("text", record.text_en))
        en = tuple(text for name, text in bodies if text and (record.id, name) not in paired)
        if en and record.title_en and (record.id, "title") not in paired:
            en = (record.title_en, *en)
        zh = chinese_of(record)
        if en and zh:
            yield Unpaired(record.id, en, zh)


def chinese_of(record: Record) -> str:
    """All Chinese of a record, a line a piece, without its title."""
    pieces = (record.abstract_zh, *record.key_points_zh, record.summary_zh, record.commentary_zh, record.text_zh)
    return "\n".join(piece for piece in pieces if piece)


def places_of(strings: Iterable[str], folded: Folded) -> list[Span]:
    """Where any of the strings stands in a Chinese text that was folded, in order; longer ones hide their parts.

    >>> places_of(["水獭", "大水獭"], fold("大水獭和水獭"))
    [(0, 3), (4, 6)]
    """
    found: list[Span] = []
    needles = {fold(string).text for string in strings} - {""}
    for needle in sorted(needles, key=lambda needle: (-len(needle), needle)):
        start = 0
        while (span := folded.find(needle, start)) is not None:
            start = bisect_left(folded.at, span[1], start)
            before = bisect_left(found, (span[1], 0))  # none of those found overlap: the last one that begins before
            if not before or found[before - 1][1] <= span[0]:
                insort(found, span)
    return found


def by_term(matches: Iterable[Match]) -> Mapping[str, list[Match]]:
    """The places of each term of an English text."""
    grouped: defaultdict[str, list[Match]] = defaultdict(list)
    for match in matches:
        grouped[match.term.en].append(match)
    return grouped


def around(record: str, en: str, zh: str, span_en: Span, span_zh: Span | None) -> Example:
    """The texts around a place, cut to what is worth showing; `zh` alone has an empty English span at 0.

    >>> around("d#1", "Otters swim.", "水獭会游泳。", (0, 6), (0, 2)).zh
    '水獭会游泳。'
    """
    en, span_en = _cut(en, span_en)
    if span_zh is None:
        return Example(record, en, "", span_en, None)
    zh, span_zh = _cut(zh, span_zh)
    return Example(record, en, zh, span_en, span_zh)


def _cut(text: str, span: Span) -> tuple[str, Span]:
    first, last = max(0, span[0] - _AROUND), min(span[1] + _AROUND, len(text))
    begin = max(first, text.rfind("\n", first, span[0]) + 1)
    end = text.find("\n", span[1], last)
    end = last if end < 0 else end
    return text[begin:end], (span[0] - begin, span[1] - begin)
