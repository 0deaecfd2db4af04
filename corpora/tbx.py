"""TBX termbases read as terms: version 2 (`<martif>`) and 3 (`<tbx>`), data categories as attributes or as elements.

Source: ISO 30042:2008 and 2019, with the dialects Core, Min and Basic. What a data category means here:

    administrativeStatus   preferred, admitted, or (deprecated, superseded) wrong; `tbx_section` knows the spellings
    xml:lang               English; Chinese; Chinese of Taiwan, Hong Kong and Macau, as geographicalUsage may say too
    subjectField           the domain
    partOfSpeech           the part of speech, of the English term first
    definition, note       the note; with a wrong Chinese term: why it is wrong
    customerSubset         what TBX has no category for, in a file that `tbx_writing` wrote

Customer subsets of ours, each at a term: `duizhao:case` and `duizhao:pattern` (Term.case, Term.pattern),
`duizhao:needs-source` (Forbidden.needs_source), `duizhao:pos=…` for a part of speech that TBX-Basic does not list.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from .errors import InputError
from .tbx_section import EXACT, Mark, Seen, TermSection, language_of, sections, stripped, values
from .term import Forbidden, PlacedTerm, Term, TermFile
from .tmx import spelt_tag
from .xml_door import Element, local_name, parse_with_places

_FOREIGN = {  # what else may come as a termbase: its name, and what to do
    "mtf": ("a MultiTerm termbase", "Export it from MultiTerm as TBX."),
    "TBX": ("a TBX-Min glossary of before 2019", "Convert it to TBX-Basic."),
    "tmx": ("a translation memory", "Give it as a document."),
    "xliff": ("an XLIFF file", "Give it as a document."),
    "html": ("a web page", "Export the terms as TBX or CSV."),
    "Workbook": ("an XML spreadsheet of Excel 2003", "Save it as .xlsx."),
    "rdf": ("an RDF vocabulary", "Export the terms as TBX or CSV."),
}
_SENTENCES = {
    "one_sided": "{} entries without an English or without a Chinese term were left out",
    "only_wrong": "{} entries that only say which term is wrong were left out",
    "wrong_en": "{} deprecated English terms were left out",
    "wrong_taiwan": "{} deprecated terms of Taiwan or Hong Kong were left out: mainland usage may differ",
    "both": "{} terms that one entry both allows and deprecates were taken as allowed",
    "taiwan_only": "{} entries have Chinese of Taiwan or Hong Kong only, which was taken as the preferred term",
    "several": "{} entries have several preferred Chinese terms, of which the first is preferred, the others admitted",
    "repeated": "{} repeated terms of an entry were left out",
    "no_term": "{} term sections without a term were left out",
    "many_terms": "{} term sections have several terms, of which the first is used",
    "stray": "{} stretches of text outside the elements for it were left out",
}


@dataclass(slots=True)
class _Sides:
    """The terms of one entry by language, and the notes of the languages."""

    en: list[TermSection] = field(default_factory=list)
    zh: list[TermSection] = field(default_factory=list)
    taiwan: list[TermSection] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    pos: list[str] = field(default_factory=list)


def read_tbx(data: bytes, source: str) -> TermFile:
    """A term for each entry with English and Chinese, in order, placed at `source:line`.

    The preferred English term, or else the first, is `en`, the others `also`; Chinese likewise `zh` and `admitted`.
    Chinese of Taiwan, Hong Kong and Macau is `taiwan`, or `zh` where there is no other. In files of other programs a
    line break inside a term is a blank, and so is one with indentation after it inside a note. What was left out or
    chosen is in `notes`, with counts. Raises InputError for what is no TBX.

    >>> read_tbx(b'<tbx><text><body/></text></tbx>', "t.tbx").notes
    ('no entries',)
    """
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:4].upper() == b"#UTX":
        raise InputError(f"{source}:1:1", "a UTX glossary", "TBX", "Save it as CSV with the columns en and zh.")
    root, places = parse_with_places(data, source)
    name = local_name(root)
    if name not in ("martif", "tbx"):
        found, do = _FOREIGN.get(name, ("", "Export the terms as TBX or CSV."))
        found = f"{found or 'a document of another kind'} (<{name[:40]}>)"
        raise InputError(f"{source}:1:1", found, "TBX, which begins with <tbx> or <martif>", do)
    exact = any("".join(p.itertext()).strip() == EXACT for p in root.iterfind("{*}tbxHeader//{*}p"))
    seen = Seen(exact, dict.fromkeys(_SENTENCES, 0))
    terms: list[PlacedTerm] = []
    entries = 0
    for entry, where in places.inside(root, "termEntry", "conceptEntry"):
        entries += 1
        if term := _term(entry, seen, f"{source}:{where[entry][0]}"):
            terms.append(PlacedTerm(term, f"{source}:{where[entry][0]}"))
    notes = seen.notes(_SENTENCES) if entries else ["no entries"]
    return TermFile(tuple(terms), tuple(notes))


def _term(entry: Element, seen: Seen, where: str) -> Term | None:
    marks = values(entry, ("langSet", "langSec"), seen, where)
    sides = _sides(entry, seen, where)
    allowed_en = [section for section in sides.en if section.status != "wrong"]
    seen.counts["wrong_en"] += len(sides.en) - len(allowed_en)
    if not sides.zh and sides.taiwan:
        seen.counts["taiwan_only"] += 1
        sides.zh, sides.taiwan = sides.taiwan, []
    if not sides.en or not sides.zh:
        seen.counts["one_sided"] += 1
        return None
    wrong = [section for section in sides.zh if section.status == "wrong"]
    allowed_zh = [section for section in sides.zh if section.status != "wrong"]
    if not allowed_en or not allowed_zh:
        seen.counts["only_wrong"] += 1
        return None
    allowed_taiwan = [section for section in sides.taiwan if section.status != "wrong"]
    seen.counts["wrong_taiwan"] += len(sides.taiwan) - len(allowed_taiwan)
    seen.counts["several"] += sum(section.status == "preferred" for section in allowed_zh) > 1
    en, *also = _unrepeated(_ordered(allowed_en), seen)
    zh, *admitted = _unrepeated(_ordered(allowed_zh), seen)
    taiwan = _unrepeated(allowed_taiwan, seen, without=(zh, *admitted))
    approved = {section.text for section in (zh, *admitted, *taiwan)}
    forbidden = _unrepeated(wrong, seen)
    if not seen.exact:
        seen.counts["both"] += sum(section.text in approved for section in forbidden)
        forbidden = [section for section in forbidden if section.text not in approved]
    domain = [mark.text for mark in marks if mark.kind == "subjectField"]
    seen.unused["subjectField"] += max(len(domain) - 1, 0)
    pos = [section.pos for section in (en, *also, zh, *admitted) if section.pos] + sides.pos
    return Term(
        en.text,
        zh.text,
        tuple(section.text for section in admitted),
        tuple(Forbidden(section.text, section.why, "needs-source" in section.flags) for section in forbidden),
        domain[0] if domain else "",
        tuple(section.text for section in also),
        "\n".join(_notes(marks, sides.notes, (en, *also, zh, *admitted, *taiwan))),
        tuple(section.text for section in taiwan),
        pos[0] if pos else "",
        "case" in en.flags,
        "pattern" in en.flags,
    )


def _sides(entry: Element, seen: Seen, where: str) -> _Sides:
    sides = _Sides()
    for language in entry.iterchildren("{*}langSet", "{*}langSec"):
        tag, side = language_of(language)
        if side is None:
            seen.other[spelt_tag(tag)] += 1
            continue
        for mark in values(language, ("tig", "ntig", "termSec"), seen, where):
            if mark.kind in ("definition", "note"):
                sides.notes.append(mark.text)
            elif mark.kind == "partOfSpeech":
                sides.pos.append(stripped(mark.text))
            else:
                seen.unused[mark.kind] += 1
        for section in sections(language, seen, where):
            if side == "en":
                sides.en.append(section)
            elif side == "taiwan" or section.usage == "taiwan":
                sides.taiwan.append(section)
            else:
                sides.zh.append(section)
    return sides


def _ordered(allowed: list[TermSection]) -> list[TermSection]:
    """The preferred term first, or else the first one; the others in their order."""
    first = next((section for section in allowed if section.status == "preferred"), allowed[0])
    return [first, *(section for section in allowed if section is not first)]


def _unrepeated(found: list[TermSection], seen: Seen, without: tuple[TermSection, ...] = ()) -> list[TermSection]:
    """Each text once, the first of them; in a file of ours everything is meant as it stands."""
    if seen.exact:
        return found
    taken = {section.text for section in without}
    kept: list[TermSection] = []
    for section in found:
        if section.text in taken:
            seen.counts["repeated"] += 1
        else:
            taken.add(section.text)
            kept.append(section)
    return kept


def _notes(marks: list[Mark], languages: list[str], allowed: tuple[TermSection, ...]) -> Iterator[str]:
    """The notes of the entry, of its languages, and of the terms that may stand, these with the term before them."""
    yield from (mark.text for mark in marks if mark.kind in ("definition", "note"))
    yield from languages
    for section in allowed:
        yield from (f"{section.text}: {note}" for note in section.notes)
