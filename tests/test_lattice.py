"""Chains of beads in a band: the best one and all probabilities, against chains written out one by one.

In no chain does a lone sentence of the first side come right after one of the second.
"""

import math
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duizhao.align.lattice import HALF, MAX_SIDE, MAX_SUM, NEVER, TYPES, WIDTH, Band, Lattice, Scores, band_around
from duizhao.align.path import Corner

LONE_EN, LONE_ZH = TYPES.index((1, 0)), TYPES.index((0, 1))
Chain = tuple[tuple[int, int, int], ...]  # (i, j, kind) of each bead

SIZES = st.tuples(st.integers(0, 4), st.integers(0, 4)).filter(any)
SEEDS = st.integers(0, 2**32 - 1)


@st.composite
def paths(draw: st.DrawFn, longest: int = 40) -> list[Corner]:
    """Corners from (0, 0), each further on than the one before by some sentences of either side."""
    moves = st.tuples(st.integers(0, longest), st.integers(0, longest)).filter(any)
    path = [(0, 0)]
    for a, b in draw(st.lists(moves, min_size=1, max_size=5)):
        path.append((path[-1][0] + a, path[-1][1] + b))
    return path


@cache
def chains(i: int, j: int) -> tuple[Chain, ...]:
    """All chains of beads from (0, 0) to (i, j)."""
    if not i and not j:
        return ((),)
    return tuple(
        (*chain, (i, j, kind))
        for kind, (a, b) in enumerate(TYPES)
        if a <= i and b <= j
        for chain in chains(i - a, j - b)
        if not (kind == LONE_EN and chain and chain[-1][2] == LONE_ZH)
    )


def random_scores(lattice: Lattice, seed: int, size: float = 3.0) -> Scores:
    length = lattice.band.n + lattice.band.m + 1
    scores = np.random.default_rng(seed).normal(0, size, (length, len(TYPES), WIDTH))
    return np.where(lattice.allowed(0, length), scores, NEVER)


def score(scores: Scores, band: Band, i: int, j: int, kind: int) -> float:
    return float(scores[i + j, kind, i - band.base[i + j]])


def log_sum(values: list[float]) -> float:
    top = max(values)
    return top + math.log(math.fsum(math.exp(value - top) for value in values))


def test_the_types_are_lone_sentences_and_all_beads_within_the_bounds() -> None:
    assert TYPES[:3] == ((1, 0), (0, 1), (1, 1))
    assert len(set(TYPES)) == len(TYPES) == 28
    assert max(max(kind) for kind in TYPES) == MAX_SIDE
    assert max(sum(kind) for kind in TYPES) == MAX_SUM
    assert all((b, a) in TYPES for a, b in TYPES)


@given(SIZES, SEEDS)
def test_the_best_of_all_chains(size: tuple[int, int], seed: int) -> None:
    band = band_around([(0, 0), size])
    lattice = Lattice(band)
    scores = random_scores(lattice, seed)
    best = max(chains(*size), key=lambda chain: sum(score(scores, band, *bead) for bead in chain))
    steps = lattice.best(scores)
    assert tuple((step.i, step.j, step.kind) for step in steps) == best
    assert [step.cell for step in steps] == [step.i - band.base[step.i + step.j] for step in steps]


@given(SIZES, SEEDS)
def test_probabilities_are_shares_of_all_chains(size: tuple[int, int], seed: int) -> None:
    band = band_around([(0, 0), size])
    lattice = Lattice(band)
    scores = random_scores(lattice, seed)
    sums = [math.fsum(score(scores, band, *bead) for bead in chain) for chain in chains(*size)]
    whole = log_sum(sums)
    wanted = np.zeros_like(scores)
    for chain, total in zip(chains(*size), sums, strict=True):
        for i, j, kind in chain:
            wanted[i + j, kind, i - band.base[i + j]] += math.exp(total - whole)
    found, found_whole = lattice.sums(scores)
    assert found_whole == pytest.approx(whole, abs=1e-9)
    np.testing.assert_allclose(found, wanted, rtol=1e-6, atol=1e-9)
    assert np.array_equal(lattice.probabilities(scores), found)


@given(SIZES, SEEDS, st.data())
def test_a_bead_that_never_ends_anywhere_is_in_no_chain(size: tuple[int, int], seed: int, data: st.DataObject) -> None:
    kind = data.draw(st.integers(2, len(TYPES) - 1))
    lattice = Lattice(band_around([(0, 0), size]))
    scores = random_scores(lattice, seed)
    scores[:, kind] = NEVER
    assert all(step.kind != kind for step in lattice.best(scores))
    assert lattice.probabilities(scores)[:, kind].max() == 0.0


@given(paths())
def test_the_band_follows_the_path(path: list[Corner]) -> None:
    band = band_around(path)
    assert (band.n, band.m) == path[-1]
    assert len(band.base) == band.n + band.m + 1
    assert set(np.diff(band.base).tolist()) <= {0, 1}
    for (i0, j0), (i1, j1) in pairwise(path):
        for d in range(i0 + j0, i1 + j1 + 1):
            middle = i0 + (i1 - i0) * (d - i0 - j0) / (i1 + j1 - i0 - j0)
            assert abs(band.base[d] + HALF - middle) < 0.5 + 1e-9


@given(paths())
def test_columns_are_those_of_the_cells(path: list[Corner]) -> None:
    band = band_around(path)
    i, j = band.cells(0, len(band.base))
    for row in range(band.n + 1):
        columns = j[(i == row) & (j >= 0) & (j <= band.m)]
        assert band.columns(row) == (columns.min(), columns.max())


@given(paths(), st.data())
def test_cells_of_some_diagonals(path: list[Corner], data: st.DataObject) -> None:
    band = band_around(path)
    first = data.draw(st.integers(0, len(band.base) - 1))
    last = data.draw(st.integers(first + 1, len(band.base)))
    i, j = band.cells(first, last)
    assert i.shape == j.shape == (last - first, WIDTH)
    assert (np.arange(first, last) == (i + j).T).all()
    whole = Lattice(band).allowed(0, len(band.base))
    assert np.array_equal(Lattice(band).allowed(first, last), whole[first:last])


def beads_within(band: Band) -> Iterator[tuple[int, int, int]]:
    """Every bead that begins and ends in a cell of the band and of the texts, in the order of their ends."""
    inside = {
        (i, d - i)
        for d, base in enumerate(band.base.tolist())
        for i in range(base, base + WIDTH)
        if 0 <= i <= band.n and 0 <= d - i <= band.m
    }
    for i, j in sorted(inside, key=sum):
        for kind, (a, b) in enumerate(TYPES):
            if (i - a, j - b) in inside:
                yield i, j, kind


@given(paths(8))
def test_beads_stay_in_the_band_and_in_the_texts(path: list[Corner]) -> None:
    band = band_around(path)
    wanted = np.zeros((len(band.base), len(TYPES), WIDTH), dtype=bool)
    for i, j, kind in beads_within(band):
        wanted[i + j, kind, i - band.base[i + j]] = True
    assert np.array_equal(Lattice(band).allowed(0, len(band.base)), wanted)


@settings(max_examples=25)
@given(paths(8), SEEDS)
def test_sums_and_best_in_a_narrow_band(path: list[Corner], seed: int) -> None:
    """The same sums cell by cell, in texts longer than the band is wide."""
    band = band_around(path)
    lattice = Lattice(band)
    scores = random_scores(lattice, seed)
    ways: dict[tuple[int, int], list[tuple[bool, float, float]]] = {(0, 0): [(False, 0.0, 0.0)]}
    for i, j, kind in beads_within(band):
        a, b = TYPES[kind]
        own = score(scores, band, i, j, kind)
        before = [way for way in ways.get((i - a, j - b), []) if not (way[0] and kind == LONE_EN)]
        if before:
            most, total = max(way[1] for way in before), log_sum([way[2] for way in before])
            ways.setdefault((i, j), []).append((kind == LONE_ZH, own + most, own + total))
    steps = lattice.best(scores)
    best = math.fsum(score(scores, band, step.i, step.j, step.kind) for step in steps)
    assert best == pytest.approx(max(way[1] for way in ways[path[-1]]))
    assert lattice.sums(scores)[1] == pytest.approx(log_sum([way[2] for way in ways[path[-1]]]))


@settings(max_examples=50)
@given(paths(10), SEEDS, st.sampled_from([0.0, 1.0, 50.0, 2000.0]))
def test_each_sentence_is_in_some_bead_for_certain(path: list[Corner], seed: int, size: float) -> None:
    band = band_around(path)
    lattice = Lattice(band)
    found = lattice.probabilities(random_scores(lattice, seed, size))
    i, j = band.cells(0, len(band.base))
    covered_en, covered_zh = np.zeros(band.n), np.zeros(band.m)
    for kind, (a, b) in enumerate(TYPES):
        for d, cell in np.argwhere(found[:, kind] > 1e-12):
            covered_en[i[d, cell] - a : i[d, cell]] += found[d, kind, cell]
            covered_zh[j[d, cell] - b : j[d, cell]] += found[d, kind, cell]
    np.testing.assert_allclose(covered_en, 1.0, atol=1e-6)
    np.testing.assert_allclose(covered_zh, 1.0, atol=1e-6)


@given(paths(), SEEDS)
def test_the_best_chain_goes_from_end_to_end(path: list[Corner], seed: int) -> None:
    lattice = Lattice(band_around(path))
    at, last = (0, 0), -1
    for step in lattice.best(random_scores(lattice, seed)):
        a, b = TYPES[step.kind]
        assert (step.i - a, step.j - b) == at
        assert (last, step.kind) != (LONE_ZH, LONE_EN)
        at, last = (step.i, step.j), step.kind
    assert at == path[-1]


def test_a_lone_sentence_is_certain_where_there_is_no_other_side() -> None:
    lattice = Lattice(band_around([(0, 0), (3, 0)]))
    scores = random_scores(lattice, 1)
    assert [(step.i, step.j, TYPES[step.kind]) for step in lattice.best(scores)] == [
        (1, 0, (1, 0)),
        (2, 0, (1, 0)),
        (3, 0, (1, 0)),
    ]
    assert lattice.probabilities(scores).sum() == pytest.approx(3.0)


def test_two_sentences_are_together_or_alone_and_then_in_one_order() -> None:
    lattice = Lattice(band_around([(0, 0), (1, 1)]))
    scores = np.where(lattice.allowed(0, 3), 0.0, NEVER)
    found, whole = lattice.sums(scores)
    assert whole == pytest.approx(math.log(2))
    i, _ = lattice.band.cells(0, 3)
    beads = {
        (int(i[d, cell]), int(d - i[d, cell]), TYPES[kind]): round(float(found[d, kind, cell]), 9)
        for d, kind, cell in zip(*np.nonzero(found), strict=True)
    }
    assert beads == {(1, 1, (1, 1)): 0.5, (1, 0, (1, 0)): 0.5, (1, 1, (0, 1)): 0.5}
