"""The steps that make what is published of a part: lines of its tables and findings, its pages, its tally and scores.

Pure functions from files to files, as those of part_steps.py.
"""

import json
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import chdir
from dataclasses import replace
from hashlib import blake2b
from itertools import groupby
from pathlib import Path
from typing import Any

from duizhao.corpora import Corpus, Document, Leftover, Pair, Record, Span, extract, read_documents
from duizhao.corpora.document_parts import shifted
from duizhao.corpora.store_rows import read_tables
from duizhao.corpora.store_schema import TABLES
from duizhao.metrics import Finding, score_against, score_agreement
from duizhao.metrics.agreement import paper_names
from duizhao.metrics.pair_adequacy import pair_adequacy
from duizhao.metrics.selection import without_known
from duizhao.part_audit_steps import choice_from
from duizhao.part_files import read_findings
from duizhao.part_steps import Counts, Settings
from duizhao.pipeline import Options
from duizhao.provenance import applied
from duizhao.reports import Result, scores_json, write_jsonl
from duizhao.reports.part_report import part_report
from duizhao.reports.tally import tally_of
from duizhao.reports.tally_json import json_bytes

_WIDTH = len(TABLES)


def rows(settings: Settings, inputs: Sequence[Path], outputs: Sequence[Path]) -> Counts:
    """Records, pairs and leftovers of a part as JSON lines, with spans in its whole document; its tally."""
    part = _in_whole(read_tables(inputs), settings["begin"])
    *lines, counted = outputs
    kinds: tuple[Sequence[Record | Pair | Leftover], ...] = part.records, part.pairs, part.leftovers
    for path, items in zip(lines, kinds, strict=True):
        with path.open("w", encoding="utf-8", newline="\n") as handle:
            write_jsonl(handle, items)
    result = Result(part.documents, part.records, part.leftovers, part.pairs, (), (), ())
    counted.write_bytes(json_bytes(tally_of(result, aligned=False)))
    return {}


def report(settings: Settings, inputs: Sequence[Path], outputs: Sequence[Path]) -> Counts:
    """The reported findings of a part as JSON lines, its tally, and its pages where `settings["pages"]` wants them.

    After the part's tables come its findings and, for links and pages, the places that the glossary names. The count
    has a row a run of findings of one document: its source, how many bytes of lines, and how many lines.
    """
    part, findings = read_tables(inputs[:_WIDTH]), read_findings(inputs[_WIDTH])
    known = Counter({(name, rule): n for name, rule, n in settings["known"]})
    result = _result(settings, part, without_known(findings, known))
    with outputs[0].open("wb") as handle:
        counts = list(_write_lines(handle.write, _shifted(result.findings, part.documents, settings["begin"])))
    if len(inputs) == _WIDTH + 1:
        outputs[1].write_bytes(json_bytes(tally_of(result, aligned=False)))
        return {"findings": counts}
    wanted = frozenset(json.loads(inputs[_WIDTH + 1].read_text(encoding="utf-8")))
    made = part_report(result, settings["number"], settings["parts"], wanted=wanted)
    outputs[1].write_bytes(json_bytes(made.tally))
    outputs[2].write_bytes(json_bytes(made.links))
    if settings["pages"]:
        for address, pieces in made.pages():
            with (outputs[3] / Path(address).name).open("w", encoding="utf-8", newline="\n") as page:
                page.writelines(pieces)
    return {"findings": counts}


def papers(settings: Settings, inputs: Sequence[Path], outputs: Sequence[Path]) -> Counts:
    """What tells which papers the records of a part are about: hashes, so that those which come again can be found."""
    found = array("Q", (key for record in read_tables(inputs).records for key in _keys(record)))
    outputs[0].write_bytes(found.tobytes())
    return {"keys": len(found)}


def scores(settings: Settings, inputs: Sequence[Path], outputs: Sequence[Path]) -> Counts:
    """Scores of a corpus against a reference, or between its documents; only records that can be matched are held.

    The inputs are the tables of all parts, then their papers.
    """
    parts = len(inputs) // (_WIDTH + 1)
    reference = settings["reference"]
    if reference is not None:
        with chdir(settings["cwd"]):
            references = extract(read_documents([reference], settings["encoding"])).records
        wanted = {key for record in references for key in _keys(record)}
        made = score_against(list(_records(inputs, parts, wanted)), references, reference)
    else:
        made = score_agreement(_records(inputs, parts, _repeated(inputs[parts * _WIDTH :])))
    outputs[0].write_text(scores_json(made), encoding="utf-8", newline="\n")
    outputs[1].write_bytes(json_bytes(tuple(made)))
    return {"scores": len(made)}


def _result(settings: Settings, part: Corpus, findings: Sequence[Finding]) -> Result:
    options = Options(
        encoder=settings["encoder"],
        direction=settings["direction"],
        lang=settings["lang"],
        choice=choice_from(settings["choice"]),
    )
    with chdir(settings["cwd"]):
        rules, ignored = applied((document.source for document in part.documents), options)
    return Result(
        documents=part.documents,
        records=part.records,
        leftovers=part.leftovers,
        pairs=part.pairs,
        findings=tuple(findings),
        entries=(),
        scores=(),
        lang=options.lang,
        rules=rules,
        adequacy=tuple(pair_adequacy(part.pairs)) if settings["pages"] else (),
        direction=options.direction,
        ignored=ignored,
    )


def _in_whole(part: Corpus, begin: int) -> Corpus:
    return shifted(part, begin, part.documents[0].source) if begin else part


def _shifted(findings: Iterable[Finding], documents: Sequence[Document], begin: int) -> Iterator[Finding]:
    """The findings with spans in the whole of the first document, of which the part has a run from `begin` on."""
    first = documents[0].source if begin else None
    for each in findings:
        if each.document == first:
            yield replace(each, span_en=_moved(each.span_en, begin), span_zh=_moved(each.span_zh, begin))
        else:
            yield each


def _moved(span: Span | None, by: int) -> Span | None:
    return span and (span[0] + by, span[1] + by)


def _write_lines(write: Any, findings: Iterable[Finding]) -> Iterator[list[Any]]:
    from duizhao.reports import as_row, json_line

    for source, group in groupby(findings, key=lambda finding: finding.document):
        lines = [(json_line(as_row(finding)) + "\n").encode("utf-8") for finding in group]
        write(b"".join(lines))
        yield [source, sum(map(len, lines)), len(lines)]


def _keys(record: Record) -> Iterator[int]:
    """The names of a record's paper, as 64 bits each."""
    for name in paper_names(record):
        yield int.from_bytes(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def _repeated(files: Sequence[Path]) -> set[int]:
    """The keys that come more than once."""
    import numpy as np

    found = [np.frombuffer(path.read_bytes(), dtype=np.uint64) for path in files]
    keys, counts = np.unique(np.concatenate(found) if found else np.zeros(0, np.uint64), return_counts=True)
    return set(keys[counts > 1].tolist())


def _records(inputs: Sequence[Path], parts: int, wanted: set[int]) -> Iterator[Record]:
    """The records of all parts that have one of the keys; of none nothing need be read."""
    for k in range(0, parts * _WIDTH if wanted else 0, _WIDTH):
        yield from (r for r in read_tables(inputs[k : k + _WIDTH]).records if not wanted.isdisjoint(_keys(r)))
