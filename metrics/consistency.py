"""T003: one English term, several Chinese renderings."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from ..corpora import Pair
from ..corpora.script import HAN
from .corpus_counts import Title, first_titles, title_key
from .field_terms import FIELD
from .findings import Draft, Severity
from .folding import fold
from .messages import Message, say
from .occurrences import Occurrence, sides
from .phrases import OWN

_DE = re.compile("[的之地]")
_APPROVED = ("preferred", "admitted")
_WITNESSES = 3  # places from which a record's own phrase may accuse itself
_SURE, _SURE_OWN = 0.6, 0.85  # confidence from which a located rendering may witness; for a record's own phrase
_HAN_BEFORE, _HAN_AFTER = re.compile("[\u3400-\u9fff] ?$"), re.compile(" ?[\u3400-\u9fff]")
_LOWER = re.compile("[a-z]{3,}(?:-[a-z]+)*$")  # an ordinary word: no name, no acronym


@dataclass(frozen=True, slots=True)
class Inconsistency:
    """A draft and the occurrence it is about."""

    occurrence: Occurrence
    draft: Draft


def check_consistency(occurrences: Iterable[Occurrence], given: Set[str] = frozenset()) -> Iterator[Inconsistency]:
    """One for each minority rendering of a term in a record; across the records of a document as a note.

    Renderings that differ only in 的, blanks or by words left out (大模型, 大语言模型) are one. `given` are the terms
    of the user's own termbase: what that approves is never reported, and the others are measured by it.
    """
    by_document: defaultdict[tuple[str, str], list[Occurrence]] = defaultdict(list)
    for o in occurrences:
        if _may_witness(o):
            by_document[o.pair.document, o.term.en].append(o)
    for group in by_document.values():
        said: set[str] = set()
        by_record: defaultdict[str, list[Occurrence]] = defaultdict(list)
        for o in group:
            by_record["" if o.pair.field == "text" else o.pair.record].append(o)
        for record, inside in by_record.items():
            # The passages of one text are one work, as an abstract's sentences are.
            where = say("T003.in_record" if record else "T003.in_document")
            yield from _minorities(inside, "warning", 0.8, where, said, given)
        yield from _minorities(group, "note", 0.6, say("T003.in_document"), said, given)


def _may_witness(o: Occurrence) -> bool:
    """Whether an occurrence says what its term became.

    The field's renderings are counts of what stands near, not of what stands for: of its terms only those count that
    the Chinese left in Latin letters here and took for a word elsewhere.
    """
    en, zh = sides(o.pair)
    if o.status == "latin":
        # A word of an English clause that was left standing is no rendering.
        alone = o.span_zh is not None and (
            _HAN_BEFORE.search(zh[: o.span_zh[0]]) or _HAN_AFTER.match(zh[o.span_zh[1] :])
        )
        return bool(alone) and bool(_LOWER.match(en[slice(*o.span_en)]))
    if not HAN.search(o.zh):
        return False
    if o.term.domain == FIELD:
        return o.status == "preferred"
    return o.status != "unlisted" or o.confidence >= (_SURE if o.term.zh else _SURE_OWN)


def check_titles(pairs: Iterable[Pair], first: Mapping[str, Title] | None = None) -> Iterator[tuple[Pair, Draft]]:
    """T003 for the title of one paper that several documents render differently, at each but the first.

    `first` holds the first rendering of each title in the whole corpus, by `title_key`, where that is more than these
    pairs; of a title that is not in it nothing is said.
    """
    pairs = list(pairs)
    first = first_titles(pairs) if first is None else first
    for pair in pairs:
        known = first.get(title_key(pair)) if pair.field == "title" else None
        en, zh = sides(pair)
        if known is not None and known.document != pair.document and not same_rendering(zh, known.zh):
            message = say("T003.title", here=zh, there=known.zh, document=known.document)
            yield pair, Draft("T003", "warning", 0.8, (0, len(en)), (0, len(zh)), known.zh, zh, message)


def _minorities(
    group: list[Occurrence], severity: Severity, confidence: float, where: Message, said: set[str], given: Set[str]
) -> Iterator[Inconsistency]:
    clusters: list[list[Occurrence]] = []
    for o in group:
        home = next((c for c in clusters if same_rendering(c[0].zh, o.zh)), None)
        if home is None:
            clusters.append([o])
        else:
            home.append(o)
    if len(clusters) < 2 or (group[0].term.domain == FIELD and not any(o.status == "latin" for o in group)):
        return
    rank = {"preferred": 0, "admitted": 1, "latin": 2, "unlisted": 2, "forbidden": 3}
    decided = [c for c in clusters if group[0].term.en in given and all(o.status in _APPROVED for o in c)]
    best = min(
        decided or clusters,
        key=lambda c: (min(rank.get(o.status, 4) for o in c) == 3, -len(c), min(rank.get(o.status, 4) for o in c)),
    )
    for cluster in clusters:
        first = cluster[0]
        key = fold(first.zh).text
        if cluster is best or cluster in decided or key in said:
            continue
        said.add(key)
        # A record's own phrase was folded for counting: it is shown as it stands.
        name = " ".join(first.pair.en)[slice(*first.span_en)] if first.term.domain == OWN else first.term.en
        message = say(
            "T003.renderings",
            name=name,
            here=first.zh,
            n=len(cluster),
            there=best[0].zh,
            most=len(best),
            where=where,
        )
        approved = all(o.status in _APPROVED for o in (first, best[0]))
        thin = first.term.domain == OWN and len(group) < _WITNESSES
        level: Severity = "note" if approved or thin else severity  # two good names, or too little seen
        # Where neither is what the termbase wants, the more frequent one is no advice.
        listed = bool(first.term.zh) and first.term.domain not in (OWN, FIELD)
        wanted = first.term.zh if listed and best[0].status in ("unlisted", "forbidden") else best[0].zh
        spans, texts = (first.span_en, first.span_zh), (wanted, first.zh)
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
