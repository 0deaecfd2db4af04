"""What axe-core finds wrong with a page in the browser: WCAG 2.1 A and AA, and good practice."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from opened_pages import Visit

if TYPE_CHECKING:
    from playwright.sync_api import Page

SCRIPT = Path(__file__).resolve().parents[1] / ".venv" / "axe-core" / "axe.min.js"  # scripts/fetch_axe.py
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
NODES = 10  # of a violation that are named
GRAVE = ("critical", "serious")


class Violation(NamedTuple):
    """One rule of axe that the page breaks: how grave, its name, and where, as CSS selectors; `count` of all places."""

    impact: str  # "critical", "serious", "moderate", "minor"
    id: str
    nodes: tuple[str, ...]
    count: int


def violations(opened: "Visit | Page") -> list[Violation]:
    """The rules that the page as it stands breaks, the gravest first; skips the test where axe-core is not there.

    Blocks that the browser has not laid out yet (`content-visibility`) are looked at too. The page's own policy for
    scripts does not stop it; a page opened with `bypass_csp=True` complains of nothing in its console meanwhile.
    """
    page = opened.page if isinstance(opened, Visit) else opened
    page.evaluate(_script())
    found: list[dict[str, Any]] = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"
        ".then(result => result.violations.map(v => ({id: v.id, impact: v.impact, nodes: v.nodes.map(n =>"
        " n.target.join(' '))})))",
        TAGS,
    )
    order = ["critical", "serious", "moderate", "minor"]
    made = [Violation(v["impact"], v["id"], tuple(v["nodes"][:NODES]), len(v["nodes"])) for v in found]
    return sorted(made, key=lambda each: (order.index(each.impact), each.id))


@cache
def _script() -> str:
    if not SCRIPT.exists():
        pytest.skip("no axe-core here: run scripts/fetch_axe.py")
    return SCRIPT.read_text(encoding="utf-8")
