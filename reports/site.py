"""A report of more findings than one page can show: a page a document, and one above them that leads there."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from ..corpora import Pair
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
    the verdict, what to mend first, the glossary, and links to the others. Nothing is left out, and no finding or pair
    is on two of the pages below.
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
        cut = cut_between_records(findings, per_page)
        for k, part in enumerate(divided(_of_document(result, document), cut), 1):
            number += 1
            name = shortened(document, 120) + (f", {words('part', number=k)}" if len(cut) > 1 else "")
            yield _Part(name, f"{folder}/{number:04}.html", part)


def cut_between_records(findings: Sequence[Finding], per_page: int) -> list[list[Finding]]:
    """The findings, one or more, in parts of about the same length, cut between records.

    A record of more than `per_page` is cut between its pairs. What was found in one pair is never cut.
    """
    size = -(-len(findings) // -(-len(findings) // per_page))
    parts: list[list[Finding]] = [[]]
    for record in _together(findings, lambda finding: finding.record or finding.pair):
        for group in [record] if len(record) <= per_page else _together(record, lambda finding: finding.pair):
            if parts[-1] and (len(parts[-1]) >= size or len(parts[-1]) + len(group) > per_page):
                parts.append([])
            parts[-1] += group
    return [in_order(part) for part in parts]


def _together(findings: Iterable[Finding], name: Callable[[Finding], str]) -> list[list[Finding]]:
    """Findings of one name together, those without a name each alone, in the order of the first ones."""
    groups: dict[str | int, list[Finding]] = defaultdict(list)
    for number, finding in enumerate(findings):
        groups[name(finding) or number].append(finding)
    return list(groups.values())


def _of_document(result: Result, document: str) -> Result:
    """What the result has of one document, but for its findings."""
    records = tuple(record for record in result.records if record.document == document)
    names = {record.id for record in records}
    return replace(
        result,
        documents=tuple(each for each in result.documents if each.source == document),
        records=records,
        leftovers=tuple(each for each in result.leftovers if each.document == document),
        pairs=tuple(pair for pair in result.pairs if pair.record in names),
    )


def divided(result: Result, parts: Sequence[Sequence[Finding]]) -> Iterator[Result]:
    """The result by the parts of its findings; each of its pairs is in one part.

    A pair is where its findings are. One without any is in the first part that has findings of its record, and a
    record without findings is where the record before it is.
    """
    of_pair: dict[str, int] = {}
    of_record: dict[str, int] = {}
    for number, findings in enumerate(parts):
        for finding in findings:
            of_pair.setdefault(finding.pair, number)
            of_record.setdefault(finding.record, number)
    of_pair.pop("", None)
    last = 0
    for record in result.records:
        last = of_record.setdefault(record.id, last)
    pairs: list[list[Pair]] = [[] for _ in parts]
    for pair in result.pairs:
        pairs[of_pair.get(pair.id, of_record[pair.record])].append(pair)
    for number, findings in enumerate(parts):
        here = {finding.record for finding in findings}
        yield replace(
            result,
            records=tuple(each for each in result.records if each.id in here or of_record[each.id] == number),
            pairs=tuple(pairs[number]),
            findings=tuple(findings),
            entries=(),
            scores=(),
            adequacy=(),  # of all pairs together: the first page draws it
        )
