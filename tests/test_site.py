"""Reports of several pages: each finding is on one, and none calls a pair clean that another finds fault with."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_samples import sample

from duizhao.corpora import Pair, Record
from duizhao.metrics import Finding
from duizhao.reports import Result, site
from duizhao.reports.summary import clean_pairs

OWLS, *_ = sample(2).documents


def nest(number: int) -> Record:
    return Record(f"{number}", OWLS.source, "abstract", number, None, "Nests", "鸟巢")


def line(record: int, number: int) -> Pair:
    """A pair of a record; it has the text of the first one in the document."""
    [pair, *_] = sample(2).pairs
    return replace(pair, id=f"{record}.{number}", record=f"{record}")


def fault(record: str, pair: str, number: int) -> Finding:
    [finding, *_] = sample(2).findings
    return replace(finding, record=record, pair=pair, line=number, fingerprint=f"{number:012x}")


def report(counts: list[list[int]], alone: int = 0) -> Result:
    """A record for each list, a pair for each number in it, with so many errors; and some of no record."""
    records, pairs, findings = [], [], []
    for number, row in enumerate(counts):
        records.append(nest(number))
        for place, faults in enumerate(row):
            pairs.append(line(number, place))
            findings += [fault(f"{number}", f"{number}.{place}", len(findings) + k) for k in range(faults)]
    findings += [fault("", "", len(findings) + k) for k in range(alone)]
    return Result((OWLS,), tuple(records), (), tuple(pairs), tuple(findings), (), ())


def parts(result: Result, per_page: int) -> list[Result]:
    return [part.result for part in site._parts(result, "report_pages", per_page)]


@pytest.mark.parametrize(
    ("counts", "per_page", "wanted"),
    [
        # Cut between records; the last record, without a finding, stands with the one before it.
        ([[2, 1, 0], [1, 1], [0]], 3, [("0", "0.0 0.1 0.2", 3), ("1 2", "1.0 1.1 2.0", 2)]),
        ([[0], [2], [0, 0], [2]], 2, [("0 1 2", "0.0 1.0 2.0 2.1", 2), ("3", "3.0", 2)]),
        # A long record is cut between pairs; those without a finding stand in the first part of it.
        ([[1, 0, 2, 0, 1]], 2, [("0", "0.0 0.1 0.3", 1), ("0", "0.2", 2), ("0", "0.4", 1)]),
        # What was found in one pair is never cut.
        ([[1], [5, 1]], 2, [("0", "0.0", 1), ("1", "1.0", 5), ("1", "1.1", 1)]),
        ([[1, 1], [0]], 2, [("0 1", "0.0 0.1 1.0", 2)]),
    ],
)
def test_where_a_document_is_cut(counts: list[list[int]], per_page: int, wanted: list[tuple[str, str, int]]) -> None:
    found = [
        (" ".join(each.id for each in part.records), " ".join(each.id for each in part.pairs), len(part.findings))
        for part in parts(report(counts), per_page)
    ]
    assert found == wanted


@given(
    st.lists(st.lists(st.integers(0, 4), max_size=5), max_size=6),
    st.integers(0, 3),
    st.integers(1, 5),
)
def test_all_is_on_one_page_each(counts: list[list[int]], alone: int, per_page: int) -> None:
    result = report(counts, alone)
    made = parts(result, per_page)
    assert sorted(id(finding) for part in made for finding in part.findings) == sorted(map(id, result.findings))
    if made:
        assert sorted(pair.id for part in made for pair in part.pairs) == sorted(pair.id for pair in result.pairs)
        assert {record.id for part in made for record in part.records} == {record.id for record in result.records}
        assert sum(map(clean_pairs, made)) == clean_pairs(result)
    for part in made:
        assert {pair.record for pair in part.pairs} <= {record.id for record in part.records}
        faults = [
            len([each for each in part.findings if each.pair == pair]) for pair in {f.pair for f in part.findings}
        ]
        assert len(part.findings) <= per_page or faults == [len(part.findings)]


def test_the_pages_show_each_finding_once() -> None:
    result = report([[2, 1, 0], [1, 1], [0]])
    pages = {name: "".join(pieces) for name, pieces in site.render_site(result, limit=2, per_page=3)}
    assert list(pages) == ["report.html", "report_pages/0001.html", "report_pages/0002.html"]
    for finding in result.findings:
        shown = [name for name, page in pages.items() if f'id="{finding.rule}-{finding.fingerprint}"' in page]
        assert shown == [f"report_pages/000{1 if finding.record == '0' else 2}.html"]
