"""Numbers of the two sides compared: what was lost, changed, or is off by powers of ten; and all that hangs on them.

A false alarm costs more trust than a miss, so every doubt acquits: a number answers another in any of its forms
(0.5, 50 %, half), its figures answer it wherever they stand, and nothing below 3 in words is ever missed.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..corpora import Span
from .bounds import check_bounds
from .findings import Draft
from .magnitudes import by_tens, mantissa
from .measures import Measured, check_conversions, check_units, converted
from .messages import say
from .quantities_en import quantities_en
from .quantities_zh import quantities_zh
from .quantity import Quantity, fold, key, literals, parts
from .scope import count_lost, surely_added
from .symbols import check_norm, check_symbols, flattened, flattened_finding
from .units import units_en, units_zh

_HAN = dict(zip(range(3, 11), "三四五六七八九十", strict=True))
# What may stand for a small number inside an English word: trilingual, octahedron.
_STEMS = {
    3.0: ("three", "tri", "terti"), 4.0: ("four", "quad", "tetra"), 5.0: ("five", "penta"), 6.0: ("six", "hexa"),
    7.0: ("seven", "hepta"), 8.0: ("eight", "octa"), 9.0: ("nine",), 10.0: ("ten ", "ten-", "deca"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Side:
    """One language's quantities, and what else can answer a number of the other side."""

    text: str
    quantities: list[Quantity]
    forms: frozenset[float]
    multiples: frozenset[float]
    rough: frozenset[float]  # what its vague quantities come to


def side_of(text: str, quantities: list[Quantity]) -> Side:
    """The quantities with the values they may answer."""
    firm = [quantity for quantity in quantities if quantity.kind != "vague"]
    forms = frozenset(form for quantity in firm for form in _forms(quantity))
    multiples = frozenset(key(quantity.value) for quantity in firm if quantity.kind == "multiple")
    rough = frozenset(key(quantity.value) for quantity in quantities if quantity.kind == "vague")
    return Side(text, quantities, forms, multiples, rough)


def _forms(quantity: Quantity) -> frozenset[float]:
    """Keys of all values the quantity may be written as: 50 % is 50 and 0.5, a 200-fold reduction 1/200."""
    if quantity.kind == "number" and not quantity.also:
        return frozenset((key(quantity.value),))
    values = {quantity.value, *quantity.also}
    if quantity.kind == "percent":
        values |= {quantity.value / 100}
    elif quantity.kind == "multiple" and quantity.value:
        values |= {1 / quantity.value}
    return frozenset(map(key, values))


def is_answered(quantity: Quantity, other: Side) -> bool:
    """True if the other side has the value in one of its forms; N times and N-1 times more are the same."""
    if not other.forms.isdisjoint(_forms(quantity)):
        return True
    if not quantity.figures and key(quantity.value) in other.rough:  # "a thousand or so", 千余
        return True
    neighbours = {key(quantity.value - 1), key(quantity.value + 1)}
    return quantity.kind == "multiple" and not other.multiples.isdisjoint(neighbours)


def stands_among(quantity: Quantity, figures: frozenset[float]) -> bool:
    """True if its figures themselves stand somewhere on the other side, be it inside a name."""
    if key(quantity.value) in figures:
        return True
    own = parts(quantity.text)
    return bool(own) and own <= figures


def is_claim(quantity: Quantity) -> bool:
    """True if its absence would be worth telling."""
    if quantity.weak or quantity.kind == "vague":
        return False
    return quantity.value not in (0.0, 1.0, 2.0) or (quantity.figures and quantity.kind in ("percent", "multiple"))


def _comparable(left: Quantity, right: Quantity) -> bool:
    """True if one may be the other's wrong rendering: one kind, within a factor of ten, no year for a count."""
    small, large = sorted((abs(left.value), abs(right.value)))
    years = [1900 <= quantity.value < 2100 for quantity in (left, right)]
    written = left.figures == right.figures or large < 100
    return left.kind == right.kind and written and years[0] == years[1] and large <= 10 * small


def _chinese(quantity: Quantity) -> str:
    """How the value is written in Chinese figures: 4270万, 6.17亿, 33.0%, 60倍."""
    value = quantity.value
    plain = f"{value:.15g}"
    if quantity.kind == "percent":
        figures = "".join(char for char in fold(quantity.text) if char in "-+.0123456789")
        return f"{figures if quantity.figures else plain}%"
    if quantity.kind == "multiple":
        return f"{plain}倍"
    if quantity.kind == "ordinal":
        return f"第{plain}"
    if "/" in quantity.text or (quantity.figures and abs(value) < 1):
        return quantity.text
    if not quantity.figures and value in _HAN:
        return _HAN[int(value)]
    for step, name in ((1e12, "万亿"), (1e8, "亿"), (1e4, "万")):
        if abs(value) >= step and len(mantissa(value)) <= 4:
            return f"{value / step:.15g}{name}"
    return plain


def unique(quantities: list[Quantity]) -> list[Quantity]:
    """The quantities without repetitions of a value."""
    return list({(quantity.kind, key(quantity.value)): quantity for quantity in reversed(quantities)}.values())[::-1]


def check_numbers(en: str, zh: str) -> Iterator[Draft]:
    """Findings of what the two texts do not share of their numbers and symbols.

    Q002: same digits, other magnitude. Q001: lost or changed (warning), or only in the Chinese (a warning if it
    counts things, else a note). Q003: another unit. Q004: a bound or a count lost. Q005: another symbol. They come
    rule by rule, each rule's in the order of the text.

    >>> [(d.rule, d.expected, d.found) for d in check_numbers("42.70M images", "427万张图像")]
    [('Q002', '4270万', '427万')]
    >>> list(check_numbers("15B parameters, 60x faster", "150亿个参数，快60倍"))
    []
    """
    side_en, side_zh = side_of(en, quantities_en(en)), side_of(zh, quantities_zh(zh))
    measured = units_en(en, side_en.quantities), units_zh(zh, side_zh.quantities)
    yield from check_shared(en, zh, side_en, side_zh, measured)
    pairs = _pairs(side_en.quantities, side_zh.quantities)
    if pairs:
        yield from check_units(pairs, en, zh, *measured)
        yield from check_bounds(pairs, en, zh)
    yield from check_symbols(pairs, en, zh)


def check_shared(
    en: str, zh: str, side_en: Side, side_zh: Side, measured: tuple[Measured, Measured] | None = None
) -> Iterator[Draft]:
    """Q001 and Q002 alone, and what norms and conversions of units say, of two sides that were read before.

    `measured` are the units of their quantities, worked out here where not given.
    """
    lost = unique([q for q in side_en.quantities if is_claim(q) and not is_answered(q, side_zh)])
    extra = unique([q for q in side_zh.quantities if is_claim(q) and not is_answered(q, side_en)])
    norms = list(check_norm(en, zh))
    extra = _outside(extra, [norm.span_zh for norm in norms if norm.span_zh])
    yield from norms
    if lost or extra:
        measured = measured or (units_en(en, side_en.quantities), units_zh(zh, side_zh.quantities))
        spared, unlike = converted(*measured)
        yield from check_conversions([(a, b) for a, b in unlike if a in lost and b in extra], *measured, en, zh)
        lost, extra = [q for q in lost if q not in spared], [q for q in extra if q not in spared]
        yield from _unshared(lost, extra, side_en, side_zh)


def _outside(quantities: list[Quantity], spans: Iterable[Span]) -> list[Quantity]:
    """The quantities that share no character with the spans."""
    covered = {place for span in spans for place in range(*span)}
    return [q for q in quantities if covered.isdisjoint(range(*q.span))] if covered else quantities


def _pairs(en: list[Quantity], zh: list[Quantity]) -> list[tuple[Quantity, Quantity]]:
    """The quantities of equal value that can only mean each other, as no other of their side has the value."""
    here, there = Counter(key(q.value) for q in en), Counter(key(q.value) for q in zh)
    by_value = {key(q.value): q for q in zh if q.kind != "vague"}
    return [
        (q, by_value[value])
        for q in en
        if q.kind != "vague" and (value := key(q.value)) in by_value and here[value] == there[value] == 1
    ]


def _unshared(lost: list[Quantity], extra: list[Quantity], side_en: Side, side_zh: Side) -> Iterator[Draft]:
    """Findings of the numbers that one side has alone."""
    en, zh = side_en.text, side_zh.text
    mended = flattened(extra, zh, en)  # 10^6 where the English has a flat 106
    extra = [q for q in extra if q not in mended]
    lost = _outside(lost, mended.values())
    flat = flattened(lost, en, zh)
    for quantity, place in flat.items():
        yield flattened_finding(quantity, place, zh)
    lost = [q for q in lost if q not in flat]
    extra = _outside(extra, flat.values())
    tens = by_tens(lost, extra)
    figures_en, figures_zh = literals(en), literals(zh)
    gone = [
        q for q in lost if q not in tens and not stands_among(q, figures_zh) and _HAN.get(_small(q), "\0") not in zh
    ]
    lowered, taken = en.lower(), set(tens.values())
    spoken = frozenset(value for value, stems in _STEMS.items() if any(stem in lowered for stem in stems))
    new = [q for q in extra if q not in taken and not stands_among(q, figures_en) and q.value not in spoken]
    changed = _changes(gone, new)
    missing = set(gone)
    for quantity in lost:
        if quantity in tens:
            yield _magnitude(quantity, tens[quantity])
        elif quantity in changed:
            yield _changed(quantity, changed[quantity])
        elif quantity in missing:
            yield count_lost(quantity, en, zh) or _missing(quantity)
    taken = set(changed.values())
    added = [q for q in new if q not in taken]
    sure = surely_added(added, en, zh)
    for quantity in added:
        yield _added(quantity, quantity in sure)


def _changes(gone: list[Quantity], new: list[Quantity]) -> dict[Quantity, Quantity]:
    """For a number that alone of its kind is gone, the number that alone of that kind is new, if they compare."""
    pairs: dict[Quantity, Quantity] = {}
    for kind in ("number", "percent", "multiple", "ordinal"):
        before, after = [q for q in gone if q.kind == kind], [q for q in new if q.kind == kind]
        if len(before) == len(after) == 1 and _comparable(before[0], after[0]):
            pairs[before[0]] = after[0]
    return pairs


def _small(quantity: Quantity) -> int:
    """The value as an index of the Han digits, -1 if it is none."""
    return int(quantity.value) if 3 <= quantity.value <= 10 and quantity.value.is_integer() else -1


def _magnitude(left: Quantity, right: Quantity) -> Draft:
    """The finding of a wrong power of ten."""
    message = say("Q002.magnitude", source=left.text, found=right.text)
    return Draft("Q002", "error", 0.9, left.span, right.span, _chinese(left), right.text, message)


def _changed(left: Quantity, right: Quantity) -> Draft:
    """The finding of a number that became another."""
    message = say("Q001.changed", source=left.text, found=right.text)
    return Draft("Q001", "warning", 0.85, left.span, right.span, _chinese(left), right.text, message)


def _missing(quantity: Quantity) -> Draft:
    """The finding of a number that is lost."""
    message = say("Q001.missing", number=quantity.text)
    confidence = 0.7 if quantity.figures else 0.6
    return Draft("Q001", "warning", confidence, quantity.span, None, _chinese(quantity), "", message)


def _added(quantity: Quantity, sure: bool) -> Draft:
    """The finding of a number that only the Chinese has."""
    message = say("Q001.added", number=quantity.text)
    if sure:
        return Draft("Q001", "warning", 0.75, None, quantity.span, "", quantity.text, message)
    return Draft("Q001", "note", 0.5, None, quantity.span, "", quantity.text, message)
