"""A corpus and what its audit found to a glossary: every term with its renderings, how often and where."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from ..align.word_links import WordLinks
from ..corpora import Knowledge, Pair, Record, Term, Termbase
from ..corpora.knowledge import EMPTY
from .chosen_terms import (
    CONSISTENCY,
    Chosen,
    Names,
    choose_terms,
    listed_runs,
    new_term,
    of_renderings,
    place_of,
    proposals_of,
)
from .corpus_counts import introduced
from .entry_draft import TEXT, Begin, Cluster, EntryDraft, Waiting
from .findings import Finding
from .folding import fold
from .occurrences import Occurrence, sides
from .part_glossary import Drafts, entries
from .rendering import Entry, Example, Status
from .rendering_clusters import cluster_key
from .term_places import PlaceFinder, Places
from .unpaired import around, by_term, chinese_of, places_of, unpaired

_SHOWN = 0.4  # confidence from which a located rendering is shown
_BESIDE = 0.5  # confidence of a known rendering that stands anywhere in the record's Chinese
_LINKED = 0.55  # confidence from which links find a rendering in Chinese that is no translation
_PAIRS, _UNPAIRED, _FINDINGS, _ALONE = range(4)  # in this order places are counted
_UNLISTED = Termbase((), "")


def build_glossary(
    occurrences: Iterable[Occurrence],
    findings: Iterable[Finding] = (),
    records: Sequence[Record] = (),
    pairs: Sequence[Pair] = (),
    termbase: Termbase = _UNLISTED,
    knowledge: Knowledge = EMPTY,
    links: Callable[[], WordLinks] | None = None,
) -> list[Entry]:
    """One entry a term: mismatches, then the inconsistent, the new and the consistent, those that matter most first.

    Terms are those of the termbase and the candidates of the English (`find_candidates`): which stand twice or more,
    or once in a corpus of under 50 records, or of which a finding speaks. `occurrences` and `findings` are the
    audit's, `links` gives those trained on the corpus: without them only what the audit located has a rendering.

    A term is a *mismatch* where a finding says that a rendering is wrong, or where 8 places or more of 4 records, nine
    in ten, agree on one rendering and the field writes a surely placed other one nowhere for this term. *Inconsistent*
    are two renderings that differ by more than words left out, unless the termbase approves both and no record has
    both. Renderings that were placed with less confidence than 0.4 count as not found.

    A corpus too big for one go gets its glossary part by part: `part_glossary`.
    """
    occurrences, findings = list(occurrences), list(findings)
    pairs = pairs or list({o.pair.id: o.pair for o in occurrences}.values())
    names = tuple(name.term for name in introduced(occurrences, {}).values())
    proposals = proposals_of(records, pairs, findings, listed_runs(names, termbase, knowledge))
    chosen = choose_terms(proposals, names, termbase, knowledge)
    drafts = count_part(records, pairs, occurrences, findings, chosen, termbase, knowledge, links)
    return entries(drafts, chosen, termbase, knowledge)


def count_part(
    records: Sequence[Record],
    pairs: Sequence[Pair],
    occurrences: Iterable[Occurrence],
    findings: Iterable[Finding],
    chosen: Chosen,
    termbase: Termbase,
    knowledge: Knowledge,
    links: Callable[[], WordLinks] | None = None,
) -> Drafts:
    """What the chosen terms and those of the termbase became in one part of a corpus, by their English.

    `occurrences` and `findings` are the audit's of the part, in order; `links` gives those trained on the corpus:
    without them only what the audit located has a rendering.
    """
    findings = of_renderings(findings)
    names = chosen.names(termbase)
    flagged = {(f.pair, fold(f.term).text, fold(f.zh).text) for f in findings if f.pair}
    finder = PlaceFinder(names.listed.values(), map(new_term, chosen.proposed), knowledge, links, flagged)
    part = _Part(names)
    for places in finder.find(pairs, occurrences).values():
        _add_places(part, places, pairs)
    _add_unpaired(part, records, pairs, finder)
    _add_findings(part, findings)
    _add_chinese_only(part, records, chosen.spoken, finder)
    return part.finished()


class _Part:
    """The drafts of one part while its places are counted."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.drafts: Drafts = {}
        self._records: defaultdict[str, dict[str, set[str]]] = defaultdict(
            dict
        )  # by term, then by what it was counted as

    def of(self, term: Term, begun: Begin = TEXT) -> EntryDraft:
        """The draft of a term, begun where there is none."""
        draft = self.drafts.get(term.en)
        if draft is None:
            draft = self.drafts[term.en] = EntryDraft(term, term.en in self.names.listed)
        draft.begin(begun)
        return draft

    def begun(self, term: Term | None) -> bool:
        """Whether a term has an entry so far."""
        draft = self.drafts.get(term.en) if term else None
        return draft is not None and draft.begun is not None

    def add(
        self,
        to: tuple[EntryDraft, Cluster, str],
        zh: str,
        record: str,
        place: str,
        confidence: float,
        status: Status,
        example: Example,
        phase: int,
    ) -> None:
        """Count a place of a term, in the cluster of its rendering that is so called; `zh` is "" for nothing found."""
        draft, cluster, name = to
        cluster.add(zh, place, confidence, status, example)
        records = self._records[draft.term.en].setdefault(name, set())
        if record not in records:
            records.add(record)
            cluster.records += 1
            cluster.show(confidence, phase, example)

    def in_text(self, draft: EntryDraft, zh: str) -> tuple[EntryDraft, Cluster, str]:
        """Where to count a rendering that stands in a text."""
        key = cluster_key(zh)
        return draft, draft.clusters.setdefault(key, Cluster()), f"text {key}"

    def finished(self) -> Drafts:
        """The drafts, with what is to be known of their records."""
        for en, draft in self.drafts.items():
            here = self._records[en]
            counted = set[str]().union(*(records for name, records in here.items() if name.startswith("text ")))
            draft.records = len(counted)
            others: defaultdict[str, list[str]] = defaultdict(list)
            for name, records in here.items():
                for record in records - counted:
                    others[record].append(name)
            draft.elsewhere = Counter(tuple(sorted(names)) for names in others.values())
            draft.together = _together(draft, here)
        return self.drafts


def _together(draft: EntryDraft, records: Mapping[str, set[str]]) -> set[tuple[str, str]]:
    """The renderings that the termbase approves at some place, two and two, where one record has both."""
    found: list[tuple[str, set[str]]] = []
    for name, clusters in (("text", draft.clusters), ("key", draft.beside)):
        for key, cluster in clusters.items():
            if key and cluster.statuses.keys() & {"preferred", "admitted"}:
                found.append((key, records[f"{name} {key}"]))
    found.sort(key=lambda item: item[0])
    return {(a, b) for k, (a, here) in enumerate(found) for b, there in found[k + 1 :] if not here.isdisjoint(there)}


def _add_places(part: _Part, places: Places, pairs: Sequence[Pair]) -> None:
    draft = part.of(places.term)
    for place in places.found:
        pair = pairs[place.pair]
        en, zh = sides(pair)
        span = place.span_zh if place.settled or place.confidence >= _SHOWN else None
        status: Status = place.status if span else "absent"
        example = Example(pair.id, en, zh, place.span_en, span)
        text = zh[slice(*span)] if span else ""
        sure = place.confidence if span else 0.0
        part.add(part.in_text(draft, text), text, pair.record, pair.id, sure, status, example, _PAIRS)


def _add_unpaired(part: _Part, records: Sequence[Record], pairs: Sequence[Pair], finder: PlaceFinder) -> None:
    """Count the terms of records that were not aligned; what is known of a term is looked for first."""
    for work in unpaired(records, pairs):
        folded = fold(work.zh)
        for en in work.en:
            linked = finder.linked(en, work.zh)
            for matches in by_term(finder.matches(en)).values():
                term = matches[0].term
                draft = part.of(term)
                forms = {en[slice(*match.span)] for match in matches}
                spans = places_of([*finder.strings(term), *draft.known(), *forms], folded)
                for k, match in enumerate(matches):
                    span, sure = (spans[min(k, len(spans) - 1)], _BESIDE) if spans else (None, 0.0)
                    if linked and not spans:
                        span, sure = linked.locate(match.span) or (None, 0.0)
                        span = span if sure >= _LINKED else None
                    zh = work.zh[slice(*span)] if span else ""
                    shown = around(work.record, en, work.zh, match.span, span)
                    status = finder.status(term, zh) if zh else "absent"
                    to, sure = part.in_text(draft, zh), sure if zh else 0.0
                    part.add(to, zh, work.record, work.record, sure, status, shown, _UNPAIRED)


def _add_findings(part: _Part, findings: Iterable[Finding]) -> None:
    """Flag the renderings that findings speak of; those that stand nowhere yet come with the findings' places."""
    uncounted: defaultdict[tuple[str, str], list[Finding]] = defaultdict(list)
    for f in findings:
        term = part.names.named(f.term)
        if term is None:
            continue  # a mere note: of all others the term was chosen
        if f.severity == "note" and not (term.en in part.names.listed or part.begun(term)):
            draft = part.of(term, None)
            found = Cluster()
            place = draft, found, f"note {f.zh}"
            part.add(place, f.zh, f.record, f.pair or f.record, f.confidence, _told(f), _whole(f), _FINDINGS)
            draft.waiting.append(Waiting(place_of(f), f.zh, f.rule != CONSISTENCY, _wanted(f), found))
            continue
        draft = part.of(term, place_of(f))
        draft.wrong = draft.wrong or f.rule != CONSISTENCY
        draft.expect(place_of(f), _wanted(f))
        known = draft.clusters.get(cluster_key(f.zh))
        if known:
            known.flagged = True
        else:
            uncounted[term.en, f.zh].append(f)
    for (en, zh), group in uncounted.items():
        draft = part.drafts[en]
        to = draft, draft.pending.setdefault(zh, Cluster()), f"zh {zh}"
        for f in {(f.document, f.span_zh): f for f in group}.values():
            part.add(to, zh, f.record, f.pair or f.record, f.confidence, _told(f), _whole(f), _FINDINGS)


def _told(f: Finding) -> Status:
    return "forbidden" if f.rule in ("T002", "N003") else "unlisted"


def _wanted(f: Finding) -> str:
    return f.expected if f.rule != CONSISTENCY else ""


def _whole(f: Finding) -> Example:
    return Example(f.pair or f.record, f.en, f.zh, (0, len(f.en)), (0, len(f.zh)))


def _add_chinese_only(part: _Part, records: Iterable[Record], spoken: Iterable[str], finder: PlaceFinder) -> None:
    """Count the other renderings of the terms that findings speak of in Chinese without English."""
    records = [record for record in records if record.kind in ("zh_only", "commentary")]
    terms = {term.en: term for name in spoken if (term := part.names.named(name))} if records else {}
    waiting: list[tuple[EntryDraft, set[str], list[str]]] = []
    for _, term in sorted(terms.items()):
        draft = part.of(term, None)
        counted = draft.clusters.keys() | set(map(cluster_key, draft.pending))
        strings = [zh for zh in finder.strings(term) if cluster_key(zh) not in counted]
        # What was counted is not counted again, nor its parts.
        waiting.append((draft, {fold(zh).text for zh in strings} - {""}, [*strings, *draft.known()]))
    for record in records:
        text = chinese_of(record)
        folded = fold(text)
        for draft, wanted, strings in waiting:
            if not any(needle in folded.text for needle in wanted):
                continue
            for span in places_of(strings, folded):
                zh = text[slice(*span)]
                if fold(zh).text in wanted:
                    shown, status = around(record.id, "", text, (0, 0), span), finder.status(draft.term, zh)
                    key = cluster_key(zh)
                    to = draft, draft.beside.setdefault(key, Cluster()), f"key {key}"
                    part.add(to, zh, record.id, record.id, _BESIDE, status, shown, _ALONE)
