"""A column of texts as one run of code points, so that signals are counted for thousands of rows at once."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .filter_classes import BLANK, CLASSES, DIGIT, HAN, LAST_LATIN, LAST_LETTER, class_table, small_letters

MOST_READ = 20_000  # characters of a side; beyond them only its length counts
_PRIME = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2**64
_SIZE = 1 << 19  # characters in a column, as a rule
_INVERSE = pow(_PRIME, -1, 2**64)

Codes = NDArray[np.uint32]
Whole = NDArray[np.int64]
Hashes = NDArray[np.uint64]
Flags = NDArray[np.bool_]
Shares = NDArray[np.float64]


class Column(NamedTuple):
    """Texts one after the other, each preceded by a line end, and one after the last.

    The line end before a text counts as its own; so no word reaches from one text into the next.
    """

    texts: Sequence[str]
    codes: Codes
    kinds: NDArray[np.uint8]  # classes of the code points
    begins: Whole  # a row's first code point
    ends: Whole  # one past its last: the line end
    cells: Whole  # of each code point: its row × the number of classes + its class
    counts: Whole  # rows × classes

    @property
    def sizes(self) -> Whole:
        """Code points of each text."""
        return self.ends - self.begins

    def letters(self) -> Whole:
        """Letters of each text, of any script."""
        letters: Whole = self.counts[:, : LAST_LETTER + 1].sum(axis=1)
        return letters

    def rows_of(self, places: Whole) -> Whole:
        """The row of each of some code points; the line end after the last text is no row's."""
        return self.cells[places] // CLASSES

    def per_row(self, rows: Whole) -> Whole:
        """How often each row is in `rows`."""
        return np.bincount(rows, minlength=len(self.ends))


def column_of(texts: Sequence[str]) -> Column:
    """The column of some texts, each read up to its first 20,000 characters.

    >>> column_of(["an otter", "水獭"]).sizes.tolist()
    [8, 2]
    """
    if max(map(len, texts), default=0) > MOST_READ:
        texts = [text[:MOST_READ] for text in texts]
    joined = "\n" + "\n".join(texts) + "\n" if texts else "\n"
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    sizes = np.fromiter(map(len, texts), np.int64, len(texts))
    ends = np.cumsum(sizes + 1)
    kinds = class_table()[codes]
    cells = np.empty(len(codes), np.int64)
    cells[:-1] = np.repeat(np.arange(len(texts)) * CLASSES, sizes + 1)
    cells[-1] = len(texts) * CLASSES
    cells += kinds
    counts = np.bincount(cells, minlength=len(texts) * CLASSES)
    counts = counts[: len(texts) * CLASSES].reshape(len(texts), CLASSES)
    counts[:, BLANK] -= 1  # the line end
    return Column(texts, codes, kinds, ends - sizes, ends, cells, counts)


class Tokens(NamedTuple):
    """Words of Latin letters and digits, and single letters of other scripts, in order."""

    begins: Whole
    ends: Whole
    hashes: Hashes  # of small letters; the same in any column and process
    rows: Whole
    per_row: Whole  # tokens of each row


def tokens_of(column: Column) -> Tokens:
    """The tokens of a column.

    >>> tokens_of(column_of(["BERT的4种", "Two OTTERS"])).per_row.tolist()
    [4, 2]
    """
    kinds = column.kinds
    word = (kinds <= LAST_LATIN) | (kinds == DIGIT)
    single = (kinds >= HAN) & (kinds <= LAST_LETTER)
    first, last = single.copy(), single.copy()
    first[1:] |= word[1:] & ~word[:-1]
    last[:-1] |= word[:-1] & ~word[1:]
    begins, ends = np.flatnonzero(first), np.flatnonzero(last) + 1
    powers, inverses = _powers(max(_SIZE, 1 << len(kinds).bit_length()))
    values = (small_letters()[column.codes] + np.uint32(1)).astype(np.uint64)
    values *= powers[: len(values)]
    sums = np.zeros(len(values) + 1, np.uint64)
    np.cumsum(values, out=sums[1:])
    hashes = (sums[ends] - sums[begins]) * inverses[begins]
    hashes ^= hashes >> np.uint64(29)
    hashes *= np.uint64(0xBF58476D1CE4E5B9)  # the step of splitmix64: spreads one-letter words over all bits
    rows = column.rows_of(begins)
    return Tokens(begins, ends, hashes, rows, column.per_row(rows))


@lru_cache(maxsize=2)
def _powers(size: int) -> tuple[Hashes, Hashes]:
    """The first powers of the prime and of its inverse, modulo 2**64."""
    both = []
    for base in (_PRIME, _INVERSE):
        powers = np.full(size, base, np.uint64)
        powers[0] = 1
        both.append(np.multiply.accumulate(powers))
    return both[0], both[1]
