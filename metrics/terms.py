"""T001, T002, T004, N003: terms rendered as neither the termbase nor the field renders them."""

import re
from collections.abc import Iterator

from ..align import words_zh
from ..corpora.knowledge import Knowledge
from ..corpora.termbase import Term
from .field_terms import FIELD
from .findings import Draft, Severity
from .folding import fold
from .occurrences import Occurrence

_USED = 30  # papers: a string that so many of the field's papers write is a word of the field
_UNUSED = 2  # papers: a string that so few of them write is none
_SIMILAR = 0.55  # from here a located span is surely about the term
_SIMILAR_FIELD, _SIMILAR_WORD = 0.6, 0.66  # the same for the field's terms, of several words and of one
_FIRM = 0.5  # share of a term's papers that write one rendering, from which it is the field's name for it
_CLAUSE = re.compile(
    "[获关显使得以或并在当被把将是与和对从由个亿万]"
)  # a span with a verb or link in it renders no term
_DE = re.compile("[的之]")
_HAN_ONLY = re.compile("[\u4e00-\u9fff]{2,}$")


def check_term(o: Occurrence, knowledge: Knowledge) -> Iterator[Draft]:
    """What to say of one occurrence; nothing where its rendering is approved or the evidence is thin."""
    term = o.term
    if not term.zh:
        return  # the record's own phrase: only its consistency is checked
    if o.status == "forbidden":
        why = f" ({o.why})" if o.why else ""
        rule = "N003" if term.is_name else "T002"
        yield _draft(o, rule, "error", 0.92, f"“{term.en}” became “{o.zh}”{why}; the field writes “{term.zh}”.")
    elif o.status == "unlisted" and o.similarity >= _SIMILAR and _HAN_ONLY.match(o.zh) and not _variant(o.zh, term):
        if term.is_name:
            message = f"The name “{term.en}” stays as written; here it seems to have become “{o.zh}”."
            yield _draft(o, "N003", "warning", min(0.8, o.similarity), message)
        elif term.domain == FIELD:
            if _never_written(o, knowledge):
                # One plain word has too many good renderings to accuse one that nobody counted.
                one_word = not set(" -") & set(term.en)
                firm = _share(term, knowledge) >= _FIRM and not one_word
                confidence = min(0.8, 0.35 + 0.5 * o.similarity) if firm else 0.55
                message = f"“{term.en}” became “{o.zh}”.{_field(o, knowledge)}"
                yield _draft(o, "T004", "warning" if firm else "note", confidence, message)
        else:
            confidence, severity = _weight(o, knowledge)
            if severity is not None:
                message = f"“{term.en}” became “{o.zh}”; the termbase says {_approved(term)}.{_field(o, knowledge)}"
                yield _draft(o, "T001", severity, confidence, message)


def _weight(o: Occurrence, knowledge: Knowledge) -> tuple[float, Severity | None]:
    """Confidence and severity of a rendering the termbase does not know, by what the field writes."""
    written = _written(o.zh, knowledge)
    if written < _USED:
        return min(0.85, 0.45 + 0.5 * o.similarity), "warning"
    # The field knows the word. Far more frequent than the term itself it is a part of it, or chance; else a synonym.
    synonym = o.similarity >= _SIMILAR_FIELD and written <= 3 * knowledge.count(o.term.zh)
    return (0.5, "note") if synonym else (0.0, None)


def _written(zh: str, knowledge: Knowledge) -> int:
    """In how many of the field's papers a rendering stands, with or without its 的."""
    return max(knowledge.count(zh), knowledge.count(_DE.sub("", zh)))


def _never_written(o: Occurrence, knowledge: Knowledge) -> bool:
    """Whether a rendering of one of the field's terms is one that the field never writes, by a clear enough span.

    A rendering whose every word renders a word of the term somewhere in the field is free wording, not an error.
    """
    if o.similarity < _SIMILAR_FIELD or _written(o.zh, knowledge) > _UNUSED or len(o.zh) > len(o.term.zh) + 2:
        return False
    if _CLAUSE.search(o.zh):
        return False
    words = o.term.en.split()
    parts = [o.zh[a:b] for a, b in words_zh(o.zh)]
    if len(words) == 1:
        return o.similarity >= _SIMILAR_WORD and not any(o.term.zh in part for part in parts)
    known = {zh for word in words if (use := knowledge.use(word)) is not None for zh in use.renderings}
    return not all(part in known or part == "的" for part in parts)


def _share(term: Term, knowledge: Knowledge) -> float:
    """Share of the field's papers with a term that write its first rendering, 0..1."""
    use = knowledge.use(term.en)
    return use.renderings.get(term.zh, 0) / use.papers if use else 0.0


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
    return Draft(rule, severity, round(confidence, 2), o.span_en, o.span_zh, o.term.zh, o.zh, message, o.term.en)
