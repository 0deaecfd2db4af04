"""TBX read: versions, dialects and makers; what becomes of languages, statuses and notes; what is refused."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from translate.storage.tbx import tbxfile

from duizhao.corpora.errors import DuizhaoError, InputError, LimitError
from duizhao.corpora.tbx import read_tbx
from duizhao.corpora.term import Forbidden, PlacedTerm, Term

ED2 = "urn:iso:std:iso:30042:ed-2"


def v3(*entries: str, style: str = "dca", spaces: str = "") -> bytes:
    head = f'<tbx type="TBX-Basic" style="{style}" xml:lang="en" xmlns="{ED2}"{spaces}><text><body>\n'
    return (head + "\n".join(entries) + "\n</body></text></tbx>").encode()


def entry(*languages: str, more: str = "") -> str:
    return f'<conceptEntry id="c1">{more}{"".join(languages)}</conceptEntry>'


def lang(tag: str, *sections: str, more: str = "") -> str:
    return f'<langSec xml:lang="{tag}">{more}{"".join(sections)}</langSec>'


def sec(text: str, status: str = "", more: str = "") -> str:
    note = f'<termNote type="administrativeStatus">{status}Term-admn-sts</termNote>' if status else ""
    return f"<termSec><term>{text}</term>{note}{more}</termSec>"


EN, ZH = lang("en", sec("otter")), lang("zh", sec("水獭"))
OTTER = Term("otter", "水獭")
DEFINITION = '<descrip type="definition">It swims.</descrip>'
READ: list[tuple[str, str, Term, list[str]]] = [
    ("plain", entry(EN, ZH), OTTER, []),
    ("Chinese first", entry(ZH, EN), OTTER, []),
    ("tags of Microsoft", entry(lang("en-US", sec("otter")), lang("zh-CN", sec("水獭"))), OTTER, []),
    ("tags in capitals", entry(lang("EN", sec("otter")), lang("ZH", sec("水獭"))), OTTER, []),
    ("tags of three letters", entry(lang("eng", sec("otter")), lang("chi", sec("水獭"))), OTTER, []),
    ("script", entry(lang("en_GB", sec("otter")), lang("zh-Hans", sec("水獭"))), OTTER, []),
    ("Singapore", entry(EN, lang("zh-SG", sec("水獭"))), OTTER, []),
    ("simplified in Hong Kong", entry(EN, lang("zh-Hans-HK", sec("水獭"))), OTTER, []),
    (
        "Taiwan and Hong Kong",
        entry(EN, ZH, lang("zh-TW", sec("水獺")), lang("zh-HK", sec("獺"))),
        Term("otter", "水獭", taiwan=("水獺", "獺")),
        [],
    ),
    ("traditional", entry(EN, lang("zh-Hant", sec("水獺")), ZH), Term("otter", "水獭", taiwan=("水獺",)), []),
    ("an old tag", entry(EN, lang("zh-CHT", sec("水獺")), ZH), Term("otter", "水獭", taiwan=("水獺",)), []),
    (
        "Taiwan only",
        entry(EN, lang("zh-TW", sec("水獺"), sec("獺"), sec("海狗", "deprecated"))),
        Term("otter", "水獺", ("獺",), (Forbidden("海狗", "", False),)),
        ["1 entries have Chinese of Taiwan or Hong Kong only, which was taken as the preferred term"],
    ),
    (
        "the same in Taiwan",
        entry(EN, ZH, lang("zh-TW", sec("水獭"), sec("水獺"))),
        Term("otter", "水獭", taiwan=("水獺",)),
        ["1 repeated terms of an entry were left out"],
    ),
    (
        "deprecated in Taiwan",
        entry(EN, ZH, lang("zh-TW", sec("海狗", "deprecated"))),
        OTTER,
        ["1 deprecated terms of Taiwan or Hong Kong were left out: mainland usage may differ"],
    ),
    (
        "usage",
        entry(
            EN,
            lang("zh", *(sec(z, more=f'<termNote type="geographicalUsage">{u}</termNote>') for z, u in (
                ("水獺", "Taiwan"), ("水獭", "China"), ("獺", "Hong Kong"),
            ))),
        ),
        Term("otter", "水獭", taiwan=("水獺", "獺")),
        ["1 properties were not used (geographicalUsage 1)"],
    ),
    (
        "statuses",
        entry(
            lang("en", sec("lutra", "deprecated"), sec("otter", "admitted"), sec("river otter", "preferred"), sec("O")),
            lang("zh", sec("獭"), sec("河狸", "superseded"), sec("水獭", "preferred"), sec("海狗", "deprecated")),
        ),
        Term(
            "river otter",
            "水獭",
            ("獭",),
            (Forbidden("河狸", "", False), Forbidden("海狗", "", False)),
            also=("otter", "O"),
        ),
        ["1 deprecated English terms were left out"],
    ),
    (
        "two are preferred",
        entry(EN, lang("zh", sec("水獭", "preferred"), sec("獭", "preferred"))),
        Term("otter", "水獭", ("獭",)),
        ["1 entries have several preferred Chinese terms, of which the first is preferred, the others admitted"],
    ),
    (
        "two sections of a language",
        entry(EN, ZH, lang("zh-CN", sec("獭"))),
        Term("otter", "水獭", ("獭",)),
        [],
    ),
    (
        "repeated",
        entry(lang("en", sec("otter"), sec("otter")), lang("zh", sec("水獭"), sec("水獭"))),
        OTTER,
        ["2 repeated terms of an entry were left out"],
    ),
    (
        "allowed and deprecated",
        entry(EN, lang("zh", sec("水獭"), sec("水獭", "deprecated"))),
        OTTER,
        ["1 terms that one entry both allows and deprecates were taken as allowed"],
    ),
    (
        "why it is wrong",
        entry(EN, lang("zh", sec("水獭"), sec("河狸", "deprecated", "<note>gnaws</note><note>wood</note>"))),
        Term("otter", "水獭", (), (Forbidden("河狸", "gnaws wood", False),)),
        [],
    ),
    (
        "domain, part of speech, notes",
        entry(
            lang("en", sec("otter", more='<termNote type="partOfSpeech">Noun</termNote><note>shy</note>')),
            lang("zh", sec("水獭"), more="<note>会游泳。</note>"),
            more=f'<descrip type="subjectField">animals</descrip>{DEFINITION}<note>wet</note>',
        ),
        Term("otter", "水獭", domain="animals", pos="noun", note="It swims.\nwet\n会游泳。\notter: shy"),
        [],
    ),
    (
        "groups and properties that are not used",
        entry(
            EN,
            lang("zh", sec("水獭", more='<descripGrp><descrip type="context">獭</descrip><admin type="source">r</admin>'
                 "</descripGrp>")),
            more=f'<transacGrp><transac type="x">y</transac><date>2020-01-01</date></transacGrp>'
            f'<descripGrp>{DEFINITION}<admin type="source">s</admin></descripGrp>'
            '<descrip type="subjectField">a</descrip><descrip type="subjectField">b</descrip>',
        ),
        Term("otter", "水獭", domain="a", note="It swims."),
        ["5 properties were not used (context 1, source 2, subjectField 1, transacGrp 1)"],
    ),
    (
        "a part of speech of the language",
        entry(lang("en", sec("otter"), more='<termNote type="partOfSpeech">noun</termNote>'), ZH),
        Term("otter", "水獭", pos="noun"),
        [],
    ),
    (
        "an unknown status",
        entry(EN, lang("zh", sec("水獭", "foggy"))),
        OTTER,
        ["1 statuses of no known kind were not used (foggyTerm-admn-sts 1)"],
    ),
    (
        "other languages",
        entry(EN, ZH, lang("de", sec("Otter")), lang("ja", sec("カワウソ")), lang("ja", sec("獺"))),
        OTTER,
        ["3 other languages were left out (de 1, ja 2)"],
    ),
    (
        "Cantonese",
        entry(EN, ZH, lang("zh-yue-Hant", sec("獺仔"))),
        OTTER,
        ["1 other languages were left out (zh-yue-Hant 1)"],
    ),
    (
        "highlights and codes",
        entry(EN, lang("zh", sec('水<hi type="bold">獭</hi><ph>x</ph>'))),
        OTTER,
        ["2 inline codes were left out of the text (hi 1, ph 1)"],
    ),
    (
        "empty and stray",
        entry(lang("en", sec("otter"), "<termSec/>"), lang("zh", sec(" "), sec("水獭"), "x"), more="y"),
        OTTER,
        [
            "2 term sections without a term were left out",
            "2 stretches of text outside the elements for it were left out",
        ],
    ),
    (
        "two terms in a section",
        entry(EN, lang("zh", "<termSec><term>水獭</term><term>獭</term></termSec>")),
        OTTER,
        ["1 term sections have several terms, of which the first is used"],
    ),
    (
        "pretty printed",
        entry(lang("en", sec("\n  river\n\t otter\n")), ZH, more="<note>It\n   swims.\nIt eats.\n</note>"),
        Term("river otter", "水獭", note="It swims.\nIt eats."),
        [],
    ),
    ("a name", entry(lang("en", sec("LutraNet")), lang("zh", sec("LutraNet"))), Term("LutraNet", "LutraNet"), []),
    (
        "our flags",
        entry(
            lang("en", sec("otter", more='<admin type="customerSubset">duizhao:case</admin>')),
            lang("zh", sec("水獭", more='<admin type="customerSubset">Zoo</admin>'
                 '<admin type="customerSubset">duizhao:otter</admin>')),
        ),
        Term("otter", "水獭", case=True),
        ["2 properties were not used (customerSubset 2)"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("xml", "term", "notes"), [r[1:] for r in READ], ids=[r[0] for r in READ])
def test_read(xml: str, term: Term, notes: list[str]) -> None:
    read = read_tbx(v3(xml), "t.tbx")
    assert read.terms == (PlacedTerm(term, "t.tbx:2"),)
    assert list(read.notes) == notes


LEFT_OUT = [
    (entry(EN), "1 entries without an English or without a Chinese term were left out"),
    (entry(ZH), "1 entries without an English or without a Chinese term were left out"),
    (
        entry(EN, lang("zh", sec("河狸", "deprecated"))),
        "1 entries that only say which term is wrong were left out",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("xml", "note"), LEFT_OUT)
def test_left_out(xml: str, note: str) -> None:
    read = read_tbx(v3(xml, entry(EN, ZH)), "t.tbx")
    assert read.terms == (PlacedTerm(OTTER, "t.tbx:3"),)
    assert read.notes == (note,)


VERSION_2 = """<?xml version="1.0"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en">
<martifHeader><fileDesc><sourceDesc><p>river</p></sourceDesc></fileDesc></martifHeader>
<text><body>
<termEntry id="c1">
  <descrip type="subjectField">rivers</descrip>
  <langSet xml:lang="en-US">
    <tig><term>footbridge</term><termNote type="partOfSpeech">noun</termNote></tig>
  </langSet>
  <langSet xml:lang="zh-CN">
    <tig><term>步行桥</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig>
    <tig><term>脚桥</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig>
  </langSet>
</termEntry>
<termEntry id="c2">
  <langSet xml:lang="en-US"><tig><term>green tea</term></tig></langSet>
  <langSet xml:lang="zh-CN"><tig><term>绿茶</term></tig></langSet>
</termEntry>
</body></text></martif>
"""
BRIDGE = Term("footbridge", "步行桥", (), (Forbidden("脚桥", "", False),), "rivers", pos="noun")


def test_version_2() -> None:
    read = read_tbx(VERSION_2.encode(), "t.tbx")
    assert read.terms == (PlacedTerm(BRIDGE, "t.tbx:6"), PlacedTerm(Term("green tea", "绿茶"), "t.tbx:16"))
    assert read.notes == ()


def test_the_translate_toolkit_reads_the_same_pairs_of_version_2() -> None:
    theirs = [(str(unit.source), str(unit.target)) for unit in tbxfile.parsestring(VERSION_2.encode()).units]
    ours = [(placed.term.en, placed.term.zh) for placed in read_tbx(VERSION_2.encode(), "t.tbx").terms]
    assert theirs == ours == [("footbridge", "步行桥"), ("green tea", "绿茶")]


def test_what_the_translate_toolkit_writes_is_read() -> None:
    theirs = tbxfile(sourcelanguage="en", targetlanguage="zh")
    for en, zh in (("stone & shell", "石头 <和> 贝壳"), ("tea", "茶")):
        theirs.addsourceunit(en).settarget(zh, "zh")
    read = read_tbx(bytes(theirs), "t.tbx")
    assert [(p.term.en, p.term.zh) for p in read.terms] == [("stone & shell", "石头 <和> 贝壳"), ("tea", "茶")]


def test_ntig_as_multiterm_and_microsoft_write_it() -> None:
    xml = """<martif type="TBX"><text><body><termEntry id="7_9">
    <langSet xml:lang="en-US"><descripGrp><descrip type="definition">A drink.</descrip></descripGrp>
    <ntig><termGrp><term id="7_9_1">tea</term><termNote type="partOfSpeech">Noun</termNote></termGrp></ntig></langSet>
    <langSet xml:lang="zh-cn"><ntig><termGrp><term>茶</term><termNoteGrp><termNote type="normativeAuthorization"
    >preferredTerm</termNote></termNoteGrp></termGrp><note>喝</note></ntig></langSet>
    </termEntry></body></text></martif>"""
    read = read_tbx(xml.encode("utf-16"), "t.tbx")
    assert read.terms == (PlacedTerm(Term("tea", "茶", note="A drink.\n茶: 喝", pos="noun"), "t.tbx:1"),)
    assert read.notes == ()


def test_categories_as_elements() -> None:
    spaces = ' xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic"'
    bridge = entry(
        lang("en", sec("footbridge", more="<min:partOfSpeech>noun</min:partOfSpeech>")),
        lang(
            "zh",
            sec("脚桥", more="<min:administrativeStatus>deprecatedTerm-admn-sts</min:administrativeStatus>"),
            sec("步行桥", more="<min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus>"),
        ),
        more="<min:subjectField>rivers</min:subjectField><basic:xGraphic target='https://a.b'>c</basic:xGraphic>",
    )
    read = read_tbx(v3(bridge, style="dct", spaces=spaces), "t.tbx")
    assert read.terms == (PlacedTerm(BRIDGE, "t.tbx:2"),)
    assert read.notes == ("1 properties were not used (xGraphic 1)",)


REFUSED = [
    ("MultiTerm", b"<mtf/>", "t.tbx:1:1: a MultiTerm termbase (<mtf>); wanted TBX, which begins with <tbx> or <martif>."
     " Export it from MultiTerm as TBX."),
    ("old TBX-Min", b'<TBX dialect="TBX-Min"/>', "t.tbx:1:1: a TBX-Min glossary of before 2019 (<TBX>); wanted TBX"),
    ("TMX", b"<tmx/>", "t.tbx:1:1: a translation memory (<tmx>); wanted TBX"),
    ("XLIFF", b"<xliff/>", "t.tbx:1:1: an XLIFF file (<xliff>); wanted TBX"),
    ("another", b"<otter/>", "t.tbx:1:1: a document of another kind (<otter>); wanted TBX"),
    ("UTX", b"#UTX 1.11; en/zh\ntea\tcha\n", "t.tbx:1:1: a UTX glossary; wanted TBX. Save it as CSV"),
    ("text", b"tea,cha", "t.tbx:1:1: broken XML"),
    ("nothing", b"", "t.tbx:1:1: broken XML"),
    ("truncated", v3(entry(EN, ZH))[:-5], "t.tbx:3:15: broken XML (unclosed token); wanted a well-formed file."),
    ("laughs", b"<!DOCTYPE tbx [<!ENTITY a 'ha'>]><tbx/>", "t.tbx:1:27: an entity declaration ('a')"),
    ("a foreign entity", b"<!DOCTYPE tbx SYSTEM 'x.dtd'><tbx>&a;</tbx>", "t.tbx:1:38: broken XML (Entity 'a'"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "message"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_refused(data: bytes, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_tbx(data, "t.tbx")
    assert str(caught.value).startswith(message)


def test_too_deep() -> None:
    with pytest.raises(LimitError):
        read_tbx(v3("<a>" * 300 + "</a>" * 300), "t.tbx")


def test_no_entries_is_said() -> None:
    assert read_tbx(v3(), "t.tbx").notes == ("no entries",)


WHOLE = v3(*[r[1] for r in READ]) + b"<!-- end -->"
PIECES = [piece.encode() for piece in re.split(r"(?=<)", WHOLE.decode())]


@given(st.data())
def test_any_bytes_give_terms_or_our_error(data: st.DataObject) -> None:
    if data.draw(st.booleans()):  # whole tags moved about
        kept = data.draw(st.lists(st.sampled_from(PIECES), max_size=25))
        damaged = v3(b"".join(kept).decode())
    else:
        bytes_ = bytearray(WHOLE)
        for place, value in data.draw(
            st.lists(st.tuples(st.integers(0, len(bytes_) - 1), st.integers(0, 255)), max_size=4)
        ):
            bytes_[place] = value
        damaged = bytes(bytes_[: data.draw(st.integers(len(bytes_) - 20, len(bytes_)))])
    try:
        read = read_tbx(damaged, "t.tbx")
    except DuizhaoError as error:
        assert error.where.startswith("t.tbx")
    else:
        for placed in read.terms:
            assert placed.term.en and placed.term.zh
            assert placed.where.startswith("t.tbx:")


NAMES = "langSec termSec tig ntig termGrp term termNote descripGrp descrip admin note hi transacGrp".split()
KINDS = "administrativeStatus partOfSpeech subjectField definition geographicalUsage customerSubset".split()
TAGS = ["en", "zh", "zh-TW", ""]
ATTRIBUTES = ["", *(f' xml:lang="{tag}"' for tag in TAGS), *(f' type="{kind}"' for kind in KINDS)]
TEXTS = ["", " ", "\n ", *"otter 水獭 duizhao:case duizhao:pos= deprecatedTerm-admn-sts preferred Taiwan".split()]


def element(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    parts = st.tuples(st.sampled_from(NAMES), st.sampled_from(ATTRIBUTES), st.sampled_from(TEXTS), st.lists(inner))
    return parts.map(lambda p: f"<{p[0]}{p[1]}>{p[2]}{''.join(p[3])}</{p[0]}>")


TREES = st.recursive(st.sampled_from([EN, ZH, *TEXTS]), element, max_leaves=12)


@given(st.lists(TREES, max_size=4))
def test_any_tree_gives_whole_terms(trees: list[str]) -> None:
    for placed in read_tbx(v3(entry(EN, ZH, more="".join(trees)), *trees), "t.tbx").terms:
        term = placed.term
        assert term.en and term.zh
        assert all(text and text == text.strip() for text in (*term.approved, *term.also))
        assert not {item.zh for item in term.forbidden} & set(term.approved)
