"""The aligner and the span locator on the development texts: what they reached must not be lost."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.shared

# Set of benchmarks/alignment.py, least strict F1.
FLOORS = {
    "mac-dev": 0.91,
    "stress": 0.895,
    "hansard-1993": 0.98,
    "sinorama-1987": 0.88,
    "un-1993": 0.98,
    "abstracts": 0.99,
}


def test_beads_of_the_development_sets(shared: Path) -> None:
    said = benchmark("alignment.py", str(shared), "--sets", ",".join(FLOORS))
    reached = {row[0]: float(row[5]) for row in (line.split() for line in said.split("\n")) if row and row[0] in FLOORS}
    assert set(reached) == set(FLOORS)
    assert {name: f1 for name, f1 in reached.items() if f1 < FLOORS[name]} == {}


def test_spans_of_the_labelled_terms(shared: Path) -> None:
    said = benchmark("spans.py", str(shared))
    found = re.search(r"^all\s+(\d+)\s+([\d.]+)\s+([\d.]+)", said, re.MULTILINE)
    assert found is not None
    terms, exact, overlap = int(found[1]), float(found[2]), float(found[3])
    assert (terms, exact >= 0.89, overlap >= 0.94) == (460, True, True)


def benchmark(name: str, *arguments: str) -> str:
    """What a script of benchmarks/ prints."""
    command = [sys.executable, str(ROOT / "benchmarks" / name), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout
