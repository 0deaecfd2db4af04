"""All that one run found, in one value: what every writer takes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..corpora import Document, Leftover, Pair, Record
from ..metrics import RULES, Entry, Finding, Rendering, Score
from ..metrics.messages import Language


@dataclass(frozen=True, slots=True)
class Result:
    """Documents, what was taken from them, and what was found. Lists are sorted as the outputs show them.

    `made_by` says how it was made (versions, hashes, options), name to text, in the order to show.
    `notes` are sentences about the run as a whole ("3 records are comparable: coverage rules were not applied"),
    `lang` the language of the messages. `rules` are the codes of the rules that were applied and reported.
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

    @property
    def renderings(self) -> tuple[Rendering, ...]:
        """The renderings of all entries of the glossary, in their order."""
        return tuple(rendering for entry in self.entries for rendering in entry.renderings)
