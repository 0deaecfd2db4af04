"""TBX written: exact bytes, valid by the rules of TBX-Basic, and terms that come back exactly."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from strategies import odd_text

from duizhao.corpora.errors import InputError
from duizhao.corpora.tbx import read_tbx
from duizhao.corpora.tbx_writing import write_tbx
from duizhao.corpora.term import Forbidden, Term

OTTER = Term(
    "river otter",
    "水獭",
    ("獭", "河獭"),
    (Forbidden("河狸", "that is a <beaver>", True), Forbidden("海狗", "", False)),
    "animals & rivers",
    ("RO", "R.O."),
    'Shy.\n  It "swims".',
    ("水獺",),
    "proper noun",
    case=True,
    pattern=True,
)
TEA = Term("tea", "茶", pos="noun")


def written(*terms: Term) -> bytes:
    handle = io.BytesIO()
    write_tbx(terms, handle)
    return handle.getvalue()


BODY = """<conceptEntry id="c1">
<descrip type="subjectField">animals &amp; rivers</descrip>
<note>Shy.
  It &quot;swims&quot;.</note>
<langSec xml:lang="en">
<termSec><term>river otter</term><termNote type="partOfSpeech">other</termNote>\
<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote>\
<admin type="customerSubset">duizhao:case</admin><admin type="customerSubset">duizhao:pattern</admin>\
<admin type="customerSubset">duizhao:pos=proper noun</admin></termSec>
<termSec><term>RO</term><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></termSec>
<termSec><term>R.O.</term><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></termSec>
</langSec>
<langSec xml:lang="zh">
<termSec><term>水獭</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termSec>
<termSec><term>獭</term><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></termSec>
<termSec><term>河獭</term><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></termSec>
<termSec><term>河狸</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote>\
<admin type="customerSubset">duizhao:needs-source</admin><note>that is a &lt;beaver&gt;</note></termSec>
<termSec><term>海狗</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termSec>
</langSec>
<langSec xml:lang="zh-TW">
<termSec><term>水獺</term><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></termSec>
</langSec>
</conceptEntry>
<conceptEntry id="c2">
<langSec xml:lang="en">
<termSec><term>tea</term><termNote type="partOfSpeech">noun</termNote>\
<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termSec>
</langSec>
<langSec xml:lang="zh">
<termSec><term>茶</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termSec>
</langSec>
</conceptEntry>
"""


def test_written() -> None:
    assert written(OTTER, TEA).decode() == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">\n'
        "<tbxHeader>\n<fileDesc><sourceDesc><p>Written by duizhao: blanks and line ends are exact.</p></sourceDesc>"
        '</fileDesc>\n<encodingDesc><p type="XCSURI">TBXBasic.xcs</p></encodingDesc>\n</tbxHeader>\n'
        f"<text>\n<body>\n{BODY}</body>\n</text>\n</tbx>\n"
    )


def test_places_of_what_was_written() -> None:
    read = read_tbx(written(OTTER, TEA), "t.tbx")
    assert [(placed.term, placed.where) for placed in read.terms] == [(OTTER, "t.tbx:9"), (TEA, "t.tbx:29")]
    assert read.notes == ()


def test_no_terms() -> None:
    assert written().endswith(b"<body>\n</body>\n</text>\n</tbx>\n")


def test_terms_are_written_one_by_one() -> None:
    handle = io.BytesIO()

    def watched() -> Iterator[Term]:
        yield TEA
        assert handle.getvalue().endswith(b"</conceptEntry>\n")
        yield OTTER

    write_tbx(watched(), handle)
    assert [placed.term for placed in read_tbx(handle.getvalue(), "t").terms] == [TEA, OTTER]


NOT_WRITTEN = [
    (Term("a\x0bb", "茶"), "term 'a\\x0bb': U+000B; wanted characters that XML can hold. Take it out of the text."),
    (Term("tea", "茶", note="\ud800"), "term 'tea': U+D800; wanted"),
    (Term("tea", "茶", pos="\x00"), "term 'tea': U+0000; wanted"),
    (Term("tea", "茶", (), (Forbidden("水", "\ufffe", False),)), "term 'tea': U+FFFE; wanted"),
]


@pytest.mark.parametrize(("term", "message"), NOT_WRITTEN)
def test_not_written(term: Term, message: str) -> None:
    with pytest.raises(InputError) as caught:
        written(TEA, term)
    assert str(caught.value).startswith(message)


SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).with_name("data") / "tbx_basic.rng"))


def is_valid(data: bytes) -> bool:
    return SCHEMA.validate(etree.fromstring(data))


ADMIN = b'<admin type="customerSubset">duizhao:case</admin>'
STATUS = b'<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote>'
BROKEN = [
    ("of another dialect", b'"TBX-Basic"', b'"TBX-Min"'),
    ("data categories as elements", b'"dca"', b'"dct"'),
    ("another namespace", b"30042:ed-2", b"30042:ed-3"),
    ("no language", b' xml:lang="en" xmlns', b" xmlns"),
    ("no source", b"<sourceDesc>", b"<sourceDesc/><sourceDesc>"),
    ("a part of speech that is not listed", b">noun<", b">Noun<"),
    ("a status that is not listed", b">admittedTerm-admn-sts<", b">admitted<"),
    ("a term note after other things", STATUS + ADMIN, ADMIN + STATUS),
    ("a term note too high", b"<descrip ", STATUS + b"<descrip "),
    ("a subject field too low", ADMIN, b'<descrip type="subjectField">a</descrip>'),
    ("an administrative category too high", b"<descrip ", ADMIN + b"<descrip "),
    ("an element that is not there", b"<note>Shy", b"<remark/><note>Shy"),
    ("a section without a term", b"<term>RO</term>", b""),
    ("an empty term", b"<term>RO</term>", b"<term/>"),
    ("an identifier twice", b'"c2"', b'"c1"'),
    ("version 2", b"conceptEntry", b"termEntry"),
]


def test_valid_by_the_rules_of_tbx_basic() -> None:
    data = written(OTTER, TEA)
    assert is_valid(data), SCHEMA.error_log


@pytest.mark.parametrize(("old", "new"), [b[1:] for b in BROKEN], ids=[b[0] for b in BROKEN])
def test_the_rules_can_fail(old: bytes, new: bytes) -> None:
    data = written(OTTER, TEA)
    assert old in data
    assert not is_valid(data.replace(old, new))


NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
ODD = [*"=1+1 _x0041_ a|b a=b <b>&amp;</b> ]]> e\u0301 𠀀 😀".split(" "), "[needs source]", "a\r\n  b", "茶" * 999]
texts = st.one_of(odd_text, st.sampled_from(ODD), st.text(st.sampled_from("ab_x0041\n\r <&\"'|=茶😀"), max_size=9))
cells = texts.map(lambda text: NO_XML.sub("", text).strip())
items = cells.filter(bool)
lists = st.lists(items, max_size=3).map(tuple)
terms = st.builds(
    Term,
    items,
    items,
    lists,
    st.lists(st.builds(Forbidden, items, cells, st.booleans()), max_size=3).map(tuple),
    cells,
    lists,
    cells,
    lists,
    cells | st.sampled_from(["noun", "other", "Noun"]),
    st.booleans(),
    st.booleans(),
)


@given(st.lists(terms, min_size=1, max_size=3))
def test_what_was_written_is_valid_and_comes_back(given_terms: list[Term]) -> None:
    data = written(*given_terms)
    assert is_valid(data), SCHEMA.error_log
    read = read_tbx(data, "t.tbx")
    assert [placed.term for placed in read.terms] == given_terms
    assert read.notes == ()
    assert data == written(*given_terms)
