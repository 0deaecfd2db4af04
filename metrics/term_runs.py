"""What may be a term in an English text by its words alone, and what the termbase and the field say of it."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from ..corpora import Knowledge, Span
from ..corpora.knowledge import Use
from .folding import fold_word
from .term_words import LINKS, may_begin, may_end, may_stand

Words = tuple[str, ...]
_TOKEN = re.compile(r"[A-Za-z0-9]+(?:['’]s\b)?")  # as the termbase is looked up
_LONGEST = 5
_EVERYWHERE = 0.05  # of the field's papers: a single word in so many is a word of every day
_PAPERS = 8


@lru_cache(maxsize=1 << 16)  # each listed term is asked for several times in an audit
def words_of(text: str) -> Words:
    """The folded words of a term, as terms are compared: hyphens and blanks are one.

    >>> words_of("Zero-shot Otters")
    ('zero', 'shot', 'otter')
    """
    return tuple(fold_word(token) for token in _TOKEN.findall(text))


def use_of(words: Words, knowledge: Knowledge) -> Use | None:
    """How the field treats a term of these folded words, with hyphens or without; None where not counted."""
    if not words:
        return None
    keys = dict.fromkeys((" ".join(words), "-".join(words), " ".join(("-".join(words[:-1]), words[-1]))))
    return next((use for key in keys if (use := knowledge.use(key.strip()))), None)


class Known:
    """What the termbase and the field say of runs of words."""

    def __init__(self, listed: frozenset[Words], knowledge: Knowledge) -> None:
        """Index the listed terms by their first words; the field is asked when a run is met."""
        self.listed = listed
        self.sizes: dict[str, int] = {}  # by first word, how many words the longest listed term has
        for words in listed:
            if words:
                self.sizes[words[0]] = max(len(words), self.sizes.get(words[0], 0))
        self._knowledge = knowledge
        self._field: dict[Words, float] = {}

    def field(self, words: Words) -> float:
        """How surely the field treats the words as one term, 0..1: the agreement with its best rendering (Dice)."""
        found = self._field.get(words)
        if found is None:
            found = self._field[words] = self._of_field(words)
        return found

    def _of_field(self, words: Words) -> float:
        use = use_of(words, self._knowledge)
        if use is None or use.papers < _PAPERS:
            return 0.0
        if len(words) == 1 and use.papers > _EVERYWHERE * self._knowledge.papers:
            return 0.0
        if not use.renderings:
            return 0.3 if len(words) > 1 else 0.0
        return max(2 * n / (use.papers + max(n, self._knowledge.count(zh))) for zh, n in use.renderings.items())


def is_whole(words: Words) -> bool:
    """Whether a run holds no word of every paper, begins like a noun phrase and ends with a noun."""
    return may_begin(words[0]) and may_end(words[-1]) and all(may_stand(word) for word in words[1:-1])


def runs_of(text: str, known: Known) -> Iterator[tuple[Words, Span, bool]]:
    """The runs of words of a text that may be terms, with their places and whether a sentence begins there."""
    tokens = [match.span() for match in _TOKEN.finditer(text) if text[match.start() - 1 : match.start()] != "\\"]
    words = [fold_word(text[a:b]) for a, b in tokens]
    joints = [_joint(text[a[1] : b[0]]) for a, b in pairwise(tokens)]
    stands = [may_stand(word) for word in words]
    inside_of = _inside_listed(words, joints, known)
    for k, first in enumerate(words):
        if not stands[k] and first not in known.sizes:
            continue
        begin = tokens[k][0]
        before = text[tokens[k - 1][1] : begin] if k else "."
        at_begin = any(mark in before for mark in ".:?!\n")
        whole = stands[k]  # whether the run goes on without a word of every paper
        cut = k > 0 and joints[k - 1] == "-"  # inside a word with hyphens nothing unlisted begins, nor ends there
        hyphened = True
        for end in range(k + 1, min(len(words), k + _LONGEST) + 1):
            if end > k + 1:
                joint = joints[end - 2]
                if not joint:
                    break
                hyphened = hyphened and joint == "-"
                whole = whole and (stands[end - 1] or words[end - 1] in LINKS)
            if not whole and end - k > known.sizes.get(first, 0):
                break
            run = tuple(words[k:end])
            inside = cut or (end < len(words) and joints[end - 1] == "-")
            # "state of the art method" holds a term, and what crosses its end is none.
            inside = inside or end > inside_of[k][1] > k > inside_of[k][0]
            inside = inside or (end < inside_of[end - 1][1] and k < inside_of[end - 1][0])
            if run in known.listed or (whole and not inside and _plausible(run, hyphened, known)):
                yield run, (begin, tokens[end - 1][1]), at_begin


def _inside_listed(words: Sequence[str], joints: Sequence[str], known: Known) -> list[Span]:
    """For each word the listed term of several words that it stands in, as its first word and the one behind it."""
    within = [(k, k + 1) for k in range(len(words))]
    k = 0
    while k < len(words):
        longest = min(known.sizes.get(words[k], 0), len(words) - k)
        for size in range(longest, 1, -1):
            if tuple(words[k : k + size]) in known.listed and all(joints[k : k + size - 1]):
                within[k : k + size] = [(k, k + size)] * size
                k += size - 1
                break
        k += 1
    return within


def _plausible(run: Words, hyphened: bool, known: Known) -> bool:
    first, last = run[0], run[-1]
    if len(run) > 1 and hyphened:
        return may_stand(first) and may_stand(last) and not last.isdigit()
    if "the" in run or not may_end(last) or (len(run) > 1 and not may_begin(first)):
        return False  # state of the art method
    return all(may_stand(word) for word in run[1:-1]) or known.field(run) > 0


def _joint(between: str) -> str:
    """ "-" where a hyphen joins two words, " " where a blank does, "" where nothing does."""
    bare = between.strip(" \u00a0")
    if len(between) > 2 or not between:
        return ""
    if not bare:
        return " "
    return "-" if bare in ("-", "‐", "‑", "–") and bare == between else ""
