"""How the words and clauses of a sentence go to the sentences of the other side."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.align.attribution import (
    Attribution,
    Window,
    attribute_clauses,
    attribute_words,
    clauses_of,
    keys_en,
    keys_zh,
    links_between,
)
from duizhao.align.lexicon import load_lexicon

WORDS = st.lists(st.lists(st.sampled_from("abcdef"), max_size=5), min_size=1, max_size=5)
WINDOWS = st.lists(st.tuples(st.integers(0, 6), st.integers(-1, 4)), min_size=5, max_size=5)
STRENGTHS = st.dictionaries(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), st.floats(0.05, 1), max_size=12
)


def links_of(strengths: dict[tuple[str, str], float], other: list[list[str]]) -> dict[str, dict[str, float]]:
    """Links to the words that stand in the other text."""
    there = {word for words in other for word in words}
    links: dict[str, dict[str, float]] = {}
    for (word, translation), strength in strengths.items():
        if translation in there:
            links.setdefault(word, {})[translation] = strength
    return links


@given(WORDS, WORDS, WINDOWS, STRENGTHS)
def test_no_more_goes_than_there_is_and_nothing_beyond_the_window(
    own: list[list[str]], other: list[list[str]], windows: list[Window], strengths: dict[tuple[str, str], float]
) -> None:
    found = attribute_words(own, other, windows[: len(own)], links_of(strengths, other))
    assert len(found.mass) == len(found.cells) == len(found.first) == len(own)
    for i, (low, high) in enumerate(windows[: len(own)]):
        assert found.first[i] == low
        assert found.cells[i].shape == (max(0, high + 1 - low),)
        assert (found.cells[i] >= 0).all()
        assert found.cells[i].sum() <= found.mass[i] + 1e-12
        assert not found.cells[i][max(0, len(other) - low) :].any()


def test_a_word_divides_between_the_sentences_that_have_its_translations() -> None:
    """Weights by hand: ln(4 / 1.5) / ln 4 for a word of one sentence in three; a link to nothing is worth 0.3."""
    one = math.log(4 / 1.5) / math.log(4)
    links = {"river": {"河": 1.0, "江": 0.5}, "tea": {"茶": 1.0}}
    found = attribute_words(
        [["river", "stone"], ["tea", "tea"], []], [["河", "江"], ["江"], ["茶"]], [(0, 2), (0, 1), (2, 0)], links
    )
    assert found.mass.tolist() == pytest.approx([one + 0.5 * one, math.sqrt(2) * one, 0.0])
    assert found.first == (0, 0, 2)
    assert found.cells[0].tolist() == pytest.approx([one / 1.8, 0.5 * one / 1.8, 0.0])
    assert found.cells[1].tolist() == [0.0, 0.0]
    assert found.cells[2].tolist() == []


def test_a_word_of_every_sentence_weighs_least() -> None:
    found = attribute_words([["a"]] * 99, [["b"]], [(0, 0)] * 99, {"a": {"b": 1.0}})
    assert found.mass.tolist() == [0.02] * 99


def vectors(count: int, seed: int) -> np.ndarray:
    drawn = np.random.default_rng(seed).standard_normal((count, 6))
    return np.asarray(drawn / np.linalg.norm(drawn, axis=1, keepdims=True), dtype=np.float32)


@given(
    st.lists(st.lists(st.integers(0, 90), min_size=1, max_size=4), min_size=1, max_size=5), WINDOWS, st.integers(0, 99)
)
def test_clauses_lose_length_but_gain_none(lengths: list[list[int]], windows: list[Window], seed: int) -> None:
    windows = [(low, min(high, 3)) for low, high in windows[: len(lengths)]]
    firsts = np.cumsum([0, *map(len, lengths)])[:-1].tolist()
    flat = [length for sentence in lengths for length in sentence]
    found = attribute_clauses(vectors(len(flat), seed), flat, firsts, vectors(4, seed + 1), windows)
    assert found.mass.tolist() == [sum(sentence) for sentence in lengths]
    for cells, total, (low, high) in zip(found.cells, found.mass, windows, strict=True):
        assert cells.shape == (max(0, high + 1 - low),)
        assert (cells >= 0).all()
        assert cells.sum() <= total + 1e-6 * total


def test_a_clause_goes_to_the_sentence_most_like_it() -> None:
    """A clause of ten characters like the second of three sentences, one of thirty like none."""
    here, there = np.eye(5, dtype=np.float32)[[1, 4]], np.eye(5, dtype=np.float32)[:3]
    found = attribute_clauses(here, [10, 30], [0], there, [(0, 2)])
    same, none = math.exp(0.75 / 0.08), math.exp(-0.25 / 0.08)
    beside = 10 * none / (1 + same + 2 * none) + 30 * none / (1 + 3 * none)
    second = 10 * same / (1 + same + 2 * none) + 30 * none / (1 + 3 * none)
    assert found.mass.tolist() == [40.0]
    assert found.cells[0].tolist() == pytest.approx([beside, second, beside], rel=1e-5)


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 6)), min_size=1, max_size=6),
    st.tuples(st.integers(0, 6), st.integers(0, 6)),
    st.tuples(st.integers(0, 15), st.integers(0, 15)),
)
def test_a_block_is_a_part_of_the_whole(
    spans: list[tuple[int, int]], rows: tuple[int, int], columns: tuple[int, int]
) -> None:
    dense = np.zeros((len(spans), 16))
    for i, (first, count) in enumerate(spans):
        dense[i, first : first + count] = 1.0 + np.arange(count) + 10 * i
    cells = tuple(dense[i, first : first + count] for i, (first, count) in enumerate(spans))
    found = Attribution(dense.sum(1), tuple(first for first, _ in spans), cells)
    rows = (min(*rows, len(spans)), min(max(rows), len(spans)))
    columns = (min(columns), max(columns))
    assert found.block(rows, columns).tolist() == dense[slice(*rows), slice(*columns)].tolist()


TOKENS_EN = [
    ("", []),
    ("He saw 12 otters.", ["saw", "otter", "=he", "=saw", "=12", "=otters"]),
    ("The GPU, the GPU", ["gpu", "gpu", "=the", "=the", "=gpu", "=gpu"]),
    ("１２ otters", ["otter", "=12", "=otters"]),
]


@pytest.mark.parametrize(("sentence", "tokens"), TOKENS_EN)
def test_tokens_en(sentence: str, tokens: list[str]) -> None:
    assert keys_en(sentence) == tokens


def test_tokens_zh() -> None:
    lexicon = load_lexicon()
    assert keys_zh("水獭用GPU数12块石头", lexicon) == ["水獭", "用", "数", "块", "石头", "=gpu", "=12"]
    assert keys_zh("", lexicon) == []


def test_links_are_those_of_words_that_stand_in_both_texts() -> None:
    en = [["otter", "river", "bank"], ["=12", "=gpu", "moon"]]
    zh = [["水獭", "河边"], ["=12", "=13", "桥"]]
    from_en, from_zh = links_between(en, zh, load_lexicon())
    assert from_en == {
        "otter": {"水獭": 1.0},
        "river": {"河边": 0.5},
        "bank": {"河边": 0.5},
        "=12": {"=12": 1.0},
    }
    assert from_zh == {"水獭": {"otter": 1.0}, "河边": {"river": 0.5, "bank": 0.5}, "=12": {"=12": 1.0}}


CLAUSES_EN = [
    ("", [""]),
    (" ", [" "]),
    ("...", ["..."]),
    ("In the evening, when it rains, the otters sing.", ["In the evening, ", "when it rains, ", "the otters sing."]),
    ("Yes, the otters of the river sing.", ["Yes, the otters of the river sing."]),
    ("The otters of the river sing, too.", ["The otters of the river sing, too."]),
    ("They counted 12,500 stones", ["They counted 12,500 stones"]),
    ("The old bridge—nobody crosses it—fell down.", ["The old bridge—", "nobody crosses it—fell down."]),
    ("“The tea is cold,” said the otter.", ["“The tea is cold,” ", "said the otter."]),
    ("Nobody knows... ?! the bridge is gone", ["Nobody knows... ?! ", "the bridge is gone"]),
    ("Nobody knows.?!, the bridge is gone", ["Nobody knows.?!, ", "the bridge is gone"]),
    ("The bridge\n:\nnobody crosses it", ["The bridge\n:\n", "nobody crosses it"]),
]
CLAUSES_ZH = [
    ("", [""]),
    ("。。。", ["。。。"]),
    ("天黑以后，水獭在桥下唱歌。", ["天黑以后，", "水獭在桥下唱歌。"]),
    ("“茶凉了！”水獭说道。", ["“茶凉了！”", "水獭说道。"]),
    ("是，水獭会唱歌。", ["是，水獭会唱歌。"]),
    ("水獭会唱歌，是。", ["水獭会唱歌，是。"]),
    ("没有人知道……桥在哪里", ["没有人知道……", "桥在哪里"]),
]


@pytest.mark.parametrize(
    ("sentence", "clauses", "chinese"),
    [*((*row, False) for row in CLAUSES_EN), *((*row, True) for row in CLAUSES_ZH)],
)
def test_clauses(sentence: str, clauses: list[str], chinese: bool) -> None:
    assert clauses_of(sentence, chinese=chinese) == clauses


@given(st.text("ab ,.;—!?)”’\"'\n。，…：「」\ud800獭", max_size=60), st.booleans())
def test_clauses_joined_are_the_sentence(sentence: str, chinese: bool) -> None:
    clauses = clauses_of(sentence, chinese=chinese)
    assert "".join(clauses) == sentence
    assert clauses == [sentence] or all(clauses)
    assert all(len(clause) >= (4 if chinese else 12) for clause in clauses[:-1])


@pytest.mark.parametrize("part", [".", ",a", "—", '."', ". ", "，", "，獭", ",—", "1,", "a.", "？」"])
def test_long_runs_of_stops_stay_one_text(part: str) -> None:
    """A hundred thousand characters of it: read again from each stop, they would take minutes."""
    sentence = part * (100_000 // len(part))
    for chinese in (False, True):
        assert "".join(clauses_of(sentence, chinese=chinese)) == sentence
