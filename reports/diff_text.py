"""What changed between two corpora, as lines for a terminal, as Markdown, and as JSON."""

import json
from collections.abc import Iterator, Sequence

from ..corpora import Record
from ..metrics import Finding
from ..metrics.changes import Changes, Rewritten, Turned
from .diff_words import compared_line, diff_verdict, rule_counts
from .jsonl import as_row, json_line
from .summary import counted, rule_name
from .text import finding_line
from .visible import labelled, on_one_line, shortened

SHOWN = 50  # of each kind, in the two forms for people; JSON has all
_WIDTH = 200  # characters of a text that did not change
_AROUND = 20  # characters shown beside a change
_MARKDOWN = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]<>|~#"})


def diff_lines(changes: Changes, notes: Sequence[str] = ()) -> Iterator[str]:
    """The lines for a terminal, without line ends: verdict, counts, then what is new, gone, rewritten and turned.

    In a rewritten text `[-old-]` and `{+new+}` mark the change. No character of a document reaches the terminal as
    a control.
    """
    yield diff_verdict(changes)
    yield compared_line(changes)
    for rule, severity, gone, new, staying in _moved(changes):
        yield f"  {on_one_line(rule_name(rule))} {severity}: {gone:,} gone, {new:,} new, {staying:,} staying"
    for title, findings in (("New findings", changes.new), ("Findings gone", changes.gone)):
        yield from _listed(title, [finding_line(finding) for finding in findings[:SHOWN]], len(findings))
    turned = [on_one_line(_turned(each)) for each in changes.turned[:SHOWN]]
    yield from _listed("Terms rendered otherwise", turned, len(changes.turned))
    rewritten = [f"{on_one_line(r.pair)}: {_marked(r)}" for r in changes.rewritten[:SHOWN]]
    yield from _listed("Rewritten", rewritten, len(changes.rewritten))
    for title, records in (("Only in the old", changes.only_old), ("Only in the new", changes.only_new)):
        yield from _listed(title, [on_one_line(_record(record)) for record in records[:SHOWN]], len(records))
    if notes:
        yield ""
    yield from map(on_one_line, notes)


def diff_markdown(changes: Changes, notes: Sequence[str] = ()) -> Iterator[str]:
    """The same as lines of Markdown; what a text lost is struck out, what it got is bold."""
    yield f"**{_escaped(diff_verdict(changes))}**"
    yield ""
    yield compared_line(changes)
    counts = _moved(changes)
    if counts:
        yield from ("", "| rule | severity | gone | new | staying |", "|---|---|--:|--:|--:|")
    for rule, severity, gone, new, staying in counts:
        yield f"| {_escaped(rule_name(rule))} | {severity} | {gone} | {new} | {staying} |"
    for title, findings in (("New findings", changes.new), ("Findings gone", changes.gone)):
        yield from _items(title, [_finding(finding) for finding in findings[:SHOWN]], len(findings))
    turned = [_escaped(_turned(each)) for each in changes.turned[:SHOWN]]
    yield from _items("Terms rendered otherwise", turned, len(changes.turned))
    rewritten = [f"{_escaped(r.pair)}: {_struck(r)}" for r in changes.rewritten[:SHOWN]]
    yield from _items("Rewritten", rewritten, len(changes.rewritten))
    for title, records in (("Only in the old", changes.only_old), ("Only in the new", changes.only_new)):
        yield from _items(title, [_escaped(_record(record)) for record in records[:SHOWN]], len(records))
    if notes:
        yield ""
    yield from (f"- {_escaped(note)}" for note in notes)


def diff_json(changes: Changes, notes: Sequence[str] = ()) -> str:
    """One JSON object with everything: findings as in findings.jsonl, texts as pieces [old, new]."""
    names = ("rule", "severity", "gone", "new", "staying")
    content = {
        "verdict": diff_verdict(changes),
        "counts": [dict(zip(names, row, strict=True)) for row in rule_counts(changes)],
        "records": {"both": changes.matched, "passages": changes.passages, "parted": changes.parted},
        "new": [as_row(finding) for finding in changes.new],
        "gone": [as_row(finding) for finding in changes.gone],
        "staying": [as_row(finding) for finding in changes.staying],
        "terms": [
            {
                "term": each.term,
                "old": each.old,
                "new": each.new,
                "wanted": each.wanted,
                "course": each.course,
                "count": each.count,
                "places": each.places,
            }
            for each in changes.turned
        ],
        "rewritten": [
            {
                "document": each.document,
                "record": each.record,
                "pair": each.pair,
                "en": each.en,
                "pieces": [list(piece) for piece in each.pieces],
            }
            for each in changes.rewritten
        ],
        "only_old": [_named(record) for record in changes.only_old],
        "only_new": [_named(record) for record in changes.only_new],
        "notes": list(notes),
    }
    return json.dumps(json.loads(json_line(content)), ensure_ascii=False, indent=1) + "\n"


def _moved(changes: Changes) -> list[tuple[str, str, int, int, int]]:
    """The counts of the rules of which a finding came or went."""
    return [row for row in rule_counts(changes) if row[2] or row[3]]


def _named(record: Record) -> dict[str, object]:
    return {
        "document": record.document,
        "record": record.id,
        "title_en": record.title_en,
        "title_zh": record.title_zh,
    }


def _listed(title: str, lines: Sequence[str], total: int) -> Iterator[str]:
    if total:
        yield ""
        yield f"{title} ({total:,}):"
        yield from lines
    if total > len(lines):
        yield f"and {counted(total - len(lines), 'other')}: see --format json"


def _items(title: str, lines: Sequence[str], total: int) -> Iterator[str]:
    if total:
        yield from ("", f"## {title} ({total:,})", "")
        yield from (f"- {line}" for line in lines)
    if total > len(lines):
        yield f"- and {counted(total - len(lines), 'other')}: see `--format json`"


def _turned(turned: Turned) -> str:
    course = {"better": "better", "worse": "worse", "other": "neither better nor worse"}[turned.course]
    wanted = f"; wanted {turned.wanted}" if turned.wanted and turned.wanted != turned.new else ""
    return f"{turned.term}: {turned.old} → {turned.new} (×{turned.count}), {course}{wanted}"


def _record(record: Record) -> str:
    name = record.title_en or record.title_zh or record.kind
    return f"{record.document}: {shortened(name, _WIDTH)}"


def _finding(finding: Finding) -> str:
    words = " → ".join(f"“{shortened(text, _WIDTH)}”" for text in (finding.found, finding.expected) if text)
    place = f"{finding.document}:{finding.line}"
    return _escaped(" ".join(part for part in (place, finding.rule, finding.severity, words, finding.message) if part))


def _marked(rewritten: Rewritten) -> str:
    return "".join(
        on_one_line(text)
        if kind == "same"
        else (f"[-{on_one_line(text)}-]" if kind == "old" else f"{{+{on_one_line(text)}+}}")
        for kind, text in _parts(rewritten)
    )


def _struck(rewritten: Rewritten) -> str:
    signs = {"same": "", "old": "~~", "new": "**"}
    return "".join(f"{signs[kind]}{_escaped(text)}{signs[kind]}" for kind, text in _parts(rewritten))


def _parts(rewritten: Rewritten) -> Iterator[tuple[str, str]]:
    """The pieces of a change as same, old and new texts; of a long stretch that is the same only its ends."""
    last = len(rewritten.pieces) - 1
    for number, piece in enumerate(rewritten.pieces):
        if piece.old != piece.new:
            yield from ((kind, text) for kind, text in (("old", piece.old), ("new", piece.new)) if text)
            continue
        text = piece.new
        if len(text) > 2 * _AROUND + 1:
            head = "" if number == 0 else text[:_AROUND]
            tail = "" if number == last else text[-_AROUND:]
            text = f"{head}…{tail}"
        yield "same", text


def _escaped(text: str) -> str:
    return labelled(" ".join(text.split())).translate(_MARKDOWN)
