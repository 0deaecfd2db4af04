"""What the filters of a corpus rejected, as text, as Markdown, as JSON.

`about` says what the counts are of: "sources" (source, rows, notes of each), "duplicates" (what makes two pairs one:
exact, normal, en, zh, near) and "encoder" (whether it was asked).
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from ..metrics.filter_counts import Counts
from ..metrics.filter_rules import FILTERS, Settings
from ..metrics.filter_table import DUPLICATE, MEANING
from .glossary_markdown import escaped
from .visible import encodable, on_one_line

_WIDTH = 13
MOST_SOURCES = 100  # in the page; filters.json has all
_MOST_NOTES = 10  # on a terminal
_SAME = {
    "exact": "the same text on both sides",
    "normal": "the same on both sides but for case, width, blanks and signs",
    "en": "the same English but for case, width, blanks and signs",
    "zh": "the same Chinese but for width, blanks and signs",
    "near": "nearly the same letters on both sides",
}


def filter_lines(counts: Counts, settings: Settings, about: Mapping[str, Any]) -> Iterator[str]:
    """What to print: how many pairs are kept, a line for each filter that rejects any, the most first, and notes."""
    yield f"Kept {_share(counts)}. Nothing is deleted: flags/ says what is rejected, and why."
    rows = [(name, each) for name, each in counts.filters.items() if each.rejected]
    if rows:
        yield f"  {'filter':{_WIDTH}}{'rejects':>12}{'alone':>12}   thresholds"
    for name, each in sorted(rows, key=lambda row: -row[1].rejected):
        yield f"  {name:{_WIDTH}}{each.rejected:>12,}{each.alone:>12,}   {_limits(name, settings, about)}".rstrip()
    if rows:
        yield "  alone: pairs that no other filter rejects."
    if off := [name for name in FILTERS if name not in settings.limits]:
        yield f"Off: {', '.join(off)}."
    if MEANING in settings.limits and not about["encoder"]:
        yield "Not judged: meaning, for which there is --encoder."
    notes = [(source["source"], note) for source in about["sources"] for note in source["notes"]]
    yield from (encodable(on_one_line(f"{source}: {note}.")) for source, note in notes[:_MOST_NOTES])
    if len(notes) > _MOST_NOTES:
        yield f"And {len(notes) - _MOST_NOTES:,} more notes on the inputs, in filters.json."


def filter_markdown(counts: Counts, settings: Settings, about: Mapping[str, Any]) -> str:
    """The same as a page: what each filter rejects, what it alone rejects, and of each some pairs with the reason."""
    lines = ["# Filtered pairs", "", f"Kept {_share(counts)}.", ""]
    lines += ["| input | pairs | read as |", "|---|--:|---|"]
    for source in about["sources"][:MOST_SOURCES]:
        notes = "; ".join(map(escaped, source["notes"]))
        lines.append(f"| {escaped(source['source'])} | {source['rows']:,} | {notes} |")
    if (more := len(about["sources"]) - MOST_SOURCES) > 0:
        lines += ["", f"And {more:,} more inputs, in filters.json."]
    lines += ["", "| filter | rejects | alone | thresholds | what it rejects |", "|---|--:|--:|---|---|"]
    for name, each in FILTERS.items():
        said = f"The pair stands before: {_SAME[about['duplicates']]}." if name == DUPLICATE else each.about
        row = [name, *_numbers(name, counts, settings, about), _limits(name, settings, about), escaped(said)]
        lines.append(f"| {' | '.join(row)} |")
    lines += ["", "*Alone*: pairs that no other filter rejects. Turning the filter off would bring them back."]
    for name, counted in counts.filters.items():
        if counted.samples:
            lines += ["", f"## {name}", "", f"{_first(len(counted.samples), counted.rejected)}:", ""]
            lines += ["| pair | English | Chinese | why |", "|---|---|---|---|"]
            lines += [f"| {' | '.join(map(escaped, sample))} |" for sample in counted.samples]
    return "\n".join(lines) + "\n"


def filter_json(counts: Counts, settings: Settings, about: Mapping[str, Any]) -> str:
    """The same for programs: sources, thresholds, counts and samples."""
    return json.dumps({**about, "settings": settings.as_json(), **counts.as_json()}, indent=2, sort_keys=True) + "\n"


def _share(counts: Counts) -> str:
    """So many of so many pairs; 100.0 % and 0.0 % are said of all and of none alone.

    >>> _share(Counts(100_000, 99_999))
    '99,999 of 100,000 pairs (99.9%)'
    """
    if not counts.pairs:
        return "0 of 0 pairs"
    tenths = 1000 * counts.kept // counts.pairs
    tenths = max(tenths, 1) if counts.kept else 0
    return f"{counts.kept:,} of {counts.pairs:,} pairs ({tenths / 10:.1f}%)"


def _first(shown: int, all_of_them: int) -> str:
    if shown == all_of_them:
        return "The pair" if shown == 1 else f"All {shown:,} pairs"
    return f"The first {shown:,} of {all_of_them:,} pairs"


def _numbers(name: str, counts: Counts, settings: Settings, about: Mapping[str, Any]) -> tuple[str, str]:
    if name not in settings.limits:
        return "off", ""
    if name == MEANING and not about["encoder"]:
        return "not judged", ""
    each = counts.filters.get(name)
    return (f"{each.rejected:,}", f"{each.alone:,}") if each else ("0", "0")


def _limits(name: str, settings: Settings, about: Mapping[str, Any]) -> str:
    if name == DUPLICATE and name in settings.limits:
        return f"by {about['duplicates']}"
    limits = settings.limits.get(name, {})
    return ", ".join(f"{key} {value:,.10g}" for key, value in limits.items())
