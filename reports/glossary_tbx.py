"""The glossary as a termbase to propose: what the documents agree on, and what is known to be wrong in them."""

import re
from collections.abc import Iterable
from typing import BinaryIO

from ..corpora import Forbidden, Term
from ..corpora.tbx_writing import write_tbx
from ..metrics import Entry, Rendering
from .summary import counted

_MADE_HERE = ("own", "field", "new")  # domains that say where a term was found, not what it is about
_ACRONYM = re.compile("(?<=.) ?[(（][A-Z][A-Za-z0-9-]{1,15}[)）]$")  # what a finding wants written once: 水獭指数(OFI)
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_glossary_tbx(handle: BinaryIO, entries: Iterable[Entry]) -> int:
    """The number of terms written as TBX; see `proposed_terms`.

    >>> from io import BytesIO
    >>> write_glossary_tbx(BytesIO(), [])
    0
    """
    terms = proposed_terms(entries)
    write_tbx(terms, handle)
    return len(terms)


def proposed_terms(entries: Iterable[Entry]) -> list[Term]:
    """A term for each entry about which something is known, in their order.

    Of a new entry the rendering is preferred, of the others what is wanted, without the acronym that a finding wants
    behind it; what a finding calls wrong is forbidden where the English stands, with a note. Entries with several
    renderings and none said to be wrong are left out, and mismatches that do not say what is wanted: somebody has to
    choose first. So are words with control characters, which are no terms and which XML can not hold.

    >>> proposed_terms([])
    []
    """
    made = (_term(entry) for entry in entries)
    return [term for term in made if term is not None]


def _term(entry: Entry) -> Term | None:
    named = [rendering for rendering in entry.renderings if rendering.zh and not _NO_XML.search(rendering.zh)]
    zh = "" if entry.section == "inconsistent" else entry.expected
    # What is consistent is listed, what is new is not: of the rest the domain has to tell.
    made = entry.section == "new" or (entry.section != "consistent" and entry.domain in _MADE_HERE)
    if entry.section == "new" or (entry.section == "consistent" and not zh):
        zh = named[0].zh if named else ""
    elif made:
        zh = _ACRONYM.sub("", zh)
    if not zh or not entry.term or _NO_XML.search(zh + entry.term):
        return None
    others = [rendering for rendering in named if rendering.zh != zh]
    return Term(
        entry.term,
        zh,
        admitted=tuple(rendering.zh for rendering in others if rendering.status == "admitted"),
        forbidden=tuple(
            Forbidden(rendering.zh, _why(rendering), True)
            for rendering in others
            if rendering.flagged and rendering.status != "admitted"
        ),
        domain="" if made or _NO_XML.search(entry.domain) else entry.domain,
        note=f"proposed: seen in {counted(entry.records, 'record')}" if entry.section == "new" else "",
    )


def _why(rendering: Rendering) -> str:
    return f"found {counted(rendering.count, 'time')} where another rendering was wanted"
