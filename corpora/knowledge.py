"""What a field writes: counts mined from papers, the judge of renderings no termbase knows.

The shipped pack was counted from 62,953 AI papers of 2025-2026: in how many papers' Chinese summaries a string
stands, and for English terms of their abstracts in how many of those papers a Chinese string stands too. Counts
of comparable texts, not reviewed: they say how common a rendering is, never that it is right.
"""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Use:
    """How a field treats an English term: papers with it, papers whose Chinese keeps it in Latin letters, renderings.

    `renderings` maps a Chinese string to the number of papers that have both.
    """

    papers: int
    latin: int
    renderings: Mapping[str, int]


@dataclass(frozen=True, slots=True, eq=False)  # compared by identity: comparing 140,000 counts serves nobody
class Knowledge:
    """Counts of one field; `papers` is how many papers were counted."""

    papers: int
    counts: Mapping[str, int]
    uses: Mapping[str, str]  # parsed when asked for: most are never asked
    signature: str

    def count(self, zh: str) -> int:
        """In how many of the field's papers this Chinese string stands, 0 for under three or not counted."""
        return self.counts.get(zh, 0)

    def use(self, term: str) -> Use | None:
        """How the field treats an English term (lower case, words joined by a blank), None where not counted."""
        row = self.uses.get(term)
        return None if row is None else _use(row)

    def kept_latin(self, word: str) -> float:
        """Share of the field's papers with this word whose Chinese keeps it in Latin letters, 0..1."""
        use = self.use(word)
        return use.latin / use.papers if use else 0.0


@lru_cache(maxsize=1 << 15)
def _use(row: str) -> Use:
    papers, latin, *renderings = row.split("\t")
    parts = (item.rpartition(":") for item in renderings)
    return Use(int(papers), int(latin), MappingProxyType({zh: int(n) for zh, _, n in parts}))


EMPTY = Knowledge(0, {}, {}, "none")


@cache
def shipped_knowledge() -> Knowledge:
    """The pack for AI that comes with duizhao; loads in about a tenth of a second."""
    folder = files("duizhao.corpora") / "data"
    counts: dict[str, int] = {}
    for line in _lines((folder / "field_ai_zh.tsv.gz").read_bytes()):
        zh, _, n = line.partition("\t")
        counts[zh] = int(n)
    uses: dict[str, str] = {}
    for line in _lines((folder / "field_ai_terms.tsv.gz").read_bytes()):
        term, _, rest = line.partition("\t")
        uses[term] = rest
    return Knowledge(62_953, counts, uses, f"field_ai 62,953 papers, {len(uses):,} terms")


def _lines(data: bytes) -> list[str]:
    return [line for line in gzip.decompress(data).decode("utf-8").split("\n") if line]
