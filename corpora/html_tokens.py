"""HTML cut into tags: what a "<" begins, what a tag's attributes say, and what each element does to the text."""

import html
import re
from html.entities import html5
from typing import NamedTuple

BLANKS = " \t\n\f\r"  # what HTML calls white space; NBSP and the ideographic blank are characters

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
PARAGRAPHS = frozenset("p pre blockquote table ul ol dl article section listing xmp".split()).union(HEADINGS)
BLOCKS = PARAGRAPHS | frozenset(
    """address aside caption center dd details dialog dir div dt fieldset figcaption figure footer form header hgroup
    legend li main menu nav optgroup summary tbody td tfoot th thead tr""".split()
)
PRE = frozenset({"pre", "listing", "xmp"})
EDGES = frozenset({"html", "head", "body", "frameset"})  # their tags end a line and do no more, wherever they stand
VOID = frozenset(
    """area base basefont bgsound br col embed frame hr img input keygen link meta param source spacer track wbr
    mspace mglyph""".split()
)
# Read as bytes up to their own end tag, whatever stands between; each with the name its count goes under.
RAW = {
    "script": "script",
    "style": "style sheet",
    "noscript": "fallback for scripts",
    "title": "page title",
    "textarea": "form control",
    "iframe": "embedded object",
    "noembed": "embedded object",
    "noframes": "embedded object",
}
FURNITURE = frozenset({"nav", "footer"})
LEFT_OUT = {
    "template": "template",
    "button": "form control",
    "select": "form control",
    "datalist": "form control",
    "meter": "form control",
    "progress": "form control",
    "svg": "embedded object",
    "object": "embedded object",
    "applet": "embedded object",
    "audio": "embedded object",
    "canvas": "embedded object",
    "video": "embedded object",
    "rt": "ruby reading",
    "rp": "ruby reading",
    "rtc": "ruby reading",
    "annotation": "formula annotation",
    "annotation-xml": "formula annotation",
}
RUBY = frozenset({"rb", "rt", "rp", "rtc"})  # each ends the one before it
_INLINE = """a abbr acronym b bdi bdo big blink cite code colgroup data del dfn em font i ins kbd label map mark
marquee math nobr noindex option output picture plaintext q rb ruby s samp shadow slot small span strike strong sub
sup time tt u var"""
# Without mask, text, image, set, view, use, line …: inside <svg> nothing is text, and outside it "<mask>" is a word.
# So are <search> and <content>, which HTML has, but papers on language models have more often.
_SVG = """animate animatetransform circle clippath defs desc ellipse feblend fecolormatrix fegaussianblur feoffset
foreignobject g lineargradient path polygon polyline radialgradient rect stop symbol textpath tspan"""
_MATH = """maction math menclose merror mfenced mfrac mi mlabeledtr mmultiscripts mn mo mover mpadded mphantom
mprescripts mroot mrow ms msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover semantics"""
KNOWN = BLOCKS | EDGES | VOID | RAW.keys() | LEFT_OUT.keys() | frozenset(f"{_INLINE} {_SVG} {_MATH}".split())

PLAIN = frozenset(_INLINE.split()) - RUBY - {"a", "math", "ruby"}  # without attributes they do nothing

# What a start tag closes without a word (HTML Standard, 13.2.6.4): looked for on top of the open blocks only.
_P = frozenset({"p"})
_ROWS = frozenset({"p", "td", "th", "tr"})
CLOSES = dict.fromkeys(BLOCKS, _P) | {
    "li": frozenset({"p", "li"}),
    "dt": frozenset({"p", "dt", "dd"}),
    "dd": frozenset({"p", "dt", "dd"}),
    "td": frozenset({"p", "td", "th"}),
    "th": frozenset({"p", "td", "th"}),
    "tr": _ROWS,
    "tbody": _ROWS | {"thead", "tbody", "tfoot", "caption"},
    "tfoot": _ROWS | {"thead", "tbody", "tfoot", "caption"},
    "thead": _ROWS | {"thead", "tbody", "tfoot", "caption"},
    **dict.fromkeys(HEADINGS, _P.union(HEADINGS)),
}

_CUSTOM = re.compile(r"[a-z][a-z0-9_.]*+(?:-[a-z][a-z0-9_.]*+)++|(?:o|v|w|x|m|st1|svg|mml|fb|g):[a-z][a-z0-9]*+")
# A closed quote is followed by a blank, "/" or ">": where it is not, an earlier quote was left open. At most 400
# attributes, so that a page of nothing but quotes is still read in linear time.
_TAG = re.compile(
    r"""<(/?)([A-Za-z][A-Za-z0-9:_.-]*+)(?=[ \t\n\f\r/>])"""
    r"""((?:[^<>=]++|=[ \t\n\f\r]*+(?:"[^"]*+"(?=[ \t\n\f\r/>])|'[^']*+'(?=[ \t\n\f\r/>])|(?!["'])))"""
    r"""{0,800}+)>"""
)
_OPENING = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:_.-]*+)(?=[ \t\n\f\r/>])")
_ATTRIBUTE = re.compile(
    r"""([^ \t\n\f\r=/>]++)(?:[ \t\n\f\r]*+=[ \t\n\f\r]*+(?:"([^"]*+)"|'([^']*+)'|([^ \t\n\f\r>]++)))?+"""
)
# The same pattern as html.unescape, so that references can be decoded one by one and keep their places.
REFERENCE = re.compile(r"&(?:#[0-9]++;?|#[xX][0-9a-fA-F]++;?|[^\t\n\f <&#;]{1,32}+;?)")
_ATTRIBUTE_REFERENCE = re.compile(r"(&(?:#[0-9]++;?|#[xX][0-9a-fA-F]++;?|[A-Za-z][A-Za-z0-9]*+;?))(=?)")
_HIDING_STYLE = re.compile(r"(?:display\s*+:\s*+none|visibility\s*+:\s*+hidden)\b", re.IGNORECASE)
SHOWN_BY_SCRIPT = "element sent hidden for a script to show"
_WECHAT_ARTICLE = "js_content"  # its style says visibility: hidden; a script takes that away


class Tag(NamedTuple):
    """A tag: its name in lower case, the source of its attributes, where it ends; `mended` if a quote was open."""

    is_end: bool
    name: str
    attributes: str
    end: int
    mended: bool = False


def tag_at(text: str, at: int) -> Tag | None:
    """The tag that begins with the "<" at `at`; None where that is a bare sign: no known name, no ">" of its own.

    >>> tag_at("a<b>c", 1), tag_at("x < y", 2)
    (Tag(is_end=False, name='b', attributes='', end=4, mended=False), None)
    """
    if match := _TAG.match(text, at):
        slash, name, source = match.groups()
        name = name.lower()
        if name in KNOWN or _CUSTOM.fullmatch(name):
            return Tag(slash == "/", name, source, match.end())
        return None
    if (match := _OPENING.match(text, at)) is None:
        return None
    name = match[2].lower()
    begin = match.end()
    stop = text.find("<", begin)
    end = text.find(">", begin, stop if stop >= 0 else len(text))
    if end < 0 or not (name in KNOWN or _CUSTOM.fullmatch(name)):
        return None
    return Tag(match[1] == "/", name, text[begin:end], end + 1, mended=True)


def attributes(source: str) -> dict[str, str]:
    """The attributes of a tag by name in lower case, decoded; the first of two of one name, "" where no value is.

    >>> attributes(' href="/?a=1&amp;b" HIDDEN')
    {'href': '/?a=1&b', 'hidden': ''}
    """
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(source):
        value = double or single or bare.lstrip("\"'")  # a bare value begins with a quote where that was left open
        found.setdefault(name.lower(), _ATTRIBUTE_REFERENCE.sub(_in_attribute, value))
    return found


def decoded(reference: str) -> str:
    """What one match of `REFERENCE` spells, as html.unescape has it; "" for a control character no page may hold.

    >>> decoded("&lt;"), decoded("&notit;"), decoded("&#0;")
    ('<', '¬it;', '\ufffd')
    """
    if (character := html5.get(reference[1:])) is not None:
        return character
    if len(reference) > 40:  # html.unescape counts on int(), which refuses 4,300 digits
        number = reference.rstrip(";").lstrip("&#xX0")
        if len(number) > 8:
            return "\ufffd"
        reference = f"&#{'x' if reference[2] in 'xX' else ''}{number or '0'};"
    return html.unescape(reference)


def hidden_as(name: str, source: str) -> str | None:
    """The name under which an element that its attributes hide is counted; None for one that shows.

    `SHOWN_BY_SCRIPT` is that of one to be read all the same: the article of a WeChat page.
    `aria-hidden` hides nothing from a reader, save the second copy of a formula that KaTeX draws.
    """
    lower = source.lower()
    if "hidden" not in lower and "none" not in lower and name != "dialog":
        return None
    found = attributes(source)
    if "hidden" in found or (name == "dialog" and "open" not in found):
        return "hidden element"
    if _HIDING_STYLE.search(found.get("style", "")):
        return SHOWN_BY_SCRIPT if found.get("id") == _WECHAT_ARTICLE else "hidden element"
    return "drawn formula" if "katex-html" in found.get("class", "").split() else None


def _in_attribute(match: re.Match[str]) -> str:
    """A name without ";" is no reference before "=", a letter or a digit: "?a=1&copy=2" holds none."""
    reference, equals = match[1], match[2]
    if reference[1] == "#":
        return decoded(reference) + equals
    if equals and not reference.endswith(";"):
        return match[0]
    return html5.get(reference[1:], reference) + equals
