"""Which language a stretch of text is in, by its letters alone."""

import re
from typing import Literal

Language = Literal["zh", "en", "mixed", "none"]

HAN = re.compile("[㐀-䶿一-鿿豈-﫿\U00020000-\U000323af]")
_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+(?:['’-][A-Za-z\u00c0-\u024f]+)*")


def han_share(text: str) -> float:
    """Share of Han characters in Han characters plus Latin words, 0..1; 0 for text with neither.

    A Latin word counts as one, so that a Chinese sentence with two model names stays Chinese.

    >>> han_share("使用BERT")
    0.6666666666666666
    """
    han = len(HAN.findall(text))
    words = len(_LATIN_WORD.findall(text))
    return han / (han + words) if han + words else 0.0


def language(text: str) -> Language:
    """ "zh", "en", "mixed" (neither prevails) or "none" (no letters).

    >>> language("本文提出一种方法"), language("We propose"), language("12:30")
    ('zh', 'en', 'none')
    """
    if not HAN.search(text):
        return "en" if _LATIN_WORD.search(text) else "none"
    share = han_share(text)
    if share >= 0.5:
        return "zh"
    return "en" if share <= 0.1 else "mixed"
