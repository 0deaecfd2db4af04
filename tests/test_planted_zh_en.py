"""Errors planted in English written from Chinese: how many are found, and that their clean twins stay unflagged."""

import runpy
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

BENCHMARK = Path(__file__).resolve().parents[1] / "benchmarks" / "reverse.py"
# What benchmarks/reverse.py printed on 22 November 2026, less what a larger termbase may hide.
FLOORS = {"term": 8, "name": 6, "number": 13, "coverage": 12, "untranslated": 10, "form": 11}


@pytest.fixture(scope="module")
def bench() -> dict[str, Any]:
    return runpy.run_path(str(BENCHMARK))


@pytest.fixture(scope="module")
def found(bench: dict[str, Any]) -> Counter[str]:
    cases = bench["rows"]("planted_zh_en.jsonl")
    ids = bench["found_of"](cases)
    return Counter(case["family"] for case in cases if case["id"] in ids)


@pytest.mark.parametrize("family", sorted(FLOORS))
def test_planted_errors_are_found(found: Counter[str], family: str) -> None:
    assert found[family] >= FLOORS[family]


def test_six_in_seven_are_found(bench: dict[str, Any], found: Counter[str]) -> None:
    assert sum(found.values()) >= 0.85 * len(bench["rows"]("planted_zh_en.jsonl"))


def test_clean_twins_are_not_flagged(bench: dict[str, Any]) -> None:
    cases = bench["rows"]("planted_zh_en.jsonl")
    assert bench["flags"]((case["clean"], case["zh"]) for case in cases) == []


def test_good_translations_are_hardly_flagged(bench: dict[str, Any]) -> None:
    good = bench["good_pairs"]()
    words = sum(len(row["en"].split()) for row in good)
    assert 300 * len(bench["flags"]((row["en"], row["zh"]) for row in good)) < words
