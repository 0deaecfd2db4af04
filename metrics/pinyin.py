"""Pinyin without tones: is a Latin word written in it, and does it spell these characters?"""

import re
import unicodedata
from functools import cache
from itertools import product

from .phonetics import readings

_FINALS = {
    "": "a o e ai ei ao ou an en ang er yi ya ye yao you yan yin yang ying yong yu yue yuan yun wu wa wo wai wei wan "
    "wen wang weng",
    "b": "a o ai ei ao an en ang eng i ie iao ian in ing u",
    "p": "a o ai ei ao ou an en ang eng i ie iao ian in ing u",
    "m": "a o e ai ei ao ou an en ang eng i ie iao iu ian in ing u",
    "f": "a o ei ou an en ang eng u",
    "d": "a e ai ei ao ou an ang eng ong i ie iao iu ian ing u uo ui uan un",
    "t": "a e ai ao ou an ang eng ong i ie iao ian ing u uo ui uan un",
    "n": "a e ai ei ao ou an en ang eng ong i ie iao iu ian in iang ing u uo uan v ve",
    "l": "a e ai ei ao ou an ang eng ong i ia ie iao iu ian in iang ing u uo uan un v ve",
    "g": "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "k": "a e ai ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "h": "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "j": "i ia ie iao iu ian in iang ing iong u ue uan un",
    "q": "i ia ie iao iu ian in iang ing iong u ue uan un",
    "x": "i ia ie iao iu ian in iang ing iong u ue uan un",
    "zh": "a e ai ao ou an en ang eng ong i u ua uo uai ui uan un uang",
    "ch": "a e ai ao ou an en ang eng ong i u ua uo uai ui uan un uang",
    "sh": "a e ai ei ao ou an en ang eng i u ua uo uai ui uan un uang",
    "r": "e ao ou an en ang eng ong i u uo ui uan un",
    "z": "a e ai ei ao ou an en ang eng ong i u uo ui uan un",
    "c": "a e ai ao ou an en ang eng ong i u uo ui uan un",
    "s": "a e ai ao ou an en ang eng ong i u uo ui uan un",
}
_GIVEN_MAX = 3  # characters of a given name
_LETTERS = re.compile(r"[^a-zv]")


@cache
def _syllables() -> frozenset[str]:
    return frozenset(initial + final for initial, finals in _FINALS.items() for final in finals.split())


def plain_pinyin(latin: str) -> str:
    """A Latin word in lower case without tones, hyphens and apostrophes; ü is v.

    >>> plain_pinyin("Xiǎo-Hé"), plain_pinyin("Lü")
    ('xiaohe', 'lv')
    """
    text = unicodedata.normalize("NFC", latin).casefold()
    for letter in "üǖǘǚǜ":
        text = text.replace(letter, "v")
    return _LETTERS.sub("", unicodedata.normalize("NFD", text))


def is_pinyin(latin: str, syllables: int = _GIVEN_MAX) -> bool:
    """Whether a word can be cut into at most so many syllables of pinyin.

    >>> is_pinyin("Xiaohe"), is_pinyin("Lyu"), is_pinyin("Otter")
    (True, True, False)
    """
    text = plain_pinyin(latin)
    if not 0 < len(text) <= 6 * syllables:
        return False
    reached = {0}
    for _ in range(syllables):
        reached = {j for i in reached for j in range(i + 1, min(i + 6, len(text)) + 1) if _is_syllable(text[i:j])}
        if len(text) in reached:
            return True
    return False


def _is_syllable(text: str) -> bool:
    return text in _syllables() or text in ("lyu", "nyu", "lue", "nue", "lyue", "lui")


def spellings(zh: str) -> frozenset[str]:
    """Every pinyin of up to four characters, run together; ü as v, u, yu and ue.

    >>> sorted(spellings("吕河"))
    ['luehe', 'luhe', 'lvhe', 'lyuhe']
    """
    if not 0 < len(zh) <= 4:
        return frozenset()
    choices = [frozenset(form for reading in readings(c)[:6] for form in _forms(reading)) for c in zh]
    return frozenset(map("".join, product(*choices)))


def _forms(reading: str) -> tuple[str, ...]:
    if "v" not in reading:
        return (reading,)
    return (reading, reading.replace("v", "u"), reading.replace("v", "yu"), reading.replace("v", "ue", 1))
