"""English texts in, the terms they may hold out: phrases, acronyms with their long forms, names, words of the trade.

There is no tagger. A run of up to five words without a word of every paper is counted; what speaks for it as a term
are the termbase, the field's counts, an acronym that stands for it, capitals inside a sentence, and how often it stands
by itself rather than in a longer one (C-value: Frantzi, Ananiadou and Mima 2000).
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..corpora import Knowledge, Termbase
from .folding import fold_word
from .run_counts import INNER_CAPITALS, Runs, Seen, count_runs
from .term_runs import Known, Words, is_whole, words_of
from .term_words import is_general, is_trade_noun
from .words_en import count_en

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
        small["".join(part if INNER_CAPITALS.match(part) else part.lower() for part in parts)] += n
    best = max(small.items(), key=lambda item: (item[1], item[0].count(" "), -len(item[0]), item[0]))[0]
    head = re.search(r"[A-Za-z]+$", best)
    if head and head[0].islower() and head[0].endswith("s"):
        best = best[: head.start()] + fold_word(head[0])
    return best
