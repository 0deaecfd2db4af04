"""The words of translation edit rate, against sacrebleu's TercomTokenizer."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sacrebleu.tokenizers.tokenizer_ter import TercomTokenizer

from duizhao.metrics.ter_words import words_of

ALL_SETTINGS = list(itertools.product([False, True], repeat=4))
TOKENIZERS = {flags: TercomTokenizer(*flags) for flags in ALL_SETTINGS}

ODD = [
    *("&quot;", "&amp;", "&lt;", "&gt;", "&amp;lt;", "&amp;amp;quot;", "'s ", "'s", " - ", "\n-", "\n", "\r\n", "2-3"),
    *(
        "1,000",
        "3.5",
        ",,",
        "...",
        ".5",
        "5.",
        "a,b",
        "Σ",
        "ΑΣ ",
        "İ",
        "ß",
        "otter",
        "Tea",
        "ㇰ",
        "ぁ",
        "あん",
        "アイー",
    ),
    *"水獭茶桥，。！？：；（）、《》「」【】・｡｢｣､･．＂０ａ㈀㌀㐀豈︰⺀㇀'\"[~@",
    *"\x1c\x85\u00a0\u2028\u200b\u3000\u3007\u3012\u3040\u309f\u30a0\u30ff\u3f22\u3f23\u4dbf\u4dc0\u9fff\ua000",
    *"\U00020000\ufaff\ufe4f\ufe50\ud800",
]
TEXTS = st.lists(st.sampled_from(ODD) | st.characters() | st.just(" "), max_size=12).map("".join)


def sacrebleu_words(text: str, flags: tuple[bool, bool, bool, bool]) -> list[str]:
    words: list[str] = TercomTokenizer.__call__.__wrapped__(TOKENIZERS[flags], text.rstrip()).split()
    return words


def our_words(text: str, flags: tuple[bool, bool, bool, bool]) -> list[str]:
    normalized, no_punct, asian_support, case_sensitive = flags
    return words_of(
        text,
        normalized=normalized,
        no_punct=no_punct,
        asian_support=asian_support,
        lowercase=not case_sensitive,
    )


@pytest.mark.parametrize(
    ("text", "flags", "words"),
    [
        ("The Otter's tea.", (False, False, False, False), ["the", "otter's", "tea."]),
        ("The Otter's tea.", (False, False, False, True), ["The", "Otter's", "tea."]),
        ("The Otter's tea.", (True, False, False, False), ["the", "otter", "'s", "tea", "."]),
        ("Tea, the otter's.", (True, False, False, False), ["tea", ",", "the", "otter's", "."]),
        ("The Otter's tea.", (True, True, False, False), ["the", "otter", "'s", "tea"]),
        ("Tea (green); 1,000 cups!", (False, True, False, False), ["tea", "green", "1000", "cups"]),
        ("1,000.5 cups, 2-3 otters", (True, False, False, False), ["1,000.5", "cups", ",", "2", "-", "3", "otters"]),
        ("well,,then", (True, False, False, False), ["well", ",", ",", "then"]),
        ("tea &amp; &quot;cake&quot; &amp;lt;", (True, False, False, False), ["tea", "&", '"', "cake", '"', "<"]),
        ("a bro\n-ken line\nand more", (True, False, False, False), ["a", "broken", "line", "and", "more"]),
        ("水獭喝茶。", (False, False, True, False), ["水獭喝茶。"]),
        ("水獭喝茶。", (True, False, False, False), ["水獭喝茶。"]),
        ("水獭喝茶。", (True, False, True, False), ["水", "獭", "喝", "茶", "。"]),
        ("水獭喝茶。", (True, True, True, False), ["水", "獭", "喝", "茶"]),
        ("水獭，喝茶。", (False, True, True, False), ["水獭喝茶"]),
        ("水獭用GPS导航", (True, False, True, False), ["水", "獭", "用", "gps", "导", "航"]),
        ("ラッコのお茶", (True, False, True, False), ["ラッコのお", "茶"]),  # kana are never split
        ("𠀀𠀁", (True, False, True, False), ["𠀀𠀁"]),  # nor is extension B
        ("", (True, True, True, False), []),
        (" \n", (True, True, True, True), []),
    ],
)
def test_words(text: str, flags: tuple[bool, bool, bool, bool], words: list[str]) -> None:
    assert our_words(text, flags) == words == sacrebleu_words(text, flags)


@given(TEXTS)
def test_words_are_sacrebleus(text: str) -> None:
    for flags in ALL_SETTINGS:
        assert our_words(text, flags) == sacrebleu_words(text, flags)


@pytest.mark.parametrize("flags", [(True, False, True, True), (False, True, True, False), (True, True, True, False)])
def test_words_around_every_character_of_the_basic_plane(flags: tuple[bool, bool, bool, bool]) -> None:
    for start in range(0, 0x10000, 64):
        text = " ".join(f"a{chr(c)}b1{chr(c)}2" for c in range(start, start + 64))
        assert our_words(text, flags) == sacrebleu_words(text, flags)


@pytest.mark.parametrize("piece", ["'", ",", "1,", ".-", "&amp;", "ア", "水", " ", "\n-", "'s "])
def test_long_monotonous_texts(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    assert our_words(text, (True, True, True, False)) == sacrebleu_words(text, (True, True, True, False))
