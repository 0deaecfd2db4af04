"""Whether the two sides of a pair end alike, or one of them was cut off."""

from functools import cache

import numpy as np

from .filter_classes import BLANK, BRACKET, COMMA, HAN, HIDDEN, LAST_LATIN, STOP
from .filter_columns import Column, Flags, Hashes, Shares, Tokens, Whole, column_of, tokens_of

# Words after which an English sentence goes on; those that also end one (in, on, to, with, that, is) are left out.
_OPEN_EN = "the of and a an or their its from which our your into his these than as whose between at because".split()
# In Chinese, single characters; 的, 在, 为, 是, 上 also end phrases and are left out.
_OPEN_ZH = "和与與及或把被以从從于於并並且而但将將"
_LINE = 40  # Chinese characters; subtitles are shorter
_COMMA, _NO_SIGN, _GOES_ON = 0.3, 0.5, 1.0


def ending(en: Column, zh: Column, words: Tokens) -> Shares:
    """By row, how differently the two sides end: 0, .3, .5 or 1.

    .5: one side ends like a sentence (。！？… . ! ?, brackets and quotation marks aside), the other in a letter; 1: the
    other ends in a word after which a sentence goes on ("of the", 和), and the one does not. .3, for it is often found
    in good pairs: a comma against the end of a sentence (verse, long sentences), or Chinese of less than
    40 characters without any sign at all (subtitles). Digits, colons and other signs are taken for an end of either
    kind.

    >>> en, zh = column_of(["Two otters swim.", "The river and the", "Rivers"]), column_of(["两只水獭", "河。", "河流"])
    >>> ending(en, zh, tokens_of(en)).tolist()
    [0.3, 1.0, 0.0]
    """
    last_en, last_zh = _last(en), _last(zh)
    kind_en, kind_zh = en.kinds[last_en], zh.kinds[last_zh]
    stop_en, stop_zh = kind_en == STOP, kind_zh == STOP
    word_en, word_zh = kind_en <= LAST_LATIN, kind_zh == HAN
    open_en = _open_en(last_en, words)
    open_zh = word_zh & np.isin(zh.codes[last_zh], [ord(c) for c in _OPEN_ZH])
    found = np.where((stop_en & _is_comma(zh, last_zh)) | (stop_zh & _is_comma(en, last_en)), _COMMA, 0.0)
    unpunctuated = (zh.counts[:, STOP] + zh.counts[:, COMMA] == 0) & (zh.sizes < _LINE)
    found[stop_en & word_zh] = _NO_SIGN
    found[stop_en & word_zh & unpunctuated] = _COMMA
    found[stop_zh & word_en] = _NO_SIGN
    goes_on = (open_zh & ~open_en & (stop_en | word_en)) | (open_en & ~open_zh & (stop_zh | word_zh))
    found[goes_on] = _GOES_ON
    found[(en.sizes == 0) | (zh.sizes == 0)] = 0.0  # that is for the filter of lengths
    return found


def _is_comma(column: Column, last: Whole) -> Flags:
    return np.isin(column.codes[last], [ord(c) for c in ",，、"])


def _last(column: Column) -> Whole:
    """By row, its last character that is no blank, bracket or quotation mark; else its line end."""
    kinds = column.kinds
    places = np.flatnonzero((kinds != BLANK) & (kinds != BRACKET) & (kinds != HIDDEN))
    if not len(places):
        return column.ends
    last = places[np.maximum(np.searchsorted(places, column.ends) - 1, 0)]
    return np.where((last >= column.begins) & (last < column.ends), last, column.ends)


def _open_en(last: Whole, words: Tokens) -> Flags:
    """Whether the word that ends at the last character is one that does not end a sentence."""
    if not len(words.ends):
        return np.zeros(len(last), np.bool_)
    place = np.minimum(np.searchsorted(words.ends, last + 1), len(words.ends) - 1)
    found: Flags = (words.ends[place] == last + 1) & np.isin(words.hashes[place], _open_words())
    return found


@cache
def _open_words() -> Hashes:
    return tokens_of(column_of(_OPEN_EN)).hashes
