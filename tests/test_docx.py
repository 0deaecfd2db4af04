"""Word files in, readable text out: built here from small XML, read back line by line."""

import re
import struct
import unicodedata
import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.corpora.docx import read_docx
from duizhao.corpora.errors import InputError, LimitError

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
STRICT = SPACES.replace(
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main"
)
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
RELS = (
    f'<Relationships xmlns="{PACKAGE}">'
    f'<Relationship Id="rId1" Type="{HYPERLINK}" Target="https://example.org/otter" TargetMode="External"/>'
    f'<Relationship Id="rId2" Type="{HYPERLINK}" Target="javascript:dive()" TargetMode="External"/>'
    f'<Relationship Id="rId3" Type="{OFFICE[:-14]}image" Target="https://example.org/shell.png"/>'
    "</Relationships>"
)
STYLES = f"""<w:styles {SPACES}>
<w:style w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:styleId="2"><w:name w:val="标题 2"/></w:style>
<w:style w:styleId="a3"><w:name w:val="Title"/></w:style>
<w:style w:styleId="river"><w:name w:val="River"/><w:basedOn w:val="2"/></w:style>
<w:style w:styleId="toc"><w:name w:val="TOC Heading"/><w:basedOn w:val="1"/>
<w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>
<w:style w:styleId="loop"><w:name w:val="Loop"/><w:basedOn w:val="loop"/></w:style>
<w:style w:styleId="ghost"><w:name w:val="Ghost"/><w:rPr><w:vanish/></w:rPr></w:style>
</w:styles>"""


def packed(parts: dict[str, str | bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def docx(body: str, spaces: str = SPACES, **parts: str) -> bytes:
    named = {"word/_rels/document.xml.rels": RELS, "word/styles.xml": STYLES} | {
        "word/" + name.replace("_xml", ".xml"): text for name, text in parts.items()
    }
    return packed({"word/document.xml": f"<w:document {spaces}><w:body>{body}</w:body></w:document>", **named})


def p(*inside: str, style: str = "", extra: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{extra}</w:pPr>{''.join(inside)}</w:p>"


def r(text: str, extra: str = "") -> str:
    """A run of text: a line break for "|", a tab for "_"."""
    parts = re.split(r"([|_])", text)
    signs = {"|": "<w:br/>", "_": "<w:tab/>"}
    inside = "".join(signs.get(part) or f'<w:t xml:space="preserve">{part}</w:t>' for part in parts if part)
    return f"<w:r><w:rPr>{extra}</w:rPr>{inside}</w:r>"


def field(code: str, result: str) -> str:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    return f"{mark('begin')}<w:r><w:instrText>{code}</w:instrText></w:r>{mark('separate')}{result}{mark('end')}"


def box(*inside: str) -> str:
    return f"<w:txbxContent>{''.join(inside)}</w:txbxContent>"


def alternatives(choice: str, fallback: str, more: str = "") -> str:
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{choice}</mc:Choice>{more}'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent></w:r>"
    )


DELETED_END = "<w:rPr><w:del/></w:rPr>"
VANISH = "<w:vanish/>"

READ = [
    ("runs are joined without a blank", p(r("海"), r("獭"), r("Ot"), r("ters")), "海獭Otters\n"),
    ("paragraphs", p(r("一")) + p() + p(r("  ")) + p(r("二")), "一\n\n二\n"),
    (
        "soft breaks end lines",
        p(r("The otter swims.|海獭在游泳。|It eats.|它在吃。")),
        "The otter swims.\n海獭在游泳。\nIt eats.\n它在吃。\n",
    ),
    ("break between runs", p(r("Tea|"), r("茶")), "Tea\n茶\n"),
    ("two breaks", p(r("Tea||茶")), "Tea\n\n茶\n"),
    ("breaks at the ends", p(r("|Tea|")) + p(r("茶")), "Tea\n\n茶\n"),
    ("page break", p("<w:r><w:t>a</w:t><w:br w:type='page'/><w:t>b</w:t><w:cr/><w:t>c</w:t></w:r>"), "a\nb\nc\n"),
    ("rendered page break", p("<w:r><w:t>a</w:t><w:lastRenderedPageBreak/><w:t>b</w:t></w:r>"), "ab\n"),
    ("tab", p(r("a_b")), "a\tb\n"),
    ("tab stops are no tabs", p(r("a"), extra="<w:tabs><w:tab w:val='left'/></w:tabs>"), "a\n"),
    (
        "hyphens",
        p("<w:r><w:t>tea</w:t><w:noBreakHyphen/><w:t>time</w:t><w:softHyphen/><w:t>s</w:t></w:r>"),
        "tea-times\n",
    ),
    ("blanks not preserved", p("<w:r><w:t> a </w:t></w:r>", r(" b")), "a b\n"),
    ("line end in text is a blank", p("<w:r><w:t>a\nb</w:t></w:r>"), "a b\n"),
    ("insertions", p(r("a"), f"<w:ins>{r('b')}</w:ins>", f"<w:moveTo>{r('c')}</w:moveTo>"), "abc\n"),
    ("headings", p(r("甲"), style="1") + p(r("乙"), style="2") + p(r("丙"), style="a3"), "# 甲\n\n## 乙\n\n# 丙\n"),
    ("based on a heading", p(r("河"), style="river"), "## 河\n"),
    ("body level stops the chain", p(r("目录"), style="toc"), "目录\n"),
    ("a circle of styles", p(r("a"), style="loop"), "a\n"),
    ("unknown style with a name", p(r("a"), style="Heading3") + p(r("b"), style="Otter"), "### a\n\nb\n"),
    ("outline level", p(r("a"), extra="<w:outlineLvl w:val='3'/>"), "#### a\n"),
    ("outline level off", p(r("a"), style="1", extra="<w:outlineLvl w:val='9'/>"), "a\n"),
    ("deepest heading", p(r("a"), style="Heading9"), "###### a\n"),
    ("heading of two lines", p(r("河|River"), style="1"), "# 河\n# River\n"),
    ("empty heading", p(style="1") + p(r("a")), "a\n"),
    ("hidden switched off", p(r("a", "<w:vanish w:val='0'/>")), "a\n"),
    ("simple field", p(f'<w:fldSimple w:instr="PAGE">{r("7")}</w:fldSimple>'), "7\n"),
    ("field", p(r("p. "), field("PAGEREF x", r("7"))), "p. 7\n"),
    (
        "field in a field's code",
        p(field("IF </w:instrText></w:r>" + field("X", r("no")) + "<w:r><w:instrText>", r("yes"))),
        "yes\n",
    ),
    ("field without end", p("<w:r><w:fldChar w:fldCharType='begin'/></w:r>", r("no")) + p(r("yes")), "yes\n"),
    ("field end alone", p("<w:r><w:fldChar w:fldCharType='end'/></w:r>", r("yes")), "yes\n"),
    (
        "content control",
        "<w:sdt><w:sdtPr><w:t>no</w:t></w:sdtPr><w:sdtContent>" + p(r("a")) + "</w:sdtContent></w:sdt>",
        "a\n",
    ),
    ("smart tag", p(f"<w:smartTag>{r('a')}</w:smartTag>", f"<w:customXml>{r('b')}</w:customXml>"), "ab\n"),
    (
        "text box after its paragraph",
        p(r("a"), f"<w:r>{box(p(r('in')), p(r('box')))}</w:r>", r("b")),
        "ab\n\nin\n\nbox\n",
    ),
    ("text box once", p(r("a"), alternatives(box(p(r("new"))), box(p(r("old"))))), "a\n\nnew\n"),
    ("fallback if only it has text", p(alternatives("<w:drawing/>", box(p(r("old"))))), "old\n"),
    ("the first of two choices", p(alternatives(r("a"), r("c"), f"<mc:Choice>{r('b')}</mc:Choice>")), "a\n"),
    ("composed over runs", p(r("cafe"), r("\u0301")), "café\n"),
    ("composed after composing", p(r("a"), r("\u0323"), r("\u0302")), "\u1ead\n"),
    ("symbol that is Unicode", p("<w:r><w:sym w:font='Segoe UI' w:char='2610'/></w:r>"), "☐\n"),
]


@pytest.mark.parametrize(("body", "text"), [row[1:] for row in READ], ids=[row[0] for row in READ])
def test_text(body: str, text: str) -> None:
    page = read_docx(docx(body), "a.docx")
    assert (page.text, page.notes) == (text, ())


NOTED = [
    (
        "deletion",
        p(r("a"), "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>", r("b")),
        "ab\n",
        ("1 deleted passage left out",),
    ),
    ("empty deletion", p(r("a"), "<w:del><w:r/></w:del>"), "a\n", ()),
    (
        "moved away",
        p(f"<w:moveFrom>{r('x')}</w:moveFrom>", f"<w:moveFrom>{r('y')}</w:moveFrom>", r("b")),
        "b\n",
        ("2 deleted passages left out",),
    ),
    (
        "deleted paragraph end",
        p(r("a"), extra=DELETED_END) + p(r("b"), style="1"),
        "# ab\n",
        ("1 paragraph joined to the next, their ends being deleted",),
    ),
    ("deleted last end", p(r("a"), extra=DELETED_END), "a\n", ()),
    ("hidden", p(r("a"), r("x", VANISH), r("y", VANISH)), "a\n", ("2 hidden passages left out",)),
    (
        "hidden by style",
        p(r("x"), style="ghost") + p(r("x", '<w:rStyle w:val="ghost"/>'), r("b")),
        "b\n",
        ("2 hidden passages left out",),
    ),
    (
        "hidden field mark",
        p(
            "<w:r><w:fldChar w:fldCharType='begin'/></w:r>",
            "<w:r><w:rPr><w:vanish/></w:rPr><w:fldChar w:fldCharType='end'/></w:r>",
            r("b"),
        ),
        "b\n",
        (),
    ),
    (
        "notes",
        p(r("a"), "<w:r><w:footnoteReference w:id='1'/></w:r><w:r><w:commentReference w:id='1'/></w:r>"),
        "a\n",
        ("1 comment not read", "1 footnote not read"),
    ),
    (
        "symbols",
        p("<w:r><w:sym w:font='Wingdings' w:char='F0FC'/><w:sym w:font='X' w:char='zz'/><w:sym w:char='D800'/></w:r>"),
        "\ufffd\ufffd\ufffd\n",
        ("3 symbols of a symbol font shown as \ufffd",),
    ),
    (
        "formula",
        p(r("Let "), "<m:oMath><m:r><m:t>x</m:t></m:r><m:r><m:t> = 2</m:t></m:r></m:oMath>"),
        "Let x = 2\n",
        ("1 formula read as their characters only",),
    ),
    (
        "table",
        "<w:tbl><w:tr><w:tc>"
        + p(r("茶"))
        + "</w:tc><w:tc>"
        + p(r("tea"))
        + "</w:tc></w:tr><w:tr><w:tc>"
        + p(r("河"))
        + "</w:tc><w:tc>"
        + p()
        + "</w:tc></w:tr></w:tbl>",
        "茶\n\ntea\n\n河\n",
        ("1 table read cell by cell",),
    ),
    (
        "deleted row",
        "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>" + p(r("no")) + "</w:tc></w:tr></w:tbl>" + p(r("a")),
        "a\n",
        ("1 deleted table row left out", "1 table read cell by cell"),
    ),
    (
        "ruby",
        p(f"<w:r><w:ruby><w:rubyPr/><w:rt>{r('tǎ')}</w:rt><w:rubyBase>{r('獭')}</w:rubyBase></w:ruby></w:r>"),
        "獭\n",
        ("1 ruby annotation left out",),
    ),
    ("text outside", r("lost") + p(r("a")), "a\n", ("1 stretch of text outside any paragraph left out",)),
    (
        "embedded",
        "<w:altChunk r:id='rId9'/>" + p(r("a"), "<w:r><w:object/><w:drawing><pic:pic/></w:drawing></w:r>"),
        "a\n",
        ("1 embedded document not read", "1 embedded object not read", "1 picture not read"),
    ),
]


@pytest.mark.parametrize(("body", "text", "notes"), [row[1:] for row in NOTED], ids=[row[0] for row in NOTED])
def test_what_is_left_out_is_counted(body: str, text: str, notes: tuple[str, ...]) -> None:
    page = read_docx(docx(body), "a.docx")
    assert (page.text, page.notes) == (text, notes)


def test_headers_are_counted() -> None:
    page = read_docx(docx(p(r("a")), header1_xml="<a/>", header2_xml="<a/>", footer1_xml="<a/>"), "a.docx")
    assert page.notes == ("1 footer not read", "2 headers not read")


LINKS = [
    (
        "hyperlink",
        p(r("See "), f'<w:hyperlink r:id="rId1">{r("the ")}{r("otter")}</w:hyperlink>', r(".")),
        "See the otter.\n",
        [("the otter", "https://example.org/otter")],
    ),
    (
        "with anchor",
        p(f'<w:hyperlink r:id="rId1" w:anchor="paw">{r("a")}</w:hyperlink>'),
        "a\n",
        [("a", "https://example.org/otter#paw")],
    ),
    ("anchor only", p(f'<w:hyperlink w:anchor="paw">{r("a")}</w:hyperlink>'), "a\n", []),
    ("no web address", p(f'<w:hyperlink r:id="rId2">{r("a")}</w:hyperlink>'), "a\n", []),
    ("no hyperlink", p(f'<w:hyperlink r:id="rId3">{r("a")}</w:hyperlink>'), "a\n", []),
    ("unknown id", p(f'<w:hyperlink r:id="rId4">{r("a")}</w:hyperlink>'), "a\n", []),
    (
        "field",
        p(field('HYPERLINK "https://example.org/tea"', r("茶")), r("。")),
        "茶。\n",
        [("茶", "https://example.org/tea")],
    ),
    (
        "simple field",
        p(f"<w:fldSimple w:instr='HYPERLINK \"http://example.org\"'>{r('茶')}</w:fldSimple>"),
        "茶\n",
        [("茶", "http://example.org")],
    ),
    ("field with script", p(field('HYPERLINK "javascript:dive()"', r("茶"))), "茶\n", []),
    (
        "break inside",
        p(f'<w:hyperlink r:id="rId1">{r("|a|b|")}</w:hyperlink>', r("c")),
        "a\nb\nc\n",
        [("a\nb", "https://example.org/otter")],
    ),
    (
        "in a heading",
        p(f'<w:hyperlink r:id="rId1">{r("a")}</w:hyperlink>', style="1"),
        "# a\n",
        [("a", "https://example.org/otter")],
    ),
]


@pytest.mark.parametrize(("body", "text", "links"), [row[1:] for row in LINKS], ids=[row[0] for row in LINKS])
def test_links(body: str, text: str, links: list[tuple[str, str]]) -> None:
    page = read_docx(docx(body), "a.docx")
    assert page.text == text
    assert [(page.text[link.begin : link.end], link.url) for link in page.links] == links


def test_places_count_paragraphs_and_characters() -> None:
    fallback = alternatives(box(p(r("new"))), box(p(r("old"))))
    body = p() + p(r("Tea|"), r("茶"), style="1") + p(r("a"), fallback) + p(r("z"))
    page = read_docx(docx(body), "a.docx")
    assert page.text == "# Tea\n# 茶\n\na\n\nnew\n\nz\n"
    assert [tuple(place) for place in page.places] == [
        (0, 2, 1),
        (2, 2, 1),
        (6, 2, 5),
        (8, 2, 5),
        (11, 3, 1),
        (14, 4, 1),
        (19, 6, 1),
    ]


def test_strict_files_and_files_without_styles() -> None:
    body = p(r("海獭|otter"), style="Heading2")
    assert read_docx(docx(body, STRICT), "a").text == "## 海獭\n## otter\n"
    data = packed({"word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>"})
    assert read_docx(data, "a").text == "## 海獭\n## otter\n"


def test_a_document_under_another_name() -> None:
    target = f'<Relationship Id="a" Type="{OFFICE}" Target="/word/document2.xml"/>'
    rels = f'<Relationships xmlns="{PACKAGE}">{target}</Relationships>'
    body = f"<w:document {SPACES}><w:body>{p(r('a'))}</w:body></w:document>"
    assert read_docx(packed({"_rels/.rels": rels, "word/document2.xml": body}), "a").text == "a\n"


WANTED = "; wanted a Word document (.docx). Save it as .docx."
GOOD = docx(p(r("海獭 otter")))


def locked() -> bytes:
    """GOOD with the bit of a password set for its first entry, here and in the directory."""
    data = bytearray(GOOD)
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


REFUSED = [
    ("empty", b"", "a.docx: an empty file" + WANTED),
    ("text", "海獭".encode(), "a.docx: no ZIP archive" + WANTED),
    ("doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.docx: an old Office file (.doc)" + WANTED),
    (
        "encrypted",
        b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
        "a.docx: an encrypted Office file" + WANTED,
    ),
    ("rtf", b"{\\rtf1 otter}", "a.docx: an RTF file" + WANTED),
    ("pdf", b"%PDF-1.7", "a.docx: a PDF" + WANTED),
    ("cut", GOOD[: len(GOOD) // 2], "a.docx: a broken ZIP archive" + WANTED),
    ("signs only", b"PK\x03\x04", "a.docx: a broken ZIP archive" + WANTED),
    ("password", locked(), "a.docx: a ZIP archive with a password" + WANTED),
    ("zip", packed({"otter.txt": "a"}), "a.docx: a ZIP archive that is no Word document" + WANTED),
    ("xlsx", packed({"xl/workbook.xml": "<a/>"}), "a.docx: an Excel file" + WANTED),
    ("pptx", packed({"ppt/presentation.xml": "<a/>"}), "a.docx: a PowerPoint file" + WANTED),
    ("odt", packed({"mimetype": "x", "content.xml": "<a/>"}), "a.docx: an OpenDocument file" + WANTED),
    ("epub", packed({"META-INF/container.xml": "<a/>"}), "a.docx: an EPUB" + WANTED),
    (
        "other root",
        packed({"word/document.xml": "<a/>"}),
        "a.docx:word/document.xml: a root element :a; wanted w:document. Save it as .docx.",
    ),
    ("broken XML", packed({"word/document.xml": "<a>\n<b>"}), "a.docx:word/document.xml:2:"),
    (
        "broken styles",
        packed({"word/document.xml": f"<w:document {SPACES}/>", "word/styles.xml": "<"}),
        "a.docx:word/styles.xml:1:",
    ),
    (
        "entities",
        packed({"word/document.xml": '<!DOCTYPE a [<!ENTITY o "otter">]><a>&o;</a>'}),
        "a.docx:word/document.xml:1:",
    ),
    ("deep", docx("<w:ins>" * 50_000 + "</w:ins>" * 50_000), "a.docx:word/document.xml:1:"),
]


@pytest.mark.parametrize(("data", "message"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_refused(data: bytes, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_docx(data, "a.docx")
    assert str(caught.value).startswith(message) and "\n" not in str(caught.value)
    assert message.endswith(":1:") or message.endswith(":2:") or str(caught.value) == message


def test_a_bomb_is_refused_unread() -> None:
    bomb = packed({"word/document.xml": bytes(60 * 2**20)})
    with pytest.raises(LimitError) as caught:
        read_docx(bomb, "a.docx")
    said = f"a.docx: 62,914,560 bytes packed in {len(bomb):,}; wanted at most 512 MiB, and 200 times the file."
    assert str(caught.value).startswith(said)


def test_an_entry_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(docx(p(r("otter " * 1000))))
    entry = data.index(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = struct.pack("<I", 50)
    with pytest.raises(InputError, match=r"^a\.docx:word/document\.xml: cannot be unpacked"):
        read_docx(bytes(data), "a.docx")


def test_another_way_of_packing_is_refused() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("word/document.xml", "<a/>")
    with pytest.raises(InputError, match="packed in another way"):
        read_docx(out.getvalue(), "a.docx")


letters = st.text(st.sampled_from("海獭茶Otter é\u0301\u1100\u1161한 ,。😀"), min_size=1, max_size=8)


@given(st.lists(st.lists(letters, min_size=1, max_size=4), max_size=5))
def test_every_run_comes_back(paragraphs: list[list[str]]) -> None:
    page = read_docx(docx("".join(p(*map(r, runs)) for runs in paragraphs)), "a.docx")
    said = [unicodedata.normalize("NFC", "".join(runs)) for runs in paragraphs if "".join(runs).strip()]
    assert page.text == "\n\n".join(said) + ("\n" if said else "")
    assert page.notes == ()


NAMES = "p r t br tab del ins moveFrom txbxContent tbl tr tc hyperlink fldChar instrText sym pPr rPr vanish ruby rt"
elements = st.sampled_from(NAMES.split())
kinds = st.sampled_from(["", "begin", "separate", "end"])
leaves = st.tuples(elements, kinds, letters).map(lambda x: f'<w:{x[0]} w:fldCharType="{x[1]}">{x[2]}</w:{x[0]}>')
trees = st.recursive(
    leaves,
    lambda inner: st.tuples(elements, st.lists(inner, max_size=4)).map(
        lambda x: f"<w:{x[0]}>{''.join(x[1])}</w:{x[0]}>"
    ),
    max_leaves=25,
)


@given(st.lists(trees, max_size=6).map("".join))
def test_any_tree_gives_a_sound_page(body: str) -> None:
    page = read_docx(docx(body), "a.docx")
    assert unicodedata.is_normalized("NFC", page.text) and "\n\n\n" not in page.text
    offsets = [place.offset for place in page.places]
    assert offsets == sorted(set(offsets)) and all(offset < len(page.text) for offset in offsets)
    assert all(1 <= place.line <= body.count("<w:p ") + body.count("<w:p>") for place in page.places)
