"""JUnit XML, the format in which continuous integration takes the results of tests.

There is no standard; this is what Jenkins' schema (dtkit, junit-4.xsd) allows, with the attributes `file` and `line` of
a test case, which GitLab reads and pytest used to write, and `message` of a skipped one, which Jenkins shows.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import BinaryIO, NamedTuple

from ..corpora import Document
from ..corpora.xml_door import escape, escape_attribute
from ..metrics import SEVERITIES, Finding
from ..metrics.messages import Language
from .github import file_at, file_of
from .result import Result
from .summary import counted, in_order, rule_name
from .text import finding_line
from .visible import labelled, shortened

_WIDTH = 200  # characters of the message that lists of failures show
# What each direction calls for pairs only, and what reads English beside them (metrics/chinese_audit, english_audit).
_OF_PAIRS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "en-zh": frozenset("T001 T005 T006 Q001 Q002 Q003 Q004 C001 C002 C004".split()),
        "zh-en": frozenset(
            "T001 T003 T004 T005 N002 N003 Q001 Q002 Q003 Q004 Q005 C001 C002 C003 C004 F003 F004".split()
        ),
    }
)
_OF_ENGLISH: Mapping[str, frozenset[str]] = MappingProxyType(
    {"en-zh": frozenset(("C003", "F005")), "zh-en": frozenset("F001 F002 F005 F009".split())}
)
_SKIPPED: Mapping[Language, tuple[str, str]] = MappingProxyType(
    {
        "en": ("Not applied: the options leave it out here.", "Not applied: no pair of English and Chinese here."),
        "zh": ("未检查：选项在此关闭了这条规则。", "未检查：此处没有中英句对。"),
    }
)


class _Case(NamedTuple):
    """One rule in one document."""

    xml: str
    failed: bool = False
    skipped: bool = False


def write_junit(handle: BinaryIO, result: Result) -> int:
    """Write a suite for each document and in it a case for each rule that was applied; return the number of cases.

    A case fails where the rule gave an error or a warning; a rule that gave only notes passes, and they stand in its
    output. A rule is skipped where the options take it out of the document, or where what it compares is not there.
    Every finding is listed, one a line. A finding of another document or rule than the result names adds a suite, or a
    case to its suite. The file of a case is that of its first finding, else the document's first; standard input has
    none. Times are 0, so that the same result gives the same bytes. Hidden characters are code points.

    >>> from io import BytesIO
    >>> write_junit(BytesIO(), Result((), (), (), (), (), (), ()))
    0
    """
    found: dict[str, dict[str, list[Finding]]] = {document.source: {} for document in result.documents}
    for finding in in_order(result.findings):
        found.setdefault(finding.document, {}).setdefault(finding.rule, []).append(finding)
    documents = {document.source: document for document in result.documents}
    skipped = _skipped(result)
    suites = [
        _cases(source, rules, documents.get(source), skipped.get(source, {}), result) for source, rules in found.items()
    ]
    handle.write(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="duizhao" '
        f"{_counts([case for cases in suites for case in cases])}>\n".encode()
    )
    for document, cases in zip(found, suites, strict=True):
        skips = sum(case.skipped for case in cases)
        handle.write(f'<testsuite name="{_attribute(document)}" {_counts(cases)} skipped="{skips}">\n'.encode())
        for case in cases:
            handle.write(case.xml.encode("utf-8"))
        handle.write(b"</testsuite>\n")
    handle.write(b"</testsuites>\n")
    return sum(map(len, suites))


def _skipped(result: Result) -> dict[str, dict[str, str]]:
    """Why rules were not applied, by document and code."""
    by_options, by_text = _SKIPPED[result.lang]
    paired = {pair.document for pair in result.pairs}
    english = paired | {
        record.document for record in result.records if record.title_en or record.abstract_en or record.text_en
    }
    why: dict[str, dict[str, str]] = {}
    for source in (document.source for document in result.documents):
        silent: Iterable[str] = () if source in paired else _OF_PAIRS[result.direction]
        deaf: Iterable[str] = () if source in english else _OF_ENGLISH[result.direction]
        why[source] = dict.fromkeys((*silent, *deaf), by_text) | dict.fromkeys(
            result.ignored.get(source, ()), by_options
        )
    return why


def _cases(
    source: str,
    found: Mapping[str, list[Finding]],
    document: Document | None,
    skipped: Mapping[str, str],
    result: Result,
) -> list[_Case]:
    name = _attribute(source)
    made = []
    for code in dict.fromkeys([*result.rules, *found]):
        findings = found.get(code, [])
        whole = file_at(document, -1, zh=False) if document else source
        file = file_of(findings[0], document) if findings else whole
        place = f' file="{_attribute(file)}"' if file not in ("", "-") else ""
        place += f' line="{findings[0].line}"' if findings else ""
        tag = f'<testcase name="{_attribute(rule_name(code, result.lang))}" classname="{name}" time="0"{place}'
        made.append(_case(tag, findings, skipped.get(code, ""), result.lang))
    return made


def _case(tag: str, findings: list[Finding], skipped: str, lang: Language) -> _Case:
    if not findings and skipped:
        return _Case(f'{tag}>\n<skipped message="{skipped}"/>\n</testcase>\n', skipped=True)
    if not findings:
        return _Case(f"{tag}/>\n")
    listed = escape("\n".join(finding_line(finding, lang=lang) for finding in findings), "")
    severity = min((finding.severity for finding in findings), key=SEVERITIES.index)
    if severity == "note":
        return _Case(f"{tag}>\n<system-out>{listed}</system-out>\n</testcase>\n")
    worst = next(finding for finding in findings if finding.severity == severity)
    message = shortened(labelled(worst.message), _WIDTH)
    said = counted(len(findings), "finding", lang) + (("：" if lang == "zh" else ": ") + message if message else "")
    failure = f'<failure type="{severity}" message="{_attribute(said)}">{listed}</failure>'
    return _Case(f"{tag}>\n{failure}\n</testcase>\n", failed=True)


def _counts(cases: list[_Case]) -> str:
    return f'tests="{len(cases)}" failures="{sum(case.failed for case in cases)}" errors="0" time="0"'


def _attribute(text: str) -> str:
    return escape_attribute(labelled(text), "")  # what is labelled holds nothing that XML refuses
