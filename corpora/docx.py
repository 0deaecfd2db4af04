"""Word documents (.docx) as readable text: a paragraph a line, soft line breaks kept, tracked changes accepted."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field

import lxml.etree as etree

from .docx_archive import SAVE_AS, is_web, main_part, open_archive, unpacked, web_links
from .docx_elements import alternative, attribute, child_at, is_on, name_of, prefixed, value_at
from .docx_paragraphs import Paragraph, write_paragraph
from .docx_styles import Style, heading_level, outline_level, read_styles, style_chain
from .errors import InputError
from .page import Page, PageWriter
from .xml_door import Element, parse_xml

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


@dataclass(slots=True)
class _Field:
    """A field: its code as far as read, and the paragraph and piece its result begins with (none: still the code)."""

    code: list[str] = field(default_factory=list)
    paragraph: Paragraph | None = None
    begin: int = 0


def read_docx(data: bytes, source: str) -> Page:
    """The text of a Word document as after accepting all changes; notes say with counts what was not read.

    Paragraphs are separated by a blank line. A line break, page break or column break ends the line, not the
    paragraph. Headings, by style or outline level, begin with "# " to "###### ". Table cells are paragraphs, in row
    order; a text box follows the paragraph it is anchored in. The line of a place is the number of its `w:p` in
    word/document.xml, the column a character's number in it, both from 1. Raises InputError for anything that is no
    Word document, LimitError for one that unpacks to more than 512 MiB or 200 times its size, or holds more than
    1,000 combining marks in a row.
    Source: ECMA-376 part 1 (WordprocessingML) and part 3 (alternate content).

    >>> read_docx(b"{\\\\rtf1 otter}", "a.docx")
    Traceback (most recent call last):
    duizhao.corpora.errors.InputError: a.docx: an RTF file; wanted a Word document (.docx). Save it as .docx.
    """
    archive = open_archive(data, source)
    main = main_part(archive, source)
    reader = _Reader(read_styles(archive, source), web_links(archive, main, source), f"{source}:{main}")
    root = parse_xml(unpacked(archive, main, source), f"{source}:{main}")
    if name_of(root) != "w:document":
        raise InputError(f"{source}:{main}", f"a root element {name_of(root)[:60]}", "w:document", SAVE_AS)
    for kind in ("header", "footer"):
        pattern = re.compile(rf"word/{kind}\d*\.xml")
        reader.counts[f"{kind}{{s}} not read"] = sum(bool(pattern.fullmatch(name)) for name in archive.namelist())
    return reader.read(root)


class _Reader:
    """One pass over the tree, from element to element; nothing recurses."""

    def __init__(self, styles: dict[str, Style], links: dict[str, str], source: str) -> None:
        self.styles, self.links = styles, links
        self.writer = PageWriter(source)
        self.number = 0
        self.open: list[Paragraph] = []  # a text box holds paragraphs within a paragraph
        self.carried: Paragraph | None = None  # its end was deleted: it goes on in the next one
        self.anchors: list[tuple[Paragraph | None, int, str]] = []  # links begun: where, and their addresses
        self.fields: list[_Field] = []
        self.coding = 0  # fields whose code, which is no text, is going on
        self.chosen: set[Element] = set()  # of alternatives, the ones that are read
        self.counts: Counter[str] = Counter()

    def read(self, root: Element) -> Page:
        """The page."""
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            name = name_of(element)
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
        elif name == "w:tr" and child_at(element, "w:trPr", "w:del") is not None:
            said = "deleted table row{s} left out"
        elif name == "w:tc" and child_at(element, "w:tcPr", "w:cellDel") is not None:
            said = "deleted table cell{s} left out"
        elif name == "w:r" and self._is_hidden(element):
            said = "hidden passage{s} left out"
        elif name == "w:rt":
            said = "ruby annotation{s} left out"
        elif not (name in ("mc:Choice", "mc:Fallback") and element not in self.chosen):
            return False
        below = [(each, name_of(each)) for each in element.iter("{*}p", "{*}t", "{*}delText", "{*}fldChar")]
        self.number += sum(each == "w:p" for _, each in below)
        if said and any(each in ("w:t", "w:delText", "m:t") and one.text for one, each in below):
            self.counts[said] += 1
        if said:
            for one, each in below:
                if each == "w:fldChar":
                    self._field(attribute(one, "fldCharType"))
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
            self._field(attribute(element, "fldCharType"))
        elif name == "w:instrText" and self.fields:
            self.fields[-1].code.append(element.text or "")
        elif name in ("w:hyperlink", "w:fldSimple"):
            here = self.open[-1] if self.open else None
            self.anchors.append((here, len(here.pieces) if here else 0, self._address(element, name)))
        elif name == "mc:AlternateContent" and (chosen := alternative(element)) is not None:
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
        style = value_at(element, "w:pPr", "w:pStyle")
        direct = value_at(element, "w:pPr", "w:outlineLvl")
        paragraph = Paragraph(
            self.number, outline_level(direct) if direct else heading_level(self.styles, style), style
        )
        if before := self.carried:
            paragraph.pieces, paragraph.links, paragraph.boxes = before.pieces, before.links, before.boxes
            self.carried = None
        self.open.append(paragraph)

    def _end_paragraph(self, element: Element) -> None:
        paragraph = self.open.pop()
        marks = child_at(element, "w:pPr", "w:rPr")
        following = element.getnext()
        deleted = marks is not None and any(name_of(mark) in ("w:del", "w:moveFrom") for mark in marks)
        if deleted and following is not None and name_of(following) == "w:p":
            if paragraph.pieces:
                self.counts["paragraph{s} joined to the next, their ends being deleted"] += 1
            self.carried = paragraph
        elif self.open:
            self.open[-1].boxes.append(paragraph)
        else:
            self.fields.clear()  # the code of a field ends with its paragraph, or nothing after it would be read
            self.coding = 0
            write_paragraph(self.writer, paragraph)

    def _add(self, text: str) -> None:
        if self.coding:
            return
        if self.open:
            self.open[-1].add(text)
        elif text.strip():
            self.counts["stretch{s} of text outside any paragraph left out"] += 1

    # What styles, fields and symbols say

    def _is_hidden(self, run: Element) -> bool:
        properties = child_at(run, "w:rPr")
        if properties is not None and (said := is_on(child_at(properties, "w:vanish"))) is not None:
            return said
        own = value_at(properties, "w:rStyle") if properties is not None else ""
        for style in (own, self.open[-1].style if self.open else ""):
            for each in style_chain(self.styles, style):
                if each.hidden is not None:
                    return each.hidden
        return False

    def _symbol(self, element: Element) -> str:
        code = attribute(element, "char")
        number = int(code, 16) if re.fullmatch("[0-9A-Fa-f]{1,6}", code) else 0
        font = attribute(element, "font").lower()
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
            return _field_address(attribute(element, "instr"))
        ids = (str(value) for key, value in element.attrib.items() if prefixed(str(key)) == "r:id")
        url = next((self.links.get(each, "") for each in ids), "")
        anchor = attribute(element, "anchor")
        return f"{url}#{anchor}" if url and anchor else url


def _field_address(code: str) -> str:
    match = _HYPERLINK.match(code)
    return match[1] if match and is_web(match[1]) else ""
