"""TMX in and out: languages, codes, variants, and text that comes back exactly."""

import io
import re
from collections.abc import Iterator
from importlib.metadata import version

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from strategies import odd_text

from duizhao.corpora.errors import DuizhaoError, InputError
from duizhao.corpora.rows import Cell, Row, Table, Unit
from duizhao.corpora.tmx import read_tmx, side_of, spelt_tag, write_tmx


def tmx(*units: str, number: str = "1.4", header: str = "<header/>") -> bytes:
    return f'<tmx version="{number}">{header}<body>{"".join(units)}</body></tmx>'.encode()


def tu(*variants: str, more: str = "", attributes: str = "") -> str:
    return f"<tu{attributes}>{more}{''.join(variants)}</tu>"


def tuv(tag: str, text: str, name: str = "xml:lang", more: str = "") -> str:
    return f'<tuv {name}="{tag}">{more}<seg>{text}</seg></tuv>'


EN, ZH = tuv("en", "an otter"), tuv("zh", "一只海獭")


def texts(row: Row) -> list[tuple[str, str]]:
    return [(cell.name, cell.text) for cell in row]


BOTH = [("en", "an otter"), ("zh", "一只海獭")]
ONE_SIDED = "1 units lack English or Chinese"
READ: list[tuple[str, str, list[tuple[str, str]], list[str]]] = [
    ("plain", tu(EN, ZH), BOTH, []),
    ("Chinese first", tu(ZH, EN), BOTH, []),
    ("id", tu(EN, ZH, attributes=' tuid="r 1"'), [*BOTH, ("id", "r 1")], []),
    ("empty id", tu(EN, ZH, attributes=' tuid=""'), BOTH, []),
    ("lang of TMX 1.1", tu(tuv("EN", "an otter", "lang"), tuv("ZH", "一只海獭", "lang")), BOTH, []),
    ("three letters", tu(tuv("eng", "an otter"), tuv("chi", "一只海獭")), BOTH, []),
    ("region", tu(tuv("EN-us", "an otter"), ZH), [*BOTH, ("lang_en", "en-US")], []),
    ("underscore", tu(EN, tuv("ZH_cn", "一只海獭")), [*BOTH, ("lang_zh", "zh-CN")], []),
    ("script", tu(EN, tuv("zh-hant-hk", "一只海獭")), [*BOTH, ("lang_zh", "zh-Hant-HK")], []),
    ("Mandarin", tu(EN, tuv("cmn", "一只海獭")), [*BOTH, ("lang_zh", "cmn")], []),
    ("English only", tu(EN), BOTH[:1], [ONE_SIDED]),
    ("Chinese only", tu(ZH), BOTH[1:], [ONE_SIDED]),
    ("empty", tu(tuv("en", ""), ZH), [("en", ""), BOTH[1]], []),
    (
        "other languages",
        tu(EN, tuv("de-at", "x"), tuv("fr", "y"), tuv("fr", "z")),
        BOTH[:1],
        [ONE_SIDED, "3 variants in other languages were left out (de-AT 1, fr 2)"],
    ),
    (
        "no language",
        tu(EN, ZH, "<tuv><seg>x</seg></tuv>"),
        BOTH,
        ["1 variants in other languages were left out ((none) 1)"],
    ),
    (
        "ambiguous",
        tu(EN, tuv("en-GB", "one otter"), ZH, tuv("zh", "海獭"), tuv("zh", "獭")),
        BOTH,
        ["1 units are ambiguous: several variants of one language, of which the first is used"],
    ),
    ("no seg", tu("<tuv xml:lang='en'/>", ZH), BOTH[1:], [ONE_SIDED, "1 variants have no <seg>"]),
    (
        "two segs",
        tu('<tuv xml:lang="en"><seg>an otter</seg><seg>a stone</seg></tuv>', ZH),
        BOTH,
        ["1 variants have several <seg>, of which the first is used"],
    ),
    (
        "stray text",
        tu(EN, "x", '<tuv xml:lang="zh">y<seg>一只海獭</seg>\n</tuv>\n'),
        BOTH,
        ["2 stretches of text outside <seg> were left out"],
    ),
    (
        "unknown element",
        tu(EN, ZH, more="<otter/>"),
        BOTH,
        ["1 elements of no known kind were left out (otter 1)"],
    ),
    (
        "properties and notes",
        tu(
            tuv("en", "an otter", more='<prop type="x-page">7</prop>'),
            tuv("zh", "一只海獭", more="<note>shy</note>"),
            more='<note>wet</note><prop type="x-duizhao-document">a.txt</prop>'
            '<prop type="domain">a &amp; b</prop><prop/>',
        ),
        [
            *(*BOTH, ("note", "wet"), ("document", "a.txt"), ("domain", "a & b")),
            *(("prop", ""), ("page", "7"), ("note", "shy")),
        ],
        [],
    ),
    (
        "properties called like a text",
        tu(EN, ZH, more='<prop type="x-en">x</prop><prop type="id">y</prop><prop type="x-duizhao-lang_zh">z</prop>'),
        [*BOTH, ("prop-en", "x"), ("prop-id", "y"), ("prop-lang_zh", "z")],
        [],
    ),
    ("a namespace", tu(EN, ZH).replace("<tu>", '<tu xmlns="urn:river">'), BOTH, []),
    ("blanks stay", tu(tuv("en", " a\n\tb "), ZH), [("en", " a\n\tb "), BOTH[1]], []),
]  # fmt: skip


@pytest.mark.parametrize(("unit", "cells", "notes"), [r[1:] for r in READ], ids=[r[0] for r in READ])
def test_read(unit: str, cells: list[tuple[str, str]], notes: list[str]) -> None:
    table = read_tmx(tmx(unit), "a.tmx")
    assert [texts(row) for row in table.rows] == [cells]
    assert (table.format, list(table.notes)) == ("TMX 1.4", notes)


CODES = [
    ("pair", 'the <bpt i="1">&lt;b&gt;</bpt>otter<ept i="1">&lt;/b&gt;</ept>!', "the otter!", 2, "bpt 1, ept 1"),
    ("placeholder", 'a<ph x="1">{0}</ph> b<it pos="begin">&lt;i&gt;</it><ut>\\b</ut>', "a b", 3, "it 1, ph 1, ut 1"),
    ("highlight", 'the <hi type="x">wet <hi>otter</hi></hi>!', "the wet otter!", 2, "hi 2"),
    ("highlight of a code", "<hi>a<ph>x</ph>b</hi>", "ab", 2, "hi 1, ph 1"),
    ("sub-flow", 'a<ph>&lt;img alt="<sub>an <ph>y</ph>otter</sub>"&gt;</ph>b', "ab", 2, "ph 1, sub 1"),
    ("unknown", "a <b>wet</b> otter", "a wet otter", 1, "b 1"),
]


@pytest.mark.parametrize(("xml", "text", "count", "names"), [r[1:] for r in CODES], ids=[r[0] for r in CODES])
def test_inline_codes(xml: str, text: str, count: int, names: str) -> None:
    table = read_tmx(tmx(tu(tuv("en", xml), ZH)), "a.tmx")
    assert texts(table.rows[0]) == [("en", text), BOTH[1]]
    assert table.notes == (f"{count} inline codes were left out of the text ({names})",)


def test_ten_names_are_listed() -> None:
    variants = [tuv(f"q{letter}", "x") for letter in "abcdefghijkl"]
    assert read_tmx(tmx(tu(EN, ZH, *variants)), "a.tmx").notes == (
        "12 variants in other languages were left out (qa 1, qb 1, qc 1, qd 1, qe 1, qf 1, qg 1, qh 1, qi 1, qj 1, …)",
    )


def test_the_header_and_strange_elements_are_told() -> None:
    header = '<header><note>wild\n river</note><prop type="x-licence">CC0</prop><ude name="x"/></header>'
    data = tmx(tu(EN, ZH), "<tux/>", header=header).replace(b"</tmx>", b"<tail/></tmx>")
    assert read_tmx(data, "a.tmx") == Table(
        "TMX 1.4",
        ((Cell("en", "an otter", 2, 100), Cell("zh", "一只海獭", 2, 144)),),
        (
            "header: note: wild river",
            "header: licence: CC0",
            "3 elements of no known kind were left out (tail 1, tux 1, ude 1)",
        ),
    )


def test_places() -> None:
    data = """<tmx version="1.1">
<body>
<tu
 tuid="1"><prop
  type="x-page">7</prop>
  <tuv xml:lang="zh-TW"><seg>河</seg></tuv><tuv xml:lang="en">
    <seg
     >river</seg></tuv></tu></body></tmx>"""
    assert read_tmx(data.encode(), "a.tmx").rows == (
        (
            Cell("en", "river", 7, 5),
            Cell("zh", "河", 6, 25),
            Cell("id", "1", 3, 1),
            Cell("lang_zh", "zh-TW", 6, 3),
            Cell("page", "7", 4, 11),
        ),
    )


@pytest.mark.parametrize("number", ["1.0", "1.1", "1.2", "1.3", "1.4", "1.4a", "1.4b", "1"])
def test_versions(number: str) -> None:
    assert read_tmx(tmx(tu(EN, ZH), number=number), "a.tmx").format == f"TMX {number}"


def test_no_version_is_noted() -> None:
    table = read_tmx(b"<tmx><body/></tmx>", "a.tmx")
    assert table == Table("TMX", (), ("no version is declared; read as TMX 1",))


REFUSED = [
    ("version", tmx(number="2.0"), "a.tmx:1:1: TMX 2.0; wanted TMX 1.0 to 1.4b"),
    ("tbx", b"<martif/>", "a.tmx:1:1: a <martif> document; wanted TMX, which begins with <tmx>"),
    ("truncated", tmx(tu(EN))[:-9], "a.tmx:1:88: broken XML (unclosed token); wanted a well-formed file."),
    ("laughs", b"<!DOCTYPE tmx [<!ENTITY a 'ha'>]><tmx/>", "a.tmx:1:27: an entity declaration ('a')"),
    (
        "half a character",
        tmx(tu(tuv("en", '<cp xmlns="urn:oasis:names:tc:xliff:document:2.0" hex="D800"/>'))),
        "a.tmx:1:58: the code point 'D800'; wanted 0000 to 10FFFF and no surrogate. Correct it.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("data", "message"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_refused(data: bytes, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_tmx(data, "a.tmx")
    assert str(caught.value).startswith(message)


TAGS = [
    *(("en", "en", "en"), ("EN-us", "en", "en-US"), ("en_GB", "en", "en-GB"), ("eng", "en", "en")),
    *(("zh", "zh", "zh"), ("ZH_cn", "zh", "zh-CN"), ("zho", "zh", "zh"), ("chi", "zh", "zh"), ("CMN", "zh", "cmn")),
    *(("zh-hant", "zh", "zh-Hant"), ("zh-HANS-sg", "zh", "zh-Hans-SG"), ("zh-yue", "zh", "zh-yue")),
    *(("cmn-hant-tw", "zh", "cmn-Hant-TW"), (" en ", "en", "en"), ("enm", None, "enm"), ("de", None, "de")),
    *(("", None, ""), ("*all*", None, "*all*"), ("-zh", None, "-ZH")),
]


@pytest.mark.parametrize(("tag", "side", "spelt"), TAGS)
def test_language_tags(tag: str, side: str | None, spelt: str) -> None:
    assert (side_of(tag), spelt_tag(tag)) == (side, spelt)


def written(*units: Unit, licence: str = "") -> bytes:
    handle = io.BytesIO()
    write_tmx(units, handle, licence=licence)
    return handle.getvalue()


def test_written() -> None:
    unit = Unit("An otter\r\n & <1>", "“海獭”\t", 'r"1', {"type": "1-1", "document": "河.txt"})
    assert written(unit, licence="CC & Co").decode() == (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">\n'
        f'<header creationtool="duizhao" creationtoolversion="{version("duizhao")}" segtype="block" o-tmf="duizhao"'
        ' adminlang="en"'
        ' srclang="en" datatype="plaintext"><prop type="x-licence">CC &amp; Co</prop></header>\n<body>\n'
        '<tu tuid="r&quot;1">\n<prop type="x-duizhao-document">河.txt</prop>\n<prop type="x-duizhao-type">1-1</prop>\n'
        '<tuv xml:lang="en"><seg>An otter&#13;\n &amp; &lt;1&gt;</seg></tuv>\n'
        '<tuv xml:lang="zh"><seg>“海獭”\t</seg></tuv>\n</tu>\n</body>\n</tmx>\n'
    )


@pytest.mark.parametrize(
    ("unit", "message"),
    [
        (Unit("a\x0bb", "", "r1"), "unit 'r1': U+000B; wanted characters that XML can hold. Take it out of the text."),
        (Unit("a", "\ud800"), "unit number 2: U+D800; wanted"),
        (Unit("a", "b", "\ufffe"), r"unit '\ufffe': U+FFFE; wanted"),
        (Unit("a", "b", "c", {"type": "\x00"}), "unit 'c': U+0000; wanted"),
        (Unit("a", "b", "c", {"\x1f": "d"}), "unit 'c': U+001F; wanted"),
        (Unit("a", "b", "c", {"en": "d"}), "unit 'c': an origin called 'en'; wanted another name. Rename it."),
    ],
)
def test_not_written(unit: Unit, message: str) -> None:
    with pytest.raises(InputError) as caught:
        written(Unit("a", "b"), unit)
    assert str(caught.value).startswith(message)


def test_units_are_written_one_by_one() -> None:
    handle = io.BytesIO()

    def watched() -> Iterator[Unit]:
        yield Unit("an otter", "海獭")
        assert "海獭</seg></tuv>\n</tu>\n".encode() in handle.getvalue()
        yield Unit("a stone", "石头")

    write_tmx(watched(), handle)
    assert len(read_tmx(handle.getvalue(), "a").rows) == 2


def expected(unit: Unit) -> list[tuple[str, str]]:
    named = [("id", unit.id)] if unit.id else []
    return [("en", unit.en), ("zh", unit.zh), *named, *sorted(unit.origin.items())]


names = st.text(st.sampled_from("abn_x-:文 \n\r\t\"'&<"), max_size=6)
units = st.lists(
    st.builds(Unit, odd_text, odd_text, odd_text, st.dictionaries(names, odd_text, max_size=3)), max_size=3
)


@given(units, odd_text)
def test_what_was_written_comes_back(given_units: list[Unit], licence: str) -> None:
    try:
        data = written(*given_units, licence=licence)
    except InputError:
        told = [licence, *(text for unit in given_units for text in (unit.en, unit.zh, unit.id, *unit.origin.values()))]
        assert re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "".join(told))
        return
    table = read_tmx(data, "a.tmx")
    assert [texts(row) for row in table.rows] == [expected(unit) for unit in given_units]
    assert table.notes == ((f"header: licence: {' '.join(licence.split())}",) if licence else ())


# The declarations of the TMX 1.4b specification for the elements that are written here.
DTD = """
<!ELEMENT tmx (header, body)>
<!ATTLIST tmx version CDATA #FIXED "1.4">
<!ELEMENT header (note|prop|ude)*>
<!ATTLIST header creationtool CDATA #REQUIRED creationtoolversion CDATA #REQUIRED
  segtype (block|paragraph|sentence|phrase) #REQUIRED o-tmf CDATA #REQUIRED adminlang CDATA #REQUIRED
  srclang CDATA #REQUIRED datatype CDATA #REQUIRED>
<!ELEMENT note (#PCDATA)> <!ELEMENT ude EMPTY>
<!ELEMENT prop (#PCDATA)> <!ATTLIST prop type CDATA #REQUIRED>
<!ELEMENT body (tu*)>
<!ELEMENT tu ((note|prop)*, tuv+)> <!ATTLIST tu tuid CDATA #IMPLIED>
<!ELEMENT tuv ((note|prop)*, seg)> <!ATTLIST tuv xml:lang CDATA #REQUIRED>
<!ELEMENT seg (#PCDATA)>
"""


@pytest.mark.parametrize(
    "data",
    [
        written(),
        written(licence="CC0"),
        written(Unit("", "")),
        written(Unit("a", "b", "c", {"d": "e", "f": "g"}), Unit("h", "")),
    ],
)
def test_written_files_are_valid(data: bytes) -> None:
    dtd = etree.DTD(io.StringIO(DTD))
    assert dtd.validate(etree.fromstring(data)), dtd.error_log
    assert not dtd.validate(etree.fromstring(data.replace(b"<header ", b"<header x='' ")))


UNITS = (
    Unit("An otter & its <stone>\r\n\t", " 海獭\x85\u2028&amp; ", "r-1", {"document": "河.txt"}),
    Unit("  two  stones ", "𠀀", "r-2"),
    Unit("", "石头", "r-3"),
)


def test_translate_toolkit_reads_what_we_write() -> None:
    toolkit = pytest.importorskip("translate.storage.tmx")
    store = toolkit.tmxfile.parsestring(written(*UNITS))
    store.settargetlanguage("zh")
    assert [(u.source or "", u.target, u.getid()) for u in store.units] == [(u.en, u.zh, u.id) for u in UNITS]
    assert store.units[0].xmlelement.findtext("prop") == "河.txt"


def test_we_read_what_translate_toolkit_writes() -> None:
    toolkit = pytest.importorskip("translate.storage.tmx")
    store = toolkit.tmxfile(sourcelanguage="en", targetlanguage="zh-CN")
    store.addtranslation("an <otter>", "en", "海獭 & 石头", "zh-CN", comment="shy")
    (row,) = read_tmx(bytes(store), "a.tmx").rows
    assert texts(row) == [("en", "an <otter>"), ("zh", "海獭 & 石头"), ("lang_zh", "zh-CN"), ("note", "shy")]


PIECES = [
    *(
        "<tu>",
        "</tu>",
        '<tuv xml:lang="en">',
        '<tuv lang="zh">',
        "</tuv>",
        "<seg>",
        "</seg>",
        "<seg/>",
        "<ph>",
        "</ph>",
    ),
    *("<hi>", "</hi>", "<sub/>", '<prop type="x-en">', "</prop>", "<note/>", "獭", "\n", "&amp;", "<body>", "</body>"),
]
soup = st.lists(st.sampled_from(PIECES), max_size=15).map("".join)
shapes = st.one_of(
    soup.map(lambda body: tmx(body)),
    soup.map(lambda text: tmx(tu(tuv("en", text), ZH))),
    st.lists(st.sampled_from([EN, ZH, "<tuv/>", "<note/>", "<prop/>", "x", tu(EN)])).map(lambda v: tmx(tu(*v))),
    st.lists(st.builds(tuv, st.text("ezn-_hH ", max_size=6), st.just("x"))).map(lambda v: tmx(tu(*v))),
)
any_bytes = st.one_of(
    st.binary(max_size=100),
    shapes,
    st.builds(lambda data, at, more: data[:at] + more + data[at:], shapes, st.integers(0, 200), st.binary(max_size=3)),
)


@given(any_bytes)
def test_any_bytes_give_a_table_or_our_error(data: bytes) -> None:
    try:
        table = read_tmx(data, "a")
    except DuizhaoError as error:
        assert str(error).startswith("a:")
    else:
        assert all(cell.line >= 1 and cell.column >= 1 for row in table.rows for cell in row)
        assert all([c.name for c in row].count(side) <= 1 for row in table.rows for side in ("en", "zh", "id"))
        assert not any("\n" in note for note in table.notes)
