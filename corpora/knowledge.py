"""What a field writes: counts mined from its documents, the judge of renderings no termbase knows.

The shipped pack was counted from 62,953 AI papers of 2025-2026: in how many papers' Chinese summaries a string
stands, and for English terms of their abstracts in how many of those papers a Chinese string stands too. Counts
of comparable texts, not reviewed: they say how common a rendering is, never that it is right. `duizhao terms mine`
makes such a pack of anyone's documents; packs add up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from .errors import InputError
from .files import file_bytes
from .pack import ALL, SUFFIX, Floors, Pack, pack_from_bytes, write_lines

_SHIPPED = "field_ai"
_WEIGHT = 1000  # of a document where a rendering comes without a weight


@dataclass(frozen=True, slots=True)
class Use:
    """How a field treats an English term: papers with it, papers whose Chinese keeps it in Latin letters, renderings.

    `renderings` maps a Chinese string to the number of papers that have both, the surest first.
    """

    papers: int
    latin: int
    renderings: Mapping[str, int]


@dataclass(frozen=True, slots=True, eq=False)  # compared by identity: comparing 140,000 counts serves nobody
class Knowledge:
    """Counts of one field; `papers` is how many papers were counted, `floors` below which counts were dropped."""

    papers: int
    counts: Mapping[str, int]
    uses: Mapping[str, str]  # parsed when asked for: most are never asked
    signature: str
    floors: Floors = ALL
    origin: str = ""

    def count(self, zh: str) -> int:
        """In how many of the field's papers this Chinese string stands, 0 for under the floor or not counted."""
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
    return Use(int(papers), int(latin), MappingProxyType({zh: int(n.partition("*")[0]) for zh, _, n in parts}))


EMPTY = Knowledge(0, {}, {}, "none")


@cache
def shipped_knowledge() -> Knowledge:
    """The pack for AI that comes with duizhao; loads in about a tenth of a second."""
    data = (files("duizhao.corpora") / "data" / f"{_SHIPPED}{SUFFIX}").read_bytes()
    return _knowledge(pack_from_bytes(data, _SHIPPED, trusted=True), _SHIPPED)


def load_knowledge(paths: Sequence[str]) -> Knowledge:
    """The shipped pack together with those of files, whose counts are added; the shipped one alone for no paths.

    Raises InputError for a file that cannot be read or is no pack, and for the same pack twice.

    >>> load_knowledge([]) is shipped_knowledge()
    True
    """
    packs = [shipped_knowledge()]
    for path in paths:
        pack = read_pack(file_bytes(Path(path)), path)
        same = next((known for known in packs if _hash(known) == _hash(pack)), None)
        if same is not None:
            raise InputError(path, f"the same counts as {same.signature}", "each pack once")
        packs.append(pack)
    return combine(packs)


def read_pack(data: bytes, source: str) -> Knowledge:
    """The knowledge in a pack's file; its signature names it after `source`, with size and hash.

    Raises InputError (LimitError for more than 128 MiB unpacked), with the line, for what is no pack.
    """
    return _knowledge(pack_from_bytes(data, source), source)


def _knowledge(pack: Pack, source: str) -> Knowledge:
    name = " ".join(Path(source).name.removesuffix(SUFFIX).split())
    size = f"{pack.documents:,} papers, {len(pack.uses):,} terms"
    signature = f"{name} {size} sha256:{pack.sha256[:12]}"
    return Knowledge(pack.documents, pack.counts, pack.uses, signature, pack.floors, pack.origin)


def write_pack(knowledge: Knowledge, handle: BinaryIO, origin: str) -> None:
    """Write a pack's file, the same bytes for the same counts; `origin` says in words what was counted.

    Raises InputError where the counts could not be read again: controls in a string, a capital in a term.
    """
    write_lines(handle, knowledge.papers, knowledge.floors, origin, knowledge.counts, knowledge.uses)


def combine(packs: Sequence[Knowledge]) -> Knowledge:
    """The packs' counts added up: what counting all their documents gives, but for what each dropped as rare.

    A term's renderings come in the order of their added weights: its documents in each pack times the score there.
    One pack alone is returned as it is, EMPTY for none.

    >>> both = combine([Knowledge(3, {"海獭": 2}, {}, "sea"), Knowledge(2, {"海獭": 1}, {}, "river")])
    >>> both.papers, both.count("海獭"), both.signature
    (5, 3, 'sea; river')
    """
    if len(packs) < 2:
        return packs[0] if packs else EMPTY
    largest = max(packs, key=lambda pack: len(pack.counts))
    counts, uses = dict(largest.counts), dict(largest.uses)
    shared: dict[str, list[str]] = {}
    for pack in packs:
        if pack is not largest:
            for zh, n in pack.counts.items():
                counts[zh] = counts.get(zh, 0) + n
            for term, row in pack.uses.items():
                shared.setdefault(term, [largest.uses[term]] if term in largest.uses else []).append(row)
    uses.update((term, _added(rows)) for term, rows in shared.items())
    return Knowledge(
        sum(pack.papers for pack in packs),
        counts,
        uses,
        "; ".join(pack.signature for pack in packs),
        Floors(*(max(floors) for floors in zip(*(pack.floors for pack in packs), strict=True))),
        "; ".join(dict.fromkeys(pack.origin for pack in packs if pack.origin)),
    )


def _added(rows: Sequence[str]) -> str:
    """Rows of one term as one row."""
    if len(rows) == 1:
        return rows[0]
    papers = latin = 0
    both: dict[str, int] = {}
    weights: dict[str, int] = {}
    for row in rows:
        first, second, *items = row.split("\t")
        papers, latin = papers + int(first), latin + int(second)
        for item in items:
            zh, _, numbers = item.rpartition(":")
            n, _, weight = numbers.partition("*")
            both[zh] = both.get(zh, 0) + int(n)
            weights[zh] = weights.get(zh, 0) + (int(weight) if weight else _WEIGHT * int(n))
    order = sorted(both, key=lambda zh: (-weights[zh], zh))
    return "\t".join([str(papers), str(latin), *(f"{zh}:{both[zh]}*{weights[zh]}" for zh in order)])


def _hash(pack: Knowledge) -> str:
    return pack.signature.rpartition(" ")[2]
