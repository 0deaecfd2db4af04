"""What became of each term in each pair: the one place where terms meet their renderings."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

from ..align.spans import Located, Locator, locate_all
from ..align.words import words_zh
from ..corpora import Pair, Span
from ..corpora.knowledge import Knowledge
from ..corpora.term import Term
from .folding import Folded, fold
from .phrases import OWN
from .rendering import Status
from .term_index import Match, TermIndex
from .traditional import simplified

_LOCATED = 0.5  # confidence from which a located span is taken for the rendering
_SHARE, _PAPERS = 0.04, 4  # a rendering that so many of the field's papers use for the term is one


Locators = Callable[[Sequence[tuple[str, str]]], Sequence[Locator]]
"""Makes the locators of English and Chinese texts, in order."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One term in one pair with its rendering; spans are in the joined sentences of the pair.

    `span_zh` is None and `zh` "" where nothing was found. `similarity` is the encoder's for a located rendering,
    1 for one found by its text; `confidence` how surely the rendering stands there, 0..1. `why` says why a
    forbidden rendering is wrong.
    """

    pair: Pair
    term: Term
    status: Status
    span_en: Span
    span_zh: Span | None
    zh: str
    similarity: float
    why: str = ""
    confidence: float = 1.0


def sides(pair: Pair) -> tuple[str, str]:
    """The English and the Chinese of a pair, each joined to one text: what the spans of checks count in."""
    return " ".join(pair.en), "".join(pair.zh)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A pair with terms of which no known rendering stands in the Chinese, and what the text did settle."""

    pair: Pair
    en: str
    zh: str
    folded: Folded
    groups: list[list[Match]]
    taken: list[tuple[Span, Span]]  # English and Chinese spans


class OccurrenceFinder:
    """Finds the occurrences of terms in pairs; the encoder is asked only where text settles nothing."""

    def __init__(
        self,
        termbase: Iterable[Term],
        field: Iterable[Term],
        knowledge: Knowledge,
        given: Set[str] = frozenset(),
    ) -> None:
        """`field` are the terms of a field that the termbase does not list. Of the terms `given` in the user's own
        termbase it does not matter what the field writes.
        """
        self._given = given
        self._listed = TermIndex(termbase)
        self._field = TermIndex(field)
        self._knowledge = knowledge

    def settle(
        self, pairs: Iterable[Pair], own: TermIndex | None = None, mainland: Mapping[str, str] = MappingProxyType({})
    ) -> tuple[list[Occurrence], list[Waiting]]:
        """What the text settles of the terms in the English of one record's pairs that have both sides, an occurrence
        a place; and the pairs whose other terms have to be located.

        `own` holds terms of this record only; they give way to the termbase's where they overlap, not to the field's.
        `mainland` holds, by pair, the Chinese in the mainland's words: what that approves is approved.
        """
        found: list[Occurrence] = []
        waiting: list[Waiting] = []
        for pair in pairs:
            en, zh = sides(pair)
            if not en or not zh:
                continue
            folded = fold(zh)
            still: list[list[Match]] = []
            taken: list[tuple[Span, Span]] = []
            named: set[Span] = set()
            for group in self._groups(en, own):
                if group[0].term.domain == OWN and all(match.span in named for match in group):
                    continue  # the field has a name for it, and the text writes that
                settled = list(_by_text(pair, zh, folded, group, pair.id in mainland))
                named.update(o.span_en for o in settled if o.status == "preferred")
                taken += [(o.span_en, o.span_zh) for o in settled if o.span_zh is not None]
                found += settled
                if not settled:
                    still.append(group)
            if still and pair.id in mainland:
                other = fold(mainland[pair.id])
                still = [group for group in still if not any(other.find(fold(zh).text) for zh in _approved(group))]
            if still:
                waiting.append(Waiting(pair, en, zh, folded, still, taken))
        return found, waiting

    def _groups(self, en: str, own: TermIndex | None) -> list[list[Match]]:
        """The places of each term in a text. Inside a term of the termbase no term of the field counts."""
        listed = self._listed.matches(en)
        matches = listed + [
            m for m in self._field.matches(en) if not any(_within(m.span, other.span) for other in listed)
        ]
        if own is not None:
            matches += [m for m in own.matches(en) if not any(_overlap(m.span, other.span) for other in listed)]
        groups: defaultdict[tuple[bool, str], list[Match]] = defaultdict(list)
        for match in matches:
            groups[match.term.domain == OWN, match.term.en].append(match)
        return list(groups.values())

    def locate(self, waiting: Sequence[tuple[Waiting, Locator]]) -> Iterator[Occurrence]:
        """One occurrence for each place of the terms that wait, each pair with its locator."""
        requests: list[tuple[Locator, Span, list[Span]]] = []
        for work, locator in waiting:
            for group in work.groups:
                # One Chinese span serves one source span; a term inside this one takes nothing away from it.
                others = [there for here, there in work.taken if not _overlap(here, group[0].span)]
                requests.append((locator, group[0].span, others))
        hits = iter(locate_all(requests))
        for work, _ in waiting:
            for group in work.groups:
                first = self._located(work.pair, work.zh, group[0], next(hits))
                yield first
                # What the term became once it became again, wherever the same string stands.
                again = work.folded.find_all(fold(first.zh).text) if first.span_zh else []
                spans = [first.span_zh, *(span for span in again if span != first.span_zh)]
                for match, span in zip(group[1:], spans[1:], strict=False):
                    yield replace(first, span_en=match.span, span_zh=span)

    def _located(self, pair: Pair, zh: str, match: Match, hits: list[Located]) -> Occurrence:
        """The occurrence of a term of which no known rendering stands in the Chinese."""
        nothing = Occurrence(pair, match.term, "absent", match.span, None, "", 0.0, confidence=0.0)
        if scattered(match.term.zh, zh):
            return nothing
        use = None if match.term.en in self._given else self._knowledge.use(match.term.en.lower())
        for hit in hits:
            text = zh[slice(*hit.span)]
            if hit.confidence < _LOCATED:
                continue
            # A part of the preferred rendering stands in the same papers, and renders a part of the term.
            common = use.renderings.get(text, 0) if use and text not in match.term.zh else 0
            if use and common >= max(_PAPERS, _SHARE * use.papers):
                return _found(pair, match, hit, zh, "admitted")
        # A part of the preferred rendering (空间 of 潜在空间) says nothing yet: what stands beside it does.
        best = next((hit for hit in hits if zh[slice(*hit.span)] not in match.term.zh), None)
        if best is not None and best.confidence >= _LOCATED:
            return _found(pair, match, best, zh, "unlisted")
        return replace(nothing, similarity=hits[0].similarity if hits else 0.0)


def _approved(group: list[Match]) -> tuple[str, ...]:
    return tuple(zh for zh in group[0].term.approved if zh)


def _found(pair: Pair, match: Match, hit: Located, zh: str, status: Status) -> Occurrence:
    return Occurrence(
        pair, match.term, status, match.span, hit.span, zh[slice(*hit.span)], hit.similarity, confidence=hit.confidence
    )


def scattered(rendering: str, zh: str) -> bool:
    """Whether a rendering of several words stands in a text in pieces: 人类水平 in 达到人类玩家的水平.

    >>> scattered("人类水平", "达到人类玩家的水平"), scattered("策略蒸馏", "策略提炼")
    (True, False)
    """
    words = [rendering[a:b] for a, b in words_zh(rendering)]
    return len(words) > 1 and all(len(word) > 1 and word in zh for word in words)


def _by_text(pair: Pair, zh: str, folded: Folded, group: list[Match], traditional: bool) -> Iterator[Occurrence]:
    """Occurrences of one term that the text settles: approved, kept in Latin letters, or forbidden."""
    term = group[0].term
    places = _places(term, folded, traditional)
    good: list[tuple[Span, Status]] = [(span, status) for span, status, _ in places if status != "forbidden"]
    wrong = [(span, why) for span, status, why in places if status == "forbidden"]
    # With as many approved renderings as occurrences the forbidden string means something else.
    wrong = wrong[: max(0, len(group) - len(good))] if good else wrong[: len(group)]
    why = dict(wrong)
    chosen: list[tuple[Span, Status]] = [(span, "forbidden") for span in why]
    chosen = sorted(chosen + good[: len(group) - len(wrong)])  # the first occurrence takes the first place
    for k, match in enumerate(group):
        if k < len(chosen) or good:
            span, status = chosen[k] if k < len(chosen) else good[-1]
            yield Occurrence(pair, term, status, match.span, span, zh[slice(*span)], 1.0, why.get(span, ""))


def _places(term: Term, folded: Folded, traditional: bool) -> list[tuple[Span, Status, str]]:
    """Places of the term's renderings, approved, forbidden and Latin, in order; longer ones hide their parts.

    So 代理商, forbidden, is not taken for 代理, approved, nor 波束搜索 for 束搜索. Where one of Taiwan is forbidden,
    the script of the text decides.
    """
    latin = [form + plural for form in (term.en, *term.also) for plural in ("", "s")]
    # The text is seen in simplified characters, whatever the termbase is written in.
    needles: list[tuple[str, Status, str]] = [(_in_simplified(term.zh), "preferred", "")]
    for text in term.admitted:
        needles.append((_in_simplified(text), "admitted", ""))
    barred = {_in_simplified(forbidden.zh) for forbidden in term.forbidden}
    taiwan = {_in_simplified(text) for text in term.taiwan}
    for text in sorted(taiwan if traditional else taiwan - barred):
        needles.append((text, "admitted", ""))
    for text in latin:
        if fold(text).text not in barred:  # a name that somebody wants translated
            needles.append((fold(text).text, "latin", ""))
    for forbidden in term.forbidden:
        text = _in_simplified(forbidden.zh)
        if not traditional or text not in taiwan:
            needles.append((text, "forbidden", forbidden.why))
    found: list[tuple[Span, Status, str]] = []
    for needle, status, why in sorted(needles, key=lambda item: -len(item[0])):  # stable: approved before forbidden
        for span in folded.find_all(needle) if needle else ():
            if not any(_overlap(span, other) for other, _, _ in found):
                found.append((span, status, why))
    return sorted(found)


@lru_cache(maxsize=1 << 16)
def _in_simplified(rendering: str) -> str:
    return fold(simplified(rendering)).text


def _overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _within(a: Span, b: Span) -> bool:
    return b[0] <= a[0] and a[1] <= b[1]
