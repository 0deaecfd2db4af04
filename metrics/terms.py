"""T001, T002, N003: terms whose rendering the termbase does not approve."""

import re
from collections.abc import Iterable, Iterator

from ..corpora.knowledge import Knowledge
from ..corpora.termbase import Term
from .findings import Draft, Severity
from .folding import fold
from .occurrences import Occurrence

_USED = 30  # papers: a string that so many of the field's papers write is a word of the field
_DE = re.compile("[的之]")


def check_term(o: Occurrence, knowledge: Knowledge) -> Iterator[Draft]:
    """What to say of one occurrence; nothing where its rendering is approved or the evidence is thin."""
    term = o.term
    if o.status == "forbidden":
        why = f": that is {o.why}" if o.why else ""
        rule = "N003" if term.is_name else "T002"
        yield _draft(o, rule, "error", 0.92, f"“{term.en}” became “{o.zh}”{why}; the field writes “{term.zh}”.")
    elif o.status == "unlisted" and o.span_zh is not None and not _variant(o.zh, term):
        if term.is_name:
            if not re.search("[A-Za-z]", o.zh) and o.similarity >= 0.6:
                message = f"The name “{term.en}” stays as written; here it seems to have become “{o.zh}”."
                yield _draft(o, "N003", "warning", min(0.85, o.similarity), message)
            return
        confidence, severity = _weight(o, knowledge)
        if severity is not None:
            message = f"“{term.en}” became “{o.zh}”; the termbase says {_approved(term)}.{_field(o, knowledge)}"
            yield _draft(o, "T001", severity, confidence, message)


def check_forbidden_zh(zh: str, terms: Iterable[Term]) -> Iterator[Draft]:
    """T002 in Chinese that has no English: only renderings that are wrong whatever the English was."""
    folded = fold(zh)
    for term in terms:
        for forbidden in term.forbidden:
            if forbidden.needs_source:
                continue
            for span in folded.find_all(fold(forbidden.zh).text):
                rule = "N003" if term.is_name else "T002"
                why = f" ({forbidden.why})" if forbidden.why else ""
                found = zh[slice(*span)]
                message = f"“{found}”{why} is never right in this field; if it stands for “{term.en}”, write “{term.zh}”."
                yield Draft(rule, "error", 0.8, None, span, term.zh, found, message)


def _weight(o: Occurrence, knowledge: Knowledge) -> tuple[float, Severity | None]:
    """Confidence and severity of a rendering the termbase does not know, by what the field writes."""
    written = knowledge.count(o.zh)
    if o.similarity < 0.55:
        return 0.4, None
    if written >= _USED:
        return 0.5, "note"  # the field knows the word: it may be a synonym, or another concept
    return min(0.85, 0.45 + 0.5 * o.similarity), "warning"


def _field(o: Occurrence, knowledge: Knowledge) -> str:
    if not knowledge.papers:
        return ""
    here, there = knowledge.count(o.zh), knowledge.count(o.term.zh)
    return f" Of {knowledge.papers:,} papers of the field {here:,} write “{o.zh}”, {there:,} “{o.term.zh}”."


def _approved(term: Term) -> str:
    return " or ".join(f"“{zh}”" for zh in term.approved[:3])


def _variant(zh: str, term: Term) -> bool:
    """Whether the rendering is an approved one but for 的, blanks or a word around it."""
    bare = _DE.sub("", fold(zh).text)
    for approved in term.approved:
        good = _DE.sub("", fold(approved).text)
        if good in bare or (len(bare) >= 2 and bare in good):
            return True
    return False


def _draft(o: Occurrence, rule: str, severity: Severity, confidence: float, message: str) -> Draft:
    return Draft(rule, severity, round(confidence, 2), o.span_en, o.span_zh, o.term.zh, o.zh, message)
