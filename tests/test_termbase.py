"""Termbases: rows read, rows refused with their line, entries of one term, and which file wins."""

import dataclasses
from collections.abc import Iterable
from pathlib import Path
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.corpora import (
    DuizhaoError,
    Forbidden,
    InputError,
    Term,
    Termbase,
    load_termbase,
    read_termbase,
    shipped_termbase,
    termbase_merge,
)
from duizhao.corpora.term import PlacedTerm, TermFile
from duizhao.corpora.termbase_merge import without_duplicates


def terms(text: str) -> tuple[Term, ...]:
    return read_termbase(text.encode(), "t.csv").terms


READ = [
    ("en,zh\notter,海獭\n", Term("otter", "海獭")),
    ("\ufeffen,zh\r\notter,海獭\r\n", Term("otter", "海獭")),
    ("en,zh\rotter,海獭\r", Term("otter", "海獭")),
    ("ZH , En\n 海獭 , otter ", Term("otter", "海獭")),
    ('en,zh,note\notter,海獭,"a, ""b""\nc"', Term("otter", "海獭", note='a, "b"\nc')),
    (
        "en,zh,admitted,also\notter,海獭,水獭 | 獭 |,otters|sea otter",
        Term("otter", "海獭", ("水獭", "獭"), also=("otters", "sea otter")),
    ),
    (
        "en,zh,forbidden\notter,海獭,水狗=a pun|欧特= a sound [needs source]",
        Term("otter", "海獭", forbidden=(Forbidden("水狗", "a pun", False), Forbidden("欧特", "a sound", True))),
    ),
    ("en,zh,forbidden\notter,海獭,水狗", Term("otter", "海獭", forbidden=(Forbidden("水狗", "", False),))),
    ("en,zh\n,\n\notter,海獭\n , \n", Term("otter", "海獭")),
    ("en,zh,domain\nC++ (a.b)*,海獭[+],names", Term("C++ (a.b)*", "海獭[+]", domain="names")),
    (
        "en,zh,taiwan,pos,flags\nsoftware,软件,軟體|软体,noun,case",
        Term("software", "软件", taiwan=("軟體", "软体"), pos="noun", case=True),
    ),
    ("en,zh,flags\ncolou?rs?,颜色,regex case", Term("colou?rs?", "颜色", case=True, pattern=True)),
    ("en,zh,admitted\notter,a\\|獭,水\\=獭|b\\\\", Term("otter", "a|獭", ("水=獭", "b\\"))),
    ("en,zh,admitted\notter,海獭|獭,水獭", Term("otter", "海獭", ("獭", "水獭"))),
    ("en,zh,admitted\notter,海獭/獭,水獭、狗", Term("otter", "海獭/獭", ("水獭、狗",))),
    ("en,zh,note\notter,海獭", Term("otter", "海獭")),
]


@pytest.mark.parametrize(("text", "term"), READ)
def test_rows_read(text: str, term: Term) -> None:
    assert terms(text) == (term,)


WANTED = "wanted columns called en and zh, or English and Chinese. Put their names in the first row."
REFUSED = [
    ("", f"t.csv:1: header ''; {WANTED}"),
    ("en\notter\n", f"t.csv:1: header 'en'; {WANTED}"),
    ("en,note\notter,海獭\n", f"t.csv:1: header 'en,note'; {WANTED}"),
    ("otter,海獭,獭\n", f"t.csv:1: header 'otter,海獭,獭'; {WANTED}"),
    ("Otters drink tea.\nNobody minds.\n", f"t.csv:1: header 'Otters drink tea.'; {WANTED}"),
    ("en,zh\notter,海獭,水獭\n", "t.csv:2: 3 fields; wanted 2. Quote a comma."),
    ("en,zh\notter,海獭\nstone\n", "t.csv:3: 1 fields; wanted 2. Quote a comma."),
    ('en,zh\notter,"海獭\n', "t.csv:2: broken CSV ("),
    ('en,zh\notter,"海"獭\n', "t.csv:2: broken CSV ("),
    ("en,zh\n,水獭\n", "t.csv:2: an empty term; wanted en and zh filled"),
    (
        "en,zh\n,獭\n,茶\nstone,石\na,b,c\n",
        "t.csv:2: an empty term; wanted en and zh filled. Also t.csv:3 (an empty term), t.csv:5 (3 fields).",
    ),
    (
        "en,zh\n" + ",獭\n" * 13,
        "t.csv:2: an empty term; wanted en and zh filled. Also "
        + ", ".join(f"t.csv:{line} (an empty term)" for line in range(3, 12))
        + " … and 3 more.",
    ),
    (
        "en,zh,forbidden\notter,海獭,海獭=no\n",
        "t.csv:2: '海獭' is approved and forbidden for 'otter'; wanted one of the two",
    ),
    ("en,zh,admitted,forbidden\notter,海獭,水獭,水獭\n", "t.csv:2: '水獭' is approved and forbidden"),
    (
        "en,zh,forbidden\notter,海獭,水獭\ntea,茶,\nOtter,水獭,\n",
        "t.csv:4: '水獭' is approved and forbidden for 'Otter'; see t.csv:2 too; wanted one of the two",
    ),
    ("en,zh,forbidden\notter,海獭,=a reason\n", "t.csv:2: '=a reason' forbids nothing; wanted rendering=why"),
    ("en,zh,flags\notter,海獭,loud\n", "t.csv:2: an unknown flag 'loud'; wanted case or regex"),
    ("en,zh,flags\n(otter,海獭,regex\n", "t.csv:2: '(otter' is no pattern (missing )"),
    ("en,zh,flags\no*,海獭,regex\n", "t.csv:2: the pattern 'o*' fits no text at all; wanted one that needs"),
    (f"en,zh,flags\n{'a' * 1001},海獭,regex\n", "t.csv:2: a pattern too long; wanted at most 1,000 characters."),
    (f"en,zh,note\notter,海獭,{'a' * 200_000}\n", "t.csv:2: broken CSV ("),
]


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_rows_refused(text: str, message: str) -> None:
    with pytest.raises(DuizhaoError) as caught:
        terms(text)
    assert str(caught.value).startswith(message) and "\n" not in str(caught.value)


JOINED = [
    (
        "en,zh\notter,海獭\nshell,贝壳\nOtter,海獭\n",
        (Term("otter", "海獭"), Term("shell", "贝壳")),
        "1 entries repeat an earlier one and were joined to it, the first at t.csv:4",
    ),
    (
        "en,zh,note\notter,海獭,a\notter,水獭,b\n",
        (Term("otter", "海獭", ("水獭",), note="a; b"),),
        "1 entries give an earlier term another rendering, now admitted there, the first at t.csv:3",
    ),
    (
        "en,zh,also\nsea otter,海獭,SO\nso,所以,\nsilver oxide,氧化银,SO\n",
        (Term("sea otter", "海獭"), Term("so", "所以"), Term("silver oxide", "氧化银")),
        "1 other forms stand for several terms and were left out: SO",
    ),
    (
        "en,zh,also\notter,海獭,sea otter\nsea otter,大海獭,\n",
        (Term("otter", "海獭"), Term("sea otter", "大海獭")),
        "1 other forms stand for several terms and were left out: sea otter",
    ),
]


@pytest.mark.parametrize(("text", "kept", "note"), JOINED)
def test_entries_of_one_term_are_joined(text: str, kept: tuple[Term, ...], note: str) -> None:
    base = read_termbase(text.encode(), "t.csv")
    assert (base.terms, base.notes) == (kept, (note,))


ZH = st.sampled_from("獭茶桥河")
OTTERS = st.lists(
    st.builds(
        Term,
        st.just("otter"),
        ZH,
        admitted=st.lists(ZH, max_size=2, unique=True).map(tuple),
        forbidden=st.lists(
            st.builds(Forbidden, st.sampled_from("河狗猫"), st.sampled_from("ab"), st.booleans()), max_size=2
        ).map(tuple),
        domain=st.sampled_from(["", "food", "names"]),
        also=st.lists(st.sampled_from(["sea cat", "otters"]), max_size=2, unique=True).map(tuple),
        note=st.sampled_from(["", "a"]),
        taiwan=st.lists(ZH, max_size=1).map(tuple),
        pos=st.sampled_from(["", "noun"]),
        case=st.booleans(),
    ),
    max_size=6,
)


def joined(terms: Iterable[Term]) -> tuple[Term, ...]:
    return tuple(placed.term for placed in without_duplicates(placed(terms)).terms)


def placed(terms: Iterable[Term]) -> TermFile:
    return TermFile(tuple(PlacedTerm(term, f"t:{line}") for line, term in enumerate(terms, 1)), ())


@given(OTTERS)
def test_entries_joined_at_once_are_those_joined_one_by_one(terms: list[Term]) -> None:
    try:
        at_once = joined(terms)
    except DuizhaoError:
        return
    one_by_one = joined(terms[:1])
    for term in terms[1:]:
        one_by_one = joined([*one_by_one, term])
    assert at_once == one_by_one


def test_many_rows_of_one_term_are_joined_in_one_step(monkeypatch: pytest.MonkeyPatch) -> None:
    replace = Mock(wraps=dataclasses.replace)
    monkeypatch.setattr(termbase_merge, "replace", replace)
    assert joined(Term("otter", f"獭{k}") for k in range(50)) == (
        Term("otter", "獭0", tuple(f"獭{k}" for k in range(1, 50))),
    )
    assert replace.call_count == 1


def test_what_entries_of_one_term_add() -> None:
    first = Term("otter", "獭", ("水獭",), (Forbidden("狗", "a", False),), "", ("sea cat",), "", ("獺",), "", True)
    second = Term("otter", "海獭", (), (Forbidden("猫", "b", False), Forbidden("狗", "c", True)), "food", note="wet")
    third = Term("otter", "獺", ("河獭",), (), "names", ("sea cat", "otters"), "wet", ("水獭",), "noun", True)
    dogs = Forbidden("狗", "a", False), Forbidden("猫", "b", False)
    assert joined([first, second, third]) == (
        Term("otter", "獭", ("海獭", "河獭"), dogs, "food", ("sea cat", "otters"), "wet", ("獺", "水獭"), "noun"),
    )


def test_capitals_that_carry_meaning_part_terms() -> None:
    assert len(terms("en,zh\ncan,能\nCAN,控制器局域网\nCan,罐\n")) == 2


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_with_a_mark(codec: str) -> None:
    mark = "" if codec == "utf-16" else "\ufeff"
    assert read_termbase((mark + "en\tzh\notter\t海獭\n").encode(codec), "t.txt").terms == (Term("otter", "海獭"),)


BYTES = [
    (
        "en,zh\notter,海獭\n".encode("gbk"),
        "t.csv:2:7: not UTF-8 (byte 12 is 0xBA); wanted a termbase in UTF-8. It may be",
    ),
    (
        "en,zh\notter,海獭\ntea,茶\n".encode("utf-16-le"),
        "t.csv: UTF-16 without a byte-order mark; wanted a termbase in UTF-8.",
    ),
    (b"%PDF-1.7", "t.csv: a PDF; wanted a termbase in CSV, TSV, XLSX or TBX"),
    (b"PK\x03\x04", "t.csv: a broken workbook ("),
    (b"<html><body>otter</body></html>", "t.csv"),
]


@pytest.mark.parametrize(("data", "message"), BYTES)
def test_bytes_that_are_no_termbase(data: bytes, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_termbase(data, "t.csv")
    assert str(caught.value).startswith(message)


HEADS = [b"en,zh,forbidden\n", b"| en | zh | also |\n|-|-|-|\n", b"English\tChinese\n", b"en;zh;flags\n", b""]
PIECES = 'en,zh\n|=海獭 \\"\t;、/()[-*.?+ab1AB'


@given(
    st.sampled_from(HEADS),
    st.one_of(st.binary(max_size=80), st.text(st.sampled_from(PIECES), max_size=80).map(str.encode)),
)
def test_any_bytes_give_a_termbase_or_our_error(head: bytes, data: bytes) -> None:
    try:
        base = read_termbase(head + data, "t")
    except DuizhaoError as error:
        assert str(error).startswith("t") and "\n" not in str(error)
    else:
        assert all(term.en and term.zh and all(f.zh for f in term.forbidden) for term in base.terms)


def write(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def test_the_file_named_last_wins(tmp_path: Path) -> None:
    one = write(tmp_path, "1.csv", "en,zh\notter,海獭\nshell,贝壳\n")
    two = write(tmp_path, "2.csv", "en,zh\notter,水獭\n")
    base = load_termbase([one, two], shipped=False)
    assert {term.en: term.zh for term in base.terms} == {"otter": "水獭", "shell": "贝壳"}
    assert base.signature.startswith(f"{one} 2 terms sha256:") and f" + {two} 1 terms sha256:" in base.signature
    assert base.signature != load_termbase([two, one], shipped=False).signature
    assert base.given == {"otter", "shell"}
    # Other writing of the same term: both stay, and the file named last is asked first.
    three = write(tmp_path, "3.csv", "en,zh,also\nsea otter,大海獭,Otter\n")
    assert load_termbase([one, three], shipped=False).terms[0].zh == "大海獭"


OVER = [
    # The earlier entry keeps the forms that the later one does not have.
    ("otter,海獭,,,sea cat", "Otter,水獭,,,", [Term("Otter", "水獭"), Term("sea cat", "海獭", ("水獭",))]),
    (
        "river otter,海獭,,,otter",
        "river-otter,水獭,,,",
        [Term("river-otter", "水獭"), Term("otter", "海獭", ("水獭",))],
    ),
    # What the later approves the earlier does not forbid.
    (
        "otter,海獭,,水獭=no|狗=no,sea cat",
        "otter,水獭,,,",
        [Term("otter", "水獭"), Term("sea cat", "海獭", ("水獭",), (Forbidden("狗", "no", False),))],
    ),
    # What the later forbids the earlier does not approve.
    (
        "otter,海獭,獭,,sea cat",
        "otter,水獭,,海獭=no|獭=no,",
        [
            Term("otter", "水獭", forbidden=(Forbidden("海獭", "no", False), Forbidden("獭", "no", False))),
            Term("sea cat", "水獭"),
        ],
    ),
    # Other terms are left alone.
    ("otter,海獭,,,", "tea,茶,,,", [Term("tea", "茶"), Term("otter", "海獭")]),
    ("Otto,Otto,,,OTTO-2", "Otto,奥托,,,", [Term("Otto", "奥托"), Term("OTTO-2", "OTTO-2", ("奥托",))]),
]


@pytest.mark.parametrize(("earlier", "later", "merged"), OVER)
def test_the_later_file_wins_form_by_form(tmp_path: Path, earlier: str, later: str, merged: list[Term]) -> None:
    head = "en,zh,admitted,forbidden,also\n"
    one, two = write(tmp_path, "1.csv", head + earlier), write(tmp_path, "2.csv", head + later)
    assert load_termbase([one, two], shipped=False).terms == tuple(merged)


def test_notes_name_their_file(tmp_path: Path) -> None:
    own = write(tmp_path, "own.csv", "en,zh,colour\notter,海獭,brown\n")
    assert load_termbase([own], shipped=False).notes == (f"{own}: columns not used: colour",)


def test_the_shipped_one_comes_first_and_can_be_left_out(tmp_path: Path) -> None:
    own = write(tmp_path, "own.csv", "en,zh\ntoken,令牌\n")
    shipped = {term.en: term for term in shipped_termbase().terms}
    merged = {term.en: term for term in load_termbase([own]).terms}
    assert merged["token"] == Term("token", "令牌")
    assert {en: term for en, term in merged.items() if en != "token"} == {
        en: term for en, term in shipped.items() if en != "token"
    }
    assert load_termbase([own]).given == {"token"}
    assert load_termbase() == shipped_termbase()
    assert load_termbase(shipped=False) == Termbase((), "none")


@pytest.mark.parametrize("name", ["no.csv", "."])
def test_a_file_that_cannot_be_read(tmp_path: Path, name: str) -> None:
    with pytest.raises(
        InputError, match=r"(cannot be read .*|not a regular file); wanted a termbase in CSV, TSV, XLSX or TBX"
    ):
        load_termbase([str(tmp_path / name)])


def test_the_shipped_terms_are_whole() -> None:
    assert shipped_termbase().notes == ()
    for term in shipped_termbase().terms:
        assert all(form.strip() == form and form for form in (term.en, *term.also, *term.approved))
        assert len(set(term.approved)) == len(term.approved), term
        assert all(f.zh and f.why for f in term.forbidden), term
        assert term.is_name == (term.zh == term.en and term.domain in ("", "names"))


def test_terms_without_chinese_are_left_out_with_a_note() -> None:
    base = read_termbase("en,zh\notter,水獭\ntea,\nriver, \n".encode(), "t.csv")
    assert [term.en for term in base.terms] == ["otter"]
    assert base.notes == ("2 terms have no Chinese yet and were left out: t.csv:3 …",)
