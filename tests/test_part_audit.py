"""The audit part by part: the same findings as in one go, wherever the corpus is cut."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import pytest
from part_samples import KNOWLEDGE, TERMBASE, parts_of, sample

from duizhao.align import WordLinks, WordSenses, train_links
from duizhao.align.word_links import links_bytes, links_from
from duizhao.corpora import Corpus, InputError
from duizhao.locating import corpus_locators
from duizhao.metrics.auditing import Audit, Direction, Judging, audit, notes_of
from duizhao.metrics.corpus_counts import Counts, counts_bytes, counts_from, merged_counts
from duizhao.metrics.findings import Finding
from duizhao.metrics.part_audit import Located, every_of, judge_part, locate_part, occurrences_of, sampled

SENSES = WordSenses(TERMBASE, KNOWLEDGE)


def links_of(parts: Sequence[Corpus], every: int = 1, direction: Direction = "en-zh") -> WordLinks:
    begin, found = 0, []
    for part in parts:
        found += sampled(part, every, begin, direction)
        begin += len(part.pairs)
    return train_links(found, SENSES)


def judging(parts: Sequence[Corpus], direction: Direction = "en-zh") -> Judging:
    links = links_of(parts, 1, direction)
    locators = corpus_locators(lambda: links, TERMBASE, KNOWLEDGE)
    return Judging(TERMBASE, KNOWLEDGE, locators, direction, links=lambda: links, settings="sample")


@cache
def whole(direction: Direction = "en-zh") -> Audit:
    corpus = sample()
    locators = judging([corpus], direction).locators
    return audit(corpus.documents, corpus.records, corpus.pairs, TERMBASE, KNOWLEDGE, locators, direction=direction)


@cache
def located(number: int) -> tuple[Located, ...]:
    parts = parts_of(sample(), number)
    return tuple(locate_part(part, judging(parts)) for part in parts)


def counted(number: int) -> Counts:
    return merged_counts(one.counts for one in located(number))


def place(f: Finding) -> tuple[object, ...]:
    return f.document, f.line, f.column, f.rule, f.fingerprint


def test_the_sample_has_what_is_to_be_told() -> None:
    rules = {f.rule for f in whole().findings}
    assert {"T002", "T003", "T004", "N003", "Q001", "C005"} <= rules
    titles = [f.zh for f in whole().findings if "Otters and a Bridge" in f.en or "otters and a bridge" in f.en]
    assert titles == ["双獭与桥"] * 2
    assert len(whole().notes) == 1


@pytest.mark.parametrize("number", [1, 2, 3, 7])
def test_findings_do_not_depend_on_the_parts(number: int) -> None:
    parts, one_by_one = parts_of(sample(), number), located(number)
    counts = counts_from(counts_bytes(counted(number).for_judging()))
    basis = judging(parts)
    found = [judge_part(part, basis, counts, one.lines) for part, one in zip(parts, one_by_one, strict=True)]
    assert sorted((f for one in found for f in one.findings), key=place) == sorted(whole().findings, key=place)
    assert tuple(o for one in found for o in one.occurrences) == whole().occurrences
    assert notes_of(counts) == whole().notes


def test_a_part_that_knows_itself_alone_says_something_else() -> None:
    parts, one_by_one = parts_of(sample(), 3), located(3)
    alone = [judge_part(p, judging(parts), one.counts, one.lines) for p, one in zip(parts, one_by_one, strict=True)]
    missing = set(whole().findings) - {f for one in alone for f in one.findings}
    assert {f.rule for f in missing} == {"T003", "T004"}


def test_one_part_is_the_whole_in_its_order_too() -> None:
    (part,), (one,) = parts_of(sample(), 1), located(1)
    found = judge_part(part, judging([part]), counted(1), one.lines)
    assert found == replace(whole(), notes=())


def test_judging_alone_locates_nothing() -> None:
    parts, one_by_one = parts_of(sample(), 3), located(3)

    def never(texts: Sequence[tuple[str, str]]) -> Sequence[object]:
        raise AssertionError(texts)

    basis = replace(judging(parts), locators=never)
    found = judge_part(parts[1], basis, counted(3), one_by_one[1].lines)
    assert found.occurrences == occurrences_of(parts[1], basis, one_by_one[1].lines)
    assert len(found.occurrences) == 54


def test_lines_of_other_texts_are_not_believed() -> None:
    parts, one_by_one = parts_of(sample(), 3), located(3)
    basis, counts = judging(parts), counted(3)
    wanted = judge_part(parts[2], basis, counts, one_by_one[2].lines)
    assert judge_part(parts[2], basis, counts, one_by_one[0].lines) == wanted
    assert judge_part(parts[2], basis, counts, ["{}", *one_by_one[2].lines[1:]]) == wanted


@pytest.mark.parametrize("number", [1, 3])
def test_english_is_audited_part_by_part(number: int) -> None:
    parts = parts_of(sample(), number)
    basis = judging(parts, "zh-en")
    one_by_one = [locate_part(part, basis) for part in parts]
    assert [one.lines for one in one_by_one] == [[]] * number
    counts = merged_counts(one.counts for one in one_by_one)
    found = [judge_part(part, basis, counts, []) for part in parts]
    wanted = whole("zh-en")
    assert len(wanted.findings) > 3
    assert sorted((f for one in found for f in one.findings), key=place) == sorted(wanted.findings, key=place)
    assert tuple(o for part in parts for o in occurrences_of(part, basis, [])) == wanted.occurrences
    assert notes_of(counts) == ()


@pytest.mark.parametrize("every", [1, 3, 50])
def test_a_sample_does_not_depend_on_the_parts(every: int) -> None:
    corpus = sample()
    wanted = list(sampled(corpus, every, 0))
    assert wanted == [(" ".join(p.en), "".join(p.zh)) for p in corpus.pairs[::every]]
    for number in (2, 7):
        assert links_of(parts_of(corpus, number), every).shown == links_of([corpus], every).shown


@pytest.mark.parametrize(("pairs", "every"), [(0, 1), (20_000, 1), (20_001, 2), (1_000_000, 50)])
def test_some_20_000_pairs_are_sampled(pairs: int, every: int) -> None:
    assert every_of(pairs) == every


def test_links_are_loaded_as_they_were_saved() -> None:
    links = links_of([sample()])
    data = links_bytes(links)
    again = links_from(data, SENSES)
    assert again.shown == links.shown
    assert links_bytes(again) == data
    en, zh = "The river otter swims.", "水獭游泳。"
    assert (again.posteriors(en, zh).zh_of == links.posteriors(en, zh).zh_of).all()


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b"\xff", b"[" * 100_000, b'{"a":1}', b'{"a":{"b":"c"}}', b'{"a":{"b":2.5}}', b'{"a":{"b":NaN}}'],
)
def test_links_that_are_none_are_refused(data: bytes) -> None:
    with pytest.raises(InputError, match=r"^links\.json: "):
        links_from(data, source="links.json")
