"""Limits and counts of the metrics' small parts: just at a bound, at the ends of a text, at the third of a kind."""

from collections.abc import Callable

import pytest

from duizhao.corpora import Termbase
from duizhao.corpora.knowledge import EMPTY, shipped_knowledge
from duizhao.metrics import clauses, english_form, english_side, filter_numbers, markup, quotes, untranslated
from duizhao.metrics.doubling import check_doubled
from duizhao.metrics.english_form import check_form_en
from duizhao.metrics.english_numbers import check_numbers_en
from duizhao.metrics.filter_columns import column_of, tokens_of
from duizhao.metrics.filter_junk import addresses
from duizhao.metrics.filter_repetition import copies
from duizhao.metrics.invisible import check_invisible
from duizhao.metrics.latin_names import check_latin_names
from duizhao.metrics.name_forms import shortened
from duizhao.metrics.name_lists import name_lists
from duizhao.metrics.numbering import check_numbering
from duizhao.metrics.numbers import check_numbers
from duizhao.metrics.person_names import check_names_in_pair
from duizhao.metrics.punctuation_en import check_chinese_punctuation
from duizhao.metrics.quotes import check_quotes
from duizhao.metrics.term_candidates import find_candidates
from duizhao.metrics.text_changes import text_changes

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


# Of straight quotes of an odd number, the one that opens where the next one opens too has no partner; else the last.
ODD_QUOTES = [
    ('the "otter of the river', '"otter of the river'),
    ('an "otter" and a "bridge', '"bridge'),
    ('"Tea" said the otter, "and', '"and'),
    ('the otter" said', '" said'),
    ('say "a" "b" "c', '"c'),
    ('say "the otter and "the bridge" too', '"the otter and "the brid'),
    ('the 5" pipe', None),  # inches
    ('x "y z" w "v u" t', None),
]


@pytest.mark.parametrize(("en", "found"), ODD_QUOTES)
def test_the_partnerless_quote(en: str, found: str | None) -> None:
    spans = [draft.span_en for draft in check_form_en(en, "河里的水獭。") if draft.rule == "F002"]
    assert [en[slice(*span)] for span in spans if span] == ([] if found is None else [found])


# What a character does that nobody sees: turns the line, breaks programs, or is only in the way.
HIDDEN = [
    ("\u200b", "note", 0.7),
    ("\u200d", "note", 0.7),
    ("\u200e", "note", 0.7),
    ("\u2060", "note", 0.7),
    ("\ufeff", "note", 0.7),
    ("\U000e0041", "note", 0.7),
    ("\u00ad", "note", 0.8),
    ("\u202e", "warning", 0.9),
    ("\x07", "warning", 0.9),
    ("\x85", "warning", 0.9),
    ("\ufffd", "warning", 0.95),  # something was lost
]


@pytest.mark.parametrize(("sign", "severity", "confidence"), HIDDEN)
def test_hidden_characters_by_what_they_do(sign: str, severity: str, confidence: float) -> None:
    for zh in (False, True):
        [draft] = check_invisible(f"水{sign}獭", zh=zh)
        assert (draft.severity, draft.confidence, draft.found) == (severity, confidence, f"U+{ord(sign):04X}")
        assert (draft.span_en, draft.span_zh) == ((None, (1, 2)) if zh else ((1, 2), None))


# A list goes on for forty lines.
@pytest.mark.parametrize(("between", "found"), [(0, True), (38, True), (39, True), (40, False), (80, False)])
def test_a_list_ends_after_a_section(between: int, found: bool) -> None:
    text = "引言\n" * 50 + "1. 水\n2. 茶\n" + "河\n" * between + "3、 桥"
    assert [draft.expected for draft in check_numbering(text)] == (["3."] if found else [])


# What the Chinese bounds and the English does not.
BARE = [
    ("7 otters", "不超过7只水獭", ["no more than 7"]),
    ("7 otters", "至少7只水獭", ["at least 7"]),
    ("7 otters", "至少在桥下有7只水獭", []),  # of something else
    ("7 otters, 7 bridges", "至少7只水獭", []),  # which of the two?
    ("7 otters", "至少7只水獭，至多7座桥", []),
    ("more than 7 otters", "超过7只水獭", []),
]


@pytest.mark.parametrize(("en", "zh", "wanted"), BARE)
def test_bounds_that_the_english_lost(en: str, zh: str, wanted: list[str]) -> None:
    assert [draft.expected for draft in check_numbers_en(en, zh) if draft.rule == "Q004"] == wanted


CHANGES = [
    ("", "", []),
    ("水獭喝茶。", "水獭喝茶。", [("水獭喝茶。",) * 2]),
    ("海獭喝茶。", "水獭喝茶。", [("海獭", "水獭"), ("喝茶。",) * 2]),
    ("水獭喝茶。", "水獭在桥下喝茶。", [("水獭",) * 2, ("", "在桥下"), ("喝茶。",) * 2]),
    ("水獭在桥下喝茶。", "水獭喝绿茶。", [("水獭",) * 2, ("在桥下喝茶", "喝绿茶"), ("。",) * 2]),
    (
        "水獭喝茶，狼喝水。",
        "水獭喝酒，狼喝汤。",
        [("水獭",) * 2, ("喝茶", "喝酒"), ("，狼",) * 2, ("喝水", "喝汤"), ("。",) * 2],
    ),
]


@pytest.mark.parametrize(("old", "new", "wanted"), CHANGES)
def test_what_changed_between_two_texts(old: str, new: str, wanted: list[tuple[str, str]]) -> None:
    assert [tuple(piece) for piece in text_changes(old, new)] == wanted


# The part of addresses in a text's letters: each counts as ten, a Chinese letter as two.
ADDRESSES = [
    ("no address at all", 0.0),
    ("see https://a.org/x", 10 / 13),
    ("https://a.org/x and https://b.org/y", 20 / 23),
    ("mail otter@a.org, www.b.org or https://c.org 水獭", 30 / 40),
    ("水獭 https://c.org", 10 / 14),
]


def test_shares_of_addresses() -> None:
    found = addresses(column_of([text for text, _ in ADDRESSES])).tolist()
    assert found == pytest.approx([share for _, share in ADDRESSES])


# The same one to eight words four times in a row.
COPIES = [
    ("otter otter otter", 0),
    ("otter otter otter otter", 4),
    ("no no no no no", 5),
    ("a b a b a b a b", 4),
    ("a b c a b c a b c a b", 0),
    ("1 2 3 4 5 6 7 8 " * 4, 4),
    ("1 2 3 4 5 6 7 8 9 " * 4, 0),
]


def test_copies_in_a_row() -> None:
    column = column_of([text for text, _ in COPIES])
    assert copies(tokens_of(column), column).tolist() == [times for _, times in COPIES]
