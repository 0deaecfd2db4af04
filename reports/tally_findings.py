"""What was found, counted so that the counts of several parts of a corpus can be added up."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from ..metrics import SEVERITIES, Finding, Severity
from .visible import shortened

MOST_GROUPS = 10_000  # kept when those of several parts are more than twice as many
MOST_DOCUMENTS = 10_000  # with findings, the same
MOST_WORST = 300  # findings kept as they are
SURE = 0.8  # from this confidence on a finding counts as surely one
# One error outweighs a few warnings, and a warning a few notes. A choice, not a measurement: it orders the list only.
WEIGHTS: dict[Severity, int] = {"error": 9, "warning": 3, "note": 1}
_UNITS = 1 << 53  # of a weight of 1: whole numbers, so that no order of adding changes a sum
_LONG = 200  # characters kept of a text; more than is shown of one

Counts = tuple[int, ...]  # by severity, worst first


class First(NamedTuple):
    """The first by place of the findings counted together; `target` is where the first shown one is, "" for nowhere."""

    document: str
    line: int
    column: int
    rule: str
    fingerprint: str
    found: str = ""
    expected: str = ""
    message: str = ""
    target: str = ""

    @property
    def place(self) -> tuple[str, int, int, str, str]:
        """What orders it among others."""
        return self[:5]


@dataclass(frozen=True, slots=True)
class GroupCount:
    """The findings of one rule about the same English and Chinese words; `least` where there may be more of them."""

    severity: Severity  # the worst among them
    first: First
    count: int
    units: int
    least: bool = False

    @property
    def rule(self) -> str:
        """The rule of all of them."""
        return self.first.rule

    @property
    def found(self) -> str:
        """What the first of them found, long texts cut."""
        return self.first.found

    @property
    def expected(self) -> str:
        """What the first of them wants, long texts cut."""
        return self.first.expected

    @property
    def weight(self) -> float:
        """Severity times confidence, summed over the findings: 0 and up."""
        return weight_of(self.units)


@dataclass(frozen=True, slots=True)
class Found:
    """Findings in counts.

    `rules` and `documents` have counts by severity, `firsts` the first finding of each rule, `groups` what to mend, by
    keys that mean nothing else. `touched` counts the records with findings of each severity, `loose` names severities
    of which one is in no record; `outside` says whether an error or warning is in no pair. `worst` are at most
    `MOST_WORST` findings, the worst first. `more` are the documents that `documents` has no room for, and their
    findings; `pruned` says whether groups were left out.
    """

    severities: Counts
    sure: Counts
    touched: Counts
    loose: tuple[Severity, ...]
    outside: bool
    rules: Mapping[str, Counts]
    firsts: Mapping[str, First]
    documents: Mapping[str, Counts]
    groups: Mapping[str, GroupCount]
    worst: tuple[Finding, ...]
    more: tuple[int, int] = (0, 0)
    pruned: bool = False

    def __len__(self) -> int:
        """How many findings there are."""
        return sum(self.severities)


def found_in(findings: Iterable[Finding], pairs: Collection[str] = (), targets: Mapping[int, str] = {}) -> Found:
    """The counts of findings; `pairs` are the ids of the pairs there are, `targets` where each is shown, by `id()`."""
    ordered = in_order(findings)
    rules: dict[str, Counts] = {}
    firsts: dict[str, First] = {}
    documents: dict[str, Counts] = {}
    groups: dict[str, GroupCount] = {}
    for finding in ordered:
        one = _one(finding.severity)
        target = targets.get(id(finding), "")
        rules[finding.rule] = _sum(rules.get(finding.rule, ()), one)
        documents[finding.document] = _sum(documents.get(finding.document, ()), one)
        first = _first(finding, target)
        firsts[finding.rule] = _earlier(firsts.get(finding.rule, first), first)
        group = GroupCount(finding.severity, first, 1, units_of(finding))
        key = group_key(finding)
        groups[key] = _joined(groups[key], group) if key in groups else group
    records = {severity: {f.record for f in ordered if f.severity == severity} for severity in SEVERITIES}
    return Found(
        _by_severity(ordered),
        _by_severity(finding for finding in ordered if finding.confidence >= SURE),
        tuple(len(records[severity] - {""}) for severity in SEVERITIES),
        tuple(severity for severity in SEVERITIES if "" in records[severity]),
        any(finding.pair not in pairs for finding in ordered if finding.severity != "note"),
        rules,
        firsts,
        documents,
        groups,
        tuple(worst_first(ordered)[:MOST_WORST]),
    )


def found_together(a: Found, b: Found) -> Found:
    """The counts of both, `b` being of what comes after; groups and documents too many for memory are left out."""
    # What is in one of them only may be among what the other left out.
    groups = {key: _doubted(group, b.pruned and key not in b.groups) for key, group in a.groups.items()}
    for key, group in b.groups.items():
        groups[key] = _joined(groups[key], group) if key in groups else _doubted(group, a.pruned)
    pruned = a.pruned or b.pruned
    if len(groups) > 2 * MOST_GROUPS:
        groups, pruned = dict(sorted(groups.items(), key=lambda item: _rank(item[1]))[:MOST_GROUPS]), True
    documents = _sums(a.documents, b.documents)
    more = (a.more[0] + b.more[0], a.more[1] + b.more[1])
    if len(documents) > 2 * MOST_DOCUMENTS:
        ranked = sorted(documents.items(), key=lambda item: ([-count for count in item[1]], item[0]))
        documents = dict(ranked[:MOST_DOCUMENTS])
        lost = ranked[MOST_DOCUMENTS:]
        more = (more[0] + len(lost), more[1] + sum(sum(counts) for _, counts in lost))
    firsts = dict(a.firsts)
    for rule, first in b.firsts.items():
        firsts[rule] = _earlier(firsts[rule], first) if rule in firsts else first
    return Found(
        _sum(a.severities, b.severities),
        _sum(a.sure, b.sure),
        _sum(a.touched, b.touched),
        tuple(severity for severity in SEVERITIES if severity in a.loose or severity in b.loose),
        a.outside or b.outside,
        _sums(a.rules, b.rules),
        firsts,
        documents,
        groups,
        tuple(worst_first((*a.worst, *b.worst))[:MOST_WORST]),
        more,
        pruned,
    )


def heaviest(groups: Iterable[GroupCount], limit: int = 10) -> list[GroupCount]:
    """At most `limit` of the groups, the heaviest first, equals by place."""
    return sorted(groups, key=_rank)[:limit]


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """The findings by document, line, column and rule."""
    return sorted(findings, key=place_of)


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """The findings by severity, then confidence; equals in the order of `in_order`."""
    return sorted(findings, key=lambda each: (SEVERITIES.index(each.severity), -each.confidence, place_of(each)))


def place_of(finding: Finding) -> tuple[str, int, int, str, str, str]:
    """What orders findings as the reports show them."""
    each = finding
    return each.document, each.line, each.column, each.rule, each.fingerprint, each.message


def worse(one: Severity, other: Severity) -> Severity:
    """The graver of two severities.

    >>> worse("note", "warning")
    'warning'
    """
    return one if SEVERITIES.index(one) <= SEVERITIES.index(other) else other


def group_key(finding: Finding) -> str:
    """What the findings of one rule about the same words share, spacing and case aside: 32 hex digits."""
    words = "\x1f".join([finding.rule, *(" ".join(text.casefold().split()) for text in (finding.en, finding.zh))])
    return hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def units_of(finding: Finding) -> int:
    """Severity times confidence, as a whole number."""
    return WEIGHTS[finding.severity] * round(finding.confidence * _UNITS)


def weight_of(units: int) -> float:
    """The weight that so many units are, to six decimals."""
    return round(units / _UNITS, 6)


def _rank(group: GroupCount) -> tuple[float, tuple[str, int, int, str, str]]:
    return -group.weight, group.first.place


def _joined(a: GroupCount, b: GroupCount) -> GroupCount:
    first = _earlier(a.first, b.first)
    return GroupCount(worse(a.severity, b.severity), first, a.count + b.count, a.units + b.units, a.least or b.least)


def _doubted(group: GroupCount, doubt: bool) -> GroupCount:
    return replace(group, least=True) if doubt and not group.least else group


def _earlier(a: First, b: First) -> First:
    """The first of two, equals as they come; its target is the other's where it has none itself."""
    first, other = (b, a) if b.place < a.place else (a, b)
    return first if first.target or not other.target else first._replace(target=other.target)


def _first(finding: Finding, target: str) -> First:
    place = finding.document, finding.line, finding.column, finding.rule, finding.fingerprint
    return First(*place, _cut(finding.found), _cut(finding.expected), _cut(finding.message), target)


def _cut(text: str) -> str:
    return text if len(text) <= _LONG else shortened(text, _LONG)


def _one(severity: Severity) -> Counts:
    return tuple(int(severity == each) for each in SEVERITIES)


def _by_severity(findings: Iterable[Finding]) -> Counts:
    counts = Counter(finding.severity for finding in findings)
    return tuple(counts[severity] for severity in SEVERITIES)


def _sum(a: Counts, b: Counts) -> Counts:
    return tuple(x + y for x, y in zip(a, b, strict=True)) if a and b else a or b


def _sums(a: Mapping[str, Counts], b: Mapping[str, Counts]) -> dict[str, Counts]:
    return {**a, **{name: _sum(a.get(name, ()), counts) for name, counts in b.items()}}
