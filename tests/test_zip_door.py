"""The one door for ZIP archives, and that workbooks, Word documents and XML have no other."""

import io
import re
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from duizhao.corpora import document_from_bytes
from duizhao.corpora.errors import InputError, LimitError
from duizhao.corpora.termbase import read_term_file
from duizhao.corpora.workbook_parts import elements
from duizhao.corpora.zip_door import LIMIT_RATIO, LIMIT_UNPACKED, SMALL, open_zip
from duizhao.decision_reading import read_decisions
from duizhao.score_table import read_table


def zipped(**parts: bytes) -> bytes:
    handle = io.BytesIO()
    with zipfile.ZipFile(handle, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return handle.getvalue()


def sizes_said(data: bytes, size: int) -> bytes:
    """The archive with `size` as what its only part unpacks to, in the directory at its end."""
    at = data.index(b"PK\x01\x02") + 24
    return data[:at] + struct.pack("<I", size) + data[at + 4 :]


@pytest.mark.parametrize(("size", "is_refused"), [(SMALL, False), (SMALL + 1, True), (LIMIT_UNPACKED + 1, True)])
def test_a_high_ratio_is_refused_over_a_small_size(size: int, is_refused: bool) -> None:
    data = sizes_said(zipped(otter=b"tea"), size)
    if not is_refused:
        open_zip(data, "a", "a book", "").close()
        return
    with pytest.raises(LimitError) as caught:
        open_zip(data, "a", "a book", "")
    assert str(caught.value) == (
        f"a: {size:,} bytes packed in {len(data):,}; wanted at most 512 MiB, and 200 times the file. "
        "Save the texts alone."
    )


def test_much_is_refused_at_any_ratio() -> None:
    rest = LIMIT_UNPACKED // LIMIT_RATIO + 1000
    padded = bytes(rest) + sizes_said(zipped(otter=b"tea"), LIMIT_UNPACKED)  # what stands before an archive is let be
    open_zip(padded, "a", "a book", "").close()
    with pytest.raises(LimitError):
        open_zip(bytes(rest) + sizes_said(zipped(otter=b"tea"), LIMIT_UNPACKED + 1), "a", "a book", "")


def test_parts_that_share_their_bytes_count_each() -> None:
    """The bomb of David Fifield (2019): small for each part, and many parts over the same packed bytes."""
    data = zipped(otter=bytes(2**20))
    begin = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entry, count = data[begin:end], 17
    tail = bytearray(data[end:])
    tail[8:16] = struct.pack("<HHI", count, count, count * len(entry))
    with pytest.raises(LimitError, match="17,825,792 bytes packed in"):
        open_zip(data[:begin] + entry * count + bytes(tail), "a", "a book", "")


def test_a_part_never_gives_more_than_was_counted() -> None:
    with (
        open_zip(sizes_said(zipped(otter=bytes(2**20)), 100), "a", "a book", "") as archive,
        pytest.raises(zipfile.BadZipFile, match="CRC"),  # of the 100 bytes, where the whole would have been right
    ):
        archive.read("otter")


BOOK = io.BytesIO()
with xlsxwriter.Workbook(BOOK, {"in_memory": True}) as _book:
    _book.add_worksheet().write_row(0, 0, ["en", "zh"])


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The archive with one part put in or in the place of another."""
    handle = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(handle, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return handle.getvalue()


def from_file(read: Callable[[str], object], name: str) -> Callable[[bytes, Path], object]:
    def call(data: bytes, folder: Path) -> object:
        (folder / name).write_bytes(data)
        return read(str(folder / name))

    return call


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(12))
DEEP = "<b>" * 300 + "</b>" * 300
WORKBOOKS: list[tuple[str, Callable[[bytes, Path], object]]] = [
    ("a document", lambda data, _: document_from_bytes(data, "a.xlsx")),
    ("a termbase", lambda data, _: read_term_file(data, "a.xlsx")),
    ("decisions", from_file(read_decisions, "glossary.xlsx")),
    ("scores", from_file(read_table, "scores.xlsx")),
]


@pytest.mark.parametrize("read", [row[1] for row in WORKBOOKS], ids=[row[0] for row in WORKBOOKS])
def test_bombs_in_every_reader_of_workbooks(read: Callable[[bytes, Path], object], tmp_path: Path) -> None:
    with pytest.raises(LimitError, match="bytes packed in"):
        read(with_part(BOOK.getvalue(), "xl/media/tea.bin", bytes(SMALL)), tmp_path)
    for laughing in ("<a><sheet>&l11;</sheet></a>", "<a b='&l11;'><sheet/></a>", "<a>&l11;</a>"):
        book = with_part(BOOK.getvalue(), "xl/workbook.xml", f"<!DOCTYPE a [{LAUGHS}]>{laughing}".encode())
        with pytest.raises(InputError, match=r"a broken workbook \(Maximum entity amplification|a document type"):
            read(book, tmp_path)
    foreign = b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;<sheet/></a>'
    with pytest.raises(InputError, match=r"a document type declaration in xl/workbook\.xml"):
        read(with_part(BOOK.getvalue(), "xl/workbook.xml", foreign), tmp_path)
    with pytest.raises(InputError, match="a broken workbook"):
        read(with_part(BOOK.getvalue(), "xl/workbook.xml", f"<a>{DEEP}</a>".encode()), tmp_path)


def word(content: str) -> bytes:
    return zipped(**{"word/document.xml": content.encode()})


XML: list[tuple[str, str, Callable[[str], bytes]]] = [
    ("Word", "a.docx", word),
    ("TMX", "a.tmx", str.encode),
    ("XLIFF", "a.xlf", str.encode),
    ("TBX", "a.tbx", str.encode),
]
ROOTS = {"a.docx": "w:document", "a.tmx": "tmx", "a.xlf": "xliff", "a.tbx": "martif"}


@pytest.mark.parametrize(("name", "made"), [row[1:] for row in XML], ids=[row[0] for row in XML])
def test_bombs_in_every_reader_of_xml(name: str, made: Callable[[str], bytes]) -> None:
    root = ROOTS[name]

    def read(content: str) -> object:
        data = made(content)
        return read_term_file(data, name) if name == "a.tbx" else document_from_bytes(data, name)

    with pytest.raises(InputError, match="an entity declaration"):
        read(f"<!DOCTYPE {root} [{LAUGHS}]><{root}>&l11;</{root}>")
    with pytest.raises(InputError, match="an entity declaration"):
        read(f'<!DOCTYPE {root} [<!ENTITY e SYSTEM "file:///etc/passwd">]><{root}>&e;</{root}>')
    with pytest.raises(LimitError, match="nested too deep"):
        read(f"<{root} xmlns:w='urn:w'>{DEEP}</{root}>")


def test_a_bomb_in_a_word_document() -> None:
    with pytest.raises(LimitError, match="bytes packed in"):
        document_from_bytes(with_part(word("<a/>"), "word/media/tea.bin", bytes(SMALL)), "a.docx")


DOORS = {
    # Whoever unpacks: the door, and three that read duizhao's or a dependency's own files, with a limit or a check sum.
    r"\bZipFile\(": {"corpora/zip_door.py"},
    r"\bgzip\.(open|decompress)|decompressobj": {
        *("corpora/pack.py", "cli/remembering.py"),  # limited: `_LIMIT_BYTES`, `_LIMIT`
        *("align/lexicon.py", "cli/version.py"),  # of a package that duizhao pins
        *("cli/part_audit_steps.py", "metrics/corpus_counts.py"),  # of a run's own folder
    },
    # Whoever parses XML: the door, a cutter that refuses the same (tests/test_unit_inputs.py), and parts of workbooks.
    r"\bParserCreate\(": {"corpora/xml_door.py", "corpora/unit_tmx.py"},
    r"\betree\.(XMLParser|fromstring|iterparse|parse|XML)\(": {"corpora/xml_door.py", "corpora/workbook_parts.py"},
    r"minidom|ElementTree|xml\.sax|load_workbook|read_excel": set[str](),
}


@pytest.mark.parametrize("pattern", DOORS)
def test_there_is_no_other_door(root: Path, pattern: str) -> None:
    files = [path for name in ("corpora", "align", "metrics", "reports", "cli") for path in (root / name).glob("*.py")]
    found = {
        path.relative_to(root).as_posix()
        for path in files
        if any(
            re.search(pattern, line)
            for line in path.read_text(encoding="utf-8").split("\n")
            if not line.lstrip().startswith(">>>") and "zipfile.ZipFile:" not in line
        )
    }
    assert found == DOORS[pattern]


@pytest.mark.parametrize(("size", "is_refused"), [(2_000_000, True), (500_000, False)])
def test_a_sheet_that_holds_no_cells_is_not_read_for_ever(
    size: int, is_refused: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("duizhao.corpora.workbook_parts.LIMIT_BETWEEN", 2**20)
    part = b"<worksheet>" + b"<x/>" * (size // 4) + b"<c>tea</c></worksheet>"
    with zipfile.ZipFile(io.BytesIO(zipped(sheet=part))) as archive:
        if not is_refused:
            assert [cell.text for cell in elements(archive, "sheet", "a.xlsx", "c")] == ["tea"]
            return
        with pytest.raises(LimitError) as caught:
            list(elements(archive, "sheet", "a.xlsx", "c"))
    assert (
        str(caught.value)
        == "a.xlsx: over 1 MiB in sheet without a cell; wanted a sheet of texts. Save the texts alone."
    )


def test_cells_are_read_however_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("duizhao.corpora.workbook_parts.LIMIT_BETWEEN", 2**20)
    part = b"<worksheet>" + b"<c>tea</c>" * 200_000 + b"</worksheet>"
    with zipfile.ZipFile(io.BytesIO(zipped(sheet=part))) as archive:
        assert sum(1 for _ in elements(archive, "sheet", "a.xlsx", "c")) == 200_000
