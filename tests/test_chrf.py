"""chrF and chrF++ against sacrebleu: statistics, scores and signatures, on plain and on odd text."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sacrebleu.metrics import CHRF

from duizhao.metrics import chrf
from duizhao.metrics.chrf import Chrf, statistics_together
from duizhao.metrics.metric import Stream

OTTERS = ["The otter (an old one) drank tea.", "水獭过了桥，喝了茶。", "a river", "", "Tea, tea & more tea!"]
OTHERS = ["An otter (old) drank the tea .", "水獭过河喝茶。", "", "a bridge", "Tea and more tea..."]
THIRDS: list[str | None] = [None, "老水獭在桥上喝茶", "the river", "bridge", None]

METRICS = [
    Chrf(),
    Chrf(word_order=2),
    Chrf(lowercase=True),
    Chrf(word_order=2, whitespace=True),
    Chrf(char_order=3, word_order=1, beta=1),
    Chrf(char_order=1, beta=3),
    Chrf(char_order=0, word_order=2),
    Chrf(char_order=20),
]


def theirs(metric: Chrf) -> CHRF:
    return CHRF(metric.char_order, metric.word_order, metric.beta, metric.lowercase, metric.whitespace)


def check(metric: Chrf, hypotheses: Sequence[str], references: Sequence[Stream]) -> None:
    """All of it is as sacrebleu has it."""
    oracle = theirs(metric)
    found = metric.statistics(hypotheses, references)
    assert found.tolist() == oracle._extract_corpus_statistics(hypotheses, references)
    corpus = oracle.corpus_score(hypotheses, references).score
    assert metric.scores(found.sum(axis=0, keepdims=True)).tolist() == [corpus]
    single = [
        oracle.sentence_score(hypothesis, [text for text in texts if text is not None]).score
        for hypothesis, *texts in zip(hypotheses, *references, strict=True)
    ]
    assert metric.segment_scores(found).tolist() == single


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("references", [[OTHERS], [OTHERS, THIRDS], [THIRDS, OTTERS, OTHERS]])
def test_as_sacrebleu(metric: Chrf, references: list[Stream]) -> None:
    check(metric, OTTERS, references)


@pytest.mark.parametrize("metric", METRICS)
def test_signature_has_their_parts(metric: Chrf) -> None:
    oracle = theirs(metric)
    oracle.corpus_score(OTTERS, [OTHERS])
    assert f"nrefs:1|{metric.settings}|version:2.6.0" == str(oracle.get_signature())


def test_names() -> None:
    assert [(metric.name, metric.key) for metric in METRICS[:2]] == [("chrF", "chrf"), ("chrF++", "chrf++")]
    assert [metric.name for metric in METRICS[4:6]] == ["chrF1+", "chrF3"]
    assert Chrf().settings == "case:mixed|eff:yes|nc:6|nw:0|space:no"
    assert all(metric.higher_is_better and metric.is_sacrebleu for metric in METRICS)


def test_rows_are_hypothesis_reference_match() -> None:
    found = Chrf(char_order=2, word_order=1).statistics(["tea tea", "tea"], [["tea (tea)", ""]])
    assert found.tolist() == [[6, 8, 6, 5, 7, 4, 2, 3, 1], [0, 0, 0, 0, 0, 0, 0, 0, 0]]


def test_the_first_of_the_best_references_counts() -> None:
    found = Chrf(char_order=1).statistics(["ab"], [["xyz"], ["uvwxyz"]])
    assert found.tolist() == [[2, 3, 0]]  # both score 0
    found = Chrf(char_order=1).statistics(["ab"], [["xyz"], ["a"], ["ab"]])
    assert found.tolist() == [[2, 2, 2]]


@pytest.mark.parametrize("row", [[0] * 18, [1, 0, 0] * 6, [0, 1, 0] * 6, [5, 5, 0] * 6])
def test_no_match_is_nought(row: list[int]) -> None:
    assert Chrf().scores(np.array([row])).tolist() == [0.0]


def test_rows_are_scored_one_by_one() -> None:
    found = Chrf().statistics(OTTERS, [OTHERS])
    assert Chrf().scores(found).tolist() == [float(Chrf().scores(row[None])[0]) for row in found]
    assert Chrf().scores(found[:0]).shape == (0,)


def test_no_segments() -> None:
    assert Chrf(word_order=2).statistics([], [[]]).shape == (0, 24)


@pytest.mark.parametrize("references", [[OTHERS], [OTHERS, THIRDS], [THIRDS, OTTERS, OTHERS]])
def test_counted_together_is_as_counted_alone(references: list[Stream]) -> None:
    together = statistics_together(METRICS, OTTERS, references)
    for metric, found in zip(METRICS, together, strict=True):
        assert (found == metric.statistics(OTTERS, references)).all()


def test_spaces_are_those_that_split() -> None:
    assert {chr(point) for point in chrf._SPACES} == {
        text for text in map(chr, range(0x110000)) if not text.split() and len(text) == 1
    }


@pytest.mark.parametrize("metric", [Chrf(), Chrf(word_order=2)])
def test_cuts_change_nothing(metric: Chrf, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"{text} otter{i}" for i, text in enumerate(OTTERS * 9)]
    others = [f"{text} otter{i}" for i, text in enumerate(OTHERS * 9)]
    whole = metric.statistics(texts, [others])
    monkeypatch.setattr(chrf, "_CHARACTERS", 40)
    monkeypatch.setattr(chrf, "_REMEMBERED", 50)
    assert (metric.statistics(texts, [others]) == whole).all()


ODD = ["the tea", "(tea)", "tea", "a", ".", "((", "-x", "河", "茶水獭", " ", "\t", "\n", "\r", "\x1c", "\x85", "\xa0"]
ODD += ["\u2028", "\u3000", "\u200b", "\ufeff", "\x00", "İ", "ß", "ǅ", "Ω", "ά\u0301", "🦦", "𠀀", "\ud83e", "\udda6"]
odd = st.lists(st.sampled_from(ODD) | st.characters(), max_size=12).map("".join)


@st.composite
def runs(draw: st.DrawFn) -> tuple[list[str], list[list[str | None]]]:
    """Hypotheses and one to three streams; each segment has a reference in one of them."""
    hypotheses = draw(st.lists(odd, min_size=1, max_size=4))
    streams = draw(st.integers(1, 3))
    rows: list[list[str | None]] = []
    for hypothesis in hypotheses:
        cuts = st.none() | st.integers(0, len(hypothesis))
        some = [None if (cut := draw(cuts)) is None else hypothesis[:cut] + draw(odd) for _ in range(streams)]
        some[draw(st.integers(0, streams - 1))] = draw(odd)
        rows.append(some)
    return hypotheses, [list(stream) for stream in zip(*rows, strict=True)]


@given(runs(), st.sampled_from([*METRICS[:4], *METRICS[:2]]))
def test_odd_text_as_sacrebleu(run: tuple[list[str], list[Stream]], metric: Chrf) -> None:
    check(metric, *run)
