"""What the styles of a Word document say of a paragraph or run: its heading level, and whether it is hidden."""

import re
import zipfile
from typing import NamedTuple

from .docx_archive import unpacked
from .docx_elements import attribute, child_at, is_on, name_of, value_at
from .xml_door import parse_xml

_HEADING = re.compile(r"(?:heading|标题) ?([1-9])|(title|标题)", re.IGNORECASE)


class Style(NamedTuple):
    """What a style says itself: its name, the style it is based on, its outline level, whether its text is hidden."""

    name: str
    based_on: str
    outline: str
    hidden: bool | None


def read_styles(archive: zipfile.ZipFile, source: str) -> dict[str, Style]:
    """The styles by id; none where the document has no part for them."""
    if "word/styles.xml" not in archive.namelist():
        return {}
    root = parse_xml(unpacked(archive, "word/styles.xml", source), f"{source}:word/styles.xml")
    styles: dict[str, Style] = {}
    for style in root:
        if name_of(style) == "w:style":
            based_on, outline = value_at(style, "w:basedOn"), value_at(style, "w:pPr", "w:outlineLvl")
            styles[attribute(style, "styleId")] = Style(
                value_at(style, "w:name"), based_on, outline, is_on(child_at(style, "w:rPr", "w:vanish"))
            )
    return styles


def style_chain(styles: dict[str, Style], style: str) -> list[Style]:
    """A style and those it is based on, nearest first; at most 50, so that a circle ends.

    >>> tea = Style("Tea", "Tea", "", None)
    >>> len(style_chain({"Tea": tea}, "Tea"))
    50
    """
    chain: list[Style] = []
    while style in styles and len(chain) < 50:
        chain.append(styles[style])
        style = chain[-1].based_on
    return chain


def heading_level(styles: dict[str, Style], style: str) -> int:
    """The heading level that a style gives: 1 to 9, 0 for none.

    >>> heading_level({"a": Style("Tea", "b", "", None), "b": Style("heading 2", "", "", None)}, "a")
    2
    """
    for each in style_chain(styles, style) or [Style(style, "", "", None)]:
        if each.outline:
            return outline_level(each.outline)
        if match := _HEADING.fullmatch(each.name):
            return int(match[1] or 1)
    return 0


def outline_level(value: str) -> int:
    """The heading level of an outline level "0" to "8"; any other is body text, level 0.

    >>> outline_level("0"), outline_level("9")
    (1, 0)
    """
    return int(value) + 1 if value in set("012345678") else 0
