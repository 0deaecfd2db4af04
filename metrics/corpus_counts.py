"""What the judging of one document has to know of all the others, as counts that add up part by part."""

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import astuple, dataclass, field
from typing import Any, NamedTuple

from ..corpora import Forbidden, InputError, Pair, Term
from .field_terms import FIELD
from .folding import fold
from .occurrences import Occurrence, sides
from .phrases import OWN

_RENDERINGS, _TITLES, _NAMES = 200_000, 200_000, 20_000  # kept of each kind; beyond, the rarest are let go
_UNPACKED = 1 << 30  # bytes of one file


class Title(NamedTuple):
    """The first rendering of a title, its document, and whether another document has the title too."""

    document: str
    zh: str
    shared: bool


class Named(NamedTuple):
    """A name that the texts introduce, and in how many records."""

    term: Term
    records: int


@dataclass(slots=True)
class Counts:
    """What a corpus, or parts of it, shows that more than one document rests on.

    `renderings` holds, by a term's English and its folded rendering, in how many records the one became the other,
    `totals` their sums by term; `titles` the first rendering of each title, by `title_key`; `names` those that records
    introduce and the termbase lacks, in order; `comparable` is the number of records that are no translations.
    `let_go` says how many rare renderings, titles of one document and names of one record were dropped while counts
    were added up: beyond 200,000, 200,000 and 20,000. A rendering that is not among those kept counts as one.
    """

    renderings: dict[tuple[str, str], int] = field(default_factory=dict)
    totals: dict[str, int] = field(default_factory=dict)
    titles: dict[str, Title] = field(default_factory=dict)
    names: dict[str, Named] = field(default_factory=dict)
    comparable: int = 0
    let_go: tuple[int, int, int] = (0, 0, 0)

    def seen(self, term: str, zh: str) -> int:
        """Records in which a term became a rendering that is folded; 0 for "" and what stands in no record."""
        return self.renderings.get((term, zh), 1 if zh and self.let_go[0] else 0)

    def for_judging(self) -> "Counts":
        """The same without the titles that one document alone has: all that `judge_part` needs."""
        titles = {key: title for key, title in self.titles.items() if title.shared}
        return Counts(self.renderings, self.totals, titles, self.names, self.comparable, self.let_go)


def title_key(pair: Pair) -> str:
    """What the titles of one paper have in common, however they are written large: sixteen hex digits.

    >>> one = Pair("d#1.t", "d#1", "d", "title", ("Two  Otters",), ("水獭",), (), (), "1-1", 1.0)
    >>> title_key(one) == title_key(Pair("e#1.t", "e#1", "e", "title", ("TWO OTTERS",), (), (), (), "1-0", 1.0))
    True
    """
    text = " ".join(sides(pair)[0].casefold().split())
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def first_titles(pairs: Iterable[Pair]) -> dict[str, Title]:
    """The first rendering of each title, by its key."""
    found: dict[str, Title] = {}
    for pair in pairs:
        if pair.field == "title":
            title = Title(pair.document, "".join(pair.zh), False)
            _add_title(found, title_key(pair), title)
    return found


def count_renderings(occurrences: Iterable[Occurrence], asked: Set[str] | None = None) -> dict[tuple[str, str], int]:
    """In how many records each term became each folded rendering.

    Of phrases that only a record repeats those count whose English is `asked` for too, all without it: nobody asks
    what another record made of them.
    """
    found: dict[tuple[str, str], set[str]] = {}
    for o in occurrences:
        if o.zh and (asked is None or o.term.domain != OWN or o.term.en in asked):
            found.setdefault((o.term.en, fold(o.zh).text), set()).add(o.pair.record)
    return {key: len(records) for key, records in found.items()}


def total_renderings(renderings: Mapping[tuple[str, str], int]) -> dict[str, int]:
    """The sums of `count_renderings` by term."""
    totals: dict[str, int] = {}
    for (term, _), n in renderings.items():
        totals[term] = totals.get(term, 0) + n
    return totals


def introduced(occurrences: Iterable[Occurrence], listed: Mapping[str, Term]) -> dict[str, Named]:
    """The terms of no termbase that records introduce (names of systems), in the order in which they come."""
    found: dict[str, tuple[Term, set[str]]] = {}
    for o in occurrences:
        if o.term.domain not in (OWN, FIELD) and listed.get(o.term.en) != o.term:
            found.setdefault(o.term.en, (o.term, set()))[1].add(o.pair.record)
    return {en: Named(term, len(records)) for en, (term, records) in found.items()}


def merged_counts(parts: Iterable[Counts]) -> Counts:
    """The counts of the parts of a corpus, in order, added up; no part is changed.

    Any grouping of the same parts gives the same, as long as nothing has to be let go.
    """
    whole = Counts()
    for part in parts:
        for key, n in part.renderings.items():
            whole.renderings[key] = whole.renderings.get(key, 0) + n
        for term, n in part.totals.items():
            whole.totals[term] = whole.totals.get(term, 0) + n
        for name, title in part.titles.items():
            _add_title(whole.titles, name, title)
        for en, (term_, n) in part.names.items():
            known = whole.names.get(en)
            whole.names[en] = Named(known.term, known.records + n) if known else Named(term_, n)
        whole.comparable += part.comparable
        renderings, titles, names = part.let_go
        before = whole.let_go
        whole.let_go = before[0] + renderings, before[1] + titles, before[2] + names
        _bound(whole)
    return whole


def rarest(counts: Iterable[int], most: int) -> int:
    """The count up to which items have to go, so that half of `most` or fewer stay; 0 where they are not too many.

    >>> rarest([1, 1, 1, 2, 3, 3], 4)
    2
    """
    ordered = sorted(counts, reverse=True)
    return ordered[most // 2] if len(ordered) > most else 0


def _bound(counts: Counts) -> None:
    sizes = len(counts.renderings), len(counts.titles), len(counts.names)
    if floor := rarest(counts.renderings.values(), _RENDERINGS) if sizes[0] > _RENDERINGS else 0:
        counts.renderings = {key: n for key, n in counts.renderings.items() if n > floor}
    if sizes[1] > _TITLES:
        counts.titles = {key: title for key, title in counts.titles.items() if title.shared}
    if floor := rarest((n for _, n in counts.names.values()), _NAMES) if sizes[2] > _NAMES else 0:
        counts.names = {en: named for en, named in counts.names.items() if named.records > floor}
    left = len(counts.renderings), len(counts.titles), len(counts.names)
    gone = [before + size - now for before, size, now in zip(counts.let_go, sizes, left, strict=True)]
    counts.let_go = gone[0], gone[1], gone[2]


def _add_title(titles: dict[str, Title], key: str, title: Title) -> None:
    known = titles.setdefault(key, title)
    if not known.shared and (title.shared or title.document != known.document):
        titles[key] = known._replace(shared=True)


def counts_bytes(counts: Counts) -> bytes:
    """The counts as packed JSON: equal counts give equal bytes."""
    by_term: dict[str, dict[str, int]] = {}
    for (term, zh), n in counts.renderings.items():
        by_term.setdefault(term, {})[zh] = n
    value = {
        "renderings": by_term,
        "totals": counts.totals,
        "titles": counts.titles,
        "names": [[row_of(term), n] for term, n in counts.names.values()],
        "comparable": counts.comparable,
        "let_go": counts.let_go,
    }
    return packed(value)


def counts_from(data: bytes, source: str = "counts") -> Counts:
    """The counts that `counts_bytes` packed; raises InputError, which names `source`, for anything else."""
    value = unpacked(data, source)
    try:
        return Counts(
            {(term, zh): int(n) for term, found in value["renderings"].items() for zh, n in found.items()},
            {str(term): int(n) for term, n in value["totals"].items()},
            {key: Title(str(document), str(zh), bool(more)) for key, (document, zh, more) in value["titles"].items()},
            {row[0]: Named(term_of(row), int(n)) for row, n in value["names"]},
            int(value["comparable"]),
            (int(value["let_go"][0]), int(value["let_go"][1]), int(value["let_go"][2])),
        )
    except BROKEN as error:
        raise broken(source) from error


BROKEN = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError)
"""What reading a value of the wrong shape may raise."""


def broken(source: str) -> InputError:
    """The error for a file of counts that is not whole."""
    return InputError(source, "broken counts", "the file as it was written", "Make it again.")


def packed(value: object) -> bytes:
    """A value as JSON, packed; equal values give equal bytes, whatever order their keys came in."""
    text = json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return gzip.compress(text.encode("ascii"), 1, mtime=0)


def unpacked(data: bytes, source: str) -> Any:
    """The value that `packed` packed; raises InputError for anything else, and for over a gigabyte unpacked."""
    try:
        inflate = zlib.decompressobj(31)
        text = inflate.decompress(data, _UNPACKED)
        if not inflate.eof or inflate.unused_data:
            raise broken(source)
        return json.loads(text)
    except (zlib.error, ValueError, RecursionError) as error:
        raise broken(source) from error


def row_of(term: Term) -> list[Any]:
    """A term as a row of JSON."""
    return list(astuple(term))


def term_of(row: Sequence[Any]) -> Term:
    """The term of a row; raises ValueError or TypeError for what is none."""
    en, zh, admitted, forbidden, domain, also, note, taiwan, pos, case, pattern = row
    wrong = tuple(Forbidden(*item) for item in forbidden)
    return Term(en, zh, tuple(admitted), wrong, domain, tuple(also), note, tuple(taiwan), pos, case, pattern)
