"""How common an English word is, by the glosses of CC-CEDICT as the aligner's lexicon reads them."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from ..align.lexicon import dictionary_text

_GLOSS = re.compile(r"/(.*)/")
_PINYIN = re.compile(r"\[[^\]]*\]")
_LOWER = re.compile(r"(?<![A-Za-z])[a-z]+(?![A-Za-z])")


@cache
def glossary_en() -> Counter[str]:
    """Lower-case English words of CC-CEDICT's glosses with their counts; about 1 s, once a process."""
    return Counter(_LOWER.findall(_PINYIN.sub(" ", "\n".join(_GLOSS.findall(dictionary_text())))))


def stems_en(word: str) -> Iterator[str]:
    """The word and what it may be a form of.

    >>> "study" in stems_en("studies"), "map" in stems_en("mapped")
    (True, True)
    """
    yield word
    for ending in ("s", "es", "ed", "d", "ing", "er", "ers", "r", "rs", "ly", "ness"):
        if word.endswith(ending) and len(word) - len(ending) > 2:
            stem = word[: -len(ending)]
            yield stem
            if ending in ("ing", "ed", "er", "ers"):
                yield stem + "e"
                if stem[-1] == stem[-2]:
                    yield stem[:-1]
    if word.endswith(("ies", "ied")):
        yield word[:-3] + "y"


def count_en(word: str) -> int:
    """Occurrences of an English word and its base forms in the glosses: 0 for what is no everyday word.

    >>> count_en("words") > 100, count_en("regularizer")
    (True, 0)
    """
    words = glossary_en()
    return max(words[stem] for stem in stems_en(word))
