"""Where the terms of a termbase stand in an English text: longest match first, inflection and spelling folded."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from ..corpora import Span
from ..corpora.termbase import Term
from .folding import fold_word

_TOKEN = re.compile(r"[A-Za-z0-9]+(?:['’]s\b)?")
_CASED = re.compile(
    r"[A-Za-z0-9]*[A-Z][A-Za-z0-9]*[A-Z0-9][A-Za-z0-9]*"
)  # GloVe, BERT, LLM: capitals that carry meaning


@dataclass(frozen=True, slots=True)
class Match:
    """A term at a place of an English text; `form` is the form of the term that was matched."""

    term: Term
    form: str
    span: Span


class TermIndex:
    """Looks up the terms of a termbase; built once, asked for every sentence."""

    def __init__(self, terms: Iterable[Term]) -> None:
        """Index each term by the folded words of each of its forms."""
        self._forms: dict[tuple[str, ...], list[tuple[str, Term]]] = {}
        self._sizes: dict[str, list[int]] = {}  # by first word: numbers of words, the most first
        for term in terms:
            for form in (term.en, *term.also):
                words = tuple(fold_word(token) for token in _TOKEN.findall(form))
                if words:
                    self._forms.setdefault(words, []).append((form, term))
                    sizes = self._sizes.setdefault(words[0], [])
                    if len(words) not in sizes:
                        sizes.append(len(words))
        for sizes in self._sizes.values():
            sizes.sort(reverse=True)

    def matches(self, en: str) -> list[Match]:
        """The terms in a text, left to right; of overlapping ones the longest that begins first.

        >>> index = TermIndex([Term("language model", "语言模型"), Term("large language model", "大语言模型")])
        >>> [m.term.zh for m in index.matches("Large language-models and a language model")]
        ['大语言模型', '语言模型']
        """
        tokens = [(m.start(), m.end()) for m in _TOKEN.finditer(en)]
        folded = [fold_word(en[a:b]) for a, b in tokens]
        joined = [_joined(en, a, b) for a, b in pairwise(tokens)]
        found: list[Match] = []
        k = 0
        while k < len(tokens):
            match = self._at(en, tokens, folded, joined, k)
            if match:
                found.append(match[0])
                k += match[1]
            else:
                k += 1
        return found

    def _at(
        self, en: str, tokens: list[Span], folded: list[str], joined: list[bool], k: int
    ) -> tuple[Match, int] | None:
        """The longest term that begins at token k, and its number of tokens."""
        for size in self._sizes.get(folded[k], ()):
            if size > len(tokens) - k or not all(joined[k : k + size - 1]):
                continue
            span = tokens[k][0], tokens[k + size - 1][1]
            for form, term in self._forms.get(tuple(folded[k : k + size]), ()):
                if _same_case(form, term, en[slice(*span)]):
                    return Match(term, form, span), size
        return None


def _joined(en: str, a: Span, b: Span) -> bool:
    """Whether only blanks, hyphens and the dots of abbreviations stand between two tokens."""
    between = en[a[1] : b[0]]
    return 0 < len(between) <= 2 and not between.strip(" -‐‑–.\u00a0") and between != ". "


def _same_case(form: str, term: Term, text: str) -> bool:
    """Names and acronyms are only themselves as written: CAN is no "can", Gato no "gato"."""
    if term.is_name or _CASED.fullmatch(form):
        bare = text.removesuffix("'s").removesuffix("’s")
        # Hyphens and blanks vary in names (GPT 4, GPT-4); capitals do not.
        key, want = re.sub(r"[^A-Za-z0-9]", "", bare), re.sub(r"[^A-Za-z0-9]", "", form)
        return key == want or (key.endswith("s") and key[:-1] == want)
    return True
