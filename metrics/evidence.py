"""What speaks for and against a rendering that no termbase knows, as numbers: the field's counts, its likes, form.

The encoder locates a rendering and never judges it: a wrong one is nearly always the literal, everyday one. What is
compared here is Chinese with Chinese: a rendering that means what the field writes is free wording, not an error.
"""

import math
import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ..align.words import words_zh
from ..corpora.knowledge import Knowledge, Use
from .words_en import count_en

FEATURES = (
    "confidence", "similarity", "log_papers", "top_share", "top_dice", "log_written", "unwritten", "like_top",
    "alike", "around", "of_another", "one_word", "common_word", "verb_form", "seen_share", "of_field", "listed",
)  # fmt: skip
_DE = re.compile("[的之地]")
_VERB = re.compile("(?:ing|ed|ly)$")
_COMMON = 40  # occurrences in the glosses from which an English word is one of everyday speech
_OTHERS = 5  # terms that are asked whether a word is theirs, those it agrees with best
_COMPARED = 4  # renderings of the field that a rendering is compared with, the most frequent


@dataclass(frozen=True, slots=True)
class Located:
    """What is known of one place: the locator's confidence and similarity, 0..1; the part this rendering has in all
    that the term became in the corpus, 0..1; how much the text speaks of the field, 0..1; how near the rendering's
    vector is to the nearest of what the field writes, -1..1.
    """

    confidence: float
    similarity: float
    share: float
    of_field: float
    alike: float


def evidence(
    term: str, zh: str, knowledge: Knowledge, place: Located, approved: Collection[str] = ()
) -> tuple[float, ...]:
    """The numbers FEATURES of one rendering of an English term (lower case, singular, as the field's terms are).

    `approved` are the renderings of a termbase, the preferred one first, empty for a term it does not list.
    """
    use = knowledge.use(term) or Use(0, 0, {})
    bare = _DE.sub("", zh)
    top, most = max(use.renderings.items(), key=lambda item: item[1], default=("", 0))
    best = next(iter(approved), top)
    written = max(knowledge.count(zh), knowledge.count(bare))
    parts = term.replace("-", " ").split()
    papers = max(use.papers, 1)
    return (
        place.confidence,
        place.similarity,
        math.log10(papers),
        most / papers,
        2 * most / (papers + max(most, knowledge.count(top))) if top else 0.0,
        math.log10(1 + written),
        float(written == 0),
        _alike(bare, best),
        place.alike,
        float(any(len(other) > 1 and _inside(_DE.sub("", other), bare) for other in (*approved, *use.renderings))),
        _of_another(bare, parts, knowledge),
        float(len(parts) == 1),
        float(len(parts) == 1 and count_en(parts[0]) >= _COMMON),
        float(bool(_VERB.search(parts[-1])) or bool(_VERB.search(parts[0]))),
        place.share,
        place.of_field,
        float(bool(approved)),
    )


def compared(term: str, knowledge: Knowledge, approved: Collection[str] = ()) -> list[str]:
    """The renderings that a rendering of the term is to be compared with: the termbase's, then the field's."""
    use = knowledge.use(term)
    written = sorted(use.renderings, key=lambda zh: -use.renderings[zh]) if use else []
    return [*approved, *written][:_COMPARED]


def _alike(a: str, b: str) -> float:
    """Characters that two renderings share, of all they have."""
    return 2 * len(set(a) & set(b)) / (len(set(a)) + len(set(b)) or 1)


def _inside(short: str, long: str) -> bool:
    """Whether a rendering stands in another in its order, words between allowed."""
    rest = iter(long)
    return all(character in rest for character in short)


def _of_another(zh: str, parts: list[str], knowledge: Knowledge) -> float:
    """How well the rendering's words that render no word of the term agree with another term of the field, 0..1."""
    own = frozenset[str]().union(*(_renderings(part, knowledge) for part in parts))
    foreign = [word for word in (zh[a:b] for a, b in words_zh(zh)) if word not in own]
    terms = _terms_of(knowledge)
    return max((dice for word in foreign for dice, term in terms.get(word, ()) if term not in parts), default=0.0)


@lru_cache(maxsize=1 << 14)
def _renderings(word: str, knowledge: Knowledge) -> frozenset[str]:
    use = knowledge.use(word)
    return frozenset(use.renderings) if use else frozenset()


@lru_cache(maxsize=2)
def _terms_of(knowledge: Knowledge) -> Mapping[str, tuple[tuple[float, str], ...]]:
    """For each Chinese string the English terms that it renders, those it agrees with best first."""
    found: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)
    for term in knowledge.uses:
        use = knowledge.use(term) or Use(0, 0, {})
        for zh, both in use.renderings.items():
            found[zh].append((2 * both / (use.papers + max(both, knowledge.count(zh))), term))
    return {zh: tuple(sorted(terms, reverse=True)[:_OTHERS]) for zh, terms in found.items()}
