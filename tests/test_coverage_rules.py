"""C001, C002: sentences with no counterpart; C005: records that are no translations."""

from typing import get_args

import pytest

from duizhao.corpora import Kind, Pair, Record
from duizhao.metrics.coverage import check_coverage, comparable_records


def pair(en: tuple[str, ...], zh: tuple[str, ...]) -> Pair:
    spans_en, spans_zh = tuple((0, len(s)) for s in en), tuple((0, len(s)) for s in zh)
    return Pair("d#1.abstract.1", "d#1", "d", "abstract", en, zh, spans_en, spans_zh, f"{len(en)}-{len(zh)}", 0.0)


@pytest.mark.parametrize(
    ("en", "zh", "wanted"),
    [
        (("The moth flies at night.",), (), [("C001", 0.85, (0, 24), None)]),
        (("The moth flies.",), (), [("C001", 0.6, (0, 15), None)]),
        (("It flies.", "It sings."), (), [("C001", 0.6, (0, 19), None)]),
        ((), ("飞蛾在夜间飞行。",), [("C002", 0.7, None, (0, 8))]),
        (("It flies.",), ("它会飞。",), []),
        ((), (), []),
    ],
)
def test_lone_sides(en: tuple[str, ...], zh: tuple[str, ...], wanted: list[tuple[str, float, object, object]]) -> None:
    drafts = list(check_coverage(pair(en, zh)))
    assert [(draft.rule, draft.confidence, draft.span_en, draft.span_zh) for draft in drafts] == wanted
    assert all(draft.severity == "warning" for draft in drafts)


def test_comparable() -> None:
    records = [Record(kind, "d", kind) for kind in get_args(Kind)]
    assert len(records) == 9
    assert [record.kind for record in comparable_records(records)] == ["summary"]
