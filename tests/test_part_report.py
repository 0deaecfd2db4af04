"""The report of a corpus in parts: every finding is on one page, and every link leads to what it says."""

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest
from opened_pages import Parts
from report_samples import HOSTILE, sample

from duizhao.corpora import Document
from duizhao.metrics import Finding
from duizhao.metrics.messages import Language
from duizhao.publishing import _PAGE, are_pages
from duizhao.reports import Result, render_html, write_glossary_xlsx
from duizhao.reports.glossary_xlsx import worst_placed, write_parts_xlsx
from duizhao.reports.part_report import (
    Links,
    PartReport,
    links_together,
    part_report,
    render_parts,
    wanted_places,
)
from duizhao.reports.summary import in_order, worst_first
from duizhao.reports.tally import completed, merged
from duizhao.reports.tally_json import from_json, json_bytes

TERM = "barn owl"


def owls(lang: Language = "en") -> Result:
    """Two documents about owls with 60 findings; the term of each is one of the glossary."""
    made = sample(60, 2)
    return replace(made, lang=lang, findings=tuple(replace(each, term=TERM) for each in made.findings))


def halves(whole: Result) -> list[Result]:
    """The result in parts of one document each."""
    return [
        replace(
            whole,
            documents=(each,),
            records=tuple(record for record in whole.records if record.document == each.source),
            pairs=tuple(pair for pair in whole.pairs if pair.document == each.source),
            findings=tuple(finding for finding in whole.findings if finding.document == each.source),
            entries=(),
        )
        for each in whole.documents
    ]


def report(whole: Result, per_page: int = 1000) -> tuple[list[PartReport], dict[str, str]]:
    """The report of the parts, and all pages by their path."""
    wanted = wanted_places(whole.entries)
    parts = halves(whole)
    made = [part_report(part, k, len(parts), wanted=wanted, per_page=per_page) for k, part in enumerate(parts, 1)]
    total = completed(merged(part.tally for part in made), whole.entries, whole.scores)
    pages = {"report.html": "".join(render_parts(total, whole.entries, links_together(part.links for part in made)))}
    return made, pages | {path: "".join(pieces) for part in made for path, pieces in part.pages()}


def links_of(page: str) -> list[str]:
    return [value for tag, name, value in Parts(page).values if tag == "a" and name == "href" and value]


def ids_of(page: str) -> set[str]:
    return {value for _, name, value in Parts(page.replace("<noscript>", "")).values if name == "id" and value}


@pytest.mark.parametrize("per_page", [1000, 12])
def test_all_findings_have_one_page_and_all_links_lead_there(per_page: int) -> None:
    whole = owls()
    _, pages = report(whole, per_page)
    firsts = ["report.html", "report_pages/0001001.html", "report_pages/0002001.html"]
    assert [path for path in pages if path in firsts] == firsts and len(pages) == (3 if per_page == 1000 else 7)
    for finding in whole.findings:
        name = f'id="{finding.rule}-{finding.fingerprint}"'
        part = "0001" if finding.document == whole.documents[0].source else "0002"
        assert [PurePosixPath(path).name[:4] for path, page in pages.items() if name in page] == [part]
    ids = {path: ids_of(page) for path, page in pages.items()}
    for path, page in pages.items():
        for link in links_of(page):
            address, _, anchor = link.partition("#")
            target = str(PurePosixPath(path).parent / address) if address else path
            target = target.replace("report_pages/../", "")
            assert target in pages and (not anchor or anchor in ids[target]), (path, link)


def test_the_first_page_says_what_one_page_would() -> None:
    whole = replace(owls(), adequacy=())
    _, pages = report(whole)
    first, one = pages["report.html"], "".join(render_html(whole))
    for kind in ("verdict", "read", "read sure"):
        pattern = f'<p class="{kind}">.*?</p>'
        assert re.findall(pattern, first, re.DOTALL) == re.findall(pattern, one, re.DOTALL) != []
    figures = re.findall("<figure.*?</figure>", first, re.DOTALL)
    assert figures == re.findall("<figure.*?</figure>", one, re.DOTALL) and len(figures) == 6
    # Records and pages are told of in the words of this page.
    assert "The records are listed on the pages of their documents: 6 abstract." in first
    assert "One page a document" not in first and '<section id="findings"' not in first
    assert ["Part 1: 夜/morning.md" in first, "Part 2: evening.md" in first] == [True, True]


def test_the_glossary_names_and_links_the_places() -> None:
    whole = owls()
    made, pages = report(whole)
    links = links_together(part.links for part in made)
    assert wanted_places(whole.entries) == {"0.0", "1.1"}
    # The first pair of one document stands in its second line, the second of the other in its fourth.
    assert dict(links.labels) == {"0.0": "morning.md:2", "1.1": "evening.md:4"}
    assert links.targets["0.0"] == {TERM: "report_pages/0001001.html#N003-000000000000"}
    first = pages["report.html"]
    assert '<a href="report_pages/0001001.html#N003-000000000000">morning.md:2</a>' in first
    assert '<a href="report_pages/0002001.html#T001-100000000001">evening.md:4</a>' in first
    assert from_json(Links, json_bytes(links), "links.json") == links


def test_pages_lead_to_their_neighbours() -> None:
    _, pages = report(owls(), 12)
    beside = {path: re.findall('href="([^"]*)">(?:‹ Page before|Next page ›)', page) for path, page in pages.items()}
    assert beside == {
        "report.html": [],
        "report_pages/0001001.html": ["0001002.html"],
        "report_pages/0001002.html": ["0001001.html", "0001003.html"],
        "report_pages/0001003.html": ["0001002.html", "0002001.html"],
        "report_pages/0002001.html": ["0001001.html", "0002002.html"],
        "report_pages/0002002.html": ["0002001.html", "0002003.html"],
        "report_pages/0002003.html": ["0002002.html"],
    }
    assert all('<a href="../report.html">← All documents</a>' in page for path, page in pages.items() if "/" in path)
    assert "Part 2.3: evening.md" in pages["report_pages/0002003.html"]


def test_pages_are_known_as_ours(tmp_path: Path) -> None:
    _, pages = report(owls(), 12)
    for path, page in pages.items():
        if "/" in path:
            assert _PAGE.fullmatch(PurePosixPath(path).name)
            (tmp_path / PurePosixPath(path).name).write_text(page, encoding="utf-8")
    assert are_pages(tmp_path)


def test_a_part_without_findings_has_a_page_and_one_without_documents_too() -> None:
    quiet = replace(halves(owls())[0], findings=())
    more = replace(quiet, documents=(*quiet.documents, Document("茶/tea.md", "0", "utf-8", "茶")))
    named = [next(iter(part_report(part, 3, 5).links.pages)) for part in (quiet, more)]
    assert [(page.name, page.address, page.counts) for page in named] == [
        ("Part 3: 夜/morning.md", "report_pages/0003001.html", (0, 0, 0)),
        ("Part 3: 夜/morning.md … 茶/tea.md (2 documents)", "report_pages/0003001.html", (0, 0, 0)),
    ]
    empty = part_report(Result((), (), (), (), (), (), (), lang="zh"), 1, 1)
    assert empty.links.pages[0].name == "第 1 部分：无内容"
    [(_, pieces)] = empty.pages()
    assert "没有读到任何内容。" in "".join(pieces)


def test_many_pages_of_one_part_keep_three_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("duizhao.reports.part_report.MOST_PAGES", 2)
    made = part_report(halves(owls())[0], 12345, 12345, per_page=5)
    assert [page.address for page in made.links.pages] == [
        "report_pages/12345001.html", "report_pages/12345002.html",
    ]  # fmt: skip


def test_no_text_of_a_document_becomes_markup() -> None:
    plain, hostile = owls(), owls("zh")
    name = f"{HOSTILE}.md"
    hostile = replace(
        hostile,
        documents=tuple(replace(each, source=name if k else each.source) for k, each in enumerate(plain.documents)),
        records=tuple(replace(each, document=_named(each.document, name)) for each in plain.records),
        pairs=tuple(replace(each, document=_named(each.document, name)) for each in plain.pairs),
        findings=tuple(replace(each, document=_named(each.document, name)) for each in plain.findings),
    )
    (_, expected), (_, pages) = report(plain), report(hostile)
    for path, page in pages.items():
        assert {tag for tag, _ in Parts(page).tags} == {tag for tag, _ in Parts(expected[path]).tags}
        assert "\u202e" not in page


def _named(document: str, name: str) -> str:
    return name if document == "evening.md" else document


def placed(whole: Result) -> list[tuple[Finding, None]]:
    return [(finding, None) for finding in whole.findings]


def test_the_workbook_of_parts_is_that_of_the_whole_where_all_fits() -> None:
    whole = owls("zh")
    made, _ = report(whole)
    total = completed(merged(part.tally for part in made), whole.entries, ())
    labels = links_together(part.links for part in made).labels
    pairs = {pair.id: pair for pair in whole.pairs}
    one, parted = io.BytesIO(), io.BytesIO()
    assert write_glossary_xlsx(one, whole) == 0
    backwards = ((each, pairs.get(each.pair)) for each in reversed(whole.findings))
    assert write_parts_xlsx(parted, total, whole.entries, labels, backwards) == 0
    assert parted.getvalue() == one.getvalue()


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "The sheet Findings has the 25 worst findings; 35 milder ones are not in it. findings.jsonl"),
        ("zh", "Findings 表列出最严重的 25 条问题，另有较轻的 35 条未列入；全部见 findings.jsonl"),
    ],
)
def test_the_workbook_says_what_it_leaves_out(lang: Language, said: str) -> None:
    whole = owls(lang)
    made, _ = report(whole)
    book = io.BytesIO()
    write_parts_xlsx(book, merged(part.tally for part in made), (), {}, iter(placed(whole)), limit=25)
    with zipfile.ZipFile(book) as opened:
        texts = opened.read("xl/sharedStrings.xml").decode("utf-8")
        rows = re.findall(r'<row r="(\d+)"', opened.read("xl/worksheets/sheet3.xml").decode("utf-8"))
    assert said in texts
    assert rows == [f"{row}" for row in range(1, 27)]
    kept = [finding for finding, _ in worst_placed(placed(whole), 25)]
    assert kept == worst_first(whole.findings)[:25] != in_order(whole.findings)[:25]


def test_the_same_parts_give_the_same_bytes() -> None:
    assert report(owls(), 12)[1] == report(owls(), 12)[1]
