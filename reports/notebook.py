"""A result as a notebook shows it: what it amounts to, and the worst findings side by side."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from markupsafe import Markup

from ..corpora import Document, Pair, Record, Span
from ..metrics import Finding
from ..metrics.messages import Language
from ..metrics.rule_words import severity_word
from .marks import document_side, pair_side, shown
from .result import Result
from .summary import (
    clean_pairs,
    count_severities,
    counted,
    in_few_words,
    mend_first,
    rule_name,
    verdict,
    what_was_read,
    worst_first,
)
from .visible import shortened

MOST_BYTES = 50_000  # a notebook keeps every output of every cell in its file
MOST_FINDINGS = 20
_GROUPS = 5
_NOTES = 3
_PLAIN_CARD = 1_600  # bytes that a card takes at most where it shows the marked words alone
_ROOMY_CARD = 6_000  # bytes that a card may take where there is room

_SIGNS = {"error": "◆", "warning": "▲", "note": "●"}


class _Words(NamedTuple):
    """What the frame around the findings says in one language."""

    first: str
    findings: str
    confidence: str
    clean: str
    no_en: str
    no_zh: str
    more: str


_WORDS: Mapping[Language, _Words] = MappingProxyType(
    {
        "en": _Words(
            "Mend these first",
            "Findings, the worst first",
            ", confidence",
            "{read}; {clean} without error or warning.",
            "(no English sentence)",
            "(no Chinese sentence)",
            "{shown} of {all} shown; to_frame() has them all.",
        ),
        "zh": _Words(
            "建议先改",
            "问题（从重到轻）",
            "，把握",
            "{read}，其中 {clean}没有错误和警告。",
            "（没有英文句子）",
            "（没有中文句子）",
            "共 {all}，这里显示 {shown}；全部问题见 to_frame()。",
        ),
    }
)

_LIGHT = "--dz-ink:#1f2329;--dz-ground:#fff;--dz-good:#1d6b3a;--dz-error:#b3261e;--dz-warning:#875200;--dz-note:#2a6070"
_DARK = (
    "--dz-ink:#e8e6e1;--dz-ground:#15171b;--dz-good:#86d5a0;--dz-error:#ff9d92;--dz-warning:#f0bf70;--dz-note:#8acde0"
)
_STYLE = (
    # Some notebooks have a theme of their own that need not be the machine's: what they say goes first.
    f".duizhao-result{{{_LIGHT}}}"
    f"@media (prefers-color-scheme:dark){{.duizhao-result{{{_DARK}}}}}"
    f'[data-jp-theme-light="true"] .duizhao-result,.vscode-light .duizhao-result{{{_LIGHT}}}'
    f'[data-jp-theme-light="false"] .duizhao-result,.vscode-dark .duizhao-result{{{_DARK}}}'
    + """
.duizhao-result{max-width:64rem;padding:.75rem 1rem;color:var(--jp-content-font-color1,var(--dz-ink));\
background:var(--jp-layout-color0,var(--dz-ground));font-size:.875rem;line-height:1.55;text-align:start;\
font-family:var(--jp-content-font-family,system-ui,"Noto Sans","Noto Sans CJK SC",\
"PingFang SC","Microsoft YaHei",sans-serif);overflow-wrap:anywhere}
.duizhao-result p,.duizhao-result ol{margin:0 0 .4em;padding:0;white-space:normal}
.duizhao-result ol{padding-left:1.6em}
.duizhao-result .dz-verdict{font-size:1.3em;line-height:1.3;font-weight:650}
.duizhao-result .dz-title{margin-top:1em;font-weight:650}
.duizhao-result .dz-error{--dz-level:var(--dz-error)}
.duizhao-result .dz-warning{--dz-level:var(--dz-warning)}
.duizhao-result .dz-note{--dz-level:var(--dz-note)}
.duizhao-result .dz-level{color:var(--dz-level);font-weight:600;margin-right:.9em}
.duizhao-result ins{color:var(--dz-good);font-weight:600;text-decoration:none}
.duizhao-result mark{color:inherit;background:none;font-weight:600;text-decoration:underline 2px var(--dz-level);\
text-underline-offset:.2em}
.duizhao-result .dz-card{margin:0 0 .75em;padding:.1em 0 .1em .8em;border-left:3px solid var(--dz-level)}
.duizhao-result .dz-sides{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(18rem,100%),1fr));gap:0 1.5rem}
"""
)


def notebook_html(result: Result) -> str:
    """The result as HTML for the output of a notebook cell: verdict, counts, what to mend first, 20 findings.

    At most 50,000 bytes of UTF-8 whatever the texts: long ones are cut with "…", and where sentences would not fit the
    marked words stand alone. Everything is escaped; classes and rules of style are its own; the same bytes for the
    same result.

    >>> notebook_html(Result((), (), (), (), (), (), ())).count("Nothing was read.")
    1
    """
    words = _WORDS[result.lang]
    pieces = [
        Markup('<div class="duizhao-result" lang="%s"><style>%s</style>') % (result.lang, Markup(_STYLE)),
        Markup('<p class="dz-verdict">%s</p>') % _brief(verdict(result), 900),
        _counts(result),
    ]
    pieces += [Markup("<p>%s</p>") % _brief(note, 300) for note in result.notes[:_NOTES]]
    groups = [_brief(in_few_words(group, lang=result.lang), 300) for group in mend_first(result.findings, _GROUPS)]
    if groups:
        pieces.append(Markup('<p class="dz-title">%s</p><ol>') % words.first)
        pieces += [Markup("<li>%s</li>") % group for group in groups]
        pieces.append(Markup('</ol><p class="dz-title">%s</p>') % words.findings)
    left = MOST_BYTES - 500 - _size(Markup("").join(pieces))  # 500 for what stands below
    pieces += _cards(result, worst_first(result.findings)[:MOST_FINDINGS], left)
    if len(result.findings) > MOST_FINDINGS:
        every = counted(len(result.findings), "finding", result.lang)
        some = f"{MOST_FINDINGS}" if result.lang == "en" else f"{MOST_FINDINGS} 个"
        pieces.append(Markup("<p>%s</p>") % words.more.format(shown=some, all=every))
    return str(Markup("\n").join([*pieces, Markup("</div>\n")]))


def _counts(result: Result) -> Markup:
    words = _WORDS[result.lang]
    levels = [
        Markup('<span class="dz-level dz-%s">%s %s</span> ')
        % (severity, _SIGNS[severity], counted(count, severity, result.lang))
        for severity, count in count_severities(result.findings).items()
    ]
    read = ""
    if result.pairs:
        clean = f"{clean_pairs(result):,}" + (" 个" if result.lang == "zh" else "")
        read = words.clean.format(read=what_was_read(result), clean=clean)
    return Markup("<p>%s%s</p>") % (Markup("").join(levels), read)


def _cards(result: Result, findings: list[Finding], left: int) -> list[Markup]:
    """One card a finding, together at most `left` bytes: each as full as the room allows that the others leave."""
    wanted = {finding.pair for finding in findings}
    pairs = {pair.id: pair for pair in result.pairs if pair.id in wanted}
    records = {record.id: record for record in result.records}
    documents = {document.source: document for document in result.documents}
    made: list[Markup] = []
    for number, finding in enumerate(findings):
        room = min(left - (len(findings) - number - 1) * _PLAIN_CARD, _ROOMY_CARD)
        document = documents.get(finding.document)
        forms = (
            _sides(finding, pairs.get(finding.pair), records.get(finding.record), document),
            (_around(document, finding.span_en, finding.en), _around(document, finding.span_zh, finding.zh)),
        )
        cards = (_card(result.lang, finding, sides) for sides in forms)
        plain = _marked_words(finding.en), _marked_words(finding.zh)
        card = next((card for card in cards if _size(card) < room), None) or _card(result.lang, finding, plain)
        left -= _size(card) + 1
        made.append(card)
    return made


def _card(lang: Language, finding: Finding, sides: tuple[Markup, Markup]) -> Markup:
    words = _WORDS[lang]
    name = re.split(r"[/\\]", finding.document)[-1]
    change = Markup("")
    if finding.expected:
        change = Markup("<p>%s → <ins>%s</ins></p>") % (_brief(finding.found, 120), _brief(finding.expected, 120))
    en, zh = sides
    if en or zh:
        no_en, no_zh = (Markup('<span lang="%s">%s</span>') % (lang, text) for text in (words.no_en, words.no_zh))
        both = Markup('<div class="dz-sides"><p lang="en">%s</p><p lang="zh">%s</p></div>') % (en or no_en, zh or no_zh)
    else:
        both = Markup("")
    return Markup(
        '<div class="dz-card dz-%s"><p><span class="dz-level">%s %s %s</span> %s:%d:%d%s %.2f</p>'
        "<p><strong>%s</strong></p>%s%s</div>"
    ) % (
        finding.severity,
        _SIGNS[finding.severity],
        severity_word(finding.severity, lang),
        _brief(rule_name(finding.rule, lang), 90),
        _brief(name, 120),
        finding.line,
        finding.column,
        words.confidence,
        finding.confidence,
        _brief(finding.message, 400),
        change,
        both,
    )


def _sides(
    finding: Finding, pair: Pair | None, record: Record | None, document: Document | None
) -> tuple[Markup, Markup]:
    """Both sides in full: those of the pair, else the lines of the document, else the titles of the record."""
    if pair is not None:
        en = pair_side(pair.en, pair.spans_en, finding.span_en, finding.en)
        return en, pair_side(pair.zh, pair.spans_zh, finding.span_zh, finding.zh)
    if finding.span_en or finding.span_zh:
        return _around(document, finding.span_en, finding.en), _around(document, finding.span_zh, finding.zh)
    if record is not None:
        return _brief(record.title_en or "", 600), _brief(record.title_zh or "", 600)
    return Markup(""), Markup("")


def _around(document: Document | None, span: Span | None, words: str) -> Markup:
    return document_side(document, span) if document is not None and span else _marked_words(words)


def _marked_words(words: str) -> Markup:
    return Markup("<mark>%s</mark>") % _brief(words, 200) if words else Markup("")


def _brief(text: str, most: int) -> Markup:
    """The text on one line as HTML of at most `most` bytes, cut with "…"."""
    limit = most
    line = shortened(text, limit)
    html = shown(line)
    while _size(html) > most:
        limit = limit * 3 // 4
        html = shown(shortened(line, limit))
    return html


def _size(html: Markup) -> int:
    return len(html.encode("utf-8"))
