"""The report as one web page that needs nothing but itself: no network, no other file, no script to be read."""

from collections.abc import Iterator
from functools import cache

from jinja2 import Template
from markupsafe import Markup

from ..metrics import RULES, SEVERITIES
from . import page
from .charts import rule_bars, score_bars
from .glossary_page import glossary_sections
from .result import Result
from .summary import (
    clean_pairs,
    count_lines,
    count_rules,
    count_severities,
    counted,
    mend_first,
    verdict,
    what_was_read,
)
from .visible import shortened
from .web_page import page_script, page_style, page_template

MOST_FINDINGS = 20_000  # measured: beyond it a page takes seconds to open


def page_title(result: Result) -> str:
    """The title of the page: "duizhao 对照" and how many errors and warnings."""
    counts = count_severities(result.findings)
    return f"duizhao 对照: {counted(counts['error'], 'error')}, {counted(counts['warning'], 'warning')}"


def render_html(result: Result, *, limit: int = MOST_FINDINGS) -> Iterator[str]:
    """The page, in pieces to write one after another; the same bytes for the same result.

    Of more than `limit` findings the mildest are left out, and the page says so. All text of documents is
    escaped, characters that do not show are shown as code points, and the page's own rules for the browser
    (Content-Security-Policy) allow no script but its own.
    """
    stream = _template().stream(_context(result, limit))
    stream.enable_buffering(500)
    yield from stream


@cache
def _template() -> Template:
    return page_template("report.html.j2", {"as_id": page.as_id}, {"counted": counted})


def _context(result: Result, limit: int) -> dict[str, object]:
    findings = page.worst_first(result.findings, limit)
    cards = page.cards(result, findings)
    script = page_script("report.js")
    # subtle: findings are frozen and may be equal; only identity tells two equal ones apart.
    ids = {id(card.finding): card.id for card in cards}
    firsts: dict[str, str] = {}
    for card in cards:
        firsts.setdefault(card.finding.rule, card.id)
    glossary = glossary_sections(result, cards)
    return {
        "result": result,
        "title": page_title(result),
        "verdict": verdict(result),
        "read": what_was_read(result),
        "style": page_style("report.css"),
        "script": script.text,
        "script_hash": script.allowed,
        "counts": count_severities(result.findings),
        "touched": {
            severity: len({each.record for each in result.findings if each.severity == severity})
            for severity in SEVERITIES
        },
        "clean": clean_pairs(result),
        "slugs": {code: rule.slug for code, rule in RULES.items()},
        "gap_en": Markup('<span class="soft">(no English sentence)</span>'),
        "gap_zh": Markup('<span class="soft" lang="en">(no Chinese sentence)</span>'),
        "groups": [
            (group, next((ids[id(each)] for each in group.findings if id(each) in ids), ""))
            for group in mend_first(result.findings)
        ],
        "cards": cards,
        "rules": [(code, RULES.get(code), count, firsts.get(code, "")) for code, count in count_rules(result.findings)],
        "silent": [rule for code, rule in RULES.items() if code not in firsts],
        "glossary": glossary,
        "terms_shown": sum(len(section.entries) for section in glossary),
        "records": page.record_rows(result, cards),
        "unread": page.unread(result),
        "lines": count_lines(result.leftovers),
        "score_bars": score_bars(result.pairs),
        "rule_bars": rule_bars(result.findings),
        "choices": _choices(result, cards),
    }


def _choices(result: Result, cards: list[page.Card]) -> list[tuple[int, str, int, list[tuple[int, str, int]]]]:
    """Each document with findings, and under it each record with findings, for the box that chooses one."""
    by_document: dict[int, list[page.Card]] = {}
    for card in cards:
        by_document.setdefault(card.document, []).append(card)
    choices = []
    for document, members in sorted(by_document.items()):
        by_record: dict[int, int] = {}
        for card in members:
            by_record[card.record] = by_record.get(card.record, 0) + 1
        rows = []
        for number, count in sorted(by_record.items()):
            if number >= 0:
                record = result.records[number]
                name = f"{page.record_label(record, number)} {record.title_zh or record.title_en or ''}"
                rows.append((number, shortened(name, 40), count))
        source = result.documents[document].source if document >= 0 else "elsewhere"
        choices.append((document, source, len(members), rows))
    return choices
