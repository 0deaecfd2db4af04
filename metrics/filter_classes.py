"""What each character is to the filters of a corpus: a number from 0 to 16, looked up for whole columns at once."""

import unicodedata
from functools import cache

import numpy as np

# Letters come first, so that one comparison finds them; Latin ones before all, for the same reason.
UPPER, LOWER, ACCENTED = 0, 1, 2  # A–Z, a–z (full-width ones too), Latin letters beyond ASCII
HAN, KANA, HANGUL, CYRILLIC, FOREIGN = 3, 4, 5, 6, 7  # FOREIGN: any other script
FORMULA = 8  # Greek letters and the letters made for mathematics, which are at home in every language
DIGIT, BLANK, STOP, MIDDLE, COMMA, BRACKET, SIGN = 9, 10, 11, 12, 13, 14, 15
CONTROL, HIDDEN = 16, 17  # not to be in a text; there, but not to be seen
CLASSES = 18
LAST_LATIN, LAST_LETTER = ACCENTED, FORMULA

_STOPS = ".!?。！？．｡…‥‼⁇⁈⁉"
_MIDDLES = ":;：；"
_COMMAS = ",，、､-–—―～~"
_BRACKETS = "\"'“”‘’„‚«»‹›()[]{}（）［］｛｝〈〉《》「」『』【】〔〕〖〗｢｣*_`＊＂＇"
# Zero-width blanks and joiners, marks of direction, soft hyphens, fillers. U+200C and U+200D are left out: some
# scripts and joined emoji need them.
_HIDDEN = (0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x200B, 0x200E, 0x200F, 0x3164, 0xFEFF, 0xFFA0)
_HIDDEN_RANGES = ((0x202A, 0x202E), (0x2060, 0x206F))
_HAN_RANGES = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF))
_KANA_RANGES = ((0x3041, 0x309F), (0x30A1, 0x30FA), (0x30FD, 0x30FF), (0x31F0, 0x31FF), (0xFF66, 0xFF9D))
_HANGUL_RANGES = ((0x1100, 0x11FF), (0x3131, 0x318F), (0xA960, 0xA97C), (0xAC00, 0xD7FB))
_CYRILLIC_RANGES = ((0x400, 0x52F), (0x1C80, 0x1C8F), (0x2DE0, 0x2DFF), (0xA640, 0xA69F))
_LATIN_RANGES = ((0xC0, 0x24F), (0x1E00, 0x1EFF), (0x2C60, 0x2C7F), (0xA722, 0xA7FF))
_FORMULA_RANGES = ((0x370, 0x3FF), (0x1F00, 0x1FFF), (0x2100, 0x214F), (0x1D400, 0x1D7FF))
_PRIVATE_RANGES = ((0xE000, 0xF8FF), (0xF0000, 0x10FFFF))
_NAMED = 0x20000  # characters below it have their category looked up; above are Han, tags and private use
_BY_CATEGORY = {
    **{"Lu": FOREIGN, "Ll": FOREIGN, "Lt": FOREIGN, "Lm": FOREIGN, "Lo": FOREIGN, "Nd": DIGIT},
    **{"Zs": BLANK, "Zl": BLANK, "Zp": BLANK, "Cc": CONTROL, "Cs": CONTROL},
}


@cache
def class_table() -> "np.ndarray[tuple[int], np.dtype[np.uint8]]":
    """The class of every code point: 1,114,112 numbers.

    >>> class_table()[[ord("水"), ord("o"), ord("é"), ord("。")]].tolist() == [HAN, LOWER, ACCENTED, STOP]
    True
    """
    table = np.full(0x110000, SIGN, np.uint8)
    for code in range(_NAMED):
        table[code] = _BY_CATEGORY.get(unicodedata.category(chr(code)), SIGN)
    for ranges, kind in (
        (_LATIN_RANGES, ACCENTED),
        (_KANA_RANGES, KANA),
        (_HANGUL_RANGES, HANGUL),
        (_CYRILLIC_RANGES, CYRILLIC),
        (_FORMULA_RANGES, FORMULA),
    ):
        for first, last in ranges:  # the signs among them, as × and ÷, stay signs
            table[first : last + 1][table[first : last + 1] == FOREIGN] = kind
    for first, last in _HAN_RANGES:
        table[first : last + 1] = HAN
    for first, last in _PRIVATE_RANGES:
        table[first : last + 1] = CONTROL
    for first in (0x41, 0xFF21):
        table[first : first + 26] = UPPER
        table[first + 32 : first + 58] = LOWER
    table[0xFDD0:0xFDF0] = CONTROL  # no characters, for good
    for signs, kind in ((_STOPS, STOP), (_MIDDLES, MIDDLE), (_COMMAS, COMMA), (_BRACKETS, BRACKET), ("\t\n\r", BLANK)):
        table[list(map(ord, signs))] = kind
    table[list(_HIDDEN)] = HIDDEN
    for first, last in (*_HIDDEN_RANGES, (0xE0000, 0xE007F)):
        table[first : last + 1] = HIDDEN
    table[[0x3007, 0x3005]] = HAN  # 〇, 々
    table[[0xFFFD, 0xFFFE, 0xFFFF]] = CONTROL
    table.flags.writeable = False
    return table


@cache
def small_letters() -> "np.ndarray[tuple[int], np.dtype[np.uint32]]":
    """For every code point itself; for capitals, and full-width letters and digits, the plain small one."""
    table = np.arange(0x110000, dtype=np.uint32)
    table[0xFF01:0xFF5F] = np.arange(0x21, 0x7F)
    for first in (0x41, 0xFF21):
        table[first : first + 26] = np.arange(0x61, 0x7B)
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        small = chr(code).lower()
        table[code] = ord(small) if len(small) == 1 else code
    table.flags.writeable = False
    return table
