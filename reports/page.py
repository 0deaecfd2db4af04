"""What the page shows beside the findings, worked out before the template sees it: records, choices, leftovers."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..corpora import Pair, Record
from ..metrics import SEVERITIES, Finding, Severity
from .page_words import PageWords
from .result import Result
from .rows import Row
from .summary import in_order, worst_first
from .visible import shortened

SURE = 0.8  # from this confidence on a finding counts as surely one
LEAST_SURE = 40  # pairs shown of those that the aligner is least sure of
_RECORDS = 300  # that are listed beside the rows with their findings
_TEXTS = 200  # different leftovers shown of a kind


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One record: `number` is its position in the result's list, `shown` whether the page has rows of it."""

    record: Record
    number: int
    label: str
    pairs: int
    findings: int
    shown: bool


@dataclass(frozen=True, slots=True)
class Unread:
    """One kind of leftover: its lines, the equal ones counted."""

    kind: str
    count: int
    texts: tuple[tuple[str, int], ...]
    more: int


@dataclass(frozen=True, slots=True)
class DocumentChoice:
    """A document with findings for the box that chooses one: how many, and its records with theirs."""

    number: int
    source: str
    count: int
    records: tuple[tuple[int, str, int], ...]


def shown_findings(findings: Sequence[Finding], limit: int) -> list[Finding]:
    """At most `limit` findings in document order; the mildest and least sure are the ones left out."""
    return in_order(findings if len(findings) <= limit else worst_first(findings)[:limit])


def sure_counts(findings: Iterable[Finding]) -> dict[Severity, int]:
    """How many errors and warnings have a high confidence."""
    counts = Counter(finding.severity for finding in findings if finding.confidence >= SURE)
    return {severity: counts[severity] for severity in SEVERITIES if severity != "note"}


def record_label(record: Record, number: int, words: PageWords) -> str:
    """The number the document gives the record, else its place in the list."""
    return f"№ {record.number}" if record.number is not None else words("record", number=number + 1)


def record_rows(result: Result, rows: Iterable[Row], words: PageWords) -> list[RecordRow]:
    """One row a record, in the order of the result; of many records only those without rows, which have a heading."""
    pairs = Counter(pair.record for pair in result.pairs)
    findings = Counter(finding.record for finding in result.findings)
    shown = {row.record for row in rows}
    every = len(result.records) <= _RECORDS
    return [
        RecordRow(record, n, record_label(record, n, words), pairs[record.id], findings[record.id], n in shown)
        for n, record in enumerate(result.records)
        if every or n not in shown
    ]


def choices(result: Result, rows: Iterable[Row], words: PageWords) -> list[DocumentChoice]:
    """Each document with findings, and under it each record with findings."""
    by_document: dict[int, Counter[int]] = {}
    for row in rows:
        if row.cards:
            by_document.setdefault(row.document, Counter())[row.record] += len(row.cards)
    made = []
    for document, counts in sorted(by_document.items()):
        records = []
        for number, count in sorted(counts.items()):
            if number >= 0:
                record = result.records[number]
                name = f"{record_label(record, number, words)} {record.title_zh or record.title_en or ''}"
                records.append((number, shortened(name, 40), count))
        source = result.documents[document].source if document >= 0 else words("elsewhere")
        made.append(DocumentChoice(document, source, counts.total(), tuple(records)))
    return made


def least_sure(pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs that are likeliest to be wrong, those alone on their side first; none of those that were given."""
    doubtful = [pair for pair in pairs if pair.probability < 1 and (pair.probability < SURE or "0" in pair.type)]
    doubtful.sort(key=lambda pair: (round(pair.probability, 6), pair.id))
    return doubtful[:LEAST_SURE]


def unread(result: Result) -> list[Unread]:
    """The leftovers by kind, those not understood first."""
    rows = []
    by_kind: Mapping[str, Counter[str]] = {
        kind: Counter(" ".join(each.text.split()) for each in result.leftovers if each.kind == kind)
        for kind in ("unparsed", "label", "list", "noise", "metadata")
    }
    for kind, texts in by_kind.items():
        if texts:
            first = tuple(texts.items())[:_TEXTS]
            rows.append(Unread(kind, texts.total(), first, len(texts) - len(first)))
    return rows
