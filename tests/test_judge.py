"""How likely a rendering is wrong: the direction of each weight, and that the weights are those of the evidence."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.metrics.evidence import FEATURES
from duizhao.metrics.judge import probability
from duizhao.metrics.judge_weights import BIAS, WEIGHTS

evidences = st.lists(st.floats(0, 1), min_size=len(FEATURES), max_size=len(FEATURES))


def test_the_weights_are_those_of_the_evidence_in_its_order() -> None:
    assert tuple(WEIGHTS) == FEATURES
    assert all(math.isfinite(weight) for weight in (BIAS, *WEIGHTS.values()))


def changed(evidence: list[float], name: str, by: float) -> list[float]:
    return [value + by * (feature == name) for value, feature in zip(evidence, FEATURES, strict=True)]


# What accuses a rendering, and what speaks for it.
DIRECTIONS = [
    ("confidence", 1),  # surely at its place
    ("of_field", 1),  # among the field's terms
    ("listed", 1),  # a termbase knows better
    ("unwritten", 1),  # the field never writes it
    ("of_another", 1),  # it renders another term
    ("top_dice", 1),  # the field agrees on one rendering
    ("alike", -1),  # it means what the field writes
    ("like_top", -1),  # it shares characters with that
    ("around", -1),  # it holds an approved one
    ("log_written", -1),  # the field writes it often
]


@pytest.mark.parametrize(("name", "sign"), DIRECTIONS)
@given(evidence=evidences, more=st.floats(0, 1))
def test_more_evidence_never_says_less(name: str, sign: int, evidence: list[float], more: float) -> None:
    before, after = probability(evidence), probability(changed(evidence, name, more))
    assert sign * after >= sign * before


@given(st.lists(st.floats(allow_nan=False), min_size=len(FEATURES), max_size=len(FEATURES)))
def test_always_between_none_and_all(evidence: list[float]) -> None:
    total = sum(weight * value for weight, value in zip(WEIGHTS.values(), evidence, strict=True))
    if not math.isnan(total):
        assert 0 < probability(evidence) <= 1


def test_nothing_known_accuses_nobody() -> None:
    assert probability([0.0] * len(FEATURES)) == pytest.approx(1 / (1 + math.exp(-BIAS)))
    assert probability([0.0] * len(FEATURES)) < 0.05


def test_all_or_nothing() -> None:
    with pytest.raises(ValueError, match="zip"):
        probability([0.0] * (len(FEATURES) - 1))
