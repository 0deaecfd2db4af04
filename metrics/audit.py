"""Records and pairs in, findings out: every rule is called from here."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from ..align.spans import SpanLocator
from ..corpora import Document, Pair, Record
from ..corpora.knowledge import EMPTY, Knowledge
from ..corpora.script import language
from ..corpora.termbase import Term, Termbase
from .acronyms import check_acronyms
from .chinese_only import ChineseOnly
from .consistency import check_consistency, check_titles
from .coverage import check_coverage, comparable_records
from .doubling import check_doubled, check_doubled_en
from .field_terms import field_terms
from .findings import SEVERITIES, Draft, Finding
from .glued import check_glued
from .invisible import check_invisible
from .links import check_links
from .numbers import check_numbers
from .occurrences import Occurrence, OccurrenceFinder
from .phrases import repeated_phrases
from .placing import Placer
from .quotes import check_quotes
from .term_index import TermIndex
from .terms import check_term
from .untranslated import check_source_words, check_untranslated

_CHINESE = ("title_zh", "abstract_zh", "text_zh", "key_points_zh", "summary_zh", "commentary_zh")
_ENGLISH = ("title_en", "abstract_en", "text_en")


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
    locator: Callable[[str, str], SpanLocator] = SpanLocator,
    progress: Callable[[str], None] = lambda pair: None,
) -> Audit:
    """All findings on these records and pairs, sorted by document and place.

    Every pair's and record's document must be among `documents`. `progress` is told each pair's id.
    """
    documents = list(documents)
    records, pairs = _in_order(documents, records, pairs)
    placer = Placer(documents, pairs)
    finder = OccurrenceFinder(all_terms(termbase, knowledge), knowledge, locator)
    findings: list[Finding] = []
    occurrences: list[Occurrence] = []
    groups = _by_record(pairs)
    own = {record: TermIndex(repeated_phrases(group)) for record, group in groups.items()}
    for pair in pairs:
        en, zh = " ".join(pair.en), "".join(pair.zh)
        here = list(finder.find(pair, en, zh, own[pair.record]))
        occurrences += here
        drafts = [draft for o in here for draft in check_term(o, knowledge)]
        drafts += _pair_checks(pair, en, zh, knowledge)
        findings += [placer.in_pair(pair, draft) for draft in drafts]
        progress(pair.id)
    for item in check_consistency(occurrences):
        findings.append(placer.in_pair(item.occurrence.pair, item.draft))
    findings += [placer.in_pair(pair, draft) for pair, draft in check_titles(pairs)]
    for group in groups.values():
        findings += [placer.in_pair(pair, draft) for pair, draft in check_acronyms(group, knowledge)]
    for record in records:
        findings += [placer.in_record(record, draft, offset) for draft, offset in _record_checks(record)]
    findings += _without_english(documents, records, ChineseOnly(termbase.terms, knowledge), placer)
    notes = []
    comparable = comparable_records(records)
    for document in documents:
        digests = [record for record in comparable if record.document == document.source]
        if digests:
            findings.append(_not_a_translation(placer, digests))
    if comparable:
        one = len(comparable) == 1
        count = "1 record is" if one else f"{len(comparable)} records are"
        rest = "omission and number rules were not applied"
        notes.append(f"{count} comparable, not parallel: {rest} to {'it' if one else 'them'}.")
    return Audit(tuple(sorted(_unique(findings), key=_order)), tuple(occurrences), tuple(notes))


def all_terms(termbase: Termbase, knowledge: Knowledge) -> list[Term]:
    """The termbase's terms, and those of the field that it does not list."""
    listed = {form.casefold() for term in termbase.terms for form in (term.en, *term.also)}
    return [*termbase.terms, *(term for term in field_terms(knowledge) if term.en not in listed)]


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


def _pair_checks(pair: Pair, en: str, zh: str, knowledge: Knowledge) -> Iterator[Draft]:
    yield from check_coverage(pair)
    if not en or not zh:
        return
    untranslated = list(check_untranslated(en, zh))
    yield from untranslated
    if any(draft.span_zh == (0, len(zh)) for draft in untranslated):
        return
    yield from check_numbers(en, zh)
    yield from check_source_words(en, zh, kept=knowledge.kept_latin)
    yield from check_links(en, zh)


def _record_checks(record: Record) -> Iterator[tuple[Draft, int]]:
    """Checks of one side alone, piece by piece, each with the piece's offset in the document."""
    for fields in (_CHINESE, _ENGLISH):
        for _, begin, text in _pieces(record, fields):
            for draft in check_invisible(text, zh=fields is _CHINESE):
                yield draft, begin
    for _, begin, text in _pieces(record, _CHINESE):
        if language(text) == "en":
            continue
        for draft in (*check_doubled(text), *check_quotes(text), *check_links("", text)):
            yield draft, begin
    for _, begin, text in _pieces(record, _ENGLISH):
        for draft in (*check_glued(text), *check_doubled_en(text)):
            yield draft, begin
    for _, begin, text in _pieces(record, ("url",)):
        for draft in check_links("", text):
            yield draft, begin
    field = "abstract_en" if record.abstract_en else "text_en" if record.text_en else ""
    if field and record.kind in ("missing_zh", "untranslated"):
        what = field.removesuffix("_en")
        begin, end = record.spans[field][0]
        if record.kind == "untranslated":
            message = f"The English {what} is repeated where the Chinese should stand."
            yield Draft("C003", "error", 0.95, (0, end - begin), None, "", "", message), begin
        else:
            message = f"The {what} stands in English only."
            yield Draft("C003", "warning", 0.7, (0, end - begin), None, "", "", message), begin


def _without_english(
    documents: Iterable[Document], records: Iterable[Record], checker: ChineseOnly, placer: Placer
) -> Iterator[Finding]:
    """Checks of all the Chinese of a document that no English pair answers: newsletters, key points, summaries."""
    for document in documents:
        pieces: list[tuple[int, str, Record]] = []
        for record in records:
            if record.document == document.source and record.kind in ("zh_only", "commentary", "summary"):
                fields = _CHINESE[1:] if record.title_en else _CHINESE
                pieces += [(begin, text, record) for _, begin, text in _pieces(record, fields)]
        joined = "\ufffc".join(text for _, text, _ in pieces)  # one character, so that offsets stay; no text has it
        for draft in checker.check(joined):
            at = draft.span_zh[0] if draft.span_zh else 0
            for begin, text, record in pieces:
                if at < len(text):
                    yield placer.in_record(record, moved(draft, at), begin)
                    break
                at -= len(text) + 1


def moved(draft: Draft, begin: int) -> Draft:
    """The draft with its Chinese span beginning elsewhere."""
    if draft.span_zh is None:
        return draft
    return replace(draft, span_zh=(begin, begin + draft.span_zh[1] - draft.span_zh[0]))


def _pieces(record: Record, fields: Iterable[str]) -> Iterator[tuple[str, int, str]]:
    """Field, offset and text of each piece of these fields."""
    for field in fields:
        value = getattr(record, field)
        if not value:
            continue
        text = value if isinstance(value, str) else "\n".join(value)
        at = 0
        for begin, end in record.spans.get(field, ()):  # an address behind a link has no place in the text
            yield field, begin, text[at : at + end - begin]
            at += end - begin + 1


def _not_a_translation(placer: Placer, records: list[Record]) -> Finding:
    first = records[0]
    field = next(
        name for name in ("key_points_zh", "summary_zh", "abstract_zh", "commentary_zh") if first.spans.get(name)
    )
    begin, end = first.spans[field][0]
    what = "1 record here gives" if len(records) == 1 else f"{len(records)} records here give"
    message = f"{what} key points or a summary, not a translation: not checked for omissions and numbers."
    draft = Draft("C005", "note", 0.9, None, (0, end - begin), "", "", message)
    return placer.in_record(first, draft, begin)


def _unique(findings: Iterable[Finding]) -> list[Finding]:
    """One finding a rule and place, the surest."""
    best: dict[tuple[object, ...], Finding] = {}
    for f in findings:
        key = (f.rule, f.document, f.span_en if f.span_zh is None else None, f.span_zh)
        if key not in best or f.confidence > best[key].confidence:
            best[key] = f
    return list(best.values())


def _order(f: Finding) -> tuple[object, ...]:
    return (f.document, f.line, f.column, SEVERITIES.index(f.severity), f.rule, f.fingerprint)
