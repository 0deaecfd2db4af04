"""Terms in English text: longest match, inflection, spelling, the case of names, signs, and patterns."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.corpora import ConfigError, Term
from duizhao.metrics.folding import fold_word
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


LITERAL = [
    ("C++", "C, C++ and C", ["C++"]),
    ("C++", "c++, C + +", ["c++", "C + +"]),
    ("C#", "C# in C", ["C#"]),
    ("(AI)", "AI (AI) AI", ["(AI)"]),
    ("(a+)+$", "aaaa! a (a+)+$", ["(a+)+$"]),
    (".*", "anything", []),
    ("A/B test", "an A/B test, A B test", ["A/B test"]),
    ("naïve Bayes", "Naïve Bayes, na ve Bayes", ["Naïve Bayes"]),
    ("α-helix", "a helix, an α helix, the β-helix", ["α helix"]),
    ("bird's-eye view", "a bird’s-eye view", ["bird’s-eye view"]),
    ("Kendall's τ", "Kendall’s τ and Kendall's", ["Kendall’s τ"]),
    ("p(x)", "p(x), p x", ["p(x)"]),
]


@pytest.mark.parametrize(("form", "en", "found"), LITERAL)
def test_signs_are_literal(form: str, en: str, found: list[str]) -> None:
    assert [en[slice(*match.span)] for match in TermIndex([Term(form, "茶")]).matches(en)] == found


CASED = [
    (Term("Apple", "苹果公司", case=True), "apples, an Apple, two Apples, APPLE", ["Apple", "Apples"]),
    (Term("march", "行军", case=True), "March, a march", ["march"]),
    (Term("Apple", "苹果"), "apples, an Apple", ["apples", "Apple"]),
]


@pytest.mark.parametrize(("term", "en", "found"), CASED)
def test_case(term: Term, en: str, found: list[str]) -> None:
    assert [en[slice(*match.span)] for match in TermIndex([term]).matches(en)] == found


PATTERN = Term(r"\bcolou?rs?\b", "颜色", also=("hue(?! and)",), pattern=True)


def test_patterns() -> None:
    en = "Colours, a discolored hue and hue of the color model"
    index = TermIndex([*TERMS, PATTERN])
    assert [(match.form, en[slice(*match.span)]) for match in index.matches(en)] == [
        (PATTERN.en, "Colours"),
        ("hue(?! and)", "hue"),
        (PATTERN.en, "color"),
        ("model", "model"),
    ]
    assert TermIndex([Term("Colo.", "颜色", case=True, pattern=True)]).matches("color") == []


def test_of_a_pattern_and_a_term_the_longer_counts() -> None:
    index = TermIndex(
        [Term("model", "模型"), Term("tea models?", "茶模型", pattern=True), Term("x*", "叉", pattern=True)]
    )
    assert [match.term.zh for match in index.matches("tea model, model")] == ["茶模型", "模型"]


def test_a_pattern_that_takes_too_long() -> None:
    index = TermIndex([Term("(a|aa|a.)+$", "啊", pattern=True)])
    with pytest.raises(ConfigError) as caught:
        index.matches("a" * 60 + "!" + "a" * 40 + "\n!")
    assert str(caught.value) == (
        "pattern '(a|aa|a.)+$': too slow; wanted an answer within 0.1 s a text. "
        "Simplify it, or take the flag regex away."
    )


def test_a_pattern_that_is_none() -> None:
    with pytest.raises(ConfigError, match="pattern '\\(otter': none"):
        TermIndex([Term("(otter", "水獭", pattern=True)])


def test_long_hostile_texts_and_terms() -> None:
    index = TermIndex([Term("a " * 50_000, "甲"), Term("a " * 60 + "b", "乙"), Term("A" * 100_000 + "!", "丙")])
    assert index.matches("a " * 50_000) == []
    assert index.matches("+" * 100_000) == []


WORD = st.sampled_from(
    "a model models policy LLM llm can CAN Gato gato neighbour's neighbor GPT-4 i.i.d. self-attention".split()
)
SEPARATOR = st.sampled_from([" ", "-", ", ", ". ", "  ", "/"])
TEXT = st.lists(st.tuples(WORD, SEPARATOR).map("".join), max_size=8).map("".join)
FORM = st.lists(WORD, min_size=1, max_size=3).map(" ".join)
BOOK = st.lists(st.builds(Term, en=FORM, zh=st.just("茶"), also=st.lists(FORM, max_size=1).map(tuple)), max_size=5)


def plainly(terms: list[Term], en: str) -> list[tuple[str, tuple[int, int]]]:
    """The first, slower version of the index, for forms without signs: every term at every word."""
    token = re.compile(r"[A-Za-z0-9]+(?:['’]s\b)?")
    tokens = [match.span() for match in token.finditer(en)]
    gaps = [en[a[1] : b[0]] for a, b in pairwise(tokens)]
    joined = [0 < len(gap) <= 2 and not gap.strip(" -.") and gap != ". " for gap in gaps]
    forms = [(form, [fold_word(word) for word in token.findall(form)]) for t in terms for form in (t.en, *t.also)]
    found: list[tuple[str, tuple[int, int]]] = []
    k = 0
    while k < len(tokens):
        best = 0
        for form, words in forms:
            size = len(words)
            here = [fold_word(en[a:b]) for a, b in tokens[k : k + size]]
            if size <= best or here != words or not all(joined[k : k + size - 1]):
                continue
            span = tokens[k][0], tokens[k + size - 1][1]
            if form.isalnum() and re.search("[A-Z].*[A-Z0-9]", form):
                bare = re.sub("[^A-Za-z0-9]", "", en[slice(*span)].removesuffix("'s"))
                if bare not in (form, form + "s"):
                    continue
            best = size
            first = (form, span)
        if best:
            found.append(first)
        k += best or 1
    return found


@given(BOOK, TEXT)
def test_the_same_as_the_plain_way(terms: list[Term], en: str) -> None:
    assert [(match.form, match.span) for match in TermIndex(terms).matches(en)] == plainly(terms, en)


@pytest.mark.parametrize("order", [1, -1])
def test_of_alike_forms_the_most_particular_is_found(order: int) -> None:
    terms = [Term("LoRA", "甲"), Term("LoRA+", "乙"), Term("rag", "抹布"), Term("RAG", "检索增强生成")][::order]
    found = [match.term.zh for match in TermIndex(terms).matches("LoRA and LoRA+, a rag and RAG")]
    assert found == ["甲", "乙", "抹布", "检索增强生成"]
