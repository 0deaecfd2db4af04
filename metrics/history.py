"""T003 over time: a term that these texts render otherwise than earlier work of the same people did.

What earlier work called each term stands in the glossary.jsonl of its runs.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from ..align.words import count_zh, words_zh
from ..corpora import InputError, Pair, Span, Term
from ..corpora.script import HAN
from .consistency import same_rendering
from .field_terms import FIELD
from .findings import Draft, Severity
from .folding import fold
from .messages import say
from .occurrences import Occurrence, scattered, sides
from .phrases import OWN
from .rendering_clusters import cluster_key
from .term_index import TermIndex
from .term_runs import Words, words_of
from .traditional import simplified

_PLACES, _SHARE, _RECORDS = 3, 0.6, 2  # from which earlier texts have one rendering for a term
_CLEAR, _CLEAR_SHARE, _CLEAR_RECORDS = 8, 0.8, 4  # from which another one is worth a warning
_EVERYDAY = 2000  # occurrences in jieba's corpus from which a word is one of every sphere
_LOCATED = 0.85  # confidence from which a located rendering witnesses
_OTHERS = frozenset(("T001", "T002", "T003", "T004", "T005", "N003"))  # rules that judge a rendering
_APPROVED = ("preferred", "admitted")


class Rendered(NamedTuple):
    """A rendering in earlier texts: its places, those of them where nothing called it wrong, and their records."""

    zh: str
    places: int
    sound: int
    records: int


class Custom(NamedTuple):
    """What earlier texts call a term: `zh` at `places` of the `total` places where anything was found for it."""

    zh: str
    places: int
    total: int
    records: int


@dataclass(frozen=True, slots=True)
class History:
    """What earlier texts called each term, by its folded words and by the folded rendering.

    `phrases` are the terms of several words among them that a text may be searched for, as they were written.
    `signature` names and hashes the files.
    """

    renderings: Mapping[Words, Mapping[str, Rendered]]
    phrases: Mapping[Words, str]
    signature: str

    def custom(self, term: str) -> Custom | None:
        """The one rendering that earlier texts have for a term: 3 places of 2 records or more, six in ten of all.

        >>> history = History({("otter",): {"水獭": Rendered("水獭", 4, 4, 2)}}, {}, "river.jsonl")
        >>> history.custom("Otters")
        Custom(zh='水獭', places=4, total=4, records=2)
        """
        found = self.renderings.get(words_of(term), {}).values()
        first = max(found, key=lambda r: (r.sound, r.records, r.zh), default=None)
        if first is None or not first.sound:
            return None
        same = [r for r in found if r.sound and same_rendering(r.zh, first.zh)]
        custom = Custom(
            first.zh, sum(r.sound for r in same), sum(r.places for r in found), max(r.records for r in same)
        )
        clear = custom.places >= max(_PLACES, _SHARE * custom.total) and custom.records >= _RECORDS
        return custom if clear else None

    def index(self) -> TermIndex | None:
        """The phrases with one clear rendering, to search texts for that no termbase lists; None for none."""
        clear = [phrase for phrase in self.phrases.values() if self.custom(phrase)]
        return TermIndex(Term(phrase, "", domain=OWN) for phrase in clear) if clear else None


EMPTY = History({}, {}, "")


def phrases_in(pairs: Iterable[Pair], index: TermIndex | None) -> list[Term]:
    """The terms of an index that stand in the English of a record's pairs, each once."""
    found = (match.term for pair in pairs for match in index.matches(sides(pair)[0])) if index else ()
    return list({term.en: term for term in found}.values())


def add_up(histories: Sequence[History]) -> History:
    """The histories as one, their places added up; EMPTY for none. Raises InputError for one file named twice.

    >>> add_up([]) is EMPTY
    True
    """
    if len(histories) < 2:
        return histories[0] if histories else EMPTY
    names: dict[str, str] = {}
    renderings: dict[Words, dict[str, Rendered]] = {}
    phrases: dict[Words, str] = {}
    for history in histories:
        name, _, sha256 = history.signature.rpartition(" ")
        if sha256 in names:
            raise InputError(name, f"the same lines as {names[sha256]}", "each history once")
        names[sha256] = name
        phrases = {**history.phrases, **phrases}
        for words, found in history.renderings.items():
            add_places(renderings.setdefault(words, {}), found.values())
    return History(renderings, phrases, "; ".join(history.signature for history in histories))


def add_places(known: dict[str, Rendered], found: Iterable[Rendered]) -> None:
    """Add the places of renderings to those known of the same term; the form with the most places is shown."""
    for r in found:
        key = cluster_key(r.zh)
        old = known.get(key, Rendered(r.zh, 0, 0, 0))
        shown = old.zh if old.places >= r.places else r.zh
        known[key] = Rendered(shown, old.places + r.places, old.sound + r.sound, old.records + r.records)


def check_history(
    occurrences: Iterable[Occurrence],
    history: History,
    given: Set[str] = frozenset(),
    said: Iterable[tuple[Pair, Draft]] = (),
) -> Iterator[tuple[Pair, Draft]]:
    """T003 for a rendering that is not what earlier texts clearly call the term, once a record.

    A warning where they do so at 8 places of 4 records or more, eight in ten, and a note where the termbase approves
    of the rendering here. Below that a note, unless something approves of the rendering here, or the termbase not of
    theirs. Nothing for the rendering that the user's own termbase prefers (`given` are its terms), where the earlier
    one stands in the sentence too or is forbidden, for one word that no termbase lists in a word of every day, and for
    a place that is judged in what was `said` before.
    """
    judged: defaultdict[str, list[Span]] = defaultdict(list)
    for pair, draft in said:
        if draft.rule in _OTHERS and draft.span_zh:
            judged[pair.id].append(draft.span_zh)
    groups: defaultdict[tuple[str, Words, str], list[Occurrence]] = defaultdict(list)
    known: dict[str, tuple[Words, Custom | None]] = {}
    for o in occurrences:
        if o.term.en not in known:
            known[o.term.en] = words_of(o.term.en), history.custom(o.term.en)
        words, custom = known[o.term.en]
        if custom and o.span_zh and HAN.search(o.zh):
            groups[o.pair.record, words, cluster_key(o.zh)].append(o)
    for group in groups.values():
        first, (_, custom) = next(filter(_witnesses, group), None), known[group[0].term.en]
        if first is None or custom is None:
            continue
        if any(o.span_zh and _meets(o.span_zh, judged[o.pair.id]) for o in group):
            continue
        if not _may_stand(first, custom, given) and not any(_stands(custom.zh, o) for o in group):
            severity = _severity(first, custom)
            if severity:
                yield first.pair, _draft(first, custom, severity)


def _witnesses(o: Occurrence) -> bool:
    """Whether an occurrence says what its term became: of the field's renderings only the first, or a sure place."""
    if o.status == "unlisted":
        return o.confidence >= _LOCATED
    return o.term.domain != FIELD or o.status == "preferred"


def _may_stand(o: Occurrence, custom: Custom, given: Set[str]) -> bool:
    if same_rendering(simplified(o.zh), simplified(custom.zh)) or (o.term.en in given and o.status == "preferred"):
        return True
    if any(cluster_key(forbidden.zh) == cluster_key(custom.zh) for forbidden in o.term.forbidden):
        return True
    here, wanted = cluster_key(o.zh), cluster_key(custom.zh)
    if len(wanted) > 3 and (wanted[:-1] in here or wanted[1:] in here):
        return True  # 高计算复杂, 计算复杂性
    if len(words_of(o.term.en)) > 1:
        return False
    if any(wanted[k : k + 2] in here for k in range(len(wanted) - 1)):
        return True  # half of one word's rendering, with a neighbour's word, is a slip of the locator
    # description is 描述 and 说明: of a word that is no term both are right.
    return not _is_listed(o) and all(count_zh(o.zh[a:b]) >= _EVERYDAY for a, b in words_zh(o.zh))


def _is_listed(o: Occurrence) -> bool:
    """Whether the term is the termbase's: what the field's counts approve, or the text itself, is no approval."""
    return o.term.domain not in (FIELD, OWN)


def _stands(earlier: str, o: Occurrence) -> bool:
    """Whether the earlier rendering stands in the sentence, whole or in pieces: then the place is in doubt."""
    zh, wanted = simplified(sides(o.pair)[1]), simplified(earlier)
    return fold(zh).find(fold(wanted).text) is not None or scattered(wanted, zh)


def _meets(span: Span, others: Iterable[Span]) -> bool:
    return any(span[0] < end and begin < span[1] for begin, end in others)


def _severity(o: Occurrence, custom: Custom) -> Severity | None:
    clear = custom.places >= max(_CLEAR, _CLEAR_SHARE * custom.total) and custom.records >= _CLEAR_RECORDS
    if not _is_listed(o):
        # What the field writes first is a good name too: only a firm custom is worth a word.
        return "warning" if clear else None if o.status in _APPROVED else "note"
    if not clear and (o.status in _APPROVED or cluster_key(custom.zh) not in map(cluster_key, o.term.approved)):
        return None
    return "warning" if clear and o.status not in _APPROVED else "note"


def _draft(o: Occurrence, custom: Custom, severity: Severity) -> Draft:
    name = sides(o.pair)[0][slice(*o.span_en)]
    message = say("T003.history", name=name, here=o.zh, there=custom.zh, n=custom.places, total=custom.total)
    sure = 0.8 if severity == "warning" else 0.6
    return Draft("T003", severity, sure, o.span_en, o.span_zh, custom.zh, o.zh, message, o.term.en)
