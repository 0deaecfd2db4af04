"""The drafts of a glossary as a file between two steps."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from ..corpora import Span
from .corpus_counts import BROKEN, broken, packed, row_of, term_of, unpacked
from .entry_draft import TEXT, Begin, Cluster, EntryDraft, Place, Waiting
from .rendering import Example


def drafts_bytes(drafts: Mapping[str, EntryDraft]) -> bytes:
    """The drafts as packed JSON: equal ones give equal bytes. A text that many examples show is written once."""
    texts: dict[str, int] = {}
    rows = [_row(drafts[en], texts) for en in sorted(drafts)]
    return packed({"texts": list(texts), "drafts": rows})


def drafts_from(data: bytes, source: str = "drafts") -> dict[str, EntryDraft]:
    """The drafts that `drafts_bytes` packed; raises InputError, which names `source`, for anything else."""
    value = unpacked(data, source)
    try:
        texts = list(map(str, value["texts"]))
        drafts = [_draft(_Row(*row), texts) for row in value["drafts"]]
    except BROKEN as error:
        raise broken(source) from error
    return {draft.term.en: draft for draft in drafts}


class _Row(NamedTuple):
    term: Sequence[Any]
    listed: bool
    begun: Sequence[Any] | None
    wrong: bool
    expected: Sequence[Any] | None
    records: int
    clusters: Mapping[str, Sequence[Any]]
    pending: Mapping[str, Sequence[Any]]
    beside: Mapping[str, Sequence[Any]]
    elsewhere: Iterable[tuple[Sequence[str], int]]
    together: Iterable[Sequence[str]]
    waiting: Iterable[Sequence[Any]]


def _row(draft: EntryDraft, texts: dict[str, int]) -> _Row:
    def rows(clusters: Mapping[str, Cluster]) -> dict[str, list[Any]]:
        return {key: _row_of_cluster(clusters[key], texts) for key in sorted(clusters)}

    return _Row(
        row_of(draft.term),
        draft.listed,
        draft.begun,
        draft.wrong,
        draft.expected,
        draft.records,
        rows(draft.clusters),
        rows(draft.pending),
        rows(draft.beside),
        sorted(draft.elsewhere.items()),
        sorted(draft.together),
        [[note.at, note.zh, note.wrong, note.expected, _row_of_cluster(note.found, texts)] for note in draft.waiting],
    )


def _draft(row: _Row, texts: Sequence[str]) -> EntryDraft:
    def clusters(rows: Mapping[str, Sequence[Any]]) -> dict[str, Cluster]:
        return {str(key): _cluster(row, texts) for key, row in rows.items()}

    expected = None if row.expected is None else (_place(row.expected[0]), str(row.expected[1]))
    return EntryDraft(
        term_of(row.term),
        bool(row.listed),
        _begun(row.begun),
        bool(row.wrong),
        expected,
        int(row.records),
        clusters(row.clusters),
        clusters(row.pending),
        clusters(row.beside),
        Counter({tuple(map(str, names)): int(n) for names, n in row.elsewhere}),
        {(str(one), str(other)) for one, other in row.together},
        [
            Waiting(_place(at), str(zh), bool(wrong), str(wanted), _cluster(found, texts))
            for at, zh, wrong, wanted, found in row.waiting
        ],
    )


def _row_of_cluster(cluster: Cluster, texts: dict[str, int]) -> list[Any]:
    def number(text: str) -> int:
        return texts.setdefault(text, len(texts))

    return [
        cluster.count,
        cluster.records,
        cluster.confidence,
        cluster.flagged,
        cluster.statuses,
        cluster.forms,
        cluster.english,
        cluster.places,
        [
            [sure, phase, one.pair, number(one.en), number(one.zh), one.span_en, one.span_zh]
            for sure, phase, one in cluster.examples
        ],
    ]


def _cluster(row: Sequence[Any], texts: Sequence[str]) -> Cluster:
    count, records, confidence, flagged, statuses, forms, english, places, examples = row
    return Cluster(
        int(count),
        int(records),
        int(confidence),
        bool(flagged),
        Counter(statuses),
        Counter(forms),
        Counter(english),
        list(map(str, places)),
        [
            (
                float(sure),
                int(phase),
                Example(str(pair), texts[int(en)], texts[int(zh)], _span(a), None if b is None else _span(b)),
            )
            for sure, phase, pair, en, zh, a, b in examples
        ],
    )


def _span(row: Sequence[int]) -> Span:
    begin, end = row
    return int(begin), int(end)


def _begun(row: Sequence[Any] | None) -> Begin:
    return None if row is None else _place(row) if len(row) else TEXT


def _place(row: Sequence[Any]) -> Place:
    document, line, column = row
    return str(document), int(line), int(column)
