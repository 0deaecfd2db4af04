"""What became of a term: by its text, by counts, and by the place the encoder names."""

from collections.abc import Mapping, Sequence

import pytest

from duizhao.align import Located, SpanLocator
from duizhao.align.spans import Locator
from duizhao.corpora import Forbidden, Knowledge, Pair, Span, Term
from duizhao.corpora.knowledge import EMPTY
from duizhao.metrics.field_terms import FIELD, field_terms
from duizhao.metrics.occurrences import Occurrence, OccurrenceFinder, scattered
from duizhao.metrics.phrases import OWN, repeated_phrases
from duizhao.metrics.term_index import TermIndex

TOKEN = Term("token", "词元", ("标记",), (Forbidden("代币", "a coin", True),))
POLICY = Term("policy", "策略", ("决策",), (Forbidden("政策", "a government's", False), Forbidden("政", "", False)))
BERT = Term("BERT", "BERT", (), (Forbidden("伯特", "", False),), "names")
LATENT = Term("latent space", "潜在空间")


class Fixed:
    """A locator that answers with the spans it was made with, whatever is asked."""

    def __init__(self, hits: Sequence[Located]) -> None:
        """Best first."""
        self.hits = list(hits)

    def locate(self, span: Span, taken: Sequence[Span] = (), /) -> list[Located]:
        return [hit for hit in self.hits if not any(a < hit.span[1] and hit.span[0] < b for a, b in taken)]

    def linked_en(self) -> list[tuple[Span, float]]:
        return []

    def linked_zh(self) -> list[tuple[Span, float]]:
        return []


def pair_of(en: str, zh: str) -> Pair:
    return Pair("d#1.abstract.1", "d#1", "d", "abstract", (en,), (zh,), ((0, len(en)),), ((0, len(zh)),), "1-1", 0.7)


def all_of(finder: OccurrenceFinder, pair: Pair, locator: Locator, own: TermIndex | None = None) -> list[Occurrence]:
    settled, waiting = finder.settle([pair], own)
    return [*settled, *finder.locate([(work, locator) for work in waiting])]


def found(
    terms: Sequence[Term],
    en: str,
    zh: str,
    *hits: tuple[str, float],
    knowledge: Knowledge = EMPTY,
    field: Sequence[Term] = (),
) -> list[Occurrence]:
    """The occurrences where the locator names these places with this confidence, and half of it as similarity."""
    located = [Located((zh.index(text), zh.index(text) + len(text)), sure / 2, sure) for text, sure in hits]
    return all_of(OccurrenceFinder(terms, field, knowledge), pair_of(en, zh), Fixed(located))


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


def test_what_the_text_settles_is_certain() -> None:
    [o] = found([TOKEN], "one token", "一个标记", ("一个", 0.9))
    assert (o.zh, o.similarity, o.confidence) == ("标记", 1.0, 1.0)


# English, Chinese, the places that the locator names with its confidence, what is made of them.
LOCATED = [
    (TOKEN, "many tokens", "许多符号", [("符号", 0.8), ("许多", 0.6)], ("unlisted", "符号", 0.8)),
    (TOKEN, "many tokens", "许多符号", [("符号", 0.5)], ("unlisted", "符号", 0.5)),
    (TOKEN, "many tokens", "许多符号", [("符号", 0.49)], ("absent", "", 0.0)),
    (TOKEN, "many tokens", "许多符号", [], ("absent", "", 0.0)),
    # a part of the preferred rendering says nothing yet, what stands beside it does
    (LATENT, "a latent space", "一个潜藏空间", [("空间", 0.9), ("潜藏空间", 0.6)], ("unlisted", "潜藏空间", 0.6)),
    (LATENT, "a latent space", "一个潜藏空间", [("空间", 0.9), ("潜藏空间", 0.4)], ("absent", "", 0.0)),
    # the rendering stands there in pieces
    (LATENT, "a latent space", "潜在的茶空间", [("茶空间", 0.9)], ("absent", "", 0.0)),
]


@pytest.mark.parametrize(("term", "en", "zh", "hits", "wanted"), LOCATED)
def test_located(term: Term, en: str, zh: str, hits: list[tuple[str, float]], wanted: tuple[str, str, float]) -> None:
    [o] = found([term], en, zh, *hits)
    assert (o.status, o.zh, o.confidence) == wanted
    if o.zh:
        assert o.similarity == o.confidence / 2
        assert o.span_zh is not None and zh[slice(*o.span_zh)] == o.zh


# The papers of 100 with “token” in which the Chinese has 符号, and what that says of it.
@pytest.mark.parametrize(("papers", "status"), [(20, "admitted"), (4, "admitted"), (3, "unlisted")])
def test_what_the_field_writes_for_a_term_is_admitted(papers: int, status: str) -> None:
    knowledge = Knowledge(1000, {"符号": 50}, {"token": f"100\t0\t符号:{papers}"}, "small")
    [o] = found([TOKEN], "many tokens", "许多符号", ("符号", 0.6), knowledge=knowledge)
    assert (o.status, o.zh) == (status, "符号")


def test_what_the_field_writes_goes_before_what_is_likelier() -> None:
    knowledge = Knowledge(1000, {"符号": 50}, {"token": "100\t0\t符号:20"}, "small")
    [o] = found([TOKEN], "many tokens", "许多符号", ("许多", 0.9), ("符号", 0.6), knowledge=knowledge)
    assert (o.status, o.zh) == ("admitted", "符号")
    [o] = found([TOKEN], "many tokens", "许多符号", ("许多", 0.9), ("符号", 0.4), knowledge=knowledge)
    assert (o.status, o.zh) == ("unlisted", "许多")


def test_a_span_that_renders_another_term_is_taken() -> None:
    occurrences = found([TOKEN, POLICY], "a policy over tokens", "符号的策略", ("策略", 0.9), ("符号", 0.7))
    assert {(o.term.en, o.zh) for o in occurrences} == {("policy", "策略"), ("token", "符号")}


def test_what_a_term_became_once_it_became_again() -> None:
    occurrences = found([TOKEN], "a token, a token, a token", "符号和符号", ("符号", 0.9))
    assert [(o.span_en, o.span_zh) for o in occurrences] == [((2, 7), (0, 2)), ((11, 16), (3, 5))]


@pytest.mark.parametrize(("en", "zh"), [("", "词元"), ("a token", ""), ("a dog", "一只狗")])
def test_nothing_to_find(en: str, zh: str) -> None:
    assert found([TOKEN], en, zh) == []


def test_a_record_s_own_phrases_give_way_to_the_termbase() -> None:
    pair = pair_of("a policy gradient", "一个策略梯度")
    finder = OccurrenceFinder([POLICY], [], EMPTY)
    locator = Fixed([Located((4, 6), 0.9)])
    own = TermIndex([Term("policy gradient", "", domain=OWN), Term("gradient", "", domain=OWN)])
    assert {(o.term.en, o.zh) for o in all_of(finder, pair, locator, own)} == {("policy", "策略")}
    own = TermIndex([Term("gradient", "", domain=OWN)])
    assert ("gradient", "梯度") in {(o.term.en, o.zh) for o in all_of(finder, pair, locator, own)}


def test_own_phrases_stand_beside_the_field_s_terms() -> None:
    pair = pair_of("a tea bridge", "一座茶桥")
    finder = OccurrenceFinder([], [Term("bridge", "桥", domain=FIELD)], EMPTY)
    own = TermIndex([Term("tea bridge", "", domain=OWN)])
    told = [(o.term.domain, o.term.en, o.zh) for o in all_of(finder, pair, Fixed([Located((2, 4), 0.9)]), own)]
    assert told == [(FIELD, "bridge", "桥"), (OWN, "tea bridge", "茶桥")]


def test_inside_a_term_of_the_termbase_no_term_of_the_field_counts() -> None:
    field = [Term("gradient", "梯度", domain=FIELD), Term("policy gradient step", "策略梯度步", domain=FIELD)]
    listed = [Term("policy gradient", "策略梯度")]
    assert [o.term.en for o in found(listed, "a policy gradient", "一个梯度", field=field)] == ["policy gradient"]
    named = [o.term.en for o in found(listed, "a policy gradient step", "策略梯度步", field=field)]
    assert named == ["policy gradient", "policy gradient step"]


@pytest.mark.parametrize(("mainland", "statuses"), [({}, ["absent"]), ({"d#1.abstract.1": "一个词元"}, [])])
def test_what_the_mainland_s_words_approve_is_no_error(mainland: Mapping[str, str], statuses: list[str]) -> None:
    finder = OccurrenceFinder([TOKEN], [], EMPTY)
    settled, waiting = finder.settle([pair_of("one token", "一个权杖")], None, mainland)
    assert settled == []
    assert [o.status for o in finder.locate([(work, Fixed([])) for work in waiting])] == statuses


def test_with_the_real_locator() -> None:
    en, zh = "The hidden layer is wide.", "这个隐蔽层很宽。"
    finder = OccurrenceFinder([Term("hidden layer", "隐藏层")], [], EMPTY)
    [o] = all_of(finder, pair_of(en, zh), SpanLocator(en, zh))
    assert (o.status, o.zh) == ("unlisted", "隐蔽层")
    assert 0.5 <= o.confidence <= 1


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


USES = {
    "attention map": "100\t0\t注意力:80\t关注:3\t视线:2",  # the clear case
    "heat map": "8\t0\t热图:1",  # few papers, thin agreement, and still a term
    "hot map": "8\t0\t热图:0",  # no agreement
    "rare map": "7\t0\t注意力:7",  # too few papers
    "kept map": "100\t50\t注意力:80",  # kept in Latin letters half the time
    "the map": "100\t0\t注意力:80",  # begins with a stop word
    "map of the": "100\t0\t注意力:80",  # ends with one
    "map of tea": "100\t0\t注意力:80",  # holds one
    "bare map": "200\t0",  # so frequent that the miner counted no rendering
    "bare tap": "199\t0",
    "tap": "200\t0",  # one word
    "gpu": "200\t7",  # one word, but kept in Latin letters
    "map": "50\t0\t注意力:40",
    "path": "51\t0\t注意力:50",  # one word, and of every day
    "thin": "50\t0\t注意力:17",  # one word, thin agreement
}
COUNTS = {"注意力": 90, "热图": 8}
WANTED = [
    ("attention map", "注意力", ("关注",)),
    ("bare map", "", ()),
    ("gpu", "", ()),
    ("heat map", "热图", ()),
    ("kept map", "注意力", ()),
    ("map", "注意力", ()),
]


def test_terms_of_a_field() -> None:
    terms = field_terms(Knowledge(1000, COUNTS, USES, "small"))
    assert [(term.en, term.zh, term.admitted) for term in terms] == WANTED
    assert {term.domain for term in terms} == {FIELD}
    assert field_terms(EMPTY) == ()
