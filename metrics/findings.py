"""A finding: one thing an editor should look at, with its evidence."""

import hashlib
from dataclasses import dataclass
from typing import Literal

from ..corpora import Span

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")  # worst first


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: where, what, what was wanted, and why we think so.

    `en` and `zh` are the texts of the two spans ("" where that side has none); `span_en` and `span_zh` their
    half-open code-point ranges in the document, or None. `confidence` is 0..1. `pair` is "" for a finding in a
    text with no pair (a Chinese-only page). `line`, `column` count from 1 in the document. `term` is the English
    term or name it is about, "" where it is about none.
    """

    rule: str
    severity: Severity
    confidence: float
    document: str
    record: str
    pair: str
    en: str
    zh: str
    span_en: Span | None
    span_zh: Span | None
    expected: str
    found: str
    message: str
    line: int
    column: int
    fingerprint: str
    term: str = ""


def fingerprint(rule: str, *texts: str) -> str:
    """Twelve hex digits that stay the same when lines move or spacing and case change.

    >>> fingerprint("T001", "Data set", "数据 集") == fingerprint("T001", "data  set", "数据集")
    False
    >>> fingerprint("T001", "Data set") == fingerprint("T001", "data  set")
    True
    """
    folded = "\x1f".join([rule, *(" ".join(text.casefold().split()) for text in texts)])
    return hashlib.sha256(folded.encode("utf-8")).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Draft:
    """What a check says of two strings, before it is placed in a document.

    Spans are half-open code-point ranges in the English and Chinese strings the check was given.
    `message` is one sentence a translator understands, a `messages.Message` where it is known in Chinese too.
    `expected` and `found` are short texts or "". `term` is the English term it is about, as the termbase or the text
    has it.
    """

    rule: str
    severity: Severity
    confidence: float
    span_en: Span | None
    span_zh: Span | None
    expected: str
    found: str
    message: str
    term: str = ""
