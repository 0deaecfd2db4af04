"""Errors planted in Chinese written from English: how many are found in both scripts, and what stays unflagged."""

import runpy
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

BENCHMARK = Path(__file__).resolve().parents[1] / "benchmarks" / "planted.py"
# What benchmarks/planted.py printed on 22 November 2026: 44 of 56 in simplified characters, 43 in traditional ones.
FLOORS = {
    "": {"term": 4, "name": 4, "number": 11, "coverage": 7, "untranslated": 9, "form": 9},
    "_hant": {"term": 4, "name": 4, "number": 11, "coverage": 6, "untranslated": 9, "form": 9},
}


@pytest.fixture(scope="module")
def bench() -> dict[str, Any]:
    return runpy.run_path(str(BENCHMARK))


@pytest.fixture(scope="module", params=list(FLOORS), ids=["simplified", "traditional"])
def script(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def found(bench: dict[str, Any], script: str) -> Counter[str]:
    cases = bench["rows"]("planted_en_zh.jsonl")
    ids = bench["found_of"](cases, script)
    return Counter(case["family"] for case in cases if case["id"] in ids)


def test_planted_errors_are_found(found: Counter[str], script: str) -> None:
    assert {family: min(found[family], floor) for family, floor in FLOORS[script].items()} == FLOORS[script]


def test_clean_twins_are_not_flagged(bench: dict[str, Any], script: str) -> None:
    cases = bench["rows"]("planted_en_zh.jsonl")
    assert bench["flags"]((case["en"], case["clean" + script]) for case in cases) == []


def test_good_translations_are_hardly_flagged(bench: dict[str, Any]) -> None:
    good = [row for row in bench["rows"]("good_pairs.jsonl") if row["direction"] == "en-zh"]
    words = sum(len(row["en"].split()) for row in good)
    assert words > 5000
    assert 300 * len(bench["flags"]((row["en"], row["zh"]) for row in good)) < words
