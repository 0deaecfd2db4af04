"""Termbases written as CSV and TSV, and read back as they were."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.corpora import Forbidden, Term, read_termbase
from duizhao.corpora.termbase import read_term_file
from duizhao.corpora.termbase_csv import COLUMNS, bare_items, read_forbidden, split_items, term_cells, write_terms

SIGNS = st.text(st.sampled_from('|=\\[],"\t;、/\n\r aZ獭'), max_size=8)
ODD = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
ANY = st.tuples(st.one_of(SIGNS, ODD), st.sampled_from(["", "", "[needs source]"])).map("".join).map(str.strip)
FILLED = ANY.map(lambda text: text or "獭")
TERMS = st.builds(
    Term,
    en=FILLED,
    zh=FILLED,
    admitted=st.lists(FILLED, max_size=3).map(tuple),
    forbidden=st.lists(st.builds(Forbidden, zh=FILLED, why=ANY, needs_source=st.booleans()), max_size=3).map(tuple),
    domain=ANY,
    also=st.lists(FILLED, max_size=3).map(tuple),
    note=ANY,
    taiwan=st.lists(FILLED, max_size=2).map(tuple),
    pos=ANY,
    case=st.booleans(),
).filter(lambda term: not {f.zh for f in term.forbidden}.intersection(term.approved))


def written(terms: list[Term], delimiter: str) -> bytes:
    handle = io.StringIO(newline="")
    write_terms(terms, handle, delimiter)
    return handle.getvalue().encode()


def parted_by_us(term: Term) -> bool:
    """Whether a preferred rendering with bars would be taken for several; the writer escapes it, so never."""
    return len(split_items(term_cells(term)["zh"])) > 1


@given(st.lists(TERMS, max_size=2), st.sampled_from(",\t"))
def test_what_is_written_is_read(terms: list[Term], delimiter: str) -> None:
    assert not any(map(parted_by_us, terms))
    found = read_term_file(written(terms, delimiter), "t")
    assert [placed.term for placed in found.terms] == terms
    assert found.notes == ()


ITEMS = [
    ("a|b", ("a", "b")),
    ("a\\|b", ("a|b",)),
    ("a\\\\|b", ("a\\", "b")),
    ("a\\b|\\d", ("a\\b", "\\d")),
    (" | a || ", ("a",)),
    ("\\", ("\\",)),
    ("", ()),
]


@pytest.mark.parametrize(("cell", "items"), ITEMS)
def test_items(cell: str, items: tuple[str, ...]) -> None:
    assert split_items(cell) == items


FORBIDDEN = [
    (Forbidden("海狗", "", False), "海狗"),
    (Forbidden("海狗", "ears", False), "海狗=ears"),
    (Forbidden("海狗", "ears = big", True), "海狗=ears = big [needs source]"),
    (Forbidden("海狗", "", True), "海狗=[needs source]"),
    (Forbidden("a=b", "x|y", False), "a\\=b=x\\|y"),
    (Forbidden("海狗", "see [needs source]", False), "海狗=see \\[needs source]"),
]


@pytest.mark.parametrize(("forbidden", "cell"), FORBIDDEN)
def test_forbidden_items(forbidden: Forbidden, cell: str) -> None:
    assert term_cells(Term("otter", "水獭", forbidden=(forbidden,)))["forbidden"] == cell
    assert [read_forbidden(item) for item in bare_items(cell)] == [forbidden]


def test_the_file_as_it_stands() -> None:
    term = Term("otter", "水獭", ("獭",), (), "animals", ("sea cat",), 'a "wet" one', ("水獺",), "noun", True, True)
    head = ",".join(COLUMNS)
    row = 'otter,水獭,獭,水獺,,animals,sea cat,noun,case|regex,"a ""wet"" one"'
    assert written([term], ",").decode() == f"{head}\n{row}\n"
    assert read_termbase(written([term], ","), "t").terms == (term,)
