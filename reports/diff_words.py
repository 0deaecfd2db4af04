"""What changed between two corpora, in one sentence and in counts."""

from collections import Counter

from ..metrics import SEVERITIES
from ..metrics.changes import Changes
from .summary import counted


def diff_verdict(changes: Changes) -> str:
    """One sentence: whether the findings got fewer, with the counts behind it.

    It is better or worse where findings only went or only came; where they did both, the graver ones decide: errors,
    then warnings, then notes.
    """
    gone, new = (Counter(f.severity for f in found) for found in (changes.gone, changes.new))
    if not gone and not new:
        return f"No finding came or went, {len(changes.staying):,} staying."
    if not new or not gone:
        word = "Better" if gone else "Worse"
    else:
        shift = [gone[severity] - new[severity] for severity in SEVERITIES]
        first = next((number for number in shift if number), 0)
        word = (
            "Better, but not in all" if first > 0 else "Worse, but not in all" if first < 0 else "No better, no worse"
        )
    severities = ", ".join(counted(new[severity], severity) for severity in SEVERITIES if new[severity])
    fresh = f"{counted(len(changes.new), 'finding')} new" + (f" ({severities})" if severities else "")
    return f"{word}: {len(changes.gone):,} gone, {fresh}, {len(changes.staying):,} staying."


def compared_line(changes: Changes) -> str:
    """What was compared: records, passages, and what only one side has."""
    rewritten = f"{len(changes.rewritten):,} of {counted(changes.passages, 'passage')} rewritten"
    line = f"{counted(changes.matched, 'record')} in both, {rewritten}"
    if changes.parted:
        line += f", {counted(changes.parted, 'passage')} with English that the other side lacks"
    return f"{line}; {counted(len(changes.only_old), 'record')} only in the old, {len(changes.only_new):,} in the new."


def rule_counts(changes: Changes) -> list[tuple[str, str, int, int, int]]:
    """Rule, severity, and how many findings are gone, new and staying; worst severity first, then by rule."""
    gone, new, staying = (
        Counter((f.severity, f.rule) for f in found) for found in (changes.gone, changes.new, changes.staying)
    )
    keys = sorted({*gone, *new, *staying}, key=lambda key: (SEVERITIES.index(key[0]), key[1]))
    return [(key[1], key[0], gone[key], new[key], staying[key]) for key in keys]
