"""BLEU: statistics and scores are sacrebleu's, of corpora and of single segments, under every setting."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sacrebleu.metrics.bleu import BLEU

from duizhao.corpora.errors import ConfigError
from duizhao.metrics.bleu import Bleu, Smoothing
from duizhao.metrics.metric import Metric, Stream, signature

TOKENIZERS = ("13a", "zh", "char", "intl", "none")
SMOOTHINGS: list[tuple[Smoothing, float | None]] = [
    *(("exp", None), ("floor", None), ("floor", 0.0), ("floor", 2.5), ("add-k", None), ("add-k", 0.5), ("add-k", 0)),
    ("none", None),
]

HYPOTHESES = [
    "The otter drinks green tea by the bridge.",
    "Two otters, 3.5 kg each, swim up the river.",
    "水獭在桥下喝绿茶，GPT-4也喝。",
    "",
    "河上有3座桥，河上有3座桥。",
    "tea tea tea tea tea",
    "A bridge",
]
REFERENCES: list[Stream] = [
    [
        "The otter drinks tea by the bridge.",
        "Two otters of 3.5 kg each swim up the river.",
        "水獭在桥下喝茶，GPT-4.5也喝。",
        "An otter.",
        "河上有3座桥。",
        "tea, tea and tea",
        "",
    ],
    [
        "By the bridge, the otter drinks green tea.",
        None,
        "桥下的水獭喝绿茶，GPT-4也一样。",
        "",
        None,
        "tea tea or tea tea",
        "A bridge of stone",
    ],
    [None, "A pair of otters, 3.5 kg each, swims.", None, None, "有3座桥在河上，河上有桥3座。", "tea", "The bridge"],
]

# words and signs that meet often enough to match
PARTS = (
    *"水獭喝茶桥，。 \u3000\u2010→𠀀😀\nAaİ.,-9",
    *(" otter", " Otter,", " tea.", " river", "3.5", "GPT-4", "&quot;", "<skipped>", "\x1c", "\xa0", "…"),
)
TEXTS = st.one_of(st.lists(st.sampled_from(PARTS), max_size=16).map("".join), st.text(max_size=6))


@st.composite
def corpora(draw: st.DrawFn) -> tuple[list[str], list[Stream]]:
    """Hypotheses, and 1–3 streams of references, the first with no gap."""
    size, number = draw(st.integers(1, 5)), draw(st.integers(1, 3))
    hypotheses = draw(st.lists(TEXTS, min_size=size, max_size=size))
    # a reference is often the hypothesis, or part of it
    near = st.sampled_from(hypotheses).flatmap(lambda text: st.tuples(st.just(text), st.integers(0, 20)))
    reference = st.one_of(TEXTS, near.map(lambda of: of[0][of[1] :]), near.map(lambda of: of[0] + of[0][: of[1]]))
    streams: list[Stream] = [draw(st.lists(reference, min_size=size, max_size=size))]
    for _ in range(number - 1):
        streams.append(draw(st.lists(st.none() | reference, min_size=size, max_size=size)))
    return hypotheses, streams


def same_as_sacrebleu(ours: Bleu, theirs: BLEU, hypotheses: Sequence[str], references: Sequence[Stream]) -> None:
    statistics = ours.statistics(hypotheses, references)
    assert statistics.dtype == np.int64
    assert statistics.tolist() == theirs._extract_corpus_statistics(hypotheses, references)
    score = theirs.corpus_score(hypotheses, references).score
    assert ours.scores(statistics.sum(axis=0, keepdims=True)) == pytest.approx([score], rel=0, abs=1e-9)
    assert signature(ours, theirs.num_refs if theirs.num_refs > 0 else None).startswith(str(theirs.get_signature()))
    theirs.effective_order = True
    alone = [
        theirs.sentence_score(text, [one for one in several if one is not None]).score
        for text, *several in zip(hypotheses, *references, strict=True)
    ]
    assert ours.segment_scores(statistics) == pytest.approx(alone, rel=0, abs=1e-9)


def test_statistics_of_one_segment() -> None:
    rows = Bleu("13a").statistics(["tea tea, tea by the river"], [["tea by the bridge"], ["the river, tea tea"]])
    # the second of the references is as long as the hypothesis less two tokens, the first less three
    assert rows.tolist() == [[7, 5, 6, 5, 1, 0, 7, 6, 5, 4]]


@pytest.mark.parametrize(
    ("lengths", "nearest"),
    [((4, 6), 4), ((6, 4), 4), ((7, 4, None), 4), ((None, 9), 9), ((0, 9), 9), ((1, 9), 1), ((None, 0), 0)],
)
def test_the_nearest_length_and_of_two_the_shorter(lengths: tuple[int | None, ...], nearest: int) -> None:
    references: list[Stream] = [[None if n is None else "r " * n] for n in lengths]
    assert Bleu("none").statistics(["h " * 5], references)[0, 1] == nearest


@pytest.mark.parametrize("tokenize", TOKENIZERS)
@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize("lowercase", [False, True])
@pytest.mark.parametrize("effective_order", [False, True])
def test_tables(tokenize: str, number: int, lowercase: bool, effective_order: bool) -> None:
    ours = Bleu(tokenize, lowercase, effective_order=effective_order)
    theirs = BLEU(lowercase=lowercase, tokenize=tokenize, effective_order=effective_order)
    same_as_sacrebleu(ours, theirs, HYPOTHESES, REFERENCES[:number])


@pytest.mark.parametrize(("smoothing", "value"), SMOOTHINGS)
@pytest.mark.parametrize("effective_order", [False, True])
@pytest.mark.parametrize("segments", [slice(0, 7), slice(3, 4), slice(5, 7), slice(6, 7)])
def test_smoothings(smoothing: Smoothing, value: float | None, effective_order: bool, segments: slice) -> None:
    ours = Bleu("zh", smoothing=smoothing, value=value, effective_order=effective_order)
    theirs = BLEU(tokenize="zh", smooth_method=smoothing, smooth_value=value, effective_order=effective_order)
    same_as_sacrebleu(ours, theirs, HYPOTHESES[segments], [stream[segments] for stream in REFERENCES[:2]])


@pytest.mark.parametrize("tokenize", TOKENIZERS)
@given(corpus=corpora(), smoothing=st.sampled_from(SMOOTHINGS), lowercase=st.booleans(), effective=st.booleans())
def test_whatever_the_corpus_bleu_is_that_of_sacrebleu(
    tokenize: str,
    corpus: tuple[list[str], list[Stream]],
    smoothing: tuple[Smoothing, float | None],
    lowercase: bool,
    effective: bool,
) -> None:
    method, value = smoothing
    ours = Bleu(tokenize, lowercase, method, value, effective)
    same_as_sacrebleu(ours, BLEU(lowercase, False, tokenize, method, value, 4, effective), *corpus)


@given(
    sums=st.lists(
        st.lists(st.integers(0, 40), min_size=4, max_size=4).map(lambda n: np.cumsum(n)[::-1].tolist()), min_size=1
    ),
    smoothing=st.sampled_from(SMOOTHINGS),
    effective=st.booleans(),
    reference=st.integers(0, 10**7),
)
def test_scores_of_any_sums(
    sums: list[list[int]], smoothing: tuple[Smoothing, float | None], effective: bool, reference: int
) -> None:
    rows = [[total[0], reference, *(n // 3 for n in total), *total] for total in sums]
    theirs = BLEU(smooth_method=smoothing[0], smooth_value=smoothing[1], effective_order=effective)
    scores = Bleu("13a", False, *smoothing, effective).scores(np.array(rows))
    assert scores == pytest.approx([theirs._compute_score_from_stats(row).score for row in rows], rel=0, abs=1e-9)


@pytest.mark.parametrize("tokenize", ["13a", "zh"])
def test_chunks_do_not_show(tokenize: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Bleu(tokenize).statistics(HYPOTHESES * 3, [[*stream] * 3 for stream in REFERENCES])
    monkeypatch.setattr("duizhao.metrics.bleu._CHUNK", 60)
    assert (
        Bleu(tokenize).statistics(HYPOTHESES * 3, [[*stream] * 3 for stream in REFERENCES]).tolist() == whole.tolist()
    )


def test_no_segment_and_no_row() -> None:
    bleu = Bleu("13a")
    assert bleu.statistics([], [[]]).shape == (0, 10)
    assert bleu.scores(np.zeros((0, 10), np.int64)).shape == (0,)


@pytest.mark.parametrize("smoothing", ["exp", "floor", "add-k", "none"])
def test_of_nothing_the_score_is_zero(smoothing: Smoothing) -> None:
    bleu = Bleu("zh", smoothing=smoothing)
    rows = bleu.statistics(["", "水獭", ""], [["", "", "桥"]])
    assert rows[:, :2].tolist() == [[0, 0], [2, 0], [0, 1]]
    assert bleu.scores(rows).tolist() == bleu.segment_scores(rows).tolist() == [0.0, 0.0, 0.0]


def test_words_of_jieba_are_no_score_of_sacrebleu() -> None:
    bleu: Metric = Bleu("jieba")
    rows = bleu.statistics(["水獭喝茶。"], [["水獭喝绿茶。"]])
    assert rows.tolist() == [[3, 4, 2, 0, 0, 0, 3, 2, 1, 0]]
    assert not bleu.is_sacrebleu
    assert bleu.settings == "case:mixed|eff:no|tok:jieba-0.42.1|smooth:exp"
    assert "version:" not in signature(bleu, 1)


def test_what_it_says_of_itself() -> None:
    bleu: Metric = Bleu("zh")
    assert (bleu.name, bleu.key, bleu.higher_is_better, bleu.is_sacrebleu) == ("BLEU", "bleu", True, True)
    assert Bleu("13a", True, "add-k", 0.125, True).settings == "case:lc|eff:yes|tok:13a|smooth:add-k[0.12]"


@pytest.mark.parametrize(
    ("tokenize", "smoothing", "value", "message"),
    [
        ("mecab", "exp", None, "tokenizer: no 'mecab'"),
        ("13a", "laplace", None, "smoothing: no 'laplace'; wanted one of exp, floor, add-k, none"),
        ("13a", "floor", -0.1, "smoothing: floor by -0.1; wanted a finite amount, 0 or more"),
        ("13a", "add-k", float("nan"), "smoothing: add-k by nan"),
    ],
)
def test_what_does_not_exist_is_refused(tokenize: str, smoothing: Smoothing, value: float | None, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        Bleu(tokenize, smoothing=smoothing, value=value)
