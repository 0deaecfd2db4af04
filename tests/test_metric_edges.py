"""Limits and counts of the metrics' small parts: just at a bound, at the ends of a text, at the third of a kind."""

from collections.abc import Callable

import pytest

from duizhao.corpora import Termbase
from duizhao.corpora.knowledge import EMPTY, shipped_knowledge
from duizhao.metrics import clauses, english_form, english_side, filter_numbers, markup, quotes, untranslated
from duizhao.metrics.doubling import check_doubled
from duizhao.metrics.invisible import check_invisible
from duizhao.metrics.latin_names import check_latin_names
from duizhao.metrics.name_forms import shortened
from duizhao.metrics.name_lists import name_lists
from duizhao.metrics.numbers import check_numbers
from duizhao.metrics.person_names import check_names_in_pair
from duizhao.metrics.punctuation_en import check_chinese_punctuation
from duizhao.metrics.quotes import check_quotes
from duizhao.metrics.term_candidates import find_candidates

# A word that stands once: what it is worth as a term without the field's counts, and with them.
WORDS = [
    ("otter", 0.1, 0.1),  # neither the trade nor the field knows it
    ("embedding", 0.3, 0.3),  # in -ing: a verb as often as not
    ("distillation", 0.4, 0.75),  # a noun of the trade that dictionaries gloss with, too
    ("tokenizer", 0.6, 0.75),  # a noun of the trade that nobody else uses
    ("kernel", 0.1, 0.75),  # every day's, but the field agrees on its rendering
    ("model", None, None),  # of every paper
    ("ax", None, None),  # too short
]


@pytest.mark.parametrize(("word", "alone", "in_the_field"), WORDS)
def test_single_words(word: str, alone: float | None, in_the_field: float | None) -> None:
    for knowledge, wanted in ((EMPTY, alone), (shipped_knowledge(), in_the_field)):
        found = find_candidates([("1", f"It needs the {word} here.")], Termbase((), ()), knowledge)
        assert [(c.term, c.termhood) for c in found] == ([] if wanted is None else [(word, wanted)])


def test_a_word_of_no_use_elsewhere_is_surer_when_it_comes_again() -> None:
    texts = [("1", "The frobnica is here."), ("2", "The frobnica is there.")]
    hoods = [find_candidates(texts[:n], Termbase((), ()), EMPTY)[0].termhood for n in (1, 2)]
    assert hoods == [0.1, 0.5]


FIGURES = [
    (("9.3", 6), "9300000"),
    (("12", 3), "12000"),
    (("1.2345", 3), "1234.5"),  # more decimals than zeros
    (("1.234", 3), "1234"),  # as many
    (("1.20000", 3), "1200"),
    (("0.0012345", 3), "1.2345"),
    (("0.5", 3), "500"),
    (("0", 3), "0"),
    ((".5", 3), "?"),
    (("1.2.3", 3), "?"),
]


@pytest.mark.parametrize(("figures", "wanted"), FIGURES)
def test_scaled_figures(figures: tuple[str, int], wanted: str) -> None:
    assert filter_numbers._scaled(*figures) == wanted


TIMES = [(1, ""), (2, " It stands here 2 times."), (3, " It stands here 3 times.")]


@pytest.mark.parametrize(("times", "end"), TIMES)
def test_hidden_characters_are_counted(times: int, end: str) -> None:
    [draft] = check_invisible("水" + "\u200b獭" * times, zh=True)
    assert (draft.span_zh, draft.found) == ((1, 2), "U+200B")
    assert draft.message.endswith(f"search misses what it stands in.{end}")


# A mark between Latin letters is the English's; beside Chinese ones it may be a quotation's.
MARKS = [
    ("an otter，a river", 1),
    ("an otter，茶", 0),
    ("茶，an otter", 0),
    ("an otter，x", 1),
    ("an otter，", 1),
    ("，x", 0),
]


@pytest.mark.parametrize(("en", "count"), MARKS)
def test_the_letters_on_both_sides_tell(en: str, count: int) -> None:
    assert len(list(check_chinese_punctuation(en))) == count


# A doubled character is a slip beside words, none where the next one is doubled too, or in a name's neighbourhood.
DOUBLED = [
    ("见表表示", ["表表"]),
    ("表表示", ["表表"]),
    ("浑浑噩噩", []),
    ("表表示示", []),
    ("用表表示示", []),
    ("安娜·表表示", []),
    ("表表示·安娜", []),
    ("安娜·贝格，见见表表示", []),
    ("安娜·贝格，河边桥上见表表示", ["表表"]),  # the dot is far before
]


@pytest.mark.parametrize(("zh", "found"), DOUBLED)
def test_doubled_characters(zh: str, found: list[str]) -> None:
    assert [draft.found for draft in check_doubled(zh)] == found


# What quotes a text, up to how many characters as it is, and how long the quotation is of a longer one.
QUOTED = [
    (clauses._short, 80, 78),
    (english_form._short, 60, 58),
    (english_side._short, 60, 58),
    (markup._short, 60, 57),
    (quotes._short, 40, 37),
    (untranslated._short, 60, 58),
    (shortened, 40, 40),
]


@pytest.mark.parametrize(("quote", "longest", "cut"), QUOTED)
def test_what_is_quoted_is_cut_behind_its_limit(quote: Callable[[str], str], longest: int, cut: int) -> None:
    text = "".join(chr(0x4E00 + k) for k in range(longest + 1))
    assert quote(text[:longest]) == text[:longest]
    short = quote(text)
    assert len(short) == cut
    begin, _, end = short.partition("…")
    assert text.startswith(begin) and text.endswith(end)


# Every part of a name must be spelt by sound; of the last one, what follows it in the sentence is taken off.
SPELT = [
    ("正如伊万·库图佐夫（2019）所说", ["伊万·库图佐夫"]),
    ("正如伊万·维克托·库图佐夫（2019）所说", ["伊万·维克托·库图佐夫"]),
    ("正如伊万·桥梁·库图佐夫（2019）所说", []),
    ("正如伊·库图佐夫（2019）所说", []),  # one character is too little to judge
]


@pytest.mark.parametrize(("zh", "found"), SPELT)
def test_parts_of_a_transliterated_name(zh: str, found: list[str]) -> None:
    assert [draft.found for draft in check_names_in_pair("As Anna Berg (2019) says, otters swim.", zh)] == found


# Two slips are a slip in a name of seven letters, in a shorter one only one is; below four letters none is looked for.
SLIPS = [
    ("Harb", "Harx", True),
    ("Har", "Hax", False),
    ("Harbor", "Hbrbor", True),
    ("Harbor", "Hbrbxr", False),
    ("Harborn", "Hbrbxrn", True),
    ("Harborn", "Hxxbxrn", False),
]


@pytest.mark.parametrize(("en", "zh", "found"), SLIPS)
def test_slips_in_names_by_their_length(en: str, zh: str, found: bool) -> None:
    assert bool(list(check_latin_names(f"Ask {en}.", f"问{zh}。"))) is found


@pytest.mark.parametrize("blanks", range(6))
def test_three_blanks_may_part_a_mark_from_its_letters(blanks: int) -> None:
    gap = " " * blanks
    assert len(list(check_chinese_punctuation(f"an otter，{gap}茶"))) == (blanks > 3)
    assert len(list(check_chinese_punctuation(f"an otter{gap}，tea"))) == (blanks < 4)


@pytest.mark.parametrize("length", [1, 57, 58, 59, 60, 80])
def test_like_quotes_far_apart_belong_to_two_quotations(length: int) -> None:
    found = [draft.confidence for draft in check_quotes(f"他说”{'茶' * length}”。")]
    assert found == ([0.8] if length < 60 else [0.6, 0.6])


# One quantity for another: within a factor of ten, no year for a count, and above 100 written alike.
CHANGED = [
    ("ninety otters", "80只水獭", [("80", "90")]),
    ("one hundred otters", "99只水獭", [("", "100"), ("99", "")]),
    ("one hundred and one otters", "99只水獭", [("", "101"), ("99", "")]),
    ("101 otters", "99只水獭", [("99", "101")]),
    ("12 otters", "120只水獭", [("120", "12")]),
    ("12 otters", "121只水獭", [("", "12"), ("121", "")]),
    ("1999 otters", "1950只水獭", [("1950", "1999")]),
    ("1900 otters", "1950只水獭", [("1950", "1900")]),
    ("1899 otters", "1950只水獭", [("", "1899"), ("1950", "")]),
    ("2099 otters", "2050只水獭", [("2050", "2099")]),
    ("2100 otters", "2050只水獭", [("", "2100"), ("2050", "")]),
]


@pytest.mark.parametrize(("en", "zh", "wanted"), CHANGED)
def test_what_may_be_a_changed_number(en: str, zh: str, wanted: list[tuple[str, str]]) -> None:
    assert [(draft.found, draft.expected) for draft in check_numbers(en, zh)] == wanted


# A surname of one character has a given name of two at most, one of two characters of three.
NAMES = [
    ("作者：欧阳小河獭、王小獭", True),
    ("作者：欧阳小河水獭、王小獭", False),
    ("作者：王小河、李小桥", True),
    ("作者：王小河獭、李小桥", False),
]


@pytest.mark.parametrize(("zh", "people"), NAMES)
def test_lengths_of_given_names(zh: str, people: bool) -> None:
    assert bool(list(name_lists(zh))) is people
