"""English written from Chinese: names that are spelt otherwise than the Chinese says, or were translated."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from ..align.lexicon import dictionary_text, load_lexicon
from ..corpora import Span
from ..corpora.script import HAN
from .findings import Draft
from .masking import CODE, URL, blanked
from .messages import say
from .phonetics import readings
from .pinyin import is_pinyin, plain_pinyin, spellings
from .romanised import check_romanised, romanised
from .surnames import SURNAMES

_PAIR = re.compile(r"(?=(?<![\w-])([A-Z][a-zü]{1,7}) ([A-Z][a-zü]{1,13}(?:-[a-zü]{1,6})?)(?![\w-]))")
_CAPITAL = re.compile(r"(?<![\w@/.-])[A-Z][a-z]{4,20}(?![\w@/])")
_ENTRY = re.compile(r"^\S+ (\S+) \[[A-Z][^\]]*\] /([^/\r\n]*)", re.MULTILINE)
_NAME = re.compile(r"[A-Z][a-z]{4,20}")
_LATIN_NAME = re.compile(r"(?<![A-Za-z0-9_@/.-])[A-Z][A-Za-z]{4,29}(?![A-Za-z0-9_@/])")
_SYSTEM = re.compile(r"[A-Z][a-z]+[A-Z][A-Za-z]*|[A-Z]{2,}[a-z]{3,}[A-Za-z]*")
_LONG = 9  # letters from which two slips are still a slip
_MOST, _MOST_WINDOWS = 100, 2_000  # names of a text that are looked at, and strings that may be one
_SURNAME = re.compile(f"[{''.join(sorted(SURNAMES))}]")


def check_names_en(en: str, zh: str) -> Iterator[Draft]:
    """Findings N002, N003 of the names in English that was written from Chinese.

    >>> [draft.expected for draft in check_names_en("Shan Xiaohe drank OterTea.", "单小河喝OtterTea。")]
    ['OtterTea']
    """
    said: list[Span] = []
    for draft in (*check_romanised(zh, en), *_pinyin_names(en, zh), *_proper_names(en, zh), *_systems(en, zh)):
        if draft.span_en is None or not any(a < draft.span_en[1] and draft.span_en[0] < b for a, b in said):
            if draft.span_en:
                said.append(draft.span_en)
            yield draft


def _pinyin_names(en: str, zh: str) -> Iterator[Draft]:
    """Chinese names whose surname is read as the common word it also is, or whose given name is off by a letter."""
    written = [match for match, _ in zip(_PAIR.finditer(en), range(_MOST), strict=False)]
    written = [match for match in written if is_pinyin(match[1]) and is_pinyin(match[2])]
    if not written:
        return
    names = _names_of(zh, 3)
    short = {form for name in _names_of(zh, 2) for form in spellings(name)}
    for match in written:
        words = match[1], match[2]
        span = match.start(1), match.end(2)
        for surname, given in (words, words[::-1]):
            name = None if plain_pinyin(surname + given) in short else _meant(surname, given, names)
            if name is None:
                continue
            wanted = romanised(name)
            if surname is words[1]:
                wanted = " ".join(reversed(wanted.split(" ", 1)))
            if not re.search(rf"{wanted}(?![a-z])", en) and plain_pinyin(wanted) != plain_pinyin("".join(words)):
                at = zh.index(name)
                found = f"{match[1]} {match[2]}"
                message = say("N002.spelt", source=name, wanted=wanted, found=found)
                yield Draft("N002", "warning", 0.8, span, (at, at + len(name)), wanted, found, message, wanted)
                break


def _names_of(zh: str, size: int) -> list[str]:
    """The strings of that size that begin with a surname, each once."""
    found: dict[str, None] = {}
    for match in _SURNAME.finditer(zh):
        name = zh[match.start() : match.start() + size]
        if len(name) == size and all(map(HAN.match, name)):
            found[name] = None
            if len(found) == _MOST_WINDOWS:
                break
    return list(found)


def _meant(surname: str, given: str, names: Iterable[str]) -> str | None:
    """The Chinese name of three characters that the words nearly spell; None where another is spelt rightly."""
    low, plain = plain_pinyin(surname), plain_pinyin(given)
    near = None
    for name in names:
        first = readings(name[0])
        if low not in first:
            continue
        right_given = plain in spellings(name[1:])
        if low == first[0] and right_given:
            return None
        if right_given:
            near = name
        elif low == first[0] and _nearly(plain, name[1:]):
            near = near or name
    return near


def _nearly(plain: str, given: str) -> bool:
    """Whether a given name in pinyin is off by one letter, one syllable being right."""
    return any(
        edits(plain, form) == 1 and any(plain.startswith(a) or plain.endswith(a) for c in given for a in readings(c))
        for form in spellings(given)
    )


def _proper_names(en: str, zh: str) -> Iterator[Draft]:
    """Places and people of the dictionary whose name the English has with a letter or two changed."""
    capitals = {match[0]: match.span() for match in _CAPITAL.finditer(blanked(en, URL, CODE))}
    if not capitals:
        return
    known = _proper()
    here = [(zh[slice(*span)], span) for span in load_lexicon().words(zh) if zh[slice(*span)] in known]
    right = {name for word, _ in here for name in known[word]}
    for word, span in here[:_MOST]:
        for name in known[word]:
            if name in en:
                continue
            for other, place in capitals.items():
                if other not in right and _is_slip(other, name):
                    message = say("N002.another", source=word, wanted=name, found=other)
                    yield Draft("N002", "warning", 0.85, place, span, name, other, message, name)
                    return


def _is_slip(found: str, name: str, *, last: bool = False) -> bool:
    """Whether a name has a slip of the pen: no other form of it, as European is of Europe, unless the `last` letters
    can slip too.
    """
    a, b = found.lower().removesuffix("s"), name.lower().removesuffix("s")
    shared = next((k for k, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    if a[0] != b[0] or (shared >= min(len(a), len(b)) - 1 and not last):
        return False
    return 0 < edits(a, b) <= (2 if len(b) >= _LONG else 1)


@cache
def _proper() -> Mapping[str, tuple[str, ...]]:
    """The proper names of CC-CEDICT: Chinese words of two characters or more, and the capitals of their glosses."""
    found: dict[str, tuple[str, ...]] = {}
    for word, gloss in _ENTRY.findall(dictionary_text()):
        names = _NAME.findall(gloss)
        if len(word) > 1 and names:
            found[word] = (*found.get(word, ()), *names)
    return found


def _systems(en: str, zh: str) -> Iterator[Draft]:
    """Names in Latin letters in the Chinese that the English has changed, or has not."""
    here, there = (blanked(text, URL, CODE) for text in (zh, en))
    flat = re.sub(r"[^a-z0-9]", "", en.casefold())
    low = zh.casefold()
    places = {match[0]: match.span() for match in _LATIN_NAME.finditer(there)}
    others = {name: span for name, span in list(places.items())[:_MOST_WINDOWS] if name.casefold() not in low}
    said: set[str] = set()
    for match in _LATIN_NAME.finditer(here):
        name = match[0]
        if name in said or len(said) >= _MOST:
            continue
        said.add(name)
        stands = name.casefold().removesuffix("s") in flat
        if stands and not _SYSTEM.fullmatch(name):
            continue
        near = next((other for other in others if _is_slip(other, name, last=True)), None)
        if near is not None:
            message = say("N003.latin", wanted=name, found=near)
            yield Draft("N003", "warning", 0.85, others[near], match.span(), name, near, message, name)
        elif not stands and _SYSTEM.fullmatch(name):
            message = say("N003.absent", name=name)
            yield Draft("N003", "note", 0.6, None, match.span(), name, "", message, name)


def edits(a: str, b: str) -> int:
    """Letters to change, drop or add between two words.

    >>> edits("weiming", "weimin"), edits("river", "rival")
    (1, 2)
    """
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row = row, [i]
        for j, y in enumerate(b, 1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (x != y)))
    return row[-1]
