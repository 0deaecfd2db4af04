"""How well a name in Latin letters and a Chinese one agree, and which name of one list is which of the other."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from .phonetics import likeness, sounds_latin, sounds_zh
from .pinyin import plain_pinyin, spellings
from .surnames import COMPOUND_SURNAMES, japanese_surnames, surnames_spelt

DOTS = "·•‧・･∙⋅"
AGREES = 0.5  # from here on one name is the other; 1 % of unrelated pairs reach .4 (benchmarks/names.py)
DIFFERS = 0.3  # below it is not
_SOFT_SURNAME = 0.75  # likeness from which a surname's spelling may stand for a character, in no table
_BY_SOUND = 0.95  # what such a spelling is worth at most: Zhan sounds like 张, whose pinyin is Zhang
_ALONE = 0.92  # what a surname alone is worth of the whole name
_GIVEN_UNKNOWN = 0.7  # a Japanese given name: its reading cannot be told from the characters
_EN_MAX, _ZH_MAX = 40, 20  # characters of a name that are looked at
_WORK_MAX = 200_000  # characters of one list times those of the other: 30 names in each
_WINDOW = 4  # longer lists are matched by names not further apart
_CUT_LATIN = re.compile(r"[\s\u00a0,]+")
_CUT_PARTS = re.compile(r"[\s\u00a0,\-‐‑–]+")
_CUT_ZH = re.compile(rf"[{DOTS}\-‐‑–—=＝.\s]+")
_INITIALS = re.compile(r"(?:[^\W\d_]\.?)(?:[^\W\d_]\.)*")
_HAN = re.compile(r"[\u3400-\u9fff]")
_PARTICLES = frozenset("v van von de der den del della di da dos du la le al el bin ibn ter ten y af av e i".split())


class Match(NamedTuple):
    """A Chinese name and the English one it stands for, by their places in the two lists; `score` is 0..1."""

    en: int
    zh: int
    score: float


@lru_cache(maxsize=16384)
def agreement(en: str, zh: str) -> float:
    """How surely a Chinese name stands for one in Latin letters, 0..1: `AGREES` or more yes, under `DIFFERS` no.

    Transliterations are judged by sound, names in Chinese characters by their pinyin, surnames in other spellings by
    table; a Chinese name that is still in Latin letters by these.

    >>> agreement("Albert Einstein", "阿尔伯特·爱因斯坦") > 0.8, agreement("Wei Zhang", "张伟")
    (True, 1.0)
    """
    en, zh = en[:_EN_MAX], zh[:_ZH_MAX]
    if not _HAN.search(zh):
        return _kept(en, zh)
    score = by_sound(en, zh)
    if not any(dot in zh for dot in DOTS):
        score = max(score, by_characters(en, zh))
    return score


def _kept(en: str, zh: str) -> float:
    """1 where both names, in Latin letters, share a word that is no initial."""
    return float(bool({p.casefold() for p in latin_parts(en)} & {p.casefold() for p in latin_parts(zh)}))


def latin_parts(name: str) -> list[str]:
    """The words of a Latin name that are no initials; all where there are none else.

    >>> latin_parts("J. K. Rowling"), latin_parts("Jean-Paul Sartre")
    (['Rowling'], ['Jean', 'Paul', 'Sartre'])
    """
    parts = [part for part in _CUT_PARTS.split(name) if part.strip(".'’")]
    return [part for part in parts if not _INITIALS.fullmatch(part)] or parts


def by_sound(en: str, zh: str) -> float:
    """How alike the two names sound, 0..1, as wholes, by their parts, or by the surname where there is no more.

    >>> by_sound("Liszt Franz", "弗朗茨·李斯特") > .8
    True
    """
    latin = [sounds_latin(part) for part in latin_parts(en)]
    chinese = [sounds_zh(part) for part in _CUT_ZH.split(zh) if _HAN.search(part)]
    latin, chinese = [s for s in latin if s], [s for s in chinese if s]
    if not latin or not chinese:
        return 0.0
    best = likeness("".join(latin), "".join(chinese))
    if len(chinese) == 1:
        best = max(best, _ALONE * likeness(latin[-1], chinese[0]))
    elif len(latin) == 1:
        best = max(best, _ALONE * likeness(latin[0], chinese[-1]))
    else:
        best = max(best, likeness("".join(latin), chinese[-1] + "".join(chinese[:-1])))
        if max(len(latin), len(chinese)) > 2:  # the second given name may be left out
            best = max(best, likeness(latin[0] + latin[-1], chinese[0] + chinese[-1]))
    return best


def by_characters(en: str, zh: str) -> float:
    """How surely characters without a dot are read as this name, 0..1, surname first or last.

    >>> by_characters("Hayao Tanaka", "田中骏"), by_characters("Y. Li", "李一"), by_characters("Bo Li", "林小河")
    (0.85, 0.95, 0.0)
    """
    words = [word for word in _CUT_LATIN.split(en) if plain_pinyin(word)]
    if not words or not 1 <= len(zh) <= 6:
        return 0.0
    best = 0.0
    for length in (1, 2, 3):
        surname, given = zh[:length], zh[length:]
        if length > len(zh):
            break
        for word, others in ((words[-1], words[:-1]), (words[0], words[1:])):
            fits = surname_fits(word, surname)
            if fits:
                best = max(best, fits * (0.5 + 0.5 * _given_fits(others, given, plain_pinyin(word), surname)))
    return best


def surname_fits(latin: str, surname: str) -> float:
    """Whether characters are the surname spelt so: 1 by pinyin or table, less by sound, or 0.

    >>> surname_fits("Wong", "黄"), surname_fits("Zhang", "水")
    (1.0, 0.0)
    """
    plain = plain_pinyin(latin)
    known = len(surname) == 1 or surname in COMPOUND_SURNAMES
    if known and (plain in spellings(surname) or surname in surnames_spelt(plain)):
        return 1.0
    if surname in japanese_surnames(plain):
        return 1.0
    if len(surname) == 1:
        alike = likeness(sounds_latin(latin), sounds_zh(surname))
        return min(alike, _BY_SOUND) if alike >= _SOFT_SURNAME else 0.0
    return 0.0


def _given_fits(words: Sequence[str], given: str, surname_latin: str, surname: str) -> float:
    if not words or not given:
        return 0.6 if not words and not given else 0.4
    plain = plain_pinyin("".join(words))
    wanted = spellings(given)
    if plain in wanted:
        return 1.0
    if all(_INITIALS.fullmatch(word) for word in words):
        return 0.9 if any(form.startswith(plain[:1]) for form in wanted) else 0.3
    alike = likeness("".join(map(sounds_latin, words)), sounds_zh(given))
    return max(alike, _GIVEN_UNKNOWN) if surname in japanese_surnames(surname_latin) else alike


def match_names(en: Sequence[str], zh: Sequence[str]) -> list[Match]:
    """Which Chinese name stands for which English one, each at most once, in the order of the Chinese list.

    Names at the same place in lists of one length are matched first, then the surest of the rest; in long lists only
    those not far from one another. Names that do not agree are in no match.

    >>> [(m.en, m.zh) for m in match_names(["Jane Austen", "Yao Ming"], ["姚明", "简·奥斯汀"])]
    [(1, 0), (0, 1)]
    """
    found: list[Match] = []
    if len(en) == len(zh):
        scores = [agreement(a, b) for a, b in zip(en, zh, strict=True)]
        found = [Match(k, k, score) for k, score in enumerate(scores) if score >= AGREES]
    taken_en, taken_zh = {m.en for m in found}, {m.zh for m in found}
    work = sum(map(len, en)) * sum(map(len, zh))
    window = _WINDOW if work > _WORK_MAX else max(len(en), len(zh))
    rest = [
        Match(i, j, score)
        for i in range(len(en))
        if i not in taken_en
        for j in range(max(0, i - window), min(len(zh), i + window + 1))
        if j not in taken_zh and (score := agreement(en[i], zh[j])) >= AGREES
    ]
    for match in sorted(rest, key=lambda m: (-m.score, abs(m.en - m.zh), m)):
        if match.en not in taken_en and match.zh not in taken_zh:
            taken_en.add(match.en)
            taken_zh.add(match.zh)
            found.append(match)
    return sorted(found, key=lambda m: m.zh)
