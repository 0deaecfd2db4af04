"""Alignments as text: a table, JSON lines, TMX, vecalign's beads, hunalign's ladder, Pharaoh's word
links, blocks to read; and their summary.

All take an alignment and give text that ends in a line end (nothing for no beads, but for headers). In tables and
TMX the sentences of one side are joined with a blank in English and with nothing in Chinese.
"""

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Literal

from ..align.alignment import Alignment
from ..align.bead_file import HasSides, Side, format_beads
from ..align.bead_scores import BeadScores, Measure
from ..align.beads import Bead
from ..corpora import ConfigError, InputError, Unit
from ..corpora.delimited import write_tsv
from ..corpora.tmx import write_tmx
from .jsonl import json_line
from .summary import counted
from .visible import on_one_line

AlignmentFormat = Literal["tsv", "ladder", "jsonl", "beads", "tmx", "pharaoh", "text"]
# Format by the ending of a file's name.
ALIGNMENT_FORMATS: dict[str, AlignmentFormat] = {
    ".tsv": "tsv",
    ".ladder": "ladder",
    ".jsonl": "jsonl",
    ".beads": "beads",
    ".tmx": "tmx",
    ".pharaoh": "pharaoh",
    ".txt": "text",
}
LOW = 0.5  # a bead less likely than this is rather wrong than right
_DECIMALS = 4
# What ends a line or a field to some reader of tables.
_TURN = re.compile("[\t-\r\x1c-\x1e\x85\u2028\u2029]+")


def alignment_format(name: str) -> AlignmentFormat:
    """The format that the ending of a file's name says; raises ConfigError for an unknown one.

    >>> alignment_format("chapter.beads")
    'beads'
    """
    ending = PurePath(name).suffix.lower()
    if ending not in ALIGNMENT_FORMATS:
        raise ConfigError(
            name, f"the ending {ending!r}", "one of " + " ".join(ALIGNMENT_FORMATS), "Or name a --format."
        )
    return ALIGNMENT_FORMATS[ending]


def render_alignment(alignment: Alignment, form: AlignmentFormat, first: Side = "zh") -> str:
    """The alignment in one of the formats; `first` is the side whose indices, or sentences, come first where none has
    a name (beads, ladder, text).

    Raises InputError for a text that TMX cannot hold, ConfigError for a format of no such name.
    """
    if form == "beads":
        return format_beads(alignment.beads, first)
    if form == "ladder":
        return ladder_text(alignment.beads, first)
    if form == "text":
        return blocks_text(alignment, first)
    writers = {"tsv": tsv_text, "jsonl": jsonl_text, "tmx": tmx_text, "pharaoh": pharaoh_text}
    if form not in writers:
        raise ConfigError("--format", f"{form!r}", "one of " + ", ".join(ALIGNMENT_FORMATS.values()))
    return writers[form](alignment)


def tsv_text(alignment: Alignment) -> str:
    """A header and a row a bead, lone sentences too: id (its number), en, zh, probability, score, sentences_en,
    sentences_zh (indices from 0, "4 5"), type.

    Tabs and line ends in a text become blanks; the house's own reader of TSV gives all else back (see `write_tsv` on
    quotes). Raises InputError for half a character.
    """
    units = [
        replace(
            unit,
            en=_TURN.sub(" ", unit.en),
            zh=_TURN.sub(" ", unit.zh),
            # The two files are the same in all rows, and a hash in each would bury the text.
            origin={name: text for name, text in unit.origin.items() if name not in ("document", "sha256")},
        )
        for unit in units_of_beads(alignment)
    ]
    handle = io.StringIO()
    write_tsv(units, handle)
    return handle.getvalue()


def jsonl_text(alignment: Alignment) -> str:
    """A JSON object a bead, lone sentences too.

    `en` and `zh` are lists of sentences as they stand in the text, `sentences_en` and `sentences_zh` their indices from
    0, `spans_en` and `spans_zh` their places in the text (where the alignment knows them); then type, probability,
    score, document, sha256.
    """
    lines = []
    for k, bead in enumerate(alignment.beads):
        row: dict[str, object] = {
            "en": [alignment.en[i] for i in bead.en],
            "zh": [alignment.zh[j] for j in bead.zh],
            "sentences_en": bead.en,
            "sentences_zh": bead.zh,
            "spans_en": [alignment.spans_en[i] for i in bead.en] if alignment.spans_en else [],
            "spans_zh": [alignment.spans_zh[j] for j in bead.zh] if alignment.spans_zh else [],
            "type": bead.type,
            "probability": bead.probability,
            "score": bead.score,
            "document": alignment.document,
            "sha256": alignment.sha256,
        }
        if alignment.words:
            linked = alignment.words[k]
            row |= {"tokens_en": linked.en, "tokens_zh": linked.zh, "links": linked.links}
        lines.append(json_line(row) + "\n")
    return "".join(lines)


def tmx_text(alignment: Alignment) -> str:
    """TMX 1.4 with a unit for each bead of two sides; what stands alone has no place there.

    Raises InputError naming the unit for a character that XML cannot hold.
    """
    handle = io.BytesIO()
    write_tmx([unit for unit in units_of_beads(alignment) if unit.en and unit.zh], handle)
    return handle.getvalue().decode("utf-8")


def pharaoh_text(alignment: Alignment) -> str:
    """A line a bead of two sides: English tokens ||| Chinese tokens ||| links in Pharaoh notation (0-0 1-2).

    Tokens have a blank between; the first two parts are what fast_align and eflomal read, the last what they write.
    Raises ConfigError for an alignment without linked words.
    """
    if alignment.beads and not alignment.words:
        raise ConfigError("--format", "pharaoh without linked words", "link_words first")
    return "".join(
        f"{' '.join(words.en)} ||| {' '.join(words.zh)} ||| {words.pharaoh}\n"
        for bead, words in zip(alignment.beads, alignment.words, strict=True)
        if bead.en and bead.zh
    )


def ladder_text(beads: Sequence[HasSides], first: Side = "zh") -> str:
    """hunalign's ladder: a rung a line, `index<TAB>index<TAB>probability`, then the closing rung with both counts.

    A rung says how many sentences of each side stand before it; its probability is that of what stands between it and
    the next (hunalign has its score there). The closing rung's is 0. Beads that cross, and those with a blank line
    inside, stand between two rungs together, with the lowest of their probabilities. Raises InputError where a
    sentence is in no bead, though one after it is, or in two.

    Source: hunalign (Varga et al. 2005), which leaves the closing rung out; its own scripts need it for the last bead.

    >>> from ..align.bead_file import Sides
    >>> ladder_text([Sides((0, 1), (0,)), Sides((2,), (1,))], first="en")
    '0\\t0\\t1.0000\\n2\\t1\\t1.0000\\n3\\t2\\t0.0000\\n'
    """
    rungs: list[str] = []
    at, highest, taken = (0, 0), [-1, -1], [0, 0]
    probability = 1.0
    for bead in beads:
        sides = (bead.en, bead.zh) if first == "en" else (bead.zh, bead.en)
        for k, side in enumerate(sides):
            taken[k] += len(side)
            highest[k] = max(highest[k], *side, -1)
        if isinstance(bead, Bead):
            probability = min(probability, bead.probability)
        if taken == [highest[0] + 1, highest[1] + 1]:  # all before here is in beads, and nothing after
            rungs.append(f"{at[0]}\t{at[1]}\t{probability:.{_DECIMALS}f}\n")
            at, probability = (taken[0], taken[1]), 1.0
    if taken != [*at]:
        found = f"a sentence from {at[0]}, or {at[1]} on the other side, in no bead or in two"
        raise InputError("ladder", found, "each sentence in one bead")
    return "".join([*rungs, f"{at[0]}\t{at[1]}\t{0:.{_DECIMALS}f}\n"])


def blocks_text(alignment: Alignment, first: Side = "zh") -> str:
    """For people: a block a bead with its indices, type and probability, then the sentences, a line each.

    A probability under one half is marked "low". Characters that do not show are spelt out.
    """
    blocks = []
    for bead in alignment.beads:
        head = format_beads([bead], first).strip()
        probability = bead.probability
        en, zh = [alignment.en[i] for i in bead.en], [alignment.zh[j] for j in bead.zh]
        lines = [on_one_line(each) for each in ((*en, *zh) if first == "en" else (*zh, *en))]
        mark = " low" if probability < LOW else ""
        blocks.append("\n".join([f"{head}  {bead.type}  {probability:.2f}{mark}", *lines]) + "\n")
    return "\n".join(blocks)


def units_of_beads(alignment: Alignment) -> list[Unit]:
    """A unit a bead, numbered from 1: the sentences of each side joined, and where they came from."""
    units = []
    words = alignment.words or (None,) * len(alignment.beads)
    for number, (bead, linked) in enumerate(zip(alignment.beads, words, strict=True), 1):
        origin = {
            "document": alignment.document,
            "sha256": alignment.sha256,
            "type": bead.type,
            "probability": f"{bead.probability:.{_DECIMALS}f}",
            "score": f"{bead.score:.{_DECIMALS}f}",
            "sentences_en": " ".join(map(str, bead.en)),
            "sentences_zh": " ".join(map(str, bead.zh)),
        }
        if linked is not None:
            origin |= {"tokens_en": " ".join(linked.en), "tokens_zh": " ".join(linked.zh), "links": linked.pharaoh}
        en, zh = " ".join(alignment.en[i] for i in bead.en), "".join(alignment.zh[j] for j in bead.zh)
        units.append(Unit(en, zh, str(number), {name: text for name, text in origin.items() if text}))
    return units


def alignment_summary(alignment: Alignment) -> str:
    """One line: sentences, beads by type (English first), what stands alone, mean probability, how many are unlikely.

    Blank lines are counted apart and in nothing else.
    """
    texts = (*alignment.en, *alignment.zh)
    blank = sum(not text.strip() for text in texts)
    beads = [bead for bead in alignment.beads if _has_text(bead, alignment)]
    paired = Counter(bead.type for bead in beads if bead.en and bead.zh)
    lone_en = sum(len(bead.en) for bead in beads if not bead.zh)
    lone_zh = sum(len(bead.zh) for bead in beads if not bead.en)
    said = counted(sum(paired.values()), "bead")
    if paired:
        kinds = sorted(paired.items(), key=lambda item: (-item[1], item[0]))
        said += f" ({', '.join(f'{count:,} {kind}' for kind, count in kinds)})"
    parts = [f"{said}; unaligned: {lone_en:,} English, {lone_zh:,} Chinese"]
    if beads:
        likely = [bead.probability for bead in beads]
        low = sum(probability < LOW for probability in likely)
        parts.append(f"mean probability {sum(likely) / len(likely):.2f}, {low:,} below {LOW}")
    if blank:
        parts.append(f"{counted(blank, 'blank line')} left alone")
    doubt = beads and sum(bead.probability for bead in beads) / len(beads) < LOW
    return "; ".join(parts) + "." + (" The two hardly match: are they the same text?" if doubt else "")


def score_table(scores: BeadScores) -> Iterator[str]:
    """The lines of a table: precision, recall and F1 of each measure, then the recall of each type of bead."""
    yield f"{'':9} {'precision':>9} {'recall':>9} {'F1':>9}"
    measures: tuple[tuple[str, Measure], ...] = (
        ("strict", scores.strict),
        ("lax", scores.lax),
        ("links", scores.link),
        ("unaligned", scores.deletion),
    )
    for name, measure in measures:
        yield f"{name:9} {measure.precision:9.4f} {measure.recall:9.4f} {measure.f1:9.4f}"
    yield f"{counted(scores.made, 'bead')} against {scores.gold:,} of gold."
    if scores.types:
        kinds = ", ".join(f"{kind} {right:,}/{wanted:,}" for kind, (right, wanted) in scores.types.items())
        yield f"Right by type (English-Chinese): {kinds}."


def _has_text(bead: Bead, alignment: Alignment) -> bool:
    return any(alignment.en[i].strip() for i in bead.en) or any(alignment.zh[j].strip() for j in bead.zh)
