"""The glossary of a corpus too big for one go: what its parts counted (`glossary.count_part`) to its entries.

    known = listed_runs(introduced_by(counts), termbase, knowledge)         # counts: merged ones of part_audit
    proposals = merged_proposals((proposals_of(…, known) for part in parts), known)
    chosen = choose_terms(proposals, introduced_by(counts), termbase, knowledge)
    drafts, let_go = merged_drafts(count_part(…, chosen, termbase, knowledge, links) for part in parts)
    glossary = entries(drafts, chosen, termbase, knowledge)

An entry does not depend on how the corpus is cut but in this: the places of a term that nothing settles are read
together in one part (`term_renderings.agree`), and in each part links are asked for at most 40 of them; in records
without pairs, and in Chinese without English, what is known of a term is what its part knows. Of a rendering that
stands in several parts some 100 places are named, though all are counted.
"""

from collections.abc import Iterable

from ..corpora import Knowledge, Termbase
from .chosen_terms import DOUBTFUL, Chosen, Forms, Names
from .entry_draft import EntryDraft
from .rendering import SECTIONS, Entry
from .term_places import written_of
from .term_runs import words_of

_CLUSTERS = 40_000  # renderings of all terms, kept while parts are added up

Drafts = dict[str, EntryDraft]  # by the English of the term, exactly: LoRA is not LoRA+


def merged_drafts(parts: Iterable[Drafts]) -> tuple[Drafts, int]:
    """The drafts of all parts, added up in order, and how many renderings were let go; no part is changed.

    Over 40,000 renderings, those that stand rarely and of which nothing is said are let go, down to half as many.
    """
    whole: Drafts = {}
    gone = 0
    for part in parts:
        for en, draft in part.items():
            whole.setdefault(en, EntryDraft(draft.term, draft.listed)).merge(draft)
        gone += thinned(whole, _CLUSTERS)
    return whole, gone


def thinned(drafts: Drafts, most: int) -> int:
    """How many renderings were taken out, so that of more than `most` half are left or those something is said of."""
    sizes = [c.count for draft in drafts.values() for c in draft.clusters.values()]
    if len(sizes) <= most:
        return 0
    floor = sorted(sizes, reverse=True)[most // 2]
    before = len(sizes)
    for draft in drafts.values():
        best = max((c.count for key, c in draft.clusters.items() if key), default=0)
        draft.clusters = {
            key: c
            for key, c in draft.clusters.items()
            if c.count > floor or c.flagged or not key or c.count == best or c.statuses.keys() - {"unlisted"}
        }
    return before - sum(len(draft.clusters) for draft in drafts.values())


def entries(drafts: Drafts, chosen: Chosen, termbase: Termbase, knowledge: Knowledge) -> list[Entry]:
    """One entry a term, as `build_glossary` gives them, of the merged drafts of all parts."""
    names = chosen.names(termbase)
    made = []
    for en, draft in drafts.items():
        if draft.begun is not None:
            whole = draft.finished()
            made.append(whole.entry(*_of_english(chosen, whole, names), written_of(en, knowledge)))
    order = {section: k for k, section in enumerate(SECTIONS)}
    return sorted(made, key=lambda e: (order[e.section], -e.count * e.records, e.term.casefold(), e.term))


def _of_english(chosen: Chosen, draft: EntryDraft, names: Names) -> tuple[float, Forms]:
    """Termhood and spellings, also of a term that stands in no English of the corpus."""
    words = words_of(draft.term.en)
    if words not in chosen.english:
        return (1.0 if draft.listed else DOUBTFUL), ()
    termhood, forms = chosen.english[words]
    # Candidates are counted by words: of several terms with the same ones each has the spellings of its places.
    return termhood, forms if len(names.alike(words)) == 1 else ()
