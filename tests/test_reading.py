"""Bytes and paths in, documents out: what is read, what is refused, and in which words."""

import hashlib
import io
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.corpora import Document, DuizhaoError, InputError, LimitError, document_from_bytes, read_documents
from duizhao.corpora import reading as reading_module

TEXT = "海獭把贝壳带回了家,然后在河边睡着了。第二天早上,它们又出发去找新的石头。\n"

READ = [
    ("utf-8", TEXT.encode(), None, TEXT, "utf-8", []),
    ("mark", b"\xef\xbb\xbf" + TEXT.encode(), None, TEXT, "utf-8", []),
    ("utf-16 little", TEXT.encode("utf-16"), None, TEXT, "utf-16", ["read as UTF-16"]),
    ("utf-16 big", b"\xfe\xff" + TEXT.encode("utf-16-be"), None, TEXT, "utf-16", ["read as UTF-16"]),
    ("named gb18030", TEXT.encode("gb18030"), "gb18030", TEXT, "gb18030", []),
    ("named big5", "石頭\n".encode("big5"), "big5", "石頭\n", "big5", []),
    ("crlf", "甲\r\n乙\r\n".encode(), None, "甲\n乙\n", "utf-8", ["line ends"]),
    ("cr", "甲\r乙".encode(), None, "甲\n乙", "utf-8", ["line ends"]),
    ("mixed ends", "甲\r\n乙\n丙\r丁".encode(), None, "甲\n乙\n丙\n丁", "utf-8", ["line ends"]),
    ("nfc", "cafe\u0301 獭".encode(), None, "caf\u00e9 獭", "utf-8", ["normalised to NFC"]),
    ("compatibility ideograph", "\uf900".encode(), None, "\u8c48", "utf-8", ["normalised to NFC"]),
    ("mark inside", "甲\ufeff乙".encode(), None, "甲\ufeff乙", "utf-8", ["1 byte-order marks"]),
    ("control", ("獭" * 200 + "\x07").encode(), None, "獭" * 200 + "\x07", "utf-8", ["1 control characters"]),
    ("line separator stays", "甲\u2028乙\x85丙".encode(), None, "甲\u2028乙\x85丙", "utf-8", []),
    ("full-width stays", "Ａ１：，①".encode(), None, "Ａ１：，①", "utf-8", []),
]


@pytest.mark.parametrize(
    ("data", "named", "text", "encoding", "notes"), [r[1:] for r in READ], ids=[r[0] for r in READ]
)
def test_bytes_read(data: bytes, named: str | None, text: str, encoding: str, notes: list[str]) -> None:
    document = document_from_bytes(data, "a.txt", named)
    assert (document.text, document.encoding, document.source) == (text, encoding, "a.txt")
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert len(document.notes) == len(notes)
    assert all(note.startswith(begin) for note, begin in zip(document.notes, notes, strict=True))


REFUSED = [
    ("empty", b"", None, "a.txt: an empty file; wanted text with Chinese or English"),
    ("blank", " \n\u3000\n".encode(), None, "a.txt: only blank lines; wanted text with Chinese or English"),
    ("mark only", b"\xef\xbb\xbf", None, "a.txt: only blank lines; wanted text with Chinese or English"),
    ("jpeg", b"\xff\xd8\xff\xe0\x00\x10JFIF", None, "a.txt: a JPEG image; wanted a text file. Save its text as UTF-8."),
    ("pdf", b"%PDF-1.7\n", None, "a.txt: a PDF; wanted a text file. Save its text as UTF-8."),
    (
        "docx",
        b"PK\x03\x04\x14",
        None,
        "a.txt: a ZIP archive or Office file; wanted a text file. Save its text as UTF-8.",
    ),
    (
        "gbk",
        TEXT.encode("gbk"),
        None,
        "a.txt:1:byte 0: not UTF-8; wanted UTF-8, or the encoding by name. Try --encoding gb18030.",
    ),
    ("one bad byte", b"a\nb\nc\xffd\n" + TEXT.encode(), None, "a.txt:3:byte 5: not UTF-8"),
    ("utf-16 without mark", TEXT.encode("utf-16-le"), None, "a.txt:"),
    (
        "latin utf-16 without mark",
        "otter".encode("utf-16-le"),
        None,
        "a.txt: 5 control characters; wanted text. This looks",
    ),
    ("half of utf-16", b"\xff\xfea", None, "a.txt:byte 2: broken UTF-16; wanted whole text"),
    ("wrong name", TEXT.encode(), "utf-99", "a.txt: no encoding is called 'utf-99'; wanted utf-8, gb18030, big5 …"),
    ("not of text", TEXT.encode(), "hex", "a.txt: no encoding is called 'hex'"),
    (
        "other than named",
        TEXT.encode("gbk"),
        "utf-8",
        "a.txt:byte 0: not utf-8; wanted text in the named encoding. Try another",
    ),
    ("idna", b"\xff", "idna", "a.txt:byte 0: not idna"),
    ("undefined", b"a", "undefined", "a.txt: not undefined"),
    ("half a character", b"a +2AA- b", "utf-7", "a.txt: not utf-7"),
    ("escaped half", rb"a \ud800 b", "unicode_escape", "a.txt: not unicode_escape"),
    ("nul in the name", b"a", "utf\x008", "a.txt: not utf"),
    (
        "controls",
        b"\x00\x01\x02 otter",
        None,
        "a.txt: 3 control characters; wanted text. This looks like a binary file.",
    ),
]


@pytest.mark.parametrize(("data", "named", "message"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_bytes_refused(data: bytes, named: str | None, message: str) -> None:
    with pytest.raises(InputError) as caught:
        document_from_bytes(data, "a.txt", named)
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value) and caught.value.exit_code == 2


@given(st.binary(max_size=300), st.sampled_from([None, None, "gb18030", "utf-16", "big5hkscs", "utf-7"]))
def test_any_bytes_give_a_document_or_our_error(data: bytes, named: str | None) -> None:
    try:
        document = document_from_bytes(data, "a", named)
    except DuizhaoError as error:
        assert str(error).startswith("a:")
    else:
        assert isinstance(document, Document) and document.text.strip() and "\r" not in document.text
        document.text.encode("utf-8")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(lambda t: bool(t.strip())))
def test_text_comes_back_in_each_encoding(text: str) -> None:
    plain = document_from_bytes(text.encode(), "a") if not text.startswith("\ufeff") else None
    for name in ("gb18030", "utf-16", "utf-8-sig"):
        read = document_from_bytes(text.encode(name), "a", name)
        assert plain is None or read.text == plain.text


def test_too_large(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(reading_module, "LIMIT_BYTES", 2**20)
    (tmp_path / "a.txt").write_bytes(b"a" * (2**20 + 1))
    with pytest.raises(LimitError, match=r"too large; wanted at most 1 MiB a document\. Split it\."):
        read_documents([str(tmp_path / "a.txt")])


def write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")


def test_a_folder_is_read_sorted_and_hidden_files_are_not(tmp_path: Path) -> None:
    write(tmp_path, "b.md", "a/z.TXT", "a/c.markdown", "页 面.text", "a/.hidden.txt", "x.html", "y.jsonl", "txt")
    documents = read_documents([str(tmp_path)])
    assert [Path(d.source).relative_to(tmp_path).as_posix() for d in documents] == [
        "a/c.markdown",
        "a/z.TXT",
        "b.md",
        "页 面.text",
    ]
    assert [d.text for d in documents] == ["a/c.markdown", "a/z.TXT", "b.md", "页 面.text"]


def test_named_files_are_read_whatever_they_are_called_and_once(tmp_path: Path) -> None:
    write(tmp_path, "notes.html", "b")
    paths = [str(tmp_path / name) for name in ("notes.html", "b", "notes.html")]
    assert [d.source for d in read_documents(paths)] == paths[:2]
    assert [d.source for d in read_documents([paths[1], str(tmp_path / "." / "b")])] == [paths[1]]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    document = read_documents(["-"])[0]
    assert (document.source, document.text) == ("-", TEXT)


@pytest.mark.parametrize("given_path", ["", "no/such/file.txt"])
def test_a_missing_file(given_path: str) -> None:
    with pytest.raises(InputError, match="no such file or folder; wanted a file, a folder or -"):
        read_documents([given_path])


def test_odd_places(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="a folder with no readable file; wanted files ending in"):
        read_documents([str(tmp_path)])
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match=r"not a regular file; wanted a text file\. Pipe it in and name it -\."):
        read_documents([str(tmp_path / "pipe")])
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(InputError, match="cannot be read"):
        read_documents([str(tmp_path / "loop")])


def test_a_folder_that_holds_itself_is_read_once(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    (tmp_path / "again").symlink_to(tmp_path)
    assert [Path(d.source).name for d in read_documents([str(tmp_path)])] == ["a.txt"]


@pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes exist on Linux only")
def test_a_name_that_is_not_utf8_can_be_written_down(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/\xff.txt"
    Path(os.fsdecode(name)).write_text("獭", encoding="utf-8")
    document = read_documents([os.fsdecode(name)])[0]
    assert document.source.encode("utf-8").endswith(rb"/\udcff.txt")
    assert [d.source for d in read_documents([str(tmp_path)])] == [document.source]


@given(st.text(max_size=60), st.integers(0, 60))
def test_position_counts_line_feeds_only(text: str, offset: int) -> None:
    offset = min(offset, len(text))
    line, column = Document("a", "", "utf-8", text).position(offset)
    before = text[:offset].split("\n")
    assert (line, column) == (len(before), len(before[-1]) + 1)
