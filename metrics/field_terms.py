"""Terms that no termbase lists, from what a field writes: English words and phrases whose Chinese was counted."""

from functools import lru_cache

from ..corpora import Knowledge, Term
from ..corpora.knowledge import Use
from .phrases import STOP_WORDS

FIELD = "field"  # the domain of terms made here
_PAPERS = 8  # papers with the term, and papers with a term of which no rendering was counted
_PAPERS_BARE = 200
_DICE, _DICE_WORD = 0.12, 0.25  # agreement of the term's papers and its best rendering's
_EVERYWHERE = 0.05  # of all papers: a single word in so many is a word of every day (path, least, new)
_SHARE, _FEWEST = 0.03, 3  # renderings in so many of the term's papers count as used for it


@lru_cache(maxsize=4)
def field_terms(knowledge: Knowledge) -> tuple[Term, ...]:
    """The terms of a field with all renderings it uses, the most frequent first; sorted by English.

    Wide on purpose: a term here is only looked at. Whether its rendering is wrong is judged by the evidence.
    """
    terms: list[Term] = []
    for en in knowledge.uses:
        use = knowledge.use(en)
        if use is None or not _is_term(en, use, knowledge):
            continue
        zh = next(iter(use.renderings), "")
        admitted = [
            other for other, n in use.renderings.items() if other != zh and n >= max(_FEWEST, _SHARE * use.papers)
        ]
        terms.append(Term(en, zh, tuple(admitted), domain=FIELD))
    return tuple(sorted(terms, key=lambda term: term.en))


def _is_term(en: str, use: Use, knowledge: Knowledge) -> bool:
    words = en.split()
    if any(word in STOP_WORDS and "-" not in word for word in words) or use.papers < _PAPERS:
        return False  # "vision and language" is counted with what stands near it
    if not use.renderings:  # too frequent for the miner: what it never became can still be told
        return use.papers >= _PAPERS_BARE and (len(words) > 1 or "-" in en or use.latin > _SHARE * use.papers)
    if len(words) == 1 and use.papers > _EVERYWHERE * knowledge.papers:
        return False
    dice = max(2 * n / (use.papers + max(n, knowledge.count(zh))) for zh, n in use.renderings.items())
    return dice >= (_DICE_WORD if len(words) == 1 else _DICE)
