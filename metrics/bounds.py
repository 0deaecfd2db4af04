"""Q004, bounds: "up to 8" that became a bare 8, "at least 8" that became 至多8."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from .findings import Draft
from .messages import say
from .quantity import Quantity, fold

Bound = Literal["most", "least", "more", "less", "about"]

# English phrases before a number. Words that have another use there ("averaged over 5", "add up to 3") are kept out.
_BEFORE: dict[Bound, str] = {
    "most": r"(?<!sum )(?<!sums )(?<!add )(?<!adds )(?<!lead )(?<!leading )(?<!scale )(?<!scales )(?<!scaling )"
    r"(?<!scaled )(?<!speed )(?<!speeds )(?<!scalable )(?<!go )(?<!goes )(?<!close )(?<!catch )(?<!build )"
    r"up[ -]to|at[ ]most|no[ ]more[ ]than|not[ ]more[ ]than|not[ ]exceeding|a[ ]maximum[ ]of|≤|\\leq?",
    "least": r"at[ ]least|no[ ](?:fewer|less)[ ]than|not[ ](?:fewer|less)[ ]than|a[ ]minimum[ ]of|≥|\\geq?",
    "more": r"(?<!no )(?<!not )more[ ]than|exceed(?:ing|s|ed)?"
    r"|(?:by|of|with|to|has|have|had|contains?|containing|includes?|including|achieves?|reach(?:es|ing)?|requires?)"
    r"[ ](?:well[ ]|far[ ])?over|(?<!\bthe )(?<!described )(?<!mentioned )(?<!shown )(?<!and )above|(?<![-=<>])>",
    "less": r"(?<!no )(?<!not )(?:fewer|less)[ ]than|(?<!\bthe )(?<!described )(?<!shown )(?<!and )below|<(?![-=<>])",
    "about": r"nearly|almost|approximately|roughly|about|around|close[ ]to|≈",
}
_PHRASE = re.compile(
    r"(?<![A-Za-z0-9])(?=[a-zA-Z≤≥<>≈\\])(?:"
    + "|".join(f"(?P<{bound}>{phrases})" for bound, phrases in _BEFORE.items())
    + ")(?![A-Za-z])",
    re.IGNORECASE,
)
# What may stand between the phrase and its number.
_GAP = re.compile(
    r"[ ]?(?:(?:an?|the|absolute|additional|about|as[ ](?:much|many|high|low|few)[ ]as|a[ ]factor[ ]of"
    r"|an[ ]average[ ]of)[ ]){0,2}(?:US)?[$€£\\~ ]{0,3}",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\+(?![0-9−/-])|[ ](?:[a-z-]{1,15}[ ])?(?P<least>or[ ](?:more|higher|greater|larger|longer|above)|and[ ]above)\b"
    r"|[ ](?:[a-z-]{1,15}[ ])?(?P<most>or[ ](?:fewer|less|lower|smaller|below))\b"
)
# What keeps a bound in Chinese: words some way off, then characters right beside the number.
_TEX = r"|\\(?:le|ge|l|g|sim|approx)(?![a-z])"
_KEPT: dict[Bound, tuple[re.Pattern[str], str]] = {
    "most": (
        re.compile(
            "达|最|至多|不[超多大高]|以内|之内|之多|之高|以下|之下|仅|只[需有用要能]|"
            "上限|封顶|截[止至]|为止|小于|低于|少于|近|约|[或及]更|[≤<]|up to|"
            "[0-9]到[0-9]" + _TEX
        ),
        "到至内多上",
    ),
    "least": (
        re.compile(
            "至少|最[少低小]|起码|不[少低小亚下止只]|以上|之上|下限|保底|超|多于|大于|高于|高达|逾|[或及]更|[≥>+]"
            + _TEX
        ),
        "起多过余",
    ),
    "more": (
        re.compile(
            "超|逾|以上|之上|大于|高于|多于|长于|重于|优于|好于|胜过|高[出过达]|多[出达]|不[止只下]|至少|开外|出头|突破|有余|[或及]更|[≥>+]"
            + _TEX
        ),
        "多余过强几来破更近",
    ),
    "less": (
        re.compile(
            "不[到足满及超过]|未[满到达及]|少于|小于|低于|短于|轻于|以下|之下|以内|之内|仅|只[需有用要能]|接近|将近|优于|[≤<]"
            + _TEX
        ),
        "近内弱下低少",
    ),
    "about": (
        re.compile(
            "约|大概|左右|上下|近|差不多|估计|粗略|几乎|大致|大体|附近|[~≈]|周围|围绕|关于|有关|仅|超|不[到足]|以上"
            + _TEX
        ),
        "多余几来许数概上下前后",
    ),
}
_WINDOW_BEFORE, _WINDOW_AFTER = 12, 9
_BESIDE_BEFORE, _BESIDE_AFTER = 3, 4
# Bounds of the whole sentence: machines put them far from their number.
_STRONG_UPPER = re.compile(
    "高达|多达|长达|可达|最[多高大长快]|至多|不超过|不多于|不大于|不高于|以下|之下|不到|不足"
    "|(?<!不)[少小低]于|未满|以内|之内|[≤<]|\\\\leq?|up to"
)
_STRONG_LOWER = re.compile(
    "至少|最少|起码|不[少低小]于|(?<!不)超过|超出|逾|(?<!不)[多大高]于|高出|以上|之上|[≥>]|\\\\geq?|[或及]更"
)
_UPPER = "最多|至多|不超过|不多于|不大于|不到|不足|少于|小于|低于|未满"
_LOWER = "至少|最少|起码|不少于|不低于|不小于|超过|多于|大于|高于|逾"
_TURNED: dict[Bound, re.Pattern[str]] = {
    "most": re.compile(f"(?<![不未没])(?:{_LOWER})[\u4e00-\u9fff]{{0,4}}$"),
    "least": re.compile(f"(?<![不未没])(?:{_UPPER})[\u4e00-\u9fff]{{0,4}}$"),
    "more": re.compile(f"(?<![不未没])(?:{_UPPER})[\u4e00-\u9fff]{{0,4}}$"),
    "less": re.compile(f"(?<![不未没])(?:{_LOWER})[\u4e00-\u9fff]{{0,4}}$"),
}
_WANTED: dict[Bound, str] = {"most": "最多", "least": "至少", "more": "超过", "less": "不到", "about": "约"}
_SMALL = 10  # "around five axes" may be a place, "about five films" a subject


def check_bounds(pairs: Sequence[tuple[Quantity, Quantity]], en: str, zh: str) -> Iterator[Draft]:
    """Findings of the bounds that the English puts on a number and the Chinese does not, or turns round.

    `pairs` are quantities of the two texts that can only mean each other. Warnings, but a note where "about" or
    "nearly" is lost.

    >>> from .numbers import check_numbers
    >>> [(d.rule, d.expected, d.found) for d in check_numbers("up to 12 km", "12公里")]
    [('Q004', '最多12', '12')]
    """
    bounds = _bounds(pairs, fold(en)) if pairs else {}
    if not bounds:
        return
    folded = fold(zh)
    spare = {
        upper: len((_STRONG_UPPER if upper else _STRONG_LOWER).findall(folded))
        - sum(bound in sides for bound, _ in bounds.values())
        for upper, sides in ((True, ("most", "less")), (False, ("least", "more")))
    }
    for left, right in pairs:
        if left not in bounds:
            continue
        bound, phrase = bounds[left]
        start, end = right.span
        before, after = folded[max(0, start - _WINDOW_BEFORE) : start], folded[end : end + _WINDOW_AFTER]
        if bound != "about" and (turned := _TURNED[bound].search(before)) and not (_one_sided(after)):
            span = (start - len(before) + turned.start(), end)
            found = zh[slice(*span)]
            message = say("Q004.turned", phrase=phrase, found=found)
            wanted = _WANTED[bound] + right.text
            yield Draft("Q004", "warning", 0.85, left.span, span, wanted, found, message)
            continue
        if re.search("[<>≤≥=][ ]?$", before):  # one sign for another is Q005
            continue
        words, beside = _KEPT[bound]
        close = folded[max(0, start - _BESIDE_BEFORE) : end + _BESIDE_AFTER]
        if words.search(before + right.text + after) or any(char in beside for char in close):
            continue
        message = say("Q004.bare", phrase=phrase, found=right.text)
        wanted = _WANTED[bound] + right.text
        if bound == "about":
            yield Draft("Q004", "note", 0.6, left.span, right.span, wanted, right.text, message)
        elif spare[bound in ("most", "less")] < 0:
            yield Draft("Q004", "warning", 0.8, left.span, right.span, wanted, right.text, message)


def _one_sided(after: str) -> bool:
    """True if a bound follows the Chinese number."""
    return re.match("[^，。,;；]{0,4}以[上下内]", after) is not None


def _bounds(pairs: Sequence[tuple[Quantity, Quantity]], en: str) -> dict[Quantity, tuple[Bound, str]]:
    """The bound of each English quantity of the pairs that has one, and how it is said."""
    found: dict[Quantity, tuple[Bound, str]] = {}
    starts = {left.span[0]: left for left, _ in pairs}
    for match in _PHRASE.finditer(en):
        gap = _GAP.match(en, match.end())
        end = gap.end() if gap else match.end()
        quantity = starts.get(end) or starts.get(end + 1)  # a sign
        bound: Bound | None = next((name for name in _WANTED if match[name]), None)
        before = en[max(0, match.start() - 3) : match.start()]
        quoted = match[0] == ">" and not before.strip() and (match.start() < 3 or "\n" in before)
        if quantity is None or bound is None or quantity.weak or quoted:
            continue
        if bound != "about" or _counts(quantity):
            found.setdefault(quantity, (bound, en[match.start() : quantity.span[1]]))
    for left, _ in pairs:
        after = _AFTER.match(en, left.span[1])
        if after and left not in found and left.figures:
            found[left] = ("most" if after["most"] else "least", left.text + after[0])
    return found


def _counts(quantity: Quantity) -> bool:
    """True if "about" before it can only be a rough number."""
    return quantity.kind in ("percent", "multiple") or quantity.value >= _SMALL
