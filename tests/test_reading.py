"""Bytes and paths in, documents out: what is read, what is refused, and in which words."""

import hashlib
import io
import json
import os
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import odd_text, pages

from duizhao.corpora import (
    ConfigError,
    Document,
    DuizhaoError,
    InputError,
    LimitError,
    Reading,
    document_from_bytes,
    each_document,
    extract,
    read_documents,
)
from duizhao.corpora import files as files_module
from duizhao.corpora.files import foreign_file
from duizhao.corpora.reading import read_text

TEXT = "海獭把贝壳带回了家,然后在河边睡着了。第二天早上,它们又出发去找新的石头。\n"

READ = [
    ("utf-8", TEXT.encode(), None, TEXT, "utf-8", []),
    ("mark", b"\xef\xbb\xbf" + TEXT.encode(), None, TEXT, "utf-8", []),
    ("utf-16 little", TEXT.encode("utf-16"), None, TEXT, "utf-16", ["read as UTF-16"]),
    ("utf-16 big", b"\xfe\xff" + TEXT.encode("utf-16-be"), None, TEXT, "utf-16", ["read as UTF-16"]),
    ("named gb18030", TEXT.encode("gb18030"), "gb18030", TEXT, "gb18030", []),
    ("named big5", "石頭\n".encode("big5"), "big5", "石頭\n", "big5hkscs", ["big5 read as big5hkscs"]),
    ("named big5hkscs", "𨋢裡\n".encode("big5hkscs"), "big5hkscs", "𨋢裡\n", "big5hkscs", []),
    ("named gb2312", TEXT.encode("gb2312"), "gb2312", TEXT, "gb18030", ["gb2312 read as gb18030"]),
    ("utf-32", b"\xff\xfe\0\0" + TEXT.encode("utf-32-le"), None, TEXT, "utf-32", ["read as UTF-32"]),
    (
        "mojibake",
        TEXT.encode().decode("latin-1").encode(),
        None,
        TEXT,
        "utf-8",
        ["read as mojibake: UTF-8 taken for L"],
    ),
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
    assert (document.format, document.places, document.layout.rows) == ("text", (), None)
    assert len(document.notes) == len(notes)
    assert all(note.startswith(begin) for note, begin in zip(document.notes, notes, strict=True))


READABLE = "wanted a text file, or a document of a format that duizhao reads. Unpack or convert it."
REFUSED = [
    ("empty", b"", None, "a.txt: an empty file; wanted text with Chinese or English"),
    ("blank", " \n\u3000\n".encode(), None, "a.txt: only blank lines; wanted text with Chinese or English"),
    ("mark only", b"\xef\xbb\xbf", None, "a.txt: only blank lines; wanted text with Chinese or English"),
    ("jpeg", b"\xff\xd8\xff\xe0\x00\x10JFIF", None, f"a.txt: a JPEG image; {READABLE}"),
    ("pdf", b"%PDF-1.7\n", None, f"a.txt: a PDF; {READABLE}"),
    ("gzip", b"\x1f\x8b\x08", None, f"a.txt: a gzip file; {READABLE}"),
    (
        "old word",
        b"\xd0\xcf\x11\xe0",
        "gb18030",
        f"a.txt: an old Office file (.doc, .xls) or an encrypted one; {READABLE}",
    ),
    ("zip", b"PK\x03\x04\x14", None, "a.txt: a broken ZIP archive; wanted a Word document (.docx). Save it as .docx."),
    ("parquet", b"PAR1", None, "a.txt: "),
    (
        "gbk",
        TEXT.encode("gbk"),
        None,
        "a.txt:1:1: not UTF-8 (byte 0 is 0xBA); wanted UTF-8, or the encoding by name. Try --encoding gb18030.",
    ),
    (
        "one bad byte",
        b"a\nb\nc\xffd\n" + TEXT.encode(),
        None,
        "a.txt:3:2: not UTF-8 (byte 5 is 0xFF); wanted UTF-8, or the encoding by name. "
        "The rest is UTF-8: mend this place.",
    ),
    (
        "utf-16 without mark",
        TEXT.encode("utf-16-le"),
        None,
        "a.txt:1:5: not UTF-8 (byte 4 is 0x8A); wanted UTF-8, or the encoding by name. Try --encoding utf-16-le.",
    ),
    (
        "latin utf-16 without mark",
        "otter".encode("utf-16-le"),
        None,
        "a.txt: UTF-16 without a byte-order mark; wanted UTF-8. Try --encoding utf-16-le.",
    ),
    (
        "half of utf-16",
        b"\xff\xfea",
        None,
        "a.txt:1:1: not UTF-16-LE (byte 2 is 0x61); wanted whole text, as its byte-order mark says",
    ),
    ("wrong name", TEXT.encode(), "utf-99", "a.txt: no encoding is called 'utf-99'; wanted utf-8, gb18030, big5 …"),
    ("not of text", TEXT.encode(), "hex", "a.txt: no encoding is called 'hex'"),
    (
        "other than named",
        TEXT.encode("gbk"),
        "utf-8",
        "a.txt:1:1: not UTF-8 (byte 0 is 0xBA); wanted text in the named encoding. Try --encoding gb18030.",
    ),
    ("idna", b"\xff", "idna", "a.txt: no encoding is called 'idna'; wanted utf-8, gb18030, big5 …"),
    ("undefined", b"a", "undefined", "a.txt: no encoding is called 'undefined'; wanted utf-8, gb18030, big5 …"),
    (
        "half a character",
        b"a +2AA- b",
        "utf-7",
        "a.txt: not UTF-7; wanted text in the named encoding. Try --encoding utf-8.",
    ),
    ("escaped half", rb"a \ud800 b", "unicode_escape", "a.txt: no encoding is called 'unicode_escape'"),
    ("nul in the name", b"a", "utf\x008", r"a.txt: no encoding is called 'utf\x008'; wanted utf-8, gb18030, big5 …"),
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


EN = "The otters carried 32 fresh shells home today."
ZH = "海獭今天把三十二个新鲜的贝壳带回了家。"
BOTH = f"{EN}\n{ZH}\n\n"
LINES = f"{EN}\n{ZH}\n"
CUE = f"1\n00:00:01,000 --> 00:00:02,500\n{EN}\n{ZH}\n"
TMX = (
    '<?xml version="1.0"?>\n<tmx version="1.4"><header srclang="en"/><body><tu>\n'
    f'<tuv xml:lang="en"><seg>{EN}</seg></tuv>\n<tuv xml:lang="zh"><seg>{ZH}</seg></tuv></tu></body></tmx>'
)
XLIFF = (
    '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file source-language="en" target-language="zh"'
    f' original="a" datatype="plaintext"><body>\n<trans-unit id="1"><source>{EN}</source>\n'
    f"<target>{ZH}</target></trans-unit></body></file></xliff>"
)
LATEX = f"\\documentclass{{article}}\n\\title{{Tea}}\n\\begin{{document}}\n{EN}\n\n{ZH}\n\\end{{document}}\n"
PO = f'msgid ""\nmsgstr ""\n"Language: zh\\n"\n\nmsgid "{EN}"\nmsgstr "{ZH}"\n'
PAIR = "en → text_en, zh → text_zh"
# What a file is shows in its content; its ending decides where that says nothing.
FORMATS = [
    ("a.md", LINES, "text", "utf-8", LINES, ()),
    ("a.md", f"{EN}\n\n<!-- tea -->\n{ZH}\n", "Markdown", "utf-8", None, None),
    ("a", f"<!doctype html>\n<p>{EN}\n<p>{ZH}\n", "HTML", "utf-8", f"{EN}\n\n{ZH}\n", ("read as HTML",)),
    ("a.html", LINES, "text", "utf-8", LINES, ()),
    ("a", json.dumps([{"en": EN, "zh": ZH}], ensure_ascii=False), "JSON", "utf-8", BOTH, (f"JSON: {PAIR}",)),
    ("a", (json.dumps({"en": EN, "zh": ZH}, ensure_ascii=False) + "\n") * 2, "JSON Lines", "utf-8", BOTH * 2,
     (f"JSON Lines: {PAIR}",)),
    ("a", LATEX, "LaTeX", "utf-8", f"title: Tea\n\n{EN}\n\n{ZH}\n",
     ("read as LaTeX", "of the preamble (lines 1 to 3) only the metadata was read")),
    ("a", CUE, "SRT", "utf-8", BOTH, (f"SRT: {PAIR}", "columns not used: start, end")),
    ("a", PO, "PO", "utf-8", BOTH, (f"PO: {PAIR}",)),
    ("a", TMX, "TMX 1.4", "", BOTH, (f"TMX 1.4: {PAIR}",)),
    ("a.txt", XLIFF, "XLIFF 1.2", "", BOTH, (f"XLIFF 1.2: {PAIR}", "columns not used: id")),
    ("a.csv", f"en,zh\n{EN},{ZH}\n", "CSV", "utf-8", BOTH, (f"CSV: {PAIR}",)),
    ("a.csv", f"en;zh\n{EN};{ZH}\n", "CSV (;)", "utf-8", BOTH, (f"CSV (;): {PAIR}",)),
    ("a.tsv", f"zh\ten\n{ZH}\t{EN}\n", "TSV", "utf-8", f"{ZH}\n{EN}\n\n", ("TSV: en → text_en, zh → text_zh",)),
    ("a.txt", f"{EN}\t{ZH}\n" * 2, "TSV", "utf-8", BOTH * 2,
     ("TSV: column1 → text_en, column2 → text_zh", "no header: columns named column1, column2")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "spelt", "kind", "encoding", "text", "notes"), FORMATS)
def test_formats(
    name: str, spelt: str, kind: str, encoding: str, text: str | None, notes: tuple[str, ...] | None
) -> None:
    document = document_from_bytes(spelt.encode(), name)
    assert (document.format, document.encoding, document.script) == (kind, encoding, "Hans")
    assert text is None or document.text == text
    assert notes is None or document.notes == notes
    assert (document.layout.rows is not None) == (kind not in ("text", "Markdown", "HTML", "LaTeX"))
    for words in (EN, ZH):  # where it stands in the source, found without us
        line, _ = document.position(document.text.index(words))
        assert words in spelt.split("\n")[line - 1]


@pytest.mark.parametrize(
    ("name", "spelt", "message"),
    [
        ("a.jsonl", "otter", "a.jsonl:1:1: broken JSON (Expecting value); wanted an object or a list"),
        ("a.txt", "{}\n", "a.txt: JSON without an object that holds text; wanted papers or sentence pairs"),
        ("a.md", "<!---->", "a.md: no text in the Markdown; wanted text with Chinese or English"),
        (
            "a.csv",
            "a,b\n1,2\n",
            "a.csv: no column of English or Chinese text in CSV; wanted one at least. Name it with",
        ),
        ("a.csv", f"en,zh\n{ZH},{EN}\n", "a.csv: Chinese in 'en' and English in 'zh'; wanted each in its own. Are the"),
    ],
)
def test_formats_refused(name: str, spelt: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        document_from_bytes(spelt.encode(), name)
    assert str(caught.value).startswith(message)


def test_columns_by_name() -> None:
    data = f"title,notes,原文,译文\nTea,皆大欢喜,{EN},{ZH}\n".encode()
    fields = {"notes": "title_zh", "原文": "skip", "译文": "abstract_zh"}
    document = document_from_bytes(data, "a.csv", reading=Reading(fields=fields))
    assert document.text == f"Tea\n皆大欢喜\n{ZH}\n\n"
    assert document.notes == (
        "CSV: notes → title_zh, 译文 → abstract_zh, title → title_en",
        "columns not used: 原文",
    )
    for wrong, found in (({"tea": "skip"}, "no column 'tea'"), ({"title": "tea"}, "no field 'tea'")):
        with pytest.raises(ConfigError, match=f"a.csv: {found}; wanted one of"):
            document_from_bytes(data, "a.csv", reading=Reading(fields=wrong))


STARTS = [
    b"",
    b"PK\x03\x04",
    b"PAR1",
    b"<tmx>",
    b"<xliff version='2.0'>",
    b"<html>",
    b"{",
    b"[",
    b"\\begin{",
    b"en,zh\n",
]


@given(
    st.sampled_from(STARTS),
    st.binary(max_size=300) | odd_text.map(str.encode),
    st.sampled_from([None, None, "gb18030", "utf-16", "big5hkscs", "utf-7"]),
    st.sampled_from(["a", "a.csv", "a.tsv", "a.json", "a.srt", "a.po", "a.tex", "a.md"]),
)
def test_any_bytes_give_a_document_or_our_error(start: bytes, data: bytes, named: str | None, source: str) -> None:
    try:
        document = document_from_bytes(start + data, source, named)
    except DuizhaoError as error:
        assert str(error).startswith(f"{source}:") and "\n" not in str(error)
    else:
        assert isinstance(document, Document) and document.text.strip() and "\r" not in document.text
        document.text.encode("utf-8")
        assert unicodedata.is_normalized("NFC", document.text)
        assert all(0 <= place.offset < len(document.text) for place in document.places)


def outcome(data: bytes, named: str) -> tuple[str, ...]:
    """What is read, or said, of bytes in a named encoding."""
    try:
        document = document_from_bytes(data, "a", named)
    except DuizhaoError as error:
        return (str(error),)
    return document.text, document.format, document.script


anything = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1) | pages
words = st.text(st.characters(categories=["Lu", "Ll", "Lo"]) | st.sampled_from(" \n，。"), min_size=1)


@given(anything.filter(lambda t: bool(t.strip("\ufeff").strip()) and "\x0c" not in t))
def test_text_is_read_alike_in_each_encoding(text: str) -> None:
    as_utf_8 = outcome(text.encode("utf-8-sig"), "utf-8")
    for name in ("gb18030", "utf-16", "utf-8-sig"):
        assert outcome(text.encode(name), name) == as_utf_8 or text.startswith("\ufeff")


@given(words.filter(lambda t: bool(t.strip())))
def test_words_come_back_in_each_encoding(text: str) -> None:
    for name in ("utf-8", "gb18030", "utf-16", "utf-8-sig"):
        assert outcome(text.encode(name), name)[:2] == (unicodedata.normalize("NFC", text), "text")


def test_too_large(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(files_module, "LIMIT_BYTES", 2**20)
    (tmp_path / "a.txt").write_bytes(b"a" * (2**20 + 1))
    with pytest.raises(LimitError, match=r"too large; wanted at most 1 MiB a document\. Split it\."):
        read_documents([str(tmp_path / "a.txt")])


def write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")


def fill(folder: Path, **texts: str) -> list[str]:
    """Write a file for each text, its name's last "_" for the dot; their paths."""
    paths = [folder / ".".join(name.split("__")) for name in texts]
    for path, text in zip(paths, texts.values(), strict=True):
        path.write_text(text, encoding="utf-8", newline="")
    return [str(path) for path in paths]


def names(folder: Path, documents: list[Document]) -> list[str]:
    return [document.source.replace(f"{folder.as_posix()}/", "") for document in documents]


def test_a_folder_is_read_sorted_and_hidden_files_are_not(tmp_path: Path) -> None:
    write(
        tmp_path, "b.md", "a/z.TXT", "a/c.markdown", "页 面.text", "a/.hidden.txt", "x.html", "txt", "t.jpg", ".h/h.txt"
    )
    fill(tmp_path, y__jsonl='{"en": "An otter.", "zh": "海獭。"}')
    documents = read_documents([str(tmp_path)])
    assert names(tmp_path, documents) == ["a/c.markdown", "a/z.TXT", "b.md", "x.html", "y.jsonl", "页 面.text"]
    texts = ["a/c.markdown", "a/z.TXT", "b.md", "x.html", "An otter.\n海獭。\n\n", "页 面.text"]
    assert [d.text for d in documents] == texts


OWN = [
    "decisions.json",
    "decisions.jsonl",
    "findings.jsonl",
    "glossary.csv",
    "leftovers.jsonl",
    "pairs.jsonl",
    "records.jsonl",
    "report.html",
    "scores.json",
]


def test_what_duizhao_wrote_into_a_folder_is_not_read(tmp_path: Path) -> None:
    write(tmp_path, "page.txt", *(f"out/{name}" for name in OWN), "out/corpus/notes.txt", "out/mine.txt")
    write(tmp_path, "out/report_pages/0001.html")
    write(tmp_path, "made/manifest.json", "made/notes.md")
    assert names(tmp_path, read_documents([str(tmp_path)])) == ["out/mine.txt", "page.txt"]
    assert foreign_file(tmp_path / "out") == "mine.txt"
    assert foreign_file(tmp_path / "made") == foreign_file(tmp_path / "none") == ""
    write(tmp_path, "users/corpus/a.txt", "users/pairs.html")  # alike in name only
    assert names(tmp_path, read_documents([str(tmp_path / "users")])) == ["users/corpus/a.txt", "users/pairs.html"]


def test_two_files_of_equal_lines_are_one_document(tmp_path: Path) -> None:
    english, chinese, alone = fill(tmp_path, a__en=f"{EN}\nTea.\n", a__zh=f"{ZH}\n茶。\n", b__en="A stone.\n")
    document, other = read_documents([chinese, alone, english])
    assert (document.source, other.source) == (f"{english} + {chinese}", alone)
    assert (document.format, document.encoding, document.script) == ("Moses", "utf-8", "Hans")
    assert document.text == f"{EN}\n{ZH}\n\nTea.\n茶。\n\n"
    assert document.notes == (f"Moses: {PAIR}",)
    assert [document.position(document.text.index(words)) for words in (ZH, "Tea", "茶")] == [(1, 1), (2, 1), (2, 1)]
    hashes = "".join(hashlib.sha256(Path(path).read_bytes()).hexdigest() for path in (english, chinese))
    assert document.sha256 == hashlib.sha256(hashes.encode()).hexdigest()
    assert [(r.kind, r.text_en, r.text_zh) for r in extract([document]).records] == [
        ("segment", EN, ZH),
        ("segment", "Tea.", "茶。"),
    ]


def test_two_files_of_other_lines_are_aligned_by_what_they_say(tmp_path: Path) -> None:
    fill(tmp_path, a__en__txt=f"{EN} They are tired.\n", a__zh__txt=f"{ZH}\n它们很累。\n")
    [document] = read_documents([str(tmp_path)])
    assert (document.format, document.notes[-1]) == (
        "two texts",
        "1 lines of English and 2 of Chinese: aligned by what they say",
    )
    [record] = extract([document]).records
    assert (record.kind, record.text_en, record.text_zh) == (
        "passage",
        f"{EN} They are tired.\n",
        f"{ZH}\n它们很累。\n",
    )


def test_two_files_of_subtitles_meet_by_time(tmp_path: Path) -> None:
    time = "1\n00:00:01,000 --> 00:00:02,500\n"
    fill(tmp_path, a__en__srt=f"{time}{EN}\n", a__zh__srt=f"{time}{ZH}\n")
    [document] = read_documents([str(tmp_path)])
    assert (document.format, document.text) == ("SRT", BOTH)
    assert [r.kind for r in extract([document]).records] == ["segment"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"a__en": ZH}, {"a__zh": EN}),  # the names lie
        ({"a__en": EN}, {"b__zh": ZH}),
        ({"a__en__txt": EN}, {"a__zh__md": ZH}),
        ({"a__en__csv": f"en,zh\n{EN},{ZH}"}, {"a__zh__csv": f"en,zh\n{EN},{ZH}"}),
    ],
)
def test_files_that_are_no_pair_stay_two(tmp_path: Path, one: dict[str, str], other: dict[str, str]) -> None:
    paths = [*fill(tmp_path, **one), *fill(tmp_path, **other)]
    assert [d.source for d in read_documents(paths)] == paths


def test_documents_come_one_by_one(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "b.txt")
    (tmp_path / "b.txt").write_bytes(b"")
    documents = each_document([str(tmp_path)])
    assert next(documents).text == "a.txt"
    with pytest.raises(InputError, match="an empty file"):
        next(documents)


def test_a_text_for_a_catalogue_keeps_its_markup(tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_bytes("@misc{海獭}".encode("gbk"))
    assert read_text(str(tmp_path / "a.bib"), "gbk") == "@misc{海獭}"
    with pytest.raises(InputError, match=r"a\.bib:1:7: not UTF-8"):
        read_text(str(tmp_path / "a.bib"))


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
    with pytest.raises(InputError, match=r"not a regular file; wanted a file to read\. Pipe it in and name it -\."):
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
