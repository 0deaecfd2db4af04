"""The fingerprints that findings get once the entry of their term is another one: what was let stand has to stay so."""

from collections.abc import Iterable, Iterator

from duizhao.corpora import Term
from duizhao.decisions import Decision
from duizhao.metrics.findings import fingerprint
from duizhao.metrics.folding import fold
from duizhao.metrics.term_index import TermIndex
from duizhao.metrics.traditional import is_traditional, simplified, traditional

_OF_RENDERINGS = ("T001", "T002", "T004", "N003")  # rules whose findings name what the entry prefers
_LONGEST = 16  # characters of a rendering that is looked for
_FAR = 2_000  # characters of a sentence in which it is
_FORMS = 8  # ways of writing one term in one sentence that are tried: token, tokens


class ChangedTerms:
    """Entries as they were and as they are."""

    def __init__(self, pairs: Iterable[tuple[Term, Term]]) -> None:
        """Keep those pairs of old and new entry that differ."""
        self._changed = {made.en: (before, made) for before, made in pairs if before != made}
        self._index = TermIndex(made for _, made in self._changed.values())

    def marked_anew(self, decision: Decision) -> Iterator[tuple[str, str]]:
        """Fingerprint and rule of the finding that a decision is about, in the audits to come; nothing where they stay.

        A fingerprint is made of the two texts that a finding is about and of what it wants. A row has the sentences
        around them: the texts are those in it from which the fingerprint comes out.
        """
        if decision.rule not in _OF_RENDERINGS or not self._changed:
            return
        meant: dict[str, dict[str, str]] = {}
        for match in self._index.matches(decision.en):
            form = decision.en[slice(*match.span)]
            meant.setdefault(match.term.en, {}).setdefault(form.casefold(), form)
        for name, (before, made) in self._changed.items():
            if folded(decision.wanted) != folded(before.zh):
                continue
            forms = [*meant.get(name, {}).values()][:_FORMS] if decision.en else [""]
            told = next(((en, zh) for en in forms if (zh := _told(decision, en)) is not None), None)
            if told is None:
                continue
            en, zh = told
            barred = any(folded(f.zh) == folded(zh) for f in made.forbidden)
            rule = ("N003" if made.is_name else "T002") if barred else decision.rule
            for wanted in dict.fromkeys((made.zh, traditional(made.zh)) if is_traditional(decision.zh) else (made.zh,)):
                yield fingerprint(rule, en, zh, wanted), rule


def folded(zh: str) -> str:
    """A rendering as the audit compares it."""
    return fold(mainland(zh)).text


def mainland(zh: str) -> str:
    """A rendering in simplified characters, through which traditional ones are judged."""
    return simplified(zh)


def _told(decision: Decision, en: str) -> str | None:
    """The Chinese of the finding: the part of the row's Chinese that gives its fingerprint; None where none does."""
    zh = decision.zh[:_FAR]
    ends = range(1, _LONGEST + 1)
    parts = (zh[a : a + size] for a in range(len(zh)) for size in ends if a + size <= len(zh))
    tried = (part for part in (decision.zh, *parts))
    return next(
        (part for part in tried if fingerprint(decision.rule, en, part, decision.wanted) == decision.fingerprint), None
    )
