"""A quantity read from a text, and what the English and the Chinese reader share: folding, figures, noise."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from ..corpora import Span

Kind = Literal["number", "percent", "multiple", "ordinal", "vague"]

# One character to one, so that offsets hold (NFKC would not keep them). The long dash stays: it parts clauses.
_WIDE = {chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)}
_BLANKS = dict.fromkeys("\u00a0\u2002\u2003\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000\t", " ")
_SIGNS = {"−": "-", "–": "-", "‐": "-", "‑": "-", "～": "~", "〜": "~", "∼": "~", "﹪": "%", "╳": "×", "✕": "×"}
_TRADITIONAL = dict(
    zip("兩萬億點個數幾種項類階維層條張間進後號紀倆", "两万亿点个数几种项类阶维层条张间进后号纪俩", strict=True)
)
_FOLD = str.maketrans(_WIDE | _BLANKS | _SIGNS | _TRADITIONAL)

# A figure without sign. A blank parts thousands only before 000: "10, 100" is a list. No run is unbounded.
FIGURE = (
    r"(?:(?<![0-9])(?:[0-9]{1,2},[0-9]{1,2}(?=[ ]?%)"
    r"|[0-9]{1,3}(?:(?:,|\{,\})[0-9]{3}){1,6}|[0-9]{1,2}(?:,[0-9]{2}){1,3},[0-9]{3}"
    r"|[0-9]{1,3}(?:,?[ ]000){1,4}|[0-9]{1,40})(?![0-9])(?:\.[0-9]{1,40})?|(?<![0-9A-Za-z\u4e00-\u9fff)])\.[0-9]{1,40})"
)
SIGN = r"(?:(?<![A-Za-z0-9)\]%$}\\.-])[-+](?=[0-9.]))?"
POWER = r"(?:\^[ ]?\{?[ ]?-?[0-9]{1,2}\}?|⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})"  # ^{-4}, ⁻⁴
TIMES = r"(?:[x×*·]|\$?\\(?:times|cdot)\$?)"
SCIENTIFIC = (
    rf"(?:{FIGURE}[ ]?{TIMES}[ ]?10(?:{POWER}|-[0-9]{{1,2}})|{FIGURE}[eE][-+]?[0-9]{{1,2}}"
    rf"|(?<![0-9.])10{POWER}|(?<![0-9.-])10-[1-9](?![0-9A-Za-z%.,-]))(?![0-9])"
)
# What bears figures and states no quantity. Addresses, versions, dates written as code, citations, list marks, names.
NOISE = r"""
    (?<![A-Za-z0-9\\])(?=[A-Za-z])(?:
      (?:https?://|www\.)[!-~]{1,2000}
    | [A-Za-z][A-Za-z0-9.-]{1,60}\.(?:com|org|net|edu|gov|io|ai|cn)\b(?:/[!-~]{0,2000})?
    | (?i:arxiv)[ ]?:[ ]?[!-~]{1,40} | (?i:doi|isbn|issn)[ ]?:?[ ]?[0-9][!-~]{1,80}
    | et[ ]al\.?,?[ ]?\(?(?:1[89]|20)[0-9]{2}[a-z]?\)?
    | [A-Za-z](?=[A-Za-z_@^{-]{0,40}[0-9])[A-Za-z0-9]{0,40}(?:(?:\^\{|[-_@^])[A-Za-z0-9]{1,40}){0,6}
      (?:(?<=[0-9])\.[0-9]{1,9}(?![0-9]))?
    )
  | (?=[0-9])(?:
      [0-9]{41,} | (?<![0-9.])[0-9]{1,9}(?:\.[0-9]{1,9}){2,9} | (?<![0-9])[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}(?![0-9])
    | (?<![0-9.,])[1-9][)](?=[ ]?[A-Za-z\u4e00-\u9fff]) | (?<![0-9./])[0-9]{1,2}/(?=[ ]|$)
    )
  | \[[0-9]{1,3}\] | \[[0-9]{1,3}(?:,[ ]?[0-9]{1,3}){2,20}\] | \([ ]?[0-9]{1,2}[ ]?\)
  | (?m:^)[ ]{0,9}[0-9]{1,2}[.、](?![0-9])
"""
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_SUPERSCRIPT = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_PART = re.compile(r"(?<![0-9.])[0-9]{1,40}(?:\.[0-9]{1,40})?(?![0-9])|\.[0-9]{1,40}(?![0-9])")
_FIGURE = re.compile(FIGURE)
_DECIMAL_COMMA = re.compile(r"[-+]?[0-9]{1,2},[0-9]{1,2}")
_HAS_FIGURE = re.compile("[0-9]")
_TEN = re.compile(
    rf"(?P<sign>[-+]?)(?:(?P<base>.{{1,90}}?)[ ]?{TIMES}[ ]?)?10[ ^{{]{{0,4}}(?P<exponent>-?[0-9]{{1,2}})[ }}]{{0,2}}"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity of a text. `span` is a half-open code-point range, `text` the slice of the text it covers.

    `value` is as stated: 33.0 for 33.0 %, 60 for 60-fold, 0.005 for 1/200; of a vague one, the step it names
    ("millions": 1e6), never to be compared. `weak` marks what may answer a quantity of the other side but
    claims none itself ("one", "half", 首次). `also` holds other values it may stand for (90 for "1990s").
    """

    kind: Kind
    value: float
    span: Span
    text: str
    weak: bool = False
    also: tuple[float, ...] = ()

    @property
    def figures(self) -> bool:
        """True if it is written with figures, False if in words."""
        return _HAS_FIGURE.search(fold(self.text)) is not None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader makes of one match. `scale` is the factor that a range hands back to its first number."""

    kind: Kind
    value: float
    weak: bool = False
    also: tuple[float, ...] = ()
    scale: float = 1.0


Reader = Callable[[re.Match[str]], Reading | None]


@lru_cache(maxsize=64)  # the readers of one pair ask for the same few texts again and again
def fold(text: str) -> str:
    """The text with full-width and traditional forms made plain, character by character.

    >>> fold("３．５％，兩萬")
    '3.5%,两万'
    """
    return text.translate(_FOLD)


def figure(text: str) -> float:
    """The value of a figure, sign and separators allowed; `text` is folded and matches FIGURE.

    >>> figure("26, 000"), figure("-1,773.4")
    (26000.0, -1773.4)
    """
    if text.isdigit():
        return float(text)
    if _DECIMAL_COMMA.fullmatch(text):  # 91,1 %
        return float(text.replace(",", "."))
    return float(re.sub(r"[ ,{}]", "", text))


def scientific(text: str) -> float:
    """The value of a figure in scientific notation; `text` is folded and matches SCIENTIFIC.

    >>> scientific("3x10^{-4}"), scientific("1e-4"), scientific("10⁶")
    (0.0003, 0.0001, 1000000.0)
    """
    plain = re.sub(r"[ ,{}]", "", text)
    if match := _TEN.fullmatch(text.translate(_SUPERSCRIPT)):
        base = re.sub(r"[ ,{}]", "", match["base"] or "1")
        plain = f"{match['sign']}{base}e{match['exponent']}"
    return float(plain)


def key(value: float) -> float:
    """The value rounded to nine significant digits, sign dropped, for use in sets.

    >>> key(1 / 3 * 3) == key(1), key(-0.1 - 0.2) == key(0.3)
    (True, True)
    """
    value = abs(float(value))
    return value if value < 1e9 and value.is_integer() else float(f"{value:.9g}")


def _plain(text: str) -> str:
    """The folded text without invisible characters, for looking up figures."""
    return fold(_INVISIBLE.sub("", text))


def parts(text: str) -> frozenset[float]:
    """Keys of the figures in the text as they are split by separators.

    >>> sorted(parts("ResNet-50, 1,200.5"))
    [1.0, 50.0, 200.5]
    """
    return frozenset(key(float(match[0])) for match in _PART.finditer(_plain(text)))


def literals(text: str) -> frozenset[float]:
    """Keys of all figures in the text, joined and in parts, those inside names included.

    >>> sorted(literals("ResNet-50, 1,200"))
    [1.0, 50.0, 200.0, 1200.0]
    """
    return parts(text) | {key(figure(match[0])) for match in _FIGURE.finditer(_plain(text))}


def read(text: str, grammar: re.Pattern[str], readers: Mapping[str, Reader], link: re.Pattern[str]) -> list[Quantity]:
    """Quantities in text order: the grammar's named groups are read by the reader of that name, others skipped.

    In a range or list whose last member alone bears the scale or the per cent sign ("7 to 13 billion"), the
    earlier ones get it too; `link` says what may stand between.
    """
    folded = fold(text)
    kept: Sequence[int] = range(len(text))
    if _INVISIBLE.search(text):  # machines leave them inside figures
        kept = [index for index, char in enumerate(text) if not _INVISIBLE.match(char)]
        folded = _plain(text)
    found: list[tuple[Quantity, float, Span]] = []
    for match in grammar.finditer(folded):
        name = match.lastgroup or ""
        reading = readers[name](match) if name in readers else None
        if reading is not None:
            span = (kept[match.start(name)], kept[match.end(name) - 1] + 1)
            words = text[span[0] : span[1]]
            quantity = Quantity(reading.kind, reading.value, span, words, reading.weak, reading.also)
            found.append((quantity, reading.scale, match.span(name)))
    for index in range(len(found) - 2, -1, -1):
        (left, scale, (_, end)), (right, factor, (start, _)) = found[index], found[index + 1]
        if left.kind != "number" or start - end > 8 or not link.fullmatch(folded[end:start]):
            continue
        if right.kind == "percent":
            found[index] = (replace(left, kind="percent"), 1.0, found[index][2])
        elif scale == 1.0 != factor and left.value < 1000:
            also = (*left.also, left.value)
            found[index] = (replace(left, value=left.value * factor, also=also), factor, found[index][2])
        elif 1000 <= left.value < 2100 and 10 <= right.value < 100:  # 2017-19
            also = (*right.also, left.value // 100 * 100 + right.value)
            found[index + 1] = (replace(right, also=also), factor, found[index + 1][2])
    return [quantity for quantity, _, _ in found]
