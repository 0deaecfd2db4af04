"""Chinese sources in, their terms and what finds these in English out."""

import re
from collections import Counter
from collections.abc import Sequence

from ..corpora.term import Term
from .folding import fold, fold_word
from .source_terms import SourceTerms
from .term_index import TermIndex
from .traditional import is_traditional, simplified
from .wanted_terms import Find, Place, Text, Wanted, is_acronym

_WORD = re.compile(r"[A-Za-z0-9]+")


class IntoEnglish:
    """Chinese sources: terms by `SourceTerms`, renderings as English terms, by a small `TermIndex` a segment."""

    def __init__(self, terms: Sequence[Term]) -> None:
        """Index the Chinese of the terms."""
        self._terms = SourceTerms(terms)

    def wanted(self, source: str) -> tuple[Wanted, ...]:
        """The terms of a source, in the order of the first place of each."""
        found = self._terms.matches(simplified(source) if is_traditional(source) else source)
        counts = Counter(fold(one.zh).text for one in found)
        terms = {fold(one.zh).text: one.terms for one in found}
        return tuple(Wanted(key, terms[key], count) for key, count in counts.items())

    def finder(self, wanted: tuple[Wanted, ...]) -> Find:
        """What gives the places of each of these terms in a translation."""
        owners: dict[tuple[str, ...], dict[int, str]] = {}  # by words: which wanted term, under what name
        entries: dict[str, Term] = {}
        for k, one in enumerate(wanted):
            for term in one.terms:
                for form in (term.en, *term.also):
                    name = term.en if is_acronym(form) else form
                    owners.setdefault(_words(form), {}).setdefault(k, " ".join(_words(name)))
                    entries.setdefault(form, Term(form, "·", case=term.case, pattern=term.pattern))
        index = TermIndex(entries.values())

        def find(text: Text) -> list[list[Place]]:
            found: list[list[Place]] = [[] for _ in wanted]
            for match in index.matches(text.text) if wanted else ():
                for k, name in owners[_words(match.form)].items():
                    found[k].append(Place(match.span, name, "approved"))
            return found

        return find


def _words(form: str) -> tuple[str, ...]:
    return tuple(map(fold_word, _WORD.findall(form)))
