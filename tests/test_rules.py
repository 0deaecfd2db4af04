"""Every rule the code emits is explained, and every rule explained is emitted."""

import ast
import re
from pathlib import Path

import pytest

from duizhao.metrics import RULES, SEVERITIES, Rule

ROOT = Path(__file__).resolve().parents[1]
CODE = re.compile(r"[TNQCF]\d{3}")
SOURCES = sorted(file for file in (ROOT / "metrics").glob("*.py") if file.name != "rules.py")


def codes_in(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"), str(file))
    strings = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return {text for text in strings if CODE.fullmatch(text)}


def test_the_rules_are_those_that_the_code_emits() -> None:
    emitted = set().union(*(codes_in(file) for file in SOURCES))
    assert len(emitted) > 10
    assert emitted == set(RULES)


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_texts(rule: Rule) -> None:
    assert RULES[rule.code] is rule
    assert CODE.fullmatch(rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.slug)
    assert rule.severity in SEVERITIES
    for text in (rule.what, rule.why, rule.fix):
        assert re.fullmatch(r"[A-Z万亿].*\.", text)
    assert rule.example and rule.mqm and rule.its
    assert re.fullmatch(r"[a-z-]+(/[a-z-]+)*", rule.mqm)


def test_codes_and_slugs_are_unique() -> None:
    source = (ROOT / "metrics" / "rules.py").read_text(encoding="utf-8")
    written = re.findall(r'"([TNQCF]\d{3})", "([a-z-]+)"', source)
    assert len(written) == len(RULES) == len({slug for _, slug in written})
    assert [code for code, _ in written] == list(RULES)


def test_its_types_are_of_the_standard() -> None:
    # ITS 2.0, section 8.10, table of localization quality issue types; https://www.w3.org/TR/its20/#lqissue-typevalues
    standard = set(
        "terminology mistranslation omission untranslated addition duplication inconsistency grammar legal register "
        "locale-specific-content locale-violation style characters misspelling typographical formatting "
        "inconsistent-entities numbers markup pattern-problem whitespace internationalization length "
        "non-conformance uncategorized other".split()
    )
    assert {rule.its for rule in RULES.values()} <= standard
