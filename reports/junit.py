"""JUnit XML, the format in which continuous integration takes the results of tests.

There is no standard; this is what Jenkins' schema (dtkit, junit-4.xsd) allows, with the attributes `file` and `line` of
a test case, which GitLab reads and pytest used to write.
"""

from collections.abc import Mapping
from typing import BinaryIO, NamedTuple

from ..corpora.xml_door import escape, escape_attribute
from ..metrics import SEVERITIES, Finding
from ..metrics.messages import Language
from .result import Result
from .summary import counted, in_order, rule_name
from .text import finding_line
from .visible import labelled, shortened

_WIDTH = 200  # characters of the message that lists of failures show


class _Case(NamedTuple):
    """One rule in one document."""

    xml: str
    failed: bool


def write_junit(handle: BinaryIO, result: Result) -> int:
    """Write a suite for each document and in it a case for each rule that was applied; return the number of cases.

    A case fails where the rule gave an error or a warning; a rule that gave only notes passes, and they stand in its
    output. Every finding is listed, one a line. A finding of another document or rule than the result names adds a
    suite, or a case to its suite. Times are 0, so that the same result gives the same bytes. Hidden characters are
    code points.
    """
    found: dict[str, dict[str, list[Finding]]] = {document.source: {} for document in result.documents}
    for finding in in_order(result.findings):
        found.setdefault(finding.document, {}).setdefault(finding.rule, []).append(finding)
    suites = [_cases(document, rules, result) for document, rules in found.items()]
    handle.write(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="duizhao" '
        f"{_counts([case for cases in suites for case in cases])}>\n".encode()
    )
    for document, cases in zip(found, suites, strict=True):
        handle.write(f'<testsuite name="{_attribute(document)}" {_counts(cases)} skipped="0">\n'.encode())
        for case in cases:
            handle.write(case.xml.encode("utf-8"))
        handle.write(b"</testsuite>\n")
    handle.write(b"</testsuites>\n")
    return sum(map(len, suites))


def _cases(document: str, found: Mapping[str, list[Finding]], result: Result) -> list[_Case]:
    name = _attribute(document)
    return [_case(name, code, found.get(code, []), result.lang) for code in dict.fromkeys([*result.rules, *found])]


def _case(name: str, code: str, findings: list[Finding], lang: Language) -> _Case:
    line = f' line="{findings[0].line}"' if findings else ""
    tag = f'<testcase name="{_attribute(rule_name(code, lang))}" classname="{name}" time="0" file="{name}"{line}'
    if not findings:
        return _Case(f"{tag}/>\n", failed=False)
    listed = escape("\n".join(finding_line(finding, lang=lang) for finding in findings), "")
    severity = min((finding.severity for finding in findings), key=SEVERITIES.index)
    if severity == "note":
        return _Case(f"{tag}>\n<system-out>{listed}</system-out>\n</testcase>\n", failed=False)
    worst = next(finding for finding in findings if finding.severity == severity)
    message = shortened(labelled(worst.message), _WIDTH)
    said = counted(len(findings), "finding", lang) + (("：" if lang == "zh" else ": ") + message if message else "")
    failure = f'<failure type="{severity}" message="{_attribute(said)}">{listed}</failure>'
    return _Case(f"{tag}>\n{failure}\n</testcase>\n", failed=True)


def _counts(cases: list[_Case]) -> str:
    return f'tests="{len(cases)}" failures="{sum(case.failed for case in cases)}" errors="0" time="0"'


def _attribute(text: str) -> str:
    return escape_attribute(labelled(text), "")  # what is labelled holds nothing that XML refuses
