"""The findings as Markdown, for a merge request, an issue or the summary of a job."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple, TextIO

from ..metrics import SEVERITIES, Finding, Score
from ..metrics.messages import Language
from ..metrics.rule_words import severity_word
from .glossary_markdown import escaped
from .result import Result
from .summary import count_severities, counted, in_order, mend_first, rule_name, verdict, worst_first
from .text import kind_word
from .visible import labelled, shortened

MOST_ROWS = 200  # findings in the tables: GitHub takes 65,536 characters for an issue
MOST_SCORES = 10
MOST_NOTES = 5
_DOCUMENTS = 5  # named in the line about what is left out
_WORDS = 60  # characters shown of what was found, and of what is wanted
_NAME = 100  # of a name
_SENTENCE = 300  # of a message, or a note
_SIGNATURE = 250
_VERDICT = 500


class _Words(NamedTuple):
    first: str
    findings: str
    scores: str
    notes: str
    heads_first: tuple[str, ...]
    heads: tuple[str, ...]
    left: str
    elsewhere: str
    more: str
    wanted: str
    compared: str
    comma: str
    stop: str


_EN = _Words(
    *("Mend these first", "Findings", "Scores", "Notes"),
    ("Severity", "Count", "Found → wanted", "Rule", "First place"),
    ("Severity", "Place", "Rule", "Found → wanted", "What is wrong"),
    "The worst {shown} are listed. {left} are left out ({where}): findings.jsonl has all of them.",
    *("elsewhere", "{} more are not listed.", "wanted: {}"),
    *("{kind}: {hypothesis} against {reference}, {n}", ", ", ". "),
)
_ZH = _Words(
    *("先改这些", "问题", "评分", "说明"),
    ("级别", "处数", "现译 → 应为", "规则", "首次出现"),
    ("级别", "位置", "规则", "现译 → 应为", "问题所在"),
    "以上只列出最严重的 {shown} 处，略去 {left}（{where}）；全部见 findings.jsonl。",
    *("其余文档", "另有 {} 项未列出。", "应为：{}"),
    *("{kind}：{hypothesis}，对照 {reference}，{n}", "，", "。"),
)


def write_findings_markdown(handle: TextIO, result: Result) -> int:
    """The number of findings listed: after the verdict, the counts and what to mend first a table a document.

    The worst and surest `MOST_ROWS` findings are listed, each document's in its order; a line says how many are left
    out, and of which documents. Then scores with interval and signature, and notes. No text of a document makes markup,
    a link or a line of its own; long texts are cut with "…".

    >>> from io import StringIO
    >>> write_findings_markdown(StringIO(), Result((), (), (), (), (), (), ()))
    0
    """
    words = _words(result.lang)
    listed = _listed(result.findings)
    handle.writelines(f"{line}\n" for line in opening_lines(result))
    if listed:
        handle.write(f"\n## {words.findings}\n")
    for document, group in groupby(in_order(listed), key=lambda finding: finding.document):
        rows = [_row(finding, result.lang) for finding in group]
        handle.write(f"\n### {_shown(document, _NAME)} ({len(rows):,})\n\n")
        handle.writelines(f"{line}\n" for line in _table(words.heads, rows))
    if len(listed) < len(result.findings):
        handle.write(f"\n{_left_out(result, listed)}\n")
    handle.writelines(f"{line}\n" for line in closing_lines(result))
    return len(listed)


def opening_lines(result: Result) -> Iterator[str]:
    """The lines of a heading, the verdict, how many findings of each level, and what to mend first."""
    words, lang = _words(result.lang), result.lang
    yield from ("# duizhao", "", f"**{_shown(verdict(result), _VERDICT)}**")
    if not result.findings:
        return
    counts = count_severities(result.findings)
    yield from ("", *_table([severity_word(each, lang) for each in SEVERITIES], [[f"{n:,}" for n in counts.values()]]))
    rows = []
    for group in mend_first(result.findings):
        first = group.findings[0]
        rows.append(
            [
                *(severity_word(group.severity, lang), f"{len(group.findings):,}"),
                *(_found_wanted(first, lang), _shown(rule_name(group.rule, lang), _NAME)),
                f"{_shown(first.document, _NAME)}:{first.line}:{first.column}",
            ]
        )
    yield from ("", f"## {words.first}", "", *_table(words.heads_first, rows))


def closing_lines(result: Result) -> Iterator[str]:
    """The lines of the scores, each with its interval and signature, and of the notes of the run."""
    words = _words(result.lang)
    scores = [_score(score, result.lang) for score in result.scores[:MOST_SCORES]]
    notes = [_shown(note, _SENTENCE) for note in result.notes[:MOST_NOTES]]
    for title, items, total in ((words.scores, scores, len(result.scores)), (words.notes, notes, len(result.notes))):
        if items:
            yield from ("", f"## {title}", "", *(f"- {item}" for item in items))
        if len(items) < total:
            yield f"- {words.more.format(f'{total - len(items):,}')}"


def _words(lang: Language) -> _Words:
    return _ZH if lang == "zh" else _EN


def _listed(findings: Sequence[Finding]) -> list[Finding]:
    return worst_first(findings)[:MOST_ROWS]


def _row(finding: Finding, lang: Language) -> list[str]:
    return [
        *(severity_word(finding.severity, lang), f"{finding.line}:{finding.column}"),
        *(_shown(rule_name(finding.rule, lang), _NAME), _found_wanted(finding, lang)),
        _shown(finding.message, _SENTENCE),
    ]


def _left_out(result: Result, listed: Sequence[Finding]) -> str:
    words, lang = _words(result.lang), result.lang
    left = Counter(finding.document for finding in result.findings)
    left.subtract(finding.document for finding in listed)
    ranked = sorted(((count, name) for name, count in left.items() if count), key=lambda item: (-item[0], item[1]))
    where = [f"{count:,} {_shown(name, _NAME)}" for count, name in ranked[:_DOCUMENTS]]
    if len(ranked) > _DOCUMENTS:
        where.append(f"{sum(count for count, _ in ranked[_DOCUMENTS:]):,} {words.elsewhere}")
    missing = len(result.findings) - len(listed)
    return words.left.format(shown=len(listed), left=counted(missing, "finding", lang), where=words.comma.join(where))


def _score(score: Score, lang: Language) -> str:

    words = _words(lang)
    interval = escaped(f" [{score.interval[0]:.1f}, {score.interval[1]:.1f}]") if score.interval else ""
    compared = words.compared.format(
        kind=_shown(kind_word(score.kind, lang), _WORDS),
        hypothesis=_shown(score.hypothesis, _NAME),
        reference=_shown(score.reference, _NAME),
        n=counted(score.n, "segment", lang),
    )
    said = [f"**{_shown(score.metric, _WORDS)} {score.value:.1f}**{interval and f' {interval}'}", compared]
    said.append(_shown(score.signature, _SIGNATURE))
    return words.comma.join(said) + (f"{words.stop}{_shown(score.note, _SENTENCE)}" if score.note else "")


def _found_wanted(finding: Finding, lang: Language) -> str:
    found, wanted = (_shown(text, _WORDS) if text.strip() else "" for text in (finding.found, finding.expected))
    if wanted and not found:
        return _words(lang).wanted.format(wanted)
    return f"{found} → {wanted}" if wanted else found


def brief(text: str, limit: int) -> str:
    """The text on one line of at most `limit` characters, hidden ones as code points, cut with "…".

    >>> brief("tea\\x0b and \\n\\n bridges", 17)
    'tea⟨U+000B⟩ and…'
    """
    part = text if len(text) <= 4 * limit else f"{text[: 4 * limit]}…"
    return shortened(labelled(part), limit)  # labelled first: to Python some controls are blanks, and would go


def _shown(text: str, limit: int) -> str:
    return escaped(brief(text, limit))


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield "|" + "---|" * len(heads)
    yield from (f"| {' | '.join(row)} |" for row in rows)
