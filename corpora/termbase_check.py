"""What is doubtful in a termbase: entries that contradict each other, and entries that no terminologist meant."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from .script import HAN, count_han
from .term import PlacedTerm, Term
from .termbase_merge import has_inner_capital

Level = Literal["error", "warning", "info"]
_LATIN = re.compile("[A-Za-z]")
_WIDE = re.compile("[Ａ-Ｚａ-ｚ０-９]")
_TRAILING = "，。；：、！？,;:!"
_BRACKETS = str.maketrans("（）［］【】", "()[][]")
_LONGEST_EN, _LONGEST_ZH = 10, 30  # words, Han characters


@dataclass(frozen=True, slots=True)
class Problem:
    """One doubt: the place of the entry, `found; wanted. do`, and the place of the other entry ("" for none).

    An error makes the termbase say two things at once; a warning is most likely a slip; an info is only counted.
    """

    where: str
    level: Level
    kind: str
    message: str
    other: str = ""


def check_terms(terms: Sequence[PlacedTerm]) -> list[Problem]:
    """The problems of these entries in their order; those of one file or of several that are to be used together.

    Forms are compared without regard to case, hyphens and plural, renderings without regard to blanks and width.

    >>> [p.kind for p in check_terms([PlacedTerm(Term("otter", "水獭。"), "a.csv:2")])]
    ['format']
    """
    found: list[Problem] = []
    by_form: defaultdict[str, list[int]] = defaultdict(list)
    by_rendering: defaultdict[str, list[int]] = defaultdict(list)
    for number, placed in enumerate(terms):
        found += _of_entry(placed)
        for key in dict.fromkeys(_folded_en(form) for form in (placed.term.en, *placed.term.also)):
            if key:
                by_form[key].append(number)
        by_rendering[_folded_zh(placed.term.zh)].append(number)
    seen: set[tuple[int, int]] = set()
    for numbers in by_form.values():
        if len(numbers) > 1:
            found += _of_group([(number, terms[number]) for number in numbers], seen)
    for numbers in by_rendering.values():
        first, *others = numbers
        for number in others:
            message = f"{terms[number].term.zh!r} renders {terms[first].term.en!r} too, {terms[first].where}"
            found.append(Problem(terms[number].where, "info", "shared", message, terms[first].where))
    order = {placed.where: number for number, placed in reversed(list(enumerate(terms)))}
    return sorted(found, key=lambda problem: order[problem.where])


def _of_group(group: Sequence[tuple[int, PlacedTerm]], seen: set[tuple[int, int]]) -> Iterator[Problem]:
    """What is wrong between entries that share a form; each pair of entries is spoken of once."""
    number, first = group[0]
    edges: defaultdict[str, dict[str, PlacedTerm]] = defaultdict(dict)
    for k, placed in group:
        for forbidden in placed.term.forbidden:
            edges[_folded_zh(forbidden.zh)].setdefault(_folded_zh(placed.term.zh), placed)
        if k != number and (number, k) not in seen:
            seen.add((number, k))
            yield _duplicate(first, placed)
    clashes = {k: placed for k, placed in group if placed.term.forbidden}
    approved: dict[str, tuple[int, PlacedTerm]] = {}
    for k, placed in group:
        for zh in placed.term.approved:
            approved.setdefault(_folded_zh(zh), (k, placed))
    for k, placed in clashes.items():
        for forbidden in placed.term.forbidden:
            other = approved.get(_folded_zh(forbidden.zh))
            if other and other[0] != k and (other[0], -k - 1) not in seen:
                seen.add((other[0], -k - 1))
                found = f"{forbidden.zh!r} is forbidden for {placed.term.en!r}"
                message = f"{found} and approved for {other[1].term.en!r}, {other[1].where}; wanted one of the two"
                yield Problem(placed.where, "error", "contradiction", message, other[1].where)
    yield from _cycles(edges)


def _duplicate(first: PlacedTerm, second: PlacedTerm) -> Problem:
    a, b = first.term, second.term
    same = _folded_zh(b.zh) in map(_folded_zh, a.approved)
    says = "says the same" if same else f"is rendered {a.zh!r} there"
    form = b.en if _folded_en(b.en) in map(_folded_en, (a.en, *a.also)) else _shared_form(a, b)
    if _file(first.where) != _file(second.where):
        message = f"{form!r} stands in {first.where} too, and {says}; the later file wins"
        return Problem(second.where, "info", "override", message, first.where)
    message = f"{form!r} stands in {first.where} too, and {says}; wanted one entry a term. Join them."
    return Problem(second.where, "warning", "duplicate", message, first.where)


def _file(where: str) -> str:
    return where.rpartition(":")[0]


def _shared_form(a: Term, b: Term) -> str:
    there = {_folded_en(form) for form in (a.en, *a.also)}
    return next((form for form in b.also if _folded_en(form) in there), b.en)


def _cycles(edges: dict[str, dict[str, PlacedTerm]]) -> Iterator[Problem]:
    """Circles in which each forbidden rendering gives way to one that is forbidden in its turn, each once."""
    done: set[str] = set()
    for start in edges:
        path: dict[str, int] = {}
        node: str | None = start
        while node is not None and node in edges and node not in done and node not in path:
            path[node] = len(path)
            node = next((to for to in edges[node] if to in edges and to not in done), None)
        if node in path:
            circle = list(path)[path[node] :]
            placed = [
                edges[a].get(b) or next(iter(edges[a].values()))
                for a, b in zip(circle, circle[1:] + circle[:1], strict=True)
            ]
            if len(circle) > 1:
                shown = " → ".join((*circle, circle[0]))
                places = ", ".join(dict.fromkeys(each.where for each in placed))
                message = f"{shown}: each gives way to the next, {places}; wanted an end. Allow one of them."
                yield Problem(placed[-1].where, "error", "cycle", message, placed[0].where)
        done.update(path)


def _of_entry(placed: PlacedTerm) -> Iterator[Problem]:
    term, where = placed.term, placed.where
    en_han, zh_han = bool(HAN.search(term.en)), bool(HAN.search(term.zh))
    if en_han and not zh_han and _LATIN.search(term.zh):
        message = f"{term.en!r} stands as English, {term.zh!r} as Chinese; wanted English first. Swap the columns."
        yield Problem(where, "error", "swapped", message)
        return
    if not term.pattern:
        if en_han or not _LATIN.search(term.en):
            level: Level = "error" if en_han and not _LATIN.search(term.en) else "warning"
            message = f"{term.en!r} as English; wanted Latin letters" + (" alone" if en_han else "")
            yield Problem(where, level, "no English", message)
        for form in term.also:
            if HAN.search(form):
                yield Problem(where, "warning", "no English", f"{form!r} as English; wanted Latin letters alone")
        for form in (term.en, *term.also):
            yield from _of_format(form, where, chinese=False)
    if term.zh == term.en and term.domain != "names":
        do = "Set its domain to names if it is a name that stays so."
        yield Problem(where, "warning", "same", f"{term.en!r} is its own rendering; wanted Chinese. {do}")
    elif not zh_han and term.domain != "names":
        message = f"{term.zh!r} for {term.en!r} has no Chinese; wanted some. Set its domain to names if it is a name."
        yield Problem(where, "warning", "no Chinese", message)
    for rendering in term.approved:
        if rendering != term.en:
            yield from _of_format(rendering, where, chinese=True)
    if len(term.en.split()) > _LONGEST_EN or count_han(term.zh) > _LONGEST_ZH or "。" in term.zh[:-1]:
        yield Problem(where, "warning", "sentence", f"{_cut(term.en)!r} reads like a sentence; wanted a term")
    yield from _of_forbidden(term, where)


def _of_forbidden(term: Term, where: str) -> Iterator[Problem]:
    approved = {_folded_zh(zh): zh for zh in term.approved}
    for forbidden in term.forbidden:
        wrong = _folded_zh(forbidden.zh)
        if wrong in approved:
            message = f"{forbidden.zh!r} is forbidden and {approved[wrong]!r} approved for {term.en!r}"
            yield Problem(where, "error", "contradiction", message + "; wanted one of the two")
            continue
        around = next((zh for key, zh in approved.items() if wrong and wrong in key), "")
        if around:
            message = f"{forbidden.zh!r}, forbidden for {term.en!r}, is a part of {around!r}, approved"
            yield Problem(where, "warning", "part", message + "; wanted one that stands alone")
        elif any(key and key in wrong for key in approved):
            yield Problem(where, "info", "whole", f"{forbidden.zh!r}, forbidden, holds an approved rendering")


def _of_format(text: str, where: str, chinese: bool) -> Iterator[Problem]:
    """Traces of how a text was typed or copied."""
    shown = repr(_cut(text))
    if _WIDE.search(text):
        yield Problem(where, "warning", "format", f"full-width letters in {shown}; wanted half-width ones")
    if text.endswith(tuple(_TRAILING)) and not text.isascii():
        yield Problem(where, "warning", "format", f"{shown} ends with a mark; wanted the term alone")
    if "  " in text or any(unicodedata.category(sign) in ("Cf", "Cc") for sign in text):
        yield Problem(where, "warning", "format", f"doubled blanks or invisible characters in {shown}; wanted none")
    plain = text.translate(_BRACKETS)
    if any(plain.count(a) != plain.count(b) for a, b in ("()", "[]")):
        yield Problem(where, "warning", "format", f"brackets of {shown} do not pair; wanted whole ones")
    elif chinese and plain.endswith(")") and _is_gloss(plain):
        yield Problem(where, "warning", "format", f"a gloss in brackets in {shown}; wanted the rendering alone")


def _is_gloss(text: str) -> bool:
    """Whether Chinese is followed by Latin letters in brackets: 水獭(otter)."""
    head, _, tail = text[:-1].rpartition("(")
    return bool(HAN.search(head)) and len(_LATIN.findall(tail)) > 1 and not HAN.search(tail)


def _folded_en(form: str) -> str:
    """An English form in small letters, its words joined, the last one in the singular."""
    if any(map(has_inner_capital, form.replace("-", " ").split())):
        return form.replace("-", " ")  # CAN is no "can"
    words = form.casefold().replace("-", " ").split()
    if words and len(words[-1]) > 3 and words[-1].endswith("s") and not words[-1].endswith(("ss", "us", "is", "ics")):
        last = words[-1]
        words[-1] = last[:-3] + "y" if last.endswith("ies") else last[:-1]
    return " ".join(words)


def _folded_zh(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _cut(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


def count_levels(problems: Iterable[Problem]) -> dict[Level, int]:
    """How many problems of each level there are.

    >>> count_levels([Problem("a:1", "error", "swapped", "")])
    {'error': 1, 'warning': 0, 'info': 0}
    """
    counts: dict[Level, int] = {"error": 0, "warning": 0, "info": 0}
    for problem in problems:
        counts[problem.level] += 1
    return counts
