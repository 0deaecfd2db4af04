"""The baseline: written, read back, and refused with its line where it is none."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duizhao.baseline import check_baseline_target, read_baseline, write_baseline
from duizhao.corpora import InputError
from duizhao.metrics import Finding
from duizhao.reports import as_row, json_line

MARK = "3f2a5c7e9b01"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def finding(rule: str, mark: str) -> Finding:
    return Finding(rule, "error", 0.9, "tea.txt", "tea#1", "", "", "", None, None, "", "", "", 1, 1, mark * 12)


def test_the_lines_are_sorted_and_count_repeats() -> None:
    findings = [finding("T002", "b"), finding("F001", "c"), finding("T002", "a"), finding("T002", "b")]
    assert write_baseline(Path("known"), findings) == 4
    assert Path("known").read_bytes().decode().split("\n") == [
        '{"fingerprint": "cccccccccccc", "rule": "F001"}',
        '{"fingerprint": "aaaaaaaaaaaa", "rule": "T002"}',
        '{"fingerprint": "bbbbbbbbbbbb", "rule": "T002"}',
        '{"fingerprint": "bbbbbbbbbbbb", "rule": "T002"}',
        "",
    ]
    assert [path.name for path in Path().iterdir()] == ["known"]


@given(st.lists(st.tuples(st.sampled_from(["T002", "F001"]), st.sampled_from("abc"))))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_written_is_read_back(rows: list[tuple[str, str]]) -> None:
    write_baseline(Path("known"), [finding(*row) for row in rows])
    assert read_baseline("known") == Counter((mark * 12, rule) for rule, mark in rows)


def test_findings_are_a_baseline_too() -> None:
    rows = [json_line(as_row(finding("T002", "b")))] * 2
    Path("findings.jsonl").write_text("\n".join([*rows, "", ""]), encoding="utf-8")
    assert read_baseline("findings.jsonl") == Counter({("b" * 12, "T002"): 2})


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("tea", "no JSON"),
        ("[" * 20_000, "no JSON"),
        ("9" * 5_000, "no JSON"),
        ('["T002"]', "no object"),
        ("{}", "no fingerprint and rule"),
        (f'{{"fingerprint": "{MARK}"}}', "no fingerprint and rule"),
        (f'{{"fingerprint": "{MARK}", "rule": 2}}', "no fingerprint and rule"),
        ('{"fingerprint": "tea", "rule": "T002"}', "no fingerprint and rule"),
    ],
)
def test_what_is_no_baseline_is_refused_with_its_line(line: str, found: str) -> None:
    Path("known").write_text(f'{{"fingerprint": "{MARK}", "rule": "T002"}}\n\n{line}\n', encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_baseline("known")
    assert str(error.value).startswith(f"known:3: {found}; wanted a line such as ")


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("folder", "folder: no place for a file"),
        ("no/known", "no/known: no place for a file; wanted a file in a folder that exists"),
        ("tea.txt", "tea.txt: one of the inputs; wanted another file to write"),
        ("folder/../tea.txt", "folder/../tea.txt: one of the inputs"),
    ],
)
def test_where_no_baseline_can_be(target: str, message: str) -> None:
    Path("folder").mkdir()
    Path("tea.txt").write_text("茶", encoding="utf-8")
    with pytest.raises(InputError) as error:
        check_baseline_target(Path(target), ["-", "tea.txt", "no.txt"])
    assert str(error.value).startswith(message)
    check_baseline_target(Path("folder/known"), ["tea.txt"])
