"""What can be changed in a Python file: cosmic-ray's mutants, less those that cannot matter.

Left out are changes in type annotations, in `if TYPE_CHECKING`, in `__all__` and `_HOMES`, and those that don't compile
or change nothing. cosmic-ray changes operators, numbers, conditions, loops, decorators and handlers; it changes no
strings: neither messages nor regular expressions nor word lists.
"""

import ast
import difflib
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import parso
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

UNMUTATED = {"__all__", "_HOMES"}
Place = tuple[int, int]  # line from 1, column from 0 in characters


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: `operator` of cosmic-ray at its `occurrence` in `path`, on `line`."""

    path: str
    line: int
    operator: str
    occurrence: int


def find_mutants(tree: Path, folder: str) -> list[Mutant]:
    """All that `folder` of `tree` allows, in a stable order; whether one compiles is not known yet."""
    found: list[Mutant] = []
    for file in sorted((tree / folder).glob("*.py")):
        text = file.read_text(encoding="utf-8")
        found += _mutants_of(text, f"{folder}/{file.name}")
    return found


def _mutants_of(text: str, path: str) -> Iterator[Mutant]:
    skipped = list(_skipped(text))
    nodes = list(_nodes(parso.parse(text)))
    for name, operator in _operators().items():
        wanted = _node_type(name)
        occurrence = 0
        for node in nodes:
            if wanted not in (None, node.type):
                continue
            for start, _ in operator.mutation_positions(node):
                if not any(first <= start < last for first, last in skipped):
                    yield Mutant(path, start[0], name, occurrence)
                occurrence += 1


def mutate(text: str, mutant: Mutant) -> str | None:
    """The text with the change in it, None where that is no program or the same one."""
    changed: str | None = mutate_code(text, _operators()[mutant.operator], mutant.occurrence)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # `1 is x` is a warning to the compiler
            if changed is None or ast.dump(ast.parse(changed)) == ast.dump(ast.parse(text)):
                return None
            compile(changed, mutant.path, "exec")
    except SyntaxError:
        return None
    return changed


def change_of(text: str, changed: str) -> list[str]:
    """The lines that differ, with - and +."""
    lines = difflib.unified_diff(text.split("\n"), changed.split("\n"), n=0, lineterm="")
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


@cache
def _operators() -> dict[str, Any]:
    # Those for variables need to be told which; they are off in cosmic-ray too.
    names = [name for name in operator_names() if "Variable" not in name]
    return {name: get_operator(name)() for name in sorted(names)}


def _node_type(operator: str) -> str | None:
    """The only type of parso's nodes that the operator can stand at, where it is known: 180 operators are slow."""
    if "ReplaceBinaryOperator" in operator:
        return "operator"
    return "comparison" if "ReplaceComparisonOperator" in operator else None


def _nodes(node: Any) -> Iterator[Any]:
    yield node
    for child in getattr(node, "children", ()):
        yield from _nodes(child)


def _skipped(text: str) -> Iterator[tuple[Place, Place]]:
    """Start and end of what is not changed."""
    lines = text.split("\n")

    def place(line: int, column: int) -> Place:
        return line, len(lines[line - 1].encode()[:column].decode())  # ast counts bytes

    for node in ast.walk(ast.parse(text)):
        for part in _unmutated(node):
            assert part.end_lineno is not None and part.end_col_offset is not None
            yield place(part.lineno, part.col_offset), place(part.end_lineno, part.end_col_offset)


def _unmutated(node: ast.AST) -> Iterator[ast.expr | ast.stmt]:
    match node:
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            yield from node.body
        case ast.Assign(targets=[ast.Name(id=name)]) if name in UNMUTATED:
            yield node
        case ast.Assign(value=ast.BinOp(op=ast.BitOr()) as union) if _is_type(union):
            yield node
        case ast.AnnAssign():
            yield node.annotation
        case ast.arg(annotation=ast.expr() as annotation):
            yield annotation
        case ast.FunctionDef(returns=ast.expr() as annotation):
            yield annotation


def _is_type(node: ast.expr) -> bool:
    """Whether a union is one of types: `A | list[B] | None`."""
    match node:
        case ast.BinOp(op=ast.BitOr()):
            return _is_type(node.left) and _is_type(node.right)
        case ast.Constant(value=None) | ast.Subscript():
            return True
        case ast.Name(id=name):
            return name[0].isupper() or name in {"int", "str", "float", "bool", "bytes"}
    return False
