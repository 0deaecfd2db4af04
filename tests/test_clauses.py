"""C001 and C002 within a pair: clauses whose words nothing on the other side is linked to."""

import re
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import odd_text

from duizhao.align import Located, SpanLocator, words_zh
from duizhao.corpora import Span
from duizhao.metrics.clauses import check_clauses, may_miss
from duizhao.metrics.findings import Draft

FINE = 0.95


class Linked:
    """A locator that knows how surely each word is linked: what it was not told of, very."""

    def __init__(self, en: str, zh: str, sure: Mapping[str, float]) -> None:
        """Take words of the English and of the Chinese with their probabilities."""
        self._en = [(m.span(), sure.get(m[0], FINE)) for m in re.finditer(r"\w+", en)]
        self._zh = [(span, sure.get(zh[slice(*span)], FINE)) for span in words_zh(zh)]

    def locate(self, span: Span, taken: Sequence[Span] = (), /) -> list[Located]:
        raise AssertionError("clauses are not located")

    def linked_en(self) -> list[tuple[Span, float]]:
        return self._en

    def linked_zh(self) -> list[tuple[Span, float]]:
        return self._zh


def drafts(en: str, zh: str, lost: str = "", sure: float = 0.1) -> list[Draft]:
    """What is said where the words of `lost` are linked with this probability."""
    words = [*re.findall(r"\w+", lost), *(lost[a:b] for a, b in words_zh(lost))]
    return list(check_clauses(en, zh, Linked(en, zh, dict.fromkeys(words, sure))))


def told(found: list[Draft], en: str, zh: str) -> list[tuple[str, str]]:
    for draft in found:
        assert (draft.span_en is None) is (draft.rule == "C002")
        assert (draft.span_zh is None) is (draft.rule == "C001")
    return [(d.rule, en[slice(*d.span_en)] if d.span_en else zh[slice(*d.span_zh or (0, 0))]) for d in found]


EN = "Otters cross the wide river, and herons build strong nests nearby; nobody drinks tea."
ZH = "水獭渡过宽阔的河流，苍鹭在附近筑起结实的巢；没有人喝茶。"
NESTS = "herons build strong nests nearby"
NESTS_ZH = "苍鹭在附近筑起结实的巢"

# What is linked to nothing, and the clauses that are told.
CASES = [
    ("", []),
    (NESTS, [("C001", f"and {NESTS}")]),
    ("nests", []),  # one word of five
    ("nobody drinks tea", [("C001", "nobody drinks tea")]),
    (NESTS_ZH, [("C002", NESTS_ZH)]),
    ("宽阔", []),
    (f"{NESTS}。{NESTS_ZH}", [("C001", f"and {NESTS}")]),  # what was replaced is one finding
    ("and the", []),  # function words say nothing
]


@pytest.mark.parametrize(("lost", "wanted"), CASES)
def test_check(lost: str, wanted: list[tuple[str, str]]) -> None:
    assert told(drafts(EN, ZH, lost, 0.3), EN, ZH) == wanted


# The mean of the links of a clause of five content words, and what it is worth.
MEANS = [(0.1, "warning", 0.9), (0.65, "warning", 0.8), (0.66, "note", 0.78), (0.7, "note", 0.7), (0.73, None, 0)]


@pytest.mark.parametrize(("mean", "severity", "confidence"), MEANS)
def test_the_mean_of_the_links_is_the_severity(mean: float, severity: str | None, confidence: float) -> None:
    for lost, rule in ((NESTS, "C001"), (NESTS_ZH, "C002")):
        found = [(d.rule, d.severity, d.confidence) for d in drafts(EN, ZH, lost, mean)]
        assert found == ([(rule, severity, confidence)] if severity else [])


@pytest.mark.parametrize(("mean", "rules"), [(0.39, ["C001"]), (0.41, [])])
def test_of_a_clause_of_three_words_more_must_be_lost(mean: float, rules: list[str]) -> None:
    assert [draft.rule for draft in drafts(EN, ZH, "nobody drinks tea", mean)] == rules


def test_messages() -> None:
    assert [d.message for d in drafts(EN, ZH, NESTS)] == [
        f"Nothing in the Chinese seems to render “and {NESTS}”.",
    ]
    assert [d.message for d in drafts(EN, ZH, NESTS_ZH)] == [
        f"Nothing in the English seems to stand behind “{NESTS_ZH}”."
    ]
    long = "otters " * 40
    [draft] = drafts(long, ZH, "otters")
    assert draft.message == f"Nothing in the Chinese seems to render “{long[:77]}…”."


# Where a clause of the English ends, shown by losing all of it.
CLAUSES = [
    ("Otters drink 2.5 liters of black tea", ["Otters drink 2.5 liters of black tea"]),
    ("They count 1,200 wooden bridges daily", ["They count 1,200 wooden bridges daily"]),
    ("Read tea.org about river otters daily", ["Read tea.org about river otters daily"]),
    ("Otters drink black tea — herons build strong nests", ["Otters drink black tea", "herons build strong nests"]),
    ("Otters drink black tea (herons build strong nests)", ["Otters drink black tea", "herons build strong nests"]),
]


@pytest.mark.parametrize(("en", "clauses"), CLAUSES)
def test_clauses(en: str, clauses: list[str]) -> None:
    assert told(drafts(en, "水獭喝茶。", en), en, "") == [("C001", clause) for clause in clauses]


# Words of English, characters of Chinese, whether the lengths allow that something is missing.
LENGTHS = [(8, 11, True), (8, 12, False), (8, 17, False), (8, 18, True), (7, 1, False), (7, 99, False), (20, 0, True)]


@pytest.mark.parametrize(("words", "characters", "wanted"), LENGTHS)
def test_lengths(words: int, characters: int, wanted: bool) -> None:
    assert may_miss("tea " * words, "。" + "茶" * characters) is wanted


def test_a_latin_word_of_the_chinese_is_as_long_as_a_character() -> None:
    assert may_miss("tea " * 8, "Otter " * 11) and not may_miss("tea " * 8, "Otter " * 12)
    assert not may_miss("", "茶") and not may_miss("tea " * 8, "")


WHOLE = "Each autumn the otters repair the old bridge, and the whole village drinks hot tea on the northern bank."


@pytest.mark.parametrize(
    ("zh", "rules"),
    [
        ("每年秋天，水獭都会修理那座旧桥，全村人在北岸喝热茶。", []),
        ("每年秋天，水獭都会修理那座旧桥。", ["C001"]),
    ],
)
def test_with_the_real_links(zh: str, rules: list[str]) -> None:
    assert [draft.rule for draft in check_clauses(WHOLE, zh, SpanLocator(WHOLE, zh))] == rules


@given(odd_text, odd_text, st.floats(0, 1))
def test_any_text(en: str, zh: str, sure: float) -> None:
    words = {**dict.fromkeys(re.findall(r"\w+", en), sure), **{zh[a:b]: sure for a, b in words_zh(zh)}}
    found = list(check_clauses(en, zh, Linked(en, zh, words)))
    for rule, text in told(found, en, zh):
        assert text == text.strip() and text
        assert rule in ("C001", "C002")
    assert len({draft.rule for draft in found}) <= 1
    may_miss(en, zh)
