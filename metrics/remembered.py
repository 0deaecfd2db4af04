"""What an audit found record by record, kept for the next one: only records that a changed term touches are read again.

A record's part depends on its pairs, on the rules, on the field's counts, on what the corpus shows of its words, and
on the terms that stand in its English. Where all but the terms are as before, the earlier part holds, unless a form of
a term that came, went or changed stands there.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from ..corpora import Knowledge, Pair, Span, Term, Termbase, shipped_termbase
from .corpus_counts import row_of, term_of
from .field_terms import FIELD, field_terms
from .findings import Draft
from .messages import Message, message_of
from .occurrences import Occurrence, sides
from .term_index import TermIndex

VERSION = 1
_ASCII, _SIGNS = re.compile("[A-Za-z]"), re.compile("[^a-z0-9]+")


class Part(NamedTuple):
    """What is said of the pairs of one record before the others are known."""

    occurrences: list[Occurrence]
    drafts: list[tuple[Pair, Draft]]


@dataclass(frozen=True, slots=True)
class Basis:
    """What the parts of an audit rest on beside the pairs: equal bases give equal parts, but for the terms.

    `rules` is a hash of the program, `corpus` one of all pairs, `settings` says how renderings are located.
    """

    rules: str
    knowledge: str
    corpus: str
    settings: str


class Remembered:
    """The parts of an earlier audit and of this one, in the order of the records."""

    def __init__(self, lines: Iterable[str] = (), settings: str = "") -> None:
        """Take the lines that `lines` of an earlier one gave; what cannot be read is nothing remembered.

        `settings` names all that the locators rest on beside corpus, field and the terms of a text.
        """
        given = iter(lines)
        self._settings = settings
        self._groups: Sequence[Sequence[Pair]] = ()
        self._head = _parsed(next(given, ""))
        self._old: list[str] = list(given) if self._head else []
        self._parts: list[Part | str] = []
        self._changed: TermIndex | None = None
        self._all_changed = True
        self._terms: Mapping[str, Term] = {}
        self._field: Mapping[str, Term] = {}
        self.recalled, self.begun = 0, False

    def begin(
        self,
        groups: Sequence[Sequence[Pair]],
        mainland: Mapping[str, str],
        termbase: Termbase,
        knowledge: Knowledge,
    ) -> None:
        """Say what this audit rests on, before any part is asked for or kept; `mainland` as for `audit_chinese`."""
        self._parts, self._groups = [], groups
        self.recalled, self.begun = 0, True
        basis = Basis(_program(), knowledge.signature, _hash_of(groups, mainland), self._settings)
        self._terms = {term.en: term for term in termbase.terms}
        self._field = {term.en: term for term in field_terms(knowledge)}
        before = self._head
        added, gone = _difference(termbase.terms)
        self._head = {
            "version": VERSION,
            **_as_dict(basis),
            "rivals": _rivals(termbase.terms),
            "added": [row_of(term) for term in added],
            "gone": gone,
        }
        self._all_changed = True
        if {**before, "added": 0, "gone": 0} != {**self._head, "added": 0, "gone": 0} or len(self._old) != len(groups):
            return
        try:
            earlier = _merged([term_of(row) for row in before["added"]], before["gone"])
        except (TypeError, ValueError, KeyError, RecursionError):
            return
        changed = earlier ^ set(termbase.terms)
        # Of forms without letters (β) no text is searched for; a pattern may match anything.
        if any(term.pattern or not all(map(_ASCII.search, (term.en, *term.also))) for term in changed):
            return
        forms = {form.lower() for term in changed for form in (term.en, *term.also)}
        self._changed = TermIndex(Term(form, "x") for form in sorted(forms)) if forms else None
        self._all_changed = False

    def recall(self, group: Sequence[Pair]) -> Part | None:
        """The next record's part, if an earlier audit found it and nothing that it rests on has changed."""
        if self._all_changed:
            return None
        if self._changed is not None and any(self._changed.matches(sides(pair)[0].lower()) for pair in group):
            return None
        line = self._old[len(self._parts)]
        try:
            part = self._part(json.loads(line), group)
        except (ValueError, TypeError, KeyError, IndexError, RecursionError):
            return None
        self._parts.append(line)
        self.recalled += 1
        return part

    def keep(self, part: Part) -> None:
        """Take the next record's part, which could not be recalled."""
        self._parts.append(part)

    def lines(self) -> Iterator[str]:
        """All that is to be known of this audit, a line of JSON each: the basis, then the parts."""
        yield json.dumps(self._head, ensure_ascii=True, sort_keys=True)
        for part, group in zip(self._parts, self._groups, strict=True):
            yield part if isinstance(part, str) else self._line(part, group)

    def _line(self, part: Part, group: Sequence[Pair]) -> str:
        place = {pair.id: k for k, pair in enumerate(group)}
        occurrences = [
            [
                place[o.pair.id],
                self._name_of(o.term),
                o.status,
                o.span_en,
                o.span_zh,
                o.zh,
                o.similarity,
                o.why,
                o.confidence,
            ]
            for o in part.occurrences
        ]
        drafts = [
            [place[pair.id], *(getattr(draft, name) for name in _DRAFT), message_of(draft.message).zh]
            for pair, draft in part.drafts
        ]
        return json.dumps([occurrences, drafts], ensure_ascii=True, separators=(",", ":"))

    def _name_of(self, term: Term) -> str | list[Any]:
        """How a part names a term: those of the termbase and of the field by their English."""
        if self._terms.get(term.en) == term:
            return "t" + term.en
        if term.domain == FIELD and self._field.get(term.en) == term:
            return "f" + term.en
        return row_of(term)

    def _part(self, row: Any, group: Sequence[Pair]) -> Part:
        occurrences, drafts = row
        return Part(
            [
                Occurrence(group[k], self._term(name), status, _span(a), _maybe(b), zh, similar, why, confidence)
                for k, name, status, a, b, zh, similar, why, confidence in occurrences
            ],
            [
                (group[k], Draft(rule, severity, sure, _maybe(a), _maybe(b), expected, found, Message(said, zh), term))
                for k, rule, severity, sure, a, b, expected, found, said, term, zh in drafts
            ],
        )

    def _term(self, name: str | list[Any]) -> Term:
        if isinstance(name, list):
            return term_of(name)
        return (self._terms if name[0] == "t" else self._field)[name[1:]]


def _hash_of(groups: Iterable[Sequence[Pair]], mainland: Mapping[str, str]) -> str:
    seen = hashlib.sha256()
    for group in groups:
        for pair in group:
            row = [pair.field, pair.type, pair.en, pair.zh, mainland.get(pair.id, "")]
            seen.update(json.dumps(row, ensure_ascii=True).encode("ascii"))
        seen.update(b"\n")
    return seen.hexdigest()


@cache
def _program() -> str:
    """A hash of all the modules that an audit's parts are made by, and of the data they read."""
    seen = hashlib.sha256()
    for package in ("corpora", "align", "metrics"):
        folder = files(f"duizhao.{package}")
        for file in sorted(folder.iterdir(), key=lambda file: file.name):
            if file.name.endswith(".py"):
                seen.update(file.name.encode() + b"\0" + file.read_bytes())
    seen.update(shipped_termbase().signature.encode())
    return seen.hexdigest()


_DRAFT = ("rule", "severity", "confidence", "span_en", "span_zh", "expected", "found", "message", "term")


def _as_dict(basis: Basis) -> dict[str, object]:
    return dict(zip(Basis.__dataclass_fields__, astuple(basis), strict=True))


def _difference(terms: Sequence[Term]) -> tuple[list[Term], list[str]]:
    """The terms that the shipped termbase does not have, and the English of those that only it has."""
    shipped, here = set(shipped_termbase().terms), set(terms)
    return [term for term in terms if term not in shipped], sorted(term.en for term in shipped - here)


def _rivals(terms: Iterable[Term]) -> str:
    """A hash of the terms that share a form but for case and signs, in their order: the first of them is found."""
    by_form: dict[str, list[str]] = {}
    for term in terms:
        for form in (term.en, *term.also):
            by_form.setdefault(_SIGNS.sub("", form.casefold()).rstrip("s"), []).append(term.en)
    shared = [names for names in by_form.values() if len(names) > 1]
    return hashlib.sha256(json.dumps(shared).encode("ascii")).hexdigest()[:16]


def _merged(added: Iterable[Term], gone: Iterable[str]) -> set[Term]:
    missing = set(gone)
    return {term for term in shipped_termbase().terms if term.en not in missing} | set(added)


def _parsed(line: str) -> dict[str, Any]:
    try:
        head = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return head if isinstance(head, dict) else {}


def _span(value: Sequence[int]) -> Span:
    begin, end = value
    return begin, end


def _maybe(value: Sequence[int] | None) -> Span | None:
    return None if value is None else _span(value)
