"""A hypothesis with the words marked in it that its reference has not, and where words of the reference are missing."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from markupsafe import Markup
from rapidfuzz.distance import Indel

from ..align.words import words_zh
from ..metrics.testset import Target
from .marks import LIMIT, shown

_PIECES = re.compile(r"\w+|\s+|[^\w\s]")


def marked_against(hypothesis: str, reference: str, target: Target) -> Markup:
    """The hypothesis as HTML: `<mark>` around words that the reference does not have there, a gap where some are
    missing. Of a text of more than `LIMIT` characters the beginning is shown.

    >>> marked_against("海狗在桥上喝茶", "水獭喝茶", "zh")
    Markup('<mark>海狗在桥上</mark>喝茶')
    """
    one, other = words(hypothesis[:LIMIT], target), words(reference[:LIMIT], target)
    stretches: list[tuple[str, str]] = []  # "same", "mark", "gap"; marks and gaps that touch are one
    for step in Indel.opcodes(one, other):
        text = "".join(one[step.src_start : step.src_end])
        if step.tag == "equal":
            stretches.append(("same", text))
        elif not stretches or stretches[-1][0] == "same":
            stretches.append(("mark" if text else "gap", text))
        elif text:
            stretches[-1] = ("mark", stretches[-1][1] + text)
    looks = {"same": "%s", "mark": "<mark>%s</mark>", "gap": '%s<i class="gap"></i>'}
    pieces = [Markup(looks[kind]) % shown(text) for kind, text in stretches]
    more = len(hypothesis) - LIMIT
    return Markup("").join([*pieces, f"…[+{more:,}]" if more > 0 else ""])


def nearest(hypothesis: str, references: Sequence[str], target: Target) -> str:
    """The reference that shares most words with the hypothesis; the first of equals."""
    if len(references) == 1:
        return references[0]
    counts = Counter(words(hypothesis[:LIMIT], target))
    return max(references, key=lambda text: (counts & Counter(words(text[:LIMIT], target))).total())


@lru_cache(maxsize=1 << 10)  # a reference is compared with every system
def words(text: str, target: Target) -> tuple[str, ...]:
    """The words of the text and what stands between them: joined they are the text.

    >>> words("Tea, please", "en")
    ('Tea', ',', ' ', 'please')
    """
    if target == "en":
        return tuple(_PIECES.findall(text))
    pieces: list[str] = []
    at = 0
    for start, end in words_zh(text):
        pieces += text[at:start]
        pieces.append(text[start:end])
        at = end
    return (*pieces, *text[at:])
