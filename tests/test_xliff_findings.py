"""Findings in XLIFF: marks at the words, notes, languages; what readers get of it; no text forges a part."""

import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from strategies import odd_text
from test_reports_page import PAYLOADS, build

from duizhao.corpora import Document, Pair
from duizhao.corpora.xliff import read_xliff
from duizhao.metrics import RULES, Finding
from duizhao.reports import Result
from duizhao.reports.visible import encodable
from duizhao.reports.xliff_findings import write_xliff

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).with_name("data") / "schemas" / "xliff_core_2.0.xsd"))
CORE, ITS = "{urn:oasis:names:tc:xliff:document:2.0}", "{http://www.w3.org/2005/11/its}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
# ITS 2.0, Localization quality issue type values.
TYPES = """
terminology mistranslation omission untranslated addition duplication inconsistency grammar legal register
locale-specific-content locale-violation style characters misspelling typographical formatting inconsistent-entities
numbers markup pattern-problem whitespace internationalization length non-conformance uncategorized other
""".split()

EN, ZH = ("An otter drinks tea.", "It waits."), ("水獭喝茶。", "它在等。")
TEXT = "\n".join((*EN, *ZH))
STARTS = [TEXT.index(sentence) for sentence in (*EN, *ZH)]
SPANS = [(start, start + len(text)) for start, text in zip(STARTS, (*EN, *ZH), strict=True)]
TEA = Document("tea.md", "", "utf-8", TEXT, script="Hans")
PAIR = Pair("p1", "r1", "tea.md", "text", EN, ZH, tuple(SPANS[:2]), tuple(SPANS[2:]), "2-2", 0.9)


def finding(
    en: str, zh: str, rule: str = "T002", severity: Any = "error", message: str = "No.", **more: Any
) -> Finding:
    """A finding about these words of the text; "" for none on that side."""
    spans = [(TEXT.index(words), TEXT.index(words) + len(words)) if words else None for words in (en, zh)]
    found = Finding(rule, severity, 0.5, "tea.md", "r1", "p1", en, zh, *spans, "", "", message, 1, 1, "0" * 12)
    return replace(found, **more)


def result_of(*findings: Finding, **more: Any) -> Result:
    given = {"documents": (TEA,), "pairs": (PAIR,)} | more
    return Result(records=(), leftovers=(), entries=(), scores=(), findings=findings, **given)


def bytes_of(result: Result) -> bytes:
    handle = io.BytesIO()
    assert write_xliff(handle, result) == len(result.pairs)
    return handle.getvalue()


def tree_of(result: Result) -> etree._Element:
    """The file as read, valid: by the schema of the core, and by what XLIFF 2.1 asks of ids and of its ITS module."""
    root = etree.fromstring(bytes_of(result))
    SCHEMA.assertValid(root)
    lists = [each.get(XML_ID) for each in root.iter(f"{ITS}locQualityIssues")]
    assert len(lists) == len(set(lists))
    for file in root.iter(f"{CORE}file"):
        names = [unit.get("id") for unit in file.iter(f"{CORE}unit")]
        assert len(names) == len(set(names))
    issues = [(each, "") for each in root.iter(f"{ITS}locQualityIssue")]
    for unit in root.iter(f"{CORE}unit"):
        notes = [note.get("id") for note in unit.iter(f"{CORE}note")]
        marks = list(unit.iter(f"{CORE}mrk"))
        ids = [mark.get("id") for mark in marks]
        assert len(ids) == len(set(ids)) and len(notes) == len(set(notes))
        own = [each.get(XML_ID) for each in unit.findall(f"{ITS}locQualityIssues")]
        refs = [mark.get(f"{ITS}locQualityIssuesRef") for mark in marks]
        assert sorted(ref for ref in refs if ref) == sorted(f"#its={name}" for name in own)
        for mark, ref in zip(marks, refs, strict=True):
            if mark.get("type") == "comment":
                assert mark.get("ref") in [f"#n={name}" for name in notes]
                assert sorted(mark.keys()) == ["id", "ref", "type"]
            elif ref:
                assert sorted(mark.keys()) == ["id", "type", f"{ITS}locQualityIssuesRef"]
            else:
                issues.append((mark, ITS))
    for each, space in issues:
        assert each.get(f"{space}locQualityIssueType") in TYPES
        assert 0 <= int(each.get(f"{space}locQualityIssueSeverity", "")) <= 100
        assert each.get(f"{space}locQualityIssueComment") is not None
    return root


def sides_of(result: Result) -> list[str]:
    """Source and target as written, without the names that XML needs."""
    text = bytes_of(result).decode("utf-8")
    short = {' type="its:generic"': "", "its:locQualityIssue": "", "mrk id=": "m "}
    sides = re.findall("<(?:source|target)>(.*)</(?:source|target)>", text)
    for long, brief in short.items():
        sides = [side.replace(long, brief).replace("/mrk", "/m") for side in sides]
    return sides


def test_the_whole_file() -> None:
    loose = finding("", "", "F008", "note", "The list.", pair="")
    text = bytes_of(result_of(finding("otter", "水獭", message="“水獭” is <forbidden>."), loose)).decode("utf-8")
    assert text == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" xmlns:its="http://www.w3.org/2005/11/its" '
        'its:version="2.0" version="2.1" srcLang="en" trgLang="zh-Hans">\n'
        '<file id="f1" original="tea.md" xml:space="preserve">\n'
        "<notes>\n"
        '<note id="n1" category="F008 list-number" priority="7">The list.</note>\n'
        "</notes>\n"
        '<unit id="p1">\n'
        "<notes>\n"
        '<note id="n1" category="T002 term-forbidden" priority="1">“水獭” is &lt;forbidden&gt;.</note>\n'
        "</notes>\n"
        '<segment state="translated">\n'
        '<source>An <mrk id="m1" type="comment" ref="#n=n1">otter</mrk> drinks tea. It waits.</source>\n'
        '<target><mrk id="m2" type="its:generic" its:locQualityIssueType="terminology" '
        'its:locQualityIssueComment="“水獭” is &lt;forbidden&gt;." its:locQualityIssueSeverity="90">水獭</mrk>'
        "喝茶。它在等。</target>\n"
        "</segment>\n"
        "</unit>\n"
        "</file>\n"
        "</xliff>\n"
    )


MARKS = [
    ("none", [], "An otter drinks tea. It waits.", "水獭喝茶。它在等。"),
    (
        "English only",
        [finding("tea", "", "C001", "warning")],
        'An otter drinks <m "m1" Type="omission" Comment="No." Severity="60">tea</m>. It waits.',
        "水獭喝茶。它在等。",
    ),
    (
        "second sentence",
        [finding("", "等", "F001", "note")],
        "An otter drinks tea. It waits.",
        '水獭喝茶。它在<m "m1" Type="duplication" Comment="No." Severity="20">等</m>。',
    ),
    (
        "two apart",
        [finding("otter", "水獭"), finding("tea", "茶")],
        'An <m "m1" type="comment" ref="#n=n1">otter</m> drinks <m "m2" type="comment" ref="#n=n2">tea</m>. It waits.',
        '<m "m3" Type="terminology" Comment="No." Severity="90">水獭</m>喝'
        '<m "m4" Type="terminology" Comment="No." Severity="90">茶</m>。它在等。',
    ),
    (
        "side by side",
        [finding("", "水獭"), finding("", "喝茶")],
        "An otter drinks tea. It waits.",
        '<m "m1" Type="terminology" Comment="No." Severity="90">水獭</m>'
        '<m "m2" Type="terminology" Comment="No." Severity="90">喝茶</m>。它在等。',
    ),
    (
        "overlapping",
        [finding("", "獭喝"), finding("", "喝茶"), finding("", "茶")],
        "An otter drinks tea. It waits.",
        '水<m "m1" sRef="#its=its1">獭喝茶</m>。它在等。',
    ),
    (
        "one around the other, on both sides",
        [finding("otter drinks tea", ""), finding("drinks", "喝")],
        'An <m "m1" Type="terminology" Comment="No." Severity="90"><m "m2" type="comment" ref="#n=n2">otter drinks tea'
        "</m></m>. It waits.",
        '水獭<m "m3" Type="terminology" Comment="No." Severity="90">喝</m>茶。它在等。',
    ),
    (
        "no words, and words that stand elsewhere",
        [
            finding("", ""),
            replace(finding("", "水獭"), span_zh=(900, 902)),
            replace(finding("", "水"), span_zh=(31, 31)),
        ],
        "An otter drinks tea. It waits.",
        "水獭喝茶。它在等。",
    ),
]


@pytest.mark.parametrize(("name", "findings", "source", "target"), MARKS, ids=[case[0] for case in MARKS])
def test_marks(name: str, findings: list[Finding], source: str, target: str) -> None:
    result = result_of(*findings)
    assert sides_of(result) == [source, target]
    notes = tree_of(result).findall(f".//{CORE}unit/{CORE}notes/{CORE}note")
    assert [note.text for note in notes] == [each.message for each in findings]


def test_overlapping_issues_stand_off() -> None:
    root = tree_of(result_of(finding("", "水獭", message="One."), finding("", "獭喝", "F001", "note", "Two.")))
    (held,) = root.iter(f"{ITS}locQualityIssues")
    assert held.get(XML_ID) == "its1"
    assert [dict(each.attrib) for each in held] == [
        {"locQualityIssueType": "terminology", "locQualityIssueComment": "One.", "locQualityIssueSeverity": "90"},
        {"locQualityIssueType": "duplication", "locQualityIssueComment": "Two.", "locQualityIssueSeverity": "20"},
    ]


def test_words_across_sentences() -> None:
    whole = replace(finding("", "水獭"), span_zh=(SPANS[2][0], SPANS[3][1]))
    assert sides_of(result_of(whole))[1] == (
        '<m "m1" Type="terminology" Comment="No." Severity="90">水獭喝茶。它在等。</m>'
    )


def test_joined_lines_are_looked_up_by_their_words() -> None:
    pair = replace(PAIR, zh=("水獭喝 茶。",), spans_zh=((SPANS[2][0], SPANS[3][1]),))
    found = replace(finding("", "水獭"), span_zh=SPANS[2])
    assert sides_of(result_of(found, pairs=(pair,)))[1].endswith('Severity="90">水獭</m>喝 茶。')


def test_zh_en_is_the_other_way_round() -> None:
    found = finding("otter", "水獭")
    root = tree_of(result_of(found, direction="zh-en", documents=(replace(TEA, script="Hant"),)))
    assert (root.get("srcLang"), root.get("trgLang")) == ("zh-Hant", "en")
    (source,), (target,) = root.iter(f"{CORE}source"), root.iter(f"{CORE}target")
    assert "".join(map(str, source.itertext())) == "水獭喝茶。它在等。"
    assert [mark.get("type") for side in (source, target) for mark in side] == ["comment", "its:generic"]
    named = "--direction zh-en"  # a text for people decides nothing
    assert tree_of(result_of(found, made_by={"options": named})).get("srcLang") == "en"


SCRIPTS = [
    (("Hans", ""), "zh-Hans"),
    (("Hant", "Hant"), "zh-Hant"),
    (("Hans", "Hant"), "zh"),
    (("mixed",), "zh"),
    ((), "zh"),
]


@pytest.mark.parametrize(("scripts", "language"), SCRIPTS)
def test_the_script_of_the_chinese(scripts: tuple[str, ...], language: str) -> None:
    documents = tuple(replace(TEA, source=f"{number}.md", script=script) for number, script in enumerate(scripts))
    assert tree_of(result_of(documents=documents, pairs=())).get("trgLang") == language


def test_files_and_units_have_ids_of_their_own() -> None:
    names = ("tea#1.text", "tea#1.text", "tea:1.text", "水獭#1.title", "p1", "duizhao-2", "𠮷#1", "茶 1")
    pairs = [replace(PAIR, id=name) for name in names]
    elsewhere = replace(PAIR, document="river.md", id="q")
    unknown = finding("", "", message="Lost.", document="gone.md", pair="nowhere")
    root = tree_of(result_of(unknown, pairs=(*pairs, elsewhere)))
    assert [(file.get("id"), file.get("original")) for file in root] == [
        ("f1", "tea.md"), ("f2", "river.md"), ("f3", "gone.md"),
    ]  # fmt: skip
    assert [(unit.get("id"), unit.get("name")) for unit in root.iter(f"{CORE}unit")] == [
        ("tea:1.text", "tea#1.text"), ("duizhao-2", "tea#1.text"), ("duizhao-3", "tea:1.text"),
        ("水獭:1.title", "水獭#1.title"), ("p1", None), ("duizhao-6", "duizhao-2"), ("duizhao-7", "𠮷#1"),
        ("duizhao-8", "茶 1"), ("q", None),
    ]  # fmt: skip
    assert [note.text for note in root[2].iter(f"{CORE}note")] == ["Lost."]


def test_a_side_that_is_missing() -> None:
    left, right = replace(PAIR, zh=(), spans_zh=()), replace(PAIR, id="p2", en=(), spans_en=())
    root = tree_of(result_of(finding("otter", "", "C001"), pairs=(left, right)))
    assert [[each.tag.removeprefix(CORE) for each in unit] for unit in root.iter(f"{CORE}segment")] == [
        ["source"], ["source", "target"],
    ]  # fmt: skip
    table = read_xliff(bytes_of(result_of(pairs=(left, right))), "a.xlf")
    assert [{cell.name: cell.text for cell in row}.get("zh") for row in table.rows] == [None, "水獭喝茶。它在等。"]


def test_nothing_read() -> None:
    root = tree_of(Result((), (), (), (), (), (), ()))
    assert [each.tag.removeprefix(CORE) for each in root.iter()] == ["xliff", "file", "group"]


def test_every_rule_has_a_type_that_its_knows() -> None:
    for code, rule in RULES.items():
        assert rule.its in TYPES, code
    (target,) = tree_of(result_of(finding("", "茶", "X900"))).iter(f"{CORE}target")
    assert target[0].get(f"{ITS}locQualityIssueType") == "uncategorized"


def test_control_characters_come_back() -> None:
    pair = replace(PAIR, zh=("水\x1a獭\ufffe\r茶",), spans_zh=((0, 6),))
    data = bytes_of(result_of(replace(finding("", "獭"), span_zh=(2, 3)), pairs=(pair,)))
    assert '水<cp hex="001A"/><mrk' in data.decode("utf-8")
    ((_, zh, *_),) = read_xliff(data, "a.xlf").rows
    assert zh.text == "水\x1a獭\ufffe\r茶"


def test_other_readers_get_the_texts() -> None:
    from translate.storage.xliff2 import Xliff2File

    result = result_of(*(case for _, findings, _, _ in MARKS for case in findings))
    wanted = [("An otter drinks tea. It waits.", "水獭喝茶。它在等。")]
    store = Xliff2File.parsestring(bytes_of(result))
    assert (store.sourcelanguage, store.targetlanguage) == ("en", "zh-Hans")
    assert [(str(unit.source), str(unit.target)) for unit in store.units] == wanted
    ours = [{cell.name: cell.text for cell in row} for row in read_xliff(bytes_of(result), "a.xlf").rows]
    assert [(row["en"], row["zh"]) for row in ours] == wanted


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_forges_structure(payload: str) -> None:
    plain, hostile = (tree_of(build(word)) for word in ("plain", payload))
    names = [
        [(each.tag, each.keys()) for each in root.iter() if each.tag != f"{CORE}cp"] for root in (plain, hostile)
    ]  # fmt: skip
    for tags in names:  # a word that is an id needs no name beside it
        tags[:] = [(tag, [key for key in keys if key != "name"]) for tag, keys in tags]
    assert names[0] == names[1]
    texts = [text for each in hostile.iter() for text in each.values()]
    assert not any(re.search("[\x00-\x08\x0b-\x1f\x9b\u202e\u2066\u200b]", text) for text in texts)


@given(
    texts=st.lists(odd_text, min_size=4, max_size=4),
    cuts=st.lists(st.tuples(st.integers(-2, 60), st.integers(-2, 60)), max_size=6),
    severity=st.sampled_from(["error", "warning", "note"]),
)
def test_any_text_comes_back(texts: list[str], cuts: list[tuple[int, int]], severity: Any) -> None:
    en, zh, words, name = texts
    document = Document(name, "", "", en + zh)
    pair = Pair(words, "", name, "", (en,), (zh, zh), ((0, len(en)),), ((len(en), len(en) + len(zh)),) * 2, "", 0)
    findings = [
        Finding(words, severity, 0, name, "", words, words, "", cut, None, "", "", words, 1, 1, "") for cut in cuts
    ]
    findings += [replace(each, span_zh=cut, zh=name) for each, cut in zip(findings[::2], reversed(cuts), strict=False)]
    result = Result((document,), (), (), (pair,), tuple(findings), (), ())
    tree_of(result)
    ((*cells,),) = read_xliff(bytes_of(result), "a.xlf").rows
    sides = {cell.name: cell.text for cell in cells if cell.name in ("en", "zh")}
    assert sides == {"en": encodable(en), "zh": encodable(zh + zh)}
