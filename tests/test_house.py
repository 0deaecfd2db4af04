"""What holds of the whole house: short files and functions, no module that nobody asks for, docstrings that say it."""

import ast
import importlib
import inspect
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from duizhao.main import cli

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = {"corpora": "duizhao.corpora", "align": "duizhao.align", "metrics": "duizhao.metrics"}
PACKAGES |= {"reports": "duizhao.reports", "cli": "duizhao"}
MODULES = sorted(file for folder in PACKAGES for file in (ROOT / folder).glob("*.py"))
OURS = [*MODULES, *sorted(file for folder in ("scripts", "benchmarks") for file in (ROOT / folder).glob("*.py"))]
MOST_LINES, MOST_OF_FUNCTION = 300, 50
STARTED = {"duizhao.__main__", "duizhao.main"}  # by Python and by the shell, not by an import
UNASKED = {"duizhao.metrics.summed_scores"}  # for Python users with test sets too large for one machine
FEWEST_EXAMPLES = 0.6  # share of the public functions; the others need files, the encoder or a whole corpus


def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


TREES = {file: tree_of(file) for file in OURS}


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` on, without the docstring; of a click command without its parameters, which are its options."""
    is_command = any("command" in ast.unparse(each) for each in function.decorator_list)
    begin = function.body[0].lineno if is_command else function.lineno
    doc = function.body[0] if ast.get_docstring(function) is not None else None
    return (function.end_lineno or begin) - begin + 1 - (((doc.end_lineno or 0) - doc.lineno + 1) if doc else 0)


def test_files_are_short() -> None:
    sizes = {name_of(file): file.read_text(encoding="utf-8").count("\n") for file in OURS}
    assert {name: size for name, size in sizes.items() if size > MOST_LINES} == {}


def test_functions_are_short() -> None:
    found = {
        f"{name_of(file)}:{node.lineno} {node.name}": lines_of(node)
        for file, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: size for name, size in found.items() if size > MOST_OF_FUNCTION} == {}


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("def f():\n    return 1", 2),
        ('def f():\n    """Says\n    it."""\n    return 1', 2),
        ("@cache\ndef f(\n    a,\n):\n    return 1", 4),
        ('@click.command("f")\ndef f(\n    a,\n):\n    """It."""\n    b = a\n    return b', 2),
    ],
)
def test_what_counts_as_a_line(source: str, lines: int) -> None:
    (function,) = ast.parse(source).body
    assert isinstance(function, ast.FunctionDef)
    assert lines_of(function) == lines


def module_of(file: Path) -> str:
    package = PACKAGES[file.parent.name]
    return package if file.stem == "__init__" else f"{package}.{file.stem}"


def asked_for(file: Path) -> Iterator[str]:
    """The modules that a file imports, or names as strings to be loaded when they are needed."""
    package = PACKAGES[file.parent.name].split(".")
    for node in ast.walk(TREES[file]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join([*(package[: len(package) - node.level + 1] if node.level else []), node.module or ""])
            yield base.strip(".")
            yield from (f"{base}.{alias.name}".replace("..", ".") for alias in node.names)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            task = node.value.partition(":")[0]  # "duizhao.filter_steps:filtered"; bare in part_run.py
            yield f"duizhao.{task}" if task.endswith("_steps") and "." not in task else task


def test_every_module_is_asked_for() -> None:
    asked = {name for file in MODULES if file.stem != "__init__" for name in asked_for(file)}
    homes = {f"{package}.{home}" for package in PACKAGES.values() for home in _homes(package)}
    modules = {module_of(file) for file in MODULES if file.stem != "__init__"}
    commands = {f"duizhao.{name}_command" for name in cli.list_commands(click.Context(cli))}
    assert modules - asked - homes - commands - STARTED == UNASKED


def _homes(package: str) -> list[str]:
    """The modules whose names a package shows, and those that its `__init__` imports."""
    module = importlib.import_module(package)
    nodes = ast.walk(ast.parse(inspect.getsource(module)))
    return [node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.level and node.module]


def public() -> Iterator[tuple[str, object]]:
    for package in PACKAGES.values():
        module = importlib.import_module(package)
        yield from ((f"{package}.{name}", getattr(module, name)) for name in module.__all__)


def test_public_docstrings_begin_with_a_sentence() -> None:
    """What comes out, in one line; then a line without anything."""
    wrong = []
    for name, given in public():
        if inspect.isclass(given) or inspect.isfunction(given):
            first, *more = (inspect.getdoc(given) or "").split("\n")
            if not first.endswith(".") or (more and more[0]):
                wrong.append(name)
    assert wrong == []


def test_most_public_functions_have_an_example() -> None:
    functions = {name: inspect.getdoc(given) or "" for name, given in public() if inspect.isfunction(given)}
    share = sum(">>>" in doc for doc in functions.values()) / len(functions)
    assert share >= FEWEST_EXAMPLES, sorted(name for name, doc in functions.items() if ">>>" not in doc)
