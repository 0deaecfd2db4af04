"""The report as one web page that needs nothing but itself: no network, no other file, no script to be read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import NamedTuple

from jinja2 import Template
from markupsafe import Markup

from ..metrics import RULES, SEVERITIES, Finding, Severity
from ..metrics.rule_words import RuleWords, rule_words, severity_word
from . import figures, page
from .glossary_page import glossary_sections
from .marks import as_id
from .page_words import PageWords
from .result import Result
from .rows import Rows, finding_cards, finding_rows
from .summary import (
    clean_pairs,
    count_lines,
    count_rules,
    count_severities,
    counted,
    mend_first,
    rule_name,
    verdict,
    what_was_read,
)
from .text import kind_word
from .web_page import page_script, page_style, page_template

MOST_FINDINGS = 20_000  # measured: beyond it a page takes seconds to open
SCRIPTS = ("findings.js", "decisions.js", "glossary.js", "report.js")


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule that found something; `words` is None for one that we do not know, `target` its first finding."""

    code: str
    name: str
    words: RuleWords | None
    count: int
    target: str


@dataclass(frozen=True, slots=True)
class Frame:
    """How a page stands among others.

    `addresses` say where each of its findings is shown, by `id()`: findings are frozen and may be equal. `part` is
    what a page of several shows, `up` the address of the page above it, `pages` those below. `decisions_at` is the
    address that decisions are sent to; where there is none, the page keeps them in the browser.
    """

    addresses: dict[int, str]
    part: str = ""
    up: str = ""
    pages: tuple["PageLink", ...] = ()
    decisions_at: str = ""


class PageLink(NamedTuple):
    """One page of several: what it shows, where it is, and what was found there."""

    name: str
    address: str
    counts: dict[Severity, int]


def page_title(result: Result) -> str:
    """The title of the page: "duizhao 对照" and how many errors and warnings."""
    counts = count_severities(result.findings)
    grave = [counted(counts[severity], severity, result.lang) for severity in SEVERITIES if severity != "note"]
    return f"duizhao 对照: {grave[0]}, {grave[1]}" if result.lang == "en" else f"duizhao 对照：{grave[0]}，{grave[1]}"


def render_html(result: Result, *, limit: int = MOST_FINDINGS, decisions_at: str = "") -> Iterator[str]:
    """The page, in pieces to write one after another; the same bytes for the same result.

    Of more than `limit` findings the mildest are left out, and the page says so. What people decide about findings
    stays in their browser, or is sent to `decisions_at`, an address relative to the page. All text of documents is
    escaped, characters that do not show are shown as code points, and the page's own rules for the browser
    (Content-Security-Policy) allow no script but its own.
    """
    rows = finding_rows(result, page.shown_findings(result.findings, limit))
    addresses = {id(card.finding): f"#{card.id}" for card in rows.cards}
    yield from page_of(result, rows, Frame(addresses, decisions_at=decisions_at))


def page_of(result: Result, rows: Rows, frame: Frame) -> Iterator[str]:
    """One page with these rows."""
    stream = _template().stream(_context(result, rows, frame))
    stream.enable_buffering(500)
    yield from stream


@cache
def _template() -> Template:
    return page_template("report.html.j2", {"as_id": as_id}, {})


def _context(result: Result, rows: Rows, frame: Frame) -> dict[str, object]:
    lang, t = result.lang, PageWords(result.lang)
    script = page_script(*SCRIPTS)
    shown = [card.finding for card in finding_cards(result.findings) if id(card.finding) in frame.addresses]
    glossary = glossary_sections(result, ((finding, frame.addresses[id(finding)]) for finding in shown))
    found = _rules(result, shown, frame)
    return {
        "result": result,
        "lang": "zh-Hans" if lang == "zh" else "en",
        "t": t,
        "counted": partial(counted, lang=lang),
        "rule_name": partial(rule_name, lang=lang),
        "severity_word": partial(_severity, lang=lang),
        "kind_word": partial(kind_word, lang=lang),
        "made_word": t.made,
        "label": partial(page.record_label, words=t),
        "title": page_title(result),
        "verdict": verdict(result),
        "read": what_was_read(result),
        "style": page_style("report.css", "findings.css", "figures.css"),
        "script": script.text,
        "script_hash": script.allowed,
        "decisions_at": frame.decisions_at,
        "part": frame.part,
        "up": frame.up,
        "pages": frame.pages,
        "counts": count_severities(result.findings),
        "touched": {s: len({each.record for each in result.findings if each.severity == s}) for s in SEVERITIES},
        "clean": clean_pairs(result),
        "sure": _sure(result, t),
        "headline": [score for score in result.scores if score.kind == "quality"][:2],
        "lines": count_lines(result.leftovers),
        "groups": [(group, _first(group.findings, frame)) for group in mend_first(result.findings)],
        "rows": rows,
        "shown_findings": len(shown),
        "has_clean": any(not row.cards for row in rows.rows),
        "touched_heads": {(row.record, row.document) for row in rows.rows if row.cards},
        "choices": page.choices(result, rows.rows, t),
        "gap_en": Markup('<span class="soft" lang="%s">%s</span>') % (lang, t("no_en")),
        "gap_zh": Markup('<span class="soft" lang="%s">%s</span>') % (lang, t("no_zh")),
        "rules": found,
        "silent": _silent(result),
        "glossary": glossary,
        "terms_shown": sum(len(section.entries) for section in glossary),
        "records": page.record_rows(result, rows.rows, t),
        "doubtful": _doubtful(result, rows),
        "unread": page.unread(result),
        **_charts(result),
    }


def _charts(result: Result) -> dict[str, Markup]:
    lang = result.lang
    return {
        "score_chart": figures.interval_figure(result.scores, lang),
        "rule_chart": figures.rule_figure(result.findings, lang),
        "document_chart": figures.document_figure(result.findings, result.documents, lang),
        "bead_chart": figures.bead_figure(result.pairs, lang),
        "probability_chart": figures.probability_figure(result.pairs, lang),
        "likeness_chart": figures.likeness_figure(result.pairs, lang),
        "ratio_chart": figures.ratio_figure(result.pairs, lang),
        "adequacy_chart": figures.adequacy_figure(result.adequacy, lang),
    }


def _severity(severity: Severity, count: int = 1, *, lang: str) -> str:
    word = severity_word(severity, "zh" if lang == "zh" else "en")
    return word if count == 1 or lang == "zh" else f"{word}s"


def _sure(result: Result, t: PageWords) -> str:
    """How many of the errors and of the warnings are surely such; "" where there are none."""
    counts, sure = count_severities(result.findings), page.sure_counts(result.findings)
    said = [
        t("sure_of", part=f"{part:,}", whole=counted(counts[severity], severity, result.lang))
        for severity, part in sure.items()
        if counts[severity]
    ]
    return (", " if result.lang == "en" else "，").join(said)


def _first(findings: Iterable[Finding], frame: Frame) -> str:
    """The address of the first of these findings that is shown, "" where none is."""
    return next((frame.addresses[id(each)] for each in findings if id(each) in frame.addresses), "")


def _rules(result: Result, shown: Iterable[Finding], frame: Frame) -> list[RuleRow]:
    first: dict[str, str] = {}
    for finding in shown:
        first.setdefault(finding.rule, frame.addresses[id(finding)])
    rows = []
    for code, count in count_rules(result.findings):
        words = rule_words(code, result.lang) if code in RULES else None
        rows.append(RuleRow(code, words.name if words else "", words, count, first.get(code, "")))
    return rows


def _silent(result: Result) -> str:
    """The names of the rules that were applied to all documents and found nothing."""
    found = {finding.rule for finding in result.findings}.union(*result.ignored.values())
    names = [rule_name(code, result.lang) for code in result.rules if code not in found]
    return (", " if result.lang == "en" else "、").join(names)


def _doubtful(result: Result, rows: Rows) -> list[tuple[object, str]]:
    """The pairs that the aligner is least sure of, each with the number of its record where the page has rows of it."""
    numbers = {record.id: number for number, record in enumerate(result.records)}
    shown = {row.record for row in rows.rows}
    return [
        (pair, str(numbers[pair.record]) if numbers.get(pair.record) in shown else "")
        for pair in page.least_sure(result.pairs)
    ]
