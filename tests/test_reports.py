"""Text, JSON Lines, CSV and the atomic writer: exact expectations, hostile text, hostile disks."""

import io
import json
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.corpora import Document, Leftover, Pair, Record
from duizhao.metrics import Entry, Example, Finding, Rendering, Score
from duizhao.reports import Result, as_row, json_line, text_lines, write_jsonl
from duizhao.reports.summary import clean_pairs, mend_first, verdict
from duizhao.reports.text import reading_lines
from duizhao.reports.visible import labelled, on_one_line

TEXT = "1. Otters at Dusk\nWe film the Otter Net.\n我们拍摄水獭渔网。\nTwo otters swam.\n两只水獭游泳。\n阅读 5\n???\n"
SIGNATURE = "nrefs:1|tok:zh|version:2.6.0"

OTTER = Entry(
    *("otter", "consistent", "水獭", "zoology", 2, 1, 0.75, (("otter", 1), ("otters", 1))),
    (Rendering("otter", "水獭", 2, ("r1.1", "r1.2"), "preferred", "水獭", "zoology", True),),
)


def finding(**changes: Any) -> Finding:
    start, end = TEXT.index("水獭渔网"), TEXT.index("水獭渔网") + 4
    base = Finding(
        "N003", "error", 0.9, "a.md", "r1", "r1.1", "Otter Net", "水獭渔网", (30, 39), (start, end),
        "Otter Net", "水獭渔网", "The name was translated.", 3, 5, "0123456789ab",
    )  # fmt: skip
    return replace(base, **changes)


def result(**changes: Any) -> Result:
    en, zh = TEXT.index("We film"), TEXT.index("我们")
    en2, zh2 = TEXT.index("Two"), TEXT.index("两只")
    base = Result(
        (Document("a.md", "ab" * 32, "utf-8", TEXT, ("a note", "another")),),
        (Record("r1", "a.md", "abstract", 1, title_en="Otters", spans={"title_en": ((3, 9),), "a": ((0, 1),)}),),
        (Leftover("a.md", "noise", (66, 70), "阅读 5"), Leftover("a.md", "unparsed", (71, 74), "???\n???")),
        (
            Pair("r1.1", "r1", "a.md", "abstract", ("We film the Otter Net.",), ("我们拍摄水獭渔网。",),
                 ((en, en + 22),), ((zh, zh + 9),), "1-1", 0.8123456789),
            Pair("r1.2", "r1", "a.md", "abstract", ("Two otters swam.",), ("两只水獭游泳。",),
                 ((en2, en2 + 16),), ((zh2, zh2 + 7),), "1-1", 0.7),
        ),
        (finding(),),
        (OTTER,),
        (Score("BLEU", 41.25, SIGNATURE, (40.0, 42.5), 2, "quality", "a.md", "ours.tsv", "A small set."),),
        {"duizhao": "0.1.0"},
        ("Two records are comparable.",),
    )  # fmt: skip
    return replace(base, **changes)


def test_text_whole() -> None:
    later = finding(rule="F002", severity="note", line=5, column=1, found="", expected="”", message="Close it.")
    assert list(text_lines(result(findings=(later, finding())), statistics=True)) == [
        "a.md:3:5: N003 error “水獭渔网” → “Otter Net” The name was translated.",
        "a.md:5:1: F002 note wanted “”” Close it.",
        "",
        "1 F002 quotes",
        "1 N003 name-translated",
        "",
        "Found 2 findings (1 error, 0 warnings, 1 note) in 2 pairs of 1 record; 1 line was page furniture, "
        "2 were not understood.",
        "1 term: 1 consistent.",
        "a.md: a note; another.",
        "Two records are comparable.",
        f"BLEU 41.2 [40.0, 42.5]  quality: a.md against ours.tsv, 2 segments  {SIGNATURE}  A small set.",
    ]


def test_text_of_nothing() -> None:
    clean = result(findings=(), leftovers=(), notes=(), scores=(), entries=())
    clean = replace(clean, documents=(replace(clean.documents[0], notes=()),))
    end = "0 lines were page furniture, 0 were not understood."
    assert list(text_lines(clean)) == [f"No finding in 2 pairs of 1 record; {end}"]
    chinese_only = replace(clean, pairs=())
    assert list(text_lines(chinese_only)) == [f"No finding in 1 record without sentence pairs; {end}"]


def test_notes_of_reading_are_shown_for_ten_documents() -> None:
    documents = [Document(f"{n}.md", "0", "utf-8", "茶", ("read as HTML",) if n else ()) for n in range(12)]
    records = tuple(Record(f"{n}#1", f"{n}.md", "zh_only") for n in range(10))
    some = result(documents=tuple(documents), records=records)
    shown = [f"{n}.md: read as HTML." for n in range(1, 10)] + ["10.md: read as HTML; no record found."]
    assert list(reading_lines(some)) == [
        *shown,
        "1 other document with such notes: see the report, or corpus/.",
    ]
    assert list(reading_lines(replace(some, documents=tuple(documents[:11])))) == shown
    assert list(reading_lines(replace(some, documents=(documents[0],)))) == []
    odd = Document("a\n.md", "0", "utf-8", "茶", ("a \x1b[31m note",))
    assert list(reading_lines(replace(some, documents=(odd,)))) == ["a␊.md: a ␛[31m note; no record found."]


def test_text_is_sorted_by_document_line_column() -> None:
    places = [("b.md", 1, 1), ("a.md", 10, 1), ("a.md", 9, 2), ("a.md", 9, 1)]
    findings = tuple(finding(document=d, line=li, column=c) for d, li, c in places)
    heads = [line.split(" ")[0] for line in text_lines(result(findings=findings))][:4]
    assert heads == ["a.md:9:1:", "a.md:9:2:", "a.md:10:1:", "b.md:1:1:"]


def test_colour_only_when_asked() -> None:
    assert "\x1b" not in "".join(text_lines(result()))
    assert "\x1b[31m" in "".join(text_lines(result(), color=True))


@pytest.mark.parametrize("field", ["document", "rule", "found", "expected", "message"])
def test_no_control_reaches_the_terminal(field: str) -> None:
    hostile = "a\x1b[31m\x07\r\n::error::x\x9b\u202e\u2028\ud800"
    lines = list(text_lines(result(findings=(finding(**{field: hostile}),)), statistics=True))
    assert not any(on_one_line(line) != line for line in lines)
    assert "␛[31m␇" in lines[0]
    "\n".join(lines).encode("utf-8")


def test_visible() -> None:
    assert on_one_line("\x1b[0m\t\x7f\x85\u200b") == "␛[0m␉␡⟨U+0085⟩⟨U+200B⟩"
    assert labelled("line\n\ttab \ue123\ufeff") == "line\n\ttab ⟨U+E123⟩⟨U+FEFF⟩"
    assert labelled("👩\u200d🔬 葛\U000e0100 café") == "👩\u200d🔬 葛\U000e0100 café"


def test_rows() -> None:
    whole = result()
    assert list(as_row(whole.documents[0])) == ["source", "sha256", "encoding", "notes", "format", "script"]
    record = as_row(whole.records[0])
    assert record["spans"] == {"a": [[0, 1]], "title_en": [[3, 9]]} and list(record["spans"]) == ["a", "title_en"]
    assert record["title_zh"] is None and record["authors"] == []
    passage = Record("r2", "a.md", "passage", text_en="Tea.", text_zh="茶。", authors_en=("A. Lin",))
    assert list(as_row(passage)) == [each.name for each in fields(Record)]
    assert [as_row(passage)[name] for name in ("kind", "text_en", "text_zh", "authors_en")] == [
        "passage",
        "Tea.",
        "茶。",
        ["A. Lin"],
    ]
    assert as_row(whole.pairs[0])["score"] == 0.812346
    assert list(as_row(whole.findings[0])) == list(Finding.__slots__)
    assert as_row(finding(span_en=None))["span_en"] is None


def test_jsonl_whole() -> None:
    out = io.StringIO()
    score = Score("chrF", 63.0, SIGNATURE, None, 3, "agreement", "甲", "乙")
    assert write_jsonl(out, [score, {"b": -0.0, "a": ("x", 1)}]) == 2
    assert out.getvalue() == (
        f'{{"metric": "chrF", "value": 63.0, "signature": "{SIGNATURE}", "interval": null, "n": 3, '
        '"kind": "agreement", "hypothesis": "甲", "reference": "乙", "note": ""}\n'
        '{"b": 0.0, "a": ["x", 1]}\n'
    )


@given(st.text())
def test_a_json_line_is_one_line_and_comes_back(text: str) -> None:
    line = json_line({"t": text})
    assert len((line + "\n").splitlines()) == 1
    assert json.loads(line.encode("utf-8")) == {"t": text}


@pytest.mark.parametrize("surrogate", ["\ud800", "\udfff"])
def test_a_lone_surrogate_comes_back(surrogate: str) -> None:
    assert json.loads(json_line({"t": surrogate}).encode("utf-8")) == {"t": surrogate}


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_no_number_that_is_none(number: float) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        write_jsonl(io.StringIO(), [finding(confidence=number)])


def test_an_entry_is_a_row_with_rows_in_it() -> None:
    example = Example("r1.2", "Two otters swam.", "两只水獭游泳。", (4, 10), None)
    whole = replace(OTTER, renderings=(replace(OTTER.renderings[0], examples=(example,), forms=(("水獭", 2),)),))
    row: Any = json.loads(json_line(as_row(whole)))
    assert list(row) == list(Entry.__slots__) and row["forms"] == [["otter", 1], ["otters", 1]]
    assert list(row["renderings"][0]) == list(Rendering.__slots__)
    assert row["renderings"][0]["forms"] == [["水獭", 2]] and row["termhood"] == 0.75
    assert row["renderings"][0]["examples"] == [
        {"pair": "r1.2", "en": "Two otters swam.", "zh": "两只水獭游泳。", "span_en": [4, 10], "span_zh": None}
    ]


def test_verdict() -> None:
    assert verdict(result()) == "1 error in 1 of 2 sentence pairs; mend 水獭渔网 → Otter Net first."
    three = tuple(finding(line=line) for line in (1, 2, 3))
    assert verdict(result(findings=three)) == "3 errors in 1 of 2 sentence pairs; mend 水獭渔网 → Otter Net (×3) first."
    bare = finding(rule="C001", severity="warning", found="", expected="", en="", zh="")
    assert verdict(result(findings=(bare,))) == "1 warning in 1 of 2 sentence pairs; mend sentence omitted first."
    left = finding(rule="C003", found="We propose a new way to count otters", expected="")
    assert verdict(result(findings=(left,))) == (
        "1 error in 1 of 2 sentence pairs; mend untranslated “We propose a new way to cou…” first."
    )
    assert verdict(result(findings=(finding(severity="note"),))) == "No error or warning, 1 note in 2 sentence pairs."
    assert verdict(result(findings=())) == "No finding in 2 sentence pairs of 1 record."
    assert verdict(result(findings=(), pairs=())) == "No finding in 1 record without sentence pairs."
    assert verdict(result(findings=(), pairs=(), records=())) == "Nothing to check: 1 document without a record."
    assert verdict(Result((), (), (), (), (), (), ())) == "Nothing was read."


def test_mend_first_groups_and_ranks() -> None:
    findings = (
        finding(rule="F002", severity="note", zh="”"),
        finding(zh="甲  B", line=2),
        finding(rule="Q001", severity="warning", zh="7", confidence=1.0),
        finding(zh="甲 b", line=1),
    )
    groups = mend_first(findings)
    assert [(group.rule, len(group.findings)) for group in groups] == [("N003", 2), ("Q001", 1), ("F002", 1)]
    assert groups[0].findings[0].line == 1
    assert len(mend_first([finding(zh=str(number)) for number in range(30)])) == 10


def test_clean_pairs() -> None:
    assert clean_pairs(result()) == 1
    assert clean_pairs(result(findings=(finding(severity="note"),))) == 2
