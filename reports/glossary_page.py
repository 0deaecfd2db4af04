"""The glossary of the page, worked out before the template sees it: sections of terms with their renderings."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from ..metrics import Entry, Finding, Rendering, Section
from ..metrics.messages import Language
from .glossary_sections import forms_text, in_sections, section_words, shares, status_words
from .marks import marked
from .places import Places
from .result import Result

MOST_RENDERINGS = 5  # shown for one term, the most frequent
MOST_PLACES = 4  # links shown for one rendering; the rest are in glossary.csv
MOST_ENTRIES = 200  # terms that the page shows; each costs it 1.5 kB


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rendering was seen: `target` is the address of a finding there, "" where there is none."""

    target: str
    label: str


@dataclass(frozen=True, slots=True)
class RenderingRow:
    """One rendering, ready to show; `percent` is its share of the term, 0..100."""

    rendering: Rendering
    percent: int
    status: str  # in words
    forms: str  # its other spellings, "" where there is one
    places: tuple[Place, ...]
    more: int  # places not shown


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One term with its renderings, and one place to show it in: two sentences with both marked, or two times ""."""

    entry: Entry
    forms: str
    renderings: tuple[RenderingRow, ...]
    more: int  # renderings not shown
    en: Markup
    zh: Markup


@dataclass(frozen=True, slots=True)
class SectionRows:
    """One section: its name, what is in it, how many terms it has, and those that are shown."""

    section: Section
    title: str
    what: str
    count: int
    entries: tuple[EntryRow, ...]


def glossary_sections(
    result: Result, targets: Iterable[tuple[Finding, str]], limit: int = MOST_ENTRIES
) -> list[SectionRows]:
    """The sections that have terms, mismatches first; at most `limit` terms in all, those that matter most.

    `targets` are findings with the addresses that show them.
    """
    addresses: dict[tuple[str, str], str] = {}
    for finding, address in targets:
        addresses.setdefault((finding.pair or finding.record, finding.term), address)
    places = Places(result)
    rows = []
    for section, entries in in_sections(result.entries).items():
        if entries:
            shown = tuple(_entry(entry, addresses, places, result.lang) for entry in entries[:limit])
            rows.append(SectionRows(section, *section_words(section, result.lang), len(entries), shown))
            limit -= len(shown)
    return rows


def _entry(entry: Entry, addresses: dict[tuple[str, str], str], places: Places, lang: Language) -> EntryRow:
    # What is wrong is what has to be seen.
    shown_first = sorted(entry.renderings, key=lambda each: not each.flagged)
    chosen = {id(each) for each in shown_first[:MOST_RENDERINGS]}
    rows = []
    for each, share in zip(entry.renderings, shares(entry), strict=True):
        if id(each) not in chosen:
            continue
        shown = tuple(Place(addresses.get((at, each.term), ""), places.label(at)) for at in each.places[:MOST_PLACES])
        forms = forms_text(each.forms) if len(each.forms) > 1 else ""
        rows.append(
            RenderingRow(
                *(each, round(100 * share), status_words(each, entry.section, lang)),
                *(forms, shown, len(each.places) - len(shown)),
            )
        )
    example = next((example for each in shown_first for example in each.examples), None)
    return EntryRow(
        entry,
        forms_text(entry.forms) if len(entry.forms) > 1 else "",
        tuple(rows),
        len(entry.renderings) - len(rows),
        marked(example.en, [example.span_en]) if example else Markup(""),
        marked(example.zh, [example.span_zh] if example.span_zh else []) if example else Markup(""),
    )
