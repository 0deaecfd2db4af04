"""Intervals and paired tests against sacrebleu's: CPU time as a ratio, p-values side by side, memory.

python benchmarks/significance.py [../shared] [speed] [equality] [memory]

Six systems of 2,000 sentences of the bulk file, made by seeded dropping and changing of words or characters and hardly
better than one another; BLEU and chrF. Ours and theirs take turns in one process; a ratio is the median of theirs by
ours. "memory" runs each test in a process of its own, on statistics of those sentences drawn again and again.
"""

import json
import os
import random
import resource
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.significance import PairedTest, _bootstrap_resample

from duizhao.align import sentences_en, sentences_zh
from duizhao.metrics.bleu import Bleu
from duizhao.metrics.chrf import Chrf
from duizhao.metrics.metric import Metric, Statistics
from duizhao.metrics.significance import Difference, against, interval, paired_bootstrap, paired_randomisation

PARTS = ("speed", "equality", "memory")
SEGMENTS = 2000
TURNS = 3
SEEDS = range(1, 5)
KINDS = {"bs": 1000, "ar": 10_000}


class Side(NamedTuple):
    """What is scored, and both sides' metrics."""

    language: str
    systems: dict[str, list[str]]
    reference: list[str]
    ours: list[Metric]
    theirs: list[Any]

    @property
    def tables(self) -> dict[tuple[str, str], Statistics]:
        """Our statistics by metric and system."""
        return {
            (metric.key, name): metric.statistics(texts, [self.reference])
            for metric in self.ours
            for name, texts in self.systems.items()
        }

    @property
    def pairs(self) -> list[tuple[str, str]]:
        return against("system 0", self.systems)

    def test(self, kind: str, tables: dict[tuple[str, str], Statistics], seed: int = 12345) -> Sequence[Difference]:
        if kind == "bs":
            return paired_bootstrap(self.ours, tables, self.pairs, seed=seed).differences
        return paired_randomisation(self.ours, tables, self.pairs, seed=seed)

    def their_test(self, kind: str, metrics: Sequence[Any], seed: int = 12345) -> dict[str, list[Any]]:
        os.environ["SACREBLEU_SEED"] = str(seed)
        named = dict(zip(("bleu", "chrf"), metrics, strict=True))
        _, found = PairedTest(list(self.systems.items()), named, [self.reference], kind)()
        columns = [results for name, results in found.items() if name != "System"]
        return dict(zip(named, columns, strict=True))


class Extracted:
    """Their metric, for which extracting statistics costs nothing."""

    def __init__(self, metric: Any, side: Side) -> None:
        self._metric = metric
        self._kept = {
            id(texts): metric._extract_corpus_statistics(texts, [side.reference]) for texts in side.systems.values()
        }

    def _extract_corpus_statistics(self, hypotheses: list[str], references: object) -> object:
        return self._kept[id(hypotheses)]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._metric, name)


def read(shared: Path) -> list[Side]:
    lines = (shared / "bulk" / "abstract_pairs.jsonl").read_text("utf-8").split("\n")
    rows = [json.loads(line) for line in lines[:600]]
    sides = []
    for language, split, tokenize in (("en", sentences_en, "13a"), ("zh", sentences_zh, "zh")):
        whole = [" ".join(row[f"abstract_{language}"].split()) for row in rows]
        reference = [text[a:b] for text in whole for a, b in split(text)][:SEGMENTS]
        glue = " " if language == "en" else ""
        systems = {f"system {k}": [spoilt(text, glue, k, i) for i, text in enumerate(reference)] for k in range(6)}
        theirs = [BLEU(tokenize=tokenize), CHRF()]
        sides.append(Side(language, systems, reference, [Bleu(tokenize=tokenize), Chrf()], theirs))
    return sides


def spoilt(text: str, glue: str, seed: int, place: int) -> str:
    """The text with about a seventh of its words (or characters) dropped or changed."""
    rng = random.Random(f"{seed} {place}")
    words = text.split(" ") if glue else list(text)
    rate = 0.15 - 0.001 * seed
    changed = [rng.choice(words) if rng.random() < rate / 2 else word for word in words if rng.random() > rate / 2]
    return glue.join(changed)


def cpu(run: Callable[[], object]) -> float:
    begin = time.process_time()
    run()
    return time.process_time() - begin


def race(name: str, ours: Callable[[], object], theirs: Callable[[], object]) -> None:
    turns = [(cpu(ours), cpu(theirs)) for _ in range(TURNS)]
    times = statistics.median(b / a for a, b in turns)
    mine, other = (statistics.median(side) for side in zip(*turns, strict=True))
    print(f"{name}: {times:.1f}x ({mine:.3f} s for {other:.2f} s)", flush=True)


def speed(sides: Sequence[Side]) -> None:
    for side in sides:
        tables = side.tables
        extracted = [Extracted(metric, side) for metric in side.theirs]
        for kind, trials in KINDS.items():
            name = f"{side.language}: paired {kind}, {trials:,}, 6 systems × (BLEU, chrF) × {SEGMENTS:,} segments"
            race(f"{name}, statistics given", lambda: side.test(kind, tables), lambda: side.their_test(kind, extracted))  # noqa: B023
            race(
                f"{name}, all included",
                lambda: side.test(kind, side.tables),  # noqa: B023
                lambda: side.their_test(kind, side.theirs),  # noqa: B023
            )
        for metric, other in zip(side.ours, extracted, strict=True):
            table = tables[metric.key, "system 1"]
            rows = other._extract_corpus_statistics(side.systems["system 1"], None)
            race(
                f"{side.language}: interval of one system, {metric.name}, statistics given",
                lambda: interval(metric, table),  # noqa: B023
                lambda: _bootstrap_resample(rows, other),  # noqa: B023
            )


def equality(sides: Sequence[Side]) -> None:
    """How p-values and intervals differ from theirs, on the same statistics and seeds."""
    for side in sides:
        extracted = [Extracted(metric, side) for metric in side.theirs]
        tables = {
            (metric.key, name): np.array(other._extract_corpus_statistics(texts, None), np.int64)
            for metric, other in zip(side.ours, extracted, strict=True)
            for name, texts in side.systems.items()
        }
        same = all(np.array_equal(table, side.tables[key]) for key, table in tables.items())
        print(f"{side.language}: our statistics {'equal' if same else 'DIFFER FROM'} theirs")
        for kind, trials in KINDS.items():
            counts: dict[str, Counter[int]] = {metric.key: Counter() for metric in side.ours}
            values: list[float] = []
            apart: dict[str, float] = dict.fromkeys(counts, 0.0)
            for seed in SEEDS if kind == "bs" else SEEDS[:1]:
                found = side.their_test(kind, extracted, seed)
                for row in side.test(kind, tables, seed):
                    result = found[row.metric][list(side.systems).index(row.system)]
                    counts[row.metric][round((row.p - result.p_value) * (trials + 1))] += 1
                    values.append(row.p)
                if kind == "bs":
                    ours = paired_bootstrap(side.ours, tables, [], seed=seed).intervals
                    for (metric, system), value in ours.items():
                        result = found[metric][list(side.systems).index(system)]
                        most = max(abs(value.mean - result.mean), abs(value.half_width - result.ci))
                        apart[metric] = max(apart[metric], float(most))
            spread = ", ".join(f"{value:.3f}" for value in np.quantile(values, [0, 0.25, 0.5, 0.75, 1]))
            print(f"{side.language} {kind}: quartiles of p: {spread}")
            for metric, found_counts in counts.items():
                text = ", ".join(f"{steps:+d}: {n}" if steps else f"equal: {n}" for steps, n in found_counts.items())
                print(f"  {metric}: p-values by how many trials they differ: {text}", end="")
                print(f"; means and half widths differ by {apart[metric]:.1e} at most" if kind == "bs" else "")


def memory(sides: Sequence[Side]) -> None:
    side = sides[0]
    tables = side.tables
    for size, systems in ((100_000, 6), (1_000_000, 1), (1_000_000, 2)):
        for kind in KINDS:
            some = {name: texts for name, texts in side.systems.items() if int(name[-1]) < systems}
            keys = [(metric.key, name) for metric in side.ours for name in some]
            given = json.dumps([[*key, tables[key].tolist()] for key in keys])
            command = [sys.executable, __file__, "one", kind, str(size)]
            subprocess.run(command, input=given, encoding="utf-8", check=True)


def one(kind: str, size: int) -> None:
    """One test in this process, on rows read from standard input and drawn again `size` times."""
    drawn = np.random.default_rng(1).integers(SEGMENTS, size=size)
    tables = {(metric, system): np.array(rows, np.int64)[drawn] for metric, system, rows in json.load(sys.stdin)}
    side = Side("", {system: [] for _, system in tables}, [], [Bleu("13a"), Chrf()], [])
    held = sum(table.nbytes for table in tables.values()) >> 20
    seconds = cpu(lambda: side.test(kind, tables))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    name = f"{size:,} segments × {len(side.systems)} systems × (BLEU, chrF), {kind} {KINDS[kind]:,}"
    print(f"{name}: {seconds:.1f} CPU s, {peak:,} MB at the peak, of which statistics {held:,} MB", flush=True)


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if arguments[:1] == ["one"]:
        one(arguments[1], int(arguments[2]))
        sys.exit()
    shared = Path(arguments.pop(0) if arguments and arguments[0] not in PARTS else "../shared")
    found = read(shared)
    for part in arguments or PARTS:
        {"speed": speed, "equality": equality, "memory": memory}[part](found)
