"""N001, N002: names of people in an English text and in its Chinese translation."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from ..corpora import Span
from .findings import Draft
from .given_names import given_name_fault
from .messages import say
from .name_forms import gaps_of, garbled, shortened
from .name_lists import list_of_people
from .name_matching import AGREES, DIFFERS, agreement, match_names
from .names_en import capital_runs, people_in
from .phonetics import likeness, sounds_latin, sounds_zh
from .surnames import SPELLING, spelt_end

_LIST_MAX = 60  # names of a list that are compared one by one
_STRANGE_MAX = 10  # more names that agree with none, and the lists are not of the same people
_SPANS_MAX = 8  # names of a running text that are looked at
_RUNS_MAX, _WORDS_MAX = 150, 300  # what a name may be compared with; in a longer text nothing is said
_GO_ON = re.compile(r"等|…|\.{2}|et al|及其|等人")
_DOT = r"[·•‧・]"
_HAN_PART = r"[\u4e00-\u9fff]{1,8}"
_DOTTED = re.compile(rf"{_HAN_PART}(?:{_DOT}(?:[A-Za-z]\.?{_DOT})?{_HAN_PART}){{1,3}}")
_CITED = re.compile(r"[\u4e00-\u9fff]{2,8}(?=等人)")
_DOTS = re.compile(_DOT)
_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]{3,25}")
_ALIKE = 0.7  # likeness from which a word of the English may be what a part of a name stands for


def check_author_lists(en_names: Sequence[str], zh_names: Sequence[str], zh_text: str) -> Iterator[Draft]:
    """Findings N001, N002 of one list of authors that is known in both languages.

    `zh_text` is the Chinese list as it stands, in which the spans are given; `zh_names` its names. Lists of more than
    60 names are searched for empty items only.

    >>> [draft.expected for draft in check_author_lists(["Anna Berg", "Bo Cole"], ["安娜·贝格"], "安娜·贝格")]
    ['Bo Cole']
    """
    found = list_of_people(zh_text)
    gaps = list(gaps_of(zh_text, found))
    garbles = [
        draft
        for k, item in enumerate(found.items)
        for draft in garbled(zh_text, item, found.items[k - 1] if k else None)
    ]
    if not en_names or not zh_names or max(len(en_names), len(zh_names)) > _LIST_MAX:
        yield from (*gaps, *garbles)
        return
    matches = match_names(en_names, zh_names)
    places = _places(zh_names, zh_text)
    missing = sorted(set(range(len(en_names))) - {match.en for match in matches})
    yield from garbles
    for match in matches:
        yield from _given_names(en_names[match.en], zh_names[match.zh], places[match.zh])
    known = {match.zh: match.en for match in matches}
    said = [draft.span_zh for draft in garbles if draft.span_zh and draft.severity != "note"]
    strange = sorted(set(range(len(zh_names))) - set(known))
    for k in strange if len(strange) <= _STRANGE_MAX else ():
        near = _candidate(k, missing, known)
        if near is None:
            break
        missing.remove(near)
        en, zh, span = en_names[near], zh_names[k], places[k]
        if any(a < span[1] and span[0] < b for a, b in said):
            continue
        if is_transliterated(zh) and all(agreement(name, zh) < DIFFERS for name in en_names):
            message = say("N002.strange_list", found=zh, wanted=en)
            yield Draft("N002", "warning", 0.8, None, span, en, zh, message, en)
    lost = [en_names[k] for k in missing]
    if gaps:
        yield from (replace(draft, expected=shortened(", ".join(lost))) for draft in gaps)
    elif lost and len(strange) <= _STRANGE_MAX and len(zh_names) < len(en_names) and not _GO_ON.search(zh_text):
        yield _lost(lost, zh_text, cut=len(missing) == len(en_names) - missing[0])


def _given_names(en: str, zh: str, span: Span) -> Iterator[Draft]:
    """N002 of a Chinese name whose surname is the English one's."""
    fault = given_name_fault(en, zh)
    if fault is not None:
        severity, message = fault
        yield Draft("N002", severity, 0.8 if severity == "warning" else 0.5, None, span, "", zh, message, en)


def _lost(names: Sequence[str], zh_text: str, *, cut: bool) -> Draft:
    """N001: these names have no counterpart; `cut` where they are the end of the list, which may be meant."""
    listed = shortened(", ".join(names))
    message = say("N001.lost_one" if len(names) == 1 else "N001.lost", listed=listed)
    begin = len(zh_text) - len(zh_text.lstrip())
    span = (begin, max(begin, len(zh_text.rstrip())))
    found = shortened(zh_text.strip())
    if cut:
        return Draft("N001", "note", 0.5, None, span, listed, found, message, names[0])
    return Draft("N001", "warning", 0.8, None, span, listed, found, message, names[0])


def _places(names: Sequence[str], text: str) -> list[Span]:
    """Where each name stands in the text, searched one after the other; the whole text for one that does not."""
    places: list[Span] = []
    at = 0
    for name in names:
        begin = text.find(name, at) if name else -1
        places.append((begin, begin + len(name)) if begin >= 0 else (0, len(text)))
        at = max(at, begin + len(name)) if begin >= 0 else at
    return places


def _candidate(zh: int, missing: Sequence[int], known: dict[int, int]) -> int | None:
    """The unmatched English name that stands between the neighbours of an unmatched Chinese one, the nearest first."""
    before = max((en for k, en in known.items() if k < zh), default=-1)
    after = min((en for k, en in known.items() if k > zh), default=1 << 30)
    between = [k for k in missing if before < k < after] or list(missing)
    return min(between, key=lambda k: (abs(k - zh), k), default=None)


def is_transliterated(zh: str) -> bool:
    """Whether a Chinese name is spelt by sound: it has a dot, and signs of transliteration.

    >>> is_transliterated("安娜·贝格"), is_transliterated("王小獭")
    (True, False)
    """
    parts = [part for part in _DOTS.split(zh) if part]
    return len(parts) >= 2 and any(SPELLING & set(part) for part in parts if len(part) > 1)


def check_names_in_pair(en: str, zh: str) -> Iterator[Draft]:
    """Findings N002 in running text: a transliterated name that sounds like nothing in the English, while a person
    named there has no counterpart.

    Looked at are names with a dot, and those before 等人 (et al.). Every word of the English may acquit a name.

    >>> [draft.expected for draft in check_names_in_pair("As Anna Berg (2019) says", "正如伊万·库图佐夫（2019）所说")]
    ['Anna Berg']
    """
    spans = [span for match in _DOTTED.finditer(zh) if (span := _spelt(zh, match))]
    spans += [span for match in _CITED.finditer(zh) if (span := _spelt(zh, match)) and zh[span[0] - 1] not in _DOT]
    if not spans:
        return
    people = [name for name in islice(people_in(en), _SPANS_MAX) if _unnamed(name.text, zh)]
    if not people:
        return
    runs, words = capital_runs(en), dict.fromkeys(_WORD.findall(en))
    if len(runs) > _RUNS_MAX or len(words) > _WORDS_MAX:
        return
    for begin, end in spans[:_SPANS_MAX]:
        name = zh[begin:end]
        if any(agreement(run, name) >= DIFFERS for run in runs) or _has_source(name, words):
            continue
        cited = not _DOTS.search(name)
        meant = [person for person in people if not cited or en.startswith(" et al", person.span[1])]
        if meant:
            person = meant[0]
            message = say("N002.strange", found=name, wanted=person.text)
            yield Draft("N002", "warning", 0.75, person.span, (begin, end), person.text, name, message, person.text)


def _spelt(zh: str, match: re.Match[str]) -> Span | None:
    """The transliterated name in a run of characters, or None where it has other parts, or is too short to judge."""
    parts = _DOTS.split(match[0])
    first = spelt_end(parts[0])
    last = parts[-1]
    while len(parts) > 1 and last and not set(last) <= SPELLING:
        last = last[:-1]
    if len(first) < 2 or not last or not all(set(part) <= SPELLING for part in parts[1:-1] if part.isalpha()):
        return None
    return match.start() + len(parts[0]) - len(first), match.end() - len(parts[-1]) + len(last)


def _has_source(name: str, words: Iterable[str]) -> bool:
    """Whether a part of the name sounds like a word of the English, whatever its case."""
    parts = [sounds_zh(part) for part in _DOTS.split(name) if len(part) > 1]
    return any(likeness(sounds_latin(word), part) >= _ALIKE for word in words for part in parts)


def _unnamed(name: str, zh: str) -> bool:
    """Whether a person of the English has no counterpart in the Chinese: neither in Latin letters nor by sound."""
    words = [word for word in _WORD.findall(name) if word[0].isupper()]
    folded = zh.casefold()
    if any(word.casefold() in folded for word in words):
        return False
    return not any(agreement(name, m[0]) >= AGREES for m in islice(_DOTTED.finditer(zh), _SPANS_MAX))
