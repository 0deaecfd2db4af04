"""The given name of a Chinese person: do the characters and the Latin letters agree?"""

import re
from collections.abc import Sequence
from typing import Literal

from .messages import Message, say
from .name_matching import surname_fits
from .phonetics import likeness, sounds_latin, sounds_zh
from .pinyin import is_pinyin, plain_pinyin, spellings
from .surnames import japanese_surnames, surname_length, surnames_spelt

Fault = tuple[Literal["warning", "note"], Message]

_SYSTEMS_ALIKE = 0.8  # likeness of a given name from which another system of romanisation may be at work
_SHARED = 0.6  # the same where the surname is spelt so in another system too: Han, Yang, Wu
_BY_CHANCE = 0.5  # likeness under which a given name in characters was not made after the Latin one
_HAN_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}")
_INITIALS = re.compile(r"(?:[^\W\d_]\.?-?){1,3}(?<![a-z])|[^\W\d_]\.?")
_CUT = re.compile(r"[\s,]+")
_NAME_MAX = 60  # characters
# Foreign given names, which say nothing of the Chinese one that their bearer has; some look like pinyin (Linda).
_FOREIGN = frozenset(
    "aaron ada adam adele alan albert alex alice alina amanda amy ana andrew andy angela anita ann anna anthony "
    "arthur ben benjamin betty bill bob brian bruce camila carol caroline catherine celia charles chris christina "
    "christine christopher cindy claire dale dan dana dani daniel daria david dean delia dennis derek diana dina "
    "donald dorothy douglas duke eden edward eleanor elena elina elizabeth emily emma eric ethan eugene eva evan "
    "felix frank fred gale gary gene george grace grant hana hanna hannah harry helen helena henry howard ian isaac "
    "ivan jack jacob james jane janet jason jean jeff jeffrey jennifer jeremy jerry jessica jim joan joe john johnny "
    "jonathan joseph joshua joyce juan jude judy julia julian julie june justin karen karina kate katherine kathy "
    "keith kelly ken kenneth kevin kimberly lane larry laura lawrence lea lena leo leon leona lidia lila lily lina "
    "linda lisa louis lucia lucy luke luna margaret mari maria marina mark martin mary matthew max melissa mia "
    "michael michelle mike mila mina mona nadia nadine nana nancy natasha nate nathan nicholas nick nina noa oliver "
    "oscar pamela patrick paul peter philip rachel raymond rebecca rena rene renee richard rick robert robin roger "
    "ronald rose ruth ryan sabina sam samuel sana sarah sasha scott sean selina serena shane shari sharon simon sonia "
    "sophia stanley stella stephanie stephen steve steven sue susan susana tania tanya tasha terence teresa terry "
    "thomas tiffany tim timothy tina tom tony tracy victor victoria vincent vivian wade walter wanda wendy wesley "
    "william winnie yolanda yuri zane zoe".split()
)


def words_of(en: str) -> list[str]:
    """The words of a Latin name; none where it is no name of two to four words, or has initials.

    >>> words_of("Zhang, Wei"), words_of("W. Zhang")
    (['Zhang', 'Wei'], [])
    """
    words = [word for word in _CUT.split(en.strip()) if plain_pinyin(word)] if len(en) <= _NAME_MAX else []
    return words if 2 <= len(words) <= 4 and not any(_INITIALS.fullmatch(word) for word in words) else []


def only_pinyin(words: Sequence[str]) -> bool:
    """Whether every word is pinyin and none of them a foreign given name.

    >>> only_pinyin(["Zhang", "Wei"]), only_pinyin(["Zhang", "Linda"])
    (True, False)
    """
    return all(is_pinyin(word) and plain_pinyin(word) not in _FOREIGN for word in words)


def reads_as(words: Sequence[str], zh: str) -> bool:
    """Whether the words are a reading of the characters, surname first or last.

    >>> reads_as(["Wei", "Zhang"], "张伟"), reads_as(["Hui", "Zhang"], "张伟")
    (True, False)
    """
    forms = spellings(zh)
    orders = (words, (*words[1:], words[0]), (words[-1], *words[:-1]))
    return any(plain_pinyin("".join(order)) in forms for order in orders)


def other_system(words: Sequence[str], surname: str) -> bool:
    """Whether a word spells the surname otherwise than pinyin does: Chan, Lee; then the given name may be so too.

    >>> other_system(["Chan", "Tai"], "陈"), other_system(["Chen", "Tai"], "陈")
    (True, False)
    """
    pinyin = spellings(surname)
    if any(plain_pinyin(word) in pinyin for word in words):
        return False
    return any(surname_fits(word, surname) == 1.0 for word in (words[0], words[-1]))


def may_be_other_system(words: Sequence[str], zh: str, length: int) -> bool:
    """Whether a given name of other pinyin may be right in Wade-Giles, Cantonese or Korean spelling.

    >>> may_be_other_system(["Han", "Kang"], "韩江", 1), may_be_other_system(["Zhang", "Hui"], "张伟", 1)
    (True, False)
    """
    surname = zh[:length]
    if other_system(words, surname):
        return True
    first = plain_pinyin(words[0]) in spellings(surname)
    word, others = (words[0], words[1:]) if first else (words[-1], words[:-1])
    alike = likeness("".join(map(sounds_latin, others)), sounds_zh(zh[length:]))
    if surname in surnames_spelt(plain_pinyin(word)):
        return alike >= _SHARED
    return alike >= _SYSTEMS_ALIKE and any("-" in other for other in others)


def given_name_fault(en: str, zh: str) -> Fault | None:
    """How bad it is, and what is wrong, where a surname in characters agrees with the English one and the given name
    does not; None where all may be right.

    A given name in pinyin that reads otherwise is a warning; a foreign one that the characters do not sound like is a
    note, since its bearer may have a Chinese name of any sound.

    >>> given_name_fault("Wei Zhang", "张伟"), (given_name_fault("Wei Zhang", "张小河") or "")[0]
    (None, 'warning')
    """
    words, length = words_of(en), surname_length(zh)
    if not words or not length or not _HAN_NAME.fullmatch(zh) or reads_as(words, zh):
        return None
    surname, given = zh[:length], zh[length:]
    last = surname_fits(words[-1], surname) == 1.0
    word, others = (words[-1], words[:-1]) if last else (words[0], words[1:])
    if surname_fits(word, surname) < 1.0 or not given or surname in japanese_surnames(plain_pinyin(word)):
        return None
    alike = likeness("".join(map(sounds_latin, others)), sounds_zh(given))
    latin = plain_pinyin("".join(others))
    if len(others) == 1 and latin in _FOREIGN:
        if alike >= _BY_CHANCE or latin in spellings(given):
            return None
        return "note", say("N002.foreign_given", found=zh, source=en)
    begun = any(form.startswith(latin) for form in spellings(given))
    hyphened = any("-" in other for other in others)
    if alike >= _SYSTEMS_ALIKE or begun or hyphened or not only_pinyin(words) or may_be_other_system(words, zh, length):
        return None
    return "warning", say("N002.given", found=zh, source=en)
