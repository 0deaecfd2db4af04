"""What is said of a LaTeX source that was read: what was left out, moved or not understood, with counts."""

from collections import Counter

_SAID = {
    "omitted": "left out but for their captions",
    "environment": "environments not known, whose text was kept",
    "macro": "macros not known, of which only the text of their arguments was kept",
    "defined": "macros of the document's own, replaced by their text",
    "file": "files that were named but not read",
}


class Tally:
    """Counts, by kind and by name, and where the first of each fault stands."""

    def __init__(self) -> None:
        """Start at nothing."""
        self.counts: Counter[str] = Counter()
        self._named: dict[str, Counter[str]] = {}
        self._first: dict[str, int] = {}  # line of the first of each fault

    def fault(self, what: str, line: int) -> None:
        """Count something without a partner."""
        self.counts[f"{what} without a partner"] += 1
        self._first.setdefault(f"{what} without a partner", line)

    def name(self, what: str, name: str) -> None:
        """Count a macro, environment or file of this name under one of the keys of `_SAID`."""
        self._named.setdefault(what, Counter())[name] += 1

    def notes(self) -> list[str]:
        """The notes, a sentence each.

        >>> tally = Tally()
        >>> tally.counts["citation"] += 2
        >>> tally.notes()
        ['left out: 2 citations']
        """
        notes: list[str] = []
        kinds = ("comment", "citation", "reference", "label", "option", "setting")
        if left_out := ", ".join(_counted(self.counts[kind], kind) for kind in kinds if self.counts[kind]):
            notes.append(f"left out: {left_out}")
        if n := self.counts["footnote"]:
            notes.append(f"{_counted(n, 'footnote')} moved below the paragraph")
        for what, said in _SAID.items():
            if what in self._named:
                notes.append(f"{said}: {_listed(self._named[what])}")
        notes += [
            f"{_counted(self.counts[fault], fault)}, the first in line {line}" for fault, line in self._first.items()
        ]
        return notes


def _counted(n: int, what: str) -> str:
    """A count with its noun: "2 closing braces without a partner"."""
    noun, _, rest = what.partition(" without")
    plural = noun if n == 1 or noun[0] in "\\$" else f"{noun}s"
    return f"{n} {plural}{' without' + rest if rest else ''}"


def _listed(names: Counter[str]) -> str:
    """The names with their counts, the most frequent first."""
    order = sorted(names.items(), key=lambda item: (-item[1], item[0]))
    shown = ", ".join(f"{name[:60]} ({n})" for name, n in order[:20])
    return f"{shown} and {len(order) - 20} others" if len(order) > 20 else shown
