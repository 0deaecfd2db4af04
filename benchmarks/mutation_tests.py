"""Which tests run which line: learned once a test file, and the tests that a mutant is given."""

import ast
import hashlib
import json
import os
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

import pytest
from mutants import Mutant
from mutation_copy import MUTATED, in_a_process, pytest_run, read

# The test files to learn from, less those that start processes, browsers or clusters, or are about pages and formats.
PUT_IN = re.compile("duizhao.align|duizhao.metrics|planted")
LEFT_OUT = """browser command docs faults figures fix formats full_text lazily network notebook outputs page part_run ray
    remembered report review sarif junit shapes shared site summary transformers types xliff""".split()
TESTS, SECONDS = 60, 15.0  # a mutant's at most
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
        if not PUT_IN.search(read(file)) or any(word in file.name for word in LEFT_OUT):
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

    def of(self, mutant: Mutant) -> list[str]:
        """Those that run its line, its function or class, its module, and modules that import it, in this order."""
        lines, stem = self.lines[mutant.path], Path(mutant.path).stem
        tree = ast.parse((self.tree / mutant.path).read_text(encoding="utf-8"))
        around = [
            (node.lineno, node.end_lineno or 0)
            for node in ast.walk(tree)
            if isinstance(node, ast.stmt) and _first(node) <= mutant.line <= (node.end_lineno or 0)
        ]
        rings = [range(mutant.line, mutant.line + 1)]
        rings += [range(first, last + 1) for first, last in sorted(around, key=lambda span: span[1] - span[0])]
        rings.append(range(1, max(lines, default=0) + 1))
        tests = [self._in_turn({test for line in ring for test in lines.get(line, ())}) for ring in rings]
        users = [path for path in self.lines if _imports(self.tree / path, stem)]
        of_users = chain(*(self.lines[path].values() for path in users))
        tests.append(self._in_turn(set(chain(*of_users))))
        chosen: list[str] = []
        left = SECONDS
        for test in dict.fromkeys(chain(*tests)):
            if self.seconds[test] <= left and len(chosen) < TESTS:
                chosen.append(test)
                left -= self.seconds[test]
        return chosen

    def _in_turn(self, tests: set[str]) -> list[str]:
        """The fastest of each test function, the second of each …"""
        groups: dict[str, list[str]] = defaultdict(list)
        for test in sorted(tests, key=lambda test: (self.seconds[test], test)):
            groups[test.partition("[")[0]].append(test)
        return [test for turn in zip_longest(*groups.values()) for test in turn if test is not None]


def _first(node: ast.stmt) -> int:
    return min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", ()))])


def _imports(file: Path, module: str) -> bool:
    return f"from .{module} import" in file.read_text(encoding="utf-8")
