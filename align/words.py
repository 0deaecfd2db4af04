"""Chinese text in, word spans out; and the dictionary behind it."""

import warnings
from functools import cache, lru_cache
from typing import Any

from ..corpora import Span


@cache
def _tokenizer() -> Any:
    """A jieba tokenizer of our own.

    The dictionary is built in memory (0.6 s, once a process): jieba's usual way leaves a marshal file in the shared
    temporary folder and reads back whatever stands there.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba 0.42.1: invalid escapes, pkg_resources
        import jieba

        tokenizer = jieba.Tokenizer()
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return tokenizer


def words_zh(text: str) -> list[Span]:
    """Spans of the words of a Chinese text, in order; what the dictionary does not know falls into characters.

    Runs of Latin letters and digits are one word; blanks are none.

    >>> words_zh("对对手有利")
    [(0, 1), (1, 3), (3, 5)]
    """
    return list(_words(text))


@lru_cache(maxsize=1 << 14)  # the words of a sentence are asked for by several: terms, links, names
def _words(text: str) -> tuple[Span, ...]:
    return tuple((a, b) for word, a, b in _tokenizer().tokenize(text, HMM=False) if not word.isspace())


def count_zh(word: str) -> int:
    """How often the dictionary's corpus has this Chinese word, 0 if the dictionary lacks it.

    >>> count_zh("器件") > 0, count_zh("纠正器")
    (True, 0)
    """
    return int(_tokenizer().FREQ.get(word) or 0)  # jieba keeps 0 for what only begins a word
