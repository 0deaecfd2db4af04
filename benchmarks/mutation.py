"""How many small changes to metrics/ and align/ the tests notice: a random sample of mutants, with an interval.

pip install --target TOOLS cosmic-ray coverage
PYTHONPATH=TOOLS .venv/bin/python benchmarks/mutation.py WORK [SEED [METRICS ALIGN]]

METRICS and ALIGN mutants (300 and 150) are drawn uniformly from all of each folder; mutants.py says what counts. The
project is copied to WORK/tree, once, and only the copy is run: remove WORK to measure newer sources. Tests of the copy
may be changed; which lines they run is then learned anew, into WORK/map.

A mutant is given the tests that run its line, then those that run its function, its module and what imports that; first
those that run the fewest lines, then one of each test function before a second of any; at most 300 of them and 15
seconds of their time. The first that fails kills it. One that needs too long counts as killed, and is told apart. What
survives here may yet die in the whole suite: the figure is a lower bound. Every twentieth mutant is tried once more
without its change, which must survive. Results stay in WORK/results, and a run that was stopped goes on where it was.
"""

import json
import os
import random
import sys
import time
from collections import Counter
from dataclasses import asdict, astuple
from functools import partial
from math import sqrt
from pathlib import Path
from typing import Any

import pytest
from mutants import Mutant, change_of, find_mutants, mutate
from mutation_copy import Copy, copied, forget, in_a_process, pytest_run, read
from mutation_tests import Tests, learned


class Chosen:
    """Runs these tests alone, in this order, up to the first that fails, and says which that was."""

    def __init__(self, tests: list[str], said: Path) -> None:
        self.rank = {test: k for k, test in enumerate(tests)}
        self.said = said

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = sorted((item for item in items if item.nodeid in self.rank), key=lambda item: self.rank[item.nodeid])

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.outcome == "failed":
            self.said.write_text(report.nodeid, encoding="utf-8")


def verdict(work: Path, finder: Copy, mutant: Mutant, text: str | None, tests: Tests) -> dict[str, Any]:
    """What became of the mutant whose text is this; with None, of the program as it is."""
    said = work / "tmp" / f"killer.{os.getpid()}"
    said.unlink(missing_ok=True)
    finder.changed = None if text is None else (work / "tree" / mutant.path, text)
    chosen = tests.of(mutant)
    seconds = 10 + 2 * sum(tests.seconds[test] for test in chosen)
    started = time.monotonic()
    code = in_a_process(work, seconds, partial(tried, work, mutant.path, chosen, said)) if chosen else 0
    finder.changed = None
    outcome = "timeout" if code is None else "survived" if code == 0 else "killed"
    killer = said.read_text(encoding="utf-8") if said.exists() else f"exit {code}"
    return {"outcome": outcome, "by": killer, "tests": len(chosen), "seconds": round(time.monotonic() - started, 1)}


def tried(work: Path, path: str, tests: list[str], said: Path) -> int:
    """pytest's exit code for these tests, after the modules that a change to this file can reach are loaded again."""
    forget(work / "tree", path)
    files = dict.fromkeys(test.partition("::")[0] for test in tests)
    return pytest_run(work, ["-x", *files], Chosen(tests, said))


def sample(work: Path, finder: Copy, folder: str, wanted: int, seed: int, tests: Tests) -> list[dict[str, Any]]:
    """The verdicts on `wanted` mutants of a folder."""
    mutants = find_mutants(work / "tree", folder)
    random.Random(f"{folder} {seed}").shuffle(mutants)
    file = work / "results" / f"{folder}-{seed}.jsonl"
    file.parent.mkdir(exist_ok=True)
    known = [json.loads(row) for row in read(file).split("\n") if row] if file.exists() else []
    done = {tuple(row[name] for name in Mutant.__slots__): row for row in known}
    print(f"{folder}: {len(mutants)} mutants possible, {wanted} tried", flush=True)
    rows: list[dict[str, Any]] = []
    for mutant in mutants:
        if len(rows) == wanted:
            break
        row = done.get(astuple(mutant))
        if row is None:
            source = read(work / "tree" / mutant.path)
            text = mutate(source, mutant)
            if text is None:
                continue
            row = asdict(mutant) | {"diff": change_of(source, text)} | verdict(work, finder, mutant, text, tests)
            if len(rows) % 20 == 19:
                row["control"] = verdict(work, finder, mutant, None, tests)["outcome"]
            with file.open("a", encoding="utf-8") as open_file:
                open_file.write(json.dumps(row, ensure_ascii=False) + "\n")
        rows.append(row)
    return rows


def report(folder: str, rows: list[dict[str, Any]]) -> None:
    """The share of killed mutants with its 95 % interval, and the survivors."""
    counts = Counter(row["outcome"] for row in rows)
    low, high = wilson(counts["killed"] + counts["timeout"], len(rows))
    share = (counts["killed"] + counts["timeout"]) / len(rows)
    controls = Counter(row["control"] for row in rows if "control" in row)
    for row in rows:
        if row["outcome"] == "survived":
            print(f"\n{row['path']}:{row['line']} {row['operator'].partition('/')[2]} ({row['tests']} tests)")
            print("\n".join(row["diff"]))
    print(
        f"\n{folder}: {share:.1%} killed ({low:.1%} to {high:.1%}); of {len(rows)} mutants {counts['killed']} failed a"
    )
    print(f"  test, {counts['timeout']} took too long, {counts['survived']} survived, of these")
    print(f"  {sum(row['outcome'] == 'survived' and not row['tests'] for row in rows)} run by no test.", end=" ")
    print(f"Without their change {controls['survived']} of {controls.total()} survived.", flush=True)


def wilson(hits: int, n: int, z: float = 1.96) -> tuple[float, float]:
    """Wilson's 95 % interval of a share (JASA 22, 1927)."""
    middle = (hits + z * z / 2) / (n + z * z)
    half = z / (n + z * z) * sqrt(hits * (n - hits) / n + z * z / 4)
    return middle - half, middle + half


def main(work: Path, seed: int = 1, metrics: int = 300, align: int = 150) -> None:
    work.mkdir(parents=True, exist_ok=True)
    finder = copied(work)
    tests = Tests(finder.tree, *learned(work))
    for folder, wanted in (("metrics", metrics), ("align", align)):
        if wanted:
            report(folder, sample(work, finder, folder, wanted, seed, tests))


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), *map(int, sys.argv[2:]))
