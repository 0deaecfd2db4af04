"""Agreement of beads: by hand, against the scorer of the development texts, and the benchmark that uses it."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.align.bead_file import Sides
from duizhao.align.bead_scores import BeadScores, Measure, TypeRecall, score_beads

ROOT = Path(__file__).resolve().parents[1]


def module_at(path: Path) -> ModuleType:
    """A module outside the packages."""
    spec = importlib.util.spec_from_file_location(f"loaded_{path.stem}", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look themselves up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def benchmark() -> Any:
    return module_at(ROOT / "benchmarks" / "alignment.py")


@pytest.fixture(scope="session")
def scorer(shared: Path) -> Any:
    return module_at(shared / "gold" / "align" / "score.py")


def beads(*sides: tuple[tuple[int, ...], tuple[int, ...]]) -> list[Sides]:
    return [Sides(*each) for each in sides]


def test_by_hand() -> None:
    gold = beads(((0, 1), (0,)), ((2,), (1,)), ((3,), ()), ((4,), (2, 3)))
    made = beads(((0,), (0,)), ((1,), ()), ((2,), (1,)), ((3,), ()), ((4,), (2,)), ((), (3,)))
    scores = score_beads([(gold, made)])
    assert scores.strict == Measure(2 / 6, 1 / 3)  # right: 2-1 and the lone 3, which recall does not ask for
    assert scores.lax == Measure(4 / 6, 3 / 3)  # made 0-0 and 4-2 share a link, the lone 1 and 3 none
    assert scores.link == Measure(3 / 3, 3 / 5)
    assert scores.deletion == Measure(1 / 3, 1 / 1)
    assert scores.types == {
        "1-0": TypeRecall(1, 1), "1-1": TypeRecall(1, 1), "1-2": TypeRecall(0, 1), "2-1": TypeRecall(0, 1),
    }  # fmt: skip
    assert (scores.made, scores.gold) == (6, 4)


def test_texts_weigh_by_their_beads() -> None:
    one = (beads(((0,), (0,))), beads(((0,), (0,))))
    two = (beads(((0,), (0,)), ((1,), (1,)), ((2,), (2,))), beads(((0, 1, 2), (0, 1, 2))))
    assert score_beads([one, two]).strict == Measure(1 / 2, 1 / 4)
    assert score_beads([one, two]).lax == Measure(2 / 2, 4 / 4)
    assert score_beads([one, two]).types == {"1-1": TypeRecall(1, 4)}


def test_nothing_to_count() -> None:
    none = Measure(0.0, 0.0)
    assert score_beads([]) == BeadScores(none, none, none, none, {}, 0, 0)
    assert score_beads([(beads(((), ())), beads(((), ())))]) == score_beads([])
    assert none.f1 == 0.0 and Measure(1.0, 0.5).f1 == 2 / 3


SIDE = st.lists(st.integers(0, 5), max_size=3).map(tuple)
BEADS = st.lists(st.tuples(SIDE, SIDE).map(lambda sides: Sides(*sides)), max_size=9)


@given(BEADS)
def test_gold_agrees_with_itself(gold: list[Sides]) -> None:
    scores = score_beads([(gold, gold)])
    assert scores.strict.precision == float(any(bead.en or bead.zh for bead in gold))
    assert scores.strict.recall == scores.lax.recall == float(any(bead.en and bead.zh for bead in gold))
    assert {right == wanted for right, wanted in scores.types.values()} <= {True}


@pytest.mark.shared
@given(texts=st.lists(st.tuples(BEADS, BEADS), max_size=3))
def test_the_same_as_the_scorer_of_the_development_texts(
    scorer: Any, texts: list[tuple[list[Sides], list[Sides]]]
) -> None:
    ours = score_beads(texts)
    theirs = scorer.score([([tuple(b) for b in gold], [tuple(b) for b in made]) for gold, made in texts])
    names = ("P", "R", "F1", "laxP", "laxR", "laxF1", "linkF1", "delF1", "beads")
    assert [theirs[name] for name in names] == [
        *ours.strict, ours.strict.f1, *ours.lax, ours.lax.f1, ours.link.f1, ours.deletion.f1, ours.made,
    ]  # fmt: skip
    if all(len({*gold}) == len(gold) for gold, _ in texts):  # there a bead given twice counts twice in its type
        counts = {name: f"{right}/{wanted}" for name, (right, wanted) in ours.types.items()}
        theirs["types"].pop("0-0", None)
        assert theirs["types"].items() <= counts.items() and (len(counts) > 9 or theirs["types"] == counts)


@pytest.mark.shared
@given(made=BEADS, verses=st.lists(st.sampled_from("abc"), min_size=6, max_size=6))
def test_verses_are_merged_as_the_scorer_does(
    scorer: Any, benchmark: Any, made: list[Sides], verses: list[str]
) -> None:
    made = [bead for bead in made if bead.en or bead.zh]
    text = benchmark.Text("river", (), (), (), tuple(verses), tuple(reversed(verses)))
    theirs = scorer.merge_verses([tuple(bead) for bead in made], verses, verses[::-1])
    assert [tuple(bead) for bead in benchmark.merge_verses(made, text)] == theirs


def tales(benchmark: Any, count: int) -> list[Any]:
    """Texts of 30 beads: 1-1, 2-1, 1-2, a lone English and a lone Chinese sentence, six times over."""
    gold = []
    i = j = 0
    for _ in range(6):
        for a, b in ((1, 1), (2, 1), (1, 2), (1, 0), (0, 1)):
            gold.append(Sides(tuple(range(i, i + a)), tuple(range(j, j + b))))
            i, j = i + a, j + b
    return [
        benchmark.Text(
            str(k), tuple(f"en {k} {n}" for n in range(i)), tuple(f"zh {k} {n}" for n in range(j)), tuple(gold)
        )
        for k in range(count)
    ]


@pytest.mark.parametrize("seed", range(20))
def test_stress_takes_out_and_puts_in(benchmark: Any, seed: int) -> None:
    whole = tales(benchmark, 6)
    made = benchmark.stress(whole, seed)
    assert made == benchmark.stress(whole, seed) and made != benchmark.stress(whole, seed + 1)
    own = [[s for s in text.en if s in before.en] for before, text in zip(whole, made, strict=True)]
    assert [len(before.en) - len(kept) for before, kept in zip(whole, own, strict=True)] == [5] * 6
    assert [len(text.en) - len(kept) for text, kept in zip(made, own, strict=True)] == [5, 6] * 3
    for before, text, kept in zip(whole, made, own, strict=True):
        assert kept == [s for s in before.en if s in kept] and text.zh == before.zh
        assert sorted(i for bead in text.gold for i in bead.en) == list(range(len(text.en)))
        assert sorted(j for bead in text.gold for j in bead.zh) == list(range(len(text.zh)))
        # What stood together still does, a stranger or a widowed sentence stands alone, and no bead has a gap.
        was = {
            frozenset(before.en[i] for i in bead.en) & {*kept}: {before.zh[j] for j in bead.zh} for bead in before.gold
        }
        for bead in text.gold:
            en, zh = frozenset(text.en[i] for i in bead.en), {text.zh[j] for j in bead.zh}
            assert [*bead.en] == list(range(bead.en[0], bead.en[-1] + 1)) if bead.en else len(zh) == 1
            assert (en <= {*kept} and was[en] == zh) if en & {*kept} else (len(en) + len(zh) == 1)
        strangers = [s for s in text.en if s not in kept]
        assert len({s.split()[1] for s in strangers}) == 1


def test_the_benchmark_measures_what_it_is_given(benchmark: Any) -> None:
    texts = tales(benchmark, 2)
    perfect = {text.en: text.gold for text in texts}
    measured = benchmark.measure(texts, lambda en, zh: perfect[en])
    assert measured.scores.strict == Measure(1.0, 1.0) and measured.sentences == 2 * (30 + 30)
    assert benchmark.table_row("tales", 2, measured).split()[:9] == [
        "tales", "2", "120", "1.0000", "1.0000", "1.0000", "1.0000", "1.0000", "1.0000",
    ]  # fmt: skip


@pytest.mark.shared
def test_the_sets_are_there(benchmark: Any, shared: Path) -> None:
    folder = shared / "gold" / "align"
    sizes = {
        name: len(benchmark.load_set(folder / name)) for name in benchmark.SETS if name not in ("stress", "abstracts")
    }
    assert sizes == {"mac-dev": 6, "hansard-1993": 1, "sinorama-1987": 1, "un-1993": 1, "bible-5k": 1}
    stressed = benchmark.stress(benchmark.load_set(folder / "mac-dev"))
    assert (
        sum(len(text.en) for text in stressed)
        == sum(len(text.en) for text in benchmark.load_set(folder / "mac-dev")) - 30 + 33
    )
