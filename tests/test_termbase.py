"""Termbases: rows read, rows refused with their line, and which file wins."""

from pathlib import Path

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
)


def terms(text: str) -> tuple[Term, ...]:
    return read_termbase(text.encode(), "t.csv").terms


READ = [
    ("en,zh\notter,海獭\n", Term("otter", "海獭")),
    ("\ufeffen,zh\r\notter,海獭\r\n", Term("otter", "海獭")),
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
]


@pytest.mark.parametrize(("text", "term"), READ)
def test_rows_read(text: str, term: Term) -> None:
    assert terms(text) == (term,)


REFUSED = [
    ("", "t.csv:1: header ''; wanted columns out of en,zh,admitted"),
    ("en\notter\n", "t.csv:1: header 'en'; wanted columns out of"),
    ("en,zh,colour\n", "t.csv:1: header 'en,zh,colour'"),
    ("en,zh,zh\n", "t.csv:1: header 'en,zh,zh'"),
    ("otter,海獭\n", "t.csv:1: header 'otter,海獭'"),
    ("en,zh\notter,海獭,水獭\n", "t.csv:2: 3 fields; wanted 2. Quote a comma."),
    ("en,zh\notter,海獭\nstone\n", "t.csv:3: 1 fields; wanted 2. Quote a comma."),
    ('en,zh\notter,"海獭\n', "t.csv:2: broken CSV ("),
    ('en,zh\notter,"海"獭\n', "t.csv:2: broken CSV ("),
    ("en,zh\notter,\n", "t.csv:2: an empty term; wanted en and zh filled"),
    ("en,zh\notter,海獭\nshell,贝壳\notter,水獭\n", "t.csv:4: 'otter' stands in line 2 too; wanted one entry a term"),
    ("en,zh,also\notter,海獭,sea otter\nsea otter,水獭,\n", "t.csv:3: 'sea otter' stands in line 2 too"),
    (
        "en,zh,forbidden\notter,海獭,海獭=no\n",
        "t.csv:2: '海獭' is approved and forbidden for 'otter'; wanted one of the two",
    ),
    ("en,zh,admitted,forbidden\notter,海獭,水獭,水獭\n", "t.csv:2: '水獭' is approved and forbidden"),
    ("en,zh,forbidden\notter,海獭,=a reason\n", "t.csv:2: '=a reason' forbids nothing; wanted rendering=why"),
    (f"en,zh,note\notter,海獭,{'a' * 200_000}\n", "t.csv:2: broken CSV ("),
]


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_rows_refused(text: str, message: str) -> None:
    with pytest.raises(DuizhaoError) as caught:
        terms(text)
    assert str(caught.value).startswith(message) and "\n" not in str(caught.value)


def test_bytes_that_are_no_utf8() -> None:
    with pytest.raises(InputError, match=r"t\.csv:byte 12: not UTF-8; wanted a termbase in UTF-8\. Save it so\."):
        read_termbase("en,zh\notter,海獭\n".encode("gbk"), "t.csv")


@given(st.one_of(st.binary(max_size=80), st.text(st.sampled_from('en,zh\n|="海獭 '), max_size=60).map(str.encode)))
def test_any_bytes_give_a_termbase_or_our_error(data: bytes) -> None:
    try:
        base = read_termbase(b"en,zh,forbidden\n" + data, "t")
    except DuizhaoError as error:
        assert str(error).startswith("t:")
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
    # Other writing of the same term: both stay, and the file named last is asked first.
    three = write(tmp_path, "3.csv", "en,zh,also\nsea otter,大海獭,Otter\n")
    assert load_termbase([one, three], shipped=False).terms[0].zh == "大海獭"


def test_the_shipped_one_comes_first_and_can_be_left_out(tmp_path: Path) -> None:
    own = write(tmp_path, "own.csv", "en,zh\ntoken,令牌\n")
    shipped = {term.en: term for term in shipped_termbase().terms}
    merged = {term.en: term for term in load_termbase([own]).terms}
    assert merged == {**shipped, "token": Term("token", "令牌")}
    assert load_termbase() == shipped_termbase()
    assert load_termbase(shipped=False) == Termbase((), "none")


@pytest.mark.parametrize("name", ["no.csv", "."])
def test_a_file_that_cannot_be_read(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match=r"cannot be read .*; wanted a termbase in CSV"):
        load_termbase([str(tmp_path / name)])


def test_the_shipped_terms_are_whole() -> None:
    for term in shipped_termbase().terms:
        assert all(form.strip() == form and form for form in (term.en, *term.also, *term.approved))
        assert len(set(term.approved)) == len(term.approved), term
        assert all(f.zh and f.why for f in term.forbidden), term
        assert term.is_name == (term.zh == term.en and term.domain in ("", "names"))
