"""What the first page and the closing lines tell of a run, in counts that add up over the parts of a corpus."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce
from itertools import islice
from typing import NamedTuple

from ..corpora import Leftover
from ..metrics import RULES, Entry, Score
from ..metrics.messages import Language
from .result import Result
from .tally_alignment import Aligned, aligned_in, aligned_together
from .tally_findings import Found, found_in, found_together

MOST_ROWS = 10_000  # documents named when those of several parts are more than twice as many
MOST_TEXTS = 2_000  # different leftovers kept of a kind when those of several parts are more than twice as many
_KINDS = ("unparsed", "label", "list", "noise", "metadata")  # of leftovers, those not understood first
_LONG, _KEPT = 600, 500  # characters of a leftover: a longer one is known by its first ones and a hash


class DocumentRow(NamedTuple):
    """One document as it was read: how many records it has, and whether anything was found in it."""

    source: str
    sha256: str
    encoding: str
    notes: tuple[str, ...]
    records: int
    faulty: bool

    @property
    def has_notes(self) -> bool:
        """Whether there is anything to tell of reading it."""
        return bool(self.notes) or not self.records


class Texts(NamedTuple):
    """The leftovers of one kind: the different texts with their counts, in order, and how many are not among them."""

    texts: Mapping[str, int]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Tally:
    """A `Result` in counts, or those of several parts of a corpus together.

    `documents`, `pairs` and `clean` (pairs without error or warning) are numbers, `records` has them by kind, `lines`
    the lines of leftovers by kind, `terms` the glossary's entries by section. `rows` are the documents in order; where
    they are too many, `unlisted` counts those left out, and `unsaid` those of them with something to tell. `faulty`
    are documents with findings. Of the `rules` that were applied, `partly` were not applied to all.
    """

    lang: Language
    documents: int
    faulty: int
    rows: tuple[DocumentRow, ...]
    records: Mapping[str, int]
    pairs: int
    clean: int
    lines: Mapping[str, int]
    leftovers: Mapping[str, Texts]
    found: Found
    aligned: Aligned
    rules: tuple[str, ...]
    partly: tuple[str, ...]
    terms: Mapping[str, int] = field(default_factory=dict)
    scores: tuple[Score, ...] = ()
    made_by: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    unlisted: int = 0
    unsaid: int = 0

    @property
    def record_count(self) -> int:
        """How many records there are, of any kind."""
        return sum(self.records.values())


def tally_of(
    result: Result, targets: Mapping[int, str] = {}, homes: Mapping[str, str] = {}, *, aligned: bool = True
) -> Tally:
    """The counts of a result; nothing is left out of them.

    `targets` are the addresses at which findings are shown, by `id()`, `homes` those of records, by id. Without
    `aligned` the pairs are counted, but not looked at: that takes a while.

    >>> tally_of(Result((), (), (), (), (), (), ())).documents
    0
    """
    grave = {finding.pair for finding in result.findings if finding.severity != "note"}
    records = Counter(record.document for record in result.records)
    sources = {finding.document for finding in result.findings}
    rows = tuple(
        DocumentRow(d.source, d.sha256[:12], d.encoding, d.notes, records[d.source], d.source in sources)
        for d in result.documents
    )
    return Tally(
        lang=result.lang,
        documents=len(rows),
        faulty=sum(row.faulty for row in rows),
        rows=rows,
        records=dict(Counter(record.kind for record in result.records)),
        pairs=len(result.pairs),
        clean=sum(pair.id not in grave for pair in result.pairs),
        lines=count_lines(result.leftovers),
        leftovers={kind: Texts(texts) for kind in _KINDS if (texts := _texts(result.leftovers, kind))},
        found=found_in(result.findings, {pair.id for pair in result.pairs}, targets),
        aligned=aligned_in(result.pairs, result.adequacy, homes) if aligned else aligned_in(),
        rules=result.rules,
        partly=tuple(sorted(set[str]().union(*result.ignored.values()))),
        terms=dict(Counter(entry.section for entry in result.entries)),
        scores=result.scores,
        made_by=result.made_by,
        notes=result.notes,
    )


def merged(tallies: Iterable[Tally]) -> Tally:
    """The counts of all parts together, in bounded memory; parts are to come in the order of the corpus.

    One part alone stays as it is, and of small ones nothing is left out. A document may go on in the next part, a
    record may not. Of parts with more than twice as many groups, documents or leftovers as the limits say, the lightest
    are left out and counted; which ones goes by the order of the parts alone. The language is that of the first part,
    and of notes and of what made it, what is the same is told once. Raises ValueError for no part.
    """
    parts = iter(tallies)
    first = next(parts, None)
    if first is None:
        raise ValueError("no part of a report; wanted one or more.")
    return reduce(_together, parts, first)


def completed(
    tally: Tally,
    entries: Iterable[Entry],
    scores: Iterable[Score],
    made_by: Mapping[str, str] | None = None,
    notes: Iterable[str] | None = None,
) -> Tally:
    """The tally with what belongs to no part: the glossary, the scores; and how it was made, and notes, where given."""
    return replace(
        tally,
        terms=dict(Counter(entry.section for entry in entries)),
        scores=tuple(scores),
        made_by=tally.made_by if made_by is None else made_by,
        notes=tally.notes if notes is None else tuple(notes),
    )


def count_lines(leftovers: Iterable[Leftover]) -> dict[str, int]:
    """How many lines of each kind of leftover; "noise" and "unparsed" are always there."""
    counts = {"noise": 0, "unparsed": 0}
    for leftover in leftovers:
        counts[leftover.kind] = counts.get(leftover.kind, 0) + leftover.text.strip("\n").count("\n") + 1
    return counts


def _texts(leftovers: Iterable[Leftover], kind: str) -> dict[str, int]:
    return dict(Counter(_known(" ".join(each.text.split())) for each in leftovers if each.kind == kind))


def _known(text: str) -> str:
    if len(text) <= _LONG:
        return text
    return f"{text[:_KEPT]}…{hashlib.blake2b(text.encode('utf-8', 'surrogatepass'), digest_size=8).hexdigest()}"


def _together(a: Tally, b: Tally) -> Tally:
    before, after = ({row.source: row for row in each.rows} for each in (a, b))
    both = before.keys() & after.keys()
    rows, unlisted, unsaid = _bounded_rows(
        (*(_one_row(row, after.get(row.source)) for row in a.rows), *(row for row in b.rows if row.source not in both))
    )
    return Tally(
        lang=a.lang,
        documents=a.documents + b.documents - len(both),
        faulty=a.faulty + b.faulty - sum(before[source].faulty and after[source].faulty for source in both),
        rows=rows,
        records=_sums(a.records, b.records),
        pairs=a.pairs + b.pairs,
        clean=a.clean + b.clean,
        lines=_sums(a.lines, b.lines),
        leftovers={k: _more_texts(a, b, k) for k in _KINDS if k in a.leftovers or k in b.leftovers},
        found=found_together(a.found, b.found),
        aligned=aligned_together(a.aligned, b.aligned),
        rules=_ordered({*a.rules, *b.rules}) if a.rules != b.rules else a.rules,
        partly=tuple(sorted({*a.partly, *b.partly} | ({*a.rules} ^ {*b.rules}))),
        terms=_sums(a.terms, b.terms),
        scores=(*a.scores, *b.scores),
        made_by={**a.made_by, **_other(a.made_by, b.made_by)},
        notes=tuple(dict.fromkeys((*a.notes, *b.notes))),
        unlisted=a.unlisted + b.unlisted + unlisted,
        unsaid=a.unsaid + b.unsaid + unsaid,
    )


def _one_row(row: DocumentRow, other: DocumentRow | None) -> DocumentRow:
    """The row of a document that goes on in the next part."""
    if other is None:
        return row
    notes = tuple(dict.fromkeys((*row.notes, *other.notes)))
    return row._replace(notes=notes, records=row.records + other.records, faulty=row.faulty or other.faulty)


def _bounded_rows(rows: tuple[DocumentRow, ...]) -> tuple[tuple[DocumentRow, ...], int, int]:
    """The rows, or those with most to tell; how many are left out, and how many of those have something to tell."""
    if len(rows) <= 2 * MOST_ROWS:
        return rows, 0, 0
    ends = (0, len(rows) - 1)  # may go on in the parts before and after
    ranked = sorted(range(len(rows)), key=lambda k: (k not in ends, not rows[k].has_notes, not rows[k].faulty, k))
    lost = ranked[MOST_ROWS:]
    return tuple(rows[k] for k in sorted(ranked[:MOST_ROWS])), len(lost), sum(rows[k].has_notes for k in lost)


def _more_texts(a: Tally, b: Tally, kind: str) -> Texts:
    before, after = (each.leftovers.get(kind, Texts({})) for each in (a, b))
    texts = _sums(before.texts, after.texts)
    kept = dict(islice(texts.items(), MOST_TEXTS if len(texts) > 2 * MOST_TEXTS else None))
    return Texts(kept, before.more + after.more + sum(texts.values()) - sum(kept.values()))


def _ordered(rules: set[str]) -> tuple[str, ...]:
    known = {code: k for k, code in enumerate(RULES)}
    return tuple(sorted(rules, key=lambda code: (known.get(code, len(known)), code)))


def _other(a: Mapping[str, str], b: Mapping[str, str]) -> dict[str, str]:
    """What the second says of how it was made and the first does not; where they differ, both."""
    new = {name: text for name, text in b.items() if text not in a.get(name, "").split("; ") and text != a.get(name)}
    return {name: f"{a[name]}; {text}" if name in a else text for name, text in new.items()}


def _sums(a: Mapping[str, int], b: Mapping[str, int]) -> dict[str, int]:
    return {**a, **{name: a.get(name, 0) + count for name, count in b.items()}}
