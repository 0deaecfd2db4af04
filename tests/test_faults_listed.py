"""docs/faults.md has a row for each of the 90 bad inputs, and the tests that it names are there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "faults.md").read_text(encoding="utf-8")
ROWS = range(1, 91)


def rows_by_file() -> dict[str, list[tuple[int, str]]]:
    """Number and named prefix of each row, by the file of tests that the heading above it names."""
    found = {}
    for section in PAGE.split("\n## ")[1:]:
        (file,) = re.findall(r"\(`(tests/\w+\.py)`\)$", section.split("\n")[0])
        rows = re.findall(r"(?m)^\| (\d+) \|.*`(\w+)`[^|`]*(?:`[^|`]*`[^|`]*)?\|$", section)
        found[file] = [(int(number), prefix) for number, prefix in rows]
    return found


def test_each_input_has_one_row_in_order() -> None:
    numbers = [int(number) for number in re.findall(r"(?m)^\| (\d+) \|", PAGE)]
    assert numbers == list(ROWS)
    assert [row for rows in rows_by_file().values() for row in rows] == [(n, f"test_fault_{n:02}_") for n in ROWS]


def test_each_row_has_its_tests_in_the_file_of_its_section() -> None:
    for file, rows in rows_by_file().items():
        text = (ROOT / file).read_text(encoding="utf-8")
        defined = set(re.findall(r"(?m)^def (test_fault_\d\d_)", text))
        assert defined == {prefix for _, prefix in rows}, file


def test_each_file_of_such_tests_has_its_section() -> None:
    files = {path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").glob("test_faults_*.py")}
    assert files - {"tests/test_faults_listed.py"} == set(rows_by_file())
