"""F004: Latin names of the Chinese text that lost a sign, were torn in two, or had a full stop put inside.

Most of what looks so is custom: 3D Conv for 3D-Conv, dataset beside data set. Only what changes the name is reported.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from ..corpora import Span
from .findings import Draft
from .masking import CODE, URL, blanked
from .messages import say
from .words_en import count_en

_SIGNED = re.compile(r"(?<![\w$\\{/.+@-])([A-Za-z][A-Za-z0-9]{0,30})(\+{1,2}|#)(?![\w+#(]|[ ](?:\d|[A-Z](?![A-Za-z])))")
_FORM = re.compile(r"(?<![A-Za-z0-9_])([A-Za-z][A-Za-z0-9]{0,30})(?![A-Za-z0-9_])([ \u200b]{0,2}[+#*])?")
_DOTTED = re.compile(r"(?<![\w$\\{/.+@·-])[A-Za-z0-9]{1,30}(?:[·_][A-Za-z0-9]{1,30}){1,4}(?![\w·])")
_DOTTED_LOOSE = re.compile(r"[A-Za-z0-9]{1,30}(?:[ \u200b]?[·_][ \u200b]?[A-Za-z0-9]{1,30}){1,4}")
_ALNUM = re.compile(r"(?<![A-Za-z0-9_])[A-Za-z0-9]{1,30}(?![A-Za-z0-9_])")
_WIDE = str.maketrans("＋＃・•‧．＿", "+#···._")
_TOKEN = re.compile(r"(?<![A-Za-z0-9_\-./@\\$+·])[A-Za-z][A-Za-z0-9]{0,30}(?![A-Za-z0-9_@\\+]|[-./·][A-Za-z0-9])")
_INNER = re.compile(r"(?<![A-Za-z0-9_\-./@\\$+·])[A-Za-z]{2,20}[·-][A-Za-z]{1,20}(?![A-Za-z0-9_@\\+·-])")
_ABBREVIATED = frozenset(
    "al etc eg ie vs cf e g i fig figs eq eqs sec ch no vol pp ed eds st dr mr mrs ms inc ltd co corp approx resp jr "
    "prof et ca viz tab ref refs app dept univ wrt w r t a s p m d b c f h j k l n o q u v x y z".split()
)
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_STOP = re.compile(
    rf"(?<![A-Za-z0-9_./@\\$-])([A-Za-z][A-Za-z0-9-]{{1,30}})[{_RAISED}]{{0,3}}\.[ ]{{1,2}}"
    r"([a-z]{2,20}(?: [a-z]{2,20}){0,2})(?![A-Za-z0-9_./@:=(\\-])"
)
_HAN = re.compile("[\u3400-\u9fff]")


def check_name_signs(en: str, zh: str) -> Iterator[Draft]:
    """Findings F004: names of the English whose sign is gone in the Chinese, so that they name another thing.

    PointNet++ → PointNet, C# → C and DALL·E → DALL E are warnings. A name that stands less often in the Chinese
    than in the English is left alone: a name without the sign may be meant.

    >>> [(draft.found, draft.expected) for draft in check_name_signs("OtterNet++ wins", "OtterNet获胜")]
    [('OtterNet', 'OtterNet++')]
    """
    source, target = (blanked(text, URL, CODE).translate(_WIDE) for text in (en, zh))
    yield from _sign_behind(source, target, zh)
    yield from _sign_inside(source, target, zh)


def _sign_behind(source: str, target: str, zh: str) -> Iterator[Draft]:
    if not _SIGNED.search(source):
        return
    bare_en, signed_en = _forms(source)
    bare_zh, signed_zh = _forms(target)
    said: set[str] = set()
    for match in _SIGNED.finditer(source):
        name = match[1].casefold()
        if name in said or (len(match[1]) == 1 and match[1].islower()):
            continue
        said.add(name)
        # Where the English has both forms, all of both must stand in the Chinese, and none with its sign.
        wanted = len(bare_en.get(name, ())) + len(signed_en.get(name, ()))
        if name not in signed_zh and 0 < wanted <= len(bare_zh.get(name, ())):
            yield _lost(bare_zh[name][0], zh, match[0])


def _sign_inside(source: str, target: str, zh: str) -> Iterator[Draft]:
    if not _DOTTED.search(source):
        return
    said: set[str] = set()
    right = {re.sub("[ \u200b]", "", match[0]).casefold() for match in _DOTTED_LOOSE.finditer(target)}
    apart = _joined(target)
    usual = _joined(source)
    for match in _DOTTED.finditer(source):
        name = match[0].casefold()
        key = re.sub("[·_]", "", name)
        if name in said or name in right or match[0].islower() or match[0].isdigit():
            continue
        said.add(name)
        if key in apart and key not in usual:
            yield _lost(apart[key], zh, match[0])


def _forms(text: str) -> tuple[dict[str, list[Span]], dict[str, list[Span]]]:
    """Where each Latin word stands without a sign behind it, and where with one."""
    bare: dict[str, list[Span]] = {}
    signed: dict[str, list[Span]] = {}
    for match in _FORM.finditer(text):
        (signed if match[2] else bare).setdefault(match[1].casefold(), []).append(match.span(1))
    return bare, signed


def _joined(text: str) -> dict[str, Span]:
    """Where up to five Latin words stand with one blank between them or none, by their letters alone."""
    words = [match.span() for match in _ALNUM.finditer(text)]
    found: dict[str, Span] = {}
    for k, (begin, end) in enumerate(words):
        key = ""
        for a, b in words[k : k + 5]:
            if key and text[end:a] != " ":
                break
            key += text[a:b].casefold()
            end = b
            found.setdefault(key, (begin, end))
    return found


def _lost(span: tuple[int, int], zh: str, meant: str) -> Draft:
    found = zh[slice(*span)]
    message = say("F004.name", wanted=meant, found=found)
    return Draft("F004", "warning", 0.8, None, span, meant, found, message, meant)


def check_torn_names(zh: str) -> Iterator[Draft]:
    """Findings F004 of one whole document: Latin names that a full stop or a blank tears apart.

    A blank tears a name if the document also writes it as one word (deep mind beside Deepmind). A full stop does if a
    word in lower case follows in the middle of Chinese. Warnings; spans are in the text given.

    >>> text = "Ottermind的模型。另一个otter mind模型，来自heron⁴. river mind的水獭"
    >>> [draft.found for draft in check_torn_names(text)]
    ['otter mind', 'heron⁴. river mind']
    """
    text = blanked(zh, URL, CODE)
    stops: list[Draft] = []
    for match in _STOP.finditer(text):
        first, second = match[1], match[2]
        before, after = text[max(0, match.start() - 2) : match.start()], text[match.end() : match.end() + 2].lstrip(" ")
        if first.lower() in _ABBREVIATED or not _HAN.search(before) or not _HAN.match(after) or "\n" in before:
            continue
        found = zh[slice(*match.span())]
        message = say("F004.stop", found=found, first=first, second=second)
        stops.append(Draft("F004", "warning", 0.75, None, match.span(), "", found, message))
    inside = {at for draft in stops if draft.span_zh for at in range(*draft.span_zh)}
    yield from (draft for draft in _apart(text, zh) if draft.span_zh and draft.span_zh[0] not in inside)
    yield from stops


def _apart(text: str, zh: str) -> Iterator[Draft]:
    tokens = list(_TOKEN.finditer(text))
    joined: dict[str, str] = {}
    for token in tokens:
        joined.setdefault(token[0].casefold(), token[0])
    for inner in _INNER.finditer(text):
        joined.setdefault(re.sub("[·-]", "", inner[0]).casefold(), inner[0])
    said: set[str] = set()
    for one, other in pairwise(tokens):
        if text[one.end() : other.start()] != " ":
            continue
        first, second = one[0], other[0]
        whole = joined.get((first + second).casefold())
        if whole is None or (first + second).casefold() in said:
            continue
        low = (first + second).lower()
        if not any(c.isupper() for c in whole) or count_en(low) or low.isdigit():
            continue  # dataset, data set: two spellings of a word
        if _is_phrase(first, second, whole):
            continue
        said.add(low)
        found = zh[one.start() : other.end()]
        message = say("F004.apart", found=found, wanted=whole)
        yield Draft("F004", "warning", 0.75, None, (one.start(), other.end()), whole, found, message, whole)


def _is_phrase(first: str, second: str, whole: str) -> bool:
    """Whether both spellings are usual: Deep Lab, GPT-3 and GPT 3, Fine Tuning."""
    return bool({"-"} & set(whole)) and second.isalpha() and len(second) > 1
