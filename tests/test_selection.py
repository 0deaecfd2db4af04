"""Which findings are wanted: codes and their beginnings, and what was known before."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.corpora import ConfigError
from duizhao.metrics import RULES, Finding
from duizhao.metrics.selection import Selection, check_codes, without_known

CODES = st.sampled_from(["T", "T0", "T00", "T002", "T004", "F", "F001", "Q", "N003"])


def finding(mark: str, rule: str = "T002") -> Finding:
    return Finding(
        rule, "error", 0.9, "tea.txt", "tea#1", "", "", "", None, None, "", "", "", 1, 1, mark * 12
    )  # fmt: skip


@pytest.mark.parametrize(
    ("select", "ignore", "rule", "wanted"),
    [
        ((), (), "T002", True),
        (("T",), (), "T002", True),
        (("T",), (), "F001", False),
        ((), ("T",), "T002", False),
        ((), ("T",), "F001", True),
        (("T",), ("T00",), "T002", False),
        (("T00",), ("T",), "T002", True),
        (("T",), ("T",), "T002", False),  # alike: ignored
        (("T002",), ("T002",), "T002", False),
        (("F", "T002"), ("T",), "T002", True),
        (("F", "T002"), ("T",), "T001", False),
        (("F",), ("Q",), "T001", False),
    ],
)
def test_the_longest_code_decides(select: tuple[str, ...], ignore: tuple[str, ...], rule: str, wanted: bool) -> None:
    assert Selection(select, ignore).takes(rule) is wanted


@given(st.lists(CODES), st.lists(CODES), st.sampled_from(sorted(RULES)))
def test_order_and_repeats_say_nothing(select: list[str], ignore: list[str], rule: str) -> None:
    one = Selection(tuple(select), tuple(ignore)).takes(rule)
    assert Selection(tuple(reversed(select * 2)), tuple(reversed(ignore * 2))).takes(rule) is one
    assert not Selection(tuple(select), (*ignore, rule)).takes(rule)
    if select and not ignore:
        assert one is rule.startswith(tuple(select))


def test_codes_are_written_in_capitals() -> None:
    assert check_codes([" t002 ", "f", "T00"], "--select") == ("T002", "F", "T00")


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("T02", "--ignore: no rule 'T02'; wanted codes of rules or their beginnings, as T002 or T. Did you mean T002?"),
        ("F0011", "--ignore: no rule 'F0011'; wanted codes of rules or their beginnings, as T002 or T. Did you mean F"),
        (
            "",
            "--ignore: no rule ''; wanted codes of rules or their beginnings, as T002 or T. See them with duizhao rule",
        ),
        ("水獭", "--ignore: no rule '水獭'; wanted codes of rules or their beginnings, as T002 or T. See them with"),
        ("*", "--ignore: no rule '*'; wanted codes of rules"),
        ("x" * 100_000, f"--ignore: no rule '{'X' * 20}'…; wanted codes of rules"),
    ],
)
def test_unknown_codes_are_refused(code: str, message: str) -> None:
    with pytest.raises(ConfigError) as error:
        check_codes(["T", code], "--ignore")
    assert str(error.value).startswith(message)


@given(st.text(max_size=12))
def test_any_code_is_known_or_refused(code: str) -> None:
    try:
        (checked,) = check_codes([code], "--select")
    except ConfigError:
        return
    assert any(rule.startswith(checked) for rule in RULES)


@pytest.mark.parametrize(
    ("stood", "stands", "new"),
    [
        ("", "", ""),
        ("", "aab", "aab"),
        ("a", "a", ""),
        ("a", "aa", "a"),  # known once, stands twice: one is new
        ("aa", "aa", ""),
        ("aab", "ba", ""),
        ("b", "abab", "aab"),
    ],
)
def test_as_many_are_known_as_stood_there(stood: str, stands: str, new: str) -> None:
    known = Counter((mark * 12, "T002") for mark in stood)
    assert [f.fingerprint[0] for f in without_known(map(finding, stands), known)] == list(new)
    assert known == Counter((mark * 12, "T002") for mark in stood)


def test_another_rule_is_not_known() -> None:
    known = Counter({("a" * 12, "T001"): 3})
    assert without_known([finding("a")], known) == [finding("a")]
