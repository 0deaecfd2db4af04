"""Which findings have one answer that is sure, and what it is: for them a text can be mended without its translator."""

from collections.abc import Iterable
from typing import NamedTuple

from ..corpora import Span
from .findings import Finding

UNSURE = "no answer that is sure"
MOVED = "another text in its place"
TOUCHES = "an answer that would run into its neighbours"
TWO_ANSWERS = "two answers for one place"
OVERLAPS = "a place that another fix changes; fix the copy again"
_SEVERAL = frozenset('|/\\、，,；;“”"\n')  # an expected text with one of these is a list, or a sentence
_LONGEST = 100  # characters of a rendering; what is longer is a sentence


class Fix(NamedTuple):
    """What to write instead of what, for the findings that say so: `span` in the document's text, where `found` is."""

    span: Span
    found: str
    new: str
    findings: tuple[Finding, ...]


class Fixes(NamedTuple):
    """The fixes of one document by place, none touching another; and every other finding with why it has none."""

    fixes: tuple[Fix, ...]
    refused: tuple[tuple[Finding, str], ...]


def safe_fixes(findings: Iterable[Finding], text: str) -> Fixes:
    """What to write for the findings of one document, whose text is `text`, where there is one answer.

    That is a forbidden rendering found for certain (T002 error) → the preferred one, a doubled word or character of
    the Chinese (F001) → one, and a broken address (F003) → the address. A finding told twice is one fix.

    >>> safe_fixes([], "水獭")
    Fixes(fixes=(), refused=())
    """
    sure: dict[Span, dict[str, list[Finding]]] = {}  # by place and answer
    refused: list[tuple[Finding, str]] = []
    for finding in findings:
        span = finding.span_zh
        if span is None or not has_answer(finding):
            refused.append((finding, UNSURE))
        elif text[slice(*span)] != finding.found:
            refused.append((finding, MOVED))
        elif finding.rule == "T002" and _touches(text, span, finding.found, finding.expected):
            refused.append((finding, TOUCHES))
        else:
            sure.setdefault(span, {}).setdefault(finding.expected, []).append(finding)
    fixes: list[Fix] = []
    end = 0
    for span, answers in sorted(sure.items(), key=lambda item: (item[0][0], -item[0][1])):  # the outer one first
        told = [finding for each in answers.values() for finding in each]
        if len(answers) > 1:
            refused += [(finding, TWO_ANSWERS) for finding in told]
        elif span[0] < end:
            refused += [(finding, OVERLAPS) for finding in told]
        else:
            end = span[1]
            fixes.append(Fix(span, text[slice(*span)], next(iter(answers)), tuple(told)))
    return Fixes(tuple(fixes), tuple(refused))


def has_answer(finding: Finding) -> bool:
    """Whether the finding itself leaves no doubt about what should stand there."""
    found, expected = finding.found, finding.expected
    if finding.span_zh is None or not found or not expected or found != finding.zh or "\n" in found:
        return False
    if finding.rule == "T002":
        return finding.severity == "error" and len(expected) <= _LONGEST and not _SEVERAL & set(expected)
    if finding.severity == "note":
        return False
    if finding.rule == "F001":
        return found in (expected * 2, f"{expected} {expected}")
    is_address = expected.startswith(("http://", "https://")) and not any(c.isspace() for c in expected)
    return finding.rule == "F003" and is_address


def _touches(text: str, span: Span, found: str, new: str) -> bool:
    """Whether the new text would double what stands beside it (变压|器 → 变压器|器) or grow together with a word."""
    begin, end = span
    after, before = text[end : end + len(new)], text[max(0, begin - len(new)) : begin]
    for k in range(1, len(new) + 1):
        if after.startswith(new[-k:]) and not found.endswith(new[-k:]):
            return True
        if before.endswith(new[:k]) and not found.startswith(new[:k]):
            return True
    return (_is_latin(before[-1:]) and _is_latin(new[0]) and not _is_latin(found[0])) or (
        _is_latin(after[:1]) and _is_latin(new[-1]) and not _is_latin(found[-1])
    )


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
