"""The terms of a Chinese text, and whether an English one answers them: the termbase read from its other side.

A Chinese string that several terms share (策略: policy, strategy) is answered by any of them, in any inflection and any
order of the words (the distillation of knowledge).
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from ..align.lexicon import FUNCTION, stem_en
from ..align.tokens import tokens_zh
from ..corpora import Span
from ..corpora.script import HAN
from ..corpora.term import Term
from .chinese_only import telling
from .folding import fold, fold_word
from .traditional import simplified

_WORD = re.compile(r"[A-Za-z]+")


class SourceTerm(NamedTuple):
    """A term at a place of a Chinese text, and the termbase's entries that it may stand for."""

    zh: str
    span: Span
    terms: tuple[Term, ...]

    @property
    def preferred(self) -> bool:
        """Whether it is what an entry prefers, and not only admits."""
        return any(fold(term.zh).text == fold(self.zh).text for term in self.terms)

    @property
    def forms(self) -> tuple[str, ...]:
        """The English forms of all its entries, the preferred first."""
        return tuple(dict.fromkeys(form for term in self.terms for form in (term.en, *term.also)))


class SourceTerms:
    """Looks up the Chinese renderings of a termbase in Chinese text; built once for all texts."""

    def __init__(self, terms: Sequence[Term]) -> None:
        """Index the approved renderings in Chinese characters; short words of every day are none."""
        self._terms: dict[str, list[Term]] = {}
        for term in terms:
            for k, zh in enumerate((term.zh, *term.admitted, *map(simplified, term.taiwan))):
                if len(zh) > 1 and HAN.search(zh) and telling(zh):
                    known = self._terms.setdefault(fold(zh).text, [])
                    if k == 0:
                        known.insert(sum(zh == other.zh for other in known), term)
                    else:
                        known.append(term)
        self._acronyms: dict[str, list[Term]] = {}
        for term in terms:
            for form in (term.en, *term.also):
                if form.isupper():
                    self._acronyms.setdefault(form, []).append(term)
        self._longest: dict[str, int] = {}
        for zh in self._terms:
            self._longest[zh[0]] = max(len(zh), self._longest.get(zh[0], 0))

    def of_acronym(self, acronym: str) -> Sequence[Term]:
        """The terms that an acronym is a form of."""
        return self._acronyms.get(acronym, ())

    def matches(self, zh: str) -> list[SourceTerm]:
        """The terms of a text, left to right; of overlapping ones the longest that begins first.

        >>> terms = SourceTerms([Term("language model", "语言模型"), Term("large language model", "大语言模型")])
        >>> [found.forms[0] for found in terms.matches("大语言模型与语言模型")]
        ['large language model', 'language model']
        """
        folded = fold(zh)
        edges = {edge for token in tokens_zh(zh) for edge in token.span}
        found: list[SourceTerm] = []
        at = 0
        while at < len(folded.text):
            longest = self._longest.get(folded.text[at], 0)
            for size in range(min(longest, len(folded.text) - at), 1, -1):
                text = folded.text[at : at + size]
                span = folded.at[at], folded.at[at + size - 1] + 1
                if text in self._terms and span[0] in edges and span[1] in edges:
                    found.append(SourceTerm(zh[slice(*span)], span, tuple(self._terms[text])))
                    at += size - 1
                    break
            at += 1
        return found


@lru_cache(maxsize=1 << 16)
def same_word(a: str, b: str) -> bool:
    """Whether two English words are forms of one: ablation, ablate; heteroscedasticity, heteroscedastic.

    >>> same_word("distilled", "distillation"), same_word("stationary", "stagnation")
    (True, False)
    """
    a, b = fold_word(a), fold_word(b)
    stems = sorted((stem_en(a), stem_en(b)), key=len)
    if a == b or (len(stems[0]) > 3 and stems[1].startswith(stems[0])) or stems[0] == stems[1]:
        return True
    shared = next((k for k, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    if shared >= 4 and 2 * shared >= max(len(a), len(b)):
        return True
    short, long = sorted((a, b), key=len)
    return len(short) > 2 and (long.endswith(short) or (len(short) > 3 and long.startswith(short)))  # set, dataset


def content_of(form: str) -> list[str]:
    """The words of an English term that say something.

    >>> content_of("mean-of-means estimator")
    ['mean', 'means', 'estimator']
    """
    return [word for word in _WORD.findall(form) if word.lower() not in FUNCTION] or _WORD.findall(form)


def answered(forms: Iterable[str], en: str) -> bool:
    """Whether an English text has one of these forms of a term: as written, or all its words wherever they stand.

    >>> answered(["knowledge distillation"], "We distil the knowledge."), answered(["KD"], "skd")
    (True, False)
    """
    folded = fold(en)
    words: set[str] = {word.lower() for word in _WORD.findall(en)}
    for form in forms:
        if any(folded.find(fold(text).text) is not None for text in (form, form + "s")):
            return True
        if form.isupper():
            continue  # an acronym is itself or nothing
        wanted = content_of(form)
        if wanted and all(any(same_word(word.lower(), here) for here in words) for word in wanted):
            return True
    return False
