"""What the names of files say of which belong together: language marks taken off, the rest compared."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Literal

# A mark counts only where no letter or digit touches it; 原文 and 译文 say a side whichever the language is.
_MARK = re.compile(
    r"(?<![^\W_])(?:english|chinese|(?:en|eng|zh|zho|chi|chs|cht|cmn|cn)(?:[-_](?:us|gb|uk|hans|hant|cn|tw|hk|sg))?+"
    r"|translation|translated|original|source|target|src|tgt|trans)(?![^\W_])"
    r"|简体中文|繁[体體]中文|中英|英中|[中英][文译譯]?版|[中英][文语語]|英?原文|[汉漢中][译語语譯]|[译譯]文|[简簡繁][体體]",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"\d{1,9}|第([零〇一二三四五六七八九十百两]{1,7})|(?<![a-z])([a-z]+)(?![a-z])")
_WORDS = {
    word: value
    for value, words in enumerate(
        """
        zero, one first i, two second ii, three third iii, four fourth iv, five fifth v, six sixth vi, seven seventh
        vii, eight eighth viii, nine ninth ix, ten tenth x, eleven eleventh xi, twelve twelfth xii, thirteen
        thirteenth xiii, fourteen fourteenth xiv, fifteen fifteenth xv, sixteen sixteenth xvi, seventeen seventeenth
        xvii, eighteen eighteenth xviii, nineteen nineteenth xix, twenty twentieth xx
        """.split(",")
    )
    for word in words.split()
}
_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2} | {c: k for k, c in enumerate("三四五六七八九", 3)}
_UNITS = {"十": 10, "百": 100}


def name_links(zh: Sequence[str], en: Sequence[str]) -> dict[tuple[int, int], Literal["name", "number"]]:
    """Pairs of Chinese and English file that their paths tie together, by the whole name or by its number alone.

    A name or a number that fits several files on a side ties none. Names without a mark count too: zh/x.txt, en/x.txt.

    >>> name_links(["01_中文.txt", "茶.zh.txt"], ["chapter one.txt", "茶.en.txt"])
    {(1, 1): 'name', (0, 0): 'number'}
    """
    links: dict[tuple[int, int], Literal["name", "number"]] = {}
    for reason, key in (("name", _stem), ("name", _short_stem), ("number", _number)):
        used_zh, used_en = {a for a, _ in links}, {b for _, b in links}
        one = _unique([key(path) if k not in used_zh else "" for k, path in enumerate(zh)])
        other = _unique([key(path) if k not in used_en else "" for k, path in enumerate(en)])
        links |= {(one[value], other[value]): reason for value in one if value in other}  # type: ignore[misc]
    return links


def _unique(keys: Sequence[str]) -> dict[str, int]:
    """Where each key that stands once is."""
    counts = Counter(keys)
    return {key: k for k, key in enumerate(keys) if key and counts[key] == 1}


def _stem(path: str) -> str:
    """The path without marks, ending and signs; "" where nothing is left of the file's name but its folder's."""
    parts = [_bare(part) for part in _folded(path).parts]
    return "/".join(part for part in parts if part)


def _short_stem(path: str) -> str:
    """The same of the file's name alone."""
    return _bare(_folded(path).name)


def _number(path: str) -> str:
    """The numbers of the file's name: digits, 第三章, "chapter three"; "" for none."""
    found: list[str] = []
    for match in _NUMBER.finditer(_MARK.sub(" ", _folded(path).name)):
        if match[1]:
            found.append(str(_han_number(match[1])))
        elif match[2] is None:
            found.append(str(int(match[0])))
        elif match[2] in _WORDS:
            found.append(str(_WORDS[match[2]]))
    return " ".join(found)


def _han_number(signs: str) -> int:
    """The number that Han numerals under a thousand spell.

    >>> _han_number("二十三"), _han_number("十"), _han_number("一百零五")
    (23, 10, 105)
    """
    total, digit = 0, 0
    for sign in signs:
        if sign in _UNITS:
            total += (digit or 1) * _UNITS[sign]
            digit = 0
        else:
            digit = digit * 10 + _DIGITS[sign] if not total else _DIGITS[sign]
    return total + digit


def _folded(path: str) -> PurePosixPath:
    """The path in lower case and plain forms, without the ending that says a format."""
    folded = PurePosixPath(unicodedata.normalize("NFKC", path.replace("\\", "/")).casefold())
    is_format = re.fullmatch(r"\.(?=.*[a-z])[a-z0-9]{2,8}", folded.suffix) and not _MARK.fullmatch(folded.suffix[1:])
    return folded.with_suffix("") if is_format and folded.stem else folded


def _bare(part: str) -> str:
    return _SIGNS.sub(" ", _MARK.sub(" ", part)).strip()
