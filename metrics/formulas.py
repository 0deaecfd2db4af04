"""F004: formulas that a translation tore, emptied or lost.

A good translation may write $\\alpha$ as α, and leave out what only dresses words (\\emph, \\cite): neither is a fault.
A fault is what LaTeX can no longer read, and a formula of which no letter is left.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator

from ..corpora import Span
from ..corpora.latex_macros import ARGUMENTS, CITE, REFERENCES, SYMBOLS
from ..corpora.script import HAN
from .findings import Draft, Severity
from .messages import say

_COMMAND = re.compile(r"(?<!\\)\\([A-Za-z]{1,30})")
_FORMULA = re.compile(r"(?<![\\$])\$(?!\$)([^$\n]{1,300})(?<!\\)\$|\\\(([^\n]{1,300}?)\\\)")
# Of the English, by the rule of Pandoc's tex_math_dollars: no blank inside its ends, no digit behind it; "$5 and $10".
_SOURCE_FORMULA = re.compile(r"(?<![\\$])\$(?![$\s])([^$\n]{0,300}?[^$\n\s\\])\$(?!\d)|\\\(([^\n]{1,300}?)\\\)")
_DOLLAR = re.compile(r"(?<!\\)\$")
_PRICE = re.compile(r"(?<!\\)\$(?=[ \t]?\d[\d,.]*(?:[ \t]|[^\d\s$\\^_{]|$))")
_HAN = "\u3400-\u9fff"
# A backslash cut off from its name (\ alpha), or before a name that was translated (\测试, \ 下午).
_TORN = re.compile(rf"(?<!\\)\\[ \t]{{1,3}}([A-Za-z]{{2,30}})|(?<!\\)\\[ \t]{{0,3}}([{_HAN}]{{1,8}})")
_CONTROL_SPACE = re.compile(r"(?<!\\)\\[ \n]")
_EMPTY = re.compile(r"(?<![\\$])\$[ \t]{0,3}\\?[ \t]{0,3}\$(?!\$)")
_WIDE = re.compile(r"[＼＄][ \t]{0,2}[A-Za-z]{1,30}")
_MARGIN = 12  # code points between two torn places of one formula, at most
# Symbols that writers of formulas use most, in prose with no English beside it.
_KNOWN = frozenset(
    "alpha beta gamma delta epsilon varepsilon theta lambda mu nu xi pi rho sigma tau phi varphi psi omega eta zeta "
    "kappa chi Gamma Delta Theta Lambda Sigma Phi Psi Omega times cdot pm leq geq neq approx sim infty sum prod int "
    "frac sqrt mathbb mathcal mathbf mathrm mathsf boldsymbol hat tilde ell nabla partial "
    "rightarrow leftarrow subset forall exists operatorname textit textbf textsc emph cite".split()
)
_GREEK = {
    unicodedata.name(chr(code)).split(" LETTER ")[1].split()[-1].lower(): chr(code)
    for code in (*range(0x3B1, 0x3C2), *range(0x3C3, 0x3CA))
} | {"lambda": "λ"}
_RELATION = re.compile(r"=|\\(?:leq?|geq?|approx|equiv|propto)(?![A-Za-z])")
_RELATION_LEFT = re.compile(r"[=<>≤≥≈≡∝⩽⩾]|\\(?:leq?|geq?|approx|equiv|propto)|等于|大于|小于|至多|至少|不超过|近似|约")
_EQUATION = 10  # code points with the dollars
_ABBREVIATION = re.compile(r"[A-Za-z]\.[A-Za-z]\.")
_WORD = re.compile(r"[a-z]+")
_LETTER = re.compile(r"[^\W\d_]")


def check_formulas(en: str, zh: str) -> Iterator[Draft]:
    r"""Findings F004: LaTeX of the Chinese that was torn, translated or emptied; formulas of the English that are gone.

    Torn ones are errors where the English has LaTeX, warnings where there is no English; a formula that is gone is a
    warning. Spans are those of the side that shows the fault; `expected` is the command or formula meant, if known.

    >>> [(draft.found, draft.expected) for draft in check_formulas(r"by $\alpha$ otters", r"由$ \ alpha $只水獭")]
    [('\\ alpha', '\\alpha')]
    """
    commands = list(dict.fromkeys(match[1] for match in _COMMAND.finditer(en)))
    torn: list[Draft] = []
    if not en.strip() or commands or _SOURCE_FORMULA.search(en):
        torn = list(_torn(en, zh, commands))
    yield from torn
    if en.strip() and zh.strip() and not torn:  # what is torn is neither closed nor found; once is enough
        yield from _odd_dollars(en, zh)
        yield from _lost(en, zh)


def _torn(en: str, zh: str, commands: list[str]) -> Iterator[Draft]:
    places = sorted(set(_places(en, zh, commands)))
    severity: Severity = "error" if en.strip() else "warning"
    end = -_MARGIN - 1
    for (begin, stop), expected in places:
        named = begin < end + _MARGIN and not _LETTER.search(zh[max(0, end) : begin])
        end = max(end, stop)
        if named:
            continue  # of the formula just named
        found = zh[begin:stop]
        meant = say("F004.meant", expected=expected) if expected else ""
        message = say("F004.broken", found=found, meant=meant)
        yield Draft("F004", severity, 0.9, None, (begin, stop), expected, found, message)


def _places(en: str, zh: str, commands: list[str]) -> Iterator[tuple[Span, str]]:
    """Where LaTeX of the Chinese can not be read, with the command meant, "" if unknown."""
    exact = set(commands)
    by_low = {name.lower(): name for name in reversed(commands)}
    same = {match[0] for pattern in (_TORN, _EMPTY) for match in pattern.finditer(en)}  # torn in the source already
    dollars = [match.start() for match in _DOLLAR.finditer(zh)]
    spaced = _CONTROL_SPACE.search(en) is not None  # "et al.\ write": the blank is meant
    for match in _TORN.finditer(zh):
        name, han = match[1] or "", match[2] or ""
        if match[0] in same or (not commands and name not in _KNOWN) or (spaced and match[0][1:2].isspace()):
            continue
        meant = next((by_low[name.lower()[:k]] for k in range(len(name), 1, -1) if name.lower()[:k] in by_low), "")
        if meant or han or name in _KNOWN:
            stop = match.start(1) + len(meant) if meant else match.end()
            yield (match.start(), stop), f"\\{meant or name}" if name else ""
    for match in _COMMAND.finditer(zh):
        meant = by_low.get(match[1].lower(), "")
        if meant and match[1] not in exact:
            yield match.span(), f"\\{meant}"
    if not en.strip():
        return
    if "$$" not in en:
        for match in _EMPTY.finditer(zh):
            opens = bisect_left(dollars, match.start()) % 2 == 0  # else one formula ends, another begins
            if opens and match[0] not in same and not _PRICE.match(zh, match.end() - 1):
                yield match.span(), ""
    for match in _WIDE.finditer(zh):
        if match[0][0] not in en:
            yield match.span(), match[0].translate({0xFF3C: "\\", 0xFF04: "$"}).replace(" ", "")
    known = set(en)
    closed = _braces_close(en)
    for match in _FORMULA.finditer(zh):
        if closed and not HAN.search(match[0]) and not _braces_close(match[0]):
            yield match.span(), ""
        if HAN.search(match[0]):
            continue  # words between two formulas
        # Machine translation respells a lone letter: $k$ → $ķ$.
        for at in range(*match.span()):
            if "\u00c0" <= zh[at] <= "\u024f" and zh[at] not in known and zh[at].isalpha():
                yield (at, at + 1), unicodedata.normalize("NFD", zh[at])[0]


def _braces_close(text: str) -> bool:
    """Whether as many braces close as open, escaped ones left out."""
    plain = text.replace("\\{", "").replace("\\}", "")
    return plain.count("{") == plain.count("}")


def _odd_dollars(en: str, zh: str) -> Iterator[Draft]:
    """A formula that opens and does not close, where each of the English closes."""
    here = [match.start() for match in _DOLLAR.finditer(zh)]
    if len(_DOLLAR.findall(en)) % 2 or len(here) % 2 == 0 or _PRICE.search(en) or _PRICE.search(zh):
        return
    if not _SOURCE_FORMULA.search(en):
        return
    at = here[-1]
    message = say("F004.dollar")
    yield Draft("F004", "warning", 0.8, None, (at, at + 1), "$…$", "$", message)


def _lost(en: str, zh: str) -> Iterator[Draft]:
    """Formulas of which no letter stands in the Chinese, and equations where none stands."""
    low = unicodedata.normalize("NFKC", zh).lower()
    signs, names = set(low), set(_WORD.findall(low))
    said: set[str] = set()
    for match in _SOURCE_FORMULA.finditer(en):
        letters = _letters(match[1] or match[2] or "")
        relation = _RELATION.search(match[0])
        # Of a whole equation the letters may stand elsewhere; its relation does not.
        gone = relation and len(match[0]) >= _EQUATION and not _RELATION_LEFT.search(low)
        if not letters or match[0] in said or (not gone and (letters & signs or letters & names)):
            continue
        said.add(match[0])
        message = say("F004.formula", formula=match[0])
        yield Draft("F004", "warning", 0.7, match.span(), None, match[0], "", message)


def _letters(formula: str) -> set[str]:
    """What a formula says, as a reader would find it in prose: variables, Greek letters, numbers, words in \\text.

    Empty where a sign alone may be meant, such as \\times or \\sim, that prose says in words.
    """
    if any(name in REFERENCES or CITE.fullmatch(name) for name in _COMMAND.findall(formula)):
        return set()
    if _ABBREVIATION.search(formula):
        return set()  # $i.e.$: words in italics
    letters: set[str] = set()
    names: list[str] = _COMMAND.findall(formula)
    for name in names:
        if name.lower() in _GREEK or name.lower().startswith("var"):
            letters |= {_GREEK.get(name.lower().removeprefix("var"), name.lower()), name.lower()}
        elif name not in ARGUMENTS and not name.startswith(("math", "text", "operator", "left", "right")):
            # ℓ, ∞, ×: the letters of the name are what is left of it, if anything is.
            letters |= {name.lower(), SYMBOLS.get(name, name.lower())}
    plain = _COMMAND.sub(" ", formula)
    variables = set(unicodedata.normalize("NFKC", plain).lower()) & set("abcdefghijklmnopqrstuvwxyzαβγδεθλμπρστφψω")
    if not variables and not any(letter in _GREEK.values() for letter in letters):
        return set()
    return letters | variables | {c for c in plain if c.isdigit()}
