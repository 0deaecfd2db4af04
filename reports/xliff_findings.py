"""The pairs with their findings as XLIFF 2.1, for tools in which translators work.

2.1 rather than 1.2, for there the ITS data category Localization Quality Issue is a module of the standard, with a
schema, and the readers of XLIFF 2 in Okapi know it; in 1.2 it is a mapping that never left its draft. What most tools
show is a unit's notes and comments, whether they know ITS or not: so each finding is a note too.

Sources: OASIS, XLIFF Version 2.1 (2018), 5.9 ITS Module; W3C, ITS 2.0 (2013), 8.17 Localization Quality Issue.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from types import MappingProxyType
from typing import BinaryIO, Literal, NamedTuple

from ..corpora import Document, Pair, Span
from ..corpora.xml_door import escape, escape_attribute
from ..metrics import RULES, Finding, Severity
from ..metrics.messages import Language
from .result import Result
from .sides import span_in_side
from .summary import in_order, rule_name
from .visible import encodable, labelled

SEVERITY: Mapping[Severity, int] = MappingProxyType({"error": 90, "warning": 60, "note": 20})  # of ITS's 0..100
_PRIORITY: Mapping[Severity, int] = MappingProxyType({"error": 1, "warning": 4, "note": 7})  # of XLIFF's 1..10
_ID = re.compile(r"(?!duizhao-)[A-Za-z0-9_.:\u4e00-\u9fa5-]{1,200}")  # an NMTOKEN, and none that we make up ourselves
_CONTROL = re.compile("([\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff])")  # what `<cp>` is for
_CORE = "urn:oasis:names:tc:xliff:document:2.0"
_ITS = "http://www.w3.org/2005/11/its"

Side = Literal["en", "zh"]
_JOINTS: Mapping[Side, str] = MappingProxyType({"en": " ", "zh": ""})


class _Mark(NamedTuple):
    """A finding in the text of one side: where, and which it is of its unit's."""

    begin: int
    end: int
    number: int
    issue: bool  # else a comment: the issue itself is marked on the other side


def write_xliff(handle: BinaryIO, result: Result) -> int:
    """Write a file element for each document and a unit for each pair; return the number of units.

    The source is what was translated: Chinese where the result's direction is zh-en. The words that a finding is
    about are marked as an ITS issue in the translation (in the source where it has no words there), with its type, the
    message as comment and a severity: error 90, warning 60, note 20. Issues whose words overlap share one mark around
    all of them and stand off, in a list. The words on the other side are marked as a comment that points at the
    finding's note. Each finding is a note of its unit, with priority 1 (error), 4 or 7; one without a pair is a note on
    its file. Sentences of a side are joined as in exports. A character that XML cannot hold is a `<cp>` in a text, and
    its code point elsewhere. Nothing but marks is added to a text; a lone surrogate in it is shown as its code point.

    >>> from io import BytesIO
    >>> write_xliff(BytesIO(), Result((), (), (), (), (), (), ()))
    0
    """
    documents = {document.source: document for document in result.documents}
    pairs: dict[str, list[Pair]] = {source: [] for source in documents}
    homes: dict[str, str] = {}
    for pair in result.pairs:
        pairs.setdefault(pair.document, []).append(pair)
        homes[pair.id] = pair.document
    found: dict[str, list[Finding]] = {}
    loose: dict[str, list[Finding]] = {}
    for finding in in_order(result.findings):
        if finding.pair in homes:
            found.setdefault(finding.pair, []).append(finding)
        else:
            loose.setdefault(finding.document, []).append(finding)
            pairs.setdefault(finding.document, [])
    writer = _Writer(result)
    handle.write(writer.head(documents.values()).encode())
    for number, (document, its) in enumerate(pairs.items() or [("", [])], 1):
        original = f' original="{_attribute(document)}"' if document else ""
        handle.write(f'<file id="f{number}"{original} xml:space="preserve">\n'.encode())
        handle.write(writer.notes(loose.get(document, [])).encode("utf-8"))
        used: set[str] = set()
        for place, pair in enumerate(its, 1):
            handle.write(writer.unit(pair, found.pop(pair.id, []), place, used).encode("utf-8"))
        handle.write(b"</file>\n" if its else b'<group id="empty"/>\n</file>\n')  # a file must hold something
    handle.write(b"</xliff>\n")
    return len(result.pairs)


class _Writer:
    """The parts of one XLIFF file, as XML."""

    def __init__(self, result: Result) -> None:
        self._lang: Language = result.lang
        self._sides: tuple[Side, Side] = ("zh", "en") if result.direction == "zh-en" else ("en", "zh")
        self._lists = count(1)  # an xml:id is one in the whole file

    def head(self, documents: Iterable[Document]) -> str:
        """The beginning: languages, and the script of the Chinese where all documents that tell have the same."""
        scripts = {document.script for document in documents if document.script}
        script = f"-{scripts.pop()}" if scripts in ({"Hans"}, {"Hant"}) else ""
        source, target = ("zh" + script if side == "zh" else side for side in self._sides)
        return (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<xliff xmlns="{_CORE}" xmlns:its="{_ITS}" its:version="2.0" '
            f'version="2.1" srcLang="{source}" trgLang="{target}">\n'
        )

    def notes(self, findings: list[Finding]) -> str:
        """A note for each finding, numbered; nothing for none."""
        lines = "".join(
            f'<note id="n{number}" category="{_attribute(rule_name(finding.rule, self._lang))}" '
            f'priority="{_PRIORITY[finding.severity]}">{escape(labelled(self._said(finding)), "")}</note>\n'
            for number, finding in enumerate(findings, 1)
        )
        return f"<notes>\n{lines}</notes>\n" if lines else ""

    def unit(self, pair: Pair, findings: list[Finding], place: int, used: set[str]) -> str:
        """A pair with its findings; `used` are the ids of the units before it."""
        name = pair.id.replace("#", ":")  # which stands in every id of ours, and in no NMTOKEN
        if name in used or not _ID.fullmatch(name):
            name = f"duizhao-{place}"
        called = f' name="{_attribute(pair.id)}"' if name != pair.id else ""
        used.add(name)
        lists: list[str] = []
        marks = count(1)
        texts = [self._text(pair, side, findings, marks, lists) for side in self._sides]
        source, target = (f"<{tag}>{text}</{tag}>\n" for tag, text in zip(("source", "target"), texts, strict=True))
        given = pair.zh if self._sides[1] == "zh" else pair.en
        state = ' state="translated"' if given else ""
        return (
            f'<unit id="{name}"{called}>\n{"".join(lists)}{self.notes(findings)}<segment{state}>\n'
            f"{source}{target if given else ''}</segment>\n</unit>\n"
        )

    def _text(self, pair: Pair, side: Side, findings: list[Finding], marks: Iterator[int], lists: list[str]) -> str:
        """The text of one side with its marks; the issues that stand off go to `lists`."""
        sentences = pair.en if side == "en" else pair.zh
        text = _JOINTS[side].join(sentences)
        there = self._sides[1]
        found: list[_Mark] = []
        for number, finding in enumerate(findings):
            span = span_in_text(pair, finding, side)
            if span:
                issue = side == there or span_in_text(pair, finding, there) is None
                found.append(_Mark(*span, number, issue))
        parts: list[str] = []
        at = 0
        for group in _overlapping(found):
            begin, end = group[0].begin, max(mark.end for mark in group)
            tags = self._tags(group, findings, marks, lists)
            parts += [_content(text[at:begin]), *tags, _content(text[begin:end]), "</mrk>" * len(tags)]
            at = end
        return "".join([*parts, _content(text[at:])])

    def _tags(self, group: list[_Mark], findings: list[Finding], marks: Iterator[int], lists: list[str]) -> list[str]:
        """The tags that begin the marks around these words: one for all issues, one for each comment."""
        issues = [self._issue(findings[mark.number]) for mark in group if mark.issue]
        tags = []
        if len(issues) == 1:
            its = " ".join(f'its:{name}="{value}"' for name, value in issues[0].items())
            tags.append(f'<mrk id="m{next(marks)}" type="its:generic" {its}>')
        elif issues:
            own = f"its{next(self._lists)}"
            listed = (" ".join(f'{name}="{value}"' for name, value in issue.items()) for issue in issues)
            lines = "".join(f"<its:locQualityIssue {attributes}/>\n" for attributes in listed)
            lists.append(f'<its:locQualityIssues xml:id="{own}">\n{lines}</its:locQualityIssues>\n')
            tags.append(f'<mrk id="m{next(marks)}" type="its:generic" its:locQualityIssuesRef="#its={own}">')
        comments = [mark.number + 1 for mark in group if not mark.issue]
        return tags + [f'<mrk id="m{next(marks)}" type="comment" ref="#n=n{number}">' for number in comments]

    def _issue(self, finding: Finding) -> dict[str, str]:
        rule = RULES.get(finding.rule)
        return {
            "locQualityIssueType": rule.its if rule else "uncategorized",
            "locQualityIssueComment": _attribute(self._said(finding)),
            "locQualityIssueSeverity": str(SEVERITY[finding.severity]),
        }

    def _said(self, finding: Finding) -> str:
        return finding.message if finding.message.strip() else rule_name(finding.rule, self._lang)


def span_in_text(pair: Pair, finding: Finding, side: Side) -> Span | None:
    """Where the words of a finding stand in the joined sentences of one side of its pair; None where they do not.

    >>> from duizhao.metrics import Finding
    >>> pair = Pair("p", "r", "d", "text", ("Tea.",), ("茶。", "水獭。"), ((0, 4),), ((5, 7), (8, 11)), "1-2", 1.0)
    >>> found = Finding("F001", "note", 1, "d", "r", "p", "", "水獭", None, (8, 10), *"..", "", 1, 1, "")
    >>> span_in_text(pair, found, "zh"), span_in_text(pair, found, "en")
    ((2, 4), None)
    """
    if side == "en":
        sentences, places, span, words = pair.en, pair.spans_en, finding.span_en, finding.en
    else:
        sentences, places, span, words = pair.zh, pair.spans_zh, finding.span_zh, finding.zh
    inside = span_in_side(sentences, places, span, words, _JOINTS[side])
    return inside if inside and inside[0] < inside[1] else None


def _overlapping(marks: Iterable[_Mark]) -> Iterator[list[_Mark]]:
    """The marks in order of place, in groups: within one they overlap, two groups share no character."""
    group: list[_Mark] = []
    end = 0
    for mark in sorted(marks):
        if group and mark.begin >= end:
            yield group
            group = []
        group.append(mark)
        end = max(end, mark.end) if len(group) > 1 else mark.end
    if group:
        yield group


def _content(text: str) -> str:
    pieces = _CONTROL.split(encodable(text))
    pieces[::2] = [escape(piece, "") for piece in pieces[::2]]
    pieces[1::2] = [f'<cp hex="{ord(control):04X}"/>' for control in pieces[1::2]]
    return "".join(pieces)


def _attribute(text: str) -> str:
    return escape_attribute(labelled(text), "")  # what is labelled holds nothing that XML refuses
