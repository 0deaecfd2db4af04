"""All that one run found, in one value: what every writer takes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from ..corpora import Document, Leftover, Pair, Record
from ..metrics import RULES, Entry, Finding, Rendering, Score
from ..metrics.messages import Language

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True, slots=True, repr=False)
class Result:
    """Documents, what was taken from them, and what was found. Lists are sorted as the outputs show them.

    `made_by` says how it was made (versions, hashes, options), name to text, in the order to show.
    `notes` are sentences about the run as a whole ("3 records are comparable: coverage rules were not applied"),
    `lang` the language of the messages. `rules` are the codes of the rules that were applied and reported; `ignored`
    are those of them that the options take out in some documents, by source. `direction` is that of the translation.
    `adequacy` has for each pair how complete it looks, 0..1 or None (metrics/pair_adequacy.py); empty where not asked.
    """

    documents: tuple[Document, ...]
    records: tuple[Record, ...]
    leftovers: tuple[Leftover, ...]
    pairs: tuple[Pair, ...]
    findings: tuple[Finding, ...]
    entries: tuple[Entry, ...]
    scores: tuple[Score, ...]
    made_by: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    lang: Language = "en"
    rules: tuple[str, ...] = tuple(RULES)
    adequacy: tuple[float | None, ...] = ()
    direction: Literal["en-zh", "zh-en"] = "en-zh"
    ignored: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def renderings(self) -> tuple[Rendering, ...]:
        """The renderings of all entries of the glossary, in their order."""
        return tuple(rendering for entry in self.entries for rendering in entry.renderings)

    def to_frame(self, table: str = "findings") -> "pandas.DataFrame":
        """One of the lists as a table: records, pairs, findings, renderings, scores; ConfigError for another name."""
        from .frames import result_frame  # which imports this module

        return result_frame(self, table)

    def __repr__(self) -> str:
        """How much of everything there is."""
        names = ("documents", "records", "pairs", "findings", "entries", "scores")
        return f"Result({', '.join(f'{len(getattr(self, name)):,} {name}' for name in names)})"

    def _repr_html_(self) -> str:
        """What a notebook shows: the verdict and the worst findings, at most 50 kB."""
        from .notebook import notebook_html  # which imports this module

        return notebook_html(self)
