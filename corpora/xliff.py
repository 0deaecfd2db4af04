"""XLIFF, the exchange format of localisation: 1.0–1.2 and 2.0–2.1 are read, 2.0 is written.

Sources: OASIS, XLIFF Version 1.2 (2008), Version 2.0 (2014) and Version 2.1 (2018).
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from .errors import InputError
from .rows import Cell, Row, Table, Unit
from .tmx import Side, cell_name, left_out, origin_of, plain_text, side_of, spelt_tag, stray_texts
from .xml_door import Element, Place, escape, escape_attribute, local_name, parse_with_places

_VERSIONS = ("1.0", "1.1", "1.2", "2.0", "2.1")
_CODES = frozenset({"x", "bx", "ex", "bpt", "ept", "ph", "it", "sc", "ec"})
_CORE = "urn:oasis:names:tc:xliff:document:2.0"
_META = "urn:oasis:names:tc:xliff:metadata:2.0"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ID = re.compile(r"(?!duizhao-)[A-Za-z0-9_.:-]{1,200}")  # an NMTOKEN, and none that we make up ourselves
_CONTROL = re.compile("([\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff])")  # what `<cp>` is for
_SENTENCES = {
    "one_sided": "{} rows lack English or Chinese",
    "unfinished": '{} rows are unfinished (cell "state")',
    "fixed": '{} rows are not to be translated (cell "translate")',
    "guessed": "{} rows have no target language declared; it was taken for the other one",
    "unlike": "{} units are one row each, for their two sides are not cut into the same segments",
    "alternatives": "{} alternative translations were left out",
    "between": "{} stretches of text between segments were left out",
    "stray": "{} stretches of text outside <source> and <target> were left out",
    "binary": "{} binary units were left out",
}


def read_xliff(data: bytes, source: str) -> Table:
    """A row for each segment, in order, with the cells "en" and "zh" whichever of them is the source.

    Then "id" (of a unit with several segments, "unit/segment"), "name", "lang_en" and "lang_zh" where a language is
    more than plain "en" or "zh", "state" where the translation is unfinished, "translate" where it is "no", "note",
    and a cell for each property, context or item of metadata. Inline codes are left out; the text they enclose stays.
    `notes` says all that, with counts. Raises InputError for other versions and for other languages.

    >>> data = b'<xliff version="2.0" srcLang="en" trgLang="zh"><file id="f"><unit id="u"><segment>'
    >>> data += b"<source>an otter</source></segment></unit></file></xliff>"
    >>> [(cell.name, cell.text) for cell in read_xliff(data, "a.xlf").rows[0]]
    [('en', 'an otter'), ('id', 'u')]
    """
    root, places = parse_with_places(data, source)
    if local_name(root) != "xliff":
        raise InputError(f"{source}:1:1", f"a <{local_name(root)[:40]}> document", "XLIFF, which begins with <xliff>")
    given = str(root.get("version", "")).strip()
    if given not in _VERSIONS:
        raise InputError(f"{source}:1:1", f"XLIFF {given[:40] or 'of no version'}", f"XLIFF {', '.join(_VERSIONS)}")
    reader = _Reader(root, source)
    names, rows_of = (("unit",), reader.rows_2) if given >= "2" else (("trans-unit", "bin-unit"), reader.rows_1)
    rows = tuple(row for unit, where in places.inside(root, *names) for row in rows_of(unit, where))
    remarks = [
        " ".join(f"note: {note.get('category', '')} {''.join(note.itertext())}".split())
        for note in root.iter(f"{reader.namespace}note")
        if _owner(note) in ("file", "header", "group")  # a unit's own are cells of its rows
    ]
    return Table(f"XLIFF {given}", rows, (*remarks, *reader.notes()))


def write_xliff(units: Iterable[Unit], handle: BinaryIO, *, licence: str = "") -> None:
    """Write the units as XLIFF 2.0 in UTF-8, one after the other; `read_xliff` gives each back exactly.

    Origins, and ids that XLIFF does not allow, are written as metadata, the licence as a note on the file, control
    characters as `<cp hex="001A"/>`. Raises InputError naming the unit for surrogates, for control characters in an
    id or origin, and for an origin called like one of the cells for text and id.
    """
    handle.write(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<xliff xmlns="{_CORE}" xmlns:mda="{_META}" version="2.0"'
        f' srcLang="en" trgLang="zh">\n<file id="f1" xml:space="preserve">\n'.encode()
    )
    if licence:
        handle.write(f'<notes><note category="licence">{escape(licence, "licence")}</note></notes>\n'.encode())
    used: set[str] = set()
    number = 0
    for number, unit in enumerate(units, 1):
        handle.write(_unit_xml(unit, number, used).encode("utf-8"))
    if not number:
        handle.write(b'<group id="empty"/>\n')  # a file must hold something
    handle.write(b"</file>\n</xliff>\n")


class _Reader:
    """Rows of units of one file, and counts of what was left out or taken for granted."""

    def __init__(self, root: Element, source: str) -> None:
        self.root, self.source = root, source
        self.namespace = str(root.tag).removesuffix("xliff")
        self.inline: Counter[str] = Counter()
        self.unknown: Counter[str] = Counter()
        self.counts = dict.fromkeys(_SENTENCES, 0)
        self.around: dict[tuple[Element | None, str], str] = {}  # attributes of groups, looked up once

    def notes(self) -> Iterator[str]:
        for name, sentence in _SENTENCES.items():
            if self.counts[name]:
                yield sentence.format(self.counts[name])
        yield from left_out(self.inline, self.unknown)

    def rows_1(self, unit: Element, places: dict[Element, Place]) -> Iterator[Row]:
        """The rows of a `<trans-unit>`: one, or one for each segment that both sides mark."""
        if local_name(unit) == "bin-unit":
            self.counts["binary"] += 1
            return
        source, target, cut = (next(self._children(unit, name), None) for name in ("source", "target", "seg-source"))
        self._count_strangers(unit, "source target seg-source note alt-trans context-group prop-group")
        self.counts["alternatives"] += sum(1 for _ in self._children(unit, "alt-trans"))
        tags = (self._inherited(unit, "source-language"), self._inherited(unit, "target-language"))
        if target is not None and not tags[1]:
            tags = (tags[0], str(target.get(_XML_LANG, "")))
        state = str(target.get("state", "")) if target is not None else ""
        state = state if state == "new" or state.startswith("needs-") else ""
        extra = [self._cell("note", note, places) for note in self._children(unit, "note")]
        for group, item, kind in (("context-group", "context", "context-type"), ("prop-group", "prop", "prop-type")):
            for element in unit.iterfind(f"{self.namespace}{group}/{self.namespace}{item}"):
                extra.append(self._cell(cell_name(str(element.get(kind, item))), element, places))
        name = str(unit.get("id", ""))
        for mid, *two in self._segments(cut, target, places) or [("", source, target)]:
            yield self._row(unit, f"{name}/{mid}" if mid else name, tags, two, state, extra, places)

    def rows_2(self, unit: Element, places: dict[Element, Place]) -> Iterator[Row]:
        """The rows of a `<unit>`: one for each segment."""
        tags = (str(self.root.get("srcLang", "")), str(self.root.get("trgLang", "")))
        name, extra = str(unit.get("id", "")), list[Cell]()
        for note in unit.iterfind(f"{self.namespace}notes/{self.namespace}note"):
            extra.append(self._cell("note", note, places))
        for meta in unit.iterfind(f"{{{_META}}}metadata//{{{_META}}}meta"):
            kind, group = str(meta.get("type", "meta")), meta.getparent()
            if kind == "id" and group.get("category") == "duizhao":
                name = meta.text or ""
            else:
                extra.append(self._cell(cell_name(kind), meta, places))
        self._count_strangers(unit, "notes metadata originalData segment ignorable")
        for between in self._children(unit, "ignorable"):
            texts = [plain_text(side, _CODES, self.inline, self._where(places[side])) for side in between]
            self.counts["between"] += any(text.strip() for text in texts)
        segments = list(self._children(unit, "segment"))
        for number, segment in enumerate(segments, 1):
            self._count_strangers(segment, "source target")
            full = name if len(segments) == 1 else f"{name}/{segment.get('id', number)}"
            two = [next(self._children(segment, side), None) for side in ("source", "target")]
            state = "initial" if segment.get("state") == "initial" else ""
            yield self._row(unit, full, tags, two, state, extra, places)

    def _segments(
        self, cut: Element | None, target: Element | None, places: dict[Element, Place]
    ) -> list[tuple[str, Element, Element]]:
        """Mark, source and target of each segment; none unless both sides have the same, and no text around them."""
        if cut is None or target is None:
            return []
        sides: list[dict[str, Element]] = []
        codes: Counter[str] = Counter()
        alike = True
        for side in (cut, target):
            marks = list(self._marks(side))
            sides.append({str(mark.get("mid", "")): mark for mark in marks})
            inner, outer = Counter[str](), Counter[str]()
            where = self._where(places[side])
            inside = "".join(plain_text(mark, _CODES, inner, where) for mark in marks)
            whole = plain_text(side, _CODES, outer, where)
            alike &= len(marks) == len(sides[-1]) and "".join(inside.split()) == "".join(whole.split())
            codes += outer - inner
        if not alike or not sides[0] or sides[0].keys() != sides[1].keys():
            self.counts["unlike"] += any(sides)
            return []
        self.inline += codes
        return [(mid, mark, sides[1][mid]) for mid, mark in sides[0].items()]

    def _marks(self, side: Element) -> Iterator[Element]:
        """The outermost segment marks of a text; those inside another are part of its text."""
        for child in side.iterchildren("*"):
            if child.tag == f"{self.namespace}mrk" and child.get("mtype") == "seg":
                yield child
            else:
                yield from self._marks(child)

    def _row(
        self,
        unit: Element,
        name: str,
        tags: tuple[str, str],
        two: list[Element | None],
        state: str,
        extra: list[Cell],
        places: dict[Element, Place],
    ) -> Row:
        sides = self._sides(tags, places[unit])
        cells = {
            side: self._cell(side, element, places)
            for side, element in zip(sides, two, strict=True)
            if element is not None
        }
        told = {"id": name, "name": str(unit.get("name") or unit.get("resname") or "")}
        spelt = {side: spelt_tag(tag) for side, tag in zip(sides, tags, strict=True) if tag}
        told |= {f"lang_{side}": spelt[side] for side in sorted(spelt) if side in cells and spelt[side] != side}
        told |= {"state": state, "translate": "no" if self._inherited(unit, "translate") == "no" else ""}
        self.counts["one_sided"] += len(cells) < 2
        self.counts["guessed"] += not tags[1] and two[1] is not None
        self.counts["unfinished"] += bool(state)
        self.counts["fixed"] += bool(told["translate"])
        about = [Cell(key, text, *places[unit]) for key, text in told.items() if text]
        return (*(cells[side] for side in sorted(cells)), *about, *extra)

    def _sides(self, tags: tuple[str, str], place: Place) -> tuple[Side, Side]:
        first, second = side_of(tags[0]), side_of(tags[1])
        if first and not tags[1].strip():
            second = "zh" if first == "en" else "en"
        if not first or not second or first == second:
            shown = " → ".join(tag.strip()[:40] or "(none)" for tag in tags)
            raise InputError(self._where(place), f"languages {shown}", "English and Chinese, one on each side")
        return first, second

    def _count_strangers(self, element: Element, known: str) -> None:
        names = known.split()
        self.unknown.update(local_name(c) for c in element.iterchildren("*") if local_name(c) not in names)
        self.counts["stray"] += stray_texts(element)

    def _children(self, element: Element, name: str) -> Iterator[Element]:
        return iter(element.iterchildren(f"{self.namespace}{name}"))

    def _inherited(self, element: Element | None, name: str) -> str:
        """The value of an attribute here or on the nearest element around; "" for none."""
        if element is None:
            return ""
        if (value := element.get(name)) is not None:
            return str(value)
        around = (element.getparent(), name)
        if around not in self.around:
            self.around[around] = self._inherited(*around)
        return self.around[around]

    def _cell(self, name: str, element: Element, places: dict[Element, Place]) -> Cell:
        place = places[element]
        return Cell(name, plain_text(element, _CODES, self.inline, self._where(place)), *place)

    def _where(self, place: Place) -> str:
        return f"{self.source}:{place[0]}:{place[1]}"


def _owner(note: Element) -> str:
    """What a note is about, by name: XLIFF 2 keeps notes in a `<notes>`, XLIFF 1 does not."""
    holder = note.getparent()
    return local_name(holder.getparent() if local_name(holder) == "notes" else holder)


def _unit_xml(unit: Unit, number: int, used: set[str]) -> str:
    where = f"unit {unit.id[:80]!r}" if unit.id else f"unit number {number}"
    told = origin_of(unit, where)
    name = unit.id
    if name in used or not _ID.fullmatch(name):
        name = f"duizhao-{number}"
        told.insert(0, ("id", unit.id))
    used.add(name)
    metas = "".join(
        f'<mda:meta type="{escape_attribute(kind, where)}">{escape(text, where)}</mda:meta>' for kind, text in told
    )
    if metas:
        metas = f'<mda:metadata><mda:metaGroup category="duizhao">{metas}</mda:metaGroup></mda:metadata>\n'
    return (
        f'<unit id="{name}">\n{metas}<segment state="translated">\n<source>{_content(unit.en, where)}</source>\n'
        f"<target>{_content(unit.zh, where)}</target>\n</segment>\n</unit>\n"
    )


def _content(text: str, where: str) -> str:
    pieces = _CONTROL.split(text)
    pieces[::2] = [escape(piece, where) for piece in pieces[::2]]
    pieces[1::2] = [f'<cp hex="{ord(control):04X}"/>' for control in pieces[1::2]]
    return "".join(pieces)
