"""T001, T002, T004, N003: terms rendered as neither the termbase nor the field renders them."""

import re
from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import replace

from ..align.encoder import Floats
from ..align.words import count_zh, words_zh
from ..corpora import Pair
from ..corpora.knowledge import Knowledge
from ..corpora.term import Term
from .corpus_counts import Counts, count_renderings, total_renderings
from .evidence import Located, compared, evidence
from .field_terms import FIELD
from .findings import Draft, Severity
from .folding import fold
from .judge import TOLD, probability
from .literal import is_idiom, is_literal
from .messages import Message, because, joined, say
from .occurrences import Occurrence
from .phrases import OWN

Encode = Callable[[list[str]], Floats]
_DE = re.compile("[的之]")
_HAN_ONLY = re.compile("[\u4e00-\u9fff]{2,}$")
_NAME, _LONGEST_NAME = 0.7, 8  # confidence from which a located span is what a name became; characters of one
_UNKNOWN = 0.5  # likeness where there is nothing to compare with
_ASKED_FOR = 0.9  # confidence of a finding that a user's own termbase asks for, at most
_HARDLY = 0.01  # papers with a rendering, of those with the term, up to which the field hardly writes it
_OF_FIELD = 0.4  # how much of the field a text has to be
_CUSTOM = 0.3  # share of a term's papers that keep it in Latin letters, from which that is the custom
_EVERYDAY = 3000  # occurrences in jieba's corpus from which a word is one of every sphere
_PLACES = 3  # records in which a name became the same thing, from which that is no chance


class Witnesses:
    """What the terms of a corpus became: in how many records, how often that is what they become, how like it is to
    what the field writes.
    """

    def __init__(
        self,
        occurrences: Iterable[Occurrence],
        knowledge: Knowledge,
        encode: Encode | None = None,
        counts: Counts | None = None,
    ) -> None:
        """Count the renderings by records, unless `counts` has those of the whole corpus.

        `encode` gives unit vectors of texts, and is asked once for all that these occurrences became.
        """
        occurrences = list(occurrences)
        if counts is None:
            renderings = count_renderings(occurrences)
            counts = Counts(renderings, total_renderings(renderings))
        self._counts = counts
        self._alike = _likenesses(occurrences, knowledge, encode) if encode else {}

    def seen(self, o: Occurrence) -> int:
        """Records of the corpus in which the occurrence's term became what it is here."""
        return self._counts.seen(o.term.en, fold(o.zh).text)

    def share(self, o: Occurrence) -> float:
        """How much of all that the term became is this, 0..1."""
        return self.seen(o) / max(1, self._counts.totals.get(o.term.en, 0))

    def alike(self, o: Occurrence) -> float:
        """The cosine of the rendering and the nearest of what the termbase or the field writes, -1..1."""
        return self._alike.get((o.term.en, o.zh), _UNKNOWN)


def _likenesses(
    occurrences: Iterable[Occurrence], knowledge: Knowledge, encode: Encode
) -> dict[tuple[str, str], float]:
    wanted: dict[tuple[str, str], list[str]] = {}
    for o in occurrences:
        if o.status == "unlisted" and o.term.domain != OWN and (o.term.en, o.zh) not in wanted:
            wanted[o.term.en, o.zh] = compared(o.term.en.lower(), knowledge, _approved_of(o))
    texts = sorted({zh for (_, zh), others in wanted.items() if others} | {zh for o in wanted.values() for zh in o})
    if not texts:
        return {}
    vectors = dict(zip(texts, encode(texts), strict=True))
    return {key: max(float(vectors[key[1]] @ vectors[zh]) for zh in others) for key, others in wanted.items() if others}


def _approved_of(o: Occurrence) -> tuple[str, ...]:
    return () if o.term.domain == FIELD else o.term.approved


def check_term(
    o: Occurrence, knowledge: Knowledge, witnesses: Witnesses, of_field: float = 1.0, given: Set[str] = frozenset()
) -> Iterator[Draft]:
    """What to say of one occurrence; nothing where its rendering is approved or the evidence is thin.

    `of_field` says how much the text speaks of the field, 0..1. `given` are the terms of the user's own termbase: for
    them it is enough that another rendering stands there.
    """
    term = o.term
    if not term.zh and term.domain != FIELD:
        return  # the record's own phrase: only its consistency is checked
    if o.status == "forbidden":
        rule = "N003" if term.is_name else "T002"
        key = "T002.given" if term.en in given else "T002.forbidden"
        message = say(key, source=term.en, found=o.zh, why=because(o.why), wanted=term.zh)
        yield _draft(o, rule, "error", 0.92, message)
    elif o.status == "unlisted" and term.is_name:
        yield from _name(o, knowledge, witnesses)
    elif is_candidate(o) and not term.zh:
        yield from _uncounted(o, knowledge, witnesses, of_field)
    elif is_candidate(o):
        sure = probability(_evidence(o, knowledge, witnesses, of_field))
        if term.en in given:
            sure = max(sure, min(_ASKED_FOR, o.confidence))
        severity = severity_of(sure)
        if severity is None:
            return
        here, figures = name_here(o.pair, o), _field(o, knowledge, witnesses)
        if term.domain == FIELD:
            message = say("T004.became", source=here, found=o.zh, figures=figures)
            yield _draft(o, "T004", severity, sure, message)
        else:
            message = say("T001.became", source=here, found=o.zh, approved=_approved(term), figures=figures)
            yield _draft(o, "T001", severity, sure, message)


def is_candidate(o: Occurrence) -> bool:
    """Whether an occurrence's rendering may be wrong: located, Chinese throughout, and no form of an approved one."""
    return o.status == "unlisted" and bool(_HAN_ONLY.match(o.zh)) and not _variant(o.zh, o.term)


def severity_of(sure: float) -> Severity | None:
    """What a finding of this probability is worth an editor's time: None below one in two."""
    return "error" if sure >= 0.93 else "warning" if sure >= 0.75 else "note" if sure >= TOLD else None


def name_here(pair: Pair, o: Occurrence) -> str:
    """The term as the English of the pair has it."""
    return " ".join(pair.en)[slice(*o.span_en)]


def _evidence(o: Occurrence, knowledge: Knowledge, witnesses: Witnesses, of_field: float) -> tuple[float, ...]:
    if o.term.domain != FIELD and " " in o.term.en and knowledge.use(o.term.en.lower()) is None:
        of_field = 1.0  # a term of several words that another field's termbase lists is at home wherever it stands
    place = Located(o.confidence, o.similarity, witnesses.share(o), of_field, witnesses.alike(o))
    return evidence(o.term.en.lower(), o.zh, knowledge, place, _approved_of(o))


def _name(o: Occurrence, knowledge: Knowledge, witnesses: Witnesses) -> Iterator[Draft]:
    """N003 for a name of which no Chinese form is known."""
    if not _HAN_ONLY.match(o.zh) or o.confidence < _NAME or len(o.zh) > _LONGEST_NAME:
        return
    often = witnesses.seen(o)
    kept = knowledge.kept_latin(o.term.en.lower())
    custom = say("field.kept", share=kept) if kept else ""
    message = say("N003.seems", source=o.term.en, found=o.zh, custom=custom)
    severity: Severity = "warning" if kept or often >= _PLACES or len(o.zh) <= len(o.term.en) else "note"
    yield _draft(o, "N003", severity, min(0.9, o.confidence), message)


def _uncounted(o: Occurrence, knowledge: Knowledge, witnesses: Witnesses, of_field: float) -> Iterator[Draft]:
    """T004 for a term so frequent that its renderings were not counted: what the field hardly writes is none."""
    use = knowledge.use(o.term.en)
    if use is None or of_field < _OF_FIELD or o.confidence < _NAME or not is_literal(o.term.en, o.zh):
        return
    if not set(" -") & set(o.term.en) and use.latin < _CUSTOM * use.papers:
        return  # one plain word: it has too many good renderings
    if not is_idiom(o.term.en) and (knowledge.count(o.zh) > _HARDLY * use.papers or _common(o.zh)):
        return
    often = witnesses.seen(o)
    counts = {"n": use.papers, "papers": knowledge.papers, "written": knowledge.count(o.zh)}
    again = say("field.often", n=often) if often > 1 else ""
    message = say("T004.uncounted", source=name_here(o.pair, o), found=o.zh, **counts, often=again)
    severity: Severity = "error" if often >= _PLACES else "warning"
    draft = _draft(o, "T004", severity, 0.93 if often >= _PLACES else 0.8, message)
    yield replace(draft, expected=o.term.en if use.latin >= _CUSTOM * use.papers else "")


def _field(o: Occurrence, knowledge: Knowledge, witnesses: Witnesses) -> Message:
    """The figures behind a finding, as a sentence or two."""
    said = Message("")
    if knowledge.papers:
        here, there = knowledge.count(o.zh), knowledge.count(o.term.zh)
        # Words of every sphere were not counted: of them 0 says nothing.
        counts = [(n, zh) for n, zh in ((here, o.zh), (there, o.term.zh)) if zh and (n or not _common(zh))]
        if counts:
            writes = (say("field.writes" if n else "field.write_none", n=n, text=zh) for n, zh in counts)
            told = joined(writes, ", ", "，")
            said = say("field.counts", papers=knowledge.papers, told=told)
    often = witnesses.seen(o)
    return joined((said, say("field.often", n=often))) if often > 1 else said


def _common(zh: str) -> bool:
    """Whether a string is made of words of every sphere alone."""
    return all(count_zh(zh[a:b]) >= _EVERYDAY for a, b in words_zh(zh))


def _approved(term: Term) -> Message:
    return joined((f"“{zh}”" for zh in (term.zh, *term.admitted)[:3]), " or ", "或")


def _variant(zh: str, term: Term) -> bool:
    """Whether the rendering is an approved one but for 的, blanks or a word around it."""
    bare = _DE.sub("", fold(zh).text)
    for approved in term.approved:
        good = _DE.sub("", fold(approved).text)
        if good and (good in bare or (len(bare) >= 2 and bare in good)):
            return True
        # Of one word of the field, half its rendering with a neighbour's word is a slip of the locator.
        if term.domain == FIELD and " " not in term.en and any(good[k : k + 2] in bare for k in range(len(good) - 1)):
            return True
    return False


def _draft(o: Occurrence, rule: str, severity: Severity, confidence: float, message: Message) -> Draft:
    return Draft(rule, severity, round(confidence, 2), o.span_en, o.span_zh, o.term.zh, o.zh, message, o.term.en)
