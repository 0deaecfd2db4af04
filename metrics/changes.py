"""Two audited corpora, and what got better and worse from the one to the other."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from ..corpora import Pair, Record
from .findings import Finding
from .folding import fold
from .record_matching import RecordMatch, chinese_of, match_records
from .rendering import Entry, Rendering
from .text_changes import Piece, text_changes

Course = Literal["better", "worse", "other"]
_APPROVED = ("preferred", "admitted")


class Side(NamedTuple):
    """One of the two corpora, with what the audit and the glossary say of it."""

    records: Sequence[Record]
    pairs: Sequence[Pair]
    findings: Sequence[Finding]
    entries: Sequence[Entry]


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A passage whose English is the same and whose Chinese is not; ids are of the new corpus."""

    document: str
    record: str
    pair: str
    en: str
    pieces: tuple[Piece, ...]

    @property
    def old(self) -> str:
        """The Chinese as it was."""
        return "".join(piece.old for piece in self.pieces)

    @property
    def new(self) -> str:
        """The Chinese as it is now."""
        return "".join(piece.new for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Turned:
    """A term that is rendered otherwise than before: how often, in which passages, and whether that is better.

    It is where what was not approved is now, or what is wanted came; worse the other way round.
    """

    term: str
    old: str
    new: str
    wanted: str
    course: Course
    count: int
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What became of findings, texts, terms and records; `staying` are the new corpus's findings.

    `matched` records and `passages` with the same English are in both; `parted` counts the English sentences that
    only one of the two versions of a record has.
    """

    gone: tuple[Finding, ...]
    new: tuple[Finding, ...]
    staying: tuple[Finding, ...]
    rewritten: tuple[Rewritten, ...]
    turned: tuple[Turned, ...]
    only_old: tuple[Record, ...]
    only_new: tuple[Record, ...]
    matched: int
    passages: int
    parted: int


class _Place(NamedTuple):
    """A passage of both corpora: ids of pairs, or of records where they have no pairs."""

    old: str
    new: str
    document: str
    record: str
    en: str
    old_zh: str
    new_zh: str


def compare(old: Side, new: Side) -> Changes:
    """What changed between two corpora that were audited in the same way.

    Findings are the same where record, rule and fingerprint are, or record, rule, term and rendering; those of a
    record that one corpus lacks are gone or new.
    """
    matches = match_records(old.records, new.records)
    both = [(match.old, match.new) for match in matches if match.old and match.new]
    places, parted = _places(both, old.pairs, new.pairs)
    gone, fresh, staying = _findings(both, old.findings, new.findings)
    changed = [place for place in places if place.old_zh != place.new_zh]
    return Changes(
        gone=gone,
        new=fresh,
        staying=staying,
        rewritten=tuple(
            Rewritten(p.document, p.record, p.new, p.en, tuple(text_changes(p.old_zh, p.new_zh))) for p in changed
        ),
        turned=_turned(changed, old.entries, new.entries),
        only_old=_alone(matches, lambda match: match.old if match.new is None else None),
        only_new=_alone(matches, lambda match: match.new if match.old is None else None),
        matched=len(both),
        passages=len(places),
        parted=parted,
    )


def _alone(matches: Iterable[RecordMatch], side: Callable[[RecordMatch], Record | None]) -> tuple[Record, ...]:
    return tuple(record for match in matches if (record := side(match)) is not None)


def _places(
    both: Iterable[tuple[Record, Record]], old: Iterable[Pair], new: Iterable[Pair]
) -> tuple[list[_Place], int]:
    """The passages whose English stands in both versions of a record, and how many others have English in one."""
    of_old, of_new = _by_record(old), _by_record(new)
    places: list[_Place] = []
    parted = 0
    for before, after in both:
        pairs_old, pairs_new = of_old.get(before.id, []), of_new.get(after.id, [])
        if not pairs_old and not pairs_new:
            texts = chinese_of(before), chinese_of(after)
            places.append(_Place(before.id, after.id, after.document, after.id, after.title_en or "", *texts))
            continue
        waiting: defaultdict[tuple[str, ...], list[Pair]] = defaultdict(list)
        for pair in pairs_old:
            waiting[_english(pair)].append(pair)
        for pair in pairs_new:
            same = waiting[_english(pair)]
            if pair.en and same:
                other = same.pop(0)
                zh = "".join(other.zh), "".join(pair.zh)
                places.append(_Place(other.id, pair.id, pair.document, pair.record, " ".join(pair.en), *zh))
            else:
                parted += bool(pair.en)
        parted += sum(bool(pair.en) for pairs in waiting.values() for pair in pairs)
    return places, parted


def _by_record(pairs: Iterable[Pair]) -> dict[str, list[Pair]]:
    found: dict[str, list[Pair]] = {}
    for pair in pairs:
        found.setdefault(pair.record, []).append(pair)
    return found


def _english(pair: Pair) -> tuple[str, ...]:
    return pair.field, *" ".join(pair.en).casefold().split()


def _findings(
    both: Iterable[tuple[Record, Record]], old: Sequence[Finding], new: Sequence[Finding]
) -> tuple[tuple[Finding, ...], tuple[Finding, ...], tuple[Finding, ...]]:
    """Findings of the old corpus alone, of the new alone, and of the new that the old had too."""
    known_as = {before.id: after.id for before, after in both}
    left_old, left_new = list(old), list(new)
    staying: list[Finding] = []

    def exact(finding: Finding) -> tuple[str, ...]:
        return finding.rule, finding.fingerprint

    def alike(finding: Finding) -> tuple[str, ...]:
        return finding.rule, finding.term or " ".join(finding.en.casefold().split()), fold(finding.zh).text

    for key in (exact, alike):
        counts = Counter((known_as.get(f.record, "" if not f.record else None), *key(f)) for f in left_old)
        still: Counter[tuple[str | None, ...]] = Counter()
        rest: list[Finding] = []
        for finding in left_new:
            name = (finding.record, *key(finding))
            if still[name] < counts[name]:
                still[name] += 1
                staying.append(finding)
            else:
                rest.append(finding)
        left_new = rest
        rest = []
        for finding in left_old:
            home = known_as.get(finding.record, "" if not finding.record else None)
            name_old = (home, *key(finding))
            if home is not None and still[name_old] > 0:
                still[name_old] -= 1
            else:
                rest.append(finding)
        left_old = rest
    order = {id(finding): k for k, finding in enumerate(new)}
    return tuple(left_old), tuple(left_new), tuple(sorted(staying, key=lambda finding: order[id(finding)]))


def _turned(changed: Iterable[_Place], old: Iterable[Entry], new: Iterable[Entry]) -> tuple[Turned, ...]:
    """The terms that became one thing in a passage and became another thing in its new Chinese, the worse ones first.

    Where a passage renders a term in several ways nothing is told of it: which became which is not known.
    """
    before, after = _by_place(old), _by_place(new)
    places: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
    about: dict[tuple[str, str, str], tuple[Rendering, Rendering]] = {}
    for place in changed:
        one, other = before.get(place.old, {}), after.get(place.new, {})
        for term in one.keys() & other.keys():
            if len(one[term]) == len(other[term]) == 1:
                a, b = one[term][0], other[term][0]
                if a.zh and b.zh and fold(a.zh).text != fold(b.zh).text:
                    key = term, fold(a.zh).text, fold(b.zh).text
                    places[key].append(place.new)
                    about.setdefault(key, (a, b))
    found = [
        Turned(key[0], a.zh, b.zh, b.expected, _course(a, b), len(places[key]), tuple(places[key]))
        for key, (a, b) in about.items()
    ]
    order = ("worse", "better", "other")
    return tuple(sorted(found, key=lambda t: (order.index(t.course), -t.count, t.term.casefold(), t.old, t.new)))


def _by_place(entries: Iterable[Entry]) -> dict[str, dict[str, list[Rendering]]]:
    found: defaultdict[str, dict[str, list[Rendering]]] = defaultdict(dict)
    for entry in entries:
        for rendering in entry.renderings:
            for place in rendering.places:
                found[place].setdefault(entry.term, []).append(rendering)
    return found


def _course(old: Rendering, new: Rendering) -> Course:
    """Whether the new rendering is better; where both are approved, or neither is, only what is wanted decides."""
    wanted = fold(new.expected).text
    a, b = (2 if r.status in _APPROVED else 0 if r.status == "forbidden" else 1 for r in (old, new))
    if a == b and wanted:
        a, b = (int(fold(r.zh).text == wanted) for r in (old, new))
    return "better" if b > a else "worse" if b < a else "other"
