"""Occurrences to glossary: every term with its renderings, how often and where."""

from collections import defaultdict
from collections.abc import Iterable

from .consistency import same_rendering
from .folding import fold
from .occurrences import Occurrence
from .phrases import OWN
from .rendering import Rendering

_SHOWN = 0.6  # similarity from which a located rendering goes into the glossary


def build_glossary(occurrences: Iterable[Occurrence]) -> list[Rendering]:
    """One row a term and rendering, sorted by term, then by falling count.

    Occurrences whose rendering was not found count as one row with `zh` "" and status `absent`.
    """
    by_term: defaultdict[str, list[Occurrence]] = defaultdict(list)
    occurrences = list(occurrences)
    known = {(o.pair.id, o.term.en) for o in occurrences if o.term.domain != OWN}
    for o in occurrences:
        if o.term.domain != OWN or (o.pair.id, o.term.en) not in known:
            by_term[o.term.en].append(o)
    rows: list[Rendering] = []
    for en, group in sorted(by_term.items(), key=lambda item: (item[0].casefold(), item[0])):
        by_zh: defaultdict[str, list[Occurrence]] = defaultdict(list)
        for o in group:
            shown = o.span_zh is not None and (o.status != "unlisted" or o.similarity >= _SHOWN)
            by_zh[fold(o.zh).text if shown else ""].append(o)
        most = max((len(found) for zh, found in by_zh.items() if zh), default=0)
        ordered = sorted(by_zh.items(), key=lambda item: (item[0] == "", -len(item[1]), item[0]))
        for zh, found in ordered:
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
                    majority=bool(zh) and len(found) == most,
                )
            )
    return rows


def mismatched_terms(renderings: Iterable[Rendering]) -> set[str]:
    """The terms with a forbidden or unlisted rendering, or with two that are not the same."""
    by_term: defaultdict[str, list[Rendering]] = defaultdict(list)
    for r in renderings:
        if r.zh and r.status != "latin":
            by_term[r.term].append(r)
    return {
        term
        for term, rows in by_term.items()
        if any(r.status == "forbidden" or (r.status == "unlisted" and r.expected) for r in rows)
        or any(not same_rendering(rows[0].zh, r.zh) for r in rows[1:])
    }
