"""XML in and out, the one hardened way: no entities, no network, no deep nesting, exact places.

Python's expat reads every file first. It stops at the first entity declaration and the first fault, counts the
depth and notes where each element begins; only then does lxml build the tree, with the document type blanked out.
That way an entity that a foreign DTD may have declared is an error too, where lxml would leave it out in silence.
"""

import re
from array import array
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias
from xml.parsers import expat

import lxml.etree as etree

from .errors import InputError, LimitError

Element: TypeAlias = etree._Element
Place = tuple[int, int]  # line and column of the "<", both from 1

DEEPEST = 256  # what libxml2 allows
LIMIT_ELEMENTS = 10_000_000  # a tree takes some 150 bytes for each
_LONGEST = "at most 10,000,000 bytes of text, 50,000 of a name"  # what libxml2 allows
_DECLARED = re.compile(rb"<\?xml[ \t\r\n][^>]{0,200}?encoding[ \t\r\n]{0,9}=[ \t\r\n]{0,9}[\"']([\w.:-]{1,40})[\"']")
_ENCODINGS = {  # by the label's letters and digits; GB 18030 holds GBK and GB 2312, as in the WHATWG's table of labels
    "utf8": ("utf-8",),
    "usascii": ("ascii",),
    "ascii": ("ascii",),
    "iso88591": ("latin-1",),
    "latin1": ("latin-1",),
    "windows1252": ("cp1252",),
    "gb18030": ("gb18030",),
    "gbk": ("gb18030",),
    "xgbk": ("gb18030",),
    "cp936": ("gb18030",),
    "gb2312": ("gb18030",),
    "euccn": ("gb18030",),
    "big5": ("cp950", "big5hkscs"),  # Microsoft's Big5 is what files hold; Hong Kong's characters only if it fails
    "xxbig5": ("cp950", "big5hkscs"),
    "cp950": ("cp950",),
    "big5hkscs": ("big5hkscs",),
}
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_BARE_UTF16 = ((b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be"))
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"})
_IN_ATTRIBUTES = str.maketrans({"\t": "&#9;", "\n": "&#10;"})


class Places(NamedTuple):
    """Where the elements of a tree begin, in document order; lines and columns (code points) from 1."""

    lines: "array[int]"
    columns: "array[int]"

    def inside(self, root: Element, *names: str) -> Iterator[tuple[Element, dict[Element, Place]]]:
        """Each outermost element with one of these local names, with the places of itself and all in it."""
        end = 0
        for number, element in enumerate(root.iter("*")):
            if number >= end and local_name(element) in names:
                inner = list(element.iter("*"))
                end = number + len(inner)
                yield (
                    element,
                    dict(zip(inner, zip(self.lines[number:end], self.columns[number:end], strict=True), strict=True)),
                )


def parse_xml(data: bytes, source: str) -> Element:
    """The root element of an XML file: comments and processing instructions are not in it, CDATA is text.

    UTF-8, UTF-16, GB 18030, GBK, GB 2312, Big5, Latin-1 and ASCII are read, by mark or declaration. Raises InputError
    with `source:line:column` (LimitError: too deep, too many elements, one text too long) for everything that is not
    well-formed, declares an entity or a default attribute, or uses an entity that is not XML's own. A document type is
    accepted and never fetched.

    >>> parse_xml(b"<otter>shell</otter>", "a.xml").text
    'shell'
    """
    return _tree(data, source, None)


def parse_with_places(data: bytes, source: str) -> tuple[Element, Places]:
    """The root element as `parse_xml` gives it, and where each of its elements begins."""
    places = Places(array("L"), array("L"))
    return _tree(data, source, places), places


def local_name(element: Element) -> str:
    """The name without its namespace.

    >>> local_name(parse_xml(b'<a xmlns="urn:river"/>', "a.xml"))
    'a'
    """
    return str(element.tag).rpartition("}")[2]


def escape(text: str, where: str) -> str:
    """The text as it may stand between tags and come back exactly, "\\r" included.

    Raises InputError naming the code point for what XML cannot hold: most C0 controls, surrogates, U+FFFE, U+FFFF.

    >>> escape("a<b\\r", "unit 1")
    'a&lt;b&#13;'
    """
    if found := _NO_XML.search(text):
        raise InputError(where, f"U+{ord(found[0]):04X}", "characters that XML can hold", "Take it out of the text.")
    return text.translate(_ESCAPES)


def escape_attribute(text: str, where: str) -> str:
    """The text as it may stand in double quotes in a tag; errors as for `escape`."""
    return escape(text, where).translate(_IN_ATTRIBUTES)


def _tree(data: bytes, source: str, places: Places | None) -> Element:
    utf8 = _utf8(data, source)
    begin, end = _scan(utf8, source, places)
    if end:
        blank = re.sub(rb".", b" ", utf8[begin:end])
        utf8 = b"".join((utf8[:begin], blank, utf8[end:]))
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        return etree.fromstring(utf8, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        where = f"{source}:{max(line, 1)}:{max(column, 1)}"
        if error.code in (etree.ErrorTypes.ERR_NAME_TOO_LONG, etree.ErrorTypes.ERR_RESOURCE_LIMIT):
            raise LimitError(where, "one text or name is too long", _LONGEST) from error
        found = " ".join((error.msg or "not XML").partition(", line ")[0].split())[:200]
        raise InputError(where, f"broken XML ({found})", "a well-formed file", "Mend or export it again.") from error


def _utf8(data: bytes, source: str) -> bytes:
    """The same text in UTF-8 without a byte-order mark."""
    names: tuple[str, ...] = ("utf-8",)
    declared = ""
    for mark, name in _MARKS + _BARE_UTF16:
        if data.startswith(mark):
            names = (name,)
            break
    else:
        if match := _DECLARED.match(data[:400]):
            declared = match[1].decode("ascii", "replace")
            label = re.sub(r"[^a-z0-9]", "", declared.lower())
            if label.startswith("utf16"):
                found = f"it says {declared} and is not"
                raise InputError(f"{source}:1:1", found, "the encoding it declares", "Save it as UTF-8.")
            if label not in _ENCODINGS:
                raise InputError(f"{source}:1:1", f"encoding {declared!r}", "UTF-8, GB18030, Big5", "Save it as UTF-8.")
            names = _ENCODINGS[label]
    failed: UnicodeError | None = None
    for name in names:
        try:
            text = data.decode(name)
            if name == "utf-8":
                return data
            return text.removeprefix("\ufeff").encode("utf-8")
        except UnicodeError as error:
            failed = failed or error
    at = failed.start if isinstance(failed, UnicodeDecodeError) else 0
    label = declared or names[0].removesuffix("-sig")
    where = f"{source}:{data.count(bytes([10]), 0, at) + 1}:byte {at}"
    raise InputError(where, f"not {label}", "text in the encoding it declares", "Save it as UTF-8.") from failed


def _scan(utf8: bytes, source: str, places: Places | None) -> tuple[int, int]:
    """Begin and end of the document type in bytes, (0, 0) for none; raises for all that is refused."""
    parser = expat.ParserCreate("utf-8", " ")  # with namespaces, so that an unbound prefix is an error here
    parser.ordered_attributes = True
    doctype = [0, 0]
    depth = count = 0

    def where() -> str:
        return f"{source}:{parser.CurrentLineNumber}:{parser.CurrentColumnNumber + 1}"

    def begin_doctype(*_: object) -> None:
        doctype[0] = utf8.rfind(b"<!DOCTYPE", 0, parser.CurrentByteIndex + 1)

    def end_doctype() -> None:
        doctype[1] = parser.CurrentByteIndex + 1

    def entity(name: str, *_: object) -> None:
        raise InputError(where(), f"an entity declaration ({name[:40]!r})", "XML without entities", "Remove it.")

    def attribute(element: str, name: str, kind: str, default: str | None, required: bool) -> None:
        if default is not None:
            found = f"a default for the attribute {name[:40]!r}"
            raise InputError(where(), found, "XML that says all itself", "Write it where it is meant.")

    def start(*_: object) -> None:
        nonlocal depth, count
        depth += 1
        count += 1
        if depth > DEEPEST:
            raise LimitError(where(), "elements nested too deep", f"at most {DEEPEST} levels")
        if count > LIMIT_ELEMENTS:
            raise LimitError(where(), "too many elements", f"at most {LIMIT_ELEMENTS:,}", "Split the file.")
        if places is not None:
            places.lines.append(parser.CurrentLineNumber)
            places.columns.append(parser.CurrentColumnNumber + 1)

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartDoctypeDeclHandler, parser.EndDoctypeDeclHandler = begin_doctype, end_doctype
    parser.EntityDeclHandler, parser.AttlistDeclHandler = entity, attribute
    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(utf8, True)
    except expat.ExpatError as error:
        found, place = f"broken XML ({expat.ErrorString(error.code)})", f"{source}:{error.lineno}:{error.offset + 1}"
        raise InputError(place, found, "a well-formed file", "Mend or export it again.") from error
    except UnicodeError as error:  # a name with half a character
        raise InputError(where(), "broken XML (a name)", "a well-formed file", "Mend or export it again.") from error
    return doctype[0], doctype[1]
