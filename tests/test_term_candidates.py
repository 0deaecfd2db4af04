"""English in, candidates out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.corpora import Knowledge, Term, Termbase
from duizhao.corpora.knowledge import EMPTY
from duizhao.metrics.term_candidates import Candidate, find_candidates
from duizhao.metrics.term_runs import use_of, words_of
from duizhao.metrics.term_words import is_trade_noun, may_begin, may_end, may_stand

NOTHING = Termbase((), "")
RIVER = (
    "Previous work on otter whisker sensors is limited. We propose an otter whisker sensor for murky water. "
    "Experimental results show that the otter whisker sensor outperforms a wide range of existing methods."
)
FIELD = Knowledge(
    1000, {"茶道": 40, "河道": 30}, {"tea ceremony": "40\t0\t茶道:38", "chain of kettle": "20\t0\t茶道:15"}, "test"
)


def found(text: str, termbase: Termbase = NOTHING, knowledge: Knowledge = EMPTY) -> dict[str, Candidate]:
    return {c.term: c for c in find_candidates([("1", text)], termbase, knowledge)}


def test_a_phrase_is_counted_with_its_spellings() -> None:
    sensor = found(RIVER)["otter whisker sensor"]
    assert (sensor.words, sensor.count, sensor.records) == (("otter", "whisker", "sensor"), 3, 1)
    assert sensor.forms == (("otter whisker sensor", 2), ("otter whisker sensors", 1))


@pytest.mark.parametrize(
    "everyday",
    ["previous work", "experimental result", "wide range", "existing method", "recent year", "paper", "work", "method"],
)
def test_phrases_of_every_paper_are_none(everyday: str) -> None:
    text = RIVER + " In recent years, this paper and its method were existing methods. Recent years, paper, method."
    assert words_of(everyday) not in {c.words for c in found(text).values()}


def test_a_piece_of_a_longer_phrase_is_less_of_a_term() -> None:
    seen = found(RIVER)
    assert seen["whisker sensor"].termhood < seen["otter whisker sensor"].termhood


def test_an_acronym_makes_its_long_form_a_term() -> None:
    seen = found("We brew with a kettle warming index (KWI). The KWI is high.")
    assert (seen["kettle warming index"].termhood, seen["KWI"].termhood) == (0.9, 0.9)
    assert seen["KWI"].count == 2


def test_names_are_shown_as_they_are_written() -> None:
    assert found("We ask OtterNet. Then OtterNet answers.")["OtterNet"].forms == (("OtterNet", 2),)


def test_what_is_listed_is_a_term_whatever_its_words() -> None:
    listed = Termbase((Term("work of tea", "茶工"), Term("paper", "纸")), "")
    seen = found("A work of tea on paper.", listed)
    assert [(term, seen[term].termhood) for term in ("work of tea", "paper")] == [("work of tea", 1.0), ("paper", 1.0)]


def test_small_words_inside_need_somebody_who_knows_the_phrase() -> None:
    text = "A chain of kettles and a row of kettles."
    assert "chain of kettle" in found(text, knowledge=FIELD)
    assert "row of kettle" not in found(text, knowledge=FIELD)


def test_hyphens_and_blanks_are_one() -> None:
    seen = found("The tea-ceremony robot. A tea ceremony. Tea ceremonies.", knowledge=FIELD)
    assert seen["tea ceremony"].forms == (("Tea ceremonies", 1), ("tea ceremony", 1), ("tea-ceremony", 1))
    assert seen["tea-ceremony robot"].count == 1


def test_nothing_crosses_a_mark_or_begins_within_hyphens() -> None:
    words = {c.words for c in found("Murky bridges, otter slides and a willow-lined canal.").values()}
    assert ("bridge", "otter") not in words
    assert ("lined", "canal") not in words


def test_records_are_counted_once() -> None:
    texts = [("1", "Otter lanterns."), ("1", "Otter lanterns."), ("2", "An otter lantern.")]
    lantern = next(c for c in find_candidates(texts, NOTHING, EMPTY) if c.words == ("otter", "lantern"))
    assert (lantern.count, lantern.records) == (3, 2)


@pytest.mark.parametrize(
    ("term", "papers"), [("tea-ceremony", 40), ("Tea Ceremonies", 40), ("tea", None), ("", None), ("茶", None)]
)
def test_what_the_field_knows(term: str, papers: int | None) -> None:
    use = use_of(words_of(term), FIELD)
    assert (use and use.papers) == papers


@pytest.mark.parametrize(
    ("word", "stands", "begins", "ends"),
    [
        ("otter", True, True, True),
        ("previous", False, False, False),
        ("outperform", False, False, False),
        ("rapidly", False, False, False),
        ("family", True, True, True),
        ("wooden", True, True, True),
        ("adversarial", True, True, False),
        ("signal", True, True, True),
        ("predict", True, False, False),
        ("2", False, False, False),
        ("10", True, False, True),
    ],
)
def test_words(word: str, stands: bool, begins: bool, ends: bool) -> None:
    assert (may_stand(word), may_begin(word), may_end(word)) == (stands, begins, ends)


def test_learned_nouns() -> None:
    assert [w for w in ("corrector", "testbed", "bridge", "otter", "alkaloid") if is_trade_noun(w)] == [
        "corrector",
        "testbed",
        "alkaloid",
    ]


@given(st.lists(st.tuples(st.sampled_from("ab"), st.text()), max_size=4))
def test_any_text_has_candidates_that_stand_in_it(texts: list[tuple[str, str]]) -> None:
    candidates = find_candidates(texts, NOTHING, FIELD)
    everything = "\n".join(text for _, text in texts)
    for c in candidates:
        assert 0 < c.termhood <= 1
        assert sum(n for _, n in c.forms) == c.count
        assert all(form in everything for form, _ in c.forms)
    assert candidates == find_candidates(texts, NOTHING, FIELD)


@pytest.mark.parametrize("hostile", ["a" * 100_000, "a-" * 50_000, "Otter " * 16_000, "A" * 100_000, "(AF) " * 20_000])
def test_hostile_texts_end(hostile: str) -> None:
    assert isinstance(find_candidates([("1", hostile)], NOTHING, EMPTY), list)
