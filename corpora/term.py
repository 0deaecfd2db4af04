"""One entry of a termbase: what a term must, may and must not be called."""

from dataclasses import dataclass

NEEDS_SOURCE = "[needs source]"  # ends the reason of a rendering that is wrong only where the English term stands


@dataclass(frozen=True, slots=True)
class Forbidden:
    """A rendering that is wrong for its term, and why; `needs_source`: only where the English is at hand."""

    zh: str
    why: str
    needs_source: bool


@dataclass(frozen=True, slots=True)
class Term:
    """One entry: `zh` is preferred, `admitted` may stand too, `also` are other English forms of the term.

    A proper name that Chinese text keeps in Latin letters has `zh` equal to `en`. `taiwan` are renderings that only
    Taiwan writes (in traditional characters or not); they may stand too. `pos` is a part of speech (noun, verb,
    adjective …). With `case` the term is itself only as written; with `pattern` its English is a regular expression.
    """

    en: str
    zh: str
    admitted: tuple[str, ...] = ()
    forbidden: tuple[Forbidden, ...] = ()
    domain: str = ""
    also: tuple[str, ...] = ()
    note: str = ""
    taiwan: tuple[str, ...] = ()
    pos: str = ""
    case: bool = False
    pattern: bool = False

    @property
    def approved(self) -> tuple[str, ...]:
        """Everything that may stand for the term, the preferred rendering first."""
        return (self.zh, *self.admitted, *self.taiwan)

    @property
    def is_name(self) -> bool:
        """Whether the term is a proper name that stays as written (Transformer and BERT do; only BERT is a name)."""
        return self.zh == self.en and self.domain in ("", "names")


@dataclass(frozen=True, slots=True)
class PlacedTerm:
    """A term and where it was read: `file:line`, or `file:sheet:row`."""

    term: Term
    where: str


@dataclass(frozen=True, slots=True)
class TermFile:
    """The terms of one file in its order, and what reading assumed or left out, one sentence each with a count."""

    terms: tuple[PlacedTerm, ...]
    notes: tuple[str, ...] = ()
