"""C001 and C002 within a pair: a clause of one sentence that nothing in the other renders."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from ..align.lexicon import FUNCTION
from ..align.spans import Locator
from ..corpora import Span
from ..corpora.script import HAN
from .findings import Draft
from .messages import say

_CLAUSE_EN = re.compile(r"(?:[^,;:?!.()\u2013\u2014]|(?<=\d)[.,](?=\d)|\.(?=[a-z]))+")
_CLAUSE_ZH = re.compile("[^，。；：！？、（）,;:!?()]+")
_FEWEST = 4  # content words of a clause from which its links tell anything
# Chinese characters a word of English: in translations of all kinds nine tenths lie between these.
_SHORT, _LONG = 1.5, 2.2
# Mean probability of being linked. Of 327 clauses of free human translations none lay below .74, of clauses whose
# counterpart was cut out a third did below .72.
_LOST, _DOUBT = 0.66, 0.72
_LOST_SHORT = 0.4  # the same of a shorter clause: a question before a title, an aside


def may_miss(en: str, zh: str) -> bool:
    """Whether the lengths of two texts allow that a clause is missing on either side: the links are asked only then."""
    if not en or not zh:
        return False
    words, characters = len(en.split()), len(HAN.findall(zh)) + len(re.findall("[A-Za-z0-9]+", zh))
    return words >= 2 * _FEWEST and not _SHORT * words <= characters <= _LONG * words


def check_clauses(en: str, zh: str, locator: Locator) -> Iterator[Draft]:
    """Drafts for the clauses of the English that nothing renders, and of the Chinese that render nothing."""
    said = False
    content = [
        (span, sure)
        for span, sure in locator.linked_en()
        if en[slice(*span)].isalpha() and span[1] - span[0] > 2 and en[slice(*span)].lower() not in FUNCTION
    ]
    for span, mean in _clauses(_CLAUSE_EN, en, content):
        said = True
        clause = _short(en[slice(*span)])
        message = say("C001.clause", clause=clause)
        yield Draft("C001", "warning" if mean < _LOST else "note", _sure(mean), span, None, "", "", message)
    if said:
        return  # what was replaced is one finding
    chinese = [(span, sure) for span, sure in locator.linked_zh() if HAN.match(zh[slice(*span)])]
    for span, mean in _clauses(_CLAUSE_ZH, zh, chinese):
        message = say("C002.clause", clause=zh[slice(*span)])
        yield Draft("C002", "warning" if mean < _LOST else "note", _sure(mean), None, span, "", "", message)


def _clauses(pattern: re.Pattern[str], text: str, words: Sequence[tuple[Span, float]]) -> Iterator[tuple[Span, float]]:
    """Clauses with the mean of their words' links, where it is low; blanks at the ends taken off."""
    begins = [span[0] for span, _ in words]
    for match in pattern.finditer(text):
        begin, end = match.span()
        own = [sure for _, sure in words[bisect_left(begins, begin) : bisect_left(begins, end)]]
        if len(own) < 2:
            continue
        mean = sum(own) / len(own)
        if mean < (_DOUBT if len(own) >= _FEWEST else _LOST_SHORT):
            clause = match[0]
            yield (begin + len(clause) - len(clause.lstrip()), end - len(clause) + len(clause.rstrip())), mean


def _sure(mean: float) -> float:
    return round(min(0.9, 0.5 + 2 * (0.8 - mean)), 2)


def _short(text: str) -> str:
    text = text.strip()
    return text if len(text) <= 80 else text[:77] + "…"
