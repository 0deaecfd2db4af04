"""chrF and chrF++: the character and word n-grams that hypothesis and reference share."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from .gram_counts import shared_grams
from .metric import OfReferences, Scores, Statistics, Stream

_CHARACTERS = 1 << 17  # of a chunk of segments: bounds memory, and stays in the caches
_REMEMBERED = 1 << 19  # characters of words whose codes are remembered: bounds memory
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_UNSEEN = np.uint32(0xFFFFFFFF)
# What str.split() splits at; a test looks at every character
_SPACES = [*range(9, 14), *range(28, 33), 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F]
_SPACES.append(0x3000)

Codes = NDArray[np.uint32]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Chrf(OfReferences):
    """chrF (Popović 2015), with `word_order` 2 chrF++ (Popović 2017), as sacrebleu 2.6.0 counts and averages them.

    `char_order` and `word_order` are the longest n-grams, `beta` weighs recall against precision, `whitespace` keeps
    the spaces between characters.

    >>> metric = Chrf()
    >>> metric.scores(metric.statistics(["the otter"], [["the otters"]])).round(2).tolist()
    [86.27]
    """

    char_order: int = 6
    word_order: int = 0
    beta: int = 2
    lowercase: bool = False
    whitespace: bool = False

    @property
    def name(self) -> str:
        """What it is called: "chrF" or "chrF++". Another beta than 2 follows the F, as no signature has it."""
        return f"chrF{'' if self.beta == 2 else self.beta}{'+' * self.word_order}"

    @property
    def key(self) -> str:
        """What selects it: "chrf" or "chrf++"."""
        return f"chrf{'+' * self.word_order}"

    @property
    def settings(self) -> str:
        """The parts of sacrebleu's signature that are chrF's: "case:mixed|eff:yes|nc:6|nw:0|space:no"."""
        case, space = "lc" if self.lowercase else "mixed", "yes" if self.whitespace else "no"
        return f"case:{case}|eff:yes|nc:{self.char_order}|nw:{self.word_order}|space:{space}"

    def statistics(
        self, hypotheses: Sequence[str], references: Sequence[Stream], sources: Sequence[str] | None = None
    ) -> Statistics:
        """One row for each segment: n-grams of the hypothesis, of the reference, of both, for each order.

        Characters come before words. The hypothesis has 0 where the reference has no n-gram of that order. Of several
        references it is the row of the one with the best score, the first of the best.
        """
        return statistics_together([self], hypotheses, references)[0]

    def scores(self, sums: Statistics) -> Scores:
        """The score of each row of sums, 0..100."""
        precision, recall = np.zeros(len(sums)), np.zeros(len(sums))
        orders = np.zeros(len(sums))
        for i in range(self.char_order + self.word_order):
            hypothesis, reference, match = sums[:, 3 * i], sums[:, 3 * i + 1], sums[:, 3 * i + 2]
            counted = (hypothesis > 0) & (reference > 0)
            precision += np.where(counted, match / np.maximum(hypothesis, 1), 0.0)
            recall += np.where(counted, match / np.maximum(reference, 1), 0.0)
            orders += counted
        precision /= np.maximum(orders, 1)
        recall /= np.maximum(orders, 1)
        factor = self.beta**2
        some = precision + recall > 0
        share = (1 + factor) * precision * recall / np.where(some, factor * precision + recall, 1.0)
        return np.where(some, 100 * share, 0.0)

    def segment_scores(self, statistics: Statistics) -> Scores:
        """The score of each segment by itself."""
        return self.scores(statistics)


def statistics_together(
    metrics: Sequence[Chrf], hypotheses: Sequence[str], references: Sequence[Stream]
) -> list[Statistics]:
    """The statistics of each metric: chrF beside chrF++ costs nothing more, as each n-gram is counted once.

    They are what each metric's own `statistics` are, in the order of `metrics`. Metrics that differ in case or spaces
    share nothing. (The first 18 columns of chrF++ are not always those of chrF: of several references it may take
    another.)

    >>> chrf, plus = statistics_together([Chrf(), Chrf(word_order=2)], ["river tea"], [["river teas"]])
    >>> chrf.shape, plus.shape
    ((1, 18), (1, 24))
    """
    best = [np.zeros((len(hypotheses), 3 * (m.char_order + m.word_order)), dtype=np.int64) for m in metrics]
    for lowercase, whitespace in dict.fromkeys((m.lowercase, m.whitespace) for m in metrics):
        alike = [i for i, m in enumerate(metrics) if (m.lowercase, m.whitespace) == (lowercase, whitespace)]
        char_order = max(metrics[i].char_order for i in alike)
        word_order = max(metrics[i].word_order for i in alike)
        highest = [np.full(len(hypotheses), -1.0) for _ in alike]
        counter = _Counter(char_order, word_order, lowercase, whitespace)
        for stream in references:
            for rows, counts in counter.counts(hypotheses, stream):
                for i, high in zip(alike, highest, strict=True):
                    metric = metrics[i]
                    words = counts[:, char_order : char_order + metric.word_order]
                    own = np.concatenate([counts[:, : metric.char_order], words], axis=1).reshape(len(rows), -1)
                    if len(references) == 1:
                        best[i][rows] = own
                        continue
                    scores = metric.scores(own)
                    better = scores > high[rows]
                    high[rows[better]] = scores[better]
                    best[i][rows[better]] = own[better]
    return best


class _Counter:
    """Counts the n-grams of one stream after another; what it knows of characters and words serves them all."""

    def __init__(self, char_order: int, word_order: int, lowercase: bool, whitespace: bool) -> None:
        self._orders = char_order, word_order
        self._lowercase = lowercase
        self._characters = _Characters(whitespace)
        self._words = _Words()

    def counts(self, hypotheses: Sequence[str], stream: Stream) -> Iterator[tuple[Ints, Ints]]:
        """Chunks of segments that have a reference, with their counts (segments, orders, 3)."""
        char_order, word_order = self._orders
        for rows, texts in _chunks(hypotheses, stream):
            if self._lowercase:
                texts = [text.lower() for text in texts]
            counts = np.empty((len(rows), char_order + word_order, 3), dtype=np.int64)
            counts[:, :char_order] = _counted(*self._characters.codes(texts), char_order)
            if word_order:
                counts[:, char_order:] = _counted(*self._words.codes(texts), word_order)
            yield rows, counts


def _chunks(hypotheses: Sequence[str], stream: Stream) -> Iterator[tuple[Ints, list[str]]]:
    """Runs of segments that have a reference: their rows, and hypothesis, reference, hypothesis, reference …"""
    rows: list[int] = []
    texts: list[str] = []
    size = 0
    for row, (hypothesis, reference) in enumerate(zip(hypotheses, stream, strict=True)):
        if reference is None:
            continue
        rows.append(row)
        texts += (hypothesis, reference)
        size += len(hypothesis) + len(reference)
        if size >= _CHARACTERS or len(rows) >= _CHARACTERS >> 4:
            yield np.array(rows), texts
            rows, texts, size = [], [], 0
    if rows:
        yield np.array(rows), texts


def _counted(codes: Codes, lengths: Ints, order: int) -> Ints:
    """N-grams of the hypothesis, of the reference and of both, (segments, order, 3)."""
    pairs = lengths.reshape(-1, 2)
    counts = np.empty((len(pairs), order, 3), dtype=np.int64)
    counts[:, :, :2] = np.maximum(pairs[:, None, :] - np.arange(order)[None, :, None], 0)
    counts[:, :, 0] *= counts[:, :, 1] > 0  # so does sacrebleu
    counts[:, :, 2] = shared_grams(codes, pairs, order)
    return counts


class _Characters:
    """Gives each character a number from 1, in the order they are met: few characters make short n-grams."""

    def __init__(self, whitespace: bool) -> None:
        self._numbers = np.full(0x3001, _UNSEEN, dtype=np.uint32)
        self._met = 0
        self._drops = not whitespace
        if self._drops:
            self._numbers[_SPACES] = 0

    def codes(self, texts: Sequence[str]) -> tuple[Codes, Ints]:
        """The characters of all texts as numbers, and how many each text has."""
        lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
        points = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype="<u4")
        if not len(points):
            return np.zeros(0, dtype=np.uint32), lengths
        top = int(points.max())
        if top >= len(self._numbers):
            more = np.full(top + 1 - len(self._numbers), _UNSEEN, dtype=np.uint32)
            self._numbers = np.concatenate([self._numbers, more])
        codes = self._numbers[points]
        if codes.max() == _UNSEEN:
            new = np.unique(points[codes == _UNSEEN])
            self._numbers[new] = np.arange(self._met + 1, self._met + 1 + len(new), dtype=np.uint32)
            self._met += len(new)
            codes = self._numbers[points]
        if self._drops:
            spaces = np.flatnonzero(codes == 0)
            before = np.searchsorted(spaces, np.cumsum(lengths))
            lengths[0] -= before[0]
            lengths[1:] -= np.diff(before)
            codes = np.compress(codes != 0, codes)
        return codes, lengths


class _Words(dict[str, int]):
    """Words between spaces to codes of one or two tokens, the second in the upper half."""

    def __init__(self) -> None:
        super().__init__()
        self._tokens: dict[str, int] = {}
        self._size = 0

    def __missing__(self, word: str) -> int:
        # "(hi)" is "(hi" and ")": so does sacrebleu
        at = 0 if len(word) == 1 else len(word) - 1 if word[-1] in _PUNCTUATION else int(word[0] in _PUNCTUATION)
        tokens = self._tokens
        code = tokens.setdefault(word[:at] or word, len(tokens) + 1)
        if at:
            code |= tokens.setdefault(word[at:], len(tokens) + 1) << 32
        self[word] = code
        self._size += len(word)
        return code

    def codes(self, texts: Sequence[str]) -> tuple[Codes, Ints]:
        """The words of all texts as numbers, punctuation at their ends apart, and how many each text has."""
        if self._size > _REMEMBERED:
            self.clear()
            self._tokens.clear()
            self._size = 0
        split = [text.split() for text in texts]
        lengths = np.fromiter(map(len, split), dtype=np.int64, count=len(split))
        total = int(lengths.sum())
        pairs = np.fromiter(map(self.__getitem__, chain.from_iterable(split)), dtype="<u8", count=total).view("<u4")
        second = np.searchsorted(np.flatnonzero(pairs[1::2]), np.cumsum(lengths))
        lengths += np.diff(second, prepend=0)
        return np.compress(pairs != 0, pairs), lengths
