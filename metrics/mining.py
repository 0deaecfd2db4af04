"""Documents in two languages, a translation or not, to the knowledge of their field: see `Miner`."""

import math
from dataclasses import dataclass

import numpy as np

from ..align.encoder import Encoder
from ..corpora.knowledge import Knowledge
from ..corpora.pack import ALL, Floors
from ..corpora.script import HAN
from .mining_grams import Grams, Ints, grams_of
from .mining_ranks import Ranked, rank
from .mining_words import Stream, add_chinese, add_english

_CANDIDATES = 15  # strings looked at for a term


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What a miner keeps: counts from `floors` up, renderings of a score (0..1) from `score` up and of this share of
    the best one's and of the term's documents; `renderings` of a term at most, None for all.
    """

    floors: Floors
    score: float = 0.0
    share: float = 0.0
    renderings: int | None = None


# Nothing is dropped: what adds up to the last count.
EVERYTHING = Thresholds(ALL)


def thresholds_for(documents: int) -> Thresholds:
    """The thresholds for a pile of so many documents: the more there are, the rarer is what chance brings.

    >>> [thresholds_for(n).floors.terms for n in (10, 300, 3_000, 63_000)]
    [2, 3, 4, 16]
    """
    terms = max(2 if documents < 100 else 3, math.ceil(math.sqrt(documents) / 16))
    return Thresholds(Floors(min(3, terms), terms, min(4, terms)), score=0.15, share=0.05, renderings=6)


@dataclass(frozen=True, slots=True)
class Mined:
    """What a miner found, and how many renderings it kept of how many terms; other terms only stay in Latin letters."""

    knowledge: Knowledge
    terms: int
    renderings: int


class Miner:
    """Counts documents one by one; of each only numbers are kept, some eight bytes a word of its text.

    >>> from duizhao.align import load_encoder
    >>> miner = Miner()
    >>> for en, zh in [("Otters sleep.", "海獭睡觉。"), ("Otters eat.", "海獭吃海胆。"), ("Tea is hot.", "茶是热的。")]:
    ...     miner.add(en, zh)
    >>> miner.mine(load_encoder(), "river", EVERYTHING).knowledge.use("otter").renderings["海獭"]
    2
    """

    def __init__(self) -> None:
        """A miner that has seen nothing."""
        self._en, self._zh, self._latin, self._alone = Stream(" "), Stream(""), Stream(" "), Stream("")
        self._alone.vocabulary = self._zh.vocabulary
        self.documents = 0  # in both languages
        self.chinese = 0  # in Chinese alone: counted, but they tell nothing of terms
        self.english = 0  # in English alone: not counted

    def add(self, en: str, zh: str) -> None:
        """Count one document: its English and its Chinese text, "" where it lacks one."""
        if not HAN.search(zh):
            self.english += bool(en.strip())
            return
        if not en.strip():
            self.chinese += 1
            self._alone.begin()
            add_chinese(self._alone, zh)
            return
        self.documents += 1
        for stream in (self._en, self._zh, self._latin):
            stream.begin()
        add_english(self._en, en)
        add_chinese(self._zh, zh)
        add_english(self._latin, zh)

    def mine(self, encoder: Encoder, name: str, thresholds: Thresholds | None = None) -> Mined:
        """The knowledge of what was counted; `name` begins its signature.

        Terms and strings are counted exactly, whatever the order of the documents.
        """
        size = self.documents + self.chinese
        chosen = thresholds or thresholds_for(size)
        en, zh = (
            grams_of(self._en, chosen.floors.terms),
            grams_of(self._zh, 1 if self.chinese else chosen.floors.strings),
        )
        counts = _counts([zh, grams_of(self._alone, 1)] if self.chinese else [zh], chosen.floors.strings)
        zh = zh.kept(zh.counts >= chosen.floors.renderings)
        ranked = rank(en, zh, encoder, chosen.floors.renderings, None if chosen.renderings is None else _CANDIDATES)
        rows = _rows(en, zh, ranked, _kept_latin(en, grams_of(self._latin, 1)), chosen)
        knowledge = Knowledge(size, counts, rows, f"{name} {size:,} papers, {len(rows):,} terms", chosen.floors)
        renderings = [row.count(":") for row in rows.values()]
        return Mined(knowledge, sum(n > 0 for n in renderings), sum(renderings))


def _counts(sides: list[Grams], floor: int) -> dict[str, int]:
    """The documents of each Chinese string, in those with English and those without."""
    counts: dict[str, int] = {}
    for side in sides:
        for zh, n in zip(side.names, side.counts.tolist(), strict=True):
            counts[zh] = counts.get(zh, 0) + n
    return {zh: n for zh, n in sorted(counts.items()) if n >= floor}


def _kept_latin(en: Grams, latin: Grams) -> Ints:
    """In how many documents with a term its Latin letters stand in the Chinese too."""
    numbers = {name: k for k, name in enumerate(en.names)}
    here = np.asarray([numbers.get(name, -1) for name in latin.names], dtype=np.int64)
    size = len(en.starts) - 1
    of = np.repeat(np.arange(size), np.diff(latin.starts))
    terms = here[latin.ids] if len(here) else latin.ids
    places = np.stack([of, terms])[:, terms >= 0]
    ours = np.repeat(np.arange(size), np.diff(en.starts)) * len(en.names) + en.ids
    both = np.intersect1d(ours, places[0] * len(en.names) + places[1], assume_unique=True)
    return np.bincount(both % max(1, len(en.names)), minlength=len(en.names)).astype(np.int64)


def _rows(en: Grams, zh: Grams, ranked: Ranked, latin: Ints, chosen: Thresholds) -> dict[str, str]:
    """For each term that has a rendering, or is kept in Latin letters, its line of a pack."""
    items: list[list[str]] = [[] for _ in en.names]
    best = [0.0] * len(en.names)
    papers = en.counts.tolist()
    columns = (ranked.terms.tolist(), ranked.strings.tolist(), ranked.both.tolist(), ranked.scores.tolist())
    for term, string, both, score in zip(*columns, strict=True):  # those of a term best first
        best[term] = max(best[term], score)
        if best[term] < chosen.score or score < chosen.share * best[term] or both < chosen.share * papers[term]:
            continue
        if chosen.renderings is None or len(items[term]) < chosen.renderings:
            items[term].append(f"{zh.names[string]}:{both}*{round(1000 * papers[term] * score)}")
    rows = {}
    for term, kept in sorted(enumerate(latin.tolist()), key=lambda item: en.names[item[0]]):
        if items[term] or best[term] >= chosen.score == 0 or kept >= chosen.floors.terms:
            rows[en.names[term]] = "\t".join([str(papers[term]), str(kept), *items[term]])
    return rows
