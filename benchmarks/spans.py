"""Compare the located renderings of terms with those that two readers marked by hand.

python benchmarks/spans.py [../shared] [--links none|document|all]

Each abstract of benchmarks/gold/spans.jsonl is aligned, and the term's span located in the bead that holds it. Exact:
the span is the reader's. Overlap: intersection over union is .5 or more. A rendering outside the bead counts as
missed; a term that was not rendered counts as right where the confidence is under .5. `--links` says which pairs the
word links are trained on: none, each abstract's own, or those of all these abstracts together.
"""

import argparse
import json
import sys
import time
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from duizhao.align import align_sentences, load_encoder, sentences_en, sentences_zh
from duizhao.align.spans import SpanLocator
from duizhao.align.word_links import WordLinks, train_links, untrained_links
from duizhao.corpora import Span

GOLD = Path(__file__).parent / "gold" / "spans.jsonl"
BINS = (0.0, 0.5, 0.7, 0.9, 0.97, 1.01)
LENGTHS = (1, 2, 3)  # words of the term; the last stands for more too


class Bead(NamedTuple):
    """The sentences of a bead in one string each, and the offset of each string's characters in the abstract."""

    en: str
    zh: str
    at_en: tuple[int, ...]
    at_zh: tuple[int, ...]


class Outcome(NamedTuple):
    """One term: who read it, its words, whether the located span is the reader's, and how sure the locator was."""

    reader: str
    words: int
    exact: bool
    overlap: bool
    confidence: float


def load_texts(shared: Path, wanted: Iterable[str]) -> dict[str, tuple[str, str]]:
    """The two abstracts of each text id, `file:row`."""
    texts: dict[str, tuple[str, str]] = {}
    for name in sorted({text.partition(":")[0] for text in wanted}):
        path = "bulk/abstract_pairs.jsonl" if name == "bulk" else f"gold/extraction/{name}.jsonl"
        rows = (shared / path).read_text(encoding="utf-8").split("\n")
        for text in wanted:
            file, _, row = text.partition(":")
            if file == name:
                item = json.loads(rows[int(row)])
                en, zh = (unicodedata.normalize("NFC", item[side]) for side in ("abstract_en", "abstract_zh"))
                texts[text] = en, zh
    return texts


def beads_of(en: str, zh: str) -> list[Bead]:
    """The abstract's beads that have both sides."""
    left, right = sentences_en(en), sentences_zh(zh)
    made = align_sentences([en[slice(*s)] for s in left], [zh[slice(*s)] for s in right])
    beads = []
    for bead in made:
        if bead.en and bead.zh:
            text_en, at_en = _joined(en, [left[i] for i in bead.en], " ")
            text_zh, at_zh = _joined(zh, [right[j] for j in bead.zh], "")
            beads.append(Bead(text_en, text_zh, at_en, at_zh))
    return beads


def outcomes(
    rows: Sequence[dict[str, object]], beads: dict[str, list[Bead]], links: Callable[[str], WordLinks]
) -> tuple[list[Outcome], float]:
    """What became of each row, and the CPU milliseconds a row took."""
    made: list[Outcome] = []
    begun = time.process_time()
    locators: dict[tuple[str, int], SpanLocator] = {}
    for row in rows:
        text, reader, span = str(row["text"]), str(row["reader"]), _span(row["en"])
        gold = _span(row["zh"]) if row["zh"] else None
        hit, sure, words = None, 0.0, 0
        for k, bead in enumerate(beads[text]):
            if span[0] in bead.at_en and span[1] - 1 in bead.at_en:
                here = bead.at_en.index(span[0]), bead.at_en.index(span[1] - 1) + 1
                words = len(bead.en[slice(*here)].split())
                locator = locators.get((text, k))
                if locator is None:
                    locator = locators[text, k] = SpanLocator(bead.en, bead.zh, links=links(text))
                located = locator.locate(here)
                if located:
                    begin, end = located[0].span
                    hit, sure = (bead.at_zh[begin], bead.at_zh[end - 1] + 1), located[0].confidence
        if gold is None:
            right = sure < 0.5
            made.append(Outcome(reader, words, right, right, sure))
        else:
            made.append(Outcome(reader, words, hit == gold, hit is not None and _iou(hit, gold) >= 0.5, sure))
    return made, (time.process_time() - begun) * 1000 / max(1, len(rows))


def _joined(text: str, spans: Sequence[Span], blank: str) -> tuple[str, tuple[int, ...]]:
    parts: list[str] = []
    at: list[int] = []
    for begin, end in spans:
        if parts and blank:
            parts.append(blank)
            at.append(-1)
        parts.append(text[begin:end])
        at += range(begin, end)
    return "".join(parts), tuple(at)


def _span(found: object) -> Span:
    begin, end = found  # type: ignore[misc]
    return int(begin), int(end)


def _iou(a: Span, b: Span) -> float:
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return max(0, shared) / (max(a[1], b[1]) - min(a[0], b[0]))


def _line(name: str, found: Sequence[Outcome]) -> str:
    n = max(1, len(found))
    exact, overlap = sum(o.exact for o in found) / n, sum(o.overlap for o in found) / n
    return f"{name:18} {len(found):5}   {exact:.3f}   {overlap:.3f}   {sum(o.confidence for o in found) / n:.3f}"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("shared", nargs="?", type=Path, default=Path("../shared"), help="the development texts")
    parser.add_argument("--links", choices=("none", "document", "all"), default="none")
    chosen = parser.parse_args(arguments)
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").split("\n") if line]
    texts = load_texts(chosen.shared, dict.fromkeys(row["text"] for row in rows))
    for row in rows:
        if sha256("\n".join(texts[row["text"]]).encode()).hexdigest()[:12] != row["sha"]:
            parser.error(f"{row['text']}: not the text that was read")
    load_encoder().encode(["Tea.", "茶。"])
    SpanLocator("Tea is hot.", "茶很热。").locate((0, 3))
    beads = {text: beads_of(*pair) for text, pair in texts.items()}
    trained: dict[str, WordLinks] = {}
    if chosen.links == "document":
        trained = {text: train_links((b.en, b.zh) for b in found) for text, found in beads.items()}
    elif chosen.links == "all":
        everything = train_links((b.en, b.zh) for found in beads.values() for b in found)
        trained = dict.fromkeys(beads, everything)
    found, cost = outcomes(rows, beads, lambda text: trained.get(text) or untrained_links())
    print(f"{'':18} terms   exact  overlap  confidence")
    print(_line("all", found))
    groups: defaultdict[str, list[Outcome]] = defaultdict(list)
    for o in found:
        groups[f"reader {o.reader}"].append(o)
    for o in sorted(found, key=lambda o: o.words):
        length = min(max(o.words, 1), LENGTHS[-1])
        groups[f"{length}{'+' if length == LENGTHS[-1] else ''} word{'s' if length > 1 else ''}"].append(o)
    for low, high in pairwise(BINS):
        groups[f"confidence {low:.2f}-"] = [o for o in found if low <= o.confidence < high]
    for name, members in groups.items():
        print(_line(name, members))
    print(f"CPU ms a term, its share of the locator's making included: {cost:.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
