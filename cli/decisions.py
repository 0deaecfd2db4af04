"""What a person decided about a rendering or a finding, and where they wrote it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from duizhao.corpora import InputError
from duizhao.corpora.termbase_merge import form_key
from duizhao.metrics.folding import fold

Kind = Literal["rendering", "finding"]
Choice = Literal["accept", "reject"]

# As the list in the workbook offers them, and as people type them; "" and those for later decide nothing.
_WORDS: dict[str, Choice | Literal["later", ""]] = {
    "": "",
    **dict.fromkeys(("accept", "accepted", "接受"), "accept"),
    **dict.fromkeys(("reject", "rejected", "拒绝", "拒絕"), "reject"),
    **dict.fromkeys(("later", "稍后", "稍後"), "later"),
}


@dataclass(frozen=True, slots=True)
class Decision:
    """One rendering or finding with what was decided; texts that its kind does not have are "".

    A rendering accepted is right for its term, one rejected is wrong, `comment` says why. A finding accepted is true
    and to be mended in the text, one rejected is a false alarm, `comment` says why it may stand. `count` is how often
    the rendering stands. `where` is the cell, or the number in a JSON list.
    """

    kind: Kind
    choice: Choice
    where: str
    comment: str = ""
    fingerprint: str = ""
    term: str = ""
    rendering: str = ""
    wanted: str = ""
    count: int = 0
    rule: str = ""
    en: str = ""
    zh: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What the decision is about: two of one key are about one thing. RAG and rag are two."""
        if self.kind == "finding":
            return self.kind, self.rule, self.fingerprint
        return self.kind, form_key(" ".join(self.term.split())), fold(self.rendering).text


class Decided(NamedTuple):
    """The decisions of one file in its order, and how many rows have none, by kind; `later` of them say so."""

    decisions: tuple[Decision, ...]
    undecided: dict[Kind, int]
    later: int


def choice_of(text: str, where: str) -> Choice | Literal["later", ""]:
    """What a cell decides, in any case; raises InputError at `where` for a word that is no decision.

    >>> choice_of(" Accept ", "a.xlsx"), choice_of("拒绝", "a.xlsx"), choice_of("", "a.xlsx")
    ('accept', 'reject', '')
    """
    word = text.strip().casefold()
    if word not in _WORDS:
        wanted = "accept, reject, later or nothing (接受, 拒绝, 稍后)"
        raise InputError(where, f"the decision {text.strip()[:40]!r}", wanted)
    return _WORDS[word]


def without_contradiction(decisions: Iterable[Decision]) -> list[Decision]:
    """One decision a rendering or finding, the first; raises InputError, naming both places, where two disagree."""
    taken: dict[tuple[str, str, str], Decision] = {}
    for decision in decisions:
        first = taken.setdefault(decision.key, decision)
        if first.choice != decision.choice:
            about = f"{decision.term} → {decision.rendering}" if decision.kind == "rendering" else "the same finding"
            found = f"{decision.choice} for {about[:80]}, but {first.choice} at {first.where}"
            raise InputError(decision.where, found, "one decision for one thing", "Clear one of the two.")
    return list(taken.values())
