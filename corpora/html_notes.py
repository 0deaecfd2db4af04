"""What is said of a web page that was read: what was left out and what was mended, with counts."""

from collections import Counter

from .html_tokens import SHOWN_BY_SCRIPT

_PLURALS = {
    "script": "scripts",
    "style sheet": "style sheets",
    "fallback for scripts": "fallbacks for scripts",
    "comment": "comments",
    "page title": "page titles",
    "template": "templates",
    "form control": "form controls",
    "embedded object": "embedded objects",
    "drawn formula": "drawn formulas",
    "formula annotation": "formula annotations",
    "ruby reading": "ruby readings",
    "image description": "image descriptions",
    "reference to no character": "references to no character",
    "hidden element": "hidden elements",
}
_MENDED = (
    ("bare", "bare < sign read as text", "bare < signs read as text"),
    ("open quote", "tag with an open quote read to its first >", "tags with an open quote read to their first >"),
    ("open comment", "comment never closed, read to its first >", "comments never closed, read to their first >"),
    ("open element", "element never closed, left out to the next block only",
     "elements never closed, left out to the next block only"),
    (SHOWN_BY_SCRIPT, "element that is hidden until a script runs was read",
     "elements that are hidden until a script runs were read"),
)  # fmt: skip


def left_out_notes(counts: Counter[str], characters: Counter[str]) -> list[str]:
    """What reading a web page left out, then what it mended: a sentence each, with counts.

    `characters` are those of the elements left out, by the names that `counts` counts them under.

    >>> left_out_notes(Counter({"script": 2, "bare": 1}), Counter())
    ['left out: 2 scripts', '1 bare < sign read as text']
    """
    left_out = [f"{counts[one]:,} {one if counts[one] == 1 else many}" for one, many in _PLURALS.items() if counts[one]]
    if counts["hidden element"]:
        left_out[-1] += f" of {_characters(characters['hidden element'])}"
    if counts["furniture"]:
        left_out.append(f"navigation and footers of {_characters(characters['furniture'])}")
    notes = [f"left out: {', '.join(left_out)}"] if left_out else []
    for name, one, many in _MENDED:
        if counts[name]:
            notes.append(f"{counts[name]:,} {one if counts[name] == 1 else many}")
    return notes


def _characters(count: int) -> str:
    return f"{count:,} character{'' if count == 1 else 's'}"
