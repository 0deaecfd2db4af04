"""English texts in, the runs of words that may be terms with their counts out; the counts of parts can be added up."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from sys import intern
from typing import Any

from .acronyms import defined_acronyms
from .corpus_counts import rarest
from .term_runs import Known, Words, runs_of, words_of

_PARTS = re.compile("[ \u00a0‐‑–-]")
_MOST = 250_000  # phrases kept while counting: beyond, those seen once are let go
_MERGED = 120_000  # phrases kept while parts are added up
INNER_CAPITALS = re.compile(r"[A-Z]+[a-z]+[A-Z]|[a-z]+[A-Z]|[A-Z]{2}|[A-Z]+[a-z]*[0-9]|[a-z]+[0-9]+[A-Za-z]")


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
    return all(INNER_CAPITALS.match(part) or part.isdigit() for part in parts) and not parts[0].isdigit()
