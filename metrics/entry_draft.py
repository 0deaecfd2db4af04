"""One entry of the glossary while its places are collected, part by part, and the entry once all are known."""

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
_PLACES = 100  # ids of a rendering's places that are kept where parts are added up
_UNIT = 1 << 60  # of confidence: sums of integers do not depend on their order
_APPROVED: frozenset[Status] = frozenset(("preferred", "admitted"))

Place = tuple[str, int, int]  # of a finding: document, line, column; () would be before all, None is nowhere
Begin = tuple[()] | Place | None
TEXT: Begin = ()


@dataclass(slots=True)
class Cluster:
    """The places of one rendering: how many, in how many records, the sum of their confidence in 2^-60.

    `places` are their ids; `examples` come with their confidence and with what counted them (0 for pairs,
    and so on), the surest first and the first of equals.
    """

    count: int = 0
    records: int = 0
    confidence: int = 0
    flagged: bool = False
    statuses: Counter[Status] = field(default_factory=Counter)
    forms: Counter[str] = field(default_factory=Counter)
    english: Counter[str] = field(default_factory=Counter)
    places: list[str] = field(default_factory=list)
    examples: list[tuple[float, int, Example]] = field(default_factory=list)

    def add(self, zh: str, place: str, confidence: float, status: Status, example: Example) -> None:
        """Count a place; its record and the example are for who knows whether the record is new."""
        self.count += 1
        if not self.places or self.places[-1] != place:
            self.places.append(place)
        self.confidence += int(confidence * _UNIT)
        self.statuses[status] += 1
        self.forms[zh] += 1
        if written := example.en[slice(*example.span_en)]:
            self.english[written] += 1

    def show(self, confidence: float, phase: int, example: Example) -> None:
        """Take an example, the first of its record; the surest three stay."""
        self.examples.append((confidence, phase, example))
        self._cut()

    def merge(self, other: "Cluster") -> None:
        """Add the places of another part."""
        self.count += other.count
        self.records += other.records
        self.confidence += other.confidence
        self.flagged = self.flagged or other.flagged
        self.statuses.update(other.statuses)
        self.forms.update(other.forms)
        self.english.update(other.english)
        room = _PLACES - len(self.places) if self.places else len(other.places)
        self.places += other.places[: max(0, room)]
        self.examples += other.examples
        self._cut()

    def _cut(self) -> None:
        self.examples.sort(key=lambda item: (-item[0], item[1]))
        del self.examples[_EXAMPLES:]


@dataclass(slots=True)
class Waiting:
    """A mere note on a term that has no entry in its part: it counts if the term came to have one before.

    `found` is its own place, for where no other part has the rendering.
    """

    at: Place
    zh: str
    wrong: bool
    expected: str
    found: Cluster


@dataclass(slots=True)
class EntryDraft:
    """The renderings of one term; spellings of one rendering are one.

    `listed` says whether the termbase has the term, or a record introduces it; its domain may be anything. `begun` is
    where the term came to have an entry: () for a place in a text, else the first finding that speaks of it, None for
    neither. `wrong` says whether a finding calls a rendering wrong, `expected` what the first of them wants.

    `pending` are renderings that findings speak of and that stand nowhere in the part, `beside` those counted in
    Chinese without English: they count where no other part has counted them otherwise. `elsewhere` says how many
    records have only such ones, by which; `together` which approved renderings share a record.
    """

    term: Term
    listed: bool
    begun: Begin = None
    wrong: bool = False
    expected: tuple[Place, str] | None = None
    records: int = 0
    clusters: dict[str, Cluster] = field(default_factory=dict)
    pending: dict[str, Cluster] = field(default_factory=dict)
    beside: dict[str, Cluster] = field(default_factory=dict)
    elsewhere: Counter[tuple[str, ...]] = field(default_factory=Counter)
    together: set[tuple[str, str]] = field(default_factory=set)
    waiting: list[Waiting] = field(default_factory=list)

    def begin(self, at: Begin) -> None:
        """The term has an entry from there on, unless it had one before."""
        if at is not None and (self.begun is None or at < self.begun):
            self.begun = at

    def expect(self, at: Place, zh: str) -> None:
        """Take what a finding wants, unless one before it wants something."""
        if zh and (self.expected is None or at < self.expected[0]):
            self.expected = at, zh

    def known(self) -> list[str]:
        """The renderings counted so far, and those that findings speak of, in no order of weight."""
        counted = [spellings_of(cluster)[0][0] for key, cluster in self.clusters.items() if key]
        return counted + [zh for zh in self.pending if cluster_key(zh)]

    def merge(self, other: "EntryDraft") -> None:
        """Add what another part, further on in the corpus, has of the term."""
        self.begin(other.begun)
        self.wrong = self.wrong or other.wrong
        if other.expected:
            self.expect(*other.expected)
        self.records += other.records
        for mine, theirs in (
            (self.clusters, other.clusters),
            (self.pending, other.pending),
            (self.beside, other.beside),
        ):
            for key, cluster in theirs.items():
                mine.setdefault(key, Cluster()).merge(cluster)
        self.elsewhere.update(other.elsewhere)
        self.together |= other.together
        self.waiting += other.waiting

    def finished(self) -> "EntryDraft":
        """The draft with what was pending counted or dropped, now that all parts are known; itself stays."""
        whole = EntryDraft(self.term, self.listed)
        whole.merge(self)
        unknown: list[tuple[str, str, Cluster]] = []  # what was said of it, the rendering, its places
        for note in whole.waiting:
            if self.begun is not None and self.begun < note.at:
                whole.wrong = whole.wrong or note.wrong
                whole.expect(note.at, note.expected)
                if not whole._flag(note.zh):
                    unknown.append((f"note {note.zh}", note.zh, note.found))
        unknown += [(f"zh {zh}", zh, found) for zh, found in whole.pending.items() if not whole._flag(zh)]
        beside = [(f"key {key}", key, found) for key, found in whole.beside.items() if key not in whole.clusters]
        for _, zh, cluster in unknown:
            if "forbidden" in cluster.statuses:
                cluster.statuses = Counter({"forbidden": cluster.count})
            cluster.flagged = True
            whole.clusters.setdefault(cluster_key(zh), Cluster()).merge(cluster)
        beside = [item for item in beside if item[1] not in whole.clusters]
        for _, key, cluster in beside:
            whole.clusters.setdefault(key, Cluster()).merge(cluster)
        counted = {name for name, _, _ in (*unknown, *beside)}
        whole.records += sum(n for names, n in self.elsewhere.items() if not counted.isdisjoint(names))
        return whole

    def _flag(self, zh: str) -> bool:
        cluster = self.clusters.get(cluster_key(zh))
        if cluster is not None:
            cluster.flagged = True
        return cluster is not None

    def entry(self, termhood: float, forms: tuple[tuple[str, int], ...], field_writes: Mapping[str, float]) -> Entry:
        """The entry of a finished draft; `forms` are its English spellings, () to take those of its places.

        `field_writes` are the strings that the field writes for the term.
        """
        most = max((c.count for key, c in self.clusters.items() if key), default=0)
        rows = [self._row(key, cluster, most) for key, cluster in self.clusters.items()]
        rows.sort(key=lambda r: (r.zh == "", -r.count, fold(r.zh).text))
        count = sum(row.count for row in rows)
        english: Counter[str] = Counter()
        for cluster in self.clusters.values():
            english.update(cluster.english)
        return Entry(
            term=self.term.en,
            section=self._section(rows, field_writes),
            expected=self._wanted(),
            domain=self.term.domain,
            count=count,
            records=self.records,
            termhood=termhood,
            forms=forms or spellings(english) or ((self.term.en, count),),
            renderings=tuple(rows),
        )

    def _wanted(self) -> str:
        return self.term.zh or (self.expected[1] if self.expected else "")

    def _row(self, key: str, cluster: Cluster, most: int) -> Rendering:
        forms = spellings_of(cluster) if key else ()
        zh = forms[0][0] if forms else ""
        status = min(cluster.statuses.items(), key=lambda item: (-item[1], item[0]))[0]
        return Rendering(
            term=self.term.en,
            zh=zh,
            count=cluster.count,
            places=tuple(sorted(set(cluster.places))),
            status=status if key else "absent",
            expected=self._wanted(),
            domain=self.term.domain,
            majority=bool(key) and cluster.count == most,
            flagged=cluster.flagged,
            records=cluster.records,
            confidence=round(cluster.confidence / _UNIT / cluster.count, 3),
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
            one, other = sorted((cluster_key(row.zh), cluster_key(first.zh)))
            return (one, other) in self.together
        return True


def spellings_of(cluster: Cluster) -> tuple[tuple[str, int], ...]:
    """The spellings of a cluster with their counts."""
    return spellings(cluster.forms)  # of a Counter the counts are taken as they are


def _near(zh: str, written: set[str]) -> bool:
    """Whether the field writes the rendering for the term, as it stands or as a part of what it writes."""
    key = cluster_key(zh)
    return any(key in other or other in key for other in written)
