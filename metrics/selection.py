"""Which findings are reported: rules by code, and what stood there before."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from ..corpora import ConfigError
from .findings import Finding
from .rules import RULES

Key = tuple[str, str]  # fingerprint, rule

_SHOWN = 20  # characters of an unknown code that a message shows


@dataclass(frozen=True, slots=True)
class Selection:
    """Rules chosen by code or by the beginning of one; nothing selected means all of them."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def takes(self, rule: str) -> bool:
        """Whether findings of a rule are wanted: the longest code that fits decides, of two alike the one ignored.

        >>> [Selection(("T", "F"), ("T00",)).takes(rule) for rule in ("T001", "F001", "Q001")]
        [False, True, False]
        >>> Selection(("T004",), ("T",)).takes("T004")
        True
        """
        chosen = _longest(self.select, rule) if self.select else 0
        return chosen > _longest(self.ignore, rule)


def check_codes(codes: Sequence[str], where: str) -> tuple[str, ...]:
    """The codes in capitals; raises ConfigError at `where` for one that no rule begins with, naming the nearest.

    >>> check_codes(["t", "F001"], "--select")
    ('T', 'F001')
    """
    checked = tuple(code.strip().upper() for code in codes)
    for code in checked:
        if not code or not any(rule.startswith(code) for rule in RULES):
            shown = repr(code[:_SHOWN]) + "…" * (len(code) > _SHOWN)
            nearest = get_close_matches(code[:_SHOWN], RULES, n=1, cutoff=0.3)
            do = f"Did you mean {nearest[0]}?" if nearest else "See them with duizhao rule."
            raise ConfigError(where, f"no rule {shown}", "codes of rules or their beginnings, as T002 or T", do)
    return checked


def without_known(findings: Iterable[Finding], known: Counter[Key]) -> list[Finding]:
    """The findings that are not among `known`: of those alike, as many are left out as were known, the first ones.

    >>> without_known([], Counter({("3f2a00000000", "T002"): 2}))
    []
    """
    left = Counter(known)
    new = []
    for finding in findings:
        key = finding.fingerprint, finding.rule
        if left[key] > 0:
            left[key] -= 1
        else:
            new.append(finding)
    return new


def _longest(codes: Iterable[str], rule: str) -> int:
    return max((len(code) for code in codes if rule.startswith(code)), default=-1)
