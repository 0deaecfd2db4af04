"""Hypotheses and references in, BLEU out, equal to sacrebleu's."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ..corpora.errors import ConfigError
from .gram_counts import Tokens, clipped_matches
from .metric import OfReferences, Scores, Statistics, Stream
from .word_tokens import TokenCoder, tokenizer_setting

ORDER = 4  # the longest n-grams that are counted
Smoothing = Literal["exp", "floor", "add-k", "none"]

_DEFAULTS: dict[str, float | None] = {"exp": None, "floor": 0.1, "add-k": 1.0, "none": None}
_CHUNK = 1 << 18  # characters of hypotheses and references that are tokenized at once, or one segment
_LOG_OF_ZERO = -9999999999.0  # sacrebleu's


@dataclass(frozen=True, slots=True)
class Bleu(OfReferences):
    """BLEU (Papineni et al. 2002) as sacrebleu defines it; a `Metric`.

    `tokenize` is a name of `TOKENIZERS`. `effective_order` leaves out the orders that are longer than the hypothesis,
    as is right for single segments. `smoothing` says what stands for the precision of an order without a match, with
    `value` where it takes one (None: 0.1 for "floor", 1 for "add-k"); Chen and Cherry 2014 describe them.

    >>> bleu = Bleu("13a")
    >>> bleu.scores(bleu.statistics(["The otter drinks green tea."], [["The otter drinks tea."]])).round(2)
    array([37.99])

    Raises ConfigError for a tokenizer or smoothing that does not exist.
    """

    tokenize: str
    lowercase: bool = False
    smoothing: Smoothing = "exp"
    value: float | None = None
    effective_order: bool = False

    def __post_init__(self) -> None:
        """Refuse what does not exist, before anything is scored."""
        tokenizer_setting(self.tokenize)
        if self.smoothing not in _DEFAULTS:
            raise ConfigError("smoothing", f"no {self.smoothing!r}", f"one of {', '.join(_DEFAULTS)}")
        if not 0 <= self._amount < math.inf:
            raise ConfigError("smoothing", f"{self.smoothing} by {self._amount}", "a finite amount, 0 or more")

    @property
    def name(self) -> str:
        """What stands in tables."""
        return "BLEU"

    @property
    def key(self) -> str:
        """What selects it."""
        return "bleu"

    @property
    def is_sacrebleu(self) -> bool:
        """Whether its tokenizer is one of sacrebleu's."""
        return self.tokenize != "jieba"

    @property
    def settings(self) -> str:
        """The part of its signature that is its own.

        >>> Bleu("zh", smoothing="floor").settings
        'case:mixed|eff:no|tok:zh|smooth:floor[0.10]'
        """
        case, effective = "lc" if self.lowercase else "mixed", "yes" if self.effective_order else "no"
        amount = "" if _DEFAULTS[self.smoothing] is None else f"[{self._amount:.2f}]"
        return f"case:{case}|eff:{effective}|tok:{tokenizer_setting(self.tokenize)}|smooth:{self.smoothing}{amount}"

    def statistics(
        self, hypotheses: Sequence[str], references: Sequence[Stream], sources: Sequence[str] | None = None
    ) -> Statistics:
        """Rows of tokens of the hypothesis, tokens of the reference, matches and n-grams for n = 1..4: (segments, 10).

        Of several references, the one nearest in length counts for the length (the shorter of two as near), and each
        n-gram at most as often as in the one that has it most often. `sources` are not looked at.
        """
        coder = TokenCoder(self.tokenize)
        rows = [
            _statistics(
                coder.codes(
                    self._texts(hypotheses[first:last]), *(self._texts(stream[first:last]) for stream in references)
                ),
                np.array([[text is not None for text in stream[first:last]] for stream in references]),
            )
            for first, last in _chunks(hypotheses, references)
        ]
        return np.concatenate(rows) if rows else np.zeros((0, 2 + 2 * ORDER), np.int64)

    def _texts(self, texts: Stream) -> list[str]:
        return [(text or "").lower() for text in texts] if self.lowercase else [text or "" for text in texts]

    def scores(self, sums: Statistics) -> Scores:
        """BLEU of each row of sums (m, 10), from 0 to 100."""
        return self._scores(sums, self.effective_order)

    def segment_scores(self, statistics: Statistics) -> Scores:
        """BLEU of each segment with effective order, as sacrebleu's `sentence_score` advises."""
        return self._scores(statistics, True)

    def _scores(self, sums: Statistics, effective_order: bool) -> Scores:
        """Source: sacrebleu's `compute_bleu`; its operations in its order, for all rows at once."""
        hypothesis, reference = sums[:, 0].astype(np.float64), sums[:, 1].astype(np.float64)
        matched = sums[:, 2 : 2 + ORDER].astype(np.float64)
        total = sums[:, 2 + ORDER :].astype(np.float64)
        any_match = matched.any(axis=1)
        if self.smoothing == "add-k":
            matched[:, 1:] += self._amount
            total[:, 1:] += self._amount
        logs, orders = np.zeros(len(sums)), np.full(len(sums), ORDER)
        counted, doubled = any_match.copy(), np.ones(len(sums))
        for n in range(ORDER):
            counted &= total[:, n] > 0
            missed = counted & (matched[:, n] == 0)
            divisor = np.where(counted, total[:, n], 1.0)
            precision = np.where(counted, 100.0 * matched[:, n], 0.0) / divisor
            if self.smoothing == "exp":
                doubled[missed] *= 2
                precision[missed] = (100.0 / (doubled * divisor))[missed]
            elif self.smoothing == "floor":
                precision[missed] = (100.0 * self._amount / divisor)[missed]
            log = np.full(len(sums), _LOG_OF_ZERO)
            np.log(precision, out=log, where=precision > 0)
            if effective_order:
                log[~counted] = 0.0
                orders[counted] = n + 1
            logs += log
        shorter = np.maximum(reference / np.maximum(hypothesis, 1.0), 1.0)
        return np.where(any_match, np.exp(1 - shorter) * np.exp(logs / orders), 0.0)

    @property
    def _amount(self) -> float:
        amount = _DEFAULTS[self.smoothing] if self.value is None else self.value
        return amount or 0.0


def _chunks(hypotheses: Sequence[str], references: Sequence[Stream]) -> Iterator[tuple[int, int]]:
    """First and last + 1 of runs of segments that have `_CHUNK` characters together, or little more."""
    first = size = 0
    for k, texts in enumerate(zip(hypotheses, *references, strict=True), start=1):
        size += sum(len(text) + 1 for text in texts if text is not None)
        if size >= _CHUNK or k == len(hypotheses):
            yield first, k
            first, size = k, 0


def _statistics(tokens: Sequence[Tokens], given: NDArray[np.bool_]) -> Statistics:
    """The rows of a chunk; `tokens` of the hypotheses, then of each stream of references, where `given` (R, n)."""
    lengths = tokens[0].lengths
    theirs = np.stack([reference.lengths for reference in tokens[1:]])
    nearness = 2 * np.abs(theirs - lengths) + (theirs > lengths)  # of two as near, the shorter
    nearest = np.where(given, nearness, np.iinfo(np.int64).max).argmin(axis=0)
    found = np.empty((len(lengths), 2 + 2 * ORDER), np.int64)
    found[:, 0] = lengths
    found[:, 1] = theirs[nearest, np.arange(len(lengths))]
    found[:, 2 : 2 + ORDER] = clipped_matches(tokens[0], tokens[1:], ORDER)
    found[:, 2 + ORDER :] = np.maximum(lengths[:, None] - np.arange(ORDER), 0)
    return found
