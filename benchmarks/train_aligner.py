"""Learn the weights of align/bead_weights.py from texts aligned by hand.

python benchmarks/train_aligner.py [../shared] [--leave-out] [--write]

Needs scipy and numba, which nothing else here does. The weights maximise the conditional likelihood of the beads made
by hand (with a little ridge), in the texts as they are and with sentences taken out and put in. Sentences that a reader
left alone may stand alone one by one, and a bead larger than the aligner makes may be any chain within it.
`--leave-out` learns without each document in turn and scores that document: what to expect of texts of these kinds
that nobody has seen. `--write` writes the module.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import alignment as sets
import numpy as np
from numba import njit
from scipy.optimize import minimize

from duizhao.align import load_encoder
from duizhao.align.bead_features import LONE, PAIRED
from duizhao.align.bead_file import Sides
from duizhao.align.bead_scores import score_beads
from duizhao.align.bead_texts import prepare
from duizhao.align.bead_weights import WEIGHTS_LONE, WEIGHTS_PAIRED
from duizhao.align.beads import GROUP, GROUPS, blocks, usual_shares
from duizhao.align.lattice import NEVER, TYPES, Lattice

RIDGE = 0.2
# Put on what was learned: the likelihood leaves too few sentences alone for the strict F1 of the development sets.
SHIFT = {"alone": 0.5, "usual alone": -0.7}
IMPOSSIBLE = 1e-7
NAMES = (*LONE, *(f"paired {name}" for name in PAIRED), "usual alone", "usual 1-1", "usual other")
_LONE, _PAIRED, _USUAL = slice(0, len(LONE)), slice(len(LONE), len(LONE) + len(PAIRED)), slice(-3, None)
_CLASS = np.array([0 if n.startswith("alone") else 1 if n == "1-1" else 2 for n in GROUPS])[GROUP]


@njit(cache=True)
def chains(begin: np.ndarray, end: np.ndarray, bead: np.ndarray, scores: np.ndarray, nodes: int) -> tuple:
    """Logarithm of the sum over all chains from node 0 to the last two, and how probable each bead is.

    Edges stand in the order of the diagonals they end on; `bead` names the bead of each.
    """
    ahead = np.full(nodes, -1e30)
    ahead[0] = 0.0
    for k in range(len(begin)):
        value, here = ahead[begin[k]] + scores[bead[k]], ahead[end[k]]
        high, low = max(value, here), min(value, here)
        ahead[end[k]] = high + np.log1p(np.exp(low - high)) if low > -1e29 else high
    high, low = max(ahead[nodes - 1], ahead[nodes - 2]), min(ahead[nodes - 1], ahead[nodes - 2])
    whole = high + np.log1p(np.exp(low - high)) if low > -1e29 else high
    behind = np.full(nodes, -1e30)
    behind[nodes - 1] = behind[nodes - 2] = 0.0
    probable = np.zeros(len(scores))
    for k in range(len(begin) - 1, -1, -1):
        value, here = scores[bead[k]] + behind[end[k]], behind[begin[k]]
        high, low = max(value, here), min(value, here)
        behind[begin[k]] = high + np.log1p(np.exp(low - high)) if low > -1e29 else high
        if ahead[begin[k]] + value > whole - 50:
            probable[bead[k]] += np.exp(ahead[begin[k]] + value - whole)
    return whole, probable


@dataclass
class Problem:
    """A document with the features of its likely beads and the chains that agree with its reader."""

    set: str
    text: sets.Text
    lattice: Lattice
    shape: tuple[int, ...]
    at: tuple[np.ndarray, ...]  # diagonal, kind and cell of each bead
    features: np.ndarray  # shape (beads, len(NAMES)); the last three are how usual its kind is here
    right: np.ndarray
    edges: tuple[np.ndarray, np.ndarray, np.ndarray]
    nodes: int

    def loss(self, weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = self.features @ weights
        all_chains, free = chains(*self.edges, scores, self.nodes)
        right_chains, bound = chains(*self.edges, np.where(self.right, scores, scores - 1e5), self.nodes)
        return all_chains - right_chains, (free - bound) @ self.features

    def see_usual(self, first: np.ndarray) -> None:
        self.features[:, _USUAL] = 0
        _, probable = chains(*self.edges, self.features @ first, self.nodes)
        grid = np.zeros(self.shape)
        grid[self.at] = probable
        usual = usual_shares(grid)
        kind = self.at[1]
        self.features[np.arange(len(kind)), len(NAMES) - 3 + _CLASS[kind]] = usual[kind]

    def beads(self, weights: np.ndarray) -> list[Sides]:
        scores = np.full(self.shape, NEVER)
        scores[self.at] = self.features @ weights
        return [
            Sides(
                tuple(range(s.i - TYPES[s.kind][0], s.i)),
                tuple(range(s.j - TYPES[s.kind][1], s.j)),
            )
            for s in self.lattice.best(scores)
        ]


def problem(name: str, text: sets.Text) -> Problem:
    texts = prepare(text.en, text.zh, load_encoder())
    lattice = Lattice(texts.band)
    length = len(text.en) + len(text.zh) + 1
    allowed = lattice.allowed(0, length)
    i, j = texts.band.cells(0, length)
    right = beads_by_hand(text, allowed, i, j)
    # Beads that the weights in use call next to impossible are left out; so are their features.
    rough = np.full(allowed.shape, NEVER)
    for part, block in blocks(texts):
        for kind, (a, b) in enumerate(TYPES):
            weights, names = (WEIGHTS_PAIRED, PAIRED) if a and b else (WEIGHTS_LONE, LONE)
            scores = np.tensordot([weights.get(n, (0, 0))[0] for n in names], block.features(kind), axes=(0, 0))
            rough[part, kind] = np.where(allowed[part, kind], scores, NEVER)
    keep = ((lattice.probabilities(rough) > IMPOSSIBLE) & allowed) | right
    at = np.nonzero(keep)
    features = np.zeros((len(at[0]), len(NAMES)))
    for part, block in blocks(texts):
        for kind, (a, b) in enumerate(TYPES):
            here = np.nonzero((at[0] >= part.start) & (at[0] < part.stop) & (at[1] == kind))[0]
            values = block.features(kind)[:, at[0][here] - part.start, at[2][here]]
            features[here, _PAIRED if a and b else _LONE] = values.T
    a, b = (np.array([kind[side] for kind in TYPES])[at[1]] for side in (0, 1))
    end_i = i[at[0], at[2]]
    end, begin = (d * length + row for d, row in ((at[0], end_i), (at[0] - a - b, end_i - a)))
    cells = np.unique(np.concatenate([begin, end]))  # in the order of the diagonals
    begin, end = np.searchsorted(cells, begin), np.searchsorted(cells, end)
    # Node 2c: the chain's last bead is none of the second side alone; node 2c + 1: it is one.
    lone_en, lone_zh = at[1] == TYPES.index((1, 0)), at[1] == TYPES.index((0, 1))
    number = np.arange(len(begin))
    edges = np.concatenate([[2 * begin, 2 * end + lone_zh, number], [2 * begin + 1, 2 * end + lone_zh, number]], axis=1)
    edges = edges[:, np.concatenate([np.ones(len(begin), bool), ~lone_en])]
    edges = edges[:, np.argsort(edges[1], kind="stable")]
    return Problem(name, text, lattice, allowed.shape, at, features, right[at], tuple(edges), 2 * len(cells))


def beads_by_hand(text: sets.Text, allowed: np.ndarray, i: np.ndarray, j: np.ndarray) -> np.ndarray:
    """Which of the allowed beads a reader made, or may have made within one that is larger than ours."""
    right = np.zeros_like(allowed)
    boxes = [(min(b.en), max(b.en) + 1, min(b.zh), max(b.zh) + 1) for b in text.gold if b.en and b.zh]
    exact = {(i1, j1, i1 - i0, j1 - j0) for i0, i1, j0, j1 in boxes}
    linked_en = {k for b in text.gold if b.en and b.zh for k in b.en}
    linked_zh = {k for b in text.gold if b.en and b.zh for k in b.zh}
    for kind, (a, b) in enumerate(TYPES):
        if a and b:
            for d, k in zip(*np.nonzero(allowed[:, kind]), strict=True):
                right[d, kind, k] = (i[d, k], j[d, k], a, b) in exact
        else:
            free = [k not in (linked_en if a else linked_zh) for k in range(len(text.en) if a else len(text.zh))]
            at = np.clip((i if a else j) - 1, 0, len(free) - 1)
            right[:, kind] = allowed[:, kind] & np.array(free)[at]
    reachable = {(int(i[d, k]), int(j[d, k]), t) for d, t, k in zip(*np.nonzero(right), strict=True)}
    for i0, i1, j0, j1 in boxes:
        a, b = i1 - i0, j1 - j0
        if (a, b) in TYPES and (i1, j1, TYPES.index((a, b))) in reachable:
            continue
        for kind, (a, b) in enumerate(TYPES):
            right[:, kind] |= allowed[:, kind] & (i <= i1) & (i - a >= i0) & (j <= j1) & (j - b >= j0)
    return right


def learn(problems: Sequence[Problem], start: np.ndarray, rounds: int) -> np.ndarray:
    def total(weights: np.ndarray) -> tuple[float, np.ndarray]:
        value, gradient = RIDGE / 2 * float(weights @ weights), RIDGE * weights
        for each in problems:
            loss, slope = each.loss(weights)
            value, gradient = value + loss, gradient + slope
        return value, gradient

    return np.asarray(minimize(total, start, jac=True, method="L-BFGS-B", options={"maxiter": rounds}).x)


def see_usual(problems: Sequence[Problem], first: np.ndarray) -> None:
    for each in problems:
        each.see_usual(first)


def report(title: str, problems: Sequence[Problem], weights: Sequence[np.ndarray]) -> None:
    found: dict[str, list] = {}
    for each, w in zip(problems, weights, strict=True):
        found.setdefault(each.set, []).append((each.text.gold, each.beads(w)))
    print(
        title,
        "  ".join(
            f"{name} {s.strict.f1:.3f}/{s.deletion.f1:.2f}"
            for name, s in ((n, score_beads(p)) for n, p in found.items())
        ),
        flush=True,
    )


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("shared", nargs="?", default="../shared", type=Path)
    parser.add_argument("--leave-out", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--rounds", type=int, default=200)
    chosen = parser.parse_args()
    gold = chosen.shared / "gold" / "align"
    problems = []
    for name in ("mac-dev", "hansard-1993", "sinorama-1987", "un-1993"):
        texts = sets.load_set(gold / name)
        problems += [problem(name, text) for text in texts]
        if name == "mac-dev":
            problems += [problem("stress", text) for text in sets.stress(texts, sets.SEED)]
            problems += [problem("other stress", text) for text in sets.stress(texts, sets.SEED + 1)]
            novels = texts
        else:
            problems += [problem(f"{name} stress", sets.stress([*texts, *novels], sets.SEED)[0])]
    zero = np.zeros(len(NAMES))
    first = learn(problems, zero, chosen.rounds)
    report("first", problems, [first] * len(problems))
    see_usual(problems, first)
    second = learn(problems, first + np.array([0.0] * (len(NAMES) - 3) + [0.5] * 3), chosen.rounds)
    report("second", problems, [second] * len(problems))
    second = second + np.array([SHIFT.get(name, 0.0) for name in NAMES])
    report("shifted", problems, [second] * len(problems))
    if chosen.write:
        write(first, second)
    for name, a, b in zip(NAMES, first, second, strict=True):
        print(f"   {name:28} {a:8.2f} {b:8.2f}")
    if chosen.leave_out:
        weights: dict[str, np.ndarray] = {}
        for name in sorted({each.text.name for each in problems}):
            others = [each for each in problems if each.text.name != name]
            for each in problems:
                each.features[:, _USUAL] = 0
            without = learn(others, first, chosen.rounds // 3)
            see_usual(problems, without)
            shift = np.array([SHIFT.get(each, 0.0) for each in NAMES])
            weights[name] = learn(others, second - shift, chosen.rounds // 3) + shift
            report(
                f"  without {name}:", own := [e for e in problems if e.text.name == name], [weights[name]] * len(own)
            )
        report("left out", problems, [weights[each.text.name] for each in problems])
    return 0


def write(first: np.ndarray, second: np.ndarray) -> None:
    lines = [
        '"""How much each feature of a bead counts: learned by benchmarks/train_aligner.py, which wrote this."""',
        "",
        "# feature: weight in the first round, in the second",
        "WEIGHTS_LONE = {",
        *(f'    "{n}": ({a:.2f}, {b:.2f}),' for n, a, b in zip(LONE, first[_LONE], second[_LONE], strict=True)),
        "}",
        "WEIGHTS_PAIRED = {",
        *(f'    "{n}": ({a:.2f}, {b:.2f}),' for n, a, b in zip(PAIRED, first[_PAIRED], second[_PAIRED], strict=True)),
        "}",
        "# How much the usual shares of bead types in this very text count in the second round.",
        "USUAL = {"
        + ", ".join(f'"{n}": {w:.2f}' for n, w in zip(("alone", "1-1", "other"), second[_USUAL], strict=True))
        + "}",
        "",
    ]
    (Path(__file__).parent.parent / "align" / "bead_weights.py").write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
