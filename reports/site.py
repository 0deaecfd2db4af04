"""A report of more findings than one page can show: a page a document, and one above them that leads there."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from ..metrics import Finding
from .html import MOST_FINDINGS, Frame, PageLink, page_of, render_html
from .page_words import PageWords
from .result import Result
from .rows import Rows, finding_cards, finding_rows
from .summary import count_severities, in_order
from .visible import shortened

PER_PAGE = 10_000  # findings of one document on one page


@dataclass(frozen=True, slots=True)
class _Part:
    """One page below: what it is called, where it is, and what of the result it shows."""

    name: str
    address: str
    result: Result


def render_site(
    result: Result, name: str = "report.html", *, limit: int = MOST_FINDINGS, per_page: int = PER_PAGE
) -> Iterator[tuple[str, Iterator[str]]]:
    """The pages of a report: path relative to the first, and its pieces to write; the first is called `name`.

    Up to `limit` findings there is one page. Beyond, there is one a document with findings, in a folder
    (`report_pages/0001.html`), several for a document of more than `per_page`, and the first has all but the findings:
    the verdict, what to mend first, the glossary, and links to the others. Nothing is left out.
    """
    if len(result.findings) <= limit:
        yield name, render_html(result, limit=limit)
        return
    first = PurePosixPath(name)
    parts = list(_parts(result, f"{first.stem}_pages", per_page))
    addresses = {
        id(card.finding): f"{part.address}#{card.id}" for part in parts for card in finding_cards(part.result.findings)
    }
    links = tuple(PageLink(part.name, part.address, count_severities(part.result.findings)) for part in parts)
    yield name, page_of(result, Rows((), 0), Frame(addresses, pages=links))
    for part in parts:
        yield part.address, _page(part, f"../{first.name}")


def _page(part: _Part, up: str) -> Iterator[str]:
    rows = finding_rows(part.result, part.result.findings)
    addresses = {id(card.finding): f"#{card.id}" for card in rows.cards}
    yield from page_of(part.result, rows, Frame(addresses, part=part.name, up=up))


def _parts(result: Result, folder: str, per_page: int) -> Iterator[_Part]:
    words, number = PageWords(result.lang), 0
    by_document: dict[str, list[Finding]] = defaultdict(list)
    for finding in in_order(result.findings):
        by_document[finding.document].append(finding)
    for document, findings in by_document.items():
        # As few pages as will do, all of about the same length.
        count = -(-len(findings) // per_page)
        size = -(-len(findings) // count)
        for k, start in enumerate(range(0, len(findings), size), 1):
            number += 1
            name = shortened(document, 120) + (f", {words('part', number=k)}" if count > 1 else "")
            some = tuple(findings[start : start + size])
            yield _Part(name, f"{folder}/{number:04}.html", _of_document(result, document, some, whole=count == 1))


def _of_document(result: Result, document: str, findings: tuple[Finding, ...], whole: bool) -> Result:
    """What the result has of one document; of a part of it the records with findings only."""
    shown = {finding.record for finding in findings}
    records = tuple(
        record for record in result.records if record.document == document and (whole or record.id in shown)
    )
    names = {record.id for record in records}
    return replace(
        result,
        documents=tuple(each for each in result.documents if each.source == document),
        records=records,
        leftovers=tuple(each for each in result.leftovers if each.document == document),
        pairs=tuple(pair for pair in result.pairs if pair.record in names),
        findings=findings,
        entries=(),
        scores=(),
        adequacy=(),  # of all pairs together: the first page draws it
    )
