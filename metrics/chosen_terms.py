"""Which terms a glossary has: those that are known, what findings speak of, and what the English repeats."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..corpora import Knowledge, Pair, Record, Term, Termbase
from .corpus_counts import BROKEN, Counts, broken, packed, row_of, term_of, unpacked
from .entry_draft import Place
from .findings import Finding
from .run_counts import Runs, add_runs, count_runs, row_of_runs, runs_of_row
from .term_candidates import Candidate, candidates_of, known_of
from .term_runs import Known, Words, words_of
from .unpaired import english_of

NEW = "new"  # the domain of terms that nobody lists
CONSISTENCY = "T003"  # says that there are several renderings, not that one is wrong
_RULES = ("T001", "T002", CONSISTENCY, "T004", "T005", "N003")  # what speaks of renderings
_TERMHOOD = 0.5  # from which a candidate is a term
_ALONE = 0.75  # from which one of several words, or a name, is one though it stands once, in a corpus of few records
DOUBTFUL = 0.4  # from which a mere note makes an entry of one
_FEW, _MANY = 50, 3000  # records: under _FEW a term may stand once, over _MANY it has to stand three times
_MOST = 20_000  # terms proposed because they are repeated, and as many because a finding speaks of them
_NOTED = 100_000  # terms of mere notes that are kept while parts are added up

Forms = tuple[tuple[str, int], ...]


class Names:
    """The terms that are known, by what findings and candidates call them."""

    def __init__(self, terms: Iterable[Term]) -> None:
        """Index the terms of a termbase; of two that share a form the first has it."""
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


@dataclass(slots=True)
class Proposals:
    """What a part proposes for the glossary.

    `runs` are those of its English; `loud` holds, by folded words, the first finding of a term that is no mere note,
    as its place and what it calls the term, None where there are notes alone; `signs` are the terms of such findings
    that have no words (β); `spoken` those of findings in Chinese without English. `let_go` says how many terms of
    mere notes were dropped while parts were added up.
    """

    runs: Runs = field(default_factory=Runs)
    loud: dict[Words, tuple[Place, str] | None] = field(default_factory=dict)
    signs: set[str] = field(default_factory=set)
    spoken: set[str] = field(default_factory=set)
    let_go: int = 0


@dataclass(frozen=True, slots=True)
class Chosen:
    """The terms of a glossary beside those of the termbase; the same for all parts.

    `introduced` are names that records introduce, `proposed` terms that nobody lists, `signs` those without words,
    `spoken` the terms of findings in Chinese without English. `english` holds termhood and spellings by folded words.
    `left_out` says how many terms were too many or too rare to be kept while counting.
    """

    introduced: tuple[Term, ...] = ()
    proposed: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    spoken: tuple[str, ...] = ()
    english: Mapping[Words, tuple[float, Forms]] = field(default_factory=dict)
    left_out: int = 0

    def names(self, termbase: Termbase) -> Names:
        """These terms and those of the termbase, indexed."""
        names = Names(termbase.terms)
        for term in self.introduced:
            names.introduce(term)
        for en in (*self.proposed, *self.signs):
            names.propose(new_term(en))
        return names


def new_term(en: str) -> Term:
    """A term that nobody lists."""
    return Term(en, "", domain=NEW)


def of_renderings(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that speak of the rendering of a term."""
    return [f for f in findings if f.term and f.zh and f.rule in _RULES]


def place_of(finding: Finding) -> Place:
    """Where a finding stands among all of a corpus."""
    return finding.document, finding.line, finding.column


def listed_runs(introduced: Iterable[Term], termbase: Termbase, knowledge: Knowledge) -> Known:
    """What says which runs of words are terms: the termbase, the names that records introduce, and the field."""
    names = Names(termbase.terms)
    for term in introduced:
        names.introduce(term)
    return known_of(Termbase(tuple(names.listed.values()), ""), knowledge)


def proposals_of(
    records: Iterable[Record], pairs: Iterable[Pair], findings: Iterable[Finding], known: Known
) -> Proposals:
    """What a part proposes; `known` is that of `listed_runs` for the whole corpus."""
    found = Proposals(count_runs(english_of(records, pairs), known))
    for f in of_renderings(findings):
        words = words_of(f.term)
        if not f.pair:
            found.spoken.add(f.term)
        if not words and f.severity != "note":
            found.signs.add(f.term)
        elif words:
            _add_loud(found.loud, words, None if f.severity == "note" else (place_of(f), f.term))
    return found


def merged_proposals(parts: Iterable[Proposals], known: Known) -> Proposals:
    """What all parts propose together, the parts in order; none is changed."""
    whole = Proposals()
    for part in parts:
        add_runs(whole.runs, part.runs, known.listed)
        for words, first in part.loud.items():
            _add_loud(whole.loud, words, first)
        whole.signs |= part.signs
        whole.spoken |= part.spoken
        before = len(whole.loud)
        if before > _NOTED:
            whole.loud = {words: first for words, first in whole.loud.items() if first or words in whole.runs.seen}
        whole.let_go += part.let_go + before - len(whole.loud)
    return whole


def _add_loud(loud: dict[Words, tuple[Place, str] | None], words: Words, first: tuple[Place, str] | None) -> None:
    known = loud.setdefault(words, first)
    if first and (known is None or first[0] < known[0]):
        loud[words] = first


def choose_terms(proposals: Proposals, introduced: Iterable[Term], termbase: Termbase, knowledge: Knowledge) -> Chosen:
    """The terms of the glossary of a corpus, from what all its parts propose.

    `introduced` are the names that records introduce, in order. Candidates stand once or more in under 50 records, and
    three times or more in over 3,000; the 20,000 with the most termhood and places are taken, and of what findings
    speak of beside them 20,000.
    """
    introduced = tuple(introduced)
    known = listed_runs(introduced, termbase, knowledge)
    size = proposals.runs.records
    fewest = 1 if size < _FEW else 2 if size <= _MANY else 3
    candidates = {c.words: c for c in candidates_of(proposals.runs, known, fewest)}
    bare = Chosen(introduced).names(termbase)
    kept, left_out = _kept(candidates, proposals)
    proposed = tuple(term for words, term in kept.items() if not bare.alike(words))
    chosen = Chosen(introduced, proposed, tuple(sorted(proposals.signs)), tuple(sorted(proposals.spoken)))
    names = chosen.names(termbase)
    english = {c.words: (c.termhood, c.forms) for c in candidates.values() if names.alike(c.words)}
    left_out += proposals.let_go + proposals.runs.let_go
    return Chosen(introduced, proposed, chosen.signs, chosen.spoken, english, left_out)


def _kept(candidates: Mapping[Words, Candidate], proposals: Proposals) -> tuple[dict[Words, str], int]:
    """Good candidates, and what the findings speak of; and how many were too many."""
    kept: dict[Words, str] = {}
    too_many = 0
    for c in candidates.values():
        once = c.count > 1 or (c.termhood >= _ALONE and (len(c.words) > 1 or not c.term.islower()))
        if c.termhood >= _TERMHOOD and once:
            if len(kept) < _MOST:
                kept[c.words] = c.term if words_of(c.term) == c.words else " ".join(c.words)
            else:
                too_many += 1
    most = len(kept) + _MOST
    for words, first in sorted(proposals.loud.items(), key=lambda item: item[0]):
        seen = candidates.get(words)
        if words not in kept and (first or (seen and seen.termhood >= DOUBTFUL)):
            if len(kept) < most:
                kept[words] = seen.term if seen else first[1] if first else ""
            else:
                too_many += 1
    return kept, too_many


def introduced_by(counts: Counts) -> tuple[Term, ...]:
    """The names that the records of a corpus introduce."""
    return tuple(named.term for named in counts.names.values())


def proposals_bytes(proposals: Proposals) -> bytes:
    """The proposals as packed JSON: equal ones give equal bytes."""
    return packed(
        {
            "runs": row_of_runs(proposals.runs),
            "loud": {" ".join(words): first for words, first in proposals.loud.items()},
            "signs": sorted(proposals.signs),
            "spoken": sorted(proposals.spoken),
            "let_go": proposals.let_go,
        }
    )


def proposals_from(data: bytes, source: str = "proposals") -> Proposals:
    """The proposals that `proposals_bytes` packed; raises InputError, which names `source`, for anything else."""
    value = unpacked(data, source)
    try:
        loud = {
            tuple(words.split(" ")): None if first is None else (_place(first[0]), str(first[1]))
            for words, first in value["loud"].items()
        }
        signs, spoken = set(map(str, value["signs"])), set(map(str, value["spoken"]))
        return Proposals(runs_of_row(value["runs"]), loud, signs, spoken, int(value["let_go"]))
    except BROKEN as error:
        raise broken(source) from error


def chosen_bytes(chosen: Chosen) -> bytes:
    """The terms as packed JSON: equal ones give equal bytes."""
    return packed(
        {
            "introduced": [row_of(term) for term in chosen.introduced],
            "proposed": chosen.proposed,
            "signs": chosen.signs,
            "spoken": chosen.spoken,
            "english": {" ".join(words): found for words, found in chosen.english.items()},
            "left_out": chosen.left_out,
        }
    )


def chosen_from(data: bytes, source: str = "chosen terms") -> Chosen:
    """The terms that `chosen_bytes` packed; raises InputError, which names `source`, for anything else."""
    value = unpacked(data, source)
    try:
        english = {
            tuple(words.split(" ")): (float(termhood), tuple((str(form), int(n)) for form, n in forms))
            for words, (termhood, forms) in value["english"].items()
        }
        introduced = tuple(term_of(row) for row in value["introduced"])
        proposed, signs, spoken = (tuple(map(str, value[name])) for name in ("proposed", "signs", "spoken"))
        return Chosen(introduced, proposed, signs, spoken, english, int(value["left_out"]))
    except BROKEN as error:
        raise broken(source) from error


def _place(row: Sequence[Any]) -> Place:
    document, line, column = row
    return str(document), int(line), int(column)
