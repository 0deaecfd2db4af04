"""JUnit: suites, cases, failures and counts; valid, and no text of a document forges a part."""

import io
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from strategies import odd_text
from test_reports_page import PAYLOADS, build

from duizhao.choice import Choice
from duizhao.corpora import Document, Pair, Record
from duizhao.metrics import RULES, Finding
from duizhao.pipeline import Options, audit_corpus, build_corpus
from duizhao.reports import Result
from duizhao.reports.junit import write_junit

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).with_name("data") / "schemas" / "jenkins-junit.xsd"))
TEA = Document("tea/otter.md", "", "utf-8", "")
PAIR = Pair("p", "r", TEA.source, "text", ("Otters.",), ("水獭。",), ((0, 7),), ((8, 11),), "1-1", 0.9)
FOUND = Finding(
    "T002", "error", 0.5, "tea/otter.md", "", "", "otter", "水獭", None, None, "海獭", "水獭",
    "“水獭” is forbidden.", 2, 3, "0123456789ab", "otter",
)  # fmt: skip


def result_of(*findings: Finding, documents: tuple[Document, ...] = (TEA,), **more: Any) -> Result:
    return Result(
        documents, **{"records": (), "leftovers": (), "pairs": (PAIR,)} | more, findings=findings, entries=(), scores=()
    )


def written(result: Result) -> tuple[str, int]:
    handle = io.BytesIO()
    count = write_junit(handle, result)
    return handle.getvalue().decode("utf-8"), count


def tree_of(result: Result) -> etree._Element:
    """The report as read; its counts are checked on the way."""
    text, count = written(result)
    root = etree.fromstring(text.encode("utf-8"))
    assert count == len(root.findall("testsuite/testcase"))
    for element in [root, *root.findall("testsuite")]:
        cases = list(element.iter("testcase"))
        failed = [case for case in cases if case.find("failure") is not None]
        if element is not root:
            assert element.get("skipped") == str(sum(case.find("skipped") is not None for case in cases))
        assert (element.get("tests"), element.get("failures")) == (str(len(cases)), str(len(failed)))
        assert (element.get("errors"), element.get("time")) == ("0", "0")
    return root


def is_valid(root: etree._Element) -> bool:
    for case in root.iter("testcase"):
        for name in ("file", "line"):  # GitLab's, which Jenkins' schema does not know
            case.attrib.pop(name, None)
        for skipped in case.iter("skipped"):
            skipped.attrib.pop("message")  # read by later versions of Jenkins than its schema
    return bool(SCHEMA.validate(root))


def test_the_whole_report() -> None:
    warning = replace(FOUND, severity="warning", message="Two <otters>.", line=7, column=1)
    note = replace(FOUND, rule="F002", severity="note", message="A quote.", found="", expected="")
    text, count = written(result_of(warning, note, FOUND, rules=("T001", "T002", "F002")))
    assert count == 3
    assert text == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<testsuites name="duizhao" tests="3" failures="1" errors="0" time="0">\n'
        '<testsuite name="tea/otter.md" tests="3" failures="1" errors="0" time="0" skipped="0">\n'
        '<testcase name="T001 term-absent" classname="tea/otter.md" time="0" file="tea/otter.md"/>\n'
        '<testcase name="T002 term-forbidden" classname="tea/otter.md" time="0" file="tea/otter.md" line="2">\n'
        '<failure type="error" message="2 findings: “水獭” is forbidden.">'
        "tea/otter.md:2:3: T002 error “水獭” → “海獭” “水獭” is forbidden.\n"
        "tea/otter.md:7:1: T002 warning “水獭” → “海獭” Two &lt;otters&gt;.</failure>\n"
        "</testcase>\n"
        '<testcase name="F002 quotes" classname="tea/otter.md" time="0" file="tea/otter.md" line="2">\n'
        "<system-out>tea/otter.md:2:3: F002 note A quote.</system-out>\n"
        "</testcase>\n"
        "</testsuite>\n"
        "</testsuites>\n"
    )


def test_it_speaks_chinese() -> None:
    (case,) = tree_of(result_of(FOUND, rules=("T002",), lang="zh")).iter("testcase")
    assert case.get("name") == "T002 术语禁用译法"
    failure = case.find("failure")
    assert failure is not None and failure.get("message") == "1 个问题：“水獭” is forbidden."


def test_every_document_has_every_rule() -> None:
    root = tree_of(result_of(FOUND, documents=(TEA, replace(TEA, source="river.md"))))
    assert [suite.get("name") for suite in root] == ["tea/otter.md", "river.md"]
    assert [len(suite) for suite in root] == [len(RULES)] * 2
    assert [suite.get("failures") for suite in root] == ["1", "0"]


def test_strange_documents_and_rules_are_added() -> None:
    root = tree_of(result_of(replace(FOUND, rule="X900"), replace(FOUND, document="river.md"), rules=("T002",)))
    cases = [(case.get("classname"), case.get("name"), len(case)) for case in root.iter("testcase")]
    assert cases == [
        ("tea/otter.md", "T002 term-forbidden", 0),
        ("tea/otter.md", "X900", 1),
        ("river.md", "T002 term-forbidden", 1),
    ]


def skipped_in(result: Result) -> list[list[str]]:
    """The codes that each suite skips, and nothing said but why."""
    skipped = [[case for case in suite if case.find("skipped") is not None] for suite in tree_of(result)]
    assert all(len(case) == 1 and case[0].get("message") for cases in skipped for case in cases)
    return [[str(case.get("name"))[:4] for case in cases] for cases in skipped]


def test_what_the_options_take_out_is_skipped() -> None:
    result = result_of(FOUND, rules=("T001", "T002", "F001"), ignored={TEA.source: ("T002", "F001")})
    (suite,) = tree_of(result)
    assert [[part.tag for part in case] for case in suite] == [[], ["failure"], ["skipped"]]
    assert suite[2][0].get("message") == "Not applied: the options leave it out here."
    assert is_valid(suite.getparent())


ENGLISH = Record("r", TEA.source, "missing_zh", abstract_en="Otters.")
NEEDY = [
    ("en-zh", (PAIR,), (), ""),
    ("en-zh", (), (), "T001 T005 T006 Q001 Q002 Q003 Q004 C001 C002 C003 C004 F005"),
    ("en-zh", (), (ENGLISH,), "T001 T005 T006 Q001 Q002 Q003 Q004 C001 C002 C004"),
    ("zh-en", (PAIR,), (), ""),
    ("zh-en", (), (ENGLISH,), "T001 T003 T004 T005 N002 N003 Q001 Q002 Q003 Q004 Q005 C001 C002 C003 C004 F003 F004"),
]


@pytest.mark.parametrize(("direction", "pairs", "records", "wanted"), NEEDY)
def test_what_has_nothing_to_compare_is_skipped(direction: Any, pairs: Any, records: Any, wanted: str) -> None:
    (codes,) = skipped_in(result_of(direction=direction, pairs=pairs, records=records))
    assert codes == wanted.split()


FILES = [
    ("a.en + a.zh", (5, 6), None, "a.zh"),
    ("a.en + a.zh", None, (0, 3), "a.en"),
    ("a.en + a.zh", None, None, "a.en"),
    ("-", (5, 6), None, None),
    ("", None, None, None),
]


@pytest.mark.parametrize(("source", "span_zh", "span_en", "file"), FILES)
def test_every_file_is_one(source: str, span_zh: Any, span_en: Any, file: str | None) -> None:
    document = Document(source, "", "utf-8", "Tea.\n茶。\n", format="Moses")
    found = replace(FOUND, document=source, span_zh=span_zh, span_en=span_en)
    cases = list(tree_of(result_of(found, documents=(document,), rules=("T002", "F002"))).iter("testcase"))
    assert [case.get("file") for case in cases] == [file, file and "a.en"]
    assert {case.get("classname") for case in cases} == {source}


def test_the_pipeline_says_what_its_options_took_out(tmp_path: Path) -> None:
    names = []
    for name in ("old.txt", "new.txt"):
        (tmp_path / name).write_text("水獭每天在老桥下面喝茶，并且数一数河里的贝壳。\n", encoding="utf-8")
        names.append(str(tmp_path / name))
    corpus = build_corpus(names)
    choice = Choice(("T", "F00"), ("F001",), ((f"{tmp_path}/old*", ("F", "T002")), (f"{tmp_path}/*", ("F003",))))
    result = audit_corpus(corpus, Options(choice=choice, encoder=False, direction="zh-en"))
    assert (result.direction, result.rules) == ("zh-en", ("T003", "T005", "F002", "F004", "F005", "F006", "F009"))
    assert result.ignored == {names[0]: ("F002", "F004", "F005", "F006", "F009")}
    plain = audit_corpus(corpus, Options(encoder=False))
    assert (plain.direction, plain.ignored) == ("en-zh", {})
    assert set(RULES) - set(plain.rules) == {"T001", "F009"}


FAILING = [
    (("note", "note"), None),
    (("note", "warning"), "warning"),
    (("warning", "error"), "error"),
]


@pytest.mark.parametrize(("severities", "wanted"), FAILING)
def test_warnings_and_errors_fail(severities: tuple[Any, ...], wanted: str | None) -> None:
    findings = [replace(FOUND, severity=severity) for severity in severities]
    (case,) = tree_of(result_of(*findings, rules=("T002",))).iter("testcase")
    (told,) = case
    assert (told.tag, told.get("type")) == ("failure" if wanted else "system-out", wanted)
    assert (told.text or "").count("\n") == 1


def test_nothing_read() -> None:
    text, count = written(result_of(documents=()))
    assert count == 0
    assert text.split("\n")[1:] == [
        '<testsuites name="duizhao" tests="0" failures="0" errors="0" time="0">', "</testsuites>", "",
    ]  # fmt: skip
    assert is_valid(etree.fromstring(text.encode("utf-8")))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_forges_structure(payload: str) -> None:
    plain, hostile = (tree_of(build(word)) for word in ("plain", payload))
    assert [(each.tag, each.keys()) for each in hostile.iter()] == [(each.tag, each.keys()) for each in plain.iter()]
    texts = [text for each in hostile.iter() for text in (each.text or "", *each.values())]
    assert not any(re.search("[\x00-\x08\x0b-\x1f\x9b\u202e\u2066\u200b]", text) for text in texts)
    assert is_valid(hostile)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_rule_code_forges_nothing(payload: str) -> None:
    plain, hostile = (tree_of(build(rule=rule)) for rule in ("X900", payload))
    assert Counter(each.tag for each in hostile.iter()) == Counter(each.tag for each in plain.iter())
    assert is_valid(hostile)


def test_the_schema_refuses_what_is_wrong() -> None:
    root = tree_of(result_of(FOUND))
    root[0].attrib.pop("name")
    assert not is_valid(root)


@given(
    texts=st.lists(odd_text, min_size=4, max_size=4),
    severity=st.sampled_from(["error", "warning", "note"]),
    line=st.integers(-1, 9),
    lang=st.sampled_from(["en", "zh"]),
)
def test_any_text_gives_a_valid_report(texts: list[str], severity: Any, line: int, lang: Any) -> None:
    source, words, rule, message = texts
    found = Finding(rule, severity, 0.5, source, *[words] * 4, None, None, *[words] * 2, message, line, 1, words)
    findings = (found, replace(found, document=words), replace(found, rule="T002"))
    root = tree_of(result_of(*findings, documents=(replace(TEA, source=source),), rules=("T002", "F001"), lang=lang))
    told = [each.text or "" for each in root.iter("failure", "system-out")]
    assert sum(text.count("\n") + 1 for text in told) == len(findings)
    assert is_valid(root)
