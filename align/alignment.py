"""Two texts in, their sentences and beads out: as prose, or with a sentence a line."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..corpora import Span
from .beads import Bead, align_sentences
from .chunks import align_chunks
from .encoder import Encoder
from .segmentation import sentences_en, sentences_zh

if TYPE_CHECKING:
    from .linked_words import LinkedWords


@dataclass(frozen=True, slots=True)
class Alignment:
    """Sentences of an English and a Chinese text, and the beads that pair them; a bead's indices are theirs, from 0.

    `spans_en[i]` is where `en[i]` stands in its text, where that is known. `document` and `sha256` say what the two
    texts are.
    """

    en: tuple[str, ...]
    zh: tuple[str, ...]
    beads: tuple[Bead, ...]
    spans_en: tuple[Span, ...] = ()
    spans_zh: tuple[Span, ...] = ()
    document: str = ""
    sha256: str = ""
    words: "tuple[LinkedWords, ...]" = ()  # of each bead, where they have been linked (linked_words.py)


def align_texts(
    en: str,
    zh: str,
    *,
    lines: bool = False,
    shuffled: bool = False,
    encoder: Encoder | None = None,
    document: str = "",
    sha256: str = "",
) -> Alignment:
    """The alignment of two texts, split into sentences; with `lines`, each line is a sentence (see `align_lines`).

    With `shuffled`, parts may stand in another order or have no counterpart (see `align_chunks`). A final line end is
    no further line. Errors as for `align_sentences`.

    >>> align_texts("Tea.", "").beads[0].type
    '1-0'
    """
    spans_en, spans_zh = (_lines(en), _lines(zh)) if lines else (sentences_en(en), sentences_zh(zh))
    sides = [en[a:b] for a, b in spans_en], [zh[a:b] for a, b in spans_zh]
    beads = align_lines(*sides, encoder, align_chunks if shuffled else align_sentences)
    return Alignment(tuple(sides[0]), tuple(sides[1]), tuple(beads), tuple(spans_en), tuple(spans_zh), document, sha256)


def align_lines(
    en: Sequence[str],
    zh: Sequence[str],
    encoder: Encoder | None = None,
    align: Callable[[Sequence[str], Sequence[str], Encoder | None], list[Bead]] = align_sentences,
) -> list[Bead]:
    """The beads of two lists of lines; every line counts, so an index is a line's number less one.

    A blank line is never aligned: it stands alone, before the bead of the next line of its side. The bead around it
    may have the lines before and after it.

    >>> [(bead.en, bead.zh) for bead in align_lines(["Tea.", "", "More."], [])]
    [((0,), ()), ((1,), ()), ((2,), ())]
    """
    full_en, full_zh = _full(en), _full(zh)
    beads = align([en[i] for i in full_en], [zh[j] for j in full_zh], encoder)
    beads = [_renumbered(bead, full_en, full_zh) for bead in beads]
    blank_en = [i for i, line in enumerate(en) if not line.strip()]
    blank_zh = [j for j, line in enumerate(zh) if not line.strip()]
    alone_en = [_renumbered(bead, blank_en, ()) for bead in align_sentences([""] * len(blank_en), [], encoder)]
    alone_zh = [_renumbered(bead, (), blank_zh) for bead in align_sentences([], [""] * len(blank_zh), encoder)]
    placed: list[Bead] = []
    passed_en = passed_zh = 0
    for bead in beads:
        while bead.en and passed_en < len(alone_en) and blank_en[passed_en] < bead.en[0]:
            placed.append(alone_en[passed_en])
            passed_en += 1
        while bead.zh and passed_zh < len(alone_zh) and blank_zh[passed_zh] < bead.zh[0]:
            placed.append(alone_zh[passed_zh])
            passed_zh += 1
        placed.append(bead)
    return [*placed, *alone_en[passed_en:], *alone_zh[passed_zh:]]


def _full(lines: Sequence[str]) -> list[int]:
    return [k for k, line in enumerate(lines) if line.strip()]


def _renumbered(bead: Bead, en: Sequence[int], zh: Sequence[int]) -> Bead:
    return replace(bead, en=tuple(en[i] for i in bead.en), zh=tuple(zh[j] for j in bead.zh))


def _lines(text: str) -> list[Span]:
    spans: list[Span] = []
    begin = 0
    while begin < len(text):
        end = text.find("\n", begin)
        end = len(text) if end < 0 else end
        spans.append((begin, end))
        begin = end + 1
    return spans
