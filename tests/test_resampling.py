"""Draws are numpy's (and so sacrebleu's) to the bit, whatever the blocks; sums are exact, whatever their size."""

from collections import Counter
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from duizhao.corpora.errors import ConfigError, InputError
from duizhao.metrics import resampling
from duizhao.metrics.resampling import Weights, bootstrap, halves, randomisation, resamples, sums

Draw = Callable[[dict[str, NDArray[np.int64]], int, int], dict[str, NDArray[np.int64]]]

SIZES = [(1, 1), (1, 200), (2, 65), (3, 64), (31, 130), (32, 1100), (33, 1500), (300, 100), (70_001, 3)]
SEEDS = [0, 12345, 2**40 + 7]
SMALL = {"CELLS": 1 << 10, "MOST_TRIALS": 64, "DRAWS": 100, "SEGMENTS": 5}


def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SMALL.items():
        monkeypatch.setattr(resampling, name, value)


def counts(segments: int, trials: int, seed: int) -> list[Counter[int]]:
    rows = np.random.default_rng(seed).choice(segments, size=(trials, segments), replace=True)
    return [Counter(row) for row in rows.tolist()]


def rows_of(blocks: list[Weights]) -> list[Counter[int]]:
    return [Counter(dict(enumerate(row))) for block in blocks for row in block.tolist()]


@pytest.mark.parametrize(("segments", "trials"), SIZES)
@pytest.mark.parametrize("seed", SEEDS)
def test_resamples_are_those_of_one_choice(segments: int, trials: int, seed: int) -> None:
    assert rows_of(list(resamples(segments, trials, seed))) == counts(segments, trials, seed)


@pytest.mark.parametrize(("segments", "trials"), SIZES)
@pytest.mark.parametrize("seed", SEEDS)
def test_halves_are_those_of_one_call_for_booleans(segments: int, trials: int, seed: int) -> None:
    at_once = np.random.default_rng(seed).integers(2, size=(trials, segments), dtype=bool)
    assert np.concatenate(list(halves(segments, trials, seed))).tolist() == at_once.astype(int).tolist()


@pytest.mark.parametrize("segments", [1, 7, 31, 33, 100])
def test_blocks_do_not_change_the_draws(segments: int, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn, tossed = list(resamples(segments, 300, 5)), list(halves(segments, 300, 5))
    assert len(drawn) == len(tossed) == 1
    small_blocks(monkeypatch)
    drawn_small, tossed_small = list(resamples(segments, 300, 5)), list(halves(segments, 300, 5))
    assert [len(block) for block in drawn_small] == [len(block) for block in tossed_small] == [64, 64, 64, 64, 44]
    assert np.array_equal(np.concatenate(drawn_small), drawn[0])
    assert np.array_equal(np.concatenate(tossed_small), tossed[0])


def test_blocks_hold_no_more_than_they_should() -> None:
    assert [block.shape for block in resamples(1 << 16, 1000, 1)] == [(256, 1 << 16)] * 3 + [(232, 1 << 16)]
    assert next(halves(1_000_000, 10_000, 1)).shape == (64, 1_000_000)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[list[list[int]]], list[list[int]]]:
    """One to three tables of as many rows, and weights for the rows."""
    segments = draw(st.integers(1, 12))
    number = st.integers(0, 1 << draw(st.sampled_from([4, 22, 30, 45, 50, 55])))
    number = number if draw(st.booleans()) else number.map(lambda value: -value)
    rows = [
        draw(st.lists(st.lists(number, min_size=width, max_size=width), min_size=segments, max_size=segments))
        for width in draw(st.lists(st.integers(1, 4), min_size=1, max_size=3))
    ]
    weights = st.lists(st.integers(0, 12), min_size=segments, max_size=segments)
    return rows, draw(st.lists(weights, min_size=1, max_size=5))


@given(tables(), st.integers(1, 5))
def test_sums_are_exact(given_tables: tuple[list[list[list[int]]], list[list[int]]], trials: int) -> None:
    rows, weights = given_tables
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(resampling, "SEGMENTS", 5)
        blocks = [np.array(weights[i : i + trials], np.uint8) for i in range(0, len(weights), trials)]
        found = sums({name: np.array(table, np.int64) for name, table in enumerate(rows)}, blocks)
    for name, table in enumerate(rows):
        wanted = [
            [sum(weight * row[k] for weight, row in zip(trial, table, strict=True)) for k in range(len(table[0]))]
            for trial in weights
        ]
        assert found[name].dtype == np.int64
        assert found[name].tolist() == wanted


@pytest.mark.parametrize("bits", [24, 53])
@pytest.mark.parametrize("more", [-1, 0, 1])
def test_sums_where_floats_end(bits: int, more: int) -> None:
    column = np.array([[2**bits - 1], [2 + more], [2**bits // 3]], np.int64)
    for weights in ([[1, 1, 0], [0, 1, 0]], [[1, 1, 1], [3, 1, 1], [255, 255, 254]]):
        wanted = [[sum(w * int(c) for w, c in zip(row, column[:, 0], strict=True))] for row in weights]
        some = column[:2] if len(weights) == 2 else column
        block = np.array(weights, np.uint8)[:, : len(some)]
        assert sums({"bridge": some}, [block])["bridge"].tolist() == wanted


@pytest.mark.parametrize("segments", [1, 50, resampling.SEGMENTS + 3])
def test_all_systems_are_drawn_alike(segments: int) -> None:
    random = np.random.default_rng(3)
    first, second = (random.integers(0, 1000, (segments, width)) for width in (2, 5))
    for draw in (bootstrap, randomisation):
        together = draw({"a": first, "b": second, "c": first}, 70, 9)
        assert list(together) == ["a", "b", "c"]
        assert np.array_equal(together["a"], together["c"])
        for name, table in (("a", first), ("b", second)):
            assert np.array_equal(together[name], draw({name: table}, 70, 9)[name])


def test_sums_are_those_of_drawn_rows() -> None:
    table: NDArray[np.int64] = np.random.default_rng(4).integers(0, 10**6, (41, 3))
    rows = np.random.default_rng(8).choice(41, size=(90, 41))
    assert np.array_equal(bootstrap({"x": table}, 90, 8)["x"], table[rows].sum(axis=1))
    chosen = np.random.default_rng(8).integers(2, size=(90, 41), dtype=bool)
    assert np.array_equal(randomisation({"x": table}, 90, 8)["x"], chosen @ table)


@pytest.mark.parametrize("draw", [bootstrap, randomisation])
def test_nothing_sums_to_nothing(draw: Draw) -> None:
    assert draw({"x": np.zeros((0, 2), np.int64)}, 3, 1)["x"].tolist() == [[0, 0]] * 3
    assert draw({}, 3, 1) == {}


@pytest.mark.parametrize("draw", [bootstrap, randomisation])
def test_what_makes_no_sense(draw: Draw) -> None:
    table = np.ones((2, 2), np.int64)
    with pytest.raises(InputError, match=r"systems of 2 and 3 segments; wanted as many for each"):
        draw({"a": table, "b": np.ones((3, 2), np.int64)}, 10, 1)
    with pytest.raises(ConfigError, match="trials: 0; wanted 1 or more"):
        draw({"a": table}, 0, 1)
    with pytest.raises(ConfigError, match="seed: -1; wanted 0 or more"):
        draw({"a": table}, 10, -1)
