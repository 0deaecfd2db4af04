"""Terms in English text: longest match, inflection, spelling, and the case of names."""

import pytest

from duizhao.corpora import Term
from duizhao.metrics.term_index import TermIndex

TERMS = [
    Term("language model", "语言模型"),
    Term("large language model", "大语言模型", also=("LLM",)),
    Term("model", "模型"),
    Term("nearest neighbor", "最近邻"),
    Term("policy", "策略"),
    Term("batch normalization", "批归一化"),
    Term("controller area network", "控制器局域网", also=("CAN",)),
    Term("Gato", "Gato"),
    Term("GPT-4", "GPT-4"),
    Term("independent and identically distributed", "独立同分布", also=("i.i.d.",)),
    Term("phrase table", "短语表"),
    Term("self-attention", "自注意力"),
    Term("KV cache", "键值缓存"),
]
INDEX = TermIndex(TERMS)

# English text, the terms found and the text at their places.
PLACES = [
    ("A large language model is a model.", [("large language model", "large language model"), ("model", "model")]),
    ("Language models and policies", [("language model", "Language models"), ("policy", "policies")]),
    ("large-language-model weights", [("large language model", "large-language-model")]),
    ("two LLMs, one LLM", [("large language model", "LLMs"), ("large language model", "LLM")]),
    ("the LLM's size", [("large language model", "LLM's")]),
    ("an llm", []),
    ("nearest-neighbour search", [("nearest neighbor", "nearest-neighbour")]),
    ("batch normalisation", [("batch normalization", "batch normalisation")]),
    ("We can use a CAN bus; cans too.", [("controller area network", "CAN")]),
    ("el gato and Gato", [("Gato", "Gato")]),
    ("GPT-4, GPT 4, gpt-4 and GPT‑4", [("GPT-4", "GPT-4"), ("GPT-4", "GPT 4"), ("GPT-4", "GPT‑4")]),
    ("i.i.d. noise", [("independent and identically distributed", "i.i.d")]),
    ("I. i. d.", []),
    ("phrase tables", [("phrase table", "phrase tables")]),
    ("self attention, Self-Attention", [("self-attention", "self attention"), ("self-attention", "Self-Attention")]),
    ("KV caches", [("KV cache", "KV caches")]),
    ("a language, model by model", [("model", "model"), ("model", "model")]),
    ("the language. Model it.", [("model", "Model")]),
    ("models of language modeling", [("model", "models")]),
    ("remodel modelling", []),
    ("the policy’s model's end", [("policy", "policy’s"), ("model", "model's")]),
    ("", []),
    ("模型", []),
]


@pytest.mark.parametrize(("en", "found"), PLACES)
def test_matches(en: str, found: list[tuple[str, str]]) -> None:
    matches = INDEX.matches(en)
    assert [(match.term.en, en[slice(*match.span)]) for match in matches] == found


def test_form_is_the_one_that_matched() -> None:
    assert [match.form for match in INDEX.matches("LLMs and a large language model")] == ["LLM", "large language model"]


def test_the_order_of_the_terms_does_not_matter() -> None:
    for en, _ in PLACES:
        assert TermIndex(reversed(TERMS)).matches(en) == INDEX.matches(en)


def test_no_terms() -> None:
    assert TermIndex([]).matches("a model") == []
    assert TermIndex([Term("—", "破折号")]).matches("a — b") == []
