"""F003: links that were lost, or can not be followed as written."""

import re
from collections.abc import Iterator

from .findings import Draft
from .masking import URL

_TLD = "com|org|io|net|edu|gov|cn|ai|dev|me|co|html?|pdf|git"
_HOST = r"[A-Za-z0-9][A-Za-z0-9.-]*(?:/[\x21-\x7e]*)?"
_BROKEN = re.compile(
    rf"https?(?:[ \t]+:[ \t]*/[ \t]*/[ \t]*|[ \t]*:[ \t]+/[ \t]*/[ \t]*|:/[ \t]+/[ \t]*|：(?://|／／)|:／／){_HOST}"
    rf"|https?://[A-Za-z0-9-][A-Za-z0-9./~%_-]*"
    rf"(?:[ \t]+\.[ \t]*[A-Za-z0-9][A-Za-z0-9-]*|\.[ \t]+(?:{_TLD})\b(?:/[\x21-\x7e]*)?)+"
    r"|https?://[ \t]+[A-Za-z0-9-]+[ \t]*\.[ \t]*[A-Za-z0-9.-]+"
    rf"|https?://[A-Za-z0-9.-]*[。．](?:{_TLD})\b[\x21-\x7e]*",
    re.IGNORECASE,
)
_NARROW = str.maketrans("：／。．", ":/..")
_ADDRESS = re.compile(r"https?://[\x21-\x7e]+…?")


def check_broken_link(text: str) -> Iterator[Draft]:
    """Findings F003: the addresses of a text that blanks or Chinese stops break; `expected` is the address repaired.

    >>> [(draft.span_zh, draft.expected) for draft in check_broken_link("见https://example . Org。")]
    [((1, 22), 'https://example.org')]
    """
    for match in _BROKEN.finditer(text):
        found = match[0].rstrip(".,;:!?")
        repaired = re.sub(r"[ \t]+", "", found).translate(_NARROW)
        head, _, rest = repaired.partition("://")
        host, slash, path = rest.partition("/")
        expected = f"{head.lower()}://{host.lower()}{slash}{path}"
        if "." not in host:
            continue  # a placeholder: https : //anonymous
        message = f"The address “{found}” can not be followed as written; blanks or a Chinese stop stand in it."
        yield Draft("F003", "warning", 0.9, None, (match.start(), match.start() + len(found)), expected, found, message)


def check_links(en: str, zh: str) -> Iterator[Draft]:
    """Findings F003: addresses broken by blanks, cut short, or given in the English and absent from the Chinese.

    "this https URL" is no address. An absent address is reported only where both sides have text.

    >>> [draft.found for draft in check_links("See https://a.org/b.", "见https://a . org/b。")]
    ['https://a . org']
    """
    broken = list(check_broken_link(zh))
    yield from broken
    for match in _ADDRESS.finditer(zh):
        if match[0].endswith(("…", "...")):
            message = f"The address “{match[0]}” is cut short."
            yield Draft("F003", "note", 0.8, None, match.span(), "", match[0], message)
    if not zh.strip():
        return
    flat = re.sub(r"\s+", "", zh).casefold()
    for match in URL.finditer(en):
        address = match[0].rstrip(".,;:!?)]}>'\"…")
        core = re.sub(r"^https?://(?:www\.)?", "", address).rstrip("/").casefold()
        if "." in core and core not in flat and not any(core.startswith(_host(draft.expected)) for draft in broken):
            span = (match.start(), match.start() + len(address))
            message = f"The address {address} of the English is absent from the Chinese."
            yield Draft("F003", "warning", 0.7, span, None, address, "", message)


def _host(address: str) -> str:
    return re.sub(r"^https?://(?:www\.)?", "", address.casefold()).split("/", maxsplit=1)[0]
