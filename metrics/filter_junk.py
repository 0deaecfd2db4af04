"""Markup, addresses and lines of web pages: looked for with patterns, in the rows alone that have their signs."""

import re
from collections.abc import Callable

import numpy as np

from .filter_columns import Column, Flags, Shares, Whole

_HTML = (
    "a|abbr|article|b|big|blockquote|body|br|button|center|cite|code|dd|del|div|dl|dt|em|font|footer|form|h[1-6]|head|"
    "header|hr|html|i|iframe|img|input|kbd|label|li|link|main|mark|meta|nav|ol|option|p|pre|script|section|select|"
    "small|span|strike|strong|style|sub|sup|svg|table|tbody|td|textarea|tfoot|th|thead|title|tr|tt|u|ul|video|"
    "bpt|ept|ph|it|bx|ex|mrk|seg|g"
)
# Every repetition is bounded or ends at the sign that would begin another one: linear in any text.
_TAG = re.compile(
    rf"</?(?:{_HTML})(?:\s[^<>]{{0,500}})?/?>|</?[a-z][a-z0-9:-]{{0,20}}\s[^<>=]{{1,40}}=[^<>]{{0,500}}>"
    r"|<!(?:--|doctype)[^<>]{0,500}|&(?:[a-z]{2,8}[0-9]{0,2}|#[0-9]{1,7}|#x[0-9a-f]{1,6});"
    r"|\[/(?:b|i|u|url|img|quote|code|color|size|font)\]",
    re.IGNORECASE,
)
_LATEX = re.compile(r"\\[A-Za-z]{2,20}\*?(?:\[[^\[\]{}\\]{0,80}\])?\{?")  # its argument may be text
_DOLLARS = re.compile(r"\$[^$]{0,300}\$")  # formulas, which belong to the text
_WIKI = re.compile(
    r"\{\{[^{}]{0,300}\}\}|\{\|[^\n|]{0,80}|\[\[[^\[\]]{0,200}\]\]|!?\[[^\[\]]{0,200}\]\([^()\s]{1,300}\)|^#{1,6}\s"
    r"|(?<![\w-])(?:class|style|href|src|colspan|rowspan|bgcolor|onclick)\s{0,2}=\s{0,2}[\"'][^\"'<>]{0,300}[\"']"
    r"|\{[^{}:;]{0,40}:[^{}:;]{1,60};[^{}]{0,300}\}"
)
_ADDRESS = re.compile(
    r"(?:(?:https?|ftp)://|(?<![A-Za-z0-9.])www\.)[^\s<>\"'“”，。；、（）【】《》\u3400-\u9fff]+"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}"
)
_ADDRESS_LETTERS = 10  # what an address counts, however long: a sentence may well give one


def tags(column: Column) -> Shares:
    """By row, how many HTML tags, entities and the like it has.

    >>> from duizhao.metrics.filter_columns import column_of
    >>> tags(column_of(["<p class='a'>two&nbsp;otters<br>", "x < y > z & w"])).tolist()
    [3.0, 0.0]
    """
    rows = _rows_with(column, (column.codes == ord("<")) | (column.codes == ord("&")) | (column.codes == ord("[")))
    return _each(column, rows, lambda text: float(len(_TAG.findall(text))))


def markup(column: Column) -> Shares:
    """By row, the share of its characters in LaTeX commands outside formulas, wiki markup, Markdown links and CSS.

    >>> from duizhao.metrics.filter_columns import column_of
    >>> markup(column_of(["\\\\section{Otters} \\\\cite{otter}", "for $\\\\alpha \\\\in A$ otters"])).round(2).tolist()
    [0.52, 0.0]
    """
    codes = column.codes
    signs = (codes == ord("\\")) | (codes == ord("{")) | (codes == ord("#"))
    for first, second in ("[[", "](", '="', "='"):
        signs[1:] |= (codes[:-1] == ord(first)) & (codes[1:] == ord(second))
    rows = _rows_with(column, signs)
    return _each(column, rows, _markup_share)


def _markup_share(text: str) -> float:
    plain = _DOLLARS.sub("", text)
    found = sum(map(len, _WIKI.findall(plain))) + sum(map(len, _LATEX.findall(plain)))
    return min(found / max(len(text), 1), 1.0)


def addresses(column: Column) -> Shares:
    """By row, the part that web and mail addresses have of its letters, each counting as ten, a Chinese one as two.

    >>> from duizhao.metrics.filter_columns import column_of
    >>> addresses(column_of(["https://otter.example/river", "代码见 https://otter.example/river"])).round(2).tolist()
    [1.0, 0.62]
    """
    codes = column.codes
    signs = codes == ord("@")
    signs[1:] |= (codes[1:] == ord("/")) & (codes[:-1] == ord("/"))
    signs[2:] |= (codes[2:] == ord(".")) & (codes[1:-1] == ord("w")) & (codes[:-2] == ord("w"))
    return _each(column, _rows_with(column, signs), _address_share)


def _address_share(text: str) -> float:
    rest, count = _ADDRESS.subn(" ", text)
    letters = sum(2 if "\u3400" <= c <= "\u9fff" else c.isalnum() for c in rest)
    return _ADDRESS_LETTERS * count / (_ADDRESS_LETTERS * count + letters) if count else 0.0


def _rows_with(column: Column, signs: Flags) -> Whole:
    """The rows in which a sign stands, each once."""
    rows = column.rows_of(np.flatnonzero(signs))
    return rows[np.flatnonzero(np.diff(rows, prepend=-1))]


def _each(column: Column, rows: Whole, measure: Callable[[str], float]) -> Shares:
    found = np.zeros(len(column.ends))
    places: list[int] = rows.tolist()
    for row in places:
        found[row] = measure(column.texts[row])
    return found
