"""A copy of the project, its modules as they are or with one file changed, and tests of it in a process of their own.

The parent process has everything loaded; a child forgets what the changed file can reach and loads that again.
"""

import gc
import importlib
import os
import re
import resource
import shutil
import signal
import sys
import time
import warnings
from collections.abc import Callable, Iterable
from contextlib import suppress
from importlib.machinery import SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = {"duizhao": "cli"} | {f"duizhao.{name}": name for name in ("align", "corpora", "metrics", "reports")}
MUTATED = ("align", "metrics")


class Copy:
    """Finds the modules of the copied project; `changed` is one file of it and the text it has instead."""

    def __init__(self, tree: Path) -> None:
        self.tree = tree
        self.changed: tuple[Path, str] | None = None

    def find_spec(self, name: str, path: object = None, target: object = None) -> Any:
        if name in FOLDERS:
            file = self.tree / FOLDERS[name] / "__init__.py"
            loader = self._loader(name, file)
            return spec_from_file_location(name, file, loader=loader, submodule_search_locations=[str(file.parent)])
        folder, _, last = name.rpartition(".")
        file = self.tree / FOLDERS.get(folder, "") / f"{last}.py"
        if folder in FOLDERS and file.is_file():
            return spec_from_file_location(name, file, loader=self._loader(name, file))
        return None

    def _loader(self, name: str, file: Path) -> SourceFileLoader:
        if self.changed is not None and self.changed[0] == file:
            return Changed(name, *self.changed)
        return SourceFileLoader(name, str(file))


class Changed(SourceFileLoader):
    """Loads another text than the file's."""

    def __init__(self, name: str, file: Path, text: str) -> None:
        super().__init__(name, str(file))
        self.text = text

    def get_code(self, fullname: str) -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # else the compiler's word on `is 1` would kill it
            return compile(self.text, self.path, "exec", dont_inherit=True)


def copied(work: Path) -> Copy:
    """The finder of the copy, which is made where it is absent; what is slow to load is loaded from it."""
    tree = work / "tree"
    if not tree.exists():
        hidden = shutil.ignore_patterns(".git", ".venv", ".types", ".hypothesis", "__pycache__")
        shutil.copytree(ROOT, tree, ignore=hidden)
    finder = Copy(tree)
    sys.meta_path.insert(0, finder)
    os.chdir(tree)
    for package, folder in FOLDERS.items():
        for module in iter_modules([str(tree / folder)]):
            if module.name != "__main__":
                importlib.import_module(f"{package}.{module.name}")
    importlib.import_module("hypothesis.strategies")
    from duizhao.pipeline import Options, audit_corpus, build_corpus

    audit_corpus(build_corpus(["examples/digest.txt"]), Options())  # opens dictionaries and the encoder
    gc.freeze()
    return finder


def in_a_process(work: Path, seconds: float, run: Callable[[], int]) -> int | None:
    """The exit code of `run` in a process of its own; None where it needs more than these seconds of a processor."""
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        code = 70
        try:
            os.setsid()
            sink = os.open(os.devnull, os.O_WRONLY)
            os.dup2(sink, 1)
            os.dup2(sink, 2)
            resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 2))
            resource.setrlimit(resource.RLIMIT_AS, (12 << 30, 12 << 30))
            code = run()
        finally:
            os._exit(code)
    status = None
    while status is None and time.monotonic() - started < 20 * seconds:  # it may be asleep
        time.sleep(0.02)
        done, ended = os.waitpid(child, os.WNOHANG)
        status = ended if done else None
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)  # itself, or what it left behind
    if status is None:
        os.waitpid(child, 0)
        return None
    shutil.rmtree(work / "tmp" / str(child), ignore_errors=True)
    return os.WEXITSTATUS(status) if os.WIFEXITED(status) else None


def pytest_run(work: Path, files: Iterable[str], plugin: object) -> int:
    """pytest's exit code for these files, in this process."""
    place = work / "tmp" / str(os.getpid())
    place.parent.mkdir(exist_ok=True)
    options = ["-q", "-n0", "-p", "no:cacheprovider", f"--basetemp={place}"]
    options.append("-Wignore::pytest.PytestAssertRewriteWarning")  # hypothesis is loaded already
    return int(pytest.main([*options, *files], plugins=[Settled(), plugin]))


class Settled:
    """Hypothesis draws the same examples each time and keeps none; a failure need not be made small."""

    @pytest.hookimpl(trylast=True)
    def pytest_collection(self, session: pytest.Session) -> None:
        from hypothesis import Phase, settings

        phases = (Phase.explicit, Phase.generate)
        settings.register_profile("mutation", deadline=None, derandomize=True, database=None, phases=phases)
        settings.load_profile("mutation")


def forget(tree: Path, changed: str) -> None:
    """Let all modules that import the changed file (directly or not) be loaded again, and all of reports and cli."""
    kept = {name: module for name, module in sys.modules.items() if name.partition(".")[0] == "duizhao"}
    gone = importers(tree, changed)
    for name in list(kept):
        if name in gone or not name.startswith(("duizhao.corpora", "duizhao.align.", "duizhao.metrics.")):
            del sys.modules[name], kept[name]
    for name, module in kept.items():
        package, _, last = name.rpartition(".")
        setattr(importlib.import_module(package), last, module)


def importers(tree: Path, changed: str) -> set[str]:
    """The modules of align and metrics that import this file of them, at their top or later; itself is one."""
    names = {f"duizhao.{folder}.{file.stem}": file for folder in MUTATED for file in (tree / folder).glob("*.py")}
    uses: dict[str, set[str]] = {}
    for name, file in names.items():
        folder = name.split(".")[1]
        text = read(file)
        uses[name] = {f"duizhao.{folder}.{one}" for one in re.findall(r"from \.(\w+) import", text)}
        uses[name] |= {f"duizhao.{one}.__init__" for one in re.findall(r"from \.\.(\w+) import", text)}
        uses[name] |= {f"duizhao.{one}.{last}" for one, last in re.findall(r"from \.\.(\w+)\.(\w+) import", text)}
        uses[name] |= set(names) if file.stem == "__init__" else set()  # may load any of its modules, late
    found, more = set(), {"duizhao." + changed.removesuffix(".py").replace("/", ".")}
    while more:
        found |= more
        more = {name for name in uses if uses[name] & found} - found
    return found


def read(file: Path) -> str:
    return file.read_text(encoding="utf-8")
