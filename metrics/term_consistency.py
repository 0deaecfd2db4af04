"""Whether a system calls a term the same all through: the share of each term's majority rendering.

Term consistency as in the WMT terminology tasks of 2023 and 2025 (Semenov and Bojar 2022,
https://aclanthology.org/2022.wmt-1.41), with the renderings that the termbase knows in place of word alignment.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..corpora import Span
from .term_lookup import TermLookup
from .wanted_terms import Place, Wanted

OTHER = ""  # the rendering of an occurrence of which no known one was found


@dataclass(frozen=True, slots=True)
class TermUse:
    """What one term became, over all segments or in one `record`: renderings with counts, the most frequent first.

    They are folded (lower case, no blanks). Each occurrence under "" is a rendering of its own that the
    termbase does not know.
    """

    term: str
    record: str
    renderings: tuple[tuple[str, int], ...]

    @property
    def occurrences(self) -> int:
        """How often the term was rendered."""
        return sum(n for _, n in self.renderings)

    @property
    def majority(self) -> int:
        """How often it became what it became most often."""
        return max((n if rendering != OTHER else min(n, 1) for rendering, n in self.renderings), default=0)


@dataclass(frozen=True, slots=True)
class TermConsistency:
    """Shares of the majority rendering, 0..100: `micro` over all occurrences, `macro` the mean over terms.

    `terms` counts those that occur in two segments or more, with `occurrences`; where it is 0 the shares are 0 and say
    nothing. `uses` are these terms, the least consistent first. `in_records` is the same within records, a term of two
    records counting twice; None where none were given. `settings` belongs into a signature.
    """

    micro: float
    macro: float
    occurrences: int
    terms: int
    settings: str
    uses: tuple[TermUse, ...] = ()
    in_records: "TermConsistency | None" = None


def term_consistency(
    sources: Sequence[str], hypotheses: Sequence[str], terms: TermLookup, records: Sequence[str] | None = None
) -> TermConsistency:
    """How consistently a system renders the terms that the sources have in two segments or more.

    Renderings are those of the termbase, forbidden ones and the term left in Latin letters too; spellings of one are
    one. Where a segment has none of them, the term counts once, as a rendering of its own. Where it has fewer than the
    source has the term, those found count: Chinese repeats less. Acronyms that stay acronyms are left out.

    >>> from ..corpora.term import Term
    >>> lookup = TermLookup([Term("otter", "水獭", ("獭",))], "zh")
    >>> term_consistency(["An otter.", "Otters!", "No otter"], ["一只水獭。", "獭！", "没有水獭"], lookup).micro
    66.66666666666667
    """
    total: defaultdict[tuple[str, str], _Counts] = defaultdict(_Counts)
    inside: defaultdict[tuple[str, str], _Counts] = defaultdict(_Counts)
    texts = terms.texts(hypotheses)
    for k, (segment, text) in enumerate(zip(terms.segments(sources), texts, strict=True)):
        found = segment.find(text)
        claims = Counter(place.span for places in found for place in places)
        for one, places in zip(segment.wanted, found, strict=True):
            renderings = _renderings(one, places, claims)
            if renderings:
                total[one.key, ""].add(renderings)
                if records is not None:
                    inside[one.key, records[k]].add(renderings)
    direction = "en-zh" if terms.target == "zh" else "zh-en"
    settings = f"consistency:{{}}|lang:{direction}|{terms.signature}"
    within = None if records is None else _consistency(inside, settings.format("in-records"))
    return _consistency(total, settings.format("whole"), within)


class _Counts:
    """Renderings of one term, and how many segments of its sources have it."""

    def __init__(self) -> None:
        self.renderings: Counter[str] = Counter()
        self.segments = 0

    def add(self, renderings: Iterable[str]) -> None:
        self.renderings.update(renderings)
        self.segments += 1


def _renderings(one: Wanted, places: Sequence[Place], claims: Mapping[Span, int]) -> list[str]:
    """What the occurrences of a term in one segment became; what may stand for another term too comes last."""
    acronyms = sum(place.status == "acronym" for place in places)
    left = one.times - min(one.short, acronyms)
    found = [place for place in places if place.status != "acronym"]
    found.sort(key=lambda place: (place.status != "approved", claims[place.span]))  # stable: then in the text's order
    return [place.rendering for place in found[:left]] or [OTHER] * min(left, 1)


def _known_first(item: tuple[str, int]) -> tuple[bool, int, str]:
    return item[0] == OTHER, -item[1], item[0]


def _consistency(
    counts: dict[tuple[str, str], _Counts], settings: str, within: TermConsistency | None = None
) -> TermConsistency:
    uses = [
        TermUse(term, record, tuple(sorted(one.renderings.items(), key=_known_first)))
        for (term, record), one in counts.items()
        if one.segments > 1
    ]
    uses.sort(key=lambda use: (use.majority / use.occurrences, -use.occurrences, use.term, use.record))
    occurrences, majority = sum(use.occurrences for use in uses), sum(use.majority for use in uses)
    micro = 100 * majority / occurrences if occurrences else 0.0
    macro = 100 * sum(use.majority / use.occurrences for use in uses) / len(uses) if uses else 0.0
    return TermConsistency(micro, macro, occurrences, len(uses), settings, tuple(uses), within)
