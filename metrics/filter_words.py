"""What the words of an English side say: whether they are English, and whether they have run together."""

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .filter_classes import ACCENTED, COMMA, LAST_LATIN, LOWER, STOP, UPPER
from .filter_columns import Column, Flags, Hashes, Shares, Tokens, Whole, column_of, tokens_of

# Words that hold a language together, each list without what is an English word too (die, come, son, per, ha).
_ENGLISH = """
the of and to is that for it with was are be this by have from not or at which but they you we were has had his her
their its our your been will would can could should may might must do does did what when where who how why there these
those if then than so such all any some more most into over about between through during after before other each many
both only also he she him them us my because while although however it's don't let please don doesn isn
"""
_FOREIGN = """
le les des du une est et dans pour qui que sur avec pas nous vous ce cette ces ses aux ou où être sont par ont
leur mais comme fait tout il elle ils elles je sans était même aussi deux peut entre après au ne se la en de
der das und ist nicht ein eine einer eines einem einen von mit sich auf für dem im zu wir ich sie es wird werden
wurde sind auch aus nach bei oder wie über durch haben kann zum zur als diese dieser unter noch nur mehr keine
el los las del una por con para como más pero sus esta este está ser también fue hay desde cuando sobre muy ya lo
su entre todos nosotros han cada puede que yo
il gli nel della delle dei alla che di è sono non con una anche più questo questa ma nella dal degli essere si
os as um uma não do da dos das na no ao em são mais foi pelo pela também nos você ele ela isso
het een ook niet zijn voor naar maar werd wordt bij om aan deze uit dat heeft hebben kan geen
och att det som är för på av inte med ett jag har var från kan om
og jeg ikke til af være han at
nie jest się że na do dla jak ale tego przez są
bir bu için ile olarak çok değil daha olan
yang dan di ini itu dengan untuk tidak dari pada adalah dalam akan oleh ke telah juga atau
ja on ei se että oli ovat kun mutta tai olla
"""
_BITS = 18
_SHARED = frozenset("a i in on no do as an at me he his him was are has can so".split())
_OTHERS = 6  # words of neither kind that are added, so that a name of three words is not judged by its one "de"


class Spoken(NamedTuple):
    """What the small words of each text say of its language."""

    foreign: Shares  # words of other languages but one, less the English ones, by all words and six; -1..1
    english: Whole  # words that only English has
    unknown: Whole  # all Latin words of a text that has no English one and none that English shares; else 0


def spoken(tokens: Tokens, column: Column) -> Spoken:
    """Which language the words of each row are of: English, or another one of Latin letters.

    English of some length is below 0 in `foreign`, Romance and Germanic languages above .1; a word with an accent
    counts as half a foreign one. Names in other languages are short, and have one word free.

    >>> both = column_of(["the river of the otter", "la rivière de la loutre est dans le bois"])
    >>> found = spoken(tokens_of(both), both)
    >>> (found.foreign > 0.1).tolist(), found.english.tolist()
    ([False, True], [3, 0])
    """
    slot, stored, values = _known()
    place = slot[(tokens.hashes >> np.uint64(64 - _BITS)).astype(np.intp)]
    place = np.where(stored[place] == tokens.hashes, place, 0)
    value = values[place]
    english = np.bincount(tokens.rows[value < 0], minlength=len(column.ends))
    shared = np.bincount(tokens.rows[(value == 0) & (place > 0)], minlength=len(column.ends))
    accented = np.searchsorted(tokens.ends, np.flatnonzero(column.kinds == ACCENTED), side="right")
    value[accented[value[accented] == 0]] = 0.5
    sums = np.bincount(tokens.rows, value, minlength=len(column.ends))
    sums -= np.clip(sums, 0, 1)
    latin = column.per_row(tokens.rows[column.kinds[tokens.begins] <= LAST_LATIN])
    return Spoken(sums / (tokens.per_row + _OTHERS), english, np.where(english + shared == 0, latin, 0))


@cache
def _known() -> tuple[NDArray[np.int16], Hashes, NDArray[np.float64]]:
    """A slot by the first bits of a hash, and by slot the whole hash and the worth of the word; slot 0 is no word."""
    words = dict.fromkeys(_FOREIGN.split(), 1.0) | dict.fromkeys(_SHARED, 0.0) | dict.fromkeys(_ENGLISH.split(), -1.0)
    words = {word: worth for word, worth in words.items() if word.isalpha()}
    hashes = tokens_of(column_of(list(words))).hashes
    slot = np.zeros(1 << _BITS, np.int16)
    slot[(hashes >> np.uint64(64 - _BITS)).astype(np.intp)] = np.arange(1, len(words) + 1)
    stored = np.concatenate((np.zeros(1, np.uint64), hashes))
    return slot, stored, np.array([0.0, *words.values()])


def longest_word(tokens: Tokens, column: Column) -> Whole:
    """By row, the letters and digits of its longest word; 0 without words."""
    longest = np.zeros(len(column.ends), np.int64)
    some = tokens.per_row > 0
    if some.any():
        firsts = np.cumsum(tokens.per_row) - tokens.per_row
        longest[some] = np.maximum.reduceat(tokens.ends - tokens.begins, firsts[some])
    return longest


def word_length(tokens: Tokens, column: Column) -> Shares:
    """By row, the mean length of its words and four more of 5 letters, so that a single long word is nothing.

    >>> glued = column_of(["theotterswimsacross theriverbeforedawn andthenitsleeps untilthesunrises"])
    >>> word_length(tokens_of(glued), glued).round(1).tolist()
    [11.0]
    """
    letters = np.bincount(tokens.rows, tokens.ends - tokens.begins, minlength=len(column.ends))
    return (letters + 20) / (tokens.per_row + 4)


def missing_blanks(tokens: Tokens, column: Column) -> Shares:
    """By row, the places like "end.The" and "end,the" by its words and five more.

    >>> glued = column_of(["It swam.The river rose,the bank fell.Then it slept.", "See otter.py of Node.js"])
    >>> missing_blanks(tokens_of(glued), glued).round(2).tolist()
    [0.19, 0.0]
    """
    kinds, codes = column.kinds, column.codes
    signs = np.flatnonzero((kinds >= STOP) & (kinds <= COMMA))
    signs = signs[(signs >= 3) & (signs + 2 < len(kinds))]
    before = (kinds[signs - 1] == LOWER) & (kinds[signs - 2] == LOWER)
    signs = signs[before & (kinds[signs + 1] <= LOWER) & (kinds[signs + 2] == LOWER)]
    comma = codes[signs] == ord(",")
    stop = _one_of(codes[signs], ".!?;") & (kinds[signs + 1] == UPPER)
    return column.per_row(column.rows_of(signs[comma | stop])) / (tokens.per_row + 5)


def _one_of(codes: NDArray[np.uint32], signs: str) -> Flags:
    return np.isin(codes, [ord(sign) for sign in signs])
