"""Whether the numbers of each pair of a large corpus agree: a cheap look at all, the exact readers for what differs.

The readers (quantities_en.py, quantities_zh.py) and the judge (numbers.py) take 300 µs a pair and more. So a linear
search first passes over pairs without numbers, then sets of figures and numerals settle those that have the same on
both sides; one to nine pairs of a hundred are read.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ..corpora.script import HAN
from .numbers import Side, check_shared, is_answered, is_claim, side_of, stands_among
from .quantities_en import quantities_en
from .quantities_zh import quantities_zh
from .quantity import FIGURE, Quantity, figure, fold, key, literals

# What a pair comes to, by what it lacks. From 0.5 up it is a mismatch: of sound pairs 2 of 1,000 come to that.
_CHANGED, _LOST, _REPLACED, _PERHAPS_REPLACED, _LONE_FIGURE, _LONE, _VAGUE = 1.0, 0.9, 0.8, 0.7, 0.6, 0.4, 0.2

_WORDS = dict(
    zip(
        "three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
        "nineteen twenty thirty forty fifty sixty seventy eighty ninety".split(),
        [*range(3, 21), *range(30, 100, 10)],
        strict=True,
    )
)
_ORDINALS = {"third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10}
_CHEAP = {word: str(value) for word, value in (_WORDS | _ORDINALS).items()}
# Words after which a number is worth more than its figures, or is one by itself: the readers know.
_HARD = (
    "hundred thousand million billion trillion dozen triple tripled triples tripling quadruple quadrupled threefold "
    "fourfold fivefold sixfold sevenfold eightfold ninefold tenfold hundredfold thousandfold eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth fortieth fiftieth "
    "sixtieth seventieth eightieth ninetieth hundredth thousandth millionth"
).split()
_ANY_ZH = "[0-9０-９三四五六七八九十百千万萬亿億廿卅]"
_SCALED = "[0-9]+(?:[.,][0-9]+)*(?: (?:hundred|thousand|million|billion|trillion)(?![a-z]))?"
_TOKEN_EN, _FIGURES_EN = re.compile(f"{_SCALED}|[a-z]{{3,}}"), re.compile(_SCALED)  # in small letters
_TOKEN_ZH = re.compile(
    "[0-9０-９]+(?:[.,．，][0-9０-９]+)*(?:[ ]?[十百千万亿萬億]+)?|[一二三四五六七八九十百千万亿零〇两廿卅兩萬億]+"
)
_HAN = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_DIGITS = re.compile("[零〇一二三四五六七八九两]+")
_SMALL = re.compile("([二三四五六七八九])?十([一二三四五六七八九])?")
_MONTHS = (
    "January February March April May June July August September October November December "
    "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
).split()
# What an English word stands for: figures, "m" and the number of a month, None for what only the reader can tell.
_NUMERALS: dict[str, str | None] = {
    **{name.lower(): f"m{k % 12 + 1}" for k, name in enumerate(_MONTHS)},
    **_CHEAP,
    **dict.fromkeys(_HARD),
}
# A numeral in words or a month; "3 million" is a figure, and is worth a second look all the same.
_WORDED = rf"(?i)\b(?:{'|'.join(_NUMERALS)})"
_MONTH_EN = re.compile(rf"\b(?:{'|'.join(_MONTHS)})\b")
_MONTH_OF = {name: float(k % 12 + 1) for k, name in enumerate(_MONTHS)}
_MONTH_ZH = re.compile("[ ]?(?:[-/、至到][0-9]{1,2})?月")
_FIGURE = re.compile(FIGURE)
_HAS_FIGURE = re.compile("[0-9０-９]")
_BOTH = re.compile(r"\b(?:both|neither|either|pairs?|couples?|bi(?:enni|lingual|lateral|nary)[a-z]*)\b", re.IGNORECASE)
_TAG = re.compile("</?[A-Za-z][^<>]{0,200}>")
_LONG = 3  # digits of a figure that tells by itself
_LONGEST = 4000  # characters of both sides that are read
_SPATIAL = frozenset((3.0,))  # 3D is 立体


class _Number(NamedTuple):
    """A number of one side. Kinds: "sure", whose absence would be worth telling; "name", figures in names, list marks
    and citations; "month"; "weak", what claims nothing ("two")."""

    value: float
    figures: bool
    kind: str
    answered: bool


def number_signal(en: Sequence[str], zh: Sequence[str]) -> npt.NDArray[np.float32]:
    """How surely a number of one side has no counterpart on the other, of each pair: float32, shape (pairs,), 0..1.

    0: the numbers agree, or there are none. From 0.5 up: a mismatch (1 another magnitude or value; 0.9 one is lost or
    added; 0.8 and 0.7 each side has one that the other has not; 0.6 a figure stands on one side alone). Below: a doubt
    (0.4 a numeral in words, a list mark, a month or a figure of a name that one side has alone; 0.2 "two" against
    "first" and the like). Written-out numbers, 万 and 亿, fractions, per cent, dates and months are read; the place of
    a number in its sentence is not looked at, so two numbers that were exchanged are not seen. Not a number where there
    is nothing to compare: numbers beside a Chinese side without a Chinese character, or 4,000 characters and more.

    Raises ValueError if the sides are not of one length. Source: numbers.py for what answers a number.
    Measured with one number of a side changed (a digit, two exchanged, one dropped, a numeral), names and list marks
    not spared: of 990 machine-translated sentences .023 stay under 0.5, of 518 human ones .087; of 4,415 and 2,296
    sound ones .0016 and .0157 reach it, and most of these do differ. 15 µs a pair of the former, of
    which one in seventy is read; 60 to 90 µs of the latter, of which one in eleven is.

    >>> number_signal(["three otters", "17 % of 2,000", "6.17 million"], ["五只水獭", "2000的17%", "617万"]).tolist()
    [1.0, 0.0, 0.0]
    """
    if len(en) != len(zh):
        raise ValueError(f"{len(en)} English and {len(zh)} Chinese texts")
    found = np.zeros(len(en), dtype=np.float32)
    worded = _have(en, _WORDED)
    for i in np.flatnonzero(worded | _have(en, "[0-9０-９]") | _have(zh, _ANY_ZH)).tolist():
        if len(en[i]) + len(zh[i]) > _LONGEST or not HAN.search(zh[i]):
            found[i] = np.nan
            continue
        left, right = _untagged(en[i]), _untagged(zh[i])
        lone = _lone(left, right, _TOKEN_EN if worded[i] else _FIGURES_EN)
        if lone is None or any(lone):
            found[i] = _REPLACED if lone and _are_others(*lone) else _grade(left, right)
    return found


def _untagged(text: str) -> str:
    """The text without HTML tags: figures of attributes are no numbers of the text."""
    return _TAG.sub(" ", text) if "<" in text and ">" in text else text


def _have(texts: Sequence[str], pattern: str) -> npt.NDArray[np.bool_]:
    """Which texts have what the pattern says: RE2, so in linear time."""
    import pyarrow as pa
    import pyarrow.compute as pc

    try:
        column = pa.array(texts, pa.large_string())
    except UnicodeEncodeError:  # half a character
        column = pa.array([text.encode("utf-8", "replace").decode() for text in texts], pa.large_string())
    found = pc.call_function("match_substring_regex", [column], pc.MatchSubstringOptions(pattern))
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=np.bool_)


def _lone(en: str, zh: str, tokens: re.Pattern[str] = _TOKEN_EN) -> tuple[set[str], set[str]] | None:
    """What either side has alone, as far as figures and numerals go, none where all agree; None where one must read.

    `tokens` finds the English ones.
    """
    left, named = set[str](), set[str]()
    for token in tokens.findall((en if en.isascii() else fold(en)).lower()):
        if token[0] <= "9":
            left.add(_value_en(token))
        elif token in _NUMERALS:
            value = _NUMERALS[token]
            if value is None:
                return None
            (named if value[0] == "m" else left).add(value)
    sure, weak = set[str](), set[str]()
    for token in _TOKEN_ZH.findall(zh):
        value = _value_zh(token)
        if value == "?":
            return None
        (weak if token in _TRIFLES or not value else sure).add(value)
    return left - sure - weak, {value for value in sure - left if f"m{value}" not in named}


def _are_others(left: set[str], right: set[str]) -> bool:
    """Whether either side has a long figure that the other lacks, of as many digits: no spelling makes them one."""
    long = {len(figure) for figure in left if len(figure) >= _LONG and figure.isdigit()}
    return any(len(figure) in long for figure in right if figure.isdigit())


_STEPS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}  # zeros
_SCALES = {"hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_TRIFLES = frozenset("零一二两兩十")


def _value_en(token: str) -> str:
    """What a figure comes to, with its scale: 9.3 million is 9300000."""
    figures, _, scale = token.partition(" ")
    plain = figures.replace(",", "")
    return _scaled(plain, _SCALES[scale]) if scale else plain


def _scaled(figures: str, zeros: int) -> str:
    """A figure times a power of ten, in figures; "?" where it is no figure."""
    whole, _, rest = figures.partition(".")
    if "." in rest or not whole:
        return "?"
    rest = rest.rstrip("0")
    if len(rest) <= zeros:
        return f"{whole}{rest}{'0' * (zeros - len(rest))}".lstrip("0") or "0"
    return f"{whole}{rest[:zeros]}".lstrip("0") + "." + rest[zeros:]


@lru_cache(maxsize=1 << 14)
def _value_zh(token: str) -> str:
    """What a figure or a run of Han numerals comes to, "" for a mere step (百 of 百分之), "?" where one must read."""
    run = fold(token)
    if run[0] <= "9":
        figures = run.rstrip("十百千万亿 ")
        zeros = sum(_STEPS[step] for step in run[len(figures) :].strip())  # 300百万, 2千万, 1万亿
        figures = figures.replace(",", "")
        return _scaled(figures, zeros) if zeros else figures
    if run in ("百", "千", "万", "亿"):
        return ""
    if match := _SMALL.fullmatch(run):
        return str(10 * _HAN[match[1] or "一"] + (_HAN[match[2]] if match[2] else 0))
    return "".join(str(_HAN.get(char, "?")) for char in run) if _DIGITS.fullmatch(run) else "?"


def _grade(en: str, zh: str) -> float:
    """The signal of one pair, by the exact readers."""
    side_en, side_zh = side_of(en, quantities_en(en)), side_of(zh, quantities_zh(zh))
    months = frozenset(_MONTH_OF[match[0]] for match in _MONTH_EN.finditer(en))
    left = _numbers(side_en, side_zh, _SPATIAL if "立体" in zh else frozenset())
    right = _numbers(side_zh, side_en, months)
    lone_en, lone_zh = [n for n in left if not n.answered], [n for n in right if not n.answered]
    strong = [any(n.kind != "weak" for n in lone) for lone in (lone_en, lone_zh)]
    if not any(strong):
        return _VAGUE if lone_en and lone_zh else 0.0
    told = check_shared(en, zh, side_en, side_zh)
    judged = max((draft.confidence for draft in told if draft.rule in ("Q001", "Q002")), default=0.0)
    if judged >= 0.6:
        return _CHANGED if judged > 0.8 else _LOST
    sure = [any(n.kind == "sure" for n in lone) for lone in (lone_en, lone_zh)]
    if any(n.kind == "month" for n in lone_zh) and not months <= {n.value for n in right}:
        return _PERHAPS_REPLACED
    if all(sure):
        return _REPLACED
    if all(strong) or (lone_en and lone_zh and any(sure)):
        return _PERHAPS_REPLACED
    own, many, few = (lone_en, right, left) if strong[0] else (lone_zh, left, right)
    if any(n.kind != "month" for n in own) and (_surplus(many, few) or (strong[1] and _BOTH.search(en))):
        return _PERHAPS_REPLACED
    return _LONE_FIGURE if any(n.kind == "sure" and n.figures for n in own) else _LONE


def _surplus(many: Sequence[_Number], few: Sequence[_Number]) -> bool:
    """True if the first side says a number more often than the second does."""
    return bool(Counter(n.value for n in many if n.kind != "month") - Counter(n.value for n in few))


def _numbers(own: Side, other: Side, also: frozenset[float]) -> list[_Number]:
    """The numbers of one side from 2 up, 1 in figures too; `also` are values that the other side names otherwise."""
    figures = (literals(other.text) if _HAS_FIGURE.search(other.text) else frozenset()) | also
    found: list[_Number] = []
    for quantity in own.quantities:
        if quantity.kind != "vague" and (quantity.value >= 2 or quantity.figures):
            answered = is_answered(quantity, other) or stands_among(quantity, figures)
            found.append(_Number(key(quantity.value), quantity.figures, _kind(quantity, own.text), answered))
    if _HAS_FIGURE.search(own.text):
        known = other.forms | other.rough | figures
        rest = _without(fold(own.text), own.quantities)
        values = [key(figure(match[0])) for match in _FIGURE.finditer(rest)]  # in names, list marks, versions
        found += [_Number(value, True, "name", value in known) for value in values]
    return found


def _without(text: str, quantities: Sequence[Quantity]) -> str:
    """The text with blanks where the quantities stand."""
    parts, at = [], 0
    for quantity in quantities:
        begin, end = quantity.span
        parts += [text[at:begin], " " * (end - begin)]
        at = end
    return "".join([*parts, text[at:]])


def _kind(quantity: Quantity, text: str) -> str:
    if quantity.figures and _MONTH_ZH.match(text, quantity.span[1]):
        return "month"
    return "sure" if is_claim(quantity) or (quantity.figures and quantity.value >= 2) else "weak"
