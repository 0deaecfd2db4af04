"""F003: links that were lost, or can not be followed as written."""

import re
from collections.abc import Iterator

from .findings import Draft
from .masking import URL
from .messages import say

_DOMAINS = "com|org|io|net|edu|gov|cn|ai|dev"
_TLD = _DOMAINS + "|me|co|html?|pdf|git"
_HOST = r"[A-Za-z0-9][A-Za-z0-9.-]*(?:/[\x21-\x7e]*)?"
_BROKEN = re.compile(
    rf"https?(?:[ \t]+:[ \t]*/[ \t]*/[ \t]*|[ \t]*:[ \t]+/[ \t]*/[ \t]*|:/[ \t]+/[ \t]*|：(?://|／／)|:／／){_HOST}"
    rf"|https?://[A-Za-z0-9-][A-Za-z0-9./~%_-]*"
    rf"(?:[ \t]+\.[ \t]*[A-Za-z0-9][A-Za-z0-9-]*|\.[ \t]+(?:{_TLD})\b(?:/[\x21-\x7e]*)?)+"
    r"|https?://[ \t]+[A-Za-z0-9-]+[ \t]*\.[ \t]*[A-Za-z0-9.-]+"
    rf"|https?://[A-Za-z0-9.-]*[。．](?:{_TLD})\b[\x21-\x7e]*"
    rf"|https?://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+／[\x21-\x7e]*"
    rf"|(?<![A-Za-z0-9])https?(?://|:/(?!/))(?:[A-Za-z0-9-]+\.)+(?:{_TLD})\b[\x21-\x7e]*",
    re.IGNORECASE,
)
# With no scheme only where blanks stand on both sides of two dots or more: otters . example . org
_BROKEN_HOST = re.compile(
    rf"(?<![A-Za-z0-9./@-])(?:[A-Za-z0-9-]{{2,40}}[ \t]{{1,2}}\.[ \t]{{1,2}}){{2,4}}(?:{_DOMAINS})"
    r"(?![A-Za-z0-9])(?:/[\x21-\x7e]*)?",
    re.IGNORECASE,
)
_NARROW = str.maketrans("：／。．", ":/..")
_SCHEME = re.compile(r"(https?):?/{1,2}", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[\x21-\x7e]+…?")


def check_broken_link(text: str) -> Iterator[Draft]:
    """Findings F003: the addresses of a text that blanks or Chinese stops break; `expected` is the address repaired.

    >>> [(draft.span_zh, draft.expected) for draft in check_broken_link("见https://example . Org。")]
    [((1, 22), 'https://example.org')]
    """
    end = 0
    for match in sorted((*_BROKEN.finditer(text), *_BROKEN_HOST.finditer(text)), key=_begin):
        found = match[0].rstrip(".,;:!?")
        expected = _repaired(found)
        if match.start() < end or not expected:
            continue
        end = match.start() + len(found)
        message = say("F003.broken", found=found, wanted=expected)
        yield Draft("F003", "warning", 0.9, None, (match.start(), end), expected, found, message)


def _begin(match: re.Match[str]) -> int:
    return match.start()


def _repaired(found: str) -> str:
    """The address as it was, host in lower case; "" for a placeholder, such as https : //anonymous."""
    address = re.sub(r"[ \t]+", "", found).translate(_NARROW)
    head, rest = "", address
    if scheme := _SCHEME.match(address):
        head, rest = f"{scheme[1].lower()}://", address[scheme.end() :]
    host, slash, path = rest.partition("/")
    return f"{head}{host.lower()}{slash}{path}" if "." in host else ""


def check_links(en: str, zh: str) -> Iterator[Draft]:
    """Findings F003: addresses broken by blanks, cut short, in other case, or absent from the Chinese alone.

    "this https URL" is no address. The case of a host says nothing, that of a path does. An absent address is reported
    only where both sides have text.

    >>> [draft.found for draft in check_links("See https://a.org/b.", "见https://a . org/b。")]
    ['https://a . org']
    """
    broken = list(check_broken_link(zh))
    yield from broken
    for match in _ADDRESS.finditer(zh):
        if match[0].endswith(("…", "...")):
            message = say("F003.cut", found=match[0])
            yield Draft("F003", "note", 0.8, None, match.span(), "", match[0], message)
    if not zh.strip():
        return
    joined = re.sub(r"\s+", "", zh)
    flat = joined.casefold()
    for match in URL.finditer(en):
        address = match[0].rstrip(".,;:!?)]}>'\"…")
        core = re.sub(r"^https?://(?:www\.)?", "", address).rstrip("/").casefold()
        if "." in core and core not in flat and not any(core.startswith(_host(draft.expected)) for draft in broken):
            span = (match.start(), match.start() + len(address))
            message = say("F003.absent", address=address)
            yield Draft("F003", "warning", 0.7, span, None, address, "", message)
        elif "/" in core and len(flat) == len(joined) and not broken:
            yield from _other_case(address, match.start(), joined, flat)


def _host(address: str) -> str:
    return re.sub(r"^https?://(?:www\.)?", "", address.casefold()).split("/", maxsplit=1)[0]


def _other_case(address: str, begin: int, joined: str, flat: str) -> Iterator[Draft]:
    """The address at `begin` whose path stands in the Chinese in other case; `joined` is the Chinese without blanks."""
    path = re.sub(r"^https?://[^/]*/?", "", address)
    at = flat.find(re.sub(r"^https?://(?:www\.)?", "", address).rstrip("/").casefold())
    if at >= 0 and path.rstrip("/") and path.rstrip("/") not in joined:
        found = re.match(r"[\x21-\x7e]*", joined[at:])
        shown = found[0] if found else ""
        message = say("F003.case", address=address)
        yield Draft("F003", "warning", 0.75, (begin, begin + len(address)), None, address, shown, message)
