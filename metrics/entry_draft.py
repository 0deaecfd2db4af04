"""One entry of the glossary while its places are collected, and the entry once all are known."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..corpora import Term
from .consistency import same_rendering
from .folding import fold
from .rendering import Entry, Example, Rendering, Section, Status
from .rendering_clusters import cluster_key, rendering_fingerprint, spellings

_DIFFERENT = 0.55  # confidence from which a second rendering makes a term inconsistent
_CLEAR, _OF_ALL, _RECORDS = 8, 0.9, 4  # places, share and records of a majority that tells the rest wrong
_SURE = 0.8  # confidence from which a rendering may be told wrong by a majority
_EXAMPLES = 3
_APPROVED: frozenset[Status] = frozenset(("preferred", "admitted"))


@dataclass(slots=True)
class _Cluster:
    count: int = 0
    places: set[str] = field(default_factory=set)
    records: set[str] = field(default_factory=set)
    confidence: float = 0.0
    flagged: bool = False
    statuses: Counter[Status] = field(default_factory=Counter)
    forms: Counter[str] = field(default_factory=Counter)
    examples: list[tuple[float, str, Example]] = field(default_factory=list)


class EntryDraft:
    """The renderings of one term with their places; spellings of one rendering are one."""

    def __init__(self, term: Term, listed: bool) -> None:
        """`listed` says whether the termbase has the term, or a record introduces it; its domain may be anything."""
        self.term = term
        self.listed = listed
        self.wrong = False  # whether a finding says that a rendering is wrong, not only that there are several
        self.expected = ""  # what a finding says it should be
        self._clusters: dict[str, _Cluster] = {}
        self._english: Counter[str] = Counter()

    def add(self, zh: str, record: str, place: str, confidence: float, status: Status, example: Example) -> None:
        """Count a place: `zh` is "" where nothing was found, `place` the id of a pair or record."""
        cluster = self._clusters.setdefault(cluster_key(zh), _Cluster())
        cluster.count += 1
        cluster.places.add(place)
        cluster.confidence += confidence
        cluster.statuses[status] += 1
        cluster.forms[zh] += 1
        if written := example.en[slice(*example.span_en)]:
            self._english[written] += 1
        if record not in cluster.records or not cluster.examples:
            cluster.records.add(record)
            last = cluster.examples[-1][0] if len(cluster.examples) == _EXAMPLES else -1.0
            if confidence > last:  # the surest of different records, the first of equals
                cluster.examples.append((confidence, place, example))
                cluster.examples.sort(key=lambda item: -item[0])
                del cluster.examples[_EXAMPLES:]

    def flag(self, zh: str) -> bool:
        """Whether the rendering has been counted; it is marked as one that a finding speaks of."""
        cluster = self._clusters.get(cluster_key(zh))
        if cluster is not None:
            cluster.flagged = True
        return cluster is not None

    def has(self, zh: str) -> bool:
        """Whether the rendering has been counted."""
        return cluster_key(zh) in self._clusters

    def known(self) -> list[str]:
        """The renderings counted so far, the most frequent first."""
        counted = sorted(self._clusters.items(), key=lambda item: (-item[1].count, item[0]))
        return [spellings_of(cluster)[0][0] for key, cluster in counted if key]

    def entry(self, termhood: float, forms: tuple[tuple[str, int], ...], field_writes: Mapping[str, float]) -> Entry:
        """The finished entry; `forms` are its English spellings, () to take those of its places.

        `field_writes` are the strings that the field writes for the term.
        """
        most = max((c.count for key, c in self._clusters.items() if key), default=0)
        rows = [self._row(key, cluster, most) for key, cluster in self._clusters.items()]
        rows.sort(key=lambda r: (r.zh == "", -r.count, fold(r.zh).text))
        count = sum(row.count for row in rows)
        records = len(set().union(*(cluster.records for cluster in self._clusters.values())))
        return Entry(
            term=self.term.en,
            section=self._section(rows, field_writes),
            expected=self.term.zh or self.expected,
            domain=self.term.domain,
            count=count,
            records=records,
            termhood=termhood,
            forms=forms or spellings(self._english) or ((self.term.en, count),),
            renderings=tuple(rows),
        )

    def _row(self, key: str, cluster: _Cluster, most: int) -> Rendering:
        forms = spellings_of(cluster) if key else ()
        zh = forms[0][0] if forms else ""
        status = min(cluster.statuses.items(), key=lambda item: (-item[1], item[0]))[0]
        return Rendering(
            term=self.term.en,
            zh=zh,
            count=cluster.count,
            places=tuple(sorted(cluster.places)),
            status=status if key else "absent",
            expected=self.term.zh or self.expected,
            domain=self.term.domain,
            majority=bool(key) and cluster.count == most,
            flagged=cluster.flagged,
            records=len(cluster.records),
            confidence=round(cluster.confidence / cluster.count, 3),
            forms=forms,
            examples=tuple(example for _, _, example in cluster.examples),
            fingerprint=rendering_fingerprint(self.term.en, zh),
        )

    def _section(self, rows: list[Rendering], field_writes: Mapping[str, float]) -> Section:
        if self.wrong:
            return "mismatch"
        named = [row for row in rows if row.zh]
        if len(named) > 1:
            first = named[0]
            clear = (
                first.count >= _CLEAR
                and first.records >= _RECORDS
                and first.count >= _OF_ALL * sum(row.count for row in named)
                and not first.flagged
            )
            others = [row for row in named[1:] if self._differ(row, first)]
            written = {cluster_key(zh) for zh in field_writes}
            if clear and any(
                row.confidence >= _SURE and row.status == "unlisted" and not _near(row.zh, written) for row in others
            ):
                return "mismatch"
            if others or any(row.flagged for row in named):
                return "inconsistent"
        return "consistent" if self.listed else "new"

    def _differ(self, row: Rendering, first: Rendering) -> bool:
        """Whether a rendering surely is another than the most frequent one: not a part of it, nor both approved."""
        if row.confidence < _DIFFERENT or same_rendering(row.zh, first.zh):
            return False
        if {row.status, first.status} <= _APPROVED:
            here, there = (self._clusters[cluster_key(each.zh)].records for each in (row, first))
            return not here.isdisjoint(there)
        return True


def spellings_of(cluster: _Cluster) -> tuple[tuple[str, int], ...]:
    """The spellings of a cluster with their counts."""
    return spellings(cluster.forms)  # of a Counter the counts are taken as they are


def _near(zh: str, written: set[str]) -> bool:
    """Whether the field writes the rendering for the term, as it stands or as a part of what it writes."""
    key = cluster_key(zh)
    return any(key in other or other in key for other in written)
