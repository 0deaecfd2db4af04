"""N-grams that hypothesis and references share: against a Counter, whatever the tokens, their number and the passes."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from duizhao.metrics import gram_counts
from duizhao.metrics.gram_counts import Tokens, clipped_matches, shared_grams

Segment = tuple[list[int], list[list[int]]]  # hypothesis, references


def grams(tokens: Sequence[int], n: int) -> Counter[tuple[int, ...]]:
    return Counter(tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1))


def counted(segment: Segment, order: int) -> list[int]:
    """The definition: the hypothesis' counts, clipped by the largest of the references'."""
    hypothesis, references = segment
    found = []
    for n in range(1, order + 1):
        most: Counter[tuple[int, ...]] = Counter()
        for reference in references:
            most |= grams(reference, n)
        found.append(sum((grams(hypothesis, n) & most).values()))
    return found


def tokens(texts: Sequence[Sequence[int]], dtype: str = "uint64") -> Tokens:
    codes = np.array([code for text in texts for code in text], dtype=dtype)
    return Tokens(codes, np.array([len(text) for text in texts], dtype=np.int64))


def matches(segments: Sequence[Segment], references: int, order: int) -> list[list[int]]:
    streams = [tokens([segment[1][k] for segment in segments]) for k in range(references)]
    found: list[list[int]] = clipped_matches(tokens([segment[0] for segment in segments]), streams, order).tolist()
    return found


TABLE = [
    ([1, 2, 3], [[1, 2, 3]], [3, 2, 1]),
    ([1, 1, 1], [[1, 1]], [2, 1, 0]),  # clipped
    ([1, 1, 1], [[1], [1, 1]], [2, 1, 0]),  # by the reference with most, not by the sum
    ([1, 2, 1, 3], [[1, 3], [1, 2]], [3, 2, 0]),
    ([1, 2], [[3, 1, 2]], [2, 1, 0]),  # alike ends are no longer n-grams
    ([2, 1], [[2, 1, 3]], [2, 1, 0]),
    ([1], [[1]], [1, 0, 0]),
    ([], [[1]], [0, 0, 0]),
    ([1], [[]], [0, 0, 0]),
    ([], [[]], [0, 0, 0]),
    ([1, 2], [[], [2, 1], []], [2, 0, 0]),
]


@pytest.mark.parametrize(("hypothesis", "references", "wanted"), TABLE)
def test_one_segment(hypothesis: list[int], references: list[list[int]], wanted: list[int]) -> None:
    assert matches([(hypothesis, references)], len(references), 3) == [wanted]


def test_segments_share_nothing() -> None:
    segments: list[Segment] = [([1, 2], [[3, 4]]), ([], [[]]), ([3, 4], [[1, 2]]), ([], [[9]]), ([1, 2], [[1, 2]])]
    assert matches(segments, 1, 2) == [[0, 0], [0, 0], [0, 0], [0, 0], [2, 1]]


def test_nothing_to_count() -> None:
    assert clipped_matches(tokens([]), [tokens([])], 4).shape == (0, 4)
    assert clipped_matches(tokens([[1]]), [tokens([[1]])], 0).shape == (1, 0)
    assert clipped_matches(tokens([[1]]), [], 2).tolist() == [[0, 0]]


def test_tokens_by_segment_are_counted_alike() -> None:
    found = shared_grams(np.array([7, 7, 8, 7, 8, 5, 7]), np.array([[3, 2], [0, 2]]), 2)
    assert found.tolist() == [[2, 1], [0, 0]]


NUMBERS = [
    pytest.param(7, 511, 1, id="63 bits and one for the side: a whole key"),
    pytest.param(7, 512, 1, id="one more: an order at a time"),
    pytest.param(6, 1023, 1, id="61 bits"),
    pytest.param(6, 1023, 3, id="62 bits, four sides"),
    pytest.param(6, 3000, 1, id="72 bits"),
    pytest.param(6, 3000, 2, id="72 bits, two references"),
    pytest.param(4, 40_000, 1, id="64 bits and one for the side"),
    pytest.param(30, 5, 1, id="long n-grams"),
]


@pytest.mark.parametrize(("order", "different", "references"), NUMBERS)
def test_many_different_tokens(order: int, different: int, references: int) -> None:
    whole = list(range(1, different + 1))
    segment: Segment = ([*whole, 1, 2, 3], [[1, 2, 3, *whole[k:]] for k in range(references)])
    few: Segment = ([1, 2], [[2, 1] for _ in range(references)])
    assert matches([segment, few], references, order) == [counted(segment, order), counted(few, order)]


@pytest.mark.parametrize("dtype", ["uint16", "int32", "uint32", "int64", "uint64"])
def test_any_integers_are_codes(dtype: str) -> None:
    large = int(np.iinfo(dtype).max)
    found = clipped_matches(tokens([[large, large - 1, 1]], dtype), [tokens([[1, large, large - 1]], dtype)], 3)
    assert found.tolist() == [[3, 1, 0]]


def test_codes_of_two_types() -> None:
    signed, unsigned = tokens([[1 << 60, 2]], "int64"), tokens([[(1 << 60) + 1, 2]], "uint64")
    assert clipped_matches(signed, [unsigned], 2).tolist() == [[1, 0]]


def texts(code: st.SearchStrategy[int]) -> st.SearchStrategy[list[int]]:
    return st.lists(code, max_size=25)


@st.composite
def runs(draw: st.DrawFn) -> tuple[list[Segment], int]:
    """Segments whose references are often changed hypotheses, and how many references each has."""
    code = st.integers(1, draw(st.sampled_from([1, 2, 5, 70, 1 << 17, 1 << 62])))
    references = draw(st.integers(1, 3))
    segments: list[Segment] = []
    for _ in range(draw(st.integers(0, 8))):
        hypothesis = draw(texts(code))
        sides = []
        for _ in range(references):
            cut, put = draw(st.integers(0, len(hypothesis))), draw(st.lists(code, max_size=3))
            changed = [*hypothesis[:cut], *put, *hypothesis[cut + draw(st.integers(0, 3)) :]]
            sides.append(draw(st.sampled_from([changed, hypothesis, []])) if draw(st.booleans()) else draw(texts(code)))
        segments.append((hypothesis, sides))
    return segments, references


@given(runs(), st.integers(1, 7), st.sampled_from([1, 9, 1 << 16]))
@example(([], 1), 6, 1)
def test_counts_are_those_of_a_counter(run: tuple[list[Segment], int], order: int, positions: int) -> None:
    segments, references = run
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gram_counts, "_POSITIONS", positions)  # of a pass: cuts must change nothing
        assert matches(segments, references, order) == [counted(segment, order) for segment in segments]
