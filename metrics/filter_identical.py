"""Whether the two sides of a pair say the same in the same letters: copied, not translated."""

import unicodedata

import numpy as np

from .filter_classes import DIGIT, FORMULA
from .filter_columns import MOST_READ, Column, Shares

_LEAST_ALIKE = 0.5  # of the greater number of letters and digits; folding changes few of them


def identical(en: Column, zh: Column) -> Shares:
    """By row, 1 where both sides are equal but for case, width, blanks and signs, and have a letter; else 0.

    Numbers and signs alone are the same in both languages. Sides longer than 20,000 characters are compared up to
    there.

    >>> from duizhao.metrics.filter_columns import column_of
    >>> identical(column_of(["Otter River", "12:30"]), column_of(["ＯＴＴＥＲ river.", "12:30"])).tolist()
    [1.0, 0.0]
    """
    found = np.zeros(len(en.ends))
    letters_en, letters_zh = (column.counts[:, : FORMULA + 1].sum(axis=1) for column in (en, zh))
    few, many = np.minimum(letters_en, letters_zh), np.maximum(letters_en, letters_zh)
    alike = (few > 0) & (few >= _LEAST_ALIKE * many)
    # The same letters in either language are the same classes of characters: this spares folding nearly all pairs.
    kinds_en, kinds_zh = (column.counts[:, 2 : FORMULA + 1].astype(np.int64) for column in (en, zh))
    alike &= np.abs(kinds_en - kinds_zh).sum(axis=1) <= (1 - _LEAST_ALIKE) * many
    alike &= np.abs(en.counts[:, DIGIT] - zh.counts[:, DIGIT]) <= (1 - _LEAST_ALIKE) * many + 2
    rows: list[int] = np.flatnonzero(alike).tolist()
    for row in rows:
        found[row] = _folded(en.texts[row]) == _folded(zh.texts[row])
    return found


def _folded(text: str) -> str:
    letters = "".join(filter(str.isalnum, text[:MOST_READ]))  # thousands of marks in a row take minutes to normalise
    return unicodedata.normalize("NFKC", letters).casefold()
