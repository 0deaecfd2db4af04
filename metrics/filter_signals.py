"""The signals of the corpus filters: one column of numbers each, counted for a slice of pairs at a time."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..corpora.errors import InputError
from .filter_boilerplate import boilerplate
from .filter_classes import BLANK, CONTROL, FOREIGN, HAN, HANGUL, HIDDEN, KANA, LAST_LATIN, LOWER, UPPER
from .filter_columns import Column, Shares, Whole, column_of, tokens_of
from .filter_ending import ending
from .filter_identical import identical
from .filter_junk import addresses, markup, tags
from .filter_mojibake import rare_characters, wrong_bytes
from .filter_numbers import number_signal
from .filter_repetition import copies, repeated
from .filter_words import longest_word, missing_blanks, spoken, word_length

if TYPE_CHECKING:
    import pyarrow as pa

_SLICE = 300_000  # characters of text at a time: what is made of them fits the processor's cache
_PLACES = 4  # decimals that are kept
_OTHER_SIZE = 0.3  # of a Chinese character: what a letter, digit or sign counts on the Chinese side
_LATIN_FOR_ONE = 4  # letters of a Latin word that count as one Chinese character
_EVEN_EN, _EVEN_ZH = 12.0, 4.0  # added to both sizes: a pair of words may have any ratio
COUNTS = (
    *("length_en", "length_zh", "letters_en", "longest_en", "unknown_en", "english_zh", "copies_en", "copies_zh"),
    *("controls_en", "controls_zh", "hidden_en", "hidden_zh", "tags_en", "tags_zh"),
)
SHARES = (
    *("ratio", "han_zh", "latin_en", "foreign_zh", "foreign_en", "identical", "numbers", "ending", "repetition_en"),
    *("repetition_zh", "markup_en", "markup_zh", "urls_en", "urls_zh", "boilerplate", "words_en", "stops_en"),
    *("caps_en", "mojibake_en", "mojibake_zh", "rare_zh", "alignment"),
)
Signals = dict[str, NDArray[np.float64]]


def signals(pairs: "pa.Table") -> "pa.Table":
    """The signals of each pair, in the same rows: int32 columns COUNTS, float32 columns SHARES (four decimals).

    `pairs` has the columns en and zh (null is ""), and may have `probability`, the aligner's, which becomes the column
    `alignment`, null where there is none. Signals know no thresholds; filter_rules.py says which filter reads which.
    A row's signals do not depend on the rows around it. Raises InputError where a column lacks or is no text.

    >>> import pyarrow as pa
    >>> found = signals(pa.table({"en": ["Two otters swim."], "zh": ["两只水獭在游泳。"]}))
    >>> found["length_zh"].to_pylist(), found["han_zh"].to_pylist()
    ([8], [1.0])
    """
    import pyarrow as pa

    en, zh = (_texts(pairs, name) for name in ("en", "zh"))
    names = (*COUNTS, *SHARES)
    parts: dict[str, list[NDArray[np.float64]]] = {name: [np.zeros(0)] for name in names}
    for begin, end in _slices(en, zh):
        for name, values in _signals(_listed(en, begin, end), _listed(zh, begin, end)).items():
            parts[name].append(values)
    parts["boilerplate"].append(boilerplate(en, zh))
    columns = {}
    for name in names[:-1]:
        values = np.concatenate(parts[name])
        columns[name] = pa.array(values.astype(np.int32)) if name in COUNTS else _shares(values)
    columns["alignment"] = _probability(pairs)
    return pa.table(columns)


def _signals(en_texts: Sequence[str], zh_texts: Sequence[str]) -> Signals:
    """All signals but the aligner's of some pairs."""
    en, zh = column_of(en_texts), column_of(zh_texts)
    words_en, words_zh = tokens_of(en), tokens_of(zh)
    letters_en, letters_zh = en.letters(), zh.letters()
    latin_en = en.counts[:, : LAST_LATIN + 1].sum(axis=1)
    cased = en.counts[:, UPPER] + en.counts[:, LOWER]
    language_en = spoken(words_en, en)
    found: dict[str, NDArray[Any]] = {
        "length_en": np.fromiter(map(len, map(str.strip, en_texts)), np.int64, len(en_texts)),
        "length_zh": np.fromiter(map(len, map(str.strip, zh_texts)), np.int64, len(zh_texts)),
        "letters_en": letters_en,
        "longest_en": longest_word(words_en, en),
        "ratio": _ratio(en, zh),
        "han_zh": _han(zh),
        "latin_en": _share(latin_en, letters_en),
        "foreign_zh": _share(zh.counts[:, KANA : FOREIGN + 1].sum(axis=1), letters_zh),
        "foreign_en": language_en.foreign,
        "unknown_en": language_en.unknown,
        "english_zh": spoken(words_zh, zh).english,
        "identical": identical(en, zh),
        "numbers": number_signal(en_texts, zh_texts),
        "ending": ending(en, zh, words_en),
        "words_en": word_length(words_en, en),
        "stops_en": missing_blanks(words_en, en),
        "caps_en": _share(en.counts[:, UPPER], cased),
        "rare_zh": rare_characters(zh),
    }
    for side, column, words, run in (("en", en, words_en, 3), ("zh", zh, words_zh, 5)):
        found[f"controls_{side}"] = column.counts[:, CONTROL]
        found[f"hidden_{side}"] = column.counts[:, HIDDEN]
        found[f"tags_{side}"] = tags(column)
        found[f"repetition_{side}"] = repeated(words, column, run)
        found[f"copies_{side}"] = copies(words, column)
        found[f"markup_{side}"] = markup(column)
        found[f"urls_{side}"] = addresses(column)
        found[f"mojibake_{side}"] = wrong_bytes(column)
    return {name: values.astype(np.float64) for name, values in found.items()}


def _ratio(en: Column, zh: Column) -> Shares:
    """English characters for one of Chinese, of which any other letter or sign is .3; evened out for short pairs."""
    wide = zh.counts[:, HAN : HANGUL + 1].sum(axis=1)
    size = wide + _OTHER_SIZE * (zh.sizes - zh.counts[:, BLANK] - wide)
    ratio: Shares = (en.sizes + _EVEN_EN) / (size + _EVEN_ZH)
    return ratio


def _han(zh: Column) -> Shares:
    """The share of Chinese in the letters of the Chinese side, four Latin letters counting as one."""
    latin, han = zh.counts[:, : LAST_LATIN + 1].sum(axis=1), zh.counts[:, HAN]
    return _share(han, han + latin / _LATIN_FOR_ONE + zh.counts[:, KANA : FOREIGN + 1].sum(axis=1))


def _share(part: Whole, whole: Whole | Shares) -> Shares:
    """A share, not a number where there is nothing to have one of."""
    return np.where(whole > 0, part / np.maximum(whole, 1e-9), np.nan)


def _texts(pairs: "pa.Table", name: str) -> "pa.ChunkedArray":
    """The texts of a side."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if pairs.column_names.count(name) != 1:
        raise InputError("pairs", f"columns {', '.join(pairs.column_names)[:80]}", f"one column {name}")
    kind = pairs[name].type
    if pa.types.is_null(kind):
        return pairs[name].cast(pa.string())
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind)):
        raise InputError(f"pairs, column {name}", f"values of type {kind}", "texts")
    return pc.fill_null(pairs[name], "")


def _slices(en: "pa.ChunkedArray", zh: "pa.ChunkedArray") -> Iterator[tuple[int, int]]:
    """Begins and ends of runs of rows, each of some size together; a long row may be alone."""
    import pyarrow.compute as pc

    sizes = np.zeros(len(en), np.int64)
    for side in (en, zh):
        sizes += pc.call_function("utf8_length", [side]).to_numpy().astype(np.int64)
    parts = np.cumsum(sizes + 1) // _SLICE
    edges = [0, *(np.flatnonzero(np.diff(parts)) + 1).tolist(), len(en)]
    return ((begin, end) for begin, end in pairwise(edges) if end > begin)


def _listed(side: "pa.ChunkedArray", begin: int, end: int) -> list[str]:
    try:
        texts: list[str] = side.slice(begin, end - begin).fill_null("").to_pylist()
    except UnicodeDecodeError as error:
        where = f"pairs, rows {begin + 1:,} to {end:,}"
        raise InputError(where, f"broken UTF-8 ({error.reason})", "texts", "Read them anew.") from error
    return texts


def _shares(values: Shares) -> "pa.FloatArray":
    """The values with four decimals, null where there is none."""
    import pyarrow as pa

    return pa.array(np.round(values, _PLACES).astype(np.float32), mask=np.isnan(values))


def _probability(pairs: "pa.Table") -> "pa.FloatArray":
    """The aligner's probabilities, null where it gave none."""
    import pyarrow as pa

    if "probability" not in pairs.column_names:
        return pa.nulls(len(pairs), pa.float32())
    kind = pairs["probability"].type
    if not (pa.types.is_floating(kind) or pa.types.is_integer(kind) or pa.types.is_null(kind)):
        raise InputError("pairs, column probability", f"values of type {kind}", "numbers")
    values = pairs["probability"].cast(pa.float64()).to_numpy()
    return _shares(np.asarray(values, np.float64))
