"""Fit the models of the filter "meaning" (metrics/filter_meaning.py), print their weights, and say what they catch.

python benchmarks/train_filter.py [../shared]

Sound pairs: sentences of every fifth abstract of the bulk file (machine translations) and the hand-made beads of human
ones. Noise made of them: the Chinese of any other pair, that of a neighbour in the same document, and the last third
of one side gone, with its full stop or without. Fitted on half the documents, measured on the other half, and on
verses of the Bible, of which nothing is fitted. A model is shifted so that at 0.5 it loses what CUTS says.
"""

import os

# One thread, as the command line has it. Before numpy.
for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

import json  # noqa: E402
import random  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
from collections.abc import Iterator, Sequence  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import NamedTuple  # noqa: E402

import numpy as np  # noqa: E402
import numpy.typing as npt  # noqa: E402

from duizhao.metrics.filter_meaning import FEATURES, LEAST_MEANING, MODELS, expanded, meaning, meaning_features  # noqa: E402
from duizhao.metrics.traditional import traditional  # noqa: E402

EVERY = 5
HUMAN_TRAINED = ("UN19930101_020", "001", "003", "005")  # of the human documents, those the models are fitted to
CUTS = {"same": 0.62, "whole en": 0.02, "whole zh": 0.45}  # probability that becomes 0.5: see the table printed
WEIGHT = {"sound": 4.0, "other": 2.0, "neighbour": 2.0, "cut en": 1.0, "cut zh": 1.0}
HUMAN_WEIGHT = 4.0  # of sound human pairs against a cut, and HUMAN_CUT of cut ones: those translations are free
HUMAN_CUT, STRENGTH = 0.3, 5.0
NOISE = {"same": ("other", "neighbour"), "whole en": ("cut en",), "whole zh": ("cut zh",)}
Values = npt.NDArray[np.float64]


class Row(NamedTuple):
    """A pair of texts: the set and the document it is from, and what was done to it."""

    name: str
    document: str
    kind: str
    en: str
    zh: str


def main(shared: Path) -> None:
    """Fit, print, measure."""
    rows = [row for name, pairs in sets(shared).items() for row in planted(name, pairs)]
    features = meaning_features([row.en for row in rows], [row.zh for row in rows])
    kinds, names = np.array([row.kind for row in rows]), np.array([row.name for row in rows])
    fitted = np.array([is_fitted(row) for row in rows])
    odds = []
    for model, noise in NOISE.items():
        here = fitted & np.isin(kinds, ("sound", *noise))
        weights = np.array([WEIGHT.get(kind, 0.0) for kind in kinds])
        if model != "same":
            weights *= np.where(names == "human", np.where(kinds == "sound", HUMAN_WEIGHT, HUMAN_CUT), 1.0)
        x = expanded(features, model)
        bias, beta = logistic(x[here], (kinds[here] == "sound") * 1.0, weights[here])
        bias -= float(np.log(CUTS[model] / (1 - CUTS[model])))
        odds.append(x @ beta + bias)
        print(f'    "{model}": ({", ".join(f"{value:.4g}" for value in (bias, *beta))}),')
    report(np.min(odds, axis=0) >= 0, rows, fitted)
    sound = [row for row in rows if row.kind == "sound" and row.name == "machine"][:1000]
    begin = time.process_time()
    values = meaning([row.en for row in sound], [row.zh for row in sound])
    print(f"{len(sound) / (time.process_time() - begin):.0f} pairs a CPU second; shipped weights lose", end=" ")
    print(f"{(values < LEAST_MEANING).mean():.4f} of {len(sound)} sound pairs")


def sets(shared: Path) -> dict[str, list[tuple[str, str, str]]]:
    """Pairs by set: document, English, Chinese."""
    from adequacy import HUMAN, beads_of  # beside this script
    from alignment import load_set

    lines = (shared / "bulk" / "abstract_pairs.jsonl").read_text(encoding="utf-8").split("\n")
    machine = []
    for k, line in enumerate([line for line in lines if line][::EVERY]):
        row = json.loads(line)
        machine += [(str(k), en, zh) for en, zh in beads_of(row["abstract_en"], row["abstract_zh"])]
    human = [
        (text.name, " ".join(text.en[i] for i in bead.en), "".join(text.zh[j] for j in bead.zh))
        for folder in HUMAN
        for text in load_set(shared / "gold" / "align" / folder)
        for bead in text.gold
        if bead.en and bead.zh
    ]
    return {"machine": machine, "human": human, "verses": list(verses(shared))[::3]}


def verses(shared: Path) -> Iterator[tuple[str, str, str]]:
    """The verses that both sides have whole."""
    sides: dict[str, tuple[list[str], list[str]]] = {}
    for k, language in enumerate(("en", "zh")):
        text, places = (
            (shared / "gold" / "align" / "bible-5k" / f"001.{ending}").read_text(encoding="utf-8").split("\n")
            for ending in (language, f"{language}.verse")
        )
        for line, place in zip(text, places, strict=True):
            if line.strip():
                sides.setdefault(place, ([], []))[k].append(line.strip())
    return (("verses", " ".join(en), "".join(zh)) for en, zh in sides.values() if en and zh)


def planted(name: str, pairs: Sequence[tuple[str, str, str]]) -> list[Row]:
    """The pairs of a set as they are, in traditional characters (some), and with each noise."""
    chosen = random.Random(5)
    rows = []
    for i, (document, en, zh) in enumerate(pairs):
        rows.append(Row(name, document, "sound", en, zh))
        if i % 4 == 0:
            rows.append(Row(name, document, "traditional", en, traditional(zh)))
        other = chosen.choice(pairs)[2]
        k = i + chosen.choice((-1, 1))
        if other != zh:
            rows.append(Row(name, document, "other", en, other))
        if 0 <= k < len(pairs) and pairs[k][0] == document and pairs[k][2] != zh:
            rows.append(Row(name, document, "neighbour", en, pairs[k][2]))
        if len(words := en.split()) >= 6 and len(zh) >= 9:
            stop = chosen.random() < 0.5
            short = " ".join(words[: round(len(words) * 2 / 3)])
            rows.append(Row(name, document, "cut en", short.rstrip(",") + en[-1] if stop else short, zh))
            short = zh[: round(len(zh) * 2 / 3)]
            rows.append(Row(name, document, "cut zh", en, short.rstrip("，、") + zh[-1] if stop else short))
    return rows


def is_fitted(row: Row) -> bool:
    """Whether the models may see the document."""
    if row.name == "machine":
        return int(row.document) % 2 == 0
    return row.name == "human" and row.document in HUMAN_TRAINED


def logistic(x: Values, y: Values, weights: Values) -> tuple[float, Values]:
    """Bias and weights of a logistic regression with an L2 penalty, by Newton's method."""
    mean, spread = x.mean(0), x.std(0) + 1e-9
    z = np.concatenate([np.ones((len(x), 1)), (x - mean) / spread], axis=1)
    beta = np.zeros(z.shape[1])
    penalty = STRENGTH * np.eye(len(beta))
    penalty[0, 0] = 0
    for _ in range(50):
        p = 1 / (1 + np.exp(-z @ beta))
        slope = z.T @ (weights * (p - y)) + penalty @ beta
        bend = (z * (weights * p * (1 - p))[:, None]).T @ z + penalty
        step = np.linalg.solve(bend, slope)
        beta -= step
        if np.abs(step).max() < 1e-8:
            break
    scaled = beta[1:] / spread
    return float(beta[0] - scaled @ mean), scaled


def report(kept: npt.NDArray[np.bool_], rows: Sequence[Row], fitted: npt.NDArray[np.bool_]) -> None:
    """What share of each kind is left, of the documents that were not fitted."""
    kinds, names = np.array([row.kind for row in rows]), np.array([row.name for row in rows])
    print(f"left: {'':12}" + "".join(f"{kind:>12}" for kind in (*WEIGHT, "traditional")))
    for name in ("machine", "human", "verses"):
        here = [(names == name) & ~fitted & (kinds == kind) for kind in (*WEIGHT, "traditional")]
        print(f"{name:18}" + "".join(f"{kept[some].mean():12.4f}" for some in here))
    human = (names == "human") & (kinds == "sound")
    documents = np.array([row.document for row in rows])
    print("sound human pairs kept:", end=" ")
    print(", ".join(f"{d} {kept[human & (documents == d)].mean():.3f}" for d in sorted(set(documents[human]))))


if __name__ == "__main__":
    if not set(FEATURES).issuperset(name for chosen in MODELS.values() for name in chosen):
        sys.exit("MODELS names features that FEATURES does not have")
    main(Path(sys.argv[1] if sys.argv[1:] else "../shared"))
