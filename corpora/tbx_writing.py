"""Terms written as a TBX-Basic termbase, version 3 (ISO 30042:2019), data categories as attributes."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from .tbx_section import EXACT, OURS, PARTS_OF_SPEECH
from .term import Term
from .xml_door import escape

_HEAD = f"""<?xml version="1.0" encoding="UTF-8"?>
<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">
<tbxHeader>
<fileDesc><sourceDesc><p>{EXACT}</p></sourceDesc></fileDesc>
<encodingDesc><p type="XCSURI">TBXBasic.xcs</p></encodingDesc>
</tbxHeader>
<text>
<body>
"""
_FOOT = "</body>\n</text>\n</tbx>\n"


def write_tbx(terms: Iterable[Term], handle: BinaryIO) -> None:
    """Write the terms as TBX-Basic in UTF-8, one entry each, in order; `read_tbx` gives each back exactly.

    What TBX-Basic has no category for stands in customer subsets that `tbx` lists. The same terms give the same
    bytes. No terms give an empty body, which other programs may refuse. Raises InputError naming the term for a
    character that XML cannot hold.

    >>> import io
    >>> write_tbx([Term("otter", "水獭")], handle := io.BytesIO())
    >>> '<langSec xml:lang="zh">\\n<termSec><term>水獭</term>' in handle.getvalue().decode()
    True
    """
    handle.write(_HEAD.encode())
    for number, term in enumerate(terms, 1):
        handle.write("".join(_entry(term, number)).encode("utf-8"))
    handle.write(_FOOT.encode())


def _entry(term: Term, number: int) -> Iterator[str]:
    where = f"term {term.en[:80]!r}"
    yield f'<conceptEntry id="c{number}">\n'
    if term.domain:
        yield f'<descrip type="subjectField">{escape(term.domain, where)}</descrip>\n'
    if term.note:
        yield f"<note>{escape(term.note, where)}</note>\n"
    flags = [name for name, stands in (("case", term.case), ("pattern", term.pattern)) if stands]
    if term.pos and term.pos not in PARTS_OF_SPEECH:
        flags.append(f"pos={term.pos}")
    yield '<langSec xml:lang="en">\n'
    yield _section(term.en, "preferred", where, pos=term.pos, flags=flags)
    yield from (_section(text, "admitted", where) for text in term.also)
    yield '</langSec>\n<langSec xml:lang="zh">\n'
    yield _section(term.zh, "preferred", where)
    yield from (_section(text, "admitted", where) for text in term.admitted)
    for item in term.forbidden:
        yield _section(item.zh, "deprecated", where, note=item.why, flags=["needs-source"] * item.needs_source)
    yield "</langSec>\n"
    if term.taiwan:
        yield '<langSec xml:lang="zh-TW">\n'
        yield from (_section(text, "admitted", where) for text in term.taiwan)
        yield "</langSec>\n"
    yield "</conceptEntry>\n"


def _section(text: str, status: str, where: str, *, pos: str = "", note: str = "", flags: Iterable[str] = ()) -> str:
    """A term section; the schema wants its term notes before everything else."""
    parts = [f"<termSec><term>{escape(text, where)}</term>"]
    if pos:
        listed = pos if pos in PARTS_OF_SPEECH else "other"
        parts.append(f'<termNote type="partOfSpeech">{listed}</termNote>')
    parts.append(f'<termNote type="administrativeStatus">{status}Term-admn-sts</termNote>')
    parts += [f'<admin type="customerSubset">{OURS}{escape(flag, where)}</admin>' for flag in flags]
    if note:
        parts.append(f"<note>{escape(note, where)}</note>")
    return "".join((*parts, "</termSec>\n"))
