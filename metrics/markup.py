"""F004: placeholders, tags, links and code that a translation tore, translated or lost."""

import re
from collections import deque
from collections.abc import Iterator

from ..corpora import Span
from .findings import Draft, Severity
from .masking import URL, blanked
from .messages import say

_NAME = r"[A-Za-z_][A-Za-z0-9_.]{0,40}"
# What a program fills in. {word} alone may be a set or an aside; the others are nothing else.
_CERTAIN = (
    rf"\{{\{{[ ]?{_NAME}[ ]?\}}\}}|\$\{{{_NAME}\}}|%\({_NAME}\)[sdifr]|%\d\$[sdif@]"
    rf"|(?<![A-Za-z0-9_%])%[sd@](?![A-Za-z0-9])"
)
_BRACED = rf"\{{(?:\d|{_NAME})(?::[^{{}}\s]{{1,8}})?\}}(?!\}})"
_PLACEHOLDER = re.compile(rf"{_CERTAIN}|(?<![\\^_${{A-Za-z0-9}}=]){_BRACED}")
_ANYWHERE = re.compile(rf"{_CERTAIN}|(?<![{{$]){_BRACED}|%[sd@]")
_PLAIN = re.compile(r"\{[A-Za-z]+\}")
_STRING_MAX = 300  # code points; messages of programs are shorter, and a {word} of a longer text may be an aside
_SHAPES = {  # what is left of a placeholder that was torn or translated, by the signs it began with
    "{{": re.compile(r"[{｛][ \t]?[{｛][^{}｛｝\n]{1,40}[}｝][ \t]?[}｝]"),
    "${": re.compile(r"[$＄][ \t]?[{｛][^{}｛｝\n]{1,40}[}｝]"),
    "{": re.compile(r"(?<![{｛$＄])[{｛][^{}｛｝\n]{1,40}[}｝](?![}｝])"),
    "%(": re.compile(r"[%％][ \t]?[(（][^()（）\n]{1,40}[)）][ \t]?[A-Za-z]?"),
    "%": re.compile(r"[%％][ \t]?\d?[ \t]?[$＄]?[ \t]?[A-Za-z@](?![A-Za-z])"),
}
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]{0,20})((?:\s[^<>\n]{0,300})?)(/?)>")
_HTML = frozenset(
    "a abbr b big blockquote br cite code dd del div dl dt em font g h1 h2 h3 h4 h5 h6 hr i img input kbd li mark ol "
    "p ph pre q s samp small span strong sub sup table tbody td th thead tr tt u ul var x bx ex bpt ept it mrk".split()
)
_TORN_TAG = re.compile(
    r"[<＜〈][ \t]{0,2}[/／]?[ \t]{0,2}(?:[\u3400-\u9fff]{1,6}|[A-Za-z][A-Za-z0-9]{0,20})"
    r"(?:[ \t][^<>＜＞〈〉\n]{0,80})?[ \t]{0,2}[/／]?[ \t]{0,2}[>＞〉]"
)
_CODE = re.compile(r"(?<![`\w])`([^`\n]{1,80})`(?![`\w'])")
_CODELIKE = re.compile(r"[_()\[\]{}=<>/\\.:-]|[a-z][A-Z]|^\S+$")
_LINK = re.compile(r"(!?)\[([^\[\]\n]{0,200})\]\(([^()\s]{1,300})\)")
_OPENED = r"[\[［【][^\[\]［］【】\n]{0,200}(?:\][ \t]{1,3}[(（]|[］】][ \t]?[(（]|\]（)"
_TORN_LINK = re.compile(
    r"[!！][ \t]{1,3}\[[^\[\]\n]{0,200}\]\([^()\s]{1,300}\)"
    r"|\[[^\[\]\n]{0,200}\]\([^()\s\u3400-\u9fff]{1,300}）"
    rf"|{_OPENED}[ \t]?(?:https?:|[\w./-]{{1,60}}/)[^()（）\n]{{0,200}}[)）]"
)
_STRONG = re.compile(r"\*\*(?=\S)[^*\n]{1,200}?(?<=\S)\*\*")
_LOOSE_STRONG = re.compile(
    r"(?<!\*)\*[ \t]\*(?!\*)|＊＊|(?<![A-Za-z0-9*])\*\*[ \t]{1,3}[^*\s][^*\n]{0,80}?[ \t]{1,3}\*\*(?!\*)"
)


def check_markup(en: str, zh: str) -> Iterator[Draft]:
    """Findings F004: placeholders, tags, Markdown and code of the English that the Chinese lacks or has broken.

    A placeholder or tag that was changed is an error, as is a placeholder that is gone ({word}, which may be an aside,
    a warning or a note); a tag, link or code that is gone is a warning, lost emphasis a note. The span is that of what
    is left in the Chinese, else that in the English.

    >>> [(draft.found, draft.expected) for draft in check_markup("Hello, {name}! %d otters", "{姓名}，你好！%d只水獭")]
    [('{姓名}', '{name}')]
    """
    if not en.strip() or not zh.strip():
        return
    yield from _placeholders(en, zh)
    yield from _tags(en, zh)
    yield from _links(en, zh)
    yield from _code(en, zh)
    yield from _emphasis(en, zh)


def _placeholders(en: str, zh: str) -> Iterator[Draft]:
    wanted: dict[str, Span] = {}
    for match in _PLACEHOLDER.finditer(en):
        wanted.setdefault(match[0], match.span())
    if not wanted:
        return
    there = {match[0].replace(" ", "") for match in _ANYWHERE.finditer(zh)}
    left = _left_over(zh, {text.replace(" ", "") for text in wanted})
    for text, span in wanted.items():
        if text.replace(" ", "") in there:
            continue
        place = next((left[start].popleft() for start in _SHAPES if text.startswith(start) and left[start]), None)
        aside = bool(_PLAIN.fullmatch(text))
        doubtful = aside and ("\\" in en or len(en) > _STRING_MAX)
        severity: Severity = "note" if doubtful else "warning" if aside else "error"
        if place is None:
            message = say("F004.placeholder", wanted=text)
            yield Draft("F004", severity, 0.6 if aside else 0.9, span, None, text, "", message)
        else:
            found = zh[slice(*place)]
            message = say("F004.placeholder_changed", wanted=text, found=found)
            yield Draft("F004", severity, 0.75 if aside else 0.95, None, place, text, found, message)


def _left_over(zh: str, wanted: set[str]) -> dict[str, deque[Span]]:
    """By its first signs, where the Chinese has the shape of a placeholder and is none of the English's."""
    taken = bytearray(len(zh))
    for match in _ANYWHERE.finditer(zh):
        if match[0].replace(" ", "") in wanted:
            taken[match.start() : match.end()] = b"\1" * len(match[0])
    return {
        start: deque(match.span() for match in shape.finditer(zh) if not any(taken[match.start() : match.end()]))
        for start, shape in _SHAPES.items()
    }


def _tags(en: str, zh: str) -> Iterator[Draft]:
    """Tags by name. One that no tag closes and HTML does not know may be a word in angle brackets."""
    tags = list(_TAG.finditer(en))
    closed = {match[2] for match in tags if match[1] or match[4]}
    first: dict[tuple[str, str], Span] = {}
    for match in tags:
        if match[2] in closed or (match[2].lower() in _HTML and (len(match[2]) > 1 or match[3])):
            first.setdefault((match[1], match[2]), match.span())
    if not first:
        return
    there = {(match[1], match[2]) for match in _TAG.finditer(zh)}
    torn: dict[bool, deque[re.Match[str]]] = {False: deque(), True: deque()}
    for match in _TORN_TAG.finditer(zh):
        tag = _TAG.fullmatch(match[0])
        if tag is None or (tag[1], tag[2]) not in first:
            torn["/" in match[0][:4] or "／" in match[0][:4]].append(match)
    for key, span in first.items():
        text, places = en[slice(*span)], torn[bool(key[0])]
        if key in there:
            continue
        if places:
            place = places.popleft()
            message = say("F004.tag_changed", wanted=text, found=place[0])
            yield Draft("F004", "error", 0.9, None, place.span(), text, place[0], message)
        else:
            message = say("F004.tag", wanted=text)
            yield Draft("F004", "warning", 0.75, span, None, text, "", message)


def _links(en: str, zh: str) -> Iterator[Draft]:
    targets = {match[3]: match for match in _LINK.finditer(en)}
    if not targets:
        return
    for match in _TORN_LINK.finditer(zh):
        message = say("F004.link_broken", found=_short(match[0]))
        yield Draft("F004", "warning", 0.9, None, match.span(), "[…](…)", _short(match[0]), message)
    for target, match in targets.items():
        if target not in zh and not target.startswith(("http://", "https://")):  # addresses are F003's
            message = say("F004.image" if match[1] else "F004.link", target=_short(target))
            yield Draft("F004", "warning", 0.75, match.span(), None, _short(target), "", message)


def _code(en: str, zh: str) -> Iterator[Draft]:
    """Code spans. The words in them are what a reader types."""
    text = blanked(en, URL)
    flat = zh.casefold()
    there = {match[1].strip().casefold() for match in _CODE.finditer(zh)}
    for match in _CODE.finditer(text):
        code = match[1].strip()
        if (
            code
            and "'" not in code
            and (_CODELIKE.search(code) or code.count(" ") < 3)
            and not (code.casefold() in there or code.casefold() in flat)
        ):
            message = say("F004.code", code=code)
            yield Draft("F004", "warning", 0.75, match.span(), None, f"`{code}`", "", message)


def _emphasis(en: str, zh: str) -> Iterator[Draft]:
    strong = _STRONG.search(en)
    if strong is None:
        return
    torn = _LOOSE_STRONG.search(zh)
    if torn is not None and zh.count("**") < en.count("**") + 1:
        message = say("F004.emphasis_broken", found=_short(torn[0]))
        yield Draft("F004", "warning", 0.8, None, torn.span(), "**…**", _short(torn[0]), message)
    elif zh.count("**") % 2:
        at = zh.rfind("**")
        message = say("F004.asterisks")
        yield Draft("F004", "warning", 0.8, None, (at, at + 2), "**…**", "**", message)
    elif "**" not in zh and "__" not in zh and "<b" not in zh and "<strong" not in zh:
        message = say("F004.emphasis", wanted=_short(strong[0]))
        yield Draft("F004", "note", 0.6, strong.span(), None, _short(strong[0]), "", message)


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:40] + "…" + text[-16:]
