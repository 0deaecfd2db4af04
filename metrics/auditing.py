"""Records and pairs in, findings out, placed in their documents."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal

from ..align.spans import locators as load_locators
from ..align.threads import one_thread
from ..corpora import Document, Pair, Record
from ..corpora.knowledge import EMPTY, Knowledge
from ..corpora.termbase import Termbase
from .chinese_audit import audit_chinese
from .coverage import comparable_records
from .english_audit import audit_english, on_english
from .findings import SEVERITIES, Draft, Finding
from .history import EMPTY as NO_HISTORY
from .history import History
from .messages import Language, in_language, say
from .occurrences import Locators, Occurrence
from .placing import Placer
from .remembered import Remembered
from .traditional import judged

_RENDERINGS = ("T002", "N003", "T001", "T004")  # what judges one rendering, by the strength of the evidence


@dataclass(frozen=True, slots=True)
class Audit:
    """What the audit found, and the occurrences of terms that the glossary is made of."""

    findings: tuple[Finding, ...]
    occurrences: tuple[Occurrence, ...]
    notes: tuple[str, ...]


def audit(
    documents: Iterable[Document],
    records: Iterable[Record],
    pairs: Iterable[Pair],
    termbase: Termbase,
    knowledge: Knowledge = EMPTY,
    locators: Locators | None = load_locators,
    progress: Callable[[str], None] = lambda pair: None,
    direction: Literal["en-zh", "zh-en"] = "en-zh",
    lang: Language = "en",
    remembered: Remembered | None = None,
    history: History = NO_HISTORY,
) -> Audit:
    """All findings on these records and pairs, sorted by document and place; `direction` says which side is judged.

    Every pair's and record's document must be among `documents`. Without `locators` only what the text settles is
    judged. `progress` is told each pair's id. Messages and notes are in `lang`; fingerprints do not depend on it.
    What is `remembered` of an earlier audit in the direction en-zh is not worked out again; `history` is what earlier
    texts called the terms.
    """
    documents = list(documents)
    records, pairs = _in_order(documents, records, pairs)
    placer = Placer(documents, pairs, records, lang)
    seen = judged(pairs)
    originals, pairs = {pair.id: pair for pair in pairs}, list(seen.pairs)
    groups = list(_by_record(pairs).values())
    with one_thread():  # set once: of the small products of a pair several threads would only wait for each other
        if direction == "zh-en":
            said = audit_english(records, groups, termbase, knowledge, locators, progress)
        else:
            said = audit_chinese(
                documents, records, groups, termbase, knowledge, locators, seen.mainland, progress, remembered, history
            )
    findings = [placer.in_pair(pair, draft) for pair, draft in said.of_pairs]
    findings += [placer.in_record(record, draft, offset) for record, draft, offset in said.of_records]
    findings += [placer.in_document(document, draft) for document, draft in said.of_documents]
    occurrences = [_as_it_stands(o, originals[o.pair.id]) for o in said.occurrences]
    if direction == "zh-en":
        sources = {document.source: document for document in documents}
        findings = [on_english(finding, sources) for finding in findings]
        return Audit(tuple(sorted(_unique(findings), key=_order)), tuple(occurrences), ())
    notes = []
    comparable = comparable_records(records)
    for document in documents:
        digests = [record for record in comparable if record.document == document.source]
        if digests:
            findings.append(_not_a_translation(placer, digests))
    if comparable:
        n = len(comparable)
        note = say("note.comparable_one") if n == 1 else say("note.comparable", n=n)
        notes.append(in_language(note, lang))
    return Audit(tuple(sorted(_unique(findings), key=_order)), tuple(occurrences), tuple(notes))


def _as_it_stands(o: Occurrence, pair: Pair) -> Occurrence:
    """The occurrence in the pair as it was given, not in its simplified copy."""
    zh = "".join(pair.zh)[slice(*o.span_zh)] if o.span_zh else o.zh
    return o if o.pair is pair else replace(o, pair=pair, zh=zh)


def _in_order(
    documents: list[Document], records: Iterable[Record], pairs: Iterable[Pair]
) -> tuple[list[Record], list[Pair]]:
    """Records by their place in the documents, and pairs by their records: some rules name the first of several."""
    order = {document.source: k for k, document in enumerate(documents)}
    records = list(records)
    places = {record.id: (order[record.document], _begin(record)) for record in records}
    return (
        sorted(records, key=lambda record: places[record.id]),
        sorted(pairs, key=lambda pair: places.get(pair.record, (order[pair.document], 0))),
    )


def _begin(record: Record) -> int:
    return min((begin for spans in record.spans.values() for begin, _ in spans), default=0)


def _by_record(pairs: Iterable[Pair]) -> dict[str, list[Pair]]:
    groups: dict[str, list[Pair]] = {}
    for pair in pairs:
        groups.setdefault(pair.record, []).append(pair)
    return groups


def _not_a_translation(placer: Placer, records: list[Record]) -> Finding:
    first = records[0]
    field = next(
        name for name in ("key_points_zh", "summary_zh", "abstract_zh", "commentary_zh") if first.spans.get(name)
    )
    begin, end = first.spans[field][0]
    message = say("C005.one") if len(records) == 1 else say("C005.many", n=len(records))
    draft = Draft("C005", "note", 0.9, None, (0, end - begin), "", "", message)
    return placer.in_record(first, draft, begin)


def _unique(findings: Iterable[Finding]) -> list[Finding]:
    """One finding a rule and place, the surest; of one rendering, what the strongest evidence says."""
    best: dict[tuple[object, ...], Finding] = {}
    for f in findings:
        rule = "rendering" if f.rule in _RENDERINGS and f.span_zh else f.rule
        key = (rule, f.document, f.span_en if f.span_zh is None else None, f.span_zh)
        if key not in best or _strength(f) > _strength(best[key]):
            best[key] = f
    return list(best.values())


def _strength(f: Finding) -> tuple[float, ...]:
    rank = _RENDERINGS.index(f.rule) if f.rule in _RENDERINGS else 0
    return (-SEVERITIES.index(f.severity), -rank, f.confidence)


def _order(f: Finding) -> tuple[object, ...]:
    return (f.document, f.line, f.column, SEVERITIES.index(f.severity), f.rule, f.fingerprint)
