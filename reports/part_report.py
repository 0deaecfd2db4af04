"""The report of a corpus in parts: pages of each part, and one above them that is made of counts and links alone."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import NamedTuple

from ..metrics import SEVERITIES, Entry, Severity
from ..metrics.messages import Language
from .glossary_page import EntryRow, Place, SectionRows, glossary_sections
from .html import Body, Frame, PageLink, homes_in, page_of, page_with
from .page_words import PageWords
from .places import Places
from .result import Result
from .rows import Rows, finding_rows
from .site import PER_PAGE, cut_between_records, divided
from .summary import count_severities, counted, in_order
from .tally import Tally, tally_of
from .visible import shortened

MOST_PAGES = 999  # of one part: their number has three digits
_NAME = 60  # characters of a document's name beside another

_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "title": ("The pages", "分页"),
        "hint": (
            "The corpus is larger than one page can show, so its documents are on pages of their own, in order.",
            "语料太大，一页无法全部显示，因此按顺序分页列出各文档。",
        ),
        "records": (
            "The records are listed on the pages of their documents: {kinds}.",
            "各记录列在其文档所在的分页：{kinds}。",
        ),
        "documents": (
            "{documents} more are listed on their pages only.",
            "另有 {documents}只列在各自的分页上。",
        ),
        "part": ("Part {part}: {name}", "第 {part} 部分：{name}"),
        "span": ("{first} … {last} ({documents})", "{first} …… {last}（{documents}）"),
        "nothing": ("nothing", "无内容"),
        "before": ("‹ Page before", "‹ 上一页"),
        "after": ("Next page ›", "下一页 ›"),
    }
)


class Links(NamedTuple):
    """What the first page leads to: the pages, and the places of renderings.

    `labels` has for a pair or record its document and line, `targets` for place and term the address of a finding.
    """

    pages: tuple["Linked", ...] = ()
    labels: Mapping[str, str] = MappingProxyType({})
    targets: Mapping[str, Mapping[str, str]] = MappingProxyType({})


class Linked(NamedTuple):
    """One page: what it shows, where it is, and how many findings of each severity, worst first, it has."""

    name: str
    address: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Page:
    """A page of a part: its address relative to the first page, and what it shows."""

    linked: Linked
    result: Result
    rows: Rows


@dataclass(frozen=True, slots=True)
class PartReport:
    """The report of one part: its counts and links for the first page, and its own pages."""

    tally: Tally
    links: Links
    _pages: tuple[_Page, ...]
    _beside: tuple[str, str]  # the addresses of the pages before its first and after its last, "" for none
    _up: str

    def pages(self) -> Iterator[tuple[str, Iterator[str]]]:
        """The path of each page, relative to the first page, and its pieces to write."""
        words = _words(self.tally.lang)
        addresses = [self._beside[0], *(page.linked.address for page in self._pages), self._beside[1]]
        for page, before, after in zip(self._pages, addresses, addresses[2:], strict=False):
            named = (("before", before), ("after", after))
            # Pages stand in one folder.
            beside = tuple((words[key], PurePosixPath(address).name) for key, address in named if address)
            shown = {id(card.finding): f"#{card.id}" for card in page.rows.cards}
            frame = Frame(shown, part=page.linked.name, up=self._up, beside=beside)
            yield page.linked.address, page_of(page.result, page.rows, frame)


def part_report(
    result: Result,
    number: int,
    parts: int,
    *,
    name: str = "report.html",
    wanted: Collection[str] = frozenset(),
    per_page: int = PER_PAGE,
) -> PartReport:
    """The report of part `number` of `parts`, from 1, beneath a first page called `name`.

    It has one page, or several where there are more than `per_page` findings: `report_pages/0003001.html` is the first
    of part 3. Each finding, pair and record of the part is on one of them. `wanted` are the pairs and records that the
    first page and the workbook name (`wanted_places`).
    """
    folder = f"{PurePosixPath(name).stem}_pages"
    divisions = list(_divisions(result, per_page))
    pages = []
    for k, each in enumerate(divisions, 1):
        said = _name(each, f"{number}.{k}" if len(divisions) > 1 else f"{number}")
        counts = tuple(count_severities(each.findings).values())
        pages.append(_Page(Linked(said, _address(folder, number, k), counts), each, finding_rows(each, each.findings)))
    targets = {id(card.finding): f"{page.linked.address}#{card.id}" for page in pages for card in page.rows.cards}
    homes: dict[str, str] = {}
    for page in pages:
        homes = homes_in(page.result, page.rows, page.linked.address) | homes
    of_terms: dict[str, dict[str, str]] = {}
    for finding in in_order(result.findings):
        if (place := finding.pair or finding.record) in wanted:
            of_terms.setdefault(place, {}).setdefault(finding.term, targets[id(finding)])
    beside = (
        _address(folder, number - 1, 1) if number > 1 else "",
        _address(folder, number + 1, 1) if number < parts else "",
    )
    links = Links(tuple(page.linked for page in pages), _labels(result, wanted), of_terms)
    return PartReport(tally_of(result, targets, homes), links, tuple(pages), beside, f"../{PurePosixPath(name).name}")


def links_together(links: Iterable[Links]) -> Links:
    """The links of all parts, in the order of the parts."""
    pages: list[Linked] = []
    labels: dict[str, str] = {}
    targets: dict[str, Mapping[str, str]] = {}
    for each in links:
        pages += each.pages
        labels |= each.labels
        targets |= each.targets  # a pair or record is in one part
    return Links(tuple(pages), labels, targets)


def wanted_places(entries: Iterable[Entry], most: int = 5) -> frozenset[str]:
    """The pairs and records that the glossary of the first page and the workbook name: `most` for each rendering."""
    return frozenset(place for entry in entries for each in entry.renderings for place in each.places[:most])


def render_parts(tally: Tally, entries: Sequence[Entry], links: Links) -> Iterator[str]:
    """The first page of a report of parts, in pieces: all but the findings, and links to the pages of the parts.

    `tally` is that of all parts together, `completed` with glossary and scores. The same values give the same bytes.
    """
    lang = tally.lang
    empty = Result((), (), (), (), (), tuple(entries), (), lang=lang)
    glossary = [_with_links(section, links) for section in glossary_sections(empty, ())]
    pages = tuple(
        PageLink(page.name, page.address, dict[Severity, int](zip(SEVERITIES, page.counts, strict=True)))
        for page in links.pages
    )
    words, t = _words(lang), PageWords(lang)
    comma = "、" if lang == "zh" else ", "
    kinds = comma.join(f"{count:,} {t(f'kind.{kind}')}" for kind, count in sorted(tally.records.items()))
    said = {"title": words["title"], "hint": words["hint"], "records": words["records"].format(kinds=kinds)}
    if tally.unlisted:
        said["documents"] = words["documents"].format(documents=counted(tally.unlisted, "document", lang))
    body = Body(empty, Rows((), 0), len(tally.found), [], [], glossary)
    yield from page_with(tally, body, Frame({}, pages=pages, words=said))


def _words(lang: Language) -> dict[str, str]:
    return {key: words[lang == "zh"] for key, words in _WORDS.items()}


def _address(folder: str, number: int, page: int) -> str:
    return f"{folder}/{number:04}{page:03}.html"


def _divisions(result: Result, per_page: int) -> Iterator[Result]:
    """What each page shows; a document, and what is left over of it, is on the first page that has its records."""
    if len(result.findings) <= per_page:
        yield replace(result, findings=tuple(in_order(result.findings)), entries=(), scores=(), adequacy=())
        return
    findings = in_order(result.findings)
    cut = cut_between_records(findings, per_page)
    while len(cut) > MOST_PAGES:
        per_page *= 2
        cut = cut_between_records(findings, per_page)
    seen: set[str] = set()
    for k, each in enumerate(divided(result, cut)):
        here = {record.document for record in each.records} | {finding.document for finding in each.findings}
        if k == len(cut) - 1:  # documents of neither are on the last
            here |= {document.source for document in result.documents} - seen
        yield replace(
            each,
            documents=tuple(document for document in result.documents if document.source in here),
            leftovers=tuple(left for left in result.leftovers if left.document in here - seen),
        )
        seen |= here


def _name(result: Result, part: str) -> str:
    """What a page shows: its part and documents."""
    words, sources = _words(result.lang), [document.source for document in result.documents]
    if len(sources) < 2:
        name = shortened(sources[0], 2 * _NAME) if sources else words["nothing"]
    else:
        first, last = (shortened(source, _NAME) for source in (sources[0], sources[-1]))
        documents = counted(len(sources), "document", result.lang)
        name = words["span"].format(first=first, last=last, documents=documents)
    return words["part"].format(part=part, name=name)


def _labels(result: Result, wanted: Collection[str]) -> dict[str, str]:
    places = Places(result)
    here = [*(pair.id for pair in result.pairs), *(record.id for record in result.records)]
    return {place: places.label(place) for place in here if place in wanted}


def _with_links(section: SectionRows, links: Links) -> SectionRows:
    """The section with the places of its renderings, which stand there as bare ids, named and linked."""
    return replace(section, entries=tuple(_entry_with_links(entry, links) for entry in section.entries))


def _entry_with_links(entry: EntryRow, links: Links) -> EntryRow:
    rows = []
    for row in entry.renderings:
        term = row.rendering.term
        ids = [place.label for place in row.places]
        places = tuple(Place(links.targets.get(at, {}).get(term, ""), links.labels.get(at, at)) for at in ids)
        rows.append(replace(row, places=places))
    return replace(entry, renderings=tuple(rows))
