"""T004 and N003 in Chinese without English: words that only the everyday sense of a term of the field explains.

香草 stands in no paper of the field, and the dictionary gives it for “vanilla”, which the field writes often and calls
otherwise: so 香草 is what became of “vanilla”. Nothing is listed by hand; the counts and the dictionary say it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ..align.lexicon import load_lexicon
from ..align.words import count_zh, words_zh
from ..corpora import Knowledge, Span
from .findings import Draft
from .folding import fold_word
from .messages import say
from .phrases import STOP_WORDS

_PAPERS = 20  # papers with a term, from which the field is known to write of it
_PAPERS_TWO, _SHARE_TWO = 60, 0.25  # the same for a term of two words, whose words are found apart
_SHARE, _LATIN = 0.1, 0.2  # share of them that write its first rendering, or keep it in Latin letters
_WRITTEN = 0.01  # papers with the Chinese word, as a share of those with the term: above, the field does write it
_RARE = 600  # occurrences in jieba's corpus from which a Chinese word is too common to tell anything
_RARE_PART = 20_000
_VERY_RARE = 100
_FUNCTION = re.compile("[的了和与或及为是用以对将把由在该从使也就都而并不所等]")
_HAN = re.compile("[\u4e00-\u9fff]{2,}$")
_IRREGULAR = {"shoot": "shot", "mean": "mean", "teach": "taught", "draw": "drawn", "learn": "learning"}


@dataclass(frozen=True, slots=True)
class Everyday:
    """An English term that a Chinese word of another sphere stands for, what the field calls it, and its papers.

    `zh` is "" where the field keeps the English.
    """

    en: str
    zh: str
    papers: int


class EverydayWords:
    """Finds the everyday readings of a field's terms in Chinese text; the terms are indexed once."""

    def __init__(self, knowledge: Knowledge) -> None:
        """Index the terms of one and two words that the field writes often, with a Chinese of their own or none."""
        self._knowledge = knowledge
        self._terms = _index(knowledge)
        self._known: dict[str, Everyday | None] = {}

    def check(self, zh: str) -> Iterator[Draft]:
        """A draft for each place of such a word; spans are in the text given."""
        words = [(a, b) for a, b in words_zh(zh) if zh[a:b].strip()]
        k = 0
        while k < len(words):
            for size in (2, 1):
                if k + size > len(words) or (size == 2 and words[k][1] != words[k + 1][0]):
                    continue
                span = words[k][0], words[k + size - 1][1]
                found = self._of(zh[slice(*span)], [zh[a:b] for a, b in words[k : k + size]])
                if found:
                    if size == 2 and self._is_part(zh, span, words[k + 2 :]):
                        continue
                    yield _draft(zh[slice(*span)], span, found, self._knowledge)
                    k += size - 1
                    break
            k += 1

    def _is_part(self, zh: str, span: Span, rest: list[Span]) -> bool:
        """Whether the field writes the words together with the next one: 支持向量 in 支持向量机."""
        return bool(rest) and rest[0][0] == span[1] and self._knowledge.count(zh[span[0] : rest[0][1]]) > 0

    def _of(self, text: str, words: list[str]) -> Everyday | None:
        key = "\0".join(words)
        if key not in self._known:
            self._known[key] = self._read(text, words)
        return self._known[key]

    def _read(self, text: str, words: list[str]) -> Everyday | None:
        if not _HAN.match(text) or (len(words) == 2 and _FUNCTION.search(text)):
            return None
        keys: list[tuple[str, ...]]
        if len(words) == 1:
            keys = [] if count_zh(text) >= _RARE else [(sense,) for sense in _plain_senses(text)]
        elif any(count_zh(word) >= _RARE_PART for word in words):
            keys = []
        else:
            keys = [(a, b) for a in _senses(words[0]) for b in _senses(words[1]) if a != b]
        written = self._knowledge.count(text)
        best: Everyday | None = None
        for key in keys:
            found = self._terms.get(key)
            if found and written <= _WRITTEN * found.papers and self._is_foreign(words, found):
                best = found if best is None or found.papers > best.papers else best
        return best

    def _is_foreign(self, words: list[str], found: Everyday) -> bool:
        """Whether one of the words at least shares nothing with what the field calls the term."""
        use = self._knowledge.use(found.en)
        own = set("".join((found.zh, *(use.renderings if use else ()))))
        return any(not set(word) & own for word in words)


@lru_cache(maxsize=4)
def _index(knowledge: Knowledge) -> Mapping[tuple[str, ...], Everyday]:
    terms: dict[tuple[str, ...], Everyday] = {}
    for en in knowledge.uses:
        use = knowledge.use(en)
        parts = tuple(fold_word(part) for part in en.replace("-", " ").split())
        if use is None or len(parts) > 2 or any(part in STOP_WORDS or not part.isalpha() for part in parts):
            continue
        zh, most = next(iter(use.renderings.items()), ("", 0))
        latin = use.latin >= _LATIN * use.papers
        papers, share = (_PAPERS, _SHARE) if len(parts) == 1 else (_PAPERS_TWO, _SHARE_TWO)
        if use.papers < papers or not (latin or most >= share * use.papers):
            continue
        found = Everyday(en, "" if latin and use.latin > most else zh, use.papers)
        if parts not in terms or terms[parts].papers < use.papers:
            terms[parts] = found
    return terms


def _plain_senses(zh: str) -> frozenset[str]:
    """The English nouns and names that the dictionary gives for a Chinese word in one word, asides left out."""
    return _glosses(zh)[0]


def _senses(zh: str) -> frozenset[str]:
    """The same with verbs and with the words of its short glosses: “camera shot”, “to shoot”."""
    plain, wide = _glosses(zh)
    return plain | wide


@lru_cache(maxsize=1 << 15)
def _glosses(zh: str) -> tuple[frozenset[str], frozenset[str]]:
    plain: set[str] = set()
    wide: set[str] = set()
    for gloss in load_lexicon().glosses(zh):
        verb = gloss.startswith("to ")
        words = [fold_word(word) for word in gloss.removeprefix("to ").split() if word.isalpha()]
        if not words or len(words) > 2 or any(word in ("surname", "see", "variant") for word in words):
            continue
        if len(words) == 1 and not verb:
            plain.add(words[0])
        wide |= {_IRREGULAR.get(word, word) if verb else word for word in words if word not in STOP_WORDS}
    return frozenset(plain), frozenset(wide)


def _draft(text: str, span: Span, found: Everyday, knowledge: Knowledge) -> Draft:
    custom = say("T004.calls", source=found.en, wanted=found.zh) if found.zh else say("T004.keeps", source=found.en)
    counts = {"n": knowledge.count(text), "papers": knowledge.papers}
    message = say("T004.everyday", found=text, source=found.en, custom=custom, **counts)
    # What the field keeps in Latin letters is a name or a word of the trade: the dictionary's word for it is neither.
    sure = not found.zh and count_zh(text) < _VERY_RARE
    return Draft(
        "T004",
        "warning" if sure else "note",
        0.8 if sure else 0.6,
        None,
        span,
        found.zh or found.en,
        text,
        message,
        found.en,
    )
