"""Q005: symbols that became others: L∞ → L8, σ → o, ≤ → <, a lost minus, a flattened exponent, $x_i$ → $x_j$."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from ..corpora import Span
from .findings import Draft
from .messages import say
from .quantity import Quantity, fold

_GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "vartheta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ",
    "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ",
    "omega": "ω",
}  # fmt: skip
_VARIANTS = str.maketrans("ϵϕϑ∆∑µΩ∏ϱϖς", "εφθδσμωπρπσ")
_SPOKEN = dict(
    zip(
        "阿尔法 阿法 贝塔 伽马 伽玛 德尔塔 伊普西龙 艾普西隆 西塔 卡帕 拉姆达 兰姆达 缪 派 西格玛 陶 卡方 "
        "欧米伽 欧米茄".split(),
        "ααβγγδεεθκλλμπστχωω",
        strict=True,
    )
)
_LATIN_LIKE = {
    "α": "a", "β": "bß", "γ": "yr", "ε": "e", "η": "n", "ι": "i", "κ": "k", "ν": "v", "ρ": "p", "σ": "o", "τ": "t",
    "υ": "u", "χ": "x", "ω": "w", "μ": "u",
}  # fmt: skip
_WORD = re.compile(
    r"\\?(?<![A-Za-z])(" + "|".join(sorted(_GREEK, key=len, reverse=True)) + r")(?![a-z])", re.IGNORECASE
)
_LETTER = re.compile("[α-ωΑ-Ωϵϕϑ∆µϱϖ]")
_ALONE = re.compile(r"(?<![A-Za-z0-9\\_^'’.-])[A-Za-zß](?![A-Za-z0-9'’.-])")
_INFINITY = re.compile(r"∞|\\infty|\binfinity\b|\b(?:uniform|sup|supremum|max(?:imum)?)[ -]norm", re.IGNORECASE)
_EIGHT = re.compile(
    r"(?<![A-Za-z0-9])[Llℓ][_ -]?\{?8\}?(?![0-9A-Za-z.])(?:[ -]?(?P<norm>norm|范数|距离|误差|空间|模))?"
)

# Relations, their shapes made one.
_SHAPES = {
    "\\leqslant": "≤", "\\leq": "≤", "\\le": "≤", "<=": "≤", "⩽": "≤", "≦": "≤",
    "\\geqslant": "≥", "\\geq": "≥", "\\ge": "≥", ">=": "≥", "⩾": "≥", "≧": "≥",
    "\\neq": "≠", "\\ne": "≠", "!=": "≠",
}  # fmt: skip
_RELATION = re.compile(
    r"(?P<subject>(?:[A-Za-z0-9)][ $]{0,3})?)(?P<relation>\\(?:leqslant|leq?|geqslant|geq?|neq?)(?![A-Za-z])"
    r"|<=|>=|!=|(?<![-<=])[<>](?![-<>=])|[⩽≦⩾≧≤≥≠])"
    r"[ $]{0,3}(?P<operand>[-+]?[0-9]{1,20}(?:\.[0-9]{1,20})?|[A-Za-z](?![A-Za-z]))"
)
_BELOW = "负|零下|减|降|低|跌|亏|缺|损|落后|下|少|差|－|−|-|–|—"
# A dash before a number is a minus only after one of these.
_MINUS = re.compile(
    r"(?:[(\[=<>≈~:,$]|\b(?:of|to|from|is|was|are|at|by|and|between|than|reaches|reached|below|above))[ ]?[-−]$"
)
_ROUGH = re.compile(r"(?:[~∼～≈]|\\sim\$?)[ ]?$")
_POWER = re.compile(
    r"(?<![\w.^{])(?P<base>[A-Za-z]|[0-9]{1,3})(?:\^[ ]?(?:\{[ ]?)?(?P<up>[0-9]{1,2})(?![0-9.])[ ]?\}?"
    r"|(?P<raised>[⁰¹²³⁴-⁹]{1,2}))"
)
_PLAIN = re.compile(r"(?<![0-9.,])[0-9]{1,9}(?![0-9]|[.,][0-9])")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_FORMULA = re.compile(r"(?<![\\$])\$(?!\$)([^$\n]{1,80})\$(?!\$)")
_STYLE = re.compile(
    r"\\(?:math(?:bf|rm|cal|bb|it|sf|tt|scr|frak)|bm|boldsymbol|left|right|displaystyle|,|;|!|:|quad)(?![A-Za-z])|[{}\s~]"
)
_HAN = re.compile("[\u4e00-\u9fff]")


def check_symbols(pairs: list[tuple[Quantity, Quantity]], en: str, zh: str) -> Iterator[Draft]:
    """Findings of the symbols that the Chinese has otherwise than the English, but see `check_norm` for L∞.

    `pairs` are quantities of the two texts that can only mean each other. Error: a relation changed; warnings: a
    minus, a Greek letter or a formula changed.

    >>> [(d.rule, d.found) for d in check_symbols([], "if x ≤ 5", "若x<5")]
    [('Q005', 'x < 5')]
    """
    yield from _relations(en, zh)
    yield from _greek(en, zh)
    yield from _signs(pairs, en, zh)
    if "$" in en and "$" in zh:
        yield from _formulas(en, zh)


def check_norm(en: str, zh: str) -> Iterator[Draft]:
    """Findings of an L∞ that became L8; with no English at hand, `en` is "": only an L8 norm is told then.

    >>> [draft.expected for draft in check_norm("", "以L8-norm衡量")]
    ['L∞']
    """
    if "8" not in zh or _EIGHT.search(en):
        return
    sure = _INFINITY.search(en)
    for eight in _EIGHT.finditer(zh):
        if eight["norm"] or sure:
            found = zh[eight.start() : eight.start("norm")] if eight["norm"] else eight[0]
            found = found.rstrip(" -")
            span = (eight.start(), eight.start() + len(found))
            message = say("Q005.norm", found=found)
            place = sure.span() if sure else None
            yield Draft("Q005", "error", 0.9, place, span, "L∞", found, message)


def flattened(quantities: Iterable[Quantity], text: str, other: str) -> dict[Quantity, Span]:
    """Where `other` has powers of `text` as plain figures (10^6 → 106); `text` itself must not have these figures.

    >>> from .quantities_en import quantities_en
    >>> list(flattened(quantities_en("10^6 otters"), "10^6 otters", "106只水獭").values())
    [(0, 3)]
    """
    powers: dict[Quantity, str] = {}
    for quantity in quantities:
        power = _POWER.search(fold(quantity.text))
        if power and power["base"].isdigit():
            powers[quantity] = power["base"] + (power["up"] or power["raised"].translate(_RAISED))
    if not powers:
        return {}
    own = {match[0] for match in _PLAIN.finditer(text)}
    places = {match[0]: match.span() for match in _PLAIN.finditer(fold(other))}
    return {q: places[plain] for q, plain in powers.items() if plain in places and plain not in own}


def flattened_finding(quantity: Quantity, place: Span, zh: str) -> Draft:
    """The finding of an exponent that became figures of its base; `place` is what `flattened` gave."""
    found = zh[slice(*place)]
    message = say("Q005.exponent", source=quantity.text, found=found)
    return Draft("Q005", "error", 0.9, quantity.span, place, quantity.text, found, message)


def _relations(en: str, zh: str) -> Iterator[Draft]:
    """≤ that became <, or the like, before the same number or variable."""
    here = _operands(en)
    if not here:
        return
    there = _operands(zh)
    for (subject, operand), (relation, span) in here.items():
        other, place = there.get((subject, operand), (relation, span))
        if len(relation) == len(other) == 1 and relation != other:
            said, found = f"{subject} {relation} {operand}".lstrip(), f"{subject} {other} {operand}".lstrip()
            message = say("Q005.relation", source=said, found=found)
            yield Draft("Q005", "error", 0.9, span, place, said, found, message)


def _operands(text: str) -> dict[tuple[str, str], tuple[str, Span]]:
    """Relation and place by what stands on its two sides; where several relations do, all: they are not compared."""
    found: dict[tuple[str, str], tuple[str, Span]] = {}
    for match in _RELATION.finditer(fold(text)):
        relation = _SHAPES.get(match["relation"], match["relation"])
        subject = match["subject"].rstrip(" $")
        known = found.get((subject, match["operand"]))
        if known and known[0] != relation:
            relation = known[0] + relation
        found[subject, match["operand"]] = (relation[:2], (match.start("relation"), match.end()))
    return found


def _greek(en: str, zh: str) -> Iterator[Draft]:
    """Greek letters, be they written as letters, in LaTeX or in words, that the Chinese has not."""
    here = _letters(en)
    if not here:
        return
    there = _letters(zh)
    told = set(there) | {letter for word, letter in _SPOKEN.items() if word in zh}
    lost = [letter for letter in here if letter not in told]
    new = [letter for letter in there if letter not in here]
    own = {match[0].lower() for match in _ALONE.finditer(en)}
    for letter in lost:
        span = here[letter]
        alike = next(
            (m for m in _ALONE.finditer(zh) if m[0].lower() in _LATIN_LIKE.get(letter, "") and m[0].lower() not in own),
            None,
        )
        place = there[new[0]] if len(lost) == len(new) == 1 else alike.span() if alike else None
        if place is not None:
            found = zh[slice(*place)]
            message = say("Q005.letter", source=en[slice(*span)], found=found)
            yield Draft("Q005", "warning", 0.8, span, place, letter, found, message)


def _letters(text: str) -> dict[str, Span]:
    """The Greek letters of a text, in small, with their first place. A µ before a unit is none."""
    found: dict[str, Span] = {}
    if not text.isascii():
        for match in _LETTER.finditer(text):
            letter = match[0].translate(_VARIANTS).lower()
            if not (letter == "μ" and re.match("[smglFWA]", text[match.end() : match.end() + 1])):
                found.setdefault(letter.replace("ς", "σ"), match.span())
    for match in _WORD.finditer(text):
        if match[0].startswith("\\") or match[1].islower():
            found.setdefault(_GREEK[match[1].lower()], match.span())
    return found


def _signs(pairs: list[tuple[Quantity, Quantity]], en: str, zh: str) -> Iterator[Draft]:
    """A minus that was lost, and a ~ that became one."""
    for left, right in pairs:
        if left.kind not in ("number", "percent") or not (left.figures and right.figures):
            continue
        start, begin = left.span[0], right.span[0]
        if left.value < 0 < right.value and left.text[0] in "-−" and _MINUS.search(en, max(0, start - 12), start + 1):
            if not re.search(_BELOW, zh[max(0, begin - 12) : right.span[1] + 4]):
                message = say("Q005.minus", source=left.text, found=right.text)
                yield Draft("Q005", "warning", 0.85, left.span, right.span, left.text, right.text, message)
        elif right.value < 0 < left.value and right.text[0] in "-−" and _ROUGH.search(en, max(0, start - 6), start):
            message = say("Q005.tilde", source=left.text, found=right.text)
            yield Draft("Q005", "warning", 0.85, left.span, right.span, f"约{left.text}", right.text, message)


def _formulas(en: str, zh: str) -> Iterator[Draft]:
    """A formula between dollar signs that differs, if all the others agree."""
    here = [(_plain(match[1]), match) for match in _FORMULA.finditer(en)]
    there = [(_plain(match[1]), match) for match in _FORMULA.finditer(zh)]
    if not here or len(here) != len(there):
        return
    gone = Counter(text for text, _ in here) - Counter(text for text, _ in there)
    new = Counter(text for text, _ in there) - Counter(text for text, _ in here)
    if sum(gone.values()) != 1 or sum(new.values()) != 1:
        return
    (before,), (after,) = gone, new
    if before in after or after in before:  # only what the dollar signs enclose differs: 20 $\\%$, $20 \\%$
        return
    left = next(match for text, match in here if text == before)
    right = next(match for text, match in there if text == after)
    if (
        "\\text" in before
        or _HAN.search(after)
        or not re.search("[A-Za-z0-9α-ω]", after)
        or re.search("[A-Za-z]{4}", re.sub(r"\\[A-Za-z]+", "", before))
    ):
        return
    message = say("Q001.changed", source=left[0], found=right[0])
    yield Draft("Q005", "warning", 0.85, left.span(), right.span(), left[0], right[0], message)


def _plain(formula: str) -> str:
    """The formula without blanks and matters of style."""
    shaped = fold(_STYLE.sub("", formula))
    for shape, sign in _SHAPES.items():
        shaped = shaped.replace(shape, sign)
    for name, letter in _GREEK.items():
        shaped = shaped.replace("\\" + name, letter)
    return shaped.translate(_VARIANTS).replace("\\times", "×").replace("\\cdot", "·").strip(".,")
