"""The report for a terminal: one line a finding, then what it amounts to."""

from collections import Counter
from collections.abc import Iterator

import click

from ..metrics import SECTIONS, Finding, Score, Severity
from .result import Result
from .summary import count_lines, count_rules, count_severities, counted, in_order, rule_name
from .visible import on_one_line, shortened

COLOURS: dict[Severity, str] = {"error": "red", "warning": "yellow", "note": "cyan"}
DOCUMENTS = 10  # of which the notes are shown
WIDTH = 60  # characters shown of what was found and wanted


def text_lines(result: Result, *, color: bool = False, statistics: bool = False) -> Iterator[str]:
    """The lines of the report, without line ends: findings by place, counts, notes, scores.

    `statistics` adds a count for each rule. No character of a document reaches the terminal as a control.
    """
    findings = in_order(result.findings)
    for finding in findings:
        yield finding_line(finding, color=color)
    if findings:
        yield ""
    if statistics and findings:
        yield from _statistics(findings)
        yield ""
    yield _closing(result)
    if result.entries:
        yield terms_line(result)
    yield from reading_lines(result)
    for note in result.notes:
        yield on_one_line(note)
    for score in result.scores:
        yield score_line(score)


def reading_lines(result: Result) -> Iterator[str]:
    """What reading assumed, left out or changed, a line a document; at most `DOCUMENTS` of them."""
    full = {record.document for record in result.records}
    said = [(d.source, (*d.notes, *(() if d.source in full else ("no record found",)))) for d in result.documents]
    said = [(source, notes) for source, notes in said if notes]
    for source, notes in said[:DOCUMENTS]:
        yield on_one_line(f"{source}: {'; '.join(notes)}.")
    if len(said) > DOCUMENTS:
        yield f"{counted(len(said) - DOCUMENTS, 'other document')} with such notes: see the report, or corpus/."


def finding_line(finding: Finding, *, color: bool = False) -> str:
    """One line: `path:line:column: RULE severity “found” → “wanted” message`, hidden characters shown."""
    place = f"{on_one_line(finding.document)}:{finding.line}:{finding.column}:"
    rule, severity = on_one_line(finding.rule), str(finding.severity)
    if color:
        place = click.style(place, bold=True)
        rule = click.style(rule, fg=COLOURS[finding.severity], bold=True)
        severity = click.style(severity, fg=COLOURS[finding.severity])
    words = " → ".join(_quoted(text) for text in (finding.found, finding.expected) if text)
    if finding.expected and not finding.found:
        words = f"wanted {words}"
    return " ".join(part for part in (place, rule, severity, words, on_one_line(finding.message)) if part)


def score_line(score: Score) -> str:
    """One line: the score, its interval, what was compared, and always its signature."""
    interval = f" [{score.interval[0]:.1f}, {score.interval[1]:.1f}]" if score.interval else ""
    compared = f"{score.hypothesis} against {score.reference}, {counted(score.n, 'segment')}"
    parts = [f"{score.metric} {score.value:.1f}{interval}", f"{score.kind}: {compared}", score.signature, score.note]
    return "  ".join(on_one_line(part) for part in parts if part)


def _quoted(text: str) -> str:
    return f"“{on_one_line(shortened(text, WIDTH))}”"


def _statistics(findings: list[Finding]) -> Iterator[str]:
    counts = count_rules(findings)
    width = len(f"{counts[0][1]:,}")
    for code, count in counts:
        yield f"{count:>{width},} {on_one_line(rule_name(code))}"


def _closing(result: Result) -> str:
    total = len(result.findings)
    severities = ", ".join(counted(count, name) for name, count in count_severities(result.findings).items())
    found = f"Found {counted(total, 'finding')} ({severities})" if total else "No finding"
    return f"{found} in {read_line(result)}"


def terms_line(result: Result) -> str:
    """How many terms each section of the glossary has; those without any are left out."""
    said = {
        "mismatch": "with a wrong rendering",
        "inconsistent": "with several renderings",
        "new": "new to the termbase",
        "consistent": "consistent",
    }
    sections = Counter(entry.section for entry in result.entries)
    counts = [f"{sections[section]:,} {said[section]}" for section in SECTIONS if sections[section]]
    return f"{counted(len(result.entries), 'term')}: {', '.join(counts)}."


def read_line(result: Result) -> str:
    """What was read: pairs, records, and the lines that belong to none."""
    pairs, records = counted(len(result.pairs), "pair"), counted(len(result.records), "record")
    read = f"{pairs} of {records}" if result.pairs else f"{records} without sentence pairs"
    lines = count_lines(result.leftovers)
    furniture, unparsed = lines["noise"], lines["unparsed"]
    left = (
        f"{counted(furniture, 'line')} {'was' if furniture == 1 else 'were'} page furniture, "
        f"{unparsed:,} {'was' if unparsed == 1 else 'were'} not understood"
    )
    return f"{read}; {left}."
