"""What both languages write alike: numbers and Latin words, as evidence that two sentences belong together."""

import re
from collections import Counter

_ANCHOR = re.compile(r"\d+(?:[.,]\d+)*|[A-Za-z][A-Za-z0-9]+")
_FULL_WIDTH = {0xFF10 + k: 0x30 + k for k in range(10)}


def anchors_of(sentence: str) -> Counter[str]:
    """The numbers and Latin words of a sentence, folded, with their counts.

    >>> sorted(anchors_of("使用 BERT 达到１０.5%"))
    ['10.5', 'bert']
    """
    folded = sentence.translate(_FULL_WIDTH)
    return Counter(found.casefold().replace(",", "") for found in _ANCHOR.findall(folded))
