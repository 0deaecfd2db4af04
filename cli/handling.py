"""Findings to those that are reported: rules left out, findings let stand, and those known before; all counted."""

from collections.abc import Iterable
from dataclasses import dataclass

from duizhao.choice import Choice
from duizhao.metrics import Finding
from duizhao.metrics.messages import Message
from duizhao.metrics.selection import without_known
from duizhao.part_handling import handle_part, handling_notes, known_by_part


@dataclass(frozen=True, slots=True)
class Handled:
    """`findings` are to be reported; `present` are those and the ones of the baseline. Notes count the others."""

    findings: tuple[Finding, ...]
    present: tuple[Finding, ...]
    notes: tuple[Message, ...]


def handle(findings: Iterable[Finding], choice: Choice) -> Handled:
    """The findings that a choice leaves, in their order, and what became of the others, in both languages.

    A finding counts as left out by the first that fits: rule, path, ignore file, baseline.

    >>> handle([], Choice()).notes
    ()
    """
    present, done = handle_part(list(findings), choice)
    (known,) = known_by_part([done], choice)
    return Handled(tuple(without_known(present, known)), tuple(present), handling_notes(done, choice))
