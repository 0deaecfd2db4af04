"""The report for a terminal: one line a finding, then what it amounts to."""

from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType

import click

from ..metrics import SECTIONS, Finding, Score, Section, Severity
from ..metrics.messages import Language
from ..metrics.rule_words import severity_word
from .result import Result
from .summary import count_lines, count_rules, count_severities, counted, in_order, rule_name, what_was_read
from .visible import on_one_line, shortened
from .workflow_commands import no_command

COLOURS: dict[Severity, str] = {"error": "red", "warning": "yellow", "note": "cyan"}
DOCUMENTS = 10  # of which the notes are shown
WIDTH = 60  # characters shown of what was found and wanted
_SECTIONS: Mapping[Section, tuple[str, str]] = MappingProxyType(
    {
        "mismatch": ("with a wrong rendering", "译法有误"),
        "inconsistent": ("with several renderings", "译法不一"),
        "new": ("new to the termbase", "术语库未收录"),
        "consistent": ("consistent", "译法一致"),
    }
)
_KINDS = {"quality": "质量", "agreement": "一致度", "back-translation": "回译"}


def text_lines(result: Result, *, color: bool = False, statistics: bool = False) -> Iterator[str]:
    """The lines of the report in its language, without line ends: findings by place, counts, notes, scores.

    `statistics` adds a count for each rule. No character of a document reaches the terminal as a control,
    and no line is a command to a CI runner.
    """
    findings = in_order(result.findings)
    for finding in findings:
        yield no_command(finding_line(finding, color=color, lang=result.lang))
    if findings:
        yield ""
    if statistics and findings:
        yield from _statistics(findings, result.lang)
        yield ""
    yield from closing_lines(result)


def closing_lines(result: Result) -> Iterator[str]:
    """What it amounts to: counts, terms, notes of reading and of the run, scores."""
    yield _closing(result)
    if result.entries:
        yield terms_line(result)
    yield from reading_lines(result)
    for note in result.notes:
        yield no_command(on_one_line(note))
    for score in result.scores:
        yield no_command(score_line(score, result.lang))


def reading_lines(result: Result) -> Iterator[str]:
    """What reading assumed, left out or changed, a line a document; at most `DOCUMENTS` of them."""
    zh = result.lang == "zh"
    empty = ("没有找到记录" if zh else "no record found",)
    full = {record.document for record in result.records}
    said = [(d.source, (*d.notes, *(() if d.source in full else empty))) for d in result.documents]
    said = [(source, notes) for source, notes in said if notes]
    for source, notes in said[:DOCUMENTS]:
        line = f"{source}：{'；'.join(notes)}。" if zh else f"{source}: {'; '.join(notes)}."
        yield no_command(on_one_line(line))
    if len(said) > DOCUMENTS:
        others = counted(len(said) - DOCUMENTS, "other document", result.lang)
        yield (
            f"另有 {others}也有这类说明：见报告或 corpus/。"
            if zh
            else f"{others} with such notes: see the report, or corpus/."
        )


def finding_line(finding: Finding, *, color: bool = False, lang: Language = "en") -> str:
    """One line: `path:line:column: RULE severity “found” → “wanted” message`, hidden characters shown."""
    place = f"{on_one_line(finding.document)}:{finding.line}:{finding.column}:"
    rule, severity = on_one_line(finding.rule), severity_word(finding.severity, lang)
    if color:
        place = click.style(place, bold=True)
        rule = click.style(rule, fg=COLOURS[finding.severity], bold=True)
        severity = click.style(severity, fg=COLOURS[finding.severity])
    words = " → ".join(_quoted(text) for text in (finding.found, finding.expected) if text)
    if finding.expected and not finding.found:
        words = f"应为{words}" if lang == "zh" else f"wanted {words}"
    return " ".join(part for part in (place, rule, severity, words, on_one_line(finding.message)) if part)


def kind_word(kind: str, lang: Language) -> str:
    """What kind of score it is, in a word.

    >>> kind_word("quality", "zh")
    '质量'
    """
    return _KINDS.get(kind, kind) if lang == "zh" else kind


def score_line(score: Score, lang: Language = "en") -> str:
    """One line: the score, its interval, what was compared, and always its signature."""
    interval = f" [{score.interval[0]:.1f}, {score.interval[1]:.1f}]" if score.interval else ""
    segments = counted(score.n, "segment", lang)
    if lang == "zh":
        compared = f"{kind_word(score.kind, lang)}：{score.hypothesis} 对照 {score.reference}，{segments}"
    else:
        compared = f"{score.kind}: {score.hypothesis} against {score.reference}, {segments}"
    parts = [f"{score.metric} {score.value:.1f}{interval}", compared, score.signature, score.note]
    return "  ".join(on_one_line(part) for part in parts if part)


def _quoted(text: str) -> str:
    return f"“{on_one_line(shortened(text, WIDTH))}”"


def _statistics(findings: list[Finding], lang: Language) -> Iterator[str]:
    counts = count_rules(findings)
    width = len(f"{counts[0][1]:,}")
    for code, count in counts:
        yield f"{count:>{width},} {on_one_line(rule_name(code, lang))}"


def _closing(result: Result) -> str:
    total, lang = len(result.findings), result.lang
    severities = [counted(count, name, lang) for name, count in count_severities(result.findings).items()]
    if lang == "zh":
        found = f"发现 {counted(total, 'finding', lang)}（{'、'.join(severities)}）" if total else "没有发现问题"
        return f"{what_was_read(result)}中{found}；{_left_line(result)}"
    found = f"Found {counted(total, 'finding')} ({', '.join(severities)})" if total else "No finding"
    return f"{found} in {read_line(result)}"


def terms_line(result: Result) -> str:
    """How many terms each section of the glossary has; those without any are left out."""
    sections = Counter(entry.section for entry in result.entries)
    terms = counted(len(result.entries), "term", result.lang)
    counts = [(*_SECTIONS[section], sections[section]) for section in SECTIONS if sections[section]]
    if result.lang == "zh":
        return f"{terms}：{'、'.join(f'{zh} {count:,} 个' for _, zh, count in counts)}。"
    return f"{terms}: {', '.join(f'{count:,} {en}' for en, _, count in counts)}."


def read_line(result: Result) -> str:
    """What was read: pairs, records, and the lines that belong to none."""
    if result.lang == "zh":
        return f"{what_was_read(result)}；{_left_line(result)}"
    pairs, records = counted(len(result.pairs), "pair"), counted(len(result.records), "record")
    read = f"{pairs} of {records}" if result.pairs else f"{records} without sentence pairs"
    return f"{read}; {_left_line(result)}"


def _left_line(result: Result) -> str:
    lines = count_lines(result.leftovers)
    furniture, unparsed = lines["noise"], lines["unparsed"]
    if result.lang == "zh":
        return f"非正文 {furniture:,} 行，未能解析 {unparsed:,} 行。"
    return (
        f"{counted(furniture, 'line')} {'was' if furniture == 1 else 'were'} page furniture, "
        f"{unparsed:,} {'was' if unparsed == 1 else 'were'} not understood."
    )
