"""The report as one web page that needs nothing but itself: no network, no other file, no script to be read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from typing import NamedTuple

from jinja2 import Template
from markupsafe import Markup

from ..metrics import RULES, SEVERITIES, Severity
from ..metrics.rule_words import RuleWords, rule_words, severity_word
from . import figures, page
from .glossary_page import SectionRows, glossary_sections
from .marks import as_id
from .page_words import PageWords
from .result import Result
from .rows import Rows, finding_cards, finding_rows
from .summary import as_tally, counted, rule_name, verdict, what_was_read
from .tally import Tally, tally_of
from .tally_findings import heaviest
from .text import kind_word, rule_counts
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
    what a page of several shows, `up` the address of the page above it, `beside` the words and addresses of those
    before and after it, `pages` those below; `words` are said instead of the page's own. `decisions_at` is the address
    that decisions are sent to; where there is none, the page keeps them in the browser.
    """

    addresses: dict[int, str]
    part: str = ""
    up: str = ""
    pages: tuple["PageLink", ...] = ()
    decisions_at: str = ""
    beside: tuple[tuple[str, str], ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)


class PageLink(NamedTuple):
    """One page of several: what it shows, where it is, and what was found there."""

    name: str
    address: str
    counts: Mapping[Severity, int]


class Body(NamedTuple):
    """What a page shows of the texts themselves: rows of findings, of records and of the glossary.

    `result` has the records and documents that the rows are of, `shown` is how many findings have an address.
    """

    result: Result
    rows: Rows
    shown: int
    records: list[page.RecordRow]
    choices: list[page.DocumentChoice]
    glossary: list[SectionRows]


def page_title(given: Result | Tally) -> str:
    """The title of the page: "duizhao 对照" and how many errors and warnings.

    >>> page_title(Result((), (), (), (), (), (), ()))
    'duizhao 对照: 0 errors, 0 warnings'
    """
    tally = as_tally(given)
    errors, warnings, _ = map(counted, tally.found.severities, SEVERITIES, (tally.lang,) * len(SEVERITIES))
    return f"duizhao 对照: {errors}, {warnings}" if tally.lang == "en" else f"duizhao 对照：{errors}，{warnings}"


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
    words = PageWords(result.lang)
    shown = [card.finding for card in finding_cards(result.findings) if id(card.finding) in frame.addresses]
    body = Body(
        result,
        rows,
        len(shown),
        page.record_rows(result, rows.rows, words),
        page.choices(result, rows.rows, words),
        glossary_sections(result, ((finding, frame.addresses[id(finding)]) for finding in shown)),
    )
    yield from page_with(tally_of(result, frame.addresses, homes_in(result, rows)), body, frame)


def page_with(tally: Tally, body: Body, frame: Frame) -> Iterator[str]:
    """One page of a tally with this body."""
    stream = _template().stream(_context(tally, body, frame))
    stream.enable_buffering(500)
    yield from stream


def homes_in(result: Result, rows: Rows, address: str = "") -> dict[str, str]:
    """Where the records that have rows begin on the page with this address, by id."""
    shown = {row.record for row in rows.rows}
    return {record.id: f"{address}#r{number}" for number, record in enumerate(result.records) if number in shown}


@cache
def _template() -> Template:
    return page_template("report.html.j2", {"as_id": as_id}, {})


def _context(tally: Tally, body: Body, frame: Frame) -> dict[str, object]:
    lang, t = tally.lang, PageWords(tally.lang)
    script = page_script(*SCRIPTS)
    rows, found = body.rows, tally.found
    return {
        "result": body.result,
        "tally": tally,
        "said": frame.words,
        "lang": "zh-Hans" if lang == "zh" else "en",
        "t": t,
        "counted": partial(counted, lang=lang),
        "rule_name": partial(rule_name, lang=lang),
        "severity_word": partial(_severity, lang=lang),
        "kind_word": partial(kind_word, lang=lang),
        "made_word": t.made,
        "label": partial(page.record_label, words=t),
        "title": page_title(tally),
        "verdict": verdict(tally),
        "read": what_was_read(tally),
        "style": page_style("report.css", "findings.css", "figures.css"),
        "script": script.text,
        "script_hash": script.allowed,
        "decisions_at": frame.decisions_at,
        "part": frame.part,
        "up": frame.up,
        "beside": frame.beside,
        "pages": frame.pages,
        "counts": dict(zip(SEVERITIES, found.severities, strict=True)),
        "touched": {s: n + (s in found.loose) for s, n in zip(SEVERITIES, found.touched, strict=True)},
        "sure": _sure(tally, t),
        "headline": [score for score in tally.scores if score.kind == "quality"][:2],
        "groups": heaviest(found.groups.values()),
        "rows": rows,
        "shown_findings": body.shown,
        "has_clean": any(not row.cards for row in rows.rows),
        "touched_heads": {(row.record, row.document) for row in rows.rows if row.cards},
        "choices": body.choices,
        "gap_en": Markup('<span class="soft" lang="%s">%s</span>') % (lang, t("no_en")),
        "gap_zh": Markup('<span class="soft" lang="%s">%s</span>') % (lang, t("no_zh")),
        "rules": _rules(tally),
        "silent": _silent(tally),
        "glossary": body.glossary,
        "terms": sum(tally.terms.values()),
        "terms_shown": sum(len(section.entries) for section in body.glossary),
        "records": body.records,
        "unread": page.unread(tally),
        **_charts(tally),
    }


def _charts(tally: Tally) -> dict[str, Markup]:
    lang, aligned = tally.lang, tally.aligned
    return {
        "score_chart": figures.interval_figure(tally.scores, lang),
        "rule_chart": figures.rule_figure(tally.found, lang),
        "document_chart": figures.documents_drawn(tally.found, tally.documents - tally.faulty, lang),
        "bead_chart": figures.bead_figure(aligned, lang),
        "probability_chart": figures.probability_figure(aligned, lang),
        "likeness_chart": figures.likeness_figure(aligned, lang),
        "ratio_chart": figures.ratio_figure(aligned, lang),
        "adequacy_chart": figures.adequacy_figure(aligned, lang),
    }


def _severity(severity: Severity, count: int = 1, *, lang: str) -> str:
    word = severity_word(severity, "zh" if lang == "zh" else "en")
    return word if count == 1 or lang == "zh" else f"{word}s"


def _sure(tally: Tally, t: PageWords) -> str:
    """How many of the errors and of the warnings are surely such; "" where there are none."""
    said = [
        t("sure_of", part=f"{part:,}", whole=counted(count, severity, tally.lang))
        for severity, count, part in zip(SEVERITIES, tally.found.severities, tally.found.sure, strict=True)
        if count and severity != "note"
    ]
    return (", " if tally.lang == "en" else "，").join(said)


def _rules(tally: Tally) -> list[RuleRow]:
    rows = []
    for code, count in rule_counts(tally):
        words = rule_words(code, tally.lang) if code in RULES else None
        rows.append(RuleRow(code, words.name if words else "", words, count, tally.found.firsts[code].target))
    return rows


def _silent(tally: Tally) -> str:
    """The names of the rules that were applied to all documents and found nothing."""
    found = {*tally.found.rules, *tally.partly}
    names = [rule_name(code, tally.lang) for code in tally.rules if code not in found]
    return (", " if tally.lang == "en" else "、").join(names)
