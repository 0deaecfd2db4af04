"""C001 for what a sentence claims or denies and its translation does not: the state of the art, being first, a not."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from .findings import Draft
from .messages import say


class _Claim(NamedTuple):
    en: re.Pattern[str]
    zh: re.Pattern[str]  # any of it answers
    message: str  # its key


_CLAIMS = (
    _Claim(
        re.compile(r"(?<![\w-])(?:state[- ]of[- ]the[- ]arts?|SOTA)(?![\w-])", re.IGNORECASE),
        re.compile(
            "先进|最优|最佳|最好|最强|最高|最新|最尖|领先|前沿|尖端|顶尖|顶级|一流|现有|目前|当前|现状|水平|国家|艺术|业界"
            "|SOTA|state",
            re.IGNORECASE,
        ),
        "C001.claim",
    ),
    _Claim(
        re.compile(
            r"(?:for the first time|(?:is|are|was|were|be|being|[Ww]e|[Aa]s) the first\b"
            r"(?! (?:author|stage|step|phase|part|layer|place|day|half|two|three|few|and|of|term|order|case"
            r"|one|time|row|column|line|component|task))|\bfirst-ever)"
        ),
        re.compile("首|第一|率先|最早|最先|初次|先前没|前所未|头一|之前没|此前没|开创|先河"),
        "C001.claim",
    ),
    _Claim(
        re.compile(
            r"\b(?:can|could|do|does|did|is|are|was|were|will|would|should|must|may|need|has|have)(?: not|n['’]t)\b"
            r"(?! (?:only|just|merely|necessarily|least|limited|to mention))|\bcannot\b(?! only)|\bnever\b"
        ),
        re.compile("[不无没未非否勿莫毋难免缺少拒绝失避禁]|仍|尚|之外|以外|例外|才能|而是|只"),
        "C001.negation",
    ),
)  # fmt: skip
_LONGEST = 60  # words; of longer sides too much may answer elsewhere


def check_claims(en: str, zh: str) -> Iterator[Draft]:
    """Drafts for claims and negations of the English of which nothing stands in the Chinese.

    >>> [d.message for d in check_claims("Otters do not sleep.", "水獭睡觉。")]
    ['The negation “do not” has no counterpart in the Chinese.']
    """
    if len(en.split()) > _LONGEST:
        return
    for claim in _CLAIMS:
        match = claim.en.search(en)
        if match and not claim.zh.search(zh):
            message = say(claim.message, found=match[0])
            yield Draft("C001", "warning", 0.8, match.span(), None, "", "", message)
