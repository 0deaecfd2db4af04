"""Scores against sacrebleu's: equal figures, CPU time as a ratio, memory.

python benchmarks/scores.py [../shared] [metrics] [paired] [commands] [systems] [memory]

Texts are the sentences and abstracts of the bulk file as references, hypotheses are made of them by seeded dropping,
changing and moving of words or characters. Ours and theirs take turns in one process; a ratio is the median of theirs
by ours. "commands" and "memory" run whole command lines, start-up included.
"""

import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER
from sacrebleu.significance import PairedTest

from duizhao.align import sentences_en, sentences_zh
from duizhao.metrics.bleu import Bleu
from duizhao.metrics.chrf import Chrf
from duizhao.metrics.metric import Metric
from duizhao.metrics.scoring import score_testset
from duizhao.metrics.ter import Ter
from duizhao.metrics.testset import Target, TestSet

PARTS = ("metrics", "paired", "commands", "systems", "memory")
TURNS = 3


def read(shared: Path) -> dict[str, list[str]]:
    """Abstracts and sentences of both languages, by name."""
    rows = [
        json.loads(line) for line in (shared / "bulk" / "abstract_pairs.jsonl").read_text("utf-8").split("\n") if line
    ]
    texts: dict[str, list[str]] = {}
    for language, split in (("en", sentences_en), ("zh", sentences_zh)):
        whole = [" ".join(row[f"abstract_{language}"].split()) for row in rows]
        texts[f"{language} abstracts"] = whole
        texts[f"{language} sentences"] = [text[a:b] for text in whole for a, b in split(text)]
    return texts


def perturbed(texts: Sequence[str], seed: int, rate: float = 0.15) -> list[str]:
    """Hypotheses: of the words (or characters) of each text so many are dropped, replaced or moved."""
    rng = random.Random(seed)
    made = []
    for text in texts:
        words = list(text) if " " not in text.strip() or "。" in text or "，" in text else text.split(" ")
        blank = "" if len(words) == len(text) else " "
        kept = []
        for word in words:
            chance = rng.random()
            if chance > rate:
                kept.append(word)
            elif chance > rate / 2:
                kept.append(rng.choice(words))
        if rng.random() < 0.3 and len(kept) > 6:
            a, b, c = sorted(rng.sample(range(len(kept)), 3))
            kept = kept[:a] + kept[b:c] + kept[a:b] + kept[c:]
        made.append(blank.join(kept))
    return made


def ratio(ours: Callable[[], object], theirs: Callable[[], object]) -> tuple[float, float]:
    """Theirs by ours, and CPU seconds of ours: medians of runs that take turns."""
    pairs = [(cpu(ours), cpu(theirs)) for _ in range(TURNS)]
    return statistics.median(b / a for a, b in pairs), statistics.median(a for a, _ in pairs)


def cpu(run: Callable[[], object]) -> float:
    begin = time.process_time()
    run()
    return time.process_time() - begin


def metrics(texts: dict[str, list[str]]) -> None:
    for name, whole in texts.items():
        references = whole[:2000] if "sentences" in name else whole[:500]
        hypotheses = perturbed(references, 1)
        zh = name.startswith("zh")
        pairs: list[tuple[Metric, BLEU | CHRF | TER]] = [
            (Bleu(tokenize="zh" if zh else "13a"), BLEU(tokenize="zh" if zh else "13a")),
            (Chrf(), CHRF()),
            (Chrf(word_order=2), CHRF(word_order=2)),
            (Ter(normalized=zh, asian_support=zh), TER(normalized=zh, asian_support=zh)),
        ]
        for ours, theirs in pairs:
            few = 300 if "sentences" in name else 20  # sacrebleu takes a second for the TER of an abstract
            some = slice(0, few if ours.name == "TER" else None)
            h, r = hypotheses[some], references[some]
            mine = float(ours.scores(ours.statistics(h, [r]).sum(axis=0, keepdims=True))[0])
            other = theirs.corpus_score(h, [r]).score
            times, seconds = ratio(lambda: ours.statistics(h, [r]), lambda: theirs.corpus_score(h, [r]))  # noqa: B023
            same = "equal" if abs(mine - other) < 1e-9 else f"DIFFERENT {mine!r} {other!r}"
            print(f"{name:13} {ours.name:7} {mine:7.3f} {same}  {times:5.1f}x  {len(h) / seconds:8,.0f} segments/s")


def six(texts: Sequence[str], count: int) -> dict[str, list[str]]:
    return {f"system {k}": perturbed(texts, k, 0.10 + 0.01 * k) for k in range(count)}


def paired(texts: dict[str, list[str]]) -> None:
    for name, target in (("en sentences", "en"), ("zh sentences", "zh")):
        references = texts[name][:2000]
        systems = six(references, 6)
        tokenize = "zh" if target == "zh" else "13a"
        board = testset(systems, references, "zh" if target == "zh" else "en")
        for test, trials in (("bs", 1000), ("ar", 10000)):

            def theirs(test: str = test, trials: int = trials) -> object:
                named = list(systems.items())  # noqa: B023
                measures = {"BLEU": BLEU(tokenize=tokenize), "chrF": CHRF()}  # noqa: B023
                return PairedTest(named, measures, [references], test, trials)()  # noqa: B023

            def ours(test: str = test, trials: int = trials) -> object:
                return score_testset(
                    board,  # noqa: B023
                    [Bleu(tokenize=tokenize), Chrf()],  # noqa: B023
                    confidence=test == "bs",
                    paired=test,  # type: ignore[arg-type]
                    trials=trials,
                )

            times, seconds = ratio(ours, theirs)
            print(
                f"{name}: paired {test}, 6 systems × (BLEU, chrF) × 2,000, all included: {times:.1f}x, {seconds:.2f} s"
            )


def testset(systems: dict[str, list[str]], references: Sequence[str], target: Target) -> TestSet:
    return TestSet(
        {name: tuple(texts) for name, texts in systems.items()}, (tuple(references),), ("reference",), target
    )


def systems(texts: dict[str, list[str]]) -> None:
    for name, target in (("en sentences", "en"), ("zh sentences", "zh")):
        references = texts[name][:2000]
        board = testset(six(references, 10), references, "zh" if target == "zh" else "en")
        zh = target == "zh"
        measures = [Bleu(tokenize="zh" if zh else "13a"), Chrf(), Ter(normalized=zh, asian_support=zh)]
        print(f"{name}: 10 systems × 2,000 × (BLEU, chrF, TER), paired bs: ", end="")
        print(f"{cpu(lambda: score_testset(board, measures, paired='bs')):.1f} CPU s")  # noqa: B023


def commands(texts: dict[str, list[str]]) -> None:
    for name in ("en sentences", "zh sentences"):
        tokenize = "zh" if name.startswith("zh") else "13a"
        with tempfile.TemporaryDirectory() as folder:
            hyp, ref = written(folder, texts[name][:2000])
            for metric in ("bleu", "chrf", "ter"):
                theirs = ["sacrebleu", ref, "-i", hyp, "-m", metric, "--confidence"]
                theirs += ["-tok", tokenize] if metric == "bleu" else []
                if metric == "ter" and tokenize == "zh":
                    theirs += ["--ter-normalized", "--ter-asian-support"]  # or a sentence is one word
                ours = ["duizhao", "score", "--hyp", hyp, "--ref", ref, "--metrics", metric]
                for extra, word in ((True, "with interval"), (False, "without")):
                    mine = ours if extra else [*ours, "--no-confidence"]
                    other = theirs if extra else [part for part in theirs if part != "--confidence"]
                    pairs = [(used(mine)[0], used(other)[0]) for _ in range(TURNS)]
                    seconds = [statistics.median(side) for side in zip(*pairs, strict=True)]
                    print(f"{name} {metric} {word}: duizhao {seconds[0]:.2f} s, sacrebleu {seconds[1]:.2f} s")


def memory(texts: dict[str, list[str]]) -> None:
    for name in ("en sentences", "zh sentences"):
        for size in (100_000, 1_000_000):
            with tempfile.TemporaryDirectory() as folder:
                hyp, ref = written(folder, (texts[name] * (size // len(texts[name]) + 1))[:size])
                for chosen in ("bleu", "chrf", "bleu,chrf"):
                    seconds, peak = used(["duizhao", "score", "--hyp", hyp, "--ref", ref, "--metrics", chosen])
                    print(f"{name}, {size:,}: {chosen} with interval: {seconds:.1f} CPU s, {peak:,} MB")


def written(folder: str, references: Sequence[str]) -> tuple[str, str]:
    """Files of hypotheses and references."""
    hyp, ref = Path(folder, "hyp.txt"), Path(folder, "ref.txt")
    hyp.write_text("\n".join(perturbed(references, 1)) + "\n", encoding="utf-8")
    ref.write_text("\n".join(references) + "\n", encoding="utf-8")
    return str(hyp), str(ref)


def used(command: list[str]) -> tuple[float, int]:
    """CPU seconds and megabytes at the peak of a command, which is run silently from the environment of this Python."""
    path = Path(sys.executable).parent / command[0]
    quiet = os.open(os.devnull, os.O_WRONLY)
    actions = [(os.POSIX_SPAWN_DUP2, quiet, 1), (os.POSIX_SPAWN_DUP2, quiet, 2)]
    pid = os.posix_spawn(str(path), [str(path), *command[1:]], os.environ, file_actions=actions)
    _, status, usage = os.wait4(pid, 0)
    os.close(quiet)
    if status:
        raise SystemExit(f"{' '.join(command)}: failed")
    return usage.ru_utime + usage.ru_stime, round(usage.ru_maxrss / 1024)


if __name__ == "__main__":
    arguments = sys.argv[1:]
    shared = Path(arguments.pop(0) if arguments and arguments[0] not in PARTS else "../shared")
    found = read(shared)
    for part in arguments or PARTS:
        {"metrics": metrics, "paired": paired, "commands": commands, "systems": systems, "memory": memory}[part](found)
