"""English written from Chinese: every rule of that direction is called from here."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ..align.word_links import WordLinks, train_links
from ..align.word_senses import senses_of
from ..corpora import Document, Pair, Record, Span
from ..corpora.knowledge import Knowledge
from ..corpora.termbase import Termbase
from .english_form import check_form_en, check_form_pair
from .english_names import check_names_en
from .english_numbers import check_numbers_en
from .english_side import (
    check_chinese_left,
    check_coverage_en,
    check_pinyin_left,
    check_sentences,
    is_chinese,
)
from .english_terms import SourceOccurrence, check_expansions, check_source_term, locate_terms
from .findings import Draft, Finding
from .folding import fold
from .invisible import check_invisible
from .linked_texts import LinkedTexts
from .occurrences import Occurrence, sides
from .rendering import Status
from .said import Said
from .source_terms import SourceTerm, SourceTerms, answered

_FIELDS = (("title_en", "title_zh"), ("abstract_en", "abstract_zh"), ("text_en", "text_zh"))


def audit_english(
    records: Iterable[Record],
    groups: Iterable[Sequence[Pair]],
    termbase: Termbase,
    knowledge: Knowledge,
    links: WordLinks | None,
    progress: Callable[[str], None],
) -> Said:
    """The drafts and occurrences of records and of their pairs, a group a record, judging the English.

    `links` are those of `english_links`; without them no places are looked for.
    """
    sources = SourceTerms(termbase.terms)
    said = Said()
    for group in groups:
        found = {pair.id: sources.matches("".join(pair.zh)) if pair.en else [] for pair in group}
        for pair, drafts in _terms(group, found, knowledge, links):
            said.of_pairs += [(pair, draft) for draft in drafts]
        for pair in group:
            expansions = check_expansions(sources, " ".join(pair.en), "".join(pair.zh))
            said.of_pairs += [(pair, draft) for draft in expansions]
            said.of_pairs += [(pair, draft) for draft in _pair_checks(pair)]
            said.occurrences += _right_ones(pair, found[pair.id])
            progress(pair.id)
    said.of_records = [(record, draft, offset) for record in records for draft, offset in _record_checks(record)]
    return said


def english_links(pairs: Iterable[Pair], termbase: Termbase, knowledge: Knowledge) -> WordLinks:
    """What the pairs of a corpus show of words that belong together."""
    return train_links((sides(pair) for pair in pairs if pair.en and pair.zh), senses_of(termbase, knowledge))


def right_terms(pairs: Iterable[Pair], termbase: Termbase) -> list[Occurrence]:
    """The terms of which a right form stands in the English as it is written: the occurrences of `audit_english`."""
    sources = SourceTerms(termbase.terms)
    return [o for pair in pairs if pair.en for o in _right_ones(pair, sources.matches("".join(pair.zh)))]


def on_english(finding: Finding, documents: Mapping[str, Document]) -> Finding:
    """The finding at the line and column of its English, where it has any."""
    if finding.span_en is None:
        return finding
    line, column = documents[finding.document].position(finding.span_en[0])
    return replace(finding, line=line, column=column)


def _terms(
    group: Sequence[Pair], found: Mapping[str, list[SourceTerm]], knowledge: Knowledge, links: WordLinks | None
) -> Iterator[tuple[Pair, list[Draft]]]:
    """What terms and sentences need the links of words for; only pairs in doubt are linked."""
    linked: dict[str, LinkedTexts] = {}
    here: list[SourceOccurrence] = []
    for pair in group:
        en = " ".join(pair.en)
        doubt = any(not answered(source.forms, en) for source in found[pair.id]) or len(pair.en) != len(pair.zh)
        if links is not None and pair.en and pair.zh and doubt:
            linked[pair.id] = LinkedTexts(en, "".join(pair.zh), links)
            yield pair, list(check_sentences(pair, linked[pair.id]))
        here += locate_terms(pair, found[pair.id], linked.get(pair.id))
    elsewhere = {o.source.zh: o.source.forms[0] for o in here if o.right}
    for o in here:
        if o.pair.id in linked:
            yield o.pair, list(check_source_term(o, linked[o.pair.id], knowledge, elsewhere))


def _pair_checks(pair: Pair) -> Iterator[Draft]:
    yield from check_coverage_en(pair)
    en, zh = " ".join(pair.en), "".join(pair.zh)
    if not en or not zh:
        return
    yield from check_chinese_left(en, zh)
    if is_chinese(en):
        return
    yield from check_pinyin_left(en, zh)
    yield from check_numbers_en(en, zh)
    yield from check_names_en(en, zh)
    yield from check_form_pair(en, zh)


def _right_ones(pair: Pair, found: Sequence[SourceTerm]) -> Iterator[Occurrence]:
    """The terms of which a right form stands in the English as it is written."""
    folded = fold(" ".join(pair.en))
    for source in found:
        for term in source.terms:
            places = (folded.find(fold(form).text) for form in (term.en, *term.also))
            span = next((place for place in places if place), None)
            if span is not None:
                status: Status = "preferred" if source.zh == term.zh else "admitted"
                yield Occurrence(pair, term, status, span, source.span, source.zh, 1.0)
                break


def _record_checks(record: Record) -> Iterator[tuple[Draft, int]]:
    """Checks of one side alone, piece by piece, each with the piece's offset in the document."""
    for field_en, field_zh in _FIELDS:
        source = _text(record, field_zh)
        for begin, text in _pieces(record, field_zh):
            for draft in check_invisible(text, zh=True):
                yield draft, begin
        for begin, text in _pieces(record, field_en):
            for draft in (*check_invisible(text, zh=False), *check_form_en(text, source)):
                yield draft, begin


def _text(record: Record, field: str) -> str:
    value: str | tuple[str, ...] | None = getattr(record, field)
    return "" if not value else value if isinstance(value, str) else "\n".join(value)


def _pieces(record: Record, field: str) -> Iterator[tuple[int, str]]:
    """Offset and text of each piece of a field."""
    text = _text(record, field)
    at = 0
    spans: tuple[Span, ...] = record.spans.get(field, ())
    for begin, end in spans if text else ():
        yield begin, text[at : at + end - begin]
        at += end - begin + 1
