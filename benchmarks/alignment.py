"""Compare sentence alignments with those made by hand, and what they cost.

python benchmarks/alignment.py [../shared] [--sets mac-dev,stress]

The sets are folders of `<doc>.zh`, `<doc>.en` (a sentence a line) and `<doc>.gold` (`[zh]:[en]`). Where sentences have
verses (bible-5k), beads within one verse are merged before they are compared, as Bertalign does. `stress` is mac-dev
with English sentences taken out and others put in (see `stress`); `abstracts` are 115 that a person aligned. CPU
seconds are of this process, alignment alone, the encoder loaded; peak memory is that of the process so far, so the
sets stand in the order of their size.
"""

import os

# One thread, as the command line has it. Before numpy.
for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

import argparse  # noqa: E402
import hashlib  # noqa: E402
import json  # noqa: E402
import random  # noqa: E402
import resource  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
from collections.abc import Callable, Iterable, Sequence  # noqa: E402
from dataclasses import dataclass, replace  # noqa: E402
from pathlib import Path  # noqa: E402

from duizhao.align import align_sentences, load_encoder  # noqa: E402
from duizhao.align.bead_file import HasSides, Sides, read_beads  # noqa: E402
from duizhao.align.bead_scores import BeadScores, score_beads  # noqa: E402

SETS = ("mac-dev", "stress", "hansard-1993", "sinorama-1987", "un-1993", "abstracts", "bible-5k")
SEED = 1
TAKEN = 5  # English sentences taken out of each document
PUT_IN = (5, 6)  # foreign ones put in, by turns; 33 over the six documents of mac-dev
RUN = 3  # longest run of foreign sentences
Align = Callable[[Sequence[str], Sequence[str]], Sequence[HasSides]]


@dataclass(frozen=True, slots=True)
class Text:
    """A document in both languages, aligned by hand; `verses_*` name each sentence's verse where there are verses."""

    name: str
    en: tuple[str, ...]
    zh: tuple[str, ...]
    gold: tuple[Sides, ...]
    verses_en: tuple[str, ...] = ()
    verses_zh: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Measured:
    """Agreement with gold, and what the alignment cost."""

    scores: BeadScores
    sentences: int
    cpu_seconds: float
    peak_megabytes: float


def load_set(folder: Path) -> list[Text]:
    """The documents of a folder, by name."""
    return [
        Text(
            gold.stem,
            _lines(gold.with_suffix(".en")),
            _lines(gold.with_suffix(".zh")),
            tuple(read_beads(gold.read_text(encoding="utf-8"), str(gold), first="zh")),
            _lines(gold.with_suffix(".en.verse")),
            _lines(gold.with_suffix(".zh.verse")),
        )
        for gold in sorted(folder.glob("*.gold"))
    ]


def load_abstracts(shared: Path) -> list[Text]:
    """The abstracts of benchmarks/gold/beads.jsonl, whose texts lie in `shared`.

    The sentences are those the readers saw: a row has their places in the text, so a better segmentation moves nothing.
    """
    from spans import load_texts  # beside this script

    with (Path(__file__).parent / "gold" / "beads.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    texts = load_texts(shared, [row["text"] for row in rows])
    out = []
    for row in rows:
        en, zh = texts[row["text"]]
        if hashlib.sha256(f"{en}\n{zh}".encode()).hexdigest()[:12] != row["sha"]:
            raise SystemExit(f"{row['text']}: not the text that was read")
        out.append(
            Text(
                row["text"],
                tuple(en[a:b] for a, b in row["en"]),
                tuple(zh[a:b] for a, b in row["zh"]),
                tuple(Sides(tuple(i), tuple(j)) for i, j in row["beads"]),
            )
        )
    return out


def stress(documents: Sequence[Text], seed: int = SEED) -> list[Text]:
    """The documents with English sentences missing and foreign ones in between; the gold says so.

    Of each, 5 sentences that have a Chinese counterpart are taken out: their bead shrinks, and where nothing is left
    of its English, its Chinese sentences stand alone, one a bead, as in the gold of these sets. Then 5 or 6 sentences,
    in turn, come in from one other document in runs of 1 to 3 at random places between beads; each stands alone.
    """
    random_numbers = random.Random(seed)
    return [
        _put_in(_taken_out(each, random_numbers), documents, k, PUT_IN[k % len(PUT_IN)], random_numbers)
        for k, each in enumerate(documents)
    ]


def measure(documents: Sequence[Text], align: Align = align_sentences) -> Measured:
    """What `align` makes of the documents, all together."""
    pairs = []
    cpu = 0.0
    for each in documents:
        begun = time.process_time()
        made = align(each.en, each.zh)
        cpu += time.process_time() - begun
        beads = [Sides(tuple(bead.en), tuple(bead.zh)) for bead in made]
        pairs.append((each.gold, merge_verses(beads, each) if each.verses_en else beads))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Measured(score_beads(pairs), sum(len(each.en) + len(each.zh) for each in documents), cpu, peak)


def merge_verses(beads: Iterable[Sides], text: Text) -> list[Sides]:
    """The beads, neighbours merged where all their sentences lie in one and the same verse (Bertalign's rule)."""
    merged: list[Sides] = []
    last: str | None = None
    for bead in beads:
        verse = _verse(bead, text)
        if verse is not None and verse == last:
            merged[-1] = Sides(merged[-1].en + bead.en, merged[-1].zh + bead.zh)
        else:
            merged.append(bead)
        last = verse
    return merged


def _verse(bead: Sides, text: Text) -> str | None:
    """The one verse of a bead's sentences; None where there are several."""
    verses = {text.verses_en[i] for i in bead.en} | {text.verses_zh[j] for j in bead.zh}
    return verses.pop() if len(verses) == 1 else None


def _taken_out(text: Text, random_numbers: random.Random) -> Text:
    aligned = sorted(i for bead in text.gold if bead.zh for i in bead.en)
    gone = set(random_numbers.sample(aligned, min(TAKEN, len(aligned))))
    place = {old: new for new, old in enumerate(i for i in range(len(text.en)) if i not in gone)}
    gold: list[Sides] = []
    for bead in text.gold:
        en = tuple(place[i] for i in bead.en if i in place)
        if en or not bead.en:
            gold.append(Sides(en, bead.zh))
        else:
            gold += [Sides((), (j,)) for j in bead.zh]
    return replace(text, en=tuple(s for i, s in enumerate(text.en) if i not in gone), gold=tuple(gold))


def _put_in(text: Text, documents: Sequence[Text], own: int, count: int, random_numbers: random.Random) -> Text:
    other = documents[random_numbers.choice([k for k in range(len(documents)) if k != own])].en
    # Between beads only: a stranger within one could not be told by any aligner of neighbouring sentences.
    inside = {i for bead in text.gold if bead.en for i in range(min(bead.en) + 1, max(bead.en) + 1)}
    places = [i for i in range(len(text.en) + 1) if i not in inside]
    strangers: dict[int, tuple[str, ...]] = {}
    while count:
        size = min(count, random_numbers.randint(1, RUN))
        at = random_numbers.choice([i for i in places if i not in strangers])
        begin = random_numbers.randrange(len(other) - size + 1)
        strangers[at] = other[begin : begin + size]
        count -= size
    english: list[str] = []
    alone: list[Sides] = []
    place: dict[int, int] = {}
    for i in range(len(text.en) + 1):
        for sentence in strangers.get(i, ()):
            alone.append(Sides((len(english),), ()))
            english.append(sentence)
        if i < len(text.en):
            place[i] = len(english)
            english.append(text.en[i])
    gold = [Sides(tuple(place[i] for i in bead.en), bead.zh) for bead in text.gold]
    return replace(text, en=tuple(english), gold=(*gold, *alone))


def _lines(path: Path) -> tuple[str, ...]:
    """The lines of a file; none where there is no such file."""
    return tuple(path.read_text(encoding="utf-8").removesuffix("\n").split("\n")) if path.exists() else ()


HEADER = (
    f"{'set':14} {'texts':>5} {'sent.':>6}  {'P':>6} {'R':>6} {'strict':>6}  {'lax':>6} {'link':>6} {'del.':>6}"
    f"  {'CPU s':>6} {'sent/s':>6} {'MB':>5}"
)


def table_row(name: str, texts: int, measured: Measured) -> str:
    """One line of the table under HEADER: precision and recall are strict ones, all else F1."""
    scores = measured.scores
    strict = " ".join(f"{x:6.4f}" for x in (*scores.strict, scores.strict.f1))
    others = " ".join(f"{x:6.4f}" for x in (scores.lax.f1, scores.link.f1, scores.deletion.f1))
    speed = measured.sentences / measured.cpu_seconds if measured.cpu_seconds else 0.0
    cost = f"{measured.cpu_seconds:6.2f} {speed:6.0f} {measured.peak_megabytes:5.0f}"
    return f"{name:14} {texts:5} {measured.sentences:6}  {strict}  {others}  {cost}"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("shared", nargs="?", type=Path, default=Path("../shared"), help="the development texts")
    parser.add_argument("--sets", default=",".join(SETS), metavar="A,B", help="default: %(default)s")
    chosen = parser.parse_args(arguments)
    names = chosen.sets.split(",")
    if unknown := [name for name in names if name not in SETS]:
        parser.error(f"no set {unknown[0]!r}; there are {', '.join(SETS)}")
    folder = chosen.shared / "gold" / "align"
    load_encoder().encode(["Tea.", "茶。"])
    print(HEADER)
    for name in names:
        if name == "abstracts":
            documents = load_abstracts(chosen.shared)
        else:
            documents = stress(load_set(folder / "mac-dev")) if name == "stress" else load_set(folder / name)
        if not documents:
            parser.error(f"no documents in {folder / name}")
        print(table_row(name, len(documents), measure(documents)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
