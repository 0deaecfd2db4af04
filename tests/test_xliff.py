"""XLIFF in and out: versions, directions, segments, states, codes, and text that comes back exactly."""

import io
import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from strategies import odd_text

from duizhao.corpora.errors import DuizhaoError, InputError
from duizhao.corpora.rows import Cell, Row, Unit
from duizhao.corpora.xliff import read_xliff, write_xliff

NS1, NS2 = "urn:oasis:names:tc:xliff:document:1.2", "urn:oasis:names:tc:xliff:document:2.0"
EN_ZH = 'source-language="en" target-language="zh"'


def xliff1(body: str, languages: str = EN_ZH, number: str = "1.2") -> bytes:
    return f'<xliff version="{number}" xmlns="{NS1}"><file {languages}><body>{body}</body></file></xliff>'.encode()


def xliff2(body: str, languages: str = 'srcLang="en" trgLang="zh"', number: str = "2.0") -> bytes:
    return f'<xliff version="{number}" xmlns="{NS2}" {languages}><file id="f">{body}</file></xliff>'.encode()


def unit1(source: str = "an otter", target: str = "海獭", more: str = "") -> str:
    return f'<trans-unit id="1"><source>{source}</source><target>{target}</target>{more}</trans-unit>'


def unit2(source: str = "an otter", target: str = "海獭", more: str = "") -> str:
    return f'<unit id="1">{more}<segment><source>{source}</source><target>{target}</target></segment></unit>'


def texts(row: Row) -> list[tuple[str, str]]:
    return [(cell.name, cell.text) for cell in row]


BOTH = [("en", "an otter"), ("zh", "海獭")]
PLAIN = [*BOTH, ("id", "1")]
ONE_SIDED = "1 rows lack English or Chinese"
UNFINISHED = '1 rows are unfinished (cell "state")'
FIXED = '1 rows are not to be translated (cell "translate")'
UNLIKE = "1 units are one row each, for their two sides are not cut into the same segments"
GUESSED = "1 rows have no target language declared; it was taken for the other one"
CUT = '<mrk mtype="seg" mid="{}">{}</mrk>'


def cut(source: str, target: str, whole: str = "an otter. a stone.") -> str:
    return (
        f'<trans-unit id="1"><source>{whole}</source><seg-source>{source}</seg-source>'
        f"<target>{target}</target></trans-unit>"
    )


READ = [
    ("1.2", xliff1(unit1()), [PLAIN], []),
    ("1.2 in groups", xliff1(f"<group><group>{unit1()}</group>{unit1()}</group>"), [PLAIN, PLAIN], []),
    ("1.2 from Chinese", xliff1(unit1("海獭", "an otter"), 'source-language="zh" target-language="en"'), [PLAIN], []),
    (
        "1.2 regions",
        xliff1(unit1(), 'source-language="en_us" target-language="zh-hans"'),
        [[*PLAIN, ("lang_en", "en-US"), ("lang_zh", "zh-Hans")]],
        [],
    ),
    ("1.2 no target language", xliff1(unit1(), 'source-language="en"'), [PLAIN], [GUESSED]),
    (
        "1.2 target language on the target",
        xliff1(unit1().replace("<target>", '<target xml:lang="zh-TW">'), 'source-language="en"'),
        [[*PLAIN, ("lang_zh", "zh-TW")]],
        [],
    ),
    (
        "1.2 no target",
        xliff1('<trans-unit id="1"><source>an otter</source></trans-unit>', 'source-language="en"'),
        [[BOTH[0], ("id", "1")]],
        [ONE_SIDED],
    ),
    (
        "1.2 states",
        xliff1(
            "".join(
                unit1().replace("<target>", f'<target state="{state}">')
                for state in ("new", "needs-translation", "needs-review-l10n", "translated", "signed-off", "final")
            )
        ),
        [
            [*PLAIN, ("state", "new")],
            [*PLAIN, ("state", "needs-translation")],
            [*PLAIN, ("state", "needs-review-l10n")],
            *([PLAIN] * 3),
        ],
        ['3 rows are unfinished (cell "state")'],
    ),
    ("1.2 fixed", xliff1(f'<group translate="no">{unit1()}</group>'), [[*PLAIN, ("translate", "no")]], [FIXED]),
    ("1.2 but yes", xliff1(f'<group translate="no">{unit1()}</group>'.replace("1", '1" translate="yes')), [PLAIN], []),
    (
        "1.2 alternatives",
        xliff1(unit1(more="<alt-trans><source>x</source><target>y</target><note>z</note></alt-trans><alt-trans/>")),
        [PLAIN],
        ["2 alternative translations were left out"],
    ),
    (
        "1.2 about it",
        xliff1(
            unit1(
                more='<note>shy</note><context-group><context context-type="sourcefile">a.c</context></context-group>'
                '<prop-group><prop prop-type="en">x</prop></prop-group>'
            ).replace('id="1"', 'id="1" resname="key"')
        ),
        [[*PLAIN, ("name", "key"), ("note", "shy"), ("sourcefile", "a.c"), ("prop-en", "x")]],
        [],
    ),
    (
        "1.2 strange",
        xliff1(unit1(more="<count-group/>x") + "<bin-unit/>"),
        [PLAIN],
        [
            "1 stretches of text outside <source> and <target> were left out",
            "1 binary units were left out",
            "1 elements of no known kind were left out (count-group 1)",
        ],
    ),
    (
        "1.2 header note",
        xliff1(unit1(more="<note>shy</note>")).replace(b"<body>", b"<header><note>wild\n river</note></header><body>"),
        [[*PLAIN, ("note", "shy")]],
        ["note: wild river"],
    ),
    ("1.1 without a namespace", xliff1(unit1(), number="1.1").replace(f' xmlns="{NS1}"'.encode(), b""), [PLAIN], []),
    (
        "1.2 segments",
        xliff1(
            cut(
                CUT.format(1, "an otter.") + " " + CUT.format(2, "a <g id='1'>stone</g>."),
                CUT.format(2, "石头。") + CUT.format(1, "海獭。"),
            )
        ),
        [
            [("en", "an otter."), ("zh", "海獭。"), ("id", "1/1")],
            [("en", "a stone."), ("zh", "石头。"), ("id", "1/2")],
        ],
        ["1 inline codes were left out of the text (g 1)"],
    ),
    (
        "1.2 segments in a code",
        xliff1(cut(f"<g>{CUT.format('a', 'an otter.')}</g><x/>", f"<g>{CUT.format('a', '海獭。')}</g><x/>")),
        [[("en", "an otter."), ("zh", "海獭。"), ("id", "1/a")]],
        ["4 inline codes were left out of the text (g 2, x 2)"],
    ),
    (
        "1.2 other segments",
        xliff1(cut(CUT.format(1, "an otter.") + CUT.format(2, "a stone."), CUT.format(1, "海獭。石头。"))),
        [[("en", "an otter. a stone."), ("zh", "海獭。石头。"), ("id", "1")]],
        [UNLIKE],
    ),
    (
        "1.2 text between segments",
        xliff1(cut(f"oh, {CUT.format(1, 'an otter')}", CUT.format(1, "海獭"), "oh, an otter")),
        [[("en", "oh, an otter"), ("zh", "海獭"), ("id", "1")]],
        [UNLIKE],
    ),
    (
        "1.2 one mark twice",
        xliff1(cut(CUT.format(1, "an ") + CUT.format(1, "otter"), CUT.format(1, "海獭"), "an otter")),
        [PLAIN],
        [UNLIKE],
    ),
    (
        "1.2 seg-source without segments",
        xliff1(cut("an <x/>", "海<x/>獭", "an <x/>otter")),
        [PLAIN],
        ["2 inline codes were left out of the text (x 2)"],
    ),
    (
        "1.2 seg-source with nothing but a code",
        xliff1(cut("<x/>", "<x/>", "<x/>")),
        [[("en", ""), ("zh", ""), ("id", "1")]],
        ["2 inline codes were left out of the text (x 2)"],
    ),
    (
        "1.2 codes",
        xliff1(
            unit1(
                'a<x/>n <bx/><g><ph>&lt;<sub>i</sub></ph>ot</g><mrk mtype="term">ter</mrk><ex/>',
                "<bpt>(</bpt>海<it/>獭",
            )
        ),
        [PLAIN],
        ["9 inline codes were left out of the text (bpt 1, bx 1, ex 1, g 1, it 1, mrk 1, ph 1, sub 1, x 1)"],
    ),
    ("2.0", xliff2(unit2()), [PLAIN], []),
    ("2.1", xliff2(unit2(), number="2.1"), [PLAIN], []),
    ("2.0 in groups", xliff2(f'<group id="a"><group id="b">{unit2()}</group></group>'), [PLAIN], []),
    ("2.0 from Chinese", xliff2(unit2("海獭", "an otter"), 'srcLang="zh" trgLang="en"'), [PLAIN], []),
    ("2.0 no target language", xliff2(unit2(), 'srcLang="en"'), [PLAIN], [GUESSED]),
    (
        "2.0 segments",
        xliff2(
            '<unit id="u" name="key" translate="no">'
            '<segment id="s" state="initial"><source>an otter.</source></segment>'
            "<ignorable><source> </source></ignorable><ignorable><source>--</source><target> </target></ignorable>"
            '<segment state="final"><source>a stone.</source><target>石头。</target></segment></unit>'
        ),
        [
            [
                *(("en", "an otter."), ("id", "u/s"), ("name", "key")),
                *(("state", "initial"), ("translate", "no")),
            ],
            [("en", "a stone."), ("zh", "石头。"), ("id", "u/2"), ("name", "key"), ("translate", "no")],
        ],
        [
            ONE_SIDED,
            UNFINISHED,
            '2 rows are not to be translated (cell "translate")',
            "1 stretches of text between segments were left out",
        ],
    ),
    (
        "2.0 codes",
        xliff2(
            unit2(
                'a<cp hex="006E"/> <pc id="1"><sc id="2"/>ot<ph id="3"/></pc><ec/><mrk id="4">ter</mrk>',
                '<sm id="5"/>海<em startRef="5"/>獭',
            )
        ),
        [PLAIN],
        ["7 inline codes were left out of the text (ec 1, em 1, mrk 1, pc 1, ph 1, sc 1, sm 1)"],
    ),
    (
        "2.0 code points",
        xliff2(unit2('<cp hex="001A"/><cp hex="01F9A6"/>', "")),
        [[("en", "\x1a🦦"), ("zh", ""), ("id", "1")]],
        [],
    ),
    (
        "2.0 about it",
        xliff2(
            '<notes><note category="licence">CC0</note></notes>'
            + unit2(
                more='<m:metadata xmlns:m="urn:oasis:names:tc:xliff:metadata:2.0"><m:metaGroup category="river">'
                '<m:meta type="id">7</m:meta><m:metaGroup><m:meta type="depth">2 m</m:meta></m:metaGroup></m:metaGroup>'
                "</m:metadata><notes><note>shy</note></notes><originalData><data id='d'>x</data></originalData>"
            )
        ),
        [[*PLAIN, ("note", "shy"), ("prop-id", "7"), ("depth", "2 m")]],
        ["note: licence CC0"],
    ),
    (
        "2.0 strange",
        xliff2(
            unit2(
                more='<t:matches xmlns:t="urn:oasis:names:tc:xliff:matches:2.0"><t:match><source>x</source></t:match>'
                "</t:matches>"
            ).replace("</segment>", "<notes/>x</segment>")
        ),
        [PLAIN],
        [
            "1 stretches of text outside <source> and <target> were left out",
            "2 elements of no known kind were left out (matches 1, notes 1)",
        ],
    ),
    ("2.0 nothing", xliff2(""), [], []),
]  # fmt: skip


@pytest.mark.parametrize(("data", "rows", "notes"), [r[1:] for r in READ], ids=[r[0] for r in READ])
def test_read(data: bytes, rows: list[list[tuple[str, str]]], notes: list[str]) -> None:
    table = read_xliff(data, "a.xlf")
    assert [texts(row) for row in table.rows] == rows
    assert list(table.notes) == notes


@pytest.mark.parametrize("number", ["1.0", "1.1", "1.2", "2.0", "2.1"])
def test_the_version_is_named(number: str) -> None:
    data = xliff1(unit1(), number=number) if number < "2" else xliff2(unit2(), number=number)
    assert read_xliff(data, "a.xlf").format == f"XLIFF {number}"


def test_places() -> None:
    data = f"""<xliff version="2.0" xmlns="{NS2}"
 srcLang="zh-CN" trgLang="en"><file id="f">
<unit id="1"><notes><note>湿</note></notes><segment>
 <source>海獭</source><target
 >an otter</target></segment></unit></file></xliff>"""
    assert read_xliff(data.encode(), "a.xlf").rows == (
        (
            Cell("en", "an otter", 4, 21),
            Cell("zh", "海獭", 4, 2),
            Cell("id", "1", 3, 1),
            Cell("lang_zh", "zh-CN", 3, 1),
            Cell("note", "湿", 3, 21),
        ),
    )


VERSIONS = "wanted XLIFF 1.0, 1.1, 1.2, 2.0, 2.1"
REFUSED = [
    ("version", xliff2("", number="2.2"), "<xliff", f"XLIFF 2.2; {VERSIONS}"),
    ("no version", b"<xliff/>", "<xliff", f"XLIFF of no version; {VERSIONS}"),
    ("tmx", b"<tmx/>", "<tmx", "a <tmx> document; wanted XLIFF, which begins with <xliff>"),
    (
        "languages",
        xliff1(unit1(), 'source-language="en" target-language="de"'),
        "<trans-unit",
        "languages en → de; wanted English and Chinese, one on each side",
    ),
    ("one language", xliff2(unit2(), 'srcLang="en-US" trgLang="en-GB"'), "<unit", "languages en-US → en-GB; wanted"),
    ("no source language", xliff1(unit1(), 'target-language="zh"'), "<trans-unit", "languages (none) → zh; wanted"),
    ("German alone", xliff2(unit2(), 'srcLang="de"'), "<unit", "languages de → (none); wanted"),
    (
        "second file",
        xliff1(f'{unit1()}</body></file><file {EN_ZH.replace("zh", "fr")}><body><trans-unit id="2"/>'),
        '<trans-unit id="2"',
        "languages en → fr; wanted",
    ),
    ("half a character", xliff2(unit2('<cp hex="DC00"/>')), "<source", "the code point 'DC00'; wanted 0000 to 10FFFF"),
    ("beyond", xliff2(unit2('<cp hex="110000"/>')), "<source", "the code point '110000'"),
    ("no number", xliff2(unit2('<cp hex="-1"/>')), "<source", "the code point '-1'"),
    ("nothing", xliff2(unit2(target="<cp/>")), "<target", "the code point ''"),
    ("long", xliff2(unit2(f'<cp hex="{"0" * 9_000}"/>')), "<source", "the code point '00000000000000000000'"),
    ("full-width digits", xliff2(unit2('<cp hex="００４１"/>')), "<source", "the code point '００４１'"),
    ("truncated", b'<xliff version="2.0"><file>\n', "\n", "broken XML (no element found)"),
    ("entity", b"<!DOCTYPE xliff [<!ENTITY a SYSTEM 'b'>]><xliff/>", ">]>", "an entity declaration ('a')"),
]


@pytest.mark.parametrize(("data", "begin", "message"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_refused(data: bytes, begin: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_xliff(data, "a.xlf")
    place = "2:1" if begin == "\n" else f"1:{data.decode().index(begin) + 1}"
    assert str(caught.value).startswith(f"a.xlf:{place}: {message}")


def written(*units: Unit, licence: str = "") -> bytes:
    handle = io.BytesIO()
    write_xliff(units, handle, licence=licence)
    return handle.getvalue()


HEAD = (
    f'<?xml version="1.0" encoding="UTF-8"?>\n<xliff xmlns="{NS2}" xmlns:mda="urn:oasis:names:tc:xliff:metadata:2.0"'
    ' version="2.0" srcLang="en" trgLang="zh">\n<file id="f1" xml:space="preserve">\n'
)


def test_written() -> None:
    units = Unit("An otter\r & \x1a", "海獭\t", "r:1", {"type": "1-1", "document": "河.txt"}), Unit("a", "b", "r:1")
    assert written(*units, licence="CC & Co").decode() == (
        f'{HEAD}<notes><note category="licence">CC &amp; Co</note></notes>\n'
        '<unit id="r:1">\n<mda:metadata><mda:metaGroup category="duizhao"><mda:meta type="document">河.txt</mda:meta>'
        '<mda:meta type="type">1-1</mda:meta></mda:metaGroup></mda:metadata>\n<segment state="translated">\n'
        '<source>An otter&#13; &amp; <cp hex="001A"/></source>\n<target>海獭\t</target>\n</segment>\n</unit>\n'
        '<unit id="duizhao-2">\n<mda:metadata><mda:metaGroup category="duizhao"><mda:meta type="id">r:1</mda:meta>'
        '</mda:metaGroup></mda:metadata>\n<segment state="translated">\n<source>a</source>\n<target>b</target>\n'
        "</segment>\n</unit>\n</file>\n</xliff>\n"
    )
    assert written().decode() == f'{HEAD}<group id="empty"/>\n</file>\n</xliff>\n'


def test_ids_are_written_once() -> None:
    data = written(*(Unit("a", "b", name) for name in ("duizhao-2", "", "a b", "r", "r")))
    assert re.findall(b'<unit id="(.*?)"', data) == [b"duizhao-1", b"duizhao-2", b"duizhao-3", b"r", b"duizhao-5"]
    named = [[cell.text for cell in row if cell.name == "id"] for row in read_xliff(data, "a").rows]
    assert named == [["duizhao-2"], [], ["a b"], ["r"], ["r"]]


@pytest.mark.parametrize(
    ("unit", "message"),
    [
        (
            Unit("a\ud800", "b", "r1"),
            "unit 'r1': U+D800; wanted characters that XML can hold. Take it out of the text.",
        ),
        (Unit("a", "\udfff"), "unit number 2: U+DFFF; wanted"),
        (Unit("a", "b", "\x0c"), r"unit '\x0c': U+000C; wanted"),
        (Unit("a", "b", "c", {"type": "\x00"}), "unit 'c': U+0000; wanted"),
        (Unit("a", "b", "c", {"id": "d"}), "unit 'c': an origin called 'id'; wanted another name. Rename it."),
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
        assert handle.getvalue().endswith("海獭</target>\n</segment>\n</unit>\n".encode())
        yield Unit("a stone", "石头")

    write_xliff(watched(), handle)
    assert len(read_xliff(handle.getvalue(), "a").rows) == 2


names = st.text(st.sampled_from("abn_x-:文 \n\r\t\"'&<"), max_size=6)
ids = st.one_of(odd_text, st.sampled_from(["", "u1", "duizhao-1", "duizhao-2", "a b", "海"]))
units = st.lists(st.builds(Unit, odd_text, odd_text, ids, st.dictionaries(names, odd_text, max_size=3)), max_size=4)


@given(units, odd_text)
def test_what_was_written_comes_back(given_units: list[Unit], licence: str) -> None:
    try:
        data = written(*given_units, licence=licence)
    except InputError:
        told = [licence, *(text for unit in given_units for text in (unit.id, *unit.origin.values()))]
        assert re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "".join(told))
        return
    table = read_xliff(data, "a.xlf")
    assert [texts(row) for row in table.rows] == [
        [("en", u.en), ("zh", u.zh), *([("id", u.id)] if u.id else []), *sorted(u.origin.items())] for u in given_units
    ]
    assert table.notes == ((" ".join(f"note: licence {licence}".split()),) if licence else ())
    written_ids = re.findall('\n<unit id="(.*?)">', data.decode())
    assert len(set(written_ids)) == len(written_ids) == len(given_units)


# The element order of the XLIFF 2.0 schema for what is written here; `mda` is the metadata module's.
DTD = """
<!ELEMENT xliff (file+)>
<!ATTLIST xliff xmlns CDATA #FIXED "urn:oasis:names:tc:xliff:document:2.0"
  xmlns:mda CDATA #FIXED "urn:oasis:names:tc:xliff:metadata:2.0"
  version CDATA #REQUIRED srcLang CDATA #REQUIRED trgLang CDATA #IMPLIED>
<!ELEMENT file (notes?, (unit|group)+)>
<!ATTLIST file id NMTOKEN #REQUIRED xml:space (preserve|default) #IMPLIED>
<!ELEMENT group (notes?, (unit|group)*)> <!ATTLIST group id NMTOKEN #REQUIRED>
<!ELEMENT notes (note+)> <!ELEMENT note (#PCDATA)> <!ATTLIST note category CDATA #IMPLIED>
<!ELEMENT unit (mda:metadata?, notes?, segment+)> <!ATTLIST unit id NMTOKEN #REQUIRED>
<!ELEMENT mda:metadata (mda:metaGroup+)>
<!ELEMENT mda:metaGroup (mda:metaGroup|mda:meta)+> <!ATTLIST mda:metaGroup category CDATA #IMPLIED>
<!ELEMENT mda:meta (#PCDATA)> <!ATTLIST mda:meta type CDATA #REQUIRED>
<!ELEMENT segment (source, target?)> <!ATTLIST segment state (initial|translated|reviewed|final) "initial">
<!ELEMENT source (#PCDATA|cp)*> <!ELEMENT target (#PCDATA|cp)*>
<!ELEMENT cp EMPTY> <!ATTLIST cp hex CDATA #REQUIRED>
"""


@pytest.mark.parametrize(
    "data",
    [
        written(),
        written(licence="CC0"),
        written(Unit("", "")),
        written(Unit("\x00", "\uffff", "a b", {"d": "e", "f": "g"}), Unit("h", "", "i"), licence="CC0"),
    ],
)
def test_written_files_are_valid(data: bytes) -> None:
    dtd = etree.DTD(io.StringIO(DTD))
    assert dtd.validate(etree.fromstring(data)), dtd.error_log
    assert not dtd.validate(etree.fromstring(data.replace(b'<file id="f1"', b'<file id="f 1"')))


UNITS = (
    Unit("An otter & its <stone>\r\n\t", " 海獭\x85\u2028&amp; ", "r-1", {"document": "河.txt"}),
    Unit("  two  stones ", "𠀀", "r-2"),
)


def test_translate_toolkit_reads_what_we_write() -> None:
    toolkit = pytest.importorskip("translate.storage.xliff2")
    store = toolkit.Xliff2File.parsestring(written(*UNITS, licence="CC0"))
    assert (store.sourcelanguage, store.targetlanguage) == ("en", "zh")
    assert [(u.source, u.target, u.getid()) for u in store.units] == [(u.en, u.zh, u.id) for u in UNITS]
    assert all(unit.istranslated() for unit in store.units)


def test_we_read_what_translate_toolkit_writes() -> None:
    toolkit = pytest.importorskip("translate.storage.xliff")
    store = toolkit.xlifffile(sourcelanguage="en", targetlanguage="zh-CN")
    unit = store.addsourceunit("an <otter> & a stone")
    unit.target = "海獭"
    unit.addnote("shy")
    unit.setid("7")
    store.addsourceunit("no target").setid("8")
    table = read_xliff(bytes(store), "a.xlf")
    assert [texts(row) for row in table.rows] == [
        [("en", "an <otter> & a stone"), ("zh", "海獭"), ("id", "7"), ("lang_zh", "zh-CN"), ("note", "shy")],
        [("en", "no target"), ("id", "8")],
    ]
    assert table.notes == (ONE_SIDED,)


def test_we_read_what_translate_toolkit_writes_as_2() -> None:
    toolkit = pytest.importorskip("translate.storage.xliff2")
    store = toolkit.Xliff2File(sourcelanguage="zh", targetlanguage="en")
    unit = store.addsourceunit("海獭 & <石头>")
    unit.setid("u7")
    unit.target = "an otter"
    (row,) = read_xliff(bytes(store), "a.xlf").rows
    assert texts(row) == [("en", "an otter"), ("zh", "海獭 & <石头>"), ("id", "u7")]


PIECES = [
    *("<trans-unit>", "</trans-unit>", "<unit>", "</unit>", "<segment>", "</segment>", "<source>", "</source>"),
    *("<target>", "</target>", "<seg-source>", "</seg-source>", CUT.format(1, "x"), CUT.format(2, "獭"), "<g>", "</g>"),
    *(
        '<target state="new" xml:lang="en">',
        "<ph/>",
        '<cp hex="1F"/>',
        '<cp hex="x"/>',
        "<note/>",
        "獭",
        "\n",
        "<file>",
    ),
]
soup = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
shapes = st.one_of(
    soup.map(xliff1),
    soup.map(xliff2),
    st.builds(lambda a, b: xliff1(unit1(a, b)), soup, soup),
    st.builds(lambda a, b: xliff2(unit2(a, b)), soup, soup),
    st.builds(
        lambda a, b: xliff1(cut("".join(a), "".join(b))),
        st.lists(st.sampled_from([CUT.format(1, "x"), CUT.format(2, "y"), " ", "z", "<x/>"]), max_size=3),
        st.lists(st.sampled_from([CUT.format(1, "x"), CUT.format(2, "y"), " ", "z", "<x/>"]), max_size=3),
    ),
)
any_bytes = st.one_of(
    st.binary(max_size=100),
    shapes,
    st.builds(lambda data, at, more: data[:at] + more + data[at:], shapes, st.integers(0, 300), st.binary(max_size=3)),
)


@given(any_bytes)
def test_any_bytes_give_a_table_or_our_error(data: bytes) -> None:
    try:
        table = read_xliff(data, "a")
    except DuizhaoError as error:
        assert str(error).startswith("a:")
    else:
        assert all(cell.line >= 1 and cell.column >= 1 for row in table.rows for cell in row)
        assert all([c.name for c in row].count(side) <= 1 for row in table.rows for side in ("en", "zh", "id"))
        assert not any("\n" in note for note in table.notes)
