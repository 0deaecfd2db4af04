"""Records to pairs: titles face each other, abstracts are aligned sentence by sentence."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from ..corpora import Pair, Record, Span
from ..corpora.flat import flat
from ..corpora.script import HAN, language
from .beads import Bead, align_sentences
from .encoder import Encoder, load_encoder
from .segmentation import sentences_en, sentences_zh

_WORD = re.compile(r"[A-Za-z]+")
# A full translation has 1.3 to 2 Han characters an English word; under this it says less than half.
CONDENSED_BELOW = 0.6
_CONDENSED_FROM_WORDS = 60


@dataclass(frozen=True, slots=True)
class Pairing:
    """The records, those with a condensed Chinese now of kind `summary`, and the pairs of all of them."""

    records: tuple[Record, ...]
    pairs: tuple[Pair, ...]


def pair_records(
    records: Iterable[Record], encoder: Encoder | None = None, progress: Callable[[str], None] = lambda record: None
) -> Pairing:
    """Every record with its pairs: one for the titles, one a bead for abstracts that are translations.

    A `summary` gets no abstract pairs: its Chinese is comparable, and forcing it would make every rule cry wolf.
    A `segment` becomes one pair as it was given; a record in one language has no pairs.
    `progress` is told the id of each record when it is done.

    >>> pair_records([]).pairs
    ()
    """
    kept: list[Record] = []
    pairs: list[Pair] = []
    for record in records:
        if record.kind == "abstract" and is_condensed(record.abstract_en or "", record.abstract_zh or ""):
            record = replace(record, kind="summary")
        kept.append(record)
        if record.title_en and record.title_zh:
            pairs.append(_whole_pair(record, "title", encoder or load_encoder()))
        if record.kind == "segment" and record.text_en and record.text_zh:
            pairs.append(_whole_pair(record, "text", encoder or load_encoder()))
        elif record.kind == "passage":
            pairs += _sentence_pairs(record, "text", encoder)
        elif record.kind == "abstract":
            pairs += _sentence_pairs(record, "abstract", encoder)
        progress(record.id)
    return Pairing(tuple(kept), tuple(pairs))


def is_condensed(en: str, zh: str) -> bool:
    """Whether the Chinese is too short to be a translation of the English.

    >>> is_condensed("word " * 100, "摘" * 40), is_condensed("word " * 100, "摘" * 150)
    (True, False)
    """
    words, han = len(_WORD.findall(en)), len(HAN.findall(zh))
    return words >= _CONDENSED_FROM_WORDS and 0 < han < words * CONDENSED_BELOW


def _whole_pair(record: Record, field: str, encoder: Encoder) -> Pair:
    """The pair of two texts that belong together as they are."""
    en, zh = (flat(getattr(record, f"{field}_{side}"))[0] for side in ("en", "zh"))
    vectors = encoder.encode([en, zh])
    score = min(1.0, max(0.0, float(vectors[0] @ vectors[1])))
    return Pair(
        id=f"{record.id}.{field}",
        record=record.id,
        document=record.document,
        field=field,
        en=(en,),
        zh=(zh,),
        spans_en=(_whole(record.spans[f"{field}_en"]),),
        spans_zh=(_whole(record.spans[f"{field}_zh"]),),
        type="1-1",
        score=score,
    )


def _sentence_pairs(record: Record, field: str, encoder: Encoder | None) -> list[Pair]:
    en, places_en = _sentences(getattr(record, f"{field}_en") or "", record.spans.get(f"{field}_en", ()))
    zh, places_zh = _sentences(getattr(record, f"{field}_zh") or "", record.spans.get(f"{field}_zh", ()))
    return [
        _pair(record, field, k, bead, en, zh, places_en, places_zh)
        for k, bead in enumerate(align_sentences(en, zh, encoder), 1)
    ]


def _pair(
    record: Record,
    field: str,
    k: int,
    bead: Bead,
    en: Sequence[str],
    zh: Sequence[str],
    places_en: Sequence[Span],
    places_zh: Sequence[Span],
) -> Pair:
    return Pair(
        id=f"{record.id}.{field}.{k}",
        record=record.id,
        document=record.document,
        field=field,
        en=tuple(en[i] for i in bead.en),
        zh=tuple(zh[j] for j in bead.zh),
        spans_en=tuple(places_en[i] for i in bead.en),
        spans_zh=tuple(places_zh[j] for j in bead.zh),
        type=bead.type,
        score=bead.score,
        probability=bead.probability,
    )


def _sentences(text: str, pieces: Sequence[Span]) -> tuple[list[str], list[Span]]:
    """The sentences of a field and their places in the document; none crosses from one piece to the next."""
    sentences: list[str] = []
    places: list[Span] = []
    at = 0
    for begin, end in pieces:
        piece = text[at : at + end - begin]
        at += end - begin + 1  # the pieces are joined by one line end
        line, offsets = flat(piece)
        split = sentences_en if language(line) == "en" else sentences_zh
        for a, b in split(line):
            sentences.append(line[a:b])
            places.append((begin + offsets[a], begin + offsets[b - 1] + 1))
    return sentences, places


def _whole(spans: Sequence[Span]) -> Span:
    return spans[0][0], spans[-1][1]
