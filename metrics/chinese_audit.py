"""Chinese written from English, or alone: every rule of that direction is called from here."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache

from ..align import load_encoder
from ..corpora import Document, Knowledge, Pair, Record, Termbase
from .acronyms import check_acronyms, check_definitions
from .chinese_only import ChineseOnly
from .chinese_pieces import check_record, pieces_without_english
from .claims import check_claims
from .clauses import check_clauses, may_miss
from .confusion import check_confusion
from .consistency import check_consistency, check_titles
from .corpus_counts import Counts
from .coverage import check_coverage
from .field_terms import field_terms
from .fieldness import fieldness
from .findings import Draft
from .footnotes import check_footnote_sequence, check_footnotes
from .formulas import check_formulas
from .history import EMPTY as NO_HISTORY
from .history import History, check_history, phrases_in
from .latin_names import check_latin_names
from .links import check_links
from .literal import check_literal
from .markup import check_markup
from .name_forms import check_names_alone
from .numbering import check_numbering
from .numbers import check_numbers
from .occurrences import Locators, OccurrenceFinder, sides
from .person_names import check_author_lists, check_names_in_pair
from .phrases import repeated_phrases
from .remembered import Part, Remembered
from .said import Said
from .system_names import forms_of, system_names
from .term_index import TermIndex
from .terms import Witnesses, check_term
from .torn_names import check_name_signs, check_torn_names
from .traditional import simplified
from .untranslated import check_source_words, check_untranslated

_OF_PAIRS = (
    check_claims,
    check_links,
    check_latin_names,
    check_names_in_pair,
    check_formulas,
    check_markup,
    check_name_signs,
    check_footnotes,
)


def locate_records(
    groups: Sequence[Sequence[Pair]],
    termbase: Termbase,
    knowledge: Knowledge,
    locators: Locators | None,
    mainland: Mapping[str, str],
    progress: Callable[[str], None],
    remembered: Remembered | None = None,
    history: History = NO_HISTORY,
) -> list[Part]:
    """What each record's pairs, a group a record, say by themselves: nearly all that an audit costs.

    `mainland` holds, by pair, Taiwan's Chinese in the words of the mainland (`metrics.traditional`). What is
    `remembered` of a record is not worked out again, and the rest of it is made to remember this audit.
    """

    @cache
    def reader() -> _Reader:
        return _Reader.of(termbase, knowledge, locators, history)

    if remembered is not None:
        remembered.begin(groups, mainland, termbase, knowledge)
    parts: list[Part] = []
    for group in groups:
        part = remembered.recall(group) if remembered is not None else None
        if part is None:
            part = _audit_record(group, reader(), knowledge, locators, mainland)
            if remembered is not None:
                remembered.keep(part)
        parts.append(part)
        for pair in group:
            progress(pair.id)
    return parts


def judge_records(
    documents: Sequence[Document],
    records: Sequence[Record],
    groups: Sequence[Sequence[Pair]],
    parts: Iterable[Part],
    termbase: Termbase,
    knowledge: Knowledge,
    counts: Counts,
    history: History = NO_HISTORY,
) -> Said:
    """What the rules say of documents, of their records and of their pairs, a group a record.

    `parts` are what `locate_records` gave for the groups, `counts` those of the whole corpus.
    """
    said = Said()
    for part in parts:
        said.occurrences += part.occurrences
        said.of_pairs += part.drafts
    _audit_terms(said, [pair for group in groups for pair in group], knowledge, termbase.given, counts, history)
    by_source = {document.source: document for document in documents}
    for record in records:
        said.of_records += [(record, draft, offset) for draft, offset in check_record(record)]
        said.of_documents += _check_authors(record, by_source[record.document])
    checker: ChineseOnly | None = None
    for document in documents:
        pieces = pieces_without_english(document, records)
        if pieces.text and checker is None:
            checker = ChineseOnly(termbase.terms, knowledge, termbase.given)
        for draft in checker.check(simplified(pieces.text)) if checker else ():
            said.of_records.append(pieces.placed(draft))
        # Where English stands beside it, two words side by side may be just that.
        said.of_records += [pieces.placed(draft) for draft in check_torn_names(pieces.text)]
        for check in (check_footnote_sequence, check_numbering, check_names_alone):
            said.of_documents += [(document, draft) for draft in check(document.text)]
    return said


@dataclass(frozen=True, slots=True)
class _Reader:
    """What records are read with: indices of the terms, and what the termbase approves."""

    finder: OccurrenceFinder
    listed: Set[str]
    approved: Mapping[str, Sequence[str]]
    phrases: TermIndex | None

    @classmethod
    def of(cls, termbase: Termbase, knowledge: Knowledge, locators: Locators | None, history: History) -> "_Reader":
        listed = forms_of(termbase)
        # Of what the field alone knows nothing can be told without a place.
        unlisted = [term for term in field_terms(knowledge) if term.en not in listed] if locators else []
        approved = {
            form.lower().replace("-", " "): term.approved for term in termbase.terms for form in (term.en, *term.also)
        }
        finder = OccurrenceFinder(termbase.terms, unlisted, knowledge, termbase.given)
        return cls(finder, listed, approved, history.index() if locators else None)


def _audit_record(
    group: Sequence[Pair],
    reader: _Reader,
    knowledge: Knowledge,
    locators: Locators | None,
    mainland: Mapping[str, str],
) -> Part:
    """What became of the terms of one record's pairs, and what is said of each pair by itself."""
    finder, listed = reader.finder, reader.listed
    terms = [*repeated_phrases(group), *system_names(group, listed, knowledge), *phrases_in(group, reader.phrases)]
    own = TermIndex(terms) if locators else None
    occurrences, waiting = finder.settle(group, own, mainland)
    drafts: list[tuple[Pair, Draft]] = []
    if locators:
        doubtful = [pair for pair in group if may_miss(*sides(pair))]
        asked = {work.pair.id: work.pair for work in waiting} | {pair.id: pair for pair in doubtful}
        located = dict(zip(asked, locators([sides(pair) for pair in asked.values()]), strict=True))
        occurrences += finder.locate([(work, located[work.pair.id]) for work in waiting])
        for pair in doubtful:
            drafts += [(pair, draft) for draft in check_clauses(*sides(pair), located[pair.id])]
    for pair in group:
        drafts += [(pair, draft) for draft in _check_pair(pair, knowledge)]
    drafts += check_acronyms(group, knowledge)
    for pair in group:
        drafts += [(pair, draft) for draft in check_definitions(*sides(pair), knowledge, reader.approved)]
    return Part(occurrences, drafts)


def _audit_terms(
    said: Said, pairs: Sequence[Pair], knowledge: Knowledge, given: Set[str], counts: Counts, history: History
) -> None:
    """What is said of terms once all that they became in the corpus is known."""
    witnesses = Witnesses(said.occurrences, knowledge, lambda texts: load_encoder().encode(texts), counts)
    of_field = fieldness(pairs, said.occurrences, knowledge)
    for o in said.occurrences:
        said.of_pairs += [
            (o.pair, draft) for draft in check_term(o, knowledge, witnesses, of_field[o.pair.record], given)
        ]
        said.of_pairs += [(o.pair, draft) for draft in check_literal(o)]
    said.of_pairs += [(item.occurrence.pair, item.draft) for item in check_consistency(said.occurrences, given)]
    said.of_pairs += check_titles(pairs, counts.titles)
    said.of_pairs += check_confusion(said.occurrences, given)
    said.of_pairs += list(check_history(said.occurrences, history, given, said.of_pairs))


def _check_pair(pair: Pair, knowledge: Knowledge) -> Iterator[Draft]:
    yield from check_coverage(pair)
    en, zh = sides(pair)
    if not en or not zh:
        return
    untranslated = list(check_untranslated(en, zh))
    yield from untranslated
    if any(draft.span_zh == (0, len(zh)) for draft in untranslated):
        return
    yield from check_numbers(en, zh)
    yield from check_source_words(en, zh, kept=knowledge.kept_latin)
    for check in _OF_PAIRS:
        yield from check(en, zh)


def _check_authors(record: Record, document: Document) -> Iterator[tuple[Document, Draft]]:
    """What is said of authors that the document names in Chinese and a catalogue in English."""
    places = record.spans.get("authors", ())
    if not record.authors_en or not places:
        return
    begin, end = places[0][0], places[-1][1]
    for draft in check_author_lists(record.authors_en, record.authors, document.text[begin:end]):
        span = draft.span_zh and (draft.span_zh[0] + begin, draft.span_zh[1] + begin)
        yield document, replace(draft, span_en=None, span_zh=span)
