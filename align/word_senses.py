"""An English word or term in, what it is known to become in Chinese out: the dictionaries behind word links.

Four sources, none of them judged: the senses of CC-CEDICT; the termbase's renderings, preferred, admitted and
forbidden alike, for a wrong rendering has to be found too; what the field writes; and words that stay as they are.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from ..corpora.knowledge import Knowledge, shipped_knowledge
from ..corpora.termbase import Termbase, shipped_termbase
from .lexicon import FUNCTION, load_lexicon, stem_en
from .tokens import ChineseToken

_SAME = 1.5  # a word kept in Latin letters, a number, a mark: surer than any sense
_WHOLE = 0.9  # a sense of the dictionary word that a token is a part of
_PART, _CHARACTER, _INSIDE = 0.6, 0.35, 0.15  # of a part of an unknown word, by length; of a character of a known one
_LONGEST_TERM = 5  # words
_MARKS = str.maketrans("，。、；：？！（）“”【】", ',.,;:?!()""[]')


class WordSenses:
    """What a termbase and a field know of English words and terms, beside the general dictionary."""

    def __init__(self, termbase: Termbase, knowledge: Knowledge) -> None:
        """Index the termbase by the forms of its terms; the field is asked when a word is."""
        self._knowledge = knowledge
        self._listed: defaultdict[str, dict[str, float]] = defaultdict(dict)
        for term in termbase.terms:
            for form in (term.en, *term.also):
                for zh in (*term.approved, *(forbidden.zh for forbidden in term.forbidden)):
                    self._listed[_plain(form)][zh] = 1.0
        self._cache: dict[str, Mapping[str, float]] = {}
        self._beginnings = frozenset(
            " ".join(words[:k])
            for words in (term.split() for term in (*self._listed, *knowledge.uses) if " " in term)
            for k in range(1, min(len(words), _LONGEST_TERM))
        )

    def renderings(self, term: str) -> Mapping[str, float]:
        """Chinese strings known for an English term, singular or plural: 1 for the termbase's, else the share of the
        field's papers with the term whose Chinese has the string.

        >>> load_senses().renderings("Tokens")["词元"]
        1.0
        """
        return self._known(_plain(term))

    def _known(self, plain: str) -> Mapping[str, float]:
        """The renderings of a term in lower case with single blanks."""
        found = self._cache.get(plain)
        if found is None:
            known: dict[str, float] = {}
            for form in dict.fromkeys((_singular(plain), plain, _spaced(_singular(plain)), _spaced(plain))):
                use = self._knowledge.use(form)
                if use:
                    known |= {zh: n / use.papers for zh, n in use.renderings.items()}
                known |= self._listed.get(form, {})
            if len(self._cache) >= 1 << 16:
                self._cache.clear()
            found = self._cache[plain] = known
        return found

    def evidence(self, en: Sequence[str], zh: str, tokens: Sequence[ChineseToken]) -> npt.NDArray[np.float64]:
        """How far each English word is known to become each Chinese token, shape (len(en), len(tokens)), 0..2.5."""
        # Lists, for few of the cells are touched, each a few times.
        found = [[0.0] * len(tokens) for _ in en]
        columns: defaultdict[str, list[int]] = defaultdict(list)  # by token, and by the word it is a part of
        wholes: defaultdict[str, list[int]] = defaultdict(list)
        for j, token in enumerate(tokens):
            columns[zh[slice(*token.span)].lower()].append(j)
            if token.word != token.span:
                wholes[zh[slice(*token.word)].lower()].append(j)
        rows: defaultdict[str, list[int]] = defaultdict(list)
        stems: defaultdict[str, list[int]] = defaultdict(list)
        words = [word.lower() for word in en]
        for i, word in enumerate(words):
            rows[word].append(i)
            stems[stem_en(word)].append(i)
        for there, factor in ((columns, 1.0), (wholes, _WHOLE)):
            for text, js in there.items():
                senses = _senses(text)
                for stem in stems.keys() & senses.keys():
                    worth = factor * senses[stem]
                    for i in stems[stem]:
                        for j in js:
                            found[i][j] = max(found[i][j], worth)
        for text, js in columns.items():
            for same in {text, text.translate(_MARKS)}:
                for i in rows.get(same, ()):
                    for j in js:
                        found[i][j] = _SAME
        return np.array(found) + self._of_terms(words, zh, tokens)

    def of_types(self, en: Sequence[str], zh: Sequence[str]) -> dict[tuple[int, int], float]:
        """The same for a vocabulary: positions of an English and of a Chinese word, and the evidence where there is
        any."""
        found: dict[tuple[int, int], float] = {}
        stems: defaultdict[str, list[int]] = defaultdict(list)
        for i, word in enumerate(en):
            stems[stem_en(word.lower())].append(i)
        place: dict[str, int] = {}
        for j, token in enumerate(zh):
            place[token.lower()] = j
            senses = _senses(token.lower())
            for stem in stems.keys() & senses.keys():
                for i in stems[stem]:
                    found[i, j] = senses[stem]
        for i, word in enumerate(en):
            if word.lower() in place:
                found[i, place[word.lower()]] = _SAME
            for rendering, share in self.renderings(word).items():
                if rendering in place:
                    here = i, place[rendering]
                    found[here] = found.get(here, 0.0) + share**0.5
        return found

    def _of_terms(self, words: Sequence[str], zh: str, tokens: Sequence[ChineseToken]) -> npt.NDArray[np.float64]:
        """The square root of the surest known rendering of a term that both word and token lie in, 0..1.

        `words` are in lower case."""
        found = np.zeros((len(words), len(tokens)))
        begins, ends = [token.span[0] for token in tokens], [token.span[1] for token in tokens]
        function = [word in FUNCTION for word in words]
        for i in range(len(words)):
            if function[i]:
                continue
            run = ""
            for k in range(i + 1, min(len(words), i + _LONGEST_TERM) + 1):
                if run and run not in self._beginnings:
                    break  # no known term goes on from here
                run = f"{run} {words[k - 1]}" if run else words[i]
                if function[k - 1]:
                    continue
                for rendering, share in self._known(run).items():
                    at = zh.find(rendering)
                    while at >= 0:
                        here = slice(bisect_left(begins, at), bisect_right(ends, at + len(rendering)))
                        block = found[i:k, here]
                        np.maximum(block, share**0.5, out=block)
                        at = zh.find(rendering, at + len(rendering))
        return found


@lru_cache(maxsize=2)
def senses_of(termbase: Termbase, knowledge: Knowledge) -> WordSenses:
    """The senses that a termbase and a field know; those asked for last are kept, for an audit asks twice."""
    return WordSenses(termbase, knowledge)


@cache
def load_senses() -> WordSenses:
    """Those of the termbase and the field that come with duizhao."""
    return senses_of(shipped_termbase(), shipped_knowledge())


@lru_cache(maxsize=1 << 16)
def _senses(word: str) -> Mapping[str, float]:
    """The senses of a Chinese word; of an unknown one those of its beginnings and ends, worth less."""
    lexicon = load_lexicon()
    whole = lexicon.senses(word)
    if len(word) == 1 or len(word) > 16:
        return whole
    merged = dict(whole)
    if whole:
        parts = [(character, _INSIDE) for character in word]
    else:
        halves = (half for k in range(1, len(word)) for half in (word[:k], word[k:]))
        parts = [(half, _PART if len(half) > 1 else _CHARACTER) for half in halves]
    for part, worth in parts:
        for stem, share in lexicon.senses(part).items():
            merged[stem] = max(merged.get(stem, 0.0), worth * share)
    return merged


def _plain(term: str) -> str:
    return " ".join(term.lower().split())


def _spaced(term: str) -> str:
    return term.replace("-", " ")


def _singular(term: str) -> str:
    if len(term) > 4 and term.endswith("ies"):
        return term[:-3] + "y"
    return term[:-1] if len(term) > 3 and term.endswith("s") and not term.endswith(("ss", "us", "is")) else term
