"""Tallies: those of the parts of a corpus add up to that of the whole, and what is left out of them is counted."""

import json
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duizhao.corpora import Document, InputError, Leftover, Pair, Record
from duizhao.metrics import Entry, Finding, Rendering, Score, Severity
from duizhao.reports import Result, tally, tally_alignment, tally_findings, text_lines
from duizhao.reports.html import page_title
from duizhao.reports.summary import in_few_words, verdict, what_was_read
from duizhao.reports.tally import Tally, completed, merged, tally_of
from duizhao.reports.tally_findings import heaviest
from duizhao.reports.tally_json import from_json, json_bytes
from duizhao.reports.text import closing_lines, ending_lines, finding_lines, reading_lines, rule_counts

LEVELS: list[Severity] = ["error", "warning", "note"]


def finding(line: int = 1, rule: str = "N003", severity: Severity = "error", **said: str) -> Finding:
    zh, document = said.get("zh", "水獭渔网"), said.get("document", "a.md")
    record, pair = said.get("record", "r"), said.get("pair", "p")
    message = said.get("message", "A name.")
    return Finding(
        rule, severity, 0.9, document, record, pair, "otter net", zh, None, None, "Otter Net", zh, message, line, 1,
        f"{line:012}", "otter",
    )  # fmt: skip


def result(**lists: tuple[object, ...]) -> Result:
    empty: dict[str, tuple[object, ...]] = dict.fromkeys(
        ("documents", "records", "leftovers", "pairs", "findings", "entries", "scores"), ()
    )
    return Result(**{**empty, **lists})  # type: ignore[arg-type]


def document(name: str, *notes: str) -> Document:
    return Document(name, "0" * 64, "utf-8", "茶\n", notes)


@st.composite
def corpora(draw: st.DrawFn) -> tuple[Result, list[int]]:
    """A result of some documents, and numbers of records at which it may be cut, in the order of the corpus."""
    documents, records, pairs, findings, leftovers = [], [], [], [], []
    adequacy: list[float | None] = []
    for d in range(draw(st.integers(1, 4))):
        name = f"{d}.md"
        documents.append(document(name, *draw(st.sampled_from([(), ("read as utf-8",)]))))
        for _ in range(draw(st.integers(0, 3))):
            record = f"r{len(records)}"
            records.append(Record(record, name, draw(st.sampled_from(["abstract", "title"]))))
            for _ in range(draw(st.integers(0, 3))):
                en = " ".join(["tea"] * draw(st.integers(0, 3)))
                zh = "茶" * draw(st.integers(0, 4))
                sides = tuple((side,) if side else () for side in (en, zh))
                pair, kind = f"p{len(pairs)}", draw(st.sampled_from(["1-1", "1-0"]))
                sure, like = draw(st.sampled_from([0.1, 0.5, 0.7, 0.9, 1.0])), draw(st.sampled_from([0.0, 0.4, 1.0]))
                pairs.append(Pair(pair, record, name, "abstract", *sides, (), (), kind, like, sure))
                adequacy.append(draw(st.sampled_from([None, 0.2, 0.8])))
                for _ in range(draw(st.integers(0, 2))):
                    zh, rule = (
                        draw(st.sampled_from(["水獭", "渔 网", "渔  网"])),
                        draw(st.sampled_from(["N003", "F002"])),
                    )
                    level, home = draw(st.sampled_from(LEVELS)), draw(st.sampled_from([pair, ""]))
                    each = finding(
                        len(findings) + 1, rule, level, zh=zh, document=name, pair=home, record=record if home else ""
                    )
                    findings.append(replace(each, confidence=draw(st.sampled_from([0.3, 0.8, 0.95]))))
        for _ in range(draw(st.integers(0, 2))):
            kind = draw(st.sampled_from(["noise", "unparsed"]))
            leftovers.append(Leftover(name, kind, (0, 1), draw(st.sampled_from(["阅读 5", "like\nthis", "x" * 700]))))
    whole = result(
        documents=tuple(documents), records=tuple(records), leftovers=tuple(leftovers), pairs=tuple(pairs),
        findings=tuple(findings), adequacy=tuple(adequacy), notes=("a note",), rules=("N003", "F002", "T001"),
        ignored={"0.md": ("F002",)},
    )  # fmt: skip
    return whole, draw(st.lists(st.integers(0, len(documents)), max_size=3))


def parts_of(whole: Result, cuts: list[int]) -> list[Result]:
    """The result in runs of whole documents."""
    edges = sorted({0, len(whole.documents), *cuts})
    parts = []
    for a, b in pairwise(edges):
        names = {each.source for each in whole.documents[a:b]}
        kept = [pair.document in names for pair in whole.pairs]
        parts.append(
            replace(
                whole,
                documents=whole.documents[a:b],
                records=tuple(each for each in whole.records if each.document in names),
                leftovers=tuple(each for each in whole.leftovers if each.document in names),
                pairs=tuple(each for each, is_kept in zip(whole.pairs, kept, strict=True) if is_kept),
                findings=tuple(each for each in whole.findings if each.document in names),
                adequacy=tuple(each for each, is_kept in zip(whole.adequacy, kept, strict=True) if is_kept),
            )
        )
    return parts


@given(corpora())
def test_parts_add_up_to_the_whole(made: tuple[Result, list[int]]) -> None:
    whole, cuts = made
    parts = parts_of(whole, cuts)
    tallies = [tally_of(part) for part in parts]
    total, wanted = merged(tallies), tally_of(whole)
    assert total == wanted
    assert [list(kind.texts) for kind in total.leftovers.values()] == [
        list(wanted.leftovers[name].texts) for name in total.leftovers
    ]
    assert merged([merged(tallies[:1]), *tallies[1:]]) == merged([*tallies[:-1], merged(tallies[-1:])]) == wanted
    back = [from_json(Tally, json_bytes(each), "a.json") for each in tallies]
    assert back == tallies and json_bytes(merged(back)) == json_bytes(total)
    lines = [line for part in parts for line in finding_lines(part)]
    assert [*lines, *ending_lines(total, statistics=True)] == list(text_lines(whole, statistics=True))
    assert (verdict(total), page_title(total)) == (verdict(whole), page_title(whole))


def test_a_tally_counts() -> None:
    made = result(
        documents=(document("a.md"), document("b.md")),
        records=(Record("r", "a.md", "abstract"), Record("s", "a.md", "title")),
        leftovers=(Leftover("a.md", "noise", (0, 1), "阅读 5\n阅读 6\n"),),
        pairs=tuple(
            Pair(f"p{k}", "r", "a.md", "abstract", ("Tea.",), ("茶茶",), (), (), "1-1", 0.5, p)
            for k, p in enumerate([1.0, 0.25, 0.75])
        ),
        findings=(finding(2, pair="p1"), finding(1, severity="note", pair="p2"), finding(3, record="", pair="gone")),
        adequacy=(None, 0.25, 0.75),
    )
    total = tally_of(made, {id(made.findings[0]): "#n"}, {"r": "#r0"})
    assert (total.documents, total.faulty, total.records, total.pairs, total.clean) == (
        2, 1, {"abstract": 1, "title": 1}, 3, 2,
    )  # fmt: skip
    assert (total.lines, total.leftovers["noise"].texts) == ({"noise": 2, "unparsed": 0}, {"阅读 5 阅读 6": 1})
    found, aligned = total.found, total.aligned
    assert (found.severities, found.sure, found.touched, found.loose, found.outside) == (
        (2, 0, 1), (2, 0, 1), (1, 0, 1), ("error",), True,
    )  # fmt: skip
    assert (found.rules, found.documents) == ({"N003": (2, 0, 1)}, {"a.md": (2, 0, 1)})
    assert (found.firsts["N003"].line, found.firsts["N003"].target) == (1, "#n")
    [group] = found.groups.values()
    assert (group.severity, group.count, group.weight, group.first.line) == ("error", 3, 17.1, 1)
    assert [each.line for each in found.worst] == [2, 3, 1]
    assert (aligned.types, aligned.given, aligned.improbable, aligned.ratios) == ({"1-1": 3}, 1, 1, ((2.0, 3),))
    assert (aligned.adequacy[5], aligned.adequacy[15], aligned.inadequate, aligned.unknown) == (1, 1, 1, 1)
    assert [(each.id, each.home) for each in aligned.doubts] == [("p1", "#r0"), ("p2", "#r0")]


def test_a_document_that_goes_on_in_the_next_part_is_one() -> None:
    one = result(documents=(document("a.md"), document("b.md", "cut")), records=(Record("r1", "b.md", "title"),),
                 findings=(finding(9, document="b.md", pair=""),))  # fmt: skip
    two = result(documents=(document("b.md", "cut"),), findings=(finding(3, document="b.md", pair=""),))
    three = result(
        documents=(document("b.md", "cut", "odd"), document("c.md")), records=(Record("r2", "b.md", "title"),)
    )
    total = merged(map(tally_of, (one, two, three)))
    assert (total.documents, total.faulty) == (3, 1)
    assert [(row.source, row.notes, row.records, row.faulty) for row in total.rows] == [
        ("a.md", (), 0, False), ("b.md", ("cut", "odd"), 2, True), ("c.md", (), 0, False),
    ]  # fmt: skip
    assert list(reading_lines(total)) == [
        "a.md: no record found.", "b.md: cut; odd.", "c.md: no record found.",
    ]  # fmt: skip
    assert total.found.firsts["N003"].line == 3
    assert what_was_read(total) == "2 records without sentence pairs"


def test_rules_that_some_parts_leave_out_are_not_said_to_be_silent() -> None:
    one = replace(result(), rules=("T001", "N003", "F002"), ignored={"a.md": ("N003",)})
    total = merged([tally_of(one), tally_of(replace(result(), rules=("N003", "T002", "F002")))])
    assert (total.rules, total.partly) == (("T001", "T002", "N003", "F002"), ("N003", "T001", "T002"))
    alike = merged([tally_of(one), tally_of(replace(one, ignored={}))])
    assert (alike.rules, alike.partly) == (("T001", "N003", "F002"), ("N003",))


def test_groups_too_many_leave_the_lightest_out_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tally_findings, "MOST_GROUPS", 2)
    heavy = [finding(line, zh="河") for line in range(1, 4)]
    light = [finding(line, zh=f"桥{line}") for line in range(4, 8)]
    first, second = (tally_of(result(findings=tuple(each))) for each in (heavy, light))
    total = merged([first, second])
    assert total.found.pruned and len(total.found) == 7
    # Kept from the start: exact. The other one is the first by place of equals.
    assert [(g.found, g.count, g.least) for g in heaviest(total.found.groups.values())] == [
        ("河", 3, False), ("桥4", 1, False),
    ]  # fmt: skip
    again = merged([total, tally_of(result(findings=(finding(20, zh="桥6"), finding(21, zh="河"))))])
    assert [(g.found, g.count, g.least) for g in heaviest(again.found.groups.values())] == [
        ("河", 4, False), ("桥4", 1, False), ("桥6", 1, True),
    ]  # fmt: skip
    more = merged([again, tally_of(result(findings=(finding(22, zh="桥6"),) * 3))])
    known = heaviest(more.found.groups.values())[1]
    assert (known.count, known.least) == (4, True)
    assert in_few_words(known) == "桥6 → Otter Net (×4 or more)"
    assert in_few_words(known, lang="zh") == "桥6 → Otter Net（至少 4 处）"


def test_documents_too_many_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tally, "MOST_ROWS", 3)
    monkeypatch.setattr(tally_findings, "MOST_DOCUMENTS", 2)
    parts = [
        result(documents=(document(f"{k}.md"),), records=(Record(f"r{k}", f"{k}.md", "title"),) if k % 2 else (),
               findings=(finding(k + 1, document=f"{k}.md", pair=""),) * (k % 3))
        for k in range(7)
    ]  # fmt: skip
    total = merged(map(tally_of, parts))
    assert [row.source for row in total.rows] == ["0.md", "2.md", "6.md"]  # the ends, then what there is to tell of
    assert (total.documents, total.faulty, total.unlisted, total.unsaid) == (7, 4, 4, 1)
    assert list(reading_lines(total))[-1] == "1 other document with such notes: see the report, or corpus/."
    assert (sorted(total.found.documents), total.found.more) == (["1.md", "2.md", "4.md", "5.md"], (0, 0))
    more = merged([total, tally_of(result(findings=(finding(9, document="8.md", pair=""),)))])
    assert (sorted(more.found.documents), more.found.more) == (["2.md", "5.md"], (3, 3))


def test_leftovers_too_many_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tally, "MOST_TEXTS", 2)
    parts = [
        result(leftovers=tuple(Leftover("a.md", "noise", (0, 1), text) for text in texts))
        for texts in (["a", "b", "a"], ["c", "d", "d", "e"])
    ]
    total = merged(map(tally_of, parts))
    assert total.leftovers["noise"] == ({"a": 2, "b": 1}, 4)
    assert total.lines["noise"] == 7


def test_ratios_too_many_are_rounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tally_alignment, "MOST_RATIOS", 2)
    pairs = tuple(Pair(f"{n}", "r", "d", "f", ("a b c",), ("茶" * n,), (), (), "1-1", 0.5) for n in (1, 2, 3))
    [one, *_] = parts = [tally_of(result(pairs=pairs[:2])), tally_of(result(pairs=pairs[2:]))]
    assert one.aligned.ratios == ((1 / 3, 1), (2 / 3, 1))
    assert merged(parts).aligned.ratios == ((341 / 1024, 1), (683 / 1024, 1), (1.0, 1))


def test_what_belongs_to_no_part() -> None:
    entries = [Entry("tea", "new", "", "", 1, 1, 0.5, (), (Rendering("tea", "茶", 1, (), "preferred", "", "", True),))]
    scores = [Score("BLEU", 41.25, "nrefs:1", None, 20, "quality", "a", "b")]
    total = completed(merged([tally_of(result(), aligned=False)] * 2), entries, scores, {"termbase": "t"}, ["a note"])
    assert list(closing_lines(total)) == [
        "No finding in 0 records without sentence pairs; 0 lines were page furniture, 0 were not understood.",
        "1 term: 1 new to the termbase.",
        "a note",
        "BLEU 41.2  quality: a against b, 20 segments  nrefs:1",
    ]
    assert total.made_by == {"termbase": "t"}
    assert rule_counts(total) == []
    other = [replace(result(), made_by=made) for made in ({"a": "1", "b": "2"}, {"b": "3", "c": "4"}, {"b": "3"})]
    assert merged(map(tally_of, other)).made_by == {"a": "1", "b": "2; 3", "c": "4"}
    with pytest.raises(ValueError, match=r"^no part of a report; wanted one or more\.$"):
        merged([])


@pytest.mark.parametrize("data", [b"", b"\xff", b"[]", b"{}", b"[" * 100_000, b'{"lang":"otter"}', b"NaN"])
def test_no_tally(data: bytes) -> None:
    with pytest.raises(InputError, match=r"^part\.json: not what a part leaves \(.*\); wanted a whole file\. Make it"):
        from_json(Tally, data, "part.json")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_spoilt_tally_is_refused(data: st.DataObject) -> None:
    row = json.loads(json_bytes(tally_of(result(documents=(document("a.md"),), findings=(finding(),)))))
    holder, key = row, data.draw(st.sampled_from(sorted(row)))
    while isinstance(holder[key], dict) and holder[key] and data.draw(st.booleans()):
        holder = holder[key]
        key = data.draw(st.sampled_from(sorted(holder)))
    holder[key] = data.draw(st.sampled_from([{"a": {}}, [[1, [2]]], 1.5, object]).filter(lambda new: new is not object))
    with pytest.raises(InputError, match=r"^part\.json: not what a part leaves"):
        from_json(Tally, json.dumps(row).encode(), "part.json")
