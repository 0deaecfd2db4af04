"""What became of a term: by its text, by counts, and by the place the encoder names."""

from collections.abc import Sequence

import pytest

from duizhao.align import Located, SpanLocator
from duizhao.corpora import Forbidden, Knowledge, Pair, Span, Term
from duizhao.corpora.knowledge import EMPTY
from duizhao.metrics.field_terms import field_terms
from duizhao.metrics.occurrences import Occurrence, OccurrenceFinder, scattered
from duizhao.metrics.phrases import repeated_phrases
from duizhao.metrics.term_index import TermIndex

TOKEN = Term("token", "词元", ("标记",), (Forbidden("代币", "a coin", True),))
POLICY = Term("policy", "策略", ("决策",), (Forbidden("政策", "a government's", False), Forbidden("政", "", False)))
BERT = Term("BERT", "BERT", (), (Forbidden("伯特", "", False),), "names")


class Fixed(SpanLocator):
    """Answers with the spans it was made with, whatever is asked."""

    def __init__(self, hits: Sequence[Located]) -> None:
        """No encoder."""
        self.hits = list(hits)

    def locate(self, span: Span, taken: Sequence[Span] = ()) -> list[Located]:
        return [hit for hit in self.hits if not any(a < hit.span[1] and hit.span[0] < b for a, b in taken)]


def pair_of(en: str, zh: str) -> Pair:
    return Pair("d#1.abstract.1", "d#1", "d", "abstract", (en,), (zh,), ((0, len(en)),), ((0, len(zh)),), "1-1", 0.7)


def found(
    terms: Sequence[Term], en: str, zh: str, *hits: tuple[str, float], knowledge: Knowledge = EMPTY
) -> list[Occurrence]:
    located = [
        Located((zh.index(text), zh.index(text) + len(text)), similarity, similarity) for text, similarity in hits
    ]
    finder = OccurrenceFinder(terms, knowledge, lambda en, zh: Fixed(located))
    return list(finder.find(pair_of(en, zh), en, zh))


# Term, English, Chinese, the status and text of each occurrence in the order of the English.
BY_TEXT = [
    (TOKEN, "one token", "一个词元", [("preferred", "词元")]),
    (TOKEN, "one token", "一个标记", [("admitted", "标记")]),
    (TOKEN, "one token", "一个Token", [("latin", "Token")]),
    (TOKEN, "one token", "一个代币", [("forbidden", "代币")]),
    (TOKEN, "a token, a token", "词元和代币", [("preferred", "词元"), ("forbidden", "代币")]),
    (TOKEN, "a token, a token", "代币和词元", [("forbidden", "代币"), ("preferred", "词元")]),
    (TOKEN, "a token, a token", "代币和代币", [("forbidden", "代币"), ("forbidden", "代币")]),
    (TOKEN, "tokens and a coin", "词元和代币", [("preferred", "词元")]),
    (TOKEN, "a token, a token, a token", "词元、词元", [("preferred", "词元")] * 3),
    (POLICY, "the policy", "决策", [("admitted", "决策")]),
    (POLICY, "the policy", "政策", [("forbidden", "政策")]),
    (POLICY, "policies and policies", "政策和政策", [("forbidden", "政策"), ("forbidden", "政策")]),
    (BERT, "BERT is big", "BERT很大", [("preferred", "BERT")]),
    (BERT, "BERT is big", "伯特很大", [("forbidden", "伯特")]),
    (Term("agent", "智能体", (), (Forbidden("体", "", False),)), "an agent", "一个智能体", [("preferred", "智能体")]),
    (Term("agent", "智能体", (), (Forbidden("-", "", False),)), "an agent", "一个智能体", [("preferred", "智能体")]),
]


@pytest.mark.parametrize(("term", "en", "zh", "wanted"), BY_TEXT)
def test_by_text(term: Term, en: str, zh: str, wanted: list[tuple[str, str]]) -> None:
    occurrences = found([term], en, zh)
    assert [(o.status, o.zh) for o in occurrences] == wanted
    assert [en[slice(*o.span_en)].lower().rstrip("s").replace("policie", "policy") for o in occurrences] == [
        term.en.lower()
    ] * len(wanted)
    assert all(o.span_zh is not None and zh[slice(*o.span_zh)] == o.zh for o in occurrences)


def test_two_places_of_a_forbidden_rendering_are_two() -> None:
    assert [o.span_zh for o in found([TOKEN], "a token, a token", "代币和代币")] == [(0, 2), (3, 5)]


def test_why_goes_with_the_forbidden_rendering_only() -> None:
    assert [o.why for o in found([TOKEN], "a token, a token", "词元和代币")] == ["", "a coin"]


@pytest.mark.parametrize(
    ("hits", "wanted"),
    [
        ([("符号", 0.8), ("许多", 0.6)], ("unlisted", "符号")),
        ([("符号", 0.4)], ("absent", "")),
        ([], ("absent", "")),
    ],
)
def test_located(hits: list[tuple[str, float]], wanted: tuple[str, str]) -> None:
    [o] = found([TOKEN], "many tokens", "许多符号", *hits)
    assert (o.status, o.zh) == wanted
    assert o.similarity == (hits[0][1] if hits else 0.0)


def test_what_the_field_writes_for_a_term_is_admitted() -> None:
    knowledge = Knowledge(1000, {"符号": 50}, {"token": "100\t0\t符号:20"}, "small")
    [o] = found([TOKEN], "many tokens", "许多符号", ("许多", 0.9), ("符号", 0.6), knowledge=knowledge)
    assert (o.status, o.zh) == ("admitted", "符号")


def test_a_span_that_renders_another_term_is_taken() -> None:
    occurrences = found([TOKEN, POLICY], "a policy over tokens", "符号的策略", ("策略", 0.9), ("符号", 0.7))
    assert {(o.term.en, o.zh) for o in occurrences} == {("policy", "策略"), ("token", "符号")}


@pytest.mark.parametrize(("en", "zh"), [("", "词元"), ("a token", ""), ("a dog", "一只狗")])
def test_nothing_to_find(en: str, zh: str) -> None:
    assert found([TOKEN], en, zh) == []


def test_a_record_s_own_phrases_give_way_to_the_termbase() -> None:
    en, zh = "a policy gradient", "一个策略梯度"
    finder = OccurrenceFinder([POLICY], EMPTY, lambda en, zh: Fixed([Located((4, 6), 0.9)]))
    own = TermIndex([Term("policy gradient", "", domain="own"), Term("gradient", "", domain="own")])
    assert {(o.term.en, o.zh) for o in finder.find(pair_of(en, zh), en, zh, own)} == {("policy", "策略")}
    own = TermIndex([Term("gradient", "", domain="own")])
    assert ("gradient", "梯度") in {(o.term.en, o.zh) for o in finder.find(pair_of(en, zh), en, zh, own)}


def test_with_the_real_locator() -> None:
    en, zh = "The hidden layer is wide.", "这个隐蔽层很宽。"
    finder = OccurrenceFinder([Term("hidden layer", "隐藏层")], EMPTY, SpanLocator)
    [o] = finder.find(pair_of(en, zh), en, zh)
    assert o.status == "unlisted"
    assert "隐蔽" in o.zh


@pytest.mark.parametrize(
    ("rendering", "zh", "is_scattered"),
    [
        ("训练数据", "用于训练的全部数据", True),
        ("训练数据", "用于训练", False),
        ("数据", "数据", False),
        ("", "数据", False),
    ],
)
def test_scattered(rendering: str, zh: str, is_scattered: bool) -> None:
    assert scattered(rendering, zh) is is_scattered


def test_phrases_of_a_record() -> None:
    texts = [
        "A soft gripper holds eggs.",
        "The soft grippers are made of self-supervised rubber.",
        "Soft gripper arms.",
    ]
    pairs = [pair_of(text, "软体夹爪") for text in texts]
    assert [(term.en, term.zh, term.domain) for term in repeated_phrases(pairs)] == [("soft gripper", "", "own")]
    assert repeated_phrases(pairs[:1]) == []


def test_phrases_keep_their_spelling() -> None:
    pairs = [pair_of("Self-supervised learning is a precise exercise.", "自监督学习")] * 2
    assert "self-supervised learning" in [term.en for term in repeated_phrases(pairs)]
    assert "precise exercise" in [term.en for term in repeated_phrases(pairs)]


def test_terms_of_a_field() -> None:
    counts = {"注意力": 90, "方法": 900, "层": 100}
    uses = {
        "attention map": "100\t0\t注意力:80\t关注:3\t视线:2",  # the clear case
        "rare map": "10\t0\t注意力:9",  # too few papers
        "kept map": "100\t50\t注意力:80",  # kept in Latin letters
        "any map": "100\t0\t方法:90",  # the rendering says nothing
        "the map": "100\t0\t注意力:80",  # begins with a stop word
        "bare map": "100\t0",  # no rendering
        "map": "100\t0\t注意力:80",  # one word, and of every day
    }
    [term] = field_terms(Knowledge(1000, counts, uses, "small"))
    assert (term.en, term.zh, term.admitted, term.domain) == ("attention map", "注意力", ("关注",), "field")
