"""Which tests run which line: learned once a test file, and the tests that a mutant is given."""

import ast
import hashlib
import json
import os
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

import pytest
from mutants import Mutant
from mutation_copy import MUTATED, in_a_process, pytest_run, read

# The test files to learn from, less those that start processes, browsers or clusters, or are about pages and formats.
PUT_IN = re.compile("duizhao.align|duizhao.metrics|planted")
LEFT_OUT = """browser command docs faults figures fix.py formats full_text lazily network notebook outputs page part_run
    ray remembered report review sarif junit shapes shared site summary types xliff""".split()
KEPT_IN = {"test_score_command.py"}
TESTS, SECONDS = 300, 15.0  # at most, for a mutant
LRU: Any = type(lru_cache(lambda: None))


class Lines:
    """Which test ran which lines, and for how long; answers that were remembered are forgotten before each test."""

    def __init__(self, coverage: Any) -> None:
        self.coverage = coverage
        self.seconds: dict[str, float] = {}
        self.bad: set[str] = set()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        for name, module in list(sys.modules.items()):
            if name.startswith(("duizhao.align.", "duizhao.metrics.")):
                for one in list(vars(module).values()):
                    if isinstance(one, LRU) and one.cache_parameters()["maxsize"] is not None:  # else: a dictionary
                        one.cache_clear()
        self.coverage.switch_context(item.nodeid)
        started = time.process_time()  # not the clock's: the machine may be busy
        try:
            return (yield)
        finally:
            self.seconds[item.nodeid] = time.process_time() - started

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.outcome != "passed":
            self.bad.add(report.nodeid)


def learn(work: Path, file: str, kept: str) -> int:
    """Run one test file and write which of its tests run which lines of the two folders."""
    import coverage

    data = work / "tmp" / f"coverage.{os.getpid()}"
    folders = [f"{work}/tree/{folder}/*" for folder in MUTATED]
    watch = coverage.Coverage(data_file=str(data), include=folders, config_file=False, messages=False)
    plugin = Lines(watch)
    watch.start()
    pytest_run(work, [file], plugin)
    watch.stop()
    lines: dict[str, dict[int, list[str]]] = {}
    found = watch.get_data()
    for path in found.measured_files():
        of_file = {
            line: [test for test in tests if test and test not in plugin.bad]
            for line, tests in found.contexts_by_lineno(path).items()
        }
        lines[str(Path(path).relative_to(work / "tree"))] = {line: tests for line, tests in of_file.items() if tests}
    (work / "map" / kept).write_text(json.dumps({"seconds": plugin.seconds, "lines": lines}), encoding="utf-8")
    return 0


def learned(work: Path) -> tuple[dict[str, float], dict[str, dict[int, list[str]]]]:
    """Seconds of each test, and the tests of each line of each file; learned where that is not known yet."""
    (work / "map").mkdir(exist_ok=True)
    (work / "tmp").mkdir(exist_ok=True)
    sources = sorted(chain(*((work / "tree" / folder).glob("*.py") for folder in MUTATED)))
    salt = b"".join(file.read_bytes() for file in sources)
    seconds: dict[str, float] = {}
    lines: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for file in sorted((work / "tree" / "tests").glob("test_*.py")):
        left_out = not PUT_IN.search(read(file)) or any(word in file.name for word in LEFT_OUT)
        if left_out and file.name not in KEPT_IN:
            continue
        kept = f"{file.stem}-{hashlib.sha256(salt + file.read_bytes()).hexdigest()[:16]}.json"
        if not (work / "map" / kept).exists():
            started = time.monotonic()
            code = in_a_process(work, 300, lambda file=file, kept=kept: learn(work, f"tests/{file.name}", kept))
            took = f"{time.monotonic() - started:.1f} s"
            print(f"{file.name}: {took}" if code == 0 else f"{file.name}: failed with {code}", flush=True)
        if (work / "map" / kept).exists():
            one = json.loads((work / "map" / kept).read_text(encoding="utf-8"))
            seconds |= one["seconds"]
            for path, of_file in one["lines"].items():
                for line, tests in of_file.items():
                    lines[path][int(line)] += tests
    return seconds, lines


class Tests:
    """The tests of a mutant."""

    def __init__(self, tree: Path, seconds: dict[str, float], lines: dict[str, dict[int, list[str]]]) -> None:
        self.tree, self.seconds, self.lines = tree, seconds, lines
        # How many lines a test runs: few are those of a test of just this.
        self.sizes = Counter(test for of_file in lines.values() for of_line in of_file.values() for test in of_line)

    def of(self, mutant: Mutant) -> list[str]:
        """Those that run its line, its function, its module, or what imports that: in this order."""
        lines = self.lines[mutant.path]
        rings = [self._run_by(mutant.path, [mutant.line])]
        rings += [self._run_by(mutant.path, span) for span in _around(self.tree / mutant.path, mutant.line)]
        rings.append(self._run_by(mutant.path, lines))
        users = [path for path in self.lines if f"from .{Path(mutant.path).stem} import" in read(self.tree / path)]
        rings.append(set().union(*(self._run_by(path, self.lines[path]) for path in users)))
        chosen: list[str] = []
        left = SECONDS
        for test in dict.fromkeys(chain(*map(self._in_turn, rings))):
            if self.seconds[test] <= left and len(chosen) < TESTS:
                chosen.append(test)
                left -= self.seconds[test]
        return chosen

    def _run_by(self, path: str, lines: Iterable[int]) -> set[str]:
        return {test for line in lines for test in self.lines[path].get(line, ())}

    def _in_turn(self, tests: set[str]) -> list[str]:
        """Those that run the fewest lines; of the others one of each test function, a second of each …"""
        ordered = sorted(tests, key=lambda test: (self.sizes[test], self.seconds[test], test))
        groups: dict[str, list[str]] = defaultdict(list)
        for test in ordered[TESTS // 3 :]:
            groups[test.partition("[")[0]].append(test)
        turns = (test for turn in zip_longest(*groups.values()) for test in turn if test is not None)
        return [*ordered[: TESTS // 3], *turns]


def _around(file: Path, line: int) -> list[range]:
    """The lines of the statements that hold a line, of the smallest first."""
    spans = []
    for node in ast.walk(ast.parse(read(file))):
        if isinstance(node, ast.stmt):
            first = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", ()))])
            if first <= line <= (node.end_lineno or 0):
                spans.append(range(first, (node.end_lineno or 0) + 1))
    return sorted(spans, key=len)
