"""Terms that no termbase lists, from what a field writes: an English term with a Chinese rendering of its own."""

from functools import lru_cache

from ..corpora import Knowledge, Term
from .phrases import STOP_WORDS

FIELD = "field"  # the domain of terms made here
_PAPERS, _DICE = 60, 0.3  # papers with the term; agreement with its first rendering
# A single word has to be rarer, and to agree better: frequent ones are words of every day (path, least, new).
_DICE_WORD, _PAPERS_WORD = 0.55, 0.02
_SHARE = 0.03  # renderings in so many of the term's papers count as used for it


@lru_cache(maxsize=4)
def field_terms(knowledge: Knowledge) -> tuple[Term, ...]:
    """The terms of a field with all renderings it uses, the most frequent first; sorted by English.

    Only terms with a clear first rendering: Dice of the papers with the term and those with the rendering. Words
    of everyday speech have none.
    """
    terms: list[Term] = []
    for en in knowledge.uses:
        use = knowledge.use(en)
        if use is None or use.papers < _PAPERS or not use.renderings or use.latin > use.papers / 10:
            continue
        zh, both = next(iter(use.renderings.items()))
        dice = 2 * both / (use.papers + max(both, knowledge.count(zh)))
        words = en.split()
        if words[0] in STOP_WORDS or words[-1] in STOP_WORDS:
            continue
        one_word = len(words) == 1
        if dice < (_DICE_WORD if one_word else _DICE) or (one_word and use.papers > _PAPERS_WORD * knowledge.papers):
            continue
        admitted = tuple(other for other, n in use.renderings.items() if other != zh and n >= _SHARE * use.papers)
        terms.append(Term(en, zh, admitted, domain=FIELD))
    return tuple(sorted(terms, key=lambda term: term.en))
