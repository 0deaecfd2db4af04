"""The audit of a corpus too big for one go, part by part: what a part says by itself, then what all say of it.

A part holds whole documents, or a run of records of a big one: what is said of a document is then said of the run (a
term rendered two ways in it, names and lists, how much it is of the field, C005). Nothing else depends on how a corpus
is cut, but for the seventh digit of the encoder's cosines, which may move a confidence by a hundredth.

    links = links_from(…)                     # trained on sampled(part, every, begin) of all parts
    located = [locate_part(part, judging) for part in parts]
    counts = merged_counts(one.counts for one in located).for_judging()
    found = [judge_part(part, judging, counts, one.lines) for part, one in zip(parts, located)]
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..corpora import Corpus
from .auditing import Audit, Direction, Judging, Progress, Texts, counts_of, judge, locate
from .corpus_counts import Counts
from .english_audit import right_terms
from .occurrences import Occurrence, sides
from .remembered import Remembered
from .traditional import judged

SAMPLE = 20_000  # pairs that show the words of a corpus: of more, `train_links` reads no more than a part


class Located(NamedTuple):
    """What a part says by itself: its counts, and lines of JSON that spare the next step the work."""

    counts: Counts
    lines: list[str]


def _silent(pair: str) -> None:
    """No progress shown."""


def every_of(pairs: int) -> int:
    """Every how manyth pair of a corpus of so many is sampled, so that some 20,000 are.

    >>> every_of(20_000), every_of(50_000)
    (1, 3)
    """
    return max(1, -(-pairs // SAMPLE))


def sampled(part: Corpus, every: int, begin: int, direction: Direction = "en-zh") -> Iterator[tuple[str, str]]:
    """Each `every`th pair of a corpus that has both sides, English and Chinese, for `train_links`.

    `begin` is the number of pairs in the parts before: how the corpus is cut changes nothing. English that is judged is
    linked with Chinese in simplified characters, as the rules see it.
    """
    for k, pair in enumerate(judged(part.pairs).pairs if direction == "zh-en" else part.pairs, begin):
        if k % every == 0 and pair.en and pair.zh:
            yield sides(pair)


def locate_part(part: Corpus, judging: Judging, progress: Progress = _silent) -> Located:
    """Where the terms of a part went: the expensive step, done once. `progress` is told each pair's id."""
    texts = Texts(part.documents, part.records, part.pairs)
    remembered = Remembered(settings=judging.settings)
    parts = locate(texts, judging, progress, remembered)
    return Located(counts_of(texts, judging, parts), list(remembered.lines()) if remembered.begun else [])


def judge_part(
    part: Corpus, judging: Judging, counts: Counts, lines: Iterable[str], progress: Progress = _silent
) -> Audit:
    """The findings of a part, sorted by document and place, and its occurrences; it has no notes (`notes_of`).

    `counts` are the merged ones of all parts, `lines` those of `locate_part` with equal `judging`: where they are of
    other texts or settings, or broken, the part is located again. Sorted together, the findings of all parts are
    those of the whole.
    """
    texts = Texts(part.documents, part.records, part.pairs)
    located = locate(texts, judging, _silent, Remembered(lines, judging.settings))
    return judge(texts, judging, located, counts, progress)


def occurrences_of(part: Corpus, judging: Judging, lines: Iterable[str]) -> tuple[Occurrence, ...]:
    """The occurrences that `judge_part` gives, without judging."""
    texts = Texts(part.documents, part.records, part.pairs)
    if judging.direction == "zh-en":
        return texts.as_they_stand(right_terms(texts.seen, judging.termbase))
    located = locate(texts, judging, _silent, Remembered(lines, judging.settings))
    return texts.as_they_stand(o for part_ in located for o in part_.occurrences)
