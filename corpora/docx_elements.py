"""Elements of WordprocessingML by the names that they have in every Word file: w:p, whatever the file calls it."""

from .xml_door import Element

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


def prefixed(name: str) -> str:
    """A name with the usual prefix of its namespace, "" for an unknown one.

    >>> prefixed("{http://purl.oclc.org/ooxml/wordprocessingml/main}p"), prefixed("{urn:river}p")
    ('w:p', ':p')
    """
    space, _, local = name.rpartition("}")
    return f"{_PREFIXES.get(space[1:], '')}:{local}"


def name_of(element: Element) -> str:
    """The prefixed name of an element: "w:p"."""
    return prefixed(str(element.tag))


def attribute(element: Element, name: str) -> str:
    """An attribute in the element's own namespace, "" where there is none."""
    space = str(element.tag).rpartition("}")[0]
    return str(element.get(f"{space}}}{name}", ""))


def child_at(element: Element, *path: str) -> Element | None:
    """The element at the end of a path of names, if there is one."""
    for name in path:
        found = next((child for child in element if name_of(child) == name), None)
        if found is None:
            return None
        element = found
    return element


def value_at(element: Element, *path: str) -> str:
    """The value of the element at the end of a path, "" where there is none."""
    found = child_at(element, *path)
    return "" if found is None else attribute(found, "val")


def is_on(element: Element | None) -> bool | None:
    """On or off as an element says, None where it is absent."""
    return None if element is None else attribute(element, "val").lower() not in ("0", "false", "off")


def alternative(element: Element) -> Element | None:
    """The one alternative to read: the first choice, but the fallback if only that has text."""
    choice = next((child for child in element if name_of(child) == "mc:Choice"), None)
    fallback = next((child for child in element if name_of(child) == "mc:Fallback"), None)
    if choice is None or fallback is None:
        return fallback if choice is None else choice
    return fallback if _has_text(fallback) and not _has_text(choice) else choice


def _has_text(element: Element) -> bool:
    return any(name_of(each) == "w:t" for each in element.iter("{*}t"))
