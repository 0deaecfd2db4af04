"""The archive that a Word document is: opened or refused, its parts unpacked, its links looked up."""

import zipfile

from .errors import DuizhaoError, InputError
from .xml_door import parse_xml
from .zip_door import BROKEN, open_zip

_WANTED = "a Word document (.docx)"
SAVE_AS = "Save it as .docx."
_OTHERS = (
    ("xl/", "an Excel file"),
    ("ppt/", "a PowerPoint file"),
    ("META-INF/container.xml", "an EPUB"),
    ("content.xml", "an OpenDocument file"),
)


def open_archive(data: bytes, source: str) -> zipfile.ZipFile:
    """The archive; raises InputError where it is none or locked, LimitError where it unpacks to too much."""
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
        raise InputError(source, found, _WANTED, SAVE_AS)
    try:
        archive = open_zip(data, source, _WANTED, SAVE_AS)
    except DuizhaoError:
        raise
    except BROKEN as error:
        raise InputError(source, "a broken ZIP archive", _WANTED, SAVE_AS) from error
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in archive.infolist()):
        raise InputError(source, "a ZIP archive packed in another way than Word packs", _WANTED, SAVE_AS)
    return archive


def main_part(archive: zipfile.ZipFile, source: str) -> str:
    """The name of the part that holds the text: word/document.xml, or what the archive calls its document.

    Raises InputError where there is none, saying what else the archive is.
    """
    names = set(archive.namelist())
    if "word/document.xml" in names:
        return "word/document.xml"
    if "_rels/.rels" in names:
        for kind, target in relationships(archive, "_rels/.rels", source).values():
            name = target.removeprefix("/")
            if kind.endswith("/officeDocument") and name.startswith("word/") and name in names:
                return name
    found = next((said for begin, said in _OTHERS if any(name.startswith(begin) for name in names)), "")
    raise InputError(source, found or "a ZIP archive that is no Word document", _WANTED, SAVE_AS)


def unpacked(archive: zipfile.ZipFile, name: str, source: str) -> bytes:
    """The bytes of a part; raises InputError where it cannot be unpacked."""
    try:
        return archive.read(name)  # never more than its entry says, and that was checked
    except BROKEN as error:
        raise InputError(f"{source}:{name}", "cannot be unpacked", "a whole Word document (.docx)", SAVE_AS) from error


def relationships(archive: zipfile.ZipFile, name: str, source: str) -> dict[str, tuple[str, str]]:
    """Type and target of each relationship in a part, by id."""
    root = parse_xml(unpacked(archive, name, source), f"{source}:{name}")
    return {
        str(each.get("Id", "")): (str(each.get("Type", "")), str(each.get("Target", "")))
        for each in root.iter("{*}Relationship")
    }


def web_links(archive: zipfile.ZipFile, main: str, source: str) -> dict[str, str]:
    """The addresses of the web that the document links to, by id."""
    folder, _, file = main.rpartition("/")
    name = f"{folder}/_rels/{file}.rels"
    if name not in archive.namelist():
        return {}
    found = relationships(archive, name, source)
    return {key: target for key, (kind, target) in found.items() if kind.endswith("/hyperlink") and is_web(target)}


def is_web(url: str) -> bool:
    """Whether an address is one of the web.

    >>> is_web("HTTPS://otter.example"), is_web("mailto:otter@river.example")
    (True, False)
    """
    return url.lower().startswith(("http://", "https://"))
