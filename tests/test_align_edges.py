"""Limits of the aligner's small parts: long lines, the ends of a text, words that only partly agree."""

import pytest

from duizhao.align import Bead, chunks, sentences_en, sentences_zh
from duizhao.align.chunks import Chunk
from duizhao.align.lexicon import stem_en
from duizhao.align.word_senses import load_senses

STEMS = [
    # All forms of a word have one stem, whether or not the ending doubles its last letter …
    ("plan plans planned planning", "plan"),
    ("swim swims swimming", "swim"),
    # … but l, s and z are doubled in the words themselves.
    ("fall falls falling", "fall"),
    ("miss missed missing", "miss"),
    ("buzz buzzed buzzing", "buzz"),
    # Three letters must stay, and words of four are left alone.
    ("add added adding", "add"),
    ("sing", "sing"),
    ("being", "being"),
    ("bridge bridged bridges", "bridg"),
    ("sees", "sees"),
]


@pytest.mark.parametrize(("words", "stem"), STEMS)
def test_stems(words: str, stem: str) -> None:
    assert {stem_en(word) for word in words.split()} == {stem}


# What stands before the stop must not matter, however far from the line's beginning the stop is.
@pytest.mark.parametrize("length", [0, 1, 20, 100])
def test_a_stop_far_in_the_line_is_a_stop(length: int) -> None:
    before = "the otter drinks tea and " * length
    text = f"A paper: {before}counts models.We propose a bridge (e.g. of wood). It stands? “Yes.” Dr. Lin saw it."
    cut = [text[a:b] for a, b in sentences_en(text)]
    assert [one[-14:] for one in cut] == ["counts models.", "e.g. of wood).", "It stands?", "“Yes.”", "r. Lin saw it."]


@pytest.mark.parametrize("length", [0, 1, 40, 200])
def test_a_stop_far_in_a_chinese_line_is_a_stop(length: int) -> None:
    before = "水獭喝茶，" * length
    text = f"文中{before}提出“是什么？为什么？”两个问题。“真的吗？”他问。它（图1。2）在桥下游泳！河很宽。"
    cut = [text[a:b] for a, b in sentences_zh(text)]
    assert [one[-8:] for one in cut] == [
        "什么？”两个问题。"[-8:],
        "“真的吗？”他问。"[-8:],
        "2）在桥下游泳！",
        "河很宽。",
    ]


# English, Chinese, and how much a dictionary speaks for their being the same (0 nothing, 1 the only sense).
SENSES = [
    ("otter", "水獭", 1.0),
    ("otters", "水獭", 1.0),
    ("attention", "注意力", 2.0),  # of a dictionary and of the termbase
    ("GPU", "gpu", 1.5),  # the same word
    ("tea", "喝茶", 0.5),  # one of two words of a gloss
    ("otter", "水獭茶", 0.6),  # the beginning of a word that no dictionary has
    ("tea", "水獭茶", 0.35),  # a single character of it
    ("the", "茶", None),
]


@pytest.mark.parametrize(("en", "zh", "wanted"), SENSES)
def test_senses_of_words(en: str, zh: str, wanted: float | None) -> None:
    found = load_senses().of_types(["ferry", en], ["摆渡船", "河岸", zh])
    assert found.get((1, 2)) == (None if wanted is None else pytest.approx(wanted, abs=0.005))


def test_a_bead_is_sure_until_somebody_doubts_it() -> None:
    assert (Bead((0,), (0,), 0.4).probability, Bead((0,), (0,), 0.4, 0.7).probability) == (1.0, 0.7)


# Behind or before a chunk: the two sentences of its own that are nearest and the free ones, twelve at most.
LEFT, RIGHT = Chunk((10, 20), (30, 40)), Chunk((60, 70), (50, 51))
ROOMS = [
    (None, 0, True, (0, 0)),
    (LEFT, 0, True, (18, 32)),
    (LEFT, 1, True, (38, 50)),  # up to the other
    (RIGHT, 0, True, (68, 75)),  # up to the end of the text
    (RIGHT, 1, True, (50, 63)),  # it has but one of its own
    (LEFT, 0, False, (0, 12)),  # from the beginning
    (LEFT, 1, False, (18, 32)),
    (RIGHT, 0, False, (48, 62)),
    (RIGHT, 1, False, (40, 51)),  # from the other
]


@pytest.mark.parametrize(("chunk", "side", "after_it", "room"), ROOMS)
def test_room_beside_a_chunk(chunk: Chunk | None, side: int, after_it: bool, room: tuple[int, int]) -> None:
    assert chunks._room([LEFT, RIGHT], chunk, side, 75, after_it=after_it) == room
