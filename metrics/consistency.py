"""T003: one English term, several Chinese renderings."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..corpora import Pair
from ..corpora.script import HAN
from .field_terms import FIELD
from .findings import Draft, Severity
from .folding import fold
from .occurrences import Occurrence
from .phrases import OWN

_DE = re.compile("[的之地]")
_WITNESSES = 3  # places from which a record's own phrase may accuse itself
_SURE, _SURE_OWN = 0.62, 0.7  # similarity from which a located rendering may witness; for a record's own phrase


@dataclass(frozen=True, slots=True)
class Inconsistency:
    """A draft and the occurrence it is about."""

    occurrence: Occurrence
    draft: Draft


def check_consistency(occurrences: Iterable[Occurrence]) -> Iterator[Inconsistency]:
    """One for each minority rendering of a term in a record; across the records of a document as a note.

    Renderings that differ only in 的, blanks or by words left out (大模型, 大语言模型) are one.
    """
    by_document: defaultdict[tuple[str, str], list[Occurrence]] = defaultdict(list)
    for o in occurrences:
        # The field's renderings are counts of what stands near, not of what stands for: no witnesses here.
        sure = _SURE if o.term.zh else _SURE_OWN
        if o.term.domain != FIELD and HAN.search(o.zh) and (o.status != "unlisted" or o.similarity >= sure):
            by_document[o.pair.document, o.term.en].append(o)
    for group in by_document.values():
        said: set[str] = set()
        by_record: defaultdict[str, list[Occurrence]] = defaultdict(list)
        for o in group:
            by_record["" if o.pair.field == "text" else o.pair.record].append(o)
        for record, inside in by_record.items():
            # The passages of one text are one work, as an abstract's sentences are.
            yield from _minorities(inside, "warning", 0.8, "in this record" if record else "in this document", said)
        yield from _minorities(group, "note", 0.6, "in this document", said)


def check_titles(pairs: Iterable[Pair]) -> Iterator[tuple[Pair, Draft]]:
    """T003 for the title of one paper that several documents render differently, at each but the first."""
    first: dict[str, Pair] = {}
    for pair in pairs:
        if pair.field != "title":
            continue
        en, zh = " ".join(pair.en), "".join(pair.zh)
        known = first.setdefault(" ".join(en.casefold().split()), pair)
        other = "".join(known.zh)
        if known.document != pair.document and not same_rendering(zh, other):
            message = f"The title of this paper is “{zh}” here and “{other}” in {known.document}."
            yield pair, Draft("T003", "warning", 0.8, (0, len(en)), (0, len(zh)), other, zh, message)


def _minorities(
    group: list[Occurrence], severity: Severity, confidence: float, where: str, said: set[str]
) -> Iterator[Inconsistency]:
    clusters: list[list[Occurrence]] = []
    for o in group:
        home = next((c for c in clusters if same_rendering(c[0].zh, o.zh)), None)
        if home is None:
            clusters.append([o])
        else:
            home.append(o)
    if len(clusters) < 2:
        return
    rank = {"preferred": 0, "admitted": 1, "unlisted": 2, "forbidden": 3}
    best = min(
        clusters,
        key=lambda c: (min(rank.get(o.status, 4) for o in c) == 3, -len(c), min(rank.get(o.status, 4) for o in c)),
    )
    for cluster in clusters:
        first = cluster[0]
        key = fold(first.zh).text
        if cluster is best or key in said:
            continue
        said.add(key)
        here, there = f"“{first.zh}” here (×{len(cluster)})", f"“{best[0].zh}” (×{len(best)}) elsewhere {where}"
        # A record's own phrase was folded for counting: it is shown as it stands.
        name = " ".join(first.pair.en)[slice(*first.span_en)] if first.term.domain == OWN else first.term.en
        message = f"“{name}” is {here} and {there}."
        approved = all(o.status in ("preferred", "admitted") for o in (first, best[0]))
        thin = first.term.domain == OWN and len(group) < _WITNESSES
        level: Severity = "note" if approved or thin else severity  # two good names, or too little seen
        spans, texts = (first.span_en, first.span_zh), (best[0].zh, first.zh)
        yield Inconsistency(first, Draft("T003", level, confidence, *spans, *texts, message, first.term.en))


def same_rendering(a: str, b: str) -> bool:
    """Whether two renderings are one but for 的, blanks, or words left out in the shorter.

    >>> same_rendering("大模型", "大语言模型"), same_rendering("语境学习", "上下文学习")
    (True, False)
    """
    x, y = (_DE.sub("", fold(text).text) for text in (a, b))
    if sorted(x) == sorted(y):
        return True  # HR监测, 监测HR
    if len(x) > len(y):
        x, y = y, x
    rest = iter(y)
    return all(character in rest for character in x)
