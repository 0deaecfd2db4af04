"""Intervals and paired tests equal sacrebleu's on its own statistics; systems that are alike never differ."""

import random
from functools import cache
from typing import Any, NamedTuple, cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from sacrebleu.metrics import BLEU, CHRF, TER
from sacrebleu.significance import PairedTest, Result, estimate_ci

from duizhao.corpora.errors import InputError
from duizhao.metrics.metric import Metric, Scores, Statistics
from duizhao.metrics.significance import (
    Difference,
    Interval,
    against,
    all_pairs,
    compare_segments,
    holm,
    interval,
    paired_bootstrap,
    paired_randomisation,
)

ENGLISH = "the a small old otter river bridge tea cup crosses drinks sells slowly under over it and never".split()
CHINESE = "水獭过桥喝茶河边的小老一只不慢卖了在"
MADE = {
    "BLEU": BLEU,
    "BLEU zh": lambda: BLEU(tokenize="zh"),
    "chrF": CHRF,
    "chrF++": lambda: CHRF(word_order=2),
    "TER": TER,
}
# sacrebleu computes the scores of bootstrap trials in float32.
FLOAT32 = 2e-5


class Scored(NamedTuple):
    """A metric that asks sacrebleu for the score of every row of whole sums; enough of one for these tests."""

    key: str
    theirs: Any

    def scores(self, sums: Statistics) -> Scores:
        return np.array([self.theirs._compute_score_from_stats(row).score for row in sums.tolist()])


class First(NamedTuple):
    """The score is the first column, out by some rounding that varies with it and from row to row, but for row 0."""

    key: str = "first"

    def scores(self, sums: Statistics) -> Scores:
        rows = np.arange(len(sums))
        noise = np.where(rows > 0, (sums[:, 0] ** 2 + rows) % 5 - 2, 0) * 1e-11
        return np.asarray(sums[:, 0] + noise, np.float64)


def first() -> Metric:
    return cast(Metric, First())


def scored(name: str) -> Metric:
    return cast(Metric, Scored(name, MADE[name]()))


@cache
def texts(name: str, segments: int, systems: int) -> dict[str, list[str]]:
    """A reference (last) and systems that spoil some of its words, some more than others."""
    words: Any = CHINESE if "zh" in name else ENGLISH
    dice = random.Random(f"{name} {segments}")
    glue = "" if "zh" in name else " "
    reference = [[dice.choice(words) for _ in range(dice.randint(3, 25))] for _ in range(segments)]
    made = {
        f"s{k}": [
            [dice.choice(words) if dice.random() < 0.3 + 0.02 * k else word for word in sentence]
            for sentence in reference
        ]
        for k in range(systems)
    }
    return {key: [glue.join(sentence) for sentence in text] for key, text in (made | {"ref": reference}).items()}


def statistics(name: str, segments: int, systems: int) -> dict[tuple[str, str], Statistics]:
    made = dict(texts(name, segments, systems))
    references = [made.pop("ref")]
    extract = MADE[name]()._extract_corpus_statistics
    return {(name, key): np.array(extract(text, references)).astype(np.int64) for key, text in made.items()}


def their_test(kind: str, name: str, segments: int, systems: int, trials: int) -> list[Result]:
    made = dict(texts(name, segments, systems))
    references = [made.pop("ref")]
    test = PairedTest(list(made.items()), {name: MADE[name]()}, references, test_type=kind, n_samples=trials)
    _, found = test()
    return next(results for key, results in found.items() if key != "System")


CASES = [("BLEU", 60), ("BLEU zh", 70), ("chrF", 50), ("chrF++", 40), ("TER", 40), ("BLEU", 200), ("chrF", 201)]


@pytest.mark.parametrize(("name", "segments"), CASES)
@pytest.mark.parametrize("seed", [12345, 7])
def test_bootstrap_is_sacrebleus(name: str, segments: int, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SACREBLEU_SEED", str(seed))
    tables = statistics(name, segments, 4)
    found = paired_bootstrap([scored(name)], tables, against("s0", ["s0", "s1", "s2", "s3"]), 300, seed)
    wanted = their_test("bs", name, segments, 4, 300)
    assert [row.p for row in found.differences] == [result.p_value for result in wanted[1:]]
    assert [row[:3] for row in found.differences] == [(name, f"s{k}", "s0") for k in (1, 2, 3)]
    differences = [result.score - wanted[0].score for result in wanted[1:]]
    assert [row.difference for row in found.differences] == pytest.approx(differences, abs=1e-9)
    for key, result in zip(tables, wanted, strict=True):
        assert found.intervals[key] == pytest.approx((result.mean, result.ci), abs=FLOAT32)
        assert found.intervals[key] == interval(scored(name), tables[key], 300, seed)


@pytest.mark.parametrize(("name", "segments"), CASES)
@pytest.mark.parametrize("seed", [12345, 7])
def test_randomisation_is_sacrebleus(name: str, segments: int, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SACREBLEU_SEED", str(seed))
    tables = statistics(name, segments, 4)
    found = paired_randomisation([scored(name)], tables, against("s0", ["s0", "s1", "s2", "s3"]), 400, seed)
    wanted = their_test("ar", name, segments, 4, 400)
    assert [row.p for row in found] == [result.p_value for result in wanted[1:]]
    assert [row[:3] for row in found] == [(name, f"s{k}", "s0") for k in (1, 2, 3)]


def test_the_cases_are_neither_all_sure_nor_all_unsure() -> None:
    tables = statistics("TER", 40, 4)
    found = paired_randomisation([scored("TER")], tables, against("s0", ["s1", "s2", "s3"]), 400)
    assert 1 / 401 < min(row.p for row in found) < 0.2 < max(row.p for row in found) < 1


@given(arrays.arrays(np.float64, st.integers(1, 130), elements=st.floats(0, 100)))
def test_an_interval_is_sacrebleus(scores: Scores) -> None:
    class Given(NamedTuple):
        key: str = "given"

        def scores(self, sums: Statistics) -> Scores:
            return scores

    mean, half_width = estimate_ci(scores)
    found = interval(cast(Metric, Given()), np.ones((3, 1), np.int64), len(scores))
    assert found == (pytest.approx(mean, abs=1e-9), half_width)


def test_an_interval_worked_out_by_hand() -> None:
    # 80 trials, none of which can differ from another where all segments are alike: 3 segments of 20.
    assert interval(first(), np.full((3, 1), 20), 80) == pytest.approx(Interval(60, 0), abs=1e-9)


def test_defaults_are_sacrebleus() -> None:
    table = statistics("chrF", 50, 1)["chrF", "s0"]
    theirs = CHRF()
    made = dict(texts("chrF", 50, 1))
    score = theirs.corpus_score(made["s0"], [made["ref"]], n_bootstrap=1000)
    assert interval(scored("chrF"), table) == pytest.approx((score._mean, score._ci), abs=FLOAT32)
    assert interval(scored("chrF"), table) == interval(scored("chrF"), table, 1000, 12345)


def twins(differing: int, segments: int = 40) -> dict[tuple[str, str], Statistics]:
    """A system, and another that is better by 1 in the first few segments."""
    a = np.arange(1, segments + 1, dtype=np.int64)[:, None]
    b = a.copy()
    b[:differing] += 1
    return {("first", "a"): a, ("first", "b"): b}


@pytest.mark.parametrize(
    ("differing", "least"), [(0, 1), (1, 1), (2, 1 / 2), (3, 1 / 4), (5, 1 / 16), (8, 1 / 128), (40, 0)]
)
def test_a_handful_of_segments_proves_nothing(differing: int, least: float) -> None:
    tables, pair = twins(differing), [("b", "a")]
    (tossed,) = paired_randomisation([first()], tables, pair, 500)
    (drawn,) = paired_bootstrap([first()], tables, pair, 500).differences
    assert tossed.p == max(1 / 501, least)
    assert drawn.p >= least
    assert tossed.difference == drawn.difference == pytest.approx(differing, abs=1e-9)


@pytest.mark.parametrize("kind", ["bs", "ar"])
def test_what_sacrebleu_says_of_a_system_against_itself(kind: str) -> None:
    text = texts("chrF", 50, 1)
    systems = [("a", text["s0"]), ("b", text["s0"])]
    _, found = PairedTest(systems, {"chrF": CHRF()}, [text["ref"]], test_type=kind, n_samples=100)()
    assert found["chrF2"][1].p_value == 1 / 101  # why `least` above is there


@pytest.mark.parametrize("name", list(MADE))
def test_a_system_against_itself(name: str) -> None:
    tables = statistics(name, 30, 1)
    tables[name, "again"] = tables[name, "s0"].copy()
    pair = [("again", "s0")]
    assert paired_bootstrap([scored(name)], tables, pair, 50).differences == ((name, "again", "s0", 0.0, 1.0, 1.0),)
    assert paired_randomisation([scored(name)], tables, pair, 50) == ((name, "again", "s0", 0.0, 1.0, 1.0),)


@pytest.mark.parametrize("better", [18, 16, 20])
def test_trials_as_far_apart_as_the_systems_do_not_count(better: int) -> None:
    # Many trials are as far apart as the systems are, within the rounding of `First`.
    a = np.full((40, 1), 50)
    b = a.copy()
    b[:better] += 1
    b[better:32] -= 1
    (found,) = paired_randomisation([first()], {("first", "a"): a, ("first", "b"): b}, [("b", "a")], 2000)
    sides = 1 - 2 * np.random.default_rng(12345).integers(2, size=(2000, 40), dtype=bool).astype(int)
    apart = np.abs(sides @ (b - a))[:, 0]
    real = abs(2 * better - 32)
    assert 200 < (apart == real).sum() < 700
    assert found.p == ((apart > real).sum() + 1) / 2001


def test_pairs_of_several_metrics() -> None:
    tables = statistics("chrF", 50, 3) | {
        ("first", key): table[:, :2] for (_, key), table in statistics("BLEU", 50, 3).items()
    }
    metrics = [scored("chrF"), first()]
    pairs = all_pairs(["s0", "s1", "s2"])

    def bootstrapped(*asked: Any) -> tuple[Difference, ...]:
        return paired_bootstrap(*asked).differences

    for test in (bootstrapped, paired_randomisation):
        found = test(metrics, tables, pairs, 100)
        assert [row[:3] for row in found] == [(m, *pair) for m in ("chrF", "first") for pair in pairs]
        for k, metric in enumerate(metrics):
            rows = found[3 * k : 3 * k + 3]
            assert [row.p_holm for row in rows] == holm([row.p for row in rows])
            own = {key: table for key, table in tables.items() if key[0] == metric.key}
            for row in rows:
                (mirrored,) = test([metric], own, [(row.baseline, row.system)], 100)
                assert (mirrored.p, mirrored.p_holm) == (row.p, row.p)
                assert mirrored.difference == -row.difference


def test_no_pairs_give_intervals_alone() -> None:
    tables = twins(3)
    found = paired_bootstrap([first()], tables, [], 100)
    assert found.differences == ()
    assert list(found.intervals) == list(tables)
    for key, table in tables.items():
        assert found.intervals[key] == pytest.approx(interval(first(), table, 100), abs=1e-9)
    assert paired_randomisation([first()], tables, [], 100) == ()


def test_systems_of_unequal_length() -> None:
    tables = {("first", "a"): np.ones((3, 1), np.int64), ("first", "b"): np.ones((4, 1), np.int64)}
    with pytest.raises(InputError, match="systems of 3 and 4 segments"):
        paired_bootstrap([first()], tables, [("b", "a")])
    with pytest.raises(InputError, match="systems of 3 and 4 segments"):
        paired_randomisation([first()], tables, [("b", "a")])


@pytest.mark.parametrize(
    ("p_values", "corrected"),
    [
        ([], []),
        ([0.25], [0.25]),
        ([0.25, 0.25], [0.5, 0.5]),
        ([0.75, 0.5, 0.625], [1.0, 1.0, 1.0]),
        ([0.125, 0.0625, 0.25, 0.03125], [0.25, 0.1875, 0.25, 0.125]),
        ([0.3125, 0.25, 0.0625], [0.5, 0.5, 0.1875]),  # the largest is lifted to the one before it
    ],
)
def test_holm(p_values: list[float], corrected: list[float]) -> None:
    assert holm(p_values) == corrected


def rejected(p_values: list[float], level: float) -> set[int]:
    """Holm's procedure as he wrote it: the smallest first, each at the level over those left, until one fails."""
    left = set(range(len(p_values)))
    while left:
        smallest = min(left, key=lambda place: p_values[place])
        if p_values[smallest] * len(left) > level:
            break
        left.remove(smallest)
    return set(range(len(p_values))) - left


@given(st.lists(st.integers(0, 1024).map(lambda number: number / 1024), max_size=12), st.integers(0, 1023))
def test_holm_rejects_what_the_procedure_rejects(p_values: list[float], level: int) -> None:
    found = holm(p_values)
    assert {place for place, p in enumerate(found) if p <= level / 1024} == rejected(p_values, level / 1024)
    assert all(p <= corrected <= 1 for p, corrected in zip(p_values, found, strict=True))
    assert holm(p_values[::-1]) == found[::-1]


SCORES = st.lists(st.tuples(*[st.sampled_from([0.0, 30.0, 30.0 + 1e-12, 41.5, 100.0])] * 2), max_size=20)


@given(SCORES, st.booleans())
def test_segments_compared(scores: list[tuple[float, float]], higher_is_better: bool) -> None:
    system, baseline = (np.array([pair[side] for pair in scores]) for side in (0, 1))
    ties = sum(round(a, 6) == round(b, 6) for a, b in scores)
    higher = sum(round(a, 6) > round(b, 6) for a, b in scores)
    lower = len(scores) - ties - higher
    wins, losses = (higher, lower) if higher_is_better else (lower, higher)
    assert compare_segments(system, baseline, higher_is_better) == (wins, losses, ties)


def test_pairs() -> None:
    assert against("b", ["a", "b", "c"]) == [("a", "b"), ("c", "b")]
    assert all_pairs(["a", "b", "c"]) == [("b", "a"), ("c", "a"), ("c", "b")]
    assert against("a", ["a"]) == all_pairs(["a"]) == []
