"""Segments of one system that a person should look at, found without a reference.

What it is good for: hypotheses that are missing, not translated, of another source, or that lack or add a clause or
sentence. What not: on good systems such signals tell major errors within one source no better than AUC .49-.64, and
most of the pooled figure is the length of sentences. So these are flags, each kind with the precision measured beside
what the ratio of lengths alone achieves; no systems are ranked and no score is made of them.

A flag must stand out from the system's own segments: where translations are free throughout, as of novels, the limits
rise with the spread of the signals, and little is flagged.
"""

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ..align.encoder import Encoder, load_encoder
from ..align.lexicon import FUNCTION
from ..corpora import InputError
from ..corpora.script import count_han, language
from .adequacy_figures import KINDS
from .adequacy_signals import LONGEST, EncodedPairs, Language, PairSignals, count_words, encode_texts, pair_signals
from .masking import CODE, URL, blanked
from .omissions import LIMITS, deviations, features, unrendered
from .score import Flag
from .testset import Target
from .words_en import count_en

_Values = npt.NDArray[np.float64]


# Cosines. Of sound machine translations 3 in 1,000 are as near to another source as to their own.
_MARGIN, _MARGIN_MOST = 0.12, 0.35  # how much nearer the other source must be, at least; enough in any case
_MARGIN_SPREADS = 3.5  # and beyond the median, in distances from there to the 80th percentile
_SMALL_MARGIN = 0.05  # the same where two segments are exchanged,
_RUN = 3  # or so many in a row are off by as many
_NEAR = 0.5  # the other source must be as near as that, but there
_SAME_SOURCE = 0.95  # cosine from which two sources say the same
_WINDOW = 2_000  # segments before and after that are compared
_FEWEST = 4  # words of a hypothesis that can be told from others

_LATIN = re.compile(r"[A-Za-z][A-Za-z'’-]*")


class Triage:
    """The sources of a test set, read once for all systems."""

    def __init__(self, sources: Sequence[str], target: Target, encoder: Encoder | None = None) -> None:
        """Read the sources; `target` is the language of the hypotheses to come."""
        self._target: Language = target
        self._encoder = encoder or load_encoder()
        self._sources = encode_texts(sources, "en" if target == "zh" else "zh", self._encoder)

    def flags(self, hypotheses: Sequence[str], system: str) -> list[Flag]:
        """The flags of one system in the order of segments; see `triage`."""
        sources, target = self._sources, self._target
        if len(hypotheses) != len(sources.texts):
            counts = f"{len(hypotheses)} hypotheses for {len(sources.texts)} sources"
            raise InputError(system or "hypotheses", counts, "one for each")
        if not hypotheses:
            return []
        found: dict[int, list[tuple[str, str]]] = {}
        for i, (source, hypothesis) in enumerate(zip(sources.texts, hypotheses, strict=True)):
            if plain := _plain(source, hypothesis, target):
                found[i] = [plain]
        pairs = self._pairs(hypotheses)
        readable = np.array([_is_readable(a, b) for a, b in zip(sources.texts, hypotheses, strict=True)])
        readable[list(found)] = False
        for i, reason in _wrong_sentences(pairs, readable).items():
            found[i] = [("wrong sentence", reason)]
            readable[i] = False
        for i, flagged in unrendered(pairs, readable).items():
            found[i] = flagged
        return [
            Flag(system, i, kind, reason, KINDS[kind].precision, KINDS[kind].length_precision)
            for i in sorted(found)
            for kind, reason in found[i]
        ]

    def signals(self, hypotheses: Sequence[str]) -> tuple[dict[str, _Values], tuple[PairSignals, ...]]:
        """What the flags are made of, for measurements: a value a segment by kind, the higher the more suspicious."""
        pairs = self._pairs(hypotheses)
        everything = np.ones(len(hypotheses), dtype=bool)
        lost, added = (LIMITS[each.language] for each in (pairs.sources, pairs.hypotheses))
        wrong, _ = _margins(pairs)
        return {
            "wrong sentence": wrong,
            "omission": deviations(features(pairs.signals, pairs.sources.language), lost, everything),
            "addition": deviations(features(pairs.signals, pairs.hypotheses.language), added, everything),
        }, pairs.signals

    def _pairs(self, hypotheses: Sequence[str]) -> EncodedPairs:
        other = encode_texts(hypotheses, self._target, self._encoder)
        en, zh = (other, self._sources) if self._target == "en" else (self._sources, other)
        return EncodedPairs(self._sources, other, tuple(pair_signals(en, zh, i) for i in range(len(hypotheses))))


def triage(
    sources: Sequence[str], hypotheses: Sequence[str], target: Target, encoder: Encoder | None = None, system: str = ""
) -> list[Flag]:
    """The segments of one system that a person should look at, in order; `target` is the hypotheses' language.

    A segment has one flag, but for an omission beside an addition. Segments of more than 10,000 characters are asked
    only whether they are empty or not translated. Raises InputError where there are not as many hypotheses as sources.

    >>> [(flag.segment, flag.kind) for flag in triage(["Otters swim.", "Tea is hot."], ["水獭游泳。", ""], "zh")]
    [(1, 'empty')]
    """
    return Triage(sources, target, encoder).flags(hypotheses, system)


# --- What the letters alone show -------------------------------------------------------------------------------------


def _plain(source: str, hypothesis: str, target: Language) -> tuple[str, str] | None:
    """Kind and reason where a hypothesis has no text, or one in the language of its source."""
    has_source = any(map(str.isalnum, source))
    if not any(map(str.isalnum, hypothesis)):
        return ("empty", "There is no text.") if has_source else None
    if not has_source:
        return "addition", "There is text where the source has none."
    copied = source.split() == hypothesis.split()
    if _is_untranslated(hypothesis, target, copied=copied):
        name = "English" if target == "zh" else "Chinese"
        return "untranslated", "It is the source, copied." if copied else f"It is {name}, as the source is."
    return None


def _is_untranslated(text: str, target: Language, *, copied: bool) -> bool:
    if target == "en":
        return language(text) == "zh" and count_han(text) >= (2 if copied else _FEWEST)
    if language(text) != "en":
        return False
    words = _LATIN.findall(blanked(text[:LONGEST], URL, CODE))
    plain = [word for word in words if word.islower() and len(word) > 2]
    if copied:  # names, code and signs stay as they are; two everyday words do not
        return len(plain) >= 2 and sum(count_en(word) > 0 for word in plain) >= 2
    grammar = sum(word.lower() in FUNCTION for word in words)
    return len(words) > _FEWEST and grammar >= 2 and 2 * sum(map(str.islower, words)) >= len(words)


def _is_readable(source: str, hypothesis: str) -> bool:
    return 0 < max(len(source), len(hypothesis)) <= LONGEST and any(map(str.isalnum, source))


# --- Hypotheses of another source ------------------------------------------------------------------------------------


def _margins(pairs: EncodedPairs) -> tuple[_Values, npt.NDArray[np.int64]]:
    """How much nearer another source is to each hypothesis than its own, -1..1, and which.

    What a part of the hypothesis has of its own source counts: with a foreign sentence added it is an addition.
    """
    left, right = pairs.sources.whole, pairs.hypotheses.whole
    n = len(left)
    margins, nearest = np.full(n, -1.0), np.zeros(n, dtype=np.int64)
    for begin in range(0, n, _WINDOW):
        end = min(n, begin + _WINDOW)
        low, high = max(0, begin - _WINDOW), min(n, end + _WINDOW)
        near = right[begin:end] @ left[low:high].T
        near[left[begin:end] @ left[low:high].T > _SAME_SOURCE] = -1  # its own, and those that say the same
        near[np.arange(end - begin), np.arange(begin - low, end - low)] = -1
        best = near.argmax(1)
        own = [max(float(pairs.hypotheses.nearest(i, left[i : i + 1])[0]), float(left[i] @ right[i]))
               for i in range(begin, end)]  # fmt: skip
        margins[begin:end] = near[np.arange(end - begin), best] - own
        nearest[begin:end] = best + low
    return margins, nearest


def _wrong_sentences(pairs: EncodedPairs, readable: npt.NDArray[np.bool_]) -> dict[int, str]:
    """Reasons by segment where a hypothesis belongs to another source of the set."""
    language_of = pairs.hypotheses.language
    able = readable & np.array([count_words(text, language_of) >= _FEWEST for text in pairs.hypotheses.texts])
    if able.sum() < 2:
        return {}
    margins, nearest = _margins(pairs)
    middle, high = np.quantile(margins[able], (0.5, 0.8))
    limit = min(max(_MARGIN, middle + _MARGIN_SPREADS * (high - middle)), _MARGIN_MOST)
    near = np.einsum("ij,ij->i", pairs.hypotheses.whole, pairs.sources.whole[nearest])
    chosen = set(np.flatnonzero(able & (margins > limit) & (near > _NEAR)).tolist())
    doubtful = able & (margins > _SMALL_MARGIN)
    offsets = nearest - np.arange(len(nearest))
    for run in _runs(np.flatnonzero(doubtful).tolist(), offsets.tolist()):
        if len(run) >= _RUN:
            chosen.update(run)
    exchanged = doubtful & doubtful[nearest] & (nearest[nearest] == np.arange(len(nearest)))
    chosen.update(np.flatnonzero(exchanged).tolist())
    return {i: _misplaced(int(offsets[i]), int(nearest[i])) for i in chosen}


def _runs(segments: Sequence[int], offsets: Sequence[int]) -> list[list[int]]:
    """Consecutive segments that are off by as many."""
    runs: list[list[int]] = []
    for i in segments:
        if runs and i == runs[-1][-1] + 1 and offsets[i] == offsets[i - 1]:
            runs[-1].append(i)
        else:
            runs.append([i])
    return runs


def _misplaced(offset: int, nearest: int) -> str:
    way = "later" if offset > 0 else "earlier"
    return f"It is nearer to the source of segment {nearest + 1}, {abs(offset)} {way}, than to its own."
