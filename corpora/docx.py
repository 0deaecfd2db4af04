"""Word documents (.docx) as readable text: a paragraph a line, soft line breaks kept, tracked changes accepted."""

import re
import struct
import unicodedata
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass, field
from io import BytesIO
from typing import NamedTuple

import lxml.etree as etree

from .errors import InputError, LimitError
from .page import Page, PageWriter
from .xml_door import Element, parse_xml

_MOST_BYTES = 512 * 2**20  # unpacked
_MOST_RATIO, _HARMLESS = 200, 10 * 2**20  # unpacked to packed; below so many bytes any ratio will do
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError),
    *(RuntimeError, NotImplementedError, ValueError, OverflowError),
)
_DO = "Save it as .docx."

# Namespaces by the prefix they have in every Word file; of two, the second is that of "strict" files.
_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/drawingml/2006/picture": "pic",
    "http://purl.oclc.org/ooxml/drawingml/picture": "pic",
    "urn:schemas-microsoft-com:vml": "v",
}
_OTHERS = (
    ("xl/", "an Excel file"),
    ("ppt/", "a PowerPoint file"),
    ("META-INF/container.xml", "an EPUB"),
    ("content.xml", "an OpenDocument file"),
)
_HEADING = re.compile(r"(?:heading|标题) ?([1-9])|(title|标题)", re.IGNORECASE)
_HYPERLINK = re.compile(r'\s*HYPERLINK\s+"([^"]*)"', re.IGNORECASE)
_SKIPPED = frozenset(
    "w:pPr w:rPr w:sectPr w:tblPr w:tblGrid w:trPr w:tcPr w:sdtPr w:sdtEndPr w:rubyPr w:delText".split()
)
_COUNTED = {
    "w:tbl": "table{s} read cell by cell",
    "m:oMath": "formula{s} read as their characters only",
    "w:footnoteReference": "footnote{s} not read",
    "w:endnoteReference": "endnote{s} not read",
    "w:commentReference": "comment{s} not read",
    "w:altChunk": "embedded document{s} not read",
    "w:object": "embedded object{s} not read",
    "pic:pic": "picture{s} not read",
    "v:imagedata": "picture{s} not read",
}
_SIGNS = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}
_SYMBOL_FONTS = ("symbol", "wingdings", "webdings", "mt extra", "zapfdingbats")
_UNKNOWN = "\ufffd"  # stands for a character of a symbol font


class _Style(NamedTuple):
    """What a style says itself: its name, the style it is based on, its outline level, whether its text is hidden."""

    name: str
    based_on: str
    outline: str
    hidden: bool | None


@dataclass(slots=True)
class _Paragraph:
    """A paragraph that is being read: its number and level, its pieces, its links and the text boxes in it."""

    number: int
    level: int = 0
    style: str = ""
    length: int = 0
    pieces: list[tuple[str, int, int]] = field(default_factory=list)  # text, number of the paragraph, column
    links: list[tuple[int, int, str]] = field(default_factory=list)  # first piece, piece behind the last, address
    boxes: "list[_Paragraph]" = field(default_factory=list)

    def add(self, text: str) -> None:
        """Append text; a piece that would compose with the last character is one with its piece."""
        last = self.pieces[-1] if self.pieces else None
        if last and text and not _stay_apart(last[0][-1], text[0]):
            self.pieces[-1] = (last[0] + text, last[1], last[2])
        elif text:
            self.pieces.append((text, self.number, self.length + 1))
        self.length += len(text)

    def link(self, begin: int, url: str) -> None:
        """Say that the pieces from `begin` on lead to this address."""
        end = len(self.pieces)
        while end > begin and self.pieces[end - 1][0] == "\n":
            end -= 1
        while begin < end and self.pieces[begin][0] == "\n":
            begin += 1
        if begin < end:
            self.links.append((begin, end, url))


@dataclass(slots=True)
class _Field:
    """A field: its code as far as read, and the paragraph and piece its result begins with (none: still the code)."""

    code: list[str] = field(default_factory=list)
    paragraph: _Paragraph | None = None
    begin: int = 0


def read_docx(data: bytes, source: str) -> Page:
    """The text of a Word document as after accepting all changes; notes say with counts what was not read.

    Paragraphs are separated by a blank line. A line break, page break or column break ends the line, not the
    paragraph. Headings, by style or outline level, begin with "# " to "###### ". Table cells are paragraphs, in row
    order; a text box follows the paragraph it is anchored in. The line of a place is the number of its `w:p` in
    word/document.xml, the column a character's number in it, both from 1. Raises InputError for anything that is no
    Word document, LimitError for one that unpacks to more than 512 MiB or 200 times its size.
    Source: ECMA-376 part 1 (WordprocessingML) and part 3 (alternate content).

    >>> read_docx(b"{\\\\rtf1 otter}", "a.docx")
    Traceback (most recent call last):
    duizhao.corpora.errors.InputError: a.docx: an RTF file; wanted a Word document (.docx). Save it as .docx.
    """
    archive = _archive(data, source)
    main = _main_part(archive, source)
    reader = _Reader(_styles(archive, source), _links(archive, main, source))
    root = parse_xml(_part(archive, main, source), f"{source}:{main}")
    if _name(root) != "w:document":
        raise InputError(f"{source}:{main}", f"a root element {_name(root)[:60]}", "w:document", _DO)
    for kind in ("header", "footer"):
        pattern = re.compile(rf"word/{kind}\d*\.xml")
        reader.counts[f"{kind}{{s}} not read"] = sum(bool(pattern.fullmatch(name)) for name in archive.namelist())
    return reader.read(root)


def _archive(data: bytes, source: str) -> zipfile.ZipFile:
    """The archive, refused where it is none, locked, or unpacks to too much."""
    found = ""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        found = "an encrypted Office file" if locked else "an old Office file (.doc)"
    elif data.startswith(b"{\\rtf"):
        found = "an RTF file"
    elif data.startswith(b"%PDF"):
        found = "a PDF"
    elif not data.startswith(b"PK"):
        found = "no ZIP archive" if data else "an empty file"
    if found:
        raise InputError(source, found, "a Word document (.docx)", _DO)
    try:
        archive = zipfile.ZipFile(BytesIO(data))
        entries = archive.infolist()
    except _BROKEN as error:
        raise InputError(source, "a broken ZIP archive", "a Word document (.docx)", _DO) from error
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > _MOST_BYTES or (unpacked > _HARMLESS and unpacked > _MOST_RATIO * len(data)):
        raise LimitError(
            source,
            f"{unpacked // 2**20} MiB packed into {len(data) // 1024} KiB",
            f"at most {_MOST_BYTES // 2**20} MiB and {_MOST_RATIO} times its size",
        )
    if any(entry.flag_bits & 1 for entry in entries):
        raise InputError(source, "a ZIP archive with a password", "a Word document (.docx)", _DO)
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise InputError(source, "a ZIP archive packed in another way than Word packs", "a Word document (.docx)", _DO)
    return archive


def _main_part(archive: zipfile.ZipFile, source: str) -> str:
    """The name of the part that holds the text: word/document.xml, or what the archive calls its document."""
    names = set(archive.namelist())
    if "word/document.xml" in names:
        return "word/document.xml"
    if "_rels/.rels" in names:
        for kind, target in _relationships(archive, "_rels/.rels", source).values():
            name = target.removeprefix("/")
            if kind.endswith("/officeDocument") and name.startswith("word/") and name in names:
                return name
    found = next((said for begin, said in _OTHERS if any(name.startswith(begin) for name in names)), "")
    raise InputError(source, found or "a ZIP archive that is no Word document", "a Word document (.docx)", _DO)


def _part(archive: zipfile.ZipFile, name: str, source: str) -> bytes:
    try:
        return archive.read(name)  # never more than its entry says, and that was checked
    except _BROKEN as error:
        raise InputError(f"{source}:{name}", "cannot be unpacked", "a whole Word document (.docx)", _DO) from error


def _relationships(archive: zipfile.ZipFile, name: str, source: str) -> dict[str, tuple[str, str]]:
    """Type and target of each relationship in a part, by id."""
    root = parse_xml(_part(archive, name, source), f"{source}:{name}")
    return {
        str(each.get("Id", "")): (str(each.get("Type", "")), str(each.get("Target", "")))
        for each in root.iter("{*}Relationship")
    }


def _links(archive: zipfile.ZipFile, main: str, source: str) -> dict[str, str]:
    """The addresses of the web that the document links to, by id."""
    folder, _, file = main.rpartition("/")
    name = f"{folder}/_rels/{file}.rels"
    if name not in archive.namelist():
        return {}
    found = _relationships(archive, name, source)
    return {key: target for key, (kind, target) in found.items() if kind.endswith("/hyperlink") and _is_web(target)}


def _styles(archive: zipfile.ZipFile, source: str) -> dict[str, _Style]:
    """The styles by id."""
    if "word/styles.xml" not in archive.namelist():
        return {}
    root = parse_xml(_part(archive, "word/styles.xml", source), f"{source}:word/styles.xml")
    styles: dict[str, _Style] = {}
    for style in root:
        if _name(style) == "w:style":
            based_on, outline = _value(style, "w:basedOn"), _value(style, "w:pPr", "w:outlineLvl")
            styles[_attribute(style, "styleId")] = _Style(
                _value(style, "w:name"), based_on, outline, _switch(_child(style, "w:rPr", "w:vanish"))
            )
    return styles


class _Reader:
    """One pass over the tree, from element to element; nothing recurses."""

    def __init__(self, styles: dict[str, _Style], links: dict[str, str]) -> None:
        self.styles, self.links = styles, links
        self.writer = PageWriter()
        self.number = 0
        self.open: list[_Paragraph] = []  # a text box holds paragraphs within a paragraph
        self.carried: _Paragraph | None = None  # its end was deleted: it goes on in the next one
        self.anchors: list[tuple[_Paragraph | None, int, str]] = []  # links begun: where, and their addresses
        self.fields: list[_Field] = []
        self.coding = 0  # fields whose code, which is no text, is going on
        self.chosen: set[Element] = set()  # of alternatives, the ones that are read
        self.counts: Counter[str] = Counter()

    def read(self, root: Element) -> Page:
        """The page."""
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            name = _name(element)
            if event == "end":
                self._end(element, name)
            elif self._is_left_out(element, name):
                walk.skip_subtree()
            else:
                self._start(element, name)
        self.writer.end_line()
        return self.writer.page(
            *(f"{n} {what.format(s='s' if n > 1 else '')}" for what, n in sorted(self.counts.items()) if n)
        )

    def _is_left_out(self, element: Element, name: str) -> bool:
        """Whether nothing below this element is read; counts what is lost."""
        if name in _SKIPPED:
            return True
        said = ""
        if name in ("w:del", "w:moveFrom"):
            said = "deleted passage{s} left out"
        elif name == "w:tr" and _child(element, "w:trPr", "w:del") is not None:
            said = "deleted table row{s} left out"
        elif name == "w:tc" and _child(element, "w:tcPr", "w:cellDel") is not None:
            said = "deleted table cell{s} left out"
        elif name == "w:r" and self._is_hidden(element):
            said = "hidden passage{s} left out"
        elif name == "w:rt":
            said = "ruby annotation{s} left out"
        elif not (name in ("mc:Choice", "mc:Fallback") and element not in self.chosen):
            return False
        below = [(each, _name(each)) for each in element.iter("{*}p", "{*}t", "{*}delText", "{*}fldChar")]
        self.number += sum(each == "w:p" for _, each in below)
        if said and any(each in ("w:t", "w:delText", "m:t") and one.text for one, each in below):
            self.counts[said] += 1
        if said:
            for one, each in below:
                if each == "w:fldChar":
                    self._field(_attribute(one, "fldCharType"))
        return True

    def _start(self, element: Element, name: str) -> None:
        if name == "w:p":
            self._begin_paragraph(element)
        elif name in ("w:t", "m:t"):
            text = (element.text or "").replace("\r", " ").replace("\n", " ")
            if element.get("{http://www.w3.org/XML/1998/namespace}space") != "preserve" and name == "w:t":
                text = text.strip(" \t")
            self._add(text)
        elif name in _SIGNS:
            self._add(_SIGNS[name])
        elif name == "w:sym":
            self._add(self._symbol(element))
        elif name == "w:fldChar":
            self._field(_attribute(element, "fldCharType"))
        elif name == "w:instrText" and self.fields:
            self.fields[-1].code.append(element.text or "")
        elif name in ("w:hyperlink", "w:fldSimple"):
            here = self.open[-1] if self.open else None
            self.anchors.append((here, len(here.pieces) if here else 0, self._address(element, name)))
        elif name == "mc:AlternateContent" and (chosen := _alternative(element)) is not None:
            self.chosen.add(chosen)
        if name in _COUNTED:
            self.counts[_COUNTED[name]] += 1

    def _end(self, element: Element, name: str) -> None:
        if name == "w:p":
            self._end_paragraph(element)
        elif name in ("w:hyperlink", "w:fldSimple"):
            paragraph, begin, url = self.anchors.pop()
            if paragraph and url:
                paragraph.link(begin, url)
        elif name in ("mc:Choice", "mc:Fallback"):
            self.chosen.discard(element)

    # Paragraphs

    def _begin_paragraph(self, element: Element) -> None:
        self.number += 1
        style = _value(element, "w:pPr", "w:pStyle")
        direct = _value(element, "w:pPr", "w:outlineLvl")
        paragraph = _Paragraph(self.number, _outline(direct) if direct else self._level(style), style)
        if before := self.carried:
            paragraph.pieces, paragraph.links, paragraph.boxes = before.pieces, before.links, before.boxes
            self.carried = None
        self.open.append(paragraph)

    def _end_paragraph(self, element: Element) -> None:
        paragraph = self.open.pop()
        marks = _child(element, "w:pPr", "w:rPr")
        following = element.getnext()
        deleted = marks is not None and any(_name(mark) in ("w:del", "w:moveFrom") for mark in marks)
        if deleted and following is not None and _name(following) == "w:p":
            if paragraph.pieces:
                self.counts["paragraph{s} joined to the next, their ends being deleted"] += 1
            self.carried = paragraph
        elif self.open:
            self.open[-1].boxes.append(paragraph)
        else:
            self.fields.clear()  # the code of a field ends with its paragraph, or nothing after it would be read
            self.coding = 0
            self._emit(paragraph)

    def _emit(self, paragraph: _Paragraph) -> None:
        """Write a paragraph, then the text boxes in it."""
        waiting = [paragraph]
        while waiting:
            here = waiting.pop()
            waiting += reversed(here.boxes)
            if any(text.strip() for text, _, _ in here.pieces):
                self.writer.blank_line()
                self._write(here)

    def _write(self, paragraph: _Paragraph) -> None:
        prefix = "#" * min(paragraph.level, 6) + " " if paragraph.level else ""
        ends: dict[int, list[tuple[int, str]]] = {}
        for begin, end, url in paragraph.links:
            ends.setdefault(end, []).append((begin, url))
        starts: list[int] = []
        begun = False  # a line break before any text breaks nothing
        for text, line, column in paragraph.pieces:
            if text != "\n":
                if prefix and self.writer.last in ("", "\n"):
                    self.writer.write(prefix, line, column)
                starts.append(self.writer.length)
                self.writer.write(text, line, column)
                begun = True
            else:
                starts.append(self.writer.length)
                if begun and self.writer.last == "\n":
                    self.writer.blank_line()
                elif begun:
                    self.writer.end_line()
            for begin, url in ends.get(len(starts), ()):
                self.writer.link(starts[begin], url)

    def _add(self, text: str) -> None:
        if self.coding:
            return
        if self.open:
            self.open[-1].add(text)
        elif text.strip():
            self.counts["stretch{s} of text outside any paragraph left out"] += 1

    # What styles, fields and symbols say

    def _chain(self, style: str) -> list[_Style]:
        """A style and those it is based on, nearest first; at most 50, so that a circle ends."""
        chain: list[_Style] = []
        while style in self.styles and len(chain) < 50:
            chain.append(self.styles[style])
            style = chain[-1].based_on
        return chain

    def _level(self, style: str) -> int:
        """The heading level that a style gives: 1 to 9, 0 for none."""
        for each in self._chain(style) or [_Style(style, "", "", None)]:
            if each.outline:
                return _outline(each.outline)
            if match := _HEADING.fullmatch(each.name):
                return int(match[1] or 1)
        return 0

    def _is_hidden(self, run: Element) -> bool:
        properties = _child(run, "w:rPr")
        if properties is not None and (said := _switch(_child(properties, "w:vanish"))) is not None:
            return said
        own = _value(properties, "w:rStyle") if properties is not None else ""
        for style in (own, self.open[-1].style if self.open else ""):
            for each in self._chain(style):
                if each.hidden is not None:
                    return each.hidden
        return False

    def _symbol(self, element: Element) -> str:
        code = _attribute(element, "char")
        number = int(code, 16) if re.fullmatch("[0-9A-Fa-f]{1,6}", code) else 0
        font = _attribute(element, "font").lower()
        shown = chr(number) if 0x20 < number < 0x110000 and not font.startswith(_SYMBOL_FONTS) else ""
        if shown and unicodedata.category(shown)[0] in "LNPSM":  # not private, not half a character
            return shown
        self.counts[f"symbol{{s}} of a symbol font shown as {_UNKNOWN}"] += 1
        return _UNKNOWN

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append(_Field())
            self.coding += 1
        elif kind == "separate" and self.fields and not self.fields[-1].paragraph and self.open:
            self.fields[-1].paragraph = self.open[-1]
            self.fields[-1].begin = len(self.open[-1].pieces)
            self.coding -= 1
        elif kind == "end" and self.fields:
            ended = self.fields.pop()
            if not ended.paragraph:
                self.coding -= 1
            elif self.open and ended.paragraph is self.open[-1] and (url := _field_address("".join(ended.code))):
                ended.paragraph.link(ended.begin, url)

    def _address(self, element: Element, name: str) -> str:
        if name == "w:fldSimple":
            return _field_address(_attribute(element, "instr"))
        ids = (str(value) for key, value in element.attrib.items() if _prefixed(str(key)) == "r:id")
        url = next((self.links.get(each, "") for each in ids), "")
        anchor = _attribute(element, "anchor")
        return f"{url}#{anchor}" if url and anchor else url


def _field_address(code: str) -> str:
    match = _HYPERLINK.match(code)
    return match[1] if match and _is_web(match[1]) else ""


def _is_web(url: str) -> bool:
    return url.lower().startswith(("http://", "https://"))


def _outline(value: str) -> int:
    """The heading level of an outline level "0" to "8"; any other is body text."""
    return int(value) + 1 if value in set("012345678") else 0


def _stay_apart(last: str, first: str) -> bool:
    """Whether the two characters stay what they are when they meet; else the page would not be NFC."""
    return not unicodedata.combining(first) and unicodedata.is_normalized("NFC", last + first)


def _alternative(element: Element) -> Element | None:
    """The one alternative to read: the first choice, but the fallback if only that has text."""
    choice = next((child for child in element if _name(child) == "mc:Choice"), None)
    fallback = next((child for child in element if _name(child) == "mc:Fallback"), None)
    if choice is None or fallback is None:
        return fallback if choice is None else choice
    return fallback if _has_text(fallback) and not _has_text(choice) else choice


def _has_text(element: Element) -> bool:
    return any(_name(each) == "w:t" for each in element.iter("{*}t"))


def _prefixed(name: str) -> str:
    """A name with the usual prefix of its namespace, "" for an unknown one: "w:p"."""
    space, _, local = name.rpartition("}")
    return f"{_PREFIXES.get(space[1:], '')}:{local}"


def _name(element: Element) -> str:
    return _prefixed(str(element.tag))


def _attribute(element: Element, name: str) -> str:
    """An attribute in the element's own namespace, "" where there is none."""
    space = str(element.tag).rpartition("}")[0]
    return str(element.get(f"{space}}}{name}", ""))


def _child(element: Element, *path: str) -> Element | None:
    """The element at the end of a path of names, if there is one."""
    for name in path:
        found = next((child for child in element if _name(child) == name), None)
        if found is None:
            return None
        element = found
    return element


def _value(element: Element, *path: str) -> str:
    """The value of the element at the end of a path, "" where there is none."""
    found = _child(element, *path)
    return "" if found is None else _attribute(found, "val")


def _switch(element: Element | None) -> bool | None:
    """On or off as an element says, None where it is absent."""
    return None if element is None else _attribute(element, "val").lower() not in ("0", "false", "off")
