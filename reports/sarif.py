"""SARIF 2.1.0, the format in which GitHub and editors take findings.

Sources: OASIS, SARIF Version 2.1.0 Plus Errata 01 (2023); GitHub, "SARIF support for code scanning" (25,000 results a
run, 10 MB a compressed file).
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TextIO
from urllib.parse import quote

from ..corpora import Document, Span
from ..metrics import RULES, SEVERITIES, Finding
from ..metrics.messages import Language
from ..metrics.rule_words import rule_words
from .github import file_at
from .jsonl import DECIMALS
from .result import Result
from .summary import counted, in_order, rule_name
from .visible import encodable, labelled, shortened

MOST = 25_000  # results that GitHub takes of one run
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LINE_ENDS = re.compile("[\x7f-\x9f\u2028\u2029]")  # to some readers of lines
_SHA256 = re.compile("[0-9a-f]{64}")
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_BARE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_SCHEME = re.compile("[A-Za-z][A-Za-z0-9+.-]{1,30}://")
_PARTS: Mapping[Language, tuple[str, str, str]] = MappingProxyType(
    {"en": ("Why", "Example", "What to do"), "zh": ("原因", "例子", "怎样改")}
)

Json = Mapping[str, object]


def write_sarif(handle: TextIO, result: Result) -> int:
    """Write one SARIF run and return the number of its results, one a line.

    Above 25,000 the mildest and least sure findings are left out, and a notification counts them. Lines and columns
    (code points, from 1) are those of the file; `charOffset` stands where the file is UTF-8 and just what was read.
    A place in the Chinese comes first, the English beside it is a related location. Of a document of two files each
    place is in its own. Standard input is `stdin:`. Hidden characters of a message are code points, and "](" has a
    blank inside, so that no text of a document becomes a link; `found`, `expected` and `term` are exact but for lone
    surrogates. Raises ValueError on a confidence that is not finite.

    >>> from io import StringIO
    >>> write_sarif(StringIO(), Result((), (), (), (), (), (), ()))
    0
    """
    findings = in_order(result.findings)
    ordinals: Counter[str] = Counter()
    numbered = []
    for finding in findings:
        ordinals[finding.fingerprint] += 1
        numbered.append((finding, ordinals[finding.fingerprint]))
    kept = _worst(numbered)
    codes = [*result.rules, *sorted({finding.rule for finding in findings})]
    rules = list(dict.fromkeys(map(encodable, codes)))
    files = _Files(result)
    indices = {code: index for index, code in enumerate(rules)}
    rows = [
        _result(finding, ordinal, indices[encodable(finding.rule)], files, result.lang) for finding, ordinal in kept
    ]
    said = _notifications(result, files, len(findings) - len(kept))
    version = result.made_by.get("duizhao", "")
    driver: Json = {
        "name": "duizhao",
        **({"version": version} if version else {}),
        "rules": [_rule(code, result.lang) for code in rules],
    }
    parts = {
        "tool": {"driver": driver},
        "language": "zh-CN" if result.lang == "zh" else "en",
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": said}],
        "properties": {"madeBy": dict(result.made_by)},
    }
    handle.write(f'{{"$schema": "{SCHEMA}", "version": "2.1.0", "runs": [{{\n')
    for name, part in parts.items():
        handle.write(f"{_json({name: part})[1:-1]},\n")
    handle.write(f'"artifacts": [{_lines(files.artifacts)}],\n"results": [{_lines(rows)}]\n}}]}}\n')
    return len(rows)


def uri_of(source: str) -> str:
    r"""The address of a document's source as a URI reference, ASCII: relative where the path is.

    An address stays one, an absolute path gets the scheme `file`, standard input is `stdin:`. A backslash parts
    folders in a path with a drive, with two of them before a host, or without any "/".

    >>> uri_of("../水 獭#1.md"), uri_of(r"C:\tea\a.md"), uri_of("-")
    ('../%E6%B0%B4%20%E7%8D%AD%231.md', 'file:///C:/tea/a.md', 'stdin:')
    """
    if source == "-":
        return "stdin:"
    if _SCHEME.match(source):
        return _BARE_PERCENT.sub("%25", _quoted(source, ":/?#@!$&'()*+,;=%"))
    if _DRIVE.match(source):
        return f"file:///{source[0]}:/{_quoted(source[3:].replace(chr(92), '/'), '/')}"
    if source.startswith("\\\\") or "/" not in source:
        source = source.replace("\\", "/")
    if source.startswith("//") and not source.startswith("///"):
        return f"file:{_quoted(source, '/')}"
    if source.startswith("/"):
        return f"file://{_quoted(source, '/')}"
    return _quoted(source.removeprefix("./"), "/")


class _Files:
    """The files that the findings lie in, each once, as artifacts; and places in them."""

    def __init__(self, result: Result) -> None:
        self.artifacts: list[Json] = []
        self.documents = {document.source: document for document in result.documents}
        self._indices: dict[str, int] = {}
        self._exact = {source for source, document in self.documents.items() if _is_its_file(document)}
        for document in result.documents:
            # Before its first character no layout says whose side it is: these are the two files, or one twice.
            names = dict.fromkeys(file_at(document, -1, zh=zh) for zh in (False, True))
            encodings = document.encoding.split(", ") if len(names) == 2 else [document.encoding]
            for name, encoding in zip(names, [*encodings, encodings[0]], strict=False):
                self._add(name, encoding, document.sha256 if len(names) == 1 else "")
        for finding in in_order(result.findings):
            if finding.document not in self.documents:
                self._add(finding.document, "", "")

    def artifact(self, name: str) -> Json:
        """The address of a file and its number among the artifacts."""
        uri = uri_of(name)
        return {"uri": uri, "index": self._indices[uri]}

    def place(self, finding: Finding, span: Span | None, *, zh: bool) -> Json:
        """Where a span stands; without one, where the finding says it is."""
        document = self.documents.get(finding.document)
        if document is None or span is None:
            name = file_at(document, -1, zh=zh) if document else finding.document
            region: Json = {"startLine": max(finding.line, 1), "startColumn": max(finding.column, 1)}
        else:
            span = _inside(span, document.text)
            name = file_at(document, span[0], zh=zh)
            region = _region(document, span, exact=finding.document in self._exact)
        return {"physicalLocation": {"artifactLocation": self.artifact(name), "region": region}}

    def _add(self, name: str, encoding: str, sha256: str) -> None:
        uri = uri_of(name)
        if uri in self._indices:
            return
        self._indices[uri] = len(self.artifacts)
        location: dict[str, object] = {"uri": uri}
        if name == "-":
            location["description"] = {"text": "standard input"}
        artifact: dict[str, object] = {"location": location, "roles": ["analysisTarget"]}
        if encoding:
            artifact["encoding"] = encoding
        if _SHA256.fullmatch(sha256):
            artifact["hashes"] = {"sha-256": sha256}
        self.artifacts.append(artifact)


def _is_its_file(document: Document) -> bool:
    """Whether offsets in the text count in the file too: line ends, normal form and markup may have been changed."""
    if document.places:
        return False
    data = document.text.encode("utf-8", "surrogatepass")
    return hashlib.sha256(data).hexdigest() == document.sha256


def _inside(span: Span, text: str) -> Span:
    begin = min(max(span[0], 0), len(text))
    return begin, min(max(span[1], begin), len(text))


def _region(document: Document, span: Span, *, exact: bool) -> Json:
    begin, end = span
    line, column = document.position(begin)
    # Where the last character is, for what comes after it may stand elsewhere in the file.
    last_line, last_column = document.position(end - 1) if end > begin else (line, column - 1)
    region = {"startLine": line, "startColumn": column}
    if (last_line, last_column + 1) >= (line, column):
        region |= {"endLine": last_line, "endColumn": last_column + 1}
    return region | ({"charOffset": begin, "charLength": end - begin} if exact else {})


def _result(finding: Finding, ordinal: int, index: int, files: _Files, lang: Language) -> Json:
    zh_first = finding.span_zh is not None or finding.span_en is None
    first, other = (finding.span_zh, finding.span_en) if zh_first else (finding.span_en, None)
    words = {name: getattr(finding, name) for name in ("found", "expected", "term", "record", "pair")}
    made: dict[str, object] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": finding.severity,
        "message": {"text": _unlinked(finding.message.strip() or rule_name(finding.rule, lang))},
        "locations": [files.place(finding, first, zh=zh_first and first is not None)],
        "partialFingerprints": {"duizhao/v1": f"{finding.fingerprint}:{ordinal}"},
        "properties": {
            "confidence": round(finding.confidence, DECIMALS),
            **{name: text for name, text in words.items() if text},
        },
    }
    if other is not None:
        said = f"英文：“{shortened(finding.en, 60)}”" if lang == "zh" else f"English: “{shortened(finding.en, 60)}”"
        made["relatedLocations"] = [{**files.place(finding, other, zh=False), "message": {"text": _unlinked(said)}}]
    return made


def _rule(code: str, lang: Language) -> Json:
    if code not in RULES:
        return {"id": code}
    rule, words = RULES[code], rule_words(code, lang)
    blank = "" if lang == "zh" else " "
    colon = "：" if lang == "zh" else ": "
    why, example, fix = _PARTS[lang]
    said = [(why, words.why), (example, words.example), (fix, words.fix)]
    return {
        "id": code,
        "name": "".join(part.capitalize() for part in rule.slug.split("-")),
        "shortDescription": {"text": _unlinked(words.what)},
        "fullDescription": {"text": _unlinked(f"{words.what}{blank}{words.why}")},
        "help": {
            "text": _unlinked("\n".join(f"{name}{colon}{text}" for name, text in said)),
            "markdown": f"{words.what}\n\n**{why}** {words.why}\n\n**{example}**\n\n```text\n{words.example}\n```\n\n"
            f"**{fix}** {words.fix}\n",
        },
        "defaultConfiguration": {"level": rule.severity},
        "properties": {"tags": [f"MQM:{rule.mqm}", f"ITS:{rule.its}"]},
    }


def _notifications(result: Result, files: _Files, left_out: int) -> list[Json]:
    said: list[Json] = []
    if left_out:
        count = counted(left_out, "finding", result.lang)
        text = (
            f"这里略去了{count}：GitHub 每次运行最多接受 {MOST:,} 个结果；略去的是最轻、最没有把握的，其他格式里都有。"
            if result.lang == "zh"
            else f"{count} left out here, for GitHub takes {MOST:,} results of a run: the mildest and least sure. "
            "The other formats hold all."
        )
        said.append({"level": "warning", "message": {"text": text}})
    said += [{"level": "note", "message": {"text": _unlinked(note)}} for note in result.notes if note.strip()]
    for document in result.documents:
        if notes := "; ".join(document.notes).strip():
            place = {"physicalLocation": {"artifactLocation": files.artifact(file_at(document, -1, zh=False))}}
            said.append({"level": "note", "message": {"text": _unlinked(notes)}, "locations": [place]})
    return said


def _worst(numbered: list[tuple[Finding, int]]) -> list[tuple[Finding, int]]:
    """As many as GitHub takes, in the order they came."""
    if len(numbered) <= MOST:
        return numbered
    ranked = sorted(
        range(len(numbered)),
        key=lambda k: (SEVERITIES.index(numbered[k][0].severity), -numbered[k][0].confidence),
    )
    return [numbered[k] for k in sorted(ranked[:MOST])]


def _unlinked(text: str) -> str:
    # "[words](address)" is a link in a SARIF message. Braces stay as they are, though the standard would have them
    # doubled: no reader that we know of undoes that where a message has no arguments, and placeholders are our matter.
    return labelled(text).replace("](", "] (")


def _quoted(text: str, safe: str) -> str:
    try:
        data = text.encode("utf-8", "surrogateescape")  # the very bytes of an odd file name
    except UnicodeEncodeError:
        data = text.encode("utf-8", "surrogatepass")
    return quote(data, safe)


def _lines(rows: Iterable[Json]) -> str:
    lines = ",\n".join(map(_json, rows))
    return f"\n{lines}\n" if lines else ""


def _json(row: Json) -> str:
    text = json.dumps(row, ensure_ascii=False, allow_nan=False)
    # Code points in brackets are no signs of JSON: surrogates can be shown in the whole at once.
    return _LINE_ENDS.sub(lambda match: f"\\u{ord(match[0]):04x}", encodable(text))
