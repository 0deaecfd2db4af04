"""The table beside the peers (benchmarks/table.py): what it computes by itself; nothing is measured here."""

import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    monkeypatch.delitem(sys.modules, "table", raising=False)
    import table  # pyright: ignore[reportMissingImports]

    return table


@pytest.fixture
def table_filter(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    import table_filter  # pyright: ignore[reportMissingImports]

    return table_filter


@pytest.mark.parametrize(
    ("links", "en", "zh", "beads"),
    [
        ([(0, 0), (1, 1)], 2, 2, {((0,), (0,)), ((1,), (1,))}),
        ([(0, 0), (0, 1), (1, 2)], 2, 3, {((0,), (0, 1)), ((1,), (2,))}),
        ([(0, 0), (1, 0)], 3, 1, {((0, 1), (0,)), ((2,), ())}),
        ([], 1, 1, {((0,), ()), ((), (0,))}),
        ([(0, 0), (1, 0), (1, 1)], 2, 2, {((0, 1), (0, 1))}),
    ],
)
def test_beads_of_links(table: Any, links: list[tuple[int, int]], en: int, zh: int, beads: set[Any]) -> None:
    assert {(tuple(bead.en), tuple(bead.zh)) for bead in table.beads_of(links, en, zh)} == beads


@pytest.mark.parametrize(
    ("values", "shown"), [([3.14, 3.09], "3"), ([3.1, 12.2, 5.0], "3–12"), ([1234.0, 1251.0], "1,200–1,300")]
)
def test_ranges(table: Any, values: list[float], shown: str) -> None:
    assert table.between(values, table.rounded) == shown


def test_a_peer_that_is_absent_gets_a_row(table: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "installed", lambda module: False)
    assert list(table.audit(Path(), None))[1:] == [
        ("audit", table.tool("translate-toolkit", "pofilter of translate-toolkit"), "not installed", "")
    ]
    assert table.tool("no-such-distribution", "Name") == "Name"


def test_of_equal_rows_the_first_are_kept(table_filter: Any) -> None:
    rows = [("ok-1", "a", "甲"), ("doubled-1", "a", "甲"), ("ok-2", "b", "乙")]
    kept = table_filter.takes_from(rows, Counter({("a", "甲"): 1}))
    assert kept == Counter({"ok": 1})


def test_shares_left(table_filter: Any) -> None:
    rows = [
        (f"{kind}-{k}", "a", "甲")
        for kind in ("ok", "traditional", "number_changed", "near_duplicated")
        for k in (0, 1)
    ]
    said = table_filter.left_of(rows, Counter({"ok": 2, "traditional": 1, "number_changed": 1}))
    assert said == "left: clean 100 %, Traditional 50 %, noise 25 %, wrong numbers 50 %, near duplicates 0 %"
