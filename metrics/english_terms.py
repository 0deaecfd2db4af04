"""T001, T002, T003, T004, N003 of English written from Chinese: terms of the Chinese that the English calls otherwise.

Two things give a wrong rendering away: a word of the right one replaced by a word that no dictionary and no paper of
the field has for that Chinese (transcription coefficient for 转录因子), and a reading character by character that the
field never writes (pattern crash for 模式崩溃). Other wordings than the termbase's are free choice, and not reported.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ..align.lexicon import load_lexicon, stem_en
from ..corpora import Pair, Span
from ..corpora.knowledge import Knowledge, Use
from .acronyms import defined_acronyms
from .findings import Draft, Severity
from .folding import fold, fold_word
from .linked_texts import LinkedTexts
from .messages import Message, joined, say
from .source_terms import SourceTerm, SourceTerms, answered, content_of, same_word

_SHARE = 0.02  # of the field's papers with a word that have the Chinese: from then on the word may stand for it
_WRITTEN = 20  # papers that write a phrase, from which it is a term of its own
_KNOWN = 10  # papers with the right term and with its Chinese, from which the field is a witness
_SURE = 0.5  # strength of the best link from which a warning is due
_TELLING = 3  # characters of a term from which an everyday gloss of it is no excuse
Reading = Literal["replaced", "literal", "sense", "word"]
_ACRONYM = re.compile(r"[A-Z]{2}")
_LATIN = re.compile(r"[A-Za-z0-9 '’‑-]+")


@dataclass(frozen=True, slots=True)
class SourceOccurrence:
    """A term of the Chinese of a pair, and where the English has what became of it; spans are of the joined sentences.

    `span_en` is None where a right form stands somewhere in the English, and where nothing was found. `strength` is
    that of the best link, 0..1.
    """

    pair: Pair
    source: SourceTerm
    right: bool
    span_en: Span | None = None
    strength: float = 0.0

    @property
    def en(self) -> str:
        """What the English has for the term."""
        return "" if self.span_en is None else " ".join(self.pair.en)[slice(*self.span_en)]


def locate_terms(pair: Pair, found: Sequence[SourceTerm], linked: LinkedTexts | None) -> Iterator[SourceOccurrence]:
    """One for each term found in the Chinese of a pair; `linked` is None where places are not looked for."""
    en = " ".join(pair.en)
    for source in found:
        if answered(source.forms, en):
            yield SourceOccurrence(pair, source, True)
            continue
        place = linked.place_of(source.span, source.forms) if linked else None
        yield SourceOccurrence(pair, source, False, *(place or (None, 0.0)))


def check_source_term(
    o: SourceOccurrence, linked: LinkedTexts, knowledge: Knowledge, elsewhere: Mapping[str, str]
) -> Iterator[Draft]:
    """What to say of a term whose right forms are absent; nothing where another wording is as good.

    `elsewhere` maps Chinese terms to the right form that the record has for them in another sentence.
    """
    if o.right or o.span_en is None or not _LATIN.fullmatch(o.en) or _free_choice(o, knowledge):
        return
    reading = _read(o, linked, knowledge)
    zh, right = o.source.zh, elsewhere.get(o.source.zh, o.source.forms[0])
    if reading is None and zh not in elsewhere:
        return
    field = max((use.papers for form in o.source.forms if (use := use_of(form, knowledge))), default=0)
    witness = min(field, knowledge.count(zh)) >= _KNOWN
    if reading in ("sense", "word") and not witness:
        return
    sure = o.strength >= _SURE and (witness or reading == "replaced") and o.source.preferred
    severity: Severity = "warning" if sure and reading not in (None, "word") else "note"
    said = Message("")
    if witness:
        told = say("field.writes", n=field, text=o.source.forms[0])
        told = told if len(content_of(o.en)) == 1 else say("field.none", told=told, text=o.en)
        said = say("field.counts", papers=knowledge.papers, told=told)
    if zh in elsewhere:
        rule, message = "T003", say("T003.elsewhere", source=zh, found=o.en, right=right)
    elif " " not in right and any(c.isupper() for c in right[1:]):
        rule, message = "N003", say("N003.became", source=zh, found=o.en, right=right)
    elif reading == "replaced":
        approved = _approved(o.source.forms)
        rule, message = "T001", say("T001.became", source=zh, found=o.en, approved=approved, figures=said)
    else:
        rule, message = "T004", say("T004.sense", source=zh, found=o.en, right=right, figures=said)
    confidence = 0.8 if severity == "warning" else 0.6
    yield Draft(rule, severity, confidence, o.span_en, o.source.span, right, o.en, message, o.source.terms[0].en)


def check_expansions(terms: SourceTerms, en: str, zh: str) -> Iterator[Draft]:
    """T005: an acronym of a term of the Chinese that the English explains by other words.

    >>> from ..corpora.termbase import Term
    >>> terms = SourceTerms([Term("otter transport method", "水獭运输法", also=("OTM",))])
    >>> [draft.found for draft in check_expansions(terms, "an old tea machine (OTM)", "水獭运输法（OTM）")]
    ['old tea machine']
    """
    for acronym, words in defined_acronyms(en):
        meant = [(term, source) for term in terms.of_acronym(acronym) for source in term.approved if source in zh]
        forms = [form for term, _ in meant for form in (term.en, *term.also) if not form.isupper() and " " in form]
        if not forms or answered(forms, words) or any(fold(en).find(fold(form).text) for form in forms):
            continue
        place = re.search("[ -]".join(map(re.escape, words.split())), en)
        if place:
            right, source = forms[0], meant[0][1]
            span_zh = (zh.index(source), zh.index(source) + len(source))
            message = say("T005.explained", acronym=acronym, wanted=right, found=place[0])
            yield Draft("T005", "warning", 0.85, place.span(), span_zh, right, place[0], message, right)


def _read(o: SourceOccurrence, linked: LinkedTexts, knowledge: Knowledge) -> Reading | None:
    """How the words in the place of a term came about, None where nothing tells.

    "replaced": one word of the right form by a word that the Chinese does not mean; "literal": all of it word by word;
    "sense": one word of it by another sense of its Chinese; "word": one word that the field does not use for it.
    """
    forms, words = o.source.forms, content_of(o.en)
    if o.span_en is None or len(words) > 1 + max(len(content_of(form)) for form in forms):
        return None
    kept = [word for word in words if _kept(word, forms)]
    if len(words) == 1:
        use = use_of(words[0], knowledge)
        used = use is not None and use.renderings.get(o.source.zh, 0) > 0
        glossed = len(o.source.zh) < _TELLING and _glossed(o.source.zh, words)
        return None if kept or used or glossed or not o.source.preferred or o.strength < _SURE else "word"
    new = [word for word in words if word not in kept]
    parts = [linked.zh[slice(*linked.tokens[j].span)] for j in linked.inside(o.source.span)]
    strange = [word for word in new if not _may_render(word, o.source.zh, parts, knowledge)]
    everyday = [word for word in new if word not in strange and not _in_field(word, parts, knowledge)]
    if any(_replaces(words, strange, form) for form in forms):
        return "replaced"
    if not kept and (not strange or linked.all_linked(o.span_en, o.source.span)):
        return "literal"
    return "sense" if any(_replaces(words, everyday, form) for form in forms) else None


def _kept(word: str, forms: Sequence[str]) -> bool:
    return any(same_word(word, other) for form in forms for other in content_of(form))


def _replaces(words: Sequence[str], new: Sequence[str], form: str) -> bool:
    """Whether the words are the form with one of the new words in the place of one of its own."""
    right = content_of(form)
    if len(words) != len(right):
        return False
    pairs = [(word, other) for word, other in zip(words, right, strict=True) if not same_word(word, other)]
    return 0 < len(pairs) < len(right) and all(word in new for word, _ in pairs)


def _in_field(word: str, parts: Sequence[str], knowledge: Knowledge) -> bool:
    """Whether papers of the field have the word for a part of the Chinese."""
    use = use_of(word.lower(), knowledge)
    return use is not None and any(
        use.renderings.get(part, 0) >= _SHARE * use.papers for part in parts if len(part) > 1
    )


def use_of(en: str, knowledge: Knowledge) -> Use | None:
    """How the field uses an English phrase, singular or plural, hyphened or not; None where it does not."""
    words = re.findall("[A-Za-z0-9]+", en.lower())
    if not words:
        return None
    last = [*words[:-1], fold_word(words[-1])]
    found = [knowledge.use(joint.join(form)) for form in (words, last) for joint in (" ", "-")]
    return max((use for use in found if use), key=lambda use: use.papers, default=None)


def _free_choice(o: SourceOccurrence, knowledge: Knowledge) -> bool:
    """Whether what stands there is a wording as good as the termbase's, or no term at all."""
    zh, words = o.source.zh, content_of(o.en)
    if _ACRONYM.search(o.en):
        return True
    use = use_of(o.en, knowledge)
    if use and (use.renderings.get(zh, 0) or (use.papers >= _WRITTEN and len(words) > 1)):
        return True
    if len(words) > 1 and _glossed(zh, words):
        return True
    if any(same_word("".join(words), form) for form in o.source.forms if form.isalpha()):
        return True  # re-sample
    # Words left out (convolutional network) or put in (a robust detector of objects) make no other term.
    for form in o.source.forms:
        right = content_of(form)
        if all(any(same_word(word, other) for other in right) for word in words):
            return True
    return False


def _glossed(zh: str, words: Sequence[str]) -> bool:
    """Whether the words hold a gloss that the dictionary has for all of the Chinese."""
    here = {stem_en(word.lower()) for word in words}
    glosses = [content_of(gloss) for gloss in load_lexicon().glosses(zh)]
    return any({stem_en(word) for word in gloss} <= here for gloss in glosses if gloss)


def _may_render(word: str, zh: str, parts: Sequence[str], knowledge: Knowledge) -> bool:
    """Whether a dictionary, or the field, has the word for a part of the Chinese."""
    lexicon = load_lexicon()
    senses = {stem for text in (zh, *parts, *zh) for stem in lexicon.senses(text)}
    return any(same_word(word, sense) for sense in senses) or _in_field(word, (zh, *parts), knowledge)


def _approved(forms: Sequence[str]) -> Message:
    return joined((f"“{form}”" for form in forms[:3]), " or ", "或")
