"""Where the terms of a termbase stand in an English text: longest match first, inflection and spelling folded."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import regex

from ..corpora import Span
from ..corpora.errors import ConfigError
from ..corpora.term import Term
from .folding import fold_word

_TOKEN = re.compile(r"[A-Za-z0-9]+(?:['’]s\b)?")
_NO_ALNUM = re.compile(r"[^A-Za-z0-9]+")
_LONGEST = 64  # words; what is longer is no term
_TIMEOUT = 0.1  # seconds that a pattern may take for one text
_FREE = str.maketrans({sign: None for sign in " -‐‑–.\u00a0"} | {"’": "'"})  # what spelling varies in


@dataclass(frozen=True, slots=True)
class Match:
    """A term at a place of an English text; `form` is the form of the term that was matched."""

    term: Term
    form: str
    span: Span


class _Form(NamedTuple):
    """A form as it is compared: `cased` its letters and digits where it is only itself as written (CAN is no "can",
    Gato no "gato"), else ""; `signs` what stands around its words.
    """

    form: str
    term: Term
    cased: str
    signs: tuple[str, ...]  # before, between and behind the words; empty where blanks and hyphens are all there is


class TermIndex:
    """Looks up the terms of a termbase; built once, asked for every sentence."""

    def __init__(self, terms: Iterable[Term]) -> None:
        """Index each term by the folded words of each of its forms, those of over 64 words left out.

        Forms are literal: C++ is only found as that. Only those of a term with `pattern` are regular expressions.
        """
        self._forms: dict[tuple[str, ...], list[_Form]] = {}
        sizes: dict[str, set[int]] = {}
        self._patterns: list[tuple[Any, Term, str]] = []
        for term in terms:
            for form in (term.en, *term.also):
                if term.pattern:
                    self._patterns.append((_compiled(form, term), term, form))
                    continue
                words, signs, capitals = _taken_apart(form)
                if words:
                    cased = _NO_ALNUM.sub("", form) if capitals or term.case or term.is_name else ""
                    self._forms.setdefault(words, []).append(_Form(form, term, cased, signs))
                    sizes.setdefault(words[0], set()).add(len(words))
        for forms in self._forms.values():  # the most particular first: LoRA+ before LoRA, RAG before rag
            forms.sort(key=lambda form: (not form.signs, not form.cased))
        # By first word: numbers of words, the most first.
        self._sizes = {word: tuple(sorted(counts, reverse=True)) for word, counts in sizes.items()}

    def matches(self, en: str) -> list[Match]:
        """The terms in a text, left to right; of overlapping ones the longest that begins first.

        Raises ConfigError for a pattern that takes more than 0.1 s for the text.

        >>> index = TermIndex([Term("language model", "语言模型"), Term("large language model", "大语言模型")])
        >>> [m.term.zh for m in index.matches("Large language-models and a language model")]
        ['大语言模型', '语言模型']
        """
        found: list[Match] = []
        spans = [match.span() for match in _TOKEN.finditer(en)]
        folded = [fold_word(en[a:b]) for a, b in spans]
        after = 0
        for k, word in enumerate(folded):
            if k >= after and (sizes := self._sizes.get(word)) and (match := self._at(en, spans, folded, k, sizes)):
                found.append(match[0])
                after = k + match[1]
        return self._with_patterns(en, found) if self._patterns else found

    def _at(
        self, en: str, spans: Sequence[Span], folded: Sequence[str], k: int, sizes: Iterable[int]
    ) -> tuple[Match, int] | None:
        """The longest term that begins at word k, and its number of words."""
        for size in sizes:
            if k + size > len(spans):
                continue
            for form in self._forms.get(tuple(folded[k : k + size]), ()):
                span = spans[k][0], spans[k + size - 1][1]
                if form.signs:
                    reached = _with_signs(en, spans[k : k + size], form.signs)
                    if reached is None:
                        continue
                elif size > 1 and not all(_joined(en, spans[j][1], spans[j + 1][0]) for j in range(k, k + size - 1)):
                    continue
                else:
                    reached = span
                if not form.cased or _is_written(form.cased, en[slice(*span)]):
                    return Match(form.term, form.form, reached), size
        return None

    def _with_patterns(self, en: str, found: list[Match]) -> list[Match]:
        """The matches together with those of the patterns."""
        for pattern, term, form in self._patterns:
            try:
                hits = [hit.span() for hit in pattern.finditer(en, timeout=_TIMEOUT)]
            except TimeoutError as error:
                do = "Simplify it, or take the flag regex away."
                wanted = f"an answer within {_TIMEOUT} s a text"
                raise ConfigError(f"pattern {form!r}", "too slow", wanted, do) from error
            found += [Match(term, form, (a, b)) for a, b in hits if a < b]
        kept: list[Match] = []
        for match in sorted(found, key=lambda each: (each.span[0], -each.span[1])):
            if not kept or match.span[0] >= kept[-1].span[1]:
                kept.append(match)
        return kept


def _compiled(pattern: str, term: Term) -> Any:
    try:
        return regex.compile(pattern, 0 if term.case else regex.IGNORECASE)
    except (regex.error, RecursionError, ValueError, OverflowError, MemoryError, IndexError, KeyError) as error:
        raise ConfigError(f"pattern {pattern!r}", f"none ({error})", "a regular expression") from error


def _joined(en: str, end: int, begin: int) -> bool:
    """Whether only blanks, hyphens and the dots of abbreviations stand between two words."""
    between = en[end:begin]
    return between == " " or (0 < len(between) <= 2 and not between.strip(" -‐‑–.\u00a0") and between != ". ")


@lru_cache(maxsize=1 << 16)  # an audit builds several indices of the same termbase
def _taken_apart(form: str) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """The folded words of a form, none where there are too many, its signs, and whether its capitals count."""
    spans = [match.span() for match in _TOKEN.finditer(form)]
    if len(spans) > _LONGEST:
        return (), (), False
    return tuple(fold_word(form[a:b]) for a, b in spans), _signs(form, spans), _has_capitals(form)


def _signs(form: str, spans: Sequence[Span]) -> tuple[str, ...]:
    """What stands before, between and behind the words of a form, but for what spelling varies in."""
    ends = [0, *(b for _, b in spans)]
    begins = [*(a for a, _ in spans), len(form)]
    signs = tuple(form[a:b].translate(_FREE).lower() for a, b in zip(ends, begins, strict=True))
    return signs if any(signs) else ()


def _with_signs(en: str, spans: Sequence[Span], signs: Sequence[str]) -> Span | None:
    """The span of these words with the signs around them, None where other signs stand there."""
    for (_, end), (begin, _), wanted in zip(spans, spans[1:], signs[1:], strict=False):
        if wanted:
            between = en[end:begin]
            if len(between) > len(wanted) + 3 or between.translate(_FREE).lower() != wanted:
                return None
        elif not _joined(en, end, begin):
            return None
    begin, end = spans[0][0], spans[-1][1]
    before, behind = signs[0], signs[-1]
    if before:
        place = _reached(en[max(0, begin - len(before) - 3) : begin][::-1], before[::-1])
        begin -= place
        if not place:
            return None
    if behind:
        place = _reached(en[end : end + len(behind) + 3], behind)
        end += place
        if not place:
            return None
    return begin, end


def _reached(text: str, signs: str) -> int:
    """How many characters of a text it takes to read these signs off its beginning, 0 where it has others."""
    for end in range(len(signs), len(text) + 1):
        if text[:end].translate(_FREE).lower() == signs:
            return end
    return 0


def _has_capitals(form: str) -> bool:
    """Whether a word has capitals that carry meaning: GloVe, BERT, LLM."""
    if not (form.isascii() and form.isalnum()):
        return False
    first = next((k for k, sign in enumerate(form) if sign.isupper()), len(form))
    return any(sign.isupper() or sign.isdigit() for sign in form[first + 1 :])


def _is_written(cased: str, text: str) -> bool:
    """Whether a text has these letters; hyphens and blanks vary in names (GPT 4, GPT-4), capitals do not."""
    key = _NO_ALNUM.sub("", text.removesuffix("'s").removesuffix("’s"))
    return key == cased or (key.endswith("s") and key[:-1] == cased)
