"""English texts in, the terms they may hold out: phrases, acronyms with their long forms, names, words of the trade.

There is no tagger. A run of up to five words without a word of every paper is counted; what speaks for it as a term
are the termbase, the field's counts, an acronym that stands for it, capitals inside a sentence, and how often it stands
by itself rather than in a longer one (C-value: Frantzi, Ananiadou and Mima 2000).
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from sys import intern
from typing import Any

from ..corpora import Knowledge, Termbase
from .acronyms import defined_acronyms
from .corpus_counts import rarest
from .folding import fold_word
from .term_runs import Known, Words, is_whole, runs_of, words_of
from .term_words import is_general, is_trade_noun
from .words_en import count_en

__all__ = [
    "Candidate",
    "Runs",
    "Seen",
    "Words",
    "add_runs",
    "candidates_of",
    "count_runs",
    "find_candidates",
    "known_of",
    "row_of_runs",
    "runs_of_row",
    "words_of",
]
_PARTS = re.compile("[ \u00a0‐‑–-]")
_MOST = 250_000  # phrases kept while counting: beyond, those seen once are let go
_MERGED = 120_000  # phrases kept while parts are added up
_INNER = re.compile(r"[A-Z]+[a-z]+[A-Z]|[a-z]+[A-Z]|[A-Z]{2}|[A-Z]+[a-z]*[0-9]|[a-z]+[0-9]+[A-Za-z]")
_ORDINARY = 3  # occurrences in the dictionary's glosses up to which a word is of no everyday use
_FREQUENT = 18  # from which it is everybody's
_EVERYBODY = 800  # occurrences of the most general words
_DICE = 0.25  # agreement of a single word's papers and its best rendering's, from which it is a term of the field


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be a term: `words` are folded (lower case, singular), `term` is how the texts mostly write it.

    `count` is how often it stands in the texts, `records` in how many of them, `forms` its spellings with counts, the
    most frequent first, `termhood` how surely it is a term, 0..1.
    """

    term: str
    words: Words
    count: int
    records: int
    termhood: float
    forms: tuple[tuple[str, int], ...]


@dataclass(slots=True)
class Seen:
    """Counts of one run of words."""

    count: int = 0
    records: int = 0
    hyphens: int = 0  # places where it is joined by hyphens throughout
    capitals: int = 0  # places where its words begin with capitals inside a sentence of small letters
    names: int = 0  # places with capitals inside a word: GloVe, BERT
    forms: dict[str, int] = field(default_factory=dict)
    last: str = field(default="", compare=False)  # the record that was read last


@dataclass(slots=True)
class Runs:
    """Counts of the runs of words of English texts.

    `defined` are the acronyms that the texts explain, and their long forms, `records` how many records were read, and
    `let_go` how many runs were dropped on the way because they were rare.
    """

    seen: dict[Words, Seen] = field(default_factory=dict)
    defined: set[Words] = field(default_factory=set)
    records: int = 0
    let_go: int = 0


def known_of(termbase: Termbase, knowledge: Knowledge) -> Known:
    """What a termbase and the field say of runs of words."""
    return Known(frozenset(words_of(form) for term in termbase.terms for form in (term.en, *term.also)), knowledge)


def find_candidates(
    texts: Iterable[tuple[str, str]], termbase: Termbase, knowledge: Knowledge, fewest: int = 1
) -> list[Candidate]:
    """The candidates of texts, each with the id of its record; by falling termhood × count, then by words.

    Texts of one record follow each other. Candidates stand `fewest` times or more, those of the termbase once. Of very
    large corpora phrases that were seen once are let go on the way: counts are then short by what came before. Some
    0.3 ms a sentence.

    >>> from ..corpora.knowledge import EMPTY
    >>> text = "An otter-friendliness index (OFI) for rivers. The otter-friendliness index is low."
    >>> [c.term for c in find_candidates([("1", text)], Termbase((), ()), EMPTY)][:1]
    ['otter-friendliness index']
    """
    known = known_of(termbase, knowledge)
    return candidates_of(count_runs(texts, known), known, fewest)


def count_runs(texts: Iterable[tuple[str, str]], known: Known) -> Runs:
    """The runs of words that may be terms, counted; texts as for `find_candidates`."""
    runs = Runs()
    seen: defaultdict[Words, Seen] = defaultdict(Seen)
    records: set[str] = set()
    most = _MOST
    for record, text in texts:
        records.add(record)
        for acronym, long_form in defined_acronyms(text):
            runs.defined |= {words_of(long_form), words_of(acronym)}
        for words, span, at_begin in runs_of(text, known):
            _count(seen[words], record, text[slice(*span)], len(words), at_begin)
        if len(seen) > most:
            once = [words for words, one in seen.items() if one.count == 1 and words not in known.listed]
            for words in once:
                del seen[words]
            runs.let_go += len(once)
            most = max(most, 2 * len(seen))
    runs.seen, runs.records = dict(seen), len(records)
    return runs


def add_runs(whole: Runs, part: Runs, listed: Set[Words]) -> None:
    """Add the runs of the next part of a corpus to those of the parts before it; `part` stays as it is.

    Over 120,000 the rarest that are not `listed` are let go, so that half as many stay: those that stand oftener.
    However the same parts are grouped the sums are the same, as long as nothing has to be let go.
    """
    for words, one in part.seen.items():
        known = whole.seen.get(words)
        if known is None:
            known = whole.seen[words] = Seen()
        known.count += one.count
        known.records += one.records
        known.hyphens += one.hyphens
        known.capitals += one.capitals
        known.names += one.names
        for form, n in one.forms.items():
            known.forms[form] = known.forms.get(form, 0) + n
    whole.defined |= part.defined
    whole.records += part.records
    whole.let_go += part.let_go
    if len(whole.seen) > _MERGED:
        _thin(whole, listed)


def _thin(runs: Runs, listed: Set[Words]) -> None:
    before = len(runs.seen)
    floor = rarest((one.count for words, one in runs.seen.items() if words not in listed), _MERGED)
    runs.seen = {words: one for words, one in runs.seen.items() if one.count > floor or words in listed}
    runs.defined &= runs.seen.keys()
    runs.let_go += before - len(runs.seen)


def candidates_of(runs: Runs, known: Known, fewest: int = 1) -> list[Candidate]:
    """The candidates among counted runs, as `find_candidates` gives them."""
    alone = _standing_alone(runs.seen)
    found = []
    for words, one in runs.seen.items():
        if one.count < fewest and words not in known.listed:
            continue
        termhood = _termhood(words, one, alone[words], known)
        if words in runs.defined and (len(words) > 1 or one.names * 2 > one.count):
            termhood = max(termhood, 0.9)
        if termhood > 0:
            forms = tuple(sorted(one.forms.items(), key=lambda item: (-item[1], item[0])))
            found.append(Candidate(_shown(forms, one), words, one.count, one.records, round(termhood, 3), forms))
    return sorted(found, key=lambda c: (-c.termhood * c.count, c.words))


def row_of_runs(runs: Runs) -> dict[str, Any]:
    """The runs as JSON: each with its counts and forms."""
    return {
        "seen": {
            " ".join(words): [one.count, one.records, one.hyphens, one.capitals, one.names, one.forms]
            for words, one in runs.seen.items()
        },
        "defined": sorted(" ".join(words) for words in runs.defined),
        "records": runs.records,
        "let_go": runs.let_go,
    }


def runs_of_row(row: Mapping[str, Any]) -> Runs:
    """The runs of JSON; raises what reading a value of the wrong shape raises."""
    seen = {
        _words(joined): Seen(int(n), int(records), int(hyphens), int(capitals), int(names), dict(forms))
        for joined, (n, records, hyphens, capitals, names, forms) in row["seen"].items()
    }
    return Runs(seen, {_words(joined) for joined in row["defined"]}, int(row["records"]), int(row["let_go"]))


def _words(joined: str) -> Words:
    return tuple(intern(word) for word in joined.split(" ")) if joined else ()


def _termhood(words: Words, seen: Seen, alone: int, known: Known) -> float:
    """How surely the words are a term, 0..1; 0 for what is none."""
    if words in known.listed:
        return 1.0
    if seen.names * 2 > seen.count:
        return 0.85 if len(words) > 1 or seen.count > 1 else 0.6
    if len(words) == 1:
        return _of_word(words[0], seen, known)
    rare = any(count_en(word) <= _ORDINARY for word in words)
    if not is_whole(words):
        return 0.6 if known.field(words) >= 0.15 else 0.35 + 0.2 * (rare and seen.count > 1)
    if all(is_general(word) for word in words):
        worth = 0.3
    else:
        worth = 0.42
        worth += 0.12 * rare
        worth += 0.08 * any(is_trade_noun(word) for word in words)
        worth -= 0.1 * (count_en(words[-1]) > _EVERYBODY and is_general(words[-1]))
    field_says = known.field(words)
    if field_says:
        worth += 0.2 + min(0.25, field_says)
    worth += 0.08 * (len(words) > 2) + 0.2 * (seen.capitals > 1 and seen.capitals * 2 > seen.count)
    # C-value: what stands in longer phrases only is a piece of them.
    worth += min(0.15, 0.05 * math.log2(1 + len(words) * max(0, alone - 1)))
    if alone < 2 <= seen.count or alone < 0.15 * seen.count:
        worth -= 0.3
    return min(0.95, max(0.05, worth))


def _of_word(word: str, seen: Seen, known: Known) -> float:
    if len(word) < 3 or word[0].isdigit():
        return 0.0
    if is_general(word):
        return 0.2 if known.field((word,)) else 0.0
    common = count_en(word)
    field_says = known.field((word,))
    if field_says >= _DICE and common < _FREQUENT:
        return 0.75
    if word.endswith("ing"):
        return 0.3
    if is_trade_noun(word) and common <= _ORDINARY:
        return 0.6
    if field_says and common <= _ORDINARY:
        return 0.6
    if common <= _ORDINARY and seen.count > 1:
        return 0.5
    if common < _FREQUENT and (field_says or is_trade_noun(word)):
        return 0.4
    return 0.2 if field_says or seen.count > 1 else 0.1


def _count(seen: Seen, record: str, form: str, size: int, at_begin: bool) -> None:
    seen.count += 1
    if seen.last != record:
        seen.last = record
        seen.records += 1
    seen.forms[form] = seen.forms.get(form, 0) + 1
    seen.hyphens += size > 1 and " " not in form
    if not form.islower():
        parts = _PARTS.split(form)
        seen.names += _is_name(parts)
        seen.capitals += not at_begin and all(part[:1].isupper() for part in parts)


def _is_name(parts: Sequence[str]) -> bool:
    """Whether capitals or figures inside words make these a name or an acronym (GloVe, BERT, wav2vec)."""
    return all(_INNER.match(part) or part.isdigit() for part in parts) and not parts[0].isdigit()


def _standing_alone(seen: dict[Words, Seen]) -> dict[Words, int]:
    """For each run how often it stands by itself, in no longer run that was seen twice."""
    taken: Counter[Words] = Counter()
    for words, one in seen.items():
        if one.count > 1 and len(words) > 2:
            taken[words[1:]] += one.count
            taken[words[:-1]] += one.count
            if len(words) > 3:
                taken[words[1:-1]] -= one.count  # was taken twice
    return {words: one.count - taken[words] for words, one in seen.items()}


def _shown(forms: Sequence[tuple[str, int]], seen: Seen) -> str:
    """The spelling to show: that of a name as written, else the most frequent in small letters, in the singular."""
    if seen.names * 2 > seen.count or seen.capitals * 2 > seen.count:
        return forms[0][0]
    small: Counter[str] = Counter()
    for form, n in forms:
        parts = re.split("([ \u00a0‐‑–-])", form)
        small["".join(part if _INNER.match(part) else part.lower() for part in parts)] += n
    best = max(small.items(), key=lambda item: (item[1], item[0].count(" "), -len(item[0]), item[0]))[0]
    head = re.search(r"[A-Za-z]+$", best)
    if head and head[0].islower() and head[0].endswith("s"):
        best = best[: head.start()] + fold_word(head[0])
    return best
