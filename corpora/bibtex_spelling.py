"""How LaTeX spells letters, accents and signs in the fields of BibTeX, and the text that it means."""

import re
import unicodedata

_LETTERS = dict(
    ss="ß", ae="æ", AE="Æ", oe="œ", OE="Œ", o="ø", O="Ø", aa="å", AA="Å", l="ł", L="Ł", i="ı", j="ȷ", dh="ð", DH="Ð",
    th="þ", TH="Þ", dj="đ", DJ="Đ", ng="ŋ", NG="Ŋ", ldots="…", dots="…", textendash="–", textemdash="—", LaTeX="LaTeX",
    TeX="TeX", textquoteleft="‘", textquoteright="’", textquotedblleft="“", textquotedblright="”", textasciitilde="~",
)  # fmt: skip
_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "r": "\u030a", "H": "\u030b", "v": "\u030c", "c": "\u0327", "k": "\u0328", "d": "\u0323",
    "b": "\u0331",
}  # fmt: skip
_LETTER = re.compile(r"\\\\|\\([A-Za-z]++)(?:[ \n]*+\{\}|[ \n]*+)")
_ACCENT = re.compile(
    r"\\\\|\\([`'^\"~=.]|[urHvckdb](?![A-Za-z]))[ \n]?(?:\{[ \n]?([^\W\d_])[ \n]?\}|\{\{([^\W\d_])\}\}|([^\W\d_]))"
)
_FONT = re.compile(
    r"\\(?:(?:emph|text(?:it|bf|tt|sc|rm|sf|sl|up|md|normal)?|mbox|url|uppercase|MakeUppercase)[ \n]?(?=\{)"
    r"|(?:it|bf|em|sl|sc|tt|rm|sf|itshape|bfseries|scshape)(?![A-Za-z])[ \n]*+)"
)
_SIGN = re.compile(r"\\[&%$#_{}]|\\[-/!@]|\\[ ,;:\\\n]|\\[A-Za-z]++(?:\{[^{}]*+\})*+|---?|``|''|[{}~]")
_SIGNS = {"--": "–", "---": "—", "``": "“", "''": "”", "~": " "}


def spelled(text: str) -> str:
    """The text of a stretch of LaTeX without formulas; commands that are not known stay as written.

    >>> spelled(r"\\emph{Stra\\ss e} --- \\'a")
    'Straße — á'
    """
    text = _LETTER.sub(lambda match: _LETTERS.get(match[1], match[0]), text)
    text = _ACCENT.sub(_accented, _ACCENT.sub(_accented, text))  # a letter may carry two
    return _SIGN.sub(_sign, _FONT.sub("", text))


def _accented(match: re.Match[str]) -> str:
    if not match[1]:
        return match[0]
    letter = match[2] or match[3] or match[4]
    return unicodedata.normalize("NFC", {"ı": "i", "ȷ": "j"}.get(letter, letter) + _ACCENTS[match[1]])


def _sign(match: re.Match[str]) -> str:
    sign = match[0]
    if sign[0] != "\\":
        return _SIGNS.get(sign, "")
    if sign[1] in "&%$#_{}":
        return sign[1]
    if sign[1] in "-/!@":
        return ""
    return sign if sign[1].isalpha() else " "
