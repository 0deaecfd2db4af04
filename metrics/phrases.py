"""Phrases that a record repeats: terms of its own, in no termbase, to be held against themselves."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from ..corpora import Pair, Term
from .folding import fold_word

OWN = "own"  # the domain of terms made here
_LONGEST = 4
_TOKEN = re.compile(r"[A-Za-z][A-Za-z'’]*(?:-[A-Za-z]+)*")
_GAP = re.compile(r"[ \u00a0-]{1,2}$")
STOP_WORDS = frozenset(
    fold_word(word)
    for word in """
    a an the this that these those it its we our us they their them he she his her i you your is are was were
    be been being am has have had do does did can could may might must shall should will would not no nor and
    or but if then than so as at by for from in into of on onto to up out over under with without within via
    per while when where which who whom whose what how why also both either neither each every all any some
    many much more most few several other another such same own only just even still very too here there
    however thus therefore hence moreover furthermore finally first second third one two three new novel
    different various existing previous prior recent current proposed given based using used use show shows
    shown demonstrate propose present introduce find found make makes made get provide provides achieve
    achieves improve improves significantly well better best good et al state-of-the-art
    respectively especially particularly between among across through during after before last least whole
    full entire main major free open online due worst real world because since against about above below
    further often usually typically recently widely simple large small high low wide range see figure table
    """.split()
)
# A single word is taken for a term only where its form says that it is a noun of the trade.
_NOUN = re.compile(r"[a-z]{3,}(?:tor|sor|zer|ser|bed|ism|logy|metry|gram|oid|ant)$")


def repeated_phrases(pairs: Sequence[Pair]) -> list[Term]:
    """The phrases of two to four words, and nouns of the trade, in two pairs or more; sorted.

    A phrase inside a longer one that occurs as often is left out. Each comes as a term without a rendering.
    """
    counts: Counter[tuple[str, ...]] = Counter()
    for pair in pairs:
        if pair.en and pair.zh:
            counts.update(set(_phrases(" ".join(pair.en))))
    repeated = {words: n for words, n in counts.items() if n >= 2}
    within: dict[tuple[str, ...], int] = {}  # for each part of a repeated phrase, how often its fullest holder occurs
    for words, n in repeated.items():
        for part in _parts(words):
            within[part] = max(within.get(part, 0), n)
    kept = [words for words, n in repeated.items() if within.get(words, 0) < n]
    return [Term(" ".join(words), "", domain=OWN) for words in sorted(kept)]


def _phrases(en: str) -> Iterable[tuple[str, ...]]:
    tokens = list(_TOKEN.finditer(en))
    words = [fold_word(token[0]) for token in tokens]
    for k in range(len(tokens)):
        if _NOUN.match(words[k]) and words[k] not in STOP_WORDS:
            yield (words[k],)
        for end in range(k + 2, min(len(tokens), k + _LONGEST) + 1):
            if not _GAP.match(en[tokens[end - 2].end() : tokens[end - 1].start()]):
                break
            if all(word not in STOP_WORDS and not word.endswith("ly") for word in words[k:end]):
                yield tuple(words[k:end])


def _parts(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    """All shorter runs of a phrase's words."""
    n = len(words)
    return {words[k:end] for k in range(n) for end in range(k + 1, n + 1)} - {words}
