"""The page on coverage, from coverage.py's JSON: the share of lines and branches that tests run, and what none does.

python scripts/coverage_page.py build/coverage.json >docs/coverage.md

A line is put under the first reason that fits it or its function; what fits none is said to have none.
"""

import ast
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ELSEWHERE = ("cli/__main__.py", "cli/ray_executor.py", "cli/worker_pool.py", "cli/run_lock.py", "cli/mt.py")
FOREIGN = ("align/transformers_encoder.py", "metrics/comet.py", "corpora/near_duplicates.py", "cli/progress.py")
REASONS = {
    "elsewhere": "Run in processes that tests start, which are not counted here, or on another system",
    "foreign": "Needs a package, a terminal or a model that a test run has not",
    "error": "What becomes of an error: a refusal of which another case is tested, or a fault of the machine",
    "guard": "A way out for texts that no test holds: one line that skips, gives nothing back or leaves a loop",
    "repr": "How a value shows itself in a notebook or a message",
    "none": "No good reason: work to do",
}
Node = ast.AST


def nodes_at(tree: Node, line: int) -> Iterator[Node]:
    """The nodes around a line, the outermost first."""
    for node in ast.walk(tree):
        first, last = getattr(node, "lineno", 0), getattr(node, "end_lineno", 0) or 0
        if first <= line <= last:
            yield node


def reason(path: str, tree: Node, line: int, source: str) -> str:
    """Why no test runs this line, a key of REASONS."""
    around = list(nodes_at(tree, line))
    if path in ELSEWHERE:
        return "elsewhere"
    if path in FOREIGN:
        return "foreign"
    if any(
        isinstance(node, ast.FunctionDef) and node.name in ("__repr__", "_repr_html_", "__str__") for node in around
    ):
        return "repr"
    if any(isinstance(node, ast.ExceptHandler | ast.Raise) for node in around):
        return "error"
    if source.strip().split(" ")[0].rstrip(":") in ("return", "continue", "break", "pass", "yield"):
        return "guard"
    return "none"


def main() -> None:
    found = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for path, data in sorted(found["files"].items()):
        if data["missing_lines"]:
            text = Path(path).read_text(encoding="utf-8")
            tree, lines = ast.parse(text), text.split("\n")
            for number in data["missing_lines"]:
                said = lines[number - 1].strip().replace("|", "\\|")
                groups[reason(path, tree, number, said)].append(f"| {path}:{number} | `{said.replace('`', 'ˋ')}` |")
    totals = found["totals"]
    print("# What no test runs\n")
    print("`sh scripts/coverage` made this page; line numbers are those of that day.\n")
    share, lines, branches = totals["percent_covered"], totals["num_statements"], totals["num_branches"]
    print(f"Lines and branches together: **{share:.1f} %** of {lines:,} lines and {branches:,} branches. Not run are")
    print(
        f"{totals['missing_lines']:,} lines and {totals['missing_branches']:,} branches. Only the processes of the test"
    )
    print("run itself count, not those that tests start.\n")
    for key, why in REASONS.items():
        if groups[key]:
            print(f"## {why} ({len(groups[key])})\n\n| line | |\n|---|---|")
            print("\n".join(groups[key]) + "\n")


if __name__ == "__main__":
    main()
