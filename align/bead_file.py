"""Beads as text, in the notation of vecalign: `[0, 1]:[0]` on a line, read and written.

Source: the files of vecalign (Thompson & Koehn 2019), which Bertalign and others read and write too.
"""

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple, Protocol

from ..corpora import InputError

Side = Literal["en", "zh"]
_WANTED = "beads like [0, 1]:[0], sentences counted from 0"
_DIGITS = 9  # of an index


class HasSides(Protocol):
    """Anything that says which English and which Chinese sentences belong together: `Bead`, `Sides`."""

    @property
    def en(self) -> tuple[int, ...]:
        """Indices of the English sentences, from 0."""
        ...

    @property
    def zh(self) -> tuple[int, ...]:
        """Indices of the Chinese sentences, from 0."""
        ...


class Sides(NamedTuple):
    """English and Chinese sentences (indices from 0) that belong together; one side may be empty."""

    en: tuple[int, ...]
    zh: tuple[int, ...]


def read_beads(text: str, source: str, first: Side = "zh") -> list[Sides]:
    """The beads of a file's text, in its order; `first` is the language of the indices before the colon.

    Blank lines, a bead of two empty sides and what stands after a second colon (a score) are passed over. Raises
    InputError, with the line, for anything else that is no bead, and for a sentence that is in two of them.

    >>> read_beads("[0]:[0, 1]\\n[]:[2]:0.71\\n", "a.beads", first="zh")
    [Sides(en=(0, 1), zh=(0,)), Sides(en=(2,), zh=())]
    """
    beads: list[Sides] = []
    seen: tuple[dict[int, int], dict[int, int]] = ({}, {})
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        where = f"{source}:{number}"
        fields = line.split(":", 2)
        if len(fields) < 2:
            raise InputError(where, f"{_cut(line)!r}", _WANTED)
        left, right = _indices(fields[0], where), _indices(fields[1], where)
        for side, known in zip((left, right), seen, strict=True):
            for index in side:
                if index in known:
                    found = f"sentence {index} again, after line {known[index]}"
                    raise InputError(where, found, "each sentence of a side once")
                known[index] = number
        if left or right:
            beads.append(Sides(left, right) if first == "en" else Sides(right, left))
    return beads


def format_beads(beads: Iterable[HasSides], first: Side = "zh") -> str:
    """The beads as text, one a line; `read_beads` gives them back.

    >>> format_beads([Sides((0, 1), (0,)), Sides((2,), ())], first="zh")
    '[0]:[0, 1]\\n[]:[2]\\n'
    """
    lines = []
    for bead in beads:
        left, right = (bead.en, bead.zh) if first == "en" else (bead.zh, bead.en)
        lines.append(f"{[*left]}:{[*right]}\n")
    return "".join(lines)


def check_indices(beads: Sequence[HasSides], source: str, count_en: int, count_zh: int) -> None:
    """Raise InputError where a bead names a sentence that a side does not have: the beads of some other text.

    >>> check_indices([Sides((0,), (0,))], "a.beads", count_en=1, count_zh=1)
    """
    for name, count, sides in (
        ("English", count_en, [bead.en for bead in beads]),
        ("Chinese", count_zh, [bead.zh for bead in beads]),
    ):
        highest = max((index for side in sides for index in side), default=-1)
        if highest >= count:
            found = f"{name} sentence {highest}, where the text has {count:,}"
            raise InputError(source, found, "beads of these two texts", "Are the sides the other way round?")


def _indices(field: str, where: str) -> tuple[int, ...]:
    inner = field.strip()
    if not (len(inner) > 1 and inner[0] == "[" and inner[-1] == "]"):
        raise InputError(where, f"{_cut(field)!r}", _WANTED)
    if not inner[1:-1].strip():
        return ()
    indices = []
    for item in inner[1:-1].split(","):
        digits = item.strip()
        if not (digits.isascii() and digits.isdecimal() and len(digits) <= _DIGITS):
            raise InputError(where, f"the index {_cut(item)!r}", _WANTED)
        indices.append(int(digits))
    return tuple(indices)


def _cut(text: str) -> str:
    shown = text.strip()
    return shown if len(shown) <= 40 else shown[:39] + "…"
