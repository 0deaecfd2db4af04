"""Plant defects in translations and count which of them the triage finds, beside what lengths alone would find.

python benchmarks/adequacy.py [../shared] [--every N] [--fit]

Of every set, in both directions, 5 % of the segments each get a clause or a sentence of the hypothesis cut out, a
foreign sentence put in, the hypothesis of a neighbour, the source itself, or nothing; the rest stays as it was. The
sets: sentences, paragraphs of three and whole abstracts of the bulk file (machine translations; limits are fitted on
the even abstracts, measured on the odd ones) and the hand-made beads of human translations (measured only).

Precision is for 5 % of segments with the defect: the false alarms among those left as they were are counted as if
those were 95 % of all. Lengths: as many flags as ours, on the segments whose ratio of lengths is furthest off (in the
direction that fits omissions and additions).
"""

import os

# One thread, as the command line has it. Before numpy.
for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

import argparse  # noqa: E402
import json  # noqa: E402
import time  # noqa: E402
from collections.abc import Callable, Sequence  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import NamedTuple  # noqa: E402

import numpy as np  # noqa: E402
import numpy.typing as npt  # noqa: E402
from planted_defects import PLANTED, SHARE, Pairs, plant  # noqa: E402

from duizhao.align import align_sentences, load_encoder, sentences_en, sentences_zh  # noqa: E402
from duizhao.metrics.adequacy import Triage  # noqa: E402
from duizhao.metrics.adequacy_figures import KINDS  # noqa: E402
from duizhao.metrics.omissions import features  # noqa: E402
from duizhao.metrics.testset import Target  # noqa: E402

HUMAN = ("mac-dev", "un-1993", "hansard-1993", "sinorama-1987")
Values = npt.NDArray[np.float64]


def bulk_sets(shared: Path, every: int, half: str) -> dict[str, Pairs]:
    """Sentences, paragraphs and abstracts of half A or B, by name."""
    lines = (shared / "bulk" / "abstract_pairs.jsonl").read_text(encoding="utf-8").split("\n")
    rows = [json.loads(line) for line in lines if line][::every]
    sets: dict[str, Pairs] = {}
    some = [(row["abstract_en"], row["abstract_zh"]) for row in rows["AB".index(half) :: 2]]
    aligned = [beads_of(*pair) for pair in some]
    sets[f"sentences {half}"] = [bead for beads in aligned for bead in beads]
    sets[f"paragraphs {half}"] = [
        (" ".join(en for en, _ in beads[k : k + 3]), "".join(zh for _, zh in beads[k : k + 3]))
        for beads in aligned
        for k in range(0, len(beads), 3)
    ]
    sets[f"abstracts {half}"] = some
    return sets


def beads_of(en: str, zh: str) -> Pairs:
    left, right = ([text[a:b] for a, b in cut(text)] for text, cut in ((en, sentences_en), (zh, sentences_zh)))
    beads = align_sentences(left, right)
    return [
        (" ".join(left[i] for i in bead.en), "".join(right[j] for j in bead.zh))
        for bead in beads
        if bead.en and bead.zh
    ]


def human_set(folder: Path) -> Pairs:
    from alignment import load_set  # beside this script

    return [
        (" ".join(text.en[i] for i in bead.en), "".join(text.zh[j] for j in bead.zh))
        for text in load_set(folder)
        for bead in text.gold
        if bead.en and bead.zh
    ]


def auc(bad: Values, good: Values) -> float:
    """How often a value of `bad` is above one of `good`, ties half."""
    ordered = np.sort(good)
    below, upto = np.searchsorted(ordered, bad, "left"), np.searchsorted(ordered, bad, "right")
    return float((below + upto).sum() / 2 / max(1, len(bad) * len(good)))


class Counted(NamedTuple):
    """Of one set and direction: a value a segment for each kind, the flags, the ratios of lengths, the defects."""

    values: dict[str, Values]
    flags: dict[str, set[int]]
    ratios: dict[str, Values]
    defects: list[str]


def count(pairs: Pairs, target: Target) -> Counted:
    made = plant(pairs, target)
    judge = Triage(made.sources, target)
    flags: dict[str, set[int]] = {kind: set() for kind in KINDS}
    for flag in judge.flags(made.hypotheses, ""):
        flags[flag.kind].add(flag.segment)
    values, signals = judge.signals(made.hypotheses)
    for kind in ("empty", "untranslated"):
        values[kind] = np.array([float(i in flags[kind]) for i in range(len(pairs))])
    longer = np.array([pair.ratio for pair in signals]) * (1 if target == "zh" else -1)
    longer -= np.median(longer)
    ratios = {kind: np.abs(longer) for kind in KINDS} | {"omission": -longer, "addition": longer}
    return Counted(values, flags, ratios, made.defects)


def figures(
    counted: Sequence[Counted], kind: str, defects: Sequence[str]
) -> tuple[int, float, float, float, float, float, float]:
    """Planted, precision, recall, false alarms of 1,000, AUC, and precision and AUC by lengths, of some defects."""
    hits = planted = alarms = sound = length_hits = length_alarms = 0
    ours: list[float] = []
    lengths: list[float] = []
    for one in counted:
        bad = np.array([i for i, d in enumerate(one.defects) if d in defects], dtype=np.int64)
        good = np.array([i for i, d in enumerate(one.defects) if not d], dtype=np.int64)
        flagged = np.isin(np.arange(len(one.defects)), list(one.flags[kind]))
        hits, planted = hits + int(flagged[bad].sum()), planted + len(bad)
        alarms, sound = alarms + int(flagged[good].sum()), sound + len(good)
        both = np.concatenate([bad, good])
        most = both[np.argsort(-one.ratios[kind][both], kind="stable")][: int(flagged[both].sum())]
        length_hits, length_alarms = (
            length_hits + int(np.isin(most, bad).sum()),
            length_alarms + int(np.isin(most, good).sum()),
        )
        if len(bad):
            ours.append(auc(one.values[kind][bad], one.values[kind][good]))
            lengths.append(auc(one.ratios[kind][bad], one.ratios[kind][good]))

    def precision(right: int, wrong: int) -> float:
        a, b = SHARE * right / max(1, planted), (1 - SHARE) * wrong / max(1, sound)
        return a / (a + b) if a + b else 0.0

    return (
        planted, precision(hits, alarms), hits / max(1, planted), 1000 * alarms / max(1, sound),
        float(np.mean(ours)) if ours else 0.0, precision(length_hits, length_alarms),
        float(np.mean(lengths)) if lengths else 0.0,
    )  # fmt: skip


def show(name: str, counted: Sequence[Counted]) -> None:
    for defect, kind in PLANTED.items():
        n, precision, recall, alarms, own, length_precision, length_auc = figures(counted, kind, [defect])
        if n:
            print(
                f"{name:24} {defect:15} {kind:14} {n:5}  {precision:.3f}  {recall:.3f}  {alarms:6.2f}  {own:.3f}"
                f"   {length_precision:.3f}  {length_auc:.3f}"
            )


def fit(sets: dict[str, Pairs]) -> None:
    """Print the LIMITS of metrics/omissions.py."""
    for lost in ("en", "zh"):
        rows, bad = [], []
        for target in ("zh", "en"):
            for pairs in sets.values():
                made = plant(pairs, target, 0.1)
                _, signals = Triage(made.sources, target).signals(made.hypotheses)
                wanted = "omission" if target != lost else "addition"
                for row, defect in zip(features(signals, lost), made.defects, strict=True):
                    if not defect or PLANTED[defect] == wanted:
                        rows.append(row)
                        bad.append(bool(defect))
        found, is_bad = np.array(rows), np.array(bad)
        centres = np.median(found[~is_bad, :2], axis=0)
        x = found[:, :4].copy()
        x[:, :2] = (x[:, :2] - centres) * found[:, 4:]
        weights = logistic(x, is_bad)
        scores = (x @ weights)[~is_bad]
        middle, high, most = np.quantile(scores, (0.5, 0.8, 0.998))
        print(
            f'"{lost}": Limit(({", ".join(f"{w:.2f}" for w in weights)}), ({centres[0]:.3f}, {centres[1]:.4f}), '
            f"{middle:.2f}, {high - middle:.2f}, {(most - middle) / (high - middle):.2f}),"
        )


def logistic(x: Values, y: npt.NDArray[np.bool_]) -> Values:
    """Weights of a logistic regression, L2 1 on standardised features, without the constant."""
    deviation = x.std(0) + 1e-9
    z = np.c_[np.ones(len(x)), (x - x.mean(0)) / deviation]
    keep = np.r_[0.0, np.ones(x.shape[1])]
    w = np.zeros(z.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-z @ w))
        w += np.linalg.solve((z * (p * (1 - p))[:, None]).T @ z + np.diag(keep), z.T @ (y - p) - keep * w)
    return np.asarray(w[1:] / deviation)


def rounded(figure: float) -> str:
    """Rounded down to two digits."""
    return f"{int(figure * 100 + 1e-9) / 100:.2f}"


def main(arguments: Sequence[str] | None = None, say: Callable[[str], None] = print) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("shared", nargs="?", type=Path, default=Path("../shared"), help="the development texts")
    parser.add_argument("--every", type=int, default=5, help="take every n-th abstract [5]")
    parser.add_argument("--fit", action="store_true", help="print the limits fitted on half A instead")
    chosen = parser.parse_args(arguments)
    load_encoder().encode(["Tea.", "茶。"])
    sets = bulk_sets(chosen.shared, chosen.every, "A" if chosen.fit else "B")
    if chosen.fit:
        fit(sets)
        return 0
    sets |= {name: human_set(chosen.shared / "gold" / "align" / name) for name in HUMAN}
    say(f"{'':24} {'planted':15} {'flag':14} {'n':>5}  prec.  recall  alarms  AUC    by length: prec., AUC")
    done: dict[str, list[Counted]] = {}
    for name, pairs in sets.items():
        for target in ("zh", "en"):
            begun = time.process_time()
            counted = count(pairs, target)
            spent = time.process_time() - begun
            show(f"{name} → {target}", [counted])
            say(f"{'':24} {len(pairs)} segments, {spent:.1f} CPU s (twice: flags and signals)")
            group = "human translations" if name in HUMAN else "machine translations"
            done.setdefault(group, []).append(counted)
    for group, counted_all in done.items():
        show(f"ALL {group}", counted_all)
        for kind in KINDS:
            its = figures(counted_all, kind, [defect for defect in PLANTED if PLANTED[defect] == kind])
            say(f'{group}: "{kind}": KindFigures({", ".join(map(rounded, its[1:]))}),')
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
