"""Entries of one term made one, and files of terms laid over each other."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from .errors import ConfigError
from .term import Forbidden, PlacedTerm, Term, TermFile


class Override(NamedTuple):
    """An entry of an earlier file that a later one changes: in these of its forms."""

    earlier: Term
    later: Term
    forms: tuple[str, ...]


def form_key(form: str) -> str:
    """What two English forms of one term have in common: small letters, but for capitals that carry meaning.

    >>> form_key("Neural Network") == form_key("neural network"), form_key("CAN") == form_key("can")
    (True, False)
    """
    if form.islower():
        return form
    return form if any(map(has_inner_capital, form.replace("-", " ").split())) else form.casefold()


def has_inner_capital(word: str) -> bool:
    """Whether a word has a capital behind its first letter: BERT, GloVe, mRNA."""
    return any(map(str.isupper, word[1:]))


def without_duplicates(file: TermFile) -> TermFile:
    """The entries of a file, those of one term made one, with notes that count them.

    The first entry keeps its rendering and its place, other renderings become admitted. A form that stands for
    several terms is left to the entry that is called so, or left out where none is. Raises ConfigError where one
    entry forbids what another of the same term approves.
    """
    kept: dict[str, PlacedTerm] = {}
    joined: dict[str, _Joined] = {}
    same: list[str] = []
    other: list[str] = []
    for placed in file.terms:
        key = _own_key(placed.term)
        before = kept.get(key)
        if before is None:
            kept[key] = placed
            continue
        one = joined[key] if key in joined else joined.setdefault(key, _Joined(before))
        (same if placed.term.zh in one.approved else other).append(placed.where)
        one.add(placed)
    notes = list(file.notes)
    if same:
        notes.append(f"{len(same):,} entries repeat an earlier one and were joined to it, the first at {same[0]}")
    if other:
        what = "entries give an earlier term another rendering, now admitted there"
        notes.append(f"{len(other):,} {what}, the first at {other[0]}")
    whole = [PlacedTerm(joined[key].term(), p.where) if key in joined else p for key, p in kept.items()]
    terms, shared = _forms_once(whole)
    if shared:
        shown = ", ".join(shared[:8]) + (" …" if len(shared) > 8 else "")
        notes.append(f"{len(shared):,} other forms stand for several terms and were left out: {shown}")
    return TermFile(tuple(terms), tuple(notes))


def overlaid(layers: Sequence[Iterable[Term]]) -> tuple[list[tuple[Term, int]], list[Override]]:
    """The terms of several files, later files first, each with the number of its layer; and what was overridden.

    The later file wins form by form, without regard to case and hyphens: an earlier entry keeps its other forms
    only. For these, what the later entry approves is approved and not forbidden, and what it forbids is not approved.

    >>> [(t.en, t.zh) for t, _ in overlaid([[Term("otter", "獭", also=("sea cat",))], [Term("Otter", "水獭")]])[0]]
    [('Otter', '水獭'), ('sea cat', '獭')]
    """
    found: list[tuple[Term, int]] = []
    overrides: list[Override] = []
    taken: dict[str, Term] = {}
    for number in range(len(layers) - 1, -1, -1):
        fresh: list[Term] = []
        for term in layers[number]:
            forms = (term.en, *term.also)
            lost = [form for form in forms if _loose(form) in taken] if taken else []
            left: Term | None = term
            if lost:
                kept = term
                for form in lost:
                    kept = _under(kept, taken[_loose(form)])
                overrides.append(Override(term, taken[_loose(lost[0])], tuple(lost)))
                rest = [form for form in forms if form not in lost]
                left = _called(kept, rest) if rest else None
            if left is not None:
                fresh.append(left)
        found += [(term, number) for term in fresh]
        if number:
            for term in fresh:
                for form in (term.en, *term.also):
                    taken.setdefault(_loose(form), term)
    return found, overrides


def _loose(form: str) -> str:
    return form.casefold().replace("-", " ")


def _own_key(term: Term) -> str:
    if term.pattern:
        return f"/{term.en}/"
    return term.en if term.case else form_key(term.en)


def _called(term: Term, forms: Sequence[str]) -> Term:
    """The entry with these forms alone; a name is still kept as it is written."""
    return replace(term, en=forms[0], also=tuple(forms[1:]), zh=forms[0] if term.is_name else term.zh)


def _under(earlier: Term, later: Term) -> Term:
    """The earlier entry under what the later one says."""
    wrong = {forbidden.zh for forbidden in later.forbidden}
    first = (later.zh,) if earlier.zh in wrong else ()
    good = [zh for zh in dict.fromkeys((*first, *earlier.approved, *later.approved)) if zh not in wrong]
    taiwan = tuple(zh for zh in earlier.taiwan if zh in good[1:])
    return replace(
        earlier,
        zh=good[0],
        admitted=tuple(zh for zh in good[1:] if zh not in taiwan),
        taiwan=taiwan,
        forbidden=tuple(forbidden for forbidden in earlier.forbidden if forbidden.zh not in later.approved),
    )


class _Joined:
    """Entries of one term, added one by one; `approved` is what any of them approves."""

    def __init__(self, first: PlacedTerm) -> None:
        self._first = first
        self._terms: list[Term] = []
        self._forbidden: dict[str, Forbidden] = {}
        self.approved: set[str] = set()
        self._take(first.term)

    def add(self, placed: PlacedTerm) -> None:
        """Add an entry; raises ConfigError where one of the two forbids what the other approves."""
        term = placed.term
        wrong = {forbidden.zh for forbidden in term.forbidden}
        both = self._forbidden.keys() & set(term.approved) or self.approved & wrong
        if both:
            found = f"{min(both)!r} is approved and forbidden for {term.en!r}; see {self._first.where} too"
            raise ConfigError(placed.where, found, "one of the two")
        self._take(term)

    def term(self) -> Term:
        """The one entry that they make: the first, with what the others add."""
        first, terms = self._first.term, self._terms
        taiwan = dict.fromkeys(zh for term in terms for zh in term.taiwan)
        renderings = dict.fromkeys(zh for term in terms for zh in (term.zh, *term.admitted))
        return replace(
            first,
            admitted=tuple(zh for zh in renderings if zh != first.zh and zh not in taiwan),
            forbidden=tuple(self._forbidden.values()),
            domain=next((term.domain for term in terms if term.domain), ""),
            also=tuple(dict.fromkeys(form for term in terms for form in term.also if form != first.en)),
            note="; ".join(dict.fromkeys(term.note for term in terms if term.note)),
            taiwan=tuple(taiwan),
            pos=next((term.pos for term in terms if term.pos), ""),
            case=all(term.case for term in terms),
        )

    def _take(self, term: Term) -> None:
        self._terms.append(term)
        self.approved.update(term.approved)
        for zh, each in {each.zh: each for each in term.forbidden}.items():
            self._forbidden.setdefault(zh, each)


def _forms_once(terms: Sequence[PlacedTerm]) -> tuple[Sequence[PlacedTerm], list[str]]:
    """The entries with each form in one of them only, and the forms that were taken away."""
    owners = {_own_key(placed.term) for placed in terms}
    holders: dict[str, int] = {}
    for placed in terms:
        for key in {form_key(form) for form in placed.term.also}:
            holders[key] = holders.get(key, 0) + 1
    shared: dict[str, None] = {}
    kept: list[PlacedTerm] = []
    for placed in terms:
        term = placed.term
        own = _own_key(term)
        gone = {f: None for f in term.also if holders[key := form_key(f)] > 1 or (key in owners and key != own)}
        if gone:
            shared |= gone
            placed = PlacedTerm(replace(term, also=tuple(form for form in term.also if form not in gone)), placed.where)
        kept.append(placed)
    return kept, list(shared)
