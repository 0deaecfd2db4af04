"""The development texts beside the project: extraction as people read it, alignment and audit as they judged them."""

import json
import runpy
from pathlib import Path
from typing import Any

import pytest

from duizhao.align import sentences_en, sentences_zh
from duizhao.corpora import Corpus, Record, extract, read_documents
from duizhao.metrics import Finding
from duizhao.pipeline import audit_corpus, build_corpus

pytestmark = pytest.mark.shared

LISTS = ("authors", "key_points_zh")
FIELDS = ("title_en", "title_zh", "affiliation", "url", "abstract_en", "abstract_zh", "summary_zh", *LISTS)
KINDS = {"title_only": "title", "zh_only_commentary": "zh_only"}  # the gold's word -> ours


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def seed(shared: Path, number: str) -> str:
    return str(next((shared / "seeds").glob(f"{number}_*")))


def papers(shared: Path, number: str) -> list[Record]:
    return [r for r in extract(read_documents([seed(shared, number)])).records if r.kind != "commentary"]


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_extraction_is_what_people_read(shared: Path, number: str) -> None:
    records = papers(shared, number)
    gold = rows(shared / "gold" / "extraction" / f"seed_{number}.jsonl")
    by_url = {record.url: record for record in records}
    assert len(by_url) == len(records) == len(gold)
    for row in gold:
        record = by_url[row["url"]]
        wanted = {name: tuple(row[name] or ()) if name in LISTS else row[name] for name in FIELDS if name in row}
        assert {name: getattr(record, name) for name in wanted} == wanted
        assert record.kind == KINDS.get(row["kind"], row["kind"])


@pytest.mark.parametrize(("number", "kind", "count"), [("002", "summary", 9), ("003", "zh_only", 10)])
def test_kinds(shared: Path, number: str, kind: str, count: int) -> None:
    assert [record.kind for record in papers(shared, number)] == [kind] * count


@pytest.fixture(scope="module")
def corpus(shared: Path) -> Corpus:
    return build_corpus([str(shared / "seeds")])


@pytest.fixture(scope="module")
def findings(corpus: Corpus) -> tuple[Finding, ...]:
    return audit_corpus(corpus).findings


@pytest.mark.parametrize("number", ["000", "001", "004"])
def test_every_sentence_is_in_one_pair(corpus: Corpus, number: str) -> None:
    seen = 0
    for record in corpus.records:
        if not Path(record.document).name.startswith(number) or record.kind != "abstract":
            continue
        pairs = [p for p in corpus.pairs if p.record == record.id and p.field == "abstract"]
        text = next(d.text for d in corpus.documents if d.source == record.document)
        for side, split in (("en", sentences_en), ("zh", sentences_zh)):
            wanted = [
                (begin + a, begin + b)
                for begin, end in record.spans[f"abstract_{side}"]
                for a, b in split(text[begin:end])
            ]
            assert [span for p in pairs for span in getattr(p, f"spans_{side}")] == wanted
            assert [s for p in pairs for s in getattr(p, side)] == [text[a:b] for a, b in wanted]
            seen += len(wanted)
    assert seen > 40


def test_only_what_was_left_out_is_called_left_out(corpus: Corpus, findings: tuple[Finding, ...]) -> None:
    """C001 at .8 and above: the last sentences of four abstracts, and no other."""
    fields = {pair.id: pair for pair in corpus.pairs}
    numbers = {record.id: record.number for record in corpus.records}
    whole = [f for f in findings if f.rule == "C001" and f.message.startswith("This English sentence")]
    loud = [f for f in whole if f.confidence >= 0.8 and fields[f.pair].field == "abstract"]
    assert sorted((Path(f.document).name[:3], numbers[f.record]) for f in loud) == [
        ("000", 1),
        ("000", 5),
        ("004", 1),
        ("004", 5),
    ]
    for f in loud:
        last = [p for p in corpus.pairs if p.record == f.record and p.field == "abstract" and p.en][-1]
        assert f.pair == last.id


BENCHMARK = runpy.run_path(str(Path(__file__).resolve().parents[1] / "benchmarks" / "audit.py"))
# What benchmarks/audit.py printed on 22 November 2026: found, and found at warning or above.
FLOORS = [(True, 62, 28, 22), (False, 47, 29, 20)]


@pytest.mark.parametrize(("en_in_file", "rows_of_kind", "found", "sure"), FLOORS, ids=["with English", "without"])
def test_what_people_found_is_found(
    shared: Path, findings: tuple[Finding, ...], en_in_file: bool, rows_of_kind: int, found: int, sure: int
) -> None:
    answers = BENCHMARK["_answers"]
    gold = [row for row in rows(shared / "gold" / "audit" / "findings.jsonl") if row["en_in_file"] is en_in_file]
    assert len(gold) == rows_of_kind
    loud = [finding for finding in findings if finding.severity != "note"]
    assert sum(any(answers(finding, row) for finding in findings) for row in gold) >= found
    assert sum(any(answers(finding, row) for finding in loud) for row in gold) >= sure


def test_nothing_correct_is_flagged(shared: Path, findings: tuple[Finding, ...]) -> None:
    loud = [finding for finding in findings if finding.severity != "note"]
    assert loud
    correct = rows(shared / "gold" / "audit" / "correct.jsonl")
    assert [
        (row["en"], f.rule, f.message)
        for row in correct
        for f in loud
        if f.document.endswith(row["file"]) and BENCHMARK["_flags"](f, row)
    ] == []
