"""TMX, the exchange format of translation memories: read from 1.0–1.4b, written as 1.4.

Source: LISA OSCAR, TMX 1.4b Specification, 2005. `xliff` shares the language tags and the plain text of here.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from typing import BinaryIO, Literal

from .errors import InputError
from .rows import Cell, Row, Table, Unit
from .xml_door import Element, Place, escape, escape_attribute, local_name, parse_with_places

Side = Literal["en", "zh"]

_TAKEN = frozenset({"en", "zh", "id", "lang_en", "lang_zh"})  # no property may pass for one of these cells
_SIDES: Mapping[str, Side] = {"en": "en", "eng": "en", "zh": "zh", "zho": "zh", "chi": "zh", "cmn": "zh"}
_SHORT = {"eng": "en", "zho": "zh", "chi": "zh"}  # ISO 639-2 codes of which BCP 47 keeps the two letters
_VERSION = re.compile(r"1(?:\.[0-4][ab]?)?")
_CODES = frozenset({"bpt", "ept", "ph", "it", "ut"})
_OURS = "x-duizhao-"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_CP = "{urn:oasis:names:tc:xliff:document:2.0}cp"


def read_tmx(data: bytes, source: str) -> Table:
    """A row for each `<tu>`, in order, with the cells "en", "zh" and "id" as far as they are there.

    Then "lang_en" and "lang_zh" where a language is more than plain "en" or "zh" ("zh-Hant", spelt as BCP 47
    does), a cell for each `<prop>` by its type without "x-", and "note". Of several variants in one language the
    first is used. Codes in the text are left out, the text of `<hi>` stays. `notes` says all that, with counts.
    Raises InputError for what is not TMX 1.

    >>> data = b'<tmx version="1.4"><body><tu><tuv lang="en"><seg>an otter</seg></tuv></tu></body></tmx>'
    >>> read_tmx(data, "a.tmx").rows
    ((Cell(name='en', text='an otter', line=1, column=45),),)
    """
    root, places = parse_with_places(data, source)
    if local_name(root) != "tmx":
        raise InputError(f"{source}:1:1", f"a <{local_name(root)[:40]}> document", "TMX, which begins with <tmx>")
    notes: list[str] = []
    given = str(root.get("version", "")).strip()
    if not given:
        notes.append("no version is declared; read as TMX 1")
    elif not _VERSION.fullmatch(given):
        raise InputError(f"{source}:1:1", f"TMX {given[:40]}", "TMX 1.0 to 1.4b")
    seen = _Seen(source)
    rows = tuple(_row(unit, where, seen) for unit, where in places.inside(root, "tu"))
    for item in root.iterfind("{*}header/*"):
        if local_name(item) in ("prop", "note"):
            text = plain_text(item, _CODES, seen.inline, f"{source}:{item.sourceline}")
            notes.append(f"header: {prop_name(item)}: {' '.join(text.split())}")
        else:
            seen.unknown[local_name(item)] += 1
    strangers = [c for c in root.iterchildren("*") if local_name(c) not in ("header", "body")]
    strangers += [c for c in root.iterfind("{*}body/*") if local_name(c) != "tu"]
    seen.unknown.update(map(local_name, strangers))
    return Table(f"TMX {given}".strip(), rows, (*notes, *seen.notes()))


def write_tmx(units: Iterable[Unit], handle: BinaryIO, *, licence: str = "") -> None:
    """Write the units as TMX 1.4 in UTF-8, one after the other; `read_tmx` gives each back exactly.

    Origins are written as `<prop type="x-duizhao-NAME">`, the licence into the header. Raises InputError naming the
    unit for a character that XML cannot hold and for an origin called like one of the cells for text and id.
    """
    tool = escape_attribute(version("duizhao"), "header")
    handle.write(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">\n'
        f'<header creationtool="duizhao" creationtoolversion="{tool}" segtype="block" o-tmf="duizhao"'
        f' adminlang="en" srclang="en" datatype="plaintext">'.encode()
    )
    if licence:
        handle.write(f'<prop type="x-licence">{escape(licence, "header")}</prop>'.encode())
    handle.write(b"</header>\n<body>\n")
    for number, unit in enumerate(units, 1):
        handle.write(_unit_xml(unit, number).encode("utf-8"))
    handle.write(b"</body>\n</tmx>\n")


def side_of(tag: str) -> Side | None:
    """Which side text in this language belongs to, None for languages other than English and Chinese.

    >>> side_of("en_GB"), side_of("ZH-hant"), side_of("cmn"), side_of("de")
    ('en', 'zh', 'zh', None)
    """
    return _SIDES.get(re.split("[-_]", tag.strip()[:40], maxsplit=1)[0].lower())


def spelt_tag(tag: str) -> str:
    """The language tag as BCP 47 spells it: language small, Script with a capital, REGION in capitals.

    >>> spelt_tag("ZH_hant-tw"), spelt_tag("eng")
    ('zh-Hant-TW', 'en')
    """
    first, *others = re.split("[-_]", tag.strip()[:40])
    cased = [part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part.lower() for part in others]
    return "-".join([_SHORT.get(first.lower(), first.lower()), *cased])


def plain_text(element: Element, codes: frozenset[str], inline: Counter[str], where: str) -> str:
    """The text of a segment without its inline elements; `inline` counts them by name.

    What stands in one of `codes` is markup of some other format, and is left out with it; of all other elements the
    text stays. XLIFF 2's `<cp hex="001A"/>` is that character. Raises InputError at `where` for half a character.
    """
    parts: list[str] = [element.text or ""]
    for child in element.iterchildren("*"):
        name = local_name(child)
        if child.tag == _CP:
            parts.append(_code_point(str(child.get("hex", "")), where))
        else:
            inline[name] += child.get("mtype") != "seg"  # XLIFF 1 marks segments so: structure, not a code
            if name in codes:
                inline.update(local_name(sub) for sub in child.iterdescendants("{*}sub"))
            else:
                parts.append(plain_text(child, codes, inline, where))
        parts.append(child.tail or "")
    return "".join(parts)


def listed(counts: Mapping[str, int]) -> str:
    """The first ten names in alphabetical order, with their counts; a name that counts 0 is not listed.

    >>> listed({"ph": 2, "bpt": 1})
    'bpt 1, ph 2'
    """
    names = sorted(name for name in counts if counts[name])
    shown = [f"{' '.join(name.split())[:40] or '(none)'} {counts[name]}" for name in names[:10]]
    return ", ".join([*shown, "…"] if len(names) > 10 else shown)


def left_out(inline: Counter[str], unknown: Counter[str]) -> Iterator[str]:
    """The notes on inline codes and unknown elements, none where there were none."""
    if total := inline.total():
        yield f"{total} inline codes were left out of the text ({listed(inline)})"
    if total := unknown.total():
        yield f"{total} elements of no known kind were left out ({listed(unknown)})"


def cell_name(name: str) -> str:
    """The name of the cell for a property called so: "en" would pass for the text.

    >>> cell_name("project"), cell_name("en")
    ('project', 'prop-en')
    """
    return f"prop-{name}" if name in _TAKEN else name


def prop_name(item: Element) -> str:
    """The name of the cell for a `<prop>` or `<note>`."""
    if local_name(item) != "prop":
        return local_name(item)
    kind = str(item.get("type", "prop"))
    name = kind.removeprefix(_OURS) if kind.startswith(_OURS) else kind.removeprefix("x-")
    return cell_name(name)


def stray_texts(element: Element) -> int:
    """How many stretches of text stand directly in an element that should hold other elements only."""
    texts = [element.text, *(child.tail for child in element)]
    return sum(bool(text and text.strip()) for text in texts)


def origin_of(unit: Unit, where: str) -> list[tuple[str, str]]:
    """The unit's origin, sorted by name; raises InputError for a name that means something else in a row."""
    for name in unit.origin:
        if name in _TAKEN:
            raise InputError(where, f"an origin called {name!r}", "another name", "Rename it.")
    return sorted(unit.origin.items())


class _Seen:
    """What reading left out or chose between, counted."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.inline: Counter[str] = Counter()
        self.other: Counter[str] = Counter()
        self.unknown: Counter[str] = Counter()
        self.counts = dict.fromkeys(_SENTENCES, 0)

    def notes(self) -> tuple[str, ...]:
        lines = [sentence.format(self.counts[name]) for name, sentence in _SENTENCES.items() if self.counts[name]]
        if self.other:
            total = sum(self.other.values())
            lines.append(f"{total} variants in other languages were left out ({listed(self.other)})")
        return (*lines, *left_out(self.inline, self.unknown))


_SENTENCES = {
    "one_sided": "{} units lack English or Chinese",
    "ambiguous": "{} units are ambiguous: several variants of one language, of which the first is used",
    "no_seg": "{} variants have no <seg>",
    "many_segs": "{} variants have several <seg>, of which the first is used",
    "stray": "{} stretches of text outside <seg> were left out",
}


def _row(unit: Element, places: dict[Element, Place], seen: _Seen) -> Row:
    sides: dict[Side, Cell] = {}
    tags: list[Cell] = []
    extra: list[Cell] = []
    ambiguous = False
    seen.counts["stray"] += stray_texts(unit)
    for child in unit.iterchildren("*"):
        name = local_name(child)
        if name in ("prop", "note"):
            extra.append(_cell(prop_name(child), child, places, seen))
        elif name != "tuv":
            seen.unknown[name] += 1
        else:
            seen.counts["stray"] += stray_texts(child)
            tag = str(child.get(_XML_LANG) or child.get("lang") or "")
            side = side_of(tag)
            segments = list(child.iterchildren("{*}seg"))
            if side is None:
                seen.other[spelt_tag(tag)] += 1
            elif not segments:
                seen.counts["no_seg"] += 1
            elif side in sides:
                ambiguous = True
            else:
                seen.counts["many_segs"] += len(segments) > 1
                sides[side] = _cell(side, segments[0], places, seen)
                if spelt_tag(tag) != side:
                    tags.append(Cell(f"lang_{side}", spelt_tag(tag), *places[child]))
                for item in child.iterchildren("{*}prop", "{*}note"):
                    extra.append(_cell(prop_name(item), item, places, seen))
    seen.counts["ambiguous"] += ambiguous
    seen.counts["one_sided"] += not ("en" in sides and "zh" in sides)
    cells = [sides[side] for side in ("en", "zh") if side in sides]
    if name := unit.get("tuid"):
        cells.append(Cell("id", str(name), *places[unit]))
    return (*cells, *tags, *extra)


def _cell(name: str, element: Element, places: dict[Element, Place], seen: _Seen) -> Cell:
    line, column = places[element]
    text = plain_text(element, _CODES, seen.inline, f"{seen.source}:{line}:{column}")
    return Cell(name, text, line, column)


def _code_point(digits: str, where: str) -> str:
    value = int(digits, 16) if re.fullmatch("[0-9A-Fa-f]{2,8}", digits) else -1
    if not 0 <= value <= 0x10FFFF or 0xD800 <= value <= 0xDFFF:
        raise InputError(where, f"the code point {digits[:20]!r}", "0000 to 10FFFF and no surrogate", "Correct it.")
    return chr(value)


def _unit_xml(unit: Unit, number: int) -> str:
    where = f"unit {unit.id[:80]!r}" if unit.id else f"unit number {number}"
    ours = "".join(
        f'<prop type="{_OURS}{escape_attribute(name, where)}">{escape(text, where)}</prop>\n'
        for name, text in origin_of(unit, where)
    )
    tuid = f' tuid="{escape_attribute(unit.id, where)}"' if unit.id else ""
    return (
        f'<tu{tuid}>\n{ours}<tuv xml:lang="en"><seg>{escape(unit.en, where)}</seg></tuv>\n'
        f'<tuv xml:lang="zh"><seg>{escape(unit.zh, where)}</seg></tuv>\n</tu>\n'
    )
