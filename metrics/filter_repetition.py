"""How much of a text says again what it has said: by hashes of runs of words, in linear time but for one sort."""

import numpy as np

from .filter_classes import BLANK, LAST_LETTER
from .filter_columns import Column, Shares, Tokens, Whole

_FACTORS = (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB, 0xD6E8FEB86659FD93)
_PERIODS, _COPIES = 8, 4
_ROW_BITS = 24
_OTHERS = 6  # runs that are added, so that "no, no, no!" is speech and no fault
_OTHER_SIGNS = 12


def repeated(tokens: Tokens, column: Column, run: int) -> Shares:
    """By row, the share of its runs of words that it had before, 0..1: the greater of runs and of single characters.

    A run is `run` words (3 in English, 5 in Chinese, where each character is a word). Six runs that are no repetition
    are added, so that short texts stay low. Of single characters counts one that is the same as the three before it.

    >>> from duizhao.metrics.filter_columns import column_of, tokens_of
    >>> said = column_of(["two otters swim in the river", "the otter and the otter and the otter and the otter"])
    >>> repeated(tokens_of(said), said, 3).round(2).tolist()
    [0.0, 0.4]
    """
    return np.maximum(_runs(tokens, column, run), _characters(column))


def _runs(tokens: Tokens, column: Column, run: int) -> Shares:
    count = len(tokens.hashes) - run + 1
    if count < 1:
        return np.zeros(len(column.ends))
    whole = tokens.rows[:count] == tokens.rows[run - 1 :]
    hashes = tokens.hashes[:count].copy()
    for step, factor in zip(range(1, run), _FACTORS, strict=False):
        hashes *= np.uint64(factor)
        hashes += tokens.hashes[step : count + step]
    hashes, rows = hashes[whole], tokens.rows[:count][whole]
    hashes ^= hashes >> np.uint64(31)
    hashes *= np.uint64(_FACTORS[2])
    keys = hashes >> np.uint64(_ROW_BITS) | rows.astype(np.uint64) << np.uint64(64 - _ROW_BITS)
    keys.sort()
    again = keys[1:][keys[1:] == keys[:-1]] >> np.uint64(64 - _ROW_BITS)
    return column.per_row(again.astype(np.int64)) / (column.per_row(rows) + _OTHERS)


def _characters(column: Column) -> Shares:
    codes, kinds = column.codes, column.kinds
    same = codes[1:] == codes[:-1]
    if len(same) < 3:
        return np.zeros(len(column.ends))
    places = np.flatnonzero(same[2:] & same[1:-1] & same[:-2]) + 3
    places = places[kinds[places] != BLANK]
    # A line of dots leads the eye, a row of letters is nothing but itself: signs count half.
    worth = np.where(kinds[places] <= LAST_LETTER, 1.0, 0.5)
    return np.bincount(column.rows_of(places), worth, minlength=len(column.ends)) / (column.sizes + _OTHER_SIGNS)


def copies(tokens: Tokens, column: Column) -> Whole:
    """By row, how often the same words or characters, up to eight, stand in a row at most; 0 below four times.

    >>> from duizhao.metrics.filter_columns import column_of, tokens_of
    >>> said = column_of(["no, no, no!", "the otter, the otter, the otter, the otter"])
    >>> copies(tokens_of(said), said).tolist()
    [0, 4]
    """
    most = np.zeros(len(column.ends), np.int64)
    for period in range(1, min(_PERIODS, len(tokens.hashes) - 1) + 1):
        places = np.flatnonzero(tokens.hashes[period:] == tokens.hashes[:-period])
        places = places[tokens.rows[places + period] == tokens.rows[places]]
        # Runs of two rows never touch: the last words of a row have none of it after them.
        begins = np.flatnonzero(np.diff(places, prepend=-2) != 1)
        times = np.diff(np.append(begins, len(places))) // period + 1
        many = times >= _COPIES
        np.maximum.at(most, tokens.rows[places[begins[many]]], times[many])
    return most
