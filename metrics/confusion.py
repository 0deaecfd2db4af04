"""T006: two terms that a sentence tells apart, and one rendering for both."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set

from ..corpora import Pair
from .field_terms import FIELD
from .findings import Draft
from .folding import fold
from .messages import say
from .occurrences import Occurrence
from .phrases import OWN


def check_confusion(occurrences: Iterable[Occurrence], given: Set[str] = frozenset()) -> Iterator[tuple[Pair, Draft]]:
    """A note for each term of the termbase that shares its rendering with another term of the same pair.

    Both renderings are approved, or another rule would speak: so it is a note, at the term that has a better name.
    Terms that hold each other (latent, latent space) or have one preferred rendering are no two terms. Where the better
    name stands in the sentence too, the two are told apart, and it is the place that is wrong. Of the terms
    `given` in the user's own termbase nothing is said: somebody approved the rendering knowingly.
    """
    groups: defaultdict[tuple[str, str], list[Occurrence]] = defaultdict(list)
    for o in occurrences:
        if o.status in ("preferred", "admitted") and o.zh and o.term.domain not in (FIELD, OWN):
            groups[o.pair.id, fold(o.zh).text].append(o)
    for group in groups.values():
        said: set[str] = set()
        for o in group:
            other = next((p for p in group if _two(o, p)), None)
            if o.status == "preferred" or o.term.en in given or other is None or o.term.en in said:
                continue
            if fold(o.term.zh).text in fold("".join(o.pair.zh)).text:
                continue
            said.add(o.term.en)
            message = say("T006.both", one=o.term.en, other=other.term.en, found=o.zh)
            yield o.pair, Draft("T006", "note", 0.5, o.span_en, o.span_zh, o.term.zh, o.zh, message, o.term.en)


def _two(a: Occurrence, b: Occurrence) -> bool:
    """Whether two occurrences are of two terms, each at a place of its own."""
    if a.term.en == b.term.en or a.term.zh == b.term.zh or a.term.en in b.term.en or b.term.en in a.term.en:
        return False
    forms = {form.casefold() for o in (a, b) for form in o.term.also}
    if a.term.en.casefold() in forms or b.term.en.casefold() in forms or a.zh.isascii():
        return False  # a term and its acronym
    return a.pair.id == b.pair.id and a.span_zh != b.span_zh
