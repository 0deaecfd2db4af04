"""Names of systems, data sets and models that a record speaks of: they stay as written, so nobody has to list them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set

from ..corpora import Knowledge, Pair, Term, Termbase
from .acronyms import defined_acronyms
from .words_en import count_en

# Capitals inside a word: GloVe, FedGuard, mBERT, wav2vec. A word that only begins with one may begin a sentence.
_INNER = re.compile(
    r"(?<![\w.@/-])(?=\w*[a-z])(?:[A-Z]+[a-z]+[A-Z]|[a-z]+[A-Z]|[A-Z]{2,}[a-z]{2,})[A-Za-z0-9]*(?![\w@/])"
)
_BEFORE_COLON = re.compile(r"\s*([A-Z][A-Za-z0-9]+)(?: ?[:\u2013\u2014]| - )")
_CAPITAL = re.compile(r"(?<![\w.@/-])[A-Z][A-Za-z0-9]{2,}(?![\w@/])")
_KEPT = 0.5  # share of the field's papers with a word that keep it in Latin letters, from which it is a name
_PAPERS = 8
_ORDINARY = 3  # occurrences in the dictionary's glosses from which a word is no invention
_LEGS = re.compile(r"(?:Mc|Mac|O|De|Van|Von|Le|La|Di)[A-Z]|[A-Z][a-z]+s?[A-Z]{1,2}s?$|[A-Z]{2,}s$")  # McKay; PhDs, GANs


def system_names(pairs: Sequence[Pair], listed: Set[str], knowledge: Knowledge) -> list[Term]:
    """The names that the English of a record's pairs holds and that are not `listed` (`forms_of`); each its own
    translation.
    """
    texts = [" ".join(pair.en) for pair in pairs if pair.en and pair.zh]
    explained = {acronym for text in texts for acronym, _ in defined_acronyms(text)}
    titles = [" ".join(pair.en) for pair in pairs if pair.field == "title" and pair.zh]
    counts = Counter(name for text in texts for name in set(_names(text, knowledge)))
    for title in titles:
        match = _BEFORE_COLON.match(title)
        if match and _invented(match[1], texts):
            counts[match[1]] += 2
    return [
        Term(name, name, domain="names")
        for name in sorted(counts)
        if name not in explained and name.casefold() not in listed
    ]


def _names(text: str, knowledge: Knowledge) -> Iterator[str]:
    for match in _INNER.finditer(text):
        if not _LEGS.match(match[0]):
            yield match[0]
    for match in _CAPITAL.finditer(text):
        use = knowledge.use(match[0].lower())
        if use and use.papers >= _PAPERS and use.latin >= _KEPT * use.papers:
            yield match[0]


def _invented(word: str, texts: Sequence[str]) -> bool:
    """Whether the word before a title's colon is a name: no ordinary word, or written large within a sentence too."""
    if word.isupper() or not word[1:].islower():
        return True
    if count_en(word.lower()) < _ORDINARY:
        return True
    return any(re.search(rf"[a-z,] {word}\b", text) for text in texts)


def forms_of(termbase: Termbase) -> frozenset[str]:
    """All that a termbase lists, in lower case."""
    return frozenset(form.casefold() for term in termbase.terms for form in (term.en, *term.also))
