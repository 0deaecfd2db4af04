"""What speaks for a bead: numbers by hand, the same in blocks of any size, and sound for odd text."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stub_encoder import STUB

from duizhao.align import beads, load_encoder
from duizhao.align.bead_features import LONE, PAIRED, Block
from duizhao.align.bead_texts import Texts, prepare
from duizhao.align.encoder import Floats
from duizhao.align.lattice import TYPES, WIDTH, Lattice
from duizhao.align.transformers_encoder import TransformersEncoder


class Known:
    """Vectors looked up; of zeros for a text not known."""

    def __init__(self, vectors: dict[str, list[float]]) -> None:
        self._vectors = vectors

    def encode(self, sentences: list[str], /) -> Floats:
        return np.array([self._vectors.get(text, [0.0] * 3) for text in sentences], dtype=np.float32)


ODD = [
    "",
    " ",
    "\n",
    "🦦",
    "\ud800",
    "。",
    "...",
    "“",
    "”",
    "'",
    "—",
    "a",
    "A stone.",
    "他",
    "石头？",
    "獭" * 90,
    "，" * 9,
    "1" * 50,
]
SENTENCES = st.lists(st.one_of(st.sampled_from(ODD), st.text("ab 石水。,\u0300", max_size=8)), min_size=1, max_size=12)


def whole(texts: Texts) -> Block:
    return Block(texts, 0, len(texts.band.base))


def feature(texts: Texts, name: str, i: int, j: int, a: int, b: int) -> float:
    """One feature of the bead of a and b sentences that ends before sentences i and j."""
    names = PAIRED if a and b else LONE
    found = whole(texts).features(TYPES.index((a, b)))
    return float(found[names.index(name), i + j, i - int(texts.band.base[i + j])])


def assert_sound(texts: Texts) -> None:
    allowed = Lattice(texts.band).allowed(0, len(texts.band.base))
    block = whole(texts)
    for kind, (a, b) in enumerate(TYPES):
        found = block.features(kind)
        assert found.shape == (len(PAIRED if a and b else LONE), len(texts.band.base), WIDTH)
        assert np.isfinite(found[:, allowed[:, kind]]).all()


@given(SENTENCES, SENTENCES)
def test_features_of_odd_text_are_numbers(en: list[str], zh: list[str]) -> None:
    assert_sound(prepare(en, zh, STUB))


@pytest.mark.parametrize(("n", "m"), [(1, 1), (1, 5), (5, 1), (1, 40), (40, 1), (2, 2), (6, 6), (40, 40)])
def test_features_of_sentences_all_alike_are_numbers(n: int, m: int) -> None:
    assert_sound(prepare(["An otter."] * n, ["水獭。"] * m, STUB))


@pytest.mark.parametrize("text", ODD)
def test_features_of_one_odd_sentence_with_the_encoder(text: str) -> None:
    assert_sound(prepare([text], [text], load_encoder()))


@settings(max_examples=40)
@given(SENTENCES, SENTENCES, st.sampled_from([1, 2, 3, 7, 128]))
def test_blocks_of_any_size_hold_the_same(en: list[str], zh: list[str], size: int) -> None:
    texts = prepare(en, zh, STUB)
    lattice = Lattice(texts.band)
    length = len(texts.band.base)
    at_once = whole(texts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(beads, "_DIAGONALS", size)
        parts = list(beads.blocks(texts))
    assert [part.start for part, _ in parts] == list(range(0, length, size))
    assert [part.stop for part, _ in parts] == [*range(size, length, size), length]
    for kind in range(len(TYPES)):
        wanted = at_once.features(kind)
        for part, block in parts:
            where = lattice.allowed(part.start, part.stop)[:, kind]
            np.testing.assert_allclose(block.features(kind)[:, where], wanted[:, part][:, where], atol=1e-5)


def test_blocks_of_a_long_text_hold_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Longer than the windows of a block, with a chapter missing on one side."""
    en = [f"{letter}tone {k}." for k, letter in enumerate("abcdefghijklmnopqrstuvwxyz" * 6)]
    zh = [f"{s[0]}石{k}。" for k, s in enumerate(en) if not 60 <= k < 100]
    texts = prepare(en, zh, STUB)
    lattice = Lattice(texts.band)
    at_once = whole(texts)
    monkeypatch.setattr(beads, "_DIAGONALS", 32)
    for part, block in beads.blocks(texts):
        allowed = lattice.allowed(part.start, part.stop)
        for kind in range(len(TYPES)):
            where = allowed[:, kind]
            found, wanted = block.features(kind)[:, where], at_once.features(kind)[:, part][:, where]
            np.testing.assert_allclose(found, wanted, atol=1e-5)


# Two sentences each; the first two are like each other, so are the second two, and both together.
VECTORS = {
    "An otter sings.": [1.0, 0.0, 0.0],
    "Why?": [0.0, 1.0, 0.0],
    "An otter sings. Why?": [0.6, 0.8, 0.0],
    "水獭唱歌。": [0.8, 0.6, 0.0],
    "“为什么？”": [0.0, 0.6, 0.8],
    "水獭唱歌。“为什么？”": [0.6, 0.8, 0.0],
}
TEXTS = (["An otter sings.", "Why?"], ["水獭唱歌。", "“为什么？”"])
LENGTHS_EN, LENGTHS_ZH = (16, 5), (16, 19)  # UTF-8 bytes and one
RATIO = 21 / 35
# Feature, where the bead ends and its size, what it is.
BY_HAND = [
    ("type 1-1", (1, 1, 1, 1), 1.0),
    ("type 2-2", (1, 1, 1, 1), 0.0),
    ("type 2-2", (2, 2, 2, 2), 1.0),
    ("similarity", (1, 1, 1, 1), 0.8),
    ("similarity", (2, 2, 1, 1), 0.6),
    ("similarity", (2, 1, 1, 1), 0.6),
    ("similarity", (2, 2, 2, 2), 1.0),
    ("similarity × size", (1, 1, 1, 1), 0.0),
    ("similarity × size", (2, 2, 2, 2), 1.0),
    ("beside", (1, 1, 1, 1), (0.0 + 0.6) / 2),
    ("beside", (2, 2, 1, 1), (0.6 + 0.0) / 2),
    ("beside", (1, 2, 1, 1), (0.8 + 0.6) / 2),
    ("beside", (2, 2, 2, 2), 0.0),
    ("typical", (1, 1, 1, 1), 0.7),
    ("length ratio", (1, 1, 1, 1), -math.log(RATIO)),
    ("length ratio", (2, 2, 2, 2), 0.0),
    ("length deviation", (2, 2, 2, 2), 0.0),
    ("length deviation", (2, 2, 1, 1), (5 - 19 * RATIO) ** 2 / (10.2 * (5 + 19 * RATIO))),
    ("same stop", (1, 1, 1, 1), 1.0),
    ("same stop", (2, 2, 1, 1), 1.0),
    ("same stop", (2, 1, 1, 1), 0.0),
    ("other stop", (2, 1, 1, 1), 1.0),
    ("quote on one side", (2, 2, 1, 1), 1.0),
    ("quote on one side", (1, 1, 1, 1), 0.0),
    ("no full stop en", (1, 1, 1, 1), 0.0),
    ("least en", (2, 1, 2, 1), 0.6 - 0.7),
    ("least zh", (2, 1, 2, 1), 0.0),
    ("least zh", (1, 2, 1, 2), 0.0 - 0.7),
    ("alone", (1, 0, 1, 0), 1.0),
    ("typical", (1, 0, 1, 0), 0.7),
    ("best match", (1, 0, 1, 0), 0.8),
    ("best match", (2, 2, 1, 0), 0.6),
    ("best match", (2, 2, 0, 1), 0.6),
    ("log length", (2, 1, 1, 0), math.log(5 / 10.5)),
    ("log length", (0, 2, 0, 1), math.log(19 / 17.5)),
    ("no full stop", (0, 1, 0, 1), 0.0),
]


@pytest.mark.parametrize(("name", "bead", "value"), BY_HAND)
def test_by_hand(name: str, bead: tuple[int, int, int, int], value: float) -> None:
    texts = prepare(*TEXTS, TransformersEncoder(Known(VECTORS), "known"))
    assert feature(texts, name, *bead) == pytest.approx(value, abs=1e-6)


def test_words_are_held_by_the_sentence_that_has_their_translation() -> None:
    texts = prepare(["An otter sings.", "A bridge falls."], ["桥倒了。", "水獭唱歌。"], STUB)
    otter, wrong = (feature(texts, "words zh", 1, j, 1, 1) for j in (2, 1))
    assert wrong == 0.0
    assert 0.3 < otter < 1.0
    assert feature(texts, "words beside", 1, 1, 1, 1) > 0.3  # the words of the one are in the next but of the other


# A sentence, whether a full stop ends it.
STOPS = [
    ("", False),
    ("a", False),
    ("a.", True),
    ("a.” ", True),
    ("a...", True),
    ("a，", False),
    ("水獭：", False),
    ("水獭。」", True),
    ("水獭！", True),
    ("水獭……", True),
    (".a", False),
    ("”", False),
]


@pytest.mark.parametrize(("sentence", "full"), STOPS)
def test_full_stops(sentence: str, full: bool) -> None:
    texts = prepare([sentence], ["茶。"], STUB)
    assert feature(texts, "no full stop", 1, 0, 1, 0) == (0.0 if full else 1.0)


def test_a_sentence_is_compared_with_those_near_the_path_only() -> None:
    """The last of forty is like the first, but far away; those between go one by one."""
    between = [chr(0x400 + k) for k in range(38)]
    texts = prepare(["a", *between, "c"], ["c", *between, "a"], STUB)
    assert feature(texts, "best match", 39, 39, 1, 0) == pytest.approx(1.0)
    assert feature(texts, "best match", 40, 40, 1, 0) < 0.9
