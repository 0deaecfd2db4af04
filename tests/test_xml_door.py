"""The one door for XML: what comes in, from where, and what stays outside."""

import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from strategies import odd_text

from duizhao.corpora.errors import DuizhaoError, InputError, LimitError
from duizhao.corpora.xml_door import DEEPEST, escape, escape_attribute, local_name, parse_with_places, parse_xml


def declared(encoding: str, text: str) -> str:
    return f'<?xml version="1.0" encoding="{encoding}"?>\n<a>{text}</a>'


READ = [
    ("bare", "<a>海獭</a>".encode(), "海獭"),
    ("utf-8 mark", b"\xef\xbb\xbf" + declared("UTF-8", "海獭").encode(), "海獭"),
    ("utf-8 mark wins", b"\xef\xbb\xbf" + declared("gb2312", "海獭").encode(), "海獭"),
    ("utf-16 little", declared("UTF-16", "海獭").encode("utf-16"), "海獭"),
    ("utf-16 big", b"\xfe\xff" + declared("utf-16", "海獭").encode("utf-16-be"), "海獭"),
    ("utf-16 with no mark", declared("utf-16le", "海獭").encode("utf-16-le"), "海獭"),
    ("utf-16 with no declaration", "<a>海獭</a>".encode("utf-16-be"), "海獭"),
    ("gb18030", declared("GB18030", "海獭𠀀é").encode("gb18030"), "海獭𠀀é"),
    ("gbk", declared("gbk", "海獭镕").encode("gbk"), "海獭镕"),
    ("gb2312 beyond itself", declared("gb2312", "海獭镕——").encode("gbk"), "海獭镕——"),
    ("big5", declared("Big5", "水獺‧與河").encode("cp950"), "水獺‧與河"),
    ("big5 from Hong Kong", declared("big5", "㗎喺").encode("big5hkscs"), "㗎喺"),
    ("latin-1", declared("ISO-8859-1", "café").encode("latin-1"), "café"),
    ("single quotes", b"<?xml version='1.0' encoding = 'utf-8' ?><a>x</a>", "x"),
    ("line ends", b"<a>x\r\ny\rz&#13;</a>", "x\ny\nz\r"),
    ("cdata", b"<a>x<![CDATA[<y>&z;]]>w</a>", "x<y>&z;w"),
    ("comment", b"<!-- <!ENTITY x 'y'> --><a>x<!-- c -->y</a><!-- d -->", "xy"),
    ("instruction", b"<?xml-stylesheet href='http://example.org/x'?><a>x<?p q?>y</a>", "xy"),
    ("own entities", b"<a>&lt;&amp;&gt;&quot;&apos;&#x6D77;&#29549;</a>", "<&>\"'海獭"),
    ("honest doctype", b'<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<a>x</a>', "x"),
    ("public doctype", b'<!DOCTYPE a PUBLIC "-//River//EN" "http://example.org/x.dtd"><a>x</a>', "x"),
    ("doctype with a subset", b"<!DOCTYPE a [<!ELEMENT a ANY><!-- <!ENTITY > ]> --> ] ><a>x</a>", "x"),
    ("doctype with an attribute", b"<!DOCTYPE a [<!ATTLIST a b CDATA #IMPLIED>]><a>x</a>", "x"),
    ("line separators", "<a>x\x85y\u2028z</a>".encode(), "x\x85y\u2028z"),
]


@pytest.mark.parametrize(("data", "text"), [r[1:] for r in READ], ids=[r[0] for r in READ])
def test_read(data: bytes, text: str) -> None:
    root = parse_xml(data, "a.xml")
    assert (root.tag, root.text, len(root)) == ("a", text, 0)


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))
WHOLE = "wanted a well-formed file. Mend or export it again."
REFUSED = [
    ("empty", b"", f"a.xml:1:1: broken XML (no element found); {WHOLE}"),
    ("blank", b" \n", "a.xml:2:1: broken XML (no element found)"),
    ("truncated", "<a>\n<b>海</b>獭".encode(), "a.xml:2:10: broken XML (no element found)"),
    ("crossed", b"<a>\n <b></a></b>", "a.xml:2:7: broken XML (mismatched tag)"),
    ("two roots", b"<a/>\n<b/>", "a.xml:2:1: broken XML (junk after document element)"),
    ("unknown prefix", b"<a><y:b/></a>", "a.xml:1:4: broken XML (unbound prefix)"),
    ("doubled attribute", b"<a b='1' b='2'/>", "a.xml:1:10: broken XML (duplicate attribute)"),
    ("nul", b"<a>\x00</a>", "a.xml:1:4: broken XML (not well-formed (invalid token))"),
    ("control", b"<a>&#8;</a>", "a.xml:1:4: broken XML (reference to invalid character number)"),
    ("half a character", b"<a>&#xD800;</a>", "a.xml:1:4: broken XML (reference to invalid character number)"),
    ("no character", "<a>\ufffe</a>".encode(), "a.xml:1:4: broken XML"),
    ("laughs", f"<!DOCTYPE a [\n{LAUGHS}]><a>&l9;</a>".encode(), "a.xml:2:13: an entity declaration ('l0')"),
    ("laughs in an attribute", f"<!DOCTYPE a [{LAUGHS}]><a b='&l9;'/>".encode(), "a.xml:1:26: an entity declaration"),
    ("external", b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>', "a.xml:1:52: an entity decl"),
    ("parameter", b'<!DOCTYPE a [<!ENTITY % e SYSTEM "http://example.org/">%e;]><a/>', "a.xml:1:55: an entity decl"),
    ("unused", b"<!DOCTYPE a [<!ENTITY e 'x'>]><a/>", "a.xml:1:25: an entity declaration ('e'); wanted XML without"),
    ("of a foreign DTD", b'<!DOCTYPE a SYSTEM "a.dtd">\n<a>x&nbsp;y</a>', "a.xml:2:11: broken XML (Entity 'nbsp'"),
    ("the same in an attribute", b'<!DOCTYPE a SYSTEM "a.dtd"><a b="&nbsp;"/>', "a.xml:1:40: broken XML (Entity 'nb"),
    ("behind a parameter", b"<!DOCTYPE a [%pe;]><a>&b;</a>", "a.xml:1:26: broken XML (Entity 'b' not defined)"),
    ("undefined", b"<a>&nbsp;</a>", "a.xml:1:4: broken XML (undefined entity)"),
    ("default", b"<!DOCTYPE a [<!ATTLIST a b CDATA 'x'>]><a/>", "a.xml:1:34: a default for the attribute 'b'"),
    ("doctype in a doctype", b'<!DOCTYPE a SYSTEM "<!DOCTYPE a"><a/>', "a.xml:1:"),
    ("gbk unsaid", "<a>\n河</a>".encode("gbk"), "a.xml:2:byte 4: not utf-8; wanted text in the encoding it declares"),
    ("not as declared", declared("gb2312", "x").encode() + b"\xff", "a.xml:2:byte 48: not gb2312"),
    ("half of utf-16", "<a/>".encode("utf-16") + b"x", "a.xml:1:byte 10: not utf-16"),
    ("ascii that says utf-16", declared("utf-16", "海").encode(), "a.xml:1:1: it says utf-16 and is not"),
    ("unknown encoding", declared("EBCDIC", "x").encode(), "a.xml:1:1: encoding 'EBCDIC'; wanted UTF-8, GB18030, Big5"),
    ("pdf", b"%PDF-1.7", "a.xml:1:1: broken XML"),
    ("zip", b"PK\x03\x04\x14\x00", "a.xml:1:3: broken XML"),
]


@pytest.mark.parametrize(("data", "message"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_refused(data: bytes, message: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_xml(data, "a.xml")
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


def nested(depth: int) -> bytes:
    return b"<a>" * depth + b"x" + b"</a>" * depth


def test_depth() -> None:
    assert "".join(parse_xml(nested(DEEPEST), "a.xml").itertext()) == "x"
    for depth in (DEEPEST + 1, 200_000):
        with pytest.raises(LimitError) as caught:
            parse_xml(nested(depth), "a.xml")
        assert str(caught.value) == "a.xml:1:769: elements nested too deep; wanted at most 256 levels"


@pytest.mark.parametrize(
    "data", [b"<a>" + b"x" * 10_100_000 + b"</a>", b"<" + b"a" * 60_000 + b"/>"], ids=["text", "name"]
)
def test_too_long(data: bytes) -> None:
    with pytest.raises(
        LimitError, match="one text or name is too long; wanted at most 10,000,000 bytes of text, 50,000 of a name"
    ):
        parse_xml(data, "a.xml")


def test_laughs_and_depth_take_little_memory() -> None:
    hostile = [f"<!DOCTYPE a [{LAUGHS}]><a>&l9;</a>".encode(), b"<a>" * 200_000, b"<a>" + b"<y:b/>" * 200_000]
    tracemalloc.start()
    for data in hostile:
        with pytest.raises(InputError):
            parse_xml(data, "a.xml")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 * 2**20


def test_no_file_is_opened(tmp_path: Path) -> None:
    (tmp_path / "a.dtd").write_text('<!ENTITY e "from the file"><!ATTLIST a b CDATA "from the file">', encoding="utf-8")
    doctype = f'<!DOCTYPE a SYSTEM "{(tmp_path / "a.dtd").as_uri()}">'
    assert dict(parse_xml(f"{doctype}<a/>".encode(), "a.xml").attrib) == {}
    with pytest.raises(InputError):
        parse_xml(f"{doctype}<a>&e;</a>".encode(), "a.xml")


def test_places() -> None:
    data = "<a>\n 海<b>\r\n<c/></b><b\n x='1'/>\r<!-- <d/> --><d/></a>".encode()
    root, places = parse_with_places(data, "a.xml")
    assert [e.tag for e in root.iter("*")] == ["a", "b", "c", "b", "d"]
    assert list(zip(places.lines, places.columns, strict=True)) == [(1, 1), (2, 3), (3, 1), (3, 9), (5, 14)]
    inside = [(e.tag, {i.tag: place for i, place in where.items()}) for e, where in places.inside(root, "b", "c")]
    assert inside == [("b", {"b": (2, 3), "c": (3, 1)}), ("b", {"b": (3, 9)})]


def test_places_beyond_the_line_numbers_of_libxml2() -> None:
    root, places = parse_with_places(b"<a>" + b"\n<b/>" * 70_000 + b"</a>", "a.xml")
    assert list(places.lines) == list(range(1, 70_002))
    assert [where[e] for e, where in places.inside(root, "b")][-1] == (70_001, 1)


def test_a_document_type_moves_nothing() -> None:
    root, places = parse_with_places(b'<!DOCTYPE a\n SYSTEM "a.dtd"\n[<!ELEMENT a ANY>]> <a>\n</a>', "a.xml")
    assert (root.sourceline, places.lines[0], places.columns[0]) == (3, 3, 21)


@pytest.mark.parametrize(("xml", "name"), [(b"<a/>", "a"), (b'<x:a xmlns:x="urn:river"/>', "a")])
def test_local_name(xml: bytes, name: str) -> None:
    assert local_name(parse_xml(xml, "a.xml")) == name


@pytest.mark.parametrize("code", [0, 8, 11, 12, 14, 31, 0xD800, 0xDFFF, 0xFFFE, 0xFFFF])
def test_characters_that_xml_cannot_hold(code: int) -> None:
    with pytest.raises(InputError) as caught:
        escape("獭" + chr(code), "unit 'a'")
    assert str(caught.value) == (
        f"unit 'a': U+{code:04X}; wanted characters that XML can hold. Take it out of the text."
    )


@given(odd_text)
def test_escaped_text_comes_back(text: str) -> None:
    try:
        inside, attribute = escape(text, "a"), escape_attribute(text, "a")
    except InputError:
        with pytest.raises(ValueError, match=r"XML compatible|surrogates"):
            etree.Element("a").text = text
    else:
        root = parse_xml(f'<a b="{attribute}">{inside}</a>'.encode(), "a")
        assert (root.text or "", root.get("b")) == (text, text)


PIECES = [
    *("<a>", "</a>", "<a b='&amp;'>", "<y:b/>", "<!DOCTYPE a [", "<!ENTITY e 'x'>", "]>", "<![CDATA[", "]]>", "<!--"),
    *(
        "-->",
        "&e;",
        "&#38;",
        "<?xml version='1.0' encoding='",
        "gb2312",
        "utf-16",
        "'?>",
        "獭",
        "\r\n",
        "\ufeff",
        "\x00",
    ),
]
soup = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
any_bytes = st.one_of(
    st.binary(max_size=200),
    st.tuples(soup, st.sampled_from(["utf-8", "utf-16", "gb18030"])).map(lambda pair: pair[0].encode(pair[1])),
    st.sampled_from(READ).flatmap(
        lambda row: st.integers(0, len(row[1])).flatmap(
            lambda at: st.binary(max_size=3).map(lambda more: row[1][:at] + more + row[1][at:])
        )
    ),
)


@given(any_bytes)
def test_any_bytes_give_a_tree_or_our_error(data: bytes) -> None:
    try:
        root, places = parse_with_places(data, "a")
    except DuizhaoError as error:
        assert str(error).startswith("a:")
    else:
        assert len(places.lines) == len(places.columns) == sum(1 for _ in root.iter("*"))
        assert all(isinstance(e.tag, str) for e in root.iter())


@pytest.mark.parametrize(("elements", "is_refused"), [(5, False), (6, True)])
def test_too_many_elements_are_refused(elements: int, is_refused: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("duizhao.corpora.xml_door.LIMIT_ELEMENTS", 5)
    data = b"<a>" + b"<b/>" * (elements - 1) + b"</a>"
    if not is_refused:
        assert len(parse_xml(data, "a.xml")) == 4
        return
    with pytest.raises(LimitError) as caught:
        parse_xml(data, "a.xml")
    assert str(caught.value) == "a.xml:1:20: too many elements; wanted at most 5. Split the file."
