"""A corpus and what its audit found to a glossary: every term with its renderings, how often and where."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from ..align.word_links import WordLinks
from ..corpora import Knowledge, Pair, Record, Term, Termbase
from ..corpora.knowledge import EMPTY
from .entry_draft import EntryDraft
from .field_terms import FIELD
from .findings import Finding
from .folding import fold
from .occurrences import Occurrence, sides
from .phrases import OWN
from .rendering import SECTIONS, Entry, Example, Status
from .term_candidates import Candidate, find_candidates
from .term_places import PlaceFinder, Places
from .term_runs import Words, words_of
from .unpaired import around, by_term, chinese_of, english_of, places_of, unpaired

NEW = "new"  # the domain of terms that nobody lists
_TERMHOOD = 0.5  # from which a candidate is a term
_ALONE = 0.75  # from which one of several words, or a name, is one though it stands once, in a corpus of few records
_DOUBTFUL = 0.4  # from which a mere note makes an entry of one
_FEW, _MANY = 50, 3000  # records: under _FEW a term may stand once, over _MANY it has to stand three times
_SHOWN = 0.4  # confidence from which a located rendering is shown
_BESIDE = 0.5  # confidence of a known rendering that stands anywhere in the record's Chinese
_LINKED = 0.55  # confidence from which links find a rendering in Chinese that is no translation
_CONSISTENCY = "T003"  # says that there are several renderings, not that one is wrong
_RULES = ("T001", "T002", _CONSISTENCY, "T004", "T005", "N003")  # what speaks of renderings
_UNLISTED = Termbase((), "")

Drafts = dict[str, EntryDraft]  # by the English of the term, exactly: LoRA is not LoRA+


class _Names:
    """The terms that are known, by what findings and candidates call them."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.listed: dict[str, Term] = {}  # by English
        self._exact: dict[str, Term] = {}  # by any form
        self._alike: dict[Words, dict[str, Term]] = {}  # by folded words, then by form
        for term in terms:
            self.listed.setdefault(term.en, term)
        for term in self.listed.values():
            self._index(term, (term.en,))  # a term's own English before what else another is called
        for term in self.listed.values():
            self._index(term, term.also)

    def introduce(self, term: Term) -> None:
        """List a name that a record introduces, unless that very form is listed."""
        if term.en not in self._exact:
            self.listed[term.en] = term
            self._index(term, (term.en, *term.also))

    def propose(self, term: Term) -> Term:
        """The term, known from now on, though nobody lists it."""
        self._index(term, (term.en,))
        return term

    def alike(self, words: Words) -> set[str]:
        """The English of all terms with these folded words."""
        return {term.en for term in self._alike.get(words, {}).values()}

    def named(self, name: str) -> Term | None:
        """The term of this very form, else of one that differs in capitals only, else of the first alike."""
        if name in self._exact:
            return self._exact[name]
        alike = self._alike.get(words_of(name), {})
        same = (term for form, term in alike.items() if form.casefold() == name.casefold())
        return next(same, None) or next(iter(alike.values()), None)

    def _index(self, term: Term, forms: Iterable[str]) -> None:
        for form in forms:
            self._exact.setdefault(form, term)
            if words := words_of(form):
                self._alike.setdefault(words, {}).setdefault(form, term)


def build_glossary(
    occurrences: Iterable[Occurrence],
    findings: Iterable[Finding] = (),
    records: Sequence[Record] = (),
    pairs: Sequence[Pair] = (),
    termbase: Termbase = _UNLISTED,
    knowledge: Knowledge = EMPTY,
    links: Callable[[], WordLinks] | None = None,
) -> list[Entry]:
    """One entry a term: mismatches, then the inconsistent, the new and the consistent, those that matter most first.

    Terms are those of the termbase and the candidates of the English (`find_candidates`): which stand twice or more,
    or once in a corpus of under 50 records, or of which a finding speaks. `occurrences` and `findings` are the
    audit's, `links` gives those trained on the corpus: without them only what the audit located has a rendering.

    A term is a *mismatch* where a finding says that a rendering is wrong, or where 8 places or more of 4 records, nine
    in ten, agree on one rendering and the field writes a surely placed other one nowhere for this term. *Inconsistent*
    are two renderings that differ by more than words left out, unless the termbase approves both and no record has
    both. Renderings that were placed with less confidence than 0.4 count as not found.
    """
    occurrences = list(occurrences)
    findings = [f for f in findings if f.term and f.zh and f.rule in _RULES]
    pairs = pairs or list({o.pair.id: o.pair for o in occurrences}.values())
    names = _Names(termbase.terms)
    for o in occurrences:
        if o.term.domain not in (OWN, FIELD):
            names.introduce(o.term)
    known = Termbase(tuple(names.listed.values()), "")
    english = list(english_of(records, pairs))
    size = len({record for record, _ in english})
    fewest = 1 if size < _FEW else 2 if size <= _MANY else 3
    candidates = {c.words: c for c in find_candidates(english, known, knowledge, fewest)}
    proposed = _proposed(candidates, names, findings)
    flagged = {(f.pair, fold(f.term).text, fold(f.zh).text) for f in findings if f.pair}
    finder = PlaceFinder(known.terms, proposed, knowledge, links, flagged)
    drafts: Drafts = {}
    for places in finder.find(pairs, occurrences).values():
        _add_places(_draft(drafts, places.term, names), places, pairs)
    _add_unpaired(drafts, records, pairs, finder, names)
    _add_findings(drafts, findings, names)
    _add_chinese_only(drafts, records, findings, finder, names)
    entries = [draft.entry(*_of_english(candidates, draft, names), finder.of_field(en)) for en, draft in drafts.items()]
    order = {section: k for k, section in enumerate(SECTIONS)}
    return sorted(entries, key=lambda e: (order[e.section], -e.count * e.records, e.term.casefold(), e.term))


def _proposed(candidates: Mapping[Words, Candidate], names: _Names, findings: Iterable[Finding]) -> list[Term]:
    """The terms that nobody lists: good candidates, and what the findings speak of."""
    kept: dict[Words, str] = {}
    for c in candidates.values():
        once = c.count > 1 or (c.termhood >= _ALONE and (len(c.words) > 1 or not c.term.islower()))
        if c.termhood >= _TERMHOOD and once:
            kept[c.words] = c.term if words_of(c.term) == c.words else " ".join(c.words)
    for f in findings:
        words = words_of(f.term)
        seen = candidates.get(words)
        if words and words not in kept and (f.severity != "note" or (seen and seen.termhood >= _DOUBTFUL)):
            kept[words] = seen.term if seen else f.term
    made = [Term(term, "", domain=NEW) for words, term in kept.items() if not names.alike(words)]
    return [names.propose(term) for term in made]


def _draft(drafts: Drafts, term: Term, names: _Names) -> EntryDraft:
    """The draft of a term, begun where there is none."""
    if term.en not in drafts:
        drafts[term.en] = EntryDraft(term, term.en in names.listed)
    return drafts[term.en]


def _add_places(draft: EntryDraft, places: Places, pairs: Sequence[Pair]) -> None:
    for place in places.found:
        pair = pairs[place.pair]
        en, zh = sides(pair)
        span = place.span_zh if place.settled or place.confidence >= _SHOWN else None
        status: Status = place.status if span else "absent"
        example = Example(pair.id, en, zh, place.span_en, span)
        text = zh[slice(*span)] if span else ""
        draft.add(text, pair.record, pair.id, place.confidence if span else 0.0, status, example)


def _add_unpaired(
    drafts: Drafts, records: Sequence[Record], pairs: Sequence[Pair], finder: PlaceFinder, names: _Names
) -> None:
    """Count the terms of records that were not aligned; what is known of a term is looked for first."""
    for work in unpaired(records, pairs):
        folded = fold(work.zh)
        for en in work.en:
            linked = finder.linked(en, work.zh)
            for matches in by_term(finder.matches(en)).values():
                term = matches[0].term
                draft = _draft(drafts, term, names)
                forms = {en[slice(*match.span)] for match in matches}
                spans = places_of([*finder.strings(term), *draft.known(), *forms], folded)
                for k, match in enumerate(matches):
                    span, sure = (spans[min(k, len(spans) - 1)], _BESIDE) if spans else (None, 0.0)
                    if linked and not spans:
                        span, sure = linked.locate(match.span) or (None, 0.0)
                        span = span if sure >= _LINKED else None
                    zh = work.zh[slice(*span)] if span else ""
                    shown = around(work.record, en, work.zh, match.span, span)
                    status = finder.status(term, zh) if zh else "absent"
                    draft.add(zh, work.record, work.record, sure if zh else 0.0, status, shown)


def _add_findings(drafts: Drafts, findings: Iterable[Finding], names: _Names) -> None:
    """Flag the renderings that findings speak of; those that stand nowhere yet come with the findings' places."""
    uncounted: defaultdict[tuple[str, str], list[Finding]] = defaultdict(list)
    for f in findings:
        term = names.named(f.term)
        if f.severity == "note" and (term is None or not (term.en in drafts or term.en in names.listed)):
            continue
        term = term or names.propose(Term(f.term, "", domain=NEW))
        draft = _draft(drafts, term, names)
        draft.wrong = draft.wrong or f.rule != _CONSISTENCY
        if f.rule != _CONSISTENCY:
            draft.expected = draft.expected or f.expected
        if not draft.flag(f.zh):
            uncounted[term.en, f.zh].append(f)
    for (en, zh), group in uncounted.items():
        status: Status = "forbidden" if any(f.rule in ("T002", "N003") for f in group) else "unlisted"
        for f in {(f.document, f.span_zh): f for f in group}.values():
            shown = Example(f.pair or f.record, f.en, f.zh, (0, len(f.en)), (0, len(f.zh)))
            drafts[en].add(zh, f.record, f.pair or f.record, f.confidence, status, shown)
        drafts[en].flag(zh)


def _add_chinese_only(
    drafts: Drafts, records: Iterable[Record], findings: Iterable[Finding], finder: PlaceFinder, names: _Names
) -> None:
    """Count the other renderings of the terms that findings speak of in Chinese without English."""
    spoken_of = {term.en for f in findings if not f.pair and (term := names.named(f.term))}
    waiting: list[tuple[EntryDraft, set[str], list[str]]] = []
    for en in sorted(spoken_of & drafts.keys()):
        draft = drafts[en]
        strings = [zh for zh in finder.strings(draft.term) if not draft.has(zh)]
        # What was counted is not counted again, nor its parts.
        waiting.append((draft, {fold(zh).text for zh in strings} - {""}, [*strings, *draft.known()]))
    for record in records if waiting else ():
        if record.kind not in ("zh_only", "commentary"):
            continue
        text = chinese_of(record)
        folded = fold(text)
        for draft, wanted, strings in waiting:
            if not any(needle in folded.text for needle in wanted):
                continue
            for span in places_of(strings, folded):
                zh = text[slice(*span)]
                if fold(zh).text in wanted:
                    shown = around(record.id, "", text, (0, 0), span)
                    draft.add(zh, record.id, record.id, _BESIDE, finder.status(draft.term, zh), shown)


def _of_english(
    candidates: Mapping[Words, Candidate], draft: EntryDraft, names: _Names
) -> tuple[float, tuple[tuple[str, int], ...]]:
    """Termhood and spellings, also of a term that stands in no English of the corpus."""
    words = words_of(draft.term.en)
    candidate = candidates.get(words)
    if candidate is None:
        return (1.0 if draft.listed else _DOUBTFUL), ()
    # Candidates are counted by words: of several terms with the same ones each has the spellings of its places.
    return candidate.termhood, candidate.forms if len(names.alike(words)) == 1 else ()
