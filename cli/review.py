"""Decisions to what the next audit goes by: entries of a termbase, and findings that are let stand."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from duizhao.corpora import Forbidden, Term
from duizhao.corpora.termbase_merge import form_key
from duizhao.decisions import Decision, without_contradiction
from duizhao.ignore_file import Entry
from duizhao.marks_anew import ChangedTerms, folded, mainland

_REVIEWED = "reviewed: false alarm"
_WANTED = "Type what it should be into the column wanted, or accept another rendering of the term."
_ACRONYM = re.compile(r" ?[（(][A-Za-z][A-Za-z0-9-]{0,15}[)）]$")  # 采集函数(AF): how a text explains one


@dataclass(slots=True)
class Plan:
    """What a review changes. `changed` are entries of the user's termbase by their English, `new` are added to it.

    `ignored` are to be let stand, `left` says, a sentence each, what could not be taken and why. `freed` counts the
    renderings that were forbidden until now, `barred` those that were approved.
    """

    changed: dict[str, Term] = field(default_factory=dict)
    new: list[Term] = field(default_factory=list)
    ignored: list[Entry] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    freed: int = 0
    barred: int = 0


def plan_review(decisions: Iterable[Decision], own: Sequence[Term], shipped: Sequence[Term]) -> Plan:
    """The plan for decisions that do not contradict each other.

    `own` are the entries of the termbase to be changed; where it has none for a term, the one of `shipped` is taken
    over whole, so that what it says of other renderings still counts. A rendering accepted is preferred, the most
    frequent one of several, unless the user's own entry prefers one already; then it is admitted. One rejected is
    forbidden beside its English. Raises InputError where one entry's forms are decided on in two ways.
    """
    decisions = list(decisions)
    plan = Plan()
    mine, theirs = _Entries(own), _Entries(shipped)
    groups: dict[tuple[str, bool], list[Decision]] = {}
    for decision in decisions:
        if decision.kind == "rendering":
            known = mine.of(decision.term) or theirs.of(decision.term)
            key = (known.en, True) if known else (form_key(" ".join(decision.term.split())), False)
            groups.setdefault(key, []).append(replace(decision, term=known.en) if known else decision)
    pairs: list[tuple[Term | None, Term]] = []
    for (name, is_known), group in groups.items():
        entry, other = (mine.of(name), theirs.of(name)) if is_known else (None, None)
        made = _entry(plan, without_contradiction(group), entry, other)
        if made is None:
            continue
        pairs.append((entry or other, made))
        if entry is None:
            plan.new.append(made)
        elif made != entry:
            plan.changed[entry.en] = made
    plan.ignored = _ignored([d for d in decisions if d.kind == "finding" and d.choice == "reject"], pairs)
    return plan


def _entry(plan: Plan, group: Sequence[Decision], own: Term | None, shipped: Term | None) -> Term | None:
    """The entry that the decisions about one term make; None where they make none."""
    named = [decision for decision in group if decision.rendering]
    plan.left += [
        f"{d.where}: {d.choice} for {d.term!r} without a rendering; nothing stands there to decide on."
        for d in group
        if not d.rendering
    ]
    # The most frequent first; of equally frequent ones that which was wanted.
    accepted = sorted(
        (d for d in named if d.choice == "accept"), key=lambda d: (-d.count, folded(d.rendering) != folded(d.wanted))
    )
    rejected = [d for d in named if d.choice == "reject"]
    good, bad = ({folded(d.rendering): d for d in chosen} for chosen in (accepted, rejected))
    known = own or shipped
    before = [*known.approved[: 1 + len(known.admitted)]] if known else []
    candidates = [mainland(d.rendering) for d in accepted]
    candidates += [mainland(_ACRONYM.sub("", d.wanted)) for d in rejected]
    first = [own.zh] if own else []
    preferred = next((zh for zh in [*first, *candidates, *before] if zh and folded(zh) not in bad), "")
    if not named:
        return None
    if not preferred:
        plan.left += [f"{d.where}: nothing is known that {d.term!r} should be instead. {_WANTED}" for d in rejected]
        return None
    if known is None:
        en = named[0].term
        known = Term(en, preferred, domain="names" if preferred == en else "")
    admitted = _once([*before, *(mainland(d.rendering) for d in accepted)], {folded(preferred), *bad})
    forbidden = [f for f in known.forbidden if folded(f.zh) not in good and folded(f.zh) != folded(preferred)]
    plan.freed += sum(folded(f.zh) in good for f in known.forbidden)
    plan.barred += sum(folded(zh) in bad for zh in before)
    for text, decision in bad.items():
        at = next((k for k, f in enumerate(forbidden) if folded(f.zh) == text), None)
        if at is None:
            # Beside its English only: by itself the same string may well be right.
            forbidden.append(Forbidden(mainland(decision.rendering), decision.comment, needs_source=True))
        elif decision.comment:
            forbidden[at] = replace(forbidden[at], why=decision.comment)
    return replace(
        known,
        zh=preferred,
        note=known.note or "; ".join(dict.fromkeys(d.comment for d in accepted if d.comment)),
        admitted=tuple(admitted),
        forbidden=tuple(forbidden),
        taiwan=tuple(zh for zh in known.taiwan if folded(zh) not in bad),
    )


def _ignored(rejected: Iterable[Decision], pairs: Iterable[tuple[Term | None, Term]]) -> list[Entry]:
    """The findings to let stand, each under the fingerprint it has now and the one that a changed entry gives it."""
    changed = ChangedTerms((before, made) for before, made in pairs if before is not None)
    found: list[Entry] = []
    for decision in rejected:
        reason = decision.comment or _REVIEWED
        found.append(Entry(decision.fingerprint, decision.rule, reason))
        found += [Entry(mark, rule, reason) for mark, rule in changed.marked_anew(decision)]
    return list({entry[:2]: entry for entry in reversed(found)}.values())[::-1]


class _Entries:
    """Entries by their forms, as a termbase tells them apart: RAG and rag are two."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._written: dict[str, Term] = {}
        self._alike: dict[str, Term] = {}
        # A term's own name goes before another's variant.
        for form, term in [*((f, t) for t in terms for f in t.also), *((t.en, t) for t in terms)]:
            form = " ".join(form.split())
            self._written[form] = term
            if not (term.case or term.pattern):
                self._alike[form_key(form)] = term

    def of(self, en: str) -> Term | None:
        """The entry that is written so, else one that differs in capitals without meaning."""
        en = " ".join(en.split())
        return self._written.get(en) or self._alike.get(form_key(en))


def _once(renderings: Iterable[str], but: Iterable[str]) -> list[str]:
    seen = set(but)
    kept = []
    for zh in renderings:
        if zh and folded(zh) not in seen:
            seen.add(folded(zh))
            kept.append(zh)
    return kept
