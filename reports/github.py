"""The findings for a GitHub workflow: commands that annotate the files of a change, and the summary of the job."""

from bisect import bisect_right
from collections.abc import Iterator

from ..corpora import Document
from ..metrics import SEVERITIES, Finding, Severity
from .findings_markdown import brief, closing_lines, opening_lines
from .result import Result
from .summary import counted, in_order, rule_name
from .visible import labelled

MOST = 10  # annotations of one level that GitHub shows for a step
_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "note": "notice"}
_LONGEST = 4_000  # characters of a message
_PAIR_FORMATS = ("Moses", "two texts", "SRT")  # of documents made of two files


def github_lines(result: Result) -> Iterator[str]:
    """Workflow commands, without line ends: `::error file=…,line=…,col=…,title=T002 term-forbidden::message`.

    The worst and surest first, at most ten of each level, for GitHub shows no more of a step; where some are left out,
    the last line is a notice that counts them. Notes are notices. A document of two files ("a.en + a.zh") goes by the
    name of the file that the place is in; one read from standard input has no file. Hidden characters are code points.

    >>> list(github_lines(Result((), (), (), (), (), (), ())))
    []
    """
    documents = {document.source: document for document in result.documents}
    ranked = sorted(in_order(result.findings), key=lambda finding: -finding.confidence)
    levels: dict[Severity, list[Finding]] = {
        severity: [f for f in ranked if f.severity == severity] for severity in SEVERITIES
    }
    some_left = any(len(findings) > MOST for findings in levels.values())
    left: dict[Severity, int] = {}
    for severity, findings in levels.items():
        room = MOST - 1 if severity == "note" and some_left else MOST
        left[severity] = len(findings[room:])
        for finding in findings[:room]:
            yield _command(finding, documents.get(finding.document), result)
    if some_left:
        counts = [counted(count, severity, result.lang) for severity, count in left.items() if count]
        said = (
            f"这里没有显示的还有 {'、'.join(counts)}。"
            if result.lang == "zh"
            else f"Not shown here: {', '.join(counts)}."
        )
        yield f"::notice title=duizhao::{_data(said)}"


def github_summary(result: Result) -> str:
    """Markdown for the file that $GITHUB_STEP_SUMMARY names: verdict, counts, what to mend first, scores; ≤ 200 kB.

    >>> github_summary(Result((), (), (), (), (), (), ()))
    '# duizhao\\n\\n**Nothing was read.**\\n'
    """
    return "\n".join([*opening_lines(result), *closing_lines(result)]) + "\n"


def file_of(finding: Finding, document: Document | None) -> str:
    """The file that the place of a finding is in: of a document of two files that one, else the document's source.

    >>> from duizhao.metrics import Finding
    >>> texts = Document("a.en + a.zh", "", "utf-8", "Tea.\\n茶。\\n", format="Moses")
    >>> file_of(Finding("F002", "note", 1, texts.source, "", "", "", "茶", None, (5, 6), *"..", "", 1, 1, ""), texts)
    'a.zh'
    """
    span = finding.span_zh or finding.span_en
    return (
        file_at(document, span[0], zh=finding.span_zh is not None)
        if document and span
        else (_files(document)[0] if document else finding.document)
    )


def file_at(document: Document, offset: int, *, zh: bool) -> str:
    """The file of a document in which that offset stands; `zh` says which side that is where the layout does not."""
    rows = document.layout.rows or ()
    number = bisect_right(rows, offset, key=lambda row: row[0].begin if row else 0) - 1
    for value in rows[number] if number >= 0 else ():
        if value.begin <= offset < value.end and value.name.endswith(("_en", "_zh")):
            zh = value.name.endswith("_zh")
    return _files(document)[zh]


def _files(document: Document) -> tuple[str, str]:
    """The English and the Chinese file of a document; twice the same where it is one file."""
    parts = document.source.split(" + ")
    if document.format not in _PAIR_FORMATS or len(parts) % 2:
        return document.source, document.source
    half = len(parts) // 2  # both are named alike, so that each has as many " + " as the other
    return " + ".join(parts[:half]), " + ".join(parts[half:])


def _command(finding: Finding, document: Document | None, result: Result) -> str:
    name, file = rule_name(finding.rule), file_of(finding, document)
    given = {"file": file, "line": finding.line, "col": finding.column, "title": brief(name, 200)}
    if file in ("", "-"):
        del given["file"]
    properties = ",".join(f"{key}={_property(str(value))}" for key, value in given.items())
    message = finding.message if finding.message.strip() else name
    if finding.expected.strip() and finding.expected not in message:
        wanted = brief(finding.expected, _LONGEST // 4)
        message += f"（应为“{wanted}”）" if result.lang == "zh" else f" (wanted: “{wanted}”)"
    if len(message) > _LONGEST:
        message = message[: _LONGEST - 1] + "…"
    return f"::{_LEVELS[finding.severity]} {properties}::{_data(message)}"


def _data(text: str) -> str:
    return labelled(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
