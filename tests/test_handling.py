"""What is reported and what is counted instead: rules, paths, findings let stand, findings known."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duizhao.choice import Choice
from duizhao.handling import handle
from duizhao.metrics import Finding

CHECKS = ("T002", "T003", "F001", "Q001")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def finding(rule: str, mark: str = "a", document: str = "tea.txt") -> Finding:
    return Finding(rule, "error", 0.9, document, "", "", "", "", None, None, "", "", "", 1, 1, mark * 12)


def rules(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.rule for finding in findings]


ALL = [finding("T002"), finding("T003", "b"), finding("F001", "c"), finding("F001", "d")]


@pytest.mark.parametrize(
    ("choice", "left", "notes"),
    [
        (Choice(), ["T002", "T003", "F001", "F001"], ()),
        (Choice(ignore=("F",)), ["T002", "T003"], ("2 findings of 1 rule not shown: --ignore F.",)),
        (Choice(ignore=("F", "T003")), ["T002"], ("3 findings of 2 rules not shown: --ignore F,T003.",)),
        (Choice(select=("T003",)), ["T003"], ("3 findings of 2 rules not shown: --select T003.",)),
        (
            Choice(select=("T",), ignore=("T003",)),
            ["T002"],
            ("3 findings of 2 rules not shown: --select T --ignore T003.",),
        ),
        (Choice(select=("Q",)), [], ("4 findings of 3 rules not shown: --select Q.",)),
        (Choice(ignore=("Q",)), ["T002", "T003", "F001", "F001"], ()),
    ],
)
def test_rules(choice: Choice, left: list[str], notes: tuple[str, ...]) -> None:
    handled = handle(ALL, choice)
    assert (rules(handled.findings), handled.notes) == (left, notes)
    assert handled.present == handled.findings


@pytest.mark.parametrize(
    ("pattern", "document", "fits"),
    [
        ("*.txt", "tea.txt", True),
        ("*.txt", "old/tea.txt", True),  # * is any text
        ("old/*", "old/a/tea.txt", True),
        ("old/*", "tea.txt", False),
        ("old", "old/a/tea.txt", True),  # a folder stands for all in it
        ("old", "older/tea.txt", False),
        ("tea.*", "./tea.txt", True),
        ("*.zh", "tea.en + tea.zh", True),
        ("[tea].txt", "t.txt", True),
        ("TEA.txt", "tea.txt", False),
        ("*", "-", True),
    ],
)
def test_paths(pattern: str, document: str, fits: bool) -> None:
    findings = [finding("F001", document=document), finding("T002", document=document)]
    handled = handle(findings, Choice(path_ignores=((pattern, ("F",)),)))
    assert rules(handled.findings) == (["T002"] if fits else ["F001", "T002"])
    assert handled.notes == ((f"1 finding not shown: {pattern} ignores F.",) if fits else ())


def test_a_whole_pattern_is_told_as_from_here() -> None:
    handled = handle(ALL, Choice(path_ignores=((f"{Path.cwd().as_posix()}/tea.txt", ("T", "F")),)))
    assert handled.notes == ("4 findings not shown: tea.txt ignores T,F.",)


def test_findings_let_stand_and_entries_without_one() -> None:
    Path("list").write_text(
        f"{'a' * 12} T002 a name\n{'b' * 12} T002 of another rule\n{'e' * 12} F001 gone\n", encoding="utf-8"
    )
    handled = handle([*ALL, finding("T002", document="b.txt")], Choice(ignore_files=("list",)))
    assert rules(handled.findings) == ["T003", "F001", "F001"]
    assert handled.notes == (
        "2 findings let stand, as list says.",
        "2 entries of list match nothing in what was read.",
    )


def test_an_entry_of_a_rule_that_is_not_shown_is_not_out_of_date() -> None:
    Path("list").write_text(f"{'a' * 12} T002 a name\n", encoding="utf-8")
    handled = handle(ALL, Choice(ignore=("T",), ignore_files=("list",)))
    assert handled.notes == ("2 findings of 2 rules not shown: --ignore T.",)


def test_the_baseline_counts_repeats() -> None:
    known = [f'{{"fingerprint": "{mark * 12}", "rule": "T002"}}' for mark in "aae"]
    Path("known").write_text("\n".join(known), encoding="utf-8")
    handled = handle([ALL[0], ALL[0], ALL[1], ALL[0]], Choice(baseline="known"))
    assert rules(handled.findings) == ["T003", "T002"]
    assert rules(handled.present) == ["T002", "T002", "T003", "T002"]
    assert handled.notes == (
        "2 findings known before, as known says.",
        "1 entry of known matches nothing in what was read.",
    )


FINDINGS = st.lists(
    st.builds(finding, st.sampled_from(CHECKS), st.sampled_from("abc"), st.sampled_from(["tea.txt", "old/tea.txt"])),
    max_size=8,
)
CODES = st.lists(st.sampled_from(["T", "F", "T002", "Q001"]), max_size=2).map(tuple)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(FINDINGS, CODES, CODES, CODES, st.lists(st.tuples(st.sampled_from(CHECKS), st.sampled_from("abc")), max_size=3))
def test_every_finding_is_reported_or_counted(
    findings: list[Finding],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    here: tuple[str, ...],
    listed: list[tuple[str, str]],
) -> None:
    Path("list").write_text("".join(f"{mark * 12} {rule} tea\n" for rule, mark in listed), encoding="utf-8")
    lines = [f'{{"fingerprint": "{f.fingerprint}", "rule": "{f.rule}"}}\n' for f in findings[:2]]
    Path("known").write_text("".join(lines), encoding="utf-8")
    choice = Choice(select, ignore, (("old/*", here),) if here else (), ("list",), "known")
    handled = handle(findings, choice)
    counted = [int(note.split()[0]) for note in handled.notes if note.split()[1].startswith("finding")]
    assert len(handled.findings) + sum(counted) == len(findings)
    places = [k for f in handled.findings for k, each in enumerate(findings) if each is f]
    assert places == sorted(places)
