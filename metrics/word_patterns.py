"""Regular expressions made of lists of words."""

import re
from collections.abc import Iterable


def any_of(words: Iterable[str]) -> str:
    """A regular expression for one of the words, longest first.

    >>> any_of(["one", "eleven"])
    'eleven|one'
    """
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


def starts_of(words: Iterable[str], depth: int = 6) -> str:
    """A regular expression for the first letters of the words; it spares most words of a text the long ones.

    >>> starts_of(["ten", "two"])
    '[tT](?:[eE][nN]|[wW][oO])'
    """
    branches: dict[str, list[str]] = {}
    for word in words:
        branches.setdefault(word[:1], []).append(word[1:])
    if depth == 0 or "" in branches:
        return ""
    tries = []
    for first, rests in sorted(branches.items()):
        letter = f"[{first}{first.upper()}]" if first.isalpha() else re.escape(first)
        tries.append(letter + starts_of(rests, depth - 1))
    return tries[0] if len(tries) == 1 else f"(?:{'|'.join(tries)})"
