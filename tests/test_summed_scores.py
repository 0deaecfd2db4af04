"""Scores from the sums of shards: those of the whole, to the last digit, and sacrebleu's."""

import json
from itertools import pairwise

import pytest
import sacrebleu
from hypothesis import given, settings
from hypothesis import strategies as st

from duizhao.corpora import InputError
from duizhao.metrics.bleu import Bleu
from duizhao.metrics.chrf import Chrf
from duizhao.metrics.metric import Metric, Stream, signature
from duizhao.metrics.scoring import score_testset
from duizhao.metrics.summed_scores import Sums, from_row, score, statistics, summed
from duizhao.metrics.ter import Ter
from duizhao.metrics.testset import TestSet

METRICS: list[Metric] = [
    Bleu("zh"), Bleu("13a", lowercase=True, smoothing="floor"), Chrf(), Chrf(word_order=2), Ter(),
    Ter(normalized=True, asian_support=True),
]  # fmt: skip
TEXTS = (
    *("水獭在河边喝茶。", "水獭在河里喝热茶。", "桥下有三只水獭。", "桥下有一只水獭，在喝茶。", "", "茶"),
    *("The otter drinks tea.", "An otter drinks hot tea by the river.", "Three otters sit under the bridge."),
)
texts = st.sampled_from(TEXTS) | st.text("水獭茶 otter.", max_size=12)
segments = st.lists(st.tuples(texts, st.lists(texts, min_size=1, max_size=3)), min_size=1, max_size=8)


def streams(rows: list[tuple[str, list[str]]]) -> tuple[list[str], list[Stream]]:
    """Hypotheses, and three streams of references with gaps."""
    hypotheses = [hypothesis for hypothesis, _ in rows]
    return hypotheses, [[(*own, None, None)[k] for _, own in rows] for k in range(3)]


def shards(rows: list[tuple[str, list[str]]], cuts: list[int], metric: Metric) -> list[Sums]:
    edges = sorted({0, len(rows), *(cut % (len(rows) + 1) for cut in cuts)})
    return [statistics(*streams(rows[a:b]), metric) for a, b in pairwise(edges)]


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: f"{metric.name} {metric.settings}")
@given(rows=segments, cuts=st.lists(st.integers(0, 20), max_size=3), empty=st.booleans())
@settings(max_examples=15, deadline=None)
def test_any_split_scores_as_the_whole(
    metric: Metric, rows: list[tuple[str, list[str]]], cuts: list[int], empty: bool
) -> None:
    parts = shards(rows, cuts, metric)
    if empty:
        parts.insert(0, statistics([], [[], [], []], metric))
    total = summed(reversed(parts))
    assert summed([summed(parts[:1]), *parts[1:]]) == total == summed([*parts[:-1], summed(parts[-1:])])
    hypotheses, references = streams(rows)
    testset = TestSet({"otters": tuple(hypotheses)}, tuple(map(tuple, references)), ("a", "b", "c"), "en")
    [whole] = score_testset(testset, [metric], confidence=False).scores
    made = score(total, metric, hypothesis="otters", reference="a, b, c")
    assert made == whole
    assert made.signature == signature(metric, testset.reference_count)


ORACLES = [
    (Bleu("zh"), sacrebleu.BLEU(tokenize="zh")),
    (Chrf(), sacrebleu.CHRF()),
    (Chrf(word_order=2), sacrebleu.CHRF(word_order=2)),
    (Ter(normalized=True, asian_support=True), sacrebleu.TER(normalized=True, asian_support=True)),
]


@pytest.mark.parametrize(("metric", "oracle"), ORACLES, ids=lambda each: type(each).__name__)
def test_sacrebleu_scores_the_same(metric: Metric, oracle: sacrebleu.metrics.base.Metric) -> None:
    hypotheses = [TEXTS[k % 4] for k in range(40)]
    references = [[TEXTS[(k * 3) % 4] for k in range(40)], [TEXTS[(k + 1) % 4] for k in range(40)]]
    parts = [
        statistics(hypotheses[k : k + 7], [stream[k : k + 7] for stream in references], metric) for k in range(0, 40, 7)
    ]
    made = score(summed(parts), metric, hypothesis="otters", reference="rivers")
    assert made.value == oracle.corpus_score(hypotheses, references).score
    assert made.n == 40 and made.interval is None and made.note == ""
    assert made.signature.startswith(f"nrefs:2|{metric.settings}|version:2.6.0|duizhao:")


def test_ter_of_shards_with_other_numbers_of_references_comes_to_one_scale() -> None:
    one = statistics(["tea for an otter"], [["tea for the otter"]], Ter())
    three = statistics(["the river"], [["the river"], ["a river"], ["a wide river"]], Ter())
    assert (one.values, one.scale) == ((1, 4), 1)
    assert (three.values, three.scale) == ((0, 7), 3)
    both = summed([one, three])
    assert (both.values, both.scale, both.references, both.segments) == ((3, 19), 3, None, 2)
    made = score(both, Ter(), hypothesis="a", reference="b")
    assert made.value == 100 * 3 / 19
    assert made.note == "fewer than 10 segments: too few for a corpus score"
    assert made.signature.startswith("nrefs:var|")


def test_sums_survive_a_file() -> None:
    total = statistics(["水獭喝茶。"], [["水獭在喝茶。"]], Bleu("zh"))
    assert from_row(json.loads(json.dumps(total._asdict())), "a.json") == total
    varied = total._replace(references=None)
    assert from_row(json.loads(json.dumps(varied._asdict())), "a.json") == varied


@pytest.mark.parametrize(
    "row",
    [{}, {"metric": 1}, {"values": "no"}, {"values": [1.5]}, {"values": [True]}, {"scale": 0}, {"segments": -1},
     {"references": "1"}],
)  # fmt: skip
def test_no_sums(row: dict[str, object]) -> None:
    good = Sums("ter", "case:lc", (1, 4), 1, 1, 1)._asdict() if row else {}
    with pytest.raises(InputError, match=r"^a\.json: not the sums of a score; wanted what duizhao wrote\. Make"):
        from_row({**good, **row}, "a.json")


def test_what_is_refused() -> None:
    bleu, ter = Bleu("zh"), Ter()
    with pytest.raises(InputError, match=r"^references or sources: 2 segments; wanted 1, as there are translations\."):
        statistics(["茶"], [["茶", "河"]], bleu)
    with pytest.raises(InputError, match=r"^segment 2: no reference; wanted one at least"):
        statistics(["茶", "河"], [["茶", None]], bleu)
    with pytest.raises(InputError, match=r"^segment 1: no reference"):
        statistics(["茶"], [], bleu)
    with pytest.raises(InputError, match=r"^scores: no shard; wanted one or more"):
        summed([])
    with pytest.raises(InputError, match=r"^scores: ter \(case:lc.*; wanted bleu \(case:mixed.*as in other shards\."):
        summed([statistics(["茶"], [["茶"]], bleu), statistics(["茶"], [["茶"]], ter)])
    with pytest.raises(InputError, match=r"^otters: sums of ter"):
        score(statistics(["茶"], [["茶"]], ter), bleu, hypothesis="otters", reference="rivers")
    with pytest.raises(InputError, match=r"^otters: nothing to count for BLEU"):
        score(statistics([], [[]], bleu), bleu, hypothesis="otters", reference="rivers")
