"""Tokens, what dictionaries know of them, and which belong together."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.align.tokens import tokens_en, tokens_zh
from duizhao.align.word_links import train_links, untrained_links, word_links
from duizhao.align.word_senses import WordSenses, load_senses
from duizhao.corpora.knowledge import EMPTY, Knowledge
from duizhao.corpora.termbase import Forbidden, Term, Termbase

TOKENS_EN = [
    ("Otters, 3.5 rivers!", ["Otters", ",", "3.5", "rivers", "!"]),
    ("pre-trained", ["pre", "-", "trained"]),
    ("GPT2 café_1", ["GPT", "2", "café", "_", "1"]),
    ("1,000 m", ["1,000", "m"]),
    ("", []),
    (" \n", []),
]
TOKENS_ZH = [
    ("水獭的桥", ["水獭", "的", "桥"]),
    ("系统故障", ["系统", "故障"]),
    ("两个数据集", ["两个", "数据集"]),
    ("使用BERT模型。", ["使用", "BERT", "模型", "。"]),
    ("", []),
    (" ", []),
]


@pytest.mark.parametrize(("text", "wanted"), TOKENS_EN)
def test_tokens_en(text: str, wanted: list[str]) -> None:
    assert [text[a:b] for a, b in tokens_en(text)] == wanted


@pytest.mark.parametrize(("text", "wanted"), TOKENS_ZH)
def test_tokens_zh(text: str, wanted: list[str]) -> None:
    assert [text[slice(*token.span)] for token in tokens_zh(text)] == wanted


@given(st.text(max_size=40))
def test_tokens_follow_each_other_and_leave_out_only_blanks(text: str) -> None:
    for spans in (tokens_en(text), [token.span for token in tokens_zh(text)]):
        assert spans == sorted(spans)
        at = 0
        for begin, end in spans:
            assert at <= begin < end
            assert not text[at:begin].strip()
            at = end
        assert not text[at:].strip()
    assert all(t.word[0] <= t.span[0] < t.span[1] <= t.word[1] for t in tokens_zh(text))


OWN = Termbase((Term("ferry", "摆渡", forbidden=(Forbidden("费里", "a name", needs_source=False),)),), "own")
FIELD = Knowledge(100, {}, {"river ferry": "50\t0\t河上渡船:25", "tea-house": "10\t0\t茶馆:10"}, "field")


@pytest.mark.parametrize(
    ("term", "known"),
    [
        ("Ferries", {"摆渡": 1.0, "费里": 1.0}),
        ("river ferry", {"河上渡船": 0.5}),
        ("Tea-houses", {"茶馆": 1.0}),
        ("otter", {}),
    ],
)
def test_renderings(term: str, known: dict[str, float]) -> None:
    assert WordSenses(OWN, FIELD).renderings(term) == known


def test_evidence_of_a_dictionary_a_term_and_words_left_as_they_are() -> None:
    zh = "摆渡，BERT和桥"
    words = ["ferry", ",", "bert", "bridges"]
    tokens = tokens_zh(zh)
    assert [zh[slice(*t.span)] for t in tokens] == ["摆渡", "，", "BERT", "和", "桥"]
    found = WordSenses(OWN, EMPTY).evidence(words, zh, tokens)
    assert found.argmax(axis=1).tolist() == [0, 1, 2, 4]
    assert found[1, 1] == found[2, 2] == 1.5
    assert found[3, 4] == 1.0
    assert not found[3, :4].any()


def test_a_term_of_several_words_is_evidence_for_each_of_them() -> None:
    tokens = tokens_zh("河上渡船")
    found = WordSenses(OWN, FIELD).evidence(["river", "ferry"], "河上渡船", tokens)
    assert (found >= 0.5**0.5).all()


SENTENCES = st.lists(st.sampled_from("otter tea bridge the , 3 of 水獭 茶 桥 的 ， 很".split()), max_size=8)


@given(SENTENCES.map(" ".join), SENTENCES.map("".join))
def test_posteriors_are_probabilities(en: str, zh: str) -> None:
    found = untrained_links().posteriors(en, zh)
    assert found.en_of.shape == found.zh_of.shape == (len(tokens_en(en)), len(tokens_zh(zh)))
    for grid, axis in ((found.en_of, 0), (found.zh_of, 1)):
        assert (grid >= 0).all()
        assert (grid.sum(axis) < 1).all()


def test_words_compete() -> None:
    en, zh = "otter bridge", "水獭 桥"
    both = untrained_links().posteriors(en, zh)
    alone = untrained_links().posteriors("bridge", zh)
    assert both.en_of[1, 0] < alone.en_of[0, 0]  # 水獭 is explained by "otter" now
    assert np.array_equal(both.en_of.argmax(axis=0), [0, 1])


LINKS = [
    ("The otter swims.", "水獭游泳。", [("otter", "水獭"), ("swims", "游泳"), (".", "。")]),
    ("Tea and bridges", "桥和茶", [("Tea", "茶"), ("and", "和"), ("bridges", "桥")]),
    ("We use BERT", "我们使用BERT", [("We", "我们"), ("use", "使用"), ("BERT", "BERT")]),
    ("", "茶", []),
    ("tea", "", []),
]


@pytest.mark.parametrize(("en", "zh", "wanted"), LINKS)
def test_word_links(en: str, zh: str, wanted: list[tuple[str, str]]) -> None:
    left, right = tokens_en(en), tokens_zh(zh)
    found = word_links(en, zh)
    assert [(en[slice(*left[i])], zh[slice(*right[j].span)]) for i, j in found] == wanted


def test_a_corpus_teaches_what_no_dictionary_knows() -> None:
    corpus = [("glimmer tea", "咕咚茶"), ("glimmer bridge", "咕咚桥"), ("a glimmer otter", "一只咕咚水獭")]
    known, taught = untrained_links(), train_links(corpus)
    en, zh = "glimmer river", "咕咚河"
    assert taught.posteriors(en, zh).zh_of[0, 0] > known.posteriors(en, zh).zh_of[0, 0]
    assert np.array_equal(taught.posteriors("tea", "茶").en_of.argmax(0), [0])


def test_training_is_deterministic_and_reads_any_iterable() -> None:
    corpus = [("an otter", "水獭"), ("", ""), ("tea", ""), ("the", "的"), ("two otters", "两只水獭")]
    first, second = train_links(corpus), train_links(iter(corpus))
    a, b = first.posteriors("otter", "水獭"), second.posteriors("otter", "水獭")
    assert np.array_equal(a.en_of, b.en_of)
    assert a.en_of[0, 0] > 0.9


@pytest.mark.parametrize("corpus", [[], [("", "")], [("the", "的")], [("...", "。")]])
def test_a_corpus_that_teaches_nothing(corpus: list[tuple[str, str]]) -> None:
    here, there = train_links(corpus).posteriors("an otter", "水獭"), untrained_links().posteriors("an otter", "水獭")
    assert np.array_equal(here.zh_of, there.zh_of)


def test_a_pair_too_large_has_no_links() -> None:
    en, zh = "tea " * 2_100, "茶，" * 1_000
    found = untrained_links().posteriors(en, zh)
    assert found.en_of.shape == (2_100, 2_000)
    assert not found.en_of.any()


def test_the_termbase_and_the_field_that_come_with_duizhao() -> None:
    assert load_senses().renderings("tokens")["词元"] == 1.0
