"""How much of a text is what a wrong decoding makes: Ã©, â€™, ±¾ÎÄ, 锟斤拷, 鐨勬槸."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from ..corpora.script import evidence
from .filter_classes import HAN
from .filter_columns import Column, Flags, Shares, Whole

_FIRST_OF_TWO = (0xC2, 0xC3, 0xD0, 0xD1)  # Â, Ã: Latin; Ð, Ñ: Cyrillic
_RUN = 4  # letters beyond ASCII in a row; words of European languages have three at most
# U+FFFD in UTF-8, and the first halves of ’, ！ and 。 in it, taken for GBK; no one writes these characters.
_TELLING = "锟鈥锛銆"
_RARE = -2.0  # nats; see corpora/script.py
_OTHERS = 6  # common characters that are added, so that a rare plant's name alone is no fault


def wrong_bytes(column: Column) -> Shares:
    """By row, the share of its characters that stand in sequences a wrong decoding leaves, 0..1.

    Known are UTF-8 taken for Latin-1 or Windows-1252, GBK taken for the same, and the characters that stand for lost
    ones and for signs where UTF-8 was taken for GBK.

    >>> from duizhao.metrics.filter_columns import column_of
    >>> wrong_bytes(column_of(["the otterâ€™s river", "café", "±¾ÎÄ", "锟斤拷"])).round(2).tolist()
    [0.16, 0.0, 1.0, 0.67]
    """
    codes = column.codes
    some = np.flatnonzero((codes >= 0xA1) & ((codes <= 0xFF) | (codes >= 0x9000)))
    high = some[codes[some] <= 0xFF]
    sums = 2.0 * column.per_row(column.rows_of(some[np.isin(codes[some], [ord(c) for c in _TELLING])]))
    sums += _sequences(column, high)
    return np.minimum(sums / np.maximum(column.sizes, 1), 1.0)


def _sequences(column: Column, high: Whole) -> Shares:
    """By row, the characters in sequences of Latin-1 letters and signs; `high` are the places of all of them."""
    codes, follows = column.codes, _follows()
    within = np.zeros(len(codes) + _RUN, np.bool_)  # a table of all places, as sequences may overlap
    lead = codes[high]  # the line end at the very end follows nothing, so it may stand for what comes after it
    next_one, next_two = (follows[codes.take(high + step, mode="clip")] for step in (1, 2))
    two = high[np.isin(lead, _FIRST_OF_TWO) & next_one]
    three = high[(lead >= 0xE2) & (lead <= 0xEF) & next_one & next_two]
    for places, length in ((two, 2), (three, 3)):
        for step in range(length):
            within[places + step] = True
    runs = high[: max(len(high) - _RUN + 1, 0)][high[_RUN - 1 :] - high[: max(len(high) - _RUN + 1, 0)] == _RUN - 1]
    distinct = runs[(codes[runs] != codes[runs + 1]) | (codes[runs] != codes[runs + 2])]  # ×××× is a row of crosses
    for step in range(_RUN):
        within[distinct + step] = True
    places = np.flatnonzero(within[: len(codes)])
    return column.per_row(column.rows_of(places)).astype(np.float64)


@cache
def _follows() -> Flags:
    """By code point, whether it is what Latin-1 or Windows-1252 shows for a byte that follows the first in UTF-8."""
    table = np.zeros(0x110000, np.bool_)
    table[0x80:0xC0] = True
    table[[ord(c) for c in bytes(range(0x80, 0xA0)).decode("cp1252", "ignore")]] = True
    return table


def rare_characters(column: Column) -> Shares:
    """By row, the share of its Chinese characters that Chinese hardly ever uses, six common ones added; below 1.

    UTF-8 or Big5 taken for GBK gives almost nothing else. Traditional characters are common ones.

    >>> from duizhao.metrics.filter_columns import column_of
    >>> rare_characters(column_of(["鐨勬槸鍦ㄤ粈涔堟椂鍊欏紑濮嬬殑", "開會的時候，水獺還沒到"])).round(2).tolist()
    [0.55, 0.0]
    """
    places = np.flatnonzero(column.kinds == HAN)
    rare = places[_rare_table()[column.codes[places]]]
    return column.per_row(column.rows_of(rare)) / (column.counts[:, HAN] + _OTHERS)


@cache
def _rare_table() -> NDArray[np.bool_]:
    """By code point, whether it is a character that is rare in Chinese."""
    table = np.ones(0x110000, np.bool_)
    for code in range(0x3400, 0xA000):
        table[code] = evidence(chr(code)).nats <= _RARE
    return table
