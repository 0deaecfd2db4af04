"""Loose Chinese and English documents: which goes with which, how sure that is, and what says so."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from .assignment import assign
from .document_evidence import AnchorIndex, Features, candidates, features, samples
from .document_names import name_links
from .encoder import Encoder, load_encoder

# Logistic regression on 1,571 pairs of pieces (5 to 260 sentences) of hand-aligned novels, debates, reports and a
# magazine, half of them without a counterpart; the classes weigh the same. benchmarks/document_pairing.py tells how
# it does on a text that it was not fitted to.
_WEIGHTS = Features(similar=7.68, share=3.6, order=2.27, above=6.73, anchors=0.78, length=-0.91)
_CONSTANT = -10.18
_UNNAMED = -1.0  # log odds before a look at the content; keeps wrong pairs under 3 % where 30 % have no partner
_NAMED = {"name": 4.0, "number": 1.5}
_AGAINST = 0.2  # probability by content under which a name is said to be unconfirmed


class NamedText(NamedTuple):
    """A document as its path and its sentences."""

    path: str
    sentences: Sequence[str]


@dataclass(frozen=True, slots=True)
class DocumentPair:
    """Chinese document `zh` and English document `en` (indices) are one text.

    `score` is the probability, 0..1, with all that is known; `content` the same by content alone. `reason` names what
    speaks for the pair, `note` what speaks against it.
    """

    zh: int
    en: int
    score: float
    content: float
    reason: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class DocumentPairing:
    """The pairs, in the order of the Chinese documents, and the documents that none was found for."""

    pairs: tuple[DocumentPair, ...]
    alone_zh: tuple[int, ...]
    alone_en: tuple[int, ...]
    notes: tuple[str, ...] = ()  # names that the content overruled, one sentence each


def pair_documents(zh: Sequence[NamedText], en: Sequence[NamedText], encoder: Encoder | None = None) -> DocumentPairing:
    """Each Chinese document with its English one, one to one; nothing is paired that is less likely than not.

    Names count as evidence beside the content: equal names carry a pair that the content leaves open, and lose against
    a content that clearly says otherwise. At most 60 sentences of a document are encoded, and fewer of each where
    there are more than 200 documents; time grows with the square of the number of documents.

    >>> pair_documents([NamedText("茶.txt", ["茶很热。"])], []).alone_zh
    (0,)
    """
    encoder = encoder or load_encoder()
    links = name_links([text.path for text in zh], [text.path for text in en])
    content = _by_content(zh, en, list(links), encoder)
    odds = np.full((len(zh), len(en)), -1.0)
    for (a, b), value in content.items():
        odds[a, b] = value + (_NAMED[links[a, b]] if (a, b) in links else 0.0)
    chosen = assign(odds)
    pairs = [_pair(a, b, float(odds[a, b]), content[a, b], links.get((a, b), "")) for a, b in chosen]
    notes = [
        f"{zh[a].path} and {en[b].path}: one name, but the content says otherwise ({_probability(content[a, b]):.2f})"
        for a, b in sorted(links)
        if links[a, b] == "name" and (a, b) not in chosen and (a, b) in content
    ]
    paired_zh, paired_en = {a for a, _ in chosen}, {b for _, b in chosen}
    return DocumentPairing(
        tuple(pairs),
        tuple(a for a in range(len(zh)) if a not in paired_zh),
        tuple(b for b in range(len(en)) if b not in paired_en),
        tuple(notes),
    )


def _by_content(
    zh: Sequence[NamedText], en: Sequence[NamedText], named: Sequence[tuple[int, int]], encoder: Encoder
) -> dict[tuple[int, int], float]:
    """Log odds of the pairs that come into question."""
    if not zh or not en:
        return {}
    sides = [[text.sentences for text in side] for side in (zh, en)]
    together = samples([*sides[0], *sides[1]], encoder)
    left, right = together[: len(zh)], together[len(zh) :]
    anchors = AnchorIndex(*sides)
    sizes_zh, sizes_en = ([sum(len(s.encode()) for s in sentences) for sentences in side] for side in sides)
    return {
        (a, b): _UNNAMED + _log_odds(features(left[a], right[b], above, anchors.cosine(a, b), sizes_zh[a], sizes_en[b]))
        for (a, b), above in candidates(left, right, named).items()
    }


def _log_odds(found: Features) -> float:
    return _CONSTANT + sum(weight * value for weight, value in zip(_WEIGHTS, found, strict=True))


def _pair(zh: int, en: int, odds: float, content: float, link: str) -> DocumentPair:
    by_content = _probability(content)
    shown = f"{by_content:.2f}".removeprefix("0")
    reason = f"by {link}, content {shown}" if link else f"by content {shown}"
    note = "the content does not confirm the name" if link and by_content < _AGAINST else ""
    return DocumentPair(zh, en, _probability(odds), by_content, reason, note)


def _probability(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))
