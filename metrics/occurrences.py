"""What became of each term in each pair: the one place where terms meet their renderings."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from ..align.spans import Located, SpanLocator
from ..align.words import words_zh
from ..corpora import Pair, Span
from ..corpora.knowledge import Knowledge
from ..corpora.termbase import Term
from .field_terms import FIELD
from .folding import Folded, fold
from .phrases import OWN
from .rendering import Status
from .term_index import Match, TermIndex

_LOCATED = 0.5  # confidence from which a located span is taken for the rendering
_SHARE, _PAPERS = 0.04, 4  # a rendering that so many of the field's papers use for the term is one


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One term in one pair with its rendering; spans are in the joined sentences of the pair.

    `span_zh` is None and `zh` "" where nothing was found. `similarity` is the encoder's for a located rendering,
    1 for one found by its text. `why` says why a forbidden rendering is wrong.
    """

    pair: Pair
    term: Term
    status: Status
    span_en: Span
    span_zh: Span | None
    zh: str
    similarity: float
    why: str = ""


class OccurrenceFinder:
    """Finds the occurrences of a termbase's terms in pairs; the encoder is asked only where text settles nothing."""

    def __init__(self, terms: Iterable[Term], knowledge: Knowledge, locator: Callable[[str, str], SpanLocator]) -> None:
        """`locator` makes the span locator of an English and a Chinese text."""
        self._index = TermIndex(terms)
        self._knowledge = knowledge
        self._locator = locator

    def find(self, pair: Pair, en: str, zh: str, own: TermIndex | None = None) -> Iterator[Occurrence]:
        """One occurrence for each place of a term in the English side of a pair that has both sides.

        `own` holds terms of this record only; they give way to the termbase's where they overlap, not to the field's.
        """
        if not en or not zh:
            return
        folded = fold(zh)
        groups: defaultdict[str, list[Match]] = defaultdict(list)
        matches = self._index.matches(en)
        if own is not None:
            firm = [m.span for m in matches if m.term.domain != FIELD]
            matches += [m for m in own.matches(en) if not any(_overlap(m.span, span) for span in firm)]
        for match in matches:
            groups[f"{match.term.domain == OWN} {match.term.en}"].append(match)
        taken: list[tuple[Span, Span]] = []  # English and Chinese spans of what the text settles
        open_groups: list[list[Match]] = []
        for group in groups.values():
            settled = list(_by_text(pair, zh, folded, group))
            taken += [(o.span_en, o.span_zh) for o in settled if o.span_zh is not None]
            yield from settled
            if not settled:
                open_groups.append(group)
        if not open_groups:
            return
        locator = self._locator(en, zh)
        for group in open_groups:
            # One Chinese span serves one source span; a term inside this one takes nothing away from it.
            others = [there for here, there in taken if not _overlap(here, group[0].span)]
            first = self._located(pair, zh, group[0], locator.locate(group[0].span, others))
            yield first
            # What the term became once it became again, wherever the same string stands.
            again = folded.find_all(fold(first.zh).text) if first.span_zh else []
            spans = [first.span_zh, *(span for span in again if span != first.span_zh)]
            for match, span in zip(group[1:], spans[1:], strict=False):
                yield replace(first, span_en=match.span, span_zh=span)

    def _located(self, pair: Pair, zh: str, match: Match, hits: list[Located]) -> Occurrence:
        """The occurrence of a term of which no known rendering stands in the Chinese."""
        if scattered(match.term.zh, zh):
            return Occurrence(pair, match.term, "absent", match.span, None, "", 0.0)
        use = self._knowledge.use(match.term.en.lower())
        for hit in hits:
            text = zh[slice(*hit.span)]
            if hit.confidence < _LOCATED:
                continue
            # A part of the preferred rendering stands in the same papers, and renders a part of the term.
            common = use.renderings.get(text, 0) if use and text not in match.term.zh else 0
            if use and common >= max(_PAPERS, _SHARE * use.papers):
                return Occurrence(pair, match.term, "admitted", match.span, hit.span, text, hit.similarity)
        # A part of the preferred rendering (空间 of 潜在空间) says nothing yet: what stands beside it does.
        best = next((hit for hit in hits if zh[slice(*hit.span)] not in match.term.zh), None)
        if best is not None and best.confidence >= _LOCATED:
            text = zh[slice(*best.span)]
            return Occurrence(pair, match.term, "unlisted", match.span, best.span, text, best.similarity)
        return Occurrence(pair, match.term, "absent", match.span, None, "", hits[0].similarity if hits else 0.0)


def scattered(rendering: str, zh: str) -> bool:
    """Whether a rendering of several words stands in a text in pieces: 人类水平 in 达到人类玩家的水平.

    >>> scattered("人类水平", "达到人类玩家的水平"), scattered("策略蒸馏", "策略提炼")
    (True, False)
    """
    words = [rendering[a:b] for a, b in words_zh(rendering)]
    return len(words) > 1 and all(len(word) > 1 and word in zh for word in words)


def _by_text(pair: Pair, zh: str, folded: Folded, group: list[Match]) -> Iterator[Occurrence]:
    """Occurrences of one term that the text settles: approved, kept in Latin letters, or forbidden."""
    term = group[0].term
    places = _places(term, folded)
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


def _places(term: Term, folded: Folded) -> list[tuple[Span, Status, str]]:
    """Places of the term's renderings, approved, forbidden and Latin, in order; longer ones hide their parts.

    So 代理商, forbidden, is not taken for 代理, approved, nor 波束搜索 for 束搜索.
    """
    latin = [form + plural for form in (term.en, *term.also) for plural in ("", "s")]
    needles: list[tuple[str, Status, str]] = [(fold(term.zh).text, "preferred", "")]
    for text in term.admitted:
        needles.append((fold(text).text, "admitted", ""))
    for text in latin:
        needles.append((fold(text).text, "latin", ""))
    for forbidden in term.forbidden:
        needles.append((fold(forbidden.zh).text, "forbidden", forbidden.why))
    found: list[tuple[Span, Status, str]] = []
    for needle, status, why in sorted(needles, key=lambda item: -len(item[0])):  # stable: approved before forbidden
        for span in folded.find_all(needle) if needle else ():
            if not any(_overlap(span, other) for other, _, _ in found):
                found.append((span, status, why))
    return sorted(found)


def _overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]
