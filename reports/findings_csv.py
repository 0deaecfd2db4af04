"""The findings as CSV for spreadsheets: one row a finding, with the sentences it is about."""

import re
from collections.abc import Iterable
from typing import TextIO

from ..metrics import Finding
from ..metrics.occurrences import sides
from .jsonl import DECIMALS
from .result import Result
from .summary import in_order
from .visible import labelled

COLUMNS = (
    *("rule", "severity", "confidence", "document", "line", "column", "record", "en", "zh", "found", "expected"),
    *("message", "sentence_en", "sentence_zh", "fingerprint"),
)
_QUOTED = re.compile('[,;\t"]')  # what parts cells in some country or program; cells hold no line ends
_TURN = re.compile("\r\n|[\r\n]")
# What begins a formula in a spreadsheet; those of full width do where the system speaks Chinese (OWASP, CSV injection).
_FORMULA = re.compile("[=+\\-@\t\r\n＝＋－＠]")


def write_findings_csv(handle: TextIO, result: Result) -> int:
    r"""The number of rows written under the header, one a finding, by document and place.

    The file opens in Excel as it is: UTF-8 with a byte order mark, commas, "\n" line ends. `sentence_en` and
    `sentence_zh` are the two sides of the finding's pair, empty where it has none; `confidence` is 0..1.

    Lossy, for the safety of those who open it: a cell that begins with = + - @ (of full width too), a tab or a line
    end gets a ' before it, so that no text of a document is taken for a formula, and line ends are blanks.
    Hidden characters are code points, so that a terminal obeys none. findings.jsonl is exact.

    >>> from io import StringIO
    >>> write_findings_csv(StringIO(), Result((), (), (), (), (), (), ()))
    0
    """
    pairs = {pair.id: pair for pair in result.pairs}
    handle.write("\ufeff" + _line(COLUMNS))
    for finding in in_order(result.findings):
        pair = pairs.get(finding.pair)
        handle.write(_line(_cells(finding, sides(pair) if pair else ("", ""))))
    return len(result.findings)


def _cells(finding: Finding, sentences: tuple[str, str]) -> tuple[str, ...]:
    return (
        *(finding.rule, finding.severity, str(round(finding.confidence, DECIMALS) + 0.0), finding.document),
        *(str(finding.line), str(finding.column), finding.record, finding.en, finding.zh, finding.found),
        *(finding.expected, finding.message, *sentences, finding.fingerprint),
    )


def _line(cells: Iterable[str]) -> str:
    return ",".join(_cell(cell) for cell in cells) + "\n"


def _cell(text: str) -> str:
    guarded = f"'{text}" if _FORMULA.match(text) else text
    safe = labelled(_TURN.sub(" ", guarded))
    return '"' + safe.replace('"', '""') + '"' if _QUOTED.search(safe) else safe
