"""Numbers that have the same digits and another magnitude: 42.70M and 427万."""

from collections import Counter

from .quantity import Quantity, key


def mantissa(value: float) -> str:
    """The significant digits: "427" for 42.70 and for 4270000.

    >>> mantissa(42.70) == mantissa(4270000)
    True
    """
    return f"{abs(value):.8e}".partition("e")[0].rstrip("0").replace(".", "")


def _off_by_tens(left: Quantity, right: Quantity, alone: bool) -> bool:
    """True for equal digits and other magnitude; a single digit proves little unless the two are alone or large."""
    if not left.value or mantissa(left.value) != mantissa(right.value) or key(left.value) == key(right.value):
        return False
    return alone or len(mantissa(left.value)) > 1 or min(abs(left.value), abs(right.value)) >= 1000


def by_tens(lost: list[Quantity], extra: list[Quantity]) -> dict[Quantity, Quantity]:
    """For each lost number the new one that has its digits and another magnitude, if there is one.

    >>> from .quantities_zh import quantities_zh
    >>> [(a.text, b.text) for a, b in by_tens(quantities_zh("4270万"), quantities_zh("427万")).items()]
    [('4270万', '427万')]
    """
    waiting: dict[tuple[str, str], list[Quantity]] = {}
    for quantity in reversed(extra):
        waiting.setdefault((quantity.kind, mantissa(quantity.value)), []).append(quantity)
    many_lost, many_extra = Counter(q.kind for q in lost), Counter(q.kind for q in extra)
    found: dict[Quantity, Quantity] = {}
    for quantity in lost:
        fits = waiting.get((quantity.kind, mantissa(quantity.value)), [])
        alone = many_lost[quantity.kind] == many_extra[quantity.kind] == 1
        if fits and _off_by_tens(quantity, fits[-1], alone):
            found[quantity] = fits.pop()
    return found
