"""The evidence for and against a rendering, feature by feature, on counts small enough to check by hand."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import odd_text

from duizhao.corpora import Knowledge
from duizhao.corpora.knowledge import EMPTY
from duizhao.metrics.evidence import FEATURES, Located, compared, evidence

PLACE = Located(confidence=0.875, similarity=0.5, share=0.75, of_field=0.25, alike=0.375)
COUNTS = {"茶桥": 60, "茶渡": 9, "渡船": 40, "石桥": 99}
USES = {
    "tea bridge": "80\t0\t茶桥:40\t茶水桥:20\t茶栈:8\t茶路:4\t茶道:2",
    "bridge": "90\t0\t桥:60\t石桥:20",
    "ferry": "50\t0\t渡船:40",
    "ferry boat": "40\t0\t渡船:10",
    "bare bridge": "1000\t0",
}
SMALL = Knowledge(1000, COUNTS, USES, "small")


def of(term: str, zh: str, *approved: str, knowledge: Knowledge = SMALL) -> dict[str, float]:
    return dict(zip(FEATURES, evidence(term, zh, knowledge, PLACE, approved), strict=True))


def test_what_is_known_of_the_place_is_passed_on() -> None:
    told = of("tea bridge", "茶渡")
    names = ("confidence", "similarity", "seen_share", "of_field", "alike")
    assert [told[name] for name in names] == [0.875, 0.5, 0.75, 0.25, 0.375]


# Term, Chinese, approved renderings; a feature and what it is.
FEATURE = [
    # how often the field has the term, and how far its papers agree on one rendering
    ("tea bridge", "茶渡", (), "log_papers", math.log10(80)),
    ("otter", "茶渡", (), "log_papers", 0.0),
    ("tea bridge", "茶渡", (), "top_share", 0.5),
    ("tea bridge", "茶渡", ("茶栈",), "top_share", 0.5),
    ("bare bridge", "茶渡", (), "top_share", 0.0),
    ("tea bridge", "茶渡", (), "top_dice", 2 * 40 / (80 + 60)),
    ("bridge", "茶渡", (), "top_dice", 2 * 60 / (90 + 60)),  # 桥 was counted as often as it stood with it at least
    ("bare bridge", "茶渡", (), "top_dice", 0.0),
    # how often the field writes the rendering, with 的 and without
    ("tea bridge", "茶渡", (), "log_written", 1.0),
    ("tea bridge", "茶的渡", (), "log_written", 1.0),
    ("tea bridge", "茶湾", (), "log_written", 0.0),
    ("tea bridge", "茶渡", (), "unwritten", 0.0),
    ("tea bridge", "茶的渡", (), "unwritten", 0.0),
    ("tea bridge", "茶湾", (), "unwritten", 1.0),
    # characters it shares with the rendering wanted: the termbase's, else the field's first
    ("tea bridge", "茶渡", (), "like_top", 0.5),
    ("tea bridge", "茶的桥", (), "like_top", 1.0),
    ("tea bridge", "茶渡", ("水渡口", "茶渡"), "like_top", 2 * 1 / 5),
    ("otter", "茶渡", (), "like_top", 0.0),
    # whether it has an approved or used rendering in it, words between allowed
    ("tea bridge", "茶水之桥", (), "around", 1.0),
    ("tea bridge", "桥茶", (), "around", 0.0),
    ("tea bridge", "渡河的口岸", ("渡口",), "around", 1.0),
    ("bridge", "大桥", (), "around", 0.0),  # one character is in everything
    # whether its words are another term's
    ("tea bridge", "渡船", (), "of_another", 2 * 40 / (50 + 40)),
    ("ferry", "渡船", (), "of_another", 0.0),  # its own word
    ("river ferry", "渡船", (), "of_another", 0.0),
    ("tea bridge", "石桥", (), "of_another", 0.0),  # renders its second word
    ("tea bridge", "水獭", (), "of_another", 0.0),
    ("otter", "石桥", (), "of_another", 2 * 20 / (90 + 99)),
    # what kind of word the term is
    ("bridge", "茶渡", (), "one_word", 1.0),
    ("tea bridge", "茶渡", (), "one_word", 0.0),
    ("tea-bridge", "茶渡", (), "one_word", 0.0),
    ("water", "茶渡", (), "common_word", 1.0),
    ("regularizer", "茶渡", (), "common_word", 0.0),
    ("water bridge", "茶渡", (), "common_word", 0.0),
    ("tea drinking", "茶渡", (), "verb_form", 1.0),
    ("mixed tea", "茶渡", (), "verb_form", 1.0),
    ("newly-built bridge", "茶渡", (), "verb_form", 1.0),
    ("tea bridge", "茶渡", (), "verb_form", 0.0),
    # whether a termbase lists it
    ("tea bridge", "茶渡", (), "listed", 0.0),
    ("tea bridge", "茶渡", ("茶桥",), "listed", 1.0),
]  # fmt: skip


@pytest.mark.parametrize(("term", "zh", "approved", "feature", "value"), FEATURE)
def test_features(term: str, zh: str, approved: tuple[str, ...], feature: str, value: float) -> None:
    assert of(term, zh, *approved)[feature] == pytest.approx(value)


def test_every_feature_has_an_example() -> None:
    place = {"confidence", "similarity", "seen_share", "of_field", "alike"}
    assert {feature for _, _, _, feature, _ in FEATURE} | place == set(FEATURES)


def test_without_knowledge() -> None:
    told = of("tea bridge", "茶渡", knowledge=EMPTY)
    assert {name for name, value in told.items() if value} == {
        "confidence", "similarity", "unwritten", "seen_share", "of_field", "alike"
    }  # fmt: skip


COMPARED = [
    ("tea bridge", (), ["茶桥", "茶水桥", "茶栈", "茶路"]),
    ("tea bridge", ("茶渡",), ["茶渡", "茶桥", "茶水桥", "茶栈"]),
    ("otter", ("水獭",), ["水獭"]),
    ("bare bridge", (), []),
    ("otter", (), []),
]


@pytest.mark.parametrize(("term", "approved", "wanted"), COMPARED)
def test_compared(term: str, approved: tuple[str, ...], wanted: list[str]) -> None:
    assert compared(term, SMALL, approved) == wanted


@given(odd_text, odd_text, st.lists(odd_text, max_size=2))
def test_any_text_gives_numbers(term: str, zh: str, approved: list[str]) -> None:
    told = evidence(f"tea {term}", zh, SMALL, PLACE, tuple(approved))  # a term has a word at least
    assert len(told) == len(FEATURES)
    assert all(math.isfinite(value) and value >= 0 for value in told)


def test_long_text() -> None:
    assert of("tea bridge", "茶" * 10_000)["unwritten"] == 1.0
