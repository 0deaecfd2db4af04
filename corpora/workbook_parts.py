"""The parts of an XLSX archive as XML: where its sheets are, its shared texts, and which styles make a number a date.

What a number format means is openpyxl's knowledge.
"""

import posixpath
import zipfile
from collections.abc import Iterator
from itertools import chain
from typing import IO, Any

import lxml.etree as etree
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from .errors import InputError, LimitError
from .xml_door import local_name

_DATE_FORMATS = {14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47, *range(27, 37), *range(50, 59)}  # ECMA-376 18.8.30
LIMIT_BETWEEN = 64 * 2**20  # bytes of a part without an element that is asked for: all of them stay in the tree


class _Metered:
    """A part to be read, but not for ever without anything of use in it."""

    def __init__(self, part: IO[bytes], where: str, path: str) -> None:
        self._part, self._where, self._path = part, where, path
        self.unused = 0  # bytes read since an element was of use

    def read(self, size: int = -1) -> bytes:
        data = self._part.read(size)
        self.unused += len(data)
        if self.unused > LIMIT_BETWEEN:
            found = f"over {LIMIT_BETWEEN // 2**20} MiB in {self._path} without a cell"
            raise LimitError(self._where, found, "a sheet of texts", "Save the texts alone.")
        return data


def elements(archive: zipfile.ZipFile, path: str, where: str, *tags: str) -> Iterator[Any]:
    """The elements of these local names in a part, each forgotten when the next is asked for.

    Raises InputError for a document type, LimitError where 64 MiB hold none of them; a broken part raises what zipfile
    and lxml raise.
    """
    names = [f"{{*}}{tag}" for tag in tags]
    with archive.open(path) as opened:
        part = _Metered(opened, where, path)
        tree = etree.iterparse(part, tag=names, resolve_entities=False, remove_comments=True, remove_pis=True)
        first = next(tree, None)
        known = first[1] if first else tree.root  # there is a root when all of the part was read
        # Entities are declared in a document type only, and no program that makes workbooks writes one.
        if known is not None and known.getroottree().docinfo.doctype:
            raise InputError(where, f"a document type declaration in {path}", "none", "Save the workbook again.")
        for found in chain([first] if first else (), tree):
            element = found[1]
            part.unused = 0
            yield element
            element.clear()
            while (before := element.getprevious()) is not None:
                element.getparent().remove(before)


def sheet_paths(archive: zipfile.ZipFile, source: str) -> dict[str, str]:
    """Where each sheet of cells stands in the archive, in the order of the tabs."""
    book = "xl/workbook.xml"
    for element in elements(archive, "_rels/.rels", source, "Relationship"):
        if element.get("Type", "").endswith("/officeDocument"):
            book = element.get("Target", "").lstrip("/")
    folder, name = posixpath.split(book)
    targets: dict[str, str] = {}
    for element in elements(archive, f"{folder}/_rels/{name}.rels".lstrip("/"), source, "Relationship"):
        if element.get("Type", "").endswith("/worksheet"):
            target = element.get("Target", "")
            path = posixpath.normpath(target.lstrip("/") if target.startswith("/") else f"{folder}/{target}")
            targets[element.get("Id", "")] = path
    paths: dict[str, str] = {}
    for element in elements(archive, book, source, "sheet"):
        ids = [value for key, value in element.attrib.items() if key.endswith("}id")]
        name = element.get("name", "")
        if name in paths:
            raise InputError(source, f"two sheets called {name!r}", "a name for each", "Rename one.")
        if ids and ids[0] in targets:
            paths[name] = targets[ids[0]]
    return paths


def shared_strings(archive: zipfile.ZipFile, source: str) -> list[str]:
    """The texts that cells name by their number."""
    for path in archive.namelist():
        if path.lower().endswith("/sharedstrings.xml"):
            return [item_text(element) for element in elements(archive, path, source, "si")]
    return []


def item_text(element: Any) -> str:
    """The text of a string item: its own or that of its runs, not how it is pronounced.

    >>> item_text(etree.fromstring("<si><r><t>水</t></r><r><t>獭</t></r><rPh><t>shui</t></rPh></si>"))
    '水獭'
    """
    parts: list[str] = []
    for child in element:
        name = local_name(child)
        if name == "t":
            parts.append(child.text or "")
        elif name == "r":
            parts += [piece.text or "" for piece in child if local_name(piece) == "t"]
    return "".join(parts)


def date_styles(archive: zipfile.ZipFile, source: str) -> frozenset[int]:
    """The numbers of the cell styles that show a number as a date or time."""
    for path in archive.namelist():
        if path.lower().endswith("/styles.xml"):
            break
    else:
        return frozenset()
    dated = set(_DATE_FORMATS)
    for element in elements(archive, path, source, "numFmt"):
        number = int(element.get("numFmtId", "0"))
        if number not in BUILTIN_FORMATS and is_date_format(element.get("formatCode", "")[:255]):
            dated.add(number)
    found: set[int] = set()
    for element in elements(archive, path, source, "cellXfs"):
        found |= {index for index, style in enumerate(element) if int(style.get("numFmtId", "0")) in dated}
    return frozenset(found)


def has_cells(archive: zipfile.ZipFile, path: str, source: str) -> bool:
    """Whether any cell of the sheet at `path` holds something."""
    return any(len(cell) for cell in elements(archive, path, source, "c"))
