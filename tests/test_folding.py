"""Folded copies for comparing: what is folded, and the way back to the text as it stands."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.metrics.folding import fold, fold_word

# Text, needle (folded by us), the places found as text.
PLACES = [
    ("使用自注意力", "自注意力", ["自注意力"]),
    ("自 注意 力与自注意力", "自注意力", ["自 注意 力", "自注意力"]),
    ("使用Self-Attention层", "self attention", ["Self-Attention"]),
    ("使用ＢＥＲＴ模型", "BERT", ["ＢＥＲＴ"]),
    ("我们用GPT 4和GPT-4", "GPT-4", ["GPT 4", "GPT-4"]),
    ("GPT4模型", "GPT", ["GPT"]),
    ("RoBERTa与BERTs", "BERT", []),
    ("一个canvas", "CAN", []),
    ("can和CAN", "can", ["can", "CAN"]),
    ("a can of", "can", ["can"]),
    ("哈哈哈", "哈哈", ["哈哈"]),
    ("哈哈哈哈", "哈哈", ["哈哈", "哈哈"]),
    ("数据·集", "数据集", ["数据·集"]),
    ("", "模型", []),
    ("模型", "", []),
    ("模-型", "-", []),
    ("𠀀模型𠀀", "𠀀", ["𠀀", "𠀀"]),
]


@pytest.mark.parametrize(("text", "needle", "found"), PLACES)
def test_places(text: str, needle: str, found: list[str]) -> None:
    spans = fold(text).find_all(fold(needle).text)
    assert [text[a:b] for a, b in spans] == found
    assert fold(text).find(fold(needle).text) == (spans[0] if spans else None)


@given(st.text(max_size=40))
def test_every_folded_character_knows_where_it_stood(text: str) -> None:
    folded = fold(text)
    assert len(folded.at) == len(folded.text)
    assert list(folded.at) == sorted(folded.at)
    assert all(fold(text[k]).text for k in folded.at)


@given(st.text("模型 aB-", max_size=20), st.text("模型 aB-", max_size=3))
def test_places_do_not_overlap_and_fold_to_the_needle(text: str, needle: str) -> None:
    folded = fold(needle).text
    spans = fold(text).find_all(folded)
    assert all(fold(text[a:b]).text == folded for a, b in spans)
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans))


WORDS = [
    *((word, word) for word in [
        "bias", "lens", "analysis", "corpus", "class", "process", "glass", "noise", "denoising", "supervised",
        "pairwise", "exercise", "precise", "expertise", "contour", "four", "tour", "news", "phrase", "is", "us",
    ]),
    ("Models", "model"), ("policies", "policy"), ("boxes", "box"), ("patches", "patch"), ("hashes", "hash"),
    ("losses", "loss"), ("biases", "bias"), ("corpora", "corpus"), ("viruses", "virus"), ("criteria", "criterion"),
    ("caches", "cache"), ("phrases", "phrase"), ("diseases", "disease"), ("databases", "database"),
    ("causes", "cause"), ("cases", "case"), ("phases", "phase"), ("hypotheses", "hypothesis"),
    ("analyses", "analysis"), ("matrices", "matrix"), ("vertices", "vertex"), ("spectra", "spectrum"),
    ("normalisation", "normalization"), ("Regularised", "regularized"), ("optimisers", "optimizer"),
    ("behaviours", "behavior"), ("neighbour", "neighbor"), ("tumours", "tumor"), ("modelling", "modeling"),
    ("labelled", "labeled"), ("network's", "network"), ("network’s", "network"), ("LLMs", "llm"),
]  # fmt: skip


@pytest.mark.parametrize(("word", "folded"), WORDS)
def test_words(word: str, folded: str) -> None:
    assert fold_word(word) == folded


@pytest.mark.parametrize("word", sorted({folded for _, folded in WORDS} - {"is", "us", "news"}))
def test_a_folded_word_stays_as_it_is(word: str) -> None:
    assert fold_word(word) == word
