"""What the tests of the written pages share: their fenced blocks, and whether a command said what a page shows."""

import re
import shlex
from pathlib import Path

import pytest

from duizhao.main import main

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/*.md")])
_FENCE = re.compile(r"^```([^\n`]*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def blocks(page: Path) -> list[tuple[str, str]]:
    """Each fenced block of a page: what stands behind its fence, and its text."""
    return [(name, text) for name, text in _FENCE.findall(page.read_text(encoding="utf-8"))]


def like(shown: str) -> str:
    """What a page shows, as a pattern: … stands for some of a line, and alone in a line for some lines.

    >>> [bool(re.fullmatch(like("a…\\n…\\nd"), said)) for said in ("ab\\nb\\nc\\nd", "ab\\nd", "b\\nb\\nd")]
    [True, False, False]
    """
    lines = [
        r"[^\n]*(?:\n[^\n]*)*?"
        if line == "…"
        else "".join("[^\n]*" if part == "…" else re.escape(part) for part in parts)
        for line in shown.split("\n")
        for parts in [re.split("(…)", line)]
    ]
    return "\n".join(lines)


def run_console(text: str, capture: pytest.CaptureFixture[str]) -> int:
    """Run the commands of a console block one after the other, and hold each against what is shown; their number."""
    examples = text.removeprefix("$ ").split("\n$ ")
    for example in examples:
        command, _, shown = example.partition("\n")
        program, *arguments = shlex.split(command)
        assert program == "duizhao"
        with pytest.raises(SystemExit):
            main(arguments)
            raise SystemExit(0)
        said = capture.readouterr()
        output = (said.out + said.err).strip("\n")
        assert re.fullmatch(like(shown.strip("\n")), output), f"{command}\n{output}"
    return len(examples)


def run_python(code: str, capture: pytest.CaptureFixture[str]) -> None:
    """Run a block of Python, and hold what it prints against its lines of comment."""
    exec(compile(code, "a page", "exec"), {})
    wanted = [line[2:] for line in code.split("\n") if line.startswith("# ")]
    assert [line.rstrip() for line in capture.readouterr().out.split("\n")[:-1]] == [line.rstrip() for line in wanted]
