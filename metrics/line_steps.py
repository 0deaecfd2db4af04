"""Two texts that should go line by line: where they part, by what lines that belong together have in common."""

import re
from collections.abc import Sequence
from functools import lru_cache
from statistics import fmean, pstdev
from typing import NamedTuple

from ..corpora.script import language

Texts = Sequence[str | None]

_ANCHOR = re.compile(r"[0-9]+|[A-Za-z]{2,}")  # what a translation often keeps
_SHIFTS = (1, -1, 2, -2, 3, -3)  # segments by which a stretch may be out of step
_STRETCH = 8  # texts looked at, the fewest of which anything is said
_LOOKED_AT = 200  # texts of a stream
_FIRST = 50  # texts that tell its language
_BEGIN = 100  # characters that tell the language of a text and what it speaks of


class Drift(NamedTuple):
    """Segments from `begin` to before `end`, each of which matches the one `shift` further on."""

    begin: int
    end: int
    shift: int


class Beside:
    """Two streams side by side: how alike segment i of the one and segment j of the other are, and where that ends."""

    def __init__(self, texts: Texts, others: Texts) -> None:
        """What is compared depends on the languages: words, characters, or what a translation keeps."""
        self.texts, self.others = texts, others
        is_zh = [_is_chinese(each[:_FIRST]) for each in (texts, others)]
        self.traits = _anchors if is_zh[0] != is_zh[1] else _signs if is_zh[0] else _words
        self.scale = 1.0
        if self.traits is _anchors:  # lengths are told apart only by what is usual between two languages
            lengths = [fmean([1, *(len(text or "") for text in each[:_LOOKED_AT])]) for each in (texts, others)]
            self.scale = lengths[1] / lengths[0]

    def like(self, i: int, j: int) -> float:
        """0..1; 0 where there is no such segment."""
        if not (0 <= i < len(self.texts) and 0 <= j < len(self.others)):
            return 0.0
        a, b = self.texts[i] or "", self.others[j] or ""
        if not a or not b:
            return float(a == b)
        length = len(a) * self.scale / len(b)
        length = min(length, 1 / length)
        ours, theirs = self.traits(a[: 4 * _BEGIN]), self.traits(b[: 4 * _BEGIN])
        if not ours and not theirs:
            return length
        shared = len(ours & theirs)
        if self.traits is _anchors:
            return (length + shared / max(1, min(len(ours), len(theirs)))) / 2
        return length * 2 * shared / (len(ours) + len(theirs))

    def first_drift(self) -> int | None:
        """Of streams that differ in length the first segment out of step, the length of the shorter where there is
        none, None where that is unclear.
        """
        short = min(len(self.texts), len(self.others))
        if short < _STRETCH:
            return None
        seen = range(0, short, max(1, short // (4 * _LOOKED_AT)))
        shifts = (len(self.others) - len(self.texts), *_SHIFTS)
        best = total = 0.0
        cut = 0  # of what was looked at, how many are in step
        for k, i in enumerate(seen, 1):
            total += self.like(i, i) - max(self.like(i, i + shift) for shift in shifts)
            if total > best:
                best, cut = total, k
        if cut == len(seen):
            return short
        rest = seen[cut : cut + 4 * _STRETCH]
        shift = max(shifts, key=lambda shift: fmean(self.like(i, i + shift) for i in rest))
        return self._cut(self._around(seen, cut, short), 0, shift) if self._mends(rest, shift) else None

    def drift(self) -> Drift | None:
        """Of streams of one length a stretch that is out of step, where a shift by up to three mends it; else None."""
        n = len(self.texts)
        if n < 2 * _STRETCH:
            return None
        seen = range(0, n, max(1, n // _LOOKED_AT))
        still = [self.like(i, i) for i in seen]
        best, begin, end, shift = 0.0, 0, 0, 0
        for e in _SHIFTS:
            total, start = 0.0, 0
            for k, i in enumerate(seen):
                total += self.like(i, i + e) - still[k]
                if total <= 0:
                    total, start = 0.0, k + 1
                elif total > best:
                    best, begin, end, shift = total, start, k + 1, e
        if end - begin < _STRETCH or not self._mends(seen[begin:end], shift):
            return None
        last = n - max(0, shift)  # beyond it there is nothing to match
        first = self._cut(self._around(seen, begin, last), 0, shift)
        return Drift(first, self._cut(self._around(seen, end, last), shift, 0), shift)

    def _mends(self, stretch: range, shift: int) -> bool:
        """Whether with the shift nearly all of a stretch is more alike, and more so than what is far apart."""
        shifted, still = [self.like(i, i + shift) for i in stretch], [self.like(i, i) for i in stretch]
        better = sum(a > b for a, b in zip(shifted, still, strict=True))
        short = min(len(self.texts), len(self.others))
        far = [self.like(i, (i + short // 2) % short) for i in range(0, short, max(1, short // 100))]
        return better >= 0.8 * len(stretch) and fmean(shifted) > fmean(far) + pstdev(far)

    def _around(self, seen: range, k: int, last: int) -> range:
        """All segments about the k-th that was looked at, those before `last`."""
        return range(seen[max(0, k - 4)], min(last, seen[k + 4] if k + 4 < len(seen) else last))

    def _cut(self, segments: range, before: int, after: int) -> int:
        """Where among these segments one shift gives way to another; where it falls, some have no match at all."""
        best = total = 0.0
        cut = segments.start
        none = max(0, before - after)
        for i in segments:
            total += self.like(i, i + before) - self.like(i + none, i + none + after)
            if total > best:
                best, cut = total, i + 1
        return cut


@lru_cache(maxsize=2048)  # a reference is compared with many hypotheses
def _signs(text: str) -> frozenset[str]:
    return frozenset(text[:_BEGIN])


@lru_cache(maxsize=2048)
def _words(text: str) -> frozenset[str]:
    return frozenset(text[: 2 * _BEGIN].casefold().split())


@lru_cache(maxsize=2048)
def _anchors(text: str) -> frozenset[str]:
    return frozenset(_ANCHOR.findall(text.casefold()))


def _is_chinese(texts: Texts) -> bool:
    filled = [text for text in texts if text]
    return 2 * sum(language(text[:_BEGIN]) == "zh" for text in filled) > len(filled)
