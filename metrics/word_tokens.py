"""Text in, the tokens that BLEU counts out: sacrebleu's tokenizers, and jieba's words."""

import re
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib.metadata import version
from itertools import accumulate, chain, count, islice
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..corpora.errors import ConfigError
from .gram_counts import Tokens

Ints = NDArray[np.int32]

TOKENIZERS = ("13a", "zh", "intl", "char", "none", "jieba")

_SIGNS = r"!-&(-+/:-@\[-`{-~"  # ASCII punctuation that is a token wherever it stands: all but ' , - .
# What sacrebleu's zh takes for Chinese. Its ranges for Extension B and the supplement are written "\u20000" and
# "\u2f800", which Python reads as two characters, "\u2000" and "0": so all of U+2001..U+2A6D (dashes, arrows,
# mathematics …) stands alone as if it were Chinese, and Extension B stays in runs as if it were Latin.
_CHINESE = (
    *((0x2001, 0x2A6D), (0x2E80, 0x2EFF), (0x2F00, 0x2FDF), (0x2FF0, 0x2FFF), (0x3000, 0x303F), (0x3100, 0x312F)),
    *((0x31A0, 0x31BF), (0x31C0, 0x31EF), (0x3200, 0x32FF), (0x3300, 0x33FF), (0x3400, 0x4DB5), (0x4E00, 0x9FBB)),
    *((0xF900, 0xFA2D), (0xFA30, 0xFA6A), (0xFA70, 0xFAD9), (0xFE10, 0xFE1F), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF)),
)
_CHARACTERS = "".join(f"{chr(first)}-{chr(last)}" for first, last in _CHINESE)

_ALONE_ASCII = re.compile(f"[{_SIGNS}]").match
_LAST = frozenset('!"#$%&()*+,./:;<=>?@[\\]^_`{|}~')  # these and the point and the comma part from what they end
_13A = re.compile(rf"[{_SIGNS}]|[^{_SIGNS}]+")
_ZH = re.compile(rf"[{_SIGNS}]|[^\s{_SIGNS}{_CHARACTERS}]+|(?!\s)[{_CHARACTERS}]")
_JIEBA = re.compile(r"[一-\u9fd5a-zA-Z0-9+#&._%-]+|\S")  # jieba's own blocks, which it cuts one by one

# The rules of mteval-v13a by which all else comes apart, in their order.
_PERHAPS = re.compile(r"[.,]|[0-9]-")
_AFTER_OTHER = re.compile(r"([^0-9])([.,])")
_BEFORE_OTHER = re.compile(r"([.,])([^0-9])")
_DASH = re.compile(r"([0-9])(-)")

_BLANK, _ALONE, _RUN = range(3)  # what zh makes of a character
_POINTS = (ord("."), ord(","))
_EDGE = "\n"  # marks a word as the first or the last of its text; no word holds a blank
_REMEMBERED = 1 << 17  # words
_BEYOND = 0x110001  # codes of tokens of one character are below


class _Way(NamedTuple):
    """`words` cuts a text where no rule looks across; `pieces` makes tokens of such a word, wherever it stands."""

    words: Callable[[str], list[str]]
    pieces: Callable[[str], Sequence[str]]


def tokenizer(name: str) -> Callable[[str], list[str]]:
    """What cuts a text into the tokens that sacrebleu's BLEU counts under `tokenize=name`.

    "13a" is for languages written with blanks, "zh" for Chinese, of which every character is a token; "intl" goes by
    Unicode's punctuation, "char" takes each character, "none" what stands between blanks. "jieba" is ours, not
    sacrebleu's: the words of jieba's dictionary.

    >>> tokenizer("13a")("Two otters, 3.5 kg each."), tokenizer("zh")("水獭喝GPT-4茶。")
    (['Two', 'otters', ',', '3.5', 'kg', 'each', '.'], ['水', '獭', '喝', 'GPT-4', '茶', '。'])

    Raises ConfigError for a name that is not in `TOKENIZERS`.
    """
    words, pieces = _way(name)
    return lambda text: [token for word in words(text) for token in pieces(word)]


def tokenizer_setting(name: str) -> str:
    """How signatures name a tokenizer, after "tok:": by its name; jieba with its version.

    >>> tokenizer_setting("zh"), tokenizer_setting("jieba")
    ('zh', 'jieba-0.42.1')

    Raises ConfigError for a name that is not in `TOKENIZERS`.
    """
    _way(name)
    return f"jieba-{version('jieba')}" if name == "jieba" else name


class TokenCoder:
    """Texts to the codes of their tokens, many at once; a word is cut when it is first met, and remembered."""

    def __init__(self, name: str) -> None:
        """A coder of the tokens of `tokenizer(name)`; ConfigError as there."""
        self._words, pieces = _way(name)
        self._seen = _Seen(pieces)
        self._encode = {"zh": _encode_zh, "char": _encode_char}.get(name, self._encode_words)

    def codes(self, *streams: Sequence[str]) -> list[Tokens]:
        """The tokens of each stream of texts: codes from 1 (below 2³¹), and how many each text has.

        Equal tokens have equal codes in all streams of one call; another call may have others.

        >>> TokenCoder("char").codes(["aa", ""], ["a b", "c"])[1]
        Tokens(codes=array([ 98,  99, 100], dtype=int32), lengths=array([2, 1]))
        """
        if len(self._seen.words) > _REMEMBERED:
            self._seen = _Seen(self._seen.pieces)
        return [self._encode(texts, self._seen) for texts in streams]

    def _encode_words(self, texts: Sequence[str], seen: "_Seen") -> Tokens:
        words = [self._words(text) for text in texts]
        lengths = np.fromiter(map(len, words), np.int64, len(words))
        numbers = seen.numbers(chain.from_iterable(words), int(lengths.sum()))
        counts = seen.counts_of(numbers)
        return Tokens(seen.codes_of(numbers, counts), _sums(counts, np.cumsum(lengths)))


class _Seen:
    """The words met, by number; the tokens of a word are `counts[number]` of the codes, from `starts[number]`."""

    def __init__(self, pieces: Callable[[str], Sequence[str]]) -> None:
        self.pieces = pieces
        self.words = defaultdict[str, int](count().__next__)
        self.tokens = defaultdict[str, int](count(_BEYOND).__next__)
        self.codes, self.starts, self.counts = array("i"), array("i"), array("i")

    def numbers(self, words: Iterable[str], size: int) -> Ints:
        """The numbers of `size` words; new ones are cut here."""
        numbers = np.fromiter(map(self.words.__getitem__, words), np.int32, size)
        new = list(islice(reversed(self.words), len(self.words) - len(self.counts)))[::-1]
        pieces = [self.pieces(word) for word in new]
        counts = list(map(len, pieces))
        self.starts.extend(accumulate(counts[:-1], initial=len(self.codes)) if new else ())
        self.counts.extend(counts)
        tokens = self.tokens
        self.codes.extend([ord(piece) + 1 if len(piece) == 1 else tokens[piece] for some in pieces for piece in some])
        return numbers

    def counts_of(self, numbers: Ints) -> Ints:
        """How many tokens each of these words has."""
        return np.frombuffer(self.counts, np.int32)[numbers] if len(numbers) else numbers

    def codes_of(self, numbers: Ints, counts: Ints) -> Ints:
        """The codes of their tokens, one after the other."""
        if not len(numbers):
            return numbers
        return np.frombuffer(self.codes, np.int32)[_ranges(np.frombuffer(self.starts, np.int32)[numbers], counts)]


def _encode_char(texts: Sequence[str], seen: _Seen) -> Tokens:
    bare = ["".join(text.split()) for text in texts]
    return Tokens(_points("".join(bare)) + 1, np.fromiter(map(len, bare), np.int64, len(bare)))


def _encode_zh(texts: Sequence[str], seen: _Seen) -> Tokens:
    """Nearly every character is a token by itself; only runs of two and more others have to be looked at as words."""
    stripped = [text.strip() for text in texts]
    ends = np.cumsum(np.fromiter(map(len, stripped), np.int64, len(stripped)) + 1)  # each with a blank behind it
    joined = _EDGE.join([*stripped, ""])
    points = _points(joined)
    kinds = _kinds_zh()[points]
    in_run = kinds == _RUN
    begins, goes_on = in_run.copy(), in_run.copy()
    begins[1:] &= ~in_run[:-1]
    goes_on[:-1] &= in_run[1:]
    heads = np.flatnonzero(begins | (kinds == _ALONE))
    codes, counts = points[heads] + 1, np.ones(len(heads), np.int32)
    first = np.flatnonzero(begins & goes_on)
    if len(first):
        last = np.flatnonzero(in_run & ~goes_on & ~begins)
        words = [joined[a:b] for a, b in zip(first.tolist(), (last + 1).tolist(), strict=True)]
        for k in np.flatnonzero(np.isin(points[first], _POINTS) & np.isin(first, np.append(ends, 0))):
            words[k] = _EDGE + words[k]
        for k in np.flatnonzero(np.isin(points[last], _POINTS) & np.isin(last + 2, ends)):
            words[k] += _EDGE
        numbers = seen.numbers(words, len(words))
        where, pieces = np.searchsorted(heads, first), seen.counts_of(numbers)
        counts[where] = pieces
        codes = np.repeat(codes, counts)
        codes[_ranges(np.cumsum(counts)[where] - pieces, pieces)] = seen.codes_of(numbers, pieces)
    return Tokens(codes, _sums(counts, np.searchsorted(heads, ends)))


@cache
def _kinds_zh() -> NDArray[np.uint8]:
    kinds = np.full(0x110000, _RUN, np.uint8)
    for first, last in _CHINESE:
        kinds[first : last + 1] = _ALONE
    kinds[[point for point in range(128) if _ALONE_ASCII(chr(point))]] = _ALONE
    kinds[[point for point in range(0x3001) if chr(point).isspace()]] = _BLANK  # none is above
    return kinds


def _ranges(starts: Ints, counts: Ints) -> NDArray[np.int64]:
    """The numbers starts[0] … starts[0] + counts[0] - 1, starts[1] …"""
    ends = np.cumsum(counts, dtype=np.int64)
    return np.repeat(starts - (ends - counts), counts) + np.arange(ends[-1] if len(ends) else 0)


def _points(text: str) -> Ints:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.int32)


def _sums(counts: Ints, ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """The sums of counts[: ends[0]], counts[ends[0] : ends[1]] …"""
    return np.diff(np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])[ends], prepend=0)


@cache
def _way(name: str) -> _Way:
    ways = {
        "13a": _Way(_words_13a, _pieces_13a),
        "zh": _Way(_words_zh, _pieces_run),
        "intl": _Way(_words_intl, _pieces_intl),
        "char": _Way(lambda text: list("".join(text.split())), _whole),
        "none": _Way(str.split, _whole),
        "jieba": _Way(_JIEBA.findall, _pieces_jieba),
    }
    if name not in ways:
        raise ConfigError("tokenizer", f"no {name!r}", f"one of {', '.join(TOKENIZERS)}")
    return ways[name]


def _whole(word: str) -> Sequence[str]:
    return (word,)


def _words_13a(text: str) -> list[str]:
    if "&" in text or "\n" in text or "<skipped>" in text:
        text = text.rstrip().replace("<skipped>", "").replace("-\n", "").replace("\n", " ")
        for entity, sign in (("&quot;", '"'), ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">")):
            text = text.replace(entity, sign)
    return text.split()


def _pieces_13a(word: str) -> Sequence[str]:
    if word.isalnum():
        return (word,)
    if word[-1] in _LAST and word[:-1].isalnum():  # by far the most of the others
        return (word[:-1], word[-1])
    if not _PERHAPS.search(word):
        return _13A.findall(word)
    if word[-1] in ".," and not _PERHAPS.search(word[:-1]):
        return [*_13A.findall(word[:-1]), word[-1]]
    return [piece for run in _13A.findall(word) for piece in _pieces_run(run)]


def _pieces_run(run: str) -> Sequence[str]:
    """What a run without blanks and lone signs comes apart into; at the edge of a text, nothing stands beside it."""
    if len(run) == 1 or not _PERHAPS.search(run):
        return (run,)
    run = f"{'' if run.startswith(_EDGE) else ' '}{run}{'' if run.endswith(_EDGE) else ' '}".strip(_EDGE)
    return _DASH.sub(r"\1 \2 ", _BEFORE_OTHER.sub(r" \1 \2", _AFTER_OTHER.sub(r"\1 \2 ", run))).split()


def _words_zh(text: str) -> list[str]:
    words = _ZH.findall(text)
    return _edged(words, words[0][0] in ".,", words[-1][-1] in ".,") if words else words


def _edged(words: list[str], first: bool, last: bool) -> list[str]:
    words[0] = _EDGE * first + words[0]
    words[-1] += _EDGE * last
    return words


def _words_intl(text: str) -> list[str]:
    words = text.split()
    return _edged(words, not text[0].isspace(), True) if words else words


def _pieces_intl(word: str) -> Sequence[str]:
    """Source: mteval-v14.pl, as sacrebleu has it; its rules look at the signs beside a sign, blanks among them."""
    word = f"{'' if word.startswith(_EDGE) else ' '}{word}{'' if word.endswith(_EDGE) else ' '}".strip(_EDGE)
    for rule, parted in _rules_intl():
        word = rule.sub(parted, word)
    return word.split()


@cache
def _rules_intl() -> Iterable[tuple[Any, str]]:
    import regex

    rules = ((r"(\P{N})(\p{P})", r"\1 \2 "), (r"(\p{P})(\P{N})", r" \1 \2"), (r"(\p{S})", r" \1 "))
    return [(regex.compile(rule), parted) for rule, parted in rules]


def _pieces_jieba(block: str) -> Sequence[str]:
    if len(block) == 1:
        return (block,)
    from ..align.words import words_zh

    return [block[first:last] for first, last in words_zh(block)]
