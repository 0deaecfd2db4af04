"""The glossary part by part: the same entries as in one go, wherever the corpus is cut."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest
from part_samples import KNOWLEDGE, TERMBASE, parts_of, sample

from duizhao.align import WordLinks, WordSenses, train_links
from duizhao.corpora import Corpus, Document, InputError, Pair, Record, Term, Termbase
from duizhao.corpora.knowledge import EMPTY
from duizhao.locating import corpus_locators
from duizhao.metrics import Entry, Finding, build_glossary
from duizhao.metrics.auditing import Audit, Judging, audit
from duizhao.metrics.chosen_terms import (
    Chosen,
    Proposals,
    choose_terms,
    chosen_bytes,
    chosen_from,
    introduced_by,
    listed_runs,
    merged_proposals,
    proposals_bytes,
    proposals_from,
    proposals_of,
)
from duizhao.metrics.corpus_counts import merged_counts, packed
from duizhao.metrics.draft_rows import drafts_bytes, drafts_from
from duizhao.metrics.entry_draft import Cluster, EntryDraft
from duizhao.metrics.findings import Severity
from duizhao.metrics.glossary import count_part
from duizhao.metrics.part_audit import judge_part, locate_part, sampled
from duizhao.metrics.part_glossary import Drafts, entries, merged_drafts, thinned
from duizhao.metrics.rendering import Status

Links = Callable[[], WordLinks] | None


def glossary_of(
    parts: list[Corpus], found: list[Audit], termbase: Termbase, introduced: tuple[Term, ...], links: Links = None
) -> tuple[list[Entry], list[Drafts], Chosen]:
    known = listed_runs(introduced, termbase, KNOWLEDGE)
    both = list(zip(parts, found, strict=True))
    proposed = [proposals_of(part.records, part.pairs, one.findings, known) for part, one in both]
    assert all(proposals_from(proposals_bytes(one)) == one for one in proposed)
    proposals = merged_proposals(proposed, known)
    chosen = choose_terms(proposals, introduced, termbase, KNOWLEDGE)
    assert chosen_from(chosen_bytes(chosen)) == chosen
    drafts = [
        count_part(part.records, part.pairs, one.occurrences, one.findings, chosen, termbase, KNOWLEDGE, links)
        for part, one in both
    ]
    merged, gone = merged_drafts(drafts)
    assert gone == 0
    return entries(merged, chosen, termbase, KNOWLEDGE), drafts, chosen


@cache
def basis() -> Judging:
    links = train_links(sampled(sample(), 1, 0), WordSenses(TERMBASE, KNOWLEDGE))
    return Judging(TERMBASE, KNOWLEDGE, corpus_locators(lambda: links, TERMBASE, KNOWLEDGE), settings="sample")


@cache
def in_parts(number: int) -> tuple[list[Entry], list[Drafts], Chosen]:
    parts = parts_of(sample(), number)
    located = [locate_part(part, basis()) for part in parts]
    counts = merged_counts(one.counts for one in located)
    found = [judge_part(part, basis(), counts, one.lines) for part, one in zip(parts, located, strict=True)]
    return glossary_of(parts, found, TERMBASE, introduced_by(counts))


@cache
def whole() -> list[Entry]:
    corpus = sample()
    found = audit(corpus.documents, corpus.records, corpus.pairs, TERMBASE, KNOWLEDGE, basis().locators)
    return build_glossary(found.occurrences, found.findings, corpus.records, corpus.pairs, TERMBASE, KNOWLEDGE)


def test_the_sample_has_what_is_to_be_told() -> None:
    otter = next(e for e in whole() if e.term == "river otter")
    assert otter.section == "mismatch"
    assert [(r.zh, r.count, r.status, r.flagged) for r in otter.renderings] == [
        ("水獭", 22, "preferred", False),
        ("河獭", 6, "admitted", True),
        ("水怪", 3, "forbidden", True),
    ]


# What nothing settles is read again with the other places of its part: of these terms only the counts are the same.
READ_AGAIN: dict[int, set[str]] = {1: set(), 3: {"stone lantern"}, 7: {"stone lantern"}}


@pytest.mark.parametrize("number", [1, 3, 7])
def test_entries_do_not_depend_on_the_parts(number: int) -> None:
    made = {entry.term: entry for entry in in_parts(number)[0]}
    assert len(whole()) == 11
    assert {entry.term for entry in whole() if made[entry.term] != entry} == READ_AGAIN[number]
    assert [replace(made[e.term], section=e.section, renderings=e.renderings) for e in whole()] == whole()


def test_parts_may_be_grouped_in_any_way_and_written_in_between() -> None:
    entries_, drafts, chosen = in_parts(7)
    loaded = [drafts_from(drafts_bytes(one)) for one in drafts]
    assert loaded == drafts
    first, _ = merged_drafts(loaded[:3])
    rest, _ = merged_drafts(loaded[3:])
    both, _ = merged_drafts([drafts_from(drafts_bytes(first)), rest])
    assert entries(both, chosen, TERMBASE, KNOWLEDGE) == entries_
    assert loaded == drafts  # nothing was changed
    assert drafts_bytes(both) == drafts_bytes(merged_drafts(drafts)[0])


# Findings in pages of Chinese, a page a part: what one part says of a term that stands in another.
STOAT = Term("stoat", "白鼬", ("扫雪鼬",))


def page(name: str, zh: str = "", en: str = "") -> Corpus:
    record = Record(f"{name}#1", name, "zh_only", summary_zh=zh, spans={"summary_zh": ((0, len(zh)),)})
    pairs: tuple[Pair, ...] = ()
    if en:
        record = Record(f"{name}#1", name, "abstract", abstract_en=en, abstract_zh=zh)
        spans = ((0, len(en)),), ((0, len(zh)),)
        pairs = (Pair(f"{name}.1", record.id, name, "abstract", (en,), (zh,), *spans, "1-1", 0.9),)
    return Corpus((Document(name, "0", "utf-8", zh),), (record,), (), pairs)


def told(name: str, term: str, zh: str, severity: Severity = "error", rule: str = "T002", pair: str = "") -> Finding:
    texts = (term if pair else "", zh)
    return Finding(
        rule, severity, 0.9, name, f"{name}#1", pair, *texts, None, (0, 1), "", zh, "", 1, 1, rule + zh + name, term
    )


CASES: list[tuple[str, list[tuple[Corpus, list[Finding]]]]] = [
    ("a rendering that stands in another part is only flagged", [
        (page("a", "白鼬和貂", "a stoat"), []),
        (page("b", "貂"), [told("b", "stoat", "白鼬")]),
    ]),
    ("one that stands nowhere comes with its places", [
        (page("a", "白鼬", "a stoat"), []),
        (page("b", "貂"), [told("b", "stoat", "貂")]),
        (page("c", "貂貂"), [told("c", "stoat", "貂", rule="T004")]),
    ]),
    ("what else the term is called, also where no finding is", [
        (page("a", "扫雪鼬怕白鼬"), []),
        (page("b", "貂"), [told("b", "stoat", "貂")]),
        (page("c", "白鼬", "a stoat"), []),
        (page("d", "扫雪鼬"), []),
    ]),
    ("two approved names in one record of Chinese alone", [
        (page("a", "扫雪鼬怕白鼬"), []),
        (page("b", "貂"), [told("b", "stoat", "貂")]),
    ]),
    ("a note on a term that nobody lists counts behind what made it one", [
        (page("a", "河桥"), [told("a", "beaver dam", "河桥", "note", "T003")]),
        (page("b", "河坝"), [told("b", "beaver dam", "河坝", "error", "T004")]),
        (page("c", "狸桥"), [told("c", "beaver dam", "狸桥", "note", "T004")]),
    ]),
    ("a note on a term that stands in another part", [
        (page("a", "狸坝狸坝", "the beaver dam of the beaver dam"), []),
        (page("b", "河桥"), [told("b", "Beaver dams", "河桥", "note", "T003")]),
    ]),
    ("a mere note makes no term", [(page("a", "奇妙"), [told("a", "wonderful", "奇妙", "note", "T004")])]),
    ("a term of signs alone", [
        (page("a", "贝塔"), [told("a", "β", "贝塔", "note", "T003")]),
        (page("b", "贝他"), [told("b", "β", "贝他", "error", "T004")]),
        (page("c", "倍塔"), [told("c", "β", "倍塔", "note", "T004")]),
    ]),
    ("the first finding gives the name, wherever it is counted", [
        (page("b", "河坝"), [told("b", "Beaver Dam", "河坝")]),
        (page("a", "狸坝"), [told("a", "beaver dam", "狸坝")]),
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("what", "given"), CASES, ids=[what for what, _ in CASES])
def test_what_crosses_parts(what: str, given: list[tuple[Corpus, list[Finding]]]) -> None:
    base = Termbase((STOAT,), "")
    parts = [part for part, _ in given]
    found = [Audit(tuple(findings), (), ()) for _, findings in given]
    records, pairs = (tuple(one for part in parts for one in getattr(part, name)) for name in ("records", "pairs"))
    findings = sorted((f for _, here in given for f in here), key=lambda f: f.document)
    wanted = build_glossary([], findings, records, pairs, base, KNOWLEDGE)
    assert glossary_of(parts, found, base, ())[0] == wanted
    assert len(wanted) == (0 if "mere note" in what else 1)


def test_what_stands_nowhere_is_counted_as_forbidden_and_shown() -> None:
    (one, other) = CASES[1][1][1:]
    entry = glossary_of(
        [one[0], other[0]], [Audit(tuple(f), (), ()) for _, f in (one, other)], Termbase((STOAT,), ""), ()
    )[0]
    assert [(r.zh, r.count, r.records, r.status, r.flagged, r.places) for r in entry[0].renderings] == [
        ("貂", 2, 2, "forbidden", True, ("b#1", "c#1"))
    ]


def test_few_places_are_named_of_a_rendering_of_several_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("duizhao.metrics.entry_draft._PLACES", 4)
    for number in (1, 7):
        otter = next(e for e in again(number) if e.term == "river otter")
        first = otter.renderings[0]
        assert (first.count, len(first.places)) == ((22, 22) if number == 1 else (22, 4))


def again(number: int) -> list[Entry]:
    _, drafts, chosen = in_parts(number)
    return entries(merged_drafts(drafts)[0], chosen, TERMBASE, KNOWLEDGE)


def test_rare_renderings_are_let_go_and_counted() -> None:
    counts: list[tuple[str, int, Status, bool]] = [
        ("水车", 9, "unlisted", False),
        ("", 4, "absent", False),
        ("水轮", 2, "unlisted", False),
        ("轮子", 1, "unlisted", True),
        ("水磨", 1, "admitted", False),
        ("转轮", 1, "unlisted", False),
        ("圆盘", 1, "unlisted", False),
    ]
    clusters = {zh: Cluster(n, 1, flagged=flagged, statuses=Counter({status: n})) for zh, n, status, flagged in counts}
    drafts = {"water wheel": EntryDraft(Term("water wheel", ""), False, (), clusters=clusters)}
    assert thinned(drafts, 7) == 0
    assert thinned(drafts, 6) == 2
    assert list(drafts["water wheel"].clusters) == ["水车", "", "水轮", "轮子", "水磨"]


@pytest.mark.parametrize("value", [None, [], {}, {"texts": [], "drafts": [[1]]}, {"runs": {}, "loud": []}])
def test_what_is_none_of_ours_is_refused(value: object) -> None:
    for read in (drafts_from, chosen_from, proposals_from):
        with pytest.raises(InputError, match=r"^x\.gz: broken counts"):
            read(packed(value), "x.gz")
        with pytest.raises(InputError, match=r"^x\.gz: broken counts"):
            read(b"no gzip", "x.gz")


def test_nothing_is_something() -> None:
    known = listed_runs((), Termbase((), ""), EMPTY)
    assert merged_proposals([], known) == Proposals()
    chosen = choose_terms(Proposals(), (), Termbase((), ""), EMPTY)
    assert chosen == Chosen()
    assert entries({}, chosen, Termbase((), ""), EMPTY) == []
    assert drafts_from(drafts_bytes({})) == {}
    assert replace(chosen, left_out=3).left_out == 3
