"""Folded copies of text for comparing, with the way back to the text as it stands."""

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from ..corpora import Span

_SHORT = 24  # characters of what may be a rendering
_DROPPED = frozenset(" \t\u00a0\u3000\u200b-‐‑–·・_")


@dataclass(frozen=True, slots=True)
class Folded:
    """A text without blanks and hyphens, in half width and lower case; `at[k]` is where character k stood."""

    text: str
    at: tuple[int, ...]

    def find(self, needle: str, start: int = 0) -> Span | None:
        """The first place of a folded needle, as a span of the original text; Latin needles match whole words only."""
        while needle and (found := self.text.find(needle, start)) >= 0:  # "-" alone folds to nothing
            end = found + len(needle)
            if not (self._joined(found) or self._joined(end)):
                return self.at[found], self.at[end - 1] + 1
            start = found + 1
        return None

    def find_all(self, needle: str) -> list[Span]:
        """All places of a folded needle that do not overlap."""
        spans: list[Span] = []
        start = 0
        while (span := self.find(needle, start)) is not None:
            spans.append(span)
            start = bisect_left(self.at, span[1], start)
        return spans

    def _joined(self, k: int) -> bool:
        """Whether a cut before character k would go through a Latin word."""
        if not 0 < k < len(self.text):
            return False
        left, right = self.text[k - 1], self.text[k]
        if not (left.isascii() and right.isascii() and left.isalnum() and right.isalnum()):
            return False
        # Blanks and hyphens were dropped: two words that stood apart are still two words.
        return self.at[k] == self.at[k - 1] + 1 and left.isalpha() == right.isalpha()


def fold(text: str) -> Folded:
    """The folded copy of a text; those of short ones, such as renderings, are kept.

    >>> fold("使用 Self-Attention。").text
    '使用selfattention。'
    """
    return _fold_short(text) if len(text) <= _SHORT else _fold(text)


def _fold(text: str) -> Folded:
    characters: list[str] = []
    at: list[int] = []
    for k, character in enumerate(text):
        if character in _DROPPED:
            continue
        folded = unicodedata.normalize("NFKC", character) if "\uff01" <= character <= "\uff5e" else character
        for piece in folded.lower():
            characters.append(piece)
            at.append(k)
    return Folded("".join(characters), tuple(at))


@lru_cache(maxsize=1 << 16)
def _fold_short(text: str) -> Folded:
    return _fold(text)


_IRREGULAR = {
    "data": "data",
    "bias": "bias",
    "lens": "lens",
    "series": "series",
    "news": "news",
    "physics": "physics",
    "statistics": "statistics",
    "corpora": "corpus",
    "criteria": "criterion",
    "axes": "axis",
    "caches": "cache",
    "niches": "niche",
    "lenses": "lens",
    "gases": "gas",
    "canvases": "canvas",
    "focuses": "focus",
    "matrices": "matrix",
    "vertices": "vertex",
    "indices": "index",
    "diagnoses": "diagnosis",
    "phenomena": "phenomenon",
    "minima": "minimum",
    "maxima": "maximum",
    "optima": "optimum",
    "spectra": "spectrum",
    "stimuli": "stimulus",
    "nuclei": "nucleus",
    "mice": "mouse",
}
_SIS = re.compile(r"(?<=he)ses$|(?<=y)ses$")  # hypotheses, analyses
_ES = re.compile(r"(?<=ss|.x|ch|sh)es$|(?<=ias)es$|(?<=[^aofc]us)es$")  # boxes, biases, viruses; not causes, houses
_BRITISH = re.compile(r"(?<=[a-z]{3})is(?=(?:ation|e|ed|er|ing)$)")
# In these words -ise is no suffix, in any spelling.
_STEM_ISE = re.compile(
    r"(?:(?:super|re|de|ad|tele|pro)vis|wis|nois|prais|bruis|cruis|guis|franchis|(?:er|re|on|in|ex)cis"
    r"|(?:exper|adver|prac)tis|(?:pre|pro)mis|(?:com|enter|sur)pris)(?:e|ed|er|ing)$"
)
_BRITISH_OUR = re.compile(r"(?<=col|fav|lab|tum|vap)our|(?<=flav)our|(?<=behavi)our|(?<=neighb)our")


@lru_cache(maxsize=1 << 16)
def fold_word(word: str) -> str:
    """An English word in lower case and singular, in American spelling: what terms are looked up by.

    >>> fold_word("Normalisations"), fold_word("policies"), fold_word("biases"), fold_word("GloVe")
    ('normalization', 'policy', 'bias', 'glove')
    """
    w = word.lower().removesuffix("'s").removesuffix("’s")
    if w in _IRREGULAR:
        return _IRREGULAR[w]
    if len(w) > 4 and w.endswith("ies"):
        w = w[:-3] + "y"
    elif len(w) > 5 and _SIS.search(w):
        w = w[:-2] + "is"
    elif len(w) > 4 and _ES.search(w):
        w = w[:-2]
    elif len(w) > 3 and w.endswith("s") and not w.endswith(("ss", "us", "is")):
        w = w[:-1]
    if not _STEM_ISE.search(w):
        w = _BRITISH.sub("iz", w)
    return _BRITISH_OUR.sub("or", w).replace("modelling", "modeling").replace("labell", "label")
