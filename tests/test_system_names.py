"""Names of systems that nobody lists: found by their form, by the title, and by what the field keeps."""

import pytest
from hypothesis import given
from strategies import odd_text

from duizhao.corpora import Knowledge, Pair, Term, Termbase
from duizhao.corpora.knowledge import EMPTY
from duizhao.metrics.system_names import forms_of, system_names

LISTED = forms_of(Termbase((Term("TeaNet", "TeaNet", also=("BrewNet",)), Term("tea bridge", "茶桥")), "small"))


def pair_of(en: str, field: str = "abstract", zh: str = "水獭") -> Pair:
    return Pair("d#1.1", "d#1", "d", field, (en,) if en else (), (zh,) if zh else (), (), (), "1-1", 0.7)


def named(*pairs: Pair, listed: frozenset[str] = LISTED, knowledge: Knowledge = EMPTY) -> list[str]:
    terms = system_names(pairs, listed, knowledge)
    assert all(term == Term(term.en, term.en, domain="names") for term in terms)
    return [term.en for term in terms]


# English of an abstract, the names in it.
INSIDE = [
    ("We build OtterNet and mOtter, then otterNet2.", ["OtterNet", "mOtter", "otterNet2"]),
    ("GLoVe, BERTology and FERRYboat", ["BERTology", "FERRYboat", "GLoVe"]),
    ("OtterNet, OtterNet", ["OtterNet"]),
    ("We watch Otters in Rivers.", []),  # a capital begins a sentence
    ("the OTTER and R2D2", []),  # an acronym is not told from shouting
    ("TeaNet and BrewNet", []),  # listed
    ("teaNet", []),
    # what only looks so
    ("McKay, MacOtter, DeRiver, VanBridge and LeTea", []),
    ("two PhDs, three GANs and LLMs", []),
    ("see example.org/OtterNet or otter@OtterNet", []),
    ("a Otter-TeaLeaf", []),
    # explained here: another rule's business
    ("an Otter River Net (ORN), then OtterNet", ["OtterNet"]),
    ("", []),
    ("水獭OtterNet", []),  # inside a run of letters
]


@pytest.mark.parametrize(("en", "wanted"), INSIDE)
def test_names_by_their_form(en: str, wanted: list[str]) -> None:
    assert named(pair_of(en)) == wanted


# Titles, the names before their colons.
TITLES = [
    ("Lutrid: A Model of Rivers", ["Lutrid"]),
    ("LUTRID: A Model of Rivers", ["LUTRID"]),
    ("Lutrid – A Model of Rivers", ["Lutrid"]),
    ("Lutrid — A Model of Rivers", ["Lutrid"]),
    ("Lutrid - A Model of Rivers", ["Lutrid"]),
    ("Lutrid : A Model of Rivers", ["Lutrid"]),
    ("River: A Model", []),  # an ordinary word
    ("Lutrid-River Models", []),
    ("A Lutrid: A Model", []),
    ("TeaNet: A Model", []),
    ("lutrid: a model", []),
]


@pytest.mark.parametrize(("en", "wanted"), TITLES)
def test_names_of_titles(en: str, wanted: list[str]) -> None:
    assert named(pair_of(en, "title")) == wanted


def test_only_a_title_has_a_colon_of_names() -> None:
    assert named(pair_of("Lutrid: A Model of Rivers")) == []


def test_an_ordinary_word_is_a_name_where_it_is_written_large_within_a_sentence() -> None:
    title = pair_of("River: A Model", "title")
    assert named(title, pair_of("We call it River.")) == ["River"]
    assert named(title, pair_of("River is long. River is wide.")) == []


# Papers with the word, and those that keep it in Latin letters.
@pytest.mark.parametrize(
    ("papers", "latin", "wanted"), [(8, 4, ["Lutrid"]), (8, 3, []), (7, 7, []), (9, 9, ["Lutrid"])]
)
def test_what_the_field_keeps(papers: int, latin: int, wanted: list[str]) -> None:
    knowledge = Knowledge(100, {}, {"lutrid": f"{papers}\t{latin}"}, "small")
    assert named(pair_of("We use Lutrid here."), knowledge=knowledge) == wanted
    assert named(pair_of("We use lutrid here."), knowledge=knowledge) == []


@pytest.mark.parametrize("pair", [pair_of("OtterNet", zh=""), pair_of("")])
def test_pairs_of_one_side_have_none(pair: Pair) -> None:
    assert named(pair) == []
    assert named() == []


def test_what_a_termbase_lists_is_told_in_lower_case() -> None:
    assert {"teanet", "brewnet", "tea bridge"} == LISTED
    assert forms_of(Termbase((), "none")) == frozenset()


@given(odd_text)
def test_any_text(en: str) -> None:
    found = named(pair_of(en), pair_of(en, "title"))
    assert found == sorted(set(found))
    assert all(name in en for name in found)
