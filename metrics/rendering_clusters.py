"""Spellings of one rendering: 知识的蒸馏, 知识 蒸馏 and 知識蒸餾 are 知识蒸馏."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from .folding import fold
from .traditional import simplified

_PARTICLES = re.compile("(?<=.)[的之地](?=.)", re.DOTALL)


@lru_cache(maxsize=1 << 16)
def cluster_key(zh: str) -> str:
    """What spellings of one rendering have in common: folded, simplified, without 的, 之 and 地 inside; Latin letters
    in the singular.

    >>> cluster_key("知識的 蒸餾") == cluster_key("知识蒸馏")
    True
    """
    folded = fold(zh).text
    if folded.isascii():
        return folded[:-1] if len(folded) > 3 and folded.endswith("s") else folded
    return _PARTICLES.sub("", simplified(folded))


def spellings(found: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """The spellings with their counts, the most frequent first, the shorter of equals before the longer.

    >>> spellings(["自动的驾驶", "自动驾驶", "自动的驾驶"])
    (('自动的驾驶', 2), ('自动驾驶', 1))
    """
    return tuple(sorted(Counter(found).items(), key=lambda item: (-item[1], len(item[0]), item[0])))


def rendering_fingerprint(term: str, zh: str) -> str:
    """Twelve hex digits of a term and its rendering, the same however both are spelled.

    >>> rendering_fingerprint("Data set", "数据的集") == rendering_fingerprint("data-set", "数据集")
    True
    """
    return hashlib.sha256(f"{fold(term).text}\0{cluster_key(zh)}".encode()).hexdigest()[:12]
