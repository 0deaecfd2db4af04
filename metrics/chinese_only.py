"""T002, T003, T004, N003 in Chinese that has no English beside it: what can be said from the Chinese alone."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from ..align import count_zh
from ..corpora import Forbidden, Knowledge, Span, Term
from ..corpora.script import HAN
from .consistency import same_rendering
from .everyday import EverydayWords
from .fieldness import is_of_field
from .findings import Draft
from .folding import Folded, fold
from .messages import because, joined, say

_OF_FIELD = 10  # distinct terms of three characters or more that make a text one of the termbase's field
_EVERYDAY = 600  # occurrences in jieba's corpus from which a short word says nothing of the field


@dataclass(frozen=True, slots=True)
class _Needle:
    term: Term
    text: str  # folded
    forbidden: Forbidden | None  # None: an approved rendering


class ChineseOnly:
    """Looks for the forbidden renderings of a termbase in Chinese text; built once for all texts."""

    def __init__(self, terms: Sequence[Term], knowledge: Knowledge, given: Set[str] = frozenset()) -> None:
        """Fold every rendering once. Longer ones come first, so that they hide their parts; of two terms that
        forbid the same string the field's more frequent one. What the user's own entries, those `given`, approve is
        right wherever it stands.
        """
        self._knowledge = knowledge
        self._everyday = EverydayWords(knowledge)
        self._given = given
        self._approved = {fold(zh).text for term in terms if term.en in given for zh in term.approved}
        self._wrong: list[_Needle] = []
        self._good: list[_Needle] = []
        for term in terms:
            self._wrong += [_Needle(term, fold(f.zh).text, f) for f in term.forbidden]
            self._good += [_Needle(term, fold(zh).text, None) for zh in (*term.approved, *term.also) if telling(zh)]
        papers = {term.en: use.papers if (use := knowledge.use(term.en.lower())) else 0 for term in terms}
        self._wrong.sort(key=lambda n: (-len(n.text), n.text, -papers[n.term.en], n.term.en))

    def check(self, zh: str) -> Iterator[Draft]:
        """Drafts for the Chinese of one document, spans in the string given.

        A rendering that is wrong only for its term is reported where the text is of the field and names the term
        in another way too (令牌 here, 代币 there); where it is only of the field, as a note.
        """
        folded = fold(zh)
        named: dict[str, list[str]] = {}
        for needle in self._good:
            if needle.text in folded.text and folded.find(needle.text) is not None:
                named.setdefault(needle.term.en, []).append(needle.text)
        present = {text for texts in named.values() for text in texts if len(text) >= 3}
        of_field = len(present) >= _OF_FIELD or is_of_field(zh, self._knowledge)
        taken: list[Span] = []
        wrong: dict[str, list[tuple[Span, str]]] = {}
        for needle in self._wrong:
            if needle.text not in folded.text or needle.forbidden is None:
                continue
            for span in folded.find_all(needle.text):
                if any(a < span[1] and span[0] < b for a, b in taken):
                    continue
                draft = _forbidden(
                    needle.term, needle.forbidden, zh[slice(*span)], span, of_field, needle.term.en in named
                )
                if draft is not None:
                    taken.append(span)
                    wrong.setdefault(needle.term.en, []).append((span, zh[slice(*span)]))
                    yield draft
        yield from self._several(zh, folded, named, wrong)
        if of_field:
            for draft in self._everyday.check(zh):
                if not draft.span_zh or fold(zh[slice(*draft.span_zh)]).text in self._approved:
                    continue
                if not any(a < draft.span_zh[1] and draft.span_zh[0] < b for a, b in taken):
                    yield draft
            skipped = wrong.keys() | self._given
            yield from _two_good_names(zh, folded, {en: names for en, names in named.items() if en not in skipped})

    def _several(
        self, zh: str, folded: Folded, named: dict[str, list[str]], wrong: dict[str, list[tuple[Span, str]]]
    ) -> Iterator[Draft]:
        """T003: a term with a forbidden rendering here and another one there."""
        for en, places in sorted(wrong.items()):
            others = [text for text in named.get(en, ()) if HAN.search(text)]
            names = list(dict.fromkeys(text for _, text in places))
            span = places[0][0]
            for text in others[:2]:
                found = folded.find(text)
                if found is not None and not same_rendering(text, names[0]):
                    names.append(zh[slice(*found)])
            if len(names) > 1:
                listed = joined((f"“{name}”" for name in names), ", ")
                message = say("T003.several", source=en, listed=listed)
                yield Draft("T003", "warning", 0.7, None, span, "", names[0], message, en)


def _two_good_names(zh: str, folded: Folded, named: dict[str, list[str]]) -> Iterator[Draft]:
    """T003 notes: a term that a page calls by two approved names of three characters or more."""
    said: set[Span] = set()
    for en, texts in sorted(named.items()):
        if not set(" -") & set(en):
            continue  # latent: 潜空间 and 潜向量 are two things; one word stands in many compounds
        long = [text for text in texts if len(text) >= 3 and HAN.search(text)]
        for text in long[1:]:
            span, first = folded.find(text), folded.find(long[0])
            if span is None or first is None or span in said or same_rendering(text, long[0]):
                continue
            said.add(span)
            found, other = zh[slice(*span)], zh[slice(*first)]
            message = say("T003.both", source=en, first=other, found=found)
            yield Draft("T003", "note", 0.5, None, span, other, found, message, en)


def telling(zh: str) -> bool:
    """Whether a rendering shows by itself that a text speaks of its term: no short word of every day.

    >>> telling("令牌"), telling("标准"), telling("损失函数")
    (True, False, True)
    """
    return len(zh) >= 3 or (len(zh) == 2 and count_zh(zh) < _EVERYDAY)


def _forbidden(term: Term, forbidden: Forbidden, found: str, span: Span, of_field: bool, named: bool) -> Draft | None:
    why = because(forbidden.why)
    rule = "N003" if term.is_name else "T002"
    if not forbidden.needs_source:
        message = say("T002.if_meant", found=found, why=why, source=term.en, wanted=term.zh)
        if not of_field:
            return Draft(rule, "warning", 0.6, None, span, term.zh, found, message, term.en)
        return Draft(rule, "error", 0.85, None, span, term.zh, found, message, term.en)
    if not of_field or (term.is_name and not named):
        return None
    message = say("T002.seems_meant", found=found, why=why, source=term.en, wanted=term.zh)
    if named:
        return Draft(rule, "warning", 0.7, None, span, term.zh, found, message, term.en)
    return Draft(rule, "note", 0.5, None, span, term.zh, found, message, term.en)
