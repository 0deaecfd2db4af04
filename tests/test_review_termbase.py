"""A user's termbase changed in place: the rows decided about, and not a byte of the others."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.corpora import DuizhaoError, Forbidden, InputError, Term, read_termbase
from duizhao.corpora.termbase_csv import write_terms
from duizhao.termbase_edit import edited_termbase

OTTER = Term("otter", "水獭", ("獭",), (Forbidden("海狗", "a seal", True),))


def test_a_new_file_has_all_columns() -> None:
    assert edited_termbase(None, "t.csv", {}, [OTTER]).decode() == (
        "en,zh,admitted,taiwan,forbidden,domain,also,pos,flags,note\notter,水獭,獭,,海狗=a seal [needs source],,,,,\n"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            'zh,en,mine\n"茶",tea,"x"\n海獭,otter,"a, ""b"""\n',
            'zh,en,mine,admitted,forbidden\n"茶",tea,"x",,\n水獭,otter,"a, ""b""",獭,海狗=a seal [needs source]\n',
        ),
        (
            "\ufeffen;zh;admitted;forbidden\r\n\r\ncup;杯;;\r\notter;海獭;;\r\ntea;茶;;",
            "\ufeffen;zh;admitted;forbidden\r\n\r\ncup;杯;;\r\notter;水獭;獭;海狗=a seal [needs source]\r\ntea;茶;;",
        ),
    ],
)
def test_a_row_is_changed_where_it_stands(before: str, after: str) -> None:
    assert edited_termbase(before.encode(), "t.csv", {"otter": OTTER}, []).decode() == after


def test_a_new_row_goes_to_the_end_in_the_files_own_columns() -> None:
    before = "en,zh,note\r\ntea,茶,hot"
    assert edited_termbase(before.encode(), "t.csv", {}, [Term("river", "河")]).decode() == (
        "en,zh,note\r\ntea,茶,hot\r\nriver,河,\r\n"
    )
    assert edited_termbase(before.encode(), "t.csv", {}, []).decode() == before


def test_an_entry_of_two_rows_is_refused() -> None:
    with pytest.raises(InputError, match=r"^t\.csv: entries that stand in several rows.*terms convert"):
        edited_termbase("en,zh\notter,海獭\notter,獭子\n".encode(), "t.csv", {"otter": OTTER}, [])


@pytest.mark.parametrize("data", ["英文,中文\notter,海獭\n".encode(), "en,zh\notter,海獭\n".encode("utf-16")])
def test_a_file_that_cannot_be_changed_in_place_is_refused(data: bytes) -> None:
    with pytest.raises(InputError) as error:
        edited_termbase(data, "t.csv", {}, [OTTER])
    assert str(error.value).startswith("t.csv")


_TEXTS = st.text("茶獭ab ,;|=\\\"'[]", min_size=1, max_size=6).map(str.strip).filter(bool)


@given(st.lists(_TEXTS, min_size=1, max_size=4, unique_by=str.casefold), _TEXTS, st.booleans(), st.data())
def test_what_was_meant_is_read_back(names: list[str], zh: str, is_new: bool, data: st.DataObject) -> None:
    import io

    terms = [Term(name, "水獭") for name in names]
    handle = io.StringIO(newline="")
    write_terms(terms, handle)
    before = handle.getvalue().encode()
    try:
        known = read_termbase(before, "t.csv").terms
    except DuizhaoError:
        return
    chosen = data.draw(st.sampled_from(known))
    changed = replace(chosen, zh=zh, forbidden=(Forbidden("茶獭茶", zh, True),))
    new = [Term("a new otter", zh)] if is_new else []
    made = edited_termbase(before, "t.csv", {chosen.en: changed}, new)
    assert read_termbase(made, "t.csv").terms == (*(changed if t == chosen else t for t in known), *new)
