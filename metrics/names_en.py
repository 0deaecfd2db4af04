"""The names of people in English running text, and what may be one."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..corpora import Span

_WORD = r"[A-Z\u00c0-\u00de][A-Za-z\u00c0-\u024f'’\-]{1,24}"
_START = r"(?<![A-Za-z\u00c0-\u024f'’\-])"
_INITIAL = r"[A-Z]\.(?:-?[A-Z]\.){0,2}"
_PARTICLE = r"(?:van|von|de|der|den|del|della|di|da|dos|du|la|le|al|bin|ibn)"
_FULL = rf"{_WORD}(?: {_INITIAL})?(?: {_PARTICLE}){{0,2}} {_WORD}"
_SURNAME = rf"(?:{_PARTICLE} ){{0,2}}{_WORD}"
_NAMED = re.compile(
    rf"(?:\b(?:Dr|Prof|Mr|Mrs|Ms|Professor|President|Sir)\.? (?P<titled>{_FULL}|{_SURNAME}))"
    rf"|{_START}(?P<citing>{_FULL}|{_SURNAME})(?= et al\b|(?:,? and {_WORD})? ?\((?:19|20)\d\d)"
    rf"|\b(?:by|from|of|with|and) (?:the )?(?:late )?(?P<by>{_FULL})(?=['’]s\b|[,.;)]| and | in | \()"
)
_CAPITAL_RUN = re.compile(
    rf"(?<![A-Za-z\u00c0-\u024f])(?:{_WORD}|[A-Z]\.)(?:[ \-](?:{_WORD}|[A-Z]\.|{_PARTICLE}(?= )))*+"
)
_NO_PERSON = frozenset(
    "The A An We Our This These Those It In On At By For With From To And Or But As If When While Both Each All Some "
    "Markov Monte Bayes Bayesian Gauss Gaussian Newton Fourier Euclidean Kalman Deep Neural Machine Learning Network "
    "Networks Natural Language Processing University Institute Google Microsoft Facebook Amazon Twitter Wikipedia "
    "English Chinese German French Japanese Spanish Arabic Hindi United States New York Stanford Model Models Data "
    "Dataset Theorem Method Algorithm Challenge Task Workshop Conference Journal Transformer Section Figure Table "
    "Computer Vision Artificial Intelligence Adversarial Generative Convolutional Recurrent Reinforcement".split()
)


class EnglishName(NamedTuple):
    """A person's name in English text."""

    text: str
    span: Span


def people_in(en: str) -> Iterator[EnglishName]:
    """The names that their surroundings show to be a person's: a title, et al., a year, "by".

    >>> [name.text for name in people_in("Otters, after Anna Berg (2019) and Dr. Lind; see Cole et al.")]
    ['Anna Berg', 'Lind', 'Cole']
    """
    for match in _NAMED.finditer(en):
        kind = match.lastgroup or ""
        text = match[kind]
        if not _NO_PERSON & set(text.split()):
            yield EnglishName(text, match.span(kind))


def capital_runs(en: str) -> list[str]:
    """Every run of one to four capitalised words, each once, in order: whatever may be a name.

    >>> capital_runs("the bridge of Anna Berg")
    ['Anna', 'Anna Berg', 'Berg']
    """
    runs: dict[str, None] = {}
    for match in _CAPITAL_RUN.finditer(en):
        words = match[0].split(" ")
        for i in range(len(words)):
            for j in range(i + 1, min(i + 4, len(words)) + 1):
                runs[" ".join(words[i:j])] = None
    return list(runs)
