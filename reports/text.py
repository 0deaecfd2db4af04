"""The report for a terminal: one line a finding, then what it amounts to."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import click

from ..metrics import SECTIONS, SEVERITIES, Finding, Score, Section, Severity
from ..metrics.messages import Language
from ..metrics.rule_words import severity_word
from .result import Result
from .summary import as_tally, counted, in_order, rule_name, what_was_read
from .tally import Tally
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

    >>> list(text_lines(Result((), (), (), (), (), (), ())))
    ['No finding in 0 records without sentence pairs; 0 lines were page furniture, 0 were not understood.']
    """
    yield from finding_lines(result, color=color)
    yield from ending_lines(as_tally(result), statistics=statistics)


def finding_lines(result: Result, *, color: bool = False) -> Iterator[str]:
    """A line for each finding, by place."""
    for finding in in_order(result.findings):
        yield no_command(finding_line(finding, color=color, lang=result.lang))


def ending_lines(tally: Tally, *, statistics: bool = False) -> Iterator[str]:
    """What follows the lines of the findings: a blank one, a count for each rule where asked, what it amounts to."""
    if tally.found:
        yield ""
    if statistics and tally.found:
        yield from _statistics(tally)
        yield ""
    yield from closing_lines(tally)


def closing_lines(given: Result | Tally) -> Iterator[str]:
    """What it amounts to: counts, terms, notes of reading and of the run, scores."""
    tally = as_tally(given)
    yield _closing(tally)
    if tally.terms:
        yield terms_line(tally)
    yield from reading_lines(tally)
    for note in tally.notes:
        yield no_command(on_one_line(note))
    for score in tally.scores:
        yield no_command(score_line(score, tally.lang))


def reading_lines(given: Result | Tally) -> Iterator[str]:
    """What reading assumed, left out or changed, a line a document; at most `DOCUMENTS` of them.

    >>> list(reading_lines(Result((), (), (), (), (), (), ())))
    []
    """
    tally = as_tally(given)
    zh = tally.lang == "zh"
    empty = "没有找到记录" if zh else "no record found"
    said = [row for row in tally.rows if row.has_notes]
    for row in said[:DOCUMENTS]:
        notes = row.notes if row.records else (*row.notes, empty)
        line = f"{row.source}：{'；'.join(notes)}。" if zh else f"{row.source}: {'; '.join(notes)}."
        yield no_command(on_one_line(line))
    if (others := max(0, len(said) - DOCUMENTS) + tally.unsaid) > 0:
        more = counted(others, "other document", tally.lang)
        yield (
            f"另有 {more}也有这类说明：见报告或 corpus/。"
            if zh
            else f"{more} with such notes: see the report, or corpus/."
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
    """One line: the score, its interval, what was compared, and always its signature.

    >>> score_line(Score("BLEU", 41.5, "nrefs:1|tok:zh", (40.1, 42.9), 120, "quality", "a.zh", "r.zh"))
    'BLEU 41.5 [40.1, 42.9]  quality: a.zh against r.zh, 120 segments  nrefs:1|tok:zh'
    """
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


def rule_counts(given: Result | Tally) -> list[tuple[str, int]]:
    """How many findings of each rule that found something, the most frequent first."""
    counts = {code: sum(each) for code, each in as_tally(given).found.rules.items()}
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _statistics(tally: Tally) -> Iterator[str]:
    counts = rule_counts(tally)
    width = len(f"{counts[0][1]:,}")
    for code, count in counts:
        yield f"{count:>{width},} {on_one_line(rule_name(code, tally.lang))}"


def _closing(tally: Tally) -> str:
    total, lang = len(tally.found), tally.lang
    severities = [counted(count, name, lang) for name, count in zip(SEVERITIES, tally.found.severities, strict=True)]
    if lang == "zh":
        found = f"发现 {counted(total, 'finding', lang)}（{'、'.join(severities)}）" if total else "没有发现问题"
        return f"{what_was_read(tally)}中{found}；{_left_line(tally)}"
    found = f"Found {counted(total, 'finding')} ({', '.join(severities)})" if total else "No finding"
    return f"{found} in {read_line(tally)}"


def terms_line(given: Result | Tally) -> str:
    """How many terms each section of the glossary has; those without any are left out."""
    tally = as_tally(given)
    terms = counted(sum(tally.terms.values()), "term", tally.lang)
    counts = [(*_SECTIONS[section], tally.terms[section]) for section in SECTIONS if tally.terms.get(section)]
    if tally.lang == "zh":
        return f"{terms}：{'、'.join(f'{zh} {count:,} 个' for _, zh, count in counts)}。"
    return f"{terms}: {', '.join(f'{count:,} {en}' for en, _, count in counts)}."


def read_line(given: Result | Tally) -> str:
    """What was read: pairs, records, and the lines that belong to none.

    >>> read_line(Result((), (), (), (), (), (), ()))
    '0 records without sentence pairs; 0 lines were page furniture, 0 were not understood.'
    """
    tally = as_tally(given)
    if tally.lang == "zh":
        return f"{what_was_read(tally)}；{_left_line(tally)}"
    pairs, records = counted(tally.pairs, "pair"), counted(tally.record_count, "record")
    read = f"{pairs} of {records}" if tally.pairs else f"{records} without sentence pairs"
    return f"{read}; {_left_line(tally)}"


def _left_line(tally: Tally) -> str:
    furniture, unparsed = tally.lines["noise"], tally.lines["unparsed"]
    if tally.lang == "zh":
        return f"非正文 {furniture:,} 行，未能解析 {unparsed:,} 行。"
    return (
        f"{counted(furniture, 'line')} {'was' if furniture == 1 else 'were'} page furniture, "
        f"{unparsed:,} {'was' if unparsed == 1 else 'were'} not understood."
    )
