"""What the page shows, worked out before the template sees it: cards, records, leftovers."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from ..corpora import Document, Pair, Record
from ..metrics import RULES, SEVERITIES, Finding
from .marks import document_side, pair_side, shown
from .result import Result
from .summary import in_order

_UNSAFE = re.compile(r"[^A-Za-z0-9_.-]")


@dataclass(frozen=True, slots=True)
class Card:
    """One finding, ready to show. `document` and `record` are positions in the result's lists, -1 for none."""

    id: str
    finding: Finding
    slug: str
    sure: str  # "high", "medium", "low"
    document: int
    record: int
    where: str  # the record in a word or two
    en: Markup
    zh: Markup
    context: str  # what stands there: "pair", "document", "titles", "nothing"


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One record: `first` is the id of its first card, "" where it has no finding."""

    record: Record
    label: str
    pairs: int
    findings: int
    first: str


@dataclass(frozen=True, slots=True)
class Unread:
    """One kind of leftover: its lines, the equal ones counted."""

    kind: str
    what: str
    count: int
    texts: tuple[tuple[str, int], ...]
    more: int


def worst_first(findings: Iterable[Finding], limit: int) -> list[Finding]:
    """At most `limit` findings in document order; the mildest and least sure are the ones left out."""
    ordered = in_order(findings)
    if len(ordered) <= limit:
        return ordered
    ordered.sort(key=lambda finding: (SEVERITIES.index(finding.severity), -finding.confidence))
    return in_order(ordered[:limit])


def cards(result: Result, findings: Iterable[Finding]) -> list[Card]:
    """One card a finding, in the order given, each with an id of its own (`T001-3f2a…`, `-2` for its like)."""
    documents = {document.source: number for number, document in enumerate(result.documents)}
    records = {record.id: number for number, record in enumerate(result.records)}
    pairs = {pair.id: pair for pair in result.pairs}
    made: list[Card] = []
    used: dict[str, int] = {}
    for finding in findings:
        number = records.get(finding.record, -1)
        record = result.records[number] if number >= 0 else None
        document = documents.get(finding.document, -1)
        en, zh, context = _sides(
            finding, pairs.get(finding.pair), record, result.documents[document] if document >= 0 else None
        )
        rule = RULES.get(finding.rule)
        made.append(
            Card(
                _own_id(f"{finding.rule}-{finding.fingerprint}", used),
                finding,
                rule.slug if rule else "",
                sure(finding.confidence),
                document,
                number,
                record_label(record, number) if record else "",
                en,
                zh,
                context,
            )
        )
    return made


def as_id(text: str) -> str:
    """The text with everything but ASCII letters, digits, "_", "." and "-" replaced by "_".

    >>> as_id("T001-3f2a"), as_id('"><b>')
    ('T001-3f2a', '___b_')
    """
    return _UNSAFE.sub("_", text)


def sure(confidence: float) -> str:
    """A confidence of 0..1 in a word.

    >>> sure(0.8), sure(0.5), sure(0.2)
    ('high', 'medium', 'low')
    """
    return "high" if confidence >= 0.8 else "medium" if confidence >= 0.5 else "low"


def record_label(record: Record, number: int) -> str:
    """The number the document gives the record, else its place in the list."""
    return f"№ {record.number}" if record.number is not None else f"record {number + 1}"


def record_rows(result: Result, shown_cards: Iterable[Card]) -> list[RecordRow]:
    """One row a record, in the order of the result."""
    pairs = Counter(pair.record for pair in result.pairs)
    findings = Counter(finding.record for finding in result.findings)
    first: dict[str, str] = {}
    for card in shown_cards:
        first.setdefault(card.finding.record, card.id)
    return [
        RecordRow(record, record_label(record, number), pairs[record.id], findings[record.id], first.get(record.id, ""))
        for number, record in enumerate(result.records)
    ]


def unread(result: Result, most: int = 200) -> list[Unread]:
    """The leftovers by kind, those not understood first; at most `most` different texts of a kind."""
    kinds = {
        "unparsed": "Not understood: please look",
        "label": "Marks of structure",
        "list": "Lists that the records repeat",
        "noise": "Page furniture",
        "metadata": "Values of no language",
    }
    rows = []
    for kind, what in kinds.items():
        texts = Counter(" ".join(each.text.split()) for each in result.leftovers if each.kind == kind)
        if texts:
            first = tuple(texts.items())[:most]
            rows.append(Unread(kind, what, sum(texts.values()), first, len(texts) - len(first)))
    return rows


def _sides(
    finding: Finding, pair: Pair | None, record: Record | None, document: Document | None
) -> tuple[Markup, Markup, str]:
    if pair is not None:
        en = pair_side(pair.en, pair.spans_en, finding.span_en, finding.en)
        zh = pair_side(pair.zh, pair.spans_zh, finding.span_zh, finding.zh)
        return en, zh, "pair"
    if document is not None and (finding.span_en or finding.span_zh):
        en = document_side(document, finding.span_en) if finding.span_en else Markup("")
        zh = document_side(document, finding.span_zh) if finding.span_zh else Markup("")
        return en, zh, "document"
    if record is not None and (record.title_en or record.title_zh):
        return shown(record.title_en or ""), shown(record.title_zh or ""), "titles"
    return Markup(""), Markup(""), "nothing"


def _own_id(wanted: str, used: dict[str, int]) -> str:
    name = own = as_id(wanted)
    while own in used:
        used[name] += 1
        own = f"{name}-{used[name]}"
    used.setdefault(own, 1)
    return own
