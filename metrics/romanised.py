"""N002 for Chinese names in Latin letters: is this the pinyin of those characters?"""

import re
from collections.abc import Iterator, Sequence

from ..corpora import Span
from .findings import Draft
from .given_names import may_be_other_system, only_pinyin, reads_as, words_of
from .messages import say
from .name_lists import name_lists
from .phonetics import readings
from .pinyin import plain_pinyin, spellings
from .surnames import SURNAMES, surname_length

_HAN_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}")
_TITLE = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?=教授|博士|先生|女士|院士|老师|主任|医生|研究员)")
_EN_PAIR = re.compile(r"(?=\b([A-Z][a-zü'’\-]{1,15}) ([A-Z][a-zü'’\-]{1,15})\b)")
_NAMES_MAX = 100  # names of a text that are looked at, and pairs of capitalised words
_PAIRS_MAX = 400
_NOT_BEFORE = frozenset("副正某位名")  # 王副教授 has a title and no given name


def check_pinyin(zh_name: str, en_name: str) -> Iterator[Draft]:
    """Finding N002 where a Latin form is not the pinyin of a Chinese name, surname first or last.

    The two are known to be one person. Silent where the Latin form is no pinyin throughout: initials, foreign given
    names and other romanisations may all be right. The spans are those of the names without blanks around them.

    >>> [draft.expected for draft in check_pinyin("张伟", "Zhang Hui")], list(check_pinyin("张伟", "Wei Zhang"))
    (['Zhang Wei'], [])
    """
    zh, en = zh_name.strip(), en_name.strip()
    words, length = words_of(en), surname_length(zh)
    if not words or not _HAN_NAME.fullmatch(zh) or not 0 < length < len(zh):
        return
    if not only_pinyin(words) or reads_as(words, zh) or may_be_other_system(words, zh, length):
        return
    begin, begin_zh = en_name.index(en), zh_name.index(zh)
    yield _draft(zh, en, (begin, begin + len(en)), (begin_zh, begin_zh + len(zh)), 0.8)


def _draft(zh: str, en: str, span_en: Span, span_zh: Span, confidence: float) -> Draft:
    wanted = romanised(zh)
    message = say("N002.reading", found=en, source=zh, wanted=wanted)
    return Draft("N002", "warning", confidence, span_en, span_zh, wanted, en, message, en)


def romanised(zh: str) -> str:
    """The name in pinyin, surname first, by the usual reading of each character.

    >>> romanised("张小河")
    'Zhang Xiaohe'
    """
    length = surname_length(zh)
    parts = (zh[:length], zh[length:])
    return " ".join("".join(readings(c)[0] for c in part if readings(c)).capitalize() for part in parts if part)


def check_romanised(zh: str, en: str) -> Iterator[Draft]:
    """Findings N002 in running text: a Chinese name, in a list of people or before a title, whose pinyin is wrong.

    Found where the surname is right and the given name is pinyin, but of other characters, which stand nowhere else in
    the Chinese; silent where the right form stands in the English too.

    >>> [draft.expected for draft in check_romanised("感谢王小河教授的建议。", "We thank Prof. Wang Xiaohu.")]
    ['Wang Xiaohe']
    """
    names = _chinese_names(zh)
    if not names:
        return
    pairs = [match for match, _ in zip(_EN_PAIR.finditer(en), range(_PAIRS_MAX), strict=False)]
    pairs = [match for match in pairs if only_pinyin(match.groups())]
    for begin, end in names:
        name = zh[begin:end]
        if any(reads_as(match.groups(), name) for match in pairs):
            continue
        surname = name[: surname_length(name)]
        wrong = [match for match in pairs if _has_surname(match.groups(), surname)]
        wrong = [match for match in wrong if not _stands(match.groups(), zh)]
        if len(wrong) == 1:
            at = wrong[0].start()
            found = f"{wrong[0][1]} {wrong[0][2]}"
            yield _draft(name, found, (at, at + len(found)), (begin, end), 0.75)


def _chinese_names(zh: str) -> list[Span]:
    """The full names before a title, and in lists of people, each name at its first place.

    Before a title three characters are taken for the name where the first is a surname, else two.
    """
    spans = [(item.begin, item.end) for found in name_lists(zh) for item in found.items if item.kind == "chinese"]
    for match in _TITLE.finditer(zh):
        end = match.start()
        for begin in (end - 3, end - 2):
            if begin >= 0 and zh[begin] in SURNAMES and _HAN_NAME.fullmatch(zh, begin, end):
                if not _NOT_BEFORE & set(zh[begin:end]):
                    spans.append((begin, end))
                break
    first: dict[str, Span] = {}
    for begin, end in sorted(spans):
        first.setdefault(zh[begin:end], (begin, end))
    return list(first.values())[:_NAMES_MAX]


def _has_surname(words: Sequence[str], surname: str) -> bool:
    return any(plain_pinyin(word) in spellings(surname) for word in words)


def _stands(words: Sequence[str], zh: str) -> bool:
    """Whether two to four characters anywhere in the text are read so: then it is another person, or a place."""
    for begin, char in enumerate(zh):
        if char > "\u2fff" and any(plain_pinyin(word)[:1] == form[:1] for word in words for form in readings(char)):
            for end in range(begin + 2, min(begin + 4, len(zh)) + 1):
                if _HAN_NAME.fullmatch(zh, begin, end) and reads_as(words, zh[begin:end]):
                    return True
    return False
