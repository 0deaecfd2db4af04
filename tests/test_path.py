"""The first path: who is whose best match, whatever is missing, and the same by way of groups."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.align import path as path_module
from duizhao.align.encoder import Floats
from duizhao.align.path import Corner, first_path


def units(count: int, seed: int, width: int = 64) -> Floats:
    return normal(np.random.default_rng(seed).standard_normal((count, width)))


def normal(vectors: np.ndarray) -> Floats:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def with_noise(vectors: Floats, size: float, seed: int) -> Floats:
    """The vectors, each turned by noise of so many times its length."""
    noise = np.random.default_rng(seed).standard_normal(vectors.shape) / np.sqrt(vectors.shape[1])
    return normal(vectors + size * noise)


def matched(left: list[int], right: list[int]) -> list[Corner]:
    """The path of texts that hold sentences of these numbers, all of them known to match."""
    pairs = [(left.index(k) + 1, right.index(k) + 1) for k in sorted({*left} & {*right})]
    return sorted({(0, 0), *pairs, (len(left), len(right))})


EVERY = list(range(30))
# Which of thirty sentences each side has.
TEXTS = [
    (EVERY, EVERY),
    (EVERY, EVERY[:10] + EVERY[20:]),
    (EVERY[:10] + EVERY[20:], EVERY),
    (EVERY, EVERY[12:]),
    (EVERY, EVERY[:12]),
    (EVERY[5:], EVERY[:25]),
    (EVERY[:20], EVERY[10:]),
    (EVERY[::2], EVERY),
    (EVERY, [0]),
    ([29], EVERY),
    ([7], EVERY),
    ([3], [3]),
    (EVERY[:2], EVERY),
]


@pytest.mark.parametrize("noise", [0.0, 0.7])
@pytest.mark.parametrize(("left", "right"), TEXTS)
def test_what_matches_is_on_the_path(left: list[int], right: list[int], noise: float) -> None:
    vectors = units(30, 1)
    assert first_path(vectors[left], with_noise(vectors[right], noise, 2)) == matched(left, right)


@pytest.mark.parametrize("cells", [4, 60, 400])
@pytest.mark.parametrize(("left", "right"), TEXTS)
def test_the_same_by_way_of_groups(
    monkeypatch: pytest.MonkeyPatch, left: list[int], right: list[int], cells: int
) -> None:
    """Two groups a side, eight, or twenty; the fine path looks so far beside the coarse one that it finds its own."""
    monkeypatch.setattr(path_module, "_CELLS", cells)
    vectors = units(30, 1)
    assert first_path(vectors[left], with_noise(vectors[right], 0.7, 2)) == matched(left, right)


def test_a_long_text_by_way_of_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chapters are missing on both sides, and the band of the fine path is far smaller than the grid."""
    vectors = units(900, 3)
    left, right = [*range(300), *range(400, 900)], [*range(600), *range(750, 900)]
    one, other = vectors[left], with_noise(vectors[right], 0.7, 4)
    monkeypatch.setattr(path_module, "_CELLS", 5_000)
    assert first_path(one, other) == matched(left, right)


def test_far_from_the_coarse_path_nothing_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    vectors = units(900, 3)
    monkeypatch.setattr(path_module, "_CELLS", 5_000)
    seen = []
    whole = path_module._matches

    def counted(left: Floats, right: Floats, low: np.ndarray, high: np.ndarray) -> list[np.ndarray]:
        seen.append(int((high - low).sum()))
        return whole(left, right, low, high)

    monkeypatch.setattr(path_module, "_matches", counted)
    assert first_path(vectors, vectors) == [(k, k) for k in range(901)]
    assert seen[0] == 70 * 70  # groups of 13
    assert len(seen) == 2
    assert seen[1] < 900 * 17 * 13  # four groups along either side of the path, and four beside, make eight


def gains(left: Floats, right: Floats) -> np.ndarray:
    """What each match is worth, from the definition: by how much it is above the fourth best of its row and column."""
    similar = left @ right.T
    row = np.sort(similar, axis=1)[:, -min(4, len(right))][:, None]
    column = np.sort(similar, axis=0)[-min(4, len(left))][None, :]
    mutual = (similar >= row) & (similar >= column)
    return np.where(mutual, similar - (row + column) / 2 + similar / 1000, 0.0)


SIDES = st.tuples(st.integers(1, 12), st.integers(1, 12), st.integers(0, 2**32 - 1))


@given(SIDES)
def test_no_path_is_worth_more(sides: tuple[int, int, int]) -> None:
    n, m, seed = sides
    left, right = units(n, seed, 4), units(m, seed + 1, 4)
    worth = gains(left, right)
    best = np.zeros((n + 1, m + 1))
    for i in range(1, n + 1):
        for j in range(1, m + 1):
            best[i, j] = max(best[i - 1, j], best[i, j - 1], best[i - 1, j - 1] + worth[i - 1, j - 1])
    found = first_path(left, right)
    last = max(0.0, worth[-1, -1]) if found[-2][0] < n and found[-2][1] < m else 0.0  # the end may be a match or none
    assert sum(worth[i - 1, j - 1] for i, j in found[1:-1]) + last == pytest.approx(best[n, m], abs=1e-5)


@given(SIDES)
def test_no_path_within_bounds_is_worth_more(sides: tuple[int, int, int]) -> None:
    """Rows that begin and end further and further on, as they do near a coarse path."""
    n, m, seed = sides
    random = np.random.default_rng(seed)
    low, high = np.sort(random.integers(0, m, n)), np.sort(random.integers(1, m + 1, n))
    low, high = np.minimum(low, high), np.maximum(high, low)
    worth = np.where(random.random((n, m)) < 0.5, random.random((n, m)), 0.0)
    inside = (np.arange(m) >= low[:, None]) & (np.arange(m) < high[:, None])
    best = np.zeros((n + 1, m + 1))
    for i in range(1, n + 1):
        for j in range(1, m + 1):
            match = best[i - 1, j - 1] + worth[i - 1, j - 1] if inside[i - 1, j - 1] else 0.0
            best[i, j] = max(best[i - 1, j], best[i, j - 1], match)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            path_module, "_matches", lambda *_: [row[a:b] for row, a, b in zip(worth, low, high, strict=True)]
        )
        found = path_module._path(units(n, 1), units(m, 1), low, high)
    assert all(inside[i - 1, j - 1] for i, j in found[1:-1])
    last = worth[-1, -1] if inside[-1, -1] and found[-2][0] < n and found[-2][1] < m else 0.0
    assert sum(worth[i - 1, j - 1] for i, j in found[1:-1]) + last == pytest.approx(best[n, m])


@given(SIDES, st.sampled_from([1, 2, 7, 40, 4_000_000]))
def test_corners_rise_from_end_to_end(sides: tuple[int, int, int], cells: int) -> None:
    n, m, seed = sides
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(path_module, "_CELLS", cells)
        found = first_path(units(n, seed, 4), units(m, seed + 1, 4))
    assert (found[0], found[-1]) == ((0, 0), (n, m))
    assert all(i < i1 and j < j1 for (i, j), (i1, j1) in pairwise(found[:-1]))
    assert found[-2][0] <= n
    assert found[-2][1] <= m


def test_sentences_all_alike_go_one_by_one() -> None:
    same = np.tile(units(1, 5), (9, 1))
    assert first_path(same, same) == [(k, k) for k in range(10)]


def test_vectors_of_zeros_match_nothing() -> None:
    nothing = np.zeros((3, 8), dtype=np.float32)
    assert first_path(nothing, nothing) == [(0, 0), (3, 3)]
    assert first_path(nothing, units(5, 6, 8)) == [(0, 0), (3, 5)]


def test_a_sentence_twice_goes_where_its_neighbours_go() -> None:
    vectors = units(12, 7)
    text = [0, 1, 5, 2, 3, 5, 4, 6, 5, 7]
    assert first_path(vectors[text], vectors[[*text, 11]])[:-1] == [(k, k) for k in range(len(text) + 1)]


def test_the_path_back_is_the_path() -> None:
    one, other = units(25, 8), with_noise(units(25, 8), 0.9, 9)[3:]
    assert first_path(other, one) == [(j, i) for i, j in first_path(one, other)]
