"""Cut the development texts into pieces, shuffle them, pair them; and align texts whose blocks were moved.

python benchmarks/document_pairing.py [../shared]

Prints for each setting how many of the true pairs were found, how many of the pairs made are true, and CPU seconds;
then strict F1 of plain, shuffled and lengthened novels, by align_sentences and by align_chunks. Seeds are fixed. The
weights of align/documents.py were fitted to pieces of all sets but bible-5k.
"""

import random
import sys
import time
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

from duizhao.align import Bead, align_sentences, load_encoder
from duizhao.align.chunks import align_chunks
from duizhao.align.documents import NamedText, pair_documents

GoldBead = tuple[tuple[int, ...], tuple[int, ...]]  # English, Chinese
Text = tuple[list[str], list[str], list[GoldBead]]
FITTED = ("mac-dev", "hansard-1993", "sinorama-1987", "un-1993")
# Sentences of a piece, at most so many pieces, share of the pieces that one side lacks.
SETTINGS = ((5, 15, 300, 0.0), (5, 15, 300, 0.3), (15, 50, 100, 0.0), (15, 50, 100, 0.3), (60, 200, 30, 0.3))


def texts_of(folder: Path) -> list[Text]:
    """English and Chinese sentences and the gold beads of each document of a set."""
    found: list[Text] = []
    for gold in sorted(folder.glob("*.gold")):
        en, zh = (gold.with_suffix(end).read_text(encoding="utf-8").rstrip("\n").split("\n") for end in (".en", ".zh"))
        beads: list[GoldBead] = []
        for line in gold.read_text(encoding="utf-8").split("\n"):
            if line.strip():
                one, other = (
                    tuple(int(k) for k in side.strip(" []").split(",") if k.strip()) for side in line.split(":")[:2]
                )
                beads.append((other, one))
        found.append((en, zh, beads))
    return found


def pieces(texts: Sequence[Text], low: int, high: int, dice: random.Random) -> list[tuple[list[str], list[str]]]:
    """The texts in pieces of `low` to `high` Chinese sentences, cut between beads."""
    found: list[tuple[list[str], list[str]]] = []
    for en, zh, beads in texts:
        rows: list[int] = []
        columns: list[int] = []
        size = dice.randint(low, high)
        for one, other in sorted((bead for bead in beads if bead[0] and bead[1]), key=lambda bead: bead[1]):
            rows += one
            columns += other
            if len(columns) >= size:
                found.append((en[min(rows) : max(rows) + 1], zh[min(columns) : max(columns) + 1]))
                rows, columns, size = [], [], dice.randint(low, high)
    dice.shuffle(found)
    return found


def strict(gold: Sequence[GoldBead], made: Sequence[Bead]) -> tuple[int, int, int]:
    """Beads that are right, made, and to be found (two-sided ones); as score.py of the shared texts counts."""
    wanted = {bead for bead in gold if bead[0] or bead[1]}
    own = {(bead.en, bead.zh) for bead in made}
    two_sided = [bead for bead in gold if bead[0] and bead[1]]
    return sum(bead in wanted for bead in own), len(own), len(two_sided)


def f1(results: Sequence[tuple[Sequence[GoldBead], Sequence[Bead]]]) -> float:
    """Strict F1 over all documents."""
    right = made = recalled = total = 0
    for gold, beads in results:
        own = {(bead.en, bead.zh) for bead in beads}
        hits, count, all_gold = strict(gold, beads)
        right, made, total = right + hits, made + count, total + all_gold
        recalled += sum(bead in own for bead in gold if bead[0] and bead[1])
    precision, recall = right / made, recalled / total
    return 2 * precision * recall / (precision + recall)


def cuts(en: Sequence[str], beads: Sequence[GoldBead], size: int) -> list[int]:
    """Places in the English, `size` sentences or more apart, that no bead crosses."""
    inside = {k for one, _ in beads if one for k in range(min(one) + 1, max(one) + 1)}
    found = [0]
    for k in range(1, len(en)):
        if k not in inside and k - found[-1] >= size and len(en) - k >= size // 2:
            found.append(k)
    return [*found, len(en)]


def moved(text: Text, size: int, dice: random.Random) -> Text:
    """The text with its English in blocks of some `size` sentences, shuffled."""
    en, zh, beads = text
    at = cuts(en, beads, size)
    blocks = [list(range(a, b)) for a, b in pairwise(at)]
    dice.shuffle(blocks)
    order = [k for block in blocks for k in block]
    new = {old: k for k, old in enumerate(order)}
    return [en[k] for k in order], zh, [(tuple(sorted(new[k] for k in one)), other) for one, other in beads]


def lengthened(text: Text, extra: Sequence[str]) -> Text:
    """The text with a foreign chapter in the middle of its English."""
    en, zh, beads = text
    at = cuts(en, beads, len(en) // 2)[1]
    placed = [(tuple(k if k < at else k + len(extra) for k in one), other) for one, other in beads]
    return [*en[:at], *extra, *en[at:]], zh, [*placed, *(((at + k,), ()) for k in range(len(extra)))]


def main(shared: Path) -> None:
    """Measure and print."""
    encoder = load_encoder()
    folder = shared / "gold" / "align"
    print("sets      pieces of   zh × en    found  right  F1      CPU s")
    for label, names in (("fitted", FITTED), ("held out", ("bible-5k",))):
        texts = [text for name in names for text in texts_of(folder / name)]
        for low, high, most, lacking in SETTINGS:
            dice = random.Random(7)
            chosen = pieces(texts, low, high, dice)[:most]
            zh = [k for k in range(len(chosen)) if dice.random() >= lacking]
            en = [k for k in range(len(chosen)) if dice.random() >= lacking]
            dice.shuffle(en)
            begin = time.process_time()
            pairing = pair_documents(
                [NamedText(f"{k}", chosen[i][1]) for k, i in enumerate(zh)],
                [NamedText(f"{k + 10_000}", chosen[i][0]) for k, i in enumerate(en)],
                encoder,
            )
            seconds = time.process_time() - begin
            right = sum(zh[pair.zh] == en[pair.en] for pair in pairing.pairs)
            found, true = right / max(1, len({*zh} & {*en})), right / max(1, len(pairing.pairs))
            score = 2 * found * true / max(1e-9, found + true)
            size, sides = f"{low}-{high}", f"{len(zh)} × {len(en)}"
            print(f"{label:9} {size:11} {sides:10} {found:.3f}  {true:.3f}  {score:.3f}  {seconds:6.1f}")
    novels = texts_of(folder / "mac-dev")
    variants: list[tuple[str, Callable[[int], Text]]] = [
        ("plain", lambda k: novels[k]),
        ("blocks of 40", lambda k: moved(novels[k], 40, random.Random(k))),
        ("blocks of 20", lambda k: moved(novels[k], 20, random.Random(k))),
        ("blocks of 12", lambda k: moved(novels[k], 12, random.Random(k))),
        ("foreign chapter inside", lambda k: lengthened(novels[k], novels[(k + 1) % len(novels)][0])),
    ]
    print("\nmac-dev, strict F1         align_sentences  align_chunks")
    for label, make in variants:
        made = [make(k) for k in range(len(novels))]
        plain = f1([(beads, align_sentences(en, zh, encoder)) for en, zh, beads in made])
        chunked = f1([(beads, align_chunks(en, zh, encoder)) for en, zh, beads in made])
        print(f"{label:26} {plain:.4f}           {chunked:.4f}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared"))
