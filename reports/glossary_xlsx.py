"""The glossary and the findings as a workbook in which people decide; `duizhao review` reads the decisions back."""

import datetime
import heapq
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, BinaryIO, NamedTuple, TypeVar

from ..corpora import Pair
from ..metrics import SECTIONS, SEVERITIES, Entry, Finding, Rendering
from ..metrics.messages import Language
from .glossary_sections import in_sections, shares, status_words
from .how_to_read import how_to_read
from .places import Places
from .result import Result
from .sides import side_text, span_in_side
from .summary import as_tally, what_was_read
from .tally import Tally
from .tally_findings import place_of
from .workbook_cells import TextCells

DECISIONS = ("accept", "reject", "later")
MOST_PLACES = 5  # named for one rendering
MOST_FINDINGS = 20_000  # of a corpus in parts
ROWS = 1_048_575  # under the header: Excel's own

# Columns with their widths in characters; together they fit a laptop (1,366 pixels). Width 0: hidden.
TERMS = {
    **{"section": 12, "term": 18, "wanted": 12, "rendering": 12, "count": 7, "share": 7, "records": 8, "status": 11},
    **{"where": 16, "example en": 28, "example zh": 24, "decision": 10, "comment": 14, "fingerprint": 0},
}
FINDINGS = {
    **{"rule": 7, "severity": 9, "document": 16, "line": 6, "en": 32, "zh": 28, "message": 34, "wanted": 12},
    **{"decision": 10, "comment": 16, "fingerprint": 0},
}
# Ink and ground as on the page; the words say the same.
_COLOURS = {
    **{"mismatch": ("#9C1C14", "#FDE4E0"), "inconsistent": ("#704400", "#FDECCB")},
    **{"new": ("#1F4E5C", "#DFF0F4"), "consistent": ("#17572F", "#E0F2E6")},
    **{"error": ("#9C1C14", "#FDE4E0"), "warning": ("#704400", "#FDECCB"), "note": ("#1F4E5C", "#DFF0F4")},
}

T = TypeVar("T")
Marks = Mapping[tuple[str, str], tuple[str, str]]
_NONE: Marks = MappingProxyType({})


Placed = tuple[Finding, Pair | None]  # a finding, and the pair it is in


class _Book(NamedTuple):
    """One workbook while it is written: its formats, the language of the words, and what places are called."""

    book: Any
    cells: TextCells
    forms: dict[str, Any]
    lang: Language
    label: Callable[[str], str]
    marks: Marks


def write_glossary_xlsx(handle: BinaryIO, result: Result, name: str = "glossary.xlsx", marks: Marks = _NONE) -> int:
    """The number of texts that were cut because a cell can not hold them; the workbook says so too.

    The sheets: how to read it, one row a rendering (the most often wrong term first), one row a finding (by place);
    more rows than a sheet can have go on in "Terms 2". Every text is text, no cell a formula or a link. `name` is
    what the file will be called. `marks` are decisions and comments of an earlier one, by sheet and fingerprint.
    The same result gives the same bytes.
    """
    pairs = {pair.id: pair for pair in result.pairs}
    findings = sorted(((each, pairs.get(each.pair)) for each in result.findings), key=lambda item: place_of(item[0]))
    return _write(handle, as_tally(result), result.entries, Places(result).label, findings, name, marks)


def write_parts_xlsx(
    handle: BinaryIO,
    tally: Tally,
    entries: Sequence[Entry],
    labels: Mapping[str, str],
    findings: Iterable[Placed],
    name: str = "glossary.xlsx",
    marks: Marks = _NONE,
    limit: int = MOST_FINDINGS,
) -> int:
    """The same of a corpus in parts, whose findings, each with its pair, are taken one by one and not kept.

    Of more than `limit` findings the worst are in the sheet, and the workbook says how many are not. `labels` are the
    names of the places, by id (`part_report.Links`).
    """
    worst = sorted(worst_placed(findings, limit), key=lambda item: place_of(item[0]))
    return _write(handle, tally, entries, lambda place: labels.get(place, place), worst, name, marks)


def worst_placed(findings: Iterable[Placed], limit: int = MOST_FINDINGS) -> list[Placed]:
    """At most `limit` of the findings, the worst first: by severity, then confidence, then place."""
    return heapq.nsmallest(limit, findings, key=lambda item: _gravity(item[0]))


def _gravity(finding: Finding) -> tuple[int, float, tuple[str, int, int, str, str, str]]:
    return SEVERITIES.index(finding.severity), -finding.confidence, place_of(finding)


def _write(
    handle: BinaryIO,
    tally: Tally,
    entries: Sequence[Entry],
    label: Callable[[str], str],
    findings: Sequence[Placed],
    name: str,
    marks: Marks,
) -> int:
    import xlsxwriter  # slow to import, and only this writer asks for it

    book = xlsxwriter.Workbook(handle, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime.datetime(2000, 1, 1), "title": "duizhao"})
    forms = {each: book.add_format(look) for each, look in _looks().items()}
    cells = TextCells(forms["plain"], forms["words"])
    made = _Book(book, cells, forms, tally.lang, label, marks)
    first = book.add_worksheet("How to read")
    terms = [
        (entry, rendering, share)
        for section in in_sections(entries).values()
        for entry in section
        for rendering, share in zip(entry.renderings, shares(entry), strict=True)
    ]
    _sheets(made, "Terms", TERMS, terms, _write_term)
    _sheets(made, "Findings", FINDINGS, findings, _write_finding)
    left = max(0, len(tally.found) - len(findings))
    lines = how_to_read(tally.lang, name, _read(tally), MOST_PLACES, cells.cut, (len(findings), left))
    _write_first(made, first, lines)
    book.close()
    return cells.cut


def _looks() -> dict[str, dict[str, Any]]:
    cell = {"text_wrap": True, "valign": "top"}
    return {
        "plain": {},
        "words": {"bold": True, "font_color": "#B3261E"},
        "cell": cell,
        "strong": {**cell, "bold": True},
        "number": {**cell, "num_format": "#,##0"},
        "share": {**cell, "num_format": "0%"},
        "header": {**cell, "bold": True, "bg_color": "#E2DFD6", "bottom": 1},
        "title": {"bold": True, "font_size": 13, "valign": "top"},
        "command": {"font_name": "Consolas", "valign": "top"},
        **{
            name: {**cell, "bold": True, "font_color": _COLOURS[name][0], "bg_color": _COLOURS[name][1]}
            for name in (*SECTIONS, *SEVERITIES)
        },
    }


def _sheets(
    made: _Book, name: str, columns: dict[str, int], rows: Sequence[T], write: Callable[[_Book, Any, int, T], str]
) -> None:
    """The rows on one sheet, or on as many as it takes; one with a header alone where there are none."""
    for number, start in enumerate(range(0, max(1, len(rows)), ROWS), 1):
        sheet = made.book.add_worksheet(name if number == 1 else f"{name} {number}")
        some = rows[start : start + ROWS]
        for column, (title, width) in enumerate(columns.items()):
            sheet.write_string(0, column, title, made.forms["header"])
            sheet.set_column(column, column, width or 14, made.forms["cell"], {} if width else {"hidden": True})
        for row, item in enumerate(some, 1):
            mark = made.marks.get((name, write(made, sheet, row, item)))
            if mark:
                for title, text in zip(("decision", "comment"), mark, strict=True):
                    made.cells.write(sheet, row, list(columns).index(title), text, made.forms["cell"])
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, len(some)), len(columns) - 1)
        decision = list(columns).index("decision")
        sheet.data_validation(1, decision, max(1, len(some)), decision, {"validate": "list", "source": list(DECISIONS)})
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)


def _write_term(made: _Book, sheet: Any, row: int, item: tuple[Entry, Rendering, float]) -> str:
    entry, each, share = item
    cells, forms = made.cells, made.forms
    example = each.examples[0] if each.examples else None
    cells.write(sheet, row, 0, entry.section, forms[entry.section])
    cells.write(sheet, row, 1, each.term, forms["strong"])
    cells.write(sheet, row, 2, each.expected or entry.expected, forms["cell"])
    cells.write(sheet, row, 3, each.zh, forms["strong"])
    sheet.write_number(row, 4, each.count, forms["number"])
    sheet.write_number(row, 5, round(share, 6), forms["share"])
    sheet.write_number(row, 6, each.records, forms["number"])
    cells.write(sheet, row, 7, status_words(each, entry.section, made.lang), forms["cell"])
    labels = [made.label(place) for place in each.places[:MOST_PLACES]]
    more = [f"+{len(each.places) - len(labels):,}"] if len(each.places) > len(labels) else []
    cells.write(sheet, row, 8, "\n".join(dict.fromkeys([*labels, *more])), forms["cell"])
    if example:
        cells.write_marked(sheet, row, 9, example.en, example.span_en, forms["cell"])
        cells.write_marked(sheet, row, 10, example.zh, example.span_zh, forms["cell"])
    cells.write(sheet, row, 13, each.fingerprint, forms["cell"])
    return each.fingerprint


def _write_finding(made: _Book, sheet: Any, row: int, item: Placed) -> str:
    finding, pair = item
    cells, form = made.cells, made.forms["cell"]
    cells.write(sheet, row, 0, finding.rule, made.forms["strong"])
    cells.write(sheet, row, 1, finding.severity, made.forms[finding.severity])
    cells.write(sheet, row, 2, finding.document, form)
    sheet.write_number(row, 3, finding.line, made.forms["number"])
    if pair is None:
        cells.write(sheet, row, 4, finding.en, made.forms["strong"])
        cells.write(sheet, row, 5, finding.zh, made.forms["strong"])
    else:
        span_en = span_in_side(pair.en, pair.spans_en, finding.span_en, finding.en)
        span_zh = span_in_side(pair.zh, pair.spans_zh, finding.span_zh, finding.zh, joint="")
        cells.write_marked(sheet, row, 4, side_text(pair.en), span_en, form)
        cells.write_marked(sheet, row, 5, side_text(pair.zh, joint=""), span_zh, form)
    cells.write(sheet, row, 6, finding.message, form)
    cells.write(sheet, row, 7, finding.expected, form)
    cells.write(sheet, row, 10, finding.fingerprint, form)
    return finding.fingerprint


def _write_first(made: _Book, sheet: Any, lines: Iterable[tuple[str, str]]) -> None:
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 4)
    sheet.set_column(1, 1, 110, made.forms["cell"])
    for row, (mark, text) in enumerate(lines):
        if mark.isdigit():
            sheet.write_number(row, 0, int(mark), made.forms["cell"])
        look = {"#": "title", ">": "command"}.get(mark, "cell")
        made.cells.write(sheet, row, 1, text, made.forms[look])


def _read(tally: Tally) -> str:
    if tally.lang == "en":
        return what_was_read(tally)
    return f" {tally.record_count:,} 条记录、{tally.pairs:,} 个句对"
