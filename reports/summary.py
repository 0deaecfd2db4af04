"""What a run amounts to, in counts and in one sentence, and what to mend first."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce

from ..corpora import Leftover
from ..metrics import RULES, SEVERITIES, Finding, Severity
from .result import Result
from .visible import labelled, shortened

# One error outweighs a few warnings, and a warning a few notes. A choice, not a measurement: it orders the list only.
WEIGHTS: dict[Severity, int] = {"error": 9, "warning": 3, "note": 1}


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one rule about the same English and Chinese words."""

    rule: str
    severity: Severity  # the worst among them
    found: str
    expected: str
    findings: tuple[Finding, ...]  # at least one, in document order

    @property
    def weight(self) -> float:
        """Severity times confidence, summed over the findings: 0 and up."""
        return sum(WEIGHTS[finding.severity] * finding.confidence for finding in self.findings)


def counted(number: int, noun: str) -> str:
    """A number with its noun.

    >>> counted(1, "note"), counted(1234, "note")
    ('1 note', '1,234 notes')
    """
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def count_severities(findings: Iterable[Finding]) -> dict[Severity, int]:
    """How many findings of each severity, worst first, zeros included."""
    counts = Counter(finding.severity for finding in findings)
    return {severity: counts[severity] for severity in SEVERITIES}


def count_rules(findings: Iterable[Finding]) -> list[tuple[str, int]]:
    """How many findings of each rule that found something, the most frequent first."""
    return sorted(Counter(finding.rule for finding in findings).items(), key=lambda item: (-item[1], item[0]))


def worst(findings: Iterable[Finding]) -> dict[str, Severity]:
    """The worst severity that each rule gave."""
    severities: dict[str, Severity] = {}
    for finding in findings:
        known = severities.setdefault(finding.rule, finding.severity)
        severities[finding.rule] = _worse(known, finding.severity)
    return severities


def rule_name(code: str) -> str:
    """The code and the slug of a rule; the code alone where we do not know it.

    >>> rule_name("T002"), rule_name("X999")
    ('T002 term-forbidden', 'X999')
    """
    return f"{code} {RULES[code].slug}" if code in RULES else code


def count_lines(leftovers: Iterable[Leftover]) -> dict[str, int]:
    """How many lines of each kind of leftover; "noise" and "unparsed" are always there."""
    counts = {"noise": 0, "unparsed": 0}
    for leftover in leftovers:
        counts[leftover.kind] = counts.get(leftover.kind, 0) + leftover.text.strip("\n").count("\n") + 1
    return counts


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """The findings by document, line, column and rule."""
    return sorted(findings, key=lambda f: (f.document, f.line, f.column, f.rule, f.fingerprint, f.message))


def mend_first(findings: Iterable[Finding], limit: int = 10) -> list[Group]:
    """At most `limit` groups: the same rule, English and Chinese (spacing and case aside), the heaviest first."""
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in in_order(findings):
        groups.setdefault((finding.rule, _folded(finding.en), _folded(finding.zh)), []).append(finding)
    ranked = [
        Group(
            rule,
            reduce(_worse, (member.severity for member in members)),
            members[0].found,
            members[0].expected,
            tuple(members),
        )
        for (rule, _, _), members in groups.items()
    ]
    # Python's sort is stable, so equals stay in document order.
    return sorted(ranked, key=lambda group: -round(group.weight, 6))[:limit]


def clean_pairs(result: Result) -> int:
    """How many pairs have no error and no warning. Nothing found does not mean that nothing is wrong."""
    marked = {finding.pair for finding in result.findings if finding.severity != "note"}
    return sum(pair.id not in marked for pair in result.pairs)


def what_was_read(result: Result) -> str:
    """How much was read, as the end of a sentence: "212 sentence pairs of 27 records"."""
    records = counted(len(result.records), "record")
    if result.pairs:
        return f"{counted(len(result.pairs), 'sentence pair')} of {records}"
    if result.records:
        return f"{records} without sentence pairs"
    return f"{counted(len(result.documents), 'document')} without a record"


def verdict(result: Result) -> str:
    """One sentence, hidden characters shown: how much was found, in how much, and what to mend first."""
    if not result.findings and not result.records:
        return f"Nothing to check: {what_was_read(result)}." if result.documents else "Nothing was read."
    if not result.findings:
        return f"No finding in {what_was_read(result)}."
    counts = count_severities(result.findings)
    grave = [counted(counts[severity], severity) for severity in ("error", "warning") if counts[severity]]
    found = ", ".join(grave) or f"No error or warning, {counted(counts['note'], 'note')}"
    where = counted(len(result.pairs), "sentence pair") if result.pairs else what_was_read(result)
    if not grave:
        return f"{found} in {where}."
    return f"{found} in {where}; mend {in_few_words(mend_first(result.findings, 1)[0])} first."


def in_few_words(group: Group, limit: int = 28) -> str:
    """A group as `found → wanted (×3)`, or by the name of its rule where it has no such words."""
    found, expected = (labelled(shortened(text, limit)) for text in (group.found, group.expected))
    rule = RULES.get(group.rule)
    name = rule.slug.replace("-", " ") if rule else labelled(group.rule)
    words = f"{found} → {expected}" if found and expected else f"{name} “{found or expected}”"
    if not found and not expected:
        words = name
    return f"{words} (×{len(group.findings)})" if len(group.findings) > 1 else words


def _worse(one: Severity, other: Severity) -> Severity:
    return one if SEVERITIES.index(one) <= SEVERITIES.index(other) else other


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
