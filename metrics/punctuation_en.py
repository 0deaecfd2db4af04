"""F009: Chinese punctuation left in English text."""

import re
from collections.abc import Iterator

from ..corpora.script import HAN
from .findings import Draft, Severity
from .masking import CODE, URL, blanked
from .messages import say

_ASCII = str.maketrans("，。、；：！？（）％", ",.,;:!?()%")
_MARK = re.compile("[，。、；：！？（）％]")
_BETWEEN = re.compile(r"[，。、；：！？](?=\w)")  # a full-width mark holds its blank, a half-width one needs it
_SHOWN = 12  # code points either side of a mark that the finding quotes


def check_chinese_punctuation(en: str) -> Iterator[Draft]:
    """Findings F009: full-width marks that stand between Latin words of an English text, one a text, with their number.

    Marks beside Chinese characters, in names or quotations, are the Chinese's own. A text with as many Chinese
    characters as Latin words is no English. Notes where one mark stands so, else warnings.

    >>> [(draft.found, draft.expected) for draft in check_chinese_punctuation("the otter， which swims")]
    [('the otter， which swims', 'the otter, which swims')]
    """
    if en.isascii() or len(HAN.findall(en)) > 0.1 * len(en):
        return
    text = blanked(en, URL, CODE)
    places = [match.start() for match in _MARK.finditer(text) if _in_latin(text, match.start())]
    if not places:
        return
    first = places[0]
    begin, end = max(0, first - _SHOWN), min(len(en), first + 1 + _SHOWN)
    while begin and en[begin - 1].isalnum() and en[begin - 1].isascii() and first - begin < 2 * _SHOWN:
        begin -= 1
    while end < len(en) and en[end].isalnum() and en[end].isascii() and end - first < 2 * _SHOWN:
        end += 1
    shown = en[begin:end].replace("\n", " ").strip()
    times = "" if len(places) == 1 else say("F009.times", n=len(places))
    message = say("F009.mark", mark=en[first], shown=shown, times=times)
    severity: Severity = "warning" if len(places) > 1 else "note"
    confidence = 0.9 if len(places) > 1 else 0.8
    expected = _BETWEEN.sub(lambda match: match[0].translate(_ASCII) + " ", shown).translate(_ASCII)
    yield Draft("F009", severity, confidence, (first, first + 1), None, expected, shown, message)


def _in_latin(text: str, at: int) -> bool:
    """Whether the nearest letters on both sides are Latin."""
    before = text[max(0, at - 4) : at].rstrip(" \t\n")[-1:]
    after = text[at + 1 : at + 5].lstrip(" \t\n")[:1]
    return _is_latin(before) and (not after or _is_latin(after))


def _is_latin(sign: str) -> bool:
    return bool(sign) and sign != "\ufffc" and (sign.isascii() or "\u00c0" <= sign <= "\u024f")
