"""The dictionary behind word links: what it takes for a word, and what may render it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.align.lexicon import load_lexicon, stem_en, stems_of
from duizhao.corpora.script import HAN

WORDS = [
    ("", []),
    ("otters 12!", []),
    ("他骑马过桥", ["他", "骑马", "过", "桥"]),
    ("河边的水獭在喝茶。", ["河边", "的", "水獭", "在", "喝茶"]),
    ("河邊的水獺", ["河邊", "的", "水獺"]),
    ("用GPU计算", ["用", "计算"]),
    ("桥，桥", ["桥", "桥"]),
    ("𪛖𪛗桥", ["桥"]),  # Han, but in no word
    ("二𫫇英", ["二𫫇英"]),
]


@pytest.mark.parametrize(("text", "words"), WORDS)
def test_words(text: str, words: list[str]) -> None:
    lexicon = load_lexicon()
    assert [text[a:b] for a, b in lexicon.words(text)] == words
    assert all(word in lexicon for word in words)


@given(st.text("水獭在河边喝茶桥上\U00020000𪛖 a1。\ud800", max_size=30))
def test_words_are_headwords_in_order_and_what_is_left_is_none(text: str) -> None:
    lexicon = load_lexicon()
    end = 0
    for begin, after in [*lexicon.words(text), (len(text), len(text))]:
        assert end <= begin <= after
        assert not any(text[k] in lexicon for k in range(end, begin) if HAN.match(text[k]))
        assert begin == after or text[begin:after] in lexicon
        end = after


# Word, some of the stems that may render it with their shares; stems that may not.
SENSES = [
    ("桥", {"bridg": 1.0}, ["cl", "zuo"]),
    ("水獭", {"otter": 1.0}, []),
    ("水獺", {"otter": 1.0}, []),
    ("喝茶", {"drink": 0.5, "tea": 0.5}, []),
    ("我", {"me": 1.0, "my": 1.0}, []),  # function words only where they are all of a gloss
    ("茶", {"tea": 1.0, "plant": 0.5}, ["cl", "bei"]),
]


@pytest.mark.parametrize(("word", "some", "none"), SENSES)
def test_senses(word: str, some: dict[str, float], none: list[str]) -> None:
    found = load_lexicon().senses(word)
    assert {stem: found.get(stem) for stem in some} == some
    assert not {*none} & {*found}


def test_a_word_of_no_dictionary_has_no_senses() -> None:
    assert dict(load_lexicon().senses("水獭桥")) == {}
    assert dict(load_lexicon().senses("")) == {}
    assert "水獭桥" not in load_lexicon()
    assert "" not in load_lexicon()


def test_senses_cannot_be_changed_by_those_who_ask() -> None:
    with pytest.raises(TypeError):
        load_lexicon().senses("桥")["bridg"] = 0.0  # type: ignore[index]


STEMS = [
    ("", ""),
    ("tea", "tea"),
    ("ties", "ties"),
    ("bridge", "bridg"),
    ("bridges", "bridg"),
    ("bridged", "bridg"),
    ("crosses", "cross"),
    ("crossing", "cross"),
    ("processed", "process"),
    ("process", "process"),
    ("cross", "cross"),
    ("rivers", "river"),
    ("carries", "carry"),
    ("carried", "carry"),
    ("swimming", "swim"),
    ("falling", "fall"),
    ("kindness", "kind"),
    ("slowly", "slow"),
    ("using", "using"),
    ("thing", "thing"),
]


@pytest.mark.parametrize(("word", "stem"), STEMS)
def test_stems(word: str, stem: str) -> None:
    assert stem_en(word) == stem


@given(st.text("abdeginlsuyz", max_size=12))
def test_a_stem_is_no_longer_and_keeps_the_first_letters(word: str) -> None:
    stem = stem_en(word)
    assert len(stem) <= len(word)
    assert stem[:3] == word[:3] or len(stem) < 3


SENTENCES = [
    ("", []),
    ("The otters were crossing the river.", ["otter", "cross", "river"]),
    ("It's 12 o'clock!", ["o", "clock"]),
    ("Wide-eyed OTTERS", ["wide", "eyed", "otter"]),
    ("海獭 otter", ["otter"]),
]


@pytest.mark.parametrize(("sentence", "stems"), SENTENCES)
def test_stems_of_a_sentence(sentence: str, stems: list[str]) -> None:
    assert stems_of(sentence) == stems
