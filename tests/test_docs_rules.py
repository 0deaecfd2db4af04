"""The examples of the page on rules are audited: the wrong one brings its rule, the right one nothing."""

import csv
import sys
from collections import defaultdict
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from doc_blocks import ROOT

from duizhao.metrics import RULES
from duizhao.metrics.rules import ENGLISH_ONLY_RULES
from duizhao.pipeline import Options, audit_corpus, build_corpus

sys.path.insert(0, str(ROOT / "scripts"))
MADE: Any = import_module("rule_examples")
EXAMPLES: dict[str, Any] = MADE.EXAMPLES
sys.path.remove(str(ROOT / "scripts"))


def found_in(side: str, folder: Path) -> dict[str, set[str]]:
    """The rules that speak of each rule's example; each is a table of one row."""
    for code, example in EXAMPLES.items():
        row = (example.en, getattr(example, side))
        if not getattr(example, side):
            continue
        direction = folder / ("zh-en" if code in ENGLISH_ONLY_RULES else "en-zh")
        direction.mkdir(exist_ok=True)
        with (direction / f"{code}.csv").open("w", encoding="utf-8", newline="") as handle:
            csv.writer(handle).writerows([("en", "zh"), row[::-1] if code in MADE.ENGLISH_JUDGED else row])
    said: dict[str, set[str]] = defaultdict(set)
    for options in (Options(direction="en-zh"), Options(direction="zh-en")):
        for finding in audit_corpus(build_corpus([str(folder / options.direction)], options), options).findings:
            said[Path(finding.document).stem].add(finding.rule)
    return said


def test_there_is_an_example_for_each_rule() -> None:
    assert list(EXAMPLES) == list(RULES)
    # It speaks of a shape of pages, which no pair has; examples/keypoints.txt is one.
    assert [code for code, example in EXAMPLES.items() if not (example.wrong and example.right)] == ["C005"]


def test_wrong_examples_bring_their_rule(tmp_path: Path) -> None:
    said = found_in("wrong", tmp_path)
    assert [code for code, example in EXAMPLES.items() if example.wrong and code not in said[code]] == []


def test_right_examples_bring_nothing(tmp_path: Path) -> None:
    assert found_in("right", tmp_path) == {}


@pytest.mark.parametrize("code", RULES)
def test_where_a_rule_is_silent_is_said_in_a_sentence(code: str) -> None:
    assert EXAMPLES[code].silent.endswith(".")
