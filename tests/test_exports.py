"""What each package shows, which way imports run, and two calls that go wrong on other machines."""

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ORDER = ["corpora", "align", "metrics", "reports", "cli"]  # an import points left or stays
PACKAGES = ["duizhao", *(f"duizhao.{folder}" for folder in ORDER[:-1])]
MODULES = sorted(file for folder in ORDER for file in (ROOT / folder).rglob("*.py"))
OURS = [*MODULES, *sorted(file for folder in ("scripts", "benchmarks") for file in (ROOT / folder).rglob("*.py"))]


def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def sort_key(name: str) -> tuple[int, str]:
    """CONSTANTS, then Classes, then the rest: the order ruff keeps (RUF022)."""
    bare = name.lstrip("_")
    return (0 if bare.isupper() and len(bare) > 1 else 1 if bare[:1].isupper() else 2), name


def public_names(file: Path) -> set[str]:
    names: set[str] = set()
    body = tree_of(file).body
    typed = [each for node in body if isinstance(node, ast.If) for each in node.body]  # loaded lazily (test_lazily)
    for node in [*body, *typed]:
        if isinstance(node, ast.ImportFrom) and node.module not in ("typing", "lazily", "corpora.lazily"):
            names |= {alias.asname or alias.name for alias in node.names}
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return {name for name in names if not name.startswith("_")}


@pytest.mark.parametrize("package", PACKAGES)
def test_all_is_sorted_and_complete(package: str) -> None:
    module = importlib.import_module(package)
    exported: list[str] = module.__all__
    assert exported == sorted(exported, key=sort_key)
    assert len(exported) == len(set(exported))
    assert [name for name in exported if not hasattr(module, name)] == []
    folder = package.partition(".")[2] or "cli"
    assert public_names(ROOT / folder / "__init__.py") == {name for name in exported if not name.startswith("_")}


def imported_folders(file: Path) -> Iterator[tuple[int, str]]:
    """Line and folder of every import of ours. The version is no arrow: Python loads its module anyway."""
    folder = file.relative_to(ROOT).parts[0]
    package = ["duizhao"] if folder == "cli" else ["duizhao", folder]
    package += file.relative_to(ROOT).parts[1:-1]
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            base += (node.module or "").split(".") if node.module else []
            names = [".".join([*base, alias.name]) for alias in node.names]
        else:
            continue
        for name in names:
            parts = name.split(".")
            if parts[0] == "duizhao" and parts[1:] != ["__version__"]:
                yield node.lineno, parts[1] if len(parts) > 1 and parts[1] in ORDER else "cli"


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_no_arrow_points_back(file: Path) -> None:
    own = ORDER.index(file.relative_to(ROOT).parts[0])
    back = [(line, folder) for line, folder in imported_folders(file) if ORDER.index(folder) > own]
    assert back == []


def calls_without_encoding(tree: ast.Module) -> Iterator[int]:
    """Lines that open text and leave its encoding to the machine."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or any(word.arg == "encoding" for word in node.keywords):
            continue
        bare = node.func.id if isinstance(node.func, ast.Name) else ""
        attribute = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        modes = [node.args[1:2]] if bare == "open" else [node.args[:1]]
        mode = next((arg.value for args in modes for arg in args if isinstance(arg, ast.Constant)), None)
        for word in node.keywords:
            if word.arg == "mode" and isinstance(word.value, ast.Constant):
                mode = word.value.value
        if bare == "open":
            wrong = not (isinstance(mode, str) and "b" in mode)
        elif attribute == "open":  # Path.open: no argument, or a text mode (os.open and ZipFile.open have others)
            wrong = not (node.args or node.keywords) or bool(re.fullmatch(r"[rwax]\+?t?", str(mode)))
        else:
            position = {"read_text": 1, "write_text": 2}.get(attribute)
            wrong = position is not None and len(node.args) < position
        if wrong:
            yield node.lineno


@pytest.mark.parametrize("file", OURS, ids=name_of)
def test_text_is_opened_with_its_encoding(file: Path) -> None:
    assert list(calls_without_encoding(tree_of(file))) == []


@pytest.mark.parametrize("file", OURS, ids=name_of)
def test_lines_end_at_line_feeds_only(file: Path) -> None:
    """str.splitlines also cuts at U+2028, form feeds and six more."""
    found = [n.lineno for n in ast.walk(tree_of(file)) if isinstance(n, ast.Attribute) and n.attr == "splitlines"]
    assert found == []


@pytest.mark.parametrize(
    ("source", "wrong"),
    [
        ("open(p)", True),
        ("open(p, 'w')", True),
        ("open(p, 'rb')", False),
        ("open(p, mode='wb')", False),
        ("open(p, encoding='utf-8')", False),
        ("p.open()", True),
        ("p.open('w')", True),
        ("p.open('xb')", False),
        ("os.open(p, flags)", False),
        ("p.read_text()", True),
        ("p.read_text('utf-8')", False),
        ("p.write_text(t)", True),
        ("p.write_text(t, encoding='utf-8', newline='')", False),
    ],
)
def test_the_encoding_guard_sees(source: str, wrong: bool) -> None:
    assert bool(list(calls_without_encoding(ast.parse(source)))) == wrong
