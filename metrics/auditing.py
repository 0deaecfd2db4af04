"""Records and pairs in, findings out, placed in their documents."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from ..align.spans import locators as load_locators
from ..align.threads import one_thread
from ..align.word_links import WordLinks
from ..corpora import Document, Pair, Record
from ..corpora.knowledge import EMPTY, Knowledge
from ..corpora.termbase import Termbase
from .chinese_audit import judge_records, locate_records
from .corpus_counts import Counts, count_renderings, first_titles, introduced, total_renderings
from .coverage import comparable_records
from .english_audit import audit_english, english_links, on_english
from .field_terms import field_terms
from .findings import SEVERITIES, Draft, Finding
from .history import EMPTY as NO_HISTORY
from .history import History
from .messages import Language, in_language, say
from .occurrences import Locators, Occurrence
from .placing import Placer
from .remembered import Part, Remembered
from .said import Said
from .traditional import judged

Direction = Literal["en-zh", "zh-en"]
Progress = Callable[[str], None]
_RENDERINGS = ("T002", "N003", "T001", "T004")  # what judges one rendering, by the strength of the evidence


@dataclass(frozen=True, slots=True)
class Audit:
    """What the audit found, and the occurrences of terms that the glossary is made of."""

    findings: tuple[Finding, ...]
    occurrences: tuple[Occurrence, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judging:
    """What an audit rests on beside the texts: the same for all parts of a corpus.

    Without `locators` only what the text settles is judged. `direction` says which side is judged: for zh-en `links`
    gives what the corpus shows of its words (`english_links`), and `locators` are not asked. `settings` names all that
    the locators rest on, for what one process remembers for another. Messages are in `lang`; fingerprints do not
    depend on it. `history` is what earlier texts called the terms.
    """

    termbase: Termbase
    knowledge: Knowledge = EMPTY
    locators: Locators | None = load_locators
    direction: Direction = "en-zh"
    lang: Language = "en"
    history: History = NO_HISTORY
    links: Callable[[], WordLinks] | None = None
    settings: str = ""


class Texts:
    """Documents, records and pairs in order, and the pairs as the rules see them."""

    def __init__(self, documents: Iterable[Document], records: Iterable[Record], pairs: Iterable[Pair]) -> None:
        """Sort and simplify; every pair's and record's document must be among `documents`."""
        self.documents = list(documents)
        self.records, self.pairs = _in_order(self.documents, records, pairs)
        seen = judged(self.pairs)
        self.mainland: Mapping[str, str] = seen.mainland
        self.groups = list(_by_record(seen.pairs).values())
        self.seen = [pair for group in self.groups for pair in group]

    def as_they_stand(self, occurrences: Iterable[Occurrence]) -> tuple[Occurrence, ...]:
        """The occurrences in the pairs as they were given, not in their simplified copies."""
        originals = {pair.id: pair for pair in self.pairs}
        return tuple(_as_it_stands(o, originals[o.pair.id]) for o in occurrences)


def audit(
    documents: Iterable[Document],
    records: Iterable[Record],
    pairs: Iterable[Pair],
    termbase: Termbase,
    knowledge: Knowledge = EMPTY,
    locators: Locators | None = load_locators,
    progress: Progress = lambda pair: None,
    direction: Direction = "en-zh",
    lang: Language = "en",
    remembered: Remembered | None = None,
    history: History = NO_HISTORY,
) -> Audit:
    """All findings on these records and pairs, sorted by document and place; `direction` says which side is judged.

    Every pair's and record's document must be among `documents`. Without `locators` only what the text settles is
    judged. `progress` is told each pair's id. Messages and notes are in `lang`; fingerprints do not depend on it.
    What is `remembered` of an earlier audit in the direction en-zh is not worked out again; `history` is what earlier
    texts called the terms. A corpus too big for one go is audited part by part: `part_audit`.
    """
    texts = Texts(documents, records, pairs)
    links = (lambda: english_links(texts.seen, termbase, knowledge)) if locators else None
    judging = Judging(termbase, knowledge, locators, direction, lang, history, links)
    located = locate(texts, judging, progress, remembered)
    counts = counts_of(texts, judging, located)
    found = judge(texts, judging, located, counts, progress)
    return replace(found, notes=notes_of(counts, lang))


def locate(texts: Texts, judging: Judging, progress: Progress, remembered: Remembered | None = None) -> list[Part]:
    """What the pairs of each record say by themselves; nothing for English, where that is quickly told again."""
    if judging.direction == "zh-en":
        return []
    with one_thread():  # set once: of the small products of a pair several threads would only wait for each other
        return locate_records(
            texts.groups,
            judging.termbase,
            judging.knowledge,
            judging.locators,
            texts.mainland,
            progress,
            remembered,
            judging.history,
        )


def counts_of(texts: Texts, judging: Judging, parts: Iterable[Part]) -> Counts:
    """What other parts of the corpus have to know of these texts."""
    if judging.direction == "zh-en":
        return Counts()
    occurrences = [o for part in parts for o in part.occurrences]
    listed = {term.en: term for term in judging.termbase.terms}
    asked = listed.keys() | {term.en for term in field_terms(judging.knowledge)}
    renderings = count_renderings(occurrences, asked)
    return Counts(
        renderings,
        total_renderings(renderings),
        first_titles(texts.seen),
        introduced(occurrences, listed),
        len(comparable_records(texts.records)),
    )


def judge(texts: Texts, judging: Judging, parts: Iterable[Part], counts: Counts, progress: Progress) -> Audit:
    """The findings of these texts, whose records say `parts` by themselves and whose corpus has these counts."""
    placer = Placer(texts.documents, texts.pairs, texts.records, judging.lang)
    with one_thread():
        said = _said(texts, judging, parts, counts, progress)
    findings = [placer.in_pair(pair, draft) for pair, draft in said.of_pairs]
    findings += [placer.in_record(record, draft, offset) for record, draft, offset in said.of_records]
    findings += [placer.in_document(document, draft) for document, draft in said.of_documents]
    if judging.direction == "zh-en":
        sources = {document.source: document for document in texts.documents}
        findings = [on_english(finding, sources) for finding in findings]
    else:
        digests: dict[str, list[Record]] = {}
        for record in comparable_records(texts.records):
            digests.setdefault(record.document, []).append(record)
        findings += [_not_a_translation(placer, records) for records in digests.values()]
    return Audit(tuple(sorted(_unique(findings), key=_order)), texts.as_they_stand(said.occurrences), ())


def _said(texts: Texts, judging: Judging, parts: Iterable[Part], counts: Counts, progress: Progress) -> Said:
    termbase, knowledge = judging.termbase, judging.knowledge
    if judging.direction == "zh-en":
        links = judging.links() if judging.links else None
        return audit_english(texts.records, texts.groups, termbase, knowledge, links, progress)
    return judge_records(
        texts.documents, texts.records, texts.groups, parts, termbase, knowledge, counts, judging.history
    )


def notes_of(counts: Counts, lang: Language = "en") -> tuple[str, ...]:
    """What to know of the audit of a corpus, one sentence each."""
    n = counts.comparable
    if not n:
        return ()
    return (in_language(say("note.comparable_one") if n == 1 else say("note.comparable", n=n), lang),)


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
