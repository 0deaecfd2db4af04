"""What the page shows beside the findings, worked out before the template sees it: records, choices, leftovers."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..corpora import Record
from ..metrics import Finding
from .page_words import PageWords
from .result import Result
from .rows import Row
from .summary import in_order, worst_first
from .tally import Tally
from .visible import shortened

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


def unread(tally: Tally) -> list[Unread]:
    """The leftovers by kind, those not understood first."""
    rows = []
    for kind, (texts, more) in tally.leftovers.items():
        first = tuple(texts.items())[:_TEXTS]
        rows.append(Unread(kind, sum(texts.values()) + more, first, len(texts) - len(first) + more))
    return rows
