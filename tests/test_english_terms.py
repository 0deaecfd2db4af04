"""Terms of English written from Chinese: what answers a Chinese term, and what gives a wrong rendering away."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.corpora import Pair, Term
from duizhao.corpora.knowledge import EMPTY, Knowledge, shipped_knowledge
from duizhao.corpora.termbase import shipped_termbase
from duizhao.metrics.english_terms import check_expansions, check_source_term, locate_terms, use_of
from duizhao.metrics.findings import Draft
from duizhao.metrics.linked_texts import LinkedTexts
from duizhao.metrics.source_terms import SourceTerms, answered, same_word

TERMS = SourceTerms(shipped_termbase().terms)


def pair_of(en: str, zh: str) -> Pair:
    return Pair("1", "d", "1#1", "abstract", (en,), (zh,), ((0, len(en)),), ((0, len(zh)),), "1-1", 1.0)


def drafts(
    en: str, zh: str, terms: SourceTerms = TERMS, knowledge: Knowledge | None = None, **elsewhere: str
) -> Iterator[Draft]:
    pair, linked = pair_of(en, zh), LinkedTexts(en, zh)
    for o in locate_terms(pair, terms.matches(zh), linked):
        yield from check_source_term(o, linked, shipped_knowledge() if knowledge is None else knowledge, elsewhere)


@pytest.mark.parametrize(
    ("forms", "en"),
    [
        (["knowledge distillation"], "Otters distil what they know: their knowledge."),
        (["knowledge distillation"], "Knowledge Distillations"),
        (["language model"], "a model of language"),
        (["data set", "dataset"], "these data-sets"),
        (["pre-trained"], "pretrained otters"),
        (["normalisation"], "normalizations"),
        (["heteroscedasticity"], "heteroscedastic errors"),
        (["matrix factorization"], "the factorized matrices"),
        (["LSTM"], "two LSTMs"),
    ],
)
def test_these_answer(forms: list[str], en: str) -> None:
    assert answered(forms, en)


@pytest.mark.parametrize(
    ("forms", "en"),
    [
        (["stationary point"], "a stagnation point"),
        (["knowledge distillation"], "knowledge refinement"),
        (["KD"], "skd"),
        (["transfer learning"], "the transfer of tea"),
    ],
)
def test_these_do_not(forms: list[str], en: str) -> None:
    assert not answered(forms, en)


def test_a_string_of_several_terms_is_answered_by_each() -> None:
    terms = SourceTerms([Term("ferry", "渡河术"), Term("crossing", "渡河术", also=("river crossing",))])
    assert [found.forms for found in terms.matches("水獭的渡河术")] == [("ferry", "crossing", "river crossing")]


def test_preferred_come_before_admitted() -> None:
    terms = SourceTerms([Term("tea boat", "茶舟渡", admitted=("运茶船",)), Term("tea ship", "运茶船")])
    (found,) = terms.matches("运茶船")
    assert found.forms == ("tea ship", "tea boat")
    assert found.preferred


@pytest.mark.parametrize("zh", ["学习率先提高", "一个标准", "水獭过河"])
def test_no_terms_inside_words_and_no_words_of_every_day(zh: str) -> None:
    assert SourceTerms([Term("learning rate", "学习率"), Term("norm", "标准")]).matches(zh) == []


@pytest.mark.parametrize(
    ("en", "zh", "rule", "severity", "found", "expected"),
    [
        (
            "Near the bridge the otter is stuck at a stagnation point of the loss.",
            "水獭在桥边卡在损失的驻点上。",
            "T001",
            "warning",
            "stagnation point",
            "stationary point",
        ),
        (
            "The intelligent body crosses the river.",
            "智能体渡过河流。",
            "T004",
            "warning",
            "intelligent body",
            "agent",
        ),
    ],
)
def test_wrong_renderings(en: str, zh: str, rule: str, severity: str, found: str, expected: str) -> None:
    (draft,) = drafts(en, zh)
    assert (draft.rule, draft.severity, draft.found, draft.expected) == (rule, severity, found, expected)
    assert draft.span_en is not None
    assert en[slice(*draft.span_en)] == found
    assert draft.span_zh is not None


@pytest.mark.parametrize(
    ("en", "zh"),
    [
        ("The agents cross the river.", "智能体渡过河流。"),
        ("It crosses the river.", "智能体渡过河流。"),
        ("The convolutional network sees an otter.", "卷积神经网络看见一只水獭。"),
        ("A CNN sees an otter.", "卷积神经网络看见一只水獭。"),
        ("We re-sample the tea.", "我们对茶重采样。"),
    ],
)
def test_free_choices_are_not_reported(en: str, zh: str) -> None:
    assert [draft for draft in drafts(en, zh) if draft.severity != "note"] == []


def test_another_rendering_than_elsewhere_is_inconsistent() -> None:
    found = list(drafts("The intelligent body crosses the river.", "智能体渡过河流。", 智能体="agent"))
    assert [(draft.rule, draft.expected) for draft in found] == [("T003", "agent")]


def test_without_a_field_a_literal_reading_is_a_note() -> None:
    (draft,) = drafts("A pattern crash stops the otter.", "模式崩溃使水獭停下。", knowledge=EMPTY)
    assert (draft.rule, draft.severity) == ("T004", "note")


@pytest.mark.parametrize(
    ("en", "zh", "found"),
    [
        ("a long sleepy tea meal (LSTM)", "长短期记忆（LSTM）", ["long sleepy tea meal"]),
        ("a long short-term memory (LSTM)", "长短期记忆（LSTM）", []),
        ("a long sleepy tea meal (LSTM)", "一顿昏昏欲睡的茶点（LSTM）", []),
    ],
)
def test_expansions(en: str, zh: str, found: list[str]) -> None:
    assert [draft.found for draft in check_expansions(TERMS, en, zh)] == found


def test_use_of_a_phrase_folds_number_and_hyphens() -> None:
    one, many = use_of("language model", shipped_knowledge()), use_of("Language-Models", shipped_knowledge())
    assert one is not None
    assert one == many


@given(st.text(alphabet="abcdefghij", min_size=1, max_size=12), st.text(alphabet="abcdefghij", min_size=1, max_size=12))
def test_same_word_is_symmetrical(a: str, b: str) -> None:
    assert same_word(a, b) == same_word(b, a)
    assert same_word(a, a)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_texts(en: str, zh: str) -> None:
    for found in TERMS.matches(zh):
        assert zh[slice(*found.span)] == found.zh
    for draft in check_expansions(TERMS, en, zh):
        assert draft.span_en is not None
        assert en[slice(*draft.span_en)] == draft.found
