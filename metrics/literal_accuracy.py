"""Whether what must not change in translation is there: numbers, by their value, and names in Latin letters.

Number accuracy and name accuracy, as integers a segment. Both follow the audit of translations: every doubt acquits.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import islice
from typing import Literal, NamedTuple

import numpy as np

from ..corpora import Pair
from ..corpora.errors import ConfigError
from ..corpora.knowledge import EMPTY, Knowledge
from ..corpora.term import Term
from ..corpora.termbase import Termbase
from .magnitudes import by_tens
from .masking import CODE, URL, blanked
from .measures import converted
from .metric import Statistics, Stream
from .name_matching import AGREES, agreement, latin_parts
from .names_en import people_in
from .numbers import Side, is_answered, is_claim, side_of, stands_among, unique
from .person_names import _DOTTED, _spelt
from .quantities_en import quantities_en
from .quantities_zh import quantities_zh
from .quantity import Quantity, fold, literals
from .share import Share, with_sources
from .system_names import system_names
from .term_index import TermIndex
from .term_lookup import termbase_part
from .testset import Target
from .units import units_en, units_zh

Against = Literal["source", "reference"]
_READERS: dict[Target, Callable[[str], list[Quantity]]] = {"zh": quantities_zh, "en": quantities_en}
_SOURCE: dict[Target, Target] = {"zh": "en", "en": "zh"}
_NAME = re.compile(
    r"(?<![A-Za-z0-9_@/.\\$^{-])[A-Za-z][A-Za-z0-9]{1,39}+(?:-[A-Za-z0-9]{1,20}+){0,3}+(?![A-Za-z0-9_@/])"
)
_PARTS = re.compile(r"[A-Z]+[a-z]*|[a-z]+|[0-9]+|[^\sA-Za-z0-9_‐‑–·・-]+")
_JOINT = "[ \\t\u00a0\u3000\u200b‐‑·・_-]?"  # what spelling varies in; other dashes are folded to this one
_MOST, _PEOPLE = 200, 20  # names and people of a text that are looked at; what has more is a table


class NumberAccuracy(Share):
    """The share of the quantities of each source whose value the hypothesis has, in any form.

    960万 is 9.6 million, 半数 50 %, 三 three, 10公里 10,000 m; the same digits of another magnitude (96万) are not. A
    value counts once a segment. Years, per cent, multiples, fractions and ordinals are quantities; dates in figures,
    versions, citations, digits of names, vague numbers, and one and two in words are none. `against="reference"`,
    where there are no sources: the quantities of the first reference instead.

    >>> NumberAccuracy("zh").statistics(["96万只水獭，快三倍。"], [], ["9.6 million otters, three times as fast."])
    array([[1, 2]])
    """

    name, key = "numbers", "numbers"

    def __init__(self, target: Target, *, against: Against = "source") -> None:
        """`target` is the language of the hypotheses."""
        self._target: Target = target
        self._against: Against = against
        self._wanted: tuple[tuple[str, ...], list[tuple[Side, list[Quantity]]]] = ((), [])

    @property
    def settings(self) -> str:
        """Whose quantities are wanted, how they are compared, and the direction."""
        return f"numbers:of-{self._against}|match:value|lang:{_direction(self._target)}"

    @property
    def uses_references(self) -> bool:
        """Whether the quantities wanted are those of the references."""
        return self._against == "reference"

    def statistics(
        self, hypotheses: Sequence[str], references: Sequence[Stream], sources: Sequence[str] | None = None
    ) -> Statistics:
        """[kept, quantities] of each segment; raises ConfigError without sources, or references where these count."""
        rows = []
        for (side, wanted), text in zip(self._prepared(references, sources), hypotheses, strict=True):
            lost = self._lost(side, wanted, side_of(text, _READERS[self._target](text))) if wanted else 0
            rows.append((len(wanted) - lost, len(wanted)))
        return np.array(rows, dtype=np.int64).reshape(-1, 2)

    def _prepared(
        self, references: Sequence[Stream], sources: Sequence[str] | None
    ) -> list[tuple[Side, list[Quantity]]]:
        """What each segment wants; read for the first system and kept for the next."""
        if self._against == "source":
            texts, language = tuple(with_sources(sources, self.name)), _SOURCE[self._target]
        else:
            texts, language = _first(references, self.name), self._target
        if self._wanted[0] != texts:
            sides = [side_of(text, _READERS[language](text)) for text in texts]
            self._wanted = texts, [(side, unique([q for q in side.quantities if is_claim(q)])) for side in sides]
        return self._wanted[1]

    def _lost(self, side: Side, wanted: list[Quantity], other: Side) -> int:
        """How many quantities the other side has not: neither the value nor, in the same magnitude, its figures.

        What the two sides measure in different units is lost only where one is surely not the other converted.
        """
        lost = [quantity for quantity in wanted if not is_answered(quantity, other)]
        if not lost:
            return 0
        spared: set[Quantity] = set()
        unlike: list[tuple[Quantity, Quantity]] = []
        if self._against == "source":
            en, zh = (side, other) if self._target == "zh" else (other, side)
            spared, unlike = converted(units_en(en.text, en.quantities), units_zh(zh.text, zh.quantities))
        wrong = {quantity for pair in unlike for quantity in pair}
        rest = [q for q in lost if q not in spared]
        extra = [q for q in other.quantities if is_claim(q) and q not in spared and not is_answered(q, side)]
        wrong.update(by_tens(rest, unique(extra)))
        figures = literals(other.text)
        return sum(q in wrong or not (q in spared or stands_among(q, figures)) for q in lost)


def _first(references: Sequence[Stream], name: str) -> tuple[str, ...]:
    """The first reference that each segment has."""
    if not references:
        raise ConfigError(name, "no references", "a reference of each segment")
    return tuple(next((text for text in texts if text is not None), "") for texts in zip(*references, strict=True))


class NameAccuracy(Share):
    """The share of proper names that the hypothesis keeps.

    Of a Chinese translation: the names in Latin letters that both the source and every reference have, and the people
    named in both, in Latin letters or by sound. Without references, the names that the source's shape, the termbase
    and the field's habit (`knowledge`) tell to stay. Of an English one: the names in Latin letters that the Chinese
    source and every reference have. Terms and acronyms that the termbase translates are no names. A name counts once a
    segment, with or without hyphens, in Chinese in any case. Without sources the references alone tell.

    >>> names = NameAccuracy((), "zh")
    >>> names.statistics(["水獭读手套。"], [["水獭读GloVe和BERT。"]], ["Otters read GloVe and BERT."])
    array([[0, 2]])
    """

    name, key = "names", "names"

    def __init__(
        self,
        terms: Termbase | Sequence[Term],
        target: Target,
        *,
        against: Against = "reference",
        knowledge: Knowledge = EMPTY,
    ) -> None:
        """`against="source"` is for test sets without references; `knowledge` is asked then only."""
        entries = terms.terms if isinstance(terms, Termbase) else tuple(terms)
        self._target: Target = target
        self._against: Against = against
        self._knowledge = knowledge
        self._termbase = termbase_part(terms)
        kept = [term for term in entries if term.zh == term.en and not term.pattern]
        self._listed = TermIndex(kept)
        names = {form.casefold() for term in kept for form in (term.en, *term.also)}
        forms = {form.casefold() for term in entries for form in (term.en, *term.also)}
        self._terms = frozenset(forms - names)
        self._all = frozenset(forms)
        self._wanted: tuple[object, list[_Names]] = (None, [])

    @property
    def settings(self) -> str:
        """What tells the names, the direction and the termbase."""
        which = "in-reference" if self._against == "reference" else "of-source"
        habit = re.search("sha256:([0-9a-f]{12})", self._knowledge.signature)
        field = f"|field:{habit[1]}" if habit and self._against == "source" else ""
        return f"names:{which}|lang:{_direction(self._target)}|{self._termbase}{field}"

    @property
    def uses_references(self) -> bool:
        """Whether the names wanted are those of the references."""
        return self._against == "reference"

    def statistics(
        self, hypotheses: Sequence[str], references: Sequence[Stream], sources: Sequence[str] | None = None
    ) -> Statistics:
        """[kept, names] of each segment; raises ConfigError without references, or sources where these count."""
        rows = []
        for wanted, text in zip(self._prepared(references, sources), hypotheses, strict=True):
            folded = fold(text)
            kept = sum(_stands_in(name, folded, self._target) for name in wanted.latin)
            kept += sum(_is_named(person, folded) for person in wanted.people)
            rows.append((kept, len(wanted.latin) + len(wanted.people)))
        return np.array(rows, dtype=np.int64).reshape(-1, 2)

    def _prepared(self, references: Sequence[Stream], sources: Sequence[str] | None) -> "list[_Names]":
        """What each segment wants; read for the first system and kept for the next."""
        key: object
        if self._against == "source":
            texts = tuple(with_sources(sources, self.name))
            key = texts
            if self._wanted[0] != key:
                self._wanted = key, [_Names(self._of_source(text), ()) for text in texts]
            return self._wanted[1]
        _first(references, self.name)
        key = tuple(map(tuple, references)), None if sources is None else tuple(sources)
        if self._wanted[0] != key:
            streams = zip(*references, strict=True)
            given = [None] * len(references[0]) if sources is None else sources
            found = [self._of_references([t for t in texts if t], s) for texts, s in zip(streams, given, strict=True)]
            self._wanted = key, found
        return self._wanted[1]

    def _of_references(self, references: Sequence[str], source: str | None) -> "_Names":
        """The names that all references of a segment keep; with its source, those that this has too."""
        if not references:
            return _Names((), ())
        others: list[tuple[str, Target]] = [(fold(text), self._target) for text in references]
        if self._target == "zh":
            names, others = self._latin(references[0]), others[1:]
            if source is not None:
                others.append((fold(source), "en"))
        elif source is not None:
            names = self._latin(source)
        else:
            names, others = self._of_source(references[0]), others[1:]
        latin = tuple(name for name in names if all(_stands_in(name, *other) for other in others))
        if self._target == "en" or source is None:
            return _Names(latin, ())
        return _Names(latin, _people(source, list(map(fold, references)), latin))

    def _of_source(self, text: str) -> tuple[str, ...]:
        """The names of a text without a reference: by their shape and the field's habit, and those of the termbase."""
        if self._target == "en" and self._against == "source":
            return self._latin(text)
        pair = Pair("", "", "", "text", (text,), ("。",), (), (), "1-1", 0.0)
        found = [match.form for match in self._listed.matches(text)]
        found += [term.en for term in system_names([pair], self._all, self._knowledge)]
        return tuple(islice(dict.fromkeys(found), _MOST))

    def _latin(self, zh: str) -> tuple[str, ...]:
        """The names in Latin letters of a Chinese text."""
        found = (match[0] for match in _NAME.finditer(blanked(fold(zh), URL, CODE)))
        found = (name[:-1] if name.endswith("s") and name[:-1].isupper() else name for name in found)  # GANs
        names = (name for name in found if name.lower() != name and not self._is_term(name.casefold()))
        return tuple(islice(dict.fromkeys(names), _MOST))

    def _is_term(self, name: str) -> bool:
        return name in self._terms or name.removesuffix("s") in self._terms


class _Names(NamedTuple):
    """What a segment wants: names in Latin letters, and people in any."""

    latin: tuple[str, ...]
    people: tuple[str, ...]


def _people(source: str, references: Sequence[str], names: Iterable[str]) -> tuple[str, ...]:
    """The people of an English source whom every Chinese reference names, but for those among the names."""
    known = {part for name in names for part in name.split("-")}
    found = dict.fromkeys(person.text for person in islice(people_in(source), _PEOPLE))
    people = (person for person in found if not known & set(latin_parts(person)))
    return tuple(person for person in people if all(_is_named(person, text) for text in references))


def _is_named(person: str, zh: str) -> bool:
    """Whether a folded Chinese text names a person, in Latin letters or by sound with a dot between the parts."""
    if any(_stands_in(part, zh, "zh") for part in latin_parts(person) if len(part) > 2):
        return True
    spans = (span for match in _DOTTED.finditer(zh) if (span := _spelt(zh, match)))
    return any(agreement(person, zh[slice(*span)]) >= AGREES for span in islice(spans, _PEOPLE))


def _stands_in(name: str, text: str, language: Target) -> bool:
    """Whether a folded text has a name, or its plural, as words of their own; in English gloves are no GloVe."""
    return _pattern(name, language == "en").search(text) is not None


@lru_cache(maxsize=1 << 14)
def _pattern(name: str, cased: bool) -> re.Pattern[str]:
    """A name with blanks and hyphens between its parts or without, in any case unless `cased`."""
    parts = _PARTS.findall(name)
    before = "(?<![0-9])" if parts[0].isdecimal() else "(?<![A-Za-z])" if parts[0].isalpha() else ""
    after = "(?![0-9])" if parts[-1].isdecimal() else "(?![A-Za-z])" if parts[-1].isalpha() else ""
    pattern = f"{before}{_JOINT.join(map(re.escape, parts))}(?:s(?![A-Za-z])|{after})"
    return re.compile(pattern, 0 if cased else re.IGNORECASE)


def _direction(target: Target) -> str:
    return f"{_SOURCE[target]}-{target}"
