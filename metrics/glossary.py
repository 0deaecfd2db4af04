"""Occurrences to glossary: every term with its renderings, how often and where."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from .field_terms import FIELD
from .findings import Finding
from .folding import fold
from .occurrences import Occurrence
from .phrases import OWN
from .rendering import Rendering

_SHOWN = 0.6  # similarity from which a located rendering goes into the glossary


def build_glossary(occurrences: Iterable[Occurrence], findings: Iterable[Finding] = ()) -> list[Rendering]:
    """One row a term and rendering, sorted by term, then by falling count.

    Occurrences whose rendering was not found count as one row with `zh` "" and status `absent`. The findings flag
    the renderings they are about, and add those of texts without pairs, where nothing else is known of a term.
    """
    findings = list(findings)
    flagged = {(f.term, fold(f.zh).text) for f in findings if f.term}
    rows = _without_pairs(findings)
    for en, group in _by_term(list(occurrences)).items():
        by_zh: defaultdict[str, list[Occurrence]] = defaultdict(list)
        for o in group:
            shown = o.span_zh is not None and (o.status != "unlisted" or o.similarity >= _SHOWN)
            by_zh[fold(o.zh).text if shown else ""].append(o)
        for zh, found in by_zh.items():
            first = found[0]
            rows.append(
                Rendering(
                    term=en,
                    zh=first.zh if zh else "",
                    count=len(found),
                    places=tuple(sorted({o.pair.id for o in found})),
                    status=first.status if zh else "absent",
                    expected=first.term.zh,
                    domain=first.term.domain,
                    majority=False,  # known when all rows are
                    flagged=(en, zh) in flagged,
                )
            )
    rows = _merged(rows)
    return sorted(rows, key=lambda r: (r.term.casefold(), r.term, r.zh == "", -r.count, fold(r.zh).text, r.places))


def _merged(rows: list[Rendering]) -> list[Rendering]:
    """One row a term and rendering: those of texts with pairs and of texts without become one."""
    groups: defaultdict[tuple[str, str], list[Rendering]] = defaultdict(list)
    for row in rows:
        groups[row.term, fold(row.zh).text].append(row)
    merged = []
    most: defaultdict[str, int] = defaultdict(int)
    for (term, zh), same in groups.items():
        count = sum(row.count for row in same)
        most[term] = max(most[term], count if zh else 0)
        best = max(same, key=lambda row: (row.domain != "", row.count))  # what the pairs say of it
        places = tuple(sorted({place for row in same for place in row.places}))
        merged.append(replace(best, count=count, places=places, flagged=any(row.flagged for row in same)))
    return [replace(row, majority=bool(row.zh) and row.count == most[row.term]) for row in merged]


def mismatched_terms(renderings: Iterable[Rendering]) -> set[str]:
    """The terms with a rendering that a finding speaks of."""
    return {r.term for r in renderings if r.flagged}


def _by_term(occurrences: list[Occurrence]) -> dict[str, list[Occurrence]]:
    """Occurrences by English term; a record's own phrase gives way to a listed term of the same name."""
    known = {(o.pair.id, o.term.en) for o in occurrences if o.term.domain != OWN}
    by_term: defaultdict[str, list[Occurrence]] = defaultdict(list)
    for o in occurrences:
        if o.term.domain == FIELD and o.status in ("admitted", "absent"):
            continue  # acquitted by a string that often stands near the term: that is no rendering to show
        if o.term.domain != OWN or (o.pair.id, o.term.en) not in known:
            by_term[o.term.en].append(o)
    return by_term


def _without_pairs(findings: list[Finding]) -> list[Rendering]:
    """Rows for the forbidden renderings found in Chinese that has no English beside it."""
    groups: defaultdict[tuple[str, str], list[Finding]] = defaultdict(list)
    for f in findings:
        if f.term and not f.pair and f.rule in ("T002", "N003"):
            groups[f.term, fold(f.zh).text].append(f)
    return [
        Rendering(
            term=term,
            zh=found[0].zh,
            count=len(found),
            places=tuple(sorted({f.record for f in found})),
            status="forbidden",
            expected=found[0].expected,
            domain="",
            majority=False,
            flagged=True,
        )
        for (term, _), found in groups.items()
    ]
